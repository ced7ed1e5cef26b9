"""Whether a figure comes on top of others or holds them all: "another 40", "12 more"; "bringing the toll to 52"."""

from __future__ import annotations

import re

from onrecord.reader.wordlists import sections
from onrecord.records import Span, Tally

__all__ = ["tally_of_figure"]

_LISTS = sections("figures")
_LINK = (
    r"(?:(?:just|only|about|around|some|nearly|almost|roughly|approximately|over|at least|more than|up to|"
    r"as many as) )*$"
)
_MORE_BEFORE = re.compile(rf"\b(?:another|an? (?:further|additional|extra)|further|additional) {_LINK}", re.I)
_MORE_BEHIND = re.compile(r" (?:[a-z-]+ )?more\b(?! than\b)| (?:additional|further|extra) [a-z]")
_MORE_AFTER = re.compile(r" more\b(?! than\b)|,? in addition\b(?! to\b)")
_NEW = re.compile(r" (?:(?:confirmed|reported|daily|coronavirus) )?new (?:[a-z-]+ ){0,2}$")
_ANEW = _LISTS["counted anew"]
_HOLDERS = r"(?:total|toll|tally|count|number|figure)"
_TO = r"(?:to|at|is|was|stands at|stood at|reached|hit|topped|exceeded|passed|surpassed|of)"
_TOTAL_BEFORE = re.compile(
    rf"\b(?:(?:a|the|grand|overall|combined|cumulative) total (?:is|was|of|to)|totall?(?:ing|ed)|a combined|a cumulative"
    rf"|(?:tolls?|tally|total|overall count|total number)(?: [a-z][\w'’-]*| [A-Z][\w'’-]*){{0,6}}? {_TO}"
    rf"|(?:bring|brought|tak|took|rais|push|lift)\w* (?:the|its|their|his|her|that|this)(?: [\w'’-]+){{0,6}}? to) {_LINK}"
    rf"|(?:^|[.\n\"“] ?)(?:So far|In all|In total|Altogether|All told|To date|Overall),? (?:[a-z]+ )?{_LINK}"
)
_TOTAL_BEHIND = re.compile(
    r"(?:[^\d.,;:()\n]|,(?= (?:in all|in total|altogether|all told|so far)\b)){0,60}?[ ,]"
    r"(?:so far|in all(?! [a-z])|in total|altogether|all told|to date|thus far)\b"
)
_SENTENCE = re.compile(r".*(?:[.!?;][\"”’)]? (?=[A-Z\"“])|\n)", re.S)
_LOOK_BACK = 90


def tally_of_figure(text: str, whole: Span, noun: str | None, after: int) -> Tally | None:
    """The tally of the figure at `whole` (with its bound words), whose unit or noun ends at `after`."""
    window = text[max(0, whole.start - _LOOK_BACK) : whole.start]
    if (cut := _SENTENCE.match(window)) is not None:
        window = window[cut.end() :]
    bounded = whole.of(text)
    words = window + re.match(r"(?:[a-z]+ )*", bounded)[0]  # type: ignore[index]  # it matches always
    if _MORE_BEFORE.search(words) or _MORE_BEHIND.match(text, whole.end) or _MORE_AFTER.match(text, after):
        return "increment"
    between = text[whole.end : after]
    if noun in _ANEW and (" new " in between[:20]):
        return "increment"
    if _TOTAL_BEFORE.search(words) or _TOTAL_BEHIND.match(text, after):
        return "total"
    return None

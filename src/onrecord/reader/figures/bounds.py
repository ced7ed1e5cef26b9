"""Bound words around a number ("at least", "up to", "nearly", "or more") and how they shape its interval."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from onrecord.records import Bound

__all__ = ["Bounded", "read_bounds"]

_BEFORE: dict[Bound, str] = {
    "at least": "at least|at the very least|no fewer than|no less than|not less than|not fewer than|a minimum of|"
    "minimum of|as few as|as little as|at a minimum|≥|>=|⩾",
    "more than": "more than|over|above|upwards of|upward of|in excess of|exceeding|exceeds|exceeded|greater than|"
    "higher than|larger than|better than|north of|surpassing|surpassed|topping|topped|past|beyond|>",
    "at most": "at most|up to|no more than|not more than|a maximum of|maximum of|as many as|as much as|a ceiling of|"
    "not exceeding|≤|<=|⩽",
    "less than": "less than|fewer than|under|below|lower than|smaller than|short of|south of|sub-|<",
    "about": "about|around|some|roughly|approximately|approx.|approx|circa|ca.|nearly|almost|close to|closer to|"
    "an estimated|estimated|estimated at|estimates of|in the region of|in the order of|on the order of|of the order of|"
    "barely|approaching|practically|virtually|or so|~|≈|≃|∼|±|somewhere around|more like|an average of about|averaging",
}
_STRENGTHEN = "(?:just|well|slightly|a little|a bit|far|significantly|considerably|much|way|somewhat|a few|only)"
_KINDS = {w.lower(): bound for bound, words in _BEFORE.items() for w in words.split("|")}
_AFTER: dict[str, Bound] = {
    "or more": "at least", "or above": "at least", "or over": "at least", "or higher": "at least",
    "or greater": "at least",
    "and above": "at least", "and over": "at least", "and up": "at least", "at least": "at least", "-plus": "at least",
    "+": "at least", "plus": "at least", "or longer": "at least", "or older": "at least", "and older": "at least",
    "or less": "at most", "or fewer": "at most", "or below": "at most", "or under": "at most", "at most": "at most",
    "or lower": "at most", "and under": "at most", "or younger": "at most", "at the most": "at most", "or so": "about",
    "or thereabouts": "about", "give or take": "about", "-odd": "about", "-ish": "about",
}  # fmt: skip


def _alternatives(words: object) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))  # type: ignore[call-overload]


_BEFORE_AT_END = re.compile(
    rf"(?<![\w-])(?:{_STRENGTHEN} )?(?P<word>{_alternatives(_KINDS)})"
    r"(?P<gap>(?: |\u00a0|-)?(?:(?:a|an|the) (?=(?:record|staggering|total|whopping|estimated) ))?"
    r"(?:(?:record|staggering|whopping|total of|cost of|further|another|additional|combined) )?)$",
    re.I,
)
_ESTIMATE = re.compile(r"\bestimated (?:[a-z]+ ){0,2}(?:of|at) $", re.I)
_AFTER_HERE = re.compile(rf"(?P<gap> ?)(?P<word>{_alternatives(_AFTER)})(?!\w)", re.I)
# "over" before a moment or a place is no bound ("over the last 5 days" never ends at the number, "handed over 5" may).
_VERB_OVER = re.compile(r"\b(?:hand|take|took|turn|hold|carr(?:y|i)|ha(?:s|d)|roll|pull|fight|fought)\w* $", re.I)
# "went up to 45" tells where it went, "speeds of up to 45" a bound.
_WENT_UP = re.compile(
    r"\b(?:went|gone|go|goes|going|edg|inch|crept|creep|tick|nudg|mov|bump)(?:es|ed|e|s|ing)? $", re.I
)
_OF_THE = re.compile(r"\b(?:of|the|those|these|all) $", re.I)
_PAST = re.compile(r"\b(?:the|half|quarter|this) $", re.I)
_WORTH = frozenset({"~", "≈", "≃", "∼", "±", ">", "<", "≥", "≤", ">=", "<=", "⩾", "⩽", "sub-"})
_LOOK_BACK = 48


@dataclass(frozen=True, slots=True)
class Bounded:
    """The bound of a number and how far its words reach: `start` before it, `end` behind it."""

    bound: Bound
    start: int
    end: int

    def interval(self, low: Decimal, high: Decimal | None) -> tuple[Decimal | None, Decimal | None]:
        """The ends that a stated interval keeps under this bound."""
        if self.bound in {"at least", "more than"}:
            return low, None
        if self.bound in {"at most", "less than"}:
            return None, high if high is not None else low
        return low, high


def read_bounds(text: str, start: int, end: int, after: int, *, vague: bool) -> Bounded | None:
    """The bound words around the number at `start`..`end`, whose unit or noun ends at `after`; None where it has none.

    Of several ("at least about 10") the one that opens the interval counts, of two of a kind the outer.
    """
    found: list[Bound] = []
    at = start
    while True:
        window = max(0, at - _LOOK_BACK)
        match = _BEFORE_AT_END.search(text[window:at])
        if match is None:
            break
        word = match["word"].lower()
        begin = window + match.start()
        if not match["gap"] and word not in _WORTH:
            break
        lead = text[max(0, begin - 16) : begin]
        if (word == "over" and _VERB_OVER.search(lead)) or (word in {"past", "some"} and _PAST.search(lead)):
            break
        if word == "up to" and _WENT_UP.search(lead):
            break
        if word == "some" and _OF_THE.search(lead):
            break
        found.insert(0, _KINDS[word])
        at = begin
    if not found:
        estimate = _ESTIMATE.search(text[max(0, at - _LOOK_BACK) : at])
        if estimate:
            found.append("about")
    finish = end
    for place in dict.fromkeys((end, after)):
        match = _AFTER_HERE.match(text, place)
        if match and _after_fits(text, match):
            found.append(_AFTER[match["word"].lower()])
            finish = match.end()
            break
    if not found:
        return None
    strong = [b for b in found if b != "about"]
    return Bounded(strong[0] if strong else "about", at, finish)


def _after_fits(text: str, match: re.Match[str]) -> bool:
    """Whether words behind a number bound it: "5 plus 3" adds, "30+ people" and "107 or more" bound."""
    word = match["word"].lower()
    following = text[match.end() : match.end() + 3]
    if word == "plus":
        return following[:2].strip().isalpha() and not following.lower().startswith((" a ", " an", " th"))
    if word in {"+", "-plus", "-odd", "-ish"}:
        return not match["gap"] and not following[:1].isdigit() and not following.lstrip()[:1].isdigit()
    return bool(match["gap"])

"""Numbers whose noun was said before: "6 million homes, including 1.5 million here"; "that number is near 40,000"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.reader.annotated import Annotated
from onrecord.reader.figures.counted import Noun, anchor_of, tally_of
from onrecord.reader.plurals import looks_plural, singular
from onrecord.records import Counted, Figure, Span

__all__ = ["is_one_of_two", "names_part", "noun_said_before", "with_shared_nouns"]

# What opens a second number of the same things, and what may follow one that has no noun of its own.
_OPENED = re.compile(
    r"\b(?:including|of whom|of which|of them|among them|compared (?:with|to)|up from|down from|versus|against|from)"
    r" (?:about |around |some |nearly |at least |more than |over |only |just |an? (?:average|total|peak|high|low) of )?$",
    re.I,
)
_STANDS_ALONE = re.compile(
    r" (?:in|on|at|from|for|to|by|last|a|the|were|was|are|is|of (?:them|whom|which)|who|that|and|who|per)\b|[,.;:)\n]|$"
)
# "another 40 were wounded", "12 people died in the north, 30 in the south", "120 of whom were officers".
_MORE = re.compile(
    r"\b(?:another|a further|an additional)(?: (?:about|around|some|nearly|at least|more than))? $", re.I
)
_LISTED = re.compile(
    r"(?:,|;|,? and|,? but|,? while)(?: (?:about|around|some|nearly|at least|more than|over|only|just))? $"
)
_ELSEWHERE = re.compile(
    r" (?:in(?! all\b| total\b| \d)|at|on|near|from|outside|across|elsewhere|overseas|abroad|more|others)\b"
)
_OF_THOSE = re.compile(r" of (?:them|whom|which|those|these)\b")
_KIND_OF_THOSE = re.compile(r" of (?:them|whom) (?P<kind>[a-z]+)(?=[,.;)]| and\b)")  # "nine of them children"
_PART_BEFORE = re.compile(r"\bincluding $", re.I)
_SHORT_OF = re.compile(r" (?:short|shy) of\b| (?:needed|required)\b")  # "eight short of the 60 needed"
_MORE_BEHIND = re.compile(r" (?:more|others) (?!than\b)[a-z]")
_ALONE_BEHIND = re.compile(
    r" (?:were|was|are|have|had|remain|suffered|died|fled|missing|dead|killed|wounded|injured|hurt|homeless)\b|[.,;]"
)
_SENTENCE_END = re.compile(r"[.!?][\"”’)]?\s+[A-Z\"“]|\n")
# "from 5 million to 7 million people", "19 and 29 people", "120 of the 300 seats", "2 of the nation's 9 ports".
_TO = re.compile(r" (?:to|and|or|of(?: (?:[\w.-]+ ){0,3}?[\w.-]+['’]s?)?)(?: the| its| their| about| some| nearly)? ")
_OUT_OF = re.compile(r" of (?:the|its|their|his|her) ")
# "two new hotels opened, one in the old town and one by the sea"
_ONE_AND_ONE = re.compile(
    r"\b(?:two|2) (?!of\b)[^.;:\n]{3,100}?[,:–—(-] ?(?P<first>one)\b (?!of\b|can\b|day\b)[^.;\n]{2,70}?"
    r"(?:,? and|,) (?:(?P<second>one)|the other|another)\b",
    re.I,
)
_NEARBY = 160
_POINTING = frozenset({"that", "this", "the", "its", "their"})


def noun_said_before(annotated: Annotated, span: Span, previous: Figure | None, *, tree: bool) -> Noun | None:
    """The noun that the number at `span` takes over from the figure before it; None where nothing says that it does."""
    if previous is None or previous.counted is None or previous.counted.noun is None or previous.unit is not None:
        return None
    text, counted = annotated.text, previous.counted
    said = Noun(previous.counted.noun, counted.span, None)
    same_sentence = not _SENTENCE_END.search(text, previous.span.end, span.start)
    before = text[max(0, span.start - 40) : span.start]
    if (kind := _KIND_OF_THOSE.match(text, span.end)) and looks_plural(kind["kind"]):
        return Noun(singular(kind["kind"]), Span(*kind.span("kind")), None)
    if span.of(text).lower() == "one" and is_one_of_two(text, span):
        return said
    if _OF_THOSE.match(text, span.end) and span.start - previous.span.end < _NEARBY:
        return said
    if same_sentence and (
        (_LISTED.search(before) and _ELSEWHERE.match(text, span.end))
        or (_MORE.search(before) and _ALONE_BEHIND.match(text, span.end))
        or _MORE_BEHIND.match(text, span.end)
        or _SHORT_OF.match(text, span.end)
        or re.fullmatch(r"[^.,;]{0,20} to (?:about |around |some |nearly )?", text[previous.span.end : span.start])
    ):
        return said
    if same_sentence and _OPENED.search(before):
        return said if _STANDS_ALONE.match(text, span.end) else None
    if not tree or (anchor := anchor_of(annotated, span)) is None:
        return None
    tally = tally_of(annotated, anchor)
    if tally is None or annotated.dependents(tally.index, "nmod", "compound", "amod", "acl"):
        return None
    article = annotated.tokens[tally.index - 1].text.lower() if tally.index else ""
    return said if article in _POINTING else None


def is_one_of_two(text: str, span: Span) -> bool:
    """Whether "one" at `span` tells of two said before it which one: "two hotels, one in the town and one by the sea"."""
    start = max(0, span.start - _NEARBY)
    found = _ONE_AND_ONE.search(text, start, span.end + 100)
    return found is not None and span.start in (found.start("first"), found.start("second"))


def names_part(text: str, span: Span) -> bool:
    """Whether the figure at `span` tells a part of one before it, so that "another 40" goes on from that one instead."""
    return bool(_PART_BEFORE.search(text[max(0, span.start - 12) : span.start]) or _OF_THOSE.match(text, span.end))


def with_shared_nouns(text: str, figures: Sequence[Figure]) -> list[Figure]:
    """The figures of a document, those of a change with one noun for all: "from 5 million to 7 million people".

    An index that lost 162 points "to 7,425" stands at 7,425 points.
    """
    out = list(figures)
    for at, figure in enumerate(out):
        if (figure.counted is not None and figure.counted.noun is not None) or figure.unit is not None:
            continue
        of = figure.counted.of if figure.counted else None
        following = out[at + 1] if at + 1 < len(out) else None
        if following and following.unit and _OUT_OF.fullmatch(text, figure.span.end, following.span.start):
            out[at] = replace(figure, unit=following.unit)  # "280 million of the 1.5 billion euros"
            continue
        if following and following.counted and following.counted.noun and following.unit is None:
            if _TO.fullmatch(text, figure.span.end, following.span.start):
                out[at] = replace(figure, counted=_as_of(following.counted, of))
        elif figure.change in {"up to", "down to"}:
            for before in reversed(out[max(0, at - 3) : at]):
                shared = before.counted if before.change is not None else None
                points = shared is not None and shared.noun == "point"
                if shared and points and not _SENTENCE_END.search(text, before.span.end, figure.span.start):
                    out[at] = replace(figure, counted=_as_of(shared, of))
                    break
    return out


def _as_of(counted: Counted, of: str | None) -> Counted:
    """What another figure counts, as counted of the owner that this figure has, where it has one."""
    return counted if of is None else replace(counted, of=of)

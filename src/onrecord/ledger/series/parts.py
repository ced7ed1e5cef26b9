"""Whether a figure is the whole of those who suffered something, a part of them, or the rest beside some that are named."""

from __future__ import annotations

import re

from onrecord.ledger.series.classes import TOLLS
from onrecord.ledger.series.context import Page
from onrecord.ledger.series.count import Part
from onrecord.ledger.series.scopes import is_rest, part_of
from onrecord.records import Figure, Span, Tally

__all__ = ["beside_killed", "part_in", "tally_in"]

_OF_THE_DEAD = re.compile(
    r"\W*(?:\w+ ){0,3}?(?:of|among) (?:the|those) (?:\w+ )?(?:dead|killed|bodies|deaths|victims who)\b", re.IGNORECASE
)
_FOUND = re.compile(r"\b(?:found|recovered|pulled|discovered|retrieved)\b", re.IGNORECASE)
_ANOTHER = re.compile(r"\b(?:another|an additional|a further)\s+$", re.IGNORECASE)


def part_in(page: Page, figure: Figure, counted: Span, event: str | None, context: Span) -> Part:
    """The figure's part in what its words name; the killed among the shot are all of the killed."""
    if figure.unit is not None:
        return "whole"
    text, last = page.text, page.last
    part = part_of(text, figure.span, counted)
    same = last is not None and context.covers(last.spans[-1])
    if part == "part" and event == "killed":
        if _OF_THE_DEAD.match(text, figure.span.end):
            return "part"
        if same or re.match(r"\W*of whom\b", text[figure.span.end : figure.span.end + 10]):
            return "part" if same and last is not None and last.event == "killed" else "whole"
        return "whole" if (figure.low or 0) > 1 else "part"
    if part != "whole" or event not in TOLLS or last is None:
        return part
    if event == "injured" and last.event == "shot" and same and (last.low or 0) > (figure.low or 0):
        return "part"  # "four people were shot and two were seriously injured"
    if is_rest(text, figure.span) and last.event == event and last.part == "whole" and last.low != figure.low:
        alone = event == "killed" or not page.clause(context).names("killed", before=figure.span.start)
        return "rest" if alone and page.near(figure.span) is not None else "whole"
    return part


def beside_killed(page: Page, figure: Figure, context: Span) -> bool:
    """Whether somebody is told to have been killed right before: "one person was killed and two others shot"."""
    last = page.near(figure.span)
    return (last is not None and last.event == "killed") or page.clause(context).names(
        "killed", before=figure.span.start
    )


def tally_in(page: Page, figure: Figure, noun: str | None, event: str | None, context: Span) -> Tally | None:
    """The figure's tally, but for two: bodies that were found are some of the dead, and "two dead and three more hurt"
    are other people than those, not three on top of earlier ones."""
    if figure.tally is None and event == "killed" and noun == "body" and _FOUND.search(context.of(page.text)):
        return "increment"
    if figure.tally == "increment" and event in TOLLS and page.last is not None:
        another = _ANOTHER.search(page.text, max(0, figure.span.start - 16), figure.span.end)
        other = context.covers(page.last.spans[-1]) and page.last.event in TOLLS and page.last.event != event
        if other and another is None and is_rest(page.text, figure.span):
            return None
    return figure.tally

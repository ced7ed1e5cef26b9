"""Counts of lists: "a man and three women were shot", "killed his wife and two sons before shooting himself"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from onrecord.ledger.series.chains import Chain, chains
from onrecord.ledger.series.classes import TOLLS
from onrecord.ledger.series.context import Page
from onrecord.ledger.series.count import Count
from onrecord.ledger.series.times import event_date, moments_in
from onrecord.records import Span

__all__ = ["counted_lists", "without_listed"]

_SELF = re.compile(
    r"\b(?:and|before|then)\b[^.;]{0,40}?\b(?:shot|shooting|killed|killing|took|taking|hanged|hanging"
    r"|turn(?:ed|ing) (?:the|his|her|a) (?:\w+ )?(?:gun|weapon|rifle) on)\b(?: and (?:killed|killing))? "
    r"(?P<self>himself|herself|(?:his|her) own life)",
    re.IGNORECASE,
)

_OF_ONE = re.compile(r",[^,;]{0,20} ?\b(?:was|is)\b", re.IGNORECASE)
""" "The boy, who loved his brother and sister, was shot": one person, whom the list only describes."""


def counted_lists(page: Page, found: Sequence[Count]) -> list[Count]:
    """One count for each list of people that as a whole suffered something, with its items as spans."""
    # "Killed two sons and a daughter before shooting himself": the list says more than the figure that begins it.
    told = [*_with_themselves(page, found), *_chains(page, found)]
    return list({count.key: count for count in told}.values())


def without_listed(found: Sequence[Count], lists: Sequence[Count]) -> list[Count]:
    """The counts, those that stand in a list as the rest of it."""
    spans = [span for count in lists for span in count.spans]
    return [
        replace(count, part="rest")
        if count.part == "whole"
        and count.event in TOLLS
        and any(s != count.spans[0] and s.covers(count.spans[0]) for s in spans)
        else count
        for count in found
    ]


def _with_themselves(page: Page, found: Sequence[Count]) -> Iterator[Count]:
    for count in found:
        if count.event == "killed" and count.part == "whole" and count.figure is not None and count.bound == "exactly":
            alone = Chain(count.spans, (), count.low, count.high)
            both = _with_self(alone, page.text, count.context)
            if both is not alone:
                key = f"n{count.spans[0].start}"
                yield replace(count, key=key, figure=None, spans=both.items, low=both.low, high=both.high)


def _chains(page: Page, found: Sequence[Count]) -> Iterator[Count]:
    by_span = {count.spans[0]: count for count in found}
    for chain in chains(page):
        context = page.sentence(chain.items[0])
        if not context.covers(chain.items[-1]):
            continue
        predicate = page.clause(context).of(chain.items[0], chain.items[-1])
        if predicate is None or predicate.event not in TOLLS or predicate.role != "suffers":
            continue
        if predicate.words is not None and _OF_ONE.match(page.text, chain.items[-1].end, predicate.words.start):
            continue
        whole = _with_self(chain, page.text, context) if predicate.event == "killed" else chain
        first = next((by_span[s] for s in chain.figures if s in by_span), None)
        trigger = page.trigger(predicate, None)
        own = page.reading.moments[trigger.moment] if trigger is not None and trigger.moment is not None else None
        yield replace(
            first if first is not None else Count("", None, whole.items, context, None, None),
            key=f"n{chain.items[0].start}",
            figure=None,
            spans=whole.items,
            context=context,
            low=whole.low,
            high=whole.high,
            noun=None,
            thing="people",
            whose=None,
            event=predicate.event,
            also=(),
            status="happened",
            part="rest" if predicate.rest else "whole",
            tally=None,
            reported=page.reading.document.published,
            event_date=event_date(chain.items[0], own, moments_in(page.reading, context)),
        )


def _with_self(chain: Chain, text: str, context: Span) -> Chain:
    """ "Killed his wife and son before shooting himself": one more."""
    himself = _SELF.search(text, chain.items[-1].end, context.end)
    if himself is None:
        return chain
    low, high = (None if n is None else n + 1 for n in (chain.low, chain.high))
    return Chain((*chain.items, Span(*himself.span("self"))), chain.figures, low, high)

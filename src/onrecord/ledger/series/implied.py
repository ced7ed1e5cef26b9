"""Numbers of dead or shot people that words give without a figure: "a triple homicide", "a third person has died".

They are lower bounds, and stand only where no figure tells: of the same event a report may give the number as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.ledger.lowered import holds_any, lowered
from onrecord.ledger.series.context import Page
from onrecord.ledger.series.count import Count
from onrecord.ledger.series.scopes import is_aside, is_statistic
from onrecord.records import Span

__all__ = ["implied"]

_TIMES = {"double": 2.0, "triple": 3.0, "quadruple": 4.0, "quintuple": 5.0, "sextuple": 6.0}
# All of lower-case text (see lowered) but the ordinals, which a capital may begin.
_MULTIPLE = re.compile(
    rf"\b(?P<times>{'|'.join(_TIMES)})[- ](?:fatal )?"
    r"(?P<what>homicide|murder(?! suspect)|slaying|killing|fatality|fatal|shooting|stabbing)s?\b"
)
_SUICIDE = re.compile(r"\bmurder[-/ ]suicide\b")
_ORDINALS = {"second": 2.0, "third": 3.0, "fourth": 4.0, "fifth": 5.0, "sixth": 6.0}
_ORDINAL = re.compile(
    rf"(?:\b[Aa] |(?-i:(?<![a-z] )(?=[A-Z])))(?P<nth>{'|'.join(_ORDINALS)}) (?:(?:shooting|gunshot) )?"
    r"(?:person|victim|man|woman|boy|girl|child|teen|teenager|student|officer)\b",
    re.IGNORECASE,
)
_FATAL = re.compile(
    r"\b(?=[dfhkms])(?<!non)(?<!non-)(?<!not )(?:fatal(?:ly)?|deadly(?! (?:weapon|force|conduct))|homicide|murder(?:s|ed)?"
    r"|slaying|slain|deceased|killing|manslaughter)\b(?! (?:unit|squad|rate|detective|me\b))"
)
_BEFORE = re.compile(r"\b(?:attempted|attempting|intent|conspiracy|threatened)\b[^.;]{0,24}$", re.IGNORECASE)
_LEAD = 5000
"""Characters in which a report names its event."""


def implied(page: Page, *, dead: bool) -> Iterator[Count]:
    """The counts by words, the largest of each class; one death where a killing is named and nobody `dead` is told of."""
    found = [*_multiples(page), *_ordinals(page)]
    for event in ("killed", "shot", "stabbed"):
        told = [count for count in found if count.event == event]
        if told:
            yield max(told, key=lambda c: (c.low or 0.0, -c.spans[0].start))
    if not dead and not any(count.event == "killed" for count in found):
        yield from _one(page)


def _multiples(page: Page) -> Iterator[Count]:
    if holds_any(page.text, tuple(_TIMES)):
        for match in _MULTIPLE.finditer(lowered(page.text)):
            event = {"shooting": "shot", "stabbing": "stabbed"}.get(match["what"], "killed")
            yield from _count(page, Span(*match.span()), event, _TIMES[match["times"]])
    if holds_any(page.text, ("suicide",)):
        for match in _SUICIDE.finditer(lowered(page.text)):
            yield from _count(page, Span(*match.span()), "killed", 2.0)


def _ordinals(page: Page) -> Iterator[Count]:
    if not holds_any(page.text, tuple(_ORDINALS)):
        return
    for match in _ORDINAL.finditer(page.text):
        span = Span(*match.span())
        context = page.sentence(span)
        predicate = page.clause(context).of(span, span)
        if predicate is not None and predicate.role == "suffers" and predicate.event == "killed":
            yield from _count(page, span, "killed", _ORDINALS[Span(*match.span("nth")).of(lowered(page.text))])


def _one(page: Page) -> Iterator[Count]:
    """At least one death, where the first words about the event name it by a death: "a fatal shooting", "a homicide"."""
    for match in _FATAL.finditer(lowered(page.text), 0, _LEAD):
        span = Span(*match.span())
        if _BEFORE.search(page.text, max(page.sentence(span).start, span.start - 40), span.start) is None:
            for count in _count(page, span, "killed", 1.0):
                yield count
                return


def _count(page: Page, span: Span, event: str, low: float) -> Iterator[Count]:
    """The count, unless the words are page furniture, a statistic, or of an event long past or told beside."""
    context = page.sentence(span)
    if page.furniture(span) or page.of_another_time(context) or is_aside(page.text, context):
        return
    if low > 1 and is_statistic(page.text, context):
        return
    yield Count(
        key=f"roll-{event}-{span.start}",
        figure=None,
        spans=(span,),
        context=context,
        low=low,
        high=None,
        bound="at least",
        thing="people",
        event=event,
        part="roll",
        reported=page.reading.document.published,
    )

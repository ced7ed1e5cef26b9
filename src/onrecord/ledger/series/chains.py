"""Lists of people that add up: "a man and three women", "two adults, a boy and his two sisters", "Ann Lee and Bo Ray"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.ledger.lowered import holds_any, lowered
from onrecord.ledger.series.context import Page
from onrecord.ledger.series.words import listed, thing_of
from onrecord.records import Figure, Span

__all__ = ["Chain", "chains"]

_JOINT = re.compile(
    r"(?:[,;]? (?:and|as well as|along with|plus) |[,;] | & )(?:also |then |the |his |her |their |both |\d{1,2}-year-old )?",
    re.IGNORECASE,
)
_ANDS = (" and ", " as well as ", " along with ", " plus ", " & ")
_AND = re.compile("|".join(_ANDS), re.IGNORECASE)
_AGED = re.compile(r"(?:,? (?:ages?|aged) \d+(?:,? \d+)*(?:,? and \d+)?|, \d{1,3}(?:,(?= )|(?= and))| \(\d{1,3}\))?")
# The two of lower-case text (see lowered): a word for a person where headlines leave out the article, and behind one.
_BARE = re.compile(
    r"(?:\n|: |, | and )(?P<person>man|woman|mother|father|mom|dad|boy|girl|teen|toddler|child|baby|infant"
    r"|husband|wife|grandmother|grandfather|son|daughter|brother|sister|officer|deputy)\b(?!\s*['’]s)"
)
_PERSONS = frozenset(
    (
        "man woman boy girl child baby infant toddler teen teenager person victim officer deputy student bystander "
        "passenger mother father son daughter brother sister wife husband girlfriend boyfriend grandmother "
        "grandfather neighbor neighbour friend cousin nephew niece uncle aunt guard employee clerk male female adult "
        "juvenile minor relative suspect gunman shooter kid youth grandson granddaughter stepson pedestrian "
        "motorcyclist driver teacher"
    ).split()
)
# Words that stand between a determiner and the noun of another phrase: "a house and the boy", "the killing of a girl".
_BETWEEN = (
    "and|or|but|of|in|on|at|by|with|for|to|from|near|who|that|which|an?|the|his|her|their|was|were|is|are|had|has"
)
_SINGLE = re.compile(
    rf"\b(?:an?|another|one other|his|her|their|the)\s+(?:(?!(?:{_BETWEEN})\s)[\w-]+\s+){{0,4}}?"
    rf"(?:{'|'.join(sorted(_PERSONS))})\b(?!\s*['’]s)"
)


@dataclass(frozen=True, slots=True)
class Chain:
    """People listed side by side: the words for each item, the figures among them, and how many they are together."""

    items: tuple[Span, ...]
    figures: tuple[Span, ...]
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class _Item:
    span: Span
    low: float | None
    high: float | None
    figure: Span | None


def chains(page: Page) -> Iterator[Chain]:
    """All lists of at least two items joined by "and", in the order of the text."""
    text = page.text
    if not holds_any(text, _ANDS):
        return
    run: list[_Item] = []
    for item in _items(page):
        if run and not _joined(text, run[-1].span.end, item.span.start):
            yield from _closed(text, run)
            run = []
        run.append(item)
    yield from _closed(text, run)


def _closed(text: str, run: list[_Item]) -> Iterator[Chain]:
    run = _without_names_of(run)
    if len(run) < 2 or not _AND.search(text, run[-2].span.end, run[-1].span.start + 1):
        return
    if len(run) > 2 and run[0].low is not None and run[0].low > 1 and run[0].low == sum(i.low or 0 for i in run[1:]):
        return  # "six people, three men and three women": the rest says who the first are
    low = sum(i.low for i in run if i.low is not None) if all(i.low is not None for i in run) else None
    high = sum(i.high for i in run if i.high is not None) if all(i.high is not None for i in run) else None
    if low is None and high is None:
        return
    yield Chain(tuple(i.span for i in run), tuple(i.figure for i in run if i.figure is not None), low, high)


def _without_names_of(run: list[_Item]) -> list[_Item]:
    """ "Their two children, Charlie and Ann": names behind a group are those of its members, not further people."""
    kept: list[_Item] = []
    named = 0.0
    for item in run:
        if item.figure is None and named > 0:
            named -= 1
            continue
        kept.append(item)
        named = (item.low or 0.0) if item.figure is not None and (item.low or 0) > 1 else 0.0
    return kept if sum(i.figure is None for i in run) - sum(i.figure is None for i in kept) != 1 else run


def _joined(text: str, end: int, start: int) -> bool:
    aged = _AGED.match(text, end)
    for begin in dict.fromkeys((aged.end() if aged else end, end)):
        if _JOINT.fullmatch(text, begin, start) is not None:
            return True
    return False


def _items(page: Page) -> list[_Item]:
    reading = page.reading
    found = [_of_figure(f) for f in page.figures.values() if f.unit is None and _counts_people(f)]
    taken = [item.span for item in found]
    people = {e.id for e in reading.entities if e.type == "person"}
    names = [m.span for m in reading.mentions if m.form == "name" and m.entity in people]
    for span in [*names, *_singles(page.text)]:
        if not any(span.overlaps(other) for other in taken):
            taken.append(span)
            found.append(_Item(span, 1.0, 1.0, None))
    return sorted(found, key=lambda item: item.span)


def _of_figure(figure: Figure) -> _Item:
    end = figure.counted.span.end if figure.counted is not None else figure.span.end
    return _Item(Span(figure.span.start, max(figure.span.end, end)), figure.low, figure.high, figure.span)


def _counts_people(figure: Figure) -> bool:
    noun = figure.counted.noun.lower() if figure.counted is not None and figure.counted.noun else None
    return (
        noun is not None
        and thing_of(noun) in ("people", "child", "man", "woman", "officer")
        and noun not in listed("perpetrator")
    )


def _singles(text: str) -> Iterator[Span]:
    lower = lowered(text)
    for match in _SINGLE.finditer(lower):
        yield Span(*match.span())
    # Headlines leave the article out: "Mother, 2 children found dead". The first of them begins a line as well.
    for match in _BARE.finditer(f"\n{lower}"):
        start, end = match.span("person")
        yield Span(start - 1, end - 1)

"""Questions to the ledger of the sample articles that narrow, order, page and fail, and how each is answered in short.

Answered in full are the questions of tests.golden.told; here only the names of the rows are kept, in their order, or what is
said where there is no answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from onrecord.errors import OnrecordError
from onrecord.ledger import Ledger
from onrecord.ledger.cited import cited

__all__ = ["asked"]

_MOST = 12  # names of an answer that are kept, besides how many there are


def asked(ledger: Ledger) -> list[list[Any]]:
    """Each question in words, how many rows answer it, and the first of them."""
    return [
        [f"{method} {args} {options}", *_answer(ledger, method, args, options)]
        for method, args, options in _asked(ledger)
    ]


def _answer(ledger: Ledger, method: str, args: tuple[Any, ...], options: dict[str, Any]) -> tuple[Any, ...]:
    try:
        rows = list(getattr(ledger, method)(*args, **options))
    except OnrecordError as error:
        return type(error).__name__, str(error)
    return len(rows), [cited(row) for row in islice(rows, _MOST)]


_Question = tuple[str, tuple[Any, ...], dict[str, Any]]


def _ask(method: str, *args: Any, **options: Any) -> _Question:
    return method, args, options


def _asked(ledger: Ledger) -> Iterator[_Question]:
    for some in (_pages, _records, _people, _words, _derived, _times):
        yield from some(ledger)


def _pages(ledger: Ledger) -> Iterator[_Question]:
    """None, some, those behind a row, and behind what is not there."""
    copy = ledger.copies()[1]
    rows = {
        "documents": ledger.documents()[3].id,
        "statements": cited(ledger.statements()[9]),
        "figures": cited(ledger.figures()[9]),
        "speakers": ledger.speakers()[2].key,
        "stories": ledger.stories()[0].id,
        "copies": copy.document,
        "claims": ledger.claims()[4].id,
        "series": ledger.series()[4].id,
        "conflicts": ledger.conflicts()[1].id,
        "timeline": cited(ledger.timeline()[5]),
    }
    for method, name in rows.items():
        yield _ask(method, limit=0)
        yield _ask(method, limit=1)
        yield _ask(method, limit=3, after=name)
        yield _ask(method, after=name)
        yield _ask(method, after="nothing")
        yield _ask(method, limit=-1)
    yield _ask("copies", after=copy.group)
    yield _ask("copies", copy.group)
    yield _ask("copies", copy.document)
    yield _ask("copies", "y000000000000")


def _records(ledger: Ledger) -> Iterator[_Question]:
    """Statements and figures: who, about what, when, where."""
    document, person = ledger.documents()[3].id, ledger.who("Brezik")[0].id
    for method in ("statements", "figures"):
        for speaker in ("Oltan Brezik", "brezik", "Sauk", "emergency service", "Ruvania", "Nobody", person):
            yield _ask(method, speaker=speaker)
        for about in ("dam", "sirens dam", '"blocked spillway"', "soldier*", "the", "…", "Drusa 14", "oficial"):
            yield _ask(method, about=about)
            yield _ask(method, about=about, limit=2)
        for since, until in (
            ("2025-03-14", None), (None, "2025-03-12"), ("2025-03-13", "2025-03-14"), ("2025-03", "2025"), ("1987", "1999"),
            ("2026", None), ("2025-03-15", "2025-03-14"), ("March", None), ("2025-W11", "2025-W11"),
        ):  # fmt: skip
            yield _ask(method, since=since, until=until)
        yield _ask(method, document=document)
        yield _ask(method, document=document[:8], about="dam")
        yield _ask(method, document="0000")
        yield _ask(method, speaker="Sauk", about="missing", since="2025-03-12", until="2025-03-13", limit=4)
        yield _ask(method, rejected=True, limit=5)
    yield _ask("speaker", "Oltan Brezik", limit=3)
    yield _ask("speaker", "Nobody")


def _people(ledger: Ledger) -> Iterator[_Question]:
    """Speakers, people, and what a few letters may mean."""
    person = ledger.who("Brezik")[0].id
    for starting in ("vant", "o", "Ör", "emergency", "zzz", ""):
        yield _ask("speakers", starting=starting)
    for wanted in ("Oltan Brezik", "brezik", "Ruvania", "Nobody"):
        yield _ask("speakers", wanted)
    for name in ("Sauk", "Edrin Sauk", "the mayor", "Ruvania", "Velna Hydro", "OSCE", "Nobody", person):
        yield _ask("who", name)
    yield _ask("who", "Sauk", limit=1)
    for words in ("v", "dr", "dam b", "Sauk", "mirela v", "14", "zzz", "", "karst", "missing"):
        yield _ask("suggest", words)
        yield _ask("suggest", words, limit=2)
    for limit in (-1, 0, 1, 3):
        yield _ask("suggest", "d", limit=limit)
        yield _ask("search", "dam", limit=limit)
        yield _ask("speaker", "Sauk", limit=limit)
    for kind in ("speaker", "story", "claim", "series", "document"):
        yield _ask("suggest", "d", kinds=[kind], limit=4)
    yield _ask("suggest", "d", kinds=["document", "speaker"], limit=5)


def _words(ledger: Ledger) -> Iterator[_Question]:
    for words in (
        "dam",
        "Dam burst",
        '"dam burst"',
        "soldier*",
        "sirens -sound",
        "…",
        "no",
        "Brezik plan",
        "officials said",
    ):
        yield _ask("search", words)
        yield _ask("search", words, limit=3)
    found = ledger.search("dam", limit=6)
    for hit in found:
        yield _ask("search", "dam", limit=4, after=cited(hit))
    yield _ask("search", "sirens", limit=4, after=cited(found[0]))


def _derived(ledger: Ledger) -> Iterator[_Question]:
    """Claims, series, conflicts."""
    claim, series, conflict = ledger.claims()[4], ledger.series()[4], ledger.conflicts()[1]
    story = ledger.stories()[0].id
    for about in ("dam", "sluices", "Ruvania soldiers", "100%", "killed", "Drusa"):
        yield _ask("claims", about=about)
        yield _ask("series", about=about)
        yield _ask("conflicts", about=about)
    for speaker in ("Oltan Brezik", "Ruvania", "emergency service", "Nobody", "hydrologist"):
        yield _ask("claims", speaker=speaker)
        yield _ask("conflicts", speaker=speaker)
    for standing in ("disputed", "corroborated", "denied", "revised", "withdrawn", "single source"):
        yield _ask("claims", standing=standing)
        yield _ask("claims", standing=standing, limit=2)
    yield _ask("claims", standing=["disputed", "withdrawn"])
    yield _ask("claims", standing=["disputed", "withdrawn"], limit=4)
    yield _ask("claims", standing=["disputed", "denied"], limit=4, after=ledger.claims(standing="disputed")[1].id)
    yield _ask("claims", claim.id)
    yield _ask("claims", "c000000000000")
    yield _ask("claims", story=story, limit=3)
    yield _ask("series", series.id)
    yield _ask("series", [series.id, ledger.series()[0].id, "f000000000000"])
    yield _ask("series", "f000000000000")
    yield _ask("series", moved=True)
    yield _ask("series", moved=True, limit=2)
    yield _ask("series", story=story, about="dead")
    yield _ask("course", "f000000000000")
    for rule in ("denial", "reversal", "opposite", "figures"):
        yield _ask("conflicts", rule=rule)
    yield _ask("conflicts", conflict.id)
    yield _ask("conflicts", "x000000000000")
    yield _ask("conflicts", story=story, limit=2)


def _times(ledger: Ledger) -> Iterator[_Question]:
    """Timelines of a story, of a document's story, of somebody; what of a document is part of what."""
    document = ledger.documents()[3].id
    for since, until in (
        ("2025-03-13", "2025-03-13"),
        ("2025-03-18", None),
        (None, "2025-03-12"),
        ("1987", "1987"),
        ("2026", None),
    ):
        yield _ask("timeline", since=since, until=until)
    for wanted in (document, document[:10], "Sauk", "Ruvania", "hydrologist", "Nobody", "t000000000000"):
        yield _ask("timeline", wanted)
    yield _ask("timeline", "Sauk", limit=2, after=cited(ledger.timeline("Sauk")[1]))
    yield _ask("ties", document[:8])
    yield _ask("ties", "0000")
    yield _ask("stories", document)
    yield _ask("stories", "t000000000000")
    yield _ask("places", "t000000000000")
    yield _ask("differences", document, "0000")

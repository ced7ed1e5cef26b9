"""Every page there is, by an example of each: the busiest one in the sample articles."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby

from onrecord.ledger import Ledger
from onrecord.views.web.links import (
    beside_url,
    cite_url,
    claim_url,
    conflict_url,
    copies_url,
    correct_url,
    document_url,
    series_url,
    speaker_url,
    story_url,
)

__all__ = ["LONG", "MISSING", "PAGES", "busiest_document", "busiest_series", "busiest_story"]


def busiest_story(ledger: Ledger) -> str:
    return max(ledger.stories(), key=lambda row: row.documents).id


def busiest_document(ledger: Ledger) -> str:
    return max(ledger.documents(), key=lambda row: row.statements + row.figures).id


def busiest_series(ledger: Ledger) -> str:
    return max(ledger.series(), key=lambda row: len(row.points)).id


def _claim(ledger: Ledger) -> str:
    return max(ledger.claims(standing="disputed"), key=lambda row: len(row.holders) + len(row.deniers)).id


def _copies(ledger: Ledger) -> list[str]:
    """The documents of the largest group, its origin first."""
    groups = [list(rows) for _, rows in groupby(ledger.copies(), key=lambda row: row.group)]
    rows = max(groups, key=len)
    return [row.document for row in sorted(rows, key=lambda row: row.kind != "origin")]


def _statement(ledger: Ledger) -> str:
    row = next(row for row in ledger.statements() if row.speaker_key)
    return f"{row.document}:{row.id}"


def _event(ledger: Ledger) -> str:
    document = busiest_document(ledger)
    return f"{document}:{ledger.document(document).events[0].id}"


def _speaker(ledger: Ledger) -> str:
    return max(ledger.speakers(), key=lambda row: row.statements).key


PAGES: dict[str, Callable[[Ledger], str]] = {
    "front": lambda ledger: "/",
    "stories": lambda ledger: "/stories",
    "story": lambda ledger: story_url(busiest_story(ledger)),
    "claims": lambda ledger: "/claims",
    "claims disputed": lambda ledger: "/claims?standing=disputed",
    "claim": lambda ledger: claim_url(_claim(ledger)),
    "list of series": lambda ledger: "/series",
    "series": lambda ledger: series_url(busiest_series(ledger)),
    "conflicts": lambda ledger: "/conflicts",
    "conflict": lambda ledger: conflict_url(ledger.conflicts()[0].id),
    "speakers": lambda ledger: "/speakers",
    "speaker": lambda ledger: speaker_url(_speaker(ledger)),
    "statements": lambda ledger: "/statements?speaker=Vantor&since=2025-03-12",
    "figures": lambda ledger: "/figures?about=soldiers",
    "copies": lambda ledger: "/copies",
    "copy group": lambda ledger: copies_url(_copies(ledger)[0]),
    "beside": lambda ledger: beside_url(*_copies(ledger)[:2]),
    "documents": lambda ledger: "/documents",
    "document": lambda ledger: document_url(busiest_document(ledger)),
    "check": lambda ledger: "/check",
    "corrections": lambda ledger: "/corrections",
    "correct a statement": lambda ledger: correct_url(_statement(ledger)),
    "correct a figure": lambda ledger: correct_url(f"{busiest_document(ledger)}:f0"),
    "correct an event": lambda ledger: correct_url(_event(ledger)),
    "correct a person": lambda ledger: correct_url(ledger.who("Vantor")[0].id),
    "cite a statement": lambda ledger: cite_url(_statement(ledger)),
    "cite a claim": lambda ledger: cite_url(_claim(ledger)),
    "search": lambda ledger: "/search?words=dam",
    "search without words": lambda ledger: "/search",
    "the API": lambda ledger: "/api",
}

LONG = {"all statements": "/statements", "all figures": "/figures"}
"""The same as above with a hundred rows: axe takes ten seconds for each of them, and finds what it finds in twenty."""

MISSING = "/claims/c000000000000"
"""The page of something that is not there."""

"""What is claimed: the list of claims, and one of them with who holds it, who denies it and in which words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any, ClassVar, get_args

from starlette.requests import Request
from starlette.routing import BaseRoute

from onrecord.errors import LedgerError
from onrecord.ledger import Ledger
from onrecord.ledger.claims.claim import Standing
from onrecord.ledger.claims.rows import ClaimRow
from onrecord.ledger.conflicts.rows import ConflictRow
from onrecord.views.web.listing import listing
from onrecord.views.web.page import asked, page
from onrecord.views.web.standing import Voice, voices
from onrecord.views.web.told import story_titles

__all__ = ["ROUTES", "ClaimPage", "ClaimsPage", "ClaimsQuery"]

_LIMIT = 50
_CONFLICTS = 20


@dataclass(frozen=True, slots=True)
class ClaimsQuery:
    """What a person asked of the list; None for what they left open. `after` names the claim that a page begins behind."""

    about: str | None = None
    speaker: str | None = None
    standing: Standing | None = None
    story: str | None = None
    after: str | None = None

    @property
    def narrowed(self) -> bool:
        """Whether it asks for less than everything."""
        return any((self.about, self.speaker, self.standing, self.story))


@dataclass(frozen=True, slots=True)
class ClaimsPage:
    """`/claims`: the claims that `query` asks for, those first made last first; `next` names the last where there are
    more."""

    template: ClassVar[str] = "claims.html"

    query: ClaimsQuery
    claims: Sequence[ClaimRow]
    next: str | None
    titles: dict[str, str | None]

    @classmethod
    def of(cls, ledger: Ledger, query: ClaimsQuery) -> ClaimsPage:
        """Raises LedgerError for an `after` that nothing is called."""
        found = listing(lambda most: ledger.claims(**asdict(query), limit=most), _LIMIT)
        return cls(query, found.rows, found.next, story_titles(ledger, found.rows))

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """`/claims/ID`: one claim with all its mentions, and the conflicts that it has a side in."""

    template: ClassVar[str] = "claim.html"

    claim: ClaimRow
    story: str | None
    conflicts: Sequence[ConflictRow]

    @classmethod
    def of(cls, ledger: Ledger, wanted: str) -> ClaimPage:
        """Raises NotInLedger where there is no such claim."""
        row = ledger.claims(wanted)[0]
        conflicts = [c for c in ledger.conflicts(story=row.story) if row.id in (c.a.of, c.b.of)]
        return cls(row, ledger.stories(row.story)[0].title, conflicts[:_CONFLICTS])

    @property
    def sides(self) -> tuple[tuple[str, str, tuple[Voice, ...]], ...]:
        """The columns: what its voices do, the class of its colour, the voices."""
        row = self.claim
        return (
            ("Hold it", "corroborated", voices(row.holders)),
            ("Deny it", "denied", voices(row.deniers)),
            ("Leave it open", "", voices(row.neither)),
        )

    @property
    def form(self) -> tuple[tuple[str, str], ...]:
        """The normal form, in terms and values."""
        terms = {
            "actor": "Who",
            "event": "What happened",
            "target": "To whom or what",
            "place": "Where",
            "time": "When",
        }
        terms |= {"status": "How firmly", "figure": "How many"}
        return tuple((term, value) for name, term in terms.items() if (value := getattr(self.claim, name)) is not None)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def _query(request: Request) -> ClaimsQuery:
    given = {field.name: asked(request, field.name) for field in fields(ClaimsQuery)}
    standing: Standing | None = next((known for known in get_args(Standing) if known == given["standing"]), None)
    if given["standing"] is not None and standing is None:
        raise LedgerError(f"standing: {given['standing']!r} is none of {', '.join(get_args(Standing))}")
    return ClaimsQuery(given["about"], given["speaker"], standing, given["story"], given["after"])


ROUTES: list[BaseRoute] = [
    *page("/claims", lambda ledger, request: ClaimsPage.of(ledger, _query(request))),
    *page("/claims/{id}", lambda ledger, request: ClaimPage.of(ledger, request.path_params["id"])),
]

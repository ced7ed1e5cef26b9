"""Who is on record: the list of all, and what is known of one of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any, ClassVar

from starlette.routing import BaseRoute

from onrecord.ledger import Ledger
from onrecord.ledger.claims.rows import ClaimRow
from onrecord.ledger.conflicts.rows import ConflictRow
from onrecord.ledger.corrections import Maker
from onrecord.ledger.identity.rows import PersonRow
from onrecord.ledger.rows import FigureRow, SpeakerRow, StatementRow
from onrecord.views.web.listing import listing
from onrecord.views.web.page import asked, page

__all__ = ["ROUTES", "HeldClaim", "Person", "SpeakerPage", "SpeakersPage"]

_STATEMENTS = 50
"""Statements on a speaker's page; the page leads on to the others."""
_OTHERS = 10
"""Claims, figures and conflicts beside them; their own lists have all."""


@dataclass(frozen=True, slots=True)
class SpeakersPage:
    """`/speakers`: everybody who is on record, those with the most statements first, behind the one called `after`.

    `starting`: only those of whose name a word begins so. `next` names the last one where there are more.
    """

    template: ClassVar[str] = "speakers.html"

    speakers: Sequence[SpeakerRow]
    starting: str | None
    after: str | None
    next: str | None

    @classmethod
    def of(cls, ledger: Ledger, starting: str | None = None, after: str | None = None) -> SpeakersPage:
        """Raises LedgerError for an `after` that nobody is called."""
        found = listing(lambda most: ledger.speakers(starting=starting, limit=most, after=after))
        return cls(found.rows, starting, after, found.next)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class HeldClaim:
    """A claim, and what a speaker does with it in words: "holds it", "denies it", "leaves it open"."""

    claim: ClaimRow
    parts: tuple[str, ...]

    @classmethod
    def of(cls, claim: ClaimRow, names: Collection[str]) -> HeldClaim:
        """`names` are those that the speaker goes by."""
        roles = (("holds it", claim.holders), ("denies it", claim.deniers), ("leaves it open", claim.neither))
        return cls(claim, tuple(part for part, members in roles if any(one.name in names for one in members)))


@dataclass(frozen=True, slots=True)
class Person:
    """All that a speaker's page says of somebody besides the statements: given on its first page alone.

    `people` are those whom the key means: one, or none where no story has joined its names. `first` is the first
    statement of all, `last` the last. `claims` are those that the speaker holds or denies, `figures` those vouched for,
    `reversals` the conflicts in which the speaker says first one thing and then the other, `conflicts` the other ones.
    """

    people: Sequence[PersonRow]
    first: StatementRow | None
    last: StatementRow | None
    claims: Sequence[HeldClaim]
    figures: Sequence[FigureRow]
    reversals: Sequence[ConflictRow]
    conflicts: Sequence[ConflictRow]

    @classmethod
    def of(cls, ledger: Ledger, key: str, speaker: SpeakerRow | None, newest: Sequence[StatementRow]) -> Person:
        first = None
        if speaker is not None and speaker.first is not None:
            oldest = ledger.statements(speaker=key, until=speaker.first[:10])
            first = min(oldest, key=lambda row: row.said_on or row.published or "9999", default=None)
        conflicts = ledger.conflicts(speaker=key, limit=_OTHERS * 2)
        people = list(ledger.who(key))
        names = {name for one in people for name, _ in one.names} | {one.name for one in people} | {key}
        return cls(
            people=people,
            first=first,
            last=newest[0] if newest else None,
            claims=[HeldClaim.of(claim, names) for claim in ledger.claims(speaker=key, limit=_OTHERS)],
            figures=list(ledger.figures(speaker=key, limit=_OTHERS)),
            reversals=[row for row in conflicts if row.rule == "reversal"],
            conflicts=[row for row in conflicts if row.rule != "reversal"],
        )


@dataclass(frozen=True, slots=True)
class SpeakerPage:
    """`/speakers/KEY`: who somebody is and what they said: newest first, behind the one called `after`.

    `next` names the last statement where there are more, `makers` made the corrections that statements name. `speaker` is
    None, and so is most of `person`, where a name means several speakers.
    """

    template: ClassVar[str] = "speaker.html"

    speaker: SpeakerRow | None
    name: str
    key: str
    statements: Sequence[StatementRow]
    after: str | None
    next: str | None
    makers: Mapping[str, Maker]
    person: Person | None

    @classmethod
    def of(cls, ledger: Ledger, key: str, after: str | None = None) -> SpeakerPage:
        """`key` may be a name too, as in an address that was made before the speaker had another key.

        Raises NotInLedger where nobody has this key, LedgerError for an `after` that nothing is called.
        """
        said = listing(lambda most: ledger.speaker(key, limit=most, after=after), _STATEMENTS)
        meant = ledger.speakers(key, limit=2)
        speaker = meant[0] if len(meant) == 1 else None
        person = Person.of(ledger, key, speaker, said.rows) if after is None else None
        makers = ledger.makers(row.ruled for row in said.rows)
        return cls(speaker, speaker.name if speaker else key, key, said.rows, after, said.next, makers, person)

    @property
    def days(self) -> list[tuple[str | None, list[StatementRow]]]:
        """The statements by the day on which they were said, or printed where that is unknown."""
        days = groupby(self.statements, key=lambda row: (row.said_on or row.published or "")[:10])
        return [(day or None, list(rows)) for day, rows in days]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


ROUTES: list[BaseRoute] = [
    *page(
        "/speakers",
        lambda ledger, request: SpeakersPage.of(ledger, asked(request, "starting"), asked(request, "after")),
    ),
    *page(
        "/speakers/{key:path}",
        lambda ledger, request: SpeakerPage.of(ledger, request.path_params["key"], asked(request, "after")),
    ),
]

"""Two things on record that cannot both be true: the list of conflicts, and one of them with both sides in full."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, ClassVar, cast, get_args

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.routing import BaseRoute

from onrecord.ledger import Ledger
from onrecord.ledger.conflicts.rows import ConflictRow, Rule, SideRow
from onrecord.ledger.stories.rows import StoryRow
from onrecord.records import Span
from onrecord.views.web.listing import listing
from onrecord.views.web.page import asked, page
from onrecord.views.web.told import story_titles
from onrecord.views.web.words import sides_in_order

__all__ = ["ROUTES", "ConflictPage", "ConflictQuery", "ConflictsPage", "FullSide"]


@dataclass(frozen=True, slots=True)
class ConflictQuery:
    """What a person asked of the list; None for what they left open."""

    about: str | None = None
    rule: Rule | None = None
    story: str | None = None
    speaker: str | None = None
    after: str | None = None

    @property
    def narrowed(self) -> bool:
        """Whether it asks for less than everything."""
        return any((self.about, self.rule, self.story, self.speaker))


@dataclass(frozen=True, slots=True)
class ConflictsPage:
    """`/conflicts`: the newest conflicts that `query` asks for; `next` names the last one where there are more."""

    template: ClassVar[str] = "conflicts.html"

    query: ConflictQuery
    conflicts: Sequence[ConflictRow]
    next: str | None
    titles: dict[str, str | None]

    @classmethod
    def of(cls, ledger: Ledger, query: ConflictQuery) -> ConflictsPage:
        """Raises LedgerError for an `after` that nothing is called."""
        found = listing(lambda most: ledger.conflicts(**asdict(query), limit=most), _CARDS)
        return cls(query, found.rows, found.next, story_titles(ledger, found.rows))

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


_CARDS = 30
"""Conflicts on one page: each is a card with two sentences."""


@dataclass(frozen=True, slots=True)
class FullSide:
    """A side with what it belongs to. `part`: what this side does with it ("says it", "denies it", "first", "later").

    `name` is the record's name for citing and correcting, or the stretch of text where no record is known; `said_on` the
    day of the words, `key` the speaker's. `whole`: what is claimed or counted, `state`: its standing or trend.
    """

    row: SideRow
    part: str
    name: str
    record: str | None
    said_on: str | None
    key: str | None
    whole: str
    state: str


@dataclass(frozen=True, slots=True)
class ConflictPage:
    """`/conflicts/ID`: one conflict, its two sides (of a reversal the earlier one first), the story it is part of."""

    template: ClassVar[str] = "conflict.html"

    conflict: ConflictRow
    sides: Sequence[FullSide]
    story: StoryRow | None

    @classmethod
    def of(cls, ledger: Ledger, wanted: str) -> ConflictPage:
        """Raises NotInLedger for an id that no conflict has."""
        row = ledger.conflicts(wanted)[0]
        parts = zip(sides_in_order(row), _PARTS[row.rule], strict=True)
        story = next(iter(ledger.stories(row.story)), None)
        return cls(row, [_full(ledger, side, part) for side, part in parts], story)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


_PARTS: dict[Rule, tuple[str, str]] = {
    "figures": ("counts", "counts"),
    "denial": ("says it", "denies it"),
    "reversal": ("first", "later"),
    "opposite": ("says this", "says the opposite"),
}
"""What the first and the second side of a conflict do."""


def _full(ledger: Ledger, side: SideRow, part: str) -> FullSide:
    """A side with the claim or the series that its words are of: there stand its record and its day."""
    record = said_on = None
    if side.of.startswith("c"):
        claim = ledger.claims(side.of)[0]
        whole, state = claim.says, str(claim.standing)
        for member in claim.members:
            if member.document == side.document and _meet(member.spans, side.span):
                record, said_on = member.record, member.said_on
                break
    else:
        series = ledger.series(side.of)[0]
        whole, state = series.what, "disputed" if series.best is not None and series.best.disputed else series.trend
        for point in series.points:
            place = next((p for p in point.places if p.document == side.document and _meet(p.spans, side.span)), None)
            if place is not None:
                record, said_on = place.record, point.as_of
                break
    known = record is not None and record[0] in "sfv"
    name = f"{side.document}:{record}" if known else f"{side.document}@{side.span.start}-{side.span.end}"
    return FullSide(side, part, name, record if known else None, said_on, _key(ledger, side, record), whole, state)


def _key(ledger: Ledger, side: SideRow, record: str | None) -> str | None:
    """The key of who speaks: of the statement that is the side's record, or in which its figure or event stands."""
    rows = {row.id: row for row in ledger.statements(document=side.document)}
    if record is not None and record in rows:
        return rows[record].speaker_key
    inside = (row for row in rows.values() if _meet(row.content_spans, side.span))
    return next((row.speaker_key for row in inside if row.speaker == side.who), None)


def _meet(spans: Sequence[Span], span: Span) -> bool:
    return any(span.overlaps(one) for one in spans)


def _query(request: Request) -> ConflictQuery:
    rule = asked(request, "rule")
    if rule is not None and rule not in get_args(Rule):
        raise HTTPException(400, f"rule={rule} is none of {', '.join(get_args(Rule))}")
    given = {name: asked(request, name) for name in ("about", "story", "speaker", "after")}
    return ConflictQuery(rule=cast(Rule | None, rule), **given)


ROUTES: list[BaseRoute] = [
    *page("/conflicts", lambda ledger, request: ConflictsPage.of(ledger, _query(request))),
    *page("/conflicts/{conflict}", lambda ledger, request: ConflictPage.of(ledger, request.path_params["conflict"])),
]

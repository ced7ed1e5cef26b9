"""From what people call a record to the record: `<document>:s3`, an id that was cited, the name of an entity.

`<document>` is the id of a document or its beginning. Nothing is taken for the nearest thing: a name that fits several
records is refused with the list of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Row, func, select

from onrecord.errors import LedgerError, NotInLedger
from onrecord.ledger import schema as t
from onrecord.ledger.corrections.records import RecordKind
from onrecord.ledger.identity import speaker_key
from onrecord.ledger.identity.tables import person_members
from onrecord.ledger.ids import derived_id, figure_key
from onrecord.ledger.names import name_key
from onrecord.ledger.rebuild import document_number, rebuild
from onrecord.ledger.series.tables import series_places
from onrecord.ledger.stories.tables import story_members
from onrecord.reading import Reading
from onrecord.records import Entity

__all__ = ["Named", "entity", "figure_of_series", "record"]

_DERIVED = re.compile(r"[cfytpx][0-9a-f]{12}")
_LISTED = 4


class Named(NamedTuple):
    """A record that somebody named: the row and the reading of its document, its kind, its key there."""

    row: int
    reading: Reading
    kind: RecordKind
    key: str

    @property
    def place(self) -> tuple[str, str]:
        return self.reading.document.id, self.key

    def __str__(self) -> str:
        return f"{self.reading.document.id[:12]}:{self.key}"


def record(connection: Connection, what: str, kinds: Sequence[RecordKind]) -> Named:
    """The record that `what` (`<document>:s3`, `:f0`, `:v1`, `:e2`) names, if it is of one of these kinds.

    Raises NotInLedger where there is none, LedgerError for what names no record, or several.
    """
    prefix, colon, key = what.rpartition(":")
    if not colon:
        if _DERIVED.fullmatch(what):
            raise LedgerError(f"{what} stands for several records: correct one of them, as <document>:s3")
        raise LedgerError(f"{what!r} is no record: name it as <document>:s3, :f0 or :v1")
    row = document_number(connection, prefix)
    reading = rebuild(connection, row)
    found = [kind for kind, keys in _keys(reading).items() if key in keys]
    fitting = [kind for kind in found if kind in kinds]
    if not found:
        raise NotInLedger(f"document {reading.document.id[:12]} has no record {key!r}")
    if not fitting:
        raise LedgerError(f"{what} is not a {' or '.join(kinds)} but a {found[0]}")
    if len(fitting) > 1:
        raise LedgerError(f"{what} names more than one record: a {' and a '.join(fitting)}")
    return Named(row, reading, fitting[0], key)


def entity(connection: Connection, name: str, near: Named | None = None) -> Named:
    """The entity of this name: `<document>:e3`, a person id `p…`, or a name, alias or ref, or a person's last words.

    A name is first looked for in the document of `near`, then in the whole ledger, where the earliest document of the same
    story that names whoever is called so stands for all of them, else the earliest of all. A whole name goes before an
    alias, that before a part of a name.

    Raises NotInLedger where nobody is called so, LedgerError where several are.
    """
    if re.fullmatch(r"[0-9a-f]+:[^:\s]+", name):
        return record(connection, name, ("entity",))
    if _DERIVED.fullmatch(name) and name[0] == "p":
        return _entity_of_id(connection, name)
    if near is not None:
        here = _called(near.reading, name)
        if len(here) > 1:
            some = ", ".join(f"{near.reading.document.id[:12]}:{e.id} ({e.name})" for e in here[:_LISTED])
            raise LedgerError(f"{name!r} names several in this document: {some}")
        if here:
            return Named(near.row, near.reading, "entity", here[0].id)
    for test in _tiers(name):
        rows = _entities(connection, test)
        if rows:
            firsts: dict[str, Row[Any]] = {}
            for row in rows:
                firsts.setdefault(row.speaker, row)
            if len(firsts) > 1:
                some = ", ".join(f"{row.hash[:12]}:{row.key} ({row.name})" for row in list(firsts.values())[:_LISTED])
                raise LedgerError(f"{name!r} names several: {some}")
            told = set() if near is None else _told_with(connection, near.row)
            first = next((row for row in rows if row.row in told), rows[0])
            return Named(first.row, rebuild(connection, first.row), "entity", first.key)
    raise NotInLedger(f"nobody and nothing called {name!r} in the ledger")


def _told_with(connection: Connection, document: int) -> set[int]:
    """The documents of the story that this one is in."""
    m = story_members.c
    story = select(m.story).where(m.document == document).scalar_subquery()
    return set(connection.execute(select(m.document).where(m.story == story)).scalars())


def figure_of_series(connection: Connection, series: str) -> Named:
    """A figure of the series that is named by its id (`f…`, that of any of its figures) or by one (`<document>:f0`)."""
    if ":" in series:
        return record(connection, series, ("figure",))
    if _DERIVED.fullmatch(series) and series[0] == "f":
        d, p = t.documents.c, series_places.c
        placed = select(p.document, p.record).where(p.key == series, p.record.startswith("f"))
        taken = connection.execute(placed).first()
        if taken is not None:
            return Named(taken.document, rebuild(connection, taken.document), "figure", taken.record)
        # A figure that no series has taken gives its own an id that is written nowhere.
        figures = select(d.id.label("row"), d.hash, func.count().label("figures")).join_from(t.documents, t.figures)
        for row in connection.execute(figures.group_by(d.id).order_by(d.hash)):
            for place in range(row.figures):
                if derived_id("f", row.hash, figure_key(place)) == series:
                    return Named(row.row, rebuild(connection, row.row), "figure", figure_key(place))
        raise NotInLedger(f"no series {series} in the ledger")
    raise LedgerError(f"{series!r} is no series: give its id (f…), a figure in it (<document>:f0), or new")


def _keys(reading: Reading) -> dict[RecordKind, set[str]]:
    return {
        "statement": {s.id for s in reading.statements},
        "figure": {figure_key(place) for place in range(len(reading.figures))},
        "event": {e.id for e in reading.events},
        "entity": {e.id for e in reading.entities},
    }


def _called(reading: Reading, name: str) -> list[Entity]:
    wanted = name_key(name)
    tiers = (
        [e for e in reading.entities if name_key(e.name) == wanted or (e.ref or "").lower() == name.lower()],
        [e for e in reading.entities if any(name_key(alias) == wanted for alias in e.aliases)],
        [e for e in reading.entities if e.type == "person" and name_key(e.name).endswith(f" {wanted}")],
    )
    return next((tier for tier in tiers if tier), [])


def _tiers(name: str) -> Iterator[ColumnElement[bool]]:
    e = t.entities.c
    wanted = name_key(name)
    yield (e.name_key == wanted) | (func.lower(e.ref) == name.lower())
    yield e.id.in_(select(t.aliases.c.entity).where(t.aliases.c.name_key == wanted))
    yield (e.type == "person") & e.name_key.endswith(f" {wanted}", autoescape=True)


def _entities(connection: Connection, test: ColumnElement[bool]) -> Sequence[Row[Any]]:
    """Entities in canonical order: those of the earliest document first, those without a date last, then by hash."""
    e, d = t.entities.c, t.documents.c
    query = (
        select(d.id.label("row"), d.hash, e.key, e.name, speaker_key(t.entities).label("speaker"))
        .join_from(t.entities, t.documents)
        .where(test)
        .order_by(d.published.is_(None), d.published, d.hash, e.id)
    )
    return connection.execute(query).all()


def _entity_of_id(connection: Connection, id: str) -> Named:
    e, d, m = t.entities.c, t.documents.c, person_members.c
    members = (
        select(d.id.label("row"), e.key)
        .join_from(person_members, t.entities, e.id == m.entity)
        .join(t.documents, d.id == m.document)
        .where(m.cited == id)
    )
    member = connection.execute(members).first()
    if member is not None:
        return Named(member.row, rebuild(connection, member.row), "entity", member.key)
    # Who is nobody across documents ("three men") has an id that is written nowhere.
    for row in connection.execute(select(d.id.label("row"), d.hash, e.key).join_from(t.entities, t.documents)):
        if derived_id("p", row.hash, row.key) == id:
            return Named(row.row, rebuild(connection, row.row), "entity", row.key)
    raise NotInLedger(f"nobody and nothing with the id {id} in the ledger")

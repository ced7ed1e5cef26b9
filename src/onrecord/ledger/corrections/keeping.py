"""What people ruled about single records, kept beside the records: see `ledger.ruled`. The caller holds the transaction.

Kept in the transaction that writes a correction, or that reads an article again, so that it always is what the log says of
the readings that are there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from onrecord.ledger import schema as t
from onrecord.ledger.batches import WANTED, batched, fetched
from onrecord.ledger.corrections.rulings import Place, Verdict, verdicts
from onrecord.ledger.corrections.store import placed
from onrecord.ledger.ids import figure_key
from onrecord.ledger.ruled import ruled

__all__ = ["keep"]

_d, _e, _s, _r = t.documents.c, t.entities.c, t.statements.c, ruled.c
_HASHES = select(_d.id, _d.hash).where(_d.id.in_(WANTED))
_FORGET = delete(ruled).where(_r.document.in_(WANTED))
_WERE = select(_r.statement, _r.speaker).where(_r.document.in_(WANTED), _r.statement.is_not(None))
_ENTITIES = select(_d.hash, _e.key, _e.id).join_from(t.entities, t.documents).where(_d.hash.in_(WANTED))
_RECORDS = {
    "statement": select(_s.key, _s.id).where(_s.document == bindparam("of")),
    "event": select(t.events.c.key, t.events.c.id).where(t.events.c.document == bindparam("of")),
}
_FIGURES = select(t.figures.c.id).where(t.figures.c.document == bindparam("of")).order_by(t.figures.c.id)
_read, _by_ruling = t.entities.alias("read"), t.entities.alias("by_ruling")
# Who counts as the speaker of a statement: the name that full text knows, and the name that it is to know.
_NAMED = (
    select(_s.id, _s.speaker, _s.speaker_name, _read.c.name, _by_ruling.c.name.label("ruled_name"))
    .select_from(t.statements)
    .outerjoin(_read, _read.c.id == _s.speaker)
    .outerjoin(ruled, _r.statement == _s.id)
    .outerjoin(_by_ruling, _by_ruling.c.id == _r.speaker)
    .where(_s.id.in_(WANTED))
)
_RENAME = update(t.statements).where(_s.id == bindparam("number")).values(speaker_name=bindparam("called"))


def keep(connection: Connection, documents: Iterable[int]) -> set[int]:
    """Hold what is kept about records of these documents (rows) to the log.

    Returns the entities that may say more or less than they did.
    """
    rows = sorted(set(documents))
    if not rows:
        return set()
    hashes = dict(fetched(connection, _HASHES, rows))
    log = placed(connection, set(hashes.values()))
    found = verdicts(log, hashes.values())
    were = fetched(connection, _WERE, rows)
    for some in batched(rows):
        connection.execute(_FORGET, {"wanted": some})
    fresh = list(_columns(connection, hashes, found))
    if fresh:
        connection.execute(insert(ruled), fresh)
    statements = {row.statement for row in were} | {row["statement"] for row in fresh} - {None}
    heard = {row.speaker for row in were} | {row["speaker"] for row in fresh} | _renamed(connection, statements)
    return heard - {None}


def _columns(connection: Connection, hashes: dict[int, str], found: dict[Place, Verdict]) -> Iterable[dict[str, Any]]:
    speakers = {verdict.speaker[0] for verdict in found.values() if verdict.speaker is not None}
    entities = {(row.hash, row.key): row.id for row in fetched(connection, _ENTITIES, speakers)}
    for document, hash_ in sorted(hashes.items(), key=lambda item: item[1]):
        here = {key: verdict for (of, key), verdict in found.items() if of == hash_}
        if not here:
            continue
        numbers = {kind: dict(connection.execute(query, {"of": document}).all()) for kind, query in _RECORDS.items()}
        figures = connection.execute(_FIGURES, {"of": document}).scalars()
        numbers["figure"] = {figure_key(place): number for place, number in enumerate(figures)}
        for key, verdict in sorted(here.items()):
            yield {
                "document": document,
                "record": key,
                "rejected": verdict.rejected,
                "confirmed": verdict.confirmed,
                "speaker": None if verdict.speaker is None else entities[verdict.speaker],
                "correction": verdict.number,
            } | {kind: known.get(key) for kind, known in numbers.items()}


def _renamed(connection: Connection, statements: Collection[int]) -> set[int]:
    """Have these statements be found under the name of whoever counts as the speaker; who was read to be it."""
    rows = fetched(connection, _NAMED, statements)
    names = [(row.id, row.ruled_name or row.name, row.speaker_name) for row in rows]
    changed = [{"number": number, "called": name} for number, name, before in names if name != before]
    if changed:
        connection.execute(_RENAME, changed)
    return {row.speaker for row in rows}

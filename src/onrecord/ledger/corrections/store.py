"""The log in the ledger: adding to it, reading it, and holding it to the present readings. The caller holds the transaction.

Whoever writes must be alone in writing from the transaction's first line (`database.writing`): then two people who
correct at once get two numbers, one after the other, and the second sees what the first has done.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Connection, Row, bindparam, delete, func, insert, or_, select, true

from onrecord.errors import NotInLedger, Overtaken
from onrecord.ledger import schema as t
from onrecord.ledger.batches import WANTED, batched
from onrecord.ledger.corrections.anchoring import Lost, find
from onrecord.ledger.corrections.records import (
    Anchor,
    Correction,
    CorrectionRow,
    Kind,
    Maker,
    Part,
    Signed,
    correction_id,
)
from onrecord.ledger.corrections.rulings import Place, Placed, standings, undone_by
from onrecord.ledger.corrections.rulings import rulings as settle
from onrecord.ledger.corrections.tables import correction_places, corrections
from onrecord.ledger.rebuild import rebuild
from onrecord.ledger.scene import Rulings
from onrecord.reading import Reading

__all__ = [
    "affected",
    "any_made",
    "append",
    "correction",
    "expect",
    "expect_documents",
    "history",
    "makers",
    "orphans",
    "placed",
    "reanchor",
    "rulings",
    "touched",
    "touching",
    "undo",
]

_PAIRS: frozenset[Kind] = frozenset({"merge", "split"})

# What is said of two records, which may stand in any documents, and what takes something back.
_ACROSS: tuple[Kind, ...] = ("merge", "split", "series", "undo")

_ASKED_AT_ONCE = 1000  # hashes in one question; beyond that nearly all of the log is wanted anyway

_ANY = select(corrections.c.id).limit(1)
_hash: BindParameter[Any] = bindparam("hash_")
_ABOUT = select(corrections.c.id).where(
    or_(corrections.c.target_document == _hash, corrections.c.value_document == _hash)
)

_GONE = "its document is no longer in the ledger"


def append(
    connection: Connection,
    signed: Signed,
    kind: Kind,
    target: Anchor,
    value: Anchor | str | None = None,
    *,
    undoes: str | None = None,
) -> Correction:
    """Write one correction at the end of the log and hold it to the present readings. See `expect` for who came first."""
    held = value if isinstance(value, Anchor) else None
    said = value.words if isinstance(value, Anchor) else value
    c = corrections.c
    number = (connection.execute(select(func.max(c.id))).scalar() or 0) + 1
    content: dict[str, str | None] = {
        "at": signed.at,
        "by_whom": signed.by,
        "reason": signed.reason,
        "kind": kind,
        "target": target.to_json(),
        "value": held.to_json() if held is not None else None,
        "value_words": said,
    }
    key = correction_id(number, content | {"undoes": undoes})
    connection.execute(
        insert(corrections),
        content
        | {
            "id": number,
            "key": key,
            "target_document": target.document,
            "target_words": target.words,
            "value_document": held.document if held is not None else None,
            "undoes": _numbered(connection, undoes).id if undoes is not None else None,
        },
    )
    parts: tuple[tuple[Part, Anchor | None], ...] = (("target", target), ("value", held))
    readings: dict[str, Reading | None] = {}
    for part, anchor in parts:
        if anchor is None:
            continue
        if anchor.document not in readings:
            readings[anchor.document] = _reading(connection, anchor.document)
        _hold(connection, number, part, anchor, readings[anchor.document])
    return Correction(key, number, signed.at, signed.by, signed.reason, kind, target, value, undoes)


def undo(connection: Connection, id: str, signed: Signed) -> Correction:
    """Take back the correction (or the undo) with this id, by a new line of the log.

    Raises NotInLedger for an unknown id, Overtaken for what is undone already.
    """
    undone = correction(connection, id)
    log = placed(connection)
    by = undone_by(log).get(id)
    if by is not None:
        raise Overtaken(f"{id} is undone already, by {by}")
    expect(connection, signed, *_places(next(entry for entry in log if entry.id == id)))
    return append(connection, signed, "undo", undone.target, undoes=id)


def expect(connection: Connection, signed: Signed, *records: Place) -> None:
    """Raise Overtaken if one of the records has a later correction than the person who signs has seen.

    In the transaction that then appends: nobody else can write in between.
    """
    if signed.expected is None:
        return
    latest = next(reversed(touching(history(connection), records)), None)
    if (latest.id if latest is not None else "") != signed.expected:
        found = "there is no correction of it" if latest is None else f"{latest.id} by {latest.by}, {latest.at}"
        said = "" if latest is None else f": {latest.reason}"
        raise Overtaken(f"someone corrected this meanwhile ({found}{said})")


def correction(connection: Connection, id: str) -> Correction:
    """The correction with this id. Raises NotInLedger where there is none."""
    row = _numbered(connection, id)
    undoes = None
    if row.undoes is not None:
        undoes = connection.execute(select(corrections.c.key).where(corrections.c.id == row.undoes)).scalar_one()
    value = Anchor.from_json(row.value) if row.value is not None else row.value_words
    target = Anchor.from_json(row.target)
    return Correction(row.key, row.id, row.at, row.by_whom, row.reason, row.kind, target, value, undoes)


def history(connection: Connection, *, document: str | None = None, record: Place | None = None) -> list[CorrectionRow]:
    """The log, oldest first: all of it, or what touches a document (its hash) or a record (hash and present key)."""
    log = placed(connection)
    state = standings(log)
    keys = {entry.number: entry.id for entry in log}
    held = {entry.number: entry for entry in log}
    found = []
    for row in connection.execute(select(corrections).order_by(corrections.c.id)):
        target, value = held[row.id].target, held[row.id].value
        if document is not None and document not in (row.target_document, row.value_document):
            continue
        if record is not None and record not in (target, value):
            continue
        found.append(
            CorrectionRow(
                id=row.key,
                at=row.at,
                by=row.by_whom,
                reason=row.reason,
                kind=row.kind,
                document=row.target_document,
                record=target[1] if isinstance(target, tuple) else None,
                words=row.target_words,
                to_document=row.value_document,
                to_record=value[1] if isinstance(value, tuple) else None,
                to=row.value_words,
                undoes=keys[row.undoes] if row.undoes is not None else None,
                state=state[row.key].state,
                why=state[row.key].why,
            )
        )
    return found


def makers(connection: Connection, ids: Iterable[str]) -> dict[str, Maker]:
    """Who made each of these corrections; of an id that is none nothing."""
    c = corrections.c
    found: dict[str, Maker] = {}
    for some in batched(sorted(set(ids))):
        asked = select(c.key, c.by_whom, c.kind).where(c.key.in_(WANTED))
        for row in connection.execute(asked, {"wanted": some}):
            found[row.key] = Maker(row.by_whom, row.kind)
    return found


def touching(log: Iterable[CorrectionRow], records: Iterable[Place]) -> list[CorrectionRow]:
    """Those of `log` whose target or value is one of these records, in the same order."""
    wanted = set(records)
    return [row for row in log if wanted & {(row.document, row.record), (row.to_document, row.to_record)}]


def orphans(connection: Connection) -> list[CorrectionRow]:
    """The corrections to review: their words are no longer found as they were, and they are left out until then."""
    return [row for row in history(connection) if row.state == "orphan"]


def any_made(connection: Connection) -> bool:
    """Whether anybody ever corrected anything."""
    return connection.execute(_ANY).first() is not None


def rulings(connection: Connection, documents: Mapping[int, str]) -> Rulings:
    """What people have ruled about records of these documents, which are rows with their hashes."""
    if not any_made(connection):
        return Rulings()
    log = placed(connection, set(documents.values()))
    named = {place[0] for entry in log for place in (entry.target, entry.value) if isinstance(place, tuple)}
    rows = _rows(connection, named) | {hash: row for row, hash in documents.items()}
    return settle(log, rows, documents.values())


def reanchor(connection: Connection, reading: Reading) -> list[CorrectionRow]:
    """Hold the log to a reading that has just been written; gives the orphans among what names its document."""
    c = corrections.c
    document = reading.document.id
    if connection.execute(_ABOUT, {"hash_": document}).first() is None:
        return []
    asked = select(corrections).where(or_(c.target_document == document, c.value_document == document)).order_by(c.id)
    rows = connection.execute(asked).all()
    connection.execute(delete(correction_places).where(correction_places.c.document_hash == document))
    for row in rows:
        parts: tuple[tuple[Part, str | None], ...] = (("target", row.target), ("value", row.value))
        for part, stored in parts:
            anchor = Anchor.from_json(stored) if stored is not None else None
            if anchor is not None and anchor.document == document:
                _hold(connection, row.id, part, anchor, reading)
    return [row for row in history(connection, document=document) if row.state == "orphan"]


def expect_documents(connection: Connection) -> None:
    """Hold a log that was just put into a ledger without documents to that: `reanchor` finds its words as they come."""
    c = corrections.c
    for row in connection.execute(select(c.id, c.target, c.value).order_by(c.id)).all():
        parts: tuple[tuple[Part, str | None], ...] = (("target", row.target), ("value", row.value))
        for part, stored in parts:
            if stored is not None:
                _hold(connection, row.id, part, Anchor.from_json(stored), None)


def touched(connection: Connection, id: str) -> set[int]:
    """The rows of the documents whose derivations the correction with this id can change, it being just written.

    Those of its records, of what it undoes, and, since merges and moves hold each other up, of every such correction
    that hangs together with it by a record.
    """
    log = placed(connection)
    entry = next((entry for entry in log if entry.id == id), None)
    if entry is None:
        raise NotInLedger(f"no correction {id!r} in the ledger")
    return _reach(connection, log, [entry])


def affected(connection: Connection, document: str) -> set[int]:
    """The rows of the documents whose derivations a new reading of the document with this hash can change by rulings.

    To be asked after `reanchor`: where the words of a ruling are gone, or found again, the other document that it
    names has lost, or regained, a ruling too.
    """
    numbers = set(connection.execute(_ABOUT, {"hash_": document}).scalars())
    if not numbers:
        return set()
    log = placed(connection)
    return _reach(connection, log, [entry for entry in log if entry.number in numbers])


def _reach(connection: Connection, log: Sequence[Placed], start: Iterable[Placed]) -> set[int]:
    """The rows of all documents that these corrections name, and those that hang together with them by a record."""
    named = {entry.id: entry for entry in log}
    reached: dict[int, Placed] = {}
    for first in start:
        entry = first
        while entry.undoes is not None:
            entry = named[entry.undoes]
        reached[entry.number] = entry
    kinds: set[Kind] = {entry.kind for entry in reached.values()}
    if kinds & _PAIRS:
        kinds |= _PAIRS
    others = [entry for entry in log if entry.kind in kinds and entry.value is not None]
    grown = True
    while grown:
        places = {place for entry in reached.values() for place in _places(entry)}
        more = {entry.number: entry for entry in others if places & _places(entry)}
        grown = not more.keys() <= reached.keys()
        reached |= more
    c = corrections.c
    hashes: set[str] = set()
    for row in connection.execute(select(c.target_document, c.value_document).where(c.id.in_(sorted(reached)))):
        hashes |= {hash for hash in row if hash is not None}
    return set(_rows(connection, hashes).values())


def placed(connection: Connection, documents: set[str] | None = None) -> list[Placed]:
    """The log in the order of its numbers, each line with where its records are in the present readings.

    All of it, or all that bears on what is ruled about the documents with these hashes: what was said of their records,
    and whatever may hang together across documents. Ruling on one story must not take longer as the log grows.
    """
    c, p = corrections.c, correction_places.c
    bears: ColumnElement[bool] = true()
    if documents is not None and len(documents) <= _ASKED_AT_ONCE:
        bears = or_(c.kind.in_(_ACROSS), c.target_document.in_(sorted(documents)))
    at: dict[tuple[int, Part], Place | Lost] = {}
    query = (
        select(p.correction, p.part, p.document_hash, p.key, p.why, t.documents.c.id.label("row"))
        .join_from(correction_places, corrections)
        .outerjoin(t.documents, t.documents.c.hash == p.document_hash)
        .where(bears)
    )
    for row in connection.execute(query):
        lost = _GONE if row.row is None else row.why
        at[row.correction, row.part] = (row.document_hash, row.key) if lost is None else Lost(lost)
    undone = corrections.alias()
    asked = select(c.id, c.key, c.kind, c.value_words, undone.c.key.label("undoes")).outerjoin_from(
        corrections, undone, undone.c.id == c.undoes
    )
    return [
        Placed(row.id, row.key, row.kind, row.undoes, at[row.id, "target"], at.get((row.id, "value")), row.value_words)
        for row in connection.execute(asked.where(bears).order_by(c.id))
    ]


def _places(entry: Placed) -> set[Place]:
    return {place for place in (entry.target, entry.value) if isinstance(place, tuple)}


def _rows(connection: Connection, hashes: set[str]) -> dict[str, int]:
    c = t.documents.c
    found = connection.execute(select(c.hash, c.id).where(c.hash.in_(sorted(hashes))))
    return {row.hash: row.id for row in found}


def _numbered(connection: Connection, id: str) -> Row[Any]:
    row = connection.execute(select(corrections).where(corrections.c.key == id)).one_or_none()
    if row is None:
        raise NotInLedger(f"no correction {id!r} in the ledger")
    return row


def _reading(connection: Connection, hash: str) -> Reading | None:
    row = connection.execute(select(t.documents.c.id).where(t.documents.c.hash == hash)).scalar()
    return rebuild(connection, row) if row is not None else None


def _hold(connection: Connection, number: int, part: Part, anchor: Anchor, reading: Reading | None) -> None:
    found = Lost(_GONE) if reading is None else find(anchor, reading)
    lost = isinstance(found, Lost)
    connection.execute(
        insert(correction_places),
        {
            "correction": number,
            "part": part,
            "document_hash": anchor.document,
            "key": None if lost else found,
            "why": found.why if isinstance(found, Lost) else None,
        },
    )

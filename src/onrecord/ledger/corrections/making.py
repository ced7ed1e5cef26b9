"""Making corrections: from what a person wishes to a line of the log, refused where it is unclear or changes nothing."""

from __future__ import annotations

from sqlalchemy import Connection

from onrecord.errors import LedgerError
from onrecord.ledger.corrections import naming
from onrecord.ledger.corrections.anchoring import anchor
from onrecord.ledger.corrections.naming import Named
from onrecord.ledger.corrections.records import Anchor, CorrectionRow, Kind, RecordKind, Signed, Wish
from onrecord.ledger.corrections.store import append, expect, history, rulings, undo
from onrecord.ledger.corrections.subjects import places
from onrecord.ledger.scene import Record, Rulings

__all__ = ["correct", "merge", "split", "take_back"]

_APPLIES: dict[Kind, tuple[RecordKind, ...]] = {
    "speaker": ("statement",),
    "reject": ("statement", "figure", "event"),
    "confirm": ("statement", "figure", "event"),
    "series": ("figure",),
    "rename": ("entity",),
}


def correct(connection: Connection, what: str, wish: Wish, signed: Signed) -> CorrectionRow:
    """Correct one record: `what` names it as people see it, `<document>:s3`, `:f0` or `:v1`; to rename, also by a name.

    Raises NotInLedger or LedgerError where a name is unknown or fits several, where the wish does not fit the record or
    changes nothing, and where somebody corrected the record meanwhile (see Signed).
    """
    kind = wish.kind
    rename = kind == "rename"
    named = naming.entity(connection, what) if rename else naming.record(connection, what, _APPLIES[kind])
    value: Named | None = None
    if wish.speaker is not None:
        value = naming.entity(connection, wish.speaker, near=named)
    elif wish.series is not None and wish.series != "new":
        value = naming.figure_of_series(connection, wish.series)
    expect(connection, signed, *places(connection, named))
    target = _anchor(named)
    held = _anchor(value) if value is not None else wish.name
    ruled = rulings(connection, _documents(named, value))
    if rename and ruled.names.get(_record(named), named.reading.name_of(named.key)) == wish.name:
        _refuse(f"{named} is called {wish.name} already")
    _refuse(_unchanged(named, kind, value, ruled))
    return _row(connection, append(connection, signed, kind, target, held).id)


def merge(connection: Connection, a: str, b: str, signed: Signed) -> CorrectionRow:
    """Rule that two entities are one, in all documents. Each is a name, a person id or `<document>:e3`.

    Raises as `correct` does.
    """
    return _pair(connection, "merge", a, b, signed)


def split(connection: Connection, a: str, b: str, signed: Signed) -> CorrectionRow:
    """Rule that two entities are not one. Named and raising as in `merge`."""
    return _pair(connection, "split", a, b, signed)


def take_back(connection: Connection, id: str, signed: Signed) -> CorrectionRow:
    """Undo the correction, or the undo, with this id. Raises NotInLedger, or LedgerError for what is undone already."""
    return _row(connection, undo(connection, id, signed).id)


def _pair(connection: Connection, kind: Kind, a: str, b: str, signed: Signed) -> CorrectionRow:
    one, other = naming.entity(connection, a), naming.entity(connection, b)
    if one.place == other.place:
        raise LedgerError(f"{a!r} and {b!r} are one entity of one document ({one}): name two")
    # Whatever was ruled of the two together touches the first: a person looks at one, and names the other.
    expect(connection, signed, *places(connection, one))
    target, value = _anchor(one), _anchor(other)
    ruled = rulings(connection, _documents(one, other))
    pairs = ruled.same if kind == "merge" else ruled.apart
    if (_record(one), _record(other)) in pairs or (_record(other), _record(one)) in pairs:
        _refuse(f"that {one} and {other} are {'one' if kind == 'merge' else 'not one'} is ruled already")
    return _row(connection, append(connection, signed, kind, target, value).id)


def _refuse(unchanged: str | None) -> None:
    if unchanged is not None:
        raise LedgerError(f"nothing to correct: {unchanged}")


def _unchanged(named: Named, kind: Kind, value: Named | None, ruled: Rulings) -> str | None:
    """Why the correction would change nothing, None if it changes something."""
    own = _record(named)
    if kind == "reject" and own in ruled.rejected:
        return f"{named} is rejected already"
    if kind == "confirm" and own in ruled.confirmed:
        return f"{named} is confirmed already"
    if kind == "speaker" and value is not None:
        statement = next(s for s in named.reading.statements if s.id == named.key)
        speaker = (named.row, statement.speaker) if statement.speaker is not None else None
        if ruled.speakers.get(own, speaker) == _record(value):
            return f"{named} is by {value.reading.name_of(value.key)} already"
    if kind == "series":
        if value is not None and value.place == named.place:
            return f"{named} is in its own series"
        if own in ruled.moved and ruled.moved[own] == (_record(value) if value is not None else None):
            return f"{named} is moved there already"
    return None


def _anchor(named: Named) -> Anchor:
    return anchor(named.reading, named.kind, named.key)


def _record(named: Named) -> Record:
    return named.row, named.key


def _documents(*named: Named | None) -> dict[int, str]:
    return {one.row: one.reading.document.id for one in named if one is not None}


def _row(connection: Connection, id: str) -> CorrectionRow:
    return next(row for row in history(connection) if row.id == id)

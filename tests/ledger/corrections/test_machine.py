"""People correct, take back and correct again while documents are read again: what holds is what the log says, always."""

from __future__ import annotations

from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import Engine, select
from tests.ledger.corrections.world import DOCUMENTS, LINES, NAMES, Site, Version, put_in_place, read
from tests.thorough import tries

from onrecord.errors import LedgerError
from onrecord.ledger import corrections as room
from onrecord.ledger import schema as t
from onrecord.ledger.corrections.anchoring import find
from onrecord.ledger.corrections.records import Anchor, Correction
from onrecord.ledger.corrections.store import correction
from onrecord.ledger.database import open_engine
from onrecord.ledger.scene import Rulings
from onrecord.reading import Reading

SIGNED = room.Signed(by="Vera Novak", at="2025-03-20T10:00:00+01:00", reason="listened to the tape")

documents = st.sampled_from(DOCUMENTS)
lines = st.integers(0, len(LINES) - 1)
some_lines = st.frozensets(lines, max_size=3)
versions = st.builds(
    Version, dropped=some_lines, cut=some_lines, shifted=st.booleans(), caption=st.none() | lines, renumbered=st.booleans()
)  # fmt: skip
DUPLICATES = {line for line in range(len(LINES)) if LINES.count(LINES[line]) > 1}


def replay(log: list[Correction], readings: dict[str, Reading]) -> dict[str, Any]:
    """What holds, worked out anew from the first line, by the words of the rules rather than by the room's code."""

    def undone(one: Correction) -> bool:
        return any(other.undoes == one.id and not undone(other) for other in log)

    def at(anchor: Anchor) -> tuple[str, str] | None:
        key = find(anchor, readings[anchor.document])
        return (anchor.document, key) if isinstance(key, str) else None

    live = [one for one in log if one.kind != "undo" and not undone(one)]
    latest: dict[Any, Correction] = {}
    pairs: list[tuple[bool, tuple[str, str], tuple[str, str]]] = []
    for one in reversed(live):
        target = at(one.target)
        if target is None:
            continue
        if one.kind in ("merge", "split"):
            value = at(one.value) if one.value else None
            edges = [(x, y) for same, x, y in pairs if same]
            if value is None:
                continue
            if one.kind == "merge":
                joined = [*edges, (target, value)]
                allowed = not any(connected(joined, x, y) for same, x, y in pairs if not same)
            else:
                allowed = not connected(edges, target, value)
            if allowed:
                pairs.append((one.kind == "merge", target, value))
        else:
            latest.setdefault(("read" if one.kind in ("reject", "confirm") else one.kind, target), one)
    moved: dict[Any, Any] = {}
    for (what, target), one in latest.items():
        if what == "series":
            value = at(one.value) if one.value else None
            if one.value is None or (value is not None and not leads(moved, value, target)):
                moved[target] = value
    speakers = {target: at(one.value) for (what, target), one in latest.items() if what == "speaker" and one.value}
    return {
        "rejected": {target for (_, target), one in latest.items() if one.kind == "reject"},
        "confirmed": {target for (_, target), one in latest.items() if one.kind == "confirm"},
        "speakers": {target: value for target, value in speakers.items() if value is not None},
        "same": {tuple(sorted((x, y))) for same, x, y in pairs if same},
        "apart": {tuple(sorted((x, y))) for same, x, y in pairs if not same},
        "moved": moved,
    }


def connected(edges: list[Any], a: Any, b: Any) -> bool:
    reached, grown = {a}, True
    while grown:
        more = {y for x, y in edges if x in reached} | {x for x, y in edges if y in reached}
        grown = not more <= reached
        reached |= more
    return b in reached


def leads(moved: dict[Any, Any], start: Any, goal: Any) -> bool:
    at = start
    while at in moved and moved[at] is not None:
        at = moved[at]
        if at == goal:
            return True
    return False


class Corrected(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.engine: Engine = open_engine(":memory:", create=True, read_only=False)
        self.version: dict[str, Version] = {}
        self.readings: dict[str, Reading] = {}
        self.sites: dict[str, list[Site]] = {}
        self.log: list[Correction] = []
        self.seen: list[room.CorrectionRow] = []

    def teardown(self) -> None:
        self.engine.dispose()

    @initialize()
    def both_articles(self) -> None:
        for document in DOCUMENTS:
            self.put(document, Version())

    def put(self, document: str, version: Version) -> None:
        reading, sites = read(document, version)
        with self.engine.begin() as connection:
            put_in_place(connection, reading)
            lost = room.reanchor(connection, reading)
            assert {row.id for row in lost} == {
                row.id for row in room.history(connection, document=document) if row.state == "orphan"
            }
        self.version[document], self.readings[document], self.sites[document] = version, reading, sites

    def attempt(self, function: Any, *given: Any) -> None:
        """Make a correction; one that is refused leaves nothing behind."""
        with self.engine.begin() as connection:
            before = room.history(connection)
            try:
                row = function(connection, *given, SIGNED)
            except LedgerError:
                assert room.history(connection) == before
                return
            self.log.append(correction(connection, row.id))
            assert [one.id for one in room.history(connection)] == [one.id for one in self.log]
            assert room.touched(connection, row.id) >= self.rows(connection, row)

    def rows(self, connection: Any, row: room.CorrectionRow) -> set[int]:
        named = [hash for hash in (row.document, row.to_document) if hash is not None]
        return set(connection.execute(select(t.documents.c.id).where(t.documents.c.hash.in_(named))).scalars())

    def called(self, document: str, line: int, kind: str) -> str:
        keys = next((site.keys for site in self.sites[document] if site.line == line), {kind: "none"})
        return f"{document[:8]}:{keys[kind]}"

    @rule(document=documents, line=lines, name=st.sampled_from(NAMES))
    def speaker(self, document: str, line: int, name: str) -> None:
        self.attempt(room.correct, self.called(document, line, "statement"), room.Wish(speaker=name))

    @rule(document=documents, line=lines, other=documents, who=lines)
    def speaker_elsewhere(self, document: str, line: int, other: str, who: int) -> None:
        wish = room.Wish(speaker=self.called(other, who, "entity"))
        self.attempt(room.correct, self.called(document, line, "statement"), wish)

    @rule(document=documents, line=lines, kind=st.sampled_from(["statement", "figure", "event"]), no=st.booleans())
    def verdict(self, document: str, line: int, kind: str, no: bool) -> None:
        self.attempt(room.correct, self.called(document, line, kind), room.Wish(reject=no, confirm=not no))

    @rule(document=documents, line=lines, other=documents, to=st.none() | lines)
    def series(self, document: str, line: int, other: str, to: int | None) -> None:
        wish = room.Wish(series="new" if to is None else self.called(other, to, "figure"))
        self.attempt(room.correct, self.called(document, line, "figure"), wish)

    @rule(document=documents, line=lines, other=documents, to=lines, apart=st.booleans())
    def pair(self, document: str, line: int, other: str, to: int, apart: bool) -> None:
        names = self.called(document, line, "entity"), self.called(other, to, "entity")
        self.attempt(room.split if apart else room.merge, *names)

    @rule(back=st.integers(0, 4))
    def undo(self, back: int) -> None:
        if len(self.log) > back:
            self.attempt(room.undo, self.log[-1 - back].id)

    @rule(document=documents, version=versions)
    def read_again_by_another_model(self, document: str, version: Version) -> None:
        self.put(document, version)

    @rule(document=documents)
    def read_again_by_the_same_model(self, document: str) -> None:
        before = self.ruled()
        with self.engine.connect() as connection:
            shown = room.history(connection)
        self.put(document, self.version[document])
        with self.engine.connect() as connection:
            assert room.history(connection) == shown
        assert self.ruled() == before

    def ruled(self) -> dict[str, Any]:
        """The ledger's rulings on all documents, rows of documents written as hashes."""
        with self.engine.connect() as connection:
            rows = {row.id: row.hash for row in connection.execute(select(t.documents.c.id, t.documents.c.hash))}
            found: Rulings = room.rulings(connection, rows)

        def place(record: Any) -> Any:
            return None if record is None else (rows[record[0]], record[1])

        return {
            "rejected": {place(x) for x in found.rejected},
            "confirmed": {place(x) for x in found.confirmed},
            "speakers": {place(x): place(y) for x, y in found.speakers.items()},
            "same": {(place(x), place(y)) for x, y in found.same},
            "apart": {(place(x), place(y)) for x, y in found.apart},
            "moved": {place(x): place(y) for x, y in found.moved.items()},
        }

    @invariant()
    def rulings_are_those_of_the_log(self) -> None:
        if self.readings:
            assert self.ruled() == replay(self.log, self.readings)

    @invariant()
    def what_is_ruled_on_one_document_is_its_part_of_the_whole(self) -> None:
        with self.engine.connect() as connection:
            rows = {row.id: row.hash for row in connection.execute(select(t.documents.c.id, t.documents.c.hash))}
            whole = room.rulings(connection, rows)
            for number, hash in rows.items():
                part = room.rulings(connection, {number: hash})
                assert part.rejected == {x for x in whole.rejected if x[0] == number}
                assert part.speakers == {x: y for x, y in whole.speakers.items() if x[0] == number}
                assert part.moved == {x: y for x, y in whole.moved.items() if x[0] == number}
                assert part.same == {pair for pair in whole.same if number in (pair[0][0], pair[1][0])}
                assert part.apart == {pair for pair in whole.apart if number in (pair[0][0], pair[1][0])}

    @invariant()
    def history_only_grows(self) -> None:
        with self.engine.connect() as connection:
            now = room.history(connection)
        kept = [(r.id, r.at, r.by, r.reason, r.kind, r.document, r.words, r.to, r.undoes) for r in now]
        assert kept[: len(self.seen)] == [
            (r.id, r.at, r.by, r.reason, r.kind, r.document, r.words, r.to, r.undoes) for r in self.seen
        ]
        self.seen = now

    @invariant()
    def nothing_is_held_to_other_words(self) -> None:
        with self.engine.connect() as connection:
            now = room.history(connection)
        for row, made in zip(now, self.log, strict=True):
            for anchor, key in ((made.target, row.record), (made.value, row.to_record)):
                if anchor is not None and key is not None:
                    assert words_of(self.readings[anchor.document], anchor.kind, key) == [
                        piece.words for piece in anchor.pieces
                    ]


def words_of(reading: Reading, kind: str, key: str) -> list[str]:
    text = reading.document.text
    if kind == "entity":
        return [reading.name_of(key)]
    if kind == "statement":
        return [s.of(text) for one in reading.statements if one.id == key for s in one.content]
    if kind == "figure":
        return [reading.figures[int(key[1:])].span.of(text)]
    return [one.span.of(text) for one in reading.events if one.id == key]


TestCorrected = Corrected.TestCase
TestCorrected.settings = settings(max_examples=tries(40, check=12), stateful_step_count=30, deadline=None)

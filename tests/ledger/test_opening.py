"""Opening ledgers, and files that are none: refused with the reason, never changed."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import exc
from tests.ledger.contents import check_file, contents, differences
from tests.ledger.databases import sqlite_only
from tests.ledger.sample_readings import again, readings

from onrecord.errors import LedgerError, NotInLedger
from onrecord.ledger import Ledger
from onrecord.ledger.backends import backend
from onrecord.ledger.backends.sqlite import SqlitePlace
from onrecord.ledger.corrections import Signed, Wish
from onrecord.ledger.database import writing
from onrecord.ledger.schema import LEDGER_VERSION
from onrecord.ledger.tables import METADATA
from onrecord.reading import Reading

VERSION_2 = frozenset(
    "meta documents blocks dates entities aliases roles mentions statements statement_spans moments events "
    "event_entities figures figure_events rejected".split()
)


VERSION_3 = Path(__file__).with_name("version3.sql")
VERSION_4 = Path(__file__).with_name("version4.sql")


@contextmanager
def plain(path: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        yield connection
    finally:
        connection.close()


@pytest.fixture
def path(tmp_path: Path, reading: Reading) -> Path:
    """A ledger with one document; its name holds what means something in a file URI."""
    path = tmp_path / "my ledger?#%41 ü.db"
    with Ledger.open(path) as ledger:
        list(ledger.add([reading]))
    return path


@sqlite_only
def test_the_file_is_an_sqlite_database_of_its_own_kind(path: Path) -> None:
    assert [item.name for item in path.parent.iterdir()] == [
        path.name
    ]  # the log is folded in when the ledger is closed
    with plain(path) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA user_version").fetchone() == (LEDGER_VERSION,)
        assert connection.execute("PRAGMA application_id").fetchone() == (0x4F6E5265,)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


@sqlite_only
def test_foreign_keys_hold_on_every_connection(path: Path) -> None:
    with Ledger.open(path) as ledger, ledger._engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        with pytest.raises(exc.IntegrityError, match="FOREIGN KEY"):
            connection.exec_driver_sql(
                "INSERT INTO mentions (document, entity, form, span_start, span_end) VALUES (1, 99, 'name', 0, 1)"
            )


@sqlite_only
def test_a_ledger_of_version_1_is_brought_up_to_date_when_written_to(path: Path, reading: Reading) -> None:
    with plain(path) as connection:
        connection.execute("DROP VIEW figures_view")
        connection.execute("ALTER TABLE figures DROP COLUMN change")
        connection.execute("ALTER TABLE figures DROP COLUMN tally")
        connection.execute("DROP TABLE figure_events")
        connection.execute("ALTER TABLE documents DROP COLUMN seal")
        connection.execute("CREATE VIEW figures_view AS SELECT id FROM figures")
        for table in reversed(METADATA.sorted_tables):
            if table.name not in VERSION_2:
                connection.execute(f"DROP TABLE {table.name}")
        connection.execute("UPDATE meta SET value = '1' WHERE key = 'ledger_version'")
    with pytest.raises(LedgerError, match="adding to it once brings it up to date"):
        Ledger.open(path, read_only=True)
    with Ledger.open(path) as ledger:
        assert {row.change for row in ledger.figures()} == {None}
    with Ledger.open(path, read_only=True) as ledger:
        assert len(ledger.figures()) == len(reading.figures)
    with plain(path) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (LEDGER_VERSION,)
        connection.execute("SELECT change, tally FROM figures_view")
        assert connection.execute("SELECT count(*) FROM figure_events").fetchone() == (0,)
        assert connection.execute("SELECT count(*) FROM story_members").fetchone() == (1,)


def older(path: Path, schema: Path, of: Path) -> None:
    """A ledger of an older version, as that version made it, with what the ledger `of` holds of what that version knew."""
    with plain(path) as connection:
        connection.executescript(schema.read_text(encoding="utf-8"))
        connection.execute("ATTACH ? AS newer", (str(of),))
        connection.execute("BEGIN")
        names = [name for (name,) in connection.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'")]
        for name in names:
            if name != "meta" and "_fts" not in name and not name.startswith("sqlite_"):
                columns = ", ".join(f'"{row[1]}"' for row in connection.execute(f"PRAGMA main.table_info({name})"))
                connection.execute(f"INSERT INTO main.{name} ({columns}) SELECT {columns} FROM newer.{name}")
        connection.execute("COMMIT")


@sqlite_only
def test_a_ledger_of_version_3_is_brought_up_to_date_when_written_to(tmp_path: Path) -> None:
    newest, old = tmp_path / "newest.db", tmp_path / "older.db"
    with Ledger.open(newest) as ledger:
        list(ledger.add(readings()))
        said, other, gone = [row for row in ledger.statements() if row.speaker_key is not None][:3]
        signed = Signed("Ada", "2025-04-01T12:00:00+00:00", "I was there")
        somebody = next(row for row in ledger.speakers() if row.key != said.speaker_key)
        ledger.correct(f"{said.document}:{said.id}", Wish(speaker=somebody.name), signed)
        ledger.correct(f"{other.document}:{other.id}", Wish(confirm=True), signed)
        ledger.correct(f"{gone.document}:{gone.id}", Wish(reject=True), signed)
        expected = ledger.speakers()
    older(old, VERSION_3, newest)
    with plain(old) as connection:
        connection.execute("UPDATE statements SET speaker_name = (SELECT name FROM entities AS e WHERE e.id = speaker)")
    with pytest.raises(LedgerError, match="adding to it once brings it up to date"):
        Ledger.open(old, read_only=True)
    with Ledger.open(old) as ledger:
        assert ledger.speakers() == expected
        assert len(expected) > 9
    assert differences(contents(old), contents(newest)) == {}
    check_file(old)
    with plain(old) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (LEDGER_VERSION,)
    with Ledger.open(old) as ledger:
        list(ledger.add([again(readings()[0])]))
        assert sum(row.statements for row in ledger.speakers()) < sum(row.statements for row in expected)


@sqlite_only
def test_a_ledger_of_version_4_is_brought_up_to_date_when_written_to(tmp_path: Path) -> None:
    newest, old = tmp_path / "newest.db", tmp_path / "older.db"
    with Ledger.open(newest) as ledger:
        list(ledger.add(readings()))
    older(old, VERSION_4, newest)
    with Ledger.open(old) as ledger:
        assert list(ledger.verify()) == []
    assert differences(contents(old), contents(newest)) == {}
    check_file(old)


@sqlite_only
def test_a_newer_ledger_is_refused_and_left_alone(path: Path) -> None:
    with plain(path) as connection:
        connection.execute("UPDATE meta SET value = '99' WHERE key = 'ledger_version'")
    before = path.read_bytes()
    for read_only in (False, True):
        with pytest.raises(LedgerError, match=r"written by a newer Onrecord \(ledger version 99; this one reads \d+\)"):
            Ledger.open(path, read_only=read_only)
    assert path.read_bytes() == before


@sqlite_only
@pytest.mark.parametrize(
    "content", [b"Not a database, but a text about one.\n" * 99, b"x", b"SQLite format 3\0" + b"\xff" * 999]
)
def test_another_file_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "article.txt"
    path.write_bytes(content)
    with pytest.raises(LedgerError, match=r"article\.txt: it is not a ledger|article\.txt: the file is damaged"):
        Ledger.open(path)
    assert path.read_bytes() == content


@sqlite_only
@pytest.mark.parametrize("table", ["notes (id INTEGER PRIMARY KEY)", "meta (key TEXT, value TEXT)"])
def test_another_database_is_refused_and_left_alone(tmp_path: Path, table: str) -> None:
    path = tmp_path / "other.db"
    with plain(path) as connection:
        connection.execute(f"CREATE TABLE {table}")
    before = path.read_bytes()
    with pytest.raises(LedgerError, match="it is not a ledger: an SQLite file of something else"):
        Ledger.open(path)
    assert path.read_bytes() == before


@sqlite_only
def test_what_is_not_there_is_not_made_unasked(tmp_path: Path) -> None:
    for options in ({"create": False}, {"read_only": True}):
        with pytest.raises(LedgerError, match="there is no such ledger"):
            Ledger.open(tmp_path / "l.db", **options)
    with pytest.raises(LedgerError, match="there is no folder"):
        Ledger.open(tmp_path / "nowhere" / "l.db")
    with pytest.raises(LedgerError, match="it is a folder"):
        Ledger.open(tmp_path)
    assert list(tmp_path.iterdir()) == []


@sqlite_only
def test_an_empty_file_becomes_a_ledger_only_when_one_may_be_made(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    path.touch()
    with pytest.raises(LedgerError, match="the file is empty"):
        Ledger.open(path, create=False)
    assert path.read_bytes() == b""
    with Ledger.open(path) as ledger:
        assert ledger.documents() == []


@sqlite_only
def test_what_the_file_system_refuses_is_a_ledger_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> bool:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "is_dir", refuse)
    with pytest.raises(LedgerError, match=r"l\.db: .*Permission denied"):
        Ledger.open(tmp_path / "l.db")


@pytest.mark.parametrize("where", [":memory:", "l.db"])
def test_a_closed_ledger_answers_no_more(tmp_path: Path, reading: Reading, where: str) -> None:
    ledger = Ledger.open(where if where == ":memory:" else tmp_path / where)
    list(ledger.add([reading]))
    ledger.close()
    ledger.close()
    with pytest.raises(LedgerError, match="the ledger is closed"):
        ledger.documents()
    with pytest.raises(LedgerError, match="the ledger is closed"):
        ledger.add([reading])


def test_read_only_reads_and_does_not_write(path: Path, reading: Reading) -> None:
    with Ledger.open(path, read_only=True) as ledger:
        assert ledger.document(reading.document.id) == reading
        with pytest.raises(LedgerError, match="it may not be written"):
            list(ledger.add([Reading(reading.document, "weights 2")]))
        assert ledger.documents()[0].model == "weights 1"


@sqlite_only
def test_a_ledger_in_a_folder_that_may_not_be_written_can_be_read(path: Path, reading: Reading) -> None:
    path.parent.chmod(0o555)
    try:
        if os.access(path.parent, os.W_OK):
            pytest.skip("this user may write in every folder")
        with Ledger.open(path, read_only=True) as ledger:
            assert ledger.document(reading.document.id) == reading
    finally:
        path.parent.chmod(0o755)


def test_threads_read_while_one_writes(path: Path, make: Callable[..., Reading]) -> None:
    with Ledger.open(path) as ledger, ThreadPoolExecutor(8) as pool:
        adding = pool.submit(lambda: list(ledger.add(make(id=f"{i:064x}") for i in range(20))))
        asking = [pool.submit(lambda: (len(ledger.statements()), len(ledger.documents()))) for _ in range(40)]
        for asked in asking:
            statements, documents = asked.result()
            assert statements % 5 == 0  # whole documents of five statements
            assert 1 <= documents <= 21
        assert len(adding.result()) == 20
        assert len(ledger.statements()) == 21 * 5


@sqlite_only
def test_a_lock_that_stays_is_an_error_that_says_so(
    path: Path, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backend, "BUSY_TIMEOUT", 0.05)
    with plain(path) as other, Ledger.open(path) as ledger:
        other.execute("BEGIN IMMEDIATE")
        assert len(ledger.documents()) == 1  # readers do not wait
        with pytest.raises(LedgerError, match="another process kept it locked"):
            list(ledger.add([Reading(reading.document, "weights 2")]))
        other.execute("ROLLBACK")
        assert [receipt.outcome for receipt in ledger.add([Reading(reading.document, "weights 2")])] == ["replaced"]


@sqlite_only
def test_a_full_disk_leaves_what_was_there(path: Path, reading: Reading) -> None:
    with Ledger.open(path) as ledger:
        with ledger._engine.connect() as connection:  # the pool gives the same connection to the next who asks
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        large = Reading(type(reading.document)("f" * 64, "word " * 100_000), "weights 1")
        with pytest.raises(LedgerError, match="the disk is full"):
            list(ledger.add([large]))
        assert ledger.document(reading.document.id) == reading
        with pytest.raises(NotInLedger):
            ledger.document("f" * 64)


@sqlite_only
def test_a_damaged_ledger_is_named(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[8192 : 8192 + 60_000] = b"\xa5" * 60_000
    path.write_bytes(content)

    def ask_everything() -> None:
        with Ledger.open(path) as ledger:
            ledger.documents()
            ledger.statements(about="troops")
            ledger.search("troops")

    with pytest.raises(LedgerError, match=r"my ledger\?#%41 ü\.db: the file is damaged"):
        ask_everything()


@sqlite_only
def test_who_writes_much_keeps_more_of_the_file_in_memory_until_little_is_written(tmp_path: Path) -> None:
    engine = SqlitePlace(tmp_path / "l.db").engine(create=True, read_only=False)
    found = []
    for much in (False, True, True, False):
        with writing(engine, "l.db", much=much) as connection:
            found.append(-connection.exec_driver_sql("PRAGMA cache_size").scalar_one())
    engine.dispose()
    small, large, again, in_the_end = found
    assert small == in_the_end < large == again


@sqlite_only
def test_who_takes_back_what_was_written_has_nothing_to_commit(tmp_path: Path) -> None:
    engine = SqlitePlace(tmp_path / "l.db").engine(create=True, read_only=False)
    with writing(engine, "l.db") as connection:
        connection.exec_driver_sql("CREATE TABLE t (a)")
        connection.rollback()
    with writing(engine, "l.db") as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one() == 0
    engine.dispose()

"""A damaged ledger: what is lost is named, all else is in the new one as if nothing had happened."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from tests.ledger.contents import check_file, contents, differences
from tests.ledger.databases import sqlite_only
from tests.ledger.sample_readings import readings
from tests.ledger.soundness.test_verifying import copy, fill

from onrecord.errors import LedgerError
from onrecord.ledger import Ledger

PAGE = 4096


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sound") / "sound.db"
    fill(path)
    return path


def damaged(sound: Path, path: Path, *statements: str) -> None:
    copy(sound, path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def test_a_sound_ledger_comes_out_as_it_was(tmp_path: Path) -> None:
    path, new = tmp_path / "sound.db", tmp_path / "new.db"
    fill(path)
    done: list[int] = []
    with Ledger.open(path, read_only=True) as ledger, Ledger.open(new) as other:
        found = ledger.repair_into(other, done=lambda: done.append(1))
        assert list(other.verify()) == []
    assert (found.documents, found.corrections, found.lost) == (len(readings()), 3, ())
    assert len(done) == len(readings())
    assert differences(contents(path), contents(new)) == {}
    check_file(new)


@sqlite_only
def test_what_follows_from_readings_is_made_anew(sound: Path, tmp_path: Path) -> None:
    path, new = tmp_path / "damaged.db", tmp_path / "new.db"
    tables = ("claims", "copy_groups", "stories", "people", "ruled", "speakers", "counts", "propositions", "copy_bands")
    damaged(sound, path, *(f"DELETE FROM {table}" for table in tables), "DROP INDEX ix_mentions_document",
            "UPDATE statements SET content = 'what nobody said'",
            "INSERT INTO statements_fts (statements_fts) VALUES ('delete-all')")  # fmt: skip
    with Ledger.open(path, read_only=True) as ledger, Ledger.open(new) as other:
        assert ledger.verify()
        assert ledger.repair_into(other).lost == ()
        assert list(other.verify()) == []
    assert differences(contents(sound), contents(new)) == {}


@sqlite_only
def test_a_document_that_is_not_what_was_stored_is_named_and_the_others_stay(sound: Path, tmp_path: Path) -> None:
    path, new = tmp_path / "damaged.db", tmp_path / "new.db"
    damaged(sound, path, "UPDATE documents SET text = replace(text, 'the', 'The') WHERE id = 3",
            "UPDATE mentions SET span_end = 999999 WHERE document = 4",
            "INSERT INTO watched_feeds (id, address, etag, pace, failures) VALUES (1, 'https://a.example/f', 'x', 1, 0)",
            "INSERT INTO watched_entries (feed, entry, state, tries, document_hash) SELECT 1, id, 'done', 1, hash "
            "FROM documents WHERE id IN (3, 5)",
            "INSERT INTO watched_pages (address, fetched, document_hash) SELECT 'https://a.example/' || id, 'x', hash "
            "FROM documents WHERE id IN (3, 5)")  # fmt: skip
    with Ledger.open(path, read_only=True) as ledger, Ledger.open(new) as other:
        before = {row.id for row in ledger.documents()}
        found = ledger.repair_into(other)
        assert {row.where for row in found.lost} == before - {row.id for row in other.documents()}
        assert sorted(row.what for row in found.lost) == [
            "it is not what was stored: its seal is another one",
            next(row.what for row in found.lost if "points at characters" in row.what),
        ]
        assert found.documents == len(before) - 2
        assert list(other.verify()) == []
    with closing(
        sqlite3.connect(new)
    ) as connection:  # the page of the lost one is fetched again, if its feed still has it
        assert connection.execute("SELECT count(*) FROM watched_pages").fetchone() == (1,)
        assert connection.execute("SELECT entry FROM watched_entries").fetchall() == [("5",)]
        assert connection.execute("SELECT etag FROM watched_feeds").fetchall() == [(None,)]


@sqlite_only
@pytest.mark.parametrize("seed", range(12))
def test_whatever_page_of_the_file_is_overwritten_it_is_found_and_the_rest_is_saved(
    sound: Path, tmp_path: Path, seed: int
) -> None:
    """A quarter of a page anywhere in the file; in the first the file is no ledger any more, and is refused as damaged."""
    chance = random.Random(seed)
    path, new = tmp_path / "damaged.db", tmp_path / "new.db"
    copy(sound, path)
    pages = path.stat().st_size // PAGE
    with path.open("r+b") as file:
        file.seek(chance.randrange(1, pages) * PAGE)
        file.write(chance.randbytes(PAGE // 4))
    try:
        with Ledger.open(path, read_only=True) as ledger:
            found = ledger.verify()
            assert found
            assert all("\n" not in fault.what for fault in found)
            with Ledger.open(new) as other:
                result = ledger.repair_into(other)
                assert list(other.verify()) == []
                assert result.documents + len(result.lost) >= len(readings()) - 1
                assert {row.id for row in other.documents()} <= {reading.document.id for reading in readings()}
    except LedgerError as error:
        assert "damaged.db" in str(error)  # noqa: PT017 - a page without which nothing can be read


@sqlite_only
def test_a_log_that_does_not_say_what_it_said_is_refused(sound: Path, tmp_path: Path) -> None:
    path = tmp_path / "damaged.db"
    damaged(
        sound, path, "DROP TRIGGER corrections_only_added_update", "UPDATE corrections SET by_whom = 'Eve' WHERE id = 2"
    )
    with (
        Ledger.open(path, read_only=True) as ledger,
        Ledger.open(tmp_path / "new.db") as other,
        pytest.raises(LedgerError, match="take the log from a backup"),
    ):
        ledger.repair_into(other)


def test_nothing_is_put_into_a_ledger_that_holds_something(tmp_path: Path) -> None:
    one, other = tmp_path / "one.db", tmp_path / "other.db"
    for path in (one, other):
        with Ledger.open(path) as ledger:
            list(ledger.add(readings()[:1]))
    with (
        Ledger.open(one, read_only=True) as ledger,
        Ledger.open(other) as taken,
        pytest.raises(LedgerError, match="there is something in it already"),
    ):
        ledger.repair_into(taken)

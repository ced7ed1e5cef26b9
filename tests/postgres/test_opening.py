"""Opening ledgers on a server: what is refused says why, nothing of others is touched, no password is shown."""

from __future__ import annotations

import builtins
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Connection, create_engine, make_url
from tests.ledger.contents import contents_of, differences
from tests.ledger.sample_readings import again, readings

from onrecord.errors import LedgerError, MissingExtra
from onrecord.ledger import Ledger, migrations, schema
from onrecord.ledger.backends import backend, named
from onrecord.ledger.corrections import Signed, Wish
from onrecord.ledger.database import may_write, writing

Address = Callable[..., str]

SIGNED = Signed("Ada", "2025-04-01T12:00:00+00:00", "I was there")


@contextmanager
def plain(address: str) -> Iterator[Connection]:
    """A connection past the ledger, in the schema that the address names."""
    url = make_url(address)
    engine = create_engine(
        url.difference_update_query(["schema"]).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection:
        connection.exec_driver_sql(f'SET search_path TO "{url.query["schema"]}"')
        yield connection
    engine.dispose()


def test_a_ledger_is_made_in_a_schema_of_its_own(address: Address) -> None:
    one, other = address(), address('Say "hello" 100%; é')
    with Ledger.open(one) as ledger, Ledger.open(other) as second:
        list(ledger.add(readings()[:1]))
        assert len(ledger.documents()) == 1
        assert second.documents() == []
        list(second.add(readings()[1:2]))
        assert {row.id for row in ledger.documents()}.isdisjoint(row.id for row in second.documents())
    with plain(one) as connection:
        comment = "SELECT obj_description(current_schema()::regnamespace, 'pg_namespace')"
        assert connection.exec_driver_sql(comment).scalar() == f"A ledger of Onrecord, version {schema.LEDGER_VERSION}"


def test_what_is_not_there_is_not_made_unasked(address: Address) -> None:
    place = address()
    for options in ({"create": False}, {"read_only": True}):
        with pytest.raises(LedgerError, match="it is not a ledger: there is nothing in this schema"):
            Ledger.open(place, **options)
    with plain(place) as connection:
        assert connection.exec_driver_sql("SELECT current_schema()").scalar() is None


def test_tables_of_something_else_are_left_alone(address: Address) -> None:
    place = address()
    with plain(place) as connection:
        connection.exec_driver_sql(f"CREATE SCHEMA {make_url(place).query['schema']}")
        connection.exec_driver_sql("CREATE TABLE notes (id int)")
        with pytest.raises(LedgerError, match="it is not a ledger: a schema of something else"):
            Ledger.open(place)
        tables = connection.exec_driver_sql("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        assert tables.scalars().all() == ["notes"]


def test_a_newer_ledger_is_refused(address: Address) -> None:
    place = address()
    Ledger.open(place).close()
    with plain(place) as connection:
        connection.exec_driver_sql("UPDATE meta SET value = '99' WHERE key = 'ledger_version'")
    with pytest.raises(LedgerError, match=r"written by a newer Onrecord \(ledger version 99"):
        Ledger.open(place)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("postgresql://ann:se%40cret@db.example/news?sslmode=require", "postgresql://ann@db.example/news"),
        ("postgres:///news?host=/run/pg&schema=city", "postgresql:///news?host=%2Frun%2Fpg&schema=city"),
        ("postgresql+psycopg://h/d?sslpassword=secret&sslkey=k", "postgresql://h/d"),
    ],
)
def test_no_password_is_in_a_name(given: str, shown: str) -> None:
    assert named(given) == shown


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ("postgresql://ann:secret@host:port/news", "not the address of a database"),
        ("postgresql://ann:secret@host/news?schema=pg_catalog", "PostgreSQL's own"),
        (f"postgresql://ann:secret@host/news?schema={'x' * 64}", "is no name of a schema"),
        ("postgresql://ann:secret@127.0.0.1:1/news", "the server cannot be reached"),
    ],
)
def test_what_is_no_address_is_refused_without_repeating_a_password(given: str, reason: str) -> None:
    with pytest.raises(LedgerError, match=reason) as refused:
        Ledger.open(given)
    assert "secret" not in str(refused.value)


def test_a_database_that_is_not_there_is_named(server: str) -> None:
    place = make_url(server).set(database="nowhere").render_as_string(hide_password=False)
    with pytest.raises(LedgerError, match='database "nowhere" does not exist'):
        Ledger.open(place)


def test_without_the_driver_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    imported = builtins.__import__

    def missing(name: str, *rest: Any) -> Any:
        if name.partition(".")[0] == "psycopg":
            raise ImportError(name)
        return imported(name, *rest)

    monkeypatch.setattr(builtins, "__import__", missing)
    for name in [name for name in sys.modules if name.partition(".")[0] == "psycopg"]:
        monkeypatch.delitem(sys.modules, name)
    with pytest.raises(MissingExtra, match=r"pip install 'onrecord\[postgres\]'"):
        Ledger.open("postgresql://somebody@somewhere/news")


def test_read_only_reads_and_does_not_write(address: Address) -> None:
    place = address()
    with Ledger.open(place) as ledger:
        list(ledger.add(readings()[:1]))
    with Ledger.open(place, read_only=True) as ledger:
        assert len(ledger.documents()) == 1
        with pytest.raises(LedgerError, match="it may not be written"):
            list(ledger.add(readings()[1:2]))


def test_a_role_that_may_only_read_reads(address: Address) -> None:
    place = address()
    with Ledger.open(place) as ledger:
        list(ledger.add(readings()[:1]))
    role, where = f"reader_{os.getpid()}", make_url(place).query["schema"]
    with plain(place) as connection:
        connection.exec_driver_sql(f"CREATE ROLE {role} LOGIN")
        connection.exec_driver_sql(f"GRANT USAGE ON SCHEMA {where} TO {role}")
        connection.exec_driver_sql(f"GRANT SELECT ON ALL TABLES IN SCHEMA {where} TO {role}")
        try:
            theirs = make_url(place).set(username=role).render_as_string(hide_password=False)
            assert may_write(place)
            assert not may_write(theirs)
            with Ledger.open(theirs) as ledger:
                assert ledger.search("dam")
                with pytest.raises(LedgerError, match="access is not permitted"):
                    list(ledger.add(readings()[1:2]))
            # As docs/how-to/team-database.md has it of those who add and correct.
            connection.exec_driver_sql(
                f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {where} TO {role}"
            )
            connection.exec_driver_sql(f"GRANT SELECT, UPDATE, USAGE ON ALL SEQUENCES IN SCHEMA {where} TO {role}")
            assert may_write(theirs)
            with Ledger.open(theirs) as ledger:
                assert [receipt.outcome for receipt in ledger.add([*readings()[1:2], again(readings()[0])])] == [
                    "added",
                    "replaced",
                ]
                row = ledger.statements()[0]
                ledger.correct(f"{row.document}:{row.id}", Wish(reject=True), SIGNED)
        finally:
            connection.exec_driver_sql(f"DROP OWNED BY {role}")
            connection.exec_driver_sql(f"DROP ROLE {role}")


def test_a_writer_that_never_ends_is_an_error_that_says_so(address: Address, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backend, "BUSY_TIMEOUT", 0.05)
    with Ledger.open(address()) as ledger:
        with writing(ledger._engine, ledger.name):
            assert ledger.documents() == []  # readers do not wait
            with pytest.raises(LedgerError, match="another process kept it locked"):
                list(ledger.add(readings()[:1]))
        assert [receipt.outcome for receipt in ledger.add(readings()[:1])] == ["added"]


def half_done(ledger: Ledger) -> None:
    with writing(ledger._engine, ledger.name) as connection:
        connection.exec_driver_sql("INSERT INTO meta VALUES ('half', 'done')")
        connection.exec_driver_sql("SELECT 1 / 0")


def test_a_transaction_that_fails_leaves_nothing(address: Address) -> None:
    with Ledger.open(address()) as ledger:
        with pytest.raises(LedgerError, match="division by zero"):
            half_done(ledger)
        with ledger._engine.connect() as connection:
            assert connection.execute(schema.meta.select()).scalars().all() == ["ledger_version"]


def test_connections_that_the_server_ended_are_made_anew(address: Address) -> None:
    with Ledger.open(address()) as ledger:
        list(ledger.add(readings()[:1]))
        with plain(address()) as connection:
            connection.exec_driver_sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid != pg_backend_pid() "
                "AND application_name = 'onrecord'"
            )
        assert len(ledger.documents()) == 1


def test_an_older_ledger_is_brought_up_to_date_by_one_of_two_who_open_it(
    address: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A step from the version before this one, as a release to come would have it."""
    place, taken = address(), []
    with Ledger.open(place) as ledger:
        list(ledger.add(readings()[:1]))

    def step(connection: Connection) -> None:
        taken.append(connection.exec_driver_sql("SELECT txid_current()").scalar())
        connection.exec_driver_sql("ALTER TABLE documents ADD COLUMN mood text")

    newer = schema.LEDGER_VERSION + 1
    monkeypatch.setitem(migrations._STEPS, schema.LEDGER_VERSION, step)
    for module in ("onrecord.ledger.migrations", "onrecord.ledger.database"):
        monkeypatch.setattr(f"{module}.LEDGER_VERSION", newer)
    with pytest.raises(LedgerError, match="written by an older Onrecord: adding to it once brings it up to date"):
        Ledger.open(place, read_only=True)
    openers = [threading.Thread(target=lambda: Ledger.open(place).close()) for _ in range(3)]
    for one in openers:
        one.start()
    for one in openers:
        one.join()
    assert len(taken) == 1
    with plain(place) as connection:
        assert connection.exec_driver_sql("SELECT count(mood) FROM documents").scalar() == 0
        assert connection.exec_driver_sql("SELECT value FROM meta WHERE key = 'ledger_version'").scalar() == str(newer)
    with Ledger.open(place, read_only=True) as ledger:
        assert len(ledger.documents()) == 1


def test_a_step_that_fails_leaves_the_ledger_as_it_was(address: Address, monkeypatch: pytest.MonkeyPatch) -> None:
    place = address()
    Ledger.open(place).close()

    def step(connection: Connection) -> None:
        connection.exec_driver_sql("ALTER TABLE documents ADD COLUMN mood text")
        connection.exec_driver_sql("SELECT 1 / 0")

    with monkeypatch.context() as patched:
        patched.setitem(migrations._STEPS, schema.LEDGER_VERSION, step)
        for module in ("onrecord.ledger.migrations", "onrecord.ledger.database"):
            patched.setattr(f"{module}.LEDGER_VERSION", schema.LEDGER_VERSION + 1)
        with pytest.raises(LedgerError, match="division by zero"):
            Ledger.open(place)
    with Ledger.open(place) as ledger, plain(place) as connection:
        assert ledger.documents() == []
        columns = "SELECT attname FROM pg_attribute WHERE attrelid = 'documents'::regclass"
        assert "mood" not in connection.exec_driver_sql(columns).scalars().all()


def test_the_step_from_version_3_is_taken_here_too(address: Address, monkeypatch: pytest.MonkeyPatch) -> None:
    """No ledger on a server is that old; what it does is done with this database's own means, as later steps will be."""
    place = address()
    with Ledger.open(place) as ledger:
        list(ledger.add(readings()))
        row = next(row for row in ledger.statements() if row.speaker_key is not None)
        ledger.correct(f"{row.document}:{row.id}", Wish(reject=True), SIGNED)
        expected = contents_of(ledger)
        with writing(ledger._engine, ledger.name) as connection:
            for table in ("speaker_names", "speakers", "speaking", "ruled"):
                connection.exec_driver_sql(f"DELETE FROM {table}")
            for view in ("statements_view", "figures_view", "events_view"):
                connection.exec_driver_sql(f"DROP VIEW {view}")
                connection.exec_driver_sql(f"CREATE VIEW {view} AS SELECT 1 AS id")
            connection.exec_driver_sql("ALTER TABLE documents DROP COLUMN seal")
            connection.exec_driver_sql("UPDATE meta SET value = '3' WHERE key = 'ledger_version'")
    with Ledger.open(place) as ledger:
        assert differences(contents_of(ledger), expected) == {}
        with ledger._engine.connect() as connection:
            told = connection.exec_driver_sql("SELECT count(*) FROM statements_view").scalar_one()
        assert told == len(ledger.statements())

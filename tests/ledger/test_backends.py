"""What is said to PostgreSQL and of its errors, without a server: addresses, statements in its dialect, words looked for."""

from __future__ import annotations

import sqlite3
from types import SimpleNamespace

import pytest
from sqlalchemy import Boolean, Column, Integer, MetaData, Table, Text, func, nulls_first, nulls_last, select

from onrecord.errors import LedgerError
from onrecord.ledger import schema as t
from onrecord.ledger.backends.address import PostgresPlace
from onrecord.ledger.backends.dialect import LedgerDialect
from onrecord.ledger.backends.errors import of_postgres, of_sqlite
from onrecord.ledger.backends.postgres_text import PostgresText, full_text_ddl
from onrecord.ledger.backends.terms import Term, terms


@pytest.mark.parametrize(
    ("address", "schema", "name"),
    [
        ("postgresql://ann@host/news", "onrecord", "postgresql://ann@host/news"),
        ("postgres://ann@host/news", "onrecord", "postgresql://ann@host/news"),
        ("postgresql+psycopg://ann@host:5433/news", "onrecord", "postgresql://ann@host:5433/news"),
        ("postgresql://ann:secret@host/news", "onrecord", "postgresql://ann@host/news"),  # never with the password
        ("postgresql://ann@host/news?schema=flood", "flood", "postgresql://ann@host/news?schema=flood"),
        ("postgresql://ann@host/news?schema=onrecord", "onrecord", "postgresql://ann@host/news"),
        ("postgresql://ann@host/news?sslpassword=secret", "onrecord", "postgresql://ann@host/news"),
        ("postgresql:///news?host=/run/pg", "onrecord", "postgresql:///news?host=%2Frun%2Fpg"),
        ("postgresql:///news?host=/run/pg&schema=flood", "flood", "postgresql:///news?host=%2Frun%2Fpg&schema=flood"),
        ("postgresql://ann@host/news?host=other", "onrecord", "postgresql://ann@host/news"),
        (f"postgresql://h/d?schema={'x' * 63}", "x" * 63, f"postgresql://h/d?schema={'x' * 63}"),
    ],
)
def test_the_address_of_a_ledger(address: str, schema: str, name: str) -> None:
    place = PostgresPlace.of(address)
    assert place.schema == schema
    assert place.name.replace("schema=flood&host=%2Frun%2Fpg", "host=%2Frun%2Fpg&schema=flood") == name
    assert "schema" not in place.url.query
    assert place.spare(5) is None


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("postgresql://h:port/d", "not the address of a database"),
        (f"postgresql://h/d?schema={'x' * 64}", "is no name of a schema"),
        (f"postgresql://h/d?schema={'é' * 32}", "is no name of a schema"),  # 64 bytes
        ("postgresql://h/d?schema=a&schema=b", "is no name of a schema"),
        ("postgresql://h/d?schema=a%00b", "is no name of a schema"),
        ("postgresql://h/d?schema=pg_temp", "is PostgreSQL's own"),
        ("postgresql://h/d?schema=information_schema", "is PostgreSQL's own"),
        ("postgresql://h/d?schema=%24user", "is PostgreSQL's own"),
    ],
)
def test_what_is_no_address_of_a_ledger(address: str, why: str) -> None:
    with pytest.raises(LedgerError, match=why.replace("'", ".")):
        PostgresPlace.of(address)


# Errors


class OperationalError(Exception):
    """An error as the driver raises it."""

    __module__ = "psycopg.errors"
    sqlstate: str | None = None


class DataError(OperationalError):
    __module__ = "psycopg.errors"


def of_server(told: str, code: str | None = None, kind: type[OperationalError] = OperationalError) -> OperationalError:
    error = kind(told)
    error.sqlstate = code
    return error


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (of_server("full\nDETAIL: more", "53100"), "the disk is full (full)"),
        (of_server("who?", "28P01"), "the server does not know this user, or the password is wrong (who?)"),
        (of_server("no", "42501"), "access is not permitted (no)"),
        (of_server("odd\nDETAIL: more", "42601"), "odd"),
        (of_server("tried a\ntried b"), "the server cannot be reached (tried a tried b)"),
        (of_server("bad\nvalue", None, DataError), "bad"),
        (ValueError("other"), None),
    ],
)
def test_errors_of_a_server(error: Exception, reason: str | None) -> None:
    assert of_postgres(error) == reason


def test_errors_of_a_file() -> None:
    full = SimpleNamespace(sqlite_errorname="SQLITE_FULL", __str__=lambda: "x")
    assert str(of_sqlite(full)).startswith("the disk is full (")  # type: ignore[arg-type]
    read = SimpleNamespace(sqlite_errorname="SQLITE_IOERR_READ")
    assert str(of_sqlite(read)).startswith("the disk could not be read or written (")  # type: ignore[arg-type]
    assert of_sqlite(sqlite3.Error("no code")) is None
    assert of_sqlite(ValueError("other")) is None


# Statements

TABLE = Table(
    "said",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("day", Text),
    Column("name", Text, nullable=False),
    Column("best", Boolean),
)


def sql(statement: object) -> str:
    return " ".join(str(statement.compile(dialect=LedgerDialect())).split())  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("order", "said"),
    [
        (TABLE.c.day, "said.day ASC NULLS FIRST"),  # as SQLite has it
        (TABLE.c.day.asc(), "said.day ASC NULLS FIRST"),
        (TABLE.c.day.desc(), "said.day DESC NULLS LAST"),
        (TABLE.c.name, "said.name"),  # what is never missing needs no word, and an index serves it
        (TABLE.c.name.asc(), "said.name"),
        (TABLE.c.name.desc(), "said.name DESC"),
        (nulls_last(TABLE.c.day), "said.day NULLS LAST"),
        (nulls_last(TABLE.c.day.desc()), "said.day DESC NULLS LAST"),
        (nulls_first(TABLE.c.day.desc()), "said.day DESC NULLS FIRST"),
        (nulls_first(TABLE.c.day.asc()), "said.day NULLS FIRST"),
        (func.lower(TABLE.c.name), "lower(said.name) ASC NULLS FIRST"),
    ],
)
def test_rows_come_in_the_order_of_both_databases(order: object, said: str) -> None:
    assert sql(select(TABLE.c.id).order_by(order)).endswith(f" ORDER BY {said}")  # type: ignore[arg-type]


def test_statements_mean_what_they_mean_to_sqlite() -> None:
    assert "ILIKE" in sql(select(TABLE.c.id).where(TABLE.c.name.like("x")))
    assert "NOT ILIKE" in sql(select(TABLE.c.id).where(TABLE.c.name.not_like("x")))
    assert "bool_or(said.best)" in sql(select(func.max(TABLE.c.best, type_=Boolean)))
    assert "max(said.day)" in sql(select(func.max(TABLE.c.day)))
    assert "ORDER BY" not in sql(select(TABLE.c.id))
    assert sql(select(TABLE.c.id).order_by(TABLE.c.day, TABLE.c.id)).endswith(
        "ORDER BY said.day ASC NULLS FIRST, said.id"
    )


# Words

WORDS = PostgresText()


@pytest.mark.parametrize(
    ("asked", "query"),
    [
        ("dam", "('dam')"),
        ("dam burst", "('dam') & ('burst')"),
        ('"dam burst"', "('dam' <-> 'burst')"),
        ("soldier*", "('soldier':*)"),
        ('"the soldier*"', "('the' <-> 'soldier')"),
        ("Rütte's", "('rutte' <-> 's')"),
    ],
)
def test_words_as_a_query(asked: str, query: str) -> None:
    assert WORDS.query(terms(asked)) == query


def test_a_query_of_several_words_of_one_term() -> None:
    assert WORDS.query([Term("dam burst", True)]) == "('dam' <-> 'burst':*)"
    assert WORDS.query([Term("…")]) == ""
    assert WORDS.query([Term("…"), Term("dam")]) == "('dam')"
    assert WORDS.query([]) == ""


def hits(text: str, *asked: Term) -> list[str]:
    return [text[span.start : span.end] for span in WORDS.hits(None, text, asked)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "asked", "found"),
    [
        ("The dams burst", [Term("dam")], ["dams"]),  # English endings do not matter
        ("The dam burst", [Term("dam burst")], ["dam burst"]),
        ("The dam was burst", [Term("dam burst")], []),
        ("The DAM. Burst", [Term("dam burst")], ["DAM. Burst"]),
        ("A damp dam", [Term("dam")], ["dam"]),
        ("A damp dam", [Term("da", True)], ["damp", "dam"]),
        ("A big damp", [Term("big da", True)], ["big damp"]),
        ("A bigger dam", [Term("big da", True)], []),
        ("Mark Rütte spoke", [Term("rutte")], ["Rütte"]),
        ("The dam burst", [Term("dam"), Term("dam burst")], ["dam burst"]),  # those that overlap are one
        ("The dam burst", [Term("burst"), Term("dam")], ["dam", "burst"]),
        ("The dam burst", [Term("…")], []),
        ("The dam", [Term("dam burst")], []),
        ("", [Term("dam")], []),
    ],
)
def test_where_the_words_stand(text: str, asked: list[Term], found: list[str]) -> None:
    assert hits(text, *asked) == found


def test_conditions_on_a_table_and_on_a_column() -> None:
    anywhere = WORDS.found(t.statements, terms("dam"))
    assert "statements.words @@ to_tsquery('onrecord'::regconfig" in sql(anywhere)
    told = [str(value) for value in anywhere.compile(dialect=LedgerDialect()).params.values()]
    assert told == ["('dam')"]
    within = WORDS.found(t.documents, terms("dam*"), column="title").compile(dialect=LedgerDialect()).params
    assert list(within.values()) == ["('dam':*A)"]
    text = WORDS.found(t.documents, terms("dam"), column="text").compile(dialect=LedgerDialect()).params
    assert list(text.values()) == ["('dam':B)"]
    assert WORDS.holders(None, [], 5) == []  # type: ignore[arg-type]


def test_the_column_of_words_of_a_table() -> None:
    column, index = full_text_ddl("documents", ("title", "text"))
    assert "setweight(onrecord_words(coalesce(title, '')), 'A')" in column
    assert "setweight(onrecord_words(coalesce(text, '')), 'B')" in column
    assert index == "CREATE INDEX ix_documents_words ON documents USING gin (words)"

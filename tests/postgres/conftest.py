"""One PostgreSQL server for these tests, where its programs are installed; elsewhere they are skipped and say so."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import create_engine, make_url
from tests.ledger.sample_readings import readings
from tests.postgres.server import DATABASE, binaries, served

from onrecord.ledger import Ledger


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a database: of the server that is named in the environment, or of one that runs meanwhile."""
    pytest.importorskip("psycopg", reason="onrecord[postgres] is not installed")
    if (named := os.environ.get(DATABASE)) is not None:
        yield named
    elif binaries() is None:
        pytest.skip("PostgreSQL's server is not installed (Debian: apt-get install postgresql)")
    else:
        with served() as address:
            yield address


@pytest.fixture
def address(server: str) -> Iterator[Callable[..., str]]:
    """Addresses of ledgers on the server, each a schema of its own that goes after the test."""
    made: list[str] = []

    def new(schema: str | None = None, **query: str) -> str:
        name = schema or f"one_{os.getpid()}_{next(_NUMBERS)}"
        made.append(name)
        return make_url(server).update_query_dict({"schema": name} | query).render_as_string(hide_password=False)

    yield new
    engine = create_engine(make_url(server).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for name in made:
            quoted = name.replace('"', '""').replace("%", "%%")
            connection.exec_driver_sql(f'DROP SCHEMA IF EXISTS "{quoted}" CASCADE')
    engine.dispose()


@pytest.fixture(scope="module")
def pair(server: str) -> Iterator[tuple[Ledger, Ledger]]:
    """The sample articles in a ledger on the server, and in one of SQLite."""
    schema = f"pair_{os.getpid()}_{next(_NUMBERS)}"
    place = make_url(server).update_query_dict({"schema": schema}).render_as_string(hide_password=False)
    with Ledger.open(place) as one, Ledger.open(":memory:") as other:
        for ledger in (one, other):
            list(ledger.add(readings()))
        yield one, other
    engine = create_engine(make_url(server).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"DROP SCHEMA {schema} CASCADE")
    engine.dispose()


_NUMBERS = itertools.count()

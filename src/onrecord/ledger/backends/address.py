"""The address of a ledger in PostgreSQL: `postgresql://user:password@host:port/database?schema=name&sslmode=require`.

It is libpq's own form of address with one word more: `schema`, in which the ledger's tables stand, so that several ledgers
share a database. Whatever else stands behind the question mark goes to libpq as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, make_url
from sqlalchemy.exc import ArgumentError

from onrecord.errors import LedgerError, MissingExtra

__all__ = ["SCHEMA", "PostgresPlace"]

SCHEMA = "onrecord"
"""Where the tables stand unless the address says otherwise. In `public` a table `events` may be somebody else's."""

# PostgreSQL cuts longer names off, so that two ledgers could turn out to be one.
_LONGEST_NAME = 63

# Seconds after which a server that does not answer counts as out of reach, unless the address says otherwise.
_CONNECT_TIMEOUT = 10


@dataclass(frozen=True, slots=True)
class PostgresPlace:
    """A schema of a database. `url` holds the password, if the address did."""

    url: URL
    schema: str

    @classmethod
    def of(cls, address: str) -> PostgresPlace:
        """Raises LedgerError for what is no address. It is not repeated then, since it may hold a password."""
        try:
            url = make_url(re.sub(r"^\w+(\+psycopg)?:", "postgresql:", address, count=1))
        except (ArgumentError, ValueError) as error:
            raise LedgerError(
                "not the address of a database such as postgresql://user@host/database?schema=name"
            ) from error
        schema = url.query.get("schema", SCHEMA)
        if not isinstance(schema, str) or not 0 < len(schema.encode()) <= _LONGEST_NAME or "\0" in schema:
            raise LedgerError(f"{_named(url, SCHEMA)}: schema={schema!r} is no name of a schema")
        if schema.startswith("pg_") or schema in ("information_schema", "$user"):
            raise LedgerError(f"{_named(url, schema)}: the schema {schema} is PostgreSQL's own")
        return cls(url.difference_update_query(["schema"]), schema)

    @property
    def name(self) -> str:
        return _named(self.url, self.schema)

    def engine(self, *, create: bool, read_only: bool) -> Engine:
        """Raises MissingExtra where the driver is not installed. Whether there is a ledger is found out by asking it."""
        try:
            import psycopg  # noqa: F401 - an extra; SQLAlchemy says of its absence less than people need
        except ImportError as error:
            raise MissingExtra("postgres", "psycopg") from error
        from onrecord.ledger.backends.postgres import connected

        query: dict[str, Any] = dict(self.url.query)
        query.setdefault("connect_timeout", str(_CONNECT_TIMEOUT))
        query.setdefault("application_name", "onrecord")
        return connected(self.url.set(query=query), self.schema, read_only=read_only)

    def may_write(self) -> bool:
        from onrecord.ledger.backends.postgres import may_write

        engine = self.engine(create=False, read_only=True)
        try:
            return may_write(engine)
        finally:
            engine.dispose()

    def spare(self, version: int) -> Path | None:
        return None


def _named(url: URL, schema: str) -> str:
    """Without the password, and without options, of which some hold one too (`sslpassword`)."""
    shown = url._replace(password=None).set(query={} if schema == SCHEMA else {"schema": schema})
    if isinstance(host := url.query.get("host"), str) and not url.host:
        shown = shown.update_query_dict({"host": host})
    return shown.render_as_string()

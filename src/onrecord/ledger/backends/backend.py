"""What a database must offer so that a ledger can be kept in it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from sqlalchemy import ColumnElement, Connection, Engine, Row, Select, Table

from onrecord.ledger.backends.terms import Term
from onrecord.records import Span

__all__ = ["BUSY_TIMEOUT", "MUCH", "WRITES", "Backend", "Finding", "FullText", "Place"]

BUSY_TIMEOUT = 120.0
"""Seconds that a writer waits for another. A document is written in milliseconds and a batch in twenty seconds, so only a
process that was stopped in the middle of one, or a backup that holds the file, is ever waited for this long."""

WRITES = "ledger_writes"
"""The execution option of a connection whose transaction is to be alone in writing; see `database.writing`."""

MUCH = "ledger_writes_much"
"""The execution option of one that is to write hundreds of articles: it may take memory for it."""


class Finding(NamedTuple):
    """Something that is wrong: where (a table, an index, the file), and what."""

    where: str
    what: str


class Place(Protocol):
    """Where one ledger is kept, whether or not it is there."""

    @property
    def name(self) -> str:
        """What it is called in messages. Holds no password."""

    def engine(self, *, create: bool, read_only: bool) -> Engine:
        """An engine whose transactions begin as `Backend` says.

        Raises LedgerError where there is nothing and nothing may be made, or something else.
        """

    def may_write(self) -> bool:
        """Whether this process may write to the ledger, which is there."""

    def spare(self, version: int) -> Path | None:
        """A file that is not there yet, for a copy of the ledger, which is of this version, before it is brought up to date.

        None where there is no place for one: its server's own backups are then what there is.
        """


class Backend(Protocol):
    """What is particular to one kind of database.

    Its engines begin every transaction so that it sees one state from beginning to end; one with the option WRITES waits for
    its turn, at most BUSY_TIMEOUT seconds, and sees all that was written before it.
    """

    @property
    def full_text(self) -> FullText: ...

    @property
    def something_else(self) -> str:
        """What a place with tables that are no ledger is called: "an SQLite file of something else"."""

    @property
    def nothing(self) -> str:
        """What a place without any table is called: "the file is empty"."""

    def tables(self, connection: Connection) -> set[str]:
        """The names of the tables that are there."""

    def prepare(self, engine: Engine, name: str) -> None:
        """What must be done once before a ledger of this name is made, outside any transaction.

        Raises LedgerError where the database can hold none.
        """

    def make(self, connection: Connection, name: str) -> None:
        """What must be there before the tables of a ledger can be made."""

    def finish(self, connection: Connection) -> None:
        """What stands over the tables once they are made: full-text indexes."""

    def stamp(self, connection: Connection, version: int) -> None:
        """Note the version of the ledger where the database's own tools look for it, if there is such a place."""

    def put(
        self, connection: Connection, table: Table, columns: tuple[str, ...], rows: Collection[Sequence[Any]]
    ) -> None:
        """See `inserting.put`."""

    def numbers(self, connection: Connection, table: Table, count: int) -> Sequence[int]:
        """See `inserting.numbers`. `count` is at least 1."""

    def defer(self, connection: Connection) -> None:
        """Let rows refer to rows that come later in this transaction."""

    def settle(self, connection: Connection) -> None:
        """What is to be done once many rows were put in with numbers of their own."""

    def steady(self, engine: Engine, name: str) -> AbstractContextManager[None]:
        """See `ledger.steady`."""

    def apart(self, engine: Engine) -> AbstractContextManager[Engine]:
        """An engine over the ledger as of one instant, which may be looked at for hours and be in nobody's way."""

    @property
    def made(self) -> frozenset[str]:
        """The names of what `make` and `finish` make, and of triggers: all that a ledger has beside tables, their indexes
        and views."""

    def objects(self, connection: Connection) -> set[str]:
        """The names of all tables, views, indexes and triggers that are there."""

    def findings(self, connection: Connection) -> Iterator[Finding]:
        """What is wrong with the ledger as a database, by the database's own means. The connection is one to `apart`."""

    def mend(self, engine: Engine) -> None:
        """Make right in `apart` what could hide readings that are there."""

    def copy_file(self, engine: Engine, target: Path) -> bool:
        """Put all, as of one instant, into an SQLite file that is not there yet, whole or not at all. False, with nothing
        done, where it is none itself: then its rows are to be copied."""


class FullText(Protocol):
    """Search for words, by the database's own means."""

    @property
    def walks(self) -> bool:
        """Whether it is for the one who asks to say that rows are gone through in their order (see `search.best_walked`)."""

    def holding(
        self, of: Table, terms: Sequence[Term], *, column: str | None = None, walked: bool = False
    ) -> ColumnElement[bool]:
        """The condition that a row of `of` holds all of these (in one column, or in any of those that are indexed)."""

    def found(self, of: Table, terms: Sequence[Term], *, column: str | None = None) -> Select[Any]:
        """The numbers of the rows of `of` for which `holding` is true."""

    def query(self, terms: Sequence[Term]) -> str:
        """The terms as the database writes a query: what `documents` and `statements` take as their parameter `query`."""

    @property
    def documents(self) -> Select[Any]:
        """The documents that hold all of `query`, the best first: id, hash, title, publisher, published, text."""

    @property
    def statements(self) -> Select[Any]:
        """The statements that hold all of `query`, the best first: id, key, document, content, speaker_name, and of their
        document hash, title, publisher, published. What people rejected is not among them."""

    def hits(self, row: Row[Any], text: str, terms: Sequence[Term]) -> list[Span]:
        """Where `text`, which is the text or the content of a row of `documents` or `statements`, holds the words."""

    def holders(self, connection: Connection, phrases: Sequence[str], most: int) -> Sequence[tuple[int, int]]:
        """For phrases of which each stands together in the text of a document: (place of the phrase, row of the document).

        Of each phrase at most so many documents, any of them. A phrase without a letter or digit has none.
        """

"""A ledger that is open: where it is kept, its closing, and the error that says that it is closed."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Engine

from onrecord.errors import LedgerError
from onrecord.ledger.backends import named
from onrecord.ledger.database import boundary, open_engine

__all__ = ["Opened"]


class Opened:
    """The part of a Ledger that all its parts need. A context manager."""

    def __init__(self, engine: Engine, name: str) -> None:
        self._opened: Engine | None = engine
        self.name = name

    @classmethod
    def open(cls, path: Path | str, *, create: bool = True, read_only: bool = False) -> Self:
        """The ledger in the file `path`, made if there is none and `create`.

        `":memory:"` is a ledger that lasts until it is closed. `"postgresql://user@host/database"` is one in a PostgreSQL
        database, in the schema `ledger` or the one that `?schema=name` states; it needs `onrecord[postgres]`, and takes
        whatever else libpq does (`sslmode`, `connect_timeout`, a password from its password file). Raises LedgerError where
        there is no ledger and none may be made, where there is something else, or one of a newer version; MissingExtra where
        the driver is not installed.
        """
        return cls(open_engine(path, create=create, read_only=read_only), named(path))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Ledger {self.name}>"

    def close(self) -> None:
        """Let go of the file, or of the server. What was added is safe without it; closing again does nothing."""
        if self._opened is not None:
            with boundary(self.name):
                self._opened.dispose()
        self._opened = None

    @property
    def _engine(self) -> Engine:
        if self._opened is None:
            raise LedgerError(f"{self.name}: the ledger is closed")
        return self._opened

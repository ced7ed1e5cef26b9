"""The audit log: who logged in, failed to, corrected, took back, and who let whom in. It only grows."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import insert, select

from onrecord.views.accounts.rows import Deed, Entry
from onrecord.views.accounts.store import Store
from onrecord.views.accounts.tables import audit

__all__ = ["Audit"]


class Audit:
    """The log of a file."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def write(self, who: str | None, did: Deed, about: str | None = None, *, address: str | None = None) -> Entry:
        """Add a line; the line as it stands there."""
        row = {"at": self._store.now(), "who": who, "did": did, "about": about, "address": address}
        with self._store.writing() as connection:
            number = connection.execute(insert(audit).values(**row)).inserted_primary_key
            assert number is not None
        return Entry(number[0], row["at"] or "", who, did, about, address)

    def lines(
        self, *, who: str | None = None, did: Collection[Deed] = (), limit: int | None = None, before: int | None = None
    ) -> list[Entry]:
        """Lines, newest first: of one who did something, of some deeds, `limit` of them, those `before` a number."""
        a = audit.c
        query = select(audit).order_by(a.number.desc()).limit(limit)
        if who is not None:
            query = query.where(a.who == who)
        if did:
            query = query.where(a.did.in_(did))
        if before is not None:
            query = query.where(a.number < before)
        with self._store.reading() as connection:
            return [Entry(**row) for row in connection.execute(query).mappings()]

"""Tokens of programs: `Authorization: Bearer …`, each with a name and a role, shown once and revocable."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime

from sqlalchemy import delete, insert, or_, select, update

from onrecord.errors import AccountsError
from onrecord.views.accounts import secret
from onrecord.views.accounts.people import refuse_taken
from onrecord.views.accounts.rows import Asker, Role, Token, account_name, key_of, role_of
from onrecord.views.accounts.store import Store
from onrecord.views.accounts.tables import tokens

__all__ = ["PREFIX", "Tokens"]

PREFIX = "onr_"

_USED = 60.0  # seconds after which another use is written down: not every request is a write


class Tokens:
    """The tokens of a file."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def issue(self, name: str, role: Role) -> str:
        """A new token: what is given back is kept nowhere, and cannot be shown again.

        Raises AccountsError for a name that is taken or cannot be one.
        """
        token = secret.new_secret(PREFIX)
        self.take(name, role, token)
        return token

    def take(self, name: str, role: Role, token: str) -> None:
        """Let this token in. Raises AccountsError for a name or a token that is taken, or a name that cannot be one."""
        name = account_name(name)
        row = {"id": f"o{secrets.token_hex(6)}", "key": key_of(name), "name": name, "role": role_of(role)}
        row |= {"digest": secret.digest(token), "made_at": self._store.now()}
        with self._store.writing() as connection:
            refuse_taken(connection, name)
            if connection.execute(select(tokens.c.id).where(tokens.c.digest == row["digest"])).first() is not None:
                raise AccountsError(f"the token of {name!r} is that of another")
            connection.execute(insert(tokens), [row])

    def revoke(self, name: str) -> str:
        """Take away the token with this id or name, with the sessions that it opened; its name.

        Raises AccountsError where there is none.
        """
        with self._store.writing() as connection:
            called = or_(tokens.c.id == name, tokens.c.key == key_of(name))
            found = connection.execute(select(tokens.c.id, tokens.c.name).where(called)).first()
            if found is None:
                raise AccountsError(f"{self._store.name}: there is no token {name!r}")
            connection.execute(delete(tokens).where(tokens.c.id == found.id))
        return str(found.name)

    def all(self) -> list[Token]:
        """Every token, by name."""
        with self._store.reading() as connection:
            rows = connection.execute(select(tokens).order_by(tokens.c.key)).all()
        return [Token(row.id, row.name, row.role, row.made_at, _at(row.used)) for row in rows]

    def asker(self, token: str) -> Asker | None:
        """Whose token this is, None for nobody's. That it was used is noted."""
        now = self._store.clock()
        with self._store.reading() as connection:
            query = select(tokens.c.id, tokens.c.name, tokens.c.role, tokens.c.used)
            found = connection.execute(query.where(tokens.c.digest == secret.digest(token))).one_or_none()
        if found is None:
            return None
        if found.used is None or now - found.used > _USED:
            with self._store.writing() as connection:
                connection.execute(update(tokens).where(tokens.c.id == found.id).values(used=now))
        return Asker(found.name, found.role)


def _at(seconds: float | None) -> str | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC).isoformat("T", "seconds")

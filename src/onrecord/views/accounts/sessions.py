"""Sessions: whose browser it is that asks.

A session ends when nobody used it for IDLE seconds, LASTS seconds after it was opened at the latest, when somebody logs
out or logs in again in the same browser, when the clock is set back, when the password changes, and when the account or
the token is taken away.
"""

from __future__ import annotations

from sqlalchemy import Connection, delete, func, insert, or_, select, update

from onrecord.views.accounts import secret
from onrecord.views.accounts.rows import Asker, key_of
from onrecord.views.accounts.store import Store
from onrecord.views.accounts.tables import accounts, sessions, tokens

__all__ = ["IDLE", "LASTS", "Sessions"]

IDLE = 2 * 3600.0
"""Seconds that a session outlives its last request: a long meeting, not a night."""

LASTS = 12 * 3600.0
"""Seconds that a session lasts at most: a long shift."""

_AHEAD = 60.0
"""Seconds by which a session may have been used later than now: clocks are set right by seconds all the time. Beyond it the
clock was set back, by how much nobody knows, and so nobody knows how long the session has been there."""

_SEEN = 60.0  # seconds after which another request is written down: not every request is a write


class Sessions:
    """The sessions of a file."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def open(self, account: str) -> str:
        """Open a session of the account called so; its id, which is for the browser alone."""
        return self._open(account=key_of(account))

    def open_by_token(self, token: str) -> str | None:
        """Open a session for the holder of a token; its id, None where it is nobody's token."""
        with self._store.reading() as connection:
            query = select(tokens.c.id).where(tokens.c.digest == secret.digest(token))
            found = connection.execute(query).scalar()
        return None if found is None else self._open(token=found)

    def _open(self, *, account: str | None = None, token: str | None = None) -> str:
        session, now = secret.new_secret(), self._store.clock()
        row = {"digest": secret.digest(session), "account": account, "token": token, "opened": now, "seen": now}
        with self._store.writing() as connection:
            _forget_ended(connection, now)
            connection.execute(insert(sessions), [row])
        return session

    def asker(self, session: str) -> Asker | None:
        """Whose session this is; None where there is none, or it has ended."""
        now = self._store.clock()
        s = sessions.c
        query = (
            select(
                s.digest,
                s.opened,
                s.seen,
                func.coalesce(accounts.c.name, tokens.c.name).label("name"),
                func.coalesce(accounts.c.role, tokens.c.role).label("role"),
            )
            .outerjoin(accounts, accounts.c.key == s.account)
            .outerjoin(tokens, tokens.c.id == s.token)
            .where(s.digest == secret.digest(session))
        )
        with self._store.reading() as connection:
            found = connection.execute(query).one_or_none()
        if found is None or not (-_AHEAD <= now - found.seen <= IDLE and now - found.opened <= LASTS):
            return None
        if now - found.seen > _SEEN:
            with self._store.writing() as connection:
                connection.execute(update(sessions).where(s.digest == found.digest).values(seen=now))
        return Asker(found.name, found.role, secret.csrf_of(session))

    def end(self, session: str) -> None:
        """End a session, if it is one."""
        with self._store.writing() as connection:
            connection.execute(delete(sessions).where(sessions.c.digest == secret.digest(session)))

    def end_others(self, session: str) -> int:
        """End every other session of whoever has this one; how many."""
        kept = secret.digest(session)
        s = sessions.c
        with self._store.writing() as connection:
            mine = connection.execute(select(s.account, s.token).where(s.digest == kept)).one_or_none()
            if mine is None:
                return 0
            same = s.account == mine.account if mine.account is not None else s.token == mine.token
            return connection.execute(delete(sessions).where(same, s.digest != kept)).rowcount


def _forget_ended(connection: Connection, now: float) -> None:
    connection.execute(delete(sessions).where(or_(sessions.c.seen < now - IDLE, sessions.c.opened < now - LASTS)))

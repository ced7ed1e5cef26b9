"""Accounts of people: made, changed, removed, and whether a password is theirs."""

from __future__ import annotations

from sqlalchemy import Connection, delete, func, insert, select, update

from onrecord.errors import AccountsError
from onrecord.views.accounts import secret
from onrecord.views.accounts.rows import Account, Role, account_name, key_of, role_of
from onrecord.views.accounts.store import Store
from onrecord.views.accounts.tables import accounts, sessions, tokens

__all__ = ["People", "refuse_taken"]


class People:
    """The accounts of a file."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(self, name: str, role: Role, password: str) -> str:
        """Make an account; the name as it is kept.

        Raises AccountsError for a name that is taken or cannot be one, and for a password that is too short.
        """
        name, now = account_name(name), self._store.now()
        row = {"key": key_of(name), "name": name, "role": role_of(role)}
        with self._store.reading() as connection:  # before the hashing, which takes a while
            refuse_taken(connection, name)
        secret.refuse_weak(password, name)
        row |= {"password": secret.hashed(password), "made_at": now, "password_at": now}
        with self._store.writing() as connection:
            refuse_taken(connection, name)
            connection.execute(insert(accounts), [row])
        return name

    def remove(self, name: str) -> str:
        """Take an account away, and end its sessions; its name. What it did stays in the log, and its corrections too.

        Raises AccountsError where there is no such account, or where no admin would be left.
        """
        with self._store.writing() as connection:
            found = self._named(connection, name)
            self._keep_an_admin(connection, found.name, found.role)
            connection.execute(delete(accounts).where(accounts.c.key == key_of(name)))
        return found.name

    def change_role(self, name: str, role: Role) -> str:
        """Give an account another role, from its next request on; its name.

        Raises AccountsError where there is no such account, or where no admin would be left.
        """
        with self._store.writing() as connection:
            found = self._named(connection, name)
            if role_of(role) != "admin":
                self._keep_an_admin(connection, found.name, found.role)
            connection.execute(update(accounts).where(accounts.c.key == key_of(name)).values(role=role))
        return found.name

    def change_password(self, name: str, password: str) -> str:
        """Give an account another password, and end its sessions; its name.

        Raises AccountsError where there is no such account, or for a password that is too short.
        """
        with self._store.reading() as connection:
            found = self._named(connection, name)
        secret.refuse_weak(password, found.name)
        kept = secret.hashed(password)
        with self._store.writing() as connection:
            found = self._named(connection, name)
            changed = {"password": kept, "password_at": self._store.now()}
            connection.execute(update(accounts).where(accounts.c.key == key_of(name)).values(**changed))
            connection.execute(delete(sessions).where(sessions.c.account == key_of(name)))
        return found.name

    def check(self, name: str, password: str) -> str | None:
        """The name of the account that this password opens, else None: after the same time whether there is one or not."""
        with self._store.reading() as connection:
            query = select(accounts.c.name, accounts.c.password).where(accounts.c.key == key_of(name))
            found = connection.execute(query).one_or_none()
        if found is None:
            secret.spend(password)
            return None
        if not secret.fits(found.password, password):
            return None
        if secret.outdated(found.password):
            with self._store.writing() as connection:
                same = (accounts.c.key == key_of(name)) & (accounts.c.password == found.password)
                connection.execute(update(accounts).where(same).values(password=secret.hashed(password)))
        return str(found.name)

    def all(self) -> list[Account]:
        """Every account, by name."""
        opened = (
            select(func.count())
            .where(sessions.c.account == accounts.c.key)
            .correlate(accounts)
            .scalar_subquery()
            .label("sessions")
        )
        a = accounts.c
        with self._store.reading() as connection:
            rows = connection.execute(select(a.name, a.role, a.made_at, a.password_at, opened).order_by(a.key))
            return [Account(**row) for row in rows.mappings()]

    def _named(self, connection: Connection, name: str) -> Account:
        a = accounts.c
        query = select(a.name, a.role, a.made_at, a.password_at).where(a.key == key_of(name))
        found = connection.execute(query).mappings().one_or_none()
        if found is None:
            raise AccountsError(f"{self._store.name}: there is no account {name!r}")
        return Account(**found, sessions=0)

    def _keep_an_admin(self, connection: Connection, name: str, role: Role) -> None:
        query = select(func.count()).select_from(accounts)
        admins = connection.execute(query.where(accounts.c.role == "admin")).scalar_one()
        others = connection.execute(query.where(accounts.c.key != key_of(name))).scalar_one()
        if role == "admin" and admins == 1 and others:
            raise AccountsError(f"{name} is the only admin: make somebody else one first")


def refuse_taken(connection: Connection, name: str) -> None:
    """Raises AccountsError where an account or a token is called so: what is signed with a name is signed by one alone."""
    for table, what in ((accounts, "an account"), (tokens, "a token")):
        if connection.execute(select(table.c.name).where(table.c.key == key_of(name))).first() is not None:
            raise AccountsError(f"there is {what} called {name!r} already")

"""Who may see and correct a ledger that is served beyond this machine: a file of accounts, or a file of tokens."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Self

from onrecord.errors import AccountsError
from onrecord.views.accounts.audit import Audit
from onrecord.views.accounts.people import People
from onrecord.views.accounts.rows import ROLES, Account, Asker, Deed, Entry, Role, Token
from onrecord.views.accounts.sessions import Sessions
from onrecord.views.accounts.store import Store
from onrecord.views.accounts.token_file import read_tokens
from onrecord.views.accounts.tokens import Tokens

__all__ = ["ROLES", "Account", "Accounts", "Asker", "Deed", "Entry", "Role", "Token"]


class Accounts:
    """Open accounts: `people`, `tokens`, `sessions`, and the `audit` log. A context manager.

    `by_password` is False where all there is are the tokens of a file: then a person logs in with one of those.
    """

    def __init__(self, store: Store, *, by_password: bool = True) -> None:
        self._store = store
        self.by_password = by_password
        self.people = People(store)
        self.tokens = Tokens(store)
        self.sessions = Sessions(store)
        self.audit = Audit(store)

    @classmethod
    def open(cls, path: Path, *, create: bool = False) -> Accounts:
        """The accounts in the file `path`; see `Store.open` for what it raises."""
        return cls(Store.open(path, create=create))

    @classmethod
    def of_tokens(cls, path: Path) -> Accounts:
        """Those of a file of tokens (see `token_file`), as it is now. Sessions and the log last until they are closed.

        Raises AccountsError for what cannot be read, and for a name that stands twice.
        """
        accounts = cls(Store.in_memory(), by_password=False)
        try:
            for name, role, token in read_tokens(path):
                accounts.tokens.take(name, role, token)
        except AccountsError as error:
            accounts.close()
            raise AccountsError(str(error) if str(error).startswith(str(path)) else f"{path}: {error}") from error
        return accounts

    @property
    def name(self) -> str:
        return self._store.name

    def close(self) -> None:
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

"""Who may see a ledger that is served beyond this machine: accounts of people, tokens of programs, and what they did."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Literal, get_args

from onrecord.errors import AccountsError

__all__ = ["DEEDS", "ROLES", "Account", "Asker", "Deed", "Entry", "Role", "Token", "account_name", "key_of", "role_of"]

Role = Literal["reader", "corrector", "admin"]
"""What somebody may do: look; look, correct, and take back own corrections; also take back everybody's and see who did
what. Each may what those before it may."""

ROLES: tuple[Role, ...] = get_args(Role)

Deed = Literal[
    "logged in",
    "failed to log in",
    "logged out",
    "corrected",
    "took back",
    "added an account",
    "removed an account",
    "changed a role",
    "changed a password",
    "issued a token",
    "revoked a token",
]
"""What is written down of who did what."""

DEEDS: tuple[Deed, ...] = get_args(Deed)

_LONGEST = 64


@dataclass(frozen=True, slots=True)
class Account:
    """A person's account. Times are ISO 8601 in UTC; `sessions` is in how many browsers they are logged in."""

    name: str
    role: Role
    made_at: str
    password_at: str
    sessions: int


@dataclass(frozen=True, slots=True)
class Token:
    """A program's token, by its `id`: the token itself is shown once, and kept nowhere. `used_at` is None before its
    first use, and correct to the minute."""

    id: str
    name: str
    role: Role
    made_at: str
    used_at: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the audit log: `who` did it (None where nobody is known), what, to whom or what (`about`), and from
    which address. `number` grows by time and is never given twice."""

    number: int
    at: str
    who: str | None
    did: Deed
    about: str | None
    address: str | None


@dataclass(frozen=True, slots=True)
class Asker:
    """Who makes a request. `csrf` is what the forms of their session must send back; "" for a program with a token,
    which no foreign page can make send it."""

    name: str
    role: Role
    csrf: str = ""

    def may(self, role: Role) -> bool:
        """Whether they may what this role may."""
        return ROLES.index(self.role) >= ROLES.index(role)


def account_name(written: str) -> str:
    """A name as it is kept: without blanks around it, composed (NFC).

    Raises AccountsError for one that is empty, longer than 64 characters, or has a character that cannot be printed.
    """
    name = unicodedata.normalize("NFC", written.strip())
    if not name:
        raise AccountsError("an account needs a name")
    if len(name) > _LONGEST:
        raise AccountsError(f"a name has at most {_LONGEST} characters: this one has {len(name)}")
    if not name.isprintable():
        raise AccountsError(f"a name has only characters that can be printed: {name!r}")
    return name


def key_of(name: str) -> str:
    """What two spellings of one name share: "Vera Novák" and "VERA NOVÁK" are one account."""
    return unicodedata.normalize("NFKC", name.strip()).casefold()


def role_of(written: str) -> Role:
    """Raises AccountsError for what is no role."""
    for role in ROLES:
        if written == role:
            return role
    raise AccountsError(f"{written!r} is no role: {', '.join(ROLES)}")

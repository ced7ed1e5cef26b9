"""Random secrets, what is kept of them, and passwords.

A session's id and a token have 256 random bits, so that a plain SHA-256 of them tells nothing about them and can be
looked up: a stolen file opens no session. Passwords are chosen by people and can be guessed, so Argon2id makes each guess
cost 64 MiB and some tens of milliseconds (RFC 9106's second choice, the default of argon2-cffi).
"""

from __future__ import annotations

import hmac
import secrets
import unicodedata
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING

from onrecord.errors import AccountsError, MissingExtra

if TYPE_CHECKING:
    from argon2 import PasswordHasher

__all__ = ["LEAST", "csrf_of", "digest", "fits", "hashed", "new_secret", "outdated", "ready", "refuse_weak", "spend"]

LEAST = 12
"""Characters that a password has at least. NIST SP 800-63B asks for length, and for no mixture of kinds."""

_MOST = 1024


def new_secret(prefix: str = "") -> str:
    """256 random bits, as letters that need no escaping; a `prefix` lets scanners for leaked secrets know them."""
    return prefix + secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """What is kept of a secret."""
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def csrf_of(session: str) -> str:
    """What a session's forms send back, as 32 hexadecimal digits: only who knows the session's id can tell it."""
    return hmac.new(session.encode("utf-8", "surrogatepass"), b"csrf", sha256).hexdigest()[:32]


def hashed(password: str) -> str:
    """What is kept of a password. Raises MissingExtra without argon2-cffi."""
    return _hasher().hash(_bytes(password))


def refuse_weak(password: str, name: str) -> None:
    """Raises AccountsError for a password that is too short or too long, or that is the `name` of its account."""
    if len(password) < LEAST:
        raise AccountsError(f"a password has at least {LEAST} characters")
    if len(password) > _MOST:
        raise AccountsError(f"a password has at most {_MOST} characters")
    if name and unicodedata.normalize("NFKC", password).casefold() == unicodedata.normalize("NFKC", name).casefold():
        raise AccountsError("a password is not the name of its account")


def fits(kept: str, password: str) -> bool:
    """Whether this is the password of which `kept` is kept. Raises AccountsError where that is damaged."""
    from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

    try:
        return _hasher().verify(kept, _bytes(password))
    except VerifyMismatchError:
        return False
    except (InvalidHashError, VerificationError) as error:
        raise AccountsError(f"what is kept of a password cannot be read: {error}") from error


def spend(password: str) -> None:
    """Take as long as `fits` takes: for a name that there is not, so that the time does not tell that there is none."""
    fits(_nobodys(), password)


def outdated(kept: str) -> bool:
    """Whether a password is to be hashed anew: the costs have grown since."""
    return _hasher().check_needs_rehash(kept)


def ready() -> None:
    """Be ready to compare passwords, however soon somebody logs in. Raises MissingExtra without argon2-cffi."""
    _nobodys()


def _bytes(password: str) -> bytes:
    # One password may be typed as different code points on different keyboards (SP 800-63B, 3.1.1.2).
    return unicodedata.normalize("NFKC", password[: _MOST + 1]).encode("utf-8", "surrogatepass")


@cache
def _hasher() -> PasswordHasher:
    try:
        from argon2 import PasswordHasher
    except ImportError as error:
        raise MissingExtra("serve", "argon2-cffi") from error
    return PasswordHasher()


@cache
def _nobodys() -> str:
    return _hasher().hash(secrets.token_bytes(32))

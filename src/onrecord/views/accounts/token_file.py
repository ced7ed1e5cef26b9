"""A file of tokens: who may ask where there is no need for accounts of people.

A line is `NAME ROLE TOKEN`, or a token alone, which may look and is called "token". Lines that begin with `#` and empty
ones are passed over.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from onrecord.errors import AccountsError
from onrecord.views.accounts.rows import Role, role_of

__all__ = ["read_token", "read_tokens"]

_LEAST = 32
"""Characters of a token: 128 bits in hexadecimal digits, which nobody guesses."""

_MOST = 1 << 16  # bytes of the file


def read_tokens(path: Path) -> list[tuple[str, Role, str]]:
    """Name, role and token of each line.

    Raises AccountsError for a file that is missing, that others than its owner may read, that holds no token, or a line
    that is none; what it says names the line and not the token.
    """
    found: list[tuple[str, Role, str]] = []
    for number, line in enumerate(_text(path).splitlines(), 1):
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        if len(words) not in (1, 3):
            raise AccountsError(f"{path}:{number}: a line is NAME ROLE TOKEN, or a token alone")
        try:
            name, role = ("token", role_of("reader")) if len(words) == 1 else (words[0], role_of(words[1]))
        except AccountsError as error:
            raise AccountsError(f"{path}:{number}: {error}") from error
        if len(words[-1]) < _LEAST or not words[-1].isascii():
            raise AccountsError(
                f"{path}:{number}: a token has at least {_LEAST} letters and digits (openssl rand -hex 32)"
            )
        found.append((name, role, words[-1]))
    if not found:
        raise AccountsError(f"{path}: there is no token in it")
    return found


def read_token(path: Path) -> str:
    """The one token of a file that has one, whatever its name and role. Raises AccountsError as `read_tokens` does."""
    found = read_tokens(path)
    if len(found) > 1:
        raise AccountsError(f"{path}: it has {len(found)} tokens, and one is wanted")
    return found[0][2]


def _text(path: Path) -> str:
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        if os.name == "posix" and mode & 0o077:
            raise AccountsError(f"{path}: others than its owner may open it (mode {mode:04o}): chmod 600 {path}")
        with path.open("rb") as file:
            content = file.read(_MOST + 1)
        if len(content) > _MOST:
            raise AccountsError(f"{path}: more than {_MOST:,} bytes are no file of tokens")
        return content.decode("utf-8")
    except OSError as error:
        raise AccountsError(f"{path}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise AccountsError(f"{path}: it is not a file of tokens: not UTF-8") from error

"""The errors that Onrecord raises. Every foreign error (lxml, sqlite3, OSError …) is mapped to one of these at the boundary.

OnrecordError
├── InputError              an input that cannot be read: names the file, the line where it has one, and the reason
│   ├── MissingInput        no such file, or not permitted to read it
│   ├── EmptyInput          nothing in it, or no article text in its page
│   ├── NotText             binary, or bytes that no encoding explains
│   ├── TooLarge            over a stated limit
│   ├── OutOfTime           set aside: making or reading it takes longer than one document may
│   ├── Unread              set aside: it brings out a fault of the reader
│   ├── Malformed           broken JSON line, truncated HTML …
│   └── Unfetched           an address that gave nothing: refused, out of reach, or not to be asked at all
├── MissingExtra            a package that only some uses need is not installed: says which, and how it comes
├── ReaderError             the weights are missing, damaged or of another version
├── OutputError             a file or folder that cannot be written, or is there already
├── ClusterError            Spark cannot be started, or its job did not come to an end
├── AccountsError           an accounts file that cannot be opened or written, or what it refuses: a name that is taken …
└── LedgerError             the ledger file cannot be opened, is of a newer version, or is locked
    ├── NotInLedger         no such document, speaker …
    └── Overtaken           somebody else corrected the same thing meanwhile
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


class OnrecordError(Exception):
    """The root of all errors that Onrecord raises on purpose."""


class InputError(OnrecordError):
    """An input that was refused. `str()` gives `name:line: reason`, or `name: reason` where there is no line."""

    def __init__(self, name: str, reason: str, *, line: int | None = None) -> None:
        self.name = name
        self.reason = reason
        self.line = line
        super().__init__(f"{name}:{line}: {reason}" if line is not None else f"{name}: {reason}")

    def __reduce__(
        self,
    ) -> tuple[Callable[..., InputError], tuple[type[InputError], tuple[object, ...], dict[str, Any]]]:
        # An exception is pickled as a call of its class with what it says in all: here with one argument where two belong.
        return _unpickled, (type(self), self.args, self.__dict__)


def _unpickled(kind: type[InputError], said: tuple[object, ...], state: dict[str, Any]) -> InputError:
    error = kind.__new__(kind, *said)
    error.args = said
    error.__dict__.update(state)
    return error


class MissingInput(InputError):
    """There is no such input, or it may not be read."""


class EmptyInput(InputError):
    """The input holds no article text."""


class NotText(InputError):
    """The input is binary, or its bytes fit no encoding."""


class TooLarge(InputError):
    """The input is over a stated limit."""


class OutOfTime(InputError):
    """Making a document of the input, or reading it, takes longer than one document may."""


class Unread(InputError):
    """Reading the document brings out a fault of the reader, which its reason names. The others of a job are read."""


class Malformed(InputError):
    """The input breaks its own format."""


class Unfetched(InputError):
    """An address from which nothing was fetched: its server or robots.txt refuses, it is out of reach, or not asked at all.

    `status` is the HTTP status where the server answered. `again` is after how many seconds it may be asked once more at the
    earliest; None where the answer would be the same for now. `forbidden` is what may not be asked for at all, or is no
    address: whoever tries it again on another day meets the same.
    """

    def __init__(
        self,
        name: str,
        reason: str,
        *,
        status: int | None = None,
        again: float | None = None,
        forbidden: bool = False,
    ) -> None:
        self.status = status
        self.again = again
        self.forbidden = forbidden
        super().__init__(name, reason)


class MissingExtra(OnrecordError):
    """A package that only some uses need is not installed.

    `package` is its name, `extra` the extra of Onrecord that brings it along, None where it is to be installed by itself.
    """

    def __init__(self, extra: str | None, package: str) -> None:
        self.extra = extra
        self.package = package
        install = f"onrecord[{extra}]" if extra else package
        super().__init__(f"this needs {package}, which is not installed: pip install '{install}'")


class ReaderError(OnrecordError):
    """The weights are missing, damaged, or of a version this package does not know."""


class OutputError(OnrecordError):
    """A file or folder cannot be written: it is there already, has no folder to stand in, the disk is full …"""


class AccountsError(OnrecordError):
    """The file of accounts cannot be opened or written, or it refuses what was asked of it: a name that is taken, a role
    that there is not, a password that is too short."""


class ClusterError(OnrecordError):
    """Spark cannot be started (no Java, no such master), or a job of it did not come to an end."""


class LedgerError(OnrecordError):
    """The ledger cannot be opened or written."""


class NotInLedger(LedgerError):
    """The ledger holds no such document, speaker or record."""


class Overtaken(LedgerError):
    """Somebody else corrected the same thing since the person who corrects it has looked at it."""

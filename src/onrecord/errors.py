"""The errors that Onrecord raises. Every foreign error (lxml, sqlite3, OSError …) is mapped to one of these at the boundary.

OnrecordError
├── InputError              an input that cannot be read: names the file, the line where it has one, and the reason
│   ├── MissingInput        no such file, or not permitted to read it
│   ├── EmptyInput          nothing in it, or no article text in its page
│   ├── NotText             binary, or bytes that no encoding explains
│   ├── TooLarge            over a stated limit
│   └── Malformed           broken JSON line, truncated HTML …
├── ReaderError             the weights are missing, damaged or of another version
└── LedgerError             the ledger file cannot be opened, is of a newer version, or is locked
    └── NotInLedger         no such document, speaker …
"""

from __future__ import annotations


class OnrecordError(Exception):
    """The root of all errors that Onrecord raises on purpose."""


class InputError(OnrecordError):
    """An input that was refused. `str()` gives `name:line: reason`, or `name: reason` where there is no line."""

    def __init__(self, name: str, reason: str, *, line: int | None = None) -> None:
        self.name = name
        self.reason = reason
        self.line = line
        super().__init__(f"{name}:{line}: {reason}" if line is not None else f"{name}: {reason}")


class MissingInput(InputError):
    """There is no such input, or it may not be read."""


class EmptyInput(InputError):
    """The input holds no article text."""


class NotText(InputError):
    """The input is binary, or its bytes fit no encoding."""


class TooLarge(InputError):
    """The input is over a stated limit."""


class Malformed(InputError):
    """The input breaks its own format."""


class ReaderError(OnrecordError):
    """The weights are missing, damaged, or of a version this package does not know."""


class LedgerError(OnrecordError):
    """The ledger cannot be opened or written."""


class NotInLedger(LedgerError):
    """The ledger holds no such document, speaker or record."""

"""The audit log, for admins: who logged in, failed to, corrected, took back, and who let whom in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from starlette.requests import Request
from starlette.routing import BaseRoute

from onrecord.errors import LedgerError
from onrecord.ledger import Ledger
from onrecord.views.accounts import Accounts, Entry
from onrecord.views.accounts.rows import DEEDS
from onrecord.views.web.askers import accounts_of, require
from onrecord.views.web.page import LIMIT, asked, page

__all__ = ["ROUTES", "AuditPage"]


@dataclass(frozen=True, slots=True)
class AuditPage:
    """`/audit`: lines of the log, newest first; of one (`who`) and of one deed (`did`) where that was asked.

    `next` is the number of the line to go on before, None at the end; `first` where this is the newest part.
    """

    template: ClassVar[str] = "audit.html"

    who: str
    did: str
    deeds: Sequence[str]
    lines: Sequence[Entry]
    next: int | None
    first: bool

    @classmethod
    def of(cls, accounts: Accounts, *, who: str | None, did: str | None, before: str | None) -> AuditPage:
        """Raises LedgerError for a deed that is never written down, and for a number that is none."""
        deeds = [deed for deed in DEEDS if deed == did]
        if did is not None and not deeds:
            raise LedgerError(f"{did!r} is nothing that is written down: {', '.join(DEEDS)}")
        if before is not None and not (before.isascii() and before.isdecimal() and len(before) < 16):
            raise LedgerError(f"{before!r} is no number of a line")
        lines = accounts.audit.lines(
            who=who, did=deeds, limit=LIMIT + 1, before=None if before is None else int(before)
        )
        further = lines[LIMIT - 1].number if len(lines) > LIMIT else None
        return cls(who or "", did or "", DEEDS, lines[:LIMIT], further, before is None)

    def as_json(self) -> dict[str, Any]:
        return {"who": self.who, "did": self.did, "next": self.next, "lines": [asdict(line) for line in self.lines]}


def _audit(ledger: Ledger, request: Request) -> AuditPage:
    require(request, "admin", "Only an admin sees who did what.")
    accounts = accounts_of(request)
    assert accounts is not None
    return AuditPage.of(accounts, who=asked(request, "who"), did=asked(request, "did"), before=asked(request, "before"))


ROUTES: list[BaseRoute] = page("/audit", _audit)

"""Who asks, and what they may: the same for every page, whether there are accounts or not."""

from __future__ import annotations

from collections.abc import Callable
from hmac import compare_digest
from secrets import token_bytes
from typing import Any

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request

from onrecord.errors import AccountsError
from onrecord.ledger.corrections import CorrectionRow
from onrecord.views.accounts import Accounts, Asker, Deed, Role
from onrecord.views.web.service import Service, handed_on, is_loopback

__all__ = [
    "READ_ONLY",
    "accounts_of",
    "address_of",
    "asker_of",
    "check_form",
    "masked",
    "matches",
    "may_correct",
    "may_undo",
    "on_loopback",
    "out_of_order",
    "require",
    "seen_by_templates",
    "write_down",
]

READ_ONLY = "This ledger is served read-only: it can be looked at, and not corrected."
_READER = "Your account may look at this ledger, and not correct it."


def accounts_of(request: Request) -> Accounts | None:
    """The accounts that decide who is let in; None where whoever can ask is."""
    service: Service = request.app.state.service
    return service.accounts


def asker_of(request: Request) -> Asker | None:
    """Who asks; None where nobody logged in, or there are no accounts."""
    asker: Asker | None = getattr(request.state, "asker", None)
    return asker


def address_of(request: Request) -> str:
    """The address that asks, as far as a trusted proxy or the connection tells it."""
    return request.client.host if request.client is not None else "unknown"


def on_loopback(request: Request) -> bool:
    """Whether a browser on this machine asks it directly, so that nothing it sends crosses a network.

    What a proxy on this machine hands on comes from it too, and may hold this machine's name; but it says that it does.
    """
    if handed_on(request.headers):
        return False
    host = request.headers.get("host", "")
    name = host if host.endswith("]") else host.rpartition(":")[0] or host
    return is_loopback(address_of(request)) and is_loopback(name)


def require(request: Request, role: Role, why: str) -> None:
    """Raises HTTPException (403, `why`) for whoever may not what this role may; without accounts everybody may."""
    asker = asker_of(request)
    if accounts_of(request) is not None and (asker is None or not asker.may(role)):
        raise HTTPException(403, why)


def why_not_correct(request: Request) -> str | None:
    """Why whoever asks may not correct the ledger; None where they may."""
    if request.app.state.writer is None:
        return READ_ONLY
    if accounts_of(request) is None:
        return None
    asker = asker_of(request)
    return None if asker is not None and asker.may("corrector") else _READER


def may_correct(request: Request) -> None:
    """Raises HTTPException (403) where whoever asks may not correct the ledger."""
    why = why_not_correct(request)
    if why is not None:
        raise HTTPException(403, why)


def may_undo(request: Request, row: CorrectionRow) -> bool:
    """Whether whoever asks may take this correction back: their own, or an admin any."""
    if why_not_correct(request) is not None:
        return False
    asker = asker_of(request)
    return asker is None or asker.may("admin") or asker.name == row.by


def check_form(request: Request, sent: str) -> None:
    """Raises HTTPException (403) where a form does not come from a page that was made for this very session.

    Where there is no session (a program with a token, or no accounts at all) there is nothing that a foreign page could
    make a browser send along.
    """
    asker = asker_of(request)
    if asker is not None and asker.csrf and not matches(sent, asker.csrf):
        raise HTTPException(403, "This form belongs to another session: open the page anew, and send it again.")


def masked(secret: str) -> str:
    """A secret of hexadecimal digits in other words each time, so that the length of a compressed page tells nothing of it
    (BREACH): a random mask, and the secret under it."""
    kept = bytes.fromhex(secret)
    mask = token_bytes(len(kept))
    return mask.hex() + bytes(a ^ b for a, b in zip(mask, kept, strict=True)).hex()


def matches(sent: str, secret: str) -> bool:
    """Whether what a form sent is this secret, as `masked` wrote it."""
    try:
        both = bytes.fromhex(sent)
    except ValueError:
        return False
    half = len(both) // 2
    return compare_digest(bytes(a ^ b for a, b in zip(both[:half], both[half:], strict=False)), bytes.fromhex(secret))


def write_down(request: Request, did: Deed, about: str | None = None, *, who: str | None = None) -> None:
    """Add a line to the audit log and to the server's; without accounts there is none.

    What is written down has been done: where the file of accounts cannot take the line, the server's log has it, with why.
    """
    service: Service = request.app.state.service
    if service.accounts is None:
        return
    asker = asker_of(request)
    name = who if who is not None or asker is None else asker.name
    address = address_of(request)
    problem = None
    try:
        service.accounts.audit.write(name, did, about, address=address)
    except AccountsError as error:
        problem = str(error)
    if service.log is not None:
        level: Any = "info" if problem is None else "error"
        request_id = getattr(request.state, "request_id", None)
        service.log.write(
            level, "audit", id=request_id, account=name, did=did, about=about, address=address, problem=problem
        )
    elif problem is not None:
        raise AccountsError(problem)


def out_of_order(request: Request, error: AccountsError) -> str:
    """What somebody is told of an error of the accounts: nothing of where they are kept. The server's log has that."""
    service: Service = request.app.state.service
    if service.log is not None:
        service.log.write("error", "accounts", id=getattr(request.state, "request_id", None), problem=str(error))
    return "The accounts cannot be used at the moment; the server's log says why."


def seen_by_templates(request: Request) -> dict[str, Any]:
    """What every template knows of whoever asks.

    `asker` is None without accounts; `inside`: whether the pages may be shown at all; `writable`: whether corrections can
    be made, else `unwritable` says why; `may_undo(row)`; `csrf()` is the hidden field of every form that is posted.
    """
    asker = asker_of(request)
    why = why_not_correct(request)
    undo: Callable[[CorrectionRow], bool] = lambda row: may_undo(request, row)  # noqa: E731

    def csrf() -> Markup:
        if asker is None or not asker.csrf:
            return Markup()
        return Markup('<input type="hidden" name="csrf" value="{}">').format(masked(asker.csrf))

    return {
        "asker": asker,
        "inside": asker is not None or accounts_of(request) is None,
        "writable": why is None,
        "unwritable": why or "",
        "may_undo": undo,
        "csrf": csrf,
    }

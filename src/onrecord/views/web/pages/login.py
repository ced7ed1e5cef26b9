"""Logging in and out: a name and a password, or a token where that is all there is."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from onrecord.views.accounts.rows import key_of
from onrecord.views.accounts.secret import csrf_of, new_secret
from onrecord.views.web.askers import accounts_of, address_of, asker_of, masked, matches, write_down
from onrecord.views.web.cookies import FORM, SESSION, cookie, forget, keep, safe
from onrecord.views.web.limits import Attempts, neighbourhood
from onrecord.views.web.page import html
from onrecord.views.web.posted import fields
from onrecord.views.web.turns import limited

__all__ = ["PASSWORDS_AT_ONCE", "ROUTES", "LoginPage", "how_long", "logged_in", "may_try", "succeeded"]

_NAME = 100  # characters of a name that are looked at: those of an account have fewer
_MOST = 20_000  # bytes of the form: a password of a thousand characters of four bytes, and an address to go on to
PASSWORDS_AT_ONCE = 2
"""Passwords compared at the same time: each takes 64 MiB and a core for some tens of milliseconds."""

_UNSAFE = (
    "Passwords are taken over TLS (https), or on the machine itself: here everybody on the way could read along. "
    "A proxy that speaks TLS has to be trusted (--trusted-proxy) and to say so (X-Forwarded-Proto)."
)
_WRONG = "That name and that password do not belong together."
_NO_TOKEN = "This token is not known, or was revoked."
_STALE = "This form was open for too long, or comes from elsewhere: send it again."


@dataclass(frozen=True, slots=True)
class LoginPage:
    """`/login`: a name and a password, or a token (`by_password` tells which). `next` is where to go then.

    `form` is what the form sends back, so that no other site can log somebody in here; `ended` says that a session has
    been ended; `problem` why nobody was let in.
    """

    template: ClassVar[str] = "login.html"

    by_password: bool
    form: str
    next: str
    name: str = ""
    ended: bool = False
    problem: str | None = None

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def _login(request: Request) -> Response:
    if not safe(request):
        raise HTTPException(403, _UNSAFE)
    onward = _onward(request.query_params.get("next", ""))
    if asker_of(request) is not None:
        return RedirectResponse(onward, 303)
    return _shown(request, onward, ended="out" in request.query_params)


def _shown(request: Request, onward: str, *, status: int = 200, **told: Any) -> Response:
    """The form, with a cookie that only this browser has, and what belongs to it in the form."""
    accounts = accounts_of(request)
    assert accounts is not None
    known = cookie(request, FORM) or new_secret()
    page = LoginPage(by_password=accounts.by_password, form=masked(csrf_of(known)), next=onward, **told)
    answer = html(request, page, status)
    keep(request, answer, FORM, known)
    answer.headers["cache-control"] = "no-store"
    return answer


async def _posted(request: Request) -> Response:
    if not safe(request):
        raise HTTPException(403, _UNSAFE)
    sent = await fields(request, most=_MOST, of_session=False)
    return await limited(request, "passwords", PASSWORDS_AT_ONCE, lambda: _log_in(request, sent))


def _log_in(request: Request, sent: dict[str, str]) -> Response:
    """303 to where somebody was going; 403 for what does not open, 429 after too many attempts, the form still there."""
    accounts = accounts_of(request)
    assert accounts is not None
    onward, name = _onward(sent.get("next", "")), sent.get("name", "").strip()
    known = cookie(request, FORM)
    if not known or not matches(sent.get("form", ""), csrf_of(known)):
        return _shown(request, onward, status=403, name=name, problem=_STALE)
    wait = may_try(request, name)
    if wait:
        words = f"Too many attempts: try again in {how_long(wait)}."
        answer = _shown(request, onward, status=429, name=name, problem=words)
        answer.headers["retry-after"] = str(math.ceil(wait))
        return answer
    if accounts.by_password:
        found = accounts.people.check(name, sent.get("password", ""))
        session = accounts.sessions.open(found) if found is not None else None
    else:
        session = accounts.sessions.open_by_token(sent.get("token", "").strip())
    if session is None:
        # A name that there is not may be a password in the wrong field: it is not written down.
        real = next((one.name for one in accounts.people.all() if key_of(one.name) == key_of(name)), None)
        write_down(request, "failed to log in", real or "a name that there is not" if accounts.by_password else None)
        return _shown(request, onward, status=403, name=name, problem=_WRONG if accounts.by_password else _NO_TOKEN)
    succeeded(request, name)
    asker = accounts.sessions.asker(session)
    write_down(request, "logged in", who=None if asker is None else asker.name)
    return logged_in(request, session, onward)


def logged_in(request: Request, session: str, onward: str) -> Response:
    """On to an address with a new session; the one that the browser had before is ended."""
    accounts = accounts_of(request)
    assert accounts is not None
    before = cookie(request, SESSION)
    if before:
        accounts.sessions.end(before)
    answer = RedirectResponse(onward, 303, headers={"cache-control": "no-store"})
    keep(request, answer, SESSION, session)
    forget(request, answer, FORM)
    return answer


async def _left(request: Request) -> Response:
    await fields(request, most=_MOST)
    return await run_in_threadpool(_log_out, request)


def _log_out(request: Request) -> Response:
    accounts = accounts_of(request)
    session = cookie(request, SESSION)
    if accounts is None or not session:
        raise HTTPException(403, "A token has no session that could be ended.")
    accounts.sessions.end(session)
    write_down(request, "logged out")
    # What the browser kept of the pages goes too, so that "back" shows nothing to whoever sits there next.
    headers = {"cache-control": "no-store", "clear-site-data": '"cache"'}
    answer = RedirectResponse("/login?out", 303, headers=headers)
    forget(request, answer, SESSION)
    return answer


def may_try(request: Request, name: str) -> float:
    """Count an attempt at somebody's password; 0 where it may be made, else the seconds to wait."""
    attempts: Attempts = request.app.state.attempts
    return attempts.begin(*_tried(request, name))


def succeeded(request: Request, name: str) -> None:
    attempts: Attempts = request.app.state.attempts
    attempts.succeeded(*_tried(request, name))


def _tried(request: Request, name: str) -> tuple[str, str]:
    """As what an attempt is counted: no more of a name than one can have. Who has a token has no name to be tried by."""
    address = neighbourhood(address_of(request))
    return key_of(name[:_NAME]) or address, address


def how_long(seconds: float) -> str:
    whole = math.ceil(seconds)
    return f"{whole} seconds" if whole < 120 else f"{math.ceil(whole / 60)} minutes"


def _onward(address: str) -> str:
    """Where to go after logging in: an address of this server, or the front page. "//x", "/\\x" and "x" lead elsewhere."""
    inside = address.startswith("/") and not address.startswith(("//", "/\\", "/login"))
    return address if inside and address.isprintable() and "\\" not in address else "/"


ROUTES: list[BaseRoute] = [
    Route("/login", _posted, methods=["POST"]),
    Route("/login", _login),
    Route("/logout", _left, methods=["POST"]),
]

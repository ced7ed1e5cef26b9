"""One's own account: who one is here, logging out, another password."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from onrecord.errors import AccountsError
from onrecord.views.accounts import Accounts, Asker
from onrecord.views.accounts.secret import LEAST
from onrecord.views.web.askers import accounts_of, asker_of, write_down
from onrecord.views.web.cookies import SESSION, cookie
from onrecord.views.web.page import html
from onrecord.views.web.pages.login import PASSWORDS_AT_ONCE, how_long, logged_in, may_try, succeeded
from onrecord.views.web.posted import fields
from onrecord.views.web.turns import limited

__all__ = ["ROUTES", "AccountPage"]

_MOST = 20_000
_TOKEN = "A token has no page of its own: it is made and revoked on the machine."
_DONE = {
    "password": "Your password is changed. Every other browser in which you were logged in has to log in anew.",
    "others": "Every other browser in which you were logged in has to log in anew.",
}


@dataclass(frozen=True, slots=True)
class AccountPage:
    """`/account`: somebody's name and role, and what they can do about it. `done` and `problem` tell what came of a form.

    `by_password`: whether there is a password that can be changed; `least` is how many characters it has.
    """

    template: ClassVar[str] = "account.html"

    name: str
    role: str
    by_password: bool
    least: int = LEAST
    done: str | None = None
    problem: str | None = None

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def _account(request: Request) -> Response:
    return _shown(request, done=_DONE.get(request.query_params.get("done", "")))


def _shown(request: Request, *, status: int = 200, done: str | None = None, problem: str | None = None) -> Response:
    accounts, asker = _mine(request)
    page = AccountPage(asker.name, asker.role, accounts.by_password, done=done, problem=problem)
    answer = html(request, page, status)
    answer.headers["cache-control"] = "no-store"
    return answer


async def _changed(request: Request) -> Response:
    sent = await fields(request, most=_MOST)
    return await limited(request, "passwords", PASSWORDS_AT_ONCE, lambda: _change_password(request, sent))


def _change_password(request: Request, sent: dict[str, str]) -> Response:
    """303 back to the page, with a new session; 422 with why nothing was changed, 429 after too many attempts."""
    accounts, asker = _mine(request)
    if not accounts.by_password:
        raise HTTPException(403, _TOKEN)
    wait = may_try(request, asker.name)
    if wait:
        return _shown(request, status=429, problem=f"Too many attempts: try again in {how_long(wait)}.")
    if accounts.people.check(asker.name, sent.get("current", "")) is None:
        write_down(request, "failed to log in", f"{asker.name}, to change the password")
        return _shown(request, status=422, problem="That is not your password as it is now.")
    succeeded(request, asker.name)
    if sent.get("password", "") != sent.get("again", ""):
        return _shown(request, status=422, problem="The new password was not typed the same way twice.")
    try:
        accounts.people.change_password(asker.name, sent.get("password", ""))
    except AccountsError as error:
        return _shown(request, status=422, problem=f"{str(error)[0].upper()}{str(error)[1:]}.")
    write_down(request, "changed a password", asker.name)
    return logged_in(request, accounts.sessions.open(asker.name), "/account?done=password")


async def _ended(request: Request) -> Response:
    await fields(request, most=_MOST)
    return await run_in_threadpool(_end_others, request)


def _end_others(request: Request) -> Response:
    accounts, asker = _mine(request)
    ended = accounts.sessions.end_others(cookie(request, SESSION))
    write_down(request, "logged out", f"{asker.name}, in {ended} other browsers")
    return RedirectResponse("/account?done=others", 303)


def _mine(request: Request) -> tuple[Accounts, Asker]:
    """Whoever has a session. Raises HTTPException (403) for a program with a token."""
    accounts, asker = accounts_of(request), asker_of(request)
    if accounts is None or asker is None or not asker.csrf:
        raise HTTPException(403, _TOKEN)
    return accounts, asker


ROUTES: list[BaseRoute] = [
    Route("/account", _account),
    Route("/account/password", _changed, methods=["POST"]),
    Route("/account/others", _ended, methods=["POST"]),
]

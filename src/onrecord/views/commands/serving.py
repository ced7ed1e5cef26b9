"""`onrecord serve`: to this machine alone, or with accounts to whoever has one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from onrecord.views import completing
from onrecord.views.options import LedgerPath, Port, one_of
from onrecord.views.spread import spread

if TYPE_CHECKING:
    from onrecord.views.web.service import Service

__all__ = ["FORMATS", "serve"]

# As in the web's own rooms, which are not imported to print help; a test holds them equal.
FORMATS = ("json", "text")
RATE = 20.0

_HOST_NAME = re.compile(r"(?!-)[a-z0-9-]{1,63}(\.(?!-)[a-z0-9-]{1,63})*", re.IGNORECASE)


def _names(values: list[str] | None) -> list[str]:
    for value in values or ():
        if not _HOST_NAME.fullmatch(value):
            raise typer.BadParameter(f"{value!r} is not a name such as news.example.org")
    return values or []


def _proxies(values: list[str] | None) -> list[str]:
    for value in values or ():
        try:
            ip_network(value)
        except ValueError as error:
            raise typer.BadParameter(
                f"{value!r} is not an address or a network such as 10.0.0.0/8 ({error})"
            ) from error
    return values or []


@dataclass(frozen=True, slots=True)
class Beyond:
    """Where it is served, and to whom."""

    host: Annotated[
        str, typer.Option(help="The address to listen on; beyond the loopback only with --accounts or --token-file.")
    ] = "127.0.0.1"
    accounts: Annotated[
        Path | None,
        typer.Option(metavar="FILE", show_default=False, help="Who may log in: see onrecord accounts add."),
    ] = None
    token_file: Annotated[
        Path | None,
        typer.Option(metavar="FILE", show_default=False, help="Tokens that are let in, a line each: NAME ROLE TOKEN."),
    ] = None
    name: Annotated[
        list[str] | None,
        typer.Option(
            callback=_names, metavar="HOST", show_default=False, help="A name it is asked under; may be repeated."
        ),
    ] = None
    trusted_proxy: Annotated[
        list[str] | None,
        typer.Option(
            callback=_proxies,
            metavar="ADDRESS",
            show_default=False,
            help="A proxy whose X-Forwarded-For and -Proto are believed; may be repeated.",
        ),
    ] = None
    rate_limit: Annotated[
        float,
        typer.Option(min=0, metavar="N", help="Requests a second for each address and each account; 0 for no limit."),
    ] = RATE

    def __post_init__(self) -> None:
        if self.accounts is not None and self.token_file is not None:
            raise typer.BadParameter("they exclude each other", param_hint="--accounts and --token-file")
        if self.accounts is not None or self.token_file is not None:
            return
        if not _is_loopback(self.host):
            raise typer.BadParameter(
                f"{self.host} is not this machine's loopback (127.0.0.1, ::1 or localhost): beyond it a ledger is served "
                "only with --accounts FILE or --token-file FILE",
                param_hint="--host",
            )
        for given, hint in ((self.name, "--name"), (self.trusted_proxy, "--trusted-proxy")):
            if given:
                raise typer.BadParameter(
                    "whoever comes by that way is not on this machine: only with --accounts FILE or --token-file FILE",
                    param_hint=hint,
                )


@dataclass(frozen=True, slots=True)
class Told:
    """What whoever runs it is told."""

    log_format: Annotated[
        str | None,
        typer.Option(
            callback=one_of(FORMATS),
            autocompletion=completing.words(FORMATS),
            metavar="FORMAT",
            show_default=False,
            help="Tell every request on standard error: json or text. With accounts json unless told.",
        ),
    ] = None
    metrics_token_file: Annotated[
        Path | None,
        typer.Option(metavar="FILE", show_default=False, help="A file with the token that may read /metrics."),
    ] = None


@spread
def serve(
    ledger: LedgerPath,
    port: Port = 8484,
    read_only: Annotated[bool, typer.Option("--read-only", help="Offer no corrections on the pages.")] = False,
    *,
    beyond: Beyond,
    told: Told,
) -> None:
    """Show LEDGER as web pages, until Ctrl+C: on this machine, or with accounts to a team."""
    from onrecord.views.web import serve as serve_pages

    with _service(ledger, beyond, told) as service:
        serve_pages(ledger, host=beyond.host, port=port, read_only=read_only, service=service)


@contextmanager
def _service(ledger: str, beyond: Beyond, told: Told) -> Iterator[Service]:
    """Raises AccountsError for accounts or tokens that cannot be read, MissingExtra where argon2-cffi is not installed."""
    from onrecord.errors import AccountsError
    from onrecord.views.accounts import Accounts
    from onrecord.views.accounts.secret import digest, ready
    from onrecord.views.accounts.token_file import read_token
    from onrecord.views.web.logs import Log
    from onrecord.views.web.service import Service

    accounts: Accounts | None = None
    if beyond.accounts is not None:
        if beyond.accounts.exists() and Path(ledger).exists() and beyond.accounts.samefile(ledger):
            raise AccountsError(f"{ledger}: accounts are kept in a file of their own, not in the ledger")
        ready()
        accounts = Accounts.open(beyond.accounts)
        if not accounts.people.all() and not accounts.tokens.all():
            accounts.close()
            raise AccountsError(f"{beyond.accounts}: nobody has an account: onrecord accounts add")
    elif beyond.token_file is not None:
        accounts = Accounts.of_tokens(beyond.token_file)
    form = told.log_format or ("json" if accounts is not None else None)
    try:
        yield Service(
            accounts=accounts,
            names=tuple(beyond.name or ()),
            proxies=tuple(ip_network(one) for one in beyond.trusted_proxy or ()),
            rate=beyond.rate_limit,
            log=None if form is None else Log(cast(Any, form)),
            metrics_token=None if told.metrics_token_file is None else digest(read_token(told.metrics_token_file)),
        )
    finally:
        if accounts is not None:
            accounts.close()


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False

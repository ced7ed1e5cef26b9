"""How a ledger is served: to whom, under which names, and what whoever runs the server is told."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address

from starlette.datastructures import Headers

from onrecord.views.accounts import Accounts
from onrecord.views.web.logs import Log

__all__ = ["RATE", "Service", "handed_on", "is_loopback"]

RATE = 20.0
"""Requests a second that one address, and one account, may go on making; ten seconds' worth may come at once. A page with
all that it loads is twelve requests once, and two after that."""

Network = IPv4Network | IPv6Network


@dataclass(frozen=True, slots=True)
class Service:
    """Whom a server lets in, and what it tells.

    Without `accounts` it is for this machine alone: whoever can ask may see and correct. With them everybody logs in, and
    it may be asked under `names` besides this machine's own and bare addresses. What `proxies` say about on whose behalf
    they ask is believed. `rate` is a number of requests a second for each address and each account, 0 for no limit. `log`
    is told every request. `metrics_token` is a digest of the token that may read the metrics (see `accounts.secret`).
    """

    accounts: Accounts | None = None
    names: tuple[str, ...] = ()
    proxies: tuple[Network, ...] = ()
    rate: float = RATE
    log: Log | None = None
    metrics_token: str | None = None


def handed_on(asked: Headers) -> bool:
    """Whether a request says that a proxy hands it on."""
    return any(name in asked for name in ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto"))


def is_loopback(host: str) -> bool:
    """Whether a host, as an address or a Host header without its port names it, is this machine's own loopback."""
    try:
        return host == "localhost" or ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False

"""Where connections may lead. A name is looked up once, each address it has is checked, and the connection is made to an
address that was checked: a name that means something else a moment later ("DNS rebinding") leads nowhere.

A page from the web could otherwise send its reader, by a redirect or a name of its own, to what only this machine or its
network can reach, and have it stored as an article.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Any

import httpcore

from onrecord.errors import Unfetched
from onrecord.intake.fetching.clock import Clock

__all__ = ["CheckedBackend", "Resolve", "addresses_of", "why_private"]

Resolve = Callable[[str, int], Iterable[str]]
"""The addresses of a host and port, as texts. Raises OSError where it has none."""

_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: an IPv4 address in the last 32 bits
# What Python's tables leave out, each version something else (IANA's registries of special addresses): clouds keep what they
# tell their machines at 192.0.0.192; IPv6 gives the public internet addresses out of 2000::/3 alone.
_NOT_PUBLIC = (IPv4Network("192.0.0.0/24"), IPv4Network("192.88.99.0/24"), IPv6Network("3fff::/20"))
_GIVEN_OUT = IPv6Network("2000::/3")

Ip = IPv4Address | IPv6Address


def addresses_of(host: str, port: int) -> list[str]:
    """The addresses that the system's resolver gives."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def why_private(address: str) -> str | None:
    """In words, why an address is none of the public internet's; None for one that is."""
    ip = ip_address(address)
    for inner in (ip, *_within(ip)):
        if inner.is_loopback:
            return "this machine itself"
        if inner.is_link_local:
            return "a link-local address"
        if inner.is_multicast:
            return "a multicast address"
        if inner.is_unspecified:
            return "no address of a machine"
        if inner.is_private:
            return "a private network"
        if not inner.is_global or any(inner in network for network in _NOT_PUBLIC):
            return "not an address of the public internet"
    if isinstance(ip, IPv6Address) and ip.ipv4_mapped is None and ip not in _GIVEN_OUT and ip not in _NAT64:
        return "not an address of the public internet"
    return None


def _within(ip: Ip) -> list[Ip]:
    """The IPv4 addresses that an IPv6 address stands for, by whichever way of passing one on."""
    if isinstance(ip, IPv4Address):
        return []
    found: list[Ip] = [inner for inner in (ip.ipv4_mapped, ip.sixtofour) if inner is not None]
    if ip.teredo is not None:
        found.append(ip.teredo[1])
    if ip in _NAT64:
        found.append(IPv4Address(int(ip) & 0xFFFFFFFF))
    return found


class CheckedBackend(httpcore.NetworkBackend):
    """Connections of httpcore to checked addresses only, each of which ends when the time for the whole answer is over.

    httpcore's own limits hold for each read; a server that sends one byte every few seconds would never meet them.
    """

    def __init__(
        self,
        *,
        clock: Clock,
        allow_private: bool,
        resolve: Resolve = addresses_of,
        network: httpcore.NetworkBackend | None = None,
    ) -> None:
        self._clock = clock
        self._allow_private = allow_private
        self._resolve = resolve
        self._plain = network or httpcore.SyncBackend()
        self._deadline: ContextVar[float | None] = ContextVar("deadline", default=None)

    def end_in(self, seconds: float) -> None:
        """Whatever is read or written from now on has to be over in so many seconds."""
        self._deadline.set(self._clock.monotonic() + seconds)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        failed: Exception | None = None
        for address in self._checked(host, port):
            try:
                stream = self._plain.connect_tcp(address, port, self.left(timeout), local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = failed or error
            else:
                return _Timed(stream, self)
        raise failed or httpcore.ConnectError(f"{host} has no address")

    def left(self, timeout: float | None) -> float | None:
        """The seconds that one operation may take. Raises httpcore.ReadTimeout where no time is left."""
        deadline = self._deadline.get()
        if deadline is None:
            return timeout
        rest = deadline - self._clock.monotonic()
        if rest <= 0:
            raise httpcore.ReadTimeout("the time for the whole answer is over")
        return rest if timeout is None else min(rest, timeout)

    def _checked(self, host: str, port: int) -> list[str]:
        try:
            found = list(self._resolve(host, port))
        except (OSError, UnicodeError) as error:  # UnicodeError: a label of more than 63 characters
            raise Unfetched(host, f"no address is known for {host} ({_words(error)})", again=0) from error
        if self._allow_private:
            return found
        reasons = [why_private(address) for address in found]
        public = [address for address, reason in zip(found, reasons, strict=True) if reason is None]
        if found and not public:
            raise Unfetched(
                host, f"{host} is {reasons[0]} ({found[0]}): not fetched unless private addresses are allowed"
            )
        return public


def _words(error: Exception) -> str:
    return str(getattr(error, "strerror", None) or error)


class _Timed(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream, backend: CheckedBackend) -> None:
        self._stream = stream
        self._backend = backend

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._backend.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._backend.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, self._backend.left(timeout)), self._backend)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)

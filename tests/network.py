"""No test leaves this machine: what connects, sends or asks for an address beyond the loopback is refused in the test's own
process, and the test fails even where the refusal was taken for a dead server.

The interpreter itself tells of each attempt (PEP 578), so that no way of asking for a socket goes by: neither one that was
imported before, nor one in a thread, nor one of asyncio's. Libraries and programs that bring sockets of their own (libpq, a
browser, Java) are not seen; their tests give them addresses on the loopback or a socket of Unix.
"""

from __future__ import annotations

import socket
import sys
from ipaddress import ip_address

CONNECTS = ("socket.connect", "socket.sendto", "socket.sendmsg")  # arguments: the socket, an address
LOOKS_UP = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr")  # arguments: a host, …
WATCHED = frozenset((*CONNECTS, *LOOKS_UP))

attempts: list[str] = []


class NetworkUsed(Exception):
    """A test went beyond the loopback. No OSError: whoever catches dead connections is not meant to catch this."""


def watch() -> None:
    """From now on, for as long as this process lives, refuse what leaves the machine and note it in `attempts`."""
    sys.addaudithook(_look)


def _look(event: str, arguments: tuple[object, ...]) -> None:
    if event not in WATCHED:
        return
    if event in CONNECTS:
        address = arguments[1]
        if not isinstance(address, tuple) or not isinstance(address[0], str | bytes):
            return  # a socket of Unix or of the kernel, or one that is connected already
        left = not _stays(address[0])
    else:
        # A look-up of digits asks nobody, in whichever of their spellings. No name, or an empty one, is this machine.
        address = arguments[0]
        left = address is not None and not _stays(address) and not _is_digits(address)
    if left:
        attempts.append(f"{event} {address!r}")
        raise NetworkUsed(f"a test may not leave this machine: {attempts[-1]}")


def _stays(host: object) -> bool:
    name = host.decode() if isinstance(host, bytes) else str(host)
    if name in ("", "localhost"):
        return True
    try:
        found = ip_address(name.split("%")[0])
    except ValueError:
        return False
    return (getattr(found, "ipv4_mapped", None) or found).is_loopback


def _is_digits(host: object) -> bool:
    name = host.decode() if isinstance(host, bytes) else str(host)
    for read in (socket.inet_aton, ip_address):  # the first knows 127.1 and 0x7f.1, the second IPv6
        try:
            read(name.split("%")[0])
        except (OSError, ValueError):
            continue
        return True
    return False

"""Addresses of the web as inputs: what is one, what makes two the same page, and which are not fetched whoever asks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit, urlunsplit

from onrecord.errors import Unfetched

__all__ = ["NOTHING_KNOWN", "Validators", "does_something", "host_of", "is_address", "page_address", "require_address"]

_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_PORTS = {"http": 80, "https": 443}
_LONGEST = 8000  # RFC 9110 asks everybody to support this much
# What feeds add to their links to count readers. The names are a convention of their own and mean nothing to the page.
_COUNTERS = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id", re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x20\x7f]")
_DOING = frozenset(("javascript", "vbscript", "livescript", "data", "blob", "file", "filesystem", "view-source"))


@dataclass(frozen=True, slots=True)
class Validators:
    """By what a server recognises the version of an answer that is known already."""

    etag: str | None = None
    modified: str | None = None

    def headers(self) -> dict[str, str]:
        asked = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in asked.items() if value}


NOTHING_KNOWN = Validators()
"""Of an address that was never asked."""


def is_address(given: object) -> bool:
    """Whether an input is an address rather than the name of a file."""
    return isinstance(given, str) and _ADDRESS.match(given) is not None


def does_something(address: str) -> bool:
    """Whether a link to this would run a script, or open what lies on the reader's machine, instead of leading somewhere.

    Browsers pass over control characters in front of a scheme and within it, and so does this.
    """
    scheme, colon, _ = _CONTROLS.sub("", address[:_LONGEST]).partition(":")
    return bool(colon) and scheme.lower() in _DOING


def host_of(address: str) -> str:
    """The host of an address, by which pauses between requests are kept; "" where it has none."""
    found = _split(address)
    return (found.hostname or "") if found is not None else ""


def require_address(address: str) -> str:
    """`address` without its fragment. Raises Unfetched where it is no http or https address that may be asked.

    One with a name and password in it is refused: it would be stored with the article, and shown.
    """
    found = _split(address)
    if found is None or found.scheme.lower() not in _PORTS:
        raise Unfetched(address, "not an address that starts with http:// or https://", forbidden=True)
    if not found.hostname:
        raise Unfetched(address, "an address without a host", forbidden=True)
    if found.username is not None or found.password is not None:
        raise Unfetched(
            _bare(found),
            "an address with a name or password in it is not fetched: it would be stored and shown",
            forbidden=True,
        )
    if len(address) > _LONGEST:
        raise Unfetched(address[:80] + "…", f"an address of more than {_LONGEST:,} characters", forbidden=True)
    if _CONTROLS.search(address):
        raise Unfetched(address, "an address with a blank or a control character in it", forbidden=True)
    return urlunsplit(found._replace(fragment=""))


def page_address(address: str) -> str:
    """The form in which addresses of one page are equal: scheme and host in lower case, no default port, no fragment, and
    none of the parameters that only count readers (`utm_source` and the like)."""
    found = _split(address)
    if found is None or not found.hostname:
        return address
    scheme, host = found.scheme.lower(), found.hostname
    host = f"[{host}]" if ":" in host else host
    if found.port is not None and found.port != _PORTS.get(scheme):
        host = f"{host}:{found.port}"
    query = found.query
    if _COUNTERS.search(query):
        pairs = parse_qsl(query, keep_blank_values=True)
        query = urlencode([(name, value) for name, value in pairs if not _COUNTERS.fullmatch(name)])
    return urlunsplit((scheme, host, found.path or "/", query, ""))


def _split(address: str) -> SplitResult | None:
    try:
        found = urlsplit(address)
        _ = found.port  # "http://host:99999" is found out here
    except ValueError:
        return None
    return found


def _bare(found: SplitResult) -> str:
    return urlunsplit(found._replace(netloc=found.netloc.rpartition("@")[2]))

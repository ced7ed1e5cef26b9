"""What an answer's status and headers say: whether it is one, of what kind, how long it holds, when to ask again."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime

from onrecord.errors import EmptyInput, InputError, NotText, Unfetched

__all__ = ["fresh_for", "kind_of", "refusal", "require_readable", "retry_after"]

_LASTING = {
    400: "the server does not understand the request (400)",
    401: "the server wants a log-in (401)",
    402: "the server wants to be paid (402)",
    403: "the server does not permit it (403)",
    404: "no such page (404)",
    405: "the server does not permit it (405)",
    406: "the server has it in no form that was asked for (406)",
    410: "the page is gone for good (410)",
    451: "not available for legal reasons (451)",
}
_PASSING = {
    408: "the server took too long (408)",
    421: "the server is not the one for this address (421)",
    425: "the server wants to be asked again (425)",
    429: "too many requests, says the server (429)",
    500: "the server has failed (500)",
    502: "the server behind the server has failed (502)",
    503: "the server is not available at the moment (503)",
    504: "the server behind the server took too long (504)",
}
_LONGEST_WAIT = 7 * 86400.0
_READABLE = re.compile(
    r"text/.+|application/(?:.+\+)?(?:xml|json)|application/(?:octet-stream|x-(?:rss|atom|opml).*|opml|pdf|(?:x-)?gzip)"
)


def refusal(name: str, status: int, headers: Mapping[str, str], now: datetime) -> InputError | None:
    """The error that a status stands for; None for 200, 203 and 304. Redirects have been followed before."""
    if status in (200, 203, 304):
        return None
    if status in (204, 205):
        return EmptyInput(name, f"the server has nothing to show there ({status})")
    wait = retry_after(headers, now)
    if status in _PASSING or status >= 500:
        reason = _PASSING.get(status, f"the server has failed ({status})")
        return Unfetched(name, reason, status=status, again=0.0 if wait is None else wait)
    return Unfetched(name, _LASTING.get(status, f"the server answers with status {status}"), status=status)


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds until the server wants to be asked again (`Retry-After`, as seconds or as a date), at most a week.

    A date is held to the server's own `Date`, here and below: its clock and this one's may be hours apart.
    """
    value = headers.get("retry-after", "").strip()
    if re.fullmatch(r"\d{1,9}", value):
        return min(float(value), _LONGEST_WAIT)
    moment = _moment(value)
    return None if moment is None else min(max((moment - _said_at(headers, now)).total_seconds(), 0.0), _LONGEST_WAIT)


def fresh_for(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds for which the server says that its answer holds; None where it does not say."""
    control = headers.get("cache-control", "").lower()
    if re.search(r"\bno-(?:cache|store)\b", control):
        return None
    if found := re.search(r"\bmax-age\s*=\s*\"?(\d{1,9})", control):
        return float(found[1])
    moment = _moment(headers.get("expires", ""))
    return None if moment is None else max((moment - _said_at(headers, now)).total_seconds(), 0.0) or None


def kind_of(headers: Mapping[str, str]) -> tuple[str | None, str | None]:
    """The media type in lower case, and the charset, as `Content-Type` states them."""
    stated = headers.get("content-type", "").strip()
    if not stated:
        return None, None
    message = Message()
    message["content-type"] = stated
    charset = message.get_param("charset")
    return message.get_content_type(), charset if isinstance(charset, str) and charset else None


def require_readable(name: str, kind: str | None) -> None:
    """Raises NotText for a media type that holds no article and no feed. What states none is looked at itself."""
    if kind is not None and not _READABLE.fullmatch(kind):
        raise NotText(name, f"neither a page nor a feed but {kind}")


def _said_at(headers: Mapping[str, str], now: datetime) -> datetime:
    return _moment(headers.get("date", "").strip()) or now


def _moment(value: str) -> datetime | None:
    if not value:
        return None
    try:
        moment = parsedate_to_datetime(value)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return moment if math.isfinite(moment.timestamp()) else None
    except (ValueError, OverflowError):
        return None

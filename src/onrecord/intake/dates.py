"""Publication dates: reading one date as the web writes it, and choosing among those that a document offers.

A page often offers several dates. All are kept as `DateCandidate`; one is chosen by where it was offered, most
deliberate statement first (`ORDER`). A date of modification, or one that cannot be read, is kept but never chosen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from onrecord.errors import Malformed
from onrecord.records import Block, DateCandidate, Span

__all__ = [
    "ORDER",
    "Dateline",
    "choose",
    "date_in_url",
    "dateline",
    "is_date_line",
    "original_url",
    "read_date",
    "require_iso",
]

ORDER: tuple[str, ...] = (
    "caller",
    "field",
    "json-ld datePublished",
    "meta published",
    "time published",
    "json-ld page datePublished",
    "feed",
    "url",
    "dateline",
    "json-ld dateCreated",
    "time",
    "seen",
)
"""Origins in order of choice; a candidate's `origin` is one of these, with a detail after a colon (`field: published`).

What a person or a program states about the article goes before what is read off the page. Of 1,455 local news
articles with a known date, 502 have a day in their URL (the publication date for 97.8 %, within a day for 99.4 %), and
34 a dateline (88 % and 97 %: reports are often written the day before they appear). Origins that are not listed, such as
`json-ld dateModified`, are never chosen.
"""

_ISO = re.compile(
    r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?) ?(Z|[+-]\d{2}(?::?\d{2})?)?)?", re.IGNORECASE
)
_BASIC = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})(Z?))?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?\.?|july?\.?|aug(?:ust|\.)?"
    r"|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
)
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_WRITTEN = (
    re.compile(rf"{_MONTH} ?{_DAY},? {_YEAR}(?!\d)", re.IGNORECASE),
    re.compile(rf"(?<!\d){_DAY}(?: of)? {_MONTH},? {_YEAR}(?!\d)", re.IGNORECASE),
    re.compile(r"(?<![\d-])(?P<year>(?:19|20)\d\d)-(?P<number>[01]\d)-(?P<day>[0-3]\d)(?![\d-])"),
)
_URL_DATE = (
    re.compile(r"[/_-](?P<year>(?:19|20)\d\d)[/_-](?P<number>[01]?\d)[/_-](?P<day>[0-3]?\d)(?=[/_.?-]|$)"),
    re.compile(r"[/_-](?P<year>(?:19|20)\d\d)/(?P<month>[a-z]{3})/(?P<day>[0-3]?\d)(?=[/_.?-]|$)", re.IGNORECASE),
    re.compile(r"[/_-](?P<year>(?:19|20)\d\d)(?P<number>[01]\d)(?P<day>[0-3]\d)(?=[/_.?-]|$)"),
)
_ARCHIVE = re.compile(r"https?://web\.archive\.org/(?:web/)?\d{4,14}(?:[a-z]{2}_)?/(?=https?://)", re.IGNORECASE)

# A line that says when it was published: an optional label, a weekday, the date, a time of day, and nothing else.
_LABEL = r"(?:(?:first |originally )?(?:published|posted|created|date|on)\b(?: (?:at|on))?:?)"
_CLOCK = r"(?:at |@ |- |– |\| |, )?\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?: ?[ap]\.?m\.?)?(?: ?\(?[a-z]{2,5}\)?)?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?)"
_DATE = rf"(?P<date>{'|'.join(re.sub(r'[(][?]P<[a-z]+>', '(?:', pattern.pattern) for pattern in _WRITTEN)})"
_LINE = re.compile(
    rf"\W{{0,4}}{_LABEL}?\s*(?:{_CLOCK},? ?)?{_WEEKDAY}?\s*{_DATE}[\s,|–-]*(?:{_CLOCK})?\W{{0,3}}", re.IGNORECASE
)
# A wire dateline before the first sentence: "FRANKLIN (Feb. 4, 2014) –", "KYIV, 28 October 2024 (Reuters) —"; and a
# date with its weekday that opens the first paragraph ("Thursday, May 7, 2015 On Tuesday, the …").
_WIRE = re.compile(
    rf"(?-i:[A-Z])[\w .,'’/-]{{2,40}}[(,] ?{_WEEKDAY}?\s?{_DATE}\)?(?: ?\([^()\n]{{2,30}}\))? ?[-–—:]", re.IGNORECASE
)
_OPENING = re.compile(rf"{_WEEKDAY} {_DATE}(?=\s+(?-i:[A-Z\"“‘]))", re.IGNORECASE)
_UPDATE = re.compile(r"\W{0,4}(?:last )?(?:updated?|modified|edited|changed)\b", re.IGNORECASE)
_DATELINE_BLOCKS = 6
_EPOCH_MILLISECONDS = 10_000_000_000


class Dateline(NamedTuple):
    """A date that stands in the text as the article's own: its ISO form and where it stands."""

    value: str
    span: Span


def require_iso(value: str, *, name: str = "published") -> str:
    """`value` as an ISO 8601 date or date-time with offset. Raises Malformed, naming `name`, for anything else."""
    iso = _read_iso(value.strip())
    if iso is None:
        raise Malformed(name, f"{value!r} is not an ISO 8601 date or date-time (2024-10-28, 2024-10-28T09:15:00+02:00)")
    return iso


def read_date(value: str | int | float) -> str | None:
    """A date as metadata gives it, in ISO 8601; None if it is no date, or not one certain date ("03/04/2015").

    Accepted: ISO 8601 extended and basic, RFC 5322 (feeds), seconds or milliseconds since 1970, and English in words
    ("Oct. 28, 2024"). A time of day without an offset is left out: which instant it names is not known.
    """
    if isinstance(value, int | float):
        return _from_epoch(float(value))
    raw = " ".join(value.split())
    if iso := _read_iso(raw):
        return iso
    if re.fullmatch(r"\d{10}|\d{13}", raw):
        return _from_epoch(float(raw))
    if m := _BASIC.fullmatch(raw):
        year, month, day, hour, minute, second, zulu = m.groups()
        clock = f"T{hour}:{minute}:{second}+00:00" if zulu else ""
        return _read_iso(f"{year}-{month}-{day}{clock}")
    if re.match(r"(?:[A-Za-z]{3}, )?\d{1,2} [A-Za-z]{3} \d{4} \d\d:\d\d", raw):
        try:
            moment = parsedate_to_datetime(raw)
        except (ValueError, OverflowError):  # an hour or offset of twenty digits
            return None
        return moment.isoformat() if moment.tzinfo else moment.date().isoformat()
    if len(raw) <= 60:
        for pattern in _WRITTEN:
            if (m := pattern.search(raw)) and (iso := _calendar(m)):
                return iso
    return None


def date_in_url(url: str) -> str | None:
    """The day in the path of an address (`/2014/02/04/`, `-20140204.html`); an archive's time stamp is not it."""
    path = re.sub(r"^https?://[^/]*", "", original_url(url)).partition("#")[0]
    for pattern in _URL_DATE:
        for m in pattern.finditer(path):
            if iso := _calendar(m):
                return iso
    return None


def original_url(url: str) -> str:
    """The address of the page itself, where `url` is a copy of it in the Internet Archive."""
    return _ARCHIVE.sub("", url, count=1)


def dateline(text: str, blocks: Iterable[Block]) -> Dateline | None:
    """The publication date that stands at the top of the text: a line of its own, or a wire dateline.

    Only a complete date counts; "Oct 18" alone, and "Updated: …", are no publication date.
    """
    for number, block in enumerate(blocks):
        if number >= _DATELINE_BLOCKS:
            return None
        words = block.span.of(text)[:160]
        if _UPDATE.match(words):
            continue
        m = (_LINE.fullmatch(words) if len(words) <= 90 else None) or _WIRE.match(words) or _OPENING.match(words)
        if m and (iso := read_date(m["date"])):
            return Dateline(iso, Span(block.span.start + m.start("date"), block.span.start + m.end("date")))
    return None


def is_date_line(line: str) -> bool:
    """Whether a line gives nothing but a complete date, with at most a label, a weekday and a time of day around it."""
    return len(line) <= 90 and _LINE.fullmatch(line) is not None


def choose(candidates: Iterable[DateCandidate]) -> str | None:
    """The publication date: the first readable candidate of the first origin in `ORDER` that has one, else None."""
    ranked: dict[int, str] = {}
    for candidate in candidates:
        origin = candidate.origin.partition(":")[0]
        if origin in ORDER and (iso := read_date(candidate.value)):
            ranked.setdefault(ORDER.index(origin), iso)
    return ranked[min(ranked)] if ranked else None


def _read_iso(raw: str) -> str | None:
    m = _ISO.fullmatch(raw)
    if m is None:
        return None
    day, clock, offset = m.groups()
    try:
        if clock is None or offset is None:
            if clock is not None:
                datetime.fromisoformat(f"{day}T{clock.replace(',', '.')}")
            return date.fromisoformat(day).isoformat()
        return datetime.fromisoformat(f"{day}T{clock.replace(',', '.')}{offset.upper()}").isoformat()
    except ValueError:
        return None


def _from_epoch(seconds: float) -> str | None:
    if abs(seconds) >= _EPOCH_MILLISECONDS:
        seconds /= 1000
    # 1990 to 2100: a smaller number is a year, a larger one an identifier.
    if not 631_152_000 <= seconds < 4_102_444_800:
        return None
    return datetime.fromtimestamp(int(seconds), UTC).isoformat()


def _calendar(m: re.Match[str]) -> str | None:
    parts = m.groupdict()
    if parts.get("month"):
        short = parts["month"][:3].lower()
        if short not in _MONTHS:
            return None
        month = _MONTHS.index(short) + 1
    else:
        month = int(parts["number"])
    try:
        return date(int(parts["year"]), month, int(parts["day"])).isoformat()
    except ValueError:
        return None

"""Whose text an article says it prints: a dateline with an agency, a byline, the page's author, a line at its end.

An agency is known from the list in `data/agencies.json`, or from the general form of a dateline, "CITY, Month D
(Agency) –", whatever it is called; an author or byline may also end as agencies are called ("Continental Wire").
"contributed to this report" is kept apart: such an article is its outlet's own with help.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

from onrecord.ledger.lowered import holds_any
from onrecord.ledger.names import name_key
from onrecord.records import Document

__all__ = ["Credit", "credits_of", "is_agency", "site_key"]

Form = Literal["dateline", "byline", "author", "notice", "contributed"]

_HEAD = 6  # blocks from the top in which a dateline or byline stands
_BYLINE_LENGTH = 100  # characters: what is longer is a sentence that begins with "By"

_DATELINE = re.compile(r"^\W{0,3}[^\W\d_][^()\n]{1,60}?\(\s*([^\W\d_][\w.&/ '’-]{1,40}?)\s*\)\s*[-–—_]{1,3}(?!\w)")
# A place in capitals; "Sarmin (name) – " could as well be anybody's name in brackets.
_CITY = re.compile(r"\W{0,3}[^\W\d_a-z]{2,}\b")
_CALLED_AGENCY = re.compile(
    r"(?:\b(?:news ?)?wire|news ?agency|press agency|news service|wire service|newswire)$", re.I
)
_BY = re.compile(r"^by\s+", re.I)
_RIGHTS = re.compile(r"(?:copyright|©)[^.\n]{0,40}", re.I)
_CONTRIBUTED = re.compile(r"contribut(?:ed|ing) to th(?:is|e) (?:report|story|article)", re.I)
_WHOLE = re.compile(r"^\W{0,3}(?:contribut(?:ed by|ing)|source|via|from)\b[:\s]+(?:the\s+)?", re.I)
_NOT_AGENCY = re.compile(
    r"^(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)\b|\bphoto\b|^(?:updated?|video)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Credit:
    """`agency` as listed, or as the article writes it; `form`: where it stands; `known`: whether it is listed."""

    agency: str
    form: Form
    known: bool


class _Agencies(NamedTuple):
    names: dict[str, str]  # key of a name or short form → the agency's name
    sites: dict[str, str]
    anywhere: re.Pattern[str]  # the full names, and short forms that are no common word


@cache
def _agencies() -> _Agencies:
    listed = json.loads((files(__package__) / "data" / "agencies.json").read_text(encoding="utf-8"))
    names: dict[str, str] = {}
    sites: dict[str, str] = {}
    for agency, known in listed.items():
        names |= {name_key(name): agency for name in (agency, *known["short"])}
        sites |= dict.fromkeys(known["sites"], agency)
    written = sorted(
        {n for agency, known in listed.items() for n in (agency, *known["short"])}, key=lambda n: (-len(n), n)
    )
    # Full names may follow a name without a space ("JOHN DOEAssociated Press", as some pages run them together).
    parts = [re.escape(n) if len(n) > 8 else rf"\b{re.escape(n)}" for n in written]
    return _Agencies(names, sites, re.compile(rf"(?:{'|'.join(parts)})\b"))


def credits_of(document: Document) -> tuple[Credit, ...]:
    """The credits of an article, each agency and form once, in the order: dateline, byline, author, end of the text."""
    return tuple(dict.fromkeys(_credits(document)))


def is_agency(publisher: str | None, agency: str) -> bool:
    """Whether the publisher (a name or a site) is this agency.

    "CW" is Continental Wire by its initials, a station that is called WMBF owns wmbfnews.com.
    """
    if publisher is None:
        return False
    agencies = _agencies()
    site = site_key(publisher)
    if agencies.sites.get(site) == agency:
        return True
    publisher_key, agency_key = name_key(publisher), name_key(agency)
    same = agencies.names.get(publisher_key, publisher_key) == agencies.names.get(agency_key, agency_key)
    initials = "".join(word[0] for word in publisher_key.split())
    called = agency_key.replace(" ", "")
    owns = "." in site and len(called) > 2 and site.startswith(called)
    return same or owns or (len(initials) > 1 and initials == agency_key)


def site_key(publisher: str) -> str:
    """A site without its first labels (`www.`, `articles.`), or a publisher's name in its normal form."""
    lowered = publisher.strip().lower()
    if " " in lowered or "." not in lowered:
        return name_key(publisher)
    labels = lowered.partition(":")[0].split(".")
    # Second-level registries: bbc.co.uk, abc.net.au.
    keep = 3 if len(labels) > 2 and len(labels[-1]) == 2 and len(labels[-2]) <= 3 else 2
    return ".".join(labels[-keep:])


def _credits(document: Document) -> Iterator[Credit]:
    parts = [b.span.of(document.text) for b in document.blocks] or document.text.split("\n")
    parts = [part.strip() for part in parts if part.strip()]
    for part in parts[:_HEAD]:
        match = _DATELINE.match(part)
        if match and not _NOT_AGENCY.search(match[1]) and (_CITY.match(part) or _listed(match[1])):
            # "CBSNewYork/AP": the agency is one of several, the outlet's own the other.
            names = match[1].split("/")
            yield from (_credit(name, "dateline") for name in names if len(names) == 1 or _listed(name))
    for part in parts[:_HEAD]:
        if len(part) <= _BYLINE_LENGTH and (match := _BY.match(part)):
            yield from _named(re.split(r"[·|,]", part[match.end() :]), "byline")
    yield from _named(re.split(r"[,;|]", document.author or ""), "author")
    anywhere = _agencies().anywhere
    helped, reserved = (holds_any(document.text, words) for words in (("contribut",), ("copyright", "©")))
    for part in parts:
        if helped and _CONTRIBUTED.search(part):
            yield from (_credit(match[0], "contributed") for match in anywhere.finditer(part))
            continue
        if reserved:
            for rights in _RIGHTS.finditer(part):
                yield from (_credit(match[0], "notice") for match in anywhere.finditer(rights[0]))
        if len(part) <= _BYLINE_LENGTH:
            whole = _WHOLE.sub("", part).strip(" .()[]-–—")
            if _listed(whole):
                yield _credit(whole, "notice")


def _named(parts: list[str], form: Form) -> Iterator[Credit]:
    for part in parts:
        name = part.strip(" .\t")
        if _CALLED_AGENCY.search(name) or _listed(name):
            yield _credit(name, form)
        else:
            yield from (_credit(match[0], form) for match in _agencies().anywhere.finditer(name))


def _listed(name: str) -> bool:
    return name_key(name) in _agencies().names


def _credit(name: str, form: Form) -> Credit:
    listed = _agencies().names.get(name_key(name))
    return Credit(listed or name.strip(), form, listed is not None)

"""How words on record are cited: where they stand, so that they are found again, and as a reference in four forms.

Pure: a citation is made of facts, without a ledger and without a clock. The day on which somebody looked is for them to
add, and no address is invented: an article without one is cited by its title, publisher, day and digest.

Sources: W3C Web Annotation Data Model (2017), 4.2.4 and 4.2.5; BibTeX and biblatex entry types; CSL-JSON 1.0.2.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from onrecord.records import Span

__all__ = ["Citation", "Source", "TextQuote", "as_bibtex", "as_csl", "as_text", "selectors", "text_quote"]

_AROUND = 32
"""Characters of context on each side to begin with: enough for all 3,255 spans of the sample articles (a quarter of which
stand in their text more than once without any)."""


@dataclass(frozen=True, slots=True)
class TextQuote:
    """Words and what stands before and after them: a W3C TextQuoteSelector."""

    exact: str
    prefix: str
    suffix: str

    def as_json(self) -> dict[str, str]:
        return {"type": "TextQuoteSelector", "exact": self.exact, "prefix": self.prefix, "suffix": self.suffix}


def text_quote(text: str, span: Span) -> TextQuote:
    """The words at `span` with enough around them that they stand in `text` only once so.

    32 characters on each side, and twice as many as long as the same stands elsewhere too. Raises ValueError for a span
    that is empty or does not lie in the text.
    """
    if not 0 <= span.start < span.end <= len(text):
        raise ValueError(f"{span.start}-{span.end} is no stretch of a text of {len(text)} characters")
    around = _AROUND
    while True:
        before, after = max(0, span.start - around), min(len(text), span.end + around)
        whole = text[before:after]
        first = text.find(whole)
        if text.find(whole, first + 1) < 0 or (before == 0 and after == len(text)):
            return TextQuote(span.of(text), text[before : span.start], text[span.end : after])
        around *= 2


def selectors(text: str, span: Span) -> list[dict[str, Any]]:
    """The W3C selectors of the words at `span`: by what they are and by where they stand (code points, end exclusive)."""
    position = {"type": "TextPositionSelector", "start": span.start, "end": span.end}
    return [text_quote(text, span).as_json(), position]


@dataclass(frozen=True, slots=True)
class Source:
    """An article that is cited, and the words in it: none where the whole article is meant.

    `document` is its id (SHA-256 of its bytes), `spans` are code points of its text and `words` what stands there.
    """

    document: str
    title: str | None
    author: str | None
    publisher: str | None
    published: str | None
    url: str | None
    spans: tuple[Span, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """What is cited: what it is called in the ledger, what kind of thing it is, what it says, and where it stands.

    `says` is one sentence of what is on record: 'Ida Holm: "…"', what a claim says and how it stands. Without one the
    article itself is cited. `source` is the article where it was first on record; None for what is in none.
    """

    name: str
    kind: str
    says: str | None
    source: Source | None


def as_text(citation: Citation) -> str:
    """As a sentence for a note: what is said; in which article, where; what it is called in the ledger."""
    source = citation.source
    parts = [_sentence(citation.says)] if citation.says else []
    if source is not None:
        parts += [_sentence(source.author), _title(source.title)]
        parts.append(_sentence(", ".join(filter(None, (source.publisher, _day(source.published) or "no date")))))
        if source.spans:
            parts.append(f"Characters {', '.join(f'{start}–{end}' for start, end in source.spans)}.")
        parts.append(f"{source.url}." if source.url else "")
        parts.append(f"SHA-256 {source.document}.")
    if source is None or citation.name != source.document:
        parts.append(f"Onrecord, {citation.kind} {citation.name}.")
    return " ".join(part for part in parts if part)


def as_csl(citation: Citation) -> dict[str, Any]:
    """As an item of CSL-JSON, which Zotero, Pandoc and citeproc read."""
    source = citation.source
    item: dict[str, Any] = {"id": _key(citation), "type": "article-newspaper" if source else "entry"}
    if source is None:
        return item | {"title": citation.says or citation.name, "note": _note(citation)}
    title = _line(source.title) or f"Untitled {source.document[:8]}"
    item |= {"title": title, "author": [{"literal": _line(source.author)}] if source.author else None}
    item |= {"container-title": _line(source.publisher), "URL": source.url}
    item |= {"issued": {"date-parts": [_parts(source.published)]} if _day(source.published) else None}
    item |= {"abstract": citation.says, "note": _note(citation)}
    return {name: value for name, value in item.items() if value}


def as_bibtex(citation: Citation) -> str:
    """As an entry of BibTeX: `@online` where the article has an address (biblatex, and natbib's styles), else `@misc`."""
    source = citation.source
    if source is None:
        given: dict[str, str | None] = {"title": _braced(citation.says or citation.name)}
    else:
        date = _day(source.published)
        given = {
            "author": _braced(source.author),
            "title": _braced(source.title or f"Untitled {source.document[:8]}"),
            "organization": _braced(source.publisher),
            "date": date,
            "year": date[:4] if date else None,
            "month": _MONTHS[int(date[5:7]) - 1] if date and len(date) >= 7 else None,
            "url": _verbatim(source.url),
        }
    if citation.says and source is not None:
        given["abstract"] = _latex(citation.says)
    given["note"] = _latex(_note(citation))
    kind = "online" if source is not None and source.url else "misc"
    # A month is a macro of BibTeX and the only value that stands bare.
    lines = [f"  {name} = {value if name == 'month' else f'{{{value}}}'}," for name, value in given.items() if value]
    return "\n".join([f"@{kind}{{{_key(citation)},", *lines, "}"])


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_DAY = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?(?:T.*)?")

_LATEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
} | {sign: f"\\{sign}" for sign in "{}$&#_%"}


def _day(date: str | None) -> str | None:
    """The day, month or year of a publication date; None where there is none, or one without a year."""
    match = _DAY.fullmatch(date or "")
    return date.partition("T")[0] if match and date else None


def _parts(date: str | None) -> list[int]:
    return [int(part) for part in (_day(date) or "").split("-")]


def _line(words: str | None) -> str:
    """Words on one line, without characters that no reader of the formats takes (controls, halves of pairs)."""
    spaced = " ".join((words or "").split())
    return "".join(c for c in spaced if unicodedata.category(c) not in ("Cc", "Cs"))


def _sentence(words: str | None) -> str:
    line = _line(words)
    return line if not line or line[-1] in ".!?…”\"'" else f"{line}."


def _title(title: str | None) -> str:
    line = _line(title)
    return f"“{line}{'' if line[-1] in '.!?…' else '.'}”" if line else ""


def _note(citation: Citation) -> str:
    source = citation.source
    if source is None or citation.name == source.document:
        return f"Onrecord, {citation.kind} {citation.name}"
    where = f", characters {', '.join(f'{start}-{end}' for start, end in source.spans)}" if source.spans else ""
    return f"Onrecord, {citation.kind} {citation.name}{where}; SHA-256 {source.document}"


def _key(citation: Citation) -> str:
    """A key that BibTeX takes: letters, digits, colons and hyphens; a hash by its first twelve digits."""
    return "onrecord:" + re.sub(r"[^A-Za-z0-9:-]", "-", re.sub(r"[0-9a-f]{64}", lambda m: m[0][:12], citation.name))


def _latex(words: str | None) -> str | None:
    return "".join(_LATEX.get(c, c) for c in _line(words)) or None


def _braced(words: str | None) -> str | None:
    """In braces of its own: no "and" in it parts two authors, no style takes its capitals."""
    escaped = _latex(words)
    return f"{{{escaped}}}" if escaped else None


def _verbatim(url: str | None) -> str | None:
    """An address as biblatex takes it, word for word: what would end its braces is percent-encoded."""
    return quote(_line(url), safe="".join(chr(c) for c in range(0x21, 0x7F) if chr(c) not in '{}\\"<>^`|')) or None

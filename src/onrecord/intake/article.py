"""A text and what is known about it become a Document: the one place where documents are made."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from onrecord.errors import EmptyInput
from onrecord.intake.addresses import does_something
from onrecord.intake.blocks import segment
from onrecord.intake.dates import choose, dateline, original_url
from onrecord.intake.encoding import require_text, storable
from onrecord.intake.language import english, language_tag
from onrecord.records import Block, DateCandidate, Document

__all__ = ["About", "document", "host", "without_blank"]


@dataclass(frozen=True, slots=True)
class About:
    """What is stated about an article, by the caller, a row or a page. None where nothing is stated.

    `published` is a date the caller gave, already in ISO 8601; the `dates` that compete for it come with their origins.
    """

    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    lang: str | None = None
    published: str | None = None
    dates: tuple[DateCandidate, ...] = ()

    def over(self, other: About) -> About:
        """Both together; where they differ, this one holds."""
        return About(
            url=self.url or other.url,
            title=self.title or other.title,
            publisher=self.publisher or other.publisher,
            author=self.author or other.author,
            lang=self.lang or other.lang,
            published=self.published or other.published,
            dates=self.dates + other.dates,
        )


def document(
    text: str, about: About, *, raw: bytes, name: str, line: int | None = None, blocks: Sequence[Block] | None = None
) -> Document:
    """The document of `text`, which is stored exactly as given.

    `raw` are the bytes whose SHA-256 is its id; `blocks` those a page's markup gave, else they are read from the text.
    A missing title is the first block if that is a heading; a missing publisher the host of `url`; a missing language
    "en" if the text's function words are English. An address that would run a script is none. Raises EmptyInput and NotText.
    """
    about = _sound(about)
    require_text(text, name, line=line)
    if not text.strip():
        raise EmptyInput(name, "no text in it, only white space" if text else "no text in it", line=line)
    blocks = segment(text) if blocks is None else tuple(blocks)
    dates = about.dates
    if about.published:
        dates = (DateCandidate(about.published, "caller"), *dates)
    if found := dateline(text, blocks):
        dates = (*dates, DateCandidate(found.value, "dateline"))
    title = about.title
    if title is None and blocks[0].kind == "heading":
        title = blocks[0].span.of(text)
    return Document(
        id=hashlib.sha256(raw).hexdigest(),
        text=text,
        url=about.url,
        title=title,
        publisher=about.publisher or host(about.url),
        author=about.author,
        published=about.published or choose(dates),
        lang=language_tag(about.lang) or english(text),
        blocks=tuple(blocks),
        dates=tuple(dict.fromkeys(dates)),
    )


def host(url: str | None) -> str | None:
    """The host of an address without "www.": the site that published it, where nobody says who did."""
    if not url:
        return None
    try:
        found = urlsplit(original_url(url)).hostname
    except ValueError:  # "http://[broken": an address of no host
        return None
    return found.removeprefix("www.") or None if found else None


def _sound(about: About) -> About:
    """What is stated, without an address that would run a script, and without what no text can hold."""

    def words(stated: str | None) -> str | None:
        return storable(stated) if stated else stated

    return About(
        url=None if about.url and does_something(about.url) else words(about.url),
        title=words(about.title),
        publisher=words(about.publisher),
        author=words(about.author),
        lang=words(about.lang),
        published=about.published,
        dates=tuple(DateCandidate(storable(date.value), date.origin) for date in about.dates),
    )


def without_blank(about: About) -> About:
    """`about` with texts trimmed and empty ones as None."""

    def trimmed(words: str | None) -> str | None:
        return words.strip() or None if words else None

    return replace(
        about,
        url=trimmed(about.url),
        title=trimmed(about.title),
        publisher=trimmed(about.publisher),
        author=trimmed(about.author),
        lang=trimmed(about.lang),
    )

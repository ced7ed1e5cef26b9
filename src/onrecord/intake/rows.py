"""Articles as JSON: one object a line (JSON Lines), or a whole file that is an object, an array, or a list of articles.

An article's `text` is stored exactly as given. The field names of news-please (`maintext`, `date_publish`,
`source_domain` …) and of GDELT's article lists (`seendate`, `domain` …) are understood. A row's own `id` is ignored:
the document's id is the SHA-256 of the row's bytes, or, where one JSON value holds several articles, of the article's
compact JSON.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, BinaryIO

from onrecord.errors import EmptyInput, InputError, Malformed, NotText, TooLarge
from onrecord.intake.article import About, document, without_blank
from onrecord.intake.dates import date_in_url
from onrecord.intake.encoding import refuse_binary
from onrecord.intake.found import Found, Listing, Record
from onrecord.intake.limits import JSON_VALUES, LINE_LIMIT
from onrecord.intake.text import read_text
from onrecord.patience import in_time
from onrecord.records import DateCandidate, Document

if TYPE_CHECKING:
    from onrecord.intake.feeds import Entry

__all__ = ["FIELDS", "HOLDING", "NAMING", "article", "compact", "listed_entry", "read_json", "read_lines"]

_TEXT = ("text", "maintext", "content", "body")
_HTML = ("html", "raw_html")
_URL = ("url", "link")
_TITLE = ("title", "headline")
_PUBLISHER = ("publisher", "outlet", "source_domain", "domain", "source", "site")
_AUTHOR = ("author", "authors", "byline")
_LANG = ("lang", "language")
_PUBLISHED = ("published", "date_publish", "published_at", "publishedAt", "publish_date", "pubDate", "pubdate", "date")
_MODIFIED = ("date_modify", "modified", "updated", "updatedAt")
_SEEN = ("seendate", "date_download")
_LISTS = ("articles", "items", "documents")
_CHUNK = 1 << 20

HOLDING = frozenset(_TEXT + _HTML)
"""The fields that hold an article."""

NAMING = frozenset(_URL)
"""The fields that say where it is."""

FIELDS = HOLDING | NAMING | frozenset(_TITLE + _PUBLISHER + _AUTHOR + _LANG + _PUBLISHED + _MODIFIED + _SEEN)
"""All fields that are understood; others are ignored."""


def read_lines(stream: BinaryIO, *, name: str, given: About, before: int = 0) -> Iterator[Found]:
    """The records of a JSON Lines stream, in constant memory; a broken line gives its InputError, with its number.

    `before` so many lines of the file stand before the stream.
    """
    number = before
    while line := stream.readline(LINE_LIMIT + 1):
        number += 1
        if len(line) > LINE_LIMIT and not line.endswith(b"\n"):
            _skip_line(stream)
            yield TooLarge(name, f"a line of more than {LINE_LIMIT:,} bytes", line=number)
            continue
        if number == 1:
            if line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
                yield NotText(name, "JSON Lines in UTF-16; it has to be UTF-8 (RFC 8259)")
                return
            line = line.removeprefix(codecs.BOM_UTF8)
        raw = line.strip()
        if raw:
            yield from _line(raw, name=name, line=number, given=given)


def read_json(data: bytes, *, name: str, given: About) -> Iterator[Found]:
    """The records of a JSON value: an article, an array of them, or an object with a list of `articles`.

    A list in which all have an address and none a text, such as GDELT answers with, is one of articles that are elsewhere.
    """
    try:
        refuse_binary(data[:64], name)
        value = _parsed(data.removeprefix(codecs.BOM_UTF8), name=name, line=None)
    except InputError as error:
        yield error
        return
    yield from _value(value, raw=data, name=name, line=None, given=given)


@in_time
def article(row: dict[str, Any], *, raw: bytes, name: str, line: int | None, given: About) -> Document:
    """The document of a row of fields; its id is the SHA-256 of `raw`. Raises the InputError for which it is refused."""
    if len(raw) > LINE_LIMIT:
        raise TooLarge(name, f"more than {LINE_LIMIT:,} bytes in one document", line=line)
    about = given.over(_about(row, name=name, line=line))
    text = _first_text(row, _TEXT, name=name, line=line)
    if text is not None and text.strip():
        blocks, stated = read_text(text, name=name, line=line)
        return document(text, about.over(stated), raw=raw, name=name, line=line, blocks=blocks)
    html = _first_text(row, _HTML, name=name, line=line)
    if html is not None and html.strip():
        from onrecord.intake.html import read_page  # its parser takes some 20 ms to import

        text, blocks, stated = read_page(html, name=name, line=line, url=about.url)
        return document(text, about.over(stated), raw=raw, name=name, line=line, blocks=blocks)
    if text is None and html is None:
        fields = ", ".join(sorted(row)[:6]) or "none"
        raise EmptyInput(name, f"no text: neither a `text` nor an `html` field (its fields: {fields})", line=line)
    raise EmptyInput(name, "no text: the field is empty", line=line)


def listed_entry(row: dict[str, Any], *, name: str, line: int | None) -> Entry | InputError:
    """The article that a row without text names by its address."""
    from onrecord.intake.addresses import is_address, page_address
    from onrecord.intake.feeds import Entry

    try:
        about = _about(row, name=name, line=line)
    except InputError as error:
        return error
    if about.url is None or not is_address(about.url):
        return Malformed(name, f"no address of an article: {about.url!r}", line=line)
    dates: dict[str, str] = {}
    for candidate in about.dates:
        dates.setdefault(candidate.origin.partition(":")[0], candidate.value)
    return Entry(
        page_address(about.url),
        about.url,
        about.title,
        about.author,
        published=dates.get("field"),
        updated=dates.get("modified"),
        lang=about.lang,
        seen=dates.get("seen"),
    )


def compact(row: dict[str, Any]) -> bytes:
    """A row as compact JSON, by whose bytes an article is known that has none of its own."""
    return json.dumps(row, ensure_ascii=True, separators=(",", ":")).encode("ascii")


def _line(raw: bytes, *, name: str, line: int, given: About) -> Iterator[Found]:
    try:
        value = _parsed(raw, name=name, line=line)
        if not isinstance(value, dict):
            raise Malformed(name, f"not a JSON object but {_kind(value)}", line=line)
    except InputError as error:
        yield error
        return
    yield from _value(value, raw=raw, name=name, line=line, given=given)


def _value(value: Any, *, raw: bytes, name: str, line: int | None, given: About) -> Iterator[Found]:
    place = name if line is None else f"{name}:{line}"
    articles = value if isinstance(value, list) else _listed(value)
    if articles is None:
        if isinstance(value, dict):
            yield Record(place, partial(article, value, raw=raw, name=name, line=line, given=given))
        else:
            yield Malformed(name, f"not a JSON object but {_kind(value)}", line=line)
        return
    if not articles:
        yield EmptyInput(name, "a list without articles", line=line)
    elif all(isinstance(item, dict) and not HOLDING & item.keys() and NAMING & item.keys() for item in articles):
        named = (listed_entry(item, name=f"{name}[{n}]", line=line) for n, item in enumerate(articles, start=1))
        yield Listing(name, entries=named)
    else:
        for number, item in enumerate(articles, start=1):
            where = f"{name}[{number}]"
            if isinstance(item, dict):
                yield Record(f"{place}[{number}]", partial(_of_list, item, name=where, line=line, given=given))
            else:
                yield Malformed(where, f"not a JSON object but {_kind(item)}", line=line)


def _of_list(row: dict[str, Any], *, name: str, line: int | None, given: About) -> Document:
    return article(row, raw=compact(row), name=name, line=line, given=given)


def _about(row: dict[str, Any], *, name: str, line: int | None) -> About:
    def read(fields: tuple[str, ...]) -> str | None:
        return next((words for field in fields if (words := _words(row.get(field), field, name=name, line=line))), None)

    url = read(_URL)
    dates: list[DateCandidate] = []
    for origin, fields in (("field", _PUBLISHED), ("modified", _MODIFIED), ("seen", _SEEN)):
        for field in fields:
            value = row.get(field)
            if isinstance(value, str | int | float) and not isinstance(value, bool) and str(value).strip():
                dates.append(DateCandidate(str(value).strip(), f"{origin}: {field}"))
    if url and (day := date_in_url(url)):
        dates.append(DateCandidate(day, "url"))
    return without_blank(
        About(
            url=url,
            title=read(_TITLE),
            publisher=read(_PUBLISHER),
            author=read(_AUTHOR),
            lang=read(_LANG),
            dates=tuple(dates),
        )
    )


def _words(value: Any, field: str, *, name: str, line: int | None) -> str | None:
    """A field about the article: a string, a list of strings (authors), or an object with a name (publishers)."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return ", ".join(part for part in value if part.strip()) or None
    if isinstance(value, dict) and isinstance(value.get("name"), str | None):
        return value.get("name")
    raise Malformed(name, f"`{field}` is not a string but {_kind(value)}", line=line)


def _first_text(row: dict[str, Any], fields: tuple[str, ...], *, name: str, line: int | None) -> str | None:
    """The first of `fields` that holds words, else the first that is there at all."""
    there = [field for field in fields if row.get(field) is not None]
    for field in there:
        if not isinstance(row[field], str):
            raise Malformed(name, f"`{field}` is not a string but {_kind(row[field])}", line=line)
    return next((row[field] for field in there if row[field].strip()), row[there[0]] if there else None)


def _listed(value: Any) -> list[Any] | None:
    """The articles of an object that is no article itself but has a list of them."""
    if not isinstance(value, dict) or any(isinstance(value.get(field), str) for field in _TEXT + _HTML):
        return None
    return next((value[field] for field in _LISTS if isinstance(value.get(field), list)), None)


def _parsed(raw: bytes, *, name: str, line: int | None) -> Any:
    if sum(map(raw.count, (b"[", b"{", b","))) > JSON_VALUES:
        raise TooLarge(name, f"more than {JSON_VALUES:,} values in one JSON value", line=line)
    try:
        return json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise NotText(name, f"not UTF-8 at byte {error.start}", line=line) from error
    except json.JSONDecodeError as error:
        where = f"character {error.pos}" if line is not None else f"line {error.lineno}, column {error.colno}"
        raise Malformed(name, f"broken JSON: {error.msg} at {where}", line=line) from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits; brackets nested without end
        raise Malformed(name, f"JSON that cannot be read: {error}", line=line) from error


def _skip_line(stream: BinaryIO) -> None:
    while (chunk := stream.readline(_CHUNK)) and not chunk.endswith(b"\n"):
        pass


def _kind(value: Any) -> str:
    names: dict[type, str] = {
        list: "a list",
        str: "a string",
        bool: "true or false",
        int: "a number",
        float: "a number",
    }
    return (
        "an object"
        if isinstance(value, dict)
        else "null"
        if value is None
        else names.get(type(value), "something else")
    )

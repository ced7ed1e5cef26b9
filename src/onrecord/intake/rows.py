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
from typing import Any, BinaryIO

from onrecord.errors import EmptyInput, InputError, Malformed, NotText, TooLarge
from onrecord.intake.article import About, document, without_blank
from onrecord.intake.dates import date_in_url
from onrecord.intake.encoding import refuse_binary
from onrecord.intake.html import read_page
from onrecord.intake.text import read_text
from onrecord.records import DateCandidate, Document

__all__ = ["LINE_LIMIT", "read_json", "read_lines"]

LINE_LIMIT = 20_000_000
"""Bytes of one line; a longer one is refused. The file itself may be of any size."""

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


def read_lines(stream: BinaryIO, *, name: str, given: About) -> Iterator[Document | InputError]:
    """The documents of a JSON Lines stream, in constant memory; a broken line gives its InputError, with its number."""
    number = 0
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


def read_json(data: bytes, *, name: str, given: About) -> Iterator[Document | InputError]:
    """The documents of a JSON value: an article, an array of them, or an object with a list of `articles`."""
    try:
        refuse_binary(data[:64], name)
        value = _parsed(data.removeprefix(codecs.BOM_UTF8), name=name, line=None)
    except InputError as error:
        yield error
        return
    yield from _value(value, raw=data, name=name, line=None, given=given)


def _line(raw: bytes, *, name: str, line: int, given: About) -> Iterator[Document | InputError]:
    try:
        value = _parsed(raw, name=name, line=line)
        if not isinstance(value, dict):
            raise Malformed(name, f"not a JSON object but {_kind(value)}", line=line)
    except InputError as error:
        yield error
        return
    yield from _value(value, raw=raw, name=name, line=line, given=given)


def _value(value: Any, *, raw: bytes, name: str, line: int | None, given: About) -> Iterator[Document | InputError]:
    articles = value if isinstance(value, list) else _listed(value)
    if articles is None:
        articles, single = [value], True
    else:
        single = False
        if not articles:
            yield EmptyInput(name, "a list without articles", line=line)
    for number, article in enumerate(articles, start=1):
        where = name if single else f"{name}[{number}]"
        try:
            if not isinstance(article, dict):
                raise Malformed(where, f"not a JSON object but {_kind(article)}", line=line)
            own = raw if single else _compact(article)
            yield _article(article, raw=own, name=where, line=line, given=given)
        except InputError as error:
            yield error


def _article(row: dict[str, Any], *, raw: bytes, name: str, line: int | None, given: About) -> Document:
    if len(raw) > LINE_LIMIT:
        raise TooLarge(name, f"more than {LINE_LIMIT:,} bytes in one document", line=line)
    about = given.over(_about(row, name=name, line=line))
    text = _first_text(row, _TEXT, name=name, line=line)
    if text is not None and text.strip():
        blocks, stated = read_text(text)
        return document(text, about.over(stated), raw=raw, name=name, line=line, blocks=blocks)
    html = _first_text(row, _HTML, name=name, line=line)
    if html is not None and html.strip():
        text, blocks, stated = read_page(html, name=name, line=line, url=about.url)
        return document(text, about.over(stated), raw=raw, name=name, line=line, blocks=blocks)
    if text is None and html is None:
        fields = ", ".join(sorted(row)[:6]) or "none"
        raise EmptyInput(name, f"no text: neither a `text` nor an `html` field (its fields: {fields})", line=line)
    raise EmptyInput(name, "no text: the field is empty", line=line)


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


def _compact(article: dict[str, Any]) -> bytes:
    return json.dumps(article, ensure_ascii=True, separators=(",", ":")).encode("ascii")


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

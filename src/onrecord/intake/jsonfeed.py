"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urljoin

from onrecord.errors import Malformed, NotText
from onrecord.intake.addresses import is_address
from onrecord.intake.feeds import Entry, Feed

__all__ = ["read_json_feed"]


def read_json_feed(data: bytes, *, name: str, url: str | None = None) -> Feed:
    """The feed in `data`. An item that breaks the format is left out where nothing of it can be used, else taken as it is.

    Raises NotText for what is not UTF-8, Malformed for what is no JSON Feed.
    """
    try:
        value = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise NotText(name, f"not UTF-8 at byte {error.start}") from error
    except (ValueError, RecursionError) as error:
        raise Malformed(name, f"broken JSON ({error})") from error
    if not isinstance(value, dict) or "jsonfeed.org/version/" not in str(value.get("version")):
        raise Malformed(name, "not a feed: JSON without the version of a JSON Feed")
    items = value.get("items")
    if not isinstance(items, list):
        raise Malformed(name, "a JSON Feed without `items`")
    base = url or _text(value.get("home_page_url")) or ""
    lang = _text(value.get("language"))
    entries: dict[str, Entry] = {}
    for item in items:
        if isinstance(item, dict) and (entry := _entry(item, base, lang)) is not None:
            entries.setdefault(entry.id, entry)
    return Feed(_text(value.get("title")), tuple(entries.values()), None, lang, value.get("expired") is True)


def _entry(item: dict[str, Any], base: str, lang: str | None) -> Entry | None:
    url = _address(item.get("url"), base) or _address(item.get("external_url"), base)
    # 1.1 wants a string; feeds of numbers are common enough that the standard has readers take them.
    given = item.get("id")
    name = str(given) if isinstance(given, int | float) and not isinstance(given, bool) else _text(given)
    name = name or url
    if name is None:
        return None
    markup, text = _text(item.get("content_html"), lines=True), _text(item.get("content_text"), lines=True)
    modified = _text(item.get("date_modified"))
    return Entry(
        name,
        url,
        _text(item.get("title")),
        _authors(item),
        _text(item.get("date_published")) or modified,
        modified,
        content=markup or text,
        is_text=markup is None and text is not None,
        lang=_text(item.get("language")) or lang,
    )


def _authors(item: dict[str, Any]) -> str | None:
    listed = item.get("authors")
    people = listed if isinstance(listed, list) else [item.get("author")]
    names = [_text(person.get("name")) for person in people if isinstance(person, dict)]
    return ", ".join(name for name in names if name) or None


def _address(value: Any, base: str) -> str | None:
    given = _text(value)
    if given is None:
        return None
    try:
        found = urljoin(base, given)
    except ValueError:
        return None
    return found if is_address(found) else None


def _text(value: Any, *, lines: bool = False) -> str | None:
    if not isinstance(value, str) or not value.strip():
        return None
    return value if lines else " ".join(value.split())

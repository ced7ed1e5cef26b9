"""Lists of feeds: OPML 1 and 2, as every feed reader writes it, or a text with an address a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from onrecord.errors import EmptyInput, InputError, Malformed
from onrecord.intake.addresses import is_address, require_address
from onrecord.intake.encoding import decode
from onrecord.intake.feeds import is_feed_list, is_opml

__all__ = ["Subscription", "read_subscriptions"]


@dataclass(frozen=True, slots=True)
class Subscription:
    """A feed that somebody follows: `title` is what they call it, `folder` the outlines it stands in, outermost first."""

    address: str
    title: str | None = None
    folder: tuple[str, ...] = ()


def read_subscriptions(data: bytes, *, name: str) -> list[Subscription | InputError]:
    """The feeds that `data` lists, in order, each once; an entry that is no address of a feed comes as its error.

    An index of sitemaps lists its sitemaps, which are read as feeds. Raises Malformed for OPML that cannot be read,
    EmptyInput where no feed is listed.
    """
    if is_feed_list(data) and not is_opml(data):
        from onrecord.intake.sitemaps import read_sitemap_index

        return read_sitemap_index(data, name=name)
    found: dict[str, Subscription | InputError] = {}
    for item in _outlines(data, name) if is_opml(data) else _lines(data, name):
        found.setdefault(item.address if isinstance(item, Subscription) else str(item), item)
    if not any(isinstance(item, Subscription) for item in found.values()):
        refused = next((item for item in found.values() if isinstance(item, InputError)), None)
        raise refused or EmptyInput(name, "it lists no feeds")
    return list(found.values())


def _outlines(data: bytes, name: str) -> Iterator[Subscription | InputError]:
    # No entities and no network: a list from somebody else must not make this machine read files or fetch anything.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        at = error.lineno if isinstance(error, etree.XMLSyntaxError) else None
        raise Malformed(name, f"OPML that cannot be read ({' '.join(str(error).split())})", line=at) from error
    for outline in root.iter("outline"):
        line = outline.sourceline if isinstance(outline.sourceline, int) else None
        given = {str(key).lower(): " ".join(str(value).split()) for key, value in outline.attrib.items()}
        address = given.get("xmlurl")
        if not address:
            if given.get("type", "").lower() in ("rss", "atom", "include"):
                what = given.get("text") or given.get("title") or given.get("url") or "an outline"
                kind = (
                    "another list, which is not followed" if given["type"].lower() == "include" else "without `xmlUrl`"
                )
                yield Malformed(name, f"{what!r} is {kind}", line=line)
            continue
        try:
            require_address(address)
        except InputError as error:
            yield Malformed(name, f"{address!r}: {error.reason}", line=line)
            continue
        folder = [_label(parent) for parent in outline.iterancestors("outline")]
        yield Subscription(address, _label(outline), tuple(words for words in reversed(folder) if words))


def _label(outline: etree._Element) -> str | None:
    for key in ("title", "text"):
        if words := " ".join((outline.get(key) or "").split()):
            return None if is_address(words) else words
    return None


def _lines(data: bytes, name: str) -> Iterator[Subscription | InputError]:
    for number, raw in enumerate(decode(data, name=name).splitlines(), start=1):
        address = re.split(r"\s#", raw, maxsplit=1)[0].strip()
        if not address or address.startswith("#"):
            continue
        if not is_address(address):
            yield Malformed(
                name, f"{address[:80]!r} is not an address that starts with http:// or https://", line=number
            )
            continue
        try:
            require_address(address)
        except InputError as error:
            yield Malformed(name, f"{address!r}: {error.reason}", line=number)
        else:
            yield Subscription(address)

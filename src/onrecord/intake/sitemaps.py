"""Sitemaps (https://www.sitemaps.org/protocol.html) with Google's extension for news: what a site says that it has.

A sitemap is read as a feed is: addresses, of a news sitemap with title, language and date of publication. An index of
sitemaps is a list of them, as OPML is of feeds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from urllib.parse import urljoin

from lxml import etree

from onrecord.errors import EmptyInput, InputError, Malformed
from onrecord.intake.addresses import is_address, page_address, require_address
from onrecord.intake.feeds import Entry, Feed
from onrecord.intake.opml import Subscription

__all__ = ["read_sitemap", "read_sitemap_index"]

MOST_URLS = 50_000
"""Addresses in one sitemap, by the protocol; what stands behind them is not read."""


def read_sitemap(data: bytes, *, name: str, url: str | None = None) -> Feed:
    """The pages that a sitemap lists, each address once. `lastmod` is when a page was updated, never when it was published.

    The feed is called as the publication that its news name, if that is one. Raises Malformed for broken XML.
    """
    entries: dict[str, Entry] = {}
    publications: Counter[str] = Counter()
    languages: Counter[str] = Counter()
    for node in _children(_root(data, name), "url"):
        fields = {_local(child): _words(child) for child in node}
        address = _address(fields.get("loc"), url)
        if address is None or len(entries) >= MOST_URLS:
            continue
        news = next(_children(node, "news"), None)
        said = {} if news is None else {_local(child): _words(child) for child in news}
        publication = None if news is None else next(_children(news, "publication"), None)
        about = {} if publication is None else {_local(child): _words(child) for child in publication}
        publications.update(filter(None, [about.get("name")]))
        languages.update(filter(None, [about.get("language")]))
        entries.setdefault(
            page_address(address),
            Entry(
                page_address(address),
                address,
                said.get("title"),
                published=said.get("publication_date"),
                updated=fields.get("lastmod"),
                lang=about.get("language"),
            ),
        )
    return Feed(_only(publications), tuple(entries.values()), lang=_only(languages))


def read_sitemap_index(data: bytes, *, name: str, url: str | None = None) -> list[Subscription | InputError]:
    """The sitemaps that an index lists, newest first by its own word, those without a date behind them.

    Raises Malformed for broken XML, EmptyInput where it lists none.
    """
    found: dict[str, tuple[str, Subscription]] = {}
    refused: list[InputError] = []
    for node in _children(_root(data, name), "sitemap"):
        fields = {_local(child): _words(child) for child in node}
        address = _address(fields.get("loc"), url)
        line = node.sourceline if isinstance(node.sourceline, int) else None
        if address is None:
            refused.append(Malformed(name, "a sitemap without an address", line=line))
            continue
        try:
            require_address(address)
        except InputError as error:
            refused.append(Malformed(name, f"{address!r}: {error.reason}", line=line))
            continue
        found.setdefault(address, (fields.get("lastmod") or "", Subscription(address)))
    if not found and not refused:
        raise EmptyInput(name, "it lists no sitemaps")
    newest = sorted(found.values(), key=lambda item: item[0], reverse=True)
    return [*(subscription for _, subscription in newest), *refused]


def _root(data: bytes, name: str) -> etree._Element:
    # No entities and no network: a list from somebody else must not make this machine read files or fetch anything.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data.lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        at = error.lineno if isinstance(error, etree.XMLSyntaxError) else None
        raise Malformed(name, f"a sitemap that cannot be read ({' '.join(str(error).split())})", line=at) from error


def _children(node: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The elements of a name in any namespace: some sites give the wrong one, and no two names differ by it alone."""
    return (child for child in node if _local(child) == tag)


def _local(node: etree._Element) -> str:
    return node.tag.rpartition("}")[2].lower() if isinstance(node.tag, str) else ""


def _words(node: etree._Element) -> str | None:
    # Not what is below it: an entity that was not resolved stands there as a node of its own.
    return " ".join("".join([node.text or "", *(child.tail or "" for child in node)]).split()) or None


def _address(given: str | None, base: str | None) -> str | None:
    if given is None:
        return None
    try:
        address = urljoin(base or "", given)
    except ValueError:
        return None
    return address if is_address(address) else None


def _only(counted: Counter[str]) -> str | None:
    return next(iter(counted)) if len(counted) == 1 else None

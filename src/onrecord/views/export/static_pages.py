"""From a page as it is served to a file of a static site: links relative, nothing that needs a server."""

from __future__ import annotations

import posixpath
import re
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit

from lxml import html

__all__ = ["SEARCH", "Names", "chart_as_file", "chart_links", "is_left_out", "page_as_file", "without_query"]

# Pages that answer what somebody types or writes: without a server there is nobody to answer.
_SERVED = ("/search", "/check", "/correct", "/api")

SEARCH = "search.html"
"""The site's own page in place of the search."""

# Scripts that ask a server: suggestions, dialogs over pages that are left out, drafts and addresses that are sent.
_ASKING = ("suggest.js", "dialog.js", "busy.js")

_UNSAFE = re.compile(r"[^A-Za-z0-9.-]+")
_LONGEST = 150  # bytes of a file's name: file systems take 255, and archives less
_LINKS = ("href", "src", "data-chart")

# A file has no headers: what the server says of every page, as far as a page can say it of itself.
_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'"


def is_left_out(address: str) -> bool:
    """Whether a page is in no static site: it needs a server, or says how to cite one record of an article.

    Of every ten pages of the demo seven were such citations, a page and a twin for each record; whole articles, claims,
    series and the like keep theirs.
    """
    path = unquote(urlsplit(address).path).removesuffix(".json")
    if path.startswith("/cite/"):
        return bool({":", "@"} & set(path))
    return any(path == served or path.startswith(f"{served}/") for served in _SERVED)


def without_query(address: str) -> str:
    """The address without its fragment and without characters to mark, which are marked in the one file of the page."""
    parts = urlsplit(address)
    asked = parse_qsl(parts.query, keep_blank_values=True)
    kept = urlencode([(name, value) for name, value in asked if name not in ("at", "ground")])
    return parts.path + (f"?{kept}" if kept else "")


class Names:
    """The file of each address: `claims/c12ab….html`, `claims/c12ab….json`, `claims-3f2a90c1.html` for a question."""

    def __init__(self) -> None:
        self._files: dict[str, str] = {}

    def file(self, address: str) -> str:
        """The path below the site's folder, the same for one address in every export."""
        if address not in self._files:
            self._files[address] = _file(address)
        return self._files[address]

    def link(self, address: str, page: str) -> str:
        """`address` as a page of the site links to it, by way of the folders, with its fragment."""
        parts = urlsplit(address)
        target = parts.path if parts.path.startswith("/static/") else f"/{self.file(without_query(address))}"
        target = re.sub(r"^/static/v-[0-9a-f]{12}/", "/static/", target)
        link = posixpath.relpath(target, posixpath.dirname(f"/{self.file(page)}"))
        return quote(link) + (f"#{parts.fragment}" if parts.fragment else "")

    def own(self, file: str, page: str) -> str:
        """A file that is the site's own, as the page at `page` links to it."""
        return posixpath.relpath(file, posixpath.dirname(self.file(page)) or ".")


def _file(address: str) -> str:
    parts = urlsplit(address)
    path = unquote(parts.path).strip("/") or "index"
    stem, dot, ending = path.rpartition(".")
    if not dot or ending not in ("json", "css"):
        stem, ending = path, "html"
    if parts.query:
        stem += f"-{sha256(parts.query.encode()).hexdigest()[:8]}"
    return "/".join(_safe(name) for name in stem.split("/")) + f".{ending}"


def _safe(name: str) -> str:
    """A name that every file system takes; where it is not the one given, with a digest of that."""
    safe = _UNSAFE.sub("_", name)[:_LONGEST]
    return name if safe == name and name not in (".", "..") else f"{safe}-{sha256(name.encode()).hexdigest()[:8]}"


def page_as_file(content: bytes, address: str, names: Names) -> tuple[bytes, list[str]]:
    """The page at `address` as a file, and the addresses of the site that it leads to, in their order."""
    root: Any = html.document_fromstring(content, parser=html.HTMLParser(encoding="utf-8"))
    _without_server(root, address)
    own = names.own(SEARCH, address)
    for search in root.xpath("//a[@class='search-link']"):
        search.set("href", own)
    led: dict[str, None] = {}
    for element in root.iter():
        for attribute in _LINKS:
            value = element.get(attribute)
            if (
                value is None
                or value == own
                or value.startswith("#")
                or urlsplit(value).scheme
                or value.startswith("//")
            ):
                continue
            link = urljoin(address, value)
            if attribute == "data-chart":  # its marks lead on from the page: as many folders up as that has over it
                link = f"{without_query(link)}?depth={names.file(address).count('/')}"
            element.set(attribute, names.link(link, address))
            led[link] = None
    head = root.find("head")
    policy = html.Element("meta", {"http-equiv": "Content-Security-Policy", "content": _POLICY})
    head.insert(1, policy)
    written: bytes = html.tostring(root, encoding="utf-8", doctype="<!doctype html>")
    return written + b"\n", list(led)


def _without_server(root: Any, address: str) -> None:
    for form in root.xpath("//form"):
        if "search-box" in (form.get("class") or "").split():
            form.getparent().replace(form, _search_link())
        else:
            form.drop_tree()
    for script in root.xpath("//script[@src]"):
        if posixpath.basename(urlsplit(script.get("src")).path) in _ASKING:
            script.drop_tree()
    for link in root.xpath("//a[@href]"):
        if is_left_out(urljoin(address, link.get("href"))) and not urlsplit(link.get("href")).scheme:
            entry = link.getparent()
            (entry if entry.tag == "li" and len(entry) == 1 else link).drop_tree()
    # Words that other pages lead to are marked by the address alone: here they all have their anchors, and no mark.
    for mark in root.xpath("//mark"):
        classes = (mark.get("class") or "").split()
        if "found" in classes and root.xpath("//body"):
            mark.tag = "span"
            mark.set("class", " ".join(name for name in classes if name != "found"))


def _search_link() -> Any:
    link = html.Element("a", {"class": "search-link"})
    link.text = "Search"
    return link


def chart_as_file(value: Any, address: str, names: Names) -> Any:
    """A chart's specification with the addresses of its marks as the page that holds it links to them."""
    depth = int(dict(parse_qsl(urlsplit(address).query)).get("depth", "0"))
    page = "/" + "/".join(["page"] * (depth + 1))

    def made(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: made(item) for name, item in value.items()}
        if isinstance(value, list):
            return [made(item) for item in value]
        return names.link(value, page) if isinstance(value, str) and value.startswith("/documents/") else value

    return made(value)


def chart_links(value: Any) -> list[str]:
    """The documents that the marks of a chart lead into."""
    if isinstance(value, str):
        return [value] if value.startswith("/documents/") else []
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [link for item in items for link in chart_links(item)]

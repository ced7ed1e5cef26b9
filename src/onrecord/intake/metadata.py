"""What a web page states about its article: headline, publisher, author, language, address, and every date it offers.

Sources are schema.org JSON-LD, `meta` elements (Open Graph, Dublin Core and the names news sites use), `time` elements
and the address. Dates are only collected here; `dates.choose` chooses.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml.etree import _Element

from onrecord.intake.addresses import is_address
from onrecord.intake.article import About
from onrecord.intake.dates import date_in_url
from onrecord.intake.language import words
from onrecord.records import DateCandidate

__all__ = ["page_metadata"]

_ARTICLE = re.compile(r"(?:.*Article|BlogPosting|LiveBlogPosting|Report|SocialMediaPosting|DiscussionForumPosting)$")
_LD_DATES = ("datePublished", "dateCreated", "dateModified")
# Names that mean "published", in `property`, `name` or `itemprop`, compared in lower case.
_PUBLISHED = words(
    "article:published_time og:published_time og:article:published_time datepublished date pubdate publishdate "
    "publish_date publish-date publication_date publication-date dc.date dc.date.issued dcterms.date dcterms.issued "
    "dcterms.created parsely-pub-date sailthru.date article.published article_date_original date_published "
    "cxenseparse:recs:publishtime citation_publication_date prism.publicationdate rnews:datepublished bt:pubdate "
    "iso-8601-publish-date"
)
_MODIFIED = words(
    "article:modified_time og:updated_time og:modified_time datemodified lastmod last-modified dcterms.modified "
    "dc.date.modified article.updated revision_date"
)
_TIME_PUBLISHED = re.compile(r"publish|posted|pubdate|entry-date|dateline|created", re.IGNORECASE)
_TIME_MODIFIED = re.compile(r"updat|modif|edited", re.IGNORECASE)
_MOST_TIMES = 8
_DEEPEST = 8  # lists and objects around a name: two in practice


def page_metadata(tree: _Element, *, url: str | None = None) -> About:
    """What the page in `tree` states about itself. Broken JSON-LD states nothing, as for every reader of the web."""
    metas = _metas(tree)
    nodes = list(_ld_nodes(tree))
    articles = [node for node in nodes if any(_ARTICLE.match(t) for t in _types(node))]
    address = url or _canonical(tree) or next(filter(is_address, [metas.get("og:url", "")]), None)
    candidates = [*_ld_dates(articles, ""), *_meta_dates(metas), *_time_dates(tree)]
    candidates += _ld_dates([n for n in nodes if n not in articles and "WebPage" in _types(n)], "page ")
    if address and (day := date_in_url(address)):
        candidates.append(DateCandidate(day, "url"))
    first = articles[0] if articles else {}
    return About(
        url=address,
        title=_text(first.get("headline")),
        publisher=_name(first.get("publisher")) or metas.get("og:site_name"),
        author=_name(first.get("author")),
        lang=_language(tree) or _text(first.get("inLanguage")) or metas.get("og:locale"),
        dates=tuple(dict.fromkeys(candidates)),
    )


def _metas(tree: _Element) -> dict[str, str]:
    """Contents of `meta` elements by their name in lower case; the first of a name holds."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        content = (meta.get("content") or "").strip()
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def _meta_dates(metas: dict[str, str]) -> list[DateCandidate]:
    published = [DateCandidate(value, f"meta published: {name}") for name, value in metas.items() if name in _PUBLISHED]
    published.sort(key=lambda c: not c.origin.endswith("article:published_time"))
    return published + [
        DateCandidate(value, f"meta modified: {name}") for name, value in metas.items() if name in _MODIFIED
    ]


def _time_dates(tree: _Element) -> Iterator[DateCandidate]:
    """`time` elements, those inside the article first: sidebars carry the dates of other stories."""
    inside = [t for article in tree.iter("article", "main") for t in article.iter("time")]
    times = dict.fromkeys(inside or list(tree.iter("time")))
    for number, time in enumerate(times):
        value = time.get("datetime") or "".join(map(str, time.itertext()))
        if number >= _MOST_TIMES or not value.strip():
            continue
        parent = time.getparent()
        near = "" if parent is None else f"{parent.get('class', '')} {(parent.text or '')[-40:]}"
        marks = " ".join(
            (time.get("class", ""), time.get("itemprop", ""), "pubdate" if "pubdate" in time.attrib else "", near)
        )
        kind = (
            "time modified"
            if _TIME_MODIFIED.search(marks)
            else "time published"
            if _TIME_PUBLISHED.search(marks)
            else "time"
        )
        yield DateCandidate(" ".join(value.split()), kind)


def _ld_nodes(tree: _Element) -> Iterator[dict[str, Any]]:
    """The page's own JSON-LD objects: those at the top, in `@graph`, and the main entity; not stories it links to."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        try:
            data = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        stack = [data]
        while stack:
            node = stack.pop()
            if isinstance(node, list):
                stack += reversed(node)
            elif isinstance(node, dict):
                yield node
                stack += [node[k] for k in ("mainEntity", "@graph") if k in node]


def _ld_dates(nodes: list[dict[str, Any]], prefix: str) -> list[DateCandidate]:
    return [
        DateCandidate(value, f"json-ld {prefix}{key}")
        for node in nodes
        for key in _LD_DATES
        if (value := _text(node.get(key)))
    ]


def _types(node: dict[str, Any]) -> list[str]:
    types = node.get("@type")
    return [t for t in (types if isinstance(types, list) else [types]) if isinstance(t, str)]


def _name(value: Any, *, depth: int = 0) -> str | None:
    """The name of a person or organisation as schema.org allows it: a string, an object, or a list of either."""
    if depth > _DEEPEST:
        return None
    if isinstance(value, list):
        return ", ".join(dict.fromkeys(name for item in value if (name := _name(item, depth=depth + 1)))) or None
    if isinstance(value, dict):
        return _name(value.get("name"), depth=depth + 1)
    name = _text(value)
    return None if name and re.match(r"https?://", name) else name


def _text(value: Any) -> str | None:
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _canonical(tree: _Element) -> str | None:
    for link in tree.iter("link"):
        href = link.get("href") or ""
        if (link.get("rel") or "").lower() == "canonical" and href.startswith(("http://", "https://")):
            return href
    return None


def _language(tree: _Element) -> str | None:
    root = next(tree.iter("html"), None)
    return None if root is None else root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang")

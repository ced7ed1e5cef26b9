"""Web pages: the article's text with its structure by trafilatura, what the page states about itself by `metadata`.

The stored text is the article as blocks joined by blank lines, headline first; white space within a block is one space,
as a browser shows it. Navigation, comments and other parts outside the article are not part of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from lxml.etree import LxmlError, ParserError, _Element

from onrecord.errors import EmptyInput, Malformed, TooLarge
from onrecord.intake.addresses import is_address
from onrecord.intake.article import About
from onrecord.intake.blocks import refine
from onrecord.intake.encoding import decode
from onrecord.intake.limits import PAGE_ATTRIBUTES, PAGE_DEPTH, PAGE_ELEMENTS
from onrecord.intake.metadata import page_metadata
from onrecord.patience import check_time, in_time
from onrecord.records import Block, BlockKind, Span

if TYPE_CHECKING:
    from trafilatura.settings import Document as Extracted

__all__ = ["crowded", "decode_page", "read_page"]

_META_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:.-]{2,40})|<\?xml[^>]{0,80}encoding=[\"']([\w.-]{2,40})",
    re.IGNORECASE,
)
# A start tag with more attributes than are read. No part of it gives back what it took, so that a page is gone through once.
_ATTRIBUTE = r"""[\s/]*+[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+))?+"""
_CROWDED = re.compile(rf"<[A-Za-z][^\s/>]*+(?:{_ATTRIBUTE}){{{PAGE_ATTRIBUTES + 1}}}+")
_SPACE = re.compile(r"[ \t\n\r\f\v\u200b\ufeff]+")
_KINDS: dict[str, BlockKind] = {
    "head": "heading",
    "quote": "quote",
    "item": "list",
    "row": "list",
    "p": "paragraph",
    "ab": "paragraph",
}


def decode_page(data: bytes, *, name: str, declared: str | None = None) -> str:
    """The source of a page: decoded by its own declaration (in its first 4096 bytes) where its transport gives none."""
    if declared is None and (m := _META_CHARSET.search(data[:4096])):
        declared = (m[1] or m[2]).decode("ascii", "ignore")
    return decode(data, name=name, declared=declared, lenient=True)


def crowded(source: str) -> bool:
    """Whether an element of a page has more attributes than are read, which is to be known before the page is parsed."""
    return _CROWDED.search(source) is not None


@in_time
def read_page(
    source: str, *, name: str, line: int | None = None, url: str | None = None
) -> tuple[str, list[Block], About]:
    """The text of a page's article, its blocks, and what the page states about it.

    Raises EmptyInput where there is no article text, TooLarge for more elements, or more of them within each other, than are
    read, Malformed where the markup cannot be parsed at all.
    """
    if not source.strip():
        raise EmptyInput(name, "an empty page", line=line)
    if crowded(source):
        raise TooLarge(name, f"more than {PAGE_ATTRIBUTES:,} attributes in one element", line=line)
    import trafilatura  # 200 ms to import: only for pages

    try:
        tree = trafilatura.load_html(source)
        if tree is None:
            raise EmptyInput(name, "HTML without text", line=line)
        _require_measure(tree, name, line)
        about = page_metadata(tree, url=url)
        check_time()
        found = _extracted(source, url, shortest=_SHORT)
        pieces = [] if found is None or found.body is None else list(_pieces(found.body))
        if sum(len(words) for words, _ in pieces) < _SHORT:
            check_time()
            # trafilatura gives up structure for pages this short; a brief of two sentences has one nevertheless.
            again = _extracted(source, url, shortest=1)
            structured = [] if again is None or again.body is None else list(_pieces(again.body))
            found, pieces = (again, structured) if structured else (found, pieces)
    except (ParserError, LxmlError, RecursionError) as error:
        raise Malformed(name, f"HTML that cannot be parsed ({error})", line=line) from error
    if found is None or not any(c.isalpha() for words, _ in pieces for c in words):
        raise EmptyInput(name, "HTML without text", line=line)
    about = about.over(
        About(
            title=found.title,
            author=_authors(found.author),
            publisher=found.sitename,
            url=found.url if is_address(found.url) else None,
        )
    )
    if about.title and not any(_same(about.title, words) for words, _ in pieces[:3]):
        pieces.insert(0, (_SPACE.sub(" ", about.title).strip(), "heading"))
    text, blocks = _joined(pieces)
    return text, list(refine(text, blocks)), about


def _require_measure(tree: _Element, name: str, line: int | None) -> None:
    root = tree.getroottree()
    if root.xpath(f"count(//*) > {PAGE_ELEMENTS}"):
        raise TooLarge(name, f"more than {PAGE_ELEMENTS:,} elements in one page", line=line)
    if root.xpath(f"boolean({'/*' * (PAGE_DEPTH + 1)})"):
        raise TooLarge(name, f"more than {PAGE_DEPTH} elements within each other", line=line)


_SHORT = 250
"""Characters of text under which a page is extracted again for its structure: trafilatura's own threshold."""
# Dates are read by `metadata`, which keeps all of them; trafilatura's own search is held to its cheapest form.
_NO_DATES = {"original_date": True, "extensive_search": False, "max_date": "2100-01-01", "min_date": "1990-01-01"}


def _extracted(source: str, url: str | None, *, shortest: int) -> Extracted | None:
    """trafilatura's result for a page; its tree is parsed anew each time, since extraction takes it apart."""
    import trafilatura
    from trafilatura.settings import Document, use_config

    config = use_config()
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", str(shortest))
    found = trafilatura.bare_extraction(
        trafilatura.load_html(source),
        url=url,
        include_comments=False,
        include_tables=True,
        with_metadata=True,
        date_extraction_params=_NO_DATES,
        config=config,
    )
    return found if isinstance(found, Document) else None


def _pieces(body: _Element) -> Iterator[tuple[str, BlockKind]]:
    """The words and kind of each block in trafilatura's tree, in order."""
    if body.tag in _KINDS:
        yield _words(body), _KINDS[str(body.tag)]
        return
    if body.text and body.text.strip():
        yield _clean(body.text), "paragraph"
    for element in body:
        tag = element.tag
        if tag in ("list", "table"):
            yield from ((words, "list") for words in _rows(element))
        elif tag == "quote":
            parts = [_words(child) for child in element if child.tag in ("p", "list", "head")]
            whole = _words(element)
            yield from ((words, "quote") for words in _apart(whole, parts))
        elif tag in _KINDS and (words := _words(element)):
            yield words, _KINDS[tag]
        elif tag not in _KINDS and len(element) and tag not in ("graphic", "lb"):
            yield from _pieces(element)
        elif tag not in ("graphic", "lb") and (words := _words(element)):
            yield words, "paragraph"
        if element.tail and element.tail.strip():
            yield _clean(element.tail), "paragraph"


def _rows(element: _Element) -> Iterator[str]:
    for child in element:
        if child.tag == "row":
            words = " | ".join(filter(None, (_words(cell) for cell in child)))
        else:
            words = _words(child)
        if words:
            yield words


def _apart(whole: str, parts: list[str]) -> Iterator[str]:
    """A quotation's paragraphs, and what stands behind each outside of them (mostly who said it)."""
    rest = whole
    for part in filter(None, parts):
        before, found, after = rest.partition(part)
        if not found:
            break
        if before.strip():
            yield before.strip()
        yield part
        rest = after
    if rest.strip():
        yield rest.strip()


def _words(element: _Element) -> str:
    """All words below an element; a line break stays one, everything else is separated by single spaces."""
    out: list[str] = [element.text or ""]
    for child in element:
        if child.tag == "lb":
            out.append("\x00")
        elif child.tag in ("p", "item", "head", "quote", "list"):
            out += [" ", _words(child), " "]
        else:
            out.append(_words(child))
        out.append(child.tail or "")
    return _clean("".join(out))


def _clean(words: str) -> str:
    return "\n".join(filter(None, (line.strip() for line in _SPACE.sub(" ", words).split("\x00"))))


def _joined(pieces: list[tuple[str, BlockKind]]) -> tuple[str, list[Block]]:
    """The text of the pieces, and their blocks. Items of a list stand on lines of their own, all else is set apart."""
    text, blocks = "", []
    parts: list[str] = []
    at = 0
    previous: BlockKind | None = None
    for words, kind in pieces:
        gap = "" if previous is None else "\n" if previous == kind == "list" else "\n\n"
        at += len(gap)
        parts += [gap, words]
        blocks.append(Block(Span(at, at + len(words)), kind))
        at += len(words)
        previous = kind
    text = "".join(parts)
    return text, blocks


def _same(title: str, words: str) -> bool:
    def letters(s: str) -> str:
        return re.sub(r"\W+", " ", s).strip().lower()

    return letters(words).startswith(letters(title)) or (letters(title).startswith(letters(words)) and len(words) > 20)


def _authors(author: str | None) -> str | None:
    return ", ".join(part.strip() for part in author.split(";") if part.strip()) or None if author else None

"""PDF: the text layer, laid out again as paragraphs. A scan has none, and is refused as one.

A PDF file holds letters at places of pages. PDFium (BSD licence, through pypdfium2) tells their order and where lines end;
what follows from the places (paragraphs, headings, what is printed on every page) is `layout`'s.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from statistics import median
from threading import Lock
from typing import Any

from onrecord.errors import EmptyInput, InputError, Malformed, MissingExtra, TooLarge
from onrecord.intake.article import About
from onrecord.intake.blocks import refine
from onrecord.intake.layout import Line, laid_out
from onrecord.intake.limits import DOCUMENT_LIMIT, PDF_PAGES
from onrecord.patience import check_time
from onrecord.records import Block, DateCandidate

__all__ = ["read_pdf"]

_CREATED = re.compile(r"D:(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2}))?(?:(Z)|([+-]\d{2})'?(\d{2}))?")
_HYPHEN = 0x02  # PDFium's sign for a hyphen at the end of a line, where it goes on with the next
_BROKEN = re.compile(r"[^\W\d_]-$")
_MEASURED = 8  # letters of a line whose places are asked: 1.3 µs each
_ENDS = frozenset((0x0A, 0x0D, _HYPHEN))
_UNKNOWN = frozenset((0, 0xFFFD, 0xFFFE, 0xFFFF))
_LOCK = Lock()  # PDFium is for one thread at a time


def read_pdf(data: bytes, *, name: str) -> tuple[str, list[Block], About]:
    """The text of a PDF file, its blocks, and what it states about itself.

    Raises EmptyInput for a scan, Malformed for one that is damaged, locked with a password, or whose fonts do not tell which
    letters they show, TooLarge above PDF_PAGES.
    """
    try:
        import pypdfium2  # type: ignore[import-untyped]  # 40 ms to import, and 8 MB
    except ImportError as error:
        raise InputError(name, str(MissingExtra(None, "pypdfium2"))) from error

    with _LOCK:
        try:
            file = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            if "password" in str(error).lower():
                raise Malformed(name, "locked with a password") from error
            raise Malformed(name, f"a PDF file that cannot be read ({error})") from error
        try:
            if len(file) > PDF_PAGES:
                raise TooLarge(name, f"{len(file):,} pages, more than {PDF_PAGES:,}")
            pages = [_lines(file, number, name) for number in range(len(file))]
            stated = {key: str(value) for key, value in file.get_metadata_dict(skip_empty=True).items()}
        except pypdfium2.PdfiumError as error:
            raise Malformed(name, f"a PDF file that cannot be read ({error})") from error
        finally:
            file.close()
    if not any(line.words.strip() for lines in pages for line in lines):
        what = f"a scan of {len(pages)} pages" if len(pages) > 1 else "a scan of a page"
        raise EmptyInput(
            name, f"no text layer: {what if pages else 'no pages'}, whose letters are to be recognised (OCR) first"
        )
    text, blocks = laid_out(pages)
    if sum(map(text.count, "\ufffd\x00")) * 3 > len(text):
        raise Malformed(name, "its fonts do not tell which letters they show")
    if len(text) > DOCUMENT_LIMIT:
        raise TooLarge(name, f"more than {DOCUMENT_LIMIT:,} characters in one document")
    blocks = list(refine(text, blocks))
    first = next((block for block in blocks if block.kind != "boilerplate"), None)  # below what is on every page
    headline = first.span.of(text) if first is not None and first.kind == "heading" else None
    return text, blocks, _about(stated, pages).over(About(title=headline))


def _lines(file: Any, number: int, name: str) -> list[Line]:
    """The lines of a page in PDFium's order, each with its place: points from the left and the lower edge."""
    from pypdfium2 import raw

    check_time()
    page = file[number]
    try:
        found = page.get_textpage()
        try:
            letters = [raw.FPDFText_GetUnicode(found, i) for i in range(found.count_chars())]
            if len(letters) > DOCUMENT_LIMIT:
                raise TooLarge(name, f"more than {DOCUMENT_LIMIT:,} characters in one document")
            return [line for start, end in _ranges(letters) if (line := _line(found, letters, start, end)) is not None]
        finally:
            found.close()
    finally:
        page.close()


def _ranges(letters: list[int]) -> Iterator[tuple[int, int]]:
    """The first and the last-but-one letter of each line, the sign of a hyphen counted to it."""
    start = 0
    for i, letter in enumerate(letters):
        if letter in _ENDS:
            end = i + (letter == _HYPHEN)
            if end > start:
                yield start, end
            start = i + 1
    if start < len(letters):
        yield start, len(letters)


def _line(page: Any, letters: list[int], start: int, end: int) -> Line | None:
    hyphen = letters[end - 1] == _HYPHEN
    shown = [i for i in range(start, end - hyphen) if not chr(letters[i]).isspace()]
    if not shown:
        return None
    boxes = [_box(page, i) for i in shown[:: max(1, len(shown) // _MEASURED)]]
    words = "".join("\ufffd" if letters[i] in _UNKNOWN else chr(letters[i]) for i in range(start, end - hyphen))
    # Half of a pair of surrogates stands where a font says so; text that is stored cannot hold it.
    words = " ".join(words.encode("utf-16", "surrogatepass").decode("utf-16", "replace").split())
    if not hyphen and _BROKEN.search(words):
        words, hyphen = words[:-1], True
    # A bullet or a sign of another font may stand higher or lower than the letters of the line.
    bottom, top = median(box.bottom for box in boxes), median(box.top for box in boxes)
    return Line(words, boxes[0].left, _box(page, shown[-1]).right, bottom, top, hyphen)


def _box(page: Any, index: int) -> Any:
    from pypdfium2 import raw

    box = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(page, index, box)
    return box


def _about(stated: dict[str, str], pages: list[list[Line]]) -> About:
    """Title, author and date of its making, as the file states them; a title only if the first pages show it too.

    The date is kept but never chosen as that of publication: old papers are made into PDF files on a day of their own.

    Programs put the name of a template or of the file into the title, and the name of whoever sat at the machine into the
    author: an author who is a name and shown is taken, as the title is.
    """
    shown = " ".join(line.words for lines in pages[:2] for line in lines).casefold()

    def if_shown(key: str) -> str | None:
        words = " ".join(stated.get(key, "").split())
        return words if len(words) > 3 and words.casefold() in shown else None

    dates: tuple[DateCandidate, ...] = ()
    if m := _CREATED.match(stated.get("CreationDate", "")):
        year, month, day, hour, minute, second, zulu, offset, minutes = m.groups()
        clock = f"T{hour}:{minute}:{second}" if hour else ""
        zone = "+00:00" if zulu else f"{offset}:{minutes}" if offset else ""
        dates = (DateCandidate(f"{year}-{month}-{day}{clock}{zone}", "created: CreationDate"),)
    return About(title=if_shown("Title"), author=if_shown("Author"), dates=dates)

"""The blocks of a stored text: heading, paragraph, quote, list, caption, boilerplate.

Blocks follow each other in order, do not overlap, and hold every character that is not white space: nothing is deleted,
page furniture is only marked. `segment` reads plain text; `refine` takes blocks whose shape a page has already given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from onrecord.intake.dates import is_date_line
from onrecord.intake.furniture import furniture, glued_head, glued_tail, link_label, mid_markers
from onrecord.intake.language import words
from onrecord.patience import check_time
from onrecord.records import Block, BlockKind, Span

__all__ = ["refine", "segment"]

_LINE = re.compile(r"[^\n\r\x0b\x0c\u2028\u2029]+")
_BLANK = re.compile(
    r"(?:\r\n|[\n\r\x0b\x0c\u2028\u2029])[^\S\n\r\x0b\x0c\u2028\u2029]*(?:\r\n|[\n\r\x0b\x0c\u2028\u2029])"
)
_BULLET = re.compile(r"(?P<sure>[•▪◦‣●■])\s*\S|(?P<maybe>[-*–·]|\(?\d{1,2}[.)]|\(?[a-z]\))\s+\S")
_ENDS_SENTENCE = re.compile(r"[.!?…:;,][\"'”’)\]»]*$")
_OPENING_QUOTE = ('"', "“", "„", "«", ">")
_HEADING_LONGEST, _HEADING_WORDS = 150, 18
_MOST_LINKS, _LINK_WORDS = 10, 4
_WRAP_SHORTEST, _WRAP_LONGEST = 45, 100
# "… the Russian Federation. Mark Rutte NATO Secretary General": a block quote whose attribution trails it.
_SMALL = "of|the|and|for|in|to|at|on|de|van|von|der|al|bin|da|del|la"
_SIGNATURE = re.compile(
    rf"[.!?…][\"”’]?\s+(?P<name>[A-Z][\w.'’-]+\s+(?:(?:{_SMALL})\s+)?[A-Z][\w.'’-]+(?:,?\s+(?:[A-Z][\w.'’&-]*|{_SMALL})){{0,9}})$"
)
_DASHED = re.compile(r"[.!?…\"”’][\"”’]?\s*(?:—|―|–|--)\s?(?P<name>[A-Z@][^.!?\n]{2,80})$")
_INTRODUCES = re.compile(r"\b(?:\w+ed|said|says|wrote|writes|reads?|tells?|told|is|are|was|were):$", re.IGNORECASE)
_POST = re.compile(
    r"(?:—|–|--) ?[^\n]{1,60}\(@\w{1,30}\)[^\n]{0,40}$"
)  # an embedded post: "… — NAU (@NAU) October 9, 2015"
_NOT_A_NAME = words(
    "related read more watch photo photos video click see story update updated copyright new latest breaking also "
    "police"
)


def segment(text: str) -> tuple[Block, ...]:
    """The blocks of a plain text. Paragraphs end at blank lines, and at line ends unless the lines are hard-wrapped."""
    return refine(text, [Block(span, "paragraph") for span in _paragraphs(text)], shaped=False)


def refine(text: str, blocks: Sequence[Block], *, shaped: bool = True) -> tuple[Block, ...]:
    """Mark furniture and captions within `blocks`, and split off what is glued to a paragraph.

    With `shaped`, headings, quotes and lists come from the page's markup and stay; without, they are read from form.
    """
    pieces = [piece for block in blocks for piece in _split(text, block)]
    kinds: list[BlockKind] = [furniture(_plain(p.span.of(text))) or p.kind for p in pieces]
    _mark_links(text, pieces, kinds)
    if not shaped:
        _mark_posts(text, pieces, kinds)
        _mark_lists(text, pieces, kinds)
        _mark_headings(text, pieces, kinds)
        _mark_quotes(text, pieces, kinds)
    return tuple(replace(piece, kind=kind) for piece, kind in zip(pieces, kinds, strict=True))


def _paragraphs(text: str) -> Iterator[Span]:
    start = 0
    for gap in [*_BLANK.finditer(text), None]:
        end = gap.start() if gap else len(text)
        lines = [
            _trimmed(text, m.start(), m.end()) for m in _LINE.finditer(text, start, end) if not m.group().isspace()
        ]
        if len(lines) > 1 and _is_wrapped(text, lines):
            yield Span(lines[0].start, lines[-1].end)
        else:
            yield from lines
        start = gap.end() if gap else end


def _is_wrapped(text: str, lines: Sequence[Span]) -> bool:
    """Whether one paragraph was broken into lines of about equal length, as in e-mail and wire copy."""
    full = lines[:-1]
    if any(not _WRAP_SHORTEST <= s.end - s.start <= _WRAP_LONGEST for s in full):
        return False
    if lines[-1].end - lines[-1].start > _WRAP_LONGEST or any(_BULLET.match(s.of(text)) for s in lines[1:]):
        return False
    ended = sum(bool(re.search(r"[.!?…][\"'”’)]*$", s.of(text))) for s in full)
    lower = sum(text[s.start].islower() for s in lines[1:])
    return ended * 3 <= len(full) and (lower * 3 >= len(full) or (len(full) == 1 and lower == 1))


def _split(text: str, block: Block) -> Iterator[Block]:
    """A block, cut at the furniture glued to its ends or standing between its sentences."""
    check_time()
    start, end = block.span
    words = block.span.of(text)
    if block.kind not in ("paragraph", "quote", "list") or furniture(_plain(words)) is not None:
        yield block
        return
    cuts: list[Span] = []
    if (head := glued_head(words)) is not None:
        cuts.append(_trimmed(text, start, start + head))
        start += head
    cuts += [Span(block.span.start + a, block.span.start + b) for a, b in mid_markers(words)]
    tails: list[Span] = []
    while len(tails) < 4 and (tail := glued_tail(text[start:end])) is not None:
        tails.insert(0, Span(start + tail, end))
        end = _trimmed(text, start, start + tail).end
    start = block.span.start
    for cut in (*cuts, *tails):
        if text[start : cut.start].strip():
            yield Block(_trimmed(text, start, cut.start), block.kind)
        yield Block(cut, "boilerplate")
        start = cut.end
    if text[start:end].strip():
        yield Block(_trimmed(text, start, end), block.kind)


def _mark_links(text: str, pieces: Sequence[Block], kinds: list[BlockKind]) -> None:
    """Short lines that end in no sentence are links where they follow a label such as "Related:"."""
    links = 0  # how many more may follow
    for i, piece in enumerate(pieces):
        line = _plain(piece.span.of(text))
        if kinds[i] == "boilerplate":
            links = _MOST_LINKS if link_label(line) else links
        elif links and kinds[i] in ("paragraph", "list") and _is_short(line) and len(line.split()) >= _LINK_WORDS:
            kinds[i] = "boilerplate"
            links -= 1
        else:
            links = 0


def _mark_posts(text: str, pieces: Sequence[Block], kinds: list[BlockKind]) -> None:
    for i, piece in enumerate(pieces):
        if kinds[i] == "paragraph" and _POST.search(text, max(piece.span.start, piece.span.end - 120), piece.span.end):
            kinds[i] = "quote"


def _mark_lists(text: str, pieces: Sequence[Block], kinds: list[BlockKind]) -> None:
    """Bulleted or numbered lines, and runs of at least three short lines that end in no sentence (names, places)."""
    bullets = [_BULLET.match(p.span.of(text)) if kinds[i] == "paragraph" else None for i, p in enumerate(pieces)]
    for i, bullet in enumerate(bullets):
        beside = (i > 0 and bullets[i - 1]) or (i + 1 < len(bullets) and bullets[i + 1])
        if bullet and (bullet["sure"] or beside):
            kinds[i] = "list"
    run: list[int] = []
    for i in range(1, len(pieces) + 1):
        line = _plain(pieces[i].span.of(text)) if i < len(pieces) and kinds[i] == "paragraph" else ""
        if line and _is_short(line) and not is_date_line(line):
            run.append(i)
            continue
        if len(run) >= 3:
            for j in run:
                kinds[j] = "list"
        run = []


def _mark_headings(text: str, pieces: Sequence[Block], kinds: list[BlockKind]) -> None:
    for i, piece in enumerate(pieces):
        if kinds[i] != "paragraph":
            continue
        following = next((j for j in range(i + 1, len(pieces)) if kinds[j] not in ("boilerplate", "caption")), None)
        line = piece.span.of(text)
        if following is None or is_date_line(line):
            continue
        if _is_heading(line) or (i == 0 and _is_question(line, pieces[following].span.of(text))):
            kinds[i] = "heading"


def _is_heading(line: str) -> bool:
    if len(line) > _HEADING_LONGEST or "\n" in line or "\r" in line or line.startswith(_OPENING_QUOTE):
        return False
    parts = line.split()
    if not any(c.isalpha() for c in line) or next(c for c in line if c.isalpha()).islower():
        return False
    if line.endswith(":"):  # "In other shootings:", but not "The president wrote:"
        return len(parts) <= 4 and not _INTRODUCES.search(line)
    return len(parts) <= _HEADING_WORDS and not _ENDS_SENTENCE.search(line) and not re.search(r"[a-z]{3}[.!] ", line)


def _is_question(line: str, following: str) -> bool:
    """A headline may ask or shout, where a longer paragraph follows it."""
    fits = line.endswith(("?", "!")) and len(line) <= _HEADING_LONGEST and len(line.split()) <= _HEADING_WORDS
    return fits and len(following) > 2 * len(line) and not line.startswith(_OPENING_QUOTE)


def _mark_quotes(text: str, pieces: Sequence[Block], kinds: list[BlockKind]) -> None:
    """Block quotes: lines marked ">", words in quotation marks under a colon, paragraphs that end with who said it."""
    for i, piece in enumerate(pieces):
        if kinds[i] != "paragraph":
            continue
        words = piece.span.of(text)
        introduced = i > 0 and kinds[i - 1] in ("paragraph", "heading") and text[pieces[i - 1].span.end - 1] == ":"
        whole = words[0] in '"“„«' and words[-1] in '"”“»' and not re.search(r"[“\"”«»]", words[1:-1])
        if words.startswith("> ") or (introduced and whole) or _signed(words):
            kinds[i] = "quote"


def _signed(words: str) -> bool:
    tail = words[-120:]
    if words[-1:] in '.!?…:"”’)' or len(words) < 60:
        return False
    if m := _DASHED.search(tail):
        return len(m["name"].split()) <= 12
    m = _SIGNATURE.search(tail)
    return m is not None and len(m["name"].split()) >= 3 and m["name"].split()[0].lower() not in _NOT_A_NAME


def _is_short(line: str) -> bool:
    return len(line) <= _HEADING_LONGEST and not _ENDS_SENTENCE.search(line) and not line.startswith(_OPENING_QUOTE)


def _plain(words: str) -> str:
    return " ".join(words.split()) if len(words) <= 1000 else words


def _trimmed(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    left = len(words) - len(words.lstrip())
    return Span(start + left, max(start + left, start + len(words.rstrip())))

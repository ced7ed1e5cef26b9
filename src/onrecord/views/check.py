"""What a check of a draft found, as text for a terminal and as a page of HTML for the desk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.marks import Mark, cut
from onrecord.reading import Reading
from onrecord.records import Block, Span
from onrecord.views.wording import printable, titled

if TYPE_CHECKING:
    from rich.text import Text

    from onrecord.ledger.checking import Finding, Place

__all__ = ["as_html", "as_text", "exit_status"]

_ORDER = ("contradicted", "misattributed", "altered", "outdated", "not on record", "verbatim")
"""What weighs most first: where marks overlap it gives the colour, and it is named first."""

_STYLES = {
    "contradicted": "bold red",
    "misattributed": "bold magenta",
    "altered": "bold yellow",
    "outdated": "bold cyan",
    "not on record": "bold",
    "verbatim": "green",
}
_SHOWN = 2  # sources of a finding that are shown at once
_LONGEST = 240  # characters of a source's words on a terminal


def exit_status(findings: Sequence[Finding]) -> int:
    """3 where something needs an editor's eye, else 0."""
    return 3 if any(finding.mend for finding in findings) else 0


def as_text(reading: Reading, findings: Sequence[Finding]) -> Text:
    """What needs an eye, in the order of the draft, and a line that counts all."""
    from rich.text import Text

    out = Text()
    lines = _Lines(reading.document.text)
    for finding in findings:
        if not finding.mend:
            continue
        out.append(f"{finding.kind} {finding.what}", style=_STYLES[finding.kind])
        out.append(f"  line {lines.number(finding.span)}\n", style="dim")
        out.append(f"  “{_shortened(finding.words)}”\n")
        out.append(f"  {printable(finding.reason)}\n")
        for op, draft, ledger in finding.difference:
            out.append(f"    {op}: ", style="dim")
            if draft:
                out.append(f"[-{printable(draft)}-]", style="red")
            if ledger:
                out.append(f"{{+{printable(ledger)}+}}", style="green")
            out.append("\n")
        for place in finding.against[:_SHOWN]:
            out.append(f"    “{_shortened(place.words)}”\n")
            out.append(f"      {printable(_by(place))}\n", style="dim")
        out.append("\n")
    return out.append(_total(findings), style="bold")


def as_html(reading: Reading, findings: Sequence[Finding]) -> str:
    """The draft as one page that needs no other file and no script: marks in the text, each finding beside its words.

    Every word of the draft and of the ledger is escaped.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined

    # Trimmed blocks keep the page's own line feeds out of the text of a paragraph, which is shown as it stands.
    environment = Environment(
        loader=PackageLoader("onrecord.views.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    document = reading.document
    facts = [document.publisher, document.published or "no publication date", f"checked as {document.id[:8]}"]
    return environment.get_template("check.html").render(
        title=printable(titled(document.title, document.id)),
        facts=printable(" · ".join(fact for fact in facts if fact)),
        counts=[_Count(number, kind, _css(kind)) for kind, number in _counted(findings)],
        rows=list(_rows(reading, findings)),
    )


@dataclass(frozen=True, slots=True)
class _Count:
    number: int
    kind: str
    css: str


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of the draft's text under the same findings; `numbers` are those that end with it."""

    text: str
    css: str
    title: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Change:
    draft: str
    ledger: str


@dataclass(frozen=True, slots=True)
class _Source:
    words: str
    by: str


@dataclass(frozen=True, slots=True)
class _Card:
    """One finding that needs an eye."""

    number: int
    kind: str
    css: str
    what: str
    reason: str
    changes: tuple[_Change, ...]
    first: tuple[_Source, ...]
    more: tuple[_Source, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    """A block of the draft with the findings on its words; `fine` says how many are as on record."""

    kind: str
    pieces: tuple[_Piece, ...]
    cards: tuple[_Card, ...]
    fine: str


def _rows(reading: Reading, findings: Sequence[Finding]) -> Iterator[_Row]:
    text = reading.document.text
    numbers = {place: number for number, place in enumerate((i for i, f in enumerate(findings) if f.mend), 1)}
    marks = [Mark(finding.span, place) for place, finding in enumerate(findings) if finding.span.of(text)]
    for block in _blocks(reading):
        words = block.span.of(text)
        inside = [mark for mark in marks if mark.span.overlaps(block.span)]
        shifted = [Mark(_within(mark.span, block.span), mark.label) for mark in inside]
        pieces = []
        for segment in cut(words, shifted):
            under = sorted((findings[place] for place in segment.labels), key=lambda f: _ORDER.index(f.kind))
            ends = sorted(numbers[mark.label] for mark in segment.closed if mark.label in numbers)
            title = "; ".join(dict.fromkeys(f"{f.kind} {f.what}" for f in under))
            pieces.append(_Piece(printable(segment.text), _css(under[0].kind) if under else "", title, tuple(ends)))
        own = [mark.label for mark in inside if block.span.start <= mark.span.start < block.span.end]
        cards = tuple(_card(findings[place], numbers[place]) for place in own if place in numbers)
        fine = Counter(findings[place].what for place in own if place not in numbers)
        yield _Row(block.kind, tuple(pieces), cards, ", ".join(_number(n, what) for what, n in sorted(fine.items())))


def _blocks(reading: Reading) -> list[Block]:
    """The blocks of the draft that have words; its lines, where it has no blocks."""
    text = reading.document.text
    if reading.document.blocks:
        return [block for block in reading.document.blocks if block.span.of(text).strip()]
    found, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append(Block(Span(start, start + len(line)), "paragraph"))
        start += len(line) + 1
    return found


def _within(span: Span, block: Span) -> Span:
    return Span(max(span.start, block.start) - block.start, min(span.end, block.end) - block.start)


def _card(finding: Finding, number: int) -> _Card:
    sources = [_Source(printable(place.words), printable(_by(place))) for place in finding.against]
    return _Card(
        number=number,
        kind=finding.kind,
        css=_css(finding.kind),
        what=finding.what,
        reason=printable(finding.reason),
        changes=tuple(_Change(printable(draft), printable(ledger)) for _, draft, ledger in finding.difference),
        first=tuple(sources[:_SHOWN]),
        more=tuple(sources[_SHOWN:]),
    )


def _css(kind: str) -> str:
    return "missing" if kind == "not on record" else kind


def _by(place: Place) -> str:
    """ "Edrin Sauk, 2025-03-12 · Toll revised · The Harbour Post, 2025-03-14 · 3f2a90c1": who, when, where."""
    said = ", ".join(filter(None, (place.speaker, place.said_on)))
    printed = ", ".join(filter(None, (place.publisher, (place.published or "")[:10])))
    return " · ".join(filter(None, (said, place.title, printed, place.document[:8])))


def _counted(findings: Sequence[Finding]) -> list[tuple[str, int]]:
    counted = Counter(finding.kind for finding in findings)
    return [(kind, counted[kind]) for kind in _ORDER if counted[kind]]  # type: ignore[index]


def _total(findings: Sequence[Finding]) -> str:
    """ "2 to look at: 1 altered, 1 outdated; 12 verbatim"."""
    mend = sum(finding.mend for finding in findings)
    counted = _counted(findings)
    kinds = ", ".join(f"{number} {kind}" for kind, number in counted if kind != "verbatim")
    verbatim = len(findings) - mend
    return f"{mend} to look at{': ' + kinds if kinds else ''}; {verbatim} verbatim"


def _number(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _shortened(words: str) -> str:
    words = printable(words)
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"


class _Lines:
    """Line numbers of a text, from 1."""

    def __init__(self, text: str) -> None:
        self._text = text

    def number(self, span: Span) -> int:
        return self._text.count("\n", 0, span.start) + 1

"""How records are put in words for people: amounts, intervals, who vouches. The same on terminal and page."""

from __future__ import annotations

from onrecord.records import Bound, Change, Figure, Moment, Statement, Tally
from onrecord.views.units import unit_words

__all__ = [
    "OUTLET",
    "UNNAMED",
    "amount",
    "how",
    "how_many",
    "interval",
    "movement",
    "number",
    "printable",
    "quoted",
    "titled",
    "vouched",
]

OUTLET = "the outlet"
"""Who vouches for a figure that stands in no statement: the outlet in its own voice."""

UNNAMED = "unnamed source"
"""Who said what nobody is named for ("it was announced that …"): the ledger's word for it too."""

# C0 and C1 controls (a terminal obeys them: ESC starts colour, cursor and title sequences), shown as control pictures,
# and halves of surrogate pairs (file names that are not UTF-8 hold them), which no stream can encode.
_CONTROLS = {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\n\t"}
_CONTROLS |= {0x7F: 0x2421} | dict.fromkeys((*range(0x80, 0xA0), *range(0xD800, 0xE000)), 0xFFFD)


def printable(text: str) -> str:
    """`text` without a character that a terminal would obey instead of show, or cannot. Line feeds and tabs stay."""
    return text.translate(_CONTROLS)


def titled(title: str | None, document: str) -> str:
    """What a document is called: its title, else the beginning of its id, which `onrecord show` takes."""
    return title or f"Untitled {document[:8]}"


def quoted(text: str, spans: tuple[tuple[int, int], ...]) -> str:
    """The words under `spans`, an ellipsis between pieces, white space made single so that they fit a line."""
    return " … ".join(" ".join(text[start:end].split()) for start, end in spans)


def number(value: float) -> str:
    """A number with thousands separators and at most three decimals ("a third" is 33.333 %): 600,000; 2.5."""
    rounded = f"{value:,.3f}".rstrip("0").rstrip(".")
    return rounded if float(rounded.replace(",", "")) or not value else f"{value:.3g}"


def amount(low: float | None, high: float | None, bound: Bound, unit: str | None) -> str:
    """An interval as read: "10,000", "about 11,000", "> 600,000", "≥ 107", "5–7", "40 %", "7 years"."""
    ends = [number(end) for end in dict.fromkeys((low, high)) if end is not None]
    words = "–".join(ends)
    if bound == "about":
        words = f"about {words}"
    elif bound in ("more than", "less than"):
        words = f"{'>' if bound == 'more than' else '<'} {words}"
    elif high is None:
        words = f"≥ {words}"
    elif low is None:
        words = f"≤ {words}"
    return f"{words} {unit_words(unit, one=low == high == 1)}" if unit else words


def movement(change: Change | None, tally: Tally | None) -> str:
    """Which way a figure moved and what sum it is: "down", "up to", "more" for what comes on top, "in all", "up, more"."""
    words = {"total": "in all", "increment": "more"}
    return ", ".join(filter(None, (change, words[tally] if tally else None)))


def interval(moment: Moment) -> str:
    """The half-open interval of dates that a moment spans, where known: "2024-10-18 – 2024-10-19"."""
    if moment.start is None and moment.end is None:
        return ""
    return f"{moment.start or '…'} – {moment.end or '…'}"


def how(act: str, cue: str | None, negated: bool) -> str:
    """The act with the words that carry it: 'confirm "officially confirmed"', 'not confirm "did not confirm"'."""
    name = f"not {act}" if negated else act
    return f"{name} “{cue}”" if cue else name


def how_many(count: int, noun: str) -> str:
    """ "1 article", "1,204 articles"; of series there is one form."""
    return f"{count:,} {noun}{'' if count == 1 or noun.endswith('s') else 's'}"


def vouched(figure: Figure, statements: tuple[Statement, ...]) -> Statement | None:
    """The statement that a figure stands in, None where the outlet says it itself."""
    return next((s for s in statements if s.id == figure.statement), None)

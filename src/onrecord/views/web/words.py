"""What conflicts, copies and corrections are called on pages, so that somebody who sees them first understands them."""

from __future__ import annotations

from onrecord.ledger.conflicts.rows import ConflictRow, Rule, SideRow
from onrecord.ledger.copies.groups import CopyKind
from onrecord.ledger.corrections import CorrectionRow
from onrecord.ledger.corrections.records import Kind
from onrecord.ledger.rows import FigureRow
from onrecord.reader.plurals import plural

__all__ = ["COPY_KINDS", "RULES", "RULES_AT_LENGTH", "counted", "in_conflict", "ruled", "sides_in_order"]

RULES: dict[Rule, str] = {
    "figures": "figures exclude each other",
    "denial": "said and denied",
    "reversal": "first this, then that",
    "opposite": "opposite claims",
}
"""A rule on a label."""

RULES_AT_LENGTH: dict[Rule, str] = {
    "figures": "Two values for the same thing on the same day, and no number fits both.",
    "denial": "One holds what the other denies.",
    "reversal": "One voice first says one thing, and later the other.",
    "opposite": "Two claims that say the opposite of each other.",
}
"""A rule in a sentence."""

COPY_KINDS: dict[CopyKind, str] = {
    "origin": "where the text comes from",
    "reprint": "the same text, perhaps cut, under another headline or dateline",
    "excerpt": "a part of the origin, or the whole of it within a longer text",
    "rewrite": "the origin's text in other words",
    "update": "a newer version of the same page",
    "translation": "the origin in another language, or through one",
}
"""What a copy is of its origin."""

_RULED: dict[Kind, tuple[str, str]] = {
    "speaker": ("Ruled to be said by {to}", "Ruled to have said “{words}”"),
    "merge": ("Ruled to be one with {to}", "Ruled to be one with {words}"),
    "split": ("Ruled not to be one with {to}", "Ruled not to be one with {words}"),
    "rename": ("Ruled to be called {to}", ""),
    "reject": ("Ruled not to count", ""),
    "confirm": ("Ruled to be certain", ""),
    "series": ("Ruled to belong to the series of “{to}”", "“{words}” ruled to belong to its series"),
    "undo": ("A ruling taken back", "A ruling taken back"),
}
"""What a correction says of the record that it corrects, and of the one that this was given."""


def counted(row: FigureRow) -> str:
    """What a figure counts, and whose: "soldiers of Ruvania"; empty where nobody says."""
    noun = plural(row.noun) if row.noun is not None and row.unit is None and row.high != 1 else row.noun
    return " of ".join(filter(None, (noun, row.of)))


def in_conflict(row: ConflictRow) -> str:
    """A conflict as a sentence: who stands against whom, and that both cannot be true."""
    a, b = (side.who for side in sides_in_order(row))
    if row.rule == "figures":
        return f"Both cannot be true: {a} says “{row.a.words}”, {b} says “{row.b.words}”."
    if row.rule == "denial":
        return f"Both cannot be true: {a} says it, {b} denies it."
    if row.rule == "reversal":
        later = "and" if a == b else f"and {b}"
        return f"Both cannot be true: {a} said one thing first, {later} the other later."
    return f"Both cannot be true: {a} and {b} say the opposite."


def sides_in_order(row: ConflictRow) -> tuple[SideRow, SideRow]:
    """Both sides; of a reversal what was printed earlier first, whichever of them the ledger names first."""
    late = row.rule == "reversal" and (row.b.published or "9999") < (row.a.published or "9999")
    return (row.b, row.a) if late else (row.a, row.b)


def ruled(row: CorrectionRow, *, given: bool = False) -> str:
    """What a correction says of its record; with `given`, of the other record that it names: who said it, who is one."""
    if row.kind == "series" and row.to is None:
        return "Ruled to be a series of its own"
    return _RULED[row.kind][given].format(to=row.to, words=row.words)

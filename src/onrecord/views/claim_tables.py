"""Tables of claims and conflicts: what is claimed, who holds it, who denies it; two sides beside each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from onrecord.ledger.claims.rows import ClaimRow, MemberRow
from onrecord.ledger.conflicts.rows import ConflictRow, SideRow
from onrecord.records import Span
from onrecord.views.grid import Grid
from onrecord.views.ledger_tables import ID, paper
from onrecord.views.tables import cell, grid, marked_words

__all__ = ["claim_in_full", "claims_table", "conflicts_table"]

# Legible on white and on black; what is contested stands out.
_STANDINGS = {
    "single source": "",
    "corroborated": "green",
    "disputed": "bold red",
    "denied": "red",
    "revised": "yellow",
    "withdrawn": "magenta",
}
_ROLES = {"holder": ("", "green"), "denier": ("denies", "red"), "neither": ("leaves open", "yellow")}
_SHOWN = 4  # voices of a claim in a table; the claim in full has all

_RULES = {
    "figures": "figures that exclude each other",
    "denial": "one says it, the other denies it",
    "reversal": "one voice, first this, then that",
    "opposite": "both cannot be true",
}


def claims_table(rows: Sequence[ClaimRow]) -> RenderableType:
    """A row a claim: its standing, its words, and the voices that hold or deny it, each with its first mention."""
    if not rows:
        return Text("No claims.")
    columns = [("claim", 0), ("what is claimed", 5), ("who says so", 5)]
    return grid(columns, ([_named(row), cell(" ".join(row.says.split())), _voices(row)] for row in rows))


def claim_in_full(rows: Sequence[ClaimRow]) -> RenderableType:
    """Each claim with its normal form and every mention."""
    return Group(*(part for row in rows for part in _in_full(row)))


def conflicts_table(rows: Sequence[ConflictRow]) -> RenderableType:
    """Each conflict as two columns: the words of both sides in their sentences, with who said them and where."""
    if not rows:
        return Text("No conflicts.")
    return Group(*(part for row in rows for part in _conflict(row)))


def _named(row: ClaimRow) -> Text:
    standing = f"{row.standing} ({row.independent})" if row.independent > 1 else row.standing
    return cell(row.id, "dim").append("\n").append_text(cell(standing, _STANDINGS[row.standing]))


def _voices(row: ClaimRow) -> Text:
    heard: dict[tuple[str, str], MemberRow] = {}
    for member in (*row.holders, *row.deniers, *row.neither):
        heard.setdefault((member.role, member.name), member)
    # Of a long list the first of each kind are shown: a claim with forty holders must not hide who denies it.
    shown = [m for role in _ROLES for m in [m for (r, _), m in heard.items() if r == role][:_SHOWN]]
    lines = [_voice(member) for member in shown]
    if len(shown) < len(heard):
        lines.append(cell(f"and {len(heard) - len(shown)} more", "dim"))
    return Text("\n").join(lines)


def _voice(member: MemberRow) -> Text:
    """ "Edrin Sauk confirms, 2025-03-12 3f2a90c1"."""
    word, style = _ROLES[member.role]
    if member.way == "withdrawal":
        word, style = "takes it back", "magenta"
    act = "" if member.act in ("report", "say") else member.act
    facts = ", ".join(part for part in (word or act, member.said_on and member.said_on[:10]) if part)
    line = cell(member.name, style)
    return line.append_text(cell(f" · {facts}" if facts else "")).append_text(cell(f" {member.document[:ID]}", "dim"))


def _in_full(row: ClaimRow) -> Iterator[RenderableType]:
    head = _named(row).append(f"  story {row.story}", style="dim").append("\n")
    yield head.append_text(cell(" ".join(row.says.split()), "bold"))
    form = ("actor", "event", "target", "place", "time", "status", "figure")
    known = [f"{name}: {value}" for name in form if (value := getattr(row, name)) is not None]
    yield cell(" · ".join([*known, *(["negative"] if row.negative else [])]), "dim")
    columns = [("who", 3), ("part", 0), ("act", 0), ("on", 0), ("words", 7), ("record", 0)]
    yield grid(
        columns,
        (
            [
                cell(member.name, _ROLES.get(member.role, ("", ""))[1]),
                cell("takes it back" if member.way == "withdrawal" else member.role),
                cell(member.act),
                cell(member.said_on and member.said_on[:10]),
                cell(" ".join(member.words.split())),
                cell(f"{member.document[:ID]}:{member.record}", "dim"),
            ]
            for member in row.members
        ),
    )


def _conflict(row: ConflictRow) -> Iterator[RenderableType]:
    head = cell(row.id, "dim").append("  ").append_text(cell(row.rule, "bold red"))
    yield head.append_text(cell(f": {_RULES[row.rule]}")).append_text(cell(f"  {row.day or ''}"))
    yield cell(row.comparable, "dim")
    yield Grid.of([("one side", 1), ("the other side", 1)], [[_side(row.a), _side(row.b)]], headed=False)
    yield Text()


def _side(side: SideRow) -> Text:
    text = cell(side.who, "green").append(" ").append_text(cell(side.of, "dim")).append("\n")
    text.append_text(_sentence(side)).append("\n")
    where = paper(side.publisher or side.title, side.published)
    return text.append_text(cell(f"{side.document[:ID]} ", "dim")).append_text(where)


def _sentence(side: SideRow) -> Text:
    start = side.context_span.start
    return marked_words(side.context, Span(side.span.start - start, side.span.end - start))

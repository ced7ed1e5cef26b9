"""Tables of stories, copies, people and the log of corrections."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.console import Group, RenderableType
from rich.text import Text

from onrecord.ledger.copies.rows import CopyRow
from onrecord.ledger.corrections import CorrectionRow
from onrecord.ledger.dates import days
from onrecord.ledger.identity.rows import PersonRow
from onrecord.ledger.stories.rows import StoryRow
from onrecord.views import console
from onrecord.views.ledger_tables import ID
from onrecord.views.sparks import moment, stretch
from onrecord.views.tables import cell, grid
from onrecord.views.wording import titled

__all__ = ["copies_table", "correction_line", "corrections_table", "stories_table", "story_in_full", "who_table"]

_STRETCH = 16  # cells for the whole time of the stories shown
_STATES = {"in force": "green", "undone": "dim", "overruled": "yellow", "orphan": "bold red"}


def stories_table(rows: Sequence[StoryRow]) -> RenderableType:
    if not rows:
        return Text("No stories.")
    columns = [("story", 0), ("first", 0), ("last", 0), ("when", 0), ("articles", 0), ("title", 1)]
    dated = [moment(day) for row in rows for end in (row.first, row.last) for day in days(end) or ()]
    whole = (min(dated), max(dated)) if dated else (0.0, 0.0)

    def when(row: StoryRow) -> Text:
        first, last = days(row.first), days(row.last)
        if first is None or last is None:
            return Text()
        ascii_only = not console.speaks_unicode()
        return Text(stretch(moment(first[0]), moment(last[1]), whole, _STRETCH, ascii_only=ascii_only), "cyan")

    return grid(
        columns,
        (
            [cell(row.id, "dim"), cell(row.first), cell(row.last), when(row), cell(row.documents), cell(row.title)]
            for row in rows
        ),
    )


def story_in_full(rows: Sequence[StoryRow]) -> RenderableType:
    """Each story with the documents in it, which `onrecord show` opens."""
    columns = [("story", 0), ("first", 0), ("last", 0), ("articles", 0), ("documents", 1)]
    return grid(
        columns,
        (
            [
                cell(row.id, "dim"),
                cell(row.first),
                cell(row.last),
                cell(row.documents),
                cell(" ".join(id[:ID] for id in row.members)),
            ]
            for row in rows
        ),
    )


def copies_table(rows: Sequence[CopyRow]) -> RenderableType:
    """A table a group: what each member is of the origin, and the evidence."""
    if not rows:
        return Text("No copies.")
    return Group(*(_group(group, list(members)) for group, members in groupby(rows, key=lambda row: row.group)))


def _group(group: str, rows: Sequence[CopyRow]) -> RenderableType:
    columns = [("document", 0), ("kind", 0), ("published", 0), ("what", 4), ("evidence", 5)]
    return grid(
        columns,
        (
            [
                cell(row.document[:ID], "dim"),
                cell(row.kind, "green" if row.kind == "origin" else ""),
                cell(row.published and row.published[:10]),
                cell(titled(row.title, row.document) + (f" ({row.publisher})" if row.publisher else "")),
                cell("; ".join(row.evidence)),
            ]
            for row in rows
        ),
        title=f"{group}: one text, {_number(len(rows), 'article')}",
    )


def who_table(rows: Sequence[PersonRow]) -> RenderableType:
    """Each person with all names, roles over time, and why the names are one."""
    return Group(*(part for row in rows for part in _person(row)))


def _person(row: PersonRow) -> Iterator[RenderableType]:
    facts = [row.type, *([row.ref] if row.ref else []), _number(row.statements, "statement")]
    facts += [_number(len(row.documents), "article"), _between(row.first, row.last)]
    head = cell(row.name, "bold green").append("  ").append_text(cell(row.id, "dim")).append("\n")
    yield head.append_text(cell(" · ".join(fact for fact in facts if fact)))
    if row.names:
        yield cell("named " + ", ".join(f"{name} ({count})" for name, count in row.names))
    if row.roles:
        yield Text()
        columns = [("role", 4), ("of", 3), ("from", 0), ("to", 0), ("articles", 0)]
        yield grid(
            columns,
            (
                [
                    cell(f"{role.title} (former)" if role.former else role.title),
                    cell(role.of),
                    cell(role.first),
                    cell(role.last),
                    cell(role.documents),
                ]
                for role in row.roles
            ),
        )
    if row.merges:
        yield Text()
        columns = [("one by", 3), ("words", 3), ("document", 0), ("and", 3), ("document", 0)]
        yield grid(
            columns,
            (
                [
                    cell(merge.rule, "yellow"),
                    cell(" ".join(merge.words.split())),
                    cell(merge.document[:ID], "dim"),
                    cell(" ".join(merge.other_words.split())),
                    cell(merge.other_document[:ID], "dim"),
                ]
                for merge in row.merges
            ),
        )
    yield Text()


def corrections_table(rows: Sequence[CorrectionRow]) -> RenderableType:
    if not rows:
        return Text("No corrections.")
    columns = [("correction", 0), ("at", 0), ("by", 2), ("what", 6), ("reason", 4), ("state", 2)]
    return grid(
        columns,
        (
            [
                cell(row.id, "dim"),
                cell(row.at[:10]),
                cell(row.by, "green"),
                _corrected(row),
                cell(row.reason),
                cell(row.state, _STATES[row.state]).append_text(cell(f"\n{row.why}" if row.why else "", "dim")),
            ]
            for row in rows
        ),
    )


def correction_line(row: CorrectionRow) -> Text:
    """ "k3f2a90c1b2d  speaker of 3f2a90c1:s3 “the toll will rise” is Edrin Sauk"."""
    line = cell(f"{row.id}  ", "dim").append_text(_corrected(row))
    return line.append_text(cell(f"  ({row.state})", "dim"))


def _corrected(row: CorrectionRow) -> Text:
    target = cell(f"{row.document[:ID]}:{row.record or '?'}", "dim").append_text(cell(f" “{_short(row.words)}”"))
    text = cell(f"{row.kind} ", "bold").append_text(target)
    if row.undoes:
        return text.append_text(cell(f" (undoes {row.undoes})"))
    if row.to is not None:
        joint = {"merge": " is ", "split": " is not ", "speaker": " is by ", "series": " goes to "}.get(row.kind, " → ")
        text.append_text(cell(f"{joint}{_short(row.to)}"))
        if row.to_document is not None:
            text.append_text(cell(f" {row.to_document[:ID]}:{row.to_record or '?'}", "dim"))
    return text


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= 80 else f"{words[:79]}…"


def _between(first: str | None, last: str | None) -> str:
    return " – ".join(dict.fromkeys(day for day in (first, last) if day))


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"

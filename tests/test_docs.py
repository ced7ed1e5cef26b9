"""The reference documentation equals the code, and links lead somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest
import typer
from typer.main import get_command

from onrecord import records
from onrecord.intake import rows
from onrecord.reading import Reading
from onrecord.views.cli import app

ROOT = Path(__file__).parents[1]
SCHEMA = (ROOT / "docs/reference/schema.md").read_text(encoding="utf-8")
COMMANDS = (ROOT / "docs/reference/cli.md").read_text(encoding="utf-8")
PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "samples/README.md", *(ROOT / "docs").rglob("*.md")])

KINDS = {
    "blocks": records.Block,
    "entities": records.Entity,
    "mentions": records.Mention,
    "statements": records.Statement,
    "moments": records.Moment,
    "figures": records.Figure,
    "events": records.Event,
    "rejected": records.Rejected,
}
WORDS = {
    "blocks": records.BlockKind,
    "entities": records.EntityType,
    "mentions": records.MentionForm,
    "moments": records.Edge,
    "figures": records.Bound,
    "events": records.Status,
}


def section(heading: str) -> str:
    match = re.search(rf"^## `?{heading}`?\n(.*?)(?=^## |\Z)", SCHEMA, re.DOTALL | re.MULTILINE)
    assert match, f"schema.md has no section {heading}"
    return match[1]


def documented_fields(part: str) -> set[str]:
    first_cells = re.findall(r"^\| (`[^|]*) \|", part, re.MULTILINE)
    return {name for cell in first_cells for name in re.findall(r"`(\w+)`", cell)}


@pytest.mark.parametrize("kind", KINDS)
def test_the_fields_of_each_record_are_documented(kind: str) -> None:
    assert documented_fields(section(kind)) == {field.name for field in fields(KINDS[kind])}


def test_the_fields_of_the_document_are_documented() -> None:
    reading = Reading(records.Document(id="0" * 64, text=""), model="none")
    assert documented_fields(section("Document")) == set(reading.as_dict())


@pytest.mark.parametrize("kind", WORDS)
def test_the_values_a_field_may_have_are_documented(kind: str) -> None:
    part = section(kind)
    assert [word for word in WORDS[kind].__args__ if f"`{word}`" not in part] == []


def test_acts_and_manners_are_documented() -> None:
    part = section("statements")
    words = (*records.Act.__args__, *records.Manner.__args__)
    assert [word for word in words if f"`{word}`" not in part] == []


def leaves(group: typer.core.TyperGroup, before: str = "") -> Iterator[tuple[str, typer.core.TyperCommand]]:
    """Every command with its whole name: "statements", "accounts add"."""
    for name, command in group.commands.items():
        if isinstance(command, typer.core.TyperGroup):
            yield from leaves(command, f"{before}{name} ")
        else:
            assert isinstance(command, typer.core.TyperCommand)
            yield f"{before}{name}", command


def test_commands_and_their_options_are_documented() -> None:
    command = get_command(app)
    assert isinstance(command, typer.core.TyperGroup)
    commands = dict(leaves(command))
    written = re.findall(r"^## `onrecord (.+)`$", COMMANDS, re.MULTILINE)
    headings = {name: text for text in written for name in commands if f"{text} ".startswith(f"{name} ")}
    assert len(headings) == len(written)
    assert set(headings) == set(commands)
    for name, heading in headings.items():
        options = {o for p in commands[name].params if p.param_type_name == "option" for o in p.opts}
        assert set(re.findall(r"--[\w-]+", heading)) == {o for o in options if o.startswith("--")} - {"--help"}, name


def test_the_fields_of_a_row_are_documented() -> None:
    text = (ROOT / "docs/how-to/json-lines.md").read_text(encoding="utf-8")
    table = [
        tuple(re.findall(r"`(\w+)`", cells)) for cells in re.findall(r"^\| [^|]+ \| (`.*) \|$", text, re.MULTILINE)
    ]
    read = (rows._TEXT, rows._HTML, rows._URL, rows._TITLE, rows._PUBLISHER, rows._AUTHOR, rows._LANG, rows._PUBLISHED)
    assert table == list(read)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_lead_to_files(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    targets = [t.partition("#")[0] for t in re.findall(r"\]\(([^)\s]+)\)", text) if not re.match(r"[a-z]+:", t)]
    assert [t for t in targets if t and not (page.parent / t).exists()] == []

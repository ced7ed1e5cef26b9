"""The fields of rows are those that are documented; the words that options take are those that the ledger knows."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path
from typing import Any, get_args

import pytest

from onrecord.ledger import DocumentRow, FigureRow, SearchHit, SpeakerRow, StatementRow
from onrecord.ledger.checking.rows import Finding, Place
from onrecord.ledger.checking.rows import Kind as FindingKind
from onrecord.ledger.claims.claim import Standing
from onrecord.ledger.claims.rows import ClaimRow, MemberRow
from onrecord.ledger.conflicts.rows import ConflictRow, Rule, SideRow
from onrecord.ledger.copies.groups import CopyKind
from onrecord.ledger.copies.rows import CopyRow, DifferenceKind, DifferenceRow
from onrecord.ledger.corrections import CorrectionRow
from onrecord.ledger.corrections.records import Kind, State
from onrecord.ledger.identity.rows import MergeRow, PersonRow, RoleRow
from onrecord.ledger.rows import OverviewRow, SuggestionRow
from onrecord.ledger.series.best import Trend
from onrecord.ledger.series.course import StepRow
from onrecord.ledger.series.grouping import Firmness
from onrecord.ledger.series.rows import BestRow, PlaceRow, PointRow, SeriesRow
from onrecord.ledger.stories.contents import ArticleRow, SpeakingRow, StoryContents
from onrecord.ledger.stories.rows import MapRow, StoryRow
from onrecord.ledger.timeline import Entry, TimelineRow
from onrecord.ledger.watched.rows import FeedRow
from onrecord.ledger.watched.rows import State as FeedState
from onrecord.views.commands import telling
from onrecord.views.record_rows import RecordRow

PAGE = (Path(__file__).parents[2] / "docs/reference/rows.md").read_text(encoding="utf-8")

ROWS: dict[str, tuple[type[Any], ...]] = {
    "read": (RecordRow,),
    "documents": (DocumentRow,),
    "statements": (StatementRow,),
    "figures": (FigureRow,),
    "speakers": (SpeakerRow,),
    "search": (SearchHit,),
    "stories": (StoryRow,),
    "copies": (CopyRow,),
    "claims": (ClaimRow, MemberRow),
    "series": (SeriesRow, BestRow, PointRow, PlaceRow),
    "conflicts": (ConflictRow, SideRow),
    "who": (PersonRow, RoleRow, MergeRow),
    "timeline": (TimelineRow,),
    "correct": (CorrectionRow,),
    "check": (Finding, Place),
    "feeds": (FeedRow,),
    "overview": (OverviewRow,),
    "suggest": (SuggestionRow,),
    "story": (StoryContents, ArticleRow, SpeakingRow),
    "course": (StepRow,),
    "places": (MapRow,),
    "differences": (DifferenceRow,),
}
WORDS: dict[str, tuple[Any, ...]] = {
    "copies": (CopyKind,),
    "claims": (Standing,),
    "series": (Trend, Firmness),
    "conflicts": (Rule,),
    "timeline": (Entry,),
    "correct": (Kind, State),
    "check": (FindingKind,),
    "feeds": (FeedState,),
    "differences": (DifferenceKind,),
}


def section(name: str) -> str:
    match = re.search(rf"^## {name}\n(.*?)(?=^## |\Z)", PAGE, re.DOTALL | re.MULTILINE)
    assert match, f"rows.md has no section {name}"
    return match[1]


@pytest.mark.parametrize("name", ROWS)
def test_the_fields_of_rows_are_documented_in_their_order(name: str) -> None:
    documented = [tuple(re.findall(r"`(\w+)`", run)) for run in re.findall(r"`\w+`(?: `\w+`)+", section(name))]
    assert documented == [tuple(field.name for field in fields(kind)) for kind in ROWS[name]]


@pytest.mark.parametrize("name", WORDS)
def test_the_values_of_fields_are_documented(name: str) -> None:
    words = [word for kind in WORDS[name] for word in get_args(kind)]
    assert [word for word in words if f"`{word}`" not in section(name)] == []


def test_every_section_is_held_to_a_row() -> None:
    assert re.findall(r"^## (\w+)$", PAGE, re.MULTILINE) == list(ROWS)


def test_options_take_the_words_that_the_ledger_knows() -> None:
    assert get_args(Standing) == telling.STANDINGS
    assert get_args(Rule) == telling.RULES

"""Answers as sequences, as tables of other tools, as HTML: for every kind of row that the ledger gives."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import polars
import pyarrow
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.answer import Answer, schema
from onrecord.arrow import rows as rows_of
from onrecord.errors import MissingExtra
from onrecord.ledger import Ledger, StatementRow
from onrecord.ledger.checking.rows import Finding
from onrecord.ledger.claims.rows import ClaimRow
from onrecord.ledger.series.rows import SeriesRow
from onrecord.ledger.timeline import TimelineRow
from onrecord.records import Span


def answered(name: str) -> Any:
    """What a question is annotated to be answered with; None for what is no question of the ledger."""
    question = getattr(Ledger, name)
    annotation = getattr(question, "__annotations__", {}).get("return", "")
    # Its other annotations may hold names that only a type checker imports.
    return eval(annotation, vars(sys.modules[question.__module__])) if annotation.startswith("Answer[") else None


def _answered() -> list[type[Any]]:
    """The kinds of rows that the ledger's questions are answered with."""
    answers = (answered(name) for name in dir(Ledger) if name[0] != "_")
    kinds = {get_args(answer)[0] for answer in answers if get_origin(answer) is Answer}
    return sorted(kinds | {Finding}, key=lambda kind: kind.__name__)


KINDS = _answered()

# What UTF-8 can hold: Arrow's strings are UTF-8.
_WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)


def values(hint: Any) -> st.SearchStrategy[Any]:
    """Values of a field, from its type alone."""
    if get_origin(hint) in (Union, UnionType):
        return st.one_of(st.none() if one is NoneType else values(one) for one in get_args(hint))
    if get_origin(hint) is Literal:
        return st.sampled_from(get_args(hint))
    if get_origin(hint) is tuple:
        inner = get_args(hint)
        return st.lists(values(inner[0]), max_size=2).map(tuple) if inner[-1] is ... else st.tuples(*map(values, inner))
    if get_origin(hint) is dict:
        return st.dictionaries(*map(values, get_args(hint)), max_size=2)
    if hint is Span:
        return st.builds(Span, st.integers(0, 2**40), st.integers(0, 2**40))
    if is_dataclass(hint):
        return rows(hint)  # type: ignore[arg-type]
    known = {
        str: _WORDS,
        int: st.integers(-(2**63), 2**63 - 1),
        float: st.floats(allow_nan=False),
        bool: st.booleans(),
    }
    return known[hint]


def rows(kind: type[Any]) -> st.SearchStrategy[Any]:
    return st.builds(kind, **{name: values(get_type_hints(kind)[name]) for name in (f.name for f in fields(kind))})


def told(value: Any) -> Any:
    """A row as Arrow gives it back: structs are dictionaries, lists of any length lists, maps lists of pairs."""
    if isinstance(value, Span):
        return {"start": value.start, "end": value.end}
    if is_dataclass(value):
        return {
            field.name: typed(getattr(value, field.name), get_type_hints(type(value))[field.name])
            for field in fields(value)
        }
    return value


def typed(value: Any, hint: Any) -> Any:
    if get_origin(hint) in (Union, UnionType):
        return None if value is None else typed(value, next(one for one in get_args(hint) if one is not NoneType))
    if get_origin(hint) is tuple:
        inner = get_args(hint)
        if inner[-1] is ...:
            return [typed(one, inner[0]) for one in value]
        return {f"f{place}": typed(one, part) for place, (one, part) in enumerate(zip(value, inner, strict=True))}
    return told(value)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_rows_come_back_from_arrow_as_they_were(kind: type[Any], data: st.DataObject) -> None:
    answer = Answer(kind, data.draw(st.lists(rows(kind), max_size=3)))
    table = answer.arrow()
    table.validate(full=True)
    assert table.schema == schema(kind)
    assert table.to_pylist() == [told(row) for row in answer]
    assert pyarrow.table(answer) == table
    assert rows_of(kind, table) == list(answer)
    assert [row for batch in table.to_batches(1) for row in rows_of(kind, batch)] == list(answer)
    assert pyarrow.RecordBatchReader.from_stream(answer).read_all() == table


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_the_schema_is_there_without_rows_and_says_what_may_be_missing(kind: type[Any]) -> None:
    empty = Answer(kind).arrow()
    assert empty.schema == schema(kind)
    assert empty.num_rows == 0
    hints = get_type_hints(kind)
    assert [column.name for column in empty.schema] == [field.name for field in fields(kind)]
    assert {c.name for c in empty.schema if c.nullable} == {
        n for n, hint in hints.items() if NoneType in get_args(hint)
    }
    assert schema(kind).metadata == {b"onrecord.kind": kind.__name__.encode()}
    assert Answer(kind).polars().shape == (0, len(fields(kind)))
    assert Answer(kind).pandas().shape == (0, len(fields(kind)))


def test_every_question_about_many_things_is_answered_so() -> None:
    plural = {"documents", "statements", "figures", "speakers", "search", "stories", "copies", "claims", "series"}
    plural |= {"conflicts", "timeline", "who", "corrections", "orphans"}
    assert {name for name in plural if get_origin(answered(name)) is not Answer} == set()
    assert {StatementRow, SeriesRow, ClaimRow, TimelineRow} <= set(KINDS)


@dataclass(frozen=True)
class Odd:
    day: date


@dataclass(frozen=True)
class Torn:
    value: int | str


@pytest.mark.parametrize("kind", [Odd, Torn])
def test_a_type_that_has_no_place_in_a_table_is_refused(kind: type[Any]) -> None:
    with pytest.raises(TypeError):
        schema(kind)


@dataclass(frozen=True)
class Small:
    id: str
    value: float | None
    counts: dict[str, int]
    spans: tuple[Span, ...] = ()


SMALL = [Small("f1", 14.5, {"a": 1}, (Span(1, 5),)), Small("<b>&", None, {})]


def test_an_answer_is_a_sequence_that_equals_a_list() -> None:
    answer = Answer(Small, SMALL)
    assert answer == SMALL
    assert answer == Answer(Small, SMALL)
    assert answer != Answer(Odd, [])
    assert Answer(Small) == []
    assert Answer(Small) != Answer(Odd)
    assert not Answer(Small)
    assert answer[:1] == SMALL[:1]
    assert type(answer[:1]) is list
    assert [*answer, *answer] == answer + answer
    assert SMALL[:1] + answer == [*SMALL[:1], *SMALL]
    assert SMALL[1] in answer
    assert answer != tuple(SMALL)
    assert repr(answer) == repr(SMALL)


def test_frames_hold_the_values() -> None:
    answer = Answer(Small, SMALL)
    assert answer.polars()["value"].to_list() == [14.5, None]
    assert polars.DataFrame(answer.arrow()).equals(answer.polars())
    assert answer.pandas()["id"].to_list() == ["f1", "<b>&"]


def test_a_notebook_shows_sixty_rows_and_says_so() -> None:
    html = Answer(Small, SMALL * 40)._repr_html_()
    assert html.count("<tr>") == 61
    assert "<p>80 rows, 60 of them shown</p>" in html
    assert "<p>1 row</p>" in Answer(Small, SMALL[:1])._repr_html_()
    assert "<th>spans</th>" not in html
    assert '<td class="short">&lt;b&gt;&amp;</td>' in html
    assert "<b>&" not in html
    assert '<td class="number">14.5</td>' in html


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_nothing_of_a_row_becomes_markup(kind: type[Any], data: st.DataObject) -> None:
    html = Answer(kind, data.draw(st.lists(rows(kind), min_size=1, max_size=2)))._repr_html_()
    table = html[html.index("<table>") :]
    assert table.count("<") == sum(
        table.count(f"<{tag}")
        for tag in (
            "table",
            "/table",
            "thead",
            "/thead",
            "tbody",
            "/tbody",
            "tr",
            "/tr",
            "th>",
            "/th>",
            "td",
            "/td",
            "p>",
            "/p>",
            "/div>",
        )
    )


def test_a_notebook_leaves_out_what_no_row_has_and_shortens_ids() -> None:
    document = "ab" * 32
    html = Answer(Small, [Small(document, None, {})])._repr_html_()
    assert "<th>value</th>" not in html
    assert f'title="{document}">abababab</td>' in html
    assert "<th>value</th>" in Answer(Small)._repr_html_()


@pytest.mark.parametrize(("missing", "call"), [("pyarrow", "arrow"), ("pandas", "pandas"), ("polars", "polars")])
def test_a_package_that_is_missing_is_named(missing: str, call: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(MissingExtra, match=rf"needs {missing}.*pip install '") as caught:
        getattr(Answer(Small, SMALL), call)()
    assert caught.value.package == missing


def test_asking_loads_no_table_library() -> None:
    script = "import json, sys, onrecord.ledger, onrecord.answer; print(json.dumps(sorted(sys.modules)))"
    loaded = json.loads(subprocess.run([sys.executable, "-c", script], capture_output=True, check=True).stdout)
    assert not {"pyarrow", "pandas", "polars"} & set(loaded)

"""Every record points at what it was read from: over the gold cases, the sample articles, and those made awkward.

What is asserted holds whatever the weights have learned: spans lie in the text and begin and end in words, ids are
unique and resolve, and the JSON has the fields of docs/reference/schema.md and no others.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from onrecord import records
from onrecord.errors import InputError
from onrecord.intake import document_from_text, documents
from onrecord.reader import read
from onrecord.reading import Reading
from onrecord.records import Document, Span

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples"
SHARED = Path(os.environ.get("ONRECORD_SHARED", ROOT.parent / "shared"))
SCHEMA = ROOT / "docs" / "reference" / "schema.md"

DAY = re.compile(r"(\d{4}|XXXX)(-\d\d(-\d\d)?)?")


def spans(reading: Reading) -> Iterator[tuple[str, Span]]:
    """All spans of all records, each with what it belongs to."""
    for entity in reading.entities:
        yield from ((f"{entity.id} role", role.span) for role in entity.roles)
    yield from ((f"mention of {m.entity}", m.span) for m in reading.mentions)
    for statement in reading.statements:
        for part in ("source", "cue", "content"):
            yield from ((f"{statement.id} {part}", span) for span in getattr(statement, part))
    yield from ((f"moment {i}", m.span) for i, m in enumerate(reading.moments))
    for i, figure in enumerate(reading.figures):
        yield f"figure {i}", figure.span
        if figure.counted is not None:
            yield f"figure {i} counted", figure.counted.span
    yield from ((e.id, e.span) for e in reading.events)
    yield from ((f"rejected: {r.reason}", r.span) for r in reading.rejected)


def check(reading: Reading) -> None:
    _check_spans(reading)
    _check_statements(reading)
    _check_references(reading)
    _check_values(reading)
    _check_json(reading)


def _check_spans(reading: Reading) -> None:
    text = reading.document.text
    for what, span in spans(reading):
        assert 0 <= span.start < span.end <= len(text), (what, span)
        words = text[span.start : span.end]
        assert words == words.strip(), (what, words)
    for kind in ("mentions", "moments", "figures", "events", "rejected"):
        starts = [record.span.start for record in getattr(reading, kind)]
        assert starts == sorted(starts), f"{kind} are not in text order"


def _check_statements(reading: Reading) -> None:
    for statement in reading.statements:
        for part in (statement.source, statement.cue, statement.content):
            assert all(a.end <= b.start for a, b in pairwise(part)), f"{statement.id}: pieces overlap or change places"
        told = [*statement.source, *statement.cue]
        inside = [s for s in told if any(s.overlaps(c) for c in statement.content)]
        assert inside == [], f"{statement.id}: source or cue stands in the content"


def _check_references(reading: Reading) -> None:
    entities = [e.id for e in reading.entities]
    statements = {s.id: s.within for s in reading.statements}
    events = [e.id for e in reading.events]
    assert len(set(entities)) == len(entities)
    assert len(statements) == len(reading.statements)
    assert len(set(events)) == len(events)
    named = [m.entity for m in reading.mentions]
    named += [s.speaker for s in reading.statements if s.speaker is not None]
    named += [i for e in reading.events for i in (*e.actor, *e.target, *e.place)]
    named += [f.counted.of for f in reading.figures if f.counted is not None and f.counted.of is not None]
    assert set(named) <= set(entities)
    assert {w for w in statements.values() if w is not None} <= set(statements)
    for start, outer in statements.items():
        holder, seen = outer, {start}
        while holder is not None:
            assert holder not in seen, f"{start} is nested in itself"
            seen.add(holder)
            holder = statements[holder]
    vouching = [r.statement for r in (*reading.figures, *reading.events) if r.statement is not None]
    assert set(vouching) <= set(statements)
    assert {f.event for f in reading.figures if f.event is not None} <= set(events)
    assert all(e.moment in range(len(reading.moments)) for e in reading.events if e.moment is not None)


def _check_values(reading: Reading) -> None:
    kinds = {
        "type": ("entities", records.EntityType),
        "form": ("mentions", records.MentionForm),
        "manner": ("statements", records.Manner),
        "act": ("statements", records.Act),
        "bound": ("figures", records.Bound),
        "status": ("events", records.Status),
    }
    for field, (kind, allowed) in kinds.items():
        assert {getattr(r, field) for r in getattr(reading, kind)} <= set(get_args(allowed)), field
    for record in (*reading.statements, *reading.figures, *reading.events):
        assert 0 <= record.confidence <= 1, record
    for statement in reading.statements:
        assert statement.said_on is None or DAY.fullmatch(statement.said_on), statement.said_on
    for figure in reading.figures:
        assert figure.low is None or figure.high is None or figure.low <= figure.high, figure
    for moment in reading.moments:
        assert moment.value, moment
        assert moment.start is None or moment.end is None or moment.start < moment.end, moment
    assert all(e.name and all(e.aliases) for e in reading.entities)
    assert all(e.lemma for e in reading.events)


@cache
def documented() -> dict[str, frozenset[str]]:
    """The fields of each record in the schema's reference: the names in the first column of its table."""
    if not SCHEMA.is_file():
        pytest.skip(f"{SCHEMA} is not here")
    found = {}
    for section in re.split(r"^## ", SCHEMA.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        title = section.partition("\n")[0].strip("` ").lower()
        cells = re.findall(r"^\| (`[^|]+) \|", section, re.MULTILINE)
        found[title] = frozenset(name for cell in cells for name in re.findall(r"`(\w+)`", cell))
    return found


def _check_json(reading: Reading) -> None:
    line = reading.to_json()
    assert "\n" not in line
    record = json.loads(line)
    assert record == json.loads(json.dumps(reading.as_dict()))
    schema = documented()
    assert set(record) == schema["document"]
    assert set(schema) == {"document", *(name for name, value in record.items() if isinstance(value, list))} - {"dates"}
    for kind in set(schema) - {"document"}:
        for item in record[kind]:
            assert set(item) == schema[kind], kind
    _check_nested(record)
    assert_no_empty_strings(record)


def _check_nested(record: dict[str, Any]) -> None:
    assert all(set(r) == {"title", "of", "span"} for e in record["entities"] for r in e["roles"])
    assert all(set(f["counted"]) == {"span", "noun", "of"} for f in record["figures"] if f["counted"] is not None)
    assert all(set(d) == {"value", "origin"} for d in record["dates"])


def assert_no_empty_strings(record: Any, where: str = "") -> None:
    """A missing value is null, never an empty string."""
    if isinstance(record, dict):
        for name, value in record.items():
            if name != "text":
                assert_no_empty_strings(value, f"{where}.{name}")
    elif isinstance(record, list):
        for value in record:
            assert_no_empty_strings(value, where)
    else:
        assert record != "", where


@cache
def articles() -> tuple[Document, ...]:
    found = list(documents([SAMPLES])) if SAMPLES.is_dir() else []
    refused = [d for d in found if isinstance(d, InputError)]
    assert refused == []
    return tuple(d for d in found if isinstance(d, Document))


def test_records_of_the_sample_articles() -> None:
    if not articles():
        pytest.skip(f"no sample articles in {SAMPLES}")
    readings = [read(document) for document in articles()]
    for reading in readings:
        check(reading)
    for kind in ("entities", "mentions", "statements", "moments", "figures", "events"):
        assert any(getattr(reading, kind) for reading in readings), f"nothing to check: no {kind} at all"


def gold_cases() -> list[Path]:
    return sorted((SHARED / "cases").glob("*.gold.json"))


@pytest.mark.parametrize(
    "gold",
    gold_cases() or [pytest.param(None, marks=pytest.mark.skip(f"no cases under {SHARED} (set ONRECORD_SHARED)"))],
    ids=lambda path: path.name.removesuffix(".gold.json") if path else "none",
)
def test_records_of_the_gold_cases(gold: Path) -> None:
    text = gold.with_name(gold.name.removesuffix(".gold.json") + ".txt").read_bytes().decode("utf-8")
    published = json.loads(gold.read_text(encoding="utf-8")).get("published")
    reading = read(document_from_text(text, published=published))
    check(reading)
    assert reading.document.text == text
    assert reading.mentions


AWKWARD = (
    "\u0301",  # combining acute: joins the letter before it, or stands alone
    "e\u0301\u0323",
    "\u200d",
    "\ufe0f",
    "👩🏽‍🚒",
    "🇺🇦",
    " 💔💔 ",
    "\r\n",
    "\r\n\r\n",
    "\r",
    "\u2028",
    "\u00a0",
    "\u200b",
    "\ufeff",
    "\u200fقال الرئيس إن ١٤ شخصا قتلوا.\u200e",
    " אמר ראש העיר שָׁלוֹם ",
    "\u202eabc\u202c",
    "“",
    "”",
    '"',
    "«",
    "''",
    "1e999",
    "٣٤",
    "½",
    "$",
    "%",
    "-",
    "10,000",
    "9" * 40,
    "Mr. ",
    " not ",
    "\U0001d7d9",
    "\x1f",
)


@st.composite
def mangled(draw: st.DrawFn) -> tuple[str, str | None]:
    """Part of a sample article with awkward characters put in at up to ten places, and perhaps with CRLF line ends."""
    document = articles()[draw(st.integers(0, len(articles()) - 1))]
    start = draw(st.integers(0, max(0, len(document.text) - 60)))
    text = document.text[start : start + draw(st.integers(1, 700))]
    for _ in range(draw(st.integers(1, 10))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(st.sampled_from(AWKWARD)) + text[at:]
    if draw(st.booleans()):
        text = re.sub(r"(?<!\r)\n", "\r\n", text)
    return text, draw(st.sampled_from([None, document.published, "2024-02-29T23:59:59+14:00"]))


# Drawn alike every time: a failure should come with the change that caused it.
@pytest.mark.skipif(not SAMPLES.is_dir(), reason=f"no sample articles in {SAMPLES}")
@settings(max_examples=120, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(mangled())
@example(("", None))
@example(("\u0301", "2025-03-12"))
@example(("“" * 300, None))
def test_records_of_mangled_articles(case: tuple[str, str | None]) -> None:
    text, published = case
    reading = read(Document("0" * 64, text, published=published))
    assert reading.document.text == text
    check(reading)


def test_a_reading_is_the_same_each_time() -> None:
    if not articles():
        pytest.skip(f"no sample articles in {SAMPLES}")
    document = articles()[0]
    first = read(document)
    read(articles()[-1])
    assert read(document) == first

"""What fuzzing looks for, in every run of the tests: over what was found before, over damage, and over examples drawn anew.

`python -m tests.fuzz.searched` draws 100,000 new examples, `python -m tests.fuzz` goes by what code they reach.
"""

from __future__ import annotations

import json
from pathlib import Path
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.fuzz.__main__ import LONGEST
from tests.fuzz.drawing import files, texts
from tests.fuzz.targets import FOUND, INTAKE, READER, TARGETS, seeds
from tests.intake.test_fuzz import damaged

from onrecord.errors import Malformed
from onrecord.reading import Reading

CHECKED = {
    name: 3 if name in READER else 12 for name in TARGETS
}  # examples of a target in `make check`: under 20 s in all


def found() -> list[Path]:
    return sorted(path for path in FOUND.glob("*-*") if path.is_file())


@pytest.mark.parametrize("path", found(), ids=lambda path: path.name)
def test_what_was_found_is_read_or_refused(path: Path) -> None:
    began = process_time()
    TARGETS[path.name.partition("-")[0]](path.read_bytes())
    assert process_time() - began < LONGEST


@pytest.mark.parametrize("target", TARGETS)
def test_damaged_files(target: str) -> None:
    for number, seed in enumerate(seeds(target)):
        if number >= CHECKED[target]:
            break
        TARGETS[target](damaged(seed, number))


@pytest.mark.parametrize("target", INTAKE)
@settings(suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_bytes_are_read_or_refused(target: str, data: st.DataObject) -> None:
    TARGETS[target](data.draw(files(target)))


@settings(suppress_health_check=list(HealthCheck))
@given(data=texts())
def test_any_words_under_any_heads_give_records_that_hold(data: bytes) -> None:
    TARGETS["decoders"](data)


@settings(suppress_health_check=list(HealthCheck))
@given(data=texts())
def test_any_words_are_read_as_records_that_hold(data: bytes) -> None:
    TARGETS["read"](data)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("[", "broken JSON"),
        ("[" * 100_000, "broken JSON"),
        ("7", "not a JSON object"),
        ("{}", "version 1"),
        ('{"schema": 2}', "version 1"),
        ('{"schema": 1, "model": "m"}', "`document.id`: it is missing"),
        ('{"schema": 1, "id": "a", "text": "b"}', "`model`: it is missing"),
        ('{"schema": 1, "id": "a", "text": 7, "model": "m"}', "`document.text`: not of type str"),
        ('{"schema": 1, "id": "a", "text": "b", "model": "m", "more": 1}', "`more`: no such field"),
        ('{"schema": 1, "id": "a", "text": "b", "model": "m", "mentions": {}}', "`mentions`: not a list"),
        ('{"schema": 1, "id": "a", "text": "b", "model": "m", "mentions": [7]}', "`mentions[0]`: not an object"),
        (
            '{"schema": 1, "id": "a", "text": "b", "model": "m", "rejected": [{"reason": "x", "span": [0, true]}]}',
            "`rejected[0].span`: not a start and an end",
        ),
        (
            '{"schema": 1, "id": "a", "text": "b", "model": "m", "blocks": [{"span": [0, 1], "kind": "hat"}]}',
            "`document.blocks[0].kind`: none of heading",
        ),
        (
            '{"schema": 1, "id": "a", "text": "b", "model": "m", "figures": [{"span": [0, 1], "low": null, "high": null, '
            '"bound": "exactly", "unit": null, "counted": null, "event": null, "statement": null, "confidence": 1}]}',
            "`figures[0]`: a figure needs at least one end",
        ),
    ],
)
def test_what_is_no_reading_is_refused_by_its_field(line: str, reason: str) -> None:
    with pytest.raises(Malformed) as refused:
        Reading.from_json(line)
    assert reason in refused.value.reason


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)


@given(
    _JSON, st.sampled_from(["entities", "mentions", "statements", "moments", "figures", "events", "rejected", "blocks"])
)
def test_any_json_is_a_reading_or_refused(value: object, field: str) -> None:
    whole = {"schema": 1, "id": "a", "text": "b", "model": "m", field: [value]}
    with pytest.raises(Malformed):
        Reading.from_json(json.dumps(whole))

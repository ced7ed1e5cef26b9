"""A reading's line of JSON is its dictionary's, though none is made for it."""

from __future__ import annotations

import json
from pathlib import Path

from onrecord.intake import documents
from onrecord.reader import read
from onrecord.reading import Reading
from onrecord.records import Document

SAMPLES = Path(__file__).parents[2] / "samples"


def test_the_line_is_the_dictionary_written_down() -> None:
    article = next(d for d in documents([SAMPLES]) if isinstance(d, Document))
    reading = read(article)
    assert all((reading.statements, reading.figures, reading.events, reading.moments))
    assert reading.to_json() == json.dumps(reading.as_dict(), ensure_ascii=False)


def test_a_reading_of_nothing_has_all_its_fields() -> None:
    reading = Reading(Document("0" * 64, "Ω “\u2028”"), "none")
    assert reading.to_json() == json.dumps(reading.as_dict(), ensure_ascii=False)
    assert json.loads(reading.to_json())["mentions"] == []

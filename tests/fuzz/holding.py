"""What holds of every reading, whatever was read and whatever the heads said."""

from __future__ import annotations

from tests.reader.test_spans import check

from onrecord.reading import Reading

__all__ = ["holds"]


def holds(reading: Reading) -> None:
    """Spans lie in the text and begin and end in words, ids are unique and resolve, the JSON form has the documented fields,
    and gives the same reading again."""
    check(reading)
    assert Reading.from_json(reading.to_json()) == reading

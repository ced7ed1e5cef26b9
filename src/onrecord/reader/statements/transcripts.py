"""Transcripts: "WALLACE: Will you resign?" / "Q: …", a label and a colon before each paragraph that somebody speaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from onrecord.reader.annotated import Annotated
from onrecord.reader.clauses import is_in_heading
from onrecord.reader.statements.passages import Utterance, is_same, paragraph_of

__all__ = ["as_turn", "turns"]

LONGEST_LABEL: Final = 4  # words of a name with its title
LEAST_TURNS: Final = 2  # labelled paragraphs that make a transcript: one alone is a heading or a note
_FURNITURE: Final = frozenset(
    {"also", "breaking", "caption", "correction", "image", "listen", "live", "more", "note", "photo", "picture", "read"}
    | {"related", "source", "sources", "update", "updated", "video", "warning", "watch"}
)
_FINITE: Final = frozenset({"VBD", "VBZ", "VBP", "MD", "VB"})


def turns(annotated: Annotated, where: Sequence[range], found: Sequence[Utterance]) -> list[Utterance]:
    """The turns of a transcript that are not among the utterances `found` already."""
    marked = [(p, colon) for p in where if (colon := _label_end(annotated, p)) is not None]
    if len(marked) < LEAST_TURNS:
        return []
    new = []
    for paragraph, colon in marked:
        words = range(colon + 1, paragraph.stop)
        turn = Utterance((range(paragraph.start, colon),), (range(colon, colon + 1),), (words,), block=True)
        if any(annotated.tokens[i].tag in _FINITE for i in words) and not any(is_same(turn, u, 0.5) for u in found):
            new.append(turn)
    return new


def as_turn(annotated: Annotated, where: Sequence[range], utterance: Utterance) -> Utterance | None:
    """The attribution head's own reading of a turn, whose cue is the colon: direct speech. None for any other."""
    if not utterance.cue or annotated.tokens[utterance.cue[0].start].text != ":":
        return None
    home = paragraph_of(where, utterance.cue[0].start)
    is_label = _label_end(annotated, home) == utterance.cue[0].start
    return replace(utterance, block=True) if is_label else None


def _label_end(annotated: Annotated, paragraph: range) -> int | None:
    """Where the colon stands behind a paragraph's label: words in capitals ("Q", "MR. ORLAN") or a person's name."""
    tokens = annotated.tokens
    limit = min(paragraph.stop - 1, paragraph.start + LONGEST_LABEL + 1)
    colon = next((i for i in range(paragraph.start, limit) if tokens[i].text == ":"), None)
    if colon is None or colon == paragraph.start or is_in_heading(annotated, tokens[paragraph.start]):
        return None
    label = [tokens[i] for i in range(paragraph.start, colon) if tokens[i].upos != "PUNCT"]
    if not label or any(t.text.lower() in _FURNITURE for t in label):
        return None
    capitals = all(t.text.isupper() and t.text.replace(".", "").isalpha() for t in label)
    person = any(m.type == "person" and m.start == paragraph.start and m.end >= colon - 1 for m in annotated.mentions)
    named = person and all(t.upos == "PROPN" for t in label)
    return colon if capitals or named else None

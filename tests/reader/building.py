"""Annotated texts written by hand, so that a decoder is tested on what it is given and not on what the weights say today.

    text = build("Rutte/PROPN/NNP/2/nsubj said/VERB/VBD/0/root so/ADV/RB/2/advmod ./PUNCT/././2/punct")
    text = with_mentions(text, person("Rutte"))
    text = with_attributions(text, said("said", source="Rutte", content=["so"]))

Phrases are given as their words with a space between; `#2` after one means its second occurrence ("Putin#2").
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from onrecord.reader.annotated import Annotated, Attribution, MentionGuess, Sureness, Token
from onrecord.records import Document, Span

__all__ = [
    "SURE",
    "Said",
    "Stands",
    "build",
    "find",
    "organisation",
    "person",
    "place",
    "said",
    "with_attributions",
    "with_mentions",
]

NEW_PARAGRAPH = "¶"
NEW_LINE = "↵"
GLUED = "_"
SURE = Sureness(anchor=0.9, cue=1.0, source=1.0, content=1.0)


def build(*sentences: str, published: str | None = None) -> Annotated:
    """Sentences of `form/UPOS/TAG/head/relation`, heads counted from 1 in the sentence, 0 for the root.

    `form>lemma` gives a lemma other than the lower-cased form, a `_` before the form glues it to the word before, a `↵`
    puts it on a new line, and a sentence that begins with a `¶` of its own begins a paragraph. Where the tree does not
    matter `form/UPOS/TAG` or the bare form will do: the word then hangs by the first of its sentence, and without letters
    it is punctuation.
    """
    tokens: list[Token] = []
    ranges: list[range] = []
    text = ""
    for number, sentence in enumerate(sentences):
        words = sentence.split()
        gap = "\n\n" if words[0] == NEW_PARAGRAPH else " "
        base = len(tokens)
        for written in words[words[0] == NEW_PARAGRAPH :]:
            form, upos, tag, head, relation = _parts(written, first=len(tokens) == base)
            glued = form.startswith(GLUED)
            gap = "\n" if form.startswith(NEW_LINE) else gap
            form, _, lemma = form.removeprefix(GLUED).removeprefix(NEW_LINE).partition(">")
            text += gap if text and not glued else ""
            gap = " "
            governor = base + head - 1 if head else len(tokens)
            span = Span(len(text), len(text) + len(form))
            low = form if upos == "PROPN" else form.lower()
            tokens.append(Token(len(tokens), span, form, lemma or low, upos, tag, governor, relation, number))
            text += form
        ranges.append(range(base, len(tokens)))
    return Annotated(Document("0" * 64, text, published=published), tuple(tokens), tuple(ranges))


def _parts(written: str, *, first: bool) -> tuple[str, str, str, int, str]:
    parts = written.split("/")
    form = parts[0]
    if len(parts) == 5:
        return form, parts[1], parts[2], int(parts[3]), parts[4]
    letters = any(c.isalnum() for c in form)
    upos, tag = parts[1:] if len(parts) == 3 else ("X", "FW") if letters else ("PUNCT", ".")
    relation = "root" if first else "dep" if letters else "punct"
    return form, upos, tag, 0 if first else 1, relation


def find(annotated: Annotated, phrase: str) -> range:
    """The token range of a phrase. Raises LookupError where it does not stand in the text."""
    words, _, count = phrase.partition("#")
    wanted = words.split()
    texts = [t.text for t in annotated.tokens]
    starts = [i for i in range(len(texts)) if texts[i : i + len(wanted)] == wanted]
    nth = int(count or 1)
    if len(starts) < nth:
        raise LookupError(f"{phrase!r} is not in {annotated.text!r}")
    return range(starts[nth - 1], starts[nth - 1] + len(wanted))


@dataclass(frozen=True)
class Stands:
    """A mention to be: its words, its type, and the mentions (by their place in the list) that it may go back to."""

    phrase: str
    type: str
    antecedents: Mapping[int, float] = field(default_factory=dict)


def person(phrase: str, antecedents: Mapping[int, float] | None = None) -> Stands:
    return Stands(phrase, "person", antecedents or {})


def organisation(phrase: str, antecedents: Mapping[int, float] | None = None) -> Stands:
    return Stands(phrase, "organization", antecedents or {})


def place(phrase: str, antecedents: Mapping[int, float] | None = None) -> Stands:
    return Stands(phrase, "place", antecedents or {})


def with_mentions(annotated: Annotated, *stands: Stands) -> Annotated:
    """The text with these mentions, each hanging by the head word that the tree gives its phrase."""
    guesses = []
    for s in stands:
        where = find(annotated, s.phrase)
        best_first = sorted(s.antecedents.items(), key=lambda pair: -pair[1])
        new = max(0.0, 1.0 - sum(s.antecedents.values()))
        guesses.append(
            MentionGuess(annotated.head_of(where), where.start, where.stop, s.type, 0.9, tuple(best_first), new)
        )
    return replace(annotated, mentions=tuple(guesses))


@dataclass(frozen=True)
class Said:
    """An attribution to be, by the words of its parts."""

    cue: str | None
    source: str | None
    content: Sequence[str]


def said(cue: str | None, *, source: str | None = None, content: Sequence[str]) -> Said:
    return Said(cue, source, content)


def with_attributions(annotated: Annotated, *attributions: Said) -> Annotated:
    """The text with these attributions; one without a cue is anchored at its source, else at its content."""
    made = []
    for a in attributions:
        cue, source = _pieces(annotated, [a.cue]), _pieces(annotated, [a.source])
        content = _pieces(annotated, a.content)
        made.append(Attribution((cue or source or content)[0][0], cue, source, content, SURE))
    return replace(annotated, attributions=tuple(made))


def _pieces(annotated: Annotated, phrases: Iterable[str | None]) -> tuple[tuple[int, int], ...]:
    ranges = [find(annotated, phrase) for phrase in phrases if phrase is not None]
    return tuple((r.start, r.stop) for r in ranges)

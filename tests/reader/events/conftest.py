"""Trees written by hand, and the development cases with their gold trees where the shared data are at hand."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from onrecord.reader.annotated import Annotated, Token
from onrecord.records import Block, Document, Span

ROOT = Path(__file__).parents[3]
Tree = Callable[..., Annotated]


def build(*sentences: str, heading: bool = False, boilerplate: bool = False) -> Annotated:
    """Each word is `form/UPOS/TAG/head/relation`, or `form>lemma/…`; heads count from 1 in the sentence, 0 is the root.

    Words stand a space apart, and the whole is one block.
    """
    tokens: list[Token] = []
    ranges: list[range] = []
    position = 0
    forms: list[str] = []
    for number, sentence in enumerate(sentences):
        base = len(tokens)
        for word in sentence.split():
            form, upos, tag, head, relation = word.rsplit("/", 4)
            form, _, lemma = form.partition(">")
            span = Span(position, position + len(form))
            governor = base + int(head) - 1 if int(head) else len(tokens)
            index = len(tokens)
            tokens.append(Token(index, span, form, lemma or form.lower(), upos, tag, governor, relation, number))
            forms.append(form)
            position += len(form) + 1
        ranges.append(range(base, len(tokens)))
    text = " ".join(forms)
    kind = "heading" if heading else "boilerplate" if boilerplate else "paragraph"
    document = Document(id="0" * 64, text=text, blocks=(Block(Span(0, len(text)), kind),))
    return Annotated(document, tuple(tokens), tuple(ranges))


@pytest.fixture
def tree() -> Tree:
    return build


@pytest.fixture(scope="session")
def gold_cases() -> list[tuple[str, Annotated, dict[str, Any]]]:
    """The development cases whose article has a gold tree: name, tokens with tree, gold reading."""
    shared = Path(os.environ.get("ONRECORD_SHARED", ROOT.parent / "shared"))
    golds = sorted((shared / "cases").glob("GUM_*.gold.json"))
    if not golds:
        pytest.skip(f"no development cases under {shared} (set ONRECORD_SHARED)")
    trees = dict(pair for part in ("train", "dev") for pair in _conllu(shared / "data" / f"gum-{part}.conllu.gz"))
    found = []
    for path in golds:
        name = path.name.removesuffix(".gold.json")
        text = path.with_name(f"{name}.txt").read_text(encoding="utf-8")
        found.append((name, _align(name, text, trees[name]), json.loads(path.read_text(encoding="utf-8"))))
    return found


def _conllu(path: Path) -> Iterator[tuple[str, list[list[list[str]]]]]:
    name, sentences, words = "", [], []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# newdoc id"):
                if name:
                    yield name, sentences
                name, sentences = line.split("=")[1].strip(), []
            elif not line.strip():
                sentences.append(words)
                words = []
            elif line.split("\t")[0].isdigit():
                words.append(line.rstrip("\n").split("\t"))
    yield name, sentences


def _align(name: str, text: str, sentences: list[list[list[str]]]) -> Annotated:
    tokens: list[Token] = []
    ranges: list[range] = []
    position = 0
    for number, sentence in enumerate(sentences):
        base = len(tokens)
        for row in sentence:
            start = text.find(row[1], position)
            end = start + len(row[1])
            if start < 0 or start > position + 60:  # GUM writes some signs in its own way
                start = position + len(text[position:]) - len(text[position:].lstrip())
                end = start + 1
            head = base + int(row[6]) - 1 if int(row[6]) else len(tokens)
            lemma = row[2] if row[3] == "PROPN" else row[2].lower()
            index = len(tokens)
            tokens.append(Token(index, Span(start, end), text[start:end], lemma, row[3], row[4], head, row[7], number))
            position = end
        ranges.append(range(base, len(tokens)))
    return Annotated(Document(id=name, text=text), tuple(tokens), tuple(ranges))

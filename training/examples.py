"""Training examples: windows of words with the labels of whichever heads their source can teach.

    UD EWT, GUM   sentence starts, parts of speech, lemma scripts, trees; GUM also mentions and coreference
    PolNeAR       cues (anchors) and the roles of all words around each

Positions are words of the window. A missing layer is None, so that one collate serves all sources.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from onrecord.reader.heads.windows import WINDOW, pieces_of, window_ranges
from onrecord.reader.heads.wordpiece import WordPiece
from onrecord.reader.heads.words import Gap, cut_words, gap_before
from training.conllu import TreeDocument, read_conllu

CUE, SOURCE, CONTENT = 1, 2, 3
QUOTES = frozenset('"“”„«»``')


@dataclass
class Syntax:
    starts: list[int]
    upos: list[str]
    tags: list[str]
    lemmas: list[str]
    heads: list[int]
    relations: list[str]


@dataclass
class Mention:
    head: int
    start: int
    end: int  # last word, inclusive: what the end pointer points at
    type: str
    group: str


@dataclass
class Frame:
    """One attribution: `anchor` is the first word of its cue; `roles` gives the role of each word that has one."""

    anchor: int
    roles: dict[int, int]


@dataclass
class Example:
    source: str
    document: str
    words: list[str]
    gaps: list[int]
    pieces: list[list[int]]
    syntax: Syntax | None = None
    mentions: list[Mention] | None = None
    frames: list[Frame] | None = None


def tree_examples(path: Path, source: str, vocabulary: WordPiece, *, mentions: bool) -> list[Example]:
    """Windows of whole sentences from a CoNLL-U file."""
    examples = []
    for document in read_conllu(path):
        offset = 0
        batch: list[int] = []
        size = 0
        pieces = [pieces_of(s.words, vocabulary) for s in document.sentences]
        lengths = [sum(map(len, p)) for p in pieces]
        starts = []
        for s in document.sentences:
            starts.append(offset)
            offset += len(s.words)
        for i, length in enumerate(lengths):
            if batch and size + length > WINDOW:
                examples.append(_tree_window(document, batch, starts, pieces, source, mentions))
                batch, size = [], 0
            if length <= WINDOW:
                batch.append(i)
                size += length
        if batch:
            examples.append(_tree_window(document, batch, starts, pieces, source, mentions))
    return examples


def _tree_window(
    document: TreeDocument,
    batch: list[int],
    starts: list[int],
    pieces: list[list[list[int]]],
    source: str,
    with_mentions: bool,
) -> Example:
    words, gaps, all_pieces = [], [], []
    syntax = Syntax([], [], [], [], [], [])
    position = {}  # word of the document → word of the window
    for i in batch:
        s = document.sentences[i]
        base = len(words)
        for k in range(len(s.words)):
            position[starts[i] + k] = base + k
        words += s.words
        gaps += s.gaps
        all_pieces += pieces[i]
        syntax.starts += [1] + [0] * (len(s.words) - 1)
        syntax.upos += s.upos
        syntax.tags += s.tags
        syntax.lemmas += s.lemmas
        syntax.heads += [base + h for h in s.heads]
        syntax.relations += s.relations
    found = _mention_labels(document, position, syntax) if with_mentions else None
    return Example(source, document.id, words, gaps, all_pieces, syntax, found)


def _mention_labels(document: TreeDocument, position: dict[int, int], syntax: Syntax) -> list[Mention]:
    """One mention a head word: of several with the same head the shortest, and a coordination hangs by its conjunction."""
    by_head: dict[int, Mention] = {}
    for m in sorted(document.mentions, key=lambda m: m.end - m.start):
        if m.start not in position or m.end - 1 not in position:
            continue
        start, last = position[m.start], position[m.end - 1]
        head = next(
            (w for w in range(start, last + 1) if not start <= syntax.heads[w] <= last or syntax.heads[w] == w), start
        )
        if head in by_head:
            head = next((w for w in range(start, last + 1) if syntax.relations[w] == "cc" and w not in by_head), -1)
            if head < 0:
                continue
        by_head[head] = Mention(head, start, last, m.type, m.group)
    return sorted(by_head.values(), key=lambda m: m.head)


def attribution_examples(path: Path, source: str, vocabulary: WordPiece) -> list[Example]:
    """Windows of paragraphs from a JSON Lines file of articles with `statements`."""
    examples = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            text = article["text"]
            spans = cut_words(text)
            words = [text[a:b] for a, b in spans]
            gaps = [int(gap_before(text, spans[i - 1][1] if i else 0, a)) for i, (a, _) in enumerate(spans)]
            pieces = pieces_of(words, vocabulary)
            labelled = [_roles(s, spans) for s in article["statements"]]
            for start, end in window_ranges(words, gaps, [len(p) for p in pieces], WINDOW):
                frames = [_frame(roles, start, end) for roles in labelled]
                examples.append(
                    Example(
                        source,
                        article["id"],
                        words[start:end],
                        [int(Gap.PARAGRAPH), *gaps[start + 1 : end]],
                        pieces[start:end],
                        frames=[f for f in frames if f is not None],
                    )
                )
    return examples


def _roles(statement: dict[str, list[list[int]]], spans: list[tuple[int, int]]) -> dict[int, int]:
    """Role of each word of the document that the statement covers; where roles overlap the narrower one wins."""
    roles = {}
    for name, role in (("content", CONTENT), ("source", SOURCE), ("cue", CUE)):
        for a, b in statement[name]:
            for i, (s, e) in enumerate(spans):
                if s < b and a < e:
                    roles[i] = role
    return roles


def _frame(roles: dict[int, int], start: int, end: int) -> Frame | None:
    """The part of a statement that lies in a window; None unless its anchor and some content do."""
    here = {i - start: r for i, r in roles.items() if start <= i < end}
    anchor = min(
        (i for i, r in roles.items() if r == CUE), default=min((i for i, r in roles.items() if r == SOURCE), default=-1)
    )
    if not start <= anchor < end or CONTENT not in here.values():
        return None
    return Frame(anchor - start, here)


def lemma_script(word: str, lemma: str, upos: str) -> str:
    """How the lemma is made from the word: `=` as it stands, else `-N+suffix` on its lower-cased form."""
    if lemma == word and upos == "PROPN":
        return "="
    low, target = word.lower(), lemma.lower()
    same = 0
    while same < min(len(low), len(target)) and low[same] == target[same]:
        same += 1
    return f"-{len(low) - same}+{target[same:]}"


def vocabularies(examples: Iterable[Example], *, least: int = 4) -> dict[str, list[str]]:
    """The labels of each classifying head, sorted; those seen fewer than `least` times are left out (and not trained)."""
    counts: dict[str, dict[str, int]] = {k: {} for k in ("upos", "tag", "lemma", "relation", "mention")}

    def add(kind: str, label: str) -> None:
        counts[kind][label] = counts[kind].get(label, 0) + 1

    for e in examples:
        if e.syntax is not None:
            for word, lemma, upos, tag, relation in zip(
                e.words, e.syntax.lemmas, e.syntax.upos, e.syntax.tags, e.syntax.relations, strict=True
            ):
                add("upos", upos)
                add("tag", tag)
                add("relation", relation)
                add("lemma", lemma_script(word, lemma, upos))
        for m in e.mentions or []:
            add("mention", m.type)
    labels = {kind: sorted(label for label, n in seen.items() if n >= least) for kind, seen in counts.items()}
    labels["mention"] = ["none", *labels["mention"]]
    return labels

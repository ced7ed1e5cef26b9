"""Training examples: windows of words with the labels of whichever heads their source can teach.

    UD EWT, GUM   sentence starts, parts of speech, lemma scripts, trees; GUM also mentions and coreference
    PolNeAR       cues (anchors) and the roles of all words around each

Positions are words of the window. A missing layer is None, so that one collate serves all sources.
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterable
from dataclasses import dataclass, replace
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


# Damage that real text shows, so that the heads do not lean on what may be missing.


def damaged(example: Example, rng: random.Random, vocabulary: WordPiece) -> Example:
    """A copy with damage, or the example itself: quotation marks lost, a quote set off as a block without marks, case
    lost, lines wrapped inside sentences; beside these, in one of eight, letters mistyped, page furniture between the
    paragraphs, or a source moved before what it says."""
    draw = rng.random()
    if draw < 0.125:
        example = misspelt(example, rng, vocabulary)
    elif example.frames is not None and draw < 0.175:
        example = with_furniture(example, rng, vocabulary)
    elif example.frames and draw < 0.225:
        example = fronted(example, rng)
    return signs_lost(example, rng)


def signs_lost(example: Example, rng: random.Random) -> Example:
    """Quotation marks, the indentation of a block quote, capitals or line ends gone; or nothing."""
    draw = rng.random()
    if example.frames is not None and draw < 0.12:
        return without_quotes(example)
    if example.frames and draw < 0.24:
        return as_block_quote(example, rng)
    if draw < 0.28:
        return replace(example, words=[w.lower() for w in example.words])
    if draw < 0.34:
        gaps = [int(Gap.LINE) if g == Gap.SPACE and rng.random() < 0.08 else g for g in example.gaps]
        return replace(example, gaps=gaps)
    if draw < 0.42:
        return replace(example, gaps=[int(Gap.LINE) if g == Gap.PARAGRAPH else g for g in example.gaps])
    return example


def keep_words(example: Example, kept: list[int], frames: list[Frame] | None = None) -> Example:
    """The example with only these words, in this order; frames are renumbered, those that lose their anchor dropped."""
    where = {old: new for new, old in enumerate(kept)}
    moved = []
    for f in frames if frames is not None else example.frames or []:
        roles = {where[i]: r for i, r in f.roles.items() if i in where}
        if f.anchor in where and CONTENT in roles.values():
            moved.append(Frame(where[f.anchor], roles))
    return Example(
        example.source,
        example.document,
        [example.words[i] for i in kept],
        [example.gaps[i] for i in kept],
        [example.pieces[i] for i in kept],
        frames=moved,
    )


def misspelt(example: Example, rng: random.Random, vocabulary: WordPiece) -> Example:
    """Letters swapped, dropped, doubled or replaced, at a rate between one in a hundred and one in twenty-five; the words
    stay as many. Diacritics need no damage of their own: the vocabulary has none."""
    rate = rng.uniform(0.01, 0.04)
    words = [_mistyped(w, rate, rng) for w in example.words]
    pieces = [
        old if new == word else pieces_of([new], vocabulary)[0]
        for word, new, old in zip(example.words, words, example.pieces, strict=True)
    ]
    return replace(example, words=words, pieces=pieces) if sum(map(len, pieces)) <= WINDOW else example


def _mistyped(word: str, rate: float, rng: random.Random) -> str:
    out = list(word)
    i = 0
    while i < len(out):
        if out[i].isalpha() and rng.random() < rate:
            kind = rng.choice(("swap", "drop", "double", "replace"))
            if kind == "swap" and i + 1 < len(out) and out[i + 1].isalpha():
                out[i], out[i + 1] = out[i + 1], out[i]
                i += 1
            elif kind == "drop":
                out[i] = ""
            elif kind == "double":
                out[i] *= 2
            else:
                out[i] = rng.choice("abcdefghijklmnopqrstuvwxyz")
        i += 1
    return "".join(out) or word


# What pages glue between the paragraphs of an article; none of it says who said what.
FURNITURE = (
    "Advertisement",
    "Share this article",
    "Read more",
    "Sign up for our newsletter",
    "Follow us on Twitter",
    "Image copyright Getty Images",
    "Story continues below",
    "Related : What we know so far",
    "Click here to subscribe",
    "Photo : Reuters",
    "Most read",
    "Comments ( 12 )",
    "Live updates",
    "Watch : Minister answers questions",
)


def with_furniture(example: Example, rng: random.Random, vocabulary: WordPiece) -> Example:
    """A line of page furniture before one or two paragraphs, set off by a line break or a paragraph."""
    starts = [i for i, g in enumerate(example.gaps) if g == Gap.PARAGRAPH]
    out = example
    for at in sorted(rng.sample(starts, min(len(starts), rng.randint(1, 2))), reverse=True):
        line = rng.choice(FURNITURE).split()
        pieces = pieces_of(line, vocabulary)
        if sum(map(len, out.pieces)) + sum(map(len, pieces)) > WINDOW:
            continue
        n = len(line)
        inner = [int(Gap.PARAGRAPH), *[int(Gap.SPACE)] * (n - 1)]
        after = rng.choice((int(Gap.LINE), int(Gap.PARAGRAPH)))

        def moved(i: int, at: int = at, n: int = n) -> int:
            return i + n if i >= at else i

        out = replace(
            out,
            words=[*out.words[:at], *line, *out.words[at:]],
            gaps=[*out.gaps[:at], *inner, after, *out.gaps[at + 1 :]],
            pieces=[*out.pieces[:at], *pieces, *out.pieces[at:]],
            frames=[Frame(moved(f.anchor), {moved(i): role for i, role in f.roles.items()}) for f in out.frames or []],
        )
    return out


def fronted(example: Example, rng: random.Random) -> Example:
    """One statement whose source and cue trail its content, with both set before it, as a translation may have them:
    `"…," said Nina Petrova.` → `Said Nina Petrova, "…."`"""
    candidates = []
    for frame in example.frames or []:
        tail = sorted(i for i, r in frame.roles.items() if r in {CUE, SOURCE})
        content = [i for i, r in frame.roles.items() if r == CONTENT]
        whole = tail and tail == list(range(tail[0], tail[-1] + 1)) and max(content) < tail[0]
        if whole and Gap.PARAGRAPH not in example.gaps[min(content) + 1 : tail[-1] + 1]:
            before = min(content)
            while before and example.words[before - 1] in QUOTES:
                before -= 1
            if before == 0 or example.words[before - 1] in {".", "!", "?"} or example.gaps[before] == Gap.PARAGRAPH:
                candidates.append((before, tail))
    if not candidates:
        return example
    before, tail = rng.choice(candidates)
    body = list(range(before, tail[0]))
    order = [*range(before), *tail, *body, *range(tail[-1] + 1, len(example.words))]
    out = keep_words(example, order)
    out.gaps[before] = example.gaps[before]
    out.gaps[before + len(tail)] = int(Gap.SPACE)
    return out


def without_quotes(example: Example) -> Example:
    kept = [i for i, w in enumerate(example.words) if w not in QUOTES and w != "''"]
    if len(kept) < 2:
        return example
    return keep_words(example, kept)


def as_block_quote(example: Example, rng: random.Random) -> Example:
    """Sets one quoted statement off as a paragraph of its own without marks, followed by the bare name of its source.

    Only a statement that has its paragraph to itself is taken. The source word that follows the quote becomes the
    anchor, since no cue is left.
    """
    bounds = [i for i, g in enumerate(example.gaps) if g == Gap.PARAGRAPH] + [len(example.words)]
    candidates = []
    for frame in example.frames or []:
        source = [i for i, r in frame.roles.items() if r == SOURCE]
        content = [i for i, r in frame.roles.items() if r == CONTENT]
        named = sum(example.words[i][0].isupper() for i in source)
        if len(content) < 8 or len(source) < 2 or named < 2 or not any(example.words[i] in QUOTES for i in content):
            continue
        first = max(b for b in bounds[:-1] if b <= min(frame.roles))
        last = min(b for b in bounds if b > first)
        alone = max(frame.roles) < last and all(
            f is frame or not first <= f.anchor < last for f in example.frames or []
        )
        if alone:
            candidates.append((frame, sorted(source), sorted(content), first, last))
    if not candidates:
        return example
    frame, source, content, first, last = rng.choice(candidates)
    body = [i for i in content if example.words[i] not in QUOTES]
    while body and example.words[body[-1]] in {",", ";"}:
        body.pop()
    if not body:
        return example
    kept = [*range(first), *body, *source, *range(last, len(example.words))]
    changed = Frame(source[0], {**dict.fromkeys(body, CONTENT), **dict.fromkeys(source, SOURCE)})
    frames = [changed if f is frame else f for f in example.frames or []]
    out = keep_words(example, kept, frames)
    out.gaps[first] = int(Gap.PARAGRAPH)
    out.gaps[first + len(body)] = rng.choice((int(Gap.SPACE), int(Gap.LINE), int(Gap.PARAGRAPH)))
    return out


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

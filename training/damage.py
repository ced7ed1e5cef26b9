"""Damage that real text shows, done to training windows so that the heads do not lean on what may be missing.

Labels stay with their words, whatever goes or comes between them. Nothing here changes the example it is given.
"""

from __future__ import annotations

import random
from dataclasses import replace

from onrecord.reader.heads.windows import WINDOW, pieces_of
from onrecord.reader.heads.wordpiece import WordPiece
from onrecord.reader.heads.words import Gap
from training.examples import CONTENT, CUE, QUOTES, SOURCE, Example, Frame

LETTERS = "abcdefghijklmnopqrstuvwxyz"


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
    words = ["".join(mistyped(list(w), rate, rng)) or w for w in example.words]
    pieces = [
        old if new == word else pieces_of([new], vocabulary)[0]
        for word, new, old in zip(example.words, words, example.pieces, strict=True)
    ]
    return replace(example, words=words, pieces=pieces) if sum(map(len, pieces)) <= WINDOW else example


def mistyped(letters: list[str], rate: float, rng: random.Random) -> list[str]:
    """What stands in each letter's place when some are swapped with the next, dropped, doubled or replaced."""
    out = list(letters)
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
                out[i] = rng.choice(LETTERS)
        i += 1
    return out


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

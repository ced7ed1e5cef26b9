"""Attributions → utterances: what counts as one statement, before speaker, act and date are read.

Three things that the cue-centred attribution head does not give are added here: a quotation that goes on in sentences of
its own after the attributed one, quoted sentences without any attribution, and block quotes that lost their marks, whose
speaker's bare name trails them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from onrecord.reader.annotated import Annotated, Attribution
from onrecord.reader.names import is_named
from onrecord.reader.quotation import MARKS, Quotations, trimmed
from onrecord.reader.words import Gap, gap_before
from onrecord.records import Span

__all__ = ["Utterance", "paragraphs", "utterances"]

FIRST_PERSON = frozenset({"i", "we", "me", "us", "my", "our", "mine", "ours"})
LEAST_ORPHAN = 5  # words that a quoted sentence without attribution must have to be a statement of its own
LONGEST_SIGNATURE = 14  # words of a trailing name with its title

Pieces = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Utterance:
    """Token ranges of an utterance. `follows` is the position of the utterance that it goes on from."""

    source: tuple[range, ...]
    cue: tuple[range, ...]
    content: tuple[range, ...]
    probability: float
    follows: int | None = None
    block: bool = False  # set off as a block quote: direct speech without marks

    @property
    def start(self) -> int:
        return min(r.start for r in (*self.source, *self.cue, *self.content))

    def covers(self, index: int) -> bool:
        return any(index in r for r in self.content)


def utterances(annotated: Annotated, quotations: Quotations) -> list[Utterance]:
    """All utterances in text order of where they begin; `follows` points into the list returned."""
    where = paragraphs(annotated)
    found: list[Utterance] = []
    for attribution in annotated.attributions:
        found += _of_attribution(annotated, quotations, _in_paragraph(quotations, where, attribution), len(found))
    found = [_whole_block(annotated, quotations, where, found, u) for u in found]
    claimed = [r for u in found for r in u.content]
    for block in _signed_blocks(annotated, where, found):
        found = [u for u in found if not _inside_block(u, block)]
        found.append(block)
    found = _renumbered(found, sorted(range(len(found)), key=lambda i: found[i].start))
    found += _orphans(annotated, quotations, where, found, claimed)
    return _renumbered(found, sorted(range(len(found)), key=lambda i: found[i].content[0].start))


def _in_paragraph(quotations: Quotations, where: Sequence[range], attribution: Attribution) -> Attribution:
    """The attribution with its source and cue cut to the anchor's paragraph, and its content too, but for quotations:
    only these run on over paragraphs. A content that stands wholly outside ("He said:") is kept as it is."""
    home = where[bisect_right(where, attribution.anchor, key=lambda p: p.start) - 1]

    def inside(pieces: Pieces) -> Pieces:
        cut = ((max(a, home.start), min(b, home.stop)) for a, b in pieces)
        return tuple((a, b) for a, b in cut if a < b)

    content = inside(attribution.content)
    if content:
        beyond = [p for p in attribution.content if p[0] not in home and quotations.quoted(p[0] + 1)]
        content = (*content, *beyond)
    return replace(
        attribution,
        source=inside(attribution.source),
        cue=inside(attribution.cue),
        content=content or attribution.content,
    )


def _whole_block(
    annotated: Annotated,
    quotations: Quotations,
    where: Sequence[range],
    found: Sequence[Utterance],
    utterance: Utterance,
) -> Utterance:
    """A block quote that lost its marks, from its paragraph's beginning: "S1. S2. S3, Rütte emphasized."

    The attribution head sees that the sentences before the trailing attribution are speech (two or more of them, or one
    in the first person), but not always how far back; they go back to the beginning, unless marks or another attribution
    in the paragraph say otherwise.
    """
    tokens = annotated.tokens
    first = utterance.content[0]
    home = where[bisect_right(where, first.start, key=lambda p: p.start) - 1]
    tail = (*utterance.source, *utterance.cue)
    trailed = bool(tail) and len(utterance.content) == 1 and all(first.stop <= r.start for r in tail)
    if (
        not trailed
        or any(tokens[i].text in MARKS for i in home)
        or first.start != annotated.sentences[tokens[first.start].sentence].start
    ):
        return utterance
    ends = max(r.stop for r in tail)
    if any(tokens[i].upos not in {"PUNCT", "SYM"} for i in range(ends, home.stop)):
        return utterance
    sentences = {tokens[i].sentence for i in first}
    if len(sentences) < 2 and not any(tokens[i].text.lower() in FIRST_PERSON for i in first):
        return utterance
    others = [r for u in found if u is not utterance for r in (*u.cue, *u.content)]
    if any(home.start <= r.start < first.start for r in others):
        return replace(utterance, block=True)
    return replace(utterance, content=(range(home.start, first.stop),), block=True)


def _renumbered(found: list[Utterance], order: list[int]) -> list[Utterance]:
    where = {old: new for new, old in enumerate(order)}
    return [
        replace(found[i], follows=None if found[i].follows is None else where.get(found[i].follows or 0)) for i in order
    ]


def _of_attribution(annotated: Annotated, quotations: Quotations, attribution: Attribution, at: int) -> list[Utterance]:
    """One attribution → its utterance, and one more for each quoted stretch of later sentences that its content holds."""
    pieces = [trimmed(annotated, range(a, b)) for a, b in attribution.content]
    pieces = [p for p in pieces if any(annotated.tokens[i].upos != "PUNCT" for i in p)]
    if not pieces:
        return []
    source = tuple(range(a, b) for a, b in attribution.source)
    cue = tuple(range(a, b) for a, b in attribution.cue)
    own_sentence = annotated.tokens[max(r.stop for r in (*source, *cue)) - 1].sentence
    own: list[range] = []
    later: list[range] = []
    for piece in pieces:
        starts_later = annotated.tokens[piece.start].sentence > own_sentence
        (later if own and starts_later and quotations.quoted(piece.start) else own).append(piece)
    first = Utterance(source, cue, tuple(own), attribution.probability)
    rest = [Utterance((), (), (p,), attribution.probability, follows=at) for p in later]
    return [first, *rest]


def paragraphs(annotated: Annotated) -> list[range]:
    """Token ranges between blank lines, and between lines where a new line begins a new sentence (text may be wrapped)."""
    tokens, text = annotated.tokens, annotated.text
    cuts = [0]
    for i in range(1, len(tokens)):
        gap = gap_before(text, tokens[i - 1].span.end, tokens[i].span.start)
        if gap == Gap.PARAGRAPH or (gap == Gap.LINE and tokens[i].sentence != tokens[i - 1].sentence):
            cuts.append(i)
    return [range(a, b) for a, b in pairwise([*cuts, len(tokens)]) if a < b]


def _signed_blocks(annotated: Annotated, where: Sequence[range], found: list[Utterance]) -> list[Utterance]:
    """Paragraphs of sentences that end in a bare name and title: "… resolutions. Mark Rutte NATO Secretary General".

    The signature is a last stretch without a verb, of capitals for the most part, that begins with a name of two words
    or more; before it at least one whole sentence must stand, and no attribution that reports part of the paragraph from
    outside of it.
    """
    blocks = []
    for paragraph in where:
        cut = _signature(annotated, paragraph)
        if cut is None:
            continue
        body = trimmed(annotated, range(paragraph.start, cut))
        signature = range(cut, _without_punctuation(annotated, cut, paragraph.stop))
        reported = any(
            u.cue and u.source and any(i in body for r in u.source for i in r) and _main(annotated, u, body)
            for u in found
        )
        if len(body) >= LEAST_ORPHAN and not reported:
            blocks.append(Utterance((signature,), (), (body,), 0.8, block=True))
    return blocks


def _signature(annotated: Annotated, paragraph: range) -> int | None:
    """Token index at which a trailing name and title begin, None if the paragraph ends otherwise."""
    tokens = annotated.tokens
    last_stop = next(
        (i for i in reversed(paragraph) if tokens[i].text in {".", "!", "?", "…"} and i < paragraph.stop - 1), None
    )
    if last_stop is None:
        return None
    cut = last_stop + 1
    while cut < paragraph.stop and tokens[cut].upos == "PUNCT":
        cut += 1
    tail = range(cut, paragraph.stop)
    words = [tokens[i] for i in tail if tokens[i].upos != "PUNCT"]
    if not 2 <= len(words) <= LONGEST_SIGNATURE or any(t.upos in {"VERB", "AUX", "PRON"} for t in words):
        return None
    named = is_named(words[0]) and is_named(words[1]) and words[0].text.istitle()
    capitals = sum(t.text[:1].isupper() for t in words)
    person = any(m.type == "person" and m.start in tail for m in annotated.mentions)
    return cut if named and person and capitals * 2 >= len(words) else None


def _main(annotated: Annotated, utterance: Utterance, body: range) -> bool:
    """The utterance's cue is the main word of its sentence and reports what else stands in the body."""
    cue = utterance.cue[0].start
    return annotated.tokens[cue].relation == "root" and not all(i in body for r in utterance.content for i in r)


def _inside_block(utterance: Utterance, block: Utterance) -> bool:
    """An attribution that takes the block's signature for its source is the block itself, found by the head."""
    source = {i for r in utterance.source for i in r}
    return bool(source & set(block.source[0])) and any(block.covers(i) for r in utterance.content for i in r)


def _without_punctuation(annotated: Annotated, start: int, end: int) -> int:
    while end > start and annotated.tokens[end - 1].upos == "PUNCT":
        end -= 1
    return end


def _orphans(
    annotated: Annotated,
    quotations: Quotations,
    where: Sequence[range],
    found: list[Utterance],
    claimed: list[range],
) -> list[Utterance]:
    """Quoted whole sentences that no attribution took. They go on from the last utterance of their paragraph, or from the
    paragraph before when that one ended inside its quotation; else they stand without a speaker."""
    taken = {i for r in claimed for i in r}
    out = []
    for region in quotations.regions:
        words = [i for i in region if annotated.tokens[i].upos not in {"PUNCT", "SYM"}]
        if len(words) < LEAST_ORPHAN or any(i in taken for i in words):
            continue
        tokens = annotated.tokens
        whole = (
            region.start == 0
            or tokens[region.start].sentence != tokens[max(0, region.start - 2)].sentence
            or region.start == 1
        )
        spoken = any(tokens[i].tag in {"VBD", "VBZ", "VBP", "MD", "VB"} for i in words)
        if not (whole and spoken):
            continue
        paragraph = next(p for p in where if region.start in p)
        follows = _goes_on_from(annotated, quotations, found, region, paragraph)
        out.append(Utterance((), (), (trimmed(annotated, region),), 0.5, follows=follows))
    return out


def _goes_on_from(
    annotated: Annotated, quotations: Quotations, found: list[Utterance], region: range, paragraph: range
) -> int | None:
    before = [i for i, u in enumerate(found) if u.start in paragraph and u.content[-1].start < region.start]
    if before:
        return before[-1]
    previous = next((r for r in reversed(quotations.regions) if r.stop <= region.start), None)
    if previous is None or region.start > paragraph.start + 2:
        return None
    left_open = previous.stop == paragraph.start and previous.stop > 0
    if not left_open:
        return None
    return next(
        (
            i
            for i in reversed(range(len(found)))
            if any(r.start in previous or previous.start in r for r in found[i].content)
        ),
        None,
    )


def char_spans(annotated: Annotated, pieces: Sequence[range]) -> tuple[Span, ...]:
    """Token ranges → spans of characters; empty ranges are left out."""
    return tuple(annotated.span(p.start, p.stop) for p in pieces if p)

"""Attributions → utterances: what counts as one statement, before speaker, act and date are read.

What the cue-centred attribution head does not give is added here: quotations that go on after the attributed sentence or
have no attribution, block quotes that lost their marks, turns of a transcript, and statements that only the tree shows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.reader.annotated import Annotated, Attribution
from onrecord.reader.statements.blockquotes import is_signed_by, signed_block, whole_block
from onrecord.reader.statements.completion import (
    Taken,
    after_fronted_source,
    completed,
    with_whole_source,
    without_dateline,
)
from onrecord.reader.statements.constructions import constructed
from onrecord.reader.statements.overlaps import disentangled
from onrecord.reader.statements.passages import Linked, Utterance, paragraph_of
from onrecord.reader.statements.quotation import Quotations, trimmed
from onrecord.reader.statements.subjects import passive_subject, source_of
from onrecord.reader.statements.transcripts import as_turn, turns

__all__ = ["utterances"]

LEAST_ORPHAN = 5  # words that a quoted sentence without attribution must have to be a statement of its own
LEAST_SURE = 0.4  # of an attribution: below it more are wrong than right (PolNeAR dev, 0.4 points of found F1)
_FULL_WORDS = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM", "ADV", "INTJ", "X"})
_RESULTS = frozenset(
    {"decline", "deficit", "drop", "earnings", "fall", "gain", "growth", "income", "increase", "loss", "profit"}
    | {"result", "revenue", "rise", "sale", "score", "surplus", "time", "victory", "win"}
)
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD", "VB"})

Pieces = tuple[tuple[int, int], ...]


def utterances(annotated: Annotated, quotations: Quotations) -> list[Utterance]:
    """All utterances in the order in which their contents begin; `follows` points into the list returned."""
    where = quotations.paragraphs
    likely = (t for t in annotated.attributions if t.sure.probability >= LEAST_SURE)
    whole = (with_whole_source(annotated, after_fronted_source(annotated, t)) for t in likely)
    sure = [_in_paragraph(quotations, where, t) for t in whole]
    taken = Taken(sure)
    found: list[Linked] = []
    for attribution in sure:
        found += _of_attribution(annotated, quotations, attribution, taken)
    found = disentangled(annotated, found)
    found += [(u, None) for u in constructed(annotated, quotations, [u for u, _ in found])]
    found = _with_blocks(annotated, where, found)
    found += [(u, None) for u in turns(annotated, where, [u for u, _ in found])]
    found.sort(key=lambda linked: linked[0].start)
    found += _orphans(annotated, quotations, where, found)
    found.sort(key=lambda linked: linked[0].content[0].start)
    place = {id(u): i for i, (u, _) in enumerate(found)}
    return [u if before is None else replace(u, follows=place[id(before)]) for u, before in found]


def _with_blocks(annotated: Annotated, where: Sequence[range], found: list[Linked]) -> list[Linked]:
    """Block quotes drawn out to their whole paragraph, and the signed ones added in place of what was found in them."""
    known = [u for u, _ in found]
    now = {id(u): as_turn(annotated, where, u) or whole_block(annotated, where, known, u) for u in known}
    for paragraph in where:
        block = signed_block(annotated, paragraph, known)
        if block is not None:
            same = [u for u in known if is_signed_by(u, block)]
            now |= {id(u): block for u in same}
            if not same:
                found = [*found, (block, None)]
    swapped = [(now.get(id(u), u), before and now.get(id(before), before)) for u, before in found]
    return list({id(u): (u, before) for u, before in swapped}.values())


def _in_paragraph(quotations: Quotations, where: Sequence[range], attribution: Attribution) -> Attribution:
    """The attribution with its source and cue cut to the anchor's paragraph, and its content too, but for quotations:
    only these run on over paragraphs. A content that stands wholly outside ("He said:") is kept as it is."""
    home = paragraph_of(where, attribution.anchor)

    def inside(pieces: Pieces) -> Pieces:
        cut = ((max(a, home.start), min(b, home.stop)) for a, b in pieces)
        return tuple((a, b) for a, b in cut if a < b)

    content = inside(attribution.content)
    if content:
        before = ((a, min(b, home.start)) for a, b in attribution.content if a < home.start)
        after = ((max(a, home.stop), b) for a, b in attribution.content if b > home.stop)

        def quoted(piece: tuple[int, int]) -> bool:
            return quotations.quoted(piece[0]) or quotations.quoted(piece[0] + 1)

        content = (*filter(quoted, before), *content, *filter(quoted, after))
    return Attribution(
        attribution.anchor,
        inside(attribution.cue),
        inside(attribution.source),
        content or attribution.content,
        attribution.sure,
    )


def _of_attribution(
    annotated: Annotated, quotations: Quotations, attribution: Attribution, taken: Taken
) -> list[Linked]:
    """One attribution → its utterance, and one more for each quoted stretch of later sentences that its content holds."""
    tokens = annotated.tokens
    pieces = [trimmed(annotated, range(a, b)) for a, b in attribution.content]
    if not any(tokens[i].upos in _FULL_WORDS for p in pieces for i in p):
        return []  # "which", "it": what was said stands elsewhere
    pieces = [p for p in pieces if any(tokens[i].upos != "PUNCT" for i in p)]
    if attribution.cue and tokens[attribution.cue[-1][1] - 1].text == "to" and _is_name(annotated, pieces):
        return []  # "tweeted to" her: the addressee
    if attribution.cue and _is_result(annotated, range(*attribution.cue[0]), pieces):
        return []
    pieces = completed(annotated, quotations, attribution, pieces, taken)
    pieces[:1] = [without_dateline(annotated, paragraph_of(quotations.paragraphs, p.start), p) for p in pieces[:1]]
    source = source_of(annotated, attribution, pieces)
    cue = tuple(range(a, b) for a, b in attribution.cue)
    told = None if source else passive_subject(annotated, [i for r in cue for i in r], pieces)
    if told is not None:
        pieces = [told, *pieces]
    own_sentence = tokens[max((r.stop for r in (*source, *cue)), default=attribution.anchor + 1) - 1].sentence
    own: list[range] = []
    later: list[range] = []
    for piece in pieces:
        goes_on = bool(own) and tokens[piece.start].sentence > own_sentence and quotations.quoted(piece.start)
        (later if goes_on else own).append(piece)
    first = Utterance(source, cue, tuple(own), sure=attribution.sure)
    return [(first, None), *((Utterance((), (), (p,), sure=attribution.sure), first) for p in later)]


def _is_name(annotated: Annotated, pieces: Sequence[range]) -> bool:
    return all(annotated.tokens[i].upos in ("PROPN", "PRON", "DET", "PUNCT") for p in pieces for i in p)


def _is_result(annotated: Annotated, cue: range, pieces: Sequence[range]) -> bool:
    """ "The company posted a loss": it fared so; it did not say so."""
    what = annotated.tokens[annotated.head_of(pieces[0])].lemma if pieces else ""
    return annotated.tokens[annotated.head_of(cue)].lemma == "post" and what in _RESULTS


def _orphans(
    annotated: Annotated, quotations: Quotations, where: Sequence[range], found: Sequence[Linked]
) -> list[Linked]:
    """Quoted whole sentences that no attribution took: what is reported inside of them is the quoted one's. They go on
    from the last utterance of their paragraph, or from the paragraph before when that one ended inside its quotation or
    announces it by a colon; else they stand without a speaker."""
    tokens = annotated.tokens
    out: list[Linked] = []
    for region in quotations.regions:
        words = [i for i in region if tokens[i].upos not in {"PUNCT", "SYM"}]
        if len(words) < LEAST_ORPHAN or any(_takes(u, region) for u, _ in found):
            continue
        before_mark = region.start - 2
        whole = before_mark < 0 or tokens[region.start].sentence != tokens[before_mark].sentence
        if whole and any(tokens[i].tag in _FINITE for i in words):
            before = _goes_on_from(annotated, quotations, found, region, where)
            out.append((Utterance((), (), (trimmed(annotated, region),)), before))
    return out


def _takes(utterance: Utterance, region: range) -> bool:
    """Whether words of the region are the utterance's, other than by its standing wholly inside with its own cue."""
    parts = (*utterance.source, *utterance.cue, *utterance.content)
    if not any(r.start < region.stop and region.start < r.stop for r in parts):
        return False
    inside = all(region.start <= r.start and r.stop <= region.stop for r in parts)
    return not (inside and utterance.cue and utterance.source) or 2 * sum(map(len, utterance.content)) > len(region)


def _goes_on_from(
    annotated: Annotated, quotations: Quotations, found: Sequence[Linked], region: range, where: Sequence[range]
) -> Utterance | None:
    """The utterance that a quotation without attribution continues."""
    paragraph = paragraph_of(where, region.start)
    here = [u for u, _ in found if u.start in paragraph and u.content[-1].start < region.start]
    if here:
        return here[-1]
    if region.start > paragraph.start + 2:
        return None
    if paragraph.start and annotated.tokens[paragraph.start - 1].text == ":":
        home = paragraph_of(where, paragraph.start - 1)
        return next((u for u, _ in reversed(found) if u.cue and u.cue[0].start in home), None)
    previous = next((r for r in reversed(quotations.regions) if r.stop <= region.start), None)
    if previous is None or previous.stop != paragraph.start:
        return None
    inside = (u for u, _ in reversed(found) if any(r.start in previous or previous.start in r for r in u.content))
    return next(inside, None)

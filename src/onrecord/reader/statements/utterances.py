"""Attributions → utterances: what counts as one statement, before speaker, act and date are read.

Three things that the cue-centred attribution head does not give are added here: a quotation that goes on in sentences of
its own after the attributed one, quoted sentences without any attribution, and block quotes that lost their marks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.reader.annotated import Annotated, Attribution
from onrecord.reader.statements.blockquotes import is_signed_by, signed_block, whole_block
from onrecord.reader.statements.passages import Utterance, paragraph_of, paragraphs
from onrecord.reader.statements.quotation import Quotations, trimmed

__all__ = ["utterances"]

LEAST_ORPHAN = 5  # words that a quoted sentence without attribution must have to be a statement of its own
ORPHAN = 0.5  # the confidence of such a sentence: it is found by its marks alone
_FULL_WORDS = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM", "ADV", "INTJ", "X"})
_SPEAKING = frozenset({"NOUN", "PROPN", "PRON"})
_IMPERSONAL = frozenset({"it", "this", "that", "which", "there", "what"})
_ADDRESSING = frozenset(
    {"accuse", "advise", "ask", "blame", "encourage", "inform", "instruct", "invite", "order", "remind", "request"}
    | {"require", "tell", "urge", "warn"}
)
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD", "VB"})

Pieces = tuple[tuple[int, int], ...]
# An utterance and the one that it goes on from: positions are only known when all have been found.
Linked = tuple[Utterance, Utterance | None]


def utterances(annotated: Annotated, quotations: Quotations) -> list[Utterance]:
    """All utterances in the order in which their contents begin; `follows` points into the list returned."""
    where = paragraphs(annotated)
    found: list[Linked] = []
    for attribution in annotated.attributions:
        found += _of_attribution(annotated, quotations, _in_paragraph(quotations, where, attribution))
    taken = {i for u, _ in found for r in (*u.content, *u.source, *u.cue) for i in r}
    found = _with_blocks(annotated, where, found)
    found.sort(key=lambda linked: linked[0].start)
    found += _orphans(annotated, quotations, where, found, taken)
    found.sort(key=lambda linked: linked[0].content[0].start)
    place = {id(u): i for i, (u, _) in enumerate(found)}
    return [replace(u, follows=None if before is None else place[id(before)]) for u, before in found]


def _with_blocks(annotated: Annotated, where: Sequence[range], found: list[Linked]) -> list[Linked]:
    """Block quotes drawn out to their whole paragraph, and the signed ones added in place of what was found in them."""
    known = [u for u, _ in found]
    now = {id(u): whole_block(annotated, where, known, u) for u in known}
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
    return replace(
        attribution,
        source=inside(attribution.source),
        cue=inside(attribution.cue),
        content=content or attribution.content,
    )


def _of_attribution(annotated: Annotated, quotations: Quotations, attribution: Attribution) -> list[Linked]:
    """One attribution → its utterance, and one more for each quoted stretch of later sentences that its content holds."""
    tokens = annotated.tokens
    pieces = [trimmed(annotated, range(a, b)) for a, b in attribution.content]
    if not any(tokens[i].upos in _FULL_WORDS for p in pieces for i in p):
        return []  # "which", "it": what was said stands elsewhere
    pieces = [p for p in pieces if any(tokens[i].upos != "PUNCT" for i in p)]
    source = tuple(range(a, b) for a, b in attribution.source if not _addressed(annotated, attribution, (a, b)))
    cue = tuple(range(a, b) for a, b in attribution.cue)
    if not source and cue:
        source = _subject(annotated, cue[0], pieces)
    own_sentence = tokens[max((r.stop for r in (*source, *cue)), default=attribution.anchor + 1) - 1].sentence
    own: list[range] = []
    later: list[range] = []
    for piece in pieces:
        goes_on = bool(own) and tokens[piece.start].sentence > own_sentence and quotations.quoted(piece.start)
        (later if goes_on else own).append(piece)
    first = Utterance(source, cue, tuple(own), attribution.probability)
    return [(first, None), *((Utterance((), (), (p,), attribution.probability), first) for p in later)]


def _subject(annotated: Annotated, cue: range, content: Sequence[range]) -> tuple[range, ...]:
    """The subject of an active cue to which the attribution head gave no source; of "and stressed" the first verb's."""
    tokens = annotated.tokens
    verb = tokens[annotated.head_of(cue)]
    if verb.relation == "conj" and not annotated.dependents(verb.index, "nsubj", "nsubj:pass", "aux:pass"):
        verb = tokens[verb.head]
    for token in annotated.dependents(verb.index, "nsubj"):
        words = annotated.subtree(token.index)
        taken = any(i in piece for piece in content for i in words)
        impersonal = token.text.lower() in _IMPERSONAL
        if token.relation == "nsubj" and token.upos in _SPEAKING and not impersonal and not taken:
            return (range(words[0], words[-1] + 1),)
    return ()


def _addressed(annotated: Annotated, attribution: Attribution, piece: tuple[int, int]) -> bool:
    """The subject of a passive that tells to whom something was said: "people were encouraged to submit designs"."""
    head = annotated.tokens[annotated.head_of(range(*piece))]
    verb = annotated.tokens[head.head]
    in_cue = any(a <= verb.index < b for a, b in attribution.cue)
    return head.relation == "nsubj:pass" and in_cue and verb.lemma in _ADDRESSING


def _orphans(
    annotated: Annotated, quotations: Quotations, where: Sequence[range], found: Sequence[Linked], taken: set[int]
) -> list[Linked]:
    """Quoted whole sentences that no attribution took. They go on from the last utterance of their paragraph, or from the
    paragraph before when that one ended inside its quotation; else they stand without a speaker."""
    tokens = annotated.tokens
    out: list[Linked] = []
    for region in quotations.regions:
        words = [i for i in region if tokens[i].upos not in {"PUNCT", "SYM"}]
        if len(words) < LEAST_ORPHAN or any(i in taken for i in region):
            continue
        before_mark = region.start - 2
        whole = before_mark < 0 or tokens[region.start].sentence != tokens[before_mark].sentence
        if whole and any(tokens[i].tag in _FINITE for i in words):
            before = _goes_on_from(quotations, found, region, paragraph_of(where, region.start))
            out.append((Utterance((), (), (trimmed(annotated, region),), ORPHAN), before))
    return out


def _goes_on_from(quotations: Quotations, found: Sequence[Linked], region: range, paragraph: range) -> Utterance | None:
    """The utterance that a quotation without attribution continues."""
    here = [u for u, _ in found if u.start in paragraph and u.content[-1].start < region.start]
    if here:
        return here[-1]
    previous = next((r for r in reversed(quotations.regions) if r.stop <= region.start), None)
    if previous is None or region.start > paragraph.start + 2 or previous.stop != paragraph.start:
        return None
    inside = (u for u, _ in reversed(found) if any(r.start in previous or previous.start in r for r in u.content))
    return next(inside, None)

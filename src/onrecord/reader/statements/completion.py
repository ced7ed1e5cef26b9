"""Contents that the attribution head cut short → the whole of the quotation or phrase that they stand in; and where a
source at the beginning of a sentence ends and its content begins."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property

from onrecord.reader.annotated import Annotated, Attribution, Token, base_of
from onrecord.reader.statements.quotation import MARKS, Quotations, trimmed, without_notes

__all__ = ["Taken", "after_fronted_source", "completed", "with_whole_source", "without_dateline"]

_WITH_NEXT = frozenset({"case", "det", "amod", "compound", "nummod", "mark", "advmod"})
_DASHES = frozenset({"-", "--", "–", "—"})
LONGEST_DATELINE = 16  # tokens: "SOUTH BEND, Ind., Jan. 5, 2014 (The Wire) –"
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_OF_A_NOUN = frozenset({"appos", "nmod", "nmod:poss", "flat", "compound"})
Barred = Callable[[int], bool]  # whether a word is the source's, the cue's or another attribution's
LONGEST_PHRASE = 4  # words by which a phrase that was cut in its middle is drawn out


@dataclass(frozen=True)
class Taken:
    """Which words of a text its attributions take, whatever their role."""

    attributions: Sequence[Attribution]

    @cached_property
    def _extents(self) -> list[frozenset[int]]:
        return [_extent(t) for t in self.attributions]

    @cached_property
    def words(self) -> frozenset[int]:
        return frozenset().union(*self._extents)

    @cached_property
    def _ends(self) -> list[tuple[int, int]]:
        return [(min(e), max(e)) for e in self._extents]

    def running_out(self, region: range, attribution: Attribution) -> set[int]:
        """The words of other attributions that stand in the region, but not wholly."""
        own = _extent(attribution)
        over = (
            e
            for e, (first, last) in zip(self._extents, self._ends, strict=True)
            if first < region.stop and last >= region.start and not (first in region and last in region) and e != own
        )
        return {i for e in over for i in e}


def _extent(attribution: Attribution) -> frozenset[int]:
    parts = (*attribution.source, *attribution.cue, *attribution.content)
    return frozenset(i for a, b in parts for i in range(a, b))


def completed(
    annotated: Annotated, quotations: Quotations, attribution: Attribution, pieces: list[range], taken: Taken
) -> list[range]:
    """The pieces drawn out to the quotations and phrases that they stand in, notes between brackets left out."""
    own = {i for a, b in (*attribution.source, *attribution.cue) for i in range(a, b)}
    pieces = _to_whole_quotation(quotations, pieces, own, lambda region: taken.running_out(region, attribution))
    pieces = [trimmed(annotated, p) for piece in pieces for p in without_notes(annotated, piece)]
    mine = {i for p in pieces for i in p}

    def barred(index: int) -> bool:
        return index in own or (index in taken.words and index not in mine)

    if attribution.cue and pieces:
        pieces = _with_subject(annotated, pieces, range(*attribution.cue[0]), barred)
    return _merged(_to_phrase_end(annotated, _to_phrase_start(annotated, p, barred), barred) for p in pieces if p)


def _to_whole_quotation(
    quotations: Quotations, pieces: Sequence[range], own: Set[int], elsewhere: Callable[[range], Set[int]]
) -> list[range]:
    """Each piece that stands in a quotation, drawn out to all of it, and the pieces of one quotation made one.

    Not where the quotation holds the source or cue (`own`), or words of attributions from `elsewhere`, which run out of it;
    what a speaker reports inside his own words is his.
    """
    out: list[range] = []
    for piece in pieces:
        region = quotations.region_of(piece.start) or quotations.region_of(piece.stop - 1)
        whole = piece
        if region is not None and not any(i in own for i in region):
            whole = range(min(piece.start, region.start), max(piece.stop, region.stop))
            foreign = elsewhere(region)
            if any(i in foreign for i in whole if i not in piece):
                whole = piece
        out.append(whole)
    return _merged(out)


def _to_phrase_start(annotated: Annotated, piece: range, barred: Barred) -> range:
    """The piece with the word before it that hangs by its first words: "For" + "example, schools can …"."""
    tokens = annotated.tokens
    start = piece.start
    while start > 0 and not barred(start - 1) and tokens[start - 1].sentence == tokens[start].sentence:
        before = tokens[start - 1]
        if (
            before.upos == "PUNCT"
            or base_of(before.relation) not in _WITH_NEXT
            or not start <= before.head < piece.stop
        ):
            break
        start -= 1
    return range(start, piece.stop)


def _with_subject(annotated: Annotated, pieces: Sequence[range], cue: range, barred: Barred) -> list[range]:
    """The pieces with the subject of their clause where the cue parts it from them: "Schools, she said, are full"."""
    tokens = annotated.tokens
    first = pieces[0]
    if first.start < cue.stop:
        return list(pieces)
    head = annotated.head_of([i for i in first if tokens[i].sentence == tokens[first.start].sentence])
    for subject in annotated.dependents(head, "nsubj"):
        words = [i for i in annotated.subtree(subject.index) if tokens[i].upos != "PUNCT"]
        whole = bool(words) and words[-1] - words[0] + 1 == len(words)
        if whole and words[-1] < cue.start and not any(barred(i) for i in words):
            return [range(words[0], words[-1] + 1), *pieces]
    return list(pieces)


def _to_phrase_end(annotated: Annotated, piece: range, barred: Barred) -> range:
    """The piece up to the word that its last one hangs by: "their local" + "councils", "the ban is" + "legal"."""
    tokens = annotated.tokens
    end = piece.stop
    while tokens[end - 1].upos != "PUNCT" and end <= tokens[end - 1].head < piece.stop + LONGEST_PHRASE:
        end = tokens[end - 1].head + 1
    return piece if any(barred(i) for i in range(piece.stop, end)) else range(piece.start, end)


def _merged(pieces: Iterable[range]) -> list[range]:
    """Pieces in text order, those that overlap made one."""
    out: list[range] = []
    for piece in sorted(pieces, key=lambda p: p.start):
        if out and piece.start < out[-1].stop:
            out[-1] = range(out[-1].start, max(out[-1].stop, piece.stop))
        else:
            out.append(piece)
    return out


def after_fronted_source(annotated: Annotated, attribution: Attribution) -> Attribution:
    """ "According to the Herald, Ann Lee, the chair, said …": the source ends where the subject of the sentence begins, and
    the content is the rest of the sentence. The head tends to give the second name to the source."""
    tokens, cue, content = annotated.tokens, attribution.cue, attribution.content
    sentence = annotated.sentences[tokens[attribution.anchor].sentence]
    fronted = bool(cue) and cue[0][0] == sentence.start and tokens[sentence.start].text.lower() == "according"
    if not fronted or not attribution.source or attribution.source[0][0] != cue[0][1] or not content:
        return attribution
    attribution = _with_apposition(annotated, attribution)
    first, last = attribution.content[0][0], min(attribution.content[-1][1], sentence.stop)
    root = next(t for t in (tokens[i] for i in sentence) if t.head == t.index or t.head not in sentence)
    subjects = [t.index for t in annotated.dependents(root.index, "nsubj") if t.index < root.index]
    start = min((k for i in subjects for k in annotated.subtree(i) if tokens[k].upos != "PUNCT"), default=0)
    runs_over = any(a < start < b for a, b in attribution.source) or tokens[first].upos == "PUNCT"
    end = start
    while end > cue[0][1] and tokens[end - 1].upos == "PUNCT":
        end -= 1
    if not runs_over or last <= root.index or end <= cue[0][1]:
        return attribution
    return replace(attribution, source=((cue[0][1], end),), content=((start, last),))


def with_whole_source(annotated: Annotated, attribution: Attribution) -> Attribution:
    """ "The bridge is closed, the head of the roads office, Ann Lee, said": a long description before the cue, of which the
    head gives some or all to the content. The source begins where its noun phrase does, if a mark stands before it."""
    tokens = annotated.tokens
    if not attribution.content or not attribution.cue:
        return attribution
    start, stop = attribution.source[0] if attribution.source else (attribution.cue[0][0], attribution.cue[0][0])
    while start < stop - 1 and tokens[start].upos == "PUNCT":
        start += 1
    before = [p for p in attribution.content if p[0] < start]
    if not before or any(tokens[i].upos != "PUNCT" for i in range(before[-1][1], start)):
        return attribution
    first = before[-1][0]
    head = _named_by(annotated, attribution, range(first, start))
    words = set() if head is None else set(annotated.subtree(head.index))
    begin = start
    while begin > first and begin - 1 in words:
        begin -= 1
    while begin < start and tokens[begin].upos in ("PUNCT", "SCONJ"):
        begin += 1
    if any(tokens[i].tag in _FINITE or tokens[i].text in MARKS for i in range(begin, start)):
        return attribution  # no description runs over a clause of its own or a quotation: the tree is wrong
    cut = ((a, min(b, begin)) if a < start else (a, b) for a, b in attribution.content)
    content = tuple(p for p in cut if p[0] < p[1])
    said = any(tokens[i].upos == "VERB" for a, b in content if a < begin for i in range(a, b))
    if begin >= start or tokens[begin - 1].upos != "PUNCT" or not said:
        return attribution
    return replace(attribution, source=((begin, stop), *attribution.source[1:]), content=content)


def _named_by(annotated: Annotated, attribution: Attribution, before: range) -> Token | None:
    """The noun that the source hangs by, further up in the words before it; without a source the subject of the cue."""
    tokens = annotated.tokens
    if not attribution.source:
        verb = annotated.head_of(range(*attribution.cue[0]))
        return next(
            (t for t in annotated.dependents(verb, "nsubj") if t.index in before and t.relation == "nsubj"), None
        )
    head = tokens[annotated.head_of(range(*attribution.source[0]))]
    while head.relation in _OF_A_NOUN and head.head in before and tokens[head.head].upos in ("NOUN", "PROPN"):
        head = tokens[head.head]
    return head


def without_dateline(annotated: Annotated, paragraph: range, piece: range) -> range:
    """A content that begins with its report's dateline ("MOSUL, Iraq, Jan. 5 (AP) — …"), without it."""
    tokens = annotated.tokens
    town = tokens[paragraph.start].text
    if piece.start >= paragraph.start + LONGEST_DATELINE or not town.isupper() or len(town) < 3:
        return piece
    for i in range(paragraph.start + 1, min(paragraph.start + LONGEST_DATELINE, piece.stop - 1)):
        if tokens[i].text in _DASHES:
            return range(max(i + 1, piece.start), piece.stop)
        if tokens[i].upos in ("VERB", "AUX"):
            break
    return piece


def _with_apposition(annotated: Annotated, attribution: Attribution) -> Attribution:
    """ "According to their coach, Ann Lee, …": the name behind the title belongs to the source."""
    tokens = annotated.tokens
    (start, stop), (first, last) = attribution.source[0], attribution.content[0]
    for name in annotated.dependents(annotated.head_of(range(start, stop)), "appos"):
        words = [i for i in annotated.subtree(name.index) if tokens[i].upos != "PUNCT"]
        end = words[-1] + 1 if words else first
        if words and words[0] == first and end + 1 < last and tokens[end].text == ",":
            return replace(attribution, source=((start, end),), content=((end + 1, last), *attribution.content[1:]))
    return attribution

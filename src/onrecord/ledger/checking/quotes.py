"""Quotations of a draft looked up in the ledger: word for word, or nearly so with what was changed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.ledger.checking.align import Alignment, align, differences, find, windows
from onrecord.ledger.checking.draft import Draft, Quote
from onrecord.ledger.checking.rows import Change, Finding
from onrecord.ledger.checking.shelf import Shelf, Stored, Uttered
from onrecord.records import Span

__all__ = ["Found", "check_quote", "look_up"]

# Share of words that must be the same for a quotation to count as one that was altered, and not as another one. Two of
# six words may change; with fewer than six, one.
_LIKE = 0.62
_SHORT = 6
_VERY_LIKE = 0.8  # enough for a quotation of small words: "It is far too early for a number"

_OPENINGS = 3  # stretches of one document that are aligned
_CANDIDATES = 6  # documents besides those about the same story
_LEFT_OUT = 60  # words that "…" may stand for

_NEGATIONS = frozenset("not no never nobody none neither nor cannot without hardly nothing nowhere".split())
_CLAUSE_END = re.compile(r"[,;:.!?…—–\"“”\n]")
_REACH = 4  # words before a quotation in which a negation belongs to it


@dataclass(frozen=True, slots=True)
class Found:
    """Where the ledger has a quotation. `change` is empty for the same words; `cut` is the negation that was cut off."""

    stored: Stored
    span: Span
    uttered: tuple[Uttered, ...]
    quoted: bool
    likeness: float
    change: tuple[Change, ...]
    cut: str | None = None


def look_up(draft: Draft, quote: Quote, near: Sequence[Stored], shelf: Shelf) -> list[Found]:
    """Where the ledger has these words, or nearly these; the best first, and all that are word for word."""
    keys = [draft.words.keys[place] for place in quote.places]
    exact = [found for stored in near for found in _exact(draft, quote, keys, stored)]
    whole = [found for found in exact if found.cut is None]
    others = [] if whole else _others(draft, quote, near, shelf)
    exact += [found for stored in others for found in _exact(draft, quote, keys, stored)]
    whole = [found for found in exact if found.cut is None]
    if exact:
        return sorted(whole or exact, key=lambda f: not f.quoted)
    close = [found for stored in [*near, *others] for found in _close(draft, quote, keys, stored)]
    return sorted(close, key=lambda f: (-f.likeness, not f.quoted))[:3]


def _others(draft: Draft, quote: Quote, near: Sequence[Stored], shelf: Shelf) -> list[Stored]:
    said = [draft.text[draft.words.starts[p] : draft.words.ends[p]] for p in quote.places]
    found = shelf.best(said, _CANDIDATES) or shelf.phrases(said, _CANDIDATES)
    known = {stored.row for stored in near}
    return [stored for _, stored in found if stored.row not in known]


def _exact(draft: Draft, quote: Quote, keys: list[str], stored: Stored) -> list[Found]:
    words = stored.words
    if quote.gaps:
        best = _aligned(quote, keys, stored)
        return [found for found, laid in best if laid.same == len(keys) == laid.length and found is not None]
    if not all(key in words.places for key in keys):
        return []
    found, said = [], stored.said
    for begin in find(keys, said.keys, said.places):
        span = words.span(said.origin[begin], said.origin[begin + len(keys) - 1])
        if _one_voice(stored, said.region[begin], said.region[begin + len(keys) - 1]):
            cut = _cut_off(draft, quote, stored, said.origin[begin], said.origin[begin + len(keys) - 1])
            found.append(_found(stored, span, True, 1.0, (), cut))
    if not found:
        for begin in find(keys, words.keys, words.places):
            span = words.span(begin, begin + len(keys) - 1)
            quoted = any(region.overlaps(span) for region in said.regions)
            cut = _cut_off(draft, quote, stored, begin, begin + len(keys) - 1)
            found.append(_found(stored, span, quoted, 1.0, (), cut))
    return found


def _one_voice(stored: Stored, first: int, last: int) -> bool:
    """The quotations between these two numbers follow each other closely enough to be one person's."""
    regions = stored.said.regions
    if first == last:
        return True
    for number in range(first, last):
        between = Span(regions[number].end, regions[number + 1].start)
        if len(stored.words.within(between)) > _LEFT_OUT // 2:
            return False
    speakers = {
        uttered.speaker
        for number in range(first, last + 1)
        for uttered in stored.statements_at(regions[number])[:1]
        if uttered.speaker is not None
    }
    return len(speakers) <= 1


def _close(draft: Draft, quote: Quote, keys: list[str], stored: Stored) -> list[Found]:
    found = []
    for place, laid in _aligned(quote, keys, stored):
        content = sum(1 for here, there in laid.steps if here is not None and there is not None and len(keys[here]) > 3)
        enough = laid.likeness >= _LIKE and (content >= 2 or laid.likeness >= _VERY_LIKE)
        if len(keys) < _SHORT:
            enough = enough and laid.same >= len(keys) - 1
        if enough and place is not None:
            change = differences(laid, draft.words, quote.places, stored.words)
            found.append(_found(stored, place.span, place.quoted, laid.likeness, change, None))
    return found


def _aligned(quote: Quote, keys: list[str], stored: Stored) -> list[tuple[Found, Alignment]]:
    """The quotation laid against the likeliest stretches of a document, among what is said in it, then in all of it."""
    words, said = stored.words, stored.said
    found: list[tuple[Found, Alignment]] = []
    for origin, stream, places, quoted in (
        (said.origin, said.keys, said.places, True),
        (range(len(words)), words.keys, words.places, False),
    ):
        for window in windows(keys, len(stream), places, _OPENINGS):
            spread = _LEFT_OUT * len(quote.gaps)
            wide = range(max(0, window.start - spread), min(len(stream), window.stop + spread))
            laid = align(keys, stream, wide, quote.gaps)
            if not laid.ledger:
                continue
            steps = tuple((here, None if there is None else origin[there]) for here, there in laid.steps)
            inside = Alignment(steps, laid.same, laid.length)
            span = words.span(origin[laid.ledger.start], origin[laid.ledger.stop - 1])
            found.append((_found(stored, span, quoted, laid.likeness, (), None), inside))
        if any(laid.likeness >= _LIKE for _, laid in found):
            break
    return found


def _found(
    stored: Stored, span: Span, quoted: bool, likeness: float, change: tuple[Change, ...], cut: str | None
) -> Found:
    return Found(stored, span, tuple(stored.statements_at(span)), quoted, likeness, change, cut)


def _cut_off(draft: Draft, quote: Quote, stored: Stored, first: int, last: int) -> str | None:
    """A negation of the clause that the quotation was cut out of, and that the draft does not have either."""
    words = stored.words
    negation = None
    for place in range(first - 1, max(-1, first - 1 - _REACH), -1):
        if _CLAUSE_END.search(words.between(place)):
            break
        if _negates(words.keys[place]):
            negation = words.text[words.starts[place] : words.ends[place]]
            break
    after = last + 1
    if negation is None and after < len(words) and not _CLAUSE_END.search(words.between(last)):
        negation = words.text[words.starts[after] : words.ends[after]] if _negates(words.keys[after]) else None
    if negation is None:
        return None
    before = draft.words.within(Span(max(0, quote.span.start - 80), quote.span.start))
    own = [draft.words.keys[place] for place in list(before)[-_REACH:]]
    return None if any(_negates(key) for key in own) else negation


def _negates(key: str) -> bool:
    return key in _NEGATIONS or key.endswith("n't")


def check_quote(draft: Draft, quote: Quote, found: Sequence[Found]) -> Finding:
    """What to tell the editor about the words of a quotation; who said them is another question."""
    words = " ".join(quote.span.of(draft.text).split())
    statement = quote.said.id if quote.said else None
    if not found:
        reason = "Nothing like this quotation is in the ledger."
        return Finding("not on record", "quote", quote.span, words, (), (), reason, statement)
    against = tuple(f.stored.place(f.span, f.uttered[0] if f.uttered else None) for f in found[:5])
    best = found[0]
    if best.cut is not None:
        change: tuple[Change, ...] = (("dropped", "", best.cut),)
        reason = f"The words stand in the ledger, but after or before “{best.cut}”, which the draft leaves out."
        return Finding("altered", "quote", quote.span, words, against, change, reason, statement)
    if best.change:
        reason = f"The ledger has {_count(best.change)} otherwise in this quotation."
        return Finding("altered", "quote", quote.span, words, against, best.change, reason, statement)
    reason = "The ledger has these words."
    if not best.quoted:
        reason = "The ledger has these words, but not between quotation marks."
    return Finding("verbatim", "quote", quote.span, words, against, (), reason, statement)


def _count(changes: Sequence[Change]) -> str:
    return "one place" if len(changes) == 1 else f"{len(changes)} places"

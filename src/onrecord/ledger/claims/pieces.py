"""Cutting what is said into parts that can each be true or false: sentences, and clauses that hold an event of their own.

"60 people were missing and about 12,000 had been moved" says two things, and another report may confirm the one and
deny the other. There are no trees in a reading, so a cut is made only at a conjunction or comma with a clause's own
verb behind it; where in doubt, words stay together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from onrecord.ledger.context import sentence_around
from onrecord.reading import Reading
from onrecord.records import Block, Event, Span

__all__ = ["is_verb", "parts", "sentences", "subtract"]

_CUT = re.compile(
    r"[.!?…][\"”’)]*\s+(?=[\"“(]?[A-Z0-9])"
    r"|;\s+|\s[–—]\s"
    r"|,?\s+(?:and|but|while|whereas|although|though|adding|because)\s+(?:that\s+)?"
    r"|,\s+(?=(?:who|which|whose|where)\s)"
    r"|,\s+(?=with\s)"
    r"|,\s+(?=(?:there|he|she|it|they|we|you)\s)"
    r"|,\s+(?=[a-z]+ing\s)"
)
_SENTENCE_END = re.compile(r"[.!?…]")
_VICTIMS = re.compile(
    r"\b(?:dead|killed|died|injured|wounded|hurt|missing|unaccounted|displaced|homeless|evacuated|arrested|rescued)\b",
    re.IGNORECASE,
)
_HELPS = (
    r"(?:is|are|was|were|be|been|being|has|have|had|do|does|did|will|would|shall|should|can|could|may|might|must|"
    r"cannot|\w+n't|to)"
)
_BETWEEN = r"(?:\w+ly|not|also|been|be|still)"
_AUXILIARY = re.compile(rf"\b{_HELPS}\s+(?:{_BETWEEN}\s+)*$", re.IGNORECASE)
_BEFORE_VERB = re.compile(rf"(?:{_HELPS}|{_BETWEEN})$", re.IGNORECASE)
_OBJECT = re.compile(r"\s+(?:it|him|her|them|us|me|that|the|an?|this|his|its|their|no|to|how|why|what)\b")
_REACH = 40  # characters before a verb in which its auxiliary can stand


def is_verb(text: str, event: Event) -> bool:
    """Whether the word of an event is a verb, by its form ("killed", "killing") or the auxiliary before it."""
    form = event.span.of(text).lower()
    if form.endswith(("ed", "ing")) and not event.lemma.endswith(("ed", "ing")):
        return True
    if form not in (event.lemma, event.lemma + "s", event.lemma + "es") and form[:1] == event.lemma[:1]:
        return True
    if form != event.lemma and _OBJECT.match(text, event.span.end):
        return True  # "knows it", "plans to": the plural of a noun takes no object
    return _has_auxiliary(text, event.span.start)


@lru_cache(maxsize=64)  # an event is asked about by the words that it parts and by what is told in them
def _has_auxiliary(text: str, verb: int) -> bool:
    start = max(0, verb - _REACH)
    # Most words before an event are none that stand before a verb, and what a word is need not be found out again.
    before = text[start:verb].rsplit(maxsplit=1)[-1:]
    return bool(before) and _stands_before_verb(before[0]) and _AUXILIARY.search(text, start, verb) is not None


@lru_cache(maxsize=8192)
def _stands_before_verb(word: str) -> bool:
    return _BEFORE_VERB.search(word) is not None


def sentences(text: str, blocks: Sequence[Block]) -> Iterator[tuple[Span, Block]]:
    """The sentences of the blocks that hold running text or headings, in order; boilerplate is left out."""
    for block in blocks:
        if block.kind == "boilerplate":
            continue
        position = block.span.start
        while position < block.span.end:
            if text[position].isspace():
                position += 1
                continue
            sentence = sentence_around(text, Span(position, position + 1), [block])
            yield Span(position, max(sentence.end, position + 1)), block
            position = max(sentence.end, position + 1)


def subtract(span: Span, taken: Sequence[Span]) -> Iterator[Span]:
    """What is left of `span` without `taken` (in order), bare of white space and of stray marks at its ends."""
    position = span.start
    for other in (*taken, Span(span.end, span.end)):
        if other.start > position:
            yield Span(position, min(other.start, span.end))
        position = max(position, other.end)


def trimmed(text: str, span: Span) -> Span | None:
    """`span` without white space, commas and marks of quotation at its ends; None where nothing else is in it."""
    start, end = span
    if text.startswith(("'s", "’s"), start) and text[start + 2 : start + 3].isspace():
        start += 2  # of a name that stands outside: "Talvenia|'s emergency service"
    while start < end and not (text[start].isalnum() or text[start] in "$€£"):
        start += 1
    while end > start and not (text[end - 1].isalnum() or text[end - 1] in "%.)!?"):
        end -= 1
    return Span(start, end) if any(map(str.isalnum, text[start:end])) else None


def parts(reading: Reading, spans: Sequence[Span], events: Sequence[Event]) -> list[tuple[Span, ...]]:
    """The parts of the words in `spans`, each with its own spans; `events` are those within, by place.

    A part without an event of its own stays with the one before it, or the one behind where it is the first.
    """
    text = reading.document.text
    chunks = [chunk for span in spans for chunk in _chunks(reading, span, events)]
    found: list[list[Span]] = []
    waiting: list[Span] = []
    for chunk in chunks:
        if any(chunk.covers(event.span) for event in events) or _is_sentence(text, chunk):
            found.append([*waiting, chunk])
            waiting = []
        elif found:
            found[-1].append(chunk)
        else:
            waiting.append(chunk)
    if waiting:
        found.append(waiting)
    return [tuple(part) for part in found]


def _is_sentence(text: str, chunk: Span) -> bool:
    return text[chunk.end - 1] in ".!?"


def _chunks(reading: Reading, span: Span, events: Sequence[Event]) -> Iterator[Span]:
    text = reading.document.text
    verbs = [event.span for event in events if is_verb(text, event)]
    start = span.start
    for match in _CUT.finditer(text, span.start, span.end):
        sentence = _SENTENCE_END.match(text, match.start()) is not None
        before, behind = Span(start, match.start()), Span(match.end(), span.end)
        if (
            sentence
            or _counts_apart(reading, before, behind)
            or (any(before.covers(verb) for verb in verbs) and _own_clause(reading, behind, verbs, match.end()))
        ):
            # The mark that ends a sentence belongs to it, a conjunction to neither side.
            if (chunk := trimmed(text, Span(start, match.start() + sentence))) is not None:
                yield chunk
            start = match.end()
    if (chunk := trimmed(text, Span(start, span.end))) is not None:
        yield chunk


def _counts_apart(reading: Reading, before: Span, behind: Span) -> bool:
    """Whether a figure of other victims starts behind the cut: "54 dead and 33 missing" are two counts."""
    text = reading.document.text
    if not any(before.covers(figure.span) for figure in reading.figures):
        return False
    figure = next((f for f in reading.figures if f.span.start == behind.start), None)
    if figure is None or _VICTIMS.search(text, before.start, before.end) is None:
        return False
    return _VICTIMS.search(text, figure.span.end, min(behind.end, figure.span.end + _REACH)) is not None


def _own_clause(reading: Reading, behind: Span, verbs: Sequence[Span], position: int) -> bool:
    """Whether a clause with a verb of its own starts at `position`: its first verb comes before the next boundary.

    A figure there that belongs to an event before it ("50 boats and 20 pumps") keeps the words together.
    """
    text = reading.document.text
    following = _CUT.search(text, position)
    while (
        following is not None
        and following.start() < behind.end
        and not any(position <= verb.start and verb.end <= following.start() for verb in verbs)
    ):
        if _SENTENCE_END.match(text, following.start()):
            break
        following = _CUT.search(text, following.end())
    limit = min(following.start() if following else behind.end, behind.end)
    inside = [verb for verb in verbs if position <= verb.start and verb.end <= limit]
    if not inside:
        return False
    counted = {figure.event for figure in reading.figures if position <= figure.span.start < inside[0].start}
    return not any(event.id in counted and event.span.end <= position for event in (reading.events if counted else ()))

"""People who suffered something, told one by one: "a man was shot and killed", "Ann Lee, 24, died at the hospital".

Most reports of a single death hold no figure at all. Here each person of whom a sentence says it is found by the same
words as counted people are, and the persons of a document are counted: the named ones by their names; where nobody is
named, as many as one sentence holds, since the next sentence may tell of the same people again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from onrecord.ledger.context import sentence_around
from onrecord.ledger.dates import days
from onrecord.ledger.names import name_key
from onrecord.ledger.series.clauses import Clause
from onrecord.ledger.series.count import Count
from onrecord.ledger.series.words import listed, words_of
from onrecord.reading import Reading
from onrecord.records import Entity, Event, Span

__all__ = ["victims"]

_CLASSES = ("killed", "injured", "shot", "stabbed", "hospitalised")
_POSSESSED = re.compile(r"['’]s?\s+(?:\w+\s+){0,2}?(?:death|killing|murder|slaying|suicide)\b", re.IGNORECASE)
# Days between the report and a day in the sentence from which on it tells of another event.
_PAST = 45


@dataclass(frozen=True, slots=True)
class _Sufferer:
    """One place that says it: whom, what, in which sentence and words."""

    entity: Entity
    event: str
    context: Span
    span: Span
    speaker_of: str | None


def victims(reading: Reading, clause: Callable[[Span], Clause]) -> tuple[Count, ...]:
    """One count for each class that the document tells of persons one by one; `clause` gives a sentence's clause."""
    found = list(_sufferers(reading, clause))
    dead = {_identity(s.entity) for s in found if s.event == "killed"}
    result = []
    for event in _CLASSES:
        told = [s for s in found if s.event == event and (event == "killed" or _identity(s.entity) not in dead)]
        chosen = _persons(told)
        if chosen:
            result.append(_count(reading, event, chosen))
    return tuple(result)


def _sufferers(reading: Reading, clause: Callable[[Span], Clause]) -> Iterator[_Sufferer]:
    document = reading.document
    text = document.text
    entities = {e.id: e for e in reading.entities if e.type == "person"}
    furniture = [b.span for b in document.blocks if b.kind == "boilerplate"]
    said = [(span, s.id) for s in reading.statements for span in s.content]
    figures = [f.span for f in reading.figures]
    for mention in sorted(reading.mentions, key=lambda m: m.span):
        entity = entities.get(mention.entity)
        if entity is None or mention.form == "pronoun" or any(b.covers(mention.span) for b in furniture):
            continue
        if any(mention.span.overlaps(f) for f in figures) or not _single(mention.span.of(text), mention.form):
            continue
        context = sentence_around(text, mention.span, document.blocks)
        if _of_another_time(reading, context):
            continue
        event = _suffers(reading, clause(context), mention.span)
        if event is not None:
            voice = next((key for span, key in said if span.covers(mention.span)), None)
            yield _Sufferer(entity, event, context, mention.span, voice)


def _single(words: str, form: str) -> bool:
    """Whether the words are one person: a name, or a noun phrase that no plural or quantity begins."""
    first = words.split()[0].lower() if words.split() else ""
    return form == "name" or first in listed("one")


def _suffers(reading: Reading, clause: Clause, span: Span) -> str | None:
    text = reading.document.text
    if _POSSESSED.match(text, span.end):
        return "killed"
    predicate = clause.of(span, span)
    if predicate is None or predicate.role != "suffers" or predicate.event not in _CLASSES:
        return None
    trigger = _trigger(reading, predicate.words)
    if trigger is not None and trigger.status in ("denied", "conditional"):
        return None
    if trigger is not None and trigger.status not in ("happened", "ongoing"):
        forms = {w.form for w in clause.words}
        if forms & listed("not yet"):
            return None
    return predicate.event


def _trigger(reading: Reading, words: Span | None) -> Event | None:
    return None if words is None else next((e for e in reading.events if e.span.overlaps(words)), None)


def _of_another_time(reading: Reading, context: Span) -> bool:
    """Whether a date in the sentence lies long before the report: "Last year a boy, 4, died"."""
    report = days(reading.document.published)
    if report is None:
        return False
    for moment in reading.moments:
        if context.covers(moment.span) and moment.type in ("date", "time"):
            found = days(moment.value)
            if found is not None and found[1] < report[0] and _apart(found[1], report[0]) > _PAST:
                return True
    return False


def _apart(first: str, last: str) -> int:
    from datetime import date

    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def _identity(entity: Entity) -> str:
    """The last word of a name, by which an article calls somebody whom it has named; an unnamed person is its own."""
    return name_key(entity.name).split()[-1] if _named(entity) else entity.id


def _named(entity: Entity) -> bool:
    return entity.name[:1].isupper() and any(part[:1].isupper() for part in entity.name.split()[-1:])


def _persons(told: list[_Sufferer]) -> list[_Sufferer]:
    named: dict[str, _Sufferer] = {}
    for sufferer in told:
        if _named(sufferer.entity):
            named.setdefault(_identity(sufferer.entity), sufferer)
    if named:
        return list(named.values())
    by_sentence: dict[Span, dict[str, _Sufferer]] = {}
    for sufferer in told:
        by_sentence.setdefault(sufferer.context, {}).setdefault(sufferer.entity.id, sufferer)
    most = max(by_sentence.values(), key=len, default={})
    return list(most.values())


def _count(reading: Reading, event: str, told: list[_Sufferer]) -> Count:
    first = told[0]
    statement = next((s for s in reading.statements if s.id == first.speaker_of), None)
    return Count(
        key=f"roll-{event}",
        figure=None,
        spans=tuple(sorted(s.span for s in told)),
        context=first.context,
        low=float(len(told)),
        high=float(len(told)),
        thing="people",
        event=event,
        part="roll",
        statement=None if statement is None else statement.id,
        speaker=None if statement is None else statement.speaker,
        reported=reading.document.published,
    )

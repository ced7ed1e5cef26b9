"""People who suffered something, told one by one: "a man was shot and killed", "Ann Lee, 24, died at the hospital".

Most reports of a single death hold no figure at all. Here each person of whom a sentence says it is found by the same
words as counted people are, and the persons of a document are counted: the named ones by their names; where nobody is
named, as many as one sentence holds, since the next sentence may tell of the same people again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from onrecord.ledger.context import sentence_around
from onrecord.ledger.dates import days
from onrecord.ledger.names import name_key
from onrecord.ledger.series.clauses import Clause
from onrecord.ledger.series.count import Count
from onrecord.ledger.series.scopes import is_age
from onrecord.ledger.series.words import listed
from onrecord.reading import Reading
from onrecord.records import Entity, Event, Mention, MentionForm, Span

__all__ = ["victims"]

# Words that begin a noun phrase for one person; headlines leave the article out ("Man dies after shooting").
_ONE = frozenset(
    "a an the one another his her their my our this that man woman boy girl teen teenager toddler baby child officer "
    "deputy student suspect mother father son daughter brother sister victim driver".split()
)
_SINGULAR = frozenset(("he", "she", "him", "her", "who"))
_CLASSES = ("killed", "injured", "shot", "stabbed", "hospitalised")
_POSSESSED = re.compile(r"['’]s?\s+(?:\w+\s+){0,2}?(?:death|killing|murder|slaying|suicide)\b", re.IGNORECASE)
_FATAL = re.compile(
    r"\b(?:fatal(?:ly)?|deadly(?! (?:weapon|force|conduct))|homicide|murder(?:s|ed)?|slaying|slain|deceased|killing"
    r"|manslaughter)\b(?! (?:unit|squad|rate|detective))",
    re.IGNORECASE,
)
_ATTEMPTED = re.compile(r"\b(?:attempted|attempting|intent|conspiracy|threatened)\b[^.;]{0,24}$", re.IGNORECASE)
_PASSIVE = re.compile(r"\b(?:was|were|is|are|been|being|be|got|gets|dies|died|dead)\b", re.IGNORECASE)
_RIGHT_BEHIND = 2
_LEAD = 5000
# Days between the report and a day in the sentence from which on it tells of another event.
_PAST = 45


@dataclass(frozen=True, slots=True)
class _Sufferer:
    """One place that says it: whom, what, in which sentence and words."""

    entity: Entity
    event: str
    form: MentionForm
    context: Span
    span: Span
    speaker_of: str | None


def victims(reading: Reading, clause: Callable[[Span], Clause]) -> tuple[Count, ...]:
    """How many are told to have been killed, and how many to have suffered anything; `clause` gives a sentence's clause.

    Who was shot in one sentence may die in the next, under another name ("a teenager", "Ann Lee"), or a day later in
    another article. So the wounded are not counted by themselves: they are those who suffered, less the dead.
    """
    told = list(_sufferers(reading, clause))
    dead = _persons([s for s in told if s.event == "killed"])
    result = [_count(reading, "killed", dead)] if dead else list(_implied(reading))
    suffered = _persons(told)
    if suffered:
        result.append(_count(reading, "affected", suffered if len(suffered) > len(dead) else dead))
    return tuple(result)


def _implied(reading: Reading) -> Iterator[Count]:
    """At least one death, where the first words about the event name it by a death: "a fatal shooting", "a homicide"."""
    document = reading.document
    furniture = [b.span for b in document.blocks if b.kind == "boilerplate"]
    for match in _FATAL.finditer(document.text):
        span = Span(*match.span())
        context = sentence_around(document.text, span, document.blocks)
        if span.start > _LEAD:
            return
        if any(b.covers(span) for b in furniture) or _of_another_time(reading, context):
            continue
        if _ATTEMPTED.search(document.text, max(context.start, span.start - 40), span.start):
            continue
        yield Count(
            "roll-killed",
            None,
            (span,),
            context,
            1.0,
            None,
            "at least",
            thing="people",
            event="killed",
            part="roll",
            reported=document.published,
        )
        return


def _survivors(told: list[_Sufferer], died: list[_Sufferer], dead: int) -> list[_Sufferer]:
    """Those of the shot, wounded … who are not the dead: "a teenager was shot" is the one who "died" a sentence later.

    Where the dead have names, whoever has another survived. Where either side has none, only a sentence that tells of
    both keeps them apart; of more named people than there are dead, the rest survived.
    """
    if not died:
        return _persons(told)
    identities = {_identity(s.entity) for s in died}
    named = [s for s in _persons(told) if _named(s.entity) and _identity(s.entity) not in identities]
    if named:
        nameless = 0 if any(_named(s.entity) for s in died) else dead
        return named[: max(0, len(named) - nameless)]
    fatal = {s.context: s.entity.id for s in died}
    beside = [s for s in told if s.context in fatal and fatal[s.context] != s.entity.id]
    return [s for s in _persons(beside) if _identity(s.entity) not in identities]


def _sufferers(reading: Reading, clause: Callable[[Span], Clause]) -> Iterator[_Sufferer]:
    document = reading.document
    text = document.text
    entities = {e.id: e for e in reading.entities if e.type == "person"}
    furniture = [b.span for b in document.blocks if b.kind == "boilerplate"]
    said = [(span, s.id) for s in reading.statements for span in s.content]
    figures = [f.span for f in reading.figures if not is_age(text, f)]
    people = [
        m for m in _outermost(reading.mentions) if m.entity in entities and not any(f.covers(m.span) for f in furniture)
    ]
    for place, mention in enumerate(people):
        if any(mention.span.overlaps(f) for f in figures) or not _single(mention.span.of(text), mention.form):
            continue
        context = sentence_around(text, mention.span, document.blocks)
        if _of_another_time(reading, context):
            continue
        following = [m.span for m in people[place + 1 : place + 6] if context.covers(m.span)]
        event = _suffers(reading, clause(context), mention.span, following)
        if event is not None:
            voice = next((key for span, key in said if span.covers(mention.span)), None)
            yield _Sufferer(entities[mention.entity], event, mention.form, context, mention.span, voice)


def _outermost(mentions: Sequence[Mention]) -> list[Mention]:
    """Mentions that stand in no other, in the order of the text: "16-year" in "the 16-year-old" is nobody else."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.span.start, -m.span.end)):
        if not kept or not kept[-1].span.covers(mention.span):
            kept.append(mention)
    return kept


def _single(words: str, form: str) -> bool:
    """Whether the words are one person: a name, or a noun phrase that no plural or quantity begins."""
    first = words.split(maxsplit=1)[0].lower() if words.split() else ""
    return form == "name" or first in (_SINGULAR if form == "pronoun" else _ONE) or first[:1].isdigit()


def _suffers(reading: Reading, clause: Clause, span: Span, following: Sequence[Span]) -> str | None:
    text = reading.document.text
    if _POSSESSED.match(text, span.end):
        return "killed"
    predicate = clause.of(span, span)
    if predicate is None or predicate.role != "suffers" or predicate.event not in _CLASSES:
        return None
    if predicate.words is not None and predicate.words.start >= span.end:
        # "Meredith drove Williams to the hospital, where he died": whoever stands nearest before the words suffers it.
        if any(other.start < predicate.words.start for other in following):
            return None
        # "Benitez shot and killed Jose": a person right behind the words suffers it.
        if (
            any(other.start - predicate.words.end <= _RIGHT_BEHIND for other in following)
            and _PASSIVE.search(text, span.end, predicate.words.start) is None
        ):
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
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def _identity(entity: Entity) -> str:
    """The last word of a name, by which an article calls somebody whom it has named; an unnamed person is its own."""
    return name_key(entity.name).split()[-1] if _named(entity) else entity.id


def _named(entity: Entity) -> bool:
    """Whether the article gives a full name. One word alone may be a town ("Manson woman shot") or a part of a name."""
    parts = entity.name.split()
    return len(parts) > 1 and all(part[:1].isupper() for part in (parts[0], parts[-1]))


def _persons(told: list[_Sufferer]) -> list[_Sufferer]:
    """Each person once: those with a full name; else as many as a sentence holds; else the one that a pronoun stands for."""
    named: dict[str, _Sufferer] = {}
    by_sentence: dict[Span, dict[str, _Sufferer]] = {}
    for sufferer in told:
        if sufferer.form == "pronoun":
            continue
        if _named(sufferer.entity):
            named.setdefault(_identity(sufferer.entity), sufferer)
        by_sentence.setdefault(sufferer.context, {}).setdefault(sufferer.entity.id, sufferer)
    if named:
        return list(named.values())
    return list(max(by_sentence.values(), key=len, default={}).values()) or told[:1]


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

"""People who suffered something, told one by one: "a man was shot and killed", "Ann Lee, 24, died at the hospital".

Most reports of a single death hold no figure at all. Here each person of whom a sentence says it is found by the same
words as counted people are, and the persons of a document are counted: the named ones by their names; where nobody is
named, as many as one sentence holds, since the next sentence may tell of the same people again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.ledger.names import name_key
from onrecord.ledger.series.context import Page
from onrecord.ledger.series.count import Count
from onrecord.ledger.series.scopes import is_aside
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
_SELF = re.compile(
    r"\b(?:and|before|then|,)\b[^.;]{0,60}?\b(?:shot|shooting|shoots|killed|killing|kills|took|taking|takes|hanged|hanging"
    r"|then|turn(?:ed|ing|s) (?:the|his|her|a) (?:\w+ )?(?:gun|weapon|rifle|handgun|pistol) on|committed|committing)\b"
    r"(?: and (?:killed|killing|kills))? (?P<self>himself|herself|(?:his|her) own life|suicide)",
    re.IGNORECASE,
)
_ENDS_NAMED = re.compile(r"^[a-z][\w ]* [A-Z][\w.'’-]+ [A-Z][\w'’-]+$")
_NO_SUICIDE = re.compile(r"\battempt|\baccident|\bin the (?:foot|leg|hand|arm)", re.IGNORECASE)
_PASSIVE = re.compile(r"\b(?:was|were|is|are|been|being|be|got|gets|dies|died|dead)\b", re.IGNORECASE)
_RIGHT_BEHIND = 2


@dataclass(frozen=True, slots=True)
class _Sufferer:
    """One place that says it: whom, what, in which sentence and words."""

    entity: Entity
    event: str
    form: MentionForm
    context: Span
    span: Span
    words: str
    speaker_of: str | None


def victims(page: Page) -> tuple[Count, ...]:
    """Those who are told one by one to have been killed, as one count with all of them as spans; none: nobody is.

    Who killed himself after others is one of the dead, and so is an attacker who died beside people that have names.
    """
    told = list(_sufferers(page))
    killed = [s for s in told if s.event == "killed"]
    dead = _persons(killed)
    if not dead:
        return ()
    spans = [s.span for s in dead]
    further = _by_own_hand(page, told) or _attacker(page.text, killed, dead)
    return (_count(page.reading, dead, [*spans, further] if further is not None else spans),)


def _by_own_hand(page: Page, told: Sequence[_Sufferer]) -> Span | None:
    """ "Shot his wife and then himself": the words for whoever did, in a sentence that tells of another who suffered."""
    for context in dict.fromkeys(s.context for s in told if s.event in ("killed", "shot")):
        others = [s for s in told if s.context == context]
        for match in _SELF.finditer(page.text, *context):
            span = Span(*match.span("self"))
            own = {m.entity for m in page.reading.mentions if m.span.overlaps(span)}
            others_hurt = any(s.span.end <= span.start and s.entity.id not in own for s in others)
            if others_hurt and not _NO_SUICIDE.search(match[0]):
                return span
    return None


def _attacker(text: str, killed: Sequence[_Sufferer], dead: Sequence[_Sufferer]) -> Span | None:
    """An attacker without a name that died, where the dead that are counted are others, by name."""
    if not all(_named(s.entity) for s in dead):
        return None
    names = {s.entity.id for s in dead}
    for sufferer in killed:
        words = sufferer.span.of(text).lower().split()
        if words and words[-1] in listed("perpetrator") and sufferer.entity.id not in names:
            return sufferer.span
    return None


def _sufferers(page: Page) -> Iterator[_Sufferer]:
    reading, text = page.reading, page.text
    entities = {e.id: e for e in reading.entities if e.type == "person"}
    said = [(span, s.id) for s in reading.statements for span in s.content]
    people = [m for m in _outermost(reading.mentions) if m.entity in entities and not page.furniture(m.span)]
    for place, mention in enumerate(people):
        span = mention.span
        if not _single(span.of(text), mention.form):
            continue
        context = page.sentence(span)
        event = _suffers(page, context, span, people[place + 1 : place + 6])
        if event is not None and not (_figured(page, span) or page.of_another_time(context) or is_aside(text, context)):
            voice = next((key for content, key in said if content.covers(span)), None)
            words = name_key(span.of(text))
            yield _Sufferer(entities[mention.entity], event, mention.form, context, span, words, voice)


def _figured(page: Page, span: Span) -> bool:
    return any(span.overlaps(figure.span) for figure in page.figures.values())


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
    return (
        form == "name"
        or _ENDS_NAMED.search(words) is not None
        or first in (_SINGULAR if form == "pronoun" else _ONE)
        or first[:1].isdigit()
    )


def _suffers(page: Page, context: Span, span: Span, people: Sequence[Mention]) -> str | None:
    """What the sentence says that this person suffered; `people` are those who are named next."""
    text = page.text
    if _POSSESSED.match(text, span.end):
        return "killed"
    clause = page.clause(context)
    predicate = clause.of(span, span)
    if predicate is None or predicate.role != "suffers" or predicate.event not in _CLASSES:
        return None
    if predicate.words is not None and predicate.words.start >= span.end:
        following = [person.span for person in people if context.covers(person.span)]
        # "Meredith drove Williams to the hospital, where he died": whoever stands nearest before the words suffers it.
        if any(other.start < predicate.words.start for other in following):
            return None
        # "Benitez shot and killed Jose": a person right behind the words suffers it.
        if (
            any(other.start - predicate.words.end <= _RIGHT_BEHIND for other in following)
            and _PASSIVE.search(text, span.end, predicate.words.start) is None
        ):
            return None
    trigger = _trigger(page.reading, predicate.words)
    if trigger is not None and trigger.status in ("denied", "conditional"):
        return None
    open_ = trigger is not None and trigger.status not in ("happened", "ongoing")
    if open_ and not listed("not yet").isdisjoint(clause.words.forms):
        return None
    return predicate.event


def _trigger(reading: Reading, words: Span | None) -> Event | None:
    return None if words is None else next((e for e in reading.events if e.span.overlaps(words)), None)


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
        here = by_sentence.setdefault(sufferer.context, {})
        # "17-year-old dead in shooting News 17-year-old dead in shooting": the same words again are nobody else.
        if all(other.words != sufferer.words for other in here.values()):
            here.setdefault(sufferer.entity.id, sufferer)
    if named:
        return list(named.values())
    return list(max(by_sentence.values(), key=len, default={}).values()) or told[:1]


def _count(reading: Reading, told: Sequence[_Sufferer], spans: Sequence[Span]) -> Count:
    first = told[0]
    statement = next((s for s in reading.statements if s.id == first.speaker_of), None)
    return Count(
        key="roll-killed",
        figure=None,
        spans=tuple(sorted(spans)),
        context=first.context,
        low=float(len(spans)),
        high=float(len(spans)),
        thing="people",
        event="killed",
        part="roll",
        statement=None if statement is None else statement.id,
        speaker=None if statement is None else statement.speaker,
        reported=reading.document.published,
    )

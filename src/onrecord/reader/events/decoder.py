"""The events of a document: trigger words with class, participants, place, time and firmness.

Triggers are verbs (not auxiliaries, and not the cues of statements unless they are political acts in themselves: to
demand, to accuse), event nouns, words of state that count or predicate ("dead", "wounded"), and whatever governs a
figure: every figure takes its status through its event, so the predicate over a number is always one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from onrecord.reader.annotated import Annotated, Token
from onrecord.reader.clauses import is_predicate
from onrecord.reader.events.firmness import status
from onrecord.reader.events.participants import roles_of
from onrecord.reader.events.plover import NAMED_BY_NOUN, NAMED_BY_VERB, plover_class
from onrecord.reader.wordlists import sections
from onrecord.records import Act, Entity, Event, Mention, Moment, Rejected, Statement

__all__ = ["EventContext", "event_above", "read_events"]

_WORDS: Final = sections("eventnouns")
_STATES: Final = _WORDS["states"]
_NOUNS: Final = frozenset().union(*(words for name, words in _WORDS.items() if name != "states")) | NAMED_BY_NOUN
_NUMBERS: Final = sections("roles")["number words"]
_LENDING: Final = sections("firmness")
_RAISING: Final = frozenset().union(*(_LENDING[f"{s} governors"] for s in ("planned", "expected", "possible"))) | {
    "begin", "start", "continue", "go", "keep", "tend", "need", "have", "come", "use", "seem", "fail", "refuse",
}  # fmt: skip
_DEEDS: Final = frozenset(
    {"agree", "promise", "pledge", "offer", "threaten", "vow", "swear", "refuse", "decline", "consent"}
)
_SPEAKERS: Final = frozenset({"person", "organisation", "country", "people", "place"})
_PLACES: Final = frozenset({"place", "country", "facility"})
_LONGEST_NAME: Final = 8
_PRONOUNS: Final = frozenset({"i", "we", "he", "she", "they"})
_BY_CUE_PAST: Final = frozenset({"VBD", "VBN"})


@dataclass(frozen=True, slots=True)
class EventContext:
    """What else was read in the document; each part may be empty, and what it would have given is then left out."""

    moments: Sequence[Moment] = ()
    statements: Sequence[Statement] = ()
    mentions: Sequence[Mention] = ()
    entities: Sequence[Entity] = ()


def read_events(annotated: Annotated, context: EventContext) -> tuple[list[Event], list[Rejected]]:
    """The events in text order, and the words that look like events but whose form says nothing of how firm they are.

    Boilerplate is not read. `actor`, `target` and `place` are ids of `context.entities`, `statement` the id of the
    innermost statement whose content covers the trigger, `moment` an index into `context.moments`.
    """
    reader = _Reader(annotated, context)
    events: list[Event] = []
    rejected: list[Rejected] = []
    for index in reader.triggers():
        token = annotated.tokens[index]
        if token.upos == "VERB" and token.tag in ("FW", "SYM", "XX", "LS"):
            rejected.append(Rejected("a verb without tense or mood", token.span))
            continue
        events.append(reader.event(index, f"v{len(events) + 1}"))
    return events, rejected


def event_above(annotated: Annotated, events: Sequence[Event], index: int) -> Event | None:
    """The event that governs the word at `index`: the nearest trigger up the tree, the word itself included; in a
    fragment without one ("Hundreds dead in stampede") the nearest below. None if the sentence part has no event."""
    starts = [e.span.start for e in events]

    def at(token: Token) -> Event | None:
        i = bisect_right(starts, token.span.start) - 1
        return events[i] if i >= 0 and events[i].span == token.span else None

    for token in (annotated.tokens[index], *annotated.ancestors(index)):
        if found := at(token):
            return found
    return next((e for i in annotated.subtree(index) if (e := at(annotated.tokens[i]))), None)


class _Reader:
    """One pass over one document, with what is looked up often kept by token."""

    def __init__(self, annotated: Annotated, context: EventContext) -> None:
        self.annotated = annotated
        self.context = context
        self.types = {e.id: e.type for e in context.entities}
        self.cues = {i for s in context.statements for span in s.cue for i in annotated.tokens_in(span)}
        self.entity_at: dict[int, str] = {}
        self.entity_around: dict[int, str] = {}
        self._place_mentions()
        self.vouchers = self._vouchers()
        self.heads = {h: s for s in context.statements if (h := self._content_head(s)) is not None}
        self.when = self._place_moments()
        self.noted: frozenset[int] = frozenset()

    def triggers(self) -> list[int]:
        """Token indices of all triggers, in text order, boilerplate left out."""
        found = {t.index for t in self.annotated.tokens if self._is_trigger(t)}
        dated = {i for m in self.context.moments for i in self.annotated.tokens_in(m.span)}
        for token in self.annotated.tokens:
            if (token.upos == "NUM" or token.tag == "CD" or token.lemma in _NUMBERS) and token.index not in dated:
                added = self._over_figure(token, found)
                if added is not None:
                    found.add(added)
        shut = [b.span for b in self.annotated.document.blocks if b.kind == "boilerplate"]
        triggers = sorted(i for i in found if not any(s.overlaps(self.annotated.tokens[i].span) for s in shut))
        self.noted = frozenset(triggers)
        return triggers

    def _is_trigger(self, token: Token) -> bool:
        lemma = token.lemma.lower()
        if token.index in self.cues:
            return token.upos == "VERB" and lemma in NAMED_BY_VERB and not self._is_plain_report(token)
        if token.upos == "VERB":
            if token.relation in ("amod", "compound"):
                return lemma in _STATES or token.text.lower() in _STATES
            if token.relation.startswith(("case", "mark", "fixed", "aux")):  # "according to", "regarding"
                return False
            raising = lemma in _RAISING and lemma not in _DEEDS and self.annotated.dependents(token.index, "xcomp")
            return not raising
        if token.upos == "NOUN":
            return (lemma in _NOUNS or token.text.lower() in _STATES) and token.relation not in ("compound", "flat")
        if token.upos == "ADJ":
            return token.text.lower() in _STATES
        return False

    def _is_plain_report(self, token: Token) -> bool:
        return token.lemma in ("tell", "discuss", "talk", "express", "welcome", "question", "want", "examine", "meet")

    def _over_figure(self, token: Token, found: set[int]) -> int | None:
        """The predicate that a number hangs under, if no trigger stands between; it becomes one."""
        passed = token
        for step in (token, *self.annotated.ancestors(token.index)):
            if step.index in found:
                return None
            if (
                step.relation == "appos"
                and step.upos == "NOUN"
                and passed.index != step.index
                and passed.relation.startswith("nmod")
            ):
                return step.index  # "the chairman of the panel of twelve": said of him without a verb
            if step.index not in self.cues and is_predicate(self.annotated, step.index):
                return step.index
            passed = step
        return None

    def event(self, index: int, identity: str) -> Event:
        annotated, token = self.annotated, self.annotated.tokens[index]
        statement = self.vouchers.get(index)
        force, told = self._force(index, statement)
        firm = status(annotated, index, force=force, told=told)
        roles = roles_of(annotated, index)
        actor = self._entities(roles.actor, _SPEAKERS)
        target = tuple(t for t in self._entities(roles.target, _SPEAKERS) if t not in actor)
        kind = plover_class(annotated, index, firm)
        if kind is not None and not target:
            target = self._deeper(index, actor)
        return Event(
            id=identity,
            span=token.span,
            lemma=token.lemma,
            type=kind,
            actor=actor,
            target=target,
            place=self._entities(roles.place, _PLACES),
            moment=self._moment(index),
            status=firm,
            statement=statement.id if statement else None,
            confidence=self._confidence(token),
        )

    def _force(self, index: int, statement: Statement | None) -> tuple[Act | None, bool]:
        if statement is None:
            return None, False
        past = any(
            self.annotated.tokens[i].tag in _BY_CUE_PAST for s in statement.cue for i in self.annotated.tokens_in(s)
        )
        told = past and statement.manner != "direct"
        if self.heads.get(index) is statement and not statement.negated and statement.manner != "direct":
            return statement.act, told
        return None, told

    def _content_head(self, statement: Statement) -> int | None:
        indices = [i for span in statement.content for i in self.annotated.tokens_in(span)]
        return self.annotated.head_of(indices) if indices else None

    def _vouchers(self) -> dict[int, Statement]:
        """Token index → innermost statement whose content holds it: the one with the shortest content."""
        by_length = sorted(self.context.statements, key=lambda s: -sum(c.end - c.start for c in s.content))
        return {i: s for s in by_length for span in s.content for i in self.annotated.tokens_in(span)}

    def _place_mentions(self) -> None:
        """Head word of each mention → entity (of two mentions with one head the shorter names it), and word → the entity
        of the shortest mention around it, for words that the parser and the mention head bracket differently."""
        pieces = [(self.annotated.tokens_in(m.span), m.entity) for m in self.context.mentions]
        for indices, entity in sorted(pieces, key=lambda p: -len(p[0])):
            if indices:
                self.entity_at[self.annotated.head_of(indices)] = entity
            if len(indices) <= _LONGEST_NAME:
                self.entity_around.update(dict.fromkeys(indices, entity))

    def _entities(self, heads: Iterable[int], types: frozenset[str]) -> tuple[str, ...]:
        found: list[str] = []
        for head in heads:
            found.extend(e for e in self._named(head, types) if e not in found)
        return tuple(found)

    def _named(self, head: int, types: frozenset[str]) -> list[str]:
        """The entity at a word; where it has none, those in its noun phrase ("Haiti's efforts"), or the speaker whose
        content says "we" or "they"."""
        for own in (self.entity_at.get(head), self.entity_around.get(head)):
            if own is not None and self.types.get(own) in types:
                return [own]
        inner: list[str] = []
        for child in self.annotated.dependents(head, "nmod", "amod", "compound", "flat", "appos", "nummod"):
            inner.extend(self._named(child.index, types))
        if inner or self.annotated.tokens[head].text.lower() not in _PRONOUNS:
            return inner
        speaker = self.vouchers[head].speaker if head in self.vouchers else None
        return [speaker] if speaker is not None and self.types.get(speaker) in types else []

    def _deeper(self, index: int, actor: tuple[str, ...]) -> tuple[str, ...]:
        """Whom a political act is aimed at where its own object is a thing: the first entity within what it governs
        ("dispatched inspectors to plants in Iran", "demanded an end to curbs by Sudan")."""
        for child in self.annotated.dependents(index, "obj", "obl", "xcomp", "ccomp", "nmod"):
            for i in self.annotated.subtree(child.index):
                entity = self.entity_at.get(i)
                if entity is not None and entity not in actor and self.types.get(entity) in _SPEAKERS:
                    return (entity,)
        return ()

    def _place_moments(self) -> dict[int, list[tuple[int, int]]]:
        """Sentence → head word and index of each of its moments."""
        found: dict[int, list[tuple[int, int]]] = {}
        for i, moment in enumerate(self.context.moments):
            indices = self.annotated.tokens_in(moment.span)
            if indices:
                head = self.annotated.head_of(indices)
                found.setdefault(self.annotated.tokens[head].sentence, []).append((head, i))
        return found

    def _moment(self, index: int) -> int | None:
        """The moment in the event's clause; failing that, the nearest of the sentence that dates no other event."""
        free: list[tuple[int, int]] = []
        for head, moment in self.when.get(self.annotated.tokens[index].sentence, ()):
            holder, steps = self._holder(head)
            if index in (holder, head):
                return moment
            if holder is None or (holder not in self.cues and self._shares(index, holder)):
                free.append((abs(head - index) + steps, moment))
        timed = [f for f in free if self.context.moments[f[1]].type in ("date", "time")]
        return min(timed)[1] if timed else None

    def _holder(self, head: int) -> tuple[int | None, int]:
        """The trigger or cue that a moment hangs on, and how many steps up."""
        for steps, token in enumerate(self.annotated.ancestors(head), start=1):
            if token.index in self.noted or token.index in self.cues:
                return token.index, steps
        return None, 0

    def _shares(self, index: int, holder: int) -> bool:
        """Whether an event shares the time of another: as its conjunct, complement, participle or argument."""
        token = self.annotated.tokens[index]
        for above in (token, *self.annotated.ancestors(index)):
            if above.index == holder:
                return True
            if above.relation.startswith(("acl:relcl", "ccomp", "parataxis", "csubj")) or above.index in self.cues:
                return False
        return False

    def _confidence(self, token: Token) -> float:
        """A prior by kind of trigger, not a calibrated probability.

        On the gold trees of the development cases (the rules were written on them) the status of a figure's event was
        right 16 times of 16 for predicates with a tense of their own, 5 of 6 for other verbs, 8 of 8 for the rest. That
        is too few, and too kind, to set numbers by: the priors keep the order and stand below it.
        """
        if token.tag in ("VBD", "VBZ", "VBP") or self.annotated.dependents(token.index, "aux", "cop"):
            return 0.9
        return 0.75 if token.upos == "VERB" else 0.65

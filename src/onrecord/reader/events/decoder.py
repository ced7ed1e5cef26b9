"""The events of a document: trigger words with class, participants, place, time and firmness.

Which words are events is for `triggers` to say; here each becomes a record, its participants looked up among the
entities, its moment among the moments, its voucher among the statements.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from onrecord.reader.annotated import Annotated
from onrecord.reader.clauses import subject_of
from onrecord.reader.confidence import confidence
from onrecord.reader.events.evidence import evidence
from onrecord.reader.events.firmness import status
from onrecord.reader.events.irrealis import is_negative
from onrecord.reader.events.participants import case_of, roles_of
from onrecord.reader.events.plover import is_duty, plover_class
from onrecord.reader.events.triggers import find_triggers
from onrecord.reader.wordlists import sections
from onrecord.records import Act, Entity, Event, Mention, Moment, Rejected, Statement

__all__ = ["EventContext", "read_events"]

_NUMBERS: Final = sections("roles")["number words"]
_DENIALS: Final = sections("firmness")["denied governors"]
_TAKING_PART: Final = frozenset({"person", "organisation", "country", "people", "place", "facility"})
_ACTING: Final = _TAKING_PART - {"place", "facility"}
_NOT_DOING: Final = (sections("roles")["locative"] | {"against", "for", "with", "about"}) - {"from", "between", "under"}
_UPON: Final = frozenset({"on", "upon", "between", "over", "onto"})
_BODIES: Final = frozenset({"person", "people", "organisation"})
_PLACES: Final = frozenset({"place", "country", "facility"})
_LONGEST_NAME: Final = 8
_PRONOUNS: Final = frozenset({"i", "we", "he", "she", "they", "it"})
_MEASURES: Final = _NUMBERS | {
    "number", "handful", "majority", "crowd", "lot", "dozens", "scores", "some", "most", "many",
}  # fmt: skip
_RECIPROCAL: Final = frozenset({"CONSULT", "AGREE", "COOPERATE", "FIGHT", "SUPPORT"})
_SPOKEN: Final = frozenset({"AGREE", "DEMAND", "DISAPPROVE", "REJECT", "SUPPORT", "THREATEN", "CONCEDE"})
_PAST: Final = frozenset({"VBD", "VBN"})


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
    for index, read_at in reader.triggers.items():
        token = annotated.tokens[index]
        if token.upos == "VERB" and token.tag in ("FW", "SYM", "XX", "LS"):
            rejected.append(Rejected("a verb without tense or mood", token.span))
            continue
        events.append(reader.event(index, read_at, f"v{len(events) + 1}"))
    return events, rejected


class _Reader:
    """One pass over one document, with what is looked up often kept by token."""

    def __init__(self, annotated: Annotated, context: EventContext) -> None:
        self.annotated = annotated
        self.context = context
        self.types = {e.id: e.type for e in context.entities}
        self.cues = {i: s for s in context.statements for span in s.cue for i in annotated.tokens_in(span)}
        self.entity_at: dict[int, str] = {}
        self.entity_around: dict[int, str] = {}
        self._place_mentions()
        self.vouchers = self._vouchers()
        self.past = {s.id for i, s in self.cues.items() if annotated.tokens[i].tag in _PAST and s.manner != "direct"}
        self.heads = {h: s for s in context.statements if (h := self._content_head(s)) is not None}
        self.when = self._place_moments()
        bodies = {h for h, e in self.entity_at.items() if self.types.get(e) in _BODIES}
        dated = {i for m in context.moments for i in annotated.tokens_in(m.span)}
        self.triggers = find_triggers(annotated, self.cues.keys(), bodies, dated)

    def event(self, index: int, read_at: int, identity: str) -> Event:
        """The event at a trigger, as firm as the word at `read_at` is put: itself, or the verb that it raises."""
        annotated, token = self.annotated, self.annotated.tokens[index]
        statement = self.vouchers.get(index)
        force, told = self._force(index, statement)
        firm = status(annotated, read_at, force=force, told=told)
        roles = roles_of(annotated, index)
        actor = self._entities(roles.actor, _TAKING_PART, doing=True)
        if not actor and index in self.cues and (speaker := self.cues[index].speaker) is not None:
            actor = (speaker,)  # a deed of speech is the speaker's
        target = tuple(t for t in self._entities(roles.target, _TAKING_PART) if t not in actor)
        kind = plover_class(annotated, index, firm)
        if kind == "DEMAND" and is_duty(annotated, index):  # "Oslo said Rome must leave": Oslo demands it of Rome
            speaker = statement.speaker if statement else None
            actor, target = ((speaker,) if speaker else ()), tuple(t for t in (*actor, *target) if t != speaker)
        if not actor and kind in _SPOKEN and statement is not None and statement.speaker is not None:
            actor = (statement.speaker,)  # "lifting the curbs is out of the question, Oslo said"
            target = tuple(t for t in target if t != statement.speaker)
        if not target and kind in _RECIPROCAL:
            target = actor[1:]  # "talks between A and B", "A and B signed": each does it to the other
        if kind is not None and not any(self.types.get(t) in _ACTING for t in target):
            within = self._deeper(index, (*actor, statement.speaker) if statement and statement.speaker else actor)
            named = any(self.types.get(t) == "place" for t in target)  # "blockade Paris": the city is what is hit
            target = tuple(dict.fromkeys((*target, *within) if named else (*within, *target)))
        known = evidence(annotated, index, kind, firm)
        for name, holds in (("has actor", actor), ("has target", target), ("told", statement)):
            if holds:
                known[name] = 1.0
        return Event(
            id=identity,
            span=token.span,
            lemma=token.lemma,
            type=kind,
            actor=actor,
            target=target,
            place=self._places(roles.place),
            moment=self._moment(index),
            status=firm,
            statement=statement.id if statement else None,
            confidence=confidence("event", token.span, known),
        )

    def _force(self, index: int, statement: Statement | None) -> tuple[Act | None, bool]:
        if statement is None:
            return None, False
        told = statement.id in self.past
        if self.heads.get(index) is not statement or statement.negated or statement.manner == "direct":
            return None, told
        if statement.act == "deny" and is_negative(self.annotated, index) and not self._denies(statement):
            return None, told  # "insisted it was not hiding losses": the denial is the content's own
        if statement.act == "predict" and self._is_own(index, statement):
            return None, told  # "said it would close two plants": what one foretells of oneself is a plan
        return statement.act, told

    def _is_own(self, index: int, statement: Statement) -> bool:
        """Whether the speaker speaks of itself."""
        subject = subject_of(self.annotated, index)
        return subject is not None and self.entity_at.get(subject.index) == statement.speaker is not None

    def _denies(self, statement: Statement) -> bool:
        """Whether the cue itself is a word of denial."""
        words = {self.annotated.tokens[i].lemma.lower() for s in statement.cue for i in self.annotated.tokens_in(s)}
        return bool(words & _DENIALS)

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
        pieces = [(*self.annotated.placed(m.span), m.entity) for m in self.context.mentions]
        for indices, head, entity in sorted(pieces, key=lambda p: -len(p[0])):
            if head is not None:
                self.entity_at[head] = entity
            if len(indices) <= _LONGEST_NAME:
                self.entity_around.update(dict.fromkeys(indices, entity))

    def _entities(self, heads: Iterable[int], types: frozenset[str], *, doing: bool = False) -> tuple[str, ...]:
        """The entities at some words, those that can act before places; `doing` leaves out where a thing is found."""
        found: list[str] = []
        for head in heads:
            found.extend(e for e in self._named(head, types, doing=doing) if e not in found)
        if len(found) > 1:
            found.sort(key=lambda e: self.types.get(e) not in _ACTING)
        return tuple(found)

    def _places(self, heads: Iterable[int]) -> tuple[str, ...]:
        """The places at some words, by name or description: "Kenyan troops" are none, nor is a country struck a place of
        sanctions "on" it."""
        found: list[str] = []
        for head in heads:
            own = next((e for e in (self.entity_at.get(head), self.entity_around.get(head)) if e is not None), None)
            kind = self.types.get(own) if own is not None else None
            if own is None or kind not in _PLACES or own in found:
                continue
            if not (kind == "country" and case_of(self.annotated, self.annotated.tokens[head]) in _UPON):
                found.append(own)
        return tuple(found)

    def _named(self, head: int, types: frozenset[str], *, doing: bool = False) -> list[str]:
        """The entity at a word; where it has none, those in its noun phrase ("Haiti's efforts"), or the speaker whose
        content says "we" or "they"."""
        token = self.annotated.tokens[head]
        if token.lemma.lower() in _MEASURES or token.text.lower() in _MEASURES:  # "thousands of Nigerians"
            for child in self.annotated.dependents(head, "nmod"):
                if found := self._named(child.index, types, doing=doing):
                    return found
        for own in (self.entity_at.get(head), self.entity_around.get(head)):
            if own is not None and self.types.get(own) in types:
                return [own]
        inner: list[str] = []
        for child in self.annotated.dependents(head, "nmod", "amod", "compound", "flat", "appos", "nummod"):
            if not (doing and case_of(self.annotated, child) in _NOT_DOING):
                inner.extend(self._named(child.index, types, doing=doing))
        if inner or token.text.lower() not in _PRONOUNS:
            return inner
        speaker = self.vouchers[head].speaker if head in self.vouchers else None
        return [speaker] if speaker is not None and self.types.get(speaker) in types else []

    def _deeper(self, index: int, actor: tuple[str, ...]) -> tuple[str, ...]:
        """Whom a political act is aimed at where its own object is a thing: the first entity within what it governs
        ("dispatched inspectors to plants in Iran", "demanded an end to curbs by Sudan")."""
        below = self.annotated.dependents(index, "obj", "obl", "xcomp", "ccomp", "nmod")
        for child in (*below, *self.annotated.dependents(index, "advcl")):
            if child.relation == "advcl" and any(
                t.lemma == "if" for t in self.annotated.dependents(child.index, "mark")
            ):
                continue
            for i in self.annotated.subtree(child.index):
                entity = self.entity_at.get(i)
                if entity is None or entity in actor or self.types.get(entity) not in _ACTING:
                    continue
                token = self.annotated.tokens[i]
                whole = self.entity_at.get(token.head) if token.relation in ("amod", "compound", "nmod:poss") else None
                named = whole if whole is not None and self.types.get(whole) in _ACTING else entity
                if named not in actor:
                    return (named,)
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
            if token.index in self.triggers or token.index in self.cues:
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

"""The propositions of a reading: what its statements and the outlet itself assert, deny, or leave open. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from onrecord.ledger.claims.contents import Contents
from onrecord.ledger.claims.inner import Inner, inner_act
from onrecord.ledger.claims.model import Proposition, Stance
from onrecord.ledger.claims.pieces import is_verb, parts, sentences, subtract, trimmed
from onrecord.ledger.claims.placed import Placed
from onrecord.ledger.claims.stances import (
    Attitude,
    attitude,
    disbelieves,
    is_admission,
    is_repeated,
    is_withdrawal,
    reference,
    says_there_is_none,
)
from onrecord.ledger.claims.voices import Attribution, Voices
from onrecord.reading import Reading
from onrecord.records import Block, Event, Span, Statement

__all__ = ["propositions"]

# "the claim by Brezik that it plans …", "accusations of …": what was claimed stands behind the noun for it.
_CLAIMED = re.compile(
    r"\b(?:claims?|accusations?|allegations?|assertions?|suggestions?|reports?|rumou?rs?|charges?|speculation|idea|"
    r"insinuations?)\b(?P<by>[^.;:!?]{0,60}?)\b(?:that|of)\s+(?!the\s+\w+\s+(?:to|by)\b)",
    re.IGNORECASE,
)
_CORRECTED = re.compile(
    r"\b(?:earlier|previous)\s+(?:version|edition|report)s?\s+of\s+(?:this|our|the)\b"
    r"|\b(?:this|our)\s+\w+(?:'s|’s)?\s+(?:earlier|previous)\s+report\b|\bmisstated\b|\bincorrectly\s+(?:stated|said|gave)\b",
    re.IGNORECASE,
)
_I_TAKE_BACK = re.compile(
    r"\b(?:I|[Ww]e)\s+(?:hereby\s+)?(?:(?:take|took)\s+(?:it|that|this|them)\s+back|withdraw|retract|(?:was|were)\s+wrong)\b"
    r"|\bapologi[sz]e\s+for\s+(?:having\s+)?(?:said|saying|claim|suggest)"
)
_DEEDS = frozenset({"warn", "demand", "promise", "ask", "thank"})
_LEAST_TERMS = 2  # of a sentence's rest outside its statement, below which it only says how or where that was said


def propositions(reading: Reading, voices: Voices | None = None) -> tuple[Proposition, ...]:
    """Every proposition of `reading`, in the order of the text. The same reading always gives the same ones.

    `voices` are those of the reading, where they are at hand.
    """
    return _Reader(reading, voices or Voices(reading)).read()


class _Reader:
    def __init__(self, reading: Reading, voices: Voices) -> None:
        self._reading = reading
        self._text = reading.document.text
        self._contents = Contents(reading, voices.mentions)
        self._voices = voices
        self._statements = {s.id: s for s in reading.statements}
        self._nested: dict[str, list[Statement]] = {}
        for statement in reading.statements:
            if statement.within is not None:
                self._nested.setdefault(statement.within, []).append(statement)
        self._claimed: list[Span] = []
        self._pointed: dict[tuple[Span, ...], tuple[str | None, bool]] = {}

    def read(self) -> tuple[Proposition, ...]:
        found = [p for statement in self._reading.statements for p in self._of_statement(statement)]
        found += self._of_outlet()
        named = next((p.speaker for p in found if p.withdraws and p.refers and p.statement is None and p.speaker), None)
        if named is not None:
            # "this newspaper" is the paper that takes the figure back by name
            found = [replace(p, speaker=named) if p.withdraws and p.speaker is p.source is None else p for p in found]
        # Two records with the same first key would be one member: the earlier in the text keeps it.
        kept: dict[str, Proposition] = {}
        for proposition in sorted(found, key=lambda p: (p.start, p.end, p.record)):
            kept.setdefault(proposition.record, proposition)
        return tuple(kept.values())

    def _of_statement(self, statement: Statement) -> Iterator[Proposition]:
        how = attitude(self._text, statement)
        claimed = self._claimed_in(statement, how)
        if claimed is not None:
            how = Attitude("denies", "fact", False)
        content = (claimed[0],) if claimed else self._voices.content(statement)
        # That somebody warned, asked or promised is itself a thing done, and part of what this statement says.
        taken = sorted(
            span
            for inner in self._nested.get(statement.id, ())
            if inner.act not in _DEEDS
            for span in (*inner.source, *inner.cue, *inner.content)
        )
        own = [t for span in content for rest in subtract(span, taken) if (t := trimmed(self._text, rest)) is not None]
        if not own or (taken and len(self._contents.terms(own)) < _LEAST_TERMS):
            inside = self._nested.get(statement.id, ())
            if is_withdrawal(self._text, statement.cue) or how.stance != "holds":
                # "withdrew her claim that X", "denied his claim that X": what the other said is what this is about
                own = [span for inner in inside[:1] for span in inner.content]
            else:
                return
        for number, part in enumerate(parts(self._reading, own, self._contents.events_in(own))):
            yield self._part(statement, how, part, number)
        if claimed is not None and (held := self._held_by_other(*claimed)) is not None:
            yield held

    def _part(self, statement: Statement, how: Attitude, part: tuple[Span, ...], number: int) -> Proposition:
        speaker = self._voices.speaker(statement)
        record = statement.id if number == 0 else self._contents.anchor(part) or f"{statement.id}.{number}"
        inner = None
        if how.stance == "holds" and how.mode == "fact" and not how.flips:
            inner = inner_act(self._text, part, self._contents.mentions_in(part), needs_subject=False)
        if inner is not None:
            part, how = inner.content, Attitude(inner.stance, "fact", False)
            if inner.first_person:
                inner = inner._replace(speaker=None)  # "I can confirm": whoever the statement is of
        refers, rebuts = self._points(part)
        unbelieved = statement.speaker is None and disbelieves(self._text, statement.source)
        if unbelieved:
            how = Attitude("denies", "fact", False)  # by whoever warns of those who say so
        stance: Stance = "denies" if refers and rebuts and how.stance == "holds" else how.stance
        negative = self._contents.is_negative(part, by_status=how.stance == "holds")
        if stance == "holds" and negative and not refers and says_there_is_none(self._text, part[0].start):
            stance, negative = "denies", False
        if how.flips:
            # The denial lies in the negation: of several parts, those without one are assertions.
            stance = "denies" if negative else "holds"
            negative = False
        return Proposition(
            record=record,
            statement=statement.id,
            spans=part,
            voice="headline" if self._contents.in_heading(part) else "statement",
            speaker=inner.speaker if inner and inner.speaker else speaker,
            source=None if speaker or unbelieved else self._words(statement.source),
            reporters=tuple(self._outer(statement)),
            act=inner.act if inner else statement.act,
            negated=statement.negated or (inner is not None and inner.stance == "neither"),
            stance=stance,
            mode=how.mode,
            negative=negative,
            refers=refers,
            rebuts=rebuts,
            withdraws=is_withdrawal(self._text, statement.cue) or self._takes_back(part),
            admits=is_admission(self._text, statement.cue),
            again=is_repeated(self._text, statement.cue),
            said_on=statement.said_on,
            confidence=statement.confidence,
            **self._contents.fields(part, speaker=speaker),
        )

    def _takes_back(self, part: Sequence[Span]) -> bool:
        return any(_I_TAKE_BACK.search(self._text, span.start, span.end) for span in part)

    def _claimed_in(self, statement: Statement, how: Attitude) -> tuple[Span, Span] | None:
        """Of a denial, the clause with what is denied, where a noun introduces it, and the words between them: in the
        content itself, or behind it in the sentence ("dismissed as a fantasy the claim by Brezik that …").
        """
        if how.mode != "fact" or how.stance == "neither":
            return None
        content = statement.content
        points, rebuts = self._points(content)
        if not points and len(content) > 1:
            # "dismissed as 'a fantasy' a report that …": the clause may be in the content, too
            alone = self._points(content[:1])
            if alone[0] and (alone[1] or how.stance == "denies"):
                (points, rebuts), content = alone, content[:1]
        if how.stance == "denies" and not points:
            for span in content:
                match = _CLAIMED.search(self._text, span.start, span.end)
                if match is not None and match.start() - span.start < 8 and match.end() < span.end:
                    return Span(match.end(), span.end), Span(*match.span("by"))
            return None
        if not points or not (rebuts or how.stance == "denies"):
            return None
        sentence = self._contents.sentence(content[-1])
        match = _CLAIMED.search(self._text, content[-1].end, sentence.end)
        if match is None:
            return None
        clause = trimmed(self._text, Span(match.end(), sentence.end))
        if clause is None or any(
            s is not statement and s.content[0].overlaps(clause) for s in self._reading.statements
        ):
            return None
        self._claimed.append(Span(match.start(), sentence.end))
        return clause, Span(*match.span("by"))

    def _points(self, spans: tuple[Span, ...]) -> tuple[str | None, bool]:
        """What the words point at. Most statements have one part, of which it is asked as of the statement."""
        found = self._pointed.get(spans)
        if found is None:
            found = self._pointed[spans] = reference(self._text, spans, self._contents.names_in(spans))
        return found

    def _held_by_other(self, clause: Span, between: Span) -> Proposition | None:
        """What the outlet says that somebody claims, where it names them between the noun and the clause."""
        names = [m.entity for m in self._reading.mentions if between.covers(m.span)]
        anchor = self._contents.anchor((clause,))
        if not names or anchor is None:
            return None
        return Proposition(
            record=anchor,
            statement=None,
            spans=(clause,),
            voice="statement",
            speaker=names[-1],
            source=None,
            reporters=(),
            act="say",
            negated=False,
            stance="holds",
            mode="fact",
            negative=self._contents.is_negative((clause,), by_status=False),
            refers=None,
            rebuts=False,
            withdraws=False,
            admits=False,
            again=False,
            said_on=None,
            confidence=0.5,
            **self._contents.fields((clause,)),
        )

    def _of_outlet(self) -> Iterator[Proposition]:
        taken = sorted(
            [span for s in self._reading.statements for span in (*s.source, *s.cue, *s.content)] + self._claimed
        )
        said = Placed(taken, taken)
        for sentence, block in sentences(self._text, self._reading.document.blocks):
            inside = said.across(sentence)
            trailing = self._voices.trailing(sentence) if block.kind != "heading" else None
            if trailing is not None and (words := trailing.told) is not None:
                if any(span.overlaps(words) for span in inside):
                    trailing = None  # the reading has its statement
                else:
                    inside = sorted([*inside, words])
            rest = [t for r in subtract(sentence, inside) if (t := trimmed(self._text, r)) is not None]
            events = [e for e in self._contents.events_in(rest) if e.statement is None and e.status != "demanded"]
            figures = [f for f in self._contents.figures_in(rest) if f.statement is None]
            if inside:
                counting = [figure.span for figure in figures]
                enough = [
                    r
                    for r in rest
                    if len(self._contents.terms([r])) >= _LEAST_TERMS or any(r.covers(span) for span in counting)
                ]
                events = [e for e in events if is_verb(self._text, e) and any(r.covers(e.span) for r in enough)]
                told = [event.span for event in events] + [figure.span for figure in figures]
                rest = [r for r in enough if any(r.covers(span) for span in told)]
            if events or figures:
                found = self._of_sentence(sentence, rest, events, block)
                yield from (self._spoken(p, trailing) for p in found) if trailing is not None else found

    def _of_sentence(
        self, sentence: Span, rest: Sequence[Span], events: Sequence[Event], block: Block
    ) -> Iterator[Proposition]:
        corrects = _CORRECTED.search(self._text, *sentence) is not None
        pieces = parts(self._reading, rest, events)
        told = (
            [self._whose(sentence, block, part) for part in pieces]
            if block.kind != "heading"
            else [(None, p) for p in pieces]
        )
        for whose, part in told:
            anchor = self._contents.anchor(part)
            if anchor is None:
                continue
            inner = None
            if block.kind != "heading":
                inner = inner_act(self._text, part, self._contents.mentions_in(part), needs_subject=True)
            if inner is not None:
                yield self._told(anchor, inner)
                continue
            fields = self._contents.fields(part)
            back = [h for h in fields["happenings"] if is_withdrawal(self._text, [h.span])]
            refers, rebuts = None, False
            if back:
                names = (*self._contents.names_in(part), *(h.span for h in back))
                refers, rebuts = reference(self._text, part, names)
            proposition = Proposition(
                record=anchor,
                statement=None,
                spans=part,
                voice="headline" if block.kind == "heading" else "outlet",
                speaker=self._other_than_outlet(back[0].actor) if refers and back else None,
                source=None,
                reporters=(),
                act="report",
                negated=False,
                stance="holds",
                mode="fact",
                negative=self._contents.is_negative(part, by_status=True),
                refers=refers,
                rebuts=rebuts,
                withdraws=bool(refers and back) or corrects,
                admits=False,
                again=False,
                said_on=None,
                confidence=self._contents.confidence(part),
                **fields,
            )
            if proposition.withdraws:
                yield replace(proposition, stance="neither")
            else:
                yield self._spoken(proposition, whose) if whose is not None else proposition

    def _whose(
        self, sentence: Span, block: Block, part: tuple[Span, ...]
    ) -> tuple[Attribution | None, tuple[Span, ...]]:
        """Whose a part of the outlet's sentence is (None: the outlet's own), and the part without the words that say so."""
        voices, first = self._voices, part[0]
        if (speaker := voices.quoted(block) or voices.monologue(block, first)) is not None:
            return Attribution(speaker, None), part
        found = voices.estimate(first) or voices.teller(first, [f.span for f in self._contents.figures_in(part)])
        if found is not None:
            rest = [t for r in subtract(first, [found.told] if found.told else []) if (t := trimmed(self._text, r))]
            return found, (*rest, *part[1:]) if rest else part
        beside = voices.alongside(sentence, first)
        return Attribution(beside, None) if beside is not None else None, part

    def _spoken(self, proposition: Proposition, whose: Attribution) -> Proposition:
        if proposition.voice != "outlet" or proposition.withdraws:
            return proposition
        return replace(proposition, voice="statement", speaker=whose.speaker, source=whose.source, act="say")

    def _told(self, anchor: str, inner: Inner) -> Proposition:
        """What the outlet tells that somebody denies, confirms or leaves open, where the reader made no statement of it."""
        refers, rebuts = self._points(inner.content)
        return Proposition(
            record=anchor,
            statement=None,
            spans=inner.content,
            voice="statement",
            speaker=inner.speaker,
            source=None,
            reporters=(),
            act=inner.act,
            negated=inner.stance == "neither",
            stance=inner.stance,
            mode="fact",
            negative=self._contents.is_negative(inner.content, by_status=False),
            refers=refers,
            rebuts=rebuts,
            withdraws=False,
            admits=False,
            again=False,
            said_on=None,
            confidence=self._contents.confidence(inner.content),
            **self._contents.fields(inner.content),
        )

    def _other_than_outlet(self, actors: Sequence[str]) -> str | None:
        publisher = (self._reading.document.publisher or "").casefold()
        for entity in actors:
            name = self._reading.name_of(entity).casefold()
            if not publisher or (name not in publisher and publisher not in name):
                return entity
        return None

    def _outer(self, statement: Statement) -> Iterator[str]:
        seen = {statement.id}
        while statement.within is not None and statement.within not in seen:
            seen.add(statement.within)
            yield statement.within
            statement = self._statements[statement.within]

    def _words(self, spans: Sequence[Span]) -> str | None:
        return " … ".join(span.of(self._text) for span in spans) or None

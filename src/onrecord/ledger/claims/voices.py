"""Whose words an article's sentences are, where the reading has no statement of them, or has it of somebody else.

Each rule goes by the form of the text alone: a transcript's labels, a block quotation under what its speaker said, what
stands in one sentence with a statement, "by the OSCE's count", "the service put the toll at 54".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from onrecord.ledger.claims.lexicon import listed, stem
from onrecord.ledger.claims.placed import mentions_by_place
from onrecord.reading import Reading
from onrecord.records import Block, Mention, Span, Statement

__all__ = ["Attribution", "Voices"]

_SAID = (
    r"(?:(?:has|have|had|also|later|then|now)\s+)*(?:said|says|told|tells|acknowledged|acknowledges|admitted|admits|confirmed|"
    r"confirms|announced|explained|added|warned|stressed|noted|conceded|emphasi[sz]ed)"
)
# What may stand behind the verb at the end of a sentence: when, where, and to whom it was said.
_WHEN = (
    r"(?:\s+(?:on|to|at|in|during|after|earlier|late|this|last|today|yesterday|reporters|journalists|parliament|lawmakers|"
    r"[A-Z]\w*day)\b[^.;“”\"]{0,60})?"
)
# ", Colonel Sauk has told reporters." at the end of a sentence: all before it is what he told
_TRAILING = re.compile(
    r",\s+(?!(?:and|but|which|who|as|that|where|so|or|what|with|because)\b)"
    rf"(?P<who>[^.,;]{{2,60}}?(?:,\s[^.,;]{{2,40}},)?)\s+{_SAID}{_WHEN}[.]?$"
)
_PLAINLY = re.compile(rf"{_SAID}|according\s+to", re.IGNORECASE)
_ESTIMATE = re.compile(
    r"\b(?:[Bb]y|[Aa]ccording to)\s+(?P<who>(?:the\s+)?[^\W\d_a-z][^.,;]{1,60}?)(?:['’]s?)\s+(?:own\s+|latest\s+)?"
    r"(?:count|tally|figures?|estimates?|reckoning|account|list|data)\b,?\s*"
)
_GAP = re.compile(r"[\s,;:]*(?:\b(?:and|but|while|with|that)\b[\s,]*)*")
# "after counting 3,000 a day earlier": done by telling, so that it is told by whoever the sentence is of
_COUNTING = re.compile(
    r"(?:.{0,30}?\s)?(?:after|before|while|having)\s+(?:counting|counted|reporting|reported|estimating|estimated|finding|found|"
    r"putting|put|giving|given|recording|recorded|saying|said)\b"
)
_BETWEEN = re.compile(
    r"(?:\s+(?:has|have|had|also|now|then|later|officially|already|first|on\s+[A-Z]\w+day|last\s+\w+|earlier))*\s*"
)
_FOUND_THAT = re.compile(r"(?:found|concluded|determined|established|discovered|calculated)\s+that\s")
_MOVED = re.compile(
    r"(?:(?:put|puts|left|leaves)\b(?P<held>[^.;]*?)\bat|(?:lowered|raised|revised|corrected|cut|increased|reduced|updated|lifted)\b(?P<what>[^.;]*?)\b(?:to|by|from))\s"
)
_SPOKEN_OF = re.compile(r"(?:(?:spoken|spoke|speaks)\s+of|counted|counts|estimated|estimates|tallied|reckoned)\s")
_NEXT = 25  # characters between such a verb and the figure that it gives
_POSTED = re.compile(r"[@#]\w|https?:|pic\.twitter")
_PRONOUN = re.compile(r"\b(?:[Ii]t|[Tt]hey|[Hh]e|[Ss]he)(?=\s+(?:had|has|have)\s)")
_FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Oo]ur|[Mm]y)\b")
_REACH = 400  # characters between a statement and the block quotation that goes on from it
_LEAST_LABEL = 3


class Attribution(NamedTuple):
    """Somebody to whom words belong, and the words that say so, which are none of what they say.

    `source` are the words for a speaker of whom the reading has no entity there.
    """

    speaker: str | None
    told: Span | None
    source: str | None = None


class Voices:
    """The voices of one reading, whose `mentions` by their places the rooms beside this one need as well."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._text = reading.document.text
        self._blocks = reading.document.blocks
        self.mentions = mentions_by_place(reading.mentions)
        self._statements = {s.id: s for s in reading.statements}
        self._extents = {s.id: _extent((*s.source, *s.content)) for s in reading.statements}
        self._types = {e.id: e.type for e in reading.entities}
        self._names = self._full_names()
        self._speakers = {s.id: self._label(s) or s.speaker or self._in_content(s) for s in reading.statements}
        for statement in reading.statements:
            outer = self._statements.get(statement.within) if statement.within is not None else None
            if outer is not None and statement.speaker == outer.speaker:
                self._speakers[statement.id] = self._speakers[outer.id]
            elif (own := self._first_person(statement)) is not None:
                self._speakers[statement.id] = own
            elif (trailing := self._of_its_sentence(statement)) is not None:
                self._speakers[statement.id] = trailing

    def speaker(self, statement: Statement) -> str | None:
        """The entity that a statement is of, None where it is nobody's by name."""
        return self._speakers[statement.id]

    def _full_names(self) -> dict[str, set[str]]:
        """Last words of full names, in small letters → the entities; names all in capitals are left out."""
        found: dict[str, set[str]] = {}
        for entity in self._reading.entities:
            words = entity.name.split()
            if len(words) > 1 and words[0][:1].isupper() and words[-1][:1].isupper() and not entity.name.isupper():
                found.setdefault(words[-1].casefold(), set()).add(entity.id)
        return found

    def _label(self, statement: Statement) -> str | None:
        """Whom the label of a transcript names: "SAUK:" is Edrin Sauk, whatever "he" before it was."""
        if not statement.source or [span.of(self._text).strip() for span in statement.cue] != [":"]:
            return None
        label = statement.source[0].of(self._text).strip(" :")
        found = self._names.get(label.casefold(), set())
        return min(found) if label.isupper() and len(label) >= _LEAST_LABEL and len(found) == 1 else None

    def _first_person(self, statement: Statement) -> str | None:
        """Who says "I believe …" in a paragraph of a transcript: whoever's label stands at its head."""
        if not statement.source or statement.source[0].of(self._text) not in ("I", "We", "we"):
            return None
        block = self._block(statement.source[0].start)
        heads = [s for s in self._reading.statements if block is not None and self._heads(s, block)]
        return self._speakers[heads[0].id] if len(heads) == 1 else None

    def _heads(self, statement: Statement, block: Block) -> bool:
        """Whether a statement's source is the label that a paragraph begins with."""
        labelled = [span.of(self._text).strip() for span in statement.cue] == [":"]
        return labelled and bool(statement.source) and statement.source[0].start == block.span.start

    def _in_content(self, statement: Statement) -> str | None:
        """The subject of a cue that was read as part of what is said: "[Edrin Sauk] officially confirmed [14 deaths]"."""
        if statement.source or not statement.cue or len(statement.content) < 2:
            return None
        first, cue = statement.content[0], statement.cue[0]
        if not 0 <= cue.start - first.end <= 1:
            return None
        last = self._last_in(first)
        return last.entity if last is not None and last.span.end == first.end else None

    def content(self, statement: Statement) -> tuple[Span, ...]:
        """What is said, without a subject that was read as part of it."""
        lost = statement.speaker is None and self._in_content(statement) is not None
        return statement.content[1:] if lost else statement.content

    def _of_its_sentence(self, statement: Statement) -> str | None:
        """Who says the sentence of a statement whose source was looked for in a heading."""
        if not statement.source:
            return None
        source = self._block(statement.source[0].start)
        content = self._block(statement.content[0].start)
        if source is None or content is None or source.kind != "heading" or content is source:
            return None
        position = statement.content[0]
        end = self._text.find(".", position.end)
        trailing = self.trailing(Span(position.start, end + 1)) if end >= 0 else None
        return trailing.speaker if trailing is not None else None

    def _block(self, position: int) -> Block | None:
        return next((b for b in self._blocks if b.span.start <= position < b.span.end), None)

    def trailing(self, sentence: Span) -> Attribution | None:
        """Who says a sentence by its end: ", its head, Edrin Sauk, acknowledged on Tuesday." """
        match = _TRAILING.search(self._text, sentence.start, sentence.end)
        if match is None:
            return None
        who = Span(*match.span("who"))
        last = self._last_in(who)
        if last is None or last.span.end < who.end - 1 or self._types.get(last.entity) not in _TELLERS:
            return None
        return Attribution(last.entity, Span(match.start(), sentence.end))

    def quoted(self, block: Block) -> str | None:
        """The speaker of a block quotation in the first person: who spoke last before it, where it has no source of its own.

        A post that is shown is the words of whoever posted it.
        """
        words = block.span.of(self._text)
        if block.kind != "quote" or _FIRST_PERSON.search(words) is None or _POSTED.search(words) is not None:
            return None
        if any(self._within(s, block.span) for s in self._reading.statements):
            return None
        before = [s for s in self._reading.statements if self._extents[s.id].end <= block.span.start]
        last = max(before, key=lambda s: (s.content[-1].end, s.id), default=None)
        if last is None or block.span.start - self._extents[last.id].end > _REACH:
            return None
        return self.speaker(last)

    def monologue(self, block: Block, part: Span) -> str | None:
        """The speaker of a paragraph in the first person that ends ", Sauk emphasized": all of it is said by him."""
        if _FIRST_PERSON.search(self._text, *part) is None:
            return None
        inside = [s for s in self._reading.statements if self._within(s, block.span) and s.source]
        if len(inside) != 1 or self._speakers[inside[0].id] is None:
            return None
        (statement,) = inside
        behind = statement.source[0].start >= statement.content[-1].end and part.end <= statement.content[0].start
        # Without quotation marks, and the source at the end: the form of quotations in East European papers.
        plain = not set('"“”') & set(block.span.of(self._text))
        return self._speakers[statement.id] if behind and plain else None

    def _within(self, statement: Statement, span: Span) -> bool:
        return span.covers(self._extents[statement.id])

    def alongside(self, sentence: Span, part: Span) -> str | None:
        """Who says a part that stands beside a statement of its sentence: "14 are dead and [60 missing, X said]",
        "[X said that 3,500 are there] after counting 3,000".
        """
        for statement in self._reading.statements:
            if not self._within(statement, sentence) or statement.within is not None or not statement.source:
                continue
            if not any(_PLAINLY.match(self._text, *span) for span in statement.cue):
                continue  # "offered by", "known as": a source of the words beside it only
            first, last = statement.content[0], statement.content[-1]
            said = max(span.end for span in (*statement.source, *statement.cue))
            if part.end <= first.start and statement.source[0].start >= last.end:
                if _GAP.fullmatch(self._text, part.end, first.start) is not None:
                    return self.speaker(statement)
            elif part.start >= max(said, last.end) and _COUNTING.match(self._text, *part) is not None:
                return self.speaker(statement)
        return None

    def estimate(self, part: Span) -> Attribution | None:
        """Whose count a figure is: "by the OSCE's count"."""
        match = _ESTIMATE.search(self._text, *part)
        if match is None:
            return None
        last = self._last_in(Span(*match.span("who")))
        if last is not None:
            return Attribution(last.entity, Span(*match.span()))
        named = match["who"].removeprefix("the ")[:1].isupper()
        return Attribution(None, Span(*match.span()), match["who"]) if named else None

    def teller(self, part: Span, figures: Sequence[Span]) -> Attribution | None:
        """Who is told to have found something out, or to have given one of the part's `figures`: "it had put the toll at
        41", "the prosecutor found that …". None where the subject is no body and no person.
        """
        subjects = [(m.entity, m.span.end) for m in self.mentions.across(part) if m.span.end <= part.end]
        for pronoun in _PRONOUN.finditer(self._text, *part):
            # A pronoun of which the reading does not know whose it is: of whoever spoke last in the paragraph.
            if not self.mentions.across(Span(*pronoun.span())):
                subjects += [(who, pronoun.end()) for who in self._last_speaker(part.start)]
        for entity, end in subjects:
            start = _end_of(_BETWEEN, self._text, end, part.end)
            if _FOUND_THAT.match(self._text, start, part.end) is not None:
                found = _FOUND_THAT.match(self._text, start, part.end)
                return Attribution(entity, Span(part.start, found.end() if found else start))
            if not figures or self._types.get(entity) not in _TELLERS:
                continue
            moved = _MOVED.match(self._text, start, part.end)
            spoken = _SPOKEN_OF.match(self._text, start, part.end)
            if (moved is not None and _names_number(moved["what"] or moved["held"] or "")) or (
                spoken is not None and any(0 <= figure.start - spoken.end() <= _NEXT for figure in figures)
            ):
                return Attribution(entity, None)
        return None

    def _last_speaker(self, position: int) -> list[str]:
        block = self._block(position)
        before = [
            s
            for s in self._reading.statements
            if block is not None and self._within(s, block.span) and s.content[-1].end <= position and s.source
        ]
        last = max(before, key=lambda s: (s.content[-1].end, s.id), default=None)
        who = self._speakers[last.id] if last is not None else None
        return [who] if who is not None else []

    def _last_in(self, span: Span) -> Mention | None:
        """Who is named last in words that name a speaker; of "the head, X" it is X."""
        found = self.mentions.within(span)
        named = [m for m in found if m.form == "name"]
        return (named or found)[-1] if found else None


def _extent(spans: Sequence[Span]) -> Span:
    return Span(min(span.start for span in spans), max(span.end for span in spans))


_TELLERS = frozenset({"person", "organisation", "country", "place", "people"})


def _end_of(pattern: re.Pattern[str], text: str, start: int, end: int) -> int:
    match = pattern.match(text, start, end)
    return match.end() if match is not None else start


def _names_number(words: str) -> bool:
    """Whether the words before "to" name a number: "the death toll of the disaster"."""
    nouns = {stem(noun) for noun in listed("number nouns")}
    return any(stem(word) in nouns for word in re.findall(r"[a-z]+", words.lower()))

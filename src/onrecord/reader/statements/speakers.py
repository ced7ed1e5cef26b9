"""Who is behind the source of each utterance: the party that its words name, describe, or stand for.

A name is taken as it is. For a pronoun or a description ("the president") three things are known here that coreference
did not know: nobody reports himself by name ("According to the president, Putin intends …" is not Putin's word), he who
spoke last mostly goes on speaking, and a title calls for somebody who holds it.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.reader.annotated import Annotated, MentionGuess
from onrecord.reader.entities.anaphora import FIRST_OR_SECOND, description, gender_of_pronoun, may_be
from onrecord.reader.entities.names import is_title, name_range
from onrecord.reader.entities.parties import Cast, Party
from onrecord.reader.statements.passages import Utterance
from onrecord.records import EntityType

__all__ = ["speakers"]

_PERSONAL = frozenset({"he", "she", "him", "her"})
_SPOKESMEN = frozenset({"spokesman", "spokeswoman", "spokesperson", "official", "source", "aide", "representative"})
_LEADING = frozenset({"head", "leader", "president", "chief", "chairman", "premier", "minister", "governor"})
_ORGANISED = frozenset(["organization", "place"])


def speakers(
    annotated: Annotated, cast: Cast, found: Sequence[Utterance], within: Sequence[int | None]
) -> list[int | None]:
    """The party (index into `cast.parties`) of each utterance, None where nobody is named or described.

    `within` gives the utterance that each is nested in. Parties that only a source names are added to the cast.
    """
    reader = _Speakers(annotated, cast)
    for utterance, holder in zip(found, within, strict=True):
        reader.read(utterance, holder)
    return reader.chosen


class _Speakers:
    def __init__(self, annotated: Annotated, cast: Cast) -> None:
        self.annotated = annotated
        self.tokens = annotated.tokens
        self.cast = cast
        self.guesses = {g.head: i for i, g in enumerate(annotated.mentions)}
        self.chosen: list[int | None] = []

    def read(self, utterance: Utterance, holder: int | None) -> None:
        if utterance.follows is not None and utterance.follows < len(self.chosen):
            self.chosen.append(self.chosen[utterance.follows])
        elif not utterance.source:
            self.chosen.append(None)
        elif self._first_person(utterance):
            known = holder is not None and holder < len(self.chosen)
            self.chosen.append(self.chosen[holder] if holder is not None and known else None)
        else:
            self.chosen.append(self._of_source(utterance))

    def _first_person(self, utterance: Utterance) -> bool:
        """ "I can confirm …" inside somebody's words is that somebody's; elsewhere the author's, who is not named."""
        return all(self.tokens[i].text.lower() in FIRST_OR_SECOND for piece in utterance.source for i in piece)

    def _of_source(self, utterance: Utterance) -> int:
        source = [i for piece in utterance.source for i in piece]
        head = self.annotated.head_of(source)
        guess = self._guess(source, head)
        if guess is None:
            return self._by_words(source, head)
        barred = self._named_in(utterance)
        i, mention = guess
        party = self.cast.of_guess.get(i)
        if party is not None and self.cast.parties[party].names and self._is_name(mention):
            return party
        found = self._named_inside(source)
        if found is not None:
            pass
        elif self.tokens[mention.head].text.lower() in _PERSONAL:
            found = self._pronoun(mention, barred, utterance.start)
        elif self.tokens[mention.head].upos in {"NOUN", "PROPN"}:
            found = self._described(mention, barred, utterance.start)
        if found is not None:
            self._move(i, mention, found)
            return found
        if party is not None and party not in barred:
            return party
        return self._by_words(source, head)

    def _named_inside(self, source: list[int]) -> int | None:
        """The person whose name begins or ends the source, a title or description beside it: "the head of …, Kyrylo
        Budanov", "Khaled Al-Maeena, editor at …". A name tied on by a preposition is somebody else."""
        start, end = source[0], source[-1] + 1
        while end > start and self.tokens[end - 1].upos == "PUNCT":
            end -= 1
        while start < end and self.tokens[start].upos in {"PUNCT", "DET"}:
            start += 1
        for first in range(start, end):
            party = self._named_at(first, end)
            if party is not None and (first == start or self.tokens[first - 1].upos not in {"ADP", "PART", "CCONJ"}):
                return party
        for last in range(start + 1, end):
            party = self._named_at(start, last)
            if party is not None and self.tokens[last].upos in {"PUNCT", "PROPN", "NOUN"}:
                return party
        return None

    def _named_at(self, first: int, last: int) -> int | None:
        """The person whose name stands at a token range."""
        party = self.cast.named_at.get((first, last))
        return party if party is not None and self.cast.parties[party].type == "person" else None

    def _is_name(self, mention: MentionGuess) -> bool:
        party = self.cast.parties[self.cast.of_head[mention.head]] if mention.head in self.cast.of_head else None
        if party is None:
            return False
        words = self.annotated.span(mention.start, mention.end).of(self.annotated.text)
        return any(name in words for name in party.names)

    def _guess(self, source: list[int], head: int) -> tuple[int, MentionGuess] | None:
        """The mention that the source is: the one its head word hangs by, else the widest inside it."""
        at = self.guesses.get(head)
        if at is None:
            inside = [self.guesses[i] for i in source if i in self.guesses]
            wanted = [k for k in inside if k in self.cast.of_guess]
            if not wanted:
                return None
            at = max(wanted, key=lambda k: self.annotated.mentions[k].end - self.annotated.mentions[k].start)
        return at, self.annotated.mentions[at]

    def _named_in(self, utterance: Utterance) -> set[int]:
        """Parties that the content names as those who act in it: they are not its speaker. Direct speech may."""
        named = set()
        for piece in utterance.content:
            for i in piece:
                party = self.cast.of_head.get(i)
                if (
                    party is None
                    or self.tokens[i].upos != "PROPN"
                    or self.tokens[i].relation.partition(":")[0] != "nsubj"
                ):
                    continue
                named.add(party)
        return named

    def _pronoun(self, mention: MentionGuess, barred: set[int], start: int) -> int | None:
        """The likeliest antecedent that is a person; else the person who spoke last; else the one named last."""
        gender = gender_of_pronoun(self.tokens[mention.head].text.lower()) or ""

        def fits(party: int | None) -> bool:
            return party is not None and party not in barred and may_be(self.cast.parties[party], gender)

        choices = [self.cast.of_guess.get(k) for k, _ in mention.antecedents]
        found = next((p for p in [*choices, *reversed(self.chosen)] if fits(p)), None)
        return found if found is not None else self._latest([p for p in self._before(start) if fits(p)])

    def _described(self, mention: MentionGuess, barred: set[int], start: int) -> int | None:
        """A definite description of a person that holds such a title, "the president": by coreference if that is sure and
        allowed; else of those with the title the one who spoke or was named last; else whoever spoke last and holds any."""
        head = self.tokens[mention.head]
        definite = self.tokens[mention.start].text.lower() in {"the", "this", "that"} or head.text[:1].isupper()
        if mention.type in _ORGANISED or head.tag in {"NNS", "NNPS"} or not definite:
            return None
        for k, probability in mention.antecedents:
            party = self.cast.of_guess.get(k)
            if party is None or party in barred or not self._person_with_name(party):
                continue
            if probability >= 0.5:
                return party
            break
        title = head.lemma.lower()
        holders = [
            p
            for p in self._before(start)
            if p not in barred and self._person_with_name(p) and _holds(self.cast.parties[p], title)
        ]
        spoken = [p for p in reversed(self.chosen) if p in holders]
        if spoken:
            return spoken[0]
        if holders:
            return self._latest(holders)
        if is_title(title) and title not in _SPOKESMEN:
            last = next((p for p in reversed(self.chosen) if p is not None), None)
            if last is not None and last not in barred and self._person_with_name(last) and self._leads(last):
                return last
        return None

    def _leads(self, party: int) -> bool:
        """No role is known of the person, or one that such a title may repeat ("head of state", then "the president")."""
        roles = self.cast.parties[party].roles
        return not roles or any(w.lower() in _LEADING for r in roles for w in r.title.split())

    def _person_with_name(self, party: int) -> bool:
        return self.cast.parties[party].type == "person" and bool(self.cast.parties[party].names)

    def _before(self, start: int) -> list[int]:
        """Parties that were mentioned before a token."""
        at = self.tokens[start].span.start
        return [i for i, p in enumerate(self.cast.parties) if p.mentions and min(s.start for s, _ in p.mentions) < at]

    def _latest(self, parties: list[int]) -> int | None:
        return max(parties, key=lambda p: self.cast.parties[p].last, default=None)

    def _move(self, i: int, mention: MentionGuess, party: int) -> None:
        """Gives a mention to the party that it was found to stand for."""
        old = self.cast.of_guess.get(i)
        if old == party:
            return
        span = self.annotated.span(mention.start, mention.end)
        if old is not None:
            self.cast.parties[old].mentions = [m for m in self.cast.parties[old].mentions if m[0] != span]
        self.cast.of_guess[i] = party
        pronoun = self.tokens[mention.head].upos == "PRON"
        self.cast.join(party, mention.head, span, "pronoun" if pronoun else "nominal")

    def _by_words(self, source: list[int], head: int) -> int:
        """A source that no mention covers: somebody of that name, else somebody new called by its words."""
        token = self.tokens[head]
        named = token.upos == "PROPN"
        at = self.guesses.get(head)
        person = self.annotated.mentions[at].type == "person" if at is not None else named
        kind: EntityType = "people" if token.tag in {"NNS", "NNPS"} else "person" if person else "organisation"
        place = name_range(self.annotated, head, source[0], source[-1] + 1, person=kind == "person") if named else None
        span = self.annotated.span(*(place or (min(source[0], head), head + 1)))
        words = " ".join(span.of(self.annotated.text).split())
        if place is None:
            words = description(self.annotated, min(source[0], head), head)
        party = self.cast.of_similar(words, kind) if named else None
        if party is None:
            party = self.cast.add(Party(kind))
            if named:
                self.cast.write(party, words)
            else:
                self.cast.parties[party].describe(words)
        self.cast.join(party, head, span, "name" if named else "nominal")
        return party


def _holds(party: Party, title: str) -> bool:
    """The party's roles or descriptions have the title for a word ("Secretary General" for "the secretary general")."""
    words = {w.lower() for role in party.roles for w in role.title.split()}
    return title in words or any(title == n.split()[-1].lower() for n in party.nominals if n)

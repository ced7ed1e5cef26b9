"""Who is behind the source of each utterance: the party that its words name, describe, or stand for.

A name is taken as it is. For a pronoun or a description ("the president") three things are known here that coreference
did not know: nobody reports himself by name ("According to the president, Putin intends …" is not Putin's word), he who
spoke last mostly goes on speaking, and a title calls for somebody who holds it.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.reader.annotated import Annotated, MentionGuess
from onrecord.reader.entities import Cast, Party
from onrecord.reader.names import is_title, may_be_same_person
from onrecord.reader.utterances import Utterance

__all__ = ["speakers"]

_PERSONAL = frozenset({"he", "she", "him", "her"})
_SPOKESMEN = frozenset({"spokesman", "spokeswoman", "spokesperson", "official", "source", "aide", "representative"})
_ORGANISED = frozenset(["organization", "place"])


def speakers(annotated: Annotated, cast: Cast, found: Sequence[Utterance]) -> list[int | None]:
    """The party (index into `cast.parties`) of each utterance, None where nobody is named or described.

    Parties that only a source names are added to the cast.
    """
    reader = _Speakers(annotated, cast)
    for utterance in found:
        reader.read(utterance)
    return reader.chosen


class _Speakers:
    def __init__(self, annotated: Annotated, cast: Cast) -> None:
        self.annotated = annotated
        self.tokens = annotated.tokens
        self.cast = cast
        self.guesses = {g.head: i for i, g in enumerate(annotated.mentions)}
        self.chosen: list[int | None] = []

    def read(self, utterance: Utterance) -> None:
        if utterance.follows is not None and utterance.follows < len(self.chosen):
            self.chosen.append(self.chosen[utterance.follows])
        elif not utterance.source:
            self.chosen.append(None)
        else:
            self.chosen.append(self._of_source(utterance))

    def _of_source(self, utterance: Utterance) -> int:
        source = [i for piece in utterance.source for i in piece]
        head = self.annotated.head_of(source)
        guess = self._guess(source, head)
        barred = self._named_in(utterance)
        if guess is not None:
            i, mention = guess
            party = self.cast.of_guess.get(i)
            word = self.tokens[mention.head].text.lower()
            if word in _PERSONAL:
                found = self._pronoun(mention, barred, utterance.start)
                if found is not None:
                    self._say(i, mention, found)
                    return found
            elif party is not None and self.cast.parties[party].names and party not in barred:
                return party
            elif self.tokens[mention.head].upos in {"NOUN", "PROPN"}:
                found = self._described(mention, barred, utterance.start)
                if found is not None:
                    self._say(i, mention, found)
                    return found
            if party is not None and party not in barred:
                return party
        return self._by_words(source, head)

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
        for k, _ in mention.antecedents:
            party = self.cast.of_guess.get(k)
            if party is not None and self.cast.parties[party].type == "person" and party not in barred:
                return party
        spoke = next(
            (p for p in reversed(self.chosen) if p is not None and self.cast.parties[p].type == "person"), None
        )
        if spoke is not None and spoke not in barred:
            return spoke
        return self._latest(
            [p for p in self._before(start) if self.cast.parties[p].type == "person" and p not in barred]
        )

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
            if (
                last is not None
                and last not in barred
                and self._person_with_name(last)
                and self.cast.parties[last].roles
            ):
                return last
        return None

    def _person_with_name(self, party: int) -> bool:
        return self.cast.parties[party].type == "person" and bool(self.cast.parties[party].names)

    def _before(self, start: int) -> list[int]:
        """Parties that were mentioned before a token."""
        at = self.tokens[start].span.start
        return [i for i, p in enumerate(self.cast.parties) if p.mentions and min(s.start for s, _ in p.mentions) < at]

    def _latest(self, parties: list[int]) -> int | None:
        return max(parties, key=lambda p: self.cast.parties[p].last, default=None)

    def _say(self, i: int, mention: MentionGuess, party: int) -> None:
        """Moves a mention to the party that it was found to stand for."""
        span = self.annotated.span(mention.start, mention.end)
        old = self.cast.of_guess.get(i)
        if old is not None and old != party:
            kept = self.cast.parties[old]
            kept.mentions = [m for m in kept.mentions if m[0] != span]
        if old != party:
            form = "pronoun" if self.tokens[mention.head].upos == "PRON" else "nominal"
            self.cast.parties[party].mentions.append((span, "pronoun" if form == "pronoun" else "nominal"))
        self.cast.of_guess[i] = party
        self.cast.of_head[mention.head] = party

    def _by_words(self, source: list[int], head: int) -> int:
        """A source that no mention covers: somebody of that name, else somebody new called by its words."""
        span = self.annotated.span(source[0], source[-1] + 1)
        phrase = " ".join(span.of(self.annotated.text).split())
        token = self.tokens[head]
        named = token.upos == "PROPN"
        if named:
            for i, p in enumerate(self.cast.parties):
                if any(may_be_same_person(token.text, n) for n in p.names) or token.text in p.names:
                    return i
        kind = "people" if token.tag in {"NNS", "NNPS"} else "person" if named else "organisation"
        party = Party("people" if kind == "people" else "person" if kind == "person" else "organisation")
        start = source[0]
        while start < head and self.tokens[start].upos in {"DET", "PUNCT", "NUM"}:
            start += 1
        words = " ".join(self.annotated.span(start, max(head, start) + 1).of(self.annotated.text).split()) or phrase
        if named:
            party.names[words] = 1
        else:
            party.nominals.append(words)
        party.mentions.append((span, "name" if named else "nominal"))
        party.last = head
        self.cast.parties.append(party)
        at = len(self.cast.parties) - 1
        self.cast.of_head[head] = at
        return at


def _holds(party: Party, title: str) -> bool:
    """The party's roles or descriptions have the title for a word ("Secretary General" for "the secretary general")."""
    words = {w.lower() for role in party.roles for w in role.title.split()}
    return title in words or any(title == n.split()[-1].lower() for n in party.nominals if n)

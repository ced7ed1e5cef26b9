"""Which party an expression that names nobody stands for: one score over all that was mentioned before it.

The coreference head says how likely each earlier mention is. It is right more often where its evidence is joined with
what the head does not weigh: how near the party was mentioned, whether its name or an earlier description has the same
noun or is of that kind ("the firm": NPD Group), whether it speaks in the text, and what sex its first name tells. Of 136
pronouns that are sources in six genres of GUM, train and dev (benchmarks/speakers.py), 100 are right; without nearness
87, without the coreference head 92, without names and sex 94. That a party was last a subject added nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from onrecord.reader.annotated import Annotated, MentionGuess
from onrecord.reader.entities.kinds import DOCUMENTS, GENERAL, alike, kind_of_name, kind_of_noun
from onrecord.reader.entities.parties import Cast, Party
from onrecord.reader.gazetteer import fold

__all__ = ["Antecedents"]

_WINDOW = 120  # mentions looked back over
_COREFERENCE, _RECENT, _SPEAKS, _KNOWN = 1.5, 1.5, 0.4, 0.5
_SAME_NOUN, _SAME_KIND, _ANY_KIND = 2.0, 1.1, 0.9
# A description with a lower score is somebody new; less will do where only one party fits at all.
_ENOUGH, _ENOUGH_ALONE = 1.5, 0.8
# Kinds of body that news describes anew each time ("the Seattle firm"); the modifier of another kind is as good as its
# name: "the emergency service" is not the Security Council.
_FREELY = frozenset({"company", "outlet", "party", "team"})
_IT = frozenset({"organisation", "country"})
_THEY = frozenset({"organisation", "people", "country"})
# What a description in the plural, one of a person, and one of anything else may mean: most parties are passed by at once.
_MANY = frozenset({"people", "organisation"})
_ONE = frozenset({"person"})
_BODIES = frozenset({"organisation", "country", "place", "facility"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})


class Antecedents:
    """The parties mentioned so far, looked back over from a mention."""

    def __init__(self, annotated: Annotated, cast: Cast) -> None:
        self.annotated = annotated
        self.tokens = annotated.tokens
        self.cast = cast

    def of_description(self, guess: MentionGuess, spoken: Sequence[int | None] = ()) -> int | None:
        """The body or group that a definite description means, "the city", "the firm", "the authors"; None for a new one."""
        head = self.tokens[guess.head]
        if not self._refers_back(guess):
            return None
        lemma = head.lemma.lower()
        plural = head.tag in {"NNS", "NNPS"} or lemma == "police"
        words = self._modifiers(guess)
        suiting = _MANY if plural else _ONE if guess.type == "person" else _BODIES
        known = (
            (party, last, self._fit(self.cast.parties[party], guess.type, lemma, plural=plural, words=words))
            for party, last in self.before(guess.start)
            if self.cast.parties[party].type in suiting or lemma == "police"
        )
        fitting = [(party, last, fit) for party, last, fit in known if fit]
        if not fitting:
            return None
        coreference = self._coreference(guess)
        score, least = max(
            (fit + self._nearness(guess, last, coreference.get(party, 0)) + _SPEAKS * (party in spoken), -party)
            for party, last, fit in fitting
        )
        return -least if score > (_ENOUGH if len(fitting) > 1 else _ENOUGH_ALONE) else None

    def of_pronoun(
        self, guess: MentionGuess, gender: str | None, barred: Set[int], spoken: Sequence[int | None] = ()
    ) -> int | None:
        """The likeliest person for "he" and "she" (`gender`), body for "it", group or body for "they"."""
        word = self.tokens[guess.head].text.lower()
        last_speaker = next((p for p in reversed(spoken) if p is not None), None)
        kinds = _IT if word in {"it", "its"} else _THEY
        best, most = None, 0.0
        coreference = self._coreference(guess)
        for party, last in self.before(guess.start):
            p = self.cast.parties[party]
            if gender:
                if p.type != "person" or p.gender not in {None, gender}:
                    continue
            elif p.type not in kinds:
                continue
            if party in barred:
                continue
            score = self._nearness(guess, last, coreference.get(party, 0))
            score += _SPEAKS * ((party == last_speaker) + (party in spoken)) / 2
            score += _KNOWN * (bool(p.names) + (gender is not None and p.gender == gender))
            if score > most:
                best, most = party, score
        return best

    def of_pair(self, start: int, *, latter: bool) -> int | None:
        """ "The former" and "the latter" of the last two that were named in one sentence."""
        pair: list[int] = []
        sentence = -1
        for head in self.cast.heads_before(start, _WINDOW):
            party = self.cast.of_head[head]
            if not self.cast.parties[party].names or party in pair:
                continue
            if self.tokens[head].sentence != sentence:
                pair, sentence = [], self.tokens[head].sentence
            pair.append(party)
            if len(pair) == 2:
                return pair[0 if latter else 1]
        return None

    def before(self, start: int) -> Iterator[tuple[int, int]]:
        """Each party that was mentioned before a token, with its latest head word there, the nearest first."""
        seen = set()
        of_head = self.cast.of_head
        for head in self.cast.heads_before(start, _WINDOW):
            party = of_head[head]
            if party not in seen:
                seen.add(party)
                yield party, head

    def _coreference(self, guess: MentionGuess) -> dict[int | None, float]:
        """Party → the probability that the mention goes back to it, as the coreference head sees it."""
        found: dict[int | None, float] = {}
        of_guess = self.cast.of_guess
        for k, probability in guess.antecedents:
            party = of_guess.get(k)
            found[party] = found.get(party, 0) + probability
        return found

    def _nearness(self, guess: MentionGuess, last: int, coreference: float) -> float:
        apart = self.tokens[guess.start].sentence - self.tokens[last].sentence
        return _COREFERENCE * coreference + _RECENT / (1 + apart)

    def _refers_back(self, guess: MentionGuess) -> bool:
        """Definite, or a bare plural, and without words after it that make it somebody else ("the firm that lost")."""
        first, head = self.tokens[guess.start], self.tokens[guess.head]
        named = any(t.text[:1].isupper() for t in self.tokens[guess.start + 1 : guess.head])
        if head.upos not in {"NOUN", "PROPN"} or (head.upos == "PROPN" and named):
            return False
        definite = first.text.lower() in _DEFINITE
        owned = self.annotated.dependents(guess.head, "nmod:poss")
        if owned and all(t.lemma.lower() in DOCUMENTS for t in owned):
            definite = True
        elif owned:
            return False
        bare = guess.start == guess.head and (head.tag == "NNS" or head.lemma.lower() == "police")
        after = [t for t in self.annotated.dependents(guess.head, "nmod", "acl", "appos") if t.index > guess.head]
        return (definite or bare) and not after

    def _modifiers(self, guess: MentionGuess) -> frozenset[str]:
        """What stands before the head word, without determiners and words that only point back ("the same firm")."""
        kept = (t for t in self.tokens[guess.start : guess.head] if t.upos in {"ADJ", "NOUN", "PROPN", "NUM", "VERB"})
        return frozenset(w for t in kept if (w := fold(t.text)) not in {"same", "other", "report", "study"})

    def _fit(self, party: Party, kind: str, lemma: str, *, plural: bool, words: frozenset[str]) -> float:
        """How well a description's noun suits what is known of a party; 0 where it does not."""
        if lemma == "police" and any(fold(n).endswith(" police") for n in party.names):
            return _SAME_NOUN
        if plural:
            if party.type != "people" and not (party.type == "organisation" and not party.names):
                return 0.0
            same = any(
                alike(lemma, _singular(n.split()[-1])) and words <= set(fold(n).split()) for n in party.nominals if n
            )
            return _SAME_NOUN if same and not party.names else 0.0
        if (kind == "person") != (party.type == "person") or party.type in {"people", "event", "product"}:
            return 0.0
        if party.type == "person" and party.names:
            return 0.0  # who holds a title is for the roles to say
        told = any(n and n.split()[-1].lower() == lemma and words <= set(fold(n).split()) for n in party.nominals)
        if told:
            return _SAME_NOUN
        noun = kind_of_noun(lemma)
        if not party.names or noun is None:
            return 0.0
        if noun == "country":
            return _SAME_KIND if party.type == "country" else 0.0
        if party.type == "country":
            return 0.0
        if any(lemma in fold(n).split() for n in party.names):
            return _SAME_NOUN
        named = kind_of_name(party.name)
        if noun == "city":
            return _SAME_KIND if named == "city" or party.type == "place" else 0.0
        if party.type != "organisation":
            return 0.0
        if named == noun:
            told_apart = noun not in _FREELY and words and not any(words & set(fold(n).split()) for n in party.names)
            return 0.0 if told_apart else _SAME_KIND
        if lemma in GENERAL or (noun in {"company", "outlet", "party", "team"} and named is None):
            return _ANY_KIND
        return 0.0


def _singular(word: str) -> str:
    low = word.lower()
    for ending, then in (("sses", "ss"), ("ies", "y"), ("s", "")):
        if low.endswith(ending) and len(low) > 4:
            return low[: -len(ending)] + then
    return low

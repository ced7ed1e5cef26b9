"""Which words of a document are events.

Verbs (not auxiliaries, and not the cues of statements unless they are political acts in themselves: to demand, to
accuse), event nouns, words of state that count or predicate ("dead", "wounded"), and whatever says how firmly a figure is
put: every figure takes its status through its event, so there is one over every number that stands in a clause.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from onrecord.reader.annotated import Annotated, Token
from onrecord.reader.clauses import has_to, is_predicate
from onrecord.reader.events.irrealis import is_proposal, taken_for
from onrecord.reader.events.plover import NAMED_BY_NOUN, NAMED_BY_VERB, verb_class
from onrecord.reader.wordlists import sections

__all__ = ["find_triggers"]

_WORDS: Final = sections("eventnouns")
_STATES: Final = _WORDS["states"]
_NOUNS: Final = frozenset().union(*(words for name, words in _WORDS.items() if name != "states")) | NAMED_BY_NOUN
_NUMBERS: Final = sections("roles")["number words"]
_LENDING: Final = sections("firmness")
_THINGS: Final = _LENDING["things taken"]
_THINGS_FOR: Final = _LENDING["things called for"]
_SEEKING: Final = frozenset({"seek", "want"})
_THINGS_OF: Final = _LENDING["things of nouns"]
_NOUNS_FOR: Final = frozenset().union(
    *(_LENDING[f"{s} nouns"] for s in ("planned", "expected", "demanded", "possible"))
) - {"charge", "bill", "order"}
_LENT: Final = frozenset().union(*(_LENDING[f"{s} modifiers"] for s in ("planned", "expected", "demanded")))
_RAISING: Final = frozenset().union(*(_LENDING[f"{s} governors"] for s in ("planned", "expected", "possible"))) | {
    "begin", "start", "continue", "go", "keep", "tend", "need", "have", "come", "use", "seem", "fail", "refuse",
}  # fmt: skip
_REPORTING: Final = frozenset(entry.split()[0] for entries in sections("acts").values() for entry in entries)
_DEEDS: Final = frozenset(
    {"agree", "promise", "pledge", "offer", "threaten", "vow", "swear", "refuse", "decline", "consent"}
)
_PLAIN_REPORTS: Final = frozenset({"tell", "talk", "express", "want"})
_TRIGGERING: Final = frozenset({"VERB", "NOUN", "ADJ"})
_NOMINAL: Final = frozenset({"NOUN", "PROPN", "NUM", "SYM", "PRON"})


def find_triggers(
    annotated: Annotated, cues: Collection[int], bodies: Collection[int], dated: Collection[int]
) -> dict[int, int]:
    """Token index of each trigger → of the word whose firmness is its own, in text order, boilerplate left out.

    The two differ where a verb that only lends mood has a number for its subject ("250 delegates are due to vote"): it
    is put as firmly as the verb it raises. `cues` are the words of cues, `bodies` the head words of mentions of people
    and organisations, `dated` the words of moments.
    """
    finder = _Finder(annotated, cues, bodies)
    found = {t.index: t.index for t in annotated.tokens if t.upos in _TRIGGERING and finder.is_trigger(t)}
    for token in annotated.tokens:
        if (token.upos == "NUM" or token.tag == "CD" or token.lemma in _NUMBERS) and token.index not in dated:
            found.update(finder.over_number(token, found))
    shut = {i for b in annotated.document.blocks if b.kind == "boilerplate" for i in annotated.tokens_in(b.span)}
    return {i: found[i] for i in sorted(found) if i not in shut}


class _Finder:
    def __init__(self, annotated: Annotated, cues: Collection[int], bodies: Collection[int]) -> None:
        self.annotated = annotated
        self.cues = cues
        self.bodies = bodies

    def is_trigger(self, token: Token) -> bool:
        """Whether a verb, noun or adjective is one."""
        lemma = token.lemma.lower()
        if token.index in self.cues:
            if token.upos != "VERB" or lemma in _PLAIN_REPORTS:
                return False
            named = lemma in NAMED_BY_VERB or verb_class(self.annotated, token) is not None  # "called on Rome to"
            return named or lemma not in _REPORTING or self._is_yet_to_be_told(token)
        if token.upos == "VERB":
            if token.relation in ("amod", "compound"):
                return lemma in _STATES or token.text.lower() in _STATES or token.tag == "VBD"
            if token.relation.startswith(("case", "mark", "fixed", "aux")):  # "according to", "regarding"
                return False
            return lemma not in _RAISING or lemma in _DEEDS or not self._raised(token)
        if token.upos == "NOUN":
            if token.relation in ("compound", "flat") or token.index in self.bodies:
                return False  # "the opposition", "demonstrators": who, not what
            return lemma in _NOUNS or token.text.lower() in _STATES
        return token.text.lower() in _STATES

    def _is_yet_to_be_told(self, token: Token) -> bool:
        """ "must disclose their losses": a report not made yet, and of a thing, is an event."""
        dependents = self.annotated.dependents
        modal = any(t.tag == "MD" for t in dependents(token.index, "aux"))
        return modal and bool(dependents(token.index, "obj")) and not dependents(token.index, "ccomp")

    def _raised(self, token: Token) -> Token | None:
        """The verb to which a verb only lends mood or phase ("seems to have left"; but "went bankrupt")."""
        complements = self.annotated.dependents(token.index, "xcomp")
        return next((t for t in complements if t.upos in ("VERB", "AUX") or has_to(self.annotated, t.index)), None)

    def over_number(self, number: Token, found: Collection[int]) -> dict[int, int]:
        """The trigger to add for a number, as `find_triggers` gives it: a noun whose governor says that it is wished for
        or proposed, a participle that lends it mood, the predicate above; where only a cue or nothing stands above, the
        noun itself. Empty if a trigger stands between, or if nothing will do."""
        annotated, passed = self.annotated, number
        for step in (number, *annotated.ancestors(number.index)):
            if passed is number and step.upos in _NOMINAL and (lent := self._lent_by_participle(step)):
                return lent
            if step.index in found:
                return {}
            if step.upos in _NOMINAL:
                if self._is_taken(step) or is_proposal(annotated, step):
                    return {step.index: step.index}
                if step.relation == "appos" and step.upos == "NOUN" and passed.relation.startswith("nmod"):
                    return {step.index: step.index}  # "the chairman of the panel of twelve": said without a verb
            if step.index in self.cues:
                if passed.index in self.cues:  # the number belongs to the cue itself: "voted 228 to 205"
                    passed = step
                    if step.upos != "VERB":
                        continue
                return {passed.index: passed.index} if passed.upos in _NOMINAL or passed is step else {}
            if is_predicate(annotated, step.index):
                raised = self._raised(step) if passed.relation.startswith(("nsubj", "obl")) else None
                return {step.index: raised.index if raised is not None and step.lemma in _RAISING else step.index}
            passed = step
        return {passed.index: passed.index} if passed.upos == "NOUN" and passed is not number else {}

    def _lent_by_participle(self, noun: Token) -> dict[int, int]:
        """The participle that lends a noun its mood: "two teams scheduled to compete", "the $3 million demanded"."""
        for child in self.annotated.dependents(noun.index, "acl"):
            if child.tag == "VBN" and child.relation == "acl":
                raised = self._raised(child) if child.lemma in _RAISING else None
                if raised is not None:
                    return {child.index: raised.index}
                if child.text.lower() in _LENT:
                    return {child.index: noun.index}
        return {}

    def _is_taken(self, noun: Token) -> bool:
        """Whether what governs a thing says that it is only meant or wished for ("promised 3,000 officers", "asked for
        loans", "options for 30 more")."""
        governor, relation = self.annotated.tokens[noun.head], noun.relation.partition(":")[0]
        if governor.upos == "VERB" and relation in ("obj", "obl", "nsubj"):
            if taken_for(self.annotated, noun):
                return governor.lemma in _THINGS_FOR
            if governor.lemma in _SEEKING and noun.index in self.bodies:
                return False  # who is sought is there
            return governor.lemma in _THINGS and (relation == "obj" or noun.relation == "nsubj:pass")
        if governor.upos == "NOUN" and relation == "nmod":
            cases = {t.lemma for t in self.annotated.dependents(noun.index, "case")}
            return ("for" in cases and governor.lemma in _NOUNS_FOR) or ("of" in cases and governor.lemma in _THINGS_OF)
        return False

"""What the gazetteer's names stand for in their sentence: a capital or a seat is a government only where it acts as one.

"Moscow denied it", "talks with Moscow", "Moscow's denial" → Russia; "in Moscow", "Moscow woke to snow" → the city.
"""

from __future__ import annotations

from onrecord.reader import gazetteer
from onrecord.reader.annotated import Annotated, MentionGuess, Token
from onrecord.reader.gazetteer import Place

__all__ = ["known_as"]

_WHERE = frozenset(
    {"in", "at", "near", "around", "outside", "inside", "into", "to", "across", "through", "via", "toward", "towards"}
    | {"over", "from"}
)
_WITH = frozenset({"by", "between", "with", "against"})
# What cities do and governments do not: "Kyiv woke to explosions" ("woke" as the tagger may leave it).
_OF_PLACES = frozenset(
    {"awake", "awaken", "become", "boast", "burn", "come", "experience", "fall", "feature", "flood", "grow", "have"}
    | {"host", "house", "lie", "lose", "mourn", "receive", "remain", "see", "shake", "sit", "sleep", "stand", "suffer"}
    | {"wake", "woke"}
)
# What governments have and cities have not: "Moscow's denial".
_OF_STATES = frozenset(
    {"accusation", "aggression", "agreement", "ally", "ambassador", "announcement", "army", "backing", "claim"}
    | {"decision", "demand", "denial", "envoy", "force", "military", "offer", "plan", "policy", "position", "proposal"}
    | {"refusal", "response", "sanction", "stance", "statement", "support", "threat", "troops", "warning"}
)


def known_as(annotated: Annotated, guess: MentionGuess, form: str) -> Place | None:
    """What the gazetteer takes a mention's name for, None where it does not know it or the use speaks against it."""
    choices = gazetteer.load().find_all(form)
    if guess.type == "person":  # the mention head takes a country that acts for a person more readily than the reverse
        choices = tuple(c for c in choices if c.type == "country")
    government = [c for c in choices if c.relation in {"capital", "seat"}]
    rest = [c for c in choices if c.relation not in {"capital", "seat"}]
    if government and (guess.type != "place" or _acts(annotated, guess)) and not _located(annotated, guess):
        return government[0]
    return rest[0] if rest else None


def _located(annotated: Annotated, guess: MentionGuess) -> bool:
    """A preposition of place stands before the name, or it does what only a place can."""
    head = annotated.tokens[guess.head]
    if head.relation == "nsubj" and _does_as_places_do(annotated, head):
        return True
    return bool({t.lemma.lower() for t in annotated.dependents(guess.head, "case")} & _WHERE)


def _does_as_places_do(annotated: Annotated, subject: Token) -> bool:
    return annotated.tokens[subject.head].lemma.lower() in _OF_PLACES


def _acts(annotated: Annotated, guess: MentionGuess) -> bool:
    """The name stands where a government would: subject or agent of a deed, a party to it, the owner of a policy, or after
    "official". Of names in a row the first tells."""
    if any(t.lemma.lower() == "official" for t in annotated.dependents(guess.head, "amod")):
        return True
    head = annotated.tokens[guess.head]
    while head.relation == "conj":
        head = annotated.tokens[head.head]
    above = annotated.tokens[head.head]
    if head.relation == "nsubj":
        return above.upos == "VERB" and not _does_as_places_do(annotated, head)
    if head.relation == "nmod:poss":
        return above.lemma.lower() in _OF_STATES
    cases = {t.lemma.lower() for t in annotated.dependents(head.index, "case")}
    if "between" in cases and not all(map(_is_state, annotated.dependents(head.index, "conj"))):
        return False  # "a train between Paris and Lyon"
    return head.relation == "obl:agent" or (head.relation in {"obl", "nmod"} and bool(cases & _WITH))


def _is_state(token: Token) -> bool:
    """The name is a country's or a capital's."""
    return any(c.type == "country" for c in gazetteer.load().find_all(token.text))

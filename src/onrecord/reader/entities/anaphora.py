"""Noun phrases and pronouns → the party they stand for: by apposition, then by the coreference head."""

from __future__ import annotations

from onrecord.reader.annotated import Annotated, MentionGuess
from onrecord.reader.entities.names import gender_of
from onrecord.reader.entities.parties import Cast, Party
from onrecord.reader.entities.roles import roles_in
from onrecord.records import EntityType

__all__ = [
    "FACILITIES",
    "FIRST_OR_SECOND",
    "description",
    "gender_of_pronoun",
    "is_pronoun",
    "join_descriptions",
    "join_pronouns",
    "may_be",
    "phrase_of",
]

FACILITIES = frozenset(
    {"airport", "base", "bridge", "building", "camp", "cathedral", "centre", "center", "church", "clinic", "college"}
    | {"dam", "embassy", "factory", "gallery", "hall", "headquarters", "hospital", "hotel", "house", "jail", "library"}
    | {"mall", "market", "mine", "mosque", "museum", "palace", "park", "plant", "port", "prison", "reactor", "refinery"}
    | {"school", "square", "stadium", "station", "synagogue", "temple", "terminal", "theatre", "theater", "tower"}
)
FIRST_OR_SECOND = frozenset(
    {"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"}
    | {"you", "your", "yours", "yourself", "yourselves"}
)
_HE = frozenset({"he", "him", "his", "himself"})
_SHE = frozenset({"she", "her", "hers", "herself"})
_IT = frozenset({"it", "its", "itself"})
_DESCRIBED = frozenset({"person", "organization", "place"})
_MAY_STAND_FOR: dict[str, frozenset[EntityType]] = {
    "person": frozenset({"person", "people"}),
    "organization": frozenset({"organisation", "country"}),
    "place": frozenset({"place", "country", "facility"}),
}
COREFERENCE = 0.5  # a description takes an antecedent that is likelier than all else together


def is_pronoun(annotated: Annotated, guess: MentionGuess) -> bool:
    return annotated.tokens[guess.head].upos in {"PRON", "DET"}


def join_descriptions(annotated: Annotated, cast: Cast) -> None:
    """Gives every noun phrase for people, organisations and places its party, a new one where there is none."""
    for i, guess in enumerate(annotated.mentions):
        if i in cast.of_guess or guess.type not in _DESCRIBED or is_pronoun(annotated, guess):
            continue
        name = _trailing_name(annotated, cast, guess)
        party = name[0] if name else _beside(annotated, cast, guess)
        if party is not None:
            cast.parties[party].roles += roles_in(annotated, guess, name[1] if name else None)
        else:
            party = _antecedent(annotated, cast, guess)
        phrase = phrase_of(annotated, guess)
        if party is None:
            party = cast.add(Party(_type_of(annotated, guess)))
            cast.parties[party].describe(phrase)
            cast.parties[party].describe(annotated.tokens[guess.head].text)
        else:
            cast.parties[party].describe(phrase)
        if guess.type == "person":
            cast.parties[party].gender = cast.parties[party].gender or gender_of(annotated.tokens[guess.head].text)
        cast.of_guess[i] = party
        cast.join(party, guess.head, annotated.span(guess.start, guess.end), "nominal")


def _trailing_name(annotated: Annotated, cast: Cast, guess: MentionGuess) -> tuple[int, tuple[int, int]] | None:
    """The named person whose name ends a description: "the head of state Volodymyr Zelensky", "the head of the …, Kyrylo
    Budanov". Not one that a preposition or an owner's mark ties to it ("the wife of Bill Clinton")."""
    if guess.type != "person":
        return None
    end = guess.end
    while end > guess.head and annotated.tokens[end - 1].upos == "PUNCT":
        end -= 1
    for start in range(guess.head + 1, end):
        party = cast.named_at.get((start, end))
        before = annotated.tokens[start - 1]
        if party is not None and cast.parties[party].type == "person":
            return None if before.upos in {"ADP", "PART", "CCONJ"} else (party, (start, end))
    return None


def _type_of(annotated: Annotated, guess: MentionGuess) -> EntityType:
    head = annotated.tokens[guess.head]
    if guess.type == "person":
        return "people" if head.tag in {"NNS", "NNPS"} else "person"
    if guess.type == "place":
        return "facility" if head.lemma in FACILITIES else "place"
    return "organisation"


def phrase_of(annotated: Annotated, guess: MentionGuess) -> str:
    """ "the New Zealand government, which …" → "New Zealand government": from after the determiner to the head."""
    return description(annotated, guess.start, guess.head)


def description(annotated: Annotated, start: int, head: int) -> str:
    """The words of a noun phrase up to its head, without determiner, owner's pronoun, number or age, and without the owner
    of what has a name of its own ("the government's Flag Consideration Project")."""
    tokens = annotated.tokens
    for i in range(start, head):
        if tokens[i].text in {"'s", "’s", "'", "’"} and tokens[i + 1].text[:1].isupper():
            start = i + 1
    while start < head and (
        tokens[start].upos in {"DET", "PUNCT", "NUM", "PRON"} or tokens[start].lemma in {"year", "old"}
    ):
        start += 1
    return " ".join(annotated.span(start, head + 1).of(annotated.text).split())


def _beside(annotated: Annotated, cast: Cast, guess: MentionGuess) -> int | None:
    """The named party in apposition: "the head of state Volodymyr Zelensky", "Khaled Al-Maeena, editor at …"."""
    head = annotated.tokens[guess.head]
    beside = [t.index for t in annotated.dependents(guess.head, "appos", "flat", "nmod:desc")]
    if head.relation in {"appos", "nmod:desc"}:
        beside.append(head.head)
    # a title's name may hang by the title's own complement: "head of [state Volodymyr]"
    beside += [
        k
        for k in range(guess.head + 1, guess.end)
        if annotated.tokens[k].relation in {"flat", "appos"}
        and annotated.tokens[annotated.tokens[k].head].relation == "nmod"
    ]
    kind: EntityType = "person" if guess.type == "person" else "organisation"
    for k in beside:
        party = cast.of_head.get(k)
        if party is not None and cast.parties[party].names and cast.parties[party].type == kind:
            return party
    return None


def _antecedent(annotated: Annotated, cast: Cast, guess: MentionGuess) -> int | None:
    """The party of the coreference head's choice, where it is surer than not and the kinds agree."""
    plural = annotated.tokens[guess.head].tag in {"NNS", "NNPS"}
    for k, probability in guess.antecedents:
        if probability < COREFERENCE:
            return None
        party = cast.of_guess.get(k)
        if party is None:
            continue
        kind = cast.parties[party].type
        if kind in _MAY_STAND_FOR[guess.type] and not (plural and kind == "person"):
            return party
    return None


def gender_of_pronoun(word: str) -> str | None:
    return "he" if word in _HE else "she" if word in _SHE else None


def may_be(party: Party, gender: str) -> bool:
    """A person not known to be of the other sex."""
    return party.type == "person" and party.gender in {None, gender}


def join_pronouns(annotated: Annotated, cast: Cast) -> None:
    """Third-person pronouns go with their likeliest antecedent that may be one; "I" and "we" wait for the speaker."""
    for i, guess in enumerate(annotated.mentions):
        word = annotated.tokens[guess.head].text.lower()
        if not is_pronoun(annotated, guess) or word in FIRST_OR_SECOND or i in cast.of_guess:
            continue
        gender = gender_of_pronoun(word)
        for k, probability in guess.antecedents:
            party = cast.of_guess.get(k)
            if party is None or (gender is None and probability < guess.new):
                continue
            kind = cast.parties[party].type
            if (gender and not may_be(cast.parties[party], gender)) or (word in _IT and kind in {"person", "people"}):
                continue
            cast.parties[party].gender = cast.parties[party].gender or gender
            cast.of_guess[i] = party
            cast.join(party, guess.head, annotated.span(guess.start, guess.end), "pronoun")
            break

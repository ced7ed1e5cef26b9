"""Noun phrases and pronouns → the party they stand for: by apposition, then by the coreference head."""

from __future__ import annotations

from onrecord.reader import gazetteer
from onrecord.reader.annotated import Annotated, MentionGuess, Token, base_of
from onrecord.reader.clauses import is_in_heading
from onrecord.reader.entities.antecedents import Antecedents
from onrecord.reader.entities.kinds import kind_of_noun
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
    "relative_to",
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
_THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
_NUMBERS = frozenset(
    {"%", "couple", "crowd", "dozen", "family", "half", "hundred", "majority", "percent", "police", "public"}
    | {"thousand"}
)
# Kinds whose noun stands beside the name of its bearer: "the company General Motors", "the M5S party".
_BEARERS = frozenset({"company", "outlet", "party", "group", "authority", "school", "team"})
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
    antecedents = Antecedents(annotated, cast)
    for i, guess in enumerate(annotated.mentions):
        if i in cast.of_guess or guess.type not in _DESCRIBED or is_pronoun(annotated, guess):
            continue
        name = _trailing_name(annotated, cast, guess)
        party = name[0] if name else _beside(annotated, cast, guess)
        if party is not None:
            cast.parties[party].roles += roles_in(annotated, guess, name[1] if name else None)
        else:
            party = _antecedent(annotated, cast, guess)
            party = party if party is not None else _announced(annotated, cast, guess)
            party = party if party is not None else antecedents.of_description(guess)
        phrase = phrase_of(annotated, guess)
        new = party is None
        if party is None:
            party = cast.add(Party(_type_of(annotated, guess)))
        cast.parties[party].describe(phrase)
        if new:
            cast.parties[party].describe(_without_nation(annotated, phrase))
            cast.parties[party].describe(annotated.tokens[guess.head].text)
        if guess.type == "person":
            cast.parties[party].gender = cast.parties[party].gender or gender_of(annotated.tokens[guess.head].text)
        cast.of_guess[i] = party
        cast.join(party, guess.head, annotated.span(guess.start, guess.end), "nominal")


def _trailing_name(annotated: Annotated, cast: Cast, guess: MentionGuess) -> tuple[int, tuple[int, int]] | None:
    """The named person whose name ends a description: "the head of state Volodymyr Zelensky", "the head of the …, Kyrylo
    Budanov". Not one that a preposition or an owner's mark ties to it ("the wife of Bill Clinton")."""
    if guess.type != "person" or annotated.tokens[guess.head].tag in {"NNS", "NNPS"}:
        return None
    end = guess.end
    end = min(end, annotated.sentences[annotated.tokens[guess.head].sentence].stop)
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
        return "people" if head.tag in {"NNS", "NNPS"} or head.lemma in _NUMBERS else "person"
    if head.lemma.lower() == "police" and guess.head <= guess.start + 1:
        return "people"  # "the police"; "the Metropolitan Police" is a body
    if guess.type == "place":
        return "facility" if head.lemma in FACILITIES else "place"
    return "organisation"


def phrase_of(annotated: Annotated, guess: MentionGuess) -> str:
    """ "the New Zealand government, which …" → "New Zealand government": from after the determiner to the head."""
    return description(annotated, guess.start, guess.head)


def _without_nation(annotated: Annotated, phrase: str) -> str:
    """ "Italian trade unions" → "trade unions"."""
    first, _, rest = phrase.partition(" ")
    place = gazetteer.load().find(first) if rest else None
    return rest if place is not None and place.relation == "demonym" else phrase


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
    if guess.type == "person" and head.tag in {"NNS", "NNPS"}:
        return None
    bearer = kind_of_noun(head.lemma.lower()) in _BEARERS
    kind: EntityType = "person" if guess.type == "person" and not bearer else "organisation"
    if bearer:
        before = annotated.tokens[guess.head - 1]
        beside.append(guess.head + 1)
        if guess.head > guess.start and before.head == guess.head:
            beside.append(guess.head - 1)
    if bearer and head.relation != "nsubj" and guess.start > 1 and annotated.tokens[guess.start - 1].text == ",":
        beside.append(guess.start - 2)  # "NPD Group, a market research firm"
    for k in beside:
        party = cast.of_head.get(k, cast.named_from.get(k, cast.named_to.get(k + 1)))
        if party is None or not cast.parties[party].names:
            continue
        named = cast.parties[party]
        if bearer and k != guess.head - 1 and named.ref is None and named.gender is None and named.type != "country":
            named.type = kind  # the noun knows better than the mention head what the name is
        if cast.parties[party].type == kind:
            return party
    return None


def _antecedent(annotated: Annotated, cast: Cast, guess: MentionGuess) -> int | None:
    """The party of the coreference head's choice, where it is surer than not and the kinds agree."""
    plural = guess.type == "person" and _type_of(annotated, guess) == "people"
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


def _announced(annotated: Annotated, cast: Cast, guess: MentionGuess) -> int | None:
    """The person whom a heading calls by a title alone, and the text by name: "Hydrologist withdraws claim", where "the
    hydrologist Ilsa Quenby" follows. Only one of those named may bear it, as a role or right before the name."""
    head = annotated.tokens[guess.head]
    first = annotated.tokens[guess.start]
    bare = first.upos in {"NOUN", "PROPN"} and first.text[:1].isupper()
    if head.tag not in {"NN", "NNP"} or not bare or not is_in_heading(annotated, head):
        return None
    title = head.lemma.lower()
    bearers = {
        party
        for (start, _), party in cast.named_at.items()
        if cast.parties[party].type == "person"
        and start > guess.end
        and (annotated.tokens[start - 1].lemma.lower() == title or _has_role(cast.parties[party], title))
    }
    return bearers.pop() if len(bearers) == 1 else None


def _has_role(party: Party, title: str) -> bool:
    return any(title in role.title.lower().split() for role in party.roles)


def gender_of_pronoun(word: str) -> str | None:
    return "he" if word in _HE else "she" if word in _SHE else None


def may_be(party: Party, gender: str) -> bool:
    """A person not known to be of the other sex."""
    return party.type == "person" and party.gender in {None, gender}


def join_pronouns(annotated: Annotated, cast: Cast) -> None:
    """Third-person pronouns go with the party that `Antecedents` finds likeliest, relative ones with the noun before their
    clause; "I" and "we" wait for the speaker."""
    antecedents = Antecedents(annotated, cast)
    for i, guess in enumerate(annotated.mentions):
        word = annotated.tokens[guess.head].text.lower()
        if not is_pronoun(annotated, guess) or word in FIRST_OR_SECOND or i in cast.of_guess:
            continue
        gender = gender_of_pronoun(word)
        noun = relative_to(annotated, guess.head)
        if noun is not None:
            party = cast.of_head.get(noun)
        elif gender or word in _IT or word in _THEY:
            party = antecedents.of_pronoun(guess, gender, frozenset())
            if party is not None and not gender and not _sure(cast, guess, party):
                party = None
        else:
            party = _likelier_than_new(annotated, cast, guess)
        if party is None:
            continue
        cast.parties[party].gender = cast.parties[party].gender or gender
        cast.of_guess[i] = party
        cast.join(party, guess.head, annotated.span(guess.start, guess.end), "pronoun")


def _sure(cast: Cast, guess: MentionGuess, party: int) -> bool:
    """The coreference head has "it" or "they" go back to the party rather than to nothing: it may mean no party at all."""
    return sum(p for k, p in guess.antecedents if cast.of_guess.get(k) == party) >= guess.new


def _likelier_than_new(annotated: Annotated, cast: Cast, guess: MentionGuess) -> int | None:
    """The party of the likeliest antecedent, for pronouns of other kinds ("those", "some")."""
    for k, probability in guess.antecedents:
        party = cast.of_guess.get(k)
        if party is not None and probability >= guess.new:
            points = annotated.tokens[guess.head].text.lower() in {"this", "that"}  # mostly at what was said
            return party if not points or probability >= COREFERENCE else None
    return None


def relative_to(annotated: Annotated, head: int) -> int | None:
    """The noun that a relative pronoun stands for: "the firm, which said …" → firm; None for other words."""
    token = annotated.tokens[head]
    if token.tag not in {"WDT", "WP", "WP$"} or token.text.isupper():  # WHO is no pronoun
        return None
    for above in annotated.ancestors(head):
        if above.relation == "acl:relcl":
            return _people(annotated, token, above.head) if above.head < head else None
        if above.upos not in {"VERB", "AUX", "ADJ", "NOUN"}:
            break
    noun = head - 2 if head > 1 and annotated.tokens[head - 1].text == "," else head - 1
    near = noun >= 0 and annotated.tokens[noun].upos in {"NOUN", "PROPN"}
    return _people(annotated, token, noun) if near and base_of(token.relation) == "nsubj" else None


def _people(annotated: Annotated, pronoun: Token, noun: int) -> int:
    """ "Democrats on Capitol Hill, who …" are the Democrats: "who" is no place."""
    above = annotated.tokens[noun]
    while pronoun.lemma.lower() == "who" and above.upos == "PROPN" and above.relation == "nmod":
        case = {t.lemma.lower() for t in annotated.dependents(above.index, "case")}
        if not case & {"at", "from", "in", "on"}:
            break
        above = annotated.tokens[above.head]
    return above.index

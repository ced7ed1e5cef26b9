"""Mentions → entities: which noun phrases and pronouns of a document are one person, organisation, country or place.

Names are joined by their spelling (a full name and its parts, an acronym, a country and its capital as government), the
rest by apposition and then by the coreference head (`anaphora`). What speaks is resolved once more in `speakers`, where
more is known.
"""

from __future__ import annotations

from collections.abc import Set
from functools import cached_property

from onrecord.reader import gazetteer
from onrecord.reader.annotated import Annotated, MentionGuess, Token, base_of
from onrecord.reader.entities.abbreviations import Abbreviated, abbreviated
from onrecord.reader.entities.anaphora import FACILITIES, is_pronoun, join_descriptions, join_pronouns
from onrecord.reader.entities.governments import known_as
from onrecord.reader.entities.kinds import kind_of_noun
from onrecord.reader.entities.names import (
    gender_of,
    gender_of_name,
    is_constituency,
    is_organisation,
    is_title,
    loose_names,
    name_range,
)
from onrecord.reader.entities.parties import Cast, Party
from onrecord.reader.entities.places import refer_to_places
from onrecord.reader.entities.roles import roles_in
from onrecord.reader.entities.things import is_name_of_thing, is_no_body
from onrecord.reader.gazetteer import KINDS_OF_REGION, Place, fold
from onrecord.records import EntityType, Span

__all__ = ["gather"]

_TYPES: dict[str, EntityType] = {
    "person": "person",
    "organization": "organisation",
    "place": "place",
    "event": "event",
    "object": "product",
    "abstract": "product",
}
_OUTLETS = frozenset({"company", "outlet", "group", "party"})  # nouns that a name follows: "the magazine MicroMega"
_LONGEST_NAME = 3  # words of a nationality or country that no mention covers


def gather(annotated: Annotated) -> Cast:
    """All entities of a document with their mentions."""
    cast = Cast()
    _Names(annotated, cast).join()
    join_descriptions(annotated, cast)
    join_pronouns(annotated, cast)
    refer_to_places(annotated, cast)
    return cast


class _Names:
    """Joins the mentions that are proper names, in text order."""

    def __init__(self, annotated: Annotated, cast: Cast) -> None:
        self.annotated = annotated
        self.tokens = annotated.tokens
        self.cast = cast
        self.gazetteer = gazetteer.load()
        self.expanded: dict[int, Abbreviated] = {}  # mention → the name and its abbreviation in brackets

    def join(self) -> None:
        ranges: dict[int, tuple[int, int]] = {}
        spelled = {k: a for a in abbreviated(self.annotated) for k in range(a.start, a.end)}
        for i, guess in enumerate(self.annotated.mentions):
            if is_pronoun(self.annotated, guess):
                continue
            person = guess.type == "person"
            whole = spelled.get(guess.head)
            if whole is not None and guess.head == self.annotated.head_of(range(whole.start, whole.end)):
                ranges[i] = whole.start, whole.end
                self.expanded[i] = whole
                continue
            place = name_range(self.annotated, guess.head, guess.start, guess.end, person=person)
            if place is None and not person:
                place = self._region(guess)
            if place is None or self._common(place) or is_constituency(self.annotated, place[0]):
                continue
            if not (person and whole is not None):
                ranges[i] = place if person else self._longest_known(place, guess)
        longer = {fold(w) for i, r in ranges.items() if self._person(i) for w in self._full_name(r)}
        things = {i: r for i, r in ranges.items() if self._is_thing(i, r, longer)}
        for i, place in ranges.items():
            if i not in things:
                self._name(i, place, longer)
        # What the mention head takes for something abstract is named last, and its full names first: it joins a body or
        # person of that name rather than taking their mentions.
        for i, place in sorted(things.items(), key=lambda item: item[1][0] - item[1][1]):
            if is_name_of_thing(self.annotated, *place) or self._known_thing(place):
                self._name(i, place, longer)
        for party in self.cast.parties:
            party.settle()
        self._loose_names()
        self._nationalities()

    def _region(self, guess: MentionGuess) -> tuple[int, int] | None:
        """ "Kursk region": a name that the gazetteer knows with the noun for what it is."""
        start = guess.head
        while start > guess.start and self.tokens[start - 1].text[:1].isupper():
            start -= 1
        if start == guess.head or self.tokens[guess.head].lemma.lower() not in KINDS_OF_REGION:
            return None
        known = self.gazetteer.find(_plain(self.annotated.span(start, guess.head + 1), self.annotated.text))
        return (start, guess.head + 1) if known is not None else None

    def _common(self, place: tuple[int, int]) -> bool:
        """A noun that only its place at the head of a sentence has made look like a name: "Police said"."""
        token = self.tokens[place[0]]
        first = self._opens_sentence(token)
        word = token.text.lower()
        if place[1] - place[0] > 1:
            return False
        return word == "police" or (first and (kind_of_noun(word) is not None or self._written_small(word)))

    def _written_small(self, word: str) -> bool:
        """Whether the text writes the word without a capital, as a noun, and nowhere with one but at the head of a sentence:
        "Hydrologist withdraws claim", where "the hydrologist Ilsa Quenby" follows."""
        written = self._by_word.get(word, [])
        small = any(t.text.islower() and t.upos == "NOUN" for t in written)
        return small and all(t.text.islower() or self._opens_sentence(t) for t in written)

    @cached_property
    def _by_word(self) -> dict[str, list[Token]]:
        """The tokens of each word in lower case."""
        found: dict[str, list[Token]] = {}
        for token in self.tokens:
            found.setdefault(token.text.lower(), []).append(token)
        return found

    def _opens_sentence(self, token: Token) -> bool:
        return token.index == self.annotated.sentences[token.sentence].start

    def _loose_names(self) -> None:
        """Names that no mention covers: of a person named elsewhere, or of somebody new, behind a title or in apposition."""
        covered = {k for place in self.cast.named_at for k in range(*place)}
        people = {m.head for m in self.annotated.mentions if m.type == "person" and not is_pronoun(self.annotated, m)}
        for start, end in loose_names(self.annotated, covered):
            form = _plain(self.annotated.span(start, end), self.annotated.text)
            party = self.cast.of_form(form, "person")
            party = party if party is not None else self.cast.of_similar(form, "person")
            party = party if party is not None else self.cast.of_form(form, "organisation")
            behind_title = start > 0 and is_title(self.tokens[start - 1].text)
            if party is None and end - start > 1 and (behind_title or self._described(start, end, people)):
                party = self.cast.add(Party("person"))
            if party is None and start > 0 and kind_of_noun(self.tokens[start - 1].lemma.lower()) in _OUTLETS:
                party = self.cast.add(Party("organisation"))
            if party is not None:
                self.cast.parties[party].gender = self.cast.parties[party].gender or gender_of_name(form)
                self.cast.write(party, form)
                self.cast.place(party, start, end)
                self.cast.join(party, start, self.annotated.span(start, end), "name")

        for token in self.tokens:
            if 3 <= len(token.text) <= 8 and token.text.isupper() and token.index not in self.cast.of_head:
                self._abbreviation(token.index)
        for i, guess in enumerate(self.annotated.mentions):
            if guess.head in self.cast.of_head:
                self.cast.of_guess.setdefault(i, self.cast.of_head[guess.head])

    def _described(self, start: int, end: int, people: Set[int]) -> bool:
        """Whether a name stands in apposition to a description of one person: "the opposition leader, Ivo Strannik,"."""
        head = self.tokens[self.annotated.head_of(range(start, end))]
        described = self.tokens[head.head]
        return (
            base_of(head.relation) == "appos"
            and described.index in people
            and described.tag not in {"NNS", "NNPS"}
            and described.index < start
        )

    def _abbreviation(self, index: int) -> None:
        """An abbreviation or short name that no mention covers, even where the tagger took it for a word ("WHO say")."""
        word = self.tokens[index].text
        party = self.cast.of_name(word)
        if party is None or word not in self.cast.parties[party].names:
            party = self.cast.of_similar(word, "organisation")
        before = self.tokens[max(0, index - 1)]
        named = self.tokens[index].upos == "PROPN" or (before.text.islower() and not is_no_body(self.annotated, index))
        if party is None and named and kind_of_noun(before.lemma.lower()) is not None:
            party = self.cast.add(Party("organisation"))  # "the news agency IRNA"
        if party is not None:
            self.cast.place(party, index, index + 1)
            self.cast.write(party, word)
            self.cast.join(party, index, self.tokens[index].span, "name")

    def _longest_known(self, place: tuple[int, int], guess: MentionGuess) -> tuple[int, int]:
        """The name drawn out to the longest one the gazetteer knows: "Organization for Security and Co-operation …"."""
        for end in range(min(guess.end, place[1] + 8), place[1], -1):
            form = _plain(self.annotated.span(place[0], end), self.annotated.text)
            if self.tokens[end - 1].text[:1].isupper() and self.gazetteer.find(form) is not None:
                return place[0], end
        return place

    def _is_thing(self, i: int, place: tuple[int, int], longer: set[str]) -> bool:
        """A name that only the mention head's "abstract" speaks of: no place of the gazetteer, no abbreviation spelled."""
        guess = self.annotated.mentions[i]
        form = self._form(place)
        if guess.type != "abstract" or i in self.expanded:
            return False
        return fold(form) in longer or known_as(self.annotated, guess, form) is None

    def _known_thing(self, place: tuple[int, int]) -> bool:
        """A name that is no more than a common word by itself, but that something of the document bears."""
        form = self._form(place)
        return self.cast.of_name(form) is not None or self.cast.of_ending(form) is not None

    def _form(self, place: tuple[int, int]) -> str:
        return _plain(self.annotated.span(*place), self.annotated.text)

    def _person(self, i: int) -> bool:
        return self.annotated.mentions[i].type == "person"

    def _full_name(self, place: tuple[int, int]) -> list[str]:
        """The words of a name of two words or more: what a single word may be short for."""
        return [t.text for t in self.tokens[place[0] : place[1]]] if place[1] - place[0] > 1 else []

    def _name(self, i: int, place: tuple[int, int], longer: set[str]) -> None:
        guess = self.annotated.mentions[i]
        if guess.head in self.cast.of_head:  # an abbreviation already taken with the name before its brackets
            self.cast.of_guess[i] = self.cast.of_head[guess.head]
            return
        span = self.annotated.span(*place)
        form = _plain(span, self.annotated.text)
        known = None if fold(form) in longer else known_as(self.annotated, guess, form)
        kind = self._type(guess, form, known)
        if i in self.expanded and (kind is None or kind == "person"):
            kind = "organisation"
        if kind is None:
            return
        party = self._same(form, kind, known)
        if party is None and (kind == "organisation" or guess.type == "abstract") and known is None:
            party = self._surname(form, guess)
            kind = kind if party is None else "person"
        if party is None:
            ref = known.ref if known is not None else None
            canonical = known.name if known is not None and kind in {"country", "organisation"} else None
            party = self.cast.add(Party(kind, ref=ref, canonical=canonical))
        self.cast.write(party, self._written(guess, place, form, known))
        self.cast.of_guess[i] = party
        self.cast.place(party, *place)
        votes = self.cast.parties[party].votes
        if guess.type != "abstract" or known is not None or not votes:
            votes[kind] = votes.get(kind, 0) + 1
        if i in self.expanded:
            self._abbreviate(party, self.expanded[i].short)
        else:
            self._bracketed(party, place)
        stands_for = known is not None and known.relation in {"capital", "seat"}
        self.cast.join(party, guess.head, span, "metonym" if stands_for else "name")
        if kind == "person":
            self.cast.parties[party].roles += roles_in(self.annotated, guess, place)
            title = gender_of(self.tokens[place[0] - 1].text) if place[0] > 0 else None
            self.cast.parties[party].gender = self.cast.parties[party].gender or title or gender_of_name(form)

    def _bracketed(self, party: int, place: tuple[int, int]) -> None:
        """The abbreviation that a name has in brackets without spelling it: "the refugee agency (UNHCR)"."""
        at = place[1]
        if at + 2 >= len(self.tokens) or self.tokens[at].text != "(" or self.tokens[at + 2].text != ")":
            return
        short = self.tokens[at + 1]
        bare = short.text.replace(".", "")
        if 2 <= len(bare) <= 8 and bare.isupper() and self.cast.parties[party].type != "person":
            self._abbreviate(party, short.index)

    def _abbreviate(self, party: int, short: int) -> None:
        if self.cast.of_head.get(short, party) != party:
            return  # the abbreviation stood earlier in the text, as somebody else's
        self.cast.write(party, self.tokens[short].text)
        self.cast.join(party, short, self.tokens[short].span, "name")

    def _surname(self, form: str, guess: MentionGuess) -> int | None:
        """The person whose surname a single word is that the mention head took for an organisation ("Jobs")."""
        if guess.end - guess.start > 1 or " " in form or form.isupper():
            return None
        found = self.cast.of_similar(form, "person")
        full = self.cast.parties[found].name.split() if found is not None else []
        return found if len(full) > 1 and full[-1] == form else None

    def _written(self, guess: MentionGuess, place: tuple[int, int], form: str, known: Place | None) -> str:
        """The name with the "official" that makes a capital a government: "official Seoul"."""
        first = place[0] - 1
        official = first >= guess.start and self.tokens[first].lemma.lower() == "official"
        if known is not None and known.relation == "capital" and official:
            return f"{self.tokens[first].text} {form}"
        return form

    def _type(self, guess: MentionGuess, form: str, known: Place | None) -> EntityType | None:
        if known is not None:
            return "people" if known.relation == "people" else known.type
        kind = _TYPES.get(guess.type)
        if kind == "person" and 2 <= len(form.split()) <= 3 and gender_of_name(form) is not None:
            return "person"  # "Jim Press": the first name says more than a surname that newspapers have for a name
        if kind is not None and (is_organisation(form) or (kind == "person" and self._is_initials(guess, form))):
            return "organisation"
        if kind == "person" and self.tokens[guess.head].tag == "NNPS" and " " not in form:
            return "people"
        if kind == "place" and form.rpartition(" ")[2].lower() in FACILITIES:
            return "facility"
        return kind

    def _is_initials(self, guess: MentionGuess, form: str) -> bool:
        """ "NPD" is nobody's name; but in a headline of capitals every word looks so."""
        if not (len(form) > 1 and form.isalpha() and form.isupper()):
            return False
        words = [self.tokens[k].text for k in self.annotated.sentences[self.tokens[guess.head].sentence]]
        return any(w.islower() and len(w) > 2 for w in words)

    def _same(self, form: str, kind: EntityType, known: Place | None) -> int | None:
        if known is not None:
            found = self.cast.of_ref(known.ref, people=kind == "people") if known.ref is not None else None
            return found if found is not None else self.cast.of_form(form, kind)
        for found in (self.cast.of_form(form, kind), self.cast.of_name(form), self.cast.of_similar(form, kind)):
            if found is not None:
                return found
        if kind == "product":
            found = self.cast.of_similar(form, "organisation")
            return found if found is not None else self.cast.of_ending(form)
        return None

    def _nationalities(self) -> None:
        """Nationalities and countries before a noun ("North Korean infantrymen") stand for their country."""
        i = 0
        while i < len(self.tokens):
            i += (self._nationality(i) if self.tokens[i].text[:1].isupper() else 0) or 1

    def _nationality(self, i: int) -> int:
        """How many words from token `i` on are a country's adjective or name that no mention took; 0 for none."""
        if i in self.cast.of_head:
            return 0
        for size in range(min(_LONGEST_NAME, len(self.tokens) - i), 0, -1):
            last = self.tokens[i + size - 1]
            before_noun = base_of(last.relation) in {"amod", "compound", "nmod"}
            alone = size > 1 and last.upos == "PROPN" and i > 0 and self.tokens[i - 1].upos != "PROPN"
            if last.index in self.cast.of_head or not (before_noun or alone):
                continue
            span = self.annotated.span(i, i + size)
            place = self.gazetteer.find(_plain(span, self.annotated.text))
            if (
                place is None
                or place.ref is None
                or place.type != "country"
                or place.relation not in {"demonym", "name"}
            ):
                continue
            party = self.cast.of_ref(place.ref)
            if party is None:
                party = self.cast.add(Party("country", ref=place.ref, canonical=place.name))
            if place.relation == "name":
                self.cast.write(party, _plain(span, self.annotated.text))
            self.cast.join(party, last.index, span, "name" if place.relation == "name" else "metonym")
            return size
        return 0


def _plain(span: Span, text: str) -> str:
    return " ".join(span.of(text).split())

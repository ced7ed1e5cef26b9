"""Mentions → entities: which noun phrases and pronouns of a document are one person, organisation, country or place.

Names are joined by their spelling (a full name and its parts, an acronym, a country and its capital as government), the
rest by apposition and then by the coreference head (`anaphora`). What speaks is resolved once more in `speakers`, where
more is known.
"""

from __future__ import annotations

from onrecord.reader import gazetteer
from onrecord.reader.annotated import Annotated, MentionGuess
from onrecord.reader.entities.anaphora import FACILITIES, is_pronoun, join_descriptions, join_pronouns
from onrecord.reader.entities.names import gender_of, is_organisation, is_title, loose_names, name_range
from onrecord.reader.entities.parties import Cast, Party
from onrecord.reader.entities.roles import roles_in
from onrecord.reader.gazetteer import Place, fold
from onrecord.records import EntityType, Span

__all__ = ["gather"]

_TYPES: dict[str, EntityType] = {
    "person": "person",
    "organization": "organisation",
    "place": "place",
    "event": "event",
    "object": "product",
}
_WHERE = frozenset(
    {"in", "at", "near", "around", "outside", "inside", "into", "to", "across", "through", "via", "toward", "towards"}
    | {"over", "from"}
)
_WITH = frozenset({"by", "between", "with", "against"})
_LONGEST_NAME = 3  # words of a nationality or country that no mention covers


def gather(annotated: Annotated) -> Cast:
    """All entities of a document with their mentions."""
    cast = Cast()
    _Names(annotated, cast).join()
    join_descriptions(annotated, cast)
    join_pronouns(annotated, cast)
    return cast


class _Names:
    """Joins the mentions that are proper names, in text order."""

    def __init__(self, annotated: Annotated, cast: Cast) -> None:
        self.annotated = annotated
        self.tokens = annotated.tokens
        self.cast = cast
        self.gazetteer = gazetteer.load()

    def join(self) -> None:
        ranges: dict[int, tuple[int, int]] = {}
        for i, guess in enumerate(self.annotated.mentions):
            if not is_pronoun(self.annotated, guess):
                person = guess.type == "person"
                place = name_range(self.annotated, guess.head, guess.start, guess.end, person=person)
                if place is not None:
                    ranges[i] = place if person else self._longest_known(place, guess)
        longer = {fold(w) for i, r in ranges.items() if self._person(i) for w in self._full_name(r)}
        for i, place in ranges.items():
            self._name(i, place, longer)
        for party in self.cast.parties:
            party.settle()
        self._loose_names()
        self._nationalities()

    def _loose_names(self) -> None:
        """Names that no mention covers: of a person named elsewhere, or of somebody new behind a title."""
        covered = {k for place in self.cast.named_at for k in range(*place)}
        for start, end in loose_names(self.annotated, covered):
            form = _plain(self.annotated.span(start, end), self.annotated.text)
            party = self.cast.of_form(form, "person")
            party = party if party is not None else self.cast.of_similar(form, "person")
            if party is None and end - start > 1 and start > 0 and is_title(self.tokens[start - 1].text):
                party = self.cast.add(Party("person"))
            if party is not None:
                self.cast.write(party, form)
                self.cast.named_at[start, end] = party
                self.cast.join(party, start, self.annotated.span(start, end), "name")

    def _longest_known(self, place: tuple[int, int], guess: MentionGuess) -> tuple[int, int]:
        """The name drawn out to the longest one the gazetteer knows: "Organization for Security and Co-operation …"."""
        for end in range(min(guess.end, place[1] + 8), place[1], -1):
            form = _plain(self.annotated.span(place[0], end), self.annotated.text)
            if self.tokens[end - 1].text[:1].isupper() and self.gazetteer.find(form) is not None:
                return place[0], end
        return place

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
        known = None if fold(form) in longer else self._known(form, guess, place)
        kind = self._type(guess, form, known)
        if kind is None:
            return
        party = self._same(form, kind, known)
        if party is None:
            ref = known.ref if known is not None else None
            canonical = known.name if known is not None and kind in {"country", "organisation"} else None
            party = self.cast.add(Party(kind, ref=ref, canonical=canonical))
        self.cast.write(party, self._written(guess, place, form, known))
        self.cast.of_guess[i] = party
        self.cast.named_at[place] = party
        votes = self.cast.parties[party].votes
        votes[kind] = votes.get(kind, 0) + 1
        self._bracketed(party, place)
        stands_for = known is not None and known.relation in {"capital", "seat"}
        self.cast.join(party, guess.head, span, "metonym" if stands_for else "name")
        if kind == "person":
            self.cast.parties[party].roles += roles_in(self.annotated, guess, place)
            title = gender_of(self.tokens[place[0] - 1].text) if place[0] > 0 else None
            self.cast.parties[party].gender = self.cast.parties[party].gender or title

    def _bracketed(self, party: int, place: tuple[int, int]) -> None:
        """The abbreviation that a name introduces in brackets: "Union of Rationalist Atheists and Agnostics (UAAR)"."""
        at = place[1]
        if at + 2 >= len(self.tokens) or self.tokens[at].text != "(" or self.tokens[at + 2].text != ")":
            return
        short = self.tokens[at + 1]
        bare = short.text.replace(".", "")
        if 2 <= len(bare) <= 8 and bare.isupper() and self.cast.parties[party].type != "person":
            self.cast.write(party, short.text)
            self.cast.join(party, short.index, short.span, "name")

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
        if kind is not None and is_organisation(form):
            return "organisation"
        if kind == "place" and form.rpartition(" ")[2].lower() in FACILITIES:
            return "facility"
        return kind

    def _known(self, form: str, guess: MentionGuess, place: tuple[int, int]) -> Place | None:
        """What the gazetteer takes the name for, minding its use: a capital is a government only where it acts."""
        choices = self.gazetteer.find_all(form)
        if (
            guess.type == "person"
        ):  # the mention head takes a country that acts for a person more readily than the reverse
            choices = tuple(c for c in choices if c.type == "country")
        government = [c for c in choices if c.relation in {"capital", "seat"}]
        rest = [c for c in choices if c.relation not in {"capital", "seat"}]
        if government and (guess.type != "place" or self._acts(guess, place)) and not self._located(guess):
            return government[0]
        return rest[0] if rest else None

    def _located(self, guess: MentionGuess) -> bool:
        """A preposition of place stands before the name."""
        return bool({t.lemma.lower() for t in self.annotated.dependents(guess.head, "case")} & _WHERE)

    def _acts(self, guess: MentionGuess, place: tuple[int, int]) -> bool:
        """The name stands where a government would: subject or agent of a deed, a party to it, or after "official"."""
        head = self.tokens[guess.head]
        if any(t.lemma.lower() == "official" for t in self.annotated.dependents(guess.head, "amod")):
            return True
        if head.relation == "nsubj":
            return self.tokens[head.head].upos == "VERB"
        cases = {t.lemma.lower() for t in self.annotated.dependents(guess.head, "case")}
        return head.relation == "obl:agent" or (head.relation in {"obl", "nmod"} and bool(cases & _WITH))

    def _same(self, form: str, kind: EntityType, known: Place | None) -> int | None:
        if known is not None:
            found = self.cast.of_ref(known.ref, people=kind == "people") if known.ref is not None else None
            return found if found is not None else self.cast.of_form(form, kind)
        for found in (self.cast.of_form(form, kind), self.cast.of_name(form), self.cast.of_similar(form, kind)):
            if found is not None:
                return found
        return None

    def _nationalities(self) -> None:
        """Nationalities and countries before a noun ("North Korean infantrymen") stand for their country."""
        i = 0
        while i < len(self.tokens):
            i += self._nationality(i) or 1

    def _nationality(self, i: int) -> int:
        """How many words from token `i` on are a country's adjective or name that no mention took; 0 for none."""
        if not self.tokens[i].text[:1].isupper() or i in self.cast.of_head:
            return 0
        for size in range(min(_LONGEST_NAME, len(self.tokens) - i), 0, -1):
            last = self.tokens[i + size - 1]
            if last.index in self.cast.of_head or last.relation.partition(":")[0] not in {"amod", "compound", "nmod"}:
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

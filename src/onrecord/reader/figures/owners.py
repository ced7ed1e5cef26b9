"""Whose a figure is: the nation or firm that counted things belong to or come from, and what an amount is measured of.

Counted things name their owner next to them ("Russian soldiers", "soldiers from North Korea") or are the object of a verb
of having ("the firm employs 3,200"). Money, percentages and levels are measured of something, which the noun they stand
with ("a 3% drop in Ford's sales"), the whole they are part of ("56% of users of the browser") or the subject of their
verb ("shares of Ford fell 3%") says; its possessor, or it itself where it has a name, is the owner.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from onrecord.reader import gazetteer
from onrecord.reader.annotated import Annotated, Token, base_of
from onrecord.reader.wordlists import sections
from onrecord.records import Entity, Mention

__all__ = ["Measured", "Owners"]

_LISTS = sections("figures")
# Verbs whose subject has, gets, sends or loses what their object counts: "Seoul said that the North had sent 3,000 troops".
_HOLDING = _LISTS["having and sending"] | _LISTS["getting"]
# Verbs whose subject the amount is measured of, or has what it is measured of: "Ford posted a profit of $2 billion".
_STATING = _LISTS["having a result"]
_MEASURING = (
    _LISTS["moving up"] | _LISTS["moving down"] | _LISTS["moving either way"] | _LISTS["being so much"] | _STATING
)
# Of the verbs of movement those of which what moves is the object, where there is one: "cut its emissions by 5%".
_MOVING_SOMETHING = _LISTS["moving something"]
_MONEY_FROM = _LISTS["giving and getting money"]
# What may own or send counted things; a people may as a nation ("Greeks"), not as a faith ("Muslim pilgrims").
_OWNING = frozenset({"country", "organisation", "place"})
_MEASURABLE = _OWNING | {"product", "facility"}
_POINTING = frozenset({"this", "that", "it", "which", "these", "those", "them", "they", "whom"})
_DIRECTIONS = frozenset({"up", "down", "higher", "lower"})
_PARTS = ("amod", "compound", "nmod:poss")
_ABOVE = frozenset({"nummod", "compound", "amod", "nmod", "appos", "dep", "flat"})

Measured = tuple[int, str]
"""The token of the word for what was measured (or of the owner's own name), and the owner's id."""


class Owners:
    """Finds the entity that a figure belongs to, by the mentions of the document."""

    def __init__(self, annotated: Annotated, mentions: Sequence[Mention], entities: Mapping[str, Entity]) -> None:
        self._annotated = annotated
        self._entities = entities
        self._gazetteer = gazetteer.load() if entities else None
        self._refs = {e.ref: e.id for e in entities.values() if e.ref}
        self._by_head: dict[int, str] = {}
        self._named: dict[int, str] = {}
        text = annotated.text
        for mention in sorted(mentions, key=lambda m: m.span.start - m.span.end):
            inside, head = annotated.placed(mention.span)
            behind = text[mention.span.end : mention.span.end + 2]
            priced = "$" in behind and behind.lstrip().startswith("$")  # "US$", "NZ $"
            if head is not None and mention.entity in entities and not priced:
                if mention.form == "name":
                    self._named.update(dict.fromkeys(inside, mention.entity))
                self._by_head.setdefault(head, mention.entity)

    def owner(self, noun: int) -> str | None:
        """Entity id by adjective or compound, by "from", "of" or genitive, by the subject of a verb of having."""
        found = self._modifier(noun)
        if found is not None:
            return found
        token = self._annotated.tokens[noun]
        for child in self._annotated.dependents(noun, "nmod"):
            prepositions = self._prepositions(child)
            if prepositions & {"from", "of"}:
                found = self._at(child)
                entity = self._entities[found] if found is not None else None
                # "soldiers from North Korea", not "visitors from 190 countries"
                if entity and entity.name[:1].isupper() and (entity.type in _OWNING or "from" in prepositions):
                    return found
        if token.upos == "PROPN" and (found := self._nation(token)) is not None:
            return found
        return self.holder(noun)

    def holder(self, index: int) -> str | None:
        """Who has, sends or loses what the word at `index` stands for, where its verb is one of having or sending."""
        token = self._annotated.tokens[index]
        verb = self._annotated.tokens[token.head]
        if verb.lemma in _HOLDING and token.relation in {"obj", "obl", "obl:with"}:
            return self._subject(verb)
        return None

    def body(self, anchor: int) -> str | None:
        """The body that "six-member" describes, or the nation named before it: "the six-member Afghan team"."""
        token = self._annotated.tokens[anchor]
        for _ in range(4):
            head = self._annotated.tokens[token.head]
            if head.index <= token.index or base_of(token.relation) not in _ABOVE:
                break
            token = head
        if token.index == anchor:
            return None
        return self._by_head.get(token.index) or self._modifier(token.index)

    def measured(self, top: int, unit: str | None) -> Measured | None:
        """Of what, and whose, the amount that hangs in the tree by the token `top` is; None where the text does not say."""
        annotated = self._annotated
        token = annotated.tokens[top]
        for child in annotated.dependents(top, "nmod", "obl"):
            if child.index > top and "of" in self._prepositions(child) and (found := self._thing(child)):
                return found  # "56% of users of the browser"
        head = annotated.tokens[token.head]
        base = base_of(token.relation)
        subjects = annotated.dependents(top, "nsubj") if base != "nsubj" else []
        if subjects and annotated.dependents(top, "cop"):  # "its profit was $2 billion"
            return self._thing(subjects[0])
        if head.index == top:
            return None
        if head.upos in {"NOUN", "PROPN"}:
            governed = base in _ABOVE and head.index > top and self._reaches(top, head.index)
            if governed or (base == "nmod" and self._prepositions(token) & {"of", "at"}):
                return self._of_noun(head)
            return None
        if head.text.lower() in _DIRECTIONS:  # "was up 3%", "closed 3% higher"
            if annotated.dependents(head.index, "nsubj") or head.head == head.index:
                return self._subject_of(head)
            return self._of_verb(annotated.tokens[head.head], head, unit)
        if head.upos in {"VERB", "AUX", "ADJ"} and base in {"obj", "obl", "xcomp", "advmod", "dep", "ccomp", "nmod"}:
            return self._of_verb(head, token, unit)
        return None

    def _of_noun(self, noun: Token) -> Measured | None:
        """ "a 3% drop in Ford's sales", "its $2 billion profit", "Ford saw a drop of 3% in sales"."""
        annotated = self._annotated
        found = self._thing(noun)
        if found is not None and not self._place(found[1]):
            return found
        verb = annotated.tokens[noun.head]
        if verb.lemma in _STATING | _HOLDING and base_of(noun.relation) in {"obj", "obl", "xcomp"}:
            # "Ford saw a drop in Spanish sales" is about Ford, "it saw a drop in Spanish sales" about whatever it is
            return self._subject_of(verb) or found
        return found

    def voters(self, index: int) -> str | None:
        """Who voted, by the word for voting at the token `index`: its subject, whose vote it was, who did what by it."""
        token = self._annotated.tokens[index]
        while base_of(token.relation) == "compound":
            token = self._annotated.tokens[token.head]
        verb = token if token.upos == "VERB" else self._annotated.tokens[token.head]
        found = self._thing(token) if token is not verb else None
        if found is None and verb.upos == "VERB":
            found = self._subject_of(verb)
        return found[1] if found else None

    def _reaches(self, start: int, noun: int) -> bool:
        """Whether only what a noun phrase holds stands between an amount and the noun over it."""
        between = self._annotated.tokens[start + 1 : noun]
        return len(between) < 8 and not any(t.upos in {"VERB", "AUX", "ADP", "DET", "PRON"} for t in between)

    def points_back(self, top: int) -> bool:
        """Whether the subject of the verb that tells the amount only points to what was said: "this fell to 56%"."""
        verb = self._annotated.tokens[self._annotated.tokens[top].head]
        subjects = self._annotated.dependents(verb.index, "nsubj")
        return bool(subjects) and subjects[0].text.lower() in _POINTING and verb.lemma.lower() in _MEASURING

    def _of_verb(self, verb: Token, amount: Token, unit: str | None) -> Measured | None:
        """The subject of a verb that tells how much something is, rose or fell, or the object of one that moves it."""
        annotated = self._annotated
        lemma = verb.lemma.lower()
        if lemma in _MOVING_SOMETHING and base_of(amount.relation) != "obj":
            for thing in annotated.dependents(verb.index, "obj"):
                if thing.index < amount.index:
                    named = any(annotated.tokens[i].upos == "PROPN" for i in annotated.subtree(thing.index))
                    return self._thing(thing) or (None if named else self._subject_of(verb))
        money = unit is not None and len(unit) == 3 and unit.isupper()
        if lemma in _MEASURING or (money and lemma in _MONEY_FROM) or (not money and lemma in _HOLDING):
            return self._subject_of(verb)
        return None

    def _subject_of(self, verb: Token) -> Measured | None:
        for _ in range(4):
            for subject in self._annotated.dependents(verb.index, "nsubj"):
                relative = subject.tag in {"WDT", "WP"} and verb.relation == "acl:relcl"
                return self._thing(self._annotated.tokens[verb.head] if relative else subject)
            base = base_of(verb.relation)
            before = self._annotated.tokens[verb.index - 1] if verb.index else verb
            if verb.tag == "VBG" and before.upos == "PROPN" and before.index in self._named:
                return before.index, self._named[before.index]  # "with Sweden winning", whatever the tree makes of it
            if base == "acl" and verb.tag == "VBG":  # "sales totalling $3 million"
                return self._thing(self._annotated.tokens[verb.head])
            if base not in {"xcomp", "conj", "advcl", "parataxis"} or verb.head == verb.index:
                return None
            verb = self._annotated.tokens[verb.head]
        return None

    def _thing(self, token: Token, depth: int = 0) -> Measured | None:
        """Whose the measured thing is: its own where it has a name, its possessor's, what it is "of", "for" or "in"."""
        annotated = self._annotated
        pointing = token.text.lower() in {"that", "those"}  # "those of Ford"
        name = token.text[:1].isupper() and token.index and annotated.tokens[token.index - 1].sentence == token.sentence
        if (token.upos in {"PROPN", "PRON"} or (name and token.index in self._by_head)) and not pointing:
            found = self._at(token)
            if found is None and token.upos == "PROPN":
                found = self._name_before(token.index)  # "the Dow Jones Industrial Average"
            return (token.index, found) if found is not None and self._measurable(found) else None
        for child in annotated.dependents(token.index, "appos"):
            if child.upos == "PROPN" and (found := self._at(child)) is not None:
                return child.index, found  # "the main British index, the FTSE 100"
        for child in annotated.dependents(token.index, "compound"):
            found = self._named.get(child.index)
            if found is not None and self._entities[found].type in {"organisation", "product", "person"}:
                return token.index, found  # "Wall Street's Dow index" is the Dow
        own = self._by_head.get(token.index)
        somebody = own is not None and self._entities[own].type in {"organisation", "person"}
        for child in annotated.dependents(token.index, *_PARTS):
            found = self._at(child)
            if found is not None and child.relation != "nmod:poss" and somebody and self._place(found):
                continue  # what "a Dutch firm" earned is not the Netherlands'
            if found is not None and (child.relation == "nmod:poss" or self._entities[found].type in _MEASURABLE):
                return token.index, found
            if found is None and child.relation == "nmod:poss" and (inner := self._thing(child, depth + 1)):
                return token.index, inner[1]  # "the company's shares"
        named = self._resolved(token) or (None if somebody else self._name_before(token.index))
        if named is not None:
            return token.index, named
        if depth > 2 or (name and not token.text.isupper()):
            return None  # a name that is no entity of the document: whose it is stays open
        rest = annotated.dependents(token.index, "nmod")
        for words in ({"of", "for", "from"}, {"in", "at", "among"}):
            for child in rest:
                if child.index > token.index and self._prepositions(child) & words:
                    inner = self._thing(child, depth + 1)
                    if inner is not None and self._entities[inner[1]].type in _MEASURABLE | {"people", "person"}:
                        return token.index, inner[1]
        return None

    def _resolved(self, token: Token) -> str | None:
        """The entity of a common noun that stands for a name said elsewhere: "the carmaker", not "sales"."""
        found = self._by_head.get(token.index)
        if found is None or not self._measurable(found):
            return None
        name = self._entities[found].name
        return found if token.text.lower() not in name.lower().split() and name[:1].isupper() else None

    def _name_before(self, noun: int) -> str | None:
        """The name that opens the phrase which ends in this noun, wherever the tree hangs it: "Ford lorry sales"."""
        for index in range(noun - 1, max(-1, noun - 5), -1):
            token = self._annotated.tokens[index]
            if index in self._named:
                return self._named[index] if self._entities[self._named[index]].type in _MEASURABLE else None
            if token.upos not in {"NOUN", "PROPN", "ADJ"}:
                return None
        return None

    def _place(self, entity: str) -> bool:
        return self._entities[entity].type in {"country", "place"}

    def _measurable(self, entity: str) -> bool:
        return self._entities[entity].type != "event"

    def _prepositions(self, token: Token) -> set[str]:
        return {c.text.lower() for c in self._annotated.dependents(token.index, "case")}

    def _modifier(self, noun: int) -> str | None:
        """The nation or organisation named before a noun, or whoever its genitive names."""
        for child in self._annotated.dependents(noun, *_PARTS):
            found = self._at(child)
            if found is not None and (child.relation == "nmod:poss" or self._entities[found].type in _OWNING):
                return found
        return None

    def _subject(self, verb: Token) -> str | None:
        """Who has or sends: for "Saudi officials" the country, for a name or a pronoun whoever that is."""
        for _ in range(3):
            for subject in self._annotated.dependents(verb.index, "nsubj"):
                if subject.relation.endswith(":pass"):
                    return None
                relative = subject.tag in {"WDT", "WP"} and verb.relation == "acl:relcl"
                holder = self._annotated.tokens[verb.head] if relative else subject  # "the firm, which employs 3,200"
                nation = self._modifier(holder.index) if holder.upos == "NOUN" else None
                return nation or self._at(holder)
            before = self._annotated.tokens[verb.index - 1] if verb.index else verb
            if verb.tag == "VBG" and before.upos == "PROPN" and before.index in self._named:
                return self._named[before.index]
            if base_of(verb.relation) not in {"xcomp", "conj"} or verb.head == verb.index:
                return None
            verb = self._annotated.tokens[verb.head]
        return None

    def _at(self, token: Token) -> str | None:
        """The entity that a mention with this head word stands for, else the nation that the word names."""
        return self._by_head.get(token.index) or (self._nation(token) if token.text[:1].isupper() else None)

    def _nation(self, token: Token) -> str | None:
        """The country among the entities that this word names, with those before it ("Greeks", "North Korean")."""
        following = self._annotated.text[token.span.end : token.span.end + 2]
        if self._gazetteer is None or following.lstrip().startswith("$"):
            return None
        tokens = self._annotated.tokens
        for first in range(max(0, token.index - 2), token.index + 1):
            if any(tokens[i].sentence != token.sentence for i in range(first, token.index)):
                continue
            place = self._gazetteer.find(self._annotated.span(first, token.index + 1).of(self._annotated.text))
            if place is not None and place.ref in self._refs and place.type == "country":
                return self._refs[place.ref]
        return None

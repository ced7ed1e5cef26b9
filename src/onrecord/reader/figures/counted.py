"""What a number counts: the noun it hangs on in the tree, the words around that noun, and whose or whence they are.

Without a tree (no tags) the first plural within reach of the number stands in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onrecord.reader import gazetteer
from onrecord.reader.annotated import Annotated, Token
from onrecord.reader.figures.plurals import IRREGULAR, looks_plural, singular
from onrecord.reader.wordlists import sections
from onrecord.records import Entity, Mention, Span

__all__ = ["Noun", "Owners", "anchor_of", "noun_by_text", "noun_by_tree", "tally_of"]

# Nouns that stand for a number: what is counted is their modifier ("death toll") or complement ("number of victims").
_TALLIES = sections("figures")["tallies"]
_MODIFIERS = frozenset(
    {"amod", "compound", "flat", "nmod:poss", "punct", "nmod:desc", "nmod:unmarked", "advmod", "goeswith"}
)
_STOP = sections("figures")["function words"]
_WORD = re.compile(r"[ \u00a0-]*([^\W\d_](?:[\w'’]|-(?=\w))*)|[ ]?(?=[\d])")


@dataclass(frozen=True, slots=True)
class Noun:
    """A counted noun: its lemma, the span of it with its modifiers, and its token (None where read without a tree)."""

    lemma: str
    span: Span
    token: int | None


def lemma_of(token: Token) -> str:
    """A counted noun's lemma: lower case, but a name of a people keeps its capital ("Greeks": Greek)."""
    if token.text.lower() in IRREGULAR or token.text.lower().endswith(("children", "men", "people")):
        return singular(token.text).lower()
    if token.text[:1].isupper() and not token.text.isupper():
        return singular(token.text) if token.tag in {"NNS", "NNPS"} else token.text
    # A learnt lemmatiser cuts "-s" where "-es" or "-ies" stands ("burglarie"): there the spelling is the better guide.
    if token.lemma in {"", "_"} or (token.tag == "NNS" and token.lemma.lower() == token.text.lower()[:-1]):
        return singular(token.text).lower()
    return token.lemma.lower()


def anchor_of(annotated: Annotated, span: Span) -> int | None:
    """The token by which a number hangs in the tree; None where no token is there."""
    inside = annotated.tokens_in(span)
    if not inside:
        return None
    numbers = [i for i in inside if annotated.tokens[i].upos not in {"ADP", "PUNCT", "CCONJ", "DET", "SYM"}] or list(
        inside
    )
    return annotated.head_of(numbers)


def noun_by_tree(annotated: Annotated, span: Span) -> Noun | None:
    """The noun that the number at `span` counts; None for a number that stands alone ("107 killed")."""
    anchor = anchor_of(annotated, span)
    if anchor is None:
        return None
    inside = annotated.tokens_in(span)
    found = _partitive(annotated, inside) or _governor(annotated, anchor, inside)
    if found is None:
        found = _next_plural(annotated, inside) or _tallied(annotated, anchor)
    if found is None:
        return None
    token = annotated.tokens[found]
    if token.upos not in {"NOUN", "PROPN", "X"}:
        return None
    start = found
    while start > inside.stop and _belongs(annotated, start - 1, found):
        start -= 1
    start = min(found, max(start, inside.stop)) if found >= inside.stop else found
    while start < found and annotated.tokens[start].upos == "PUNCT":
        start += 1
    return Noun(lemma_of(token), annotated.span(start, found + 1), found)


def _belongs(annotated: Annotated, index: int, noun: int) -> bool:
    token = annotated.tokens[index]
    if token.upos in {"DET", "ADP", "NUM"}:
        return False
    while token.index != noun:
        if token.relation not in _MODIFIERS and token.relation.partition(":")[0] not in {"amod", "compound", "flat"}:
            return False
        if token.head == token.index:
            return False
        token = annotated.tokens[token.head]
    return True


def _partitive(annotated: Annotated, inside: range) -> int | None:
    """The noun behind "of": "millions of munitions", "one of the pillars"."""
    for index in inside:
        for child in annotated.dependents(index, "nmod", "obl"):
            if child.index < inside.stop or child.upos not in {"NOUN", "PROPN"}:
                continue
            if any(c.lemma == "of" or c.text.lower() == "of" for c in annotated.dependents(child.index, "case")):
                between = annotated.tokens[inside.stop : child.index]
                if between and between[0].text.lower() == "of":
                    return child.index
    return None


def _governor(annotated: Annotated, anchor: int, inside: range) -> int | None:
    """The noun that the number modifies, through coordination: "19 and 29 people", "24 people in A and 13 in B"."""
    token = annotated.tokens[anchor]
    for _ in range(4):
        head = annotated.tokens[token.head]
        base = token.relation.partition(":")[0]
        if head.index == token.index:
            return None
        if base == "conj":
            if head.upos in {"NOUN", "PROPN"} and annotated.dependents(head.index, "nummod") and token.upos == "NUM":
                return head.index
            token = head
            continue
        nominal = head.upos in {"NOUN", "PROPN"} or (head.upos in {"ADJ", "X"} and base == "nummod")
        if base in {"nummod", "compound", "amod", "det", "advmod"} and nominal and head.index not in inside:
            return head.index if head.index > token.index and _reaches(annotated, inside.stop, head.index) else None
        if base in {"nummod", "compound", "advmod", "amod"} and head.upos == "NUM":
            token = head
            continue
        return None
    return None


# What may not stand between a number and its noun; where a tree has it there, it has taken the wrong noun.
_BARRIERS = frozenset({"ADP", "AUX", "SCONJ", "PRON"})


def _reaches(annotated: Annotated, start: int, noun: int) -> bool:
    between = annotated.tokens[start:noun]
    return len(between) < 8 and not any(t.upos in _BARRIERS or t.tag in {"VBZ", "VBD", "VBP", "VB"} for t in between)


def _next_plural(annotated: Annotated, inside: range) -> int | None:
    """A plural right behind the number, past adjectives (any noun right behind "one"), where the tree missed it."""
    for index in range(inside.stop, min(inside.stop + 4, len(annotated.tokens))):
        token = annotated.tokens[index]
        if token.sentence != annotated.tokens[inside.start].sentence:
            return None
        if token.tag in {"NNS", "NNPS"} or token.text.lower() in IRREGULAR:
            return index
        if index == inside.stop and token.upos == "NOUN" and looks_plural(token.text):
            return index
        if index == inside.stop and token.upos == "NOUN" and annotated.tokens[inside.start].text.lower() == "one":
            return index
        if token.upos not in {"ADJ", "NOUN", "PROPN"} and token.tag not in {"VBN", "VBG"}:
            return None
    return None


def tally_of(annotated: Annotated, anchor: int) -> Token | None:
    """The word for a number that this number is the value of: "the death toll rose to 107", "a total of 107"."""
    token = annotated.tokens[anchor]
    candidates = annotated.dependents(anchor, "nsubj")
    head = annotated.tokens[token.head]
    if head.index != token.index:
        if head.lemma in _TALLIES and token.relation.startswith(("nmod", "appos")):
            candidates.append(head)
        elif head.upos in {"VERB", "ADJ"} and token.relation.partition(":")[0] in {"obl", "obj", "xcomp", "advmod"}:
            candidates += annotated.dependents(head.index, "nsubj")
    return next((t for t in candidates if t.lemma in _TALLIES), None)


def _tallied(annotated: Annotated, anchor: int) -> int | None:
    """What a toll or number counts: "the death toll would have been 107", "the number of victims rose to 107"."""
    tally = tally_of(annotated, anchor)
    if tally is None:
        return None
    for child in annotated.dependents(tally.index, "nmod"):
        if child.upos == "NOUN" and any(c.lemma == "of" for c in annotated.dependents(child.index, "case")):
            return child.index
    return next((c.index for c in annotated.dependents(tally.index, "compound", "amod") if c.upos == "NOUN"), None)


def noun_by_text(text: str, after: int, *, partitive: bool, single: bool) -> Noun | None:
    """The counted noun by spelling alone: the first plural within five words of `after`, before any function word.

    `partitive` lets "of the" stand between ("dozens of"); `single` (for the number one) takes a word that is no plural.
    """
    at, words = after, []
    if partitive:
        opening = re.compile(r" of (?:the |these |those |its |their |his |her |our |all )?").match(text, at)
        if opening is None:
            return None
        at = opening.end()
    for _ in range(5):
        match = _WORD.match(text, at)
        if match is None or not match[1] or match[1].lower() in _STOP or match.end() - after > 60:
            break
        at = match.end()
        words.append(Span(match.start(1), at))
        if looks_plural(match[1]) and not match[1].lower().endswith("'s"):
            following = _WORD.match(text, at)
            compound = following and following[1] and following[1][0].islower() and looks_plural(following[1])
            if not compound or match[1].lower() == "times":
                return Noun(_own_case(singular(match[1])), Span(words[0].start, at), None)
    if single and words:
        last = words[0] if len(words) > 2 else words[-1]
        return Noun(_own_case(last.of(text)), Span(words[0].start, last.end), None)
    return None


def _own_case(word: str) -> str:
    return word if word[:1].isupper() and not word.isupper() else word.lower()


# Verbs whose subject has, sends or loses what their object counts: "Seoul said that the North had sent 3,000 troops".
_HOLDING = sections("figures")["having and sending"]


# What may own or send counted things; a people may as a nation ("Greeks"), not as a faith ("Muslim pilgrims").
_OWNING = frozenset({"country", "organisation", "place"})


class Owners:
    """Finds the entity that counted things belong to or come from, by the mentions of the document."""

    def __init__(self, annotated: Annotated, mentions: Sequence[Mention], entities: Mapping[str, Entity]) -> None:
        self._annotated = annotated
        self._entities = entities
        self._gazetteer = gazetteer.load() if entities else None
        self._refs = {e.ref: e.id for e in entities.values() if e.ref}
        self._by_head: dict[int, str] = {}
        for mention in sorted(mentions, key=lambda m: m.span.start - m.span.end):
            inside = annotated.tokens_in(mention.span)
            if inside and mention.entity in entities:
                self._by_head.setdefault(annotated.head_of(inside), mention.entity)

    def owner(self, noun: int) -> str | None:
        """Entity id by adjective or compound, by "from", "of" or genitive, by the subject of a verb of having."""
        found = self._modifier(noun)
        if found is not None:
            return found
        token = self._annotated.tokens[noun]
        for child in self._annotated.dependents(noun, "nmod"):
            prepositions = {c.text.lower() for c in self._annotated.dependents(child.index, "case")}
            if prepositions & {"from", "of"}:
                found = self._at(child)
                if found is not None and (self._entities[found].type in _OWNING or "from" in prepositions):
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

    def _modifier(self, noun: int) -> str | None:
        """The nation or organisation named before a noun, or whoever its genitive names."""
        for child in self._annotated.dependents(noun, "amod", "compound", "nmod:poss"):
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
                nation = self._modifier(subject.index) if subject.upos == "NOUN" else None
                return nation or self._at(subject)
            if verb.relation.partition(":")[0] not in {"xcomp", "conj"} or verb.head == verb.index:
                return None
            verb = self._annotated.tokens[verb.head]
        return None

    def _at(self, token: Token) -> str | None:
        """The entity that a mention with this head word stands for, else the nation that the word names."""
        return self._by_head.get(token.index) or (self._nation(token) if token.text[:1].isupper() else None)

    def _nation(self, token: Token) -> str | None:
        """The country among the entities that this word names, with those before it ("Greeks", "North Korean")."""
        if self._gazetteer is None:
            return None
        tokens = self._annotated.tokens
        for first in range(max(0, token.index - 2), token.index + 1):
            if any(tokens[i].sentence != token.sentence for i in range(first, token.index)):
                continue
            place = self._gazetteer.find(self._annotated.span(first, token.index + 1).of(self._annotated.text))
            if place is not None and place.ref in self._refs and place.type == "country":
                return self._refs[place.ref]
        return None

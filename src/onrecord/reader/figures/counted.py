"""What a number counts: the noun it hangs on in the tree and the words around that noun.

Without a tree (no tags) the first plural within reach of the number stands in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.reader.annotated import Annotated, Token
from onrecord.reader.figures.units import MEASURING
from onrecord.reader.plurals import IRREGULAR, looks_plural, singular
from onrecord.reader.wordlists import sections
from onrecord.records import Span

__all__ = ["Noun", "anchor_of", "noun_by_text", "noun_by_tree", "tally_of"]

# Nouns that stand for a number: what is counted is their modifier ("death toll") or complement ("number of victims").
_TALLIES = sections("figures")["tallies"]
_MODIFIERS = frozenset(
    {"amod", "compound", "flat", "nmod:poss", "punct", "nmod:desc", "nmod:unmarked", "advmod", "goeswith"}
)
_STOP = sections("figures")["function words"]
# Taken for a noun of the number before: "eight short of the majority", "above the 5,000 mark".
_NO_NOUN = sections("figures")["levels"] | {"short", "shy"}
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
    low = token.text.lower()
    if token.lemma in {"", "_"} or (token.tag == "NNS" and token.lemma.lower() in {low, low[:-1]}):
        return singular(token.text).lower()
    return token.lemma.lower()


def _acronym(annotated: Annotated, token: Token) -> str | None:
    """An acronym keeps its capitals ("0.5 WAR"), unless all around it stands in capitals too."""
    if not token.text.isupper() or not 1 < len(token.text) < 6 or token.text.lower() in IRREGULAR:
        return None
    around = annotated.tokens[max(0, token.index - 6) : token.index + 7]
    return token.text if any(t.text.isalpha() and len(t.text) > 1 and not t.text.isupper() for t in around) else None


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
    if annotated.tokens[found].tag == "NN" and annotated.tokens[inside.start].text.lower() not in {"one", "1", "a"}:
        # Several count a plural, whatever the tree says: "two viruses deformed wing virus and …".
        found = next((i for i in range(inside.stop, found) if annotated.tokens[i].tag == "NNS"), found)
    token = annotated.tokens[found]
    if token.upos not in {"NOUN", "PROPN", "X"} or token.text.lower() in _NO_NOUN:
        return None
    start = found
    while start > inside.stop and _belongs(annotated, start - 1, found):
        start -= 1
    start = min(found, max(start, inside.stop)) if found >= inside.stop else found
    while start < found and annotated.tokens[start].upos == "PUNCT":
        start += 1
    return Noun(_acronym(annotated, token) or lemma_of(token), annotated.span(start, found + 1), found)


def _belongs(annotated: Annotated, index: int, noun: int) -> bool:
    token = annotated.tokens[index]
    if token.upos in {"DET", "ADP", "NUM", "PRON"} or token.text.lower() in {"more", "most", "such", "so"}:
        return False
    if token.upos == "CCONJ" and index + 1 < noun:  # "digital and physical sales"
        return _belongs(annotated, index - 1, noun) and _belongs(annotated, index + 1, noun)
    while token.index != noun:
        if token.relation == "conj" and token.head < noun and annotated.tokens[token.head].upos == "ADJ":
            token = annotated.tokens[token.head]
            continue
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
                time = child.tag == "NN" and child.lemma in MEASURING  # "the 1,300 of last week"
                if between and between[0].text.lower() == "of" and not time:
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
            following = annotated.tokens[index + 1] if index + 1 < len(annotated.tokens) else None
            compound = following is not None and following.tag == "NNS" and following.sentence == token.sentence
            return index + 1 if compound and token.text.lower() in IRREGULAR else index  # "police officers"
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
            # "bringing the death toll to 107"
            candidates += [o for o in annotated.dependents(head.index, "obj") if o.index < token.index]
    return next((t for t in candidates if t.lemma in _TALLIES), None)


def _tallied(annotated: Annotated, anchor: int) -> int | None:
    """What a toll or number counts: "the death toll would have been 107", "the number of victims rose to 107"."""
    tally = tally_of(annotated, anchor)
    if tally is None:
        return None
    for child in annotated.dependents(tally.index, "nmod"):
        if child.upos == "NOUN" and any(c.lemma == "of" for c in annotated.dependents(child.index, "case")):
            return child.index
    # Of several compounds the nearest is what is counted: "cloud-to-ground flash count".
    nouns = [c.index for c in annotated.dependents(tally.index, "compound", "amod") if c.upos == "NOUN"]
    return max((n for n in nouns if n < tally.index), default=nouns[0] if nouns else None)


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

"""The PLOVER class of an event: what kind of political act it is, from its trigger word and what stands around it.

The classes are those of PLOVER's gold standard records. As its codebook has it, words count by what they do: a plan of
a cooperative act is AGREE, a plan of a hostile one THREATEN, a refusal REJECT, a demand DEMAND.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

from onrecord.reader.annotated import Annotated, Token
from onrecord.reader.wordlists import sections
from onrecord.records import Status

__all__ = ["CLASSES", "NAMED_BY_NOUN", "NAMED_BY_VERB", "is_by_word", "is_duty", "plover_class", "verb_class"]

_WORDS: Final = sections("plover")
CLASSES: Final = tuple(name.removesuffix(" verbs") for name in _WORDS if name.endswith(" verbs") and name[0].isupper())
_LEAVING: Final = frozenset({"withdraw", "pull", "quit", "step"})
_DEONTIC: Final = frozenset({"must", "should", "ought"})
_ENDING: Final = _WORDS["ending verbs"]
_LIGHT: Final = _WORDS["light verbs"]
_MILITARY: Final = _WORDS["military words"]
_HARM: Final = frozenset({"kill", "wound", "injure", "explode", "explosion", "blast", "killing", "bomb"})
_SUFFERED: Final = frozenset({"kill", "wound", "injure"})
_ACCIDENTS: Final = sections("eventnouns")["accidents"] - {
    "fire", "casualty", "injury", "death", "incident", "crush", "suicide", "emergency", "disappearance", "leak", "storm"
}  # fmt: skip
_NATURE: Final = _ACCIDENTS | {"fire", "rain", "snow", "wind", "wave", "heat", "storm", "leak", "volcano", "virus"}
_VIOLENT: Final = frozenset({"COERCE", "ASSAULT", "FIGHT", "PROTEST"})
_KIND: Final = frozenset({"COOPERATE", "AID", "CONCEDE", "RETREAT", "CONSULT", "SUPPORT"})
_HOSTILE: Final = frozenset({"SANCTION", "COERCE", "ASSAULT", "FIGHT", "PROTEST", "MOBILIZE"})
_TRANSITIVE: Final = frozenset({"obj", "nsubj:pass", "obl", "xcomp", "nmod"})


@cache
def _index(kind: str) -> dict[str, str]:
    """Word → class. A word in two classes belongs to the later: the list runs from mild to grave."""
    return {entry: name for name in CLASSES for entry in _WORDS[f"{name} {kind}"]}


_BUILDING: Final = (
    frozenset(entry.partition(" ")[0] for entry in _index("verbs") if " " in entry) | _ENDING | _LIGHT
)  # verbs whose class may hang on what stands around them
NAMED_BY_VERB: Final = frozenset(entry for entry in _index("verbs") if " " not in entry)
NAMED_BY_NOUN: Final = frozenset(entry for entry in _index("nouns") if " " not in entry)


def plover_class(annotated: Annotated, index: int, status: Status) -> str | None:
    """The class of the event that the word at `index` names, given how firmly it is put; None if it is of no class."""
    token = annotated.tokens[index]
    plain = verb_class(annotated, token) if token.upos in ("VERB", "AUX", "ADJ") else _of_noun(annotated, token)
    if plain is not None and token.lemma == "strike":
        plain = _of_strike(annotated, token, plain)
    if plain in _VIOLENT and _is_of_nature(annotated, index):
        return None
    if plain is None:
        return "DEMAND" if status == "demanded" and is_duty(annotated, index) else None
    if plain == "ASSAULT" and token.lemma in _HARM and not _violent(annotated, token):
        return None
    if plain == "ASSAULT" and _is_military(annotated, index):
        plain = "FIGHT"
    return _put(annotated, token, plain, status)


def is_by_word(token: Token, kind: str) -> bool:
    """Whether the word is of the class wherever it stands, as far as the lists go."""
    return _index("verbs" if token.upos == "VERB" else "nouns").get(token.lemma.lower()) == kind


def is_duty(annotated: Annotated, index: int) -> bool:
    """Whether the word stands under "must" or "should": somebody demands it of its subject."""
    return any(t.tag == "MD" and t.lemma.lower() in _DEONTIC for t in annotated.dependents(index, "aux"))


def _violent(annotated: Annotated, token: Token) -> bool:
    """Whether harm was done on purpose: accidents kill too ("76 people were killed when the hotel collapsed").

    It was where somebody is the subject of the active verb or its agent, or where the sentence names a violent act.
    """
    sentence = annotated.sentences[token.sentence]
    others = [annotated.tokens[i] for i in sentence if i != token.index and annotated.tokens[i].lemma not in _SUFFERED]
    if any(t.lemma.lower() in _ACCIDENTS for t in others):
        return False
    if any(
        _index("nouns").get(t.lemma.lower()) in ("ASSAULT", "FIGHT") or t.lemma.lower() in _MILITARY for t in others
    ):
        return True
    return any(t.relation == "nsubj" and t.upos in ("PROPN", "PRON", "NOUN") for t in annotated.dependents(token.index))


def _is_of_nature(annotated: Annotated, index: int) -> bool:
    """Whether a fire, a flood or a crash does it ("a fire destroyed a warehouse", "forced from their homes by floods")."""
    for t in annotated.dependents(index, "nsubj", "obl"):
        by = t.relation == "nsubj" or any(c.lemma == "by" for c in annotated.dependents(t.index, "case"))
        if by and t.lemma.lower() in _NATURE:
            return True
    return False


def _of_strike(annotated: Annotated, token: Token, plain: str) -> str | None:
    """Workers go on strike, armies strike somebody, and storms strike too."""
    if _is_military(annotated, token.index) or _is_aimed(annotated, token):
        return "FIGHT"
    return None if token.upos == "VERB" and annotated.dependents(token.index, "obj") else plain


def _is_aimed(annotated: Annotated, token: Token) -> bool:
    """ "a strike on the depot", "strikes against rebels": there is something that it hits."""
    cases = (t.lemma for n in annotated.dependents(token.index, "nmod") for t in annotated.dependents(n.index, "case"))
    return token.upos == "NOUN" and not {"on", "against"}.isdisjoint(cases)


def _put(annotated: Annotated, token: Token, plain: str, status: Status) -> str:
    """The class once it is taken into account that the act is only meant, offered or refused."""
    governor = annotated.tokens[token.head]
    if token.upos != "VERB":
        return plain
    if token.relation.startswith("xcomp") and governor.lemma in _PUTTING and status in ("planned", "denied"):
        return _PUTTING[governor.lemma]
    modals = {t.lemma.lower() for t in annotated.dependents(token.index, "aux") if t.tag == "MD"}
    if status == "demanded" and is_duty(annotated, token.index):
        return "DEMAND"
    future = status in ("planned", "conditional", "expected", "possible") and bool(modals)
    future = future or (status in ("planned", "expected") and governor.lemma in _MEANING)
    if future and (plain in _HOSTILE or (plain == "RETREAT" and token.lemma in _LEAVING)):
        return "THREATEN"
    if future and plain in _KIND:
        return "AGREE"
    if status == "denied" and plain in _KIND | {"AGREE"}:
        return "REJECT"
    return plain


# What is only meant is a promise or a threat, whatever it is of.
_MEANING: Final = frozenset({
    "ready", "willing", "prepared", "plan", "intend", "prepare", "propose", "schedule", "due", "set", "poise", "go", "aim",
})  # fmt: skip
_PUTTING: Final = {
    "agree": "AGREE", "promise": "AGREE", "pledge": "AGREE", "offer": "AGREE", "accept": "AGREE", "consent": "AGREE",
    "threaten": "THREATEN", "vow": "THREATEN", "swear": "THREATEN",
    "refuse": "REJECT", "decline": "REJECT", "fail": "REJECT",
}  # fmt: skip


def verb_class(annotated: Annotated, token: Token) -> str | None:
    """The class that a verb has by itself, its particle, its preposition and its object; None if it is of no class."""
    verbs, lemma = _index("verbs"), token.lemma.lower()
    if lemma not in _BUILDING and lemma != "help":
        return verbs.get(lemma)
    if lemma == "help" and annotated.dependents(token.index, "xcomp", "ccomp"):
        return None  # "helped make it better" aids nobody
    objects = list(_objects(annotated, token))
    particles = [f"{lemma} {t.lemma}" for t in annotated.dependents(token.index, "compound", "advmod")]
    for phrase in particles:
        if phrase in _ENDING and (ended := _of_ending(objects)):
            return ended
    for entry in (*particles, *(f"{lemma} + {noun}" for noun in objects), *_with_prepositions(annotated, token, lemma)):
        if found := verbs.get(entry):
            return found
    if lemma in _ENDING and (ended := _of_ending(objects)):
        return ended
    nouns = _index("nouns")
    if lemma in _LIGHT:
        for noun in objects:
            if found := nouns.get(noun):
                return found
    return verbs.get(lemma)


def _with_prepositions(annotated: Annotated, token: Token, lemma: str) -> Iterator[str]:
    for child in annotated.dependents(token.index, "obl", "xcomp", "ccomp", "advcl"):
        for t in annotated.dependents(child.index, "case", "mark"):
            yield f"{lemma} {t.lemma}"


def _of_ending(objects: list[str]) -> str | None:
    """Ending what is hostile is a concession, ending what is friendly a sanction."""
    for noun in objects:
        if (kind := _index("nouns").get(noun)) is not None and kind in _HOSTILE | _KIND:
            return "CONCEDE" if kind in _HOSTILE else "SANCTION"
    return None


def _objects(annotated: Annotated, token: Token) -> Iterator[str]:
    """Lemmas of the verb's objects (its subject too, in the passive), and of the nouns that these consist of."""
    for child in annotated.dependents(token.index, *_TRANSITIVE):
        if child.relation.startswith("nmod"):
            continue
        yield child.lemma.lower()
        for inner in annotated.dependents(child.index, "compound", "nmod", "conj"):
            yield inner.lemma.lower()


def _of_noun(annotated: Annotated, token: Token) -> str | None:
    nouns, lemma = _index("nouns"), token.lemma.lower()
    for child in annotated.dependents(token.index, "compound", "amod"):
        if found := nouns.get(f"{child.lemma.lower()} {lemma}"):
            return found
    return nouns.get(lemma)


def _is_military(annotated: Annotated, index: int) -> bool:
    """Whether armed forces or their weapons take part: among the words that hang on the trigger, two steps down."""
    for token in annotated.below[index]:
        if token.relation.partition(":")[0] in ("nsubj", "obl", "compound", "nmod", "amod"):
            if token.lemma.lower() in _MILITARY and token.relation != "nsubj:pass":
                return True
            if any(t.lemma.lower() in _MILITARY for t in annotated.dependents(token.index, "compound", "nmod")):
                return token.relation != "nsubj:pass"
    return False

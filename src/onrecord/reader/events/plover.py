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

__all__ = ["CLASSES", "NAMED_BY_NOUN", "NAMED_BY_VERB", "plover_class"]

_WORDS: Final = sections("plover")
CLASSES: Final = tuple(name.removesuffix(" verbs") for name in _WORDS if name.endswith(" verbs") and name[0].isupper())
_LEAVING: Final = frozenset({"withdraw", "pull", "quit", "step"})
_DEONTIC: Final = frozenset({"must", "should", "ought"})
_ENDING: Final = _WORDS["ending verbs"]
_LIGHT: Final = _WORDS["light verbs"]
_MILITARY: Final = _WORDS["military words"]
_HARM: Final = frozenset({"kill", "wound", "injure", "explode", "explosion", "blast", "killing", "bomb"})
_SUFFERED: Final = frozenset({"kill", "wound", "injure"})
_ACCIDENTS: Final = sections("eventnouns")["accidents"] - {"fire", "casualty", "injury", "death", "incident", "crush"}
_KIND: Final = frozenset({"COOPERATE", "AID", "CONCEDE", "RETREAT", "CONSULT", "SUPPORT"})
_HOSTILE: Final = frozenset({"SANCTION", "COERCE", "ASSAULT", "FIGHT", "PROTEST", "MOBILIZE"})
_TRANSITIVE: Final = frozenset({"obj", "nsubj:pass", "obl", "xcomp", "nmod"})


@cache
def _index(kind: str) -> dict[str, str]:
    """Word → class. A word in two classes belongs to the later: the list runs from mild to grave."""
    return {entry: name for name in CLASSES for entry in _WORDS[f"{name} {kind}"]}


NAMED_BY_VERB: Final = frozenset(entry for entry in _index("verbs") if " " not in entry)
NAMED_BY_NOUN: Final = frozenset(entry for entry in _index("nouns") if " " not in entry)


def plover_class(annotated: Annotated, index: int, status: Status) -> str | None:
    """The class of the event that the word at `index` names, given how firmly it is put; None if it is of no class."""
    token = annotated.tokens[index]
    plain = _of_verb(annotated, token) if token.upos in ("VERB", "AUX", "ADJ") else _of_noun(annotated, token)
    if plain is None:
        modals = {t.lemma.lower() for t in annotated.dependents(index, "aux") if t.tag == "MD"}
        return "DEMAND" if status == "demanded" and modals & _DEONTIC else None
    if plain == "ASSAULT" and token.lemma in _HARM and not _violent(annotated, token):
        return None
    if plain == "ASSAULT" and _is_military(annotated, index):
        plain = "FIGHT"
    return _put(annotated, token, plain, status)


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


def _put(annotated: Annotated, token: Token, plain: str, status: Status) -> str:
    """The class once it is taken into account that the act is only meant, offered or refused."""
    governor = annotated.tokens[token.head]
    if token.upos != "VERB":
        return plain
    if token.relation.startswith("xcomp") and governor.lemma in _PUTTING and status in ("planned", "denied"):
        return _PUTTING[governor.lemma]
    modals = {t.lemma.lower() for t in annotated.dependents(token.index, "aux") if t.tag == "MD"}
    if status == "demanded" and modals & _DEONTIC:
        return "DEMAND"
    future = status in ("planned", "conditional", "expected", "possible") and bool(modals)
    future = future or (status == "planned" and governor.lemma in ("ready", "willing", "prepared"))
    if future and (plain in _HOSTILE or (plain == "RETREAT" and token.lemma in _LEAVING)):
        return "THREATEN"
    if future and plain in _KIND:
        return "AGREE"
    if status == "denied" and plain in _KIND | {"AGREE"}:
        return "REJECT"
    return plain


_PUTTING: Final = {
    "agree": "AGREE", "promise": "AGREE", "pledge": "AGREE", "offer": "AGREE", "accept": "AGREE", "consent": "AGREE",
    "threaten": "THREATEN", "vow": "THREATEN", "swear": "THREATEN",
    "refuse": "REJECT", "decline": "REJECT", "fail": "REJECT",
}  # fmt: skip


def _of_verb(annotated: Annotated, token: Token) -> str | None:
    verbs, lemma = _index("verbs"), token.lemma.lower()
    if lemma == "help" and annotated.dependents(token.index, "xcomp", "ccomp"):
        return None  # "helped make it better" aids nobody
    objects = list(_objects(annotated, token))
    for noun in objects:
        if found := verbs.get(f"{lemma} + {noun}"):
            return found
    for child in annotated.dependents(token.index, "compound", "advmod", "obl", "xcomp", "ccomp"):
        words = [child.lemma] if child.relation in ("compound:prt", "advmod") else []
        words += [t.lemma for t in annotated.dependents(child.index, "case", "mark")]
        for word in words:
            if found := verbs.get(f"{lemma} {word}"):
                return found
    nouns = _index("nouns")
    if lemma in _ENDING:
        for noun in objects:
            if (kind := nouns.get(noun)) is not None:
                return "CONCEDE" if kind in _HOSTILE else "SANCTION" if kind in _KIND else verbs.get(lemma)
    if lemma in _LIGHT:
        for noun in objects:
            if found := nouns.get(noun):
                return found
    return verbs.get(lemma)


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
    for child in annotated.children[index]:
        token = annotated.tokens[child]
        if token.relation.partition(":")[0] in ("nsubj", "obl", "compound", "nmod", "amod"):
            if token.lemma.lower() in _MILITARY and token.relation != "nsubj:pass":
                return True
            if any(t.lemma.lower() in _MILITARY for t in annotated.dependents(child, "compound", "nmod")):
                return token.relation != "nsubj:pass"
    return False

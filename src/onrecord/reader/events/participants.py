"""Who takes part in an event, and where: the words of its clause that stand for its actor, its target and its place.

Positions in the tree, not entities yet: subjects and agents, objects, the possessor of an event noun ("North Korea's
deployment") and its adjective of nationality ("Russian strikes"); the subject of a clause without one is looked for
where English leaves it: with the first of conjoined verbs, above an infinitive, in the noun that a clause modifies.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from onrecord.reader.annotated import Annotated, Token
from onrecord.reader.clauses import is_predicate
from onrecord.reader.wordlists import sections

__all__ = ["Roles", "roles_of"]

_WORDS: Final = sections("roles")
_LOCATIVE: Final = _WORDS["locative"]
_TARGETING: Final = _WORDS["targeting"]
_OBJECT_CONTROL: Final = _WORDS["object control"]
_PREDICATIVE: Final = frozenset({"nsubj", "nsubj:pass", "nsubj:outer"})


@dataclass(frozen=True, slots=True)
class Roles:
    """Token indices of the head words that stand for each role, in text order; a token may serve two roles."""

    actor: tuple[int, ...]
    target: tuple[int, ...]
    place: tuple[int, ...]


def roles_of(annotated: Annotated, index: int) -> Roles:
    """The participants of the event whose trigger is the word at `index`."""
    if is_predicate(annotated, index):
        actor, target = _of_verb(annotated, index)
    elif annotated.tokens[index].relation.startswith(("amod", "acl")):
        actor, target = [], [annotated.tokens[index].head]  # "wounded soldiers"
    else:
        actor, target = _of_noun(annotated, index)
    joined = tuple(dict.fromkeys(i for a in actor for i in _joined(annotated, a)))
    hit = tuple(dict.fromkeys(i for t in target for i in _joined(annotated, t)))
    return Roles(joined, tuple(i for i in hit if i not in joined), tuple(_places(annotated, index)))


def _of_verb(annotated: Annotated, index: int) -> tuple[list[int], list[int]]:
    token = annotated.tokens[index]
    passive = bool(annotated.dependents(index, "aux:pass")) or any(
        t.relation == "nsubj:pass" for t in annotated.dependents(index, "nsubj")
    )
    passive = passive or (token.tag == "VBN" and not annotated.dependents(index, "aux"))
    subject = _subject(annotated, index, 6)
    agents = [t.index for t in annotated.dependents(index, "obl") if _case(annotated, t) == "by"]
    objects = [t.index for t in annotated.dependents(index, "obj", "iobj")]
    obliques = [
        t.index
        for t in annotated.dependents(index, "obl")
        if _case(annotated, t) in _TARGETING and t.relation not in ("obl:unmarked", "obl:tmod")
    ]
    if passive:
        return agents, ([subject] if subject is not None else []) + objects + obliques
    inner = [t.index for t in annotated.dependents(index, "xcomp", "ccomp") for t in _inner(annotated, t)]
    return ([subject] if subject is not None else []), objects + obliques + inner


def _inner(annotated: Annotated, clause: Token) -> list[Token]:
    """What an open complement acts upon: "agreed to supply Romania" has Romania for its target too."""
    if clause.relation.startswith("ccomp"):
        return annotated.dependents(clause.index, "nsubj")
    return annotated.dependents(clause.index, "obj", "iobj", "obl")


def _of_noun(annotated: Annotated, index: int) -> tuple[list[int], list[int]]:
    actor: list[int] = []
    target: list[int] = []
    for child in annotated.dependents(index, "nmod", "amod", "compound"):
        case = _case(annotated, child)
        if child.relation in ("nmod:poss", "amod", "compound") or case == "by":
            actor.append(child.index)
        elif case in _TARGETING:
            target.append(child.index)
    token = annotated.tokens[index]
    governor = annotated.tokens[token.head]
    if not actor and governor.upos == "VERB" and token.relation in ("obj", "obl", "xcomp"):
        subject = _subject(annotated, governor.index, 6)  # "Israel launched an attack": who launched it attacked
        if subject is not None and token.relation == "obj":
            actor.append(subject)
    return actor, target


def _subject(annotated: Annotated, index: int, depth: int) -> int | None:
    """The subject of a verb, its own or the one it shares; None where it has none."""
    token = annotated.tokens[index]
    for child in annotated.dependents(index, "nsubj"):
        if child.relation in _PREDICATIVE:
            relative = child.tag in ("WP", "WDT") or (child.lemma == "that" and child.upos in ("PRON", "SCONJ"))
            return token.head if relative and token.relation.startswith("acl") else child.index
    governor = annotated.tokens[token.head]
    if governor.index == index or depth == 0:
        return None
    relation = token.relation.partition(":")[0]
    if relation == "acl":
        if token.tag in ("VBG", "VBN", "VBD") or governor.lemma in ("first", "last", "one", "only"):
            return governor.index  # "the man arrested", "the first to arrive"
        holder = annotated.tokens[governor.head]  # "Seoul made a promise to help": who holds the noun
        return _subject(annotated, holder.index, depth - 1) if holder.upos == "VERB" else None
    if relation == "xcomp" and governor.lemma in _OBJECT_CONTROL:
        objects = annotated.dependents(governor.index, "obj", "iobj") or [
            t for t in annotated.dependents(governor.index, "obl") if _case(annotated, t) in ("on", "upon", "to", "for")
        ]
        if objects:
            return objects[0].index
    if relation in ("conj", "xcomp", "advcl"):
        return _subject(annotated, governor.index, depth - 1)
    return None


def _joined(annotated: Annotated, index: int) -> list[int]:
    """A word with those conjoined to it ("Russia and North Korea")."""
    found = [index]
    for child in annotated.dependents(index, "conj"):
        found.extend(_joined(annotated, child.index))
    return found


def _places(annotated: Annotated, index: int) -> list[int]:
    found = []
    for child in annotated.dependents(index, "obl", "nmod"):
        if child.relation in ("nmod:poss", "obl:unmarked", "obl:agent"):
            continue
        if _case(annotated, child) in _LOCATIVE:
            found.extend(_joined(annotated, child.index))
            found.extend(t.index for t in annotated.dependents(child.index, "nmod") if _case(annotated, t) in _LOCATIVE)
    return found


def _case(annotated: Annotated, token: Token) -> str:
    return next((t.lemma.lower() for t in annotated.dependents(token.index, "case")), "")

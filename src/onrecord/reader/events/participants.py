"""Who takes part in an event, and where: the words of its clause that stand for its actor, its target and its place.

Positions in the tree, not entities yet: subjects and agents, objects, the possessor of an event noun ("North Korea's
deployment") and its adjective of nationality ("Russian strikes"); the subject of a clause without one is looked for
where English leaves it: with the first of conjoined verbs, above an infinitive, in the noun that a clause modifies.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from onrecord.reader.annotated import Annotated, Token, base_of
from onrecord.reader.clauses import is_predicate
from onrecord.reader.events.plover import NAMED_BY_NOUN, verb_class
from onrecord.reader.wordlists import sections

__all__ = ["Roles", "case_of", "roles_of"]

_WORDS: Final = sections("roles")
_LOCATIVE: Final = _WORDS["locative"]
_TARGETING: Final = _WORDS["targeting"]
_OBJECT_CONTROL: Final = _WORDS["object control"]
_OBJECT_GERUND: Final = _WORDS["object gerund"]
_BEARING: Final = _WORDS["bearing verbs"]
_JUDGING: Final = frozenset({"DISAPPROVE", "SUPPORT", "REJECT", "INVESTIGATE", "DEMAND"})
_SUFFERING: Final = frozenset({"suffer", "fear", "expect", "see", "witness", "survive", "undergo", "follow", "mourn"})
_SENDING: Final = frozenset(
    {"send", "dispatch", "despatch", "deploy", "offer", "mobilize", "mobilise", "provide", "commit", "contribute"}
    | {"withdraw", "pull", "lend", "supply", "station", "assign", "move", "rush", "ship", "order"}
)
_DEEDS: Final = NAMED_BY_NOUN | sections("eventnouns")["war"]
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
        actor = [t.index for t in annotated.dependents(index, "nsubj")]  # a past that the parser hung on its object
        target = [annotated.tokens[index].head]  # "wounded soldiers"
    else:
        actor, target = _of_noun(annotated, index)
    joined = _all_joined(annotated, actor)
    hit = _all_joined(annotated, target)
    return Roles(joined, tuple([i for i in hit if i not in joined]), tuple(_places(annotated, index)))


def _of_verb(annotated: Annotated, index: int) -> tuple[list[int], list[int]]:
    subject = _subject(annotated, index, 6)
    by_relation: dict[str, list[Token]] = {}
    for t in annotated.below[index]:
        by_relation.setdefault(base_of(t.relation), []).append(t)
    around = [(t, case_of(annotated, t)) for t in by_relation.get("obl", ())]
    agents = [t.index for t, case in around if case == "by"]
    objects = sorted(t.index for name in ("obj", "iobj") for t in by_relation.get(name, ()))
    obliques = [t.index for t, case in around if case in _TARGETING and t.relation not in ("obl:unmarked", "obl:tmod")]
    if _is_passive(annotated, index):
        agents = agents or _by_deed(annotated, index)
        return agents, ([subject] if subject is not None else []) + objects + obliques
    late = [t.index for t in by_relation.get("nsubj", ()) if t.index > index and t.index != subject]
    clauses = (*by_relation.get("xcomp", ()), *by_relation.get("ccomp", ()))
    inner = [t.index for clause in clauses for t in _inner(annotated, clause)]
    if annotated.tokens[index].lemma in _SENDING:  # whom a force is sent to or against comes before the force
        objects, obliques = obliques, objects
    return ([subject] if subject is not None else []), late + objects + obliques + inner


def _by_deed(annotated: Annotated, index: int) -> list[int]:
    """Who acted where the passive names only the deed: "killed in an air strike by rebels", "hurt in Israeli shelling"."""
    for deed in annotated.dependents(index, "obl"):
        if case_of(annotated, deed) in ("in", "during", "by", "under") and deed.upos == "NOUN":
            actor, _ = _of_noun(annotated, deed.index)
            owned = [a for a in actor if annotated.tokens[a].relation != "compound"]
            if owned and deed.lemma in _DEEDS:
                return owned
    return []


def _is_passive(annotated: Annotated, index: int) -> bool:
    """Whether the verb's subject suffers it. Taggers confuse the past with the participle ("Peru rejected": VBN), so a
    participle with a plain subject of its own, or an object beside an active verb, is taken for a past."""
    token = annotated.tokens[index]
    helpers = annotated.dependents(index, "aux")
    if any(t.relation == "aux:pass" for t in helpers):
        return True
    subjects = annotated.dependents(index, "nsubj")
    if any(t.relation == "nsubj:pass" for t in subjects):
        return not annotated.dependents(index, "obj") or token.tag == "VBN"
    if token.tag != "VBN" or helpers:
        return False
    if subjects:
        relative = subjects[0].tag in ("WP", "WDT") or subjects[0].lemma == "that"
        return not relative and subjects[0].index > index
    if token.relation == "conj" and is_predicate(annotated, token.head):
        return _is_passive(annotated, token.head)
    return True


def _inner(annotated: Annotated, clause: Token) -> list[Token]:
    """What an open complement acts upon: "agreed to supply Romania" has Romania for its target too."""
    if clause.relation.startswith("ccomp"):
        return annotated.dependents(clause.index, "nsubj")
    return annotated.dependents(clause.index, "obj", "iobj", "obl")


def _of_noun(annotated: Annotated, index: int) -> tuple[list[int], list[int]]:
    actor: list[int] = []
    target: list[int] = []
    for child in annotated.dependents(index, "nmod", "amod", "compound"):
        case = case_of(annotated, child)
        if case in ("between", "among"):  # "talks between A and B": each is both, the first acts
            actor.append(child.index)
            continue
        if child.relation in ("nmod:poss", "amod", "compound") or case == "by":
            actor.append(child.index)
        elif case in _TARGETING:
            target.append(child.index)
    token = annotated.tokens[index]
    governor = annotated.tokens[token.head]
    for deed in annotated.dependents(index, "acl"):
        if deed.tag == "VBN" and deed.lemma in _BEARING:  # "sanctions imposed by Oslo"
            actor += [t.index for t in annotated.dependents(deed.index, "obl") if case_of(annotated, t) == "by"]
    if governor.upos == "VERB" and (governor.lemma in _BEARING or not actor):
        actor = [*_of_bearer(annotated, token, governor), *actor]
    if not target and governor.upos == "VERB" and governor.lemma in _BEARING and token.relation == "obj":
        target = [
            t.index
            for t in annotated.dependents(governor.index, "obl")
            if case_of(annotated, t) in _TARGETING and t.relation != "obl:unmarked"
        ]
    return actor, target


def _of_bearer(annotated: Annotated, token: Token, governor: Token) -> list[int]:
    """Who acts by an event noun that a verb bears: "Israel launched an attack", "a raid was carried out by troops"."""
    if verb_class(annotated, governor) in _JUDGING or governor.lemma in _SUFFERING:
        return []  # who condemns an execution executed nobody
    if token.relation == "obj" and not _is_passive(annotated, governor.index):
        subject = _subject(annotated, governor.index, 6)
        return [subject] if subject is not None else []
    if token.relation == "nsubj:pass":
        return [t.index for t in annotated.dependents(governor.index, "obl") if case_of(annotated, t) == "by"]
    return []


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
        if owner := [
            t.index
            for t in annotated.dependents(governor.index, "nmod")
            if t.relation == "nmod:poss" or case_of(annotated, t) == "by"
        ]:
            return owner[0]  # "Iran's threat to close the strait", "a plan by Oslo to …"
        holder = annotated.tokens[governor.head]  # "Seoul made a promise to help": who holds the noun
        return _subject(annotated, holder.index, depth - 1) if holder.upos == "VERB" else None
    gerund = relation in ("xcomp", "ccomp", "advcl", "csubj") and token.tag == "VBG"
    if (relation == "xcomp" and governor.lemma in _OBJECT_CONTROL) or (gerund and governor.lemma in _OBJECT_GERUND):
        objects = annotated.dependents(governor.index, "obj", "iobj") or [
            t
            for t in annotated.dependents(governor.index, "obl")
            if case_of(annotated, t) in ("on", "upon", "to", "for")
        ]
        objects = objects or annotated.dependents(governor.index, "nsubj:pass")
        objects = objects or [t for t in annotated.dependents(governor.index, "nsubj") if t.index > governor.index]
        if objects:
            return objects[0].index
    if gerund and relation in ("ccomp", "csubj"):  # "are guilty of violating"
        return _subject(annotated, governor.index, depth - 1)
    if relation in ("conj", "xcomp", "advcl"):
        return _subject(annotated, governor.index, depth - 1)
    return None


def _all_joined(annotated: Annotated, words: list[int]) -> tuple[int, ...]:
    """Words with those conjoined to each, every one once."""
    return tuple(dict.fromkeys([i for word in words for i in _joined(annotated, word)])) if words else ()


def _joined(annotated: Annotated, index: int) -> list[int]:
    """A word with those conjoined to it ("Russia and North Korea")."""
    found = [index]
    for child in annotated.below[index]:
        if child.relation.startswith("conj"):
            found.extend(_joined(annotated, child.index))
    return found


def _places(annotated: Annotated, index: int) -> list[int]:
    found = []
    for child in annotated.dependents(index, "obl", "nmod"):
        if child.relation in ("nmod:poss", "obl:unmarked", "obl:agent"):
            continue
        if case_of(annotated, child) in _LOCATIVE:
            found.extend(_joined(annotated, child.index))
            found.extend(
                t.index for t in annotated.dependents(child.index, "nmod") if case_of(annotated, t) in _LOCATIVE
            )
    return found


def case_of(annotated: Annotated, token: Token) -> str:
    """The preposition before a noun, in lower case; "" if none."""
    for child in annotated.below[token.index]:
        if child.relation == "case":
            return child.lemma.lower()
    return ""

"""Questions about one clause of the tree: is it negated, conditional, about the future; who is its subject.

Leaves of the reading of firmness, acts and events: each looks at a word and its near neighbours, no further.
"""

from __future__ import annotations

from typing import Final

from onrecord.reader.annotated import Annotated, Token
from onrecord.reader.wordlists import sections

__all__ = [
    "has_future_words",
    "has_to",
    "is_conditional",
    "is_going_to",
    "is_in_heading",
    "is_negated",
    "is_predicate",
    "is_reported",
    "is_volitional",
    "subject_of",
]

_WORDS: Final = sections("firmness")
_NEGATIONS: Final = _WORDS["negations"]
_STATIVE: Final = _WORDS["stative verbs"]
_RESULTS: Final = _WORDS["resultant states"]


def is_negated(annotated: Annotated, index: int) -> bool:
    """Whether a word is negated in its own clause: "not", "never", "no" on it, on its subject or on its object."""
    for token in annotated.below[index]:
        if token.relation.startswith(("advmod", "det", "cc", "aux")) and token.text.lower() in _NEGATIONS:
            return token.text.lower() != "without"
        if token.relation.startswith(("nsubj", "obj")):
            if token.lemma in ("nobody", "nothing", "none"):
                return True
            for inner in annotated.below[token.index]:
                if inner.lemma == "no":
                    return True
    return False


def is_predicate(annotated: Annotated, index: int) -> bool:
    """Whether the word heads a clause: a verb, or anything with a copula, an auxiliary or a subject."""
    token = annotated.tokens[index]
    if token.upos == "VERB":
        return not token.relation.startswith("amod") and token.relation != "compound"
    return any(t.relation.startswith(("cop", "aux", "nsubj")) for t in annotated.below[index])


def is_conditional(annotated: Annotated, index: int, own: set[str]) -> bool:
    """In an "if" clause (or inverted "had it happened"), or the main clause of one."""
    token = annotated.tokens[index]
    marks = {t.lemma for t in annotated.dependents(index, "mark")}
    if marks & {"if", "unless"} and not token.relation.startswith("ccomp"):
        return True
    if own & {"would", "'d", "’d"} and "have" in own:
        return True
    return any(_if_clause(annotated, t) for t in annotated.dependents(index, "advcl"))


def _if_clause(annotated: Annotated, clause: Token) -> bool:
    if any(t.lemma in ("if", "unless") for t in annotated.dependents(clause.index, "mark")):
        return True
    had = [t for t in annotated.dependents(clause.index, "aux") if t.text.lower() in ("had", "were", "should")]
    subject = annotated.dependents(clause.index, "nsubj")
    marked = annotated.dependents(clause.index, "mark")
    return bool(had and subject and not marked and had[0].index < subject[0].index)


def is_volitional(annotated: Annotated, index: int) -> bool:
    """Whether the subject does it of its own will: an act, not a state, by somebody or by an unnamed agent."""
    token = annotated.tokens[index]
    if token.upos != "VERB" or token.lemma in _STATIVE:
        return False
    if annotated.dependents(index, "aux:pass"):
        return token.lemma not in _RESULTS
    subject = subject_of(annotated, index)
    return (
        subject is None
        or subject.upos in ("PROPN", "PRON")
        or subject.tag == "NNS"
        or subject.lemma in _WORDS["willing subjects"]
    )


def subject_of(annotated: Annotated, index: int) -> Token | None:
    found = annotated.dependents(index, "nsubj", "csubj", "expl")
    return found[0] if found else None


def has_to(annotated: Annotated, index: int) -> bool:
    return any(t.lemma == "to" for t in annotated.dependents(index, "mark", "aux"))


def is_going_to(annotated: Annotated, index: int) -> bool:
    token = annotated.tokens[index]
    governor = annotated.tokens[token.head]
    return (
        token.relation.startswith("xcomp")
        and governor.lemma == "go"
        and governor.tag == "VBG"
        and token.tag == "VB"
        and not is_negated(annotated, governor.index)
    )


def is_reported(annotated: Annotated, index: int) -> bool:
    """Inside a finite complement of a past verb ("said it would"): "would" is a shifted "will"."""
    for token in (annotated.tokens[index], *annotated.ancestors(index)):
        if token.relation.startswith("ccomp"):
            governor = annotated.tokens[token.head]
            return governor.tag in ("VBD", "VBN", "VBG")
    return False


def has_future_words(annotated: Annotated, index: int) -> bool:
    return any(
        t.lemma in _WORDS["future words"]
        or any(d.lemma in _WORDS["future words"] for d in annotated.dependents(t.index, "amod"))
        for t in annotated.dependents(index, "obl", "advmod", "nmod")
        if t.relation in ("obl:unmarked", "obl:tmod", "advmod", "nmod:unmarked", "nmod:tmod")
    )


def is_in_heading(annotated: Annotated, token: Token) -> bool:
    return any(b.kind == "heading" and b.span.overlaps(token.span) for b in annotated.document.blocks)

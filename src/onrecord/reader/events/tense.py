"""What the tense of a finite predicate says of how firm it is, where nothing else around it does."""

from __future__ import annotations

from typing import Final

from onrecord.reader.annotated import Annotated, Token
from onrecord.reader.clauses import has_future_words, has_to, is_in_heading, is_volitional, subject_of
from onrecord.reader.wordlists import sections
from onrecord.records import Status

__all__ = ["by_tense"]

_WORDS: Final = sections("firmness")
_RESULTS: Final = _WORDS["resultant states"]
_LASTING: Final = _WORDS["stative verbs"] - _WORDS["changing verbs"]
_MOVED: Final = frozenset({"down", "up"})
_MAIN: Final = frozenset({"root", "parataxis", "conj"})


def by_tense(annotated: Annotated, index: int, helpers: list[Token], told: bool) -> Status:
    """The status of a finite predicate from its tense and its helpers; `told` as in `firmness.status`."""
    token = annotated.tokens[index]
    first = helpers[0] if helpers else token
    names = [t.lemma.lower() for t in helpers]
    if names and names[0] == "be" and has_to(annotated, index):  # "is to be held"
        return "planned"
    if token.tag == "VBG" and "be" in names:
        if has_future_words(annotated, index):
            return "planned"
        return "happened" if first.tag == "VBD" and not (told and "have" not in names) else "ongoing"
    if "have" in names or first.tag == "VBD":
        return "happened"
    if any(t.relation in ("cop", "aux:pass") for t in helpers) and _is_result(annotated, token):
        return "happened"
    if has_future_words(annotated, index) and token.upos == "VERB":
        return "planned" if is_volitional(annotated, index) else "expected"
    if token.relation in _MAIN and not helpers and token.lemma not in _LASTING and is_in_heading(annotated, token):
        return "happened"  # the present of headlines: "Crane kills 107"
    bare = token.relation == "root" and token.tag in ("VB", "VBP") and not helpers and token.lemma != "thank"
    if bare and not subject_of(annotated, index):
        return "demanded"
    return "ongoing"


def _is_result(annotated: Annotated, token: Token) -> bool:
    """Whether what is predicated is what came of an event ("are wounded"), with its size or without ("is 3 % down")."""
    return token.lemma in _RESULTS or any(t.text.lower() in _MOVED for t in annotated.below[token.index])

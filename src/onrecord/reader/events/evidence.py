"""What speaks for an event and its class, as features of its confidence."""

from __future__ import annotations

from typing import Final

from onrecord.reader.annotated import Annotated
from onrecord.reader.events.plover import is_by_word
from onrecord.records import Status

__all__ = ["evidence"]

_FINITE: Final = frozenset({"VBD", "VBZ", "VBP", "MD"})
_FORMS: Final = {"NOUN": "noun", "PROPN": "noun", "ADJ": "adjective"}
_FIRM: Final = frozenset({"happened", "ongoing"})


def evidence(annotated: Annotated, index: int, kind: str | None, firm: Status) -> dict[str, float]:
    """What holds of the event, each as 1: the form of its trigger, how its class was found (by the word alone or by what
    stands around it), and how the text puts it."""
    token = annotated.tokens[index]
    if token.upos in ("VERB", "AUX"):
        finite = token.tag in _FINITE or any(t.tag in _FINITE for t in annotated.dependents(index, "aux", "cop"))
        found = {"finite verb" if finite else "other verb": 1.0}
    else:
        found = {_FORMS.get(token.upos, "other word"): 1.0}
    if kind is None:
        found["no class"] = 1.0
    else:
        found["class by word" if is_by_word(token, kind) else "class by construction"] = 1.0
        found[f"of class {kind}"] = 1.0
    if firm not in _FIRM:
        found["not come about"] = 1.0
    if token.relation.startswith(("acl", "amod", "compound", "nmod")):
        found["modifies a noun"] = 1.0
    return found

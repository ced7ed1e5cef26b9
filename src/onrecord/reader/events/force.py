"""What the act of a statement (a promise, a denial, a demand) makes of the event that heads its content."""

from __future__ import annotations

from typing import Final

from onrecord.reader.annotated import Annotated, Token
from onrecord.reader.events.irrealis import is_negative, is_proposal
from onrecord.records import Act, Status

__all__ = ["under"]

_FIRM: Final = frozenset({"happened", "ongoing"})


def under(force: Act, plain: Status, annotated: Annotated, token: Token) -> Status:
    """What the act of a statement makes of the event that heads its content.

    A denial reverses only a negation of the word's own: what the cue lends it by the tree is the same denial again.
    """
    if is_proposal(annotated, token):
        return plain
    settled = (token.tag in ("VBD", "VBN") and plain in _FIRM) or plain in ("denied", "conditional")
    if force == "deny":
        return "happened" if plain == "denied" and is_negative(annotated, token.index) else "denied"
    if settled:
        return plain
    if force == "promise":
        return "planned" if plain in ("expected", "happened", "ongoing") and token.tag != "VBZ" else plain
    if force == "demand":
        return "demanded"
    if force == "predict":
        return "expected" if plain != "possible" else plain
    if force == "warn" and token.upos in ("NOUN", "PROPN"):
        return "possible"
    return plain

"""Acts told inside of other words: "the minister neither confirmed nor denied the shooting", "I can confirm that …".

The reader makes statements of what stands with a source and a content; what is left in the outlet's sentences, or in
the content of a statement, may still say that somebody denies something or leaves it open.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from onrecord.ledger.claims.lexicon import listed, stem, words
from onrecord.ledger.claims.model import Stance
from onrecord.ledger.claims.pieces import trimmed
from onrecord.records import Mention, Span

__all__ = ["Inner", "inner_act"]

_NOT = r"(?:cannot|(?:can|could|did|does|would|has|had|will)\s+not|(?:can|couldn|didn|doesn|wouldn|hasn|hadn|won)['’]t)"
_DENY = (
    r"(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?|refut(?:e|es|ed|ing)|disput(?:e|es|ed|ing))"
)
_CONFIRM = r"(?:confirm(?:s|ed)?|verif(?:y|ies|ied))"
_ACT = re.compile(
    rf"\b(?:(?P<neither>neither\s+{_CONFIRM}\s+nor\s+{_DENY}|{_NOT}\s+(?:yet\s+|immediately\s+)?(?:{_CONFIRM}|{_DENY})"
    rf"(?:\s+or\s+{_DENY})?)|(?P<deny>{_DENY})|(?P<confirm>(?:can\s+|could\s+|to\s+|also\s+)?{_CONFIRM}))\s+(?:that\s+)?",
    re.IGNORECASE,
)
_VERB = re.compile(rf"(?:{_DENY}|{_CONFIRM})$", re.IGNORECASE)
_THING = 2  # words of a thing that can be denied to somebody
_BEFORE = 90  # characters in which the subject of the act can stand before it


class Inner(NamedTuple):
    """An act inside of other words: what it does with `content`, and whose it is (None: of whoever says it all).

    `first_person` says that its subject is "I" or "we".
    """

    stance: Stance
    act: str
    speaker: str | None
    content: tuple[Span, ...]
    first_person: bool = False


def inner_act(text: str, spans: Sequence[Span], mentions: Sequence[Mention], *, needs_subject: bool) -> Inner | None:
    """The act that the words of a proposition are about; None where they are about none, or nobody's.

    With `needs_subject`, somebody must be mentioned before the act: "was denied" alone is nobody's.
    """
    first = spans[0]
    end = min(first.end, first.start + _BEFORE)
    if not any(map(_may_act, text[first.start : end].split())):
        return None  # nearly all: the pattern takes five times as long to say so
    match = _ACT.search(text, first.start, end)
    if match is None:
        return None
    before = [m for m in mentions if first.start <= m.span.start and m.span.end <= match.start()]
    if needs_subject and not before:
        return None
    if not before and match.start() > first.start + len("that we "):
        return None
    if re.search(r"\b(?:was|were|been|be|being|is|are|not|to)\s+$", text[first.start : match.start()]):
        return None
    rest = [t for t in (trimmed(text, Span(match.end(), first.end)), *spans[1:]) if t is not None]
    if not rest:
        return None
    if match["deny"] and not _is_claim(text, rest):
        return None
    stance: Stance = "neither" if match["neither"] else "denies" if match["deny"] else "holds"
    act = "deny" if match["deny"] else "confirm"
    first_person = bool(before) and before[-1].span.of(text).lower() in ("i", "we")
    return Inner(stance, act, before[-1].entity if before else None, tuple(rest), first_person)


@lru_cache(maxsize=16_384)
def _may_act(word: str) -> bool:
    """Whether words with this one can be those of an act, all of which end with a verb."""
    return _VERB.search(word) is not None


def _is_claim(text: str, spans: Sequence[Span]) -> bool:
    """Whether what is denied can be true or false: "parole" and "bail" are denied to somebody."""
    known = [word for span in spans for word in words(text, span).known]
    return len(known) > _THING or any(word.form in listed("stop") or word.stem in _pointing() for word in known)


@cache
def _pointing() -> frozenset[str]:
    return frozenset(stem(word) for word in listed("reference nouns"))

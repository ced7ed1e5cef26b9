"""What words that say nothing themselves point at: "denied it", "there is no such plan", "did not deny this"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from onrecord.ledger.claims.compiled import Compiled
from onrecord.ledger.claims.lexicon import listed, stem

__all__ = ["echoed", "pointed_at", "run_before"]

_REACH = 600  # characters back from the words to what they point at: the paragraph before
_TELLING = 250  # weight from which a word says what is meant
_FEW = 800  # total weight of words that need what stands before them
_PLANS = frozenset({"plan", "maybe"})


def pointed_at(item: Compiled, before: Sequence[Compiled]) -> Compiled | None:
    """The proposition that `item` points at, of those of its document in canonical order; None where none is near.

    The nearest before it that another speaker asserts, or that is denied already, by whomever; for a figure one with a
    figure, for a plan one that is planned.
    """
    kind = item.proposition.refers
    near = [
        other
        for other in before
        if other.proposition.end <= item.proposition.start + 1
        and item.proposition.start - other.proposition.end <= _REACH
        and other.proposition.refers is None
        and other.proposition.mode == "fact"
        and other.proposition.voice != "headline"
        and (other.holder != item.holder or other.proposition.stance == "denies")
    ]
    fitting = [other for other in near if _fits(kind, other)]
    spoken = [other for other in fitting if other.proposition.voice == "statement"]
    return next(reversed(spoken or fitting), None)


def run_before(other: Compiled, before: Sequence[Compiled]) -> list[Compiled]:
    """`other` and what the same speaker says just before it in the document, last first, without a word of others."""
    found = []
    for item in reversed(before):
        if item.order > other.order or item.proposition.voice == "headline":
            continue
        if item.holder != other.holder or other.proposition.start - item.proposition.end > _REACH:
            break
        found.append(item)
    return found


def echoed(item: Compiled, before: Sequence[Compiled]) -> Compiled | None:
    """What few words deny or leave open ("there was no blockage", "who fired"): the nearest proposition before them in
    the document, by another speaker, that has all their telling words.
    """
    words = {
        term
        for term, weight in item.terms.items()
        if weight >= _TELLING and term not in item.names and term not in _emphasis()
    }
    if not words or item.total > _FEW:
        return None
    for other in reversed(before):
        p = other.proposition
        alike = other.holder != item.holder and p.refers is None and p.mode == "fact" and p.voice != "headline"
        if alike and words <= other.words:
            return other
    return None


@cache
def _emphasis() -> frozenset[str]:
    return frozenset(stem(word) for word in listed("emphasis"))


def _fits(kind: str | None, other: Compiled) -> bool:
    if kind == "figure":
        return bool(other.measures)
    if kind == "plan":
        return "=plan" in other.terms or any(d.status in _PLANS for deeds in other.deeds.values() for d in deeds)
    return True

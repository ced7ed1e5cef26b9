"""Attributions that run into each other: two cues for one content, a piece given to two.

The head reads each cue for itself, so what it gives to one it may give to another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from onrecord.reader.annotated import Annotated
from onrecord.reader.statements.passages import Linked, Utterance, is_same

__all__ = ["disentangled"]

NEARLY: Final = 0.8  # share of words (F1) from which two contents are one
NEIGHBOURS: Final = 3  # attributions after one that may tell it again


def disentangled(annotated: Annotated, found: Sequence[Linked]) -> list[Linked]:
    """The utterances of the head's attributions, each content told once."""
    return _with_complements(annotated, _without_others(annotated, _told_once(found)))


def _told_once(found: Sequence[Linked]) -> list[Linked]:
    """Of two cues for nearly the same content ("even suggesting" and "suggesting") the more probable, unless one of the
    contents holds the other's cue: then somebody tells what another said."""
    lost: set[int] = set()
    firsts = [u for u, before in found if before is None]
    for i, one in enumerate(firsts):
        for other in firsts[i + 1 : i + 1 + NEIGHBOURS]:
            if id(one) not in lost and id(other) not in lost and is_same(one, other, NEARLY):
                lost.add(id(min(one, other, key=_likelihood)))
    return [(u, before) for u, before in found if id(u) not in lost and id(before) not in lost]


def _likelihood(utterance: Utterance) -> float:
    return utterance.sure.probability if utterance.sure else 0.0


def _without_others(annotated: Annotated, found: Sequence[Linked]) -> list[Linked]:
    """Contents without the pieces that another attribution reports in their own sentence: “A,” she said. “B,” she added."""
    tokens = annotated.tokens
    reported: dict[int, Utterance] = {}
    for u, _ in found:
        home = annotated.sentences[tokens[u.cue[0].start].sentence] if u.cue else range(0)
        reported.update((i, u) for r in u.content for i in r if i in home)

    def is_anothers(utterance: Utterance, piece: range) -> bool:
        other = reported.get(piece.start)
        if other is None or other is utterance or not utterance.cue or utterance.covers(other.cue[0].start):
            return False
        return tokens[utterance.cue[0].start].sentence != tokens[piece.start].sentence

    now = {}
    for u, _ in found:
        kept = tuple(p for p in u.content if not is_anothers(u, p))
        if kept and len(kept) < len(u.content):
            now[id(u)] = replace(u, content=kept)
    return [(now.get(id(u), u), before and now.get(id(before), before)) for u, before in found]


def _with_complements(annotated: Annotated, found: Sequence[Linked]) -> list[Linked]:
    """ "She called the strike" + "a threat to" + "peace": an object's complement that the head took for a second cue of the
    same source goes on with the content that it stands behind."""
    tokens = annotated.tokens
    firsts = {u.content[-1].stop: u for u, _ in found if u.cue and u.source and u.cue[0].start < u.content[-1].start}
    whole: dict[int, Utterance | None] = {}
    for u, _ in found:
        first = firsts.get(u.cue[0].start) if u.cue else None
        if first is None or first is u or first.source != u.source or len(u.content) > 1:
            continue
        nominal = tokens[annotated.head_of(u.cue[0])].upos in ("NOUN", "ADJ") and tokens[u.cue[0].start].upos == "DET"
        if nominal and u.content[0].start >= u.cue[0].stop:
            last = range(first.content[-1].start, u.content[0].stop)
            whole[id(first)] = replace(first, content=(*first.content[:-1], last))
            whole[id(u)] = None
    linked = ((whole.get(id(u), u), whole.get(id(before), before)) for u, before in found)
    return [(u, before) for u, before in linked if u is not None]

"""Which later sentences of a quotation are statements of their own.

"We have left," Orlan said. "We are safe." The second sentence goes on from the first. In a new paragraph it is a
statement of its own; in the same one it is part of the first, unless it does another thing with words: a demand after
an account, an opinion after a promise. Keeping all of them apart costs 2 points of found F1 on PolNeAR dev (one half of
it has 47 of 51 of them in one with the first), joining those of one act gives back 1.3.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.reader.annotated import Annotated
from onrecord.reader.statements.acts import act_of
from onrecord.reader.statements.passages import Utterance, paragraph_of
from onrecord.records import Act

__all__ = ["joined"]


def joined(annotated: Annotated, where: Sequence[range], found: Sequence[Utterance]) -> list[Utterance]:
    """The utterances, with each that goes on from another in the same paragraph and act made a piece of that one."""
    into: dict[int, int] = {}
    for i, utterance in enumerate(found):
        first = utterance.follows
        while first is not None and first in into:
            first = into[first]
        if first is None or first >= i or utterance.source or utterance.cue:
            continue
        home = paragraph_of(where, utterance.content[0].start)
        last = [i, first, *(k for k in into if into[k] == first)]
        near = all(found[k].content[-1].start in home for k in last)
        if near and _act(annotated, utterance) == _act(annotated, found[first]):
            into[i] = first
    return _merged(found, into)


def _act(annotated: Annotated, utterance: Utterance) -> Act:
    content, cue, source = (
        [k for piece in pieces for k in piece] for pieces in (utterance.content, utterance.cue, utterance.source)
    )
    return act_of(annotated, cue, content, source)[0]


def _merged(found: Sequence[Utterance], into: dict[int, int]) -> list[Utterance]:
    kept = [i for i in range(len(found)) if i not in into]
    place = {i: n for n, i in enumerate(kept)}
    pieces: dict[int, list[range]] = {i: list(found[i].content) for i in kept}
    for i, first in into.items():
        pieces[first] += found[i].content
    merged = []
    for i in kept:
        before = found[i].follows
        before = into.get(before, before) if before is not None else None
        content = tuple(sorted(pieces[i], key=lambda r: r.start))
        merged.append(replace(found[i], content=content, follows=None if before is None else place[before]))
    return merged

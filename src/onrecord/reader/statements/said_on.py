"""On which day something was said: by a date that stands with the cue, by the statement it goes on from, by the news.

The day of news that gives no other is its publication day, unless the telling looks back ("had said", "previously told").
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.reader.annotated import Annotated
from onrecord.reader.statements.passages import Utterance
from onrecord.records import Moment

__all__ = ["said_on"]

_DAY = re.compile(r"(?:\d{4}|XXXX)(?:-\d\d(?:-\d\d)?)?(?=$|T)")
_EARLIER = frozenset(
    {"previously", "earlier", "once", "before", "formerly", "repeatedly", "originally", "ago", "past", "already"}
)
REACH = 4  # utterances back over which a speaker's date carries on


def said_on(
    annotated: Annotated,
    found: Sequence[Utterance],
    speakers: Sequence[int | None],
    moments: Sequence[Moment],
    published: str | None,
) -> list[str | None]:
    """The EDTF date of each utterance, None where it cannot be known."""
    held = _moment_tokens(annotated, moments)
    dates: list[str | None] = []
    explicit: list[str | None] = []
    for i, utterance in enumerate(found):
        own = _own_date(annotated, utterance, moments, held, published)
        if own is None and utterance.follows is not None and utterance.follows < i:
            own = explicit[utterance.follows]
        if own is None:
            own = _carried(annotated, found, speakers, explicit, i)
        explicit.append(own)
        if own is None and not _looks_back(annotated, utterance):
            own = published[:10] if published else None
        dates.append(own)
    return dates


def _moment_tokens(annotated: Annotated, moments: Sequence[Moment]) -> list[tuple[int, Moment]]:
    """Each dated moment with the token that its words hang by."""
    held = []
    for moment in moments:
        where = annotated.tokens_in(moment.span)
        if where and moment.type in {"date", "time"}:
            held.append((annotated.head_of(where), moment))
    return held


def _own_date(
    annotated: Annotated,
    utterance: Utterance,
    moments: Sequence[Moment],
    held: list[tuple[int, Moment]],
    published: str | None,
) -> str | None:
    """A date that stands in the sentence of the cue, outside of the content, and hangs by the cue's clause."""
    if not utterance.cue:
        return None
    cue = utterance.cue[0]
    tokens = annotated.tokens
    sentence = annotated.sentences[tokens[cue.start].sentence]
    head = annotated.head_of(cue)
    near = []
    for index, moment in held:
        if index not in sentence or utterance.covers(index) or any(index in r for r in utterance.source):
            continue
        value = published[:10] if moment.value == "PRESENT_REF" and published else moment.value
        day = _DAY.match(value)
        if day is None or (published is not None and day[0] > published):  # nothing is said after it is reported
            continue
        governed = index == head or any(t.index == head or t.index in cue for t in annotated.ancestors(index))
        before_cue = sentence.start <= index < cue.start
        near.append((not governed, not before_cue, abs(index - cue.start), day[0]))
    if not near:
        return None
    best = min(near)
    return best[3] if not best[0] or best[2] <= 8 else None


def _carried(
    annotated: Annotated,
    found: Sequence[Utterance],
    speakers: Sequence[int | None],
    explicit: Sequence[str | None],
    i: int,
) -> str | None:
    """The explicit date of the same speaker's last utterance, if it is among the last few: a report goes on."""
    if speakers[i] is None:
        return None
    for k in range(i - 1, max(-1, i - 1 - REACH), -1):
        if speakers[k] == speakers[i]:
            return explicit[k]
    return None


def _looks_back(annotated: Annotated, utterance: Utterance) -> bool:
    """Past perfect or an adverb of the past at the cue."""
    if not utterance.cue:
        return False
    cue = utterance.cue[0]
    tokens = annotated.tokens
    head = annotated.head_of(cue)
    around = {t.index for t in annotated.dependents(head)} | set(cue)
    perfect = any(tokens[i].text.lower() == "had" and tokens[i].upos == "AUX" for i in around)
    return perfect or any(tokens[i].text.lower() in _EARLIER and not utterance.covers(i) for i in around)

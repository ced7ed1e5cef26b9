"""What speaks for a statement and against it, as features of its confidence."""

from __future__ import annotations

import math

from onrecord.reader.confidence import logit
from onrecord.reader.statements.passages import Utterance
from onrecord.records import Manner

__all__ = ["evidence"]


def evidence(utterance: Utterance, manner: Manner, *, nested: bool) -> dict[str, float]:
    """The head's sureness of each part on the scale of log-odds, and the form of the whole. An utterance found by its
    form alone (a transcript's line, a signed block, a quotation without attribution) has no sureness of the head's."""
    sure = utterance.sure
    words = sum(map(len, utterance.content))
    return {
        "anchor": logit(sure.anchor) if sure else 0.0,
        "cue": logit(sure.cue) if sure else 0.0,
        "source": logit(sure.source) if sure else 0.0,
        "content": logit(sure.content) if sure else 0.0,
        "by form": float(sure is None),
        "no cue": float(not utterance.cue),
        "no source": float(not utterance.source),
        "goes on": float(utterance.follows is not None),
        "block": float(utterance.block),
        "several pieces": float(len(utterance.content) > 1),
        "log of words": math.log(words) if words else 0.0,
        "direct": float(manner == "direct"),
        "mixed": float(manner == "mixed"),
        "nested": float(nested),
    }

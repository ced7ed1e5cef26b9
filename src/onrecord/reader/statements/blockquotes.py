"""Block quotes that lost their quotation marks, as translated and scraped pages print them.

"… and another violation of the resolutions. Mark Rutte NATO Secretary General"     signed with a bare name
"We stand ready. The border is safe. Nobody will cross it, the minister stressed."  an attribution trails it
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.reader.annotated import Annotated
from onrecord.reader.entities.names import is_named
from onrecord.reader.statements.completion import without_dateline
from onrecord.reader.statements.passages import FIRST_PERSON, Utterance, paragraph_of
from onrecord.reader.statements.quotation import MARKS, trimmed

__all__ = ["is_signed_by", "signed_block", "whole_block"]

LEAST_BODY = 5  # words that a signed block must have before its signature
LONGEST_SIGNATURE = 14  # words of a trailing name with its title


def whole_block(
    annotated: Annotated, where: Sequence[range], found: Sequence[Utterance], utterance: Utterance
) -> Utterance:
    """An utterance with a trailing attribution, from its paragraph's beginning: "S1. S2. S3, Rütte emphasized."

    The attribution head sees that the sentences before the trailing attribution are speech (two or more of them, or one
    in the first person), but not always how far back; they go back to the beginning, unless marks or another attribution
    in the paragraph say otherwise. Any other utterance is given back as it is.
    """
    tokens = annotated.tokens
    first = utterance.content[0]
    home = paragraph_of(where, first.start)
    if not _trailed(annotated, utterance, home) or any(tokens[i].text in MARKS for i in home):
        return utterance
    sentences = {tokens[i].sentence for i in first}
    if len(sentences) < 2 and not any(tokens[i].text.lower() in FIRST_PERSON for i in first):
        return utterance
    others = [r for u in found if u is not utterance for r in (*u.cue, *u.content)]
    if any(home.start <= r.start < first.start for r in others):
        return replace(utterance, block=True)
    return replace(utterance, content=(without_dateline(annotated, home, range(home.start, first.stop)),), block=True)


def _trailed(annotated: Annotated, utterance: Utterance, home: range) -> bool:
    """One piece of content, of whole sentences or running over several, then source and cue, then nothing more."""
    first = utterance.content[0]
    tail = (*utterance.source, *utterance.cue)
    if not tail or len(utterance.content) > 1 or any(r.start < first.stop for r in tail):
        return False
    tokens = annotated.tokens
    begins = first.start == annotated.sentences[tokens[first.start].sentence].start
    if not begins and tokens[first.start].sentence == tokens[first.stop - 1].sentence:
        return False
    rest = range(max(r.stop for r in tail), home.stop)
    return all(annotated.tokens[i].upos in {"PUNCT", "SYM"} for i in rest)


def signed_block(annotated: Annotated, paragraph: range, found: Sequence[Utterance]) -> Utterance | None:
    """The utterance that a whole paragraph is, if it ends in a bare name and title; None for any other paragraph.

    Not where an attribution that stands in the paragraph already reports what is outside of it.
    """
    cut = _signature(annotated, paragraph)
    if cut is None:
        return None
    body = trimmed(annotated, range(paragraph.start, cut))
    end = paragraph.stop
    while end > cut and annotated.tokens[end - 1].upos == "PUNCT":
        end -= 1
    if len(body) < LEAST_BODY or any(_reports_more(annotated, u, body) for u in found):
        return None
    return Utterance((range(cut, end),), (), (body,), block=True)


def is_signed_by(utterance: Utterance, block: Utterance) -> bool:
    """An attribution that takes the block's signature for its source is the block itself, found by the head."""
    source = {i for r in utterance.source for i in r}
    return bool(source & set(block.source[0])) and any(block.covers(i) for r in utterance.content for i in r)


def _signature(annotated: Annotated, paragraph: range) -> int | None:
    """Token index at which a trailing name and title begin, None if the paragraph ends otherwise.

    It is a last stretch without a verb, capitals for the most part, that begins with a name of two words or more.
    """
    tokens = annotated.tokens
    ends = (i for i in reversed(paragraph[:-1]) if tokens[i].text in {".", "!", "?", "…"})
    last_stop = next(ends, None)
    if last_stop is None:
        return None
    cut = last_stop + 1
    while cut < paragraph.stop and tokens[cut].upos == "PUNCT":
        cut += 1
    tail = range(cut, paragraph.stop)
    words = [tokens[i] for i in tail if tokens[i].upos != "PUNCT"]
    if not 2 <= len(words) <= LONGEST_SIGNATURE or any(t.upos in {"VERB", "AUX", "PRON"} for t in words):
        return None
    named = is_named(words[0]) and is_named(words[1]) and words[0].text.istitle()
    capitals = sum(t.text[:1].isupper() for t in words)
    person = any(m.type == "person" and m.start in tail for m in annotated.mentions)
    return cut if named and person and capitals * 2 >= len(words) else None


def _reports_more(annotated: Annotated, utterance: Utterance, body: range) -> bool:
    """The utterance's source stands in the body, its cue is the main word there, and it reports words outside of it."""
    if not utterance.cue or not any(i in body for r in utterance.source for i in r):
        return False
    main = annotated.tokens[utterance.cue[0].start].relation == "root"
    return main and not all(i in body for r in utterance.content for i in r)

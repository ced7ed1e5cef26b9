"""Utterances, speakers, acts and dates → statements with their nesting."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.reader.annotated import Annotated
from onrecord.reader.confidence import confidence
from onrecord.reader.entities.parties import Cast
from onrecord.reader.statements.acts import act_of
from onrecord.reader.statements.continuations import joined
from onrecord.reader.statements.evidence import evidence
from onrecord.reader.statements.passages import FIRST_PERSON, Utterance, char_spans
from onrecord.reader.statements.quotation import Quotations
from onrecord.reader.statements.said_on import said_on
from onrecord.reader.statements.speakers import speakers
from onrecord.reader.statements.utterances import utterances
from onrecord.records import Manner, Moment, Statement

__all__ = ["read_statements"]


def read_statements(
    annotated: Annotated, cast: Cast, moments: Sequence[Moment], published: str | None
) -> list[Statement]:
    """All statements of a document in text order. Speakers found only here are added to the cast, and so are "I" and "we"
    in a person's direct speech."""
    quotations = Quotations(annotated)
    found = joined(annotated, quotations.paragraphs, utterances(annotated, quotations))
    within = _nesting(found)
    who = speakers(annotated, cast, found, within)
    when = said_on(annotated, found, who, moments, published, within)
    manners = [_manner(annotated, quotations, u) for u in found]
    for utterance, speaker, manner in zip(found, who, manners, strict=True):
        if speaker is not None and manner == "direct":
            _first_person(annotated, cast, utterance, speaker)
    statements = []
    for i, utterance in enumerate(found):
        words = [k for piece in utterance.content for k in piece]
        cue = [k for piece in utterance.cue for k in piece]
        source = [k for piece in utterance.source for k in piece]
        act, negated = act_of(annotated, cue, words, source)
        speaker, holder = who[i], within[i]
        content = char_spans(annotated, utterance.content)
        known = evidence(utterance, manners[i], nested=holder is not None)
        statements.append(
            Statement(
                id=f"s{i + 1}",
                source=char_spans(annotated, utterance.source or _source_of(found, utterance)),
                speaker=None if speaker is None else cast.id(speaker),
                cue=char_spans(annotated, utterance.cue),
                content=content,
                manner=manners[i],
                act=act,
                negated=negated,
                said_on=when[i],
                within=None if holder is None else f"s{holder + 1}",
                confidence=confidence("statement", content[0], known),
            )
        )
    return statements


def _source_of(found: Sequence[Utterance], utterance: Utterance) -> tuple[range, ...]:
    """Where an utterance goes on from another, the words that name its speaker are the other's."""
    seen = 0
    while utterance.follows is not None and not utterance.source and seen < len(found):
        utterance = found[utterance.follows]
        seen += 1
    return utterance.source


def _manner(annotated: Annotated, quotations: Quotations, utterance: Utterance) -> Manner:
    """By the quotation marks; without any, a block quote is direct: set off with its speaker's bare name, of two whole
    sentences or more under one attribution, in the first person, or opened by a dash at the beginning of its line."""
    manner = quotations.manner(list(utterance.content))
    if manner != "indirect":
        return manner
    tokens = annotated.tokens
    words = [i for piece in utterance.content for i in piece]
    sentences = {tokens[i].sentence for i in words if tokens[i].upos != "PUNCT"}
    first_person = any(tokens[i].text.lower() in FIRST_PERSON for i in words)
    dash = quotations.after_dash(words[0])
    leads = dash or words[0] == annotated.sentences[tokens[words[0]].sentence].start
    trailed = leads and all(words[0] < r.start for r in (*utterance.source, *utterance.cue))
    spoken = dash or len(sentences) > 1 or first_person
    return "direct" if utterance.block or (trailed and spoken) else "indirect"


def _first_person(annotated: Annotated, cast: Cast, utterance: Utterance, speaker: int) -> None:
    """ "I" and "my" in a direct quotation stand for its speaker ("we" only for an organisation: a person's "we" is open)."""
    party = cast.parties[speaker]
    own = {"i", "me", "my", "mine", "myself"} if party.type == "person" else FIRST_PERSON
    for piece in utterance.content:
        for i in piece:
            if annotated.tokens[i].text.lower() in own and i not in cast.of_head:
                cast.join(speaker, i, annotated.tokens[i].span, "pronoun")


def _nesting(found: Sequence[Utterance]) -> list[int | None]:
    """For each utterance the narrowest other one whose content holds its cue (its content, where it has none)."""
    out: list[int | None] = []
    sizes = [sum(map(len, u.content)) for u in found]
    pieces = [(piece.start, piece.stop, k) for k, u in enumerate(found) for piece in u.content]
    for utterance, size in zip(found, sizes, strict=True):
        key = (utterance.cue or utterance.content)[0].start
        holders = [k for start, stop, k in pieces if start <= key < stop and sizes[k] > size]
        out.append(min(holders, key=sizes.__getitem__, default=None))
    return out

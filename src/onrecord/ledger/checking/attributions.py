"""Who a draft says spoke, against who the ledger says did. Only a clear difference is a finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from onrecord.ledger.checking.align import align, windows
from onrecord.ledger.checking.draft import Draft, Quote
from onrecord.ledger.checking.passages import Laid, Run, Sentence
from onrecord.ledger.checking.quotes import Found
from onrecord.ledger.checking.rows import Finding
from onrecord.ledger.checking.shelf import Stored, Uttered
from onrecord.ledger.checking.who import People, Who, compared
from onrecord.records import Span, Statement

__all__ = ["check_passage", "check_reported", "check_speaker"]

_PRONOUNS = frozenset("he she they it we i him her them who".split())
_OFFICES = frozenset("the a an mr mrs ms dr sgt lt capt det col gen chief officer".split())

# Words of a reported statement that must be the ledger's own before another speaker's name is a mistake.
_REPORTED = 6
_LIKE = 0.75


def check_speaker(draft: Draft, quote: Quote, found: Sequence[Found], people: People) -> Finding | None:
    """A quotation that the ledger has from somebody else. None where one of its places may well have the same speaker."""
    if quote.said is None:
        return None
    speaker = draft.speaker(quote.said)
    if speaker is None or not _together(draft, quote, quote.said):
        return None
    best = [f for f in found if f.likeness >= found[0].likeness - 0.05]
    return _other(draft, quote.said, speaker, [(f.stored, f.span, f.uttered) for f in best], people)


def _together(draft: Draft, quote: Quote, said: Statement) -> bool:
    """The source stands in a sentence of the quotation: a name in the next sentence may belong to the next one."""
    words = draft.words
    sentences = {words.sentence_of(place) for place in quote.places}
    return any(words.sentence_of(place) in sentences for source in said.source for place in words.within(source))


def check_reported(draft: Draft, statement: Statement, near: Sequence[Stored], people: People) -> Finding | None:
    """The same for what is reported in other words than a quotation, where the words are nearly the ledger's."""
    speaker = draft.speaker(statement)
    if speaker is None or statement.manner == "direct":
        return None
    places = [i for piece in statement.content for i in draft.words.within(piece)]
    keys = [draft.words.keys[i] for i in places]
    if len(keys) < _REPORTED:
        return None
    heard = []
    for stored in near:
        words = stored.words
        for window in windows(keys, len(words), words.places, 2, int(len(keys) * _LIKE) - 1):
            laid = align(keys, words.keys, window)
            if laid.likeness >= _LIKE and laid.core:
                span = words.span(laid.core.start, laid.core.stop - 1)
                heard.append((stored, span, tuple(stored.statements_at(span))))
    return _other(draft, statement, speaker, heard, people)


def _other(
    draft: Draft,
    statement: Statement,
    speaker: Who,
    heard: Sequence[tuple[Stored, Span, tuple[Uttered, ...]]],
    people: People,
) -> Finding | None:
    others: list[tuple[Stored, Span, Uttered, Who]] = []
    for stored, span, uttered in heard:
        answers = [(u, people.who(u.speaker)) for u in uttered if u.speaker is not None]
        if not answers or len(answers) < len(uttered):
            return None
        for one in (speaker, *_outer(draft, statement)):
            if any(compared(one, who) != "different" for _, who in answers):
                return None
        others.append((stored, span, *answers[0]))
    if not others:
        return None
    source = Span(statement.source[0].start, statement.source[-1].end)
    names = " and ".join(dict.fromkeys(who.name for _, _, _, who in others))
    reason = f"The ledger has these words from {names}, not from {speaker.name}."
    against = tuple(stored.place(span, said) for stored, span, said, _ in others[:5])
    words = " ".join(source.of(draft.text).split())
    change = (("replaced", words, others[0][3].name),)
    return Finding("misattributed", "attribution", source, words, against, change, reason, statement.id)  # type: ignore[arg-type]


def _outer(draft: Draft, statement: Statement) -> Iterator[Who]:
    """Who reports the statement in the draft itself: Talmar said that Ruvania had warned Talvenia."""
    said = {s.id: s for s in draft.reading.statements}
    while statement.within is not None:
        statement = said[statement.within]
        if statement.speaker is not None:
            yield draft.people[statement.speaker]


def check_passage(draft: Draft, sentence: Sentence, people: People) -> Iterator[Finding]:
    """Sources that differ in a sentence which is otherwise the ledger's."""
    for run in sentence.runs:
        laid = sentence.laid[0]
        if run.here and run.there:
            found = _source_changed(draft, run, laid, people)
            if found is not None:
                yield found


def _source_changed(draft: Draft, run: Run, laid: Laid, people: People) -> Finding | None:
    """Both sides are words for a source, of statements whose contents are laid against each other."""
    words, stored = draft.words, laid.stored
    here = words.span(run.here[0], run.here[-1])
    there = stored.words.span(run.there[0], run.there[-1])
    pairs = [
        (said, heard)
        for said in draft.reading.statements
        if any(source.covers(here) for source in said.source)
        for heard in stored.uttered
        if any(source.covers(there) for source in heard.sources) and _same_content(draft, said, heard, laid)
    ]
    new, old = _telling(words.keys[i] for i in run.here), _telling(stored.words.keys[i] for i in run.there)
    if not pairs or not new or not old or new & old:
        return None
    for said, heard in pairs:
        speaker = draft.speaker(said)
        if speaker is None or heard.speaker is None or compared(speaker, people.who(heard.speaker)) == "same":
            return None
    wrong = " ".join(here.of(draft.text).split())
    right = pairs[0][1].name or " ".join(there.of(stored.text).split())
    return Finding(
        "misattributed",
        "attribution",
        here,
        wrong,
        (stored.sentence(there),),
        (("replaced", wrong, right),),
        f"The ledger has this from {right}, not from {wrong}.",
        pairs[0][0].id,
    )


def _same_content(draft: Draft, said: Statement, heard: Uttered, laid: Laid) -> bool:
    """Most of the words of what is said here, so far as they are in this sentence, are words of what is said there."""
    mine = {i for piece in said.content for i in draft.words.within(piece)}
    theirs = {i for piece in heard.content for i in laid.stored.words.within(piece)}
    inside = [here for here, _ in laid.steps if here in mine]
    return bool(inside) and sum(here in mine and there in theirs for here, there in laid.equal) * 2 > len(inside)


def _telling(keys: Iterable[str]) -> set[str]:
    """Words that say who: no article, no title, no pronoun."""
    return {key.removesuffix("'s") for key in keys if key not in _OFFICES and key not in _PRONOUNS}

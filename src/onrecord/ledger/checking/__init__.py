"""A draft compared with the ledger: every quotation, attribution, figure and date of it. `check` is the way in."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from onrecord.ledger.checking.attributions import check_passage, check_reported, check_speaker
from onrecord.ledger.checking.dating import check_dates
from onrecord.ledger.checking.draft import Draft
from onrecord.ledger.checking.numbers import Numbers
from onrecord.ledger.checking.passages import Sentence, sentences
from onrecord.ledger.checking.quotes import check_quote, look_up
from onrecord.ledger.checking.rows import Change, Finding, Kind, Place, What
from onrecord.ledger.checking.shelf import Shelf, Stored
from onrecord.ledger.checking.who import People
from onrecord.reading import Reading
from onrecord.records import Span

__all__ = ["Change", "Finding", "Kind", "Place", "What", "check"]

# Documents about the draft's story: those that share its rare words, this share of what the best one shares.
_NEAR = 12
_LEAST = 0.25


def check(connection: Connection, reading: Reading) -> list[Finding]:
    """What the ledger says of each quotation, attribution, figure and date of a draft, in the order of its text.

    Quotations are looked for in all documents; attributions, figures and dates are compared with the documents about
    the same story, so that two events are never mixed. Where the draft has a publication date, later figures than that
    do not make its own outdated.
    """
    draft = Draft(reading)
    shelf, people = Shelf(connection), People(connection)
    near = [stored for _, stored in shelf.best(map(draft.words.word, range(len(draft.words))), _NEAR, _LEAST)]
    laid = sentences(draft, near, shelf)
    found = [*_quotes(draft, laid, near, shelf, people), *_rest(draft, laid, near, shelf, people)]
    return sorted(_once(found), key=lambda f: (f.span, f.what, f.kind, f.reason))


def _once(found: list[Finding]) -> Iterator[Finding]:
    """Each thing once: a source that is wrong by the words said and by the sentence around them is wrong once."""
    told: list[Finding] = []
    for finding in found:
        same = (f for f in told if (f.kind, f.what) == (finding.kind, finding.what))
        if finding.what != "attribution" or not any(f.span.overlaps(finding.span) for f in same):
            told.append(finding)
            yield finding


def _quotes(draft: Draft, laid: list[Sentence], near: list[Stored], shelf: Shelf, people: People) -> Iterator[Finding]:
    for quote in draft.quotes:
        places = look_up(draft, quote, near, shelf)
        yield check_quote(draft, quote, places)
        if places and quote.said is not None and not _settled(laid, quote.said.source):
            other = check_speaker(draft, quote, places, people)
            if other is not None:
                yield other


def _rest(draft: Draft, laid: list[Sentence], near: list[Stored], shelf: Shelf, people: People) -> Iterator[Finding]:
    numbers = Numbers(draft, near, shelf)
    for sentence in laid:
        yield from numbers.check(sentence)
        yield from check_dates(draft, sentence)
        yield from check_passage(draft, sentence, people)
    for statement in draft.reading.statements:
        if not _settled(laid, statement.source):
            other = check_reported(draft, statement, near, people)
            if other is not None:
                yield other


def _settled(laid: list[Sentence], sources: tuple[Span, ...]) -> bool:
    """The sentence that names the source stands in the ledger as it stands in the draft."""
    return any(sentence.settled and any(sentence.span.overlaps(s) for s in sources) for sentence in laid)

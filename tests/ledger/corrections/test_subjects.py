"""What a person sees before ruling: the record, what was ruled of it, who may have said it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from tests.ledger.sample_readings import readings

from onrecord.errors import LedgerError, NotInLedger, Overtaken
from onrecord.ledger import Ledger
from onrecord.ledger.corrections import Signed, Wish

SIGNED = Signed("Vera Novak", "2025-04-01T09:30:00+02:00", "heard on the tape")


@pytest.fixture
def book() -> Iterator[Ledger]:
    with Ledger.open(":memory:") as book:
        list(book.add(readings()))
        yield book


def person(book: Ledger) -> str:
    """Somebody whom several articles name."""
    return next(row.id for row in book.who("Vantor") if len(row.documents) > 1)


def test_a_statement_is_what_its_name_says_and_knows_what_was_ruled_of_it(book: Ledger) -> None:
    row = book.statements(limit=1)[0]
    name = f"{row.document[:12]}:{row.id}"
    before = book.subject(name)
    assert (before.name, before.kind, before.last) == (f"{row.document}:{row.id}", "statement", "")
    assert before.words == row.content
    made = book.correct(name, Wish(reject=True), SIGNED)
    after = book.subject(name)
    assert ([one.id for one in after.corrections], after.last) == ([made.id], made.id)


def test_a_person_is_everyone_who_is_one_with_them(book: Ledger) -> None:
    one = book.subject(person(book))
    assert len({document for document, _ in one.members}) > 1
    document, record = one.members[-1]
    made = book.correct(f"{document}:{record}", Wish(name="Mirela V."), SIGNED)
    assert book.subject(one.name).last == made.id
    with pytest.raises(Overtaken, match="someone corrected this meanwhile"):
        book.correct(one.name, Wish(name="M. Vantor"), replace(SIGNED, expected=""))
    book.correct(one.name, Wish(name="M. Vantor"), replace(SIGNED, expected=made.id))


def test_a_merge_asks_for_what_was_ruled_of_the_first(book: Ledger) -> None:
    one = book.subject(person(book))
    other = next(row for row in book.who("Sauk") if row.id != one.name)
    renamed = book.correct(other.id, Wish(name="E. Sauk"), SIGNED)
    with pytest.raises(Overtaken):
        book.merge(other.id, one.name, replace(SIGNED, expected=""))
    made = book.merge(one.name, other.id, replace(SIGNED, expected=""))
    assert {row.id for row in book.subject(one.name).corrections} >= {renamed.id, made.id}


def test_what_is_undone_already_was_overtaken(book: Ledger) -> None:
    row = book.statements(limit=1)[0]
    made = book.correct(f"{row.document}:{row.id}", Wish(confirm=True), SIGNED)
    book.undo(made.id, SIGNED)
    with pytest.raises(Overtaken, match="undone already"):
        book.undo(made.id, SIGNED)


def test_those_who_may_have_said_it_are_in_the_article_and_in_its_story(book: Ledger) -> None:
    row = next(row for row in book.statements() if row.speaker == "Mirela Vantor")
    name = f"{row.document}:{row.id}"
    found = book.voices(name)
    assert len({voice.name for voice in found}) == len(found)
    called = {voice.called: voice for voice in found}
    assert called["Mirela Vantor"].here
    assert called["Mirela Vantor"].statements >= 1
    elsewhere = [voice for voice in found if not voice.here]
    assert elsewhere
    own = {f"{row.document}:{entity.id}" for entity in book.document(row.document).entities}
    assert not own & {voice.name for voice in elsewhere}
    # Each of them is a name that a correction takes.
    other = next(voice for voice in elsewhere)
    assert book.correct(name, Wish(speaker=other.name), SIGNED).to_document == other.name.partition(":")[0]


def test_what_cannot_be_corrected_is_refused(book: Ledger) -> None:
    document = book.documents()[0].id
    for unknown in (f"{document}:s9999", "p000000000000", "nobody at all"):
        with pytest.raises(NotInLedger):
            book.subject(unknown)
    with pytest.raises(LedgerError, match="is not a statement"):
        book.voices(f"{document}:e1")

"""What there is in one story, held to what the ledger tells of it at length."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from tests.ledger.sample_readings import readings

from onrecord.errors import NotInLedger
from onrecord.ledger import Ledger


@pytest.fixture(scope="module")
def book() -> Iterator[Ledger]:
    with Ledger.open(":memory:") as book:
        list(book.add(readings()))
        yield book


def test_contents_are_what_the_ledger_tells_at_length(book: Ledger) -> None:
    for row in book.stories():
        story = book.story(row.id)
        assert (story.id, story.title, story.first, story.last) == (row.id, row.title, row.first, row.last)
        assert tuple(article.id for article in story.articles) == row.members
        assert dict(story.standings) == Counter(claim.standing for claim in book.claims(story=row.id))
        assert sorted(story.series) == sorted(one.id for one in book.series(story=row.id))
        assert story.conflicts == len(book.conflicts(story=row.id))
        assert book.story(row.members[-1]) == story


def test_articles_say_which_text_they_print(book: Ledger) -> None:
    copies = {row.document: (row.group, row.kind) for row in book.copies()}
    assert copies
    for row in book.stories():
        for article in book.story(row.id).articles:
            assert (article.group, article.kind) == copies.get(article.id, (None, None))


def test_the_series_that_most_articles_tell_of_come_first(book: Ledger) -> None:
    story = book.story(book.stories()[0].id)
    told = [len({place.document for p in book.series(one)[0].points for place in p.places}) for one in story.series]
    assert told[0] == max(told)
    assert book.series(story.series[0])[0].what == "people killed"


def test_speakers_hold_and_deny_what_the_claims_say(book: Ledger) -> None:
    story = book.story(book.stories()[0].id)
    claims = book.claims(story=story.id)
    known = {row.key for row in book.speakers()}
    for speaker in story.speakers:
        held = {c.id for c in claims if any(m.name == speaker.name and m.record[0] == "s" for m in c.holders)}
        assert len(held) >= speaker.claims > 0 or speaker.denies > 0 or speaker.claims == 0
        assert speaker.key is None or speaker.key in known
        assert speaker.first is None or speaker.first[:1].isdigit()
    assert story.speakers[0].claims > 1


def test_an_unknown_story_is_not_in_the_ledger(book: Ledger) -> None:
    with pytest.raises(NotInLedger):
        book.story("t000000000000")

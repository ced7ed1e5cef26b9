"""Claims in the tables: found by any member's id, by words, speaker and standing; made anew when an article comes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.ledger.claims.conftest import Article

from onrecord.errors import NotInLedger
from onrecord.ledger import Ledger
from onrecord.ledger.ids import derived_id

OPENED = "that Ruvania opened the sluices of the Karst dam shortly before the disaster at Drusa"
OPEN = {"opened": "open", "disaster": "disaster"}


def article(speaker: str, *, day: str, publisher: str, **how: object) -> Article:
    made = Article(publisher=publisher, published=day, title="Sluices of the Karst dam above Drusa")
    made.says(made.who(speaker), OPENED, OPEN, **how)  # type: ignore[arg-type]
    return made


FIRST = article("Oltan Brezik", day="2025-03-13", publisher="The Sarmin Courier").reading()
SECOND = article("Salme Orvind", day="2025-03-14", publisher="The Delport Mirror", cue="denied", act="deny").reading()


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    with Ledger.open(":memory:") as opened:
        assert [r.outcome for r in opened.add([FIRST])] == ["added"]
        yield opened


def test_a_claim_as_it_is_read_back(ledger: Ledger) -> None:
    (claim,) = ledger.claims()
    assert claim.id == derived_id("c", FIRST.document.id, "s1")
    assert (claim.says, claim.event, claim.status, claim.standing) == (OPENED, "open", "happened", "single source")
    (held,) = claim.holders
    assert (held.name, held.act, held.said_on, held.words) == ("Oltan Brezik", "say", "2025-03-13", OPENED)
    assert held.spans[0].of(FIRST.document.text) == OPENED
    assert claim.first == held


def test_an_article_that_comes_later_and_denies(ledger: Ledger) -> None:
    list(ledger.add([SECOND]))
    (claim,) = ledger.claims()
    assert claim.standing == "disputed"
    assert [m.name for m in claim.deniers] == ["Salme Orvind"]
    for document in (FIRST, SECOND):
        assert ledger.claims(derived_id("c", document.document.id, "s1")) == [claim]
    (conflict,) = ledger.conflicts()
    assert (conflict.rule, conflict.a.who, conflict.b.who, conflict.a.of) == (
        "denial",
        "Oltan Brezik",
        "Salme Orvind",
        claim.id,
    )


def test_adding_the_same_article_with_less_in_it_takes_its_claims_away(ledger: Ledger) -> None:
    less = FIRST.__class__(FIRST.document, "other weights")
    list(ledger.add([less]))
    assert ledger.claims() == []


def test_asking(ledger: Ledger) -> None:
    list(ledger.add([SECOND]))
    assert len(ledger.claims(about="sluices Karst")) == 1
    assert ledger.claims(about="sluices Atlantis") == []
    assert ledger.claims(about="100%") == []
    assert len(ledger.claims(speaker="Orvind")) == 1
    assert ledger.claims(speaker="Nobody") == []
    assert len(ledger.claims(standing="disputed")) == 1
    assert ledger.claims(standing="corroborated") == []
    assert ledger.claims(limit=0) == []
    (claim,) = ledger.claims()
    assert ledger.claims(story=claim.story) == [claim]
    with pytest.raises(NotInLedger):
        ledger.claims("c000000000000")

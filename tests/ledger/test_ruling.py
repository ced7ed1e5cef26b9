"""What a person rules in a ledger is carried out at once, in everything that follows from it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from onrecord.errors import LedgerError
from onrecord.ledger import Ledger
from onrecord.ledger.corrections import Signed, Wish
from onrecord.reading import Reading

SIGNED = Signed(by="Vera Novak", at="2025-03-20T10:00:00+01:00", reason="listened to the tape")


def holders(ledger: Ledger) -> set[str]:
    return {member.name for claim in ledger.claims() for member in claim.holders}


def test_another_name_is_shown_wherever_somebody_is_named(reading: Reading) -> None:
    with Ledger.open(":memory:") as ledger:
        list(ledger.add([reading]))
        assert "Kyrylo Budanov" in holders(ledger)
        made = ledger.correct("Budanov", Wish(name="K. Budanov"), SIGNED)
        assert "K. Budanov" in holders(ledger)
        assert "Kyrylo Budanov" not in holders(ledger)
        (person,) = ledger.who("Budanov")
        assert (person.name, ledger.who("K. Budanov")) == ("K. Budanov", [person])
        ledger.undo(made.id, SIGNED)
        assert "Kyrylo Budanov" in holders(ledger)
        assert ledger.who("K. Budanov") == []


def test_a_rejected_statement_makes_no_claim_and_a_new_speaker_holds_it(reading: Reading) -> None:
    document = reading.document.id[:12]
    with Ledger.open(":memory:") as ledger:
        list(ledger.add([reading]))
        before = [claim.id for claim in ledger.claims()]
        made = ledger.correct(f"{document}:s1", Wish(reject=True), SIGNED)
        assert len(ledger.claims()) < len(before)
        ledger.undo(made.id, SIGNED)
        assert [claim.id for claim in ledger.claims()] == before
        ledger.correct(f"{document}:s1", Wish(speaker="Mark Rutte"), SIGNED)
        (mine,) = [claim for claim in ledger.claims() for m in claim.holders if m.record == "s1"]
        assert {m.name for m in mine.holders if m.record == "s1"} == {"Mark Rütte"}


def test_a_ruling_that_is_refused_changes_nothing(make: Callable[..., Reading]) -> None:
    with Ledger.open(":memory:") as ledger:
        list(ledger.add([make()]))
        before = ledger.claims()
        with pytest.raises(LedgerError, match="one entity of one document"):
            ledger.merge("Budanov", "Kyrylo Budanov", SIGNED)
        assert (ledger.claims(), ledger.corrections()) == (before, [])

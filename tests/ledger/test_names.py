"""Spellings of one name have one key, and different names do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.ledger.names import identity_key, name_key
from onrecord.records import Entity


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rütte", "rutte"),
        ("Ru\u0308tte", "Rütte"),
        ("NATO", "Nato"),
        ("the Kremlin", "Kremlin"),
        ("Jean-Claude Juncker", "Jean Claude Juncker"),
        ("Łukasz Ørsted", "Lukasz Orsted"),
        ("Weiß", "Weiss"),
        ("O’Brien", "O'Brien"),
        ("  Kim\u00a0Jong  Un ", "Kim Jong-un"),
        ("İstanbul", "Istanbul"),
        ("שָׁלוֹם", "שלום"),
        ("Σεούλ", "ΣΕΟΥΛ"),
    ],
)
def test_one_name(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Rutte", "Mark Rutte"), ("मोदी", "मादा"), ("The", "A"), ("?", "!"), ("1st", "2nd")]
)
def test_different_names(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


@given(st.text(min_size=1))
def test_the_key_of_a_key_is_itself(name: str) -> None:
    key = name_key(name)
    assert key
    if key != name and not key.startswith("the "):
        assert name_key(key) == key


def test_people_are_kept_apart_from_the_rest() -> None:
    assert identity_key(Entity("e1", "person", "Jordan")) == "person:jordan"
    assert (
        identity_key(Entity("e2", "country", "Jordan"))
        == identity_key(Entity("e3", "place", "JORDAN"))
        == "name:jordan"
    )

"""Ids of what is derived: made from the first member in canonical order, so that they can be cited.

A claim, a series, a story is a set of records. Its id is that of its first member by publication date, document and
place in the text. An article that arrives later but came out earlier may give a set another first member; so whatever
looks an id up takes the id of ANY member, and a citation stays good.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Literal

__all__ = ["Letter", "derived_id", "figure_key"]

Letter = Literal["c", "f", "y", "t", "p", "x", "k"]
"""Claim, series of figures, copy group, story, person (organisation, place …), conflict, correction."""

_DIGITS = 12  # 48 bits: among a million records of a kind, two share an id with a chance of 1 in 560


def derived_id(letter: Letter, document: str, record: str) -> str:
    """The id that the record `record` (`s3`, `f0`; "" for the document itself) of the document with this hash stands for."""
    return letter + sha256(f"{document}:{record}".encode()).hexdigest()[:_DIGITS]


def figure_key(place: int) -> str:
    """What a figure is called within its document, since the record schema gives it no id: its place in the list."""
    return f"f{place}"

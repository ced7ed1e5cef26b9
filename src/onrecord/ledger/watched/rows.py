"""What watching tells, and what is asked about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["FeedRow", "HeldBack", "PutOff", "Round", "Trouble"]

State = Literal["answers", "fails", "ended", "new"]


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A feed that was read, or is to be.

    `state`: it `answers`; it `fails`, `failures` times in a row, the last for a `reason`; it has `ended` and is not asked
    any more; or it is `new` and was never asked. `tried`, `seen` and `due` are when it was last asked, last answered, and
    will be asked next, in UTC. `articles` counts its entries whose document is in the ledger, `waiting` those still to be
    fetched, `refused` those that were given up.
    """

    address: str
    title: str | None
    state: State
    tried: str | None
    seen: str | None
    due: str | None
    failures: int
    reason: str | None
    articles: int
    waiting: int
    refused: int


@dataclass(frozen=True, slots=True)
class Trouble:
    """A feed, or the list of feeds, that gave nothing. `again` is when it is asked next (UTC), None for never."""

    name: str
    reason: str
    again: str | None = None


@dataclass(frozen=True, slots=True)
class PutOff:
    """An article that could not be fetched and is tried once more at `again` (UTC)."""

    name: str
    reason: str
    again: str


@dataclass(frozen=True, slots=True)
class HeldBack:
    """A feed that is not asked for more until fewer of its articles are `waiting`: they come faster than they are read."""

    name: str
    waiting: int


@dataclass(frozen=True, slots=True)
class Round:
    """What one round did.

    How many feeds were `asked` and how many of them `failed`; what became of articles, by the outcome of their receipts, and
    how many were `put_off`; when the next round `begins` (UTC), None where nothing will be asked again.
    """

    asked: int
    failed: int
    outcomes: dict[str, int]
    put_off: int
    begins: str | None

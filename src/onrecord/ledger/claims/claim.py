"""What a claim is: propositions of one story that say the same, with who holds and who denies them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from onrecord.ledger.claims.compiled import Compiled
from onrecord.ledger.scene import Record

__all__ = ["Claim", "Membership", "PointLike", "Role", "SeriesLike", "Standing"]

Role = Literal["holder", "denier", "neither", "reporter"]
Standing = Literal["single source", "corroborated", "disputed", "denied", "revised", "withdrawn"]


class PlaceLike(Protocol):
    """A count in its document, as a series has it."""

    @property
    def record(self) -> Record: ...


class PointLike(Protocol):
    """One value of a series: who holds it, as of when (ISO; "" where nobody knows), and all counts that give it."""

    @property
    def low(self) -> float | None: ...
    @property
    def high(self) -> float | None: ...
    @property
    def holder(self) -> str: ...
    @property
    def as_of(self) -> str: ...
    @property
    def places(self) -> Sequence[PlaceLike]: ...


class BestLike(Protocol):
    @property
    def sources(self) -> Sequence[PointLike]: ...


class SeriesLike(Protocol):
    """What the standing of a claim needs to know of a series of figures."""

    @property
    def points(self) -> Sequence[PointLike]: ...
    @property
    def best(self) -> BestLike | None: ...


@dataclass(frozen=True, slots=True, eq=False)
class Membership:
    """A proposition's part in a claim. `who` is the holder's id; `plain` says that a denial lies in a bare negation
    ("has not left") and in no word of denial; `points` that the words only point at the claim ("denied it").
    """

    item: Compiled
    role: Role
    who: str
    plain: bool = False
    points: bool = False
    withdraws: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Claim:
    """`members` are in canonical order. `first` is its first mention, `clearest` the member whose words stand for it.

    `holders`, `deniers`, `neither` are ids in the order of their first member; `independent` counts holders, without a
    body for which another holder speaks. `negative` says that the claim itself is that something is not so. `speaks_for`
    gives those in the claim the bodies for which they speak.
    """

    id: str
    story: int
    standing: Standing
    members: tuple[Membership, ...]
    first: Membership
    clearest: Membership
    holders: tuple[str, ...]
    deniers: tuple[str, ...]
    neither: tuple[str, ...]
    withdrawn: tuple[str, ...]
    independent: int
    negative: bool
    speaks_for: Mapping[str, frozenset[str]] = field(default_factory=dict)

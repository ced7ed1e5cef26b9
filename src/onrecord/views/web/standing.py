"""How a claim stands, in a sentence that somebody who sees it first understands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.ledger.claims.claim import Standing
from onrecord.ledger.claims.rows import ClaimRow, MemberRow
from onrecord.views.web.figures import capital

__all__ = ["STANDINGS", "Voice", "badge", "listed_names", "stands", "telling", "voices"]

STANDINGS: dict[Standing, str] = {
    "single source": "One independent source holds it, and nobody on record denies it.",
    "corroborated": "Several sources that do not copy each other hold it, and nobody on record denies it.",
    "disputed": "Somebody holds it, and somebody denies it.",
    "denied": "It is on record through its denial alone.",
    "revised": "A later figure took its place.",
    "withdrawn": "Whoever held it took it back.",
}
"""A standing in a sentence."""

_NAMED = 3
_FRAGMENT = 3
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True, slots=True)
class Voice:
    """One voice in a claim: all mentions of one name in one part, the first one first."""

    name: str
    mentions: tuple[MemberRow, ...]

    @property
    def first(self) -> MemberRow:
        return self.mentions[0]


def badge(standing: Standing) -> str:
    """The class of a standing's badge: `single-source`."""
    return standing.replace(" ", "-")


def telling(rows: Sequence[ClaimRow], most: int) -> list[ClaimRow]:
    """`most` of the claims: those first that say something by themselves. Words that stand for a clause ("murder", "his
    identity": three words and fewer) come behind them, in their order."""
    return sorted(rows, key=lambda row: len(row.says.split()) <= _FRAGMENT)[:most]


def voices(members: Iterable[MemberRow]) -> tuple[Voice, ...]:
    """The members by name, in the order of their first mention."""
    found: dict[str, list[MemberRow]] = {}
    for member in members:
        found.setdefault(member.name, []).append(member)
    return tuple(Voice(name, tuple(mentions)) for name, mentions in found.items())


def stands(row: ClaimRow) -> str:
    """ "Two independent sources hold it: Ida Holm and the prefect. Salme Orvind denies it." """
    holders = [m for m in row.holders if m.way != "withdrawal"]
    back = _names(m for m in row.members if m.way == "withdrawal")
    parts = []
    if row.standing == "revised":
        parts.append("A later figure took its place.")
    if holders:
        parts.append(_held(row.independent, _names(holders)))
    if back:
        parts.append(f"{listed_names(back)} took it back.")
    denying = _names(row.deniers)
    if denying:
        only = " It is on record through this denial alone." if row.standing == "denied" and not holders else ""
        parts.append(f"{listed_names(denying)} {_verb(denying, 'denies', 'deny')} it.{only}")
    neither = _names(row.neither)
    if neither:
        parts.append(f"{listed_names(neither)} {_verb(neither, 'leaves', 'leave')} it open.")
    return " ".join(capital(part) for part in parts) or STANDINGS[row.standing]


def listed_names(names: Sequence[str]) -> str:
    """ "Ida Holm, the prefect and 3 others", in a sentence's beginning."""
    shown = list(names[:_NAMED]) if len(names) > _NAMED + 1 else list(names)
    more = len(names) - len(shown)
    if more:
        return f"{', '.join(shown)} and {more} others"
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def _held(independent: int, names: Sequence[str]) -> str:
    if independent > 1:
        count = _NUMBERS[independent] if independent < len(_NUMBERS) else str(independent)
        return f"{count} independent sources hold it: {listed_names(names)}."
    if len(names) > 1:
        return f"{listed_names(names)} hold it, which count as one source: their words come from one text."
    return f"One source holds it: {names[0]}."


def _names(members: Iterable[MemberRow]) -> list[str]:
    return list(dict.fromkeys(member.name for member in members))


def _verb(names: Sequence[str], one: str, several: str) -> str:
    return one if len(names) == 1 else several

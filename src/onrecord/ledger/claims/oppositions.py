"""Contradictions of claims: who denies what another holds, who takes back or turns round, what is told both ways.

Only members of one claim are set against each other, so both sides are about the same thing by the same tests that made
the claim. Headlines and those who only leave a claim open contradict nobody.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from onrecord.ledger.claims.claim import Claim, Membership
from onrecord.ledger.claims.readable import Names
from onrecord.ledger.conflicts.rows import Conflict, Rule, Side

__all__ = ["oppositions"]

_SAID = {
    "denial": "{a} holds and {b} denies",
    "reversal": "{b} first said one thing and then the other about",
    "opposite": "{a} and {b} say the opposite about",
}


def oppositions(claims: Iterable[Claim], names: Names) -> tuple[Conflict, ...]:
    """The contradictions in these claims, in the order of the claims; one for each who denies one."""
    return tuple(conflict for claim in claims for conflict in _of_claim(claim, names))


def _of_claim(claim: Claim, names: Names) -> Iterator[Conflict]:
    held = [m for m in claim.members if m.role == "holder" and not m.withdraws]
    for voice in _voices(claim):
        against = [m for m in claim.members if m.role == "denier" and m.who in voice]
        # Words of denial show the contradiction better than a bare negation, and a person's own better than "it denied
        # this", said of a body.
        shown = min(against, key=lambda m: (m.plain, m.who not in claim.speaks_for, m.points, m.item.order))
        other = next((m for m in held if not _one_voice(claim, m.who, voice)), None)
        if other is not None:
            yield _conflict(claim, "opposite" if all(m.plain for m in against) else "denial", other, shown, names)
        own = next((m for m in held if _one_voice(claim, m.who, voice)), None)
        # What an agency has in one text and not in another is no turn: its texts are by many, of many days.
        if own is not None and not (own.item.speaker is None and all(m.plain for m in against)):
            yield _conflict(claim, "reversal", own, shown, names)
    for taken in (m for m in claim.members if m.withdraws):
        own = next((m for m in held if m.who == taken.who and not _overlap(m, taken)), None)
        if own is not None:
            yield _conflict(claim, "reversal", own, taken, names)


def _voices(claim: Claim) -> list[set[str]]:
    """The deniers, a body and those who speak for it together: they deny once."""
    found: list[set[str]] = []
    for denier in claim.deniers:
        near = [voice for voice in found if _one_voice(claim, denier, voice)]
        found = [voice for voice in found if voice not in near]
        found.append({denier}.union(*near))
    return sorted(found, key=lambda voice: min(claim.deniers.index(who) for who in voice))


def _one_voice(claim: Claim, who: str, voice: Collection[str]) -> bool:
    """Whether somebody is of this voice, speaks for it, or is spoken for by it. Two who speak for one body are two."""
    speaks_for = claim.speaks_for
    return any(who == one or one in speaks_for.get(who, ()) or who in speaks_for.get(one, ()) for one in voice)


def _overlap(one: Membership, other: Membership) -> bool:
    """Whether two are the same words: "withdrew her claim that X" holds X only to say that it no longer is held."""
    a, b = one.item, other.item
    return a.document == b.document and any(s.overlaps(o) for s in a.proposition.spans for o in b.proposition.spans)


def _conflict(claim: Claim, rule: Rule, a: Membership, b: Membership, names: Names) -> Conflict:
    days = [names.member(m.item.document).day or "" for m in (a, b)]
    says = _SAID[rule].format(a=names.of(a), b=names.of(b))
    return Conflict(
        rule=rule,
        a=_side(claim, a, names),
        b=_side(claim, b, names),
        comparable=f"{says} the same claim.",
        day=max(days) or None,
    )


def _side(claim: Claim, part: Membership, names: Names) -> Side:
    p = part.item.proposition
    return Side(
        document=part.item.document,
        hash=names.member(part.item.document).hash,
        record=p.record,
        span=max(p.spans, key=lambda span: span.end - span.start),
        of=claim.id,
        who=names.of(part),
    )

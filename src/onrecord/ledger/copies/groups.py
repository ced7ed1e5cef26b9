"""Pairs of copies become groups, each with one origin that every member is itself a copy of.

The strongest pairs are joined first. Two groups are joined only if the origin of both together makes a pair with every
member: so a chain (A rewritten as B, B rewritten as C) and a round-up that quotes ten articles join nothing that has no
text in common. The result follows from the set of articles alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from onrecord.ledger.copies.compare import CopyPair, compare
from onrecord.ledger.copies.credits import Credit, is_agency
from onrecord.ledger.copies.features import CopyFeatures
from onrecord.ledger.dates import days
from onrecord.ledger.ids import derived_id

__all__ = ["CopyGroup", "CopyKind", "CopyMember", "Standing", "group_key", "grouped", "groups", "standing"]

CopyKind = Literal["origin", "reprint", "excerpt", "rewrite", "update", "translation"]

_REPRINT = 0.85  # of a member's words stand in the origin: the rest is a dateline, a line of the desk's own
_UNTOUCHED = (
    0.97  # of the words in common stand in long rows: reprints have 0.98 and more, one word in ten changed 0.96
)
_IDENTICAL = 0.97  # of both: the same page read twice is no newer version of itself
_PART = 0.5  # of the longer text, at most, in an excerpt: what is more is the same article cut
_UNCREDITED = 3  # the rank of an article without a credit; those of an agency itself have 0
_NO_TIME = "~"  # after all times


@dataclass(frozen=True, slots=True)
class Standing:
    """What speaks for an article being the origin of its copies. `words` is the length of its text."""

    document: str
    publisher: str | None
    published: str | None
    credits: tuple[Credit, ...]
    words: int


@dataclass(frozen=True, slots=True)
class CopyMember:
    """`share` is the share of the member's words that stand in the origin; `evidence` says in words why it is here."""

    document: str
    kind: CopyKind
    share: float
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CopyGroup:
    """Articles with one text. `members` are in the order of publication, the origin among them.

    `key` is the id of the member published first. The group is found by the id of any member (see `group_key`).
    """

    key: str
    origin: str
    members: tuple[CopyMember, ...]


def standing(found: CopyFeatures) -> Standing:
    """What of its features speaks for an article."""
    return Standing(found.document, found.publisher, found.published, found.credits, len(found.words))


def group_key(document: str) -> str:
    """The id that a copy group has from this member."""
    return derived_id("y", document, "")


def groups(features: Iterable[CopyFeatures], pairs: Iterable[CopyPair]) -> list[CopyGroup]:
    """The copy groups of these articles, largest first. Articles that have no copy are in none."""
    known = {f.document: f for f in features}
    return grouped(
        {document: standing(f) for document, f in known.items()}, pairs, lambda a, b: compare(known[a], known[b])
    )


def grouped(
    standings: Mapping[str, Standing],
    pairs: Iterable[CopyPair],
    missing: Callable[[str, str], CopyPair | None],
) -> list[CopyGroup]:
    """As `groups`, where the texts are not at hand: `missing` compares two articles that are not among the pairs."""
    known: dict[tuple[str, str], CopyPair | None] = {(pair.a, pair.b): pair for pair in pairs}

    def pair_of(one: str, other: str) -> CopyPair | None:
        key = min(one, other), max(one, other)
        if key not in known:
            known[key] = missing(*key)
        return known[key]

    member_of = {document: document for document in standings}
    clusters = {document: [document] for document in standings}
    refused: set[tuple[str, str]] = set()
    strongest = sorted(filter(None, known.values()), key=_by_strength)
    for pair in strongest:
        one, other = sorted((member_of[pair.a], member_of[pair.b]))
        if one == other or (one, other) in refused:
            continue
        together = clusters[one] + clusters[other]
        origin = _origin([standings[d] for d in together])[0]
        if all(pair_of(origin, d) for d in together if d != origin):
            clusters[one] = together
            for document in clusters.pop(other):
                member_of[document] = one
        else:
            refused.add((one, other))
    found = [
        _group([standings[d] for d in documents], pair_of) for documents in clusters.values() if len(documents) > 1
    ]
    return sorted(found, key=lambda g: (-len(g.members), g.key))


def _by_strength(pair: CopyPair) -> tuple[bool, float, float, int, str, str]:
    return pair.kind == "translation", -pair.strength, -min(pair.share_a, pair.share_b), -pair.longest, pair.a, pair.b


def _group(members: list[Standing], pair_of: Callable[[str, str], CopyPair | None]) -> CopyGroup:
    origin, why = _origin(members)
    found = []
    for member in sorted(members, key=_age):
        pair = pair_of(member.document, origin) if member.document != origin else None
        if pair is None:
            found.append(CopyMember(member.document, "origin", 1.0, why))
        else:
            kind = _kind(pair, member.document, origin)
            share = round(pair.share(member.document), 4)
            found.append(CopyMember(member.document, kind, share, _evidence(pair, member, origin)))
    return CopyGroup(group_key(found[0].document), origin, tuple(found))


def _kind(pair: CopyPair, member: str, origin: str) -> CopyKind:
    mine, its = pair.share(member), pair.share(origin)
    if pair.kind == "translation":
        return "translation"
    if pair.same_publisher and min(mine, its) < _IDENTICAL:
        return "update"
    if max(mine, its) < _PART or min(mine, its) < _PART * max(mine, its):
        return "excerpt"
    if pair.unbroken < _UNTOUCHED or max(mine, its) < _REPRINT:
        return "rewrite"
    # A longer text that begins alike is the same article with its tail; one that begins otherwise quotes it in full.
    return "reprint" if mine >= _REPRINT or pair.from_start else "excerpt"


def _evidence(pair: CopyPair, member: Standing, origin: str) -> tuple[str, ...]:
    mine, its = pair.share(member.document), pair.share(origin)
    if pair.kind == "translation":
        said = [f"{pair.strength:.0%} of names, figures and dates the same, in the same order"]
    else:
        said = [
            f"{mine:.0%} of its words stand in the origin, {its:.0%} of the origin's in it",
            f"{pair.longest} words in a row",
        ]
    if pair.same_publisher:
        said.append("same publisher")
    return (*said, *(_said(credit) for credit in member.credits))


def _said(credit: Credit) -> str:
    where = {
        "dateline": "in its dateline",
        "byline": "in its byline",
        "author": "as its author",
        "notice": "in a line of its own",
        "contributed": "for help",
    }
    return f"credits {credit.agency} {where[credit.form]}"


def _origin(members: list[Standing]) -> tuple[str, tuple[str, ...]]:
    """The origin of these articles and why: by the agency they credit, the earliest with a credit, the earliest, the
    longest, the smallest hash."""
    agencies = sorted({c.agency for m in members for c in m.credits if c.form != "contributed"})

    def rank(member: Standing) -> int:
        if any(is_agency(member.publisher, agency) for agency in agencies):
            return 0
        own = [c for c in member.credits if c.form != "contributed"]
        return 1 if any(c.known for c in own) else 2 if own else _UNCREDITED

    ranks = {m.document: rank(m) for m in members}
    least = min(ranks.values())
    left = [m for m in members if ranks[m.document] == least]
    why = []
    if least < _UNCREDITED and len(left) < len(members):
        why.append("the only credit" if len(left) == 1 else "the best credits")
    for reason, key in (
        ("published first: {0.published}", lambda m: _day(m)[0]),
        ("published first: {0.published}", _time_where_known(left)),
        ("longest text: {0.words} words", lambda m: -m.words),
        ("nothing tells which was first: the smallest hash", lambda m: m.document),
    ):
        if len(left) == 1:
            break
        first = min(key(m) for m in left)
        rest = [m for m in left if key(m) == first]
        if len(rest) < len(left):
            why.append(reason.format(min(rest, key=_age)))
        left = rest
    best = left[0]
    if least == 0:
        why.insert(0, f"the copies credit its publisher, {best.publisher}")
    if sum(reason.startswith("published first") for reason in why) > 1:  # by its day, then by its time
        why.remove(next(reason for reason in why if reason.startswith("published first")))
    return best.document, (*why, *(_said(credit) for credit in best.credits))


def _time_where_known(members: list[Standing]) -> Callable[[Standing], str]:
    """The time of day, if all the articles of the earliest day have one: midday is not before a day without a time."""
    first = min(_day(m)[0] for m in members)
    known = all(_day(m)[1] != _NO_TIME for m in members if _day(m)[0] == first)
    return lambda m: _day(m)[1] if known else _NO_TIME


def _age(member: Standing) -> tuple[str, str, str]:
    """The canonical order: by day, a day without a time after all times of it, no date last; then by hash."""
    return (*_day(member), member.document)


def _day(member: Standing) -> tuple[str, str]:
    """Day and time of publication in UTC, as far as they are known."""
    known = days(member.published)
    day, time = known[0] if known else "9999-99-99", _NO_TIME
    if member.published is not None and len(member.published) > len("2025-03-12"):
        try:
            moment = datetime.fromisoformat(member.published)
        except ValueError:  # an interval or a season: EDTF, but no instant
            return day, time
        if moment.tzinfo is not None:
            moment = moment.astimezone(UTC)
        day, _, time = moment.replace(tzinfo=None).isoformat().partition("T")
    return day, time

"""The claims of a story from the propositions of its documents. Pure: depends on the set of documents and rulings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from onrecord.ledger.claims.bodies import speaks_for
from onrecord.ledger.claims.claim import Claim, Membership, Role, SeriesLike
from onrecord.ledger.claims.clustering import groups
from onrecord.ledger.claims.compiled import Compiled, compile_all
from onrecord.ledger.claims.matching import ENOUGH, most, same_figure, score
from onrecord.ledger.claims.model import Facts
from onrecord.ledger.claims.references import echoed, pointed_at, run_before
from onrecord.ledger.claims.standing import Figures, independent, standing, who
from onrecord.ledger.ids import derived_id
from onrecord.ledger.scene import Record, Scene

__all__ = ["assemble"]

_LEAST = 150  # total weight of words below which nothing is said that could be a claim
_NEITHER = ENOUGH * 9 // 10  # "whether X" has other words around it than "X"
_SAME_FIGURE = 10_000  # more than any words: the number itself is taken back
_REPORTING = frozenset({"report"})
_CROWDED = 250  # claims that a word may be in and still lead to each of them
_TAKEN_BACK = 300  # weight of words that somebody who takes something back must share with it


def assemble(scene: Scene, facts: Mapping[int, Facts], series: Iterable[SeriesLike] = ()) -> tuple[Claim, ...]:
    """The claims of `scene` in the order of their first members."""
    figures = Figures(series)
    items = compile_all(scene, facts, figures.series())
    core = [item for item in items if _is_core(item)]
    found = groups(core)
    found = _without_echoes(items, found)
    members = [_memberships(group) for group in found]
    _attach(items, found, members)
    origins = {member.document: member.origin for member in scene.members}
    members = [_without_summaries(parts, origins) for parts in members]
    hashes = {member.document: member.hash for member in scene.members}
    bodies = speaks_for(scene, facts)
    return tuple(
        _claim(scene, derived_id("c", hashes[group[0].document], group[0].proposition.record), parts, bodies, figures)
        for group, parts in zip(found, members, strict=True)
    )


def _is_core(item: Compiled) -> bool:
    p = item.proposition
    if p.refers is not None or p.stance == "neither" or p.mode == "question" or p.withdraws:
        return False
    if any(measure.series for measure in item.measures):
        return True
    told = p.main is not None or (bool(p.happenings) and len(p.terms) > 1) or len(p.terms) > 3
    return item.total >= _LEAST and (told or p.stance == "denies" or any(q.noun is not None for q in p.quantities))


def _without_echoes(items: Sequence[Compiled], found: Sequence[tuple[Compiled, ...]]) -> list[tuple[Compiled, ...]]:
    """The groups without those that are of one wording, whose few words only echo what stands before them."""
    alone = [g for g in found if _may_echo(g[0]) and all(item.signature == g[0].signature for item in g)]
    lone = {item.order for group in alone for item in group}
    echoes = {
        item.order
        for document in _by_document(items)
        for number, item in enumerate(document)
        if item.order in lone and _echo_of(item, [o for o in document[:number] if o.order not in lone]) is not None
    }
    return [group for group in found if group[0].order not in echoes]


def _may_echo(item: Compiled) -> bool:
    """A denial, a bare negation ("not a single shot was fired"), or a thing that somebody reported ("the cancellation")."""
    p = item.proposition
    named = p.act in _REPORTING and p.statement is not None and len(item.terms) == 1 and not item.measures
    return p.stance == "denies" or (p.stance == "holds" and p.mode == "fact" and (p.negative or named))


def _echo_of(item: Compiled, before: Sequence[Compiled]) -> Compiled | None:
    """What few words echo. A bare negation echoes a denial only: of anything else it may be news."""
    other = echoed(item, before)
    if other is None or (item.proposition.negative and other.proposition.stance != "denies"):
        return other if item.proposition.stance == "denies" else None
    return other


def _without_summaries(parts: list[Membership], origins: Mapping[int, str]) -> list[Membership]:
    """An outlet that says in its own voice what its text has from somebody else reports it, and is no second witness."""
    attributed = {origins[m.item.document] for m in parts if m.role == "holder" and m.item.speaker is not None}
    return [
        replace(m, role="reporter")
        if m.role == "holder" and m.item.speaker is None and not m.withdraws and origins[m.item.document] in attributed
        else m
        for m in parts
    ]


def _is_negative(group: Sequence[Compiled]) -> bool:
    return all(item.proposition.negative and item.proposition.stance == "holds" for item in group)


def _memberships(group: Sequence[Compiled]) -> list[Membership]:
    """The parts of propositions in their claim: who holds "not X" denies X, where others say that the same did happen."""
    negative = _is_negative(group)
    told = {deed for item in group if item.proposition.negative == negative for deed in item.deeds}
    return [_membership(item, negative, told) for item in group]


def _membership(item: Compiled, negative: bool, told: Collection[str]) -> Membership:
    p = item.proposition
    turned = p.negative != negative and any(deed in told for deed in item.deeds)
    against = (p.stance == "denies") != turned
    role: Role = "reporter" if p.voice == "headline" else "denier" if against else "holder"
    return Membership(item, role, item.holder, plain=against and p.stance == "holds")


def _attach(items: Sequence[Compiled], found: Sequence[Sequence[Compiled]], members: list[list[Membership]]) -> None:
    """Add what leaves a claim open, points at it, reports it or takes it back."""
    place = {item.order: number for number, group in enumerate(found) for item in group}
    index = _Index(found)
    pointed: dict[tuple[int, int, str], int] = dict(place)
    for document in _by_document(items):
        for number, item in enumerate(document):
            p = item.proposition
            if item.order in place or p.mode == "question":  # who asks holds nothing
                continue
            target: int | None = None
            if p.withdraws:
                target = _withdrawn(item, document[:number], members, pointed, index)
                if target is not None:
                    members[target].append(Membership(item, "holder", item.holder, points=True, withdraws=True))
            elif p.refers is not None and item.measures and p.stance == "denies":
                target = index.numbered(item)
                if target is not None:
                    members[target].append(Membership(item, "denier", item.holder, points=True))
            elif p.refers is not None and (p.stance != "holds" or p.act == "confirm"):
                other = pointed_at(item, document[:number])
                if other is not None and p.again:
                    # A denial that goes on is of what has been taken up, and not of the last detail.
                    run = [o for o in run_before(other, document[:number]) if o.order in pointed]
                    other = max(run, key=lambda o: (len(members[pointed[o.order]]), o.order), default=other)
                target = pointed.get(other.order) if other is not None else None
                if target is not None and other is not None:
                    members[target].append(_pointing(item, other, members[target]))
            elif p.admits and p.stance == "holds":
                target = _admitted(item, members)
                if target is not None:
                    members[target] = [_turned(m) for m in members[target]]
                    members[target].append(Membership(item, "holder", item.holder))
            elif p.stance == "neither" and p.mode == "fact":
                echo = echoed(item, document[:number])
                target = pointed.get(echo.order) if echo is not None else index.nearest(item, _NEITHER)
                if target is not None:
                    members[target].append(Membership(item, "neither", item.holder))
            elif _may_echo(item) and (echo := _echo_of(item, document[:number])) is not None:
                target = pointed.get(echo.order)
                if target is not None and p.negative and p.stance == "holds":
                    members[target].append(Membership(item, "denier", item.holder, plain=True, points=True))
                elif target is not None:
                    members[target].append(_pointing(item, echo, members[target]))
            if target is not None:
                pointed[item.order] = target
    for parts in members:
        parts.extend([Membership(m.item, "reporter", other) for m in parts for other in m.item.reporters])
        parts.sort(key=lambda m: (m.item.order, m.role, m.who))


def _admitted(item: Compiled, members: Sequence[Sequence[Membership]]) -> int | None:
    """The claim whose denial somebody gives up by admitting: of those that they deny, or say not to be so, the one that
    shares most telling words.
    """
    best, highest = None, _TAKEN_BACK - 1
    for number, parts in enumerate(members):
        denied = [m for m in parts if m.who == item.holder and (m.role == "denier" or m.item.proposition.negative)]
        shared = max(
            (_shared(item, m.item) for m in denied if m.item.order < item.order or m.item.document == item.document),
            default=0,
        )
        if shared > highest:
            best, highest = number, shared
    return best


def _turned(part: Membership) -> Membership:
    """Who says that something is not so, in a claim that turns out to be that it is, denies it."""
    if part.role == "holder" and part.item.proposition.negative and not part.withdraws:
        return replace(part, role="denier", plain=True)
    return part


def _pointing(item: Compiled, other: Compiled, parts: Sequence[Membership]) -> Membership:
    if item.proposition.stance == "neither":
        return Membership(item, "neither", item.holder, points=True)
    # What stood before may itself be a negation of the claim: who confirms that denies the claim.
    before = next((m.role for m in parts if m.item is other), "holder")
    against = (item.proposition.stance == "denies") == (before != "denier" or other.proposition.stance == "denies")
    return Membership(item, "denier" if against else "holder", item.holder, points=True)


def _withdrawn(
    item: Compiled,
    before: Sequence[Compiled],
    members: Sequence[Sequence[Membership]],
    pointed: Mapping[tuple[int, int, str], int],
    index: _Index,
) -> int | None:
    """The claim that somebody takes back: of those they hold the one that shares most words or the figure, else, where
    the words only point, what stands before them.
    """
    if item.proposition.refers is None:
        best, highest = None, (_TAKEN_BACK - 1, False)
        for number in index.touching(item):
            own = item.proposition.voice == "statement"  # a paper's correction need not name what it held before
            if own and item.speaker is not None and item.holder not in {m.who for m in members[number]}:
                continue
            # Whoever takes something back mostly says, or is told to have said, close by what it was.
            here = any(m.item.document == item.document for m in members[number])
            shared = max(_shared(item, m.item) for m in members[number])
            if (shared, here) > highest:
                best, highest = number, (shared, here)
        return best
    for other in reversed(before):
        if other.order in pointed and (item.proposition.refers != "figure" or other.measures):
            return pointed[other.order]
    return None


def _shared(item: Compiled, other: Compiled) -> int:
    if any(x.series & y.series and same_figure(x, y) for x in item.measures for y in other.measures):
        return _SAME_FIGURE
    words = sum(w for term, w in item.terms.items() if term in other.terms and term not in item.names)
    numbers = {(m.low, m.high) for m in item.measures} & {(m.low, m.high) for m in other.measures}
    return (words + 300 * len(numbers)) if numbers or not item.measures else 0


class _Index:
    """Claims by the telling words of their members."""

    def __init__(self, found: Sequence[Sequence[Compiled]]) -> None:
        self._kinds: list[dict[tuple[object, ...], Compiled]] = []
        self._places: dict[str, list[int]] = defaultdict(list)
        for number, group in enumerate(found):
            self._kinds.append({item.signature: item for item in reversed(group)})
            for term in {term for item in group for term in item.terms}:
                self._places[term].append(number)

    def touching(self, item: Compiled) -> list[int]:
        """The claims that share a telling word with `item`; of words that very many have, none."""
        return sorted(
            {
                number
                for term in item.terms
                if term not in item.names and len(places := self._places.get(term, ())) <= _CROWDED
                for number in places
            }
        )

    def numbered(self, item: Compiled) -> int | None:
        """The claim with the most members that has the one number of `item`: "58 was wrong"."""
        numbers = {(m.low, m.high) for m in item.measures}
        fitting = [
            number
            for number, kinds in enumerate(self._kinds)
            if any((m.low, m.high) in numbers for other in kinds.values() for m in other.measures)
        ]
        return max(fitting, key=lambda number: (len(self._kinds[number]), -number), default=None)

    def nearest(self, item: Compiled, least: int) -> int | None:
        """The claim one of whose members says most nearly what `item` does, at least with the score `least`."""
        best, highest = None, least - 1
        for number in self.touching(item):
            value = max(self._score(item, other, least) for other in self._kinds[number].values())
            if value > highest:
                best, highest = number, value
        return best

    def _score(self, item: Compiled, other: Compiled, least: int) -> int:
        common = item.words & other.words
        weight = sum(max(item.terms.get(term, 0), other.terms.get(term, 0)) for term in common)
        return score(item, other) if most(item, other, weight) >= least else 0


def _by_document(items: Sequence[Compiled]) -> list[Sequence[Compiled]]:
    starts = [i for i in range(len(items)) if i == 0 or items[i].document != items[i - 1].document]
    return [items[a:b] for a, b in pairwise([*starts, len(items)])]


def _claim(
    scene: Scene, id: str, parts: Sequence[Membership], bodies: Mapping[str, frozenset[str]], figures: Figures
) -> Claim:
    holders, deniers = who(parts, "holder"), who(parts, "denier")
    count = independent(holders, bodies) if holders else ()
    taken_back = tuple(dict.fromkeys(m.who for m in parts if m.withdraws))
    records: list[Record] = [
        (m.item.document, q.key)
        for m in parts
        if m.role == "holder" and not m.withdraws
        for q in m.item.proposition.quantities
    ]
    own = [m for m in parts if not m.points and m.role != "neither"]
    return Claim(
        id=id,
        story=scene.story,
        standing=standing(
            holders=holders,
            deniers=deniers,
            withdrawn=taken_back,
            revised=figures.replaced(records, holders),
            count=len(count),
        ),
        members=tuple(parts),
        first=own[0],
        clearest=_clearest(own),
        holders=holders,
        deniers=deniers,
        neither=tuple(w for w in who(parts, "neither")),
        withdrawn=taken_back,
        independent=len(count),
        negative=_is_negative([m.item for m in own]),
        speaks_for={w: bodies[w] for w in sorted({m.who for m in parts}) if w in bodies},
    )


def _clearest(members: Sequence[Membership]) -> Membership:
    """The member whose words stand for the claim: somebody's who holds it rather than denies it, certain, and complete."""
    sides = {"holder": 0, "reporter": 1, "denier": 2, "neither": 3}
    lengths = sorted(m.item.total for m in members)
    middle = lengths[len(lengths) // 2]

    def rank(m: Membership) -> tuple[object, ...]:
        p = m.item.proposition
        certain = 0 if p.confidence >= 0.7 else 1
        return sides[m.role], p.voice == "headline", certain, abs(m.item.total - middle), m.item.order

    return min(members, key=rank)

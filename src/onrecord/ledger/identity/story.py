"""Who is who in one story: a pure function of its nodes and of what people ruled."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from onrecord.ledger.identity.bodies import body_of, join_bodies
from onrecord.ledger.identity.capitals import join_capitals
from onrecord.ledger.identity.generic import is_no_surname, is_thing
from onrecord.ledger.identity.grouping import RULED, Groups
from onrecord.ledger.identity.labels import join_labels
from onrecord.ledger.identity.named import join_named, join_references, place_keys
from onrecord.ledger.identity.nodes import Merge, Node
from onrecord.ledger.identity.offices import join_offices
from onrecord.ledger.identity.persons import join_people, main_name
from onrecord.ledger.identity.spelling import name_words
from onrecord.ledger.identity.titles import ages_of, titles_of
from onrecord.ledger.scene import Record
from onrecord.records import Span

__all__ = ["Person", "people_of"]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody or something of the story: all its nodes in canonical order, and how they came together.

    `type` and `name` are the most frequent, names as written in full ahead of other forms. `called` is the name that
    people ruled, under which it is shown; what decides who is who stays what the documents say.
    """

    nodes: tuple[Node, ...]
    type: str
    name: str
    ref: str | None
    merges: tuple[Merge, ...]
    called: str | None = None


def people_of(
    nodes: Iterable[Node],
    same: Iterable[tuple[Record, Record]] = (),
    apart: Iterable[tuple[Record, Record]] = (),
) -> list[Person]:
    """The people, organisations, places of a story, in the order of their first mention.

    `same` and `apart` are what people ruled: the one before all rules, the other against all.
    """
    groups = Groups(list(nodes), apart)
    by_record = {n.record: n for n in groups.nodes}
    ruled = sorted(
        (sorted((by_record[r] for r in pair), key=lambda n: n.place) for pair in same if _both(pair, by_record)),
        key=lambda pair: [n.place for n in pair],
    )
    for a, b in ruled:
        groups.join(a, b, RULED, (_span(a), _span(b)))
    named = [n for n in groups.nodes if any(f.form in {"name", "metonym"} for f in n.forms)]
    people, things = _parted(named)
    described = [n for n in groups.nodes if n.type == "person" and not any(f.form == "name" for f in n.forms)]
    impersonal = [n for n in groups.nodes if n.type != "person"]
    join_references(groups, named)
    with_names = {n.record for n in named}
    unnamed = [n for n in impersonal if n.record not in with_names]
    join_named(groups, sorted([*things, *unnamed], key=lambda n: n.place))
    places = place_keys(groups, things)
    # "the emergency service says": whatever speaks is taken for a person now and then
    bodies = [n for n in described if any(f.form == "nominal" and body_of(f.text) for f in n.forms)]
    join_bodies(groups, sorted([*impersonal, *bodies], key=lambda n: n.place), lambda place: places.get(place, place))
    join_people(groups, people, set(places))
    join_labels(groups)
    join_offices(groups, people, described)
    join_capitals(groups, lambda place: places.get(place, place))
    by_group: dict[int, list[Merge]] = defaultdict(list)
    for merge in groups.merges:
        by_group[groups.root(by_record[merge.first])].append(merge)
    impersonal_records = {n.record for n in things}
    return [
        _person(group, groups.ref(group[0]), by_group[groups.root(group[0])], impersonal_records)
        for group in groups.all()
    ]


def _both(pair: tuple[Record, Record], known: dict[Record, Node]) -> bool:
    return pair[0] != pair[1] and all(r in known for r in pair)


def _span(node: Node) -> Span:
    return node.forms[0].span if node.forms else Span(node.place[1], node.place[1])


def _parted(named: Sequence[Node]) -> tuple[list[Node], list[Node]]:
    """Named people, and named things among which are those that a document's reading took for people.

    "Talvenia" is no person if nothing personal is said of it and other documents of the story have it for a place; nor
    is "Margaretta Avenue" anywhere.
    """
    as_thing: Counter[tuple[str, ...]] = Counter()
    as_person: Counter[tuple[str, ...]] = Counter()
    for node in named:
        (as_person if node.type == "person" else as_thing)[name_words(node.name)] += 1
    people, things = [], []
    for node in named:
        words = name_words(node.name)
        elsewhere = as_thing[words] > (0 if len(words) == 1 else as_person[words])
        if node.type == "person" and _is_person(node, words, elsewhere=elsewhere):
            people.append(node)
        else:
            things.append(node)
    return people, things


def _is_person(node: Node, words: tuple[str, ...], *, elsewhere: bool) -> bool:
    found = main_name(node)
    if found is None or (found[0].first is None and is_no_surname(found[0].last)):
        return False
    return _personal(node) or not (elsewhere or is_thing(words))


def _personal(node: Node) -> bool:
    return bool(titles_of(node) or ages_of(node)) or (node.pronoun is not None and len(name_words(node.name)) > 1)


def _person(group: list[Node], ref: str | None, merges: list[Merge], things: Collection[Record]) -> Person:
    if len(group) == 1:
        (node,) = group
        return Person((node,), node.type, node.name, ref, ())
    types = Counter(n.type for n in group if n.type != "person" or n.record not in things)
    types = types or Counter(n.type for n in group)
    names = Counter(n.name for n in group if any(f.form == "name" and f.text == n.name for f in n.forms))
    names = names or Counter(n.name for n in group)
    full = {name: count for name, count in names.items() if " " in name} if types.get("person") else {}
    # "Talvenia's emergency service" tells more than "the emergency service", which more texts may say
    placed = {name: count for name, count in names.items() if (body := body_of(name)) is not None and body.place}
    pool = full or placed or names
    # Records are told apart by rows, which depend on what came first.
    places = {node.record: node.place for node in group}
    return Person(
        nodes=tuple(group),
        type=max(types, key=lambda kind: (types[kind], kind)),
        name=max(pool, key=lambda name: (pool[name], not name.isupper(), len(name), name)),
        ref=ref,
        merges=tuple(sorted(merges, key=lambda m: (m.second_span, places[m.second], m.rule))),
    )

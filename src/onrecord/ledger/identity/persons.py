"""Which people of a story's documents are one: by full name, by full name and surname, by title and surname.

Never on a surname alone where a first name, a title, a sex or an age speaks against it, or where two people of the
story bear it and no title decides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set

from onrecord.ledger.identity.grouping import Groups
from onrecord.ledger.identity.nodes import Form, Node
from onrecord.ledger.identity.spelling import PersonName, alike_first, name_words, person_name, skeleton
from onrecord.ledger.identity.titles import ages_of, gender_of_node, heads_of, titles_of
from onrecord.records import Span

__all__ = ["join_people", "main_name"]

# Reports of one person's age differ by a year or two; a father and a son of one name by more.
_AGES_APART = 8


def main_name(node: Node) -> tuple[PersonName, Form] | None:
    """The fullest name that a document gives a person, and its place; None where it gives none."""
    forms = [f for f in node.forms if f.form == "name"]
    if len(forms) == 1:
        only = person_name(forms[0].text)
        return None if only is None else (only, forms[0])
    best = next((f for f in forms if f.text == node.name), None)
    parsed = [(name, f) for f in ([best] if best else []) + forms if (name := person_name(f.text)) is not None]
    full = [pair for pair in parsed if pair[0].first is not None]
    found = next(iter(full or parsed), None)
    if found is None or found[0].suffix is not None:
        return found
    # "Ron Gaines Jr." at first, "Ron Gaines" after that: the suffix tells him from his father.
    name = found[0]
    return next((pair for pair in full if pair[0].suffix and _unsuffixed(pair[0]) == _unsuffixed(name)), found)


def join_people(groups: Groups, people: Sequence[Node], places: Set[str] = frozenset()) -> None:
    """Merge the named people among `people`, given in canonical order. `places` are the folded names of the story's."""
    _People(groups, people, places).join()


class _People:
    def __init__(self, groups: Groups, people: Sequence[Node], places: Set[str]) -> None:
        self.groups = groups
        names = {n.record: found for n in people if (found := main_name(n)) is not None}
        given = {name.first for name, _ in names.values()}
        # "Ruvania Kester", cut from "the defence minister of Ruvania Kester Malvane", is nobody.
        self.names = {
            record: (name, form)
            for record, (name, form) in names.items()
            if not (name.first in places and name.last in given)
        }
        self.people = [n for n in people if n.record in self.names]
        self.ages = {n.record: ages for n in groups.nodes if (ages := ages_of(n))}
        self.traits = {n.record: _Traits(n, self.names[n.record][0]) for n in self.people}

    def join(self) -> None:
        full = [n for n in self.people if not _short(self.names[n.record][0])]
        self._join_full(full)
        self._join_given(full)
        short = [n for n in self.people if _short(self.names[n.record][0])]
        left = self._join_short(short, full)
        self._join_first(left, full)
        self._join_alone(left)

    def _join_full(self, full: Sequence[Node]) -> None:
        by_name: dict[tuple[str, str], list[Node]] = defaultdict(list)
        for node in full:
            name = self.names[node.record][0]
            by_name[(skeleton(name.first or ""), skeleton(name.last))].append(node)
        for bearers in by_name.values():
            for alike in _by_middle(bearers, lambda n: self.names[n.record][0]):
                self._star(alike, "full name")
        by_whole: dict[str, list[Node]] = defaultdict(list)
        for node in full:
            by_whole[self.names[node.record][0].whole].append(node)
        for bearers in by_whole.values():
            for alike in _by_suffix(bearers, lambda n: self.names[n.record][0]):
                self._star(alike, "full name")

    def _star(self, bearers: Sequence[Node], rule: str) -> None:
        """Each to the first that nothing speaks against."""
        centres: list[Node] = []
        for node in bearers:
            for centre in centres:
                if self._may_be_namesakes(centre, node):
                    continue
                if self.groups.join(centre, node, rule, self._spans(centre, node)):
                    break
            else:
                centres.append(node)

    def _may_be_namesakes(self, a: Node, b: Node) -> bool:
        """Father and son by their ages, or two spellings that one document has for two people."""
        if _apart(self._ages(self.groups.of(a)), self._ages(self.groups.of(b))):
            return True
        if self._folded(a) == self._folded(b):
            return False
        shared = {n.document for n in self.groups.of(a)} & {n.document for n in self.groups.of(b)}
        return bool(shared)

    def _folded(self, node: Node) -> tuple[str | None, str, str | None]:
        name = self.names[node.record][0]
        return name.first, name.last, name.suffix

    def _join_given(self, full: Sequence[Node]) -> None:
        """Volodymyr and Vladimir of one surname, Mike and Michael: where a title or an age agrees, and no text has both."""
        by_last: dict[str, list[Node]] = defaultdict(list)
        for node in full:
            by_last[skeleton(self.names[node.record][0].last)].append(node)
        for bearers in by_last.values():
            for i, a in enumerate(bearers):
                for b in bearers[i + 1 :]:
                    if self.groups.root(a) == self.groups.root(b) or not self._alike_given(a, b):
                        continue
                    one, other = self.groups.of(a), self.groups.of(b)
                    if {n.document for n in one} & {n.document for n in other} or self._against(one, other):
                        continue
                    agree = self._titles(one) & self._titles(other) or self._ages(one) & self._ages(other)
                    if agree:
                        self.groups.join(a, b, "given name", self._spans(a, b))

    def _alike_given(self, a: Node, b: Node) -> bool:
        x, y = self.names[a.record][0], self.names[b.record][0]
        return alike_first(x.first or "", y.first or "") and x.suffix == y.suffix and _middles_agree(x, y)

    def _join_short(self, short: Sequence[Node], full: Sequence[Node]) -> list[Node]:
        """Those with a surname only, to the one person of the story who can be meant; gives back the others."""
        bearers: dict[str, dict[int, Node]] = defaultdict(dict)
        for node in full:
            for word in self._called(node):
                bearers[word].setdefault(self.groups.root(node), node)
        left, found = [], []
        for node in short:
            name = self.names[node.record][0]
            every = list(bearers.get(skeleton(name.last), {}).values())
            fitting = [n for n in every if _fits(name, self.names[n.record][0])]
            fitting = [n for n in fitting if not self._speaks_against(node, n)]
            if len(every) > 1:
                mine = self._titles([node])
                fitting = [n for n in fitting if mine & self._titles(self.groups.of(n))]
            if len(fitting) == 1:
                found.append((node, fitting[0]))
            elif not every:
                left.append(node)
        # Decided for all before any is joined, so that none depends on another that came first.
        for node, bearer in found:
            self.groups.join(bearer, node, "surname", self._spans(bearer, node))
        return left

    def _join_first(self, short: Sequence[Node], full: Sequence[Node]) -> None:
        """Those called by a first name only, with a title that the one person of that first name holds."""
        bearers: dict[str, dict[int, Node]] = defaultdict(dict)
        for node in full:
            bearers[skeleton(self.names[node.record][0].first or "")].setdefault(self.groups.root(node), node)
        found = []
        for node in short:
            named = list(bearers.get(self.names[node.record][0].whole, {}).values())
            titled = self._titles([node])
            if len(named) == 1 and titled and not self._speaks_against(node, named[0]):
                found.append((node, named[0]))
        for node, bearer in found:
            self.groups.join(bearer, node, "title and first name", self._spans(bearer, node))

    def _called(self, node: Node) -> set[str]:
        """The words by which a person of this full name is called for short: the surname, and what the text itself uses."""
        name = self.names[node.record][0]
        whole = {skeleton(w) for f in node.forms if f.form == "name" for w in name_words(f.text)}
        alone = {skeleton(w[0]) for f in node.forms if f.form == "name" and len(w := name_words(f.text)) == 1}
        return {skeleton(name.last)} | (alone & whole - {skeleton(name.first or "")})

    def _speaks_against(self, short: Node, bearer: Node) -> bool:
        others = self.groups.of(bearer)
        if any(n.document == short.document for n in others):
            return True  # the text's own reading held them apart
        titled = self._titles([short])
        return bool(titled and not titled & self._titles(others)) or self._against([short], others)

    def _against(self, one: Iterable[Node], other: Iterable[Node]) -> bool:
        """Sex, age, or what the title is held in differ."""
        one, other = list(one), list(other)
        genders = {g for n in one if (g := self._of(n).gender)}
        theirs = {g for n in other if (g := self._of(n).gender)}
        if genders and theirs and not genders & theirs:
            return True
        if _apart(self._ages(one), self._ages(other)):
            return True
        mine, yours = self._held_in(one), self._held_in(other)
        return any(
            title in yours and words and yours[title] and not words & yours[title] for title, words in mine.items()
        )

    def _join_alone(self, nodes: Sequence[Node]) -> None:
        """Those of one surname when no full name with it is in the story: with one title, or as "Gaines Jr." both."""
        by_last: dict[str, list[Node]] = defaultdict(list)
        for node in nodes:
            by_last[self.names[node.record][0].whole].append(node)
        for bearers in by_last.values():
            titles = [self._titles([n]) for n in bearers]
            suffixes = [self.names[n.record][0].suffix for n in bearers]
            if len({n.document for n in bearers}) < len(bearers):
                continue  # one text has two of the name
            for i, node in enumerate(bearers[1:], 1):
                agree = [j for j in range(i) if titles[j] & titles[i] or (suffixes[i] and suffixes[j] == suffixes[i])]
                against = [j for j in range(i) if self._against([bearers[j]], [node])]
                if agree and not against:
                    centre = bearers[agree[0]]
                    self.groups.join(centre, node, "title and surname", self._spans(centre, node))

    def _spans(self, a: Node, b: Node) -> tuple[Span, Span]:
        return self.names[a.record][1].span, self.names[b.record][1].span

    def _of(self, node: Node) -> _Traits:
        """What is told of a node; of one that is no named person, but was ruled to be one with such, nothing."""
        return self.traits.get(node.record) or _Traits(node, _NOBODY)

    def _titles(self, nodes: Iterable[Node]) -> set[str]:
        return {word for n in nodes for words in self._of(n).titles for word in heads_of(words)}

    def _ages(self, nodes: Iterable[Node]) -> set[int]:
        if not self.ages:
            return set()
        return {age for n in nodes for age in self.ages.get(n.record, ())}

    def _held_in(self, nodes: Iterable[Node]) -> Mapping[str, set[str]]:
        held: dict[str, set[str]] = defaultdict(set)
        for n in nodes:
            for title, words in self._of(n).held.items():
                held[title] |= words
        return held


class _Traits:
    """What a document tells of a person besides the name."""

    def __init__(self, node: Node, name: PersonName) -> None:
        self.titles = titles_of(node)
        self.gender = gender_of_node(node) or name.gender
        self.held: dict[str, set[str]] = defaultdict(set)
        for role in node.roles:
            for word in name_words(role.title)[-1:]:
                if role.of:
                    self.held[word] |= {skeleton(w) for w in name_words(role.of)}


_NOBODY = PersonName(None, (), "", None, (), None, "")


def _short(name: PersonName) -> bool:
    return name.first is None or len(name.first) == 1


def _unsuffixed(name: PersonName) -> tuple[str | None, str]:
    return name.first, name.last


def _fits(short: PersonName, full: PersonName) -> bool:
    """The initial and the suffix are not another's: "Gaines Jr." is not Ron Gaines Sr."""
    return (short.first is None or (full.first or "").startswith(short.first)) and _suffixes_agree(short, full)


def _apart(one: set[int], other: set[int]) -> bool:
    return bool(one and other) and min(abs(a - b) for a in one for b in other) >= _AGES_APART


def _middles_agree(x: PersonName, y: PersonName) -> bool:
    """One has no middle name, or they are one but for initials."""
    if not x.middle or not y.middle:
        return True
    return len(x.middle) == len(y.middle) and all(_one(a, b) for a, b in zip(x.middle, y.middle, strict=True))


def _suffixes_agree(x: PersonName, y: PersonName) -> bool:
    return x.suffix == y.suffix or None in {x.suffix, y.suffix}


def _one(a: str, b: str) -> bool:
    return skeleton(a) == skeleton(b) or (1 in {len(a), len(b)} and a[0] == b[0])


def _by_middle(bearers: Sequence[Node], name_of: Callable[[Node], PersonName]) -> list[list[Node]]:
    """Bearers of one first name and surname, parted by middle names and suffixes that do not agree.

    Those without one belong to the rest only where the rest agree: "John Smith" may be either of "John A. Smith" and
    "John B. Smith".
    """
    parts: list[list[Node]] = []
    bare = []
    for node in bearers:
        name = name_of(node)
        if not name.middle and not name.suffix:
            bare.append(node)
            continue
        for part in parts:
            if all(_middles_agree(name, x) and _suffixes_agree(name, x) for x in map(name_of, part)):
                part.append(node)
                break
        else:
            parts.append([node])
    if len(parts) == 1:
        return [sorted(parts[0] + bare, key=lambda n: n.place)]
    return [*parts, bare]


def _by_suffix(bearers: Sequence[Node], name_of: Callable[[Node], PersonName]) -> list[list[Node]]:
    """Bearers of one name, parted where a father and a son are told apart; those without a suffix may then be either."""
    parts: dict[str | None, list[Node]] = defaultdict(list)
    for node in bearers:
        parts[name_of(node).suffix].append(node)
    return list(parts.values()) if len(parts.keys() - {None}) > 1 else [list(bearers)]

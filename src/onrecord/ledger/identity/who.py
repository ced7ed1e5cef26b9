"""Who somebody is: all that the ledger holds of the people, organisations, places that a name stands for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, func, select, true, union

from onrecord.ledger import schema as t
from onrecord.ledger.batches import batched
from onrecord.ledger.identity.linking import APART
from onrecord.ledger.identity.rows import MergeRow, PersonRow, RoleRow
from onrecord.ledger.identity.speakers import called
from onrecord.ledger.identity.spelling import name_words
from onrecord.ledger.identity.tables import merges, people, person_keys, person_members
from onrecord.ledger.identity.titles import former, in_full
from onrecord.ledger.paging import listed
from onrecord.ledger.ruled import said_by
from onrecord.records import Span

__all__ = ["FirstNamed", "across_stories", "everybody", "first_named", "in_order", "who"]


# "His interior minister" is nobody's in particular once it stands alone.
_SOMEBODYS = frozenset("his her its their our my your".split())


class FirstNamed(NamedTuple):
    """Where a document first names somebody: its hash, the words and their span."""

    document: str
    words: str
    span: Span


def who(connection: Connection, name: str, *, after: str | None = None, limit: int | None = None) -> list[PersonRow]:
    """Everybody whom `name` names, those with the most statements first: by id, ref, name, alias or surname.

    Several people of one name are several rows, at most `limit`, those behind the one with the id `after`.
    """
    c, m = people.c, person_members.c
    wanted = union(
        select(c.linked).join_from(people, person_members).where(m.entity.in_(called(name))),
        select(c.linked).join_from(people, person_members).where(m.cited == name),
        select(c.linked).where(c.called == name),
    ).subquery()
    counted = connection.execute(_counted(c.linked.in_(select(wanted.c.linked)))).all()
    found = sorted(counted, key=lambda row: (-row.statements, -row.documents, row.linked))
    labels = {row.linked: row.statements for row in listed(found, lambda row: str(row.linked), after, limit)}
    return _Known(connection, labels).rows()


def everybody(connection: Connection) -> dict[str, PersonRow]:
    """All people, organisations and places that are kept, by their ids."""
    labels = {row.linked: row.statements for row in connection.execute(_counted(true()))}
    return {row.id: row for row in _Known(connection, labels).rows()}


def _counted(which: ColumnElement[bool]) -> Select[tuple[str, int, int]]:
    """How many statements each of these people makes, and in how many documents they are."""
    c, m = people.c, person_members.c
    members = select(m.entity).join_from(people, person_members).where(which)
    said = said_by(select(members.cte("theirs").c.entity)).subquery("said")
    return (
        select(
            c.linked,
            func.count(said.c.statement).label("statements"),
            func.count(m.document.distinct()).label("documents"),
        )
        .join_from(people, person_members)
        .outerjoin(said, said.c.entity == m.entity)
        .where(which)
        .group_by(c.linked)
    )


class _Known:
    """All about the people of some links, each table asked once for all of them."""

    def __init__(self, connection: Connection, labels: dict[str, int]) -> None:
        self.connection = connection
        self.labels = labels
        c, m, d, e = people.c, person_members.c, t.documents.c, t.entities.c
        self.people: dict[str, list[Any]] = defaultdict(list)
        self.members: dict[str, list[Any]] = defaultdict(list)
        for batch in batched(sorted(labels)):
            for row in connection.execute(select(people).where(c.linked.in_(batch)).order_by(c.sort)):
                self.people[row.linked].append(row)
            query = (
                select(c.linked, m.entity, m.person, d.id.label("document"), d.hash, d.day_first, e.name)
                .join_from(people, person_members, c.id == m.person)
                .join(t.documents, d.id == m.document)
                .join(t.entities, e.id == m.entity)
                .where(c.linked.in_(batch))
                .order_by(d.day_first.nulls_last(), d.hash, e.id)
            )
            for row in connection.execute(query):
                self.members[row.linked].append(row)
        self.label_of = {row.entity: label for label, rows in self.members.items() for row in rows}
        self.names = self._names()
        self.roles = self._roles()
        self.merges: dict[str, list[MergeRow]] = defaultdict(list)
        for label, merge in _merges(connection, labels):
            self.merges[label].append(merge)
        several = {label: rows for label, rows in self.people.items() if len(rows) > 1}
        for label, merge in _across(connection, several, self.members):
            self.merges[label].append(merge)

    def rows(self) -> list[PersonRow]:
        return [self._row(label, statements) for label, statements in self.labels.items()]

    def _row(self, label: str, statements: int) -> PersonRow:
        people, members = self.people[label], self.members[label]
        known = sorted(row.day_first for row in members if row.day_first is not None)
        names = Counter(row.called for row in people if row.called is not None) or Counter(row.name for row in people)
        types = Counter(row.type for row in people)
        return PersonRow(
            id=label,
            name=max(names, key=lambda name: (names[name], len(name), name)),
            type=max(types, key=lambda kind: (types[kind], kind)),
            ref=next((row.ref for row in people if row.ref is not None), None),
            names=tuple(sorted(self.names[label].items(), key=lambda item: (-item[1], item[0]))),
            roles=self.roles[label],
            documents=tuple(dict.fromkeys(member.hash for member in members)),
            statements=statements,
            first=known[0] if known else None,
            last=known[-1] if known else None,
            merges=tuple(self.merges[label]),
        )

    def _names(self) -> dict[str, Counter[str]]:
        m, d = t.mentions.c, t.documents.c
        form = func.substr(d.text, m.span_start + 1, m.span_end - m.span_start)
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for batch in batched(sorted(self.label_of)):
            query = (
                select(m.entity, form)
                .join_from(t.mentions, t.documents, d.id == m.document)
                .where(m.entity.in_(batch), m.form.in_(("name", "metonym")))
            )
            for entity, words in self.connection.execute(query):
                found[self.label_of[entity]][words] += 1
        return found

    def _roles(self) -> dict[str, tuple[RoleRow, ...]]:
        r, of = t.roles.c, t.entities.alias()
        days = {row.entity: row.day_first for rows in self.members.values() for row in rows}
        documents = {row.entity: row.document for rows in self.members.values() for row in rows}
        shouted: list[tuple[int, str, str | None]] = []
        held: dict[str, _Held] = defaultdict(_Held)
        for batch in batched(sorted(self.label_of)):
            query = (
                select(r.entity, r.title, r.of_text, of.c.name)
                .select_from(t.roles.outerjoin(of, of.c.id == r.of_entity))
                .where(r.entity.in_(batch))
            )
            for entity, title, words, name in self.connection.execute(query):
                body = name or (None if (words or "").lower() in _SOMEBODYS else words)
                if title.isupper():
                    shouted.append((entity, title, body))
                elif any(map(str.isalpha, title)):  # else an age: "47"
                    held[self.label_of[entity]].add(title, body, entity)
        places = _places(self.connection, {documents[entity] for entity, _, _ in shouted})
        for entity, title, body in shouted:
            if name_words(title) not in places[documents[entity]]:
                held[self.label_of[entity]].add(title, body, entity)
        found: dict[str, tuple[RoleRow, ...]] = defaultdict(tuple)
        for label, roles in held.items():
            found[label] = tuple(sorted(roles.rows(days), key=in_order))
        return found


class _Held:
    """The roles of somebody, each by whatever words, and the entities that have it by these."""

    def __init__(self) -> None:
        self._roles: dict[tuple[str, str | None, bool], dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))

    def add(self, title: str, of: str | None, entity: int) -> None:
        self._roles[in_full(title), of, former(title)][title].add(entity)

    def rows(self, days: Mapping[int, str | None]) -> Iterator[RoleRow]:
        """Each role by the words that most documents give it, of equals by the longest. `days` are those of the entities."""
        for (_, of, past), written in self._roles.items():
            title = min(written, key=lambda words: (-len(written[words]), -len(words), words))
            entities = set().union(*written.values())
            dated = sorted(day for entity in entities if (day := days[entity]) is not None)
            first, last = (dated[0], dated[-1]) if dated else (None, None)
            yield RoleRow(title, of, past, first, last, len(entities))


def in_order(role: RoleRow) -> tuple[int, str, str, str, bool]:
    """Where a role stands among those of one person: those that most documents give first."""
    return -role.documents, role.first or "9", role.title, role.of or "", role.former


def _places(connection: Connection, documents: Collection[int]) -> dict[int, set[tuple[str, ...]]]:
    """The folded names of the places of each document: a dateline's "SARMIN" is nobody's title, "CEO" is one."""
    e = t.entities.c
    found: dict[int, set[tuple[str, ...]]] = defaultdict(set)
    for batch in batched(sorted(documents)):
        query = select(e.document, e.name).where(e.document.in_(batch), e.type.in_(("place", "country")))
        for document, name in connection.execute(query):
            found[document].add(name_words(name))
    return found


def _merges(connection: Connection, labels: Collection[str]) -> Iterator[tuple[str, MergeRow]]:
    g, one, other = merges.c, t.entities.alias(), t.entities.alias()
    first, second = t.documents.alias(), t.documents.alias()
    for batch in batched(sorted(labels)):
        query = (
            select(
                people.c.linked,
                g.rule,
                first.c.hash,
                g.first_start,
                g.first_end,
                func.substr(first.c.text, g.first_start + 1, g.first_end - g.first_start),
                second.c.hash,
                g.second_start,
                g.second_end,
                func.substr(second.c.text, g.second_start + 1, g.second_end - g.second_start),
            )
            .join_from(people, merges)
            .join(one, one.c.id == g.first_entity)
            .join(other, other.c.id == g.second_entity)
            .join(first, first.c.id == one.c.document)
            .join(second, second.c.id == other.c.document)
            .where(people.c.linked.in_(batch))
            .order_by(people.c.sort, g.id)
        )
        for label, rule, document, start, end, words, hash_, begin, stop, said in connection.execute(query):
            yield label, MergeRow(rule, document, words, Span(start, end), hash_, said, Span(begin, stop))


def _across(
    connection: Connection, several: dict[str, list[Any]], members: dict[str, list[Any]]
) -> Iterator[tuple[str, MergeRow]]:
    """What links the people of several stories that are one."""
    held: dict[int, list[tuple[str, int]]] = defaultdict(list)
    k = person_keys.c
    for batch in batched(sorted([row.id for rows in several.values() for row in rows])):
        for key in connection.execute(select(k.person, k.rule, k.value).where(k.person.in_(batch), k.rule != APART)):
            held[key.person].append((key.rule, key.value))
    firsts: dict[int, Any] = {}
    for label in several:
        for member in members[label]:
            firsts.setdefault(member.person, member)
    named = first_named(connection, firsts.values())
    for label, rows in several.items():
        for merge in across_stories([(held[row.id], named.get(row.id)) for row in rows]):
            yield label, merge


def across_stories(people: Sequence[tuple[Collection[tuple[str, int]], FirstNamed | None]]) -> Iterator[MergeRow]:
    """For each but the first of these people, who are one, a piece of evidence that an earlier one offers too. Of each, by
    its place in canonical order, the evidence (rule and value) and where it is first named. Pure."""
    offered: dict[int, FirstNamed | None] = {}
    for held, place in people:
        shared = sorted((rule, value) for rule, value in held if value in offered)
        if shared and place is not None:
            rule, value = shared[0]
            one = offered[value]
            if one is not None:
                yield MergeRow(f"across stories: {rule}", *_told(one), *_told(place))
        for _, value in held:
            offered.setdefault(value, place)


def _told(place: FirstNamed) -> tuple[str, str, Span]:
    return place.document, place.words, place.span


def first_named(connection: Connection, members: Iterable[Any]) -> dict[int, FirstNamed]:
    """Where each of these members (rows with `person`, `entity`, `hash`, `name`) is first named, or mentioned where no name
    is, by its person."""
    m, d = t.mentions.c, t.documents.c
    rows = {member.entity: member for member in members}
    found: dict[int, tuple[Span, str]] = {}
    for batch in batched(sorted(rows)):
        query = (
            select(m.entity, m.span_start, m.span_end, func.substr(d.text, m.span_start + 1, m.span_end - m.span_start))
            .join_from(t.mentions, t.documents, d.id == m.document)
            .where(m.entity.in_(batch))
            .order_by(m.form != "name", m.span_start)
        )
        for entity, start, end, words in connection.execute(query):
            found.setdefault(entity, (Span(start, end), words))
    named = {}
    for entity, member in rows.items():
        span, words = found.get(entity, (Span(0, 0), member.name))
        named[member.person] = FirstNamed(member.hash, words, span)
    return named

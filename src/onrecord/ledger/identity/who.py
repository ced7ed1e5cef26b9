"""Who somebody is: all that the ledger holds of the people, organisations, places that a name stands for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import Connection, func, select, union

from onrecord.ledger import schema as t
from onrecord.ledger.batches import batched
from onrecord.ledger.identity.linking import APART
from onrecord.ledger.identity.rows import MergeRow, PersonRow, RoleRow
from onrecord.ledger.identity.speakers import called
from onrecord.ledger.identity.spelling import name_words
from onrecord.ledger.identity.tables import merges, people, person_keys, person_members
from onrecord.ledger.identity.titles import former
from onrecord.ledger.paging import listed
from onrecord.ledger.ruled import said_by
from onrecord.records import Span

__all__ = ["who"]


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
    members = select(m.entity).join_from(people, person_members).where(c.linked.in_(select(wanted.c.linked)))
    said = said_by(select(members.cte("theirs").c.entity)).subquery("said")
    counted = (
        select(
            c.linked,
            func.count(said.c.statement).label("statements"),
            func.count(m.document.distinct()).label("documents"),
        )
        .join_from(people, person_members)
        .outerjoin(said, said.c.entity == m.entity)
        .where(c.linked.in_(select(wanted.c.linked)))
        .group_by(c.linked)
    )
    found = sorted(connection.execute(counted).all(), key=lambda row: (-row.statements, -row.documents, row.linked))
    labels = {row.linked: row.statements for row in listed(found, lambda row: str(row.linked), after, limit)}
    return _Known(connection, labels).rows()


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
        held: dict[str, dict[tuple[str, str | None, bool], set[int]]] = defaultdict(lambda: defaultdict(set))
        for batch in batched(sorted(self.label_of)):
            query = (
                select(r.entity, r.title, r.of_text, of.c.name)
                .select_from(t.roles.outerjoin(of, of.c.id == r.of_entity))
                .where(r.entity.in_(batch))
            )
            for entity, title, words, name in self.connection.execute(query):
                if title.isupper():
                    shouted.append((entity, title, name or words))
                elif any(map(str.isalpha, title)):  # else an age: "47"
                    held[self.label_of[entity]][(title, name or words, former(title))].add(entity)
        places = _places(self.connection, {documents[entity] for entity, _, _ in shouted})
        for entity, title, body in shouted:
            if name_words(title) not in places[documents[entity]]:
                held[self.label_of[entity]][(title, body, former(title))].add(entity)
        found: dict[str, tuple[RoleRow, ...]] = defaultdict(tuple)
        for label, roles in held.items():
            rows = []
            for (title, body, past), entities in roles.items():
                dated = sorted(day for entity in entities if (day := days[entity]) is not None)
                first, last = (dated[0], dated[-1]) if dated else (None, None)
                rows.append(RoleRow(title, body, past, first, last, len(entities)))
            found[label] = tuple(
                sorted(rows, key=lambda row: (-row.documents, row.first or "9", row.title, row.of or ""))
            )
        return found


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
    """For each story's person but the first of a link, one piece of evidence that an earlier one offers too."""
    held: dict[int, list[tuple[str, int]]] = defaultdict(list)
    k = person_keys.c
    for batch in batched(sorted([row.id for rows in several.values() for row in rows])):
        for key in connection.execute(select(k.person, k.rule, k.value).where(k.person.in_(batch), k.rule != APART)):
            held[key.person].append((key.rule, key.value))
    pairs: list[tuple[str, str, Any, Any]] = []
    for label, rows in several.items():
        firsts: dict[int, Any] = {}
        for member in members[label]:
            firsts.setdefault(member.person, member)
        offered: dict[int, int] = {}
        for row in rows:
            shared = sorted((rule, value) for rule, value in held[row.id] if value in offered)
            if shared and row.id in firsts:
                rule, value = shared[0]
                pairs.append((label, f"across stories: {rule}", firsts[offered[value]], firsts[row.id]))
            for _, value in held[row.id]:
                offered.setdefault(value, row.id)
    spans = _first_names(connection, {member.entity for _, _, *both in pairs for member in both})
    for label, rule, one, other in pairs:
        span, words = spans.get(one.entity, (Span(0, 0), one.name))
        there, said = spans.get(other.entity, (Span(0, 0), other.name))
        yield label, MergeRow(rule, one.hash, words, span, other.hash, said, there)


def _first_names(connection: Connection, entities: Collection[int]) -> dict[int, tuple[Span, str]]:
    """Where each entity is first named, or mentioned where no name is."""
    m, d = t.mentions.c, t.documents.c
    found: dict[int, tuple[Span, str]] = {}
    for batch in batched(sorted(entities)):
        query = (
            select(m.entity, m.span_start, m.span_end, func.substr(d.text, m.span_start + 1, m.span_end - m.span_start))
            .join_from(t.mentions, t.documents, d.id == m.document)
            .where(m.entity.in_(batch))
            .order_by(m.form != "name", m.span_start)
        )
        for entity, start, end, words in connection.execute(query):
            found.setdefault(entity, (Span(start, end), words))
    return found

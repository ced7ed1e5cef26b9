"""Who somebody is: all that the ledger holds of the people, organisations, places that a name stands for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Row, func, select, union

from onrecord.ledger import schema as t
from onrecord.ledger.identity.linking import APART, batched
from onrecord.ledger.identity.rows import MergeRow, PersonRow, RoleRow
from onrecord.ledger.identity.speakers import called
from onrecord.ledger.identity.tables import merges, people, person_keys, person_members
from onrecord.ledger.identity.titles import former
from onrecord.records import Span

__all__ = ["who"]


def who(connection: Connection, name: str) -> list[PersonRow]:
    """Everybody whom `name` names, those with the most statements first: by id, ref, name, alias or surname.

    Several people of one name are several rows.
    """
    c, m = people.c, person_members.c
    wanted = union(
        select(c.linked).join_from(people, person_members).where(m.entity.in_(called(name))),
        select(c.linked).join_from(people, person_members).where(m.cited == name),
    )
    labels = sorted(connection.execute(wanted).scalars())
    found = [_person(connection, label) for label in labels]
    return sorted(found, key=lambda row: (-row.statements, -len(row.documents), row.name, row.id))


def _person(connection: Connection, label: str) -> PersonRow:
    c, m, d, e = people.c, person_members.c, t.documents.c, t.entities.c
    rows = connection.execute(select(people).where(c.linked == label).order_by(c.sort)).all()
    query = (
        select(m.entity, m.person, d.id.label("document"), d.hash, d.day_first, e.name)
        .join_from(person_members, t.documents, d.id == m.document)
        .join(t.entities, e.id == m.entity)
        .join(people, c.id == m.person)
        .where(c.linked == label)
        .order_by(d.day_first.nulls_last(), d.hash, e.id)
    )
    members: list[Any] = list(connection.execute(query))
    entities = [member.entity for member in members]
    days = {member.entity: member.day_first for member in members}
    documents = dict.fromkeys(member.hash for member in members)
    known = sorted(day for day in days.values() if day is not None)
    names = Counter(row.name for row in rows)
    types = Counter(row.type for row in rows)
    return PersonRow(
        id=label,
        name=max(names, key=lambda name: (names[name], len(name), name)),
        type=max(types, key=lambda kind: (types[kind], kind)),
        ref=next((row.ref for row in rows if row.ref is not None), None),
        names=_names(connection, entities),
        roles=_roles(connection, entities, days),
        documents=tuple(documents),
        statements=_statements(connection, entities),
        first=known[0] if known else None,
        last=known[-1] if known else None,
        merges=(*_merges(connection, label), *_across(connection, rows, members)),
    )


def _names(connection: Connection, entities: Sequence[int]) -> tuple[tuple[str, int], ...]:
    m, d = t.mentions.c, t.documents.c
    form = func.substr(d.text, m.span_start + 1, m.span_end - m.span_start)
    found: Counter[str] = Counter()
    for batch in batched(entities):
        query = (
            select(form, func.count())
            .join_from(t.mentions, t.documents, d.id == m.document)
            .where(m.entity.in_(batch), m.form.in_(("name", "metonym")))
            .group_by(form)
        )
        for words, count in connection.execute(query):
            found[words] += count
    return tuple(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def _statements(connection: Connection, entities: Sequence[int]) -> int:
    s = t.statements.c
    return sum(
        connection.execute(select(func.count()).where(s.speaker.in_(batch))).scalar_one() for batch in batched(entities)
    )


def _roles(connection: Connection, entities: Sequence[int], days: dict[int, str | None]) -> tuple[RoleRow, ...]:
    r, of = t.roles.c, t.entities.alias()
    held: dict[tuple[str, str | None, bool], list[Row[Any]]] = defaultdict(list)
    for batch in batched(entities):
        query = (
            select(r.entity, r.title, r.of_text, of.c.name)
            .select_from(t.roles.outerjoin(of, of.c.id == r.of_entity))
            .where(r.entity.in_(batch))
        )
        rows: list[Any] = list(connection.execute(query))
        for row in rows:
            held[(row.title, row.name or row.of_text, former(row.title))].append(row)
    found = []
    for (title, body, past), given in held.items():
        dated = sorted(day for row in given if (day := days[row.entity]) is not None)
        first, last = (dated[0], dated[-1]) if dated else (None, None)
        found.append(RoleRow(title, body, past, first, last, len({row.entity for row in given})))
    return tuple(sorted(found, key=lambda row: (-row.documents, row.first or "9", row.title, row.of or "")))


def _merges(connection: Connection, label: str) -> Iterator[MergeRow]:
    g, one, other = merges.c, t.entities.alias(), t.entities.alias()
    first, second = t.documents.alias(), t.documents.alias()
    query = (
        select(
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
        .where(people.c.linked == label)
        .order_by(people.c.sort, g.id)
    )
    for rule, document, start, end, words, hash_, begin, stop, said in connection.execute(query):
        yield MergeRow(rule, document, words, Span(start, end), hash_, said, Span(begin, stop))


def _across(connection: Connection, rows: Sequence[Row[Any]], members: Sequence[Row[Any]]) -> Iterator[MergeRow]:
    """For each story's person but the first, one piece of evidence that an earlier one offers too."""
    if len(rows) < 2:
        return
    held: dict[int, list[tuple[str, int]]] = defaultdict(list)
    k = person_keys.c
    for batch in batched([row.id for row in rows]):
        for key in connection.execute(select(k.person, k.rule, k.value).where(k.person.in_(batch), k.rule != APART)):
            held[key.person].append((key.rule, key.value))
    by_person: dict[int, list[Row[Any]]] = defaultdict(list)
    for member in members:
        by_person[member.person].append(member)
    offered: dict[int, int] = {}
    pairs: list[tuple[str, Row[Any], Row[Any]]] = []
    for row in rows:
        shared = sorted((rule, value) for rule, value in held[row.id] if value in offered)
        if shared and by_person[row.id]:
            rule, value = shared[0]
            pairs.append((f"across stories: {rule}", by_person[offered[value]][0], by_person[row.id][0]))
        for _, value in held[row.id]:
            offered.setdefault(value, row.id)
    spans = _first_names(connection, [member.entity for _, *both in pairs for member in both])
    for rule, one, other in pairs:
        span, words = spans.get(one.entity, (Span(0, 0), one.name))
        there, said = spans.get(other.entity, (Span(0, 0), other.name))
        yield MergeRow(rule, one.hash, words, span, other.hash, said, there)


def _first_names(connection: Connection, entities: Sequence[int]) -> dict[int, tuple[Span, str]]:
    """Where each entity is first named, or mentioned where no name is."""
    m, d = t.mentions.c, t.documents.c
    found: dict[int, tuple[Span, str]] = {}
    for batch in batched(set(entities)):
        query = (
            select(m.entity, m.span_start, m.span_end, func.substr(d.text, m.span_start + 1, m.span_end - m.span_start))
            .join_from(t.mentions, t.documents, d.id == m.document)
            .where(m.entity.in_(batch))
            .order_by(m.form != "name", m.span_start)
        )
        for entity, start, end, words in connection.execute(query):
            found.setdefault(entity, (Span(start, end), words))
    return found

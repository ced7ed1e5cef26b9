"""The nodes of a story, read from the tables of its documents."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache

from sqlalchemy import Connection, select, union

from onrecord.ledger import schema as t
from onrecord.ledger.batches import WANTED, batched
from onrecord.ledger.identity.nodes import Form, Node, Title
from onrecord.ledger.ruled import ruled
from onrecord.ledger.scene import Member
from onrecord.records import Span

__all__ = ["nodes_of"]

_HE, _SHE = frozenset({"he", "him", "his", "himself"}), frozenset({"she", "her", "hers", "herself"})
_LONGEST_PRONOUN = 7
_TOLD_IN = re.compile(r"(?:\s+(?!that\b)[a-z]+){1,3}\s+in\s+(?P<place>[^\W\d_a-z]\w*(?:\s[^\W\d_a-z]\w*)*)")
_NOWHERE = 1 << 60

_d, _e, _m, _s, _c = t.documents.c, t.entities.c, t.mentions.c, t.statements.c, t.statement_spans.c
_TEXTS = select(_d.id, _d.text).where(_d.id.in_(WANTED))
_ENTITIES = select(_e.id, _e.document, _e.key, _e.type, _e.name, _e.ref).where(_e.document.in_(WANTED))
# Also those whom people ruled to speak, in whatever document.
_SPEAKING = union(
    select(_s.speaker).where(_s.document.in_(WANTED)),
    select(_e.id).join_from(ruled, t.entities, _e.id == ruled.c.speaker).where(_e.document.in_(WANTED)),
)
_CUES = (
    select(_s.document, _s.speaker, _c.span_end)
    .join_from(t.statements, t.statement_spans)
    .where(_s.document.in_(WANTED), _s.speaker.is_not(None), _c.part == "cue")
    .order_by(_s.document, _c.span_end, _s.id)
)
# In the order of the text; the database sorts these rows in half the time that Python takes.
_MENTIONS = (
    select(_m.document, _m.entity, _m.form, _m.span_start, _m.span_end)
    .where(_m.document.in_(WANTED))
    .order_by(_m.document, _m.span_start, _m.span_end, _m.form, _m.id)
)
_r, _holder, _of = t.roles.c, t.entities.alias(), t.entities.alias()
_ROLES = (
    select(_r.entity, _r.title, _r.of_text, _of.c.name, _r.span_start, _r.span_end)
    .select_from(t.roles.join(_holder, _holder.c.id == _r.entity).outerjoin(_of, _of.c.id == _r.of_entity))
    .where(_holder.c.document.in_(WANTED))
    .order_by(_r.id)
)


def nodes_of(connection: Connection, stories: Sequence[Sequence[Member]]) -> list[list[Node]]:
    """For each of these stories, which are their documents, a node for every entity, in canonical order: that of the
    documents and of the text."""
    members = [(rank, member) for story in stories for rank, member in enumerate(story)]
    found: dict[int, list[Node]] = {}
    for some in batched(members):
        ranks = {member.document: rank for rank, member in some}
        days = {member.document: member.day for _, member in some}
        found |= _nodes(connection, ranks, days)
    return [
        sorted(
            (node for member in story for node in found.get(member.document, ())),
            key=lambda node: (node.place, node.record[1]),
        )
        for story in stories
    ]


def _nodes(connection: Connection, ranks: Mapping[int, int], days: Mapping[int, str | None]) -> dict[int, list[Node]]:
    """By document. `ranks` are the places of the documents in their stories."""
    documents = sorted(ranks)
    wanted = {"wanted": documents}
    texts = dict(connection.execute(_TEXTS, wanted).all())
    forms, pronouns, starts = _mentions(connection, documents, texts)
    roles = _roles(connection, documents)
    speaking = set(connection.execute(_SPEAKING, wanted).scalars())
    places = _told_in(connection, documents, texts)
    nodes: dict[int, list[Node]] = defaultdict(list)
    for number, document, key, kind, name, ref in connection.execute(_ENTITIES, wanted):
        nodes[document].append(
            Node(
                record=(document, key),
                place=(ranks[document], starts.get(number, _NOWHERE), _number_in(key)),
                type=kind,
                name=name,
                ref=ref,
                forms=tuple(forms.get(number) or _unmentioned(name, number in starts)),
                roles=tuple(roles.get(number, ())),
                pronoun=_sex(pronouns.get(number, ())),
                speaks=number in speaking,
                told_in=tuple(places.get(number, ())),
                day=days[document],
                row=number,
            )
        )
    return nodes


@lru_cache(maxsize=1024)  # the keys of one document are those of the others
def _number_in(key: str) -> int:
    return int("".join(filter(str.isdigit, key)) or 0)


def _told_in(connection: Connection, documents: Sequence[int], texts: Mapping[int, str]) -> dict[int, dict[str, None]]:
    """The places behind the cues of each speaker's statements ("told reporters in Sarmin"), in the order of the text."""
    found: dict[int, dict[str, None]] = defaultdict(dict)
    for document, speaker, end in connection.execute(_CUES, {"wanted": documents}).all():
        if (told := _TOLD_IN.match(texts[document], end)) is not None:
            found[speaker][told["place"]] = None
    return found


def _unmentioned(name: str, mentioned: bool) -> list[Form]:
    """The name of an entity that the reading gives no place for stands for its forms, with an empty span."""
    return [] if mentioned else [Form(name, "name", Span(0, 0))]


def _mentions(
    connection: Connection, documents: Sequence[int], texts: Mapping[int, str]
) -> tuple[dict[int, list[Form]], dict[int, list[str]], dict[int, int]]:
    forms: dict[int, list[Form]] = defaultdict(list)
    pronouns: dict[int, list[str]] = defaultdict(list)
    starts: dict[int, int] = {}
    seen: set[tuple[int, str, str]] = set()
    for document, entity, form, start, end in connection.execute(_MENTIONS, {"wanted": documents}).all():
        if entity not in starts:
            starts[entity] = start
        if form == "pronoun":
            if end - start <= _LONGEST_PRONOUN:
                pronouns[entity].append(texts[document][start:end].lower())
            continue
        words = texts[document][start:end]
        found = (entity, form, words)
        if found not in seen:
            seen.add(found)
            forms[entity].append(Form(words, form, Span(start, end)))
    return forms, pronouns, starts


def _roles(connection: Connection, documents: Sequence[int]) -> dict[int, list[Title]]:
    roles: dict[int, list[Title]] = defaultdict(list)
    for entity, title, words, name, start, end in connection.execute(_ROLES, {"wanted": documents}):
        roles[entity].append(Title(title, name or words, Span(start, end)))
    return roles


def _sex(pronouns: Sequence[str]) -> str | None:
    if not pronouns:
        return None
    he, she = any(p in _HE for p in pronouns), any(p in _SHE for p in pronouns)
    return "he" if he and not she else "she" if she and not he else None

"""An office and who holds it: "the interior minister" is Interior Minister Mirela Vantor, if the story has no other."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

from onrecord.ledger.identity.bodies import body_of
from onrecord.ledger.identity.grouping import Groups
from onrecord.ledger.identity.nodes import Node
from onrecord.ledger.identity.spelling import name_words, skeleton
from onrecord.ledger.identity.titles import former, office_of, title_words
from onrecord.records import Span

__all__ = ["join_offices", "office_held"]

_DEFINITE = frozenset({"the", "our", "this"})
_EMPTY = frozenset({"city", "county", "of", "police", "secretary", "state", "town", "village"})
_OWNER = re.compile(r"(?:'s|’s|s['’]) ")
# "the mayor's" is the mayor; "the sheriff's" is cut from the sheriff's office, or a deputy of it.
_HAVE_OFFICES = frozenset({"coroner", "district attorney", "sheriff"})
_ROOT = 4  # letters that a place and its adjective begin with


@lru_cache(maxsize=1 << 14)
def office_held(title: str, of: str | None) -> str | None:
    """The office that a role is, from its title, or from title and body: "Minister" of "Internal Affairs"."""
    if _OWNER.search(title):
        return None  # "sheriff's sergeant"
    if (headed := _headed(title, of)) is not None:
        return headed
    words = title_words(title)
    if words == {"minister"} and of is not None:
        words = title_words(f"{title} {of}")
    return office_of(words) if words else None


def _headed(title: str, of: str | None) -> str | None:
    """ "head of emergency service" for the head of a body that each place has one of."""
    head, _, behind = title.partition(" of ")
    if name_words(head)[-1:] != ("head",):
        return None
    body = body_of(of or behind)
    return f"head of {body.kind}" if body is not None else None


def join_offices(groups: Groups, holders: Sequence[Node], described: Sequence[Node]) -> None:
    """Merge people who are only described, by an office, with the one person of the story who holds it."""
    held: dict[str, list[tuple[Node, Span, set[str]]]] = defaultdict(list)
    left: dict[str, set[int]] = defaultdict(set)
    for node in holders:
        for role in node.roles:
            office = office_held(role.title, role.of)
            if office is None:
                continue
            if former(role.title):
                left[office].add(groups.root(node))
            ministry = title_words(role.title) == {"minister"}  # "of Internal Affairs": not where, but which
            held[office].append((node, role.span, set() if ministry else _words(role.of or "")))
    named_in: dict[int, set[str]] = defaultdict(set)
    for node in groups.nodes:
        for form in node.forms:
            if form.form == "name":
                named_in[node.document] |= _words(form.text)
    for node in described:
        found = _office_said(node)
        if found is None:
            continue
        office, of, span = found
        people: dict[int, list[tuple[Node, Span, set[str]]]] = defaultdict(list)
        for holder in held[office]:
            people[groups.root(holder[0])].append(holder)
        current = {root: rows for root, rows in people.items() if root not in left[office]}
        if len(current) != 1:
            continue
        ((_, rows),) = current.items()
        places = set().union(*(words for _, _, words in rows))
        if of and not _shares_root(of, places):
            continue
        told = of or not places or any(n.document == node.document for n in groups.of(rows[0][0]))
        if not told and not _shares_root(named_in[node.document], places):
            continue  # the text names neither the holder nor what the office is held in
        holder_node, holder_span, _ = rows[0]
        groups.join(holder_node, node, "office", (holder_span, span))


def _office_said(node: Node) -> tuple[str, set[str], Span] | None:
    """The office that a description names, what it is held in, and where: "the mayor of Drusa"."""
    form = next((f for f in node.forms if f.form == "nominal"), None)
    if form is None:
        return None
    plain = form.text.split()
    if plain[0].lower() not in _DEFINITE and not form.text.startswith(node.name):
        return None
    if former(form.text) or any(w.isdigit() for w in name_words(form.text)):
        return None
    if (headed := _headed(form.text.split(",")[0], None)) is not None:
        body = body_of(form.text.split(",")[0].partition(" of ")[2])
        return headed, _words(body.place) if body is not None and body.place else set(), form.span
    head = form.text.split(" of ")[0].split(",")[0]
    office = office_of(title_words(head))
    if office is None or _OWNER.search(head) or (office in _HAVE_OFFICES and head.endswith(("'s", "’s"))):
        return None
    told = set(office.split())
    before = [w for w in head.split() if not w[:1].isupper() and w.lower() not in _DEFINITE | _EMPTY]
    if any(not title_words(w) for w in before):
        return None  # "the next president"
    capitals = {s for w in plain for s in _words(w) if w[:1].isupper() and not title_words(w) and s not in told}
    return office, capitals - {"the"}, form.span


def _words(text: str) -> set[str]:
    return {skeleton(w) for w in name_words(text)}


def _shares_root(one: set[str], other: set[str]) -> bool:
    return any(a == b or (len(a) >= _ROOT and a[:_ROOT] == b[:_ROOT]) for a in one for b in other)

"""Building blocks of the identity tests: nodes made by hand, and readings of short texts whose entities are told."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence

from onrecord import records as r
from onrecord.ledger.identity.nodes import Form, Node, Title
from onrecord.ledger.identity.story import people_of
from onrecord.ledger.scene import Record
from onrecord.reading import Reading
from onrecord.records import Span


def node(
    document: int,
    kind: str,
    *names: str,
    said: Sequence[str] = (),
    roles: Sequence[tuple[str, str | None]] = (),
    ref: str | None = None,
    at: int = 0,
) -> Node:
    """An entity of a document: `names` as they stand there, `said` the descriptions, best name first."""
    number = document * 100 + at
    forms = [Form(name, "name", Span(i * 30, i * 30 + len(name))) for i, name in enumerate(names)]
    forms += [Form(words, "nominal", Span(500 + i, 500 + i + len(words))) for i, words in enumerate(said)]
    best = names[0] if names else re.sub(r"^(the|an?) ", "", said[0].partition(" of ")[0], flags=re.IGNORECASE)
    return Node(
        record=(document, f"e{number}"),
        place=(document, at, number),
        type=kind,
        name=best,
        ref=ref,
        forms=tuple(forms),
        roles=tuple(Title(title, of, Span(700, 701)) for title, of in roles),
    )


def groups(nodes: Iterable[Node], **rulings: Iterable[tuple[Record, Record]]) -> set[frozenset[Record]]:
    """Who is who: the records of each person."""
    return {frozenset(n.record for n in person.nodes) for person in people_of(nodes, **rulings)}


def one(*nodes: Node) -> bool:
    """Whether all of the nodes are one, given alone."""
    return groups(nodes) == {frozenset(n.record for n in nodes)}


def apart(*nodes: Node) -> bool:
    """Whether all of the nodes are different people."""
    return groups(nodes) == {frozenset([n.record]) for n in nodes}


Told = tuple[str, str, Sequence[tuple[str, str | None]], Sequence[str]]
"""Type, name, roles, and the words of the text that mention it."""


def report(text: str, told: Sequence[Told], *, day: str = "2025-03-12", refs: dict[str, str] | None = None) -> Reading:
    """A reading of `text` with these entities; each says the whole text once, in order, so that there are statements."""
    mentions, entities, statements = [], [], []
    for number, (kind, name, roles, words) in enumerate(told, 1):
        key = f"e{number}"
        spans = [Span(text.index(w), text.index(w) + len(w)) for w in (name, *words) if w in text]
        held = tuple(r.Role(title, of, Span(text.index(title), text.index(title) + len(title))) for title, of in roles)
        entities.append(r.Entity(key, kind, name, tuple(words), held, (refs or {}).get(name)))  # type: ignore[arg-type]
        mentions += [r.Mention(span, key, "name" if span.of(text)[:1].isupper() else "nominal") for span in spans]
        statements.append(
            r.Statement(f"s{number}", (), key, (), (Span(0, len(text)),), "indirect", "say", False, None, None, 0.9)
        )
    document = r.Document(
        id=hashlib.sha256((text + day).encode()).hexdigest(),
        text=text,
        title=text.partition(".")[0],
        publisher="The Invented Courier",
        published=day,
        blocks=(r.Block(Span(0, len(text)), "paragraph"),),
    )
    return Reading(
        document=document,
        model="weights 1",
        entities=tuple(entities),
        mentions=tuple(sorted(mentions, key=lambda mention: mention.span)),
        statements=tuple(statements),
    )

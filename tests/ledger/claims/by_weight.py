"""Propositions by hand for tests of how alike two are: words with their weights, names, figures and events, no text.

`said("dam:400 burst:300")` has two telling words; `by`, in which document, how it is meant and who is in it are options.
What the lexicon would make of words plays no part here, so that a weight stands exactly at, below or above a threshold.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as a_field
from typing import Any

from onrecord.ledger.claims.compiled import Compiled, compile_all
from onrecord.ledger.claims.model import Entry, Facts, Happening, Named, Proposition, Quantity, Term
from onrecord.ledger.scene import Member, Rulings, Scene
from onrecord.records import Span

__all__ = ["Said", "compiled", "counted", "deed", "said", "story", "two"]

NOWHERE = Span(0, 1)


def counted(
    low: float | None,
    high: float | None = -1.0,
    *,
    of: str | None = "person",
    event: str | None = None,
    **more: Any,
) -> Quantity:
    """A figure of `of`, to which `event` happened; without `high` an exact one."""
    options = {"about": False, "unit": None, "change": None, "tally": None} | more
    return Quantity(
        key="",
        low=low,
        high=low if high == -1.0 else high,
        about=options["about"],
        noun=of,
        thing=of,
        unit=options["unit"],
        event=event,
        change=options["change"],
        tally=options["tally"],
        span=NOWHERE,
    )


def deed(concept: str, status: str = "happened", **more: Any) -> Happening:
    """An event; `actor`, `target`, `place` are names of entities, `days` its first day and the day behind its last."""
    start, end = more.get("days", (None, None))
    actor, target, place = (tuple(more.get(role, ())) for role in ("actor", "target", "place"))
    return Happening(concept, concept, concept, None, actor, target, place, start, end, status, NOWHERE)


@dataclass(frozen=True)
class Said:
    """A proposition and the entities in it (name → type)."""

    proposition: Proposition
    document: int
    entities: Mapping[str, str]
    series: Mapping[int, frozenset[int]] = a_field(default_factory=dict)


def said(words: str = "", **more: Any) -> Said:
    """`names` and `people` are named, `meant` only described; `by` is who says it; `series` gives the figures theirs."""
    names, people = more.pop("names", ()), more.pop("people", ())
    meant, by, document = more.pop("meant", ()), more.pop("by", None), more.pop("document", 1)
    series: Sequence[Sequence[int]] = more.pop("series", ())
    quantities: Sequence[Quantity] = more.pop("counts", ())
    happenings: tuple[Happening, ...] = tuple(more.pop("deeds", ()))
    at = more.pop("at", 0)
    terms = []
    for place, word in enumerate(words.split()):
        concept, _, weight = word.partition(":")
        terms.append(Term(concept, int(weight or 300), Span(at + place, at + place + 1)))
    numbered = tuple(
        Quantity(*(f"f{at}-{number}", *(getattr(q, name) for name in Quantity._fields[1:])))
        for number, q in enumerate(quantities)
    )
    entities = dict.fromkeys(people, "person") | dict.fromkeys((*names, *meant), "organisation")
    entities |= (
        dict.fromkeys((e for h in happenings for e in (*h.actor, *h.target, *h.place)), "organisation") | entities
    )
    if by is not None:
        entities.setdefault(by, "person")
    values: dict[str, Any] = {
        "record": f"s{at}",
        "statement": f"s{at}" if by is not None else None,
        "spans": (Span(at, at + 10),),
        "voice": "statement" if by is not None else "outlet",
        "speaker": by,
        "source": None,
        "reporters": (),
        "act": "say",
        "negated": False,
        "stance": "holds",
        "mode": "fact",
        "negative": False,
        "refers": None,
        "rebuts": False,
        "withdraws": False,
        "admits": False,
        "again": False,
        "said_on": None,
        "confidence": 0.9,
        "main": None,
        "terms": tuple(terms),
        "named": (
            *(Named(name, True, True, NOWHERE) for name in (*names, *people)),
            *(Named(name, False, True, NOWHERE) for name in meant),
        ),
        "happenings": happenings,
        "quantities": numbered,
    }
    made = Proposition(**(values | more))
    return Said(made, document, entities, {n: frozenset(some) for n, some in enumerate(series)})


def story(
    *told: Said, rulings: Rulings | None = None, origins: Mapping[int, str] | None = None
) -> tuple[Scene, dict[int, Facts]]:
    """The propositions as one story, a document of each number, in which entities of one name are one."""
    facts = {}
    people: dict[tuple[int, str], str] = {}
    names: dict[str, str] = {}
    members = []
    for n in sorted({one.document for one in told}):
        here = [one for one in told if one.document == n]
        entities = {name: Entry(name, kind, ()) for one in here for name, kind in one.entities.items()}
        facts[n] = Facts(tuple(one.proposition for one in here), entities, {})
        for name in entities:
            people[n, name] = f"p{name}"
            names[f"p{name}"] = name
        origin = (origins or {}).get(n, f"h{n}")
        members.append(Member(n, f"h{n}", None, f"Paper {n}", "2025-03-12", "2025-03-12", origin))
    return Scene(1, tuple(members), rulings or Rulings(), people, names), facts


def compiled(*told: Said, rulings: Rulings | None = None, origins: Mapping[int, str] | None = None) -> list[Compiled]:
    """The propositions in one story, in the order given."""
    scene, facts = story(*told, rulings=rulings, origins=origins)
    series = {
        (one.document, one.proposition.quantities[place].key): numbers
        for one in told
        for place, numbers in one.series.items()
    }
    where = {(item.document, item.proposition.record): item for item in compile_all(scene, facts, series)}
    keys = [(one.document, one.proposition.record) for one in told]
    return [where[key] for key in keys if key in where]


def two(a: Said, b: Said) -> tuple[Compiled, Compiled]:
    one, other = compiled(a, b)
    return one, other

"""FollowTheMoney entities, one a line, as Aleph and OpenSanctions' tools take them.

Articles, the people and bodies that speak or act in them, the places; what links them: who is documented where with which
words, who holds which office, what happened. Every link names its article (`proof`) and the record (`recordId`). Ids are
the ledger's, with a dot where those have a colon, which FollowTheMoney does not take.

Source: the schemas of followthemoney 4; a test builds every entity by that package.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, Any

from onrecord.ledger.claims.rows import ClaimRow
from onrecord.ledger.identity.keyed import Known
from onrecord.ledger.identity.rows import PersonRow
from onrecord.reader.cities import coordinates
from onrecord.records import Event
from onrecord.views.export.chosen import Article, Chosen
from onrecord.views.export.languages import ISO_639_3
from onrecord.views.export.terms import address, record_name
from onrecord.views.export.writing import dump, text

__all__ = ["write"]

# A country that speaks or acts is its government; groups ("officials") are entities without a form. Products and events
# (the ledger's kind for "the World Cup") are nobody's party and are left out.
_SCHEMATA = {
    "person": "Person",
    "organisation": "Organization",
    "country": "PublicBody",
    "people": "LegalEntity",
    "place": "Address",
    "facility": "Address",
}
_PARTIES = frozenset({"Person", "Organization", "PublicBody", "LegalEntity"})

# A day, month or year, with or without a time of day behind it.
_DAY = re.compile(r"(\d{4}(?:-\d\d(?:-\d\d)?)?)(?:T.*)?$")

Entity = dict[str, Any]


def write(chosen: Chosen, out: IO[bytes]) -> dict[str, int]:
    """One entity a line; how many of each schema."""
    counts: dict[str, int] = {}
    with text(out) as lines:
        for entity in _entities(chosen):
            counts[entity["schema"]] = counts.get(entity["schema"], 0) + 1
            lines.write(f"{dump(entity)}\n")
    return counts


def _entities(chosen: Chosen) -> Iterator[Entity]:
    schemata = _Schemata(chosen)
    for article in chosen.articles():
        yield _article(article)
        for known in _parties(article):
            if schemata.new(known):
                yield _party(chosen, known, schemata.of(known))
        yield from _mentions(article, schemata)
        yield from _statements(article, schemata)
        yield from _offices(article, schemata)
        for event in article.reading.events:
            if not article.rejected(event.id):
                yield from _event(article, event, schemata)
    for claim in chosen.claims():
        yield _claim(chosen, claim)


class _Schemata:
    """What each party of the ledger is in FollowTheMoney, the same in every article, and which of them are written.

    A place that says anything ("Delport denied") is no address: it is whoever speaks for it.
    """

    def __init__(self, chosen: Chosen) -> None:
        self._speaking = frozenset(row.key for row in chosen.ledger.speakers())
        self._of: dict[str, str] = {}

    def new(self, known: Known) -> bool:
        """Whether this is the first time that `known` is met."""
        if known.type not in _SCHEMATA or known.key in self._of:
            return False
        schema = _SCHEMATA[known.type]
        self._of[known.key] = "LegalEntity" if schema == "Address" and known.key in self._speaking else schema
        return True

    def of(self, known: Known | None) -> str | None:
        """The schema of somebody who is written; None of others."""
        return None if known is None else self._of.get(known.key)

    def party(self, known: Known | None) -> bool:
        """Whether somebody is written who can speak and act."""
        return self.of(known) in _PARTIES


def _parties(article: Article) -> dict[Known, None]:
    """Everybody who speaks, takes part in an event or is called by a name."""
    events = article.reading.events
    entities = [one for event in events for one in (*event.actor, *event.target, *event.place)]
    entities += [mention.entity for mention in article.reading.mentions if mention.form in ("name", "metonym")]
    speaking = [voice.known for voice in article.voices.values() if voice.known is not None]
    return dict.fromkeys(speaking + [article.known[one] for one in entities if one in article.known])


def _article(article: Article) -> Entity:
    row = article.row
    return _entity(
        "Article",
        row.id,
        title=row.title,
        name=row.title,
        author=row.author,
        publisher=row.publisher,
        publishedAt=_date(row.published),
        sourceUrl=address(row.url),
        language=ISO_639_3.get((row.lang or "").partition("-")[0]),
        bodyText=article.text,
        # FollowTheMoney's contentHash is a SHA-1; the document's id is the SHA-256 of the same bytes.
        processingAgent=row.model,
    )


def _party(chosen: Chosen, known: Known, schema: str | None) -> Entity:
    """Somebody with all that the ledger knows of them across documents."""
    assert schema is not None  # it was just met
    rows = [row for row in chosen.ledger.who(known.id) if row.id == known.id]
    names = [name for row in rows for name, _ in row.names if name != known.name]
    if schema == "Address":
        at = coordinates(known.ref) if known.ref is not None else None
        return _entity(
            schema,
            known.key,
            full=known.name,
            name=known.name,
            latitude=str(at[0]) if at else None,
            longitude=str(at[1]) if at else None,
        )
    return _entity(
        schema,
        known.key,
        name=known.name,
        alias=names,
        country=_country(known.ref),
        wikidataId=known.ref.removeprefix("wikidata:") if known.ref and known.ref.startswith("wikidata:") else None,
        position=_titles(rows) if schema == "Person" else None,
    )


def _titles(rows: list[PersonRow]) -> list[str]:
    titles = (f"{role.title}, {role.of}" if role.of else role.title for row in rows for role in row.roles)
    return list(dict.fromkeys(titles))


def _mentions(article: Article, schemata: _Schemata) -> Iterator[Entity]:
    """The names of an article, each once, and whom the ledger takes them for."""
    seen: set[tuple[str, str]] = set()
    for mention in article.reading.mentions:
        known = article.known.get(mention.entity)
        # Mentions stand for parties alone: places are linked by the events that they are the place of.
        schema = schemata.of(known)
        if known is None or schema not in _PARTIES or mention.form not in ("name", "metonym"):
            continue
        words = mention.span.of(article.text)
        if (words, known.key) in seen:
            continue
        seen.add((words, known.key))
        yield _entity(
            "Mention",
            f"{article.row.id}@{mention.span.start}-{mention.span.end}",
            document=_id(article.row.id),
            name=words,
            resolved=_id(known.key),
            detectedSchema=schema,
        )


def _statements(article: Article, schemata: _Schemata) -> Iterator[Entity]:
    """A statement documents its speaker in the article; without a speaker whom the ledger knows it is a note on it."""
    for row in article.statements:
        if article.rejected(row.id):
            continue
        voice = article.voices[row.id]
        name = record_name(row.document, row.id)
        role = f"not {row.act}" if row.negated else row.act
        sure = f"confidence {row.confidence:.2f}" + (", confirmed" if article.confirmed(row.id) else "")
        if voice.known is not None and schemata.party(voice.known):
            yield _entity(
                "Documentation",
                name,
                document=_id(row.document),
                entity=_id(voice.known.key),
                role=role,
                summary=row.content,
                description=f"{voice.name} ({role}, {row.manner}): {row.content}",
                date=_date(row.said_on),
                recordId=name,
                status=sure,
                proof=_id(row.document),
                publisher=row.publisher,
                sourceUrl=address(article.row.url),
            )
        else:
            yield _entity(
                "Note",
                name,
                name=f"{voice.name} ({role})",
                description=row.content,
                summary=sure,
                entity=_id(row.document),
                proof=_id(row.document),
            )


def _offices(article: Article, schemata: _Schemata) -> Iterator[Entity]:
    """Who is said to hold an office of which body, on the day of the article."""
    for entity in article.reading.entities:
        holder = article.known.get(entity.id)
        if holder is None or schemata.of(holder) != "Person":
            continue
        for number, role in enumerate(entity.roles):
            body = article.known.get(role.of or "")
            if body is None or schemata.of(body) not in ("Organization", "PublicBody"):
                continue
            yield _entity(
                "Membership",
                f"{record_name(article.row.id, entity.id)}.role{number}",
                member=_id(holder.key),
                organization=_id(body.key),
                role=role.title,
                date=_date(article.row.published),
                proof=_id(article.row.id),
            )


def _event(article: Article, event: Event, schemata: _Schemata) -> Iterator[Entity]:
    """What is told of somebody known: never that it happened where it was only planned or denied (`summary`)."""
    taking_part = [article.known[one] for one in (*event.actor, *event.target) if one in article.known]
    involved = [_id(known.key) for known in taking_part if schemata.party(known)]
    if not involved:
        return
    moment = None if event.moment is None else article.reading.moments[event.moment]
    places = [article.known[one] for one in event.place if one in article.known]
    name = record_name(article.row.id, event.id)
    yield _entity(
        "Event",
        name,
        name=event.span.of(article.text),
        summary=event.status,
        keywords=[event.lemma, *([event.type] if event.type else [])],
        description=f"{event.lemma}: {event.status}; confidence {event.confidence:.2f}",
        involved=list(dict.fromkeys(involved)),
        location=[place.name for place in places],
        addressEntity=[_id(place.key) for place in places if schemata.of(place) == "Address"],
        date=_date(moment.value if moment is not None else None),
        recordId=name,
        proof=_id(article.row.id),
    )


def _claim(chosen: Chosen, claim: ClaimRow) -> Entity:
    documents = dict.fromkeys(member.document for member in claim.members if chosen.holds(member.document))
    sides = (("held by", claim.holders), ("denied by", claim.deniers), ("left open by", claim.neither))
    named = ((how, dict.fromkeys(m.name for m in members if m.document in documents)) for how, members in sides)
    parts = [f"{how} {', '.join(names)}" for how, names in named if names]
    return _entity(
        "Note",
        claim.id,
        name=claim.says,
        summary=claim.standing,
        description=f"{claim.says} ({claim.standing}; {'; '.join(parts)})",
        entity=[_id(document) for document in documents],
        proof=[_id(document) for document in documents],
    )


def _entity(schema: str, id: str, **properties: str | list[str] | None) -> Entity:
    found: dict[str, list[str]] = {}
    for name, value in properties.items():
        values = [value] if isinstance(value, str) else value or []
        if values:
            found[name] = list(dict.fromkeys(values))
    return {"id": _id(id), "schema": schema, "properties": found}


def _id(name: str) -> str:
    return name.replace(":", ".").replace("@", ".")


def _date(value: str | None) -> str | None:
    """A day, month or year as FollowTheMoney keeps it; None where it is another kind of date, or none with a year."""
    found = _DAY.match(value or "")
    return found[1] if found is not None else None


def _country(ref: str | None) -> str | None:
    """The ISO 3166 code of a country's or a region's reference, in the lower case that FollowTheMoney has."""
    kind, _, code = (ref or "").partition(":")
    return code[:2].lower() if kind in ("iso3166", "iso3166-2") else None

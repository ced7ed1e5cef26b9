"""Rows in the columns of GDELT's Global Knowledge Graph 2.1, a document each, for tools that read those.

What the ledger does not know is left empty: themes, tone, GCAM, images and videos, GDELT's codes of countries and regions
(FIPS 10-4) and of places. Offsets are code points of the stored text, exact where GDELT's are not. GDELT has no place for
confidence and provenance: they stand in the last column, XML, in elements that begin with ONRECORD.

Source: The GDELT Global Knowledge Graph (GKG) Data Format Codebook V2.1, 19 February 2015.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import IO
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

from onrecord.ledger import DocumentRow, FigureRow
from onrecord.ledger.identity.keyed import Known
from onrecord.reader.cities import coordinates
from onrecord.records import Mention, Moment
from onrecord.views.export.chosen import Article, Chosen
from onrecord.views.export.terms import address
from onrecord.views.export.writing import text

__all__ = ["COLUMNS", "write"]

COLUMNS = (
    "GKGRECORDID",
    "V2.1DATE",
    "V2SOURCECOLLECTIONIDENTIFIER",
    "V2SOURCECOMMONNAME",
    "V2DOCUMENTIDENTIFIER",
    "V1COUNTS",
    "V2.1COUNTS",
    "V1THEMES",
    "V2ENHANCEDTHEMES",
    "V1LOCATIONS",
    "V2ENHANCEDLOCATIONS",
    "V1PERSONS",
    "V2ENHANCEDPERSONS",
    "V1ORGANIZATIONS",
    "V2ENHANCEDORGANIZATIONS",
    "V1.5TONE",
    "V2.1ENHANCEDDATES",
    "V2GCAM",
    "V2.1SHARINGIMAGE",
    "V2.1RELATEDIMAGES",
    "V2.1SOCIALIMAGEEMBEDS",
    "V2.1SOCIALVIDEOEMBEDS",
    "V2.1QUOTATIONS",
    "V2.1ALLNAMES",
    "V2.1AMOUNTS",
    "V2.1TRANSLATIONINFO",
    "V2EXTRASXML",
)

# GDELT counts what happened to people. These are its kinds that an event's verb decides; others are amounts alone.
_COUNTED = {
    "KILL": "kill die dead death murder slay massacre execute assassinate",
    "WOUND": "injure wound hurt maim",
    "ARREST": "arrest detain jail imprison apprehend",
    "KIDNAP": "kidnap abduct",
    "PROTEST": "protest demonstrate rally march",
    "SEIZE": "seize confiscate",
    "AFFECT": "displace evacuate flee affect strand",
}
_COUNT_OF = {verb: kind for kind, verbs in _COUNTED.items() for verb in verbs.split()}

_BREAKING = re.compile(r"[\s;#|,\x00-\x1f\x7f]+")


def write(chosen: Chosen, out: IO[bytes]) -> dict[str, int]:
    """A line a document, as GDELT has them: tabs between columns, no header, quotes mean nothing."""
    with text(out) as lines:
        number = 0
        for article in chosen.articles():
            row = _row(article)
            lines.write("\t".join(row.get(name, "") for name in COLUMNS) + "\n")
            number += 1
        return {"documents": number}


def _row(article: Article) -> dict[str, str]:
    row = article.row
    stamp, page = _stamp(row.published), address(row.url)
    named = [mention for mention in article.reading.mentions if mention.form in ("name", "metonym")]
    people = _named(article, named, ("person",))
    bodies = _named(article, named, ("organisation",))
    places = [(known, mention) for mention in named if (known := _place(article, mention)) is not None]
    return {
        # The number within the second is GDELT's own; here the document's id takes its place, so that it is always the same.
        "GKGRECORDID": f"{stamp or '0' * 14}-{int(row.id[:12], 16)}",
        "V2.1DATE": stamp,
        "V2SOURCECOLLECTIONIDENTIFIER": "1" if page else "2",  # the web, or a citation alone
        "V2SOURCECOMMONNAME": _clean((urlsplit(page).hostname if page else row.publisher) or ""),
        "V2DOCUMENTIDENTIFIER": page or _citation(row),
        "V1COUNTS": "".join(f"{count};" for count, _ in _counts(article)),
        "V2.1COUNTS": "".join(f"{count}#{offset};" for count, offset in _counts(article)),
        "V1LOCATIONS": ";".join(dict.fromkeys(_location(known, "#") for known, _ in places)),
        "V2ENHANCEDLOCATIONS": ";".join(f"{_location(known, '##')}#{m.span.start}" for known, m in places),
        "V1PERSONS": ";".join(dict.fromkeys(name.lower() for name, _ in people)),
        "V2ENHANCEDPERSONS": ";".join(f"{name},{offset}" for name, offset in people),
        "V1ORGANIZATIONS": ";".join(dict.fromkeys(name.lower() for name, _ in bodies)),
        "V2ENHANCEDORGANIZATIONS": ";".join(f"{name},{offset}" for name, offset in bodies),
        "V2.1ENHANCEDDATES": ";".join(filter(None, map(_date, article.reading.moments))),
        "V2.1QUOTATIONS": "#".join(_quotations(article)),
        "V2.1ALLNAMES": ";".join(f"{_clean(m.span.of(article.text))},{m.span.start}" for m in named),
        "V2.1AMOUNTS": ";".join(filter(None, map(_amount, article.figures))),
        "V2EXTRASXML": _extras(article),
    }


def _stamp(published: str | None) -> str:
    """YYYYMMDDHHMMSS; zeros for a time that is not known, nothing without a day."""
    found = re.match(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d))?)?", published or "")
    return "" if found is None else "".join(part or "00" for part in found.groups())


def _citation(row: DocumentRow) -> str:
    facts = filter(None, (row.title, row.publisher, (row.published or "")[:10], f"SHA-256 {row.id}"))
    return " ".join(", ".join(facts).split())


def _named(article: Article, mentions: Iterable[Mention], types: tuple[str, ...]) -> list[tuple[str, int]]:
    """Names of these types, as the ledger calls whom they stand for, with their places."""
    entities = {entity.id: entity for entity in article.reading.entities if entity.type in types}
    found = []
    for mention in mentions:
        if mention.entity in entities:
            known = article.known.get(mention.entity)
            name = known.name if known is not None else entities[mention.entity].name
            found.append((_clean(name), mention.span.start))
    return found


def _place(article: Article, mention: Mention) -> Known | None:
    known = article.known.get(mention.entity)
    return known if known is not None and known.type in ("country", "place") else None


def _location(known: Known, before_place: str) -> str:
    """Type, name, country, region, latitude, longitude, feature: what GDELT codes by FIPS and GNS is left empty."""
    kind, _, value = (known.ref or "").partition(":")
    types = {"iso3166": "1", "iso3166-2": "2" if value.startswith("US-") else "5", "geonames": "4"}
    at = coordinates(known.ref) if kind == "geonames" and known.ref is not None else None
    latitude, longitude = (f"{at[0]:g}", f"{at[1]:g}") if at is not None else ("", "")
    # A place without a reference has no type in GDELT either: 0 stands for it.
    return f"{types.get(kind, '0')}#{_clean(known.name)}#{before_place}#{latitude}#{longitude}#"


def _counts(article: Article) -> list[tuple[str, int]]:
    """What happened to how many people: nothing planned, demanded or denied, and no bare upper bound."""
    found = []
    for row in article.figures:
        kind = _COUNT_OF.get(row.event or "")
        value = row.low if row.low is not None else row.high
        if kind is None or value is None or row.unit is not None or row.status not in ("happened", "ongoing"):
            continue
        found.append((f"{kind}#{value:.0f}#{_clean(row.noun or '')}#0######", row.span.start))
    return found


def _date(moment: Moment) -> str | None:
    """Resolution, month, day, year, offset; 1 a year, 2 a month, 3 a day, 4 a day of no certain year."""
    found = re.match(r"(\d{4}|XXXX)(?:-(\d\d)(?:-(\d\d))?)?(?:T.*)?$", moment.value)
    if found is None:
        return None
    year, month, day = found[1], found[2], found[3]
    if year == "XXXX":
        return f"4#{int(month)}#{int(day)}#0#{moment.span.start}" if month and day else None
    resolution = 3 if day else 2 if month else 1
    return f"{resolution}#{int(month or 0)}#{int(day or 0)}#{int(year)}#{moment.span.start}"


def _quotations(article: Article) -> list[str]:
    """Offset, length, verb, words of what stands in quotation marks: each piece of interrupted words is one."""
    return [
        f"{span.start}|{span.end - span.start}|{_clean(row.cue or '')}|{_clean(span.of(article.text))}"
        for row in article.statements
        if row.manner in ("direct", "mixed") and not article.rejected(row.id)
        for span in row.content_spans
    ]


def _amount(row: FigureRow) -> str | None:
    value = row.low if row.low is not None else row.high
    thing = " ".join(filter(None, (row.unit, row.noun)))
    return None if value is None else f"{value:.12g},{_clean(thing)},{row.span.start}"


def _extras(article: Article) -> str:
    row = article.row
    said = (f"{s.id},{s.content_spans[0].start},{s.confidence:g}" for s in article.statements)
    counted = (f"{f.id},{f.span.start},{f.confidence:g}" for f in article.figures)
    elements = {
        "PAGE_AUTHORS": row.author,
        "PAGE_TITLE": row.title,
        "PAGE_PRECISEPUBTIMESTAMP": _stamp(row.published) if "T" in (row.published or "") else None,
        "ONRECORD_DOCUMENT": row.id,
        "ONRECORD_MODEL": row.model,
        "ONRECORD_CONFIDENCE": ";".join([*said, *counted]),
    }
    return "".join(f"<{name}>{escape(' '.join(value.split()))}</{name}>" for name, value in elements.items() if value)


def _clean(words: str) -> str:
    """Words without what divides fields, since the format has no way to escape it."""
    return _BREAKING.sub(" ", words).strip()

"""Which place a name means, where several bear it: by the country or state written behind it ("Tripoli, Lebanon"), else
by the countries that the document speaks of. Where these leave a doubt the place has no reference.

The table of cities is read for the first document that names a place, and not before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from onrecord.reader.annotated import Annotated
from onrecord.reader.cities import countries_named, regions_named, resolve
from onrecord.reader.entities.parties import Cast
from onrecord.reader.gazetteer import KINDS_OF_REGION

__all__ = ["refer_to_places"]

_NAMESAKES = frozenset({"person", "organization"})
_BEHIND_DATELINE = frozenset({"(", "-", "--", "–", "—"})
_INSIDE = frozenset({",", "."})
_LONGEST = 3  # words of a country or state ("New South Wales")
_DATELINE = 10  # tokens: "NEW ORLEANS, Louisiana, Jan. 5 (…"
_OPENING = 5  # sentences: a dateline stands no further down, with a headline and a byline above it


def refer_to_places(annotated: Annotated, cast: Cast) -> None:
    """Gives the places of a document their references, and takes away those that are in doubt."""
    named_at: dict[int, list[tuple[int, int]]] = {}
    for where, index in cast.named_at.items():
        named_at.setdefault(index, []).append(where)
    types = {guess.head: guess.type for guess in annotated.mentions}
    places = [i for i, p in enumerate(cast.parties) if p.type == "place" and p.names and p.mentions]
    doubtful = [
        i
        for i in places
        if not all(_is_region(name) for name in cast.parties[i].names) and not _is_namesake(named_at.get(i, ()), types)
    ]
    if not doubtful:
        return
    near = {i: countries_named(cast.parties[i].names) for i in places}
    nations = {p.ref.removeprefix("iso3166:") for p in cast.parties if p.ref and p.ref.startswith("iso3166:")}
    dateline = tuple(_dateline(annotated))
    for i in doubtful:
        party = cast.parties[i]
        behind = _behind(annotated, named_at.get(i, ()))
        others = nations.union(*(near[j] for j in places if j != i), countries_named(set(dateline) - set(party.names)))
        found = {_reference(name, others, behind) for name in party.names} - {None}
        if len(found) <= 1:
            party.ref = next(iter(found), None)


def _reference(name: str, countries: frozenset[str] | set[str], behind: frozenset[str]) -> str | None:
    """The reference of a name; a large capital is meant where nothing stands behind it ("London", in Canada too)."""
    place = resolve(name, countries, within=behind)
    if not behind and place is not None:
        alone = resolve(name, ())
        if alone is not None and alone.country in countries_named([name]):
            place = alone
    return place.ref if place is not None and place.type == "place" else None


def _is_region(name: str) -> bool:
    """ "Kursk region": no city is called so."""
    return name.rpartition(" ")[2].lower() in KINDS_OF_REGION


def _is_namesake(ranges: Iterable[tuple[int, int]], types: dict[int, str]) -> bool:
    """Most mentions of the name were taken for a person or an organisation (a team, a firm), not for the place."""
    votes = [types[k] for start, end in ranges for k in range(start, end) if k in types]
    return sum(v in _NAMESAKES for v in votes) > sum(v not in _NAMESAKES for v in votes)


def _behind(annotated: Annotated, ranges: Iterable[tuple[int, int]]) -> frozenset[str]:
    """The country or first-order division between commas behind a name ("Portland, Maine, …"), as ISO codes; of several
    mentions the first that has one."""
    tokens = annotated.tokens
    for _, end in sorted(ranges):
        if end + 1 >= len(tokens) or tokens[end].text != ",":
            continue
        for last in range(min(end + 1 + _LONGEST, len(tokens)), end + 1, -1):
            if tokens[last - 1].sentence == tokens[end].sentence:
                found = regions_named(_written(annotated, end + 1, last))
                if found:
                    return found
    return frozenset()


def _dateline(annotated: Annotated) -> Iterator[str]:
    """The names that a report is datelined with: "BEIRUT (Reuters) -", "MOSUL, Iraq, Jan. 5 —"."""
    tokens = annotated.tokens
    for sentence in annotated.sentences[:_OPENING]:
        end = start = sentence.start
        most = min(start + _DATELINE, sentence.stop - 1)
        while end < most and (
            tokens[end].text[:1].isupper() or tokens[end].text in _INSIDE or tokens[end].text.isdigit()
        ):
            end += 1
        if not tokens[start].text.isupper() or end == start or tokens[end].text not in _BEHIND_DATELINE:
            continue
        for part in annotated.span(start, end).of(annotated.text).split(","):
            yield " ".join(part.split())


def _written(annotated: Annotated, start: int, end: int) -> str:
    return " ".join(annotated.span(start, end).of(annotated.text).split())

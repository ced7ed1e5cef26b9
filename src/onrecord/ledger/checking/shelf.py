"""The documents of the ledger that a draft may have drawn on: found by their rare words, read once, kept for one check."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import nlargest
from math import log
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, func, select

from onrecord.ledger import schema as t
from onrecord.ledger.backends import backend_of
from onrecord.ledger.batches import batched
from onrecord.ledger.checking.quotations import quotations
from onrecord.ledger.checking.rows import Place
from onrecord.ledger.checking.words import Words
from onrecord.ledger.ruled import ruled, speaker_of
from onrecord.ledger.stories.store import members
from onrecord.ledger.stories.store import story_of as stories_of
from onrecord.records import Span

__all__ = ["Shelf", "Stored", "Uttered"]

Item = TypeVar("Item")

# A word in more documents than this, and than this share of all, leads nowhere in particular and is not followed.
_MOST = 300
_SHARE = 0.02

_SHORTEST = 4  # letters of a word that is looked for; digits always are

_FINE = 1000  # weights are whole numbers, so that sums do not depend on the order of adding

_PHRASE = 4  # words that stand together, for quotations that are made of common words only


@dataclass(frozen=True, slots=True)
class Uttered:
    """A statement of a stored document that nobody rejected. `speaker` is the row of the entity that said it, as read or as
    people ruled."""

    key: str
    speaker: int | None
    name: str | None
    source: str | None
    said_on: str | None
    manner: str
    content: tuple[Span, ...]
    sources: tuple[Span, ...]


class Stored:
    """One document of the ledger. What was read in it is fetched when it is first asked for."""

    def __init__(self, connection: Connection, row: Row[Any]) -> None:
        self._connection = connection
        self.row: int = row.id
        self.hash: str = row.hash
        self.title: str | None = row.title
        self.publisher: str | None = row.publisher
        self.published: str | None = row.published
        self.day: str | None = row.day_first
        self.text: str = row.text

    @cached_property
    def uttered(self) -> list[Uttered]:
        s, p = t.statements.c, t.statement_spans.c
        pieces: dict[tuple[int, str], list[Span]] = {}
        spans = select(t.statement_spans).join(t.statements, s.id == p.statement).where(s.document == self.row)
        for row in self._connection.execute(spans.order_by(p.id)):
            pieces.setdefault((row.statement, row.part), []).append(Span(row.span_start, row.span_end))
        return [
            Uttered(
                key=row.key,
                speaker=row.voice,
                name=row.speaker_name,
                source=row.source,
                said_on=row.said_on,
                manner=row.manner,
                content=tuple(pieces.get((row.id, "content"), ())),
                sources=tuple(pieces.get((row.id, "source"), ())),
            )
            for row in self._connection.execute(
                select(t.statements, speaker_of(t.statements, ruled).label("voice"))
                .outerjoin(ruled, ruled.c.statement == s.id)
                .where(s.document == self.row, ruled.c.rejected.is_not(True))
                .order_by(s.id)
            )
        ]

    @cached_property
    def figures(self) -> list[Row[Any]]:
        """The figures, each with the lemma and status of its event."""
        f, e = t.figures.c, t.events.c
        counted = select(t.figures, e.lemma, e.status).outerjoin(t.events, e.id == f.event)
        return list(self._connection.execute(counted.where(f.document == self.row).order_by(f.id)))

    @cached_property
    def moments(self) -> list[Row[Any]]:
        m = t.moments.c
        return list(self._connection.execute(select(t.moments).where(m.document == self.row).order_by(m.id)))

    @cached_property
    def words(self) -> Words:
        return Words(self.text)

    @cached_property
    def said(self) -> Said:
        return Said(self)

    def statements_at(self, span: Span) -> list[Uttered]:
        """The statements whose content shares characters with `span`, the closest around it first."""
        found = [u for u in self.uttered if any(piece.overlaps(span) for piece in u.content)]
        return sorted(found, key=lambda u: (sum(piece.end - piece.start for piece in u.content), u.key))

    def sentence(self, span: Span) -> Place:
        """The sentence around `span`, with who says what is in `span`."""
        inside = self.words.touching(span)
        around = self.words.sentence_of(inside.start) if inside else None
        whole = self.words.span(around.start, around.stop - 1) if around else span
        return self.place(whole, next(iter(self.statements_at(span)), None))

    def place(self, span: Span, uttered: Uttered | None = None) -> Place:
        """The words at `span`, as said by the speaker of `uttered`."""
        return Place(
            document=self.hash,
            title=self.title,
            publisher=self.publisher,
            published=self.published,
            speaker=(uttered.name or uttered.source) if uttered else None,
            said_on=uttered.said_on if uttered else None,
            span=span,
            words=" ".join(span.of(self.text).split()),
        )


class Said:
    """The words that a document has between quotation marks, one after the other: interruptions ("he said") are gone.

    `origin` gives the place of each among all words; `region` the number of the quotation it stands in.
    """

    def __init__(self, stored: Stored) -> None:
        words = stored.words
        self.regions = quotations(stored.text)
        self.origin: list[int] = []
        self.region: list[int] = []
        for number, region in enumerate(self.regions):
            for place in words.within(region):
                self.origin.append(place)
                self.region.append(number)
        self.keys = [words.keys[place] for place in self.origin]
        self.places: dict[str, list[int]] = {}
        for index, key in enumerate(self.keys):
            self.places.setdefault(key, []).append(index)


class Shelf:
    """Finds and reads documents through one connection. Everything it gives is ordered by what documents hold."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._size = int(connection.execute(select(func.count()).select_from(t.documents)).scalar_one())
        self._limit = max(_MOST, int(self._size * _SHARE))
        self._holding: dict[str, frozenset[int] | None] = {}
        self._read: dict[int, Stored] = {}

    def best(self, words: Iterable[str], most: int, least: float = 0.0) -> list[tuple[float, Stored]]:
        """At most `most` documents that hold the most of the rare ones among `words`, the best first.

        Each with its score as a share of the best one's, which is at least `least`.
        """
        wanted = sorted({w.casefold() for w in words if len(w) >= _SHORTEST or w[:1].isdigit()})
        self._look_up([word for word in wanted if word not in self._holding])
        score: dict[int, int] = {}
        for word in wanted:
            holders = self._holding[word]
            if holders:
                weight = round(_FINE * log(1 + self._size / len(holders)))
                for row in holders:
                    score[row] = score.get(row, 0) + weight
        return self._top(score, most, least)

    def phrases(self, words: Sequence[str], most: int) -> list[tuple[float, Stored]]:
        """Documents in which four of `words` stand together: for words so common that none of them leads anywhere."""
        queries = [" ".join(words[at : at + _PHRASE]) for at in range(0, max(1, len(words) - _PHRASE + 1), _PHRASE)]
        self._look_up([query for query in queries if query not in self._holding])
        score: dict[int, int] = {}
        for query in queries:
            for row in self._holding[query] or ():
                score[row] = score.get(row, 0) + 1
        return self._top(score, most, 0.0)

    def stories(self, ways: Iterable[tuple[float, Stored]], most: int) -> list[list[Stored]]:
        """The stories that documents lead to, each with at most `most` of its articles, the latest.

        In the order of how much leads to each: the sum of the scores of its documents among `ways`.
        """
        weights: dict[int, float] = {}
        for share, stored in ways:
            weights[stored.row] = max(share, weights.get(stored.row, 0.0))
        of = stories_of(self._connection, weights)
        groups: dict[int, list[int]] = {}
        for row in weights:
            groups.setdefault(of.get(row, -row), []).append(row)
        told = members(self._connection, [story for story in groups if story > 0])
        found = []
        for story, rows in groups.items():
            articles = self._latest(told.get(story, set()).union(rows), most)
            weight = sum(weights[row] for row in rows)
            found.append((-weight, [one.hash for one in articles], articles))
        return [articles for _, _, articles in sorted(found, key=lambda one: one[:2])]

    def _latest(self, rows: set[int], most: int) -> list[Stored]:
        """At most `most` of these documents, the latest, in the order of publication."""
        d = t.documents.c
        facts: list[tuple[str, str, int]] = []
        for batch in batched(sorted(rows)):
            query = select(d.day_first, d.hash, d.id).where(d.id.in_(batch))
            facts += [(day or "", name, row) for day, name, row in self._connection.execute(query)]
        latest = [row for _, _, row in sorted(facts)[-most:]]
        self.read(latest)
        return [self._read[row] for row in latest]

    def _top(self, score: dict[int, int], most: int, least: float) -> list[tuple[float, Stored]]:
        if not score:
            return []
        ranked = nlargest(most, score.values())
        bar = max(ranked[-1], ranked[0] * least)
        rows = sorted(row for row, value in score.items() if value >= bar)
        d = t.documents.c
        facts: list[tuple[int, str, str, int]] = []
        for batch in batched(rows):
            query = select(d.id, d.day_first, d.hash).where(d.id.in_(batch))
            for row, day, name in self._connection.execute(query):
                facts.append((-score[row], day or "9999", name, row))
        best = [row for _, _, _, row in sorted(facts)[:most]]
        self.read(best)
        return [(score[row] / ranked[0], self._read[row]) for row in best]

    def _look_up(self, phrases: Sequence[str]) -> None:
        """The rows whose text holds each phrase, kept; None where there are too many."""
        found: dict[int, list[int]] = {}
        for number, row in backend_of(self._connection).full_text.holders(self._connection, phrases, self._limit + 1):
            found.setdefault(number, []).append(row)
        for number, phrase in enumerate(phrases):
            rows = found.get(number, [])
            self._holding[phrase] = None if len(rows) > self._limit else frozenset(rows)

    def read(self, rows: Sequence[int]) -> None:
        """Load the documents in these rows that are not loaded yet."""
        new = sorted(set(rows) - set(self._read))
        for batch in batched(new):
            self._load(batch)

    def _load(self, rows: Sequence[int]) -> None:
        for row in self._connection.execute(select(t.documents).where(t.documents.c.id.in_(rows))):
            self._read[row.id] = Stored(self._connection, row)

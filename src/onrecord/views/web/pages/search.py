"""What holds certain words: people, stories, claims and series that are called so, then statements and articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, ClassVar

from starlette.requests import Request
from starlette.routing import BaseRoute

from onrecord.ledger import Ledger
from onrecord.ledger.claims.rows import ClaimRow
from onrecord.ledger.rows import SearchHit, SuggestionRow
from onrecord.ledger.series.rows import SeriesRow
from onrecord.marks import Mark, Segment, cut
from onrecord.records import Span
from onrecord.views.web.listing import listing
from onrecord.views.web.page import asked, page

__all__ = ["ROUTES", "Hit", "SearchPage"]

_HITS = 50
_OTHERS = 5  # claims, series, and names of each kind: the page leads on to all
_SUGGESTED = 20


@dataclass(frozen=True, slots=True)
class Hit:
    """A search hit with its excerpt cut at the words that were found (segments with the label "found")."""

    row: SearchHit
    excerpt: Sequence[Segment[str]]

    @classmethod
    def of(cls, row: SearchHit) -> Hit:
        # An excerpt of several pieces has gaps between them, so that offsets into the document do not carry over to it.
        if len(row.spans) != 1:
            return cls(row, cut(row.excerpt, []))
        shift = row.spans[0].start
        return cls(row, cut(row.excerpt, [Mark(Span(s - shift, e - shift), "found") for s, e in row.hits]))


@dataclass(frozen=True, slots=True)
class SearchPage:
    """`/search?words=`: what is called so, and what holds the words; nothing where no words were given.

    `told` names a story, by key, for each speaker who shares a name with others: there are many who are called "police".

    `speakers` and `stories` have a name or title with words that begin so; `claims` and `series` hold all the words:
    they stand on the first page alone. `hits` are statements and articles, a page of them; `next` names the last.
    """

    template: ClassVar[str] = "search.html"

    words: str
    speakers: Sequence[SuggestionRow] = ()
    stories: Sequence[SuggestionRow] = ()
    claims: Sequence[ClaimRow] = ()
    series: Sequence[SeriesRow] = ()
    hits: Sequence[Hit] = ()
    next: str | None = None
    told: dict[str, str | None] = field(default_factory=dict)

    @classmethod
    def of(cls, ledger: Ledger, words: str, after: str | None = None) -> SearchPage:
        """Raises LedgerError for an `after` that nothing is called."""
        if not words:
            return cls(words)
        found = listing(lambda most: ledger.search(words, limit=most, after=after), _HITS)
        # Where the speaker alone holds the words, their own may be any ("a suspect"): such stand behind, within the page.
        hits = sorted((Hit.of(row) for row in found.rows), key=lambda hit: not hit.row.hits)
        if after is not None:
            return cls(words, hits=hits, next=found.next)
        called = ledger.suggest(words, kinds=("speaker", "story"), limit=_SUGGESTED)
        speakers = [row for row in called if row.kind == "speaker"][:_OTHERS]
        shared = Counter(row.text.casefold() for row in called if row.kind == "speaker")
        return cls(
            words,
            speakers=speakers,
            stories=[row for row in called if row.kind == "story"][:_OTHERS],
            claims=ledger.claims(about=words, limit=_OTHERS),
            series=ledger.series(about=words, limit=_OTHERS),
            hits=hits,
            next=found.next,
            told={row.id: _told(ledger, row.id) for row in speakers if shared[row.text.casefold()] > 1},
        )

    @property
    def found(self) -> bool:
        """Whether there is anything."""
        return any((self.speakers, self.stories, self.claims, self.series, self.hits))

    def as_json(self) -> dict[str, Any]:
        rows = {
            name: [asdict(row) for row in getattr(self, name)] for name in ("speakers", "stories", "claims", "series")
        }
        return {"words": self.words, **rows, "hits": [asdict(hit.row) for hit in self.hits], "next": self.next}


def _told(ledger: Ledger, key: str) -> str | None:
    """The story in which the speaker spoke last: 4 ms in a ledger of 100,000 statements."""
    said = ledger.speaker(key, limit=1)
    return ledger.stories(said[0].document)[0].title if said else None


def _search(ledger: Ledger, request: Request) -> SearchPage:
    return SearchPage.of(ledger, asked(request, "words") or "", asked(request, "after"))


ROUTES: list[BaseRoute] = page("/search", _search)

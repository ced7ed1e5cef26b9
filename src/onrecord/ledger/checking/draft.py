"""What a draft puts between quotation marks, and who it says spoke: the quotations that are compared with the ledger."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from onrecord.ledger.checking.quotations import quotations
from onrecord.ledger.checking.who import Who, of_reading
from onrecord.ledger.checking.words import Words
from onrecord.reading import Reading
from onrecord.records import Span, Statement

__all__ = ["Draft", "Quote"]

LEAST = 3
"""Words of a quotation that is looked for: fewer are scare quotes, titles, single words that anybody may have said."""

_ELLIPSIS = re.compile(r"…|\.\s?\.\s?\.")
_LONGEST_INTERRUPTION = 15  # words between two parts of one quotation: "he told reporters in Sarmin on Friday"
_ENDS = re.compile(r"[.!?]")


@dataclass(frozen=True, slots=True)
class Quote:
    """One quotation: `places` are its words in the draft, without those that an editor put in [brackets].

    `gaps` are the counts of words behind which it says that it leaves some out. `parts` are its stretches between
    marks, and `said` what its statement is, where the reader found one.
    """

    span: Span
    parts: tuple[Span, ...]
    places: tuple[int, ...]
    gaps: frozenset[int]
    said: Statement | None


class Draft:
    """A reading of a draft, with its words, its quotations and its people."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.text = reading.document.text
        self.words = Words(self.text)

    @cached_property
    def people(self) -> dict[str, Who]:
        return of_reading(self.reading)

    @cached_property
    def _pronouns(self) -> list[Span]:
        return [m.span for m in self.reading.mentions if m.form == "pronoun"]

    def speaker(self, statement: Statement) -> Who | None:
        """Who the draft itself names as the speaker; None for a pronoun, or for nobody whom the reader resolved."""
        if statement.speaker is None or not statement.source:
            return None
        if any(pronoun.covers(source) for source in statement.source for pronoun in self._pronouns):
            return None
        return self.people[statement.speaker]

    def statement_at(self, span: Span) -> Statement | None:
        """The statement whose content `span` lies in: the one with a source, and of those the closest."""
        found = [s for s in self.reading.statements if any(piece.overlaps(span) for piece in s.content)]
        found.sort(key=lambda s: (not s.source, sum(p.end - p.start for p in s.content), s.id))
        return found[0] if found else None

    @cached_property
    def quotes(self) -> list[Quote]:
        """Every quotation of at least three words, interrupted ones whole."""
        groups: list[list[Span]] = []
        for region in quotations(self.text):
            if groups and self._goes_on(groups[-1][-1], region):
                groups[-1].append(region)
            else:
                groups.append([region])
        found = [self._quote(group) for group in groups]
        found += [self._quote([sentence]) for sentence in self._unmarked(groups)]
        return sorted((q for q in found if len(q.places) >= LEAST), key=lambda q: q.span)

    def _goes_on(self, before: Span, after: Span) -> bool:
        """The words between are an interruption: "A," he said, "B"."""
        between = self.text[before.end : after.start]
        if "\n" in between or _ENDS.search(between):
            return False
        count = len(self.words.within(Span(before.end, after.start)))
        if not 0 < count <= _LONGEST_INTERRUPTION:
            return False
        ended = self.text[before.start : before.end].rstrip()[-1:]
        inside = [
            s for s in self.reading.statements if any(p.overlaps(before) for p in s.content) and _covers(s, after)
        ]
        return bool(inside) or ended in {",", "-", "–", "—"}

    def _unmarked(self, groups: list[list[Span]]) -> list[Span]:
        """Sentences that are somebody's own words without marks, as in a transcript."""
        marked = [region for group in groups for region in group]
        found = set()
        for statement in self.reading.statements:
            if statement.manner != "direct":
                continue
            for piece in statement.content:
                if any(region.overlaps(piece) for region in marked):
                    continue
                for sentence in self.words.sentences:
                    inside = [i for i in sentence if piece.start <= self.words.starts[i] < piece.end]
                    if inside:
                        found.add(self.words.span(inside[0], inside[-1]))
        return sorted(found)

    def _quote(self, parts: list[Span]) -> Quote:
        words = self.words
        places: list[int] = []
        gaps: set[int] = set()
        inner: list[int] = []
        for part in parts:
            inner += [i for i in words.within(part) if words.ends[i] <= part.end]
        for index in inner:
            if self._bracketed(index):
                gaps.add(len(places))
            else:
                places.append(index)
        for count, (one, other) in enumerate(pairwise(places), 1):
            between = self.text[words.ends[one] : words.starts[other]]
            if _ELLIPSIS.search(between):
                gaps.add(count)
        span = Span(parts[0].start, parts[-1].end)
        statement = next((s for s in map(self.statement_at, parts) if s is not None), None)
        return Quote(span, tuple(parts), tuple(places), frozenset(gaps), statement)

    def _bracketed(self, index: int) -> bool:
        """The word is an editor's: inside [brackets], or with a bracketed ending ("troop[s]")."""
        start, end = self.words.starts[index], self.words.ends[index]
        if "[" in self.text[start + 1 : end]:
            return True
        opened = self.text.rfind("[", max(0, start - 200), start)
        return opened >= 0 and "]" not in self.text[opened:start] and "\n" not in self.text[opened:start]


def _covers(statement: Statement, span: Span) -> bool:
    return any(piece.overlaps(span) for piece in statement.content)

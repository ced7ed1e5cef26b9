"""What a figure counts and whose that is, as a record: from its noun, else from what its amount is measured of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.reader.annotated import Annotated
from onrecord.reader.figures.counted import Noun
from onrecord.reader.figures.owners import Owners
from onrecord.reader.figures.units import TIME_UNITS
from onrecord.reader.wordlists import sections
from onrecord.records import Change, Counted, Figure, Span

__all__ = ["Belonging"]

_SCALES = sections("figures")["steps of a scale"]
_OF_THOSE = re.compile(r" of (?:them|whom|which|those|these)\b")
_SAME = re.compile(r"[^.;,\n\d]{0,12},? ?(?:\(|or |which is )(?:about |around |roughly |nearly )?")
_OWN_CLAUSE = re.compile(r"\b(?:and|but|while|whereas|as|after|though|although|those|that)\b|[.;]\s|\n")
_NEAR, _FAR = 60, 160


class Belonging:
    """Finds what the figures of one document count, in their order."""

    def __init__(self, annotated: Annotated, owners: Owners, *, tree: bool) -> None:
        self._annotated = annotated
        self._text = annotated.text
        self._owners = owners
        self._tree = tree

    def counted(
        self,
        whole: Span,
        noun: Noun | None,
        measure: tuple[str | None, int, int | None],
        change: Change | None,
        before: Sequence[Figure],
    ) -> Counted | None:
        """What the figure at `whole` counts; None where the text names neither a noun nor an owner.

        `measure` is its unit, where its unit or noun ends, and the token by which its number hangs.
        """
        code, after, anchor = measure
        if noun and noun.lemma == "age" and code in TIME_UNITS:
            return Counted(noun.span, noun.lemma)
        named = noun is not None and (code is None or code.startswith("/"))
        if noun and named:
            owner = self._of_counted(whole, noun, anchor, before)
            if owner is None and (noun.lemma in _SCALES or change):
                measured = self._of_amount(whole, (code, after, noun.token), change, before)
                owner = measured.of if measured else None
            return Counted(noun.span, noun.lemma, owner)
        if code in TIME_UNITS:
            return None
        return self._of_amount(whole, (code, after, None), change, before)

    def _of_counted(self, whole: Span, noun: Noun, anchor: int | None, before: Sequence[Figure]) -> str | None:
        """Whose counted things are, by the words beside their noun or beside the number that stands for them."""
        if not self._tree:
            return None
        if noun.lemma == "vote" and noun.token is None and (inside := self._annotated.tokens_in(noun.span)):
            return self._owners.voters(inside[0])
        hook = noun.token if noun.token is not None else anchor
        owner = self._owners.owner(hook) if hook is not None else None
        if owner is None and anchor is not None:
            owner = self._owners.holder(anchor)  # "millions of munitions" hang by "millions"
        if owner is None and hook is not None and "-" in self._text[whole.end : noun.span.start]:
            owner = self._owners.body(hook)  # "the six-member team"
        if owner is None and noun.token is None:
            for figure in reversed(before):
                if figure.counted is not None and figure.counted.span == noun.span:
                    return figure.counted.of  # a noun taken over from a figure before keeps whose it is
        return owner

    def _of_amount(
        self, whole: Span, measure: tuple[str | None, int, int | None], change: Change | None, before: Sequence[Figure]
    ) -> Counted | None:
        """What an amount or a level is measured of; where only a figure before it says so, the same as that one's."""
        if not self._tree:
            return None
        code, after, top = measure
        if top is None:
            inside = self._annotated.tokens_in(Span(whole.start, after))
            if not inside:
                return None
            numbers = [i for i in inside if self._annotated.tokens[i].upos not in {"ADP", "PUNCT", "DET", "ADV"}]
            top = self._annotated.head_of(numbers or list(inside))
        found = self._owners.measured(top, code)
        if found is not None:
            return Counted(self._annotated.tokens[found[0]].span, None, found[1])
        return self._as_before(whole, (code, after, top), change, before)

    def _as_before(
        self, whole: Span, measure: tuple[str | None, int, int], change: Change | None, before: Sequence[Figure]
    ) -> Counted | None:
        """ "fell 45 points, or 2%, to 9,345"; "39 per cent of these"; "accounted for 70%; this has dropped to 56%"."""
        code, after, top = measure
        last = before[-1] if before else None
        if last is None or last.counted is None or last.counted.of is None or whole.start - last.span.end > _FAR:
            return None
        between = self._text[last.span.end : whole.start]
        follows = change is not None and last.change is not None and len(between) < _NEAR
        follows = follows and not _OWN_CLAUSE.search(between)
        pointing = last.unit == code and self._owners.points_back(top)
        if _OF_THOSE.match(self._text, after) or _SAME.fullmatch(between) or follows or pointing:
            return Counted(last.counted.span, None, last.counted.of)
        return None

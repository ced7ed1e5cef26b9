"""Years of age where no unit says so: "aged 21", "who is 45," and "Jamie Armstrong, 25, said"."""

from __future__ import annotations

import re
from dataclasses import replace

from onrecord.reader.figures.ranges import Quantity
from onrecord.reader.figures.units import Unit
from onrecord.reader.plurals import looks_plural

__all__ = ["as_age"]

_NAMED = re.compile(r"\b(?:aged|ages|age|age of|ages of) (?:between |about |just |under |over )?$", re.I)
_WHO = re.compile(r"\bwho(?: is| was|['’]s|(?: has| just| will)? turn(?:ed|s)?)(?: now| just| only)? $")
_APPOSED = re.compile(r"[^\W\d_][\w'’-]+, $")
_MONTH = re.compile(r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)")
_CLAUSE_END = re.compile(r"[,.;)](?!\d)|$")


def _one(word: str, quantity: Quantity) -> bool:
    """Whether a common noun before the number can be one person: "a man, 34, was held"."""
    return quantity.low >= 10 and not looks_plural(word.removesuffix(", "))


def as_age(text: str, quantity: Quantity) -> Quantity:
    """The quantity with the unit year where the words around it make it somebody's age, else as it is."""
    if quantity.unit or quantity.number.unit or not 0 < quantity.low < 120 or quantity.low != int(quantity.low):
        return quantity
    end = quantity.span.end
    before = text[max(0, quantity.span.start - 30) : quantity.span.start]
    aged = _NAMED.search(before) is not None
    if not aged and _CLAUSE_END.match(text, end):
        named = _APPOSED.search(before) if quantity.number.form == "digits" and text.startswith(",", end) else None
        person = (
            named is not None and not _MONTH.match(named[0]) and (named[0][0].isupper() or _one(named[0], quantity))
        )
        aged = person or _WHO.search(before) is not None
    return replace(quantity, unit=Unit("a", end, aged=True)) if aged else quantity

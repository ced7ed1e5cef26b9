"""Numbers inside temporal expressions: "2 1/2", "twenty-four", "a couple of", "nineteen ninety-six", "'82"."""

from __future__ import annotations

from fractions import Fraction

from onrecord.reader.moments.lexicon import NUMBERS, ORDINALS

__all__ = ["number", "ordinal", "year"]

_FRACTIONS = {"½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4)}
_SKIPPED = frozenset({"a", "an", "and", "-", "‐", "‑", "of", "the"})


def number(words: list[str]) -> Fraction | None:
    """The amount that the words name, exact; None where they name none (an empty list, "several")."""
    total = group = Fraction(0)
    seen = False
    for word in words:
        if word in _SKIPPED:
            continue
        if word in NUMBERS:
            value = Fraction(NUMBERS[word])
        elif word in _FRACTIONS:
            value = _FRACTIONS[word]
        elif word == "half":
            value = Fraction(1, 2)
        elif word == "dozen":
            value = Fraction(12)
        elif "/" in word:
            above, below = word.split("/")
            if int(below) == 0:
                return None
            value = Fraction(int(above), int(below))
        else:
            digits = word.replace(",", "")
            if not digits.replace(".", "", 1).isdigit():
                return None
            value = Fraction(digits)
        seen = True
        if value >= 1000 and word in NUMBERS:
            total += (group or 1) * value
            group = Fraction(0)
        elif (value == 100 and word in NUMBERS) or word == "dozen":
            group = (group or 1) * value
        else:
            group += value
    return total + group if seen else None


def ordinal(words: list[str]) -> int | None:
    """ "third" 3, "21st" 21, "twenty-first" 21; a bare number counts as the ordinal it stands for ("March 5")."""
    total = 0
    for word in words:
        if word in ORDINALS:
            total += ORDINALS[word]
        elif word in NUMBERS:
            total += NUMBERS[word]
        elif word not in _SKIPPED:
            digits = word.rstrip("stndrh")
            if not digits.isdigit():
                return None
            total += int(digits)
    return total or None


def year(words: list[str], *, near: int | None = None) -> int | None:
    """A year in digits, in words ("nineteen ninety-six", "two thousand and five") or shortened ("'82").

    A shortened year is the one closest to `near`, at most ten years ahead of it; with no `near`, 1930 to 2029.
    """
    words = [w for w in words if w not in _SKIPPED]
    if not words:
        return None
    first = words[0]
    if len(words) == 1:
        digits = first.lstrip("'’‘")
        if not digits.isdigit():
            return None
        return int(digits) if len(digits) == 4 else _full(int(digits), near)
    if any(w not in NUMBERS for w in words):
        return None
    if "thousand" in words or "hundred" in words:
        value = number(words)
        return int(value) if value is not None and 1000 <= value < 2200 else None
    century, rest = NUMBERS[first], [NUMBERS[w] for w in words[1:]]
    if not (10 <= century <= 21) or rest[0] < 10 or (len(rest) == 2 and (rest[0] < 20 or rest[1] > 9)):
        return None
    return 100 * century + sum(rest)


def _full(short: int, near: int | None) -> int:
    latest = near + 10 if near is not None else 2029
    return latest - (latest - short) % 100

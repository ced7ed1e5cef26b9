"""Names and the abbreviations that brackets give them: "World Health Organisation (WHO)", "CEI (Italian Episcopal …)".

A name that its abbreviation spells out is read by the abbreviation's letters, back from the bracket: mentions often stop
at a joiner ("the Union of Rationalist Atheists" and Agnostics).
"""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.reader.annotated import Annotated
from onrecord.reader.gazetteer import fold

__all__ = ["Abbreviated", "abbreviated"]

_SMALL = frozenset(
    {
        "of",
        "for",
        "on",
        "and",
        "the",
        "in",
        "to",
        "at",
        "de",
        "la",
        "le",
        "des",
        "du",
        "del",
        "della",
        "di",
        "dei",
        "da",
    }
    | {
        "do",
        "dos",
        "das",
        "y",
        "e",
        "et",
        "und",
        "für",
        "der",
        "die",
        "van",
        "voor",
        "i",
        "a",
        "&",
        "-",
        "–",
        "'s",
        "’s",
    }
)
_LONGEST = 14  # words of a name before its bracket


@dataclass(frozen=True, slots=True)
class Abbreviated:
    """Token range of a full name and index of the abbreviation."""

    start: int
    end: int
    short: int


def abbreviated(annotated: Annotated) -> list[Abbreviated]:
    """Every name that brackets tie to its abbreviation, in text order."""
    tokens = annotated.tokens
    found = []
    for i, token in enumerate(tokens):
        if token.text != "(" or i == 0 or i + 2 >= len(tokens):
            continue
        if tokens[i + 2].text in {")", ",", ";"} and _is_short(tokens[i + 1].text):
            start = _spelled_back(annotated, i, tokens[i + 1].text)
            if start is not None:
                found.append(Abbreviated(start, i, i + 1))
        elif _is_short(tokens[i - 1].text):
            end = _closing(annotated, i)
            if end is not None and _initials(annotated, i + 1, end) == sorted(_letters(tokens[i - 1].text)):
                found.append(Abbreviated(i + 1, end, i - 1))
    return found


def _is_short(word: str) -> bool:
    letters = word.replace(".", "")
    return 2 <= len(letters) <= 8 and letters.isalnum() and sum(c.isupper() for c in letters) >= 2


def _letters(short: str) -> str:
    return fold(short.replace(".", ""))


def _spelled_back(annotated: Annotated, bracket: int, short: str) -> int | None:
    """Where the name before a bracket begins if its words' first letters are those of the abbreviation, small words left
    out or not, in whatever order (translated, "Union of Rationalist Atheists and Agnostics" is still the UAAR)."""
    tokens = annotated.tokens
    letters = _letters(short)
    first = max(annotated.sentences[tokens[bracket].sentence].start, bracket - _LONGEST)
    content: list[int] = []
    every = ""
    for at in range(bracket - 1, first - 1, -1):
        word = fold(tokens[at].text)
        if not word[:1].isalnum() and word not in _SMALL:
            return None
        every = (word[0] if word[0].isalnum() else "") + every
        if word not in _SMALL:
            content.append(at)
        spelled = every == letters or sorted(fold(tokens[k].text)[0] for k in content) == sorted(letters)
        if spelled and len(content) > 1:
            return at if tokens[at].text[:1].isupper() else None
        if len(content) > len(letters):
            return None
    return None


def _closing(annotated: Annotated, bracket: int) -> int | None:
    """The bracket that closes a name of two words or more; None where something else stands inside."""
    tokens = annotated.tokens
    for i in range(bracket + 1, min(len(tokens), bracket + _LONGEST)):
        if tokens[i].text == ")":
            return i if i - bracket > 2 else None
        if not tokens[i].text[:1].isupper() and fold(tokens[i].text) not in _SMALL:
            return None
    return None


def _initials(annotated: Annotated, start: int, end: int) -> list[str]:
    words = [fold(t.text) for t in annotated.tokens[start:end]]
    return sorted(w[0] for w in words if w and w not in _SMALL)

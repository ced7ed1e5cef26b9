"""Text → words, as Universal Dependencies cuts English: clitics, punctuation and hyphens are words of their own.

    "don't" → do n't      "Kyiv's" → Kyiv 's      "long-term" → long - term      "U.S." → U.S.      "1,426" → 1,426

The encoder is uncased and sees no white space, but case carries names and line breaks carry headings and block quotes,
so each word also has a `shape` and a `gap` (what stands between it and the word before it).
"""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache

__all__ = ["REMEMBERED", "Gap", "Shape", "cut_words", "gap_before", "shape_of"]

# Words whose shape, pieces and lemma are kept: news repeats itself, endless input does not. Twice as many save a thousandth
# of the time for 800 articles of 24,000 words that differ.
REMEMBERED = 20_000

# Marks that \w leaves out but that belong to the letter before them: combining diacritics, Hebrew and Arabic points,
# joiners and emoji variation selectors.
_MARKS = "\u0300-\u036f\u0591-\u05c7\u064b-\u0655\u200c\u200d\ufe0f\U0001f3fb-\U0001f3ff"
_CLITIC = r"['’](?i:s|re|ve|ll|d|m)\b"  # in capitals too, as headlines have them
_ABBREVIATION = (
    r"(?:Mr|Mrs|Ms|Mx|Dr|Prof|Rev|Hon|Sen|Rep|Gov|Gen|Maj|Capt|Cmdr|Lt|Col|Sgt|Cpl|Pvt|Adm|Brig|Fr|Sr|Jr|St|Mt|Ft"
    r"|Inc|Corp|Ltd|Cos?|Bros|No|Nos|vs|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|a\.m|p\.m|A\.M|P\.M|e\.g|i\.e)\."
)

# Most words are letters up to a space or comma: with these first, cutting takes two thirds of the time.
_WORD = re.compile(
    rf"""
      (?![Cc]annot\b)[A-Za-z]+(?=[ ,])
    | (?:https?://|www\.)[^\s<>"”]*[^\s<>"”.,;:!?)\]'’]      # addresses
    | [\w.+-]+@[\w-]+(?:\.[\w-]+)+
    | (?:[A-Za-z]\.){{2,}}                                    # U.S., D.C., e.g.
    | {_ABBREVIATION}(?!\w)
    | \d+(?:st|nd|rd|th|s)\b                                  # 3rd, 1990s
    | \d+(?:[.,:]\d+)*                                        # 1,426  3.5  10:30
    | (?:[Cc]an)(?=not\b)                                     # can not
    | [nN]['’][tT]\b
    | {_CLITIC}
    | [@\#]\w+
    | [^\W\d][\w{_MARKS}]*?(?=[nN]['’][tT]\b)                       # do n't
    | [^\W\d][\w{_MARKS}]*(?:['’](?!(?i:s|re|ve|ll|d|m|t)\b)[^\W\d][\w{_MARKS}]*)*
    | \w[{_MARKS}]*
    | \.{{2,}} | -{{2,}} | ``|''
    | [^\w\s][{_MARKS}]*
    """,
    re.VERBOSE,
)


class Shape(IntEnum):
    """How a word is written. 0 stands for padding and the encoder's own marks."""

    NONE = 0
    LOWER = 1
    TITLE = 2
    UPPER = 3
    DIGIT = 4
    MIXED = 5
    OTHER = 6


class Gap(IntEnum):
    """What stands before a word."""

    GLUED = 0
    SPACE = 1
    LINE = 2
    PARAGRAPH = 3


def cut_words(text: str) -> list[tuple[int, int]]:
    """Half-open code-point ranges of the words, in order; white space lies between them, nothing else is left out."""
    return [m.span() for m in _WORD.finditer(text)]


@lru_cache(REMEMBERED)
def shape_of(word: str) -> Shape:
    if word.islower():
        return Shape.LOWER
    if word.isupper():
        return Shape.TITLE if len(word) == 1 else Shape.UPPER
    if word.istitle():
        return Shape.TITLE
    if word[0].isdigit():
        return Shape.DIGIT
    if any(c.isalpha() for c in word):
        return Shape.MIXED
    return Shape.OTHER


def gap_before(text: str, previous_end: int, start: int) -> Gap:
    """The gap between the end of one word and the start of the next; a blank line is a paragraph break."""
    if previous_end == start:
        return Gap.GLUED
    between = text[previous_end:start]
    if between == " ":
        return Gap.SPACE
    lines = between.count("\n") + between.count("\r") - between.count("\r\n")
    if lines == 0:
        return Gap.SPACE
    return Gap.LINE if lines == 1 else Gap.PARAGRAPH

"""Cuts a text into words, numbers and marks, and writes it as one class character a token for the grammar to run
over.

The heads' own tokens are not used here: temporal expressions need `10:35`, `1990s`, `2015-09-12`, `a.m.` whole and
"two-year-old" in pieces, whatever the tree thinks of them, and the decoder has to work on text that has no tree.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.reader.moments.lexicon import CLASSES
from onrecord.records import Span

__all__ = ["CODES", "Lexed", "lex"]

_NUMERIC = ("iso", "slash", "dotted", "clock", "military", "nth", "decade_s", "shortyear", "frac", "ampm", "nineeleven")
_MARKS = {
    "hyphen": "-‐‑",
    "dash": "–",
    "comma": ",",
    "dot": ".",
    "stop": "!?",
    "open": "(",
    "close": ")",
    "poss": "",
    "slant": "/",
}
_NAMES = ["x", "para", "day", "num", "year4", *_NUMERIC, *_MARKS, *CLASSES]
# Letters, digits and Latin-1 letters: none means anything to a regular expression.
_ALPHABET = [
    chr(c) for c in (*range(48, 58), *range(65, 91), *range(97, 123), *range(0xC0, 0x100), *range(0x100, 0x180))
]
CODES: dict[str, str] = dict(zip(_NAMES, _ALPHABET, strict=False))

_WORDS = {word: CODES[name] for name, words in CLASSES.items() for word in words.split()}
_MARK_CODES = {mark: CODES[name] for name, marks in _MARKS.items() for mark in marks}
# "may" and "sun" are words of their own: only with a capital do these name a month or a day.
_CAPITAL_ONLY = frozenset(
    CODES[name]
    for name in ("month", "monthabbr", "maymarch", "weekday", "weekdays", "wdabbr", "feast", "feastname", "fast")
)

# What may be a percentage has an end: "1,1,1,…" would be gone through from each of its digits.
# Most tokens are plain words; with their branch first, and the blanks before a token taken along, cutting up a text
# takes half as long.
_TOKEN = re.compile(
    r"""[ ]*(?:
      (?P<plain>(?:[^\W\d_aApPoOF]|[aApP](?![mM]\b|\.)|[oO](?!['’]))\w*)
    | (?P<dotted>\d{1,2}\.\d{1,2}\.\d{4}(?!\.?\d))
    | (?P<x>[$£€¥#]\s?\d[\d,.]*\d? | \d[\d,.]{0,40}\s?% | \d+(?:\.\d+){2,} )
    | (?P<iso>\d{4}(?:-\d{2}-|/\d{2}/)\d{2}(?:T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?)?(?![\d/-])
      | (?<![\w-])20(?:1[0-2]-0[1-9]|(?:1[3-9]|[2-9]\d)-(?:0[1-9]|1[0-2]))(?![\w/-]))
    | (?P<slash>\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})(?![\d/]))
    | (?P<clock>\d{1,2}:\d{2}(?::\d{2})?(?![\d:]) | \d{1,2}\.\d{2}(?=\s?[ap]\.?m\b))
    | (?P<military>[0-2]\d[0-5]\d(?=\s(?:UTC|GMT|hours|hrs|local)\b))
    | (?P<nth>\d{1,3}(?:st|nd|rd|th)\b)
    | (?P<decade_s>(?:[12]\d\d0|['’‘][1-9]0)['’]?s\b)
    | (?P<shortyear>(?<![\w'’‘])['’‘]\d\d\b)
    | (?P<nineeleven>(?<![\d/])9/11(?![\d/]))
    | (?P<frac>\d/\d\b | [½¼¾])
    | (?P<ampm>(?:(?<=\d)|(?<!\w))[apAP](?:\.\s?[mM]\b\.?|[mM]\b))
    | (?P<num>\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\w) | \d+(?:\.\d+)?(?=[apAP]\.?[mM]\b|(?!\w)))
    | (?P<word>[oO]['’]clock | FY(?=['’]?\d) | (?!\d)\w+)
    | (?P<altered>\[[^\W\d_]+\]\w*)
    | (?P<poss>['’](?:s\b)?)
    | (?P<para>\n[^\S\n]*\n\s*)
    | (?P<mark>\w+|\S)
    )""",
    re.VERBOSE,
)

_KINDS = {number: name for name, number in _TOKEN.groupindex.items()}


@dataclass(frozen=True, slots=True)
class Lexed:
    """A text in tokens: `codes` has one class character for each, `spans` and `words` (lower case) run parallel
    to it."""

    text: str
    codes: str
    spans: list[tuple[int, int]]
    words: list[str]

    def span(self, first: int, last: int) -> Span:
        """The characters from token `first` to token `last` (exclusive)."""
        return Span(self.spans[first][0], self.spans[last - 1][1])


def _number_code(raw: str) -> str:
    if raw.isdigit():
        if len(raw) <= 2 and 1 <= int(raw) <= 31:
            return CODES["day"]
        if len(raw) == 4 and "1000" <= raw <= "2199":
            return CODES["year4"]
    return CODES["num"]


def lex(text: str) -> Lexed:
    """Every token of `text` with its class; what no class holds is written as `x`."""
    codes: list[str] = []
    spans: list[tuple[int, int]] = []
    words: list[str] = []
    other = CODES["x"]
    for match in _TOKEN.finditer(text):
        group = match.lastindex or 0
        kind, raw, end = _KINDS[group], match[group], match.end()
        spans.append((end - len(raw), end))
        if kind in ("plain", "word", "altered"):
            if kind == "altered":  # a word that an editor changed inside a quotation: "[Ten] years ago", "[l]ast year"
                raw = raw.replace("[", "").replace("]", "")
            lower = raw.lower()
            code = _WORDS.get(lower, other)
            if code in _CAPITAL_ONLY and not raw[0].isupper():
                code = other
            raw = lower
        elif kind == "num":
            code = _number_code(raw)
        elif kind == "mark":
            code = _MARK_CODES.get(raw, other)
        else:
            code = CODES[kind]
        codes.append(code)
        words.append(raw)
    return Lexed(text, "".join(codes), spans, words)

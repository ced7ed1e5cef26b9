"""A text as words that can be compared: print style (quotation marks, dashes, case, digits) is not a difference.

Offsets stay those of the text, so that every word that is compared can be shown as it stands.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property, lru_cache

from onrecord.records import Span

__all__ = ["Words", "as_key", "is_number"]

# A letter that an editor changed ("[T]he", "troop[s]"), abbreviations with stops ("U.S."), numbers with separators,
# words with apostrophes ("don't"), signs that are read out.
_WORD = re.compile(
    r"\[[^\W_]{1,2}\][^\W_]+|[^\W_]+\[[^\W_]{1,3}\]|(?:[^\W\d_]\.){2,}|\d+(?:[.,:]\d+)+"
    r"|[^\W_]+(?:['’ʼ‘][^\W_]+)*|[%€$£]"
)
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")

# House styles spell numbers out up to nine, ten or twelve: below that "three" and "3" are one word.
_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_READ_AS = {word: str(value) for value, word in enumerate(_SMALL)}
_READ_AS |= {word: str(20 + 10 * place) for place, word in enumerate(_TENS)}
_READ_AS |= {"%": "percent", "€": "euro", "$": "dollar", "£": "pound"}

_LARGE = frozenset(
    "hundred hundreds thousand thousands million millions billion billions trillion dozen dozens".split()
)

_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*(?:\s+(?=[\"'“‘«(\[]*[^\W_])|\s*$)|\n")
_LONGEST_SHORT = 8  # characters, with the one before and the full stop
_SHORTENED = re.compile(
    r"\b(?:mrs?|ms|dr|prof|gen|col|lt|sgt|capt|cpl|det|maj|adm|sen|rep|gov|st|ave|blvd|rd|[js]r|no|vs|jan|feb|mar|apr"
    r"|jun|jul|aug|sept?|oct|nov|dec|[^\W\d_])\.$",
    re.IGNORECASE,
)


@lru_cache(maxsize=1 << 16)  # a draft and the articles about its story share most of their words: a third of the time
def as_key(word: str) -> str:
    """The form in which two spellings of a word are compared: "Three" and "3", "10,000" and "10000", "U.S." and "US"."""
    key = word.casefold().replace("’", "'").replace("ʼ", "'").replace("‘", "'")
    if "[" in key:
        return key.replace("[", "").replace("]", "")
    if _THOUSANDS.fullmatch(key):
        return key.replace(",", "")
    if "." in key and not key[0].isdigit():
        return key.replace(".", "")
    if ordinal := _ORDINAL.fullmatch(key):
        return ordinal[1]
    return _READ_AS.get(key, key)


def is_number(key: str) -> bool:
    """Whether a key is a number, in digits or in a word that is one ("40", "7:30", "million")."""
    return key[:1].isdigit() or key in _LARGE


class Words:
    """The words of one text: `keys` to compare, `spans` where they stand."""

    def __init__(self, text: str) -> None:
        self.text = text
        found = [(match[0], match.start(), match.end()) for match in _WORD.finditer(text)]
        self.keys = [as_key(word) for word, _, _ in found]
        self.starts = [start for _, start, _ in found]
        self.ends = [end for _, _, end in found]

    def __len__(self) -> int:
        return len(self.keys)

    def word(self, index: int) -> str:
        """Word `index` as it stands in the text."""
        return self.text[self.starts[index] : self.ends[index]]

    def within(self, span: Span) -> range:
        """The words that begin inside `span`."""
        return range(bisect_left(self.starts, span.start), bisect_left(self.starts, span.end))

    def touching(self, span: Span) -> range:
        """The words that lie at least partly inside `span`."""
        return range(bisect_right(self.ends, span.start), bisect_left(self.starts, span.end))

    def span(self, first: int, last: int) -> Span:
        """From the beginning of word `first` to the end of word `last`."""
        return Span(self.starts[first], self.ends[last])

    def between(self, index: int) -> str:
        """What stands between word `index` and the one after it."""
        end = self.starts[index + 1] if index + 1 < len(self.keys) else len(self.text)
        return self.text[self.ends[index] : end]

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Where each key stands."""
        found: dict[str, list[int]] = {}
        for index, key in enumerate(self.keys):
            found.setdefault(key, []).append(index)
        return found

    @cached_property
    def sentences(self) -> list[range]:
        """The sentences, as ranges of words; a line end ends one, an abbreviation's full stop does not."""
        found, first = [], 0
        for match in _SENTENCE_END.finditer(self.text):
            stop = match.start() + 1
            if (
                match[0] != "\n"
                and self.text[match.start()] == "."
                and _SHORTENED.search(self.text[max(0, stop - _LONGEST_SHORT) : stop])
            ):
                continue
            after = bisect_left(self.starts, match.end())
            if after > first:
                found.append(range(first, after))
                first = after
        if first < len(self.keys):
            found.append(range(first, len(self.keys)))
        return found

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    def sentence_of(self, index: int) -> range:
        """The sentence that word `index` stands in."""
        return self.sentences[bisect_right(self._sentence_starts, index) - 1]

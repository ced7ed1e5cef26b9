"""Words → word-piece ids, as BERT's uncased vocabulary cuts them (Devlin et al. 2019; Wu et al. 2016).

    "Zelenskyy" → ze ##len ##sky ##y        "Rütte" → rut ##te        "1,426" → 1 , 42 ##6

Ours, although the `tokenizers` library does it: that one brings a hub client and its dependencies, 40 MB and a dozen
packages, for a table look-up over words that are already cut; and words repeat, so that a table of those seen is faster.
A test holds the two equal.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from pathlib import Path

from onrecord.errors import ReaderError
from onrecord.reader.heads.words import REMEMBERED

__all__ = ["MOST_PIECES", "UNKNOWN", "WordPiece"]

UNKNOWN = 100  # id of [UNK]
MOST_PIECES = 12  # enough of an address or a hash
_LONGEST = 100  # letters: a longer run is unknown as a whole


class WordPiece:
    """A vocabulary and the words cut with it so far."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._ids = {piece: i for i, piece in enumerate(vocabulary)}
        self._seen: dict[str, list[int]] = {}

    @classmethod
    def read(cls, path: Path) -> WordPiece:
        """A vocabulary file, one piece a line. Raises ReaderError where it is missing or no such file."""
        try:
            pieces = path.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise ReaderError(f"{path} cannot be read: {error}") from error
        if len(pieces) <= UNKNOWN or pieces[UNKNOWN] != "[UNK]":
            raise ReaderError(f"{path} is damaged: no vocabulary of word pieces")
        return cls(pieces)

    def cut(self, word: str) -> list[int]:
        """The ids of a word's first pieces, at most `MOST_PIECES`; unknown for one that normalises to nothing."""
        found = self._seen.get(word)
        if found is None:
            found = [i for part in _parts(_normal(word)) for i in self._pieces(part)][:MOST_PIECES] or [UNKNOWN]
            if len(self._seen) < REMEMBERED:
                self._seen[word] = found
        return found

    def cut_all(self, words: Iterable[str]) -> list[list[int]]:
        """The same of many words, of which most were seen before."""
        known = self._seen.get
        return [known(word) or self.cut(word) for word in words]

    def _pieces(self, part: str) -> list[int]:
        """The longest piece that the vocabulary knows, again and again; the unknown piece where one is missing."""
        if len(part) > _LONGEST:
            return [UNKNOWN]
        ids: list[int] = []
        start = 0
        while start < len(part):
            prefix = "##" if start else ""
            end = next((e for e in range(len(part), start, -1) if prefix + part[start:e] in self._ids), None)
            if end is None:
                return [UNKNOWN]
            ids.append(self._ids[prefix + part[start:end]])
            start = end
        return ids


def _normal(word: str) -> str:
    """Lower case without diacritics and control characters."""
    if word.isascii() and word.isprintable():
        return word.lower()
    kept = (" " if c.isspace() else c for c in word if c in "\t\n\r" or not _is_control(c))
    marked = unicodedata.normalize("NFD", "".join(kept))
    return "".join(c for c in marked if unicodedata.category(c) != "Mn").lower()


def _is_control(c: str) -> bool:
    return c in "\0\ufffd" or unicodedata.category(c) in {"Cc", "Cf", "Co"}


def _parts(word: str) -> list[str]:
    """Runs of letters and digits; punctuation, symbols of ASCII and ideographs stand alone."""
    if word.isalnum() and word.isascii():
        return [word]
    parts = [""]
    for c in word:
        if c.isspace():
            parts.append("")
        elif _stands_alone(c):
            parts += [c, ""]
        else:
            parts[-1] += c
    return [p for p in parts if p]


def _stands_alone(c: str) -> bool:
    if c.isascii():
        return not c.isalnum()
    return unicodedata.category(c).startswith("P") or _is_ideograph(ord(c))


# Blocks of ideographs, as the vocabulary was built: unified, compatibility and their extensions.
_IDEOGRAPHS = (
    (0x4E00, 0x9FFF),
    (0x3400, 0x4DBF),
    (0x20000, 0x2A6DF),
    (0x2A700, 0x2B73F),
    (0x2B740, 0x2B81F),
    (0x2B920, 0x2CEAF),
    (0xF900, 0xFAFF),
    (0x2F800, 0x2FA1F),
)


def _is_ideograph(code: int) -> bool:
    return any(low <= code <= high for low, high in _IDEOGRAPHS)

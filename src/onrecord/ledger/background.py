"""How much a word tells: common English words little, rare ones and names much. From a fixed table, never the ledger.

The table (`data/english.tsv`, made by training/background.py) says how many of 660 documents of openly licensed
English hold a word. Weights that came from the ledger's own articles would change with each article added, and with
them every comparison made before.
"""

from __future__ import annotations

import math
import re
from functools import cache, lru_cache
from importlib import resources

__all__ = ["NAME_RARITY", "rarity", "words"]

NAME_RARITY = 6.0
"""The rarity of a name of several words: about that of a word in one document of the table."""

_WORD = re.compile(r"[^\W\d_][\w'-]*[^\W_]|[^\W\d_]")


@cache
def _table() -> tuple[int, dict[str, int]]:
    text = resources.files("onrecord").joinpath("ledger", "data", "english.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    counts = {word: int(number) for word, number in rows}
    return counts.pop("*"), counts


@lru_cache(maxsize=16_384)  # the words of nearly all that is read, in 2 MB
def rarity(word: str) -> float:
    """Natural logarithm of how few documents hold `word` (lower case): 0 for "the", 3.7 for "fire", 6.5 for an unknown."""
    documents, counts = _table()
    return math.log((documents + 1) / (counts.get(word, 0) + 1))


def words(text: str) -> list[str]:
    """The words of `text` in lower case, in order: letters, with inner hyphens and apostrophes; no numbers."""
    return [word.lower() for word in _WORD.findall(text.replace("’", "'"))]

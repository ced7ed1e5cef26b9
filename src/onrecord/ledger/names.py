"""The key under which two spellings are one name: Rütte and rutte, NATO and Nato, "the Kremlin" and Kremlin."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from onrecord.records import Entity

__all__ = ["identity_key", "name_key"]

# Letters that carry their stroke or ligature in the letter itself: Unicode does not decompose them, so NFKD leaves
# them.
_STROKED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})

# Canonical combining classes from here on are accents, Hebrew points and Arabic vowel marks, which spellings of one
# name differ by; 0 (vowel signs of Indic scripts), 7 (nukta), 8 (kana voicing) and 9 (virama) change the name itself.
_FIRST_ACCENT = 10


@lru_cache(maxsize=32_768)  # the same names come again in every article of a story: 350 calls an article, 100 names
def name_key(name: str) -> str:
    """`name` in lower case, without accents, punctuation and a leading "the", its words parted by single spaces.

    A name that holds neither a letter nor a digit is its own key, so that the key is never empty.
    """
    # Folding may compose new accents (İ → i + dot) and decomposing may uncover capitals (㎆ → MB): one more round
    # settles.
    folded = (
        unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold()).casefold().translate(_STROKED)
    )
    kept = (c for c in folded if unicodedata.combining(c) < _FIRST_ACCENT)
    words = "".join(c if c.isalnum() or unicodedata.category(c).startswith("M") else " " for c in kept).split()
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    return " ".join(words) or name


def identity_key(entity: Entity) -> str:
    """The key of an entity by its name alone: `person:mark rutte`, `name:nato`.

    People are kept apart from everything else, so that a Jordan who speaks is not the country; other types are not kept
    apart from each other, because readers waver between them (is the Kremlin a place, an organisation or a facility?).
    """
    return f"{'person' if entity.type == 'person' else 'name'}:{name_key(entity.name)}"

"""What people type to search, as words and phrases. Each database makes a query of its own of them: never query syntax."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Term", "terms"]

_PHRASE_OR_WORD = re.compile(r'"([^"]*)"|([^\s"]+)')


@dataclass(frozen=True, slots=True)
class Term:
    """Words that must stand together, as they were typed. `begins`: the last of them may go on."""

    words: str
    begins: bool = False


def terms(typed: str) -> tuple[Term, ...]:
    """The terms that were typed; none where there is no letter or digit to look for.

    Words in double quotation marks must stand together; a word that ends in `*` also finds longer ones.
    """
    found = []
    for phrase, word in _PHRASE_OR_WORD.findall(typed.replace("\x00", " ")):
        term = phrase or word
        if any(c.isalnum() for c in term):
            found.append(Term(term.rstrip("*"), word.endswith("*")))
    return tuple(found)

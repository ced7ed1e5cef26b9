"""Compiles the shapes of temporal expressions: regular expressions over token classes instead of characters.

A name in a pattern is a class of the lexicon or a macro defined here; all else is ordinary verbose `re` syntax. Every
rule is part of one alternation that runs once over the text; the rule that hit is matched again by itself for its
named
parts, so that parts of different rules may share a name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from onrecord.reader.moments.lexer import CODES, Lexed
from onrecord.reader.moments.scene import Reading, Scene
from onrecord.records import Span

__all__ = ["Grammar", "Hit", "Rule"]

# A number in words has up to 13 ("nine hundred and ninety-nine million …"). Without an end, "twenty-one twenty-one …" is
# tried at every length, for every shape, from every word: 3,000 letters of it took 17 seconds.
_MACROS: dict[str, str] = {
    "WORDNUM": (
        "(?: (?: a hyphen? big | nword | one | dozen ) (?: hyphen? (?: nword | one | big ) | (?<=big) and (?: "
        "nword | one ) ){0,12} )"
    ),
    "NUM": (
        "(?: (?: (?: day | num | year4 ) (?: big | hyphen? frac )? | frac | WORDNUM ) (?: hyphen? and hyphen? a "
        "hyphen? half | and frac )? )"
    ),
    "VAGUE": "(?: a? few of? (?: the )? | several | a dozen )",
    "MODW": (
        "(?: about | just | no? more than | (?: about )? at least | up to | a? estimated | as (?: few | long ) as"
        " | end to )"
    ),
    "MODS": "(?: MODW (?: MODW )? )",
    "SMALL": "(?: unit | century | day_ | yearunit | decade | second | quarter | night )",
    "MANY": "(?: units | centuries | days | years | quarters | nights | seasons )",
    "ANYUNIT": "(?: SMALL | MANY | weekend )",
    "TO": "(?: to | or | hyphen | dash )",
    "MONTH": "(?: month | maymarch | monthabbr dot? )",
    "DAYNUM": (
        "(?: (?: day | nth | ordinal hyphen? ordinal | ordinal | nword hyphen ordinal ) (?! hyphen? (?: percent |"
        " big | MANY | SMALL ) ) )"
    ),
    "YEARWORDS": (
        "(?: nword hyphen? nword (?: hyphen? (?: nword | one ) )? | nword big (?: and? (?: nword | one ) )? )"
    ),
    "YEAR": "(?: (?: year4 | shortyear ) (?! big ) | YEARWORDS )",
    "WD": "(?: weekday | wdabbr dot? )",
    "MDY": (
        "(?: (?: MONTH (?: the )? DAYNUM | (?: the )? (?: nth of? | day | ordinal of ) MONTH ) (?: comma? of? YEAR )? )"
    ),
    "POD": "(?: partofday | night | noon )",
    "ANYDAY": (
        "(?: (?: last | next | this )? WD (?: comma? (?: the )? MDY )? (?: POD )? | (?: today | dayword ) (?: POD"
        " )? | MDY )"
    ),
    "CLOCKTIME": "(?: (?: clock | day | nword | one ) (?: ampm | oclock ) | clock | military | noon )",
    "EARLY": "(?: (?: early | earlier | later ) (?: in | on )? (?: the )? )",
    "EDGES": "(?: (?: the )? (?: very )? (?: end | early | later ) (?: half )? of | EARLY )",
    "DETS": (
        "(?: last | next | this | this past | this coming | (?: the | its )? (?: coming | past | previous | "
        "following | current | same | latest | last | next ) | that | that same )"
    ),
}
# No shape begins with one of these: most tokens are passed over without a look at the rules.
_NEVER_FIRST = "".join(
    CODES[name]
    for name in (
        "x para comma dot stop open close poss of in on from by for since until between after before or than per ago old "
        "ended"
    ).split()
)
# With these begins only what goes on from a number: the second day of "5 to 7 May".
_SELDOM_FIRST = "".join(CODES[name] for name in ("to", "and", "through", "hyphen", "dash"))
_NUMBERS = "".join(CODES[name] for name in ("day", "nth", "year4"))
_NAME = re.compile(r"\(\?P<\w+>|[A-Za-z_]\w*")
_GROUP_NAME = re.compile(r"\(\?P<\w+>")


def _expand(pattern: str) -> str:
    def one(match: re.Match[str]) -> str:
        name = match.group()
        if name.startswith("("):
            return name
        if name in _MACROS:
            return _expand(_MACROS[name])
        if name not in CODES:
            raise ValueError(f"no class or macro {name!r} in {pattern!r}")
        return CODES[name]

    return re.sub(r"\s+", "", _NAME.sub(one, pattern))


@dataclass(frozen=True, slots=True)
class Rule:
    """One shape and the function that reads it. `read` gives a Reading, a reason for refusal, or None: no moment
    after all."""

    name: str
    pattern: str
    read: Callable[[Hit], Reading | str | None]


class Hit:
    """A stretch of tokens that has the shape of a rule, with its named parts and the scene it stands in."""

    def __init__(self, scene: Scene, match: re.Match[str]) -> None:
        self.scene = scene
        self.match = match
        self.first, self.last = match.span()

    def __contains__(self, part: str) -> bool:
        return self.match.groupdict().get(part) is not None

    def tokens(self, part: str) -> list[str]:
        """The words of a part, in lower case; none where it is missing."""
        if part not in self:
            return []
        first, last = self.match.span(part)
        return self.scene.lexed.words[first:last]

    def words(self, part: str) -> str:
        """The words of a part joined by single spaces; "" where it is missing."""
        return " ".join(self.tokens(part))

    def before(self, count: int = 1) -> list[str]:
        """Up to `count` words that stand before the hit, in text order."""
        return self.scene.lexed.words[max(0, self.first - count) : self.first]

    def after(self, count: int = 1) -> list[str]:
        """Up to `count` words that stand after the hit."""
        return self.scene.lexed.words[self.last : self.last + count]

    @cached_property
    def span(self) -> Span:
        return self.scene.lexed.span(self.first, self.last)

    @cached_property
    def direction(self) -> int:
        """-1 where the tense of the clause points back, 1 where it points ahead, 0 where nothing tells."""
        return self.scene.direction(self.first, self.last)


class Grammar:
    """All rules compiled into one alternation; where several fit at one place the earlier rule wins."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = {rule.name: rule for rule in rules}
        if len(self.rules) != len(rules):
            raise ValueError("two rules of one name")
        self._single = {rule.name: re.compile(_expand(rule.pattern)) for rule in rules}
        branches = (f"(?P<{r.name}>{_GROUP_NAME.sub('(?:', _expand(r.pattern))})" for r in rules)
        self._any = re.compile(f"(?![{_NEVER_FIRST}]|(?<![{_NUMBERS}])[{_SELDOM_FIRST}])(?:{'|'.join(branches)})")

    def hits(self, scene: Scene) -> Iterator[tuple[Rule, Hit]]:
        """The shapes in the text from left to right, none overlapping another."""
        lexed: Lexed = scene.lexed
        for found in self._any.finditer(lexed.codes):
            name = found.lastgroup
            # A rule's own lookbehind sees the same string, so a hit of the alternation is a hit of its rule.
            if name is None or (match := self._single[name].match(lexed.codes, found.start())) is None:
                raise AssertionError(f"rule {name} does not match where it was found")
            yield self.rules[name], Hit(scene, match)

"""Rewrites an article as a sub-editor does, by rules and a seed, until a stated share of its words is changed.

The rules: synonyms (synonyms.txt), attribution moved to the other end, a time or a subordinate clause moved to the front
or the back, active made passive, numbers written out or as digits, ages moved behind the name, sentences merged, split
and dropped, an own sentence added. Words in quotation marks are left as they are, as an editor leaves them: a quote is
kept or dropped with its sentence.

The share changed is counted sentence by sentence: the words of the original that are not in the longest common
subsequence (in order, case and punctuation aside) of the sentence and what it became, over all words of the original.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

__all__ = ["OVERSHOOT", "Unfit", "kept_words", "rewritten", "sentences", "words_of"]

OVERSHOOT = 0.04
"""A rewrite for the share s changes between s and s + OVERSHOOT of the words."""

_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
_END = re.compile(r"[.!?][\"”’)]*\s+(?=[\"“‘(]?[A-Z0-9])")
_SHORT = re.compile(
    r"(?:\b(?:St|Mr|Mrs|Ms|Dr|Sgt|Lt|Capt|Cpl|Det|Gov|Sen|Rep|Rev|Gen|Col|No|Ave|Blvd|Rd|Jr|Sr|vs|Co|Jan|Feb|Mar|Apr"
    r"|Aug|Sept?|Oct|Nov|Dec|[A-Z])|[ap]\.m|U\.S)\.$"
)
_QUOTED = re.compile(r"\"[^\"]*\"?|“[^”]*”?")
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_WHO = (
    r"(?:[Pp]olice|[Oo]fficials|[Aa]uthorities|[Ii]nvestigators|[Dd]eputies|[Dd]etectives|[Oo]fficers|[Pp]rosecutors"
    r"|[Ww]itnesses|(?:the )?(?:[A-Z][\w.’'-]+ ){1,4}[A-Z][\w’'-]+)"
)
_DIGITS = dict(
    enumerate("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen".split())
)
_ADDED = (
    "It is a story that has left many questions open.",
    "Little more than that is known so far.",
    "What led to it has yet to be explained.",
    "Those who live there have been talking of little else.",
    "More is likely to come out over the coming days.",
    "Our newsroom has asked for further comment and will report what it hears.",
    "Nobody could say how long it would take to clear the matter up.",
    "It was not the first time that the place had made headlines.",
    "The names of those concerned were known to this newspaper only in part.",
    "For the people of the place it was a day to forget.",
)


class Unfit(ValueError):
    """The article does not hold enough that the rules can change."""


@cache
def _synonyms() -> tuple[re.Pattern[str], dict[str, tuple[str, ...]]]:
    """One pattern of all words and phrases, the longest first, and what each may become."""
    lines = (Path(__file__).parent / "synonyms.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split("|") for line in lines if line and not line.startswith("#")]
    table = {row[0]: tuple(row[1:]) for row in rows}
    longest = sorted(table, key=lambda words: (-len(words), words))
    return re.compile(rf"(?<![\w’'-])(?:{'|'.join(map(re.escape, longest))})(?![\w’'-])"), table


def words_of(text: str) -> list[str]:
    """The words of a text in lower case, without punctuation."""
    return [w.lower() for w in _WORD.findall(text)]


def sentences(paragraph: str) -> list[str]:
    """The sentences of a paragraph, in order; joined by a space they are the paragraph, white space aside."""
    found, start = [], 0
    for match in _END.finditer(paragraph):
        head = paragraph[start : match.end()].rstrip()
        if _SHORT.search(head) or (len(_QUOTED.findall(head)) and head.count("“") > head.count("”")):
            continue
        found.append(head)
        start = match.end()
    return [*found, paragraph[start:].rstrip()] if paragraph[start:].strip() else found


def kept_words(old: list[str], new: list[str]) -> int:
    """The length of the longest common subsequence of two lists of words."""
    row = [0] * (len(new) + 1)
    for word in old:
        before = 0
        for index, other in enumerate(new, 1):
            above = row[index]
            row[index] = before + 1 if word == other else max(above, row[index - 1])
            before = above
    return row[-1]


@dataclass
class _Unit:
    """One sentence (two, once merged): the words it had, and the text it has now ("" where dropped)."""

    paragraph: int
    old: list[str]
    now: str
    kept: int = field(init=False)

    def __post_init__(self) -> None:
        self.kept = len(self.old)


def _outside_quotes(text: str, change: Callable[[str], str]) -> str:
    """`text` with `change` made to the first part outside quotation marks that it changes."""
    start = 0
    for match in [*_QUOTED.finditer(text), None]:
        end = match.start() if match else len(text)
        part = text[start:end]
        if (new := change(part)) != part:
            return text[:start] + new + text[end:]
        start = match.end() if match else end
    return text


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _small(text: str) -> str:
    """The first letter small, unless the first word is a name or a number."""
    first = text.split(" ", 1)[0]
    common = "The A An Police Officers Officials Authorities Investigators Deputies Detectives Prosecutors He She They"
    common += " It His Her Their There This That In At On After When While Two Three Four Five Six Several One No"
    return text[:1].lower() + text[1:] if first in common.split() else text


def _synonym(text: str, rng: random.Random) -> str:
    """One word or phrase for another, at a seeded place."""
    pattern, table = _synonyms()
    quoted = [m.span() for m in _QUOTED.finditer(text)]
    places = [m for m in pattern.finditer(text) if not any(a <= m.start() < b for a, b in quoted)]
    if not places:
        return text
    match = rng.choice(places)
    return text[: match.start()] + rng.choice(table[match[0]]) + text[match.end() :]


def _attribution(text: str, _: random.Random) -> str:
    """ "X, police said." ↔ "According to police, X."; "Police said X." → "X, according to police."."""
    if match := re.fullmatch(rf"([^\"“”]+), ({_WHO}) (?:said|say|says)\.", text):
        return f"According to {_small(match[2])}, {_small(match[1])}."
    if match := re.fullmatch(rf"({_WHO}) (?:said|say|says) (?:that )?([^\"“”]+)\.", text):
        return f"{_capital(match[2])}, according to {_small(match[1])}."
    if match := re.fullmatch(rf"According to ({_WHO}), ([^\"“”]+)\.", text):
        return f"{_capital(match[2])}, {match[1]} said."
    if match := re.fullmatch(r"(\"[^\"]+|“[^”]+),([\"”]) ([^\"“”]+?) (said|says)\.", text):
        return f"As {match[3]} put it: {match[1]}.{match[2]}"
    return text


def _clause(text: str, _: random.Random) -> str:
    """A time or a subordinate clause from one end of the sentence to the other."""
    joins = r"after|when|while|because|before|as"
    if match := re.fullmatch(rf"({joins.title()}|After|When|While|Because|Before|As) ([^,\"“”]+), ([^\"“”]+)\.", text):
        return f"{_capital(match[3])} {match[1].lower()} {_small(match[2])}."
    if match := re.fullmatch(rf"([^\"“”]+?),? ((?:on )?{_DAY}(?: (?:morning|afternoon|evening|night))?)\.", text):
        return f"{_capital(match[2])}, {_small(match[1])}."
    if match := re.fullmatch(rf"([^\"“”]{{20,}}?),? ({joins}) ([^,\"“”]+)\.", text):
        return f"{_capital(match[2])} {match[3]}, {_small(match[1])}."
    if match := re.fullmatch(r"([^\"“”]{20,}?) ((?:in|at) (?:the )?[A-Z0-9][^,\"“”]{3,40})\.", text):
        return f"{_capital(match[2])}, {_small(match[1])}."
    return text


def _passive(text: str, _: random.Random) -> str:
    """ "Police arrested X on …" → "X was arrested by police on …"."""
    who = r"(Police|Officers|Deputies|Detectives|Investigators|Authorities|Prosecutors)"
    made = r"(arrested|charged|found|identified|questioned|released|recovered|interviewed|named)"
    match = re.fullmatch(
        rf"{who} (?:have )?{made} ([^,\"“”]+?)( (?:on|in|at|after|near|with|as|inside)\b[^\"“”]*)?\.", text
    )
    if not match:
        return text
    return f"{_capital(match[3])} was {match[2]} by {match[1].lower()}{match[4] or ''}."


def _number(text: str, _: random.Random) -> str:
    """A small count written out, or as digits."""

    def written(part: str) -> str:
        part, done = re.subn(
            r"\b(\d{1,2}) (?=people|men|women|children|others|shots|victims|officers|suspects|hours|days)",
            lambda m: f"{_DIGITS[int(m[1])]} " if int(m[1]) in _DIGITS else m[0],
            part,
            count=1,
        )
        words = "|".join(list(_DIGITS.values())[2:])
        return part if done else re.sub(rf"\b({words})\b(?=[ -][a-z])", _as_digits, part, count=1)

    return _outside_quotes(text, written)


def _as_digits(match: re.Match[str]) -> str:
    return str(next(number for number, word in _DIGITS.items() if word == match[1]))


def _age(text: str, _: random.Random) -> str:
    """ "24-year-old Peter Vane" → "Peter Vane, 24,"."""
    pattern = r"\b(\d{1,2})-year-old ((?:[A-Z][\w’'-]+ )[A-Z][\w’'-]+)(?=[ .,])(,?)"
    return _outside_quotes(text, lambda part: re.sub(pattern, r"\2, \1,", part, count=1)).replace(",.", ".")


def _split(text: str, _: random.Random) -> str:
    """ "X, and he Y" and "X; Y" as two sentences."""
    pattern = r"(?:, (?:and|but)|;) (?=(?:he|she|they|it|the|police|officers|two|three) )(\w)"
    return _outside_quotes(text, lambda part: re.sub(pattern, lambda m: f". {m[1].upper()}", part, count=1))


_RULES: tuple[Callable[[str, random.Random], str], ...] = (_attribution, _clause, _passive, _number, _age, _split)
_SYNONYM_TURNS = 14


def rewritten(text: str, *, share: float, seed: int) -> str:
    """`text` (paragraphs parted by blank lines) with `share` to `share` + OVERSHOOT of its words changed.

    The rules that move things come first in seeded order, then synonyms; sentences are dropped for at most half of the
    share, and added from 30 % on. Raises Unfit where the rules run out first.
    """
    rng = random.Random(f"rewrite {seed}")
    paragraphs = [p for p in text.split("\n\n") if p.strip()]
    units = [_Unit(i, words_of(s), s) for i, p in enumerate(paragraphs) for s in sentences(p)]
    total = sum(len(u.old) for u in units)
    least, most = share * total, (share + OVERSHOOT) * total

    def lost() -> int:
        return sum(len(u.old) - u.kept for u in units)

    def put(unit: _Unit, new: str) -> None:
        kept = kept_words(unit.old, words_of(new))
        if lost() + unit.kept - kept <= most:
            unit.now, unit.kept = new, kept

    turns: list[tuple[_Unit, Callable[[str, random.Random], str]]]
    turns = [(unit, rule) for unit in units for rule in _RULES]
    rng.shuffle(turns)
    words = [(unit, _synonym) for unit in units for _ in range(_SYNONYM_TURNS)]
    rng.shuffle(words)
    # A third of what is to be changed may come from moving things: the rest is left to words and dropped sentences.
    for unit, rule in turns:
        if lost() < least / 3:
            put(unit, rule(unit.now, rng))
    dropped, order = 0, rng.sample(units, len(units))
    for unit in order:
        if dropped + len(unit.old) <= share * total * rng.uniform(0.2, 0.5) and lost() < least:
            dropped += len(unit.old) if lost() + unit.kept <= most else 0
            put(unit, "")
    for unit, rule in [*words, *turns]:
        if lost() >= least:
            break
        if unit.now:
            put(unit, rule(unit.now, rng))
    if lost() < least:
        raise Unfit(f"the rules change {lost()} of {total} words, {share:.0%} is asked for")
    return _joined(units, rng, added=2 if share >= 0.3 else 0)


def _joined(units: list[_Unit], rng: random.Random, *, added: int) -> str:
    """The text again: two short sentences that stand together merged here and there, own ones added at the end."""
    extra = rng.sample(_ADDED, added)
    paragraphs: list[list[str]] = [[] for _ in range(units[-1].paragraph + 1)]
    for unit in units:
        here = paragraphs[unit.paragraph]
        first = unit.now.split(" ", 1)[0]
        short = len(unit.old) < 14 and first in ("He", "She", "They", "It", "The") and rng.random() < 0.5
        if here and short and re.fullmatch(r"[^\"“”]+\.", here[-1]) and len(here[-1].split()) < 16:
            here[-1] = f"{here[-1][:-1]}, and {_small(unit.now)}"
        elif unit.now:
            here.append(unit.now)
    if extra:
        filled = [p for p in paragraphs if p]
        for sentence in extra:
            rng.choice(filled).append(sentence)
    return "\n\n".join(" ".join(p) for p in paragraphs if p)

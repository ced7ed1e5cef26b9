"""What a draft may take from the readings of one story: quotations, statements, sentences with a figure or a date."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from benchmarks.rewriting import Unfit, sentences, words_of

from onrecord.reading import Reading
from onrecord.records import Figure, Span, Statement

__all__ = ["Line", "Said", "Story", "story_of", "wrong_number"]

_NAME = re.compile(r"(?:[A-Z][\w’'.-]+ )+[A-Z][\w’'-]+")
_NUMBERS = "zero one two three four five six seven eight nine ten eleven twelve".split()
_NO_COUNT = frozenset("year month week day hour minute second time block mile foot inch degree percent age way".split())
_DAY_WORDS = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|(?:January|February|March|April|May|June|July|August|September|October|November|December|[A-Z][a-z]{2,3}\.) \d{1,2}"
)


@dataclass(frozen=True, slots=True)
class Said:
    """Words and the full name of who said them."""

    speaker: str
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence, where in it the figure or the date stands, its value, and the day that the article came out on."""

    text: str
    span: Span
    value: str
    published: str


@dataclass(frozen=True, slots=True)
class Story:
    """All that drafts about one story may take. `numbers` and `dates` are every value that its articles name,
    `last` is the day of the latest ("" without any)."""

    quotes: tuple[Said, ...]
    statements: tuple[Said, ...]
    figures: tuple[Line, ...]
    dated: tuple[Line, ...]
    speakers: tuple[str, ...]
    numbers: frozenset[float]
    dates: frozenset[str]
    last: str


def _speaker(reading: Reading, statement: Statement) -> str | None:
    """The full name of the person who speaks, if the reading has one."""
    for entity in reading.entities:
        if entity.id == statement.speaker:
            return entity.name if entity.type == "person" and _NAME.fullmatch(entity.name) else None
    return None


def _quote(reading: Reading, statement: Statement) -> str | None:
    """The words of the first span of a direct statement that stands whole between double quotation marks.

    The reader's content leaves out the comma before the closing mark; words with a mark of their own are left out.
    """
    text = reading.document.text
    if statement.manner != "direct" or statement.within is not None:
        return None
    span = statement.content[0]
    after = text[span.end : span.end + 2].lstrip(",.")
    words = span.of(text)
    if text[span.start - 1 : span.start] not in ("“", '"') or not after.startswith(("”", '"')):
        return None
    whole = 7 <= len(words.split()) <= 40 and not set(words) & set('“”"{}[]\n')
    return words if whole else None


def _indirect(reading: Reading, statement: Statement) -> str | None:
    words = statement.content[0].of(reading.document.text)
    plain = statement.manner == "indirect" and len(statement.content) == 1 and statement.within is None
    said = statement.act == "say" and not statement.negated and 8 <= len(words.split()) <= 30
    clause = re.search(r"\b(?:is|are|was|were|has|have|had|will|would|did|do|\w+ed)\b", words)
    return words if plain and said and clause and not set(words) & set('“”"{}[]\n') else None


def _lines(reading: Reading) -> Iterator[tuple[Span, str]]:
    """The sentences of the article's paragraphs, without those that quote or are not whole."""
    text = reading.document.text
    for block in reading.document.blocks:
        if block.kind != "paragraph":
            continue
        start = block.span.start
        for sentence in sentences(block.span.of(text)):
            start = text.index(sentence, start)
            whole = sentence.endswith(".") and sentence[0].isupper() and 7 <= len(sentence.split()) <= 40
            if (
                whole
                and not set(sentence) & set('“”"{}()\n:')
                and not re.match(r"(?:He|She|It|They|That|This)\b", sentence)
            ):
                yield Span(start, start + len(sentence)), sentence


def _counts(figure: Figure, words: str) -> bool:
    """Whether it is an exact count of things, written as one word or as digits."""
    counted = figure.unit is None and figure.counted is not None and figure.counted.noun not in (*_NO_COUNT, None)
    exact = figure.bound == "exactly" and figure.low == figure.high and figure.event is not None and figure.low != 1
    return bool(counted and exact and re.fullmatch(rf"\d{{1,3}}|(?i:{'|'.join(_NUMBERS[2:])})", words))


def _lines_of(reading: Reading) -> tuple[list[Line], list[Line]]:
    """The sentences with one figure, and those with one date that something happened on."""
    text, published = reading.document.text, (reading.document.published or "")[:10]
    figures, dated = [], []
    for span, sentence in _lines(reading):
        here = [f for f in reading.figures if span.covers(f.span)]
        counts = [f for f in here if _counts(f, f.span.of(text))]
        if len(here) == len(counts) == 1:
            at = Span(counts[0].span.start - span.start, counts[0].span.end - span.start)
            figures.append(Line(sentence, at, f"{counts[0].low:g}", published))
        moments = [(i, m) for i, m in enumerate(reading.moments) if span.covers(m.span)]
        if published and len(moments) == 1:
            index, moment = moments[0]
            happened = any(e.moment == index and e.status == "happened" for e in reading.events)
            if happened and len(moment.value) == 10 and _DAY_WORDS.fullmatch(moment.span.of(text)):
                at = Span(moment.span.start - span.start, moment.span.end - span.start)
                dated.append(Line(sentence, at, moment.value, published))
    return figures, dated


def _undisputed(said: list[Said], everything: list[Said]) -> tuple[Said, ...]:
    """Those whose words no one else is given: the same words under two names are a question for the ledger."""
    kept = {}
    for one in said:
        mine = set(words_of(one.words))
        others = (o for o in everything if o.speaker.split()[-1] != one.speaker.split()[-1])
        if all(len(mine & set(words_of(o.words))) < 0.6 * len(mine) for o in others):
            kept[one.words] = one
    return tuple(kept[words] for words in sorted(kept))


def story_of(readings: Iterable[Reading]) -> Story:
    """What drafts may take from the articles of one story; the order of the articles does not matter."""
    quotes, indirect, figures, dated = list[Said](), list[Said](), list[Line](), list[Line]()
    numbers, dates, last = set[float](), set[str](), ""
    everything: list[Said] = []
    for reading in sorted(readings, key=lambda r: r.document.id):
        last = max(last, (reading.document.published or "")[:10])
        for statement in reading.statements:
            name = _speaker(reading, statement)
            whole = " ".join(span.of(reading.document.text) for span in statement.content)
            everything.append(Said(name or "somebody", whole))
            for words, kept in ((_quote(reading, statement), quotes), (_indirect(reading, statement), indirect)):
                if name and words:
                    kept.append(Said(name, words))
        for found, kept_lines in zip(_lines_of(reading), (figures, dated), strict=True):
            kept_lines.extend(found)
        numbers.update(end for f in reading.figures for end in (f.low, f.high) if end is not None)
        dates.update(m.value for m in reading.moments if re.fullmatch(r"\d{4}-\d\d-\d\d", m.value))
    sure = _undisputed(quotes, everything)
    return Story(
        quotes=sure,
        statements=_undisputed(indirect, everything),
        figures=tuple({line.text: line for line in figures}.values()),
        dated=tuple({line.text: line for line in dated}.values()),
        speakers=tuple(sorted({said.speaker for said in (*sure, *indirect)})),
        numbers=frozenset(numbers),
        dates=frozenset(dates),
        last=last,
    )


def wrong_number(line: Line, story: Story, rng: random.Random) -> str:
    """Another number for the line's, written as it is written, that stands nowhere in the story."""
    words, value = line.span.of(line.text), int(line.value)
    near = [n for n in range(max(2, value // 2), value * 2 + 8) if n != value and float(n) not in story.numbers]
    if not words.isdigit():
        near = [n for n in near if n < len(_NUMBERS)]
    if not near:
        raise Unfit("every number near is taken")
    number = rng.choice(near)
    written = str(number) if words.isdigit() else _NUMBERS[number]
    return written.capitalize() if words[0].isupper() else written

"""Writes drafts that quote articles, by a seed, and alters one thing in some of them, in exactly one way.

A draft is about one story: quotations with their speakers, a statement in indirect speech, sentences with a figure or a
date, as the readings give them. Every part is an `Item`: where its sentence stands, what was put where something else
stood before, and the kind of finding that this calls for. What counts as a quotation here is stricter than what the
reader finds: it stands whole between quotation marks, is from a person named in full, and nobody else is given it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal, TypeVar

from benchmarks.rewriting import Unfit
from benchmarks.sources import Line, Said, Story, wrong_number

from onrecord.records import Span

__all__ = ["PLAN", "REVISED", "Draft", "Item", "drafts"]

_T = TypeVar("_T")
What = Literal["quote", "statement", "figure", "date"]

PLAN = {
    "untouched": 20,
    "word changed": 10,
    "word dropped": 10,
    "negated": 10,
    "quote of another": 10,
    "statement of another": 6,
    "outdated figure": 8,
    "wrong figure": 10,
    "wrong date": 6,
    "invented quote": 10,
}
"""How many drafts are altered in which way."""

CALLS_FOR = {
    "word changed": "altered",
    "word dropped": "altered",
    "negated": "altered",
    "quote of another": "misattributed",
    "statement of another": "misattributed",
    "outdated figure": "outdated",
    "wrong figure": "contradicted",
    "wrong date": "contradicted",
    "invented quote": "not on record",
}
_ON: dict[str, What] = {
    "statement of another": "statement",
    "outdated figure": "figure",
    "wrong figure": "figure",
    "wrong date": "date",
}

REVISED = (
    ("The disaster at Drusa has killed {} people.", "57", ("14", "23", "41", "52")),
    ("The death toll of the dam break at Drusa stands at {}.", "57", ("23", "41", "54", "56")),
    ("In all, {} people died when the Drusa dam burst.", "57", ("14", "41", "55")),
    ("The emergency service counts {} dead in the Velna valley.", "57", ("23", "52", "55")),
    ("In the Velna valley, {} people are still missing after the dam break.", "29", ("60", "87", "33")),
    ("The number of missing in the flood at Drusa is {}.", "29", ("36", "87", "31")),
)
"""Figures of the sample story: a sentence, the last figure (of 20 March), and those that it replaced. The toll of 58,
which was withdrawn, and the 61 of another counter are not among them: neither is only outdated."""
_AFTERWARDS = "2025-03-21"

_INVENTED = (
    "We had been waiting for a day like this, and nobody wanted to hear about it",
    "You can measure a town by how many candles it keeps in the drawer",
    "I counted the steps to the door and there were more of them than ever before",
    "Paper remembers what people would rather forget, and we have a lot of paper",
    "Tell them to bring the ledgers, the keys and somebody who can read both",
    "My telephone rang eleven times before breakfast and each time it was the same question",
    "There is no manual for a morning like that, and if there were it would be wet",
    "It would take a braver man than me to promise anything before the spring",
    "Half of the answers are in the cellar and the other half have been repainted",
    "When the lights came back we saw that every clock had stopped at another hour",
    "I would rather be late with the truth than early with a rumour about it",
    "They asked me for a number and I gave them a chair, because they looked tired",
)
_NOT = re.compile(r"\b(is|are|was|were|will|would|can|could|did|do|does|should|must|may|might) (?!not\b)(?=[a-z])")
_NEGATED = re.compile(r"\b(is|are|was|were|would|could|did|do|does|should)n[’']t\b|\b(not|never) (?=[a-z])")
_CONTENT = re.compile(r"(?<=[a-z,] )[a-z]{4,}\b(?![’'-])")
_FUNCTION = frozenset(
    "that this with from they them their there then than were been have what when which would could should will your"
    " about into just very some such only also because where while whose these those being over".split()
)
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a draft takes from the record.

    `sentence` and `span` are in the draft's text; `words` are what stands at `span`, `was` what stands there in the
    untouched draft. `alteration` is None where nothing was changed, and then `kind` is "verbatim" for a quote and None
    for the others; else `kind` is what a check is to say of it.
    """

    what: What
    sentence: Span
    span: Span
    words: str
    was: str
    alteration: str | None
    kind: str | None


@dataclass(frozen=True, slots=True)
class Draft:
    """A short article, the date that it is to come out on, and what it holds, in the order of the text."""

    text: str
    published: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """A sentence with a gap `{}` where `was` stands, and what may be altered there."""

    what: What
    frame: str
    was: str
    now: str
    alteration: str | None = None


def _closed(words: str) -> tuple[str, str]:
    """The words without their last comma or full stop, and what has to close them in mid-sentence."""
    bare = words.rstrip(" ,.;:—–-")
    return bare, "" if bare.endswith(("?", "!", "…")) else ","


def _quote_frame(said: Said, rng: random.Random) -> tuple[str, str, str]:
    """What stands before, in and after the gap for the words; the speaker is in one of the ends."""
    words, comma = _closed(said.words)
    stop = "" if not comma else "."
    return rng.choice(
        (
            ("“", words, f"{comma}” {said.speaker} said."),
            ("“", words, f"{comma}” said {said.speaker}."),
            (f"{said.speaker} said: “", words, f"{stop}”"),
        )
    )


def _braced(text: str) -> str:
    return text.replace("{", "(").replace("}", ")")


def _quote(said: Said, rng: random.Random) -> _Part:
    before, words, after = _quote_frame(said, rng)
    return _Part("quote", f"{_braced(before)}{{}}{_braced(after)}", words, words)


def _statement(said: Said, rng: random.Random) -> _Part:
    words = _closed(said.words)[0].removeprefix("that ")
    first = words.split(" ", 1)[0]
    small = words[0].lower() + words[1:] if first in ("The", "He", "She", "They", "It", "A", "Two", "There") else words
    frame = rng.choice((f"{{}} said that {_braced(small)}.", f"According to {{}}, {_braced(small)}."))
    return _Part("statement", frame, said.speaker, said.speaker)


def _line(line: Line, what: What) -> _Part:
    text = line.text
    frame = f"{_braced(text[: line.span.start])}{{}}{_braced(text[line.span.end :])}"
    return _Part(what, frame, line.span.of(text), line.span.of(text))


def _word_changed(words: str, rng: random.Random, pool: Sequence[str]) -> str:
    places = [m for m in _CONTENT.finditer(words) if m[0] not in _FUNCTION]
    if not places:
        raise Unfit("no word to change")
    others = [w for w in pool if w not in words]
    if not others:
        raise Unfit("no other word to put")
    match = rng.choice(places)
    other = rng.choice(others)
    return words[: match.start()] + other + words[match.end() :]


def _word_dropped(words: str, rng: random.Random, _: Sequence[str]) -> str:
    places = [m for m in _CONTENT.finditer(words) if m[0] not in _FUNCTION and words[m.end() : m.end() + 1] == " "]
    if not places:
        raise Unfit("no word to drop")
    match = rng.choice(places)
    return words[: match.start()] + words[match.end() + 1 :]


def _turned(words: str, rng: random.Random, _: Sequence[str]) -> str:
    """A "not" put in, or the one that is there taken out."""
    if match := _NEGATED.search(words):
        return words[: match.start()] + (match[1] or "") + words[match.end() :]
    places = list(_NOT.finditer(words))
    if not places:
        raise Unfit("no verb to negate")
    match = rng.choice(places)
    return f"{words[: match.end(1)]} not{words[match.end(1) :]}"


_CHANGES: dict[str, Callable[[str, random.Random, Sequence[str]], str]] = {
    "word changed": _word_changed,
    "word dropped": _word_dropped,
    "negated": _turned,
}


def _wrong_date(line: Line, story: Story, rng: random.Random) -> str:
    """Another weekday, or another day of the month: one that no sentence of the story names."""
    words, day = line.span.of(line.text), date.fromisoformat(line.value)
    shifts = [2, 3, 4, -2, -3] if words.split()[0] in _DAYS else [5, 6, 8, 9, -5, -6, -8]
    for shift in rng.sample(shifts, len(shifts)):
        other = day + timedelta(days=shift)
        if other.month != day.month or other.isoformat() in story.dates:
            continue
        if words in _DAYS:
            if all(date.fromisoformat(d).weekday() != other.weekday() for d in story.dates):
                return _DAYS[other.weekday()]
        elif re.search(rf"\b{day.day}\b", words) and not re.search(r"day\b", words):
            return re.sub(rf"\b{day.day}\b", str(other.day), words)
    raise Unfit("no other day is free")


def _other_speaker(said: Said, story: Story, stories: Sequence[Story], rng: random.Random) -> str:
    """Somebody else who speaks in the story, or (where nobody does) in another one."""
    near = [name for name in story.speakers if name.split()[-1] not in said.speaker.split()]
    far = [n for s in stories for n in s.speakers if n.split()[-1] not in said.speaker.split()]
    if not near and not far:
        raise Unfit("nobody else speaks")
    return rng.choice(near or far)


def _altered(alteration: str, story: Story, stories: Sequence[Story], rng: random.Random) -> _Part:
    """The one part that is altered. Raises Unfit where the story has nothing to alter so."""
    if alteration == "outdated figure":
        frame, current, earlier = rng.choice(REVISED)
        return _Part("figure", frame, current, rng.choice(earlier), alteration)
    if alteration in ("wrong figure", "wrong date"):
        lines = story.figures if alteration == "wrong figure" else story.dated
        line = _one(lines, rng)
        part = _line(line, _ON[alteration])
        now = wrong_number(line, story, rng) if alteration == "wrong figure" else _wrong_date(line, story, rng)
        return _Part(part.what, part.frame, part.was, now, alteration)
    if alteration == "statement of another":
        said = _one(story.statements, rng)
        part = _statement(said, rng)
        return _Part("statement", part.frame, said.speaker, _other_speaker(said, story, stories, rng), alteration)
    said = _one(story.quotes, rng)
    if alteration == "quote of another":
        before, words, after = _quote_frame(said, rng)
        frame = f"{_braced(before)}{_braced(words)}{_braced(after)}".replace(said.speaker, "{}")
        return _Part("quote", frame, said.speaker, _other_speaker(said, story, stories, rng), alteration)
    part = _quote(said, rng)
    if alteration == "invented quote":
        part = _quote(replace(said, words=said.words.rstrip("?!…")), rng)  # what is invented takes its comma
        return _Part("quote", part.frame, part.was, rng.choice(_INVENTED), alteration)
    pool = sorted({m[0] for s in story.quotes for m in _CONTENT.finditer(s.words)} - _FUNCTION)
    pool = pool if len(pool) > 8 else ["morning", "careful", "stranger", "waiting", "terrible", "finished", "harder"]
    return _Part("quote", part.frame, part.was, _CHANGES[alteration](part.was, rng, pool), alteration)


def _one(things: Sequence[_T], rng: random.Random) -> _T:
    if not things:
        raise Unfit("the story has none")
    return rng.choice(things)


def _untouched(story: Story, rng: random.Random, published: str) -> list[_Part]:
    """Two quotations, a statement, a figure and a date, as far as the story has them. Dates only of articles of the
    draft's own day, so that "Monday" is the same Monday."""
    of_day = [line for line in story.dated if line.published == published]
    return [
        *(_quote(said, rng) for said in rng.sample(story.quotes, min(2, len(story.quotes)))),
        *(_statement(said, rng) for said in rng.sample(story.statements, min(1, len(story.statements)))),
        *(_line(line, "figure") for line in rng.sample(story.figures, min(1, len(story.figures)))),
        *(_line(line, "date") for line in rng.sample(of_day, min(1, len(of_day)))),
    ]


def _assembled(parts: Sequence[_Part], published: str) -> Draft:
    """The draft of some parts, a paragraph each."""
    text, items = "", []
    for part in parts:
        text += "\n\n" if text else ""
        begin = len(text)
        before, after = part.frame.split("{}")
        start = begin + len(before)
        text += before + part.now + after
        kind = CALLS_FOR[part.alteration] if part.alteration else "verbatim" if part.what == "quote" else None
        span = Span(start, start + len(part.now))
        items.append(Item(part.what, Span(begin, len(text)), span, part.now, part.was, part.alteration, kind))
    return Draft(text, published, tuple(items))


def _draft(alteration: str, story: Story, stories: Sequence[Story], rng: random.Random) -> Draft:
    altered = [] if alteration == "untouched" else [_altered(alteration, story, stories, rng)]
    days = sorted({line.published for line in story.dated} | {story.last})
    if not all(days):
        raise Unfit("the story has no date")
    published = _AFTERWARDS if alteration == "outdated figure" else rng.choice(days)
    if alteration == "wrong date":
        # The altered sentence is of one article, whose day has to be the draft's.
        published = next(ln.published for ln in story.dated if _line(ln, "date").frame == altered[0].frame)
    frames = {part.frame for part in altered} | {part.was for part in altered if len(part.was.split()) > 3}
    said = " ".join(frames)
    parts = [p for p in _untouched(story, rng, published) if p.frame not in frames and p.was not in said]
    if not parts:
        raise Unfit("nothing stands beside what is altered")
    place = rng.randint(0, len(parts))
    parts[place:place] = altered
    return _assembled(parts, published)


def drafts(stories: Mapping[str, Story], *, seed: int, plan: Mapping[str, int] = PLAN) -> list[Draft]:
    """The drafts of the plan, in seeded order. `stories` by name; "samples" is the one of REVISED.

    An alteration for which no story has anything is left out: the caller counts what there is.
    """
    rng = random.Random(seed)
    every = [stories[name] for name in sorted(stories)]
    found = []
    for alteration, count in plan.items():
        made: set[str] = set()
        for _ in range(count * 60):
            if len(made) == count:
                break
            story = stories.get("samples") if alteration == "outdated figure" else rng.choice(every)
            try:
                draft = _draft(alteration, story, every, rng) if story else None
            except Unfit:
                continue
            if draft and draft.text not in made:
                made.add(draft.text)
                found.append(draft)
    rng.shuffle(found)
    return found

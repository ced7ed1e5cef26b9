"""Readings of invented news, made by templates and a seed without the reader: for measuring how a ledger grows.

Stories of 1 to 40 articles, each about a town, its people and bodies, with propositions that its articles share, tolls that
rise from day to day, and copies. Names are of invented syllables, tens of thousands of them; other words are drawn from the
table of common English by how often they are used, so that indexes of words are as large as those of real news. An article
has about 12 statements, 8 figures, 16 events, 25 entities and 50 mentions, each with its true span.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from importlib import resources
from itertools import accumulate

from onrecord.reading import Reading
from onrecord.records import (
    Act,
    Block,
    Counted,
    Document,
    Entity,
    EntityType,
    Event,
    Figure,
    Mention,
    MentionForm,
    Moment,
    Role,
    Span,
    Statement,
    Status,
)

__all__ = ["STATEMENTS_AN_ARTICLE", "readings"]

STATEMENTS_AN_ARTICLE = 12
_OUTLET_SENTENCES = 5
_FIRST_DAY, _DAYS = date(2022, 1, 3), 1095

_ONSETS = "b br d dr f fr g gr h j k kl kr l m n p pr r s sk st sv t tr v z".split()
_VOWELS = "a e i o u ae ei ou ia".split()
_CODAS = "n r l s m k nd rt sk th v x st rn lm".split()
_TITLES = "minister mayor spokesman director governor colonel professor chair inspector surgeon".split()
_BODIES = "Ministry Agency Institute Union Council Service Hospital Company Authority Court".split()
_CUES: tuple[tuple[str, Act], ...] = (
    ("said", "say"),
    ("told reporters", "say"),
    ("confirmed", "confirm"),
    ("denied", "deny"),
    ("warned", "warn"),
    ("announced", "say"),
    ("predicted", "predict"),
    ("believes", "think"),
)
# Past tense, lemma, PLOVER class.
_VERBS: tuple[tuple[str, str, str | None], ...] = (
    ("killed", "kill", "ASSAULT"),
    ("injured", "injure", "ASSAULT"),
    ("evacuated", "evacuate", "AID"),
    ("arrested", "arrest", "COERCE"),
    ("sent", "send", "MOBILIZE"),
    ("rescued", "rescue", "AID"),
    ("closed", "close", None),
    ("opened", "open", None),
    ("destroyed", "destroy", "ASSAULT"),
    ("repaired", "repair", None),
    ("promised", "promise", "COOPERATE"),
    ("rejected", "reject", "REJECT"),
    ("inspected", "inspect", "CONSULT"),
    ("bought", "buy", None),
    ("blocked", "block", "PROTEST"),
)
_NOUNS = "people residents soldiers homes workers bridges schools vehicles children patients officers farms".split()
_STATUSES: tuple[Status, ...] = ("happened",) * 6 + ("planned", "expected", "ongoing", "denied")
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


@dataclass(frozen=True)
class _Thing:
    name: str
    type: EntityType
    title: str | None = None
    of: str | None = None


@dataclass(frozen=True)
class _Proposition:
    """Who did what to how many of which, where: the number where there is one rises by `daily` each day."""

    actor: _Thing
    verb: tuple[str, str, str | None]
    noun: str
    words: tuple[str, ...]
    place: _Thing
    number: int | None
    daily: int
    status: Status


@dataclass(frozen=True)
class _Sentence:
    proposition: _Proposition
    speaker: _Thing | None
    cue: tuple[str, Act]
    quoted: bool
    dated: bool


@dataclass
class _Article:
    story: _Story
    day: int
    publisher: str
    title: str
    sentences: list[_Sentence]
    wire: str | None = None


@dataclass
class _Story:
    place: _Thing
    propositions: list[_Proposition]
    speakers: list[_Thing]
    first: int
    articles: list[_Article] = field(default_factory=list)


def readings(statements: int, *, seed: int = 0) -> Iterator[Reading]:
    """Readings in the order of publication, until they hold about this many statements.

    What each story tells is made up when its first article is due and forgotten after its last, so that memory grows with
    the stories of a month and not with all.
    """
    wanted = statements // STATEMENTS_AN_ARTICLE
    days: list[tuple[int, ...]] = []  # of the articles of each story
    articles = 0
    while articles < wanted:
        days.append(_days(random.Random(f"days {seed} {len(days)}")))
        articles += len(days[-1])
    due = sorted((day, story, place) for story, its in enumerate(days) for place, day in enumerate(its))
    world = _World(random.Random(f"onrecord {seed}"), seed)
    told: dict[int, _Story] = {}
    for number, (_, story, place) in enumerate(due[:wanted]):
        if place == 0:
            told[story] = world.story(story, days[story])
        yield _Writing(told[story].articles[place], number).reading()
        if place == len(days[story]) - 1:
            del told[story]


def _days(chance: random.Random) -> tuple[int, ...]:
    """The days on which the articles of a story come out."""
    size = 1 if chance.random() < 0.5 else min(40, 2 + int(chance.expovariate(1 / 6)))
    found = [chance.randrange(_DAYS)]
    while len(found) < size:
        found.append(found[-1] + chance.choice((0, 0, 0, 1, 1, 2, 5)))
    return tuple(found)


class _World:
    """What all stories have in common: names, outlets, words."""

    def __init__(self, chance: random.Random, seed: int) -> None:
        self._chance = chance
        self._seed = seed
        self._first = [self._name(2) for _ in range(400)]
        self._last = [self._name(chance.choice((2, 3))) for _ in range(30_000)]
        self._towns = [self._name(chance.choice((2, 3))) for _ in range(8_000)]
        self._outlets = [
            f"The {self._name(2)} {chance.choice(('Post', 'Courier', 'Gazette', 'Echo', 'Mirror', 'Tribune'))}"
            for _ in range(300)
        ]
        self._wires = [f"{self._name(2)} Press Agency" for _ in range(5)]
        # Those who are in the news all the time are in many stories; the others in one.
        self._famous = [self._person() for _ in range(300)]
        self._bodies = [self._body(self._name(2)) for _ in range(200)]
        text = resources.files("onrecord").joinpath("ledger", "data", "english.tsv").read_text(encoding="utf-8")
        rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
        counted = [(word, int(count)) for word, count in rows if word.isalpha() and len(word) > 3]
        self._words = [word for word, _ in counted]
        self._weights = list(accumulate(count for _, count in counted))

    def story(self, number: int, days: Sequence[int]) -> _Story:
        """The story of this number, the same whatever others were made up before; its articles come out on these days."""
        chance = self._chance = random.Random(f"story {self._seed} {number}")
        town = _Thing(chance.choice(self._towns), "place")
        places = [town, *(_Thing(chance.choice(self._towns), "place") for _ in range(9))]
        people = [self._person() for _ in range(12)] + chance.sample(self._famous, 4)
        bodies = [self._body(town.name) for _ in range(7)] + chance.sample(self._bodies, 5)
        topical = chance.choices(self._words, cum_weights=self._weights, k=60)
        propositions = [
            self._proposition(bodies + people, places, topical)
            for _ in range(2 * STATEMENTS_AN_ARTICLE + min(20, 3 * len(days)))
        ]
        story = _Story(town, propositions, people + bodies[:3], days[0])
        for day in days:
            story.articles.append(self._article(story, day, topical))
        return story

    def _article(self, story: _Story, day: int, topical: list[str]) -> _Article:
        chance = self._chance
        title = " ".join([story.place.name, *chance.choices(topical, k=6)])
        if story.articles and chance.random() < 0.15:
            copied = chance.choice(story.articles)
            kept = max(4, len(copied.sentences) - chance.randrange(6))
            wire = copied.wire or chance.choice(self._wires)
            return _Article(story, day, chance.choice(self._outlets), title, copied.sentences[:kept], wire)
        # Half of what an article reports has been reported before: the pool's beginning is drawn more often.
        pool = story.propositions
        chosen = [pool[int(len(pool) * chance.random() ** 1.5)] for _ in range(STATEMENTS_AN_ARTICLE)]
        sentences = [
            _Sentence(
                p, chance.choice(story.speakers), chance.choice(_CUES), chance.random() < 0.3, chance.random() < 0.4
            )
            for p in chosen
        ]
        for proposition in chance.choices(pool, k=_OUTLET_SENTENCES):
            told = _Sentence(proposition, None, _CUES[0], False, chance.random() < 0.4)
            sentences.insert(chance.randrange(len(sentences) + 1), told)
        return _Article(story, day, chance.choice(self._outlets), title, sentences)

    def _proposition(self, actors: list[_Thing], places: list[_Thing], topical: list[str]) -> _Proposition:
        chance = self._chance
        return _Proposition(
            actor=chance.choice(actors),
            verb=chance.choice(_VERBS),
            noun=chance.choice(_NOUNS),
            words=tuple(chance.choices(topical, k=chance.choice((3, 4, 5)))),
            place=chance.choice(places),
            number=int(2 ** chance.uniform(1, 14)) if chance.random() < 0.5 else None,
            daily=chance.choice((0, 0, 0, 1, 4)),
            status=chance.choice(_STATUSES),
        )

    def _person(self) -> _Thing:
        chance = self._chance
        name = f"{chance.choice(self._first)} {chance.choice(self._last)}"
        return _Thing(name, "person", chance.choice(_TITLES))

    def _body(self, of: str) -> _Thing:
        return _Thing(f"{of} {self._chance.choice(self._last)} {self._chance.choice(_BODIES)}", "organisation")

    def _name(self, syllables: int) -> str:
        chance = self._chance
        parts = [chance.choice(_ONSETS) + chance.choice(_VOWELS) for _ in range(syllables)]
        return ("".join(parts) + chance.choice(_CODAS)).capitalize()


class _Writing:
    """One article in words, with the records of what was written."""

    def __init__(self, article: _Article, number: int) -> None:
        self._article = article
        self._number = number
        self._day = _FIRST_DAY + timedelta(article.day)
        self._parts: list[str] = []
        self._at = 0
        self._blocks: list[Block] = []
        self._entities: dict[_Thing, Entity] = {}
        self._mentions: list[Mention] = []
        self._statements: list[Statement] = []
        self._moments: list[Moment] = []
        self._figures: list[Figure] = []
        self._events: list[Event] = []

    def reading(self) -> Reading:
        article = self._article
        self._put(article.title)
        self._blocks.append(Block(Span(0, self._at), "heading"))
        for first in range(0, len(article.sentences), 2):
            self._put("\n")
            start = self._at
            if first == 0 and article.wire is not None:
                self._put(f"{article.story.place.name.upper()} ({article.wire}) - ")
            for sentence in article.sentences[first : first + 2]:
                self._sentence(sentence)
                self._put(" ")
            self._blocks.append(Block(Span(start, self._at), "paragraph"))
        text = "".join(self._parts)
        id = hashlib.sha256(f"{self._number}\n{text}".encode()).hexdigest()
        document = Document(
            id=id,
            text=text,
            url=f"https://news.example/{self._number}/{id[:8]}",
            title=article.title,
            publisher=article.publisher,
            published=f"{self._day.isoformat()}T{6 + self._number % 16:02}:00:00+00:00",
            lang="en",
            blocks=tuple(self._blocks),
        )
        return Reading(
            document=document,
            model="templates",
            entities=tuple(self._entities.values()),
            mentions=tuple(self._mentions),
            statements=tuple(self._statements),
            moments=tuple(self._moments),
            figures=tuple(self._figures),
            events=tuple(self._events),
        )

    def _put(self, words: str) -> Span:
        start = self._at
        self._parts.append(words)
        self._at += len(words)
        return Span(start, self._at)

    def _name(self, thing: _Thing) -> tuple[str, Span]:
        """Write the name, shortly if a person has been named before; the entity's id, and where it stands."""
        known = self._entities.get(thing)
        form: MentionForm = "name"
        if known is None:
            span = self._put(thing.name)
            aliases = (thing.name.split()[-1],) if thing.type == "person" else ()
            known = Entity(f"e{len(self._entities) + 1}", thing.type, thing.name, aliases)
            self._entities[thing] = known
        else:
            span = self._put(thing.name.split()[-1] if thing.type == "person" else thing.name)
        self._mentions.append(Mention(span, known.id, form))
        return known.id, span

    def _sentence(self, sentence: _Sentence) -> None:
        if sentence.speaker is None:
            self._content(sentence, None)
            self._put(".")
            return
        key = f"s{len(self._statements) + 1}"
        cue, act = sentence.cue
        if sentence.quoted:
            self._put("“")
            content = self._content(sentence, key)
            self._put(",” ")
            speaker, source = self._speaker(sentence.speaker)
            self._put(" ")
            cued = self._put(cue)
        else:
            speaker, source = self._speaker(sentence.speaker)
            self._put(" ")
            cued = self._put(cue)
            self._put(" that ")
            content = self._content(sentence, key)
        self._put(".")
        self._statements.append(
            Statement(
                id=key,
                source=(source,),
                speaker=speaker,
                cue=(cued,),
                content=(content,),
                manner="direct" if sentence.quoted else "indirect",
                act=act,
                negated=False,
                said_on=self._day.isoformat(),
                within=None,
                confidence=0.9,
            )
        )

    def _speaker(self, thing: _Thing) -> tuple[str, Span]:
        fresh = thing not in self._entities
        key, span = self._name(thing)
        if fresh and thing.title is not None:
            self._put(", the ")
            title = self._put(thing.title)
            self._put(",")
            known = self._entities[thing]
            role = Role(thing.title, None, title)
            self._entities[thing] = Entity(key, known.type, known.name, known.aliases, (role,))
        return key, span

    def _content(self, sentence: _Sentence, statement: str | None) -> Span:
        proposition = sentence.proposition
        start = self._at
        actor, _ = self._name(proposition.actor)
        self._put(" ")
        past, lemma, type_ = proposition.verb
        trigger = self._put(past)
        self._put(" ")
        event = f"v{len(self._events) + 1}"
        if proposition.number is not None:
            self._count(proposition, event, statement)
            self._put(" ")
        else:
            self._put(f"{proposition.noun} ")
        self._put("of the " + " ".join(proposition.words) + " in ")
        place, _ = self._name(proposition.place)
        moment = None
        if sentence.dated:
            self._put(" on ")
            span = self._put(_WEEKDAYS[self._day.weekday()])
            moment = len(self._moments)
            day, after = self._day.isoformat(), (self._day + timedelta(1)).isoformat()
            self._moments.append(Moment(span, "date", day, day, after))
        self._events.append(
            Event(event, trigger, lemma, type_, (actor,), (), (place,), moment, proposition.status, statement, 0.9)
        )
        return Span(start, self._at)

    def _count(self, proposition: _Proposition, event: str, statement: str | None) -> None:
        assert proposition.number is not None
        number = proposition.number + proposition.daily * (self._article.day - self._article.story.first)
        start = self._at
        least = proposition.number % 3 == 0
        self._put(f"at least {number:,}" if least else f"{number:,}")
        span = Span(start, self._at)
        self._put(" ")
        noun = self._put(proposition.noun)
        lemma = {"people": "person", "children": "child"}.get(proposition.noun, proposition.noun[:-1])
        self._figures.append(
            Figure(
                span=span,
                low=float(number),
                high=None if least else float(number),
                bound="at least" if least else "exactly",
                unit=None,
                counted=Counted(noun, lemma),
                event=event,
                statement=statement,
                confidence=0.9,
            )
        )

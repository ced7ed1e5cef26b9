"""Readings by hand for the tests of claims: a text, who speaks in it, and the events and figures of its words."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from onrecord import records as r
from onrecord.ledger.claims.facts import facts_of
from onrecord.ledger.claims.model import Facts
from onrecord.ledger.scene import Member, Rulings, Scene
from onrecord.reading import Reading
from onrecord.records import Span


@dataclass
class Article:
    """Builds the reading of one article: every `says` and `tells` adds a sentence to its text."""

    publisher: str = "The Invented Courier"
    published: str | None = "2025-03-12"
    title: str = "A headline that says nothing"
    entities: dict[str, r.Entity] = field(default_factory=dict)
    text: str = ""
    blocks: list[r.Block] = field(default_factory=list)
    statements: list[r.Statement] = field(default_factory=list)
    events: list[r.Event] = field(default_factory=list)
    figures: list[r.Figure] = field(default_factory=list)
    mentions: list[r.Mention] = field(default_factory=list)

    def who(self, name: str, kind: str = "person", of: str | None = None) -> str:
        for entity in self.entities.values():
            if entity.name == name:
                return entity.id
        key = f"e{len(self.entities) + 1}"
        roles = (r.Role("head", of, Span(0, 1)),) if of else ()
        self.entities[key] = r.Entity(key, kind, name, (), roles)  # type: ignore[arg-type]
        return key

    def _paragraph(self, words: str) -> int:
        start = len(self.text)
        self.text += words + "\n"
        self.blocks.append(r.Block(Span(start, start + len(words)), "paragraph"))
        return start

    def _read(self, start: int, words: str, events: dict[str, str], statement: str | None) -> None:
        """`events` gives trigger words their status; numbers in front of a noun become figures of the first event."""
        keys: dict[int, str] = {}
        for trigger, how in events.items():
            lemma, _, status = how.partition(":")
            at = start + words.index(trigger)
            key = f"v{len(self.events) + 1}"
            keys[at] = key
            self.events.append(
                r.Event(
                    key,
                    Span(at, at + len(trigger)),
                    lemma,
                    None,
                    (),
                    (),
                    (),
                    None,
                    status or "happened",
                    statement,
                    0.9,
                )  # type: ignore[arg-type]
            )
        position = start
        tokens = words.split(" ")
        for number, token in enumerate(tokens):
            bare = token.replace(",", "").strip(".")
            if bare.isdigit() and number + 1 < len(tokens):
                noun = tokens[number + 1].strip(".,")
                span = Span(position, position + len(token))
                after = Span(span.end + 1, span.end + 1 + len(noun))
                # its event is the next one, or the last where none follows
                nearest = min(keys, key=lambda at: (at < span.start, abs(at - span.start)), default=None)
                counted = r.Counted(after, noun.rstrip("s"))
                event = keys.get(nearest) if nearest is not None else None
                self.figures.append(
                    r.Figure(span, float(bare), float(bare), "exactly", None, counted, event, statement, 0.9)
                )
            position += len(token) + 1
        for entity in self.entities.values():
            at = self.text.find(entity.name, start)
            if 0 <= at < start + len(words):
                self.mentions.append(r.Mention(Span(at, at + len(entity.name)), entity.id, "name"))

    def says(  # noqa: PLR0913
        self,
        speaker: str | None,
        words: str,
        events: dict[str, str] | None = None,
        *,
        cue: str = "said",
        act: str = "say",
        negated: bool = False,
        within: str | None = None,
    ) -> str:
        """`speaker` `cue` `words`: a statement with its content; the statement's id."""
        name = self.entities[speaker].name if speaker else "It"
        start = self._paragraph(f"{name} {cue} {words}.")
        key = f"s{len(self.statements) + 1}"
        at = start + len(name) + 1
        content = Span(at + len(cue) + 1, at + len(cue) + 1 + len(words))
        self.statements.append(
            r.Statement(
                key, (Span(start, start + len(name)),), speaker, (Span(at, at + len(cue)),), (content,),
                "indirect", act, negated, self.published, within, 0.9,  # type: ignore[arg-type]
            )
        )  # fmt: skip
        self._read(content.start, words, events or {}, key)
        return key

    def tells(self, words: str, events: dict[str, str] | None = None) -> None:
        """A sentence in the outlet's own voice."""
        self._read(self._paragraph(words), words, events or {}, None)

    def reading(self) -> Reading:
        document = r.Document(
            id=hashlib.sha256(f"{self.publisher}{self.published}{self.text}".encode()).hexdigest(),
            text=self.text,
            title=self.title,
            publisher=self.publisher,
            published=self.published,
            blocks=tuple(self.blocks),
        )
        return Reading(
            document,
            "by hand",
            tuple(self.entities.values()),
            tuple(self.mentions),
            tuple(self.statements),
            (),
            tuple(self.figures),
            tuple(self.events),
        )


def scene(
    *readings: Reading, origins: dict[str, str] | None = None, rulings: Rulings | None = None
) -> tuple[Scene, dict[int, Facts]]:
    """The scene of these documents, numbered in the order given; people are one where their names are one."""
    members, people, names = [], {}, {}
    for number, reading in enumerate(readings, 1):
        d = reading.document
        origin = (origins or {}).get(d.id, d.id)
        members.append(Member(number, d.id, d.title, d.publisher, d.published, d.published, origin))
        for entity in reading.entities:
            key = "p" + entity.name.lower().replace(" ", "-")
            people[number, entity.id] = key
            names[key] = entity.name
    members.sort(key=lambda m: (m.published is None, m.published or "", m.hash))
    made = Scene(1, tuple(members), rulings or Rulings(), people, names)
    return made, {number: facts_of(reading) for number, reading in enumerate(readings, 1)}

"""An invented pair of articles whose every line is one statement with one figure and one event, read in many ways.

A version of a reading may leave lines out, put a line before the text, repeat a line as a caption, cut contents
differently and number its records from the other end: all that a newer reader or a newer intake may change about a
document whose bytes are the same.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, delete

from onrecord import records as r
from onrecord.ledger.schema import documents
from onrecord.ledger.store import write
from onrecord.reading import Reading
from onrecord.records import Span

DOCUMENTS = ("a" * 64, "b" * 64)

NAMES = ("Amar Bell", "Dina Cole", "Edo Finn", "Gia Holt")

# The third line and the sixth are the same words; all others differ at both ends, and all are longer than the context
# that an anchor keeps.
LINES = tuple(
    f"{NAMES[name]} of the {office} said on Monday that {count} people were {verb} on the road near {town}."
    for name, office, count, verb, town in (
        (0, "river authority", 12, "killed", "Upper Velna"),
        (1, "town hall of Brod", 12, "injured", "Lower Velna"),
        (2, "fire service", 40, "rescued", "the mill"),
        (0, "river authority", 7, "missing", "the old quarry"),
        (3, "hospital of Luka", 31, "injured", "the bridge"),
        (2, "fire service", 40, "rescued", "the mill"),
        (1, "town hall of Brod", 5, "killed", "the railway"),
    )
)
SHIFT = "A correction was made to the caption of this article on Tuesday; the editors regret the error.\n"


@dataclass(frozen=True)
class Version:
    """How one reader reads an article. `dropped` lines are no longer in its text; `cut` ones start after the "that"."""

    dropped: frozenset[int] = frozenset()
    cut: frozenset[int] = frozenset()
    shifted: bool = False
    caption: int | None = None
    renumbered: bool = False


@dataclass(frozen=True)
class Site:
    """Where one line of a version stands and what is read from it: keys by kind of record."""

    line: int | None  # None: the caption, which is nobody's line
    words: str
    before: str
    after: str
    keys: dict[str, str]


def read(document: str, version: Version = Version()) -> tuple[Reading, list[Site]]:
    """The reading of the document in this version, and its sites in the order of the text."""
    shown: list[tuple[int | None, str]] = [(i, s) for i, s in enumerate(LINES) if i not in version.dropped]
    if version.caption is not None:
        shown.append((None, f"Photo: {LINES[version.caption]} (archive)"))
    text = (SHIFT if version.shifted else "") + "\n".join(line for _, line in shown)
    total = len(shown)
    order = [total - i if version.renumbered else i + 1 for i in range(total)]
    people = [name for name in NAMES if name in text]
    if version.renumbered:
        people.reverse()
    keys = {name: f"e{i}" for i, name in enumerate(people, 1)}
    statements, events, figures, mentions, sites = [], [], [], [], []
    at = len(SHIFT) if version.shifted else 0
    for (line, words), number in zip(shown, order, strict=True):
        name = next(n for n in NAMES if n in words)
        start = at + words.index(name)
        end = start + len(words.removeprefix("Photo: ").removesuffix(" (archive)"))
        source = Span(start, start + len(name))
        content = Span(text.index("that ", start) + (5 if line in version.cut else 0), end - 1)
        cue = text.index("said", start)
        count = text.index("that ", start) + 5
        figure = Span(count, text.index(" ", count))
        verb = text.index("were ", start) + 5
        trigger = Span(verb, text.index(" ", verb))
        mentions.append(r.Mention(source, keys[name], "name"))
        said = r.Statement(
            f"s{number}", (source,), keys[name], (Span(cue, cue + 4),), (content,), "indirect", "say", False,
            None, None, 0.9,
        )  # fmt: skip
        statements.append(said)
        value = float(figure.of(text))
        figures.append(r.Figure(figure, value, value, "exactly", None, None, f"v{number}", f"s{number}", 0.9))
        events.append(
            r.Event(f"v{number}", trigger, trigger.of(text), None, (), (), (), None, "happened", f"s{number}", 0.9)
        )
        place = len(figures) - 1
        numbered = {"statement": f"s{number}", "figure": f"f{place}", "event": f"v{number}", "entity": keys[name]}
        sites.append(Site(line, content.of(text), text[:start][-64:], text[end : end + 64], numbered))
        at += len(words) + 1
    published = f"2025-03-1{DOCUMENTS.index(document)}"
    found = Reading(
        document=r.Document(document, text, title="The dam", published=published),
        model=repr(version),
        entities=tuple(r.Entity(key, "person", name) for name, key in keys.items()),
        mentions=tuple(mentions),
        statements=tuple(statements),
        figures=tuple(figures),
        events=tuple(events),
    )
    return found, sites


def put_in_place(connection: Connection, reading: Reading) -> None:
    """Write a reading, in the place of what the ledger holds of its document."""
    connection.execute(delete(documents).where(documents.c.hash == reading.document.id))
    write(connection, [(reading, "")])

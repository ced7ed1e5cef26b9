"""A ledger in which every word that an article could choose is an attack on whoever looks at it.

The articles of the invented dam, as they were read, with the payload put into their text (into every statement, and into
every name where it stands), and in place of or behind every other field: titles, publishers, authors, addresses, names,
roles, what is counted, lemmas, reasons. So all that follows from several articles (stories, claims, series, conflicts,
copies, people) is there, and made of the payload.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import Any, TypeVar

from lxml import html
from tests.ledger.sample_readings import readings

from onrecord.ledger import Ledger
from onrecord.ledger.corrections import Signed, Wish
from onrecord.reading import Reading
from onrecord.records import Document, Entity, Span

__all__ = ["PAYLOAD", "URL", "attacks", "tortured", "tortured_ledger"]

PAYLOAD = (
    '\'"><script>globalThis.ran=1</script><img src=x onerror="globalThis.ran=1">'
    '<a href="javascript:globalThis.ran=1">x</a></title></textarea></style><svg onload=globalThis.ran=1>'
    "{{ 7*7 }}{% raw %}${7*7}</script>]]>--><base href=//evil.example>\u202e&lt;\u2028"
)
URL = "javascript:globalThis.ran=1//https://example.org/"

# A denial, a toll that moves, a wire's article and its copy: four are enough to have everything that follows from several.
_CHOSEN = (4, 5, 6, 7)

Anything = TypeVar("Anything")


def tortured_ledger(path: Path) -> Path:
    """A new ledger at `path` of four articles, with corrections whose every word is the payload too."""
    with Ledger.open(path) as book:
        refused = [
            receipt.reason for receipt in book.add([tortured(readings()[one]) for one in _CHOSEN]) if receipt.reason
        ]
        assert refused == []
        said = book.statements()
        signed = partial(Signed, by=PAYLOAD, at="2025-03-20T10:00:00+00:00", reason=PAYLOAD)
        book.correct(f"{said[0].document}:{said[0].id}", Wish(reject=True), signed())
        undone = book.correct(f"{said[1].document}:{said[1].id}", Wish(confirm=True), signed())
        book.undo(undone.id, signed())
        person = next(row for row in book.speakers() if row.statements)
        book.correct(person.key, Wish(name=PAYLOAD), signed())
    return path


def tortured(reading: Reading) -> Reading:
    """The reading with the payload in every place where an article's own words stand."""
    starts = sorted(
        {statement.content[0].start for statement in reading.statements if statement.content}
        | {mention.span.start + 1 for mention in reading.mentions if mention.form == "named"}
    )
    document = reading.document
    parts = [document.text[a:b] for a, b in zip([0, *starts], [*starts, len(document.text)], strict=True)]
    text = PAYLOAD.join(parts)
    moved = _moved(reading, starts)
    entities = tuple(_entity(entity) for entity in moved.entities)
    made = replace(
        moved.document,
        id=hashlib.sha256(text.encode()).hexdigest(),
        text=text,
        url=URL + document.id,
        title=(document.title or "") + PAYLOAD,
        publisher=(document.publisher or "") + PAYLOAD,
        author=PAYLOAD,
        dates=tuple(replace(date, origin=PAYLOAD) for date in document.dates),
    )
    figures = [
        replace(
            figure,
            counted=None if figure.counted is None else replace(figure.counted, noun=_with(figure.counted.noun)),
        )
        for figure in moved.figures
    ]
    return replace(
        moved,
        document=made,
        model=PAYLOAD,
        entities=entities,
        figures=tuple(figures),
        events=tuple(replace(event, lemma=_with(event.lemma)) for event in moved.events),
        rejected=tuple(replace(one, reason=PAYLOAD) for one in moved.rejected),
    )


def attacks(page: bytes, where: str, *, beside: Sequence[str] = ()) -> Iterator[str]:
    """What of the payload is alive in a page: an element, an attribute or an address that only it would bring.

    Scripts of the server itself are files; `beside` are those that a page on a disk loads.
    """
    root: Any = html.document_fromstring(page, parser=html.HTMLParser(encoding="utf-8"))
    for element in root.iter():
        if not isinstance(element.tag, str):
            if "ran=1" in (element.text or ""):
                yield f"{where}: in a comment"
            continue
        if element.tag in ("base", "iframe", "object", "embed", "foreignobject", "style", "math", "frame"):
            yield f"{where}: <{element.tag}>"
        if element.tag == "script":
            src = element.get("src", "")
            own = element.get("type") == "module" and "static/" in src and "://" not in src
            if (element.text or "").strip() or not (own or src.rpartition("/")[2] in beside):
                yield f"{where}: a script {src!r}"
        if element.tag == "img" and "static/" not in element.get("src", ""):
            yield f"{where}: <img src={element.get('src')!r}>"
        for name, value in element.attrib.items():
            plain = "".join(value.split()).lower()
            if name.startswith("on") or name in ("style", "srcdoc", "formaction", "ping"):
                yield f"{where}: {name}={value!r}"
            scheme = plain.partition(":")[0] if ":" in plain else ""
            if name in ("href", "src", "action", "data", "xlink:href") and scheme in ("javascript", "data", "vbscript"):
                yield f"{where}: {name}={value!r}"


def _entity(entity: Entity) -> Entity:
    roles = tuple(replace(role, title=role.title + PAYLOAD, of=_with(role.of)) for role in entity.roles)
    return replace(
        entity, name=entity.name + PAYLOAD, aliases=tuple(alias + PAYLOAD for alias in entity.aliases), roles=roles
    )


def _with(words: str | None) -> str | None:
    return None if words is None else words + PAYLOAD


def _moved(value: Anything, starts: list[int]) -> Anything:
    """The same with every span where its words stand now."""
    offsets = list(accumulate((len(PAYLOAD) for _ in starts), initial=0))

    def at(place: int) -> int:
        return place + offsets[bisect_left(starts, place)]

    def move(value: Any) -> Any:
        if isinstance(value, Span):
            return Span(at(value.start), at(value.end))
        if isinstance(value, tuple):
            return tuple(move(one) for one in value)
        if isinstance(value, Document):  # with the text that its blocks lie in
            return replace(value, text="\0" * at(len(value.text)), blocks=move(value.blocks))
        if is_dataclass(value) and not isinstance(value, type):
            return replace(value, **{field.name: move(getattr(value, field.name)) for field in fields(value)})
        return value

    moved: Anything = move(value)
    return moved

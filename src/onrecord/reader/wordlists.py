"""The hand-kept word lists of the decoders (`data/*.txt`): sections of lemmas and phrases, read once.

A list is plain text: `[name]` opens a section, words and phrases are separated by commas or line ends, `#` begins a
comment. A word may stand in several sections; within one it may stand once. Text, not code, so that a reader who knows
the language and not Python can correct a list, and so that a diff of it shows words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType

from onrecord.errors import ReaderError

__all__ = ["parse_sections", "sections"]

_HEADER = re.compile(r"\[([^\[\]]+)\]")


@cache
def sections(name: str) -> Mapping[str, frozenset[str]]:
    """The sections of `data/NAME.txt`, in file order. Raises ReaderError where the file is missing or malformed."""
    try:
        text = resources.files("onrecord").joinpath("reader", "data", f"{name}.txt").read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise ReaderError(f"word list {name}.txt is missing from the package") from error
    return parse_sections(name, text)


def parse_sections(name: str, text: str) -> Mapping[str, frozenset[str]]:
    """Parse a word list; `name` is for the message. Raises ReaderError for words outside a section or listed twice."""
    found: dict[str, set[str]] = {}
    current: set[str] | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        content = line.partition("#")[0].strip()
        if not content:
            continue
        if header := _HEADER.fullmatch(content):
            title = header.group(1).strip()
            if title in found:
                raise ReaderError(f"word list {name}.txt, line {number}: section {title!r} stands twice")
            current = found[title] = set()
            continue
        if current is None:
            raise ReaderError(f"word list {name}.txt, line {number}: {content!r} stands before any section")
        for entry in (part.strip() for part in content.split(",")):
            if not entry:
                continue
            if entry in current:
                raise ReaderError(f"word list {name}.txt, line {number}: {entry!r} stands twice in its section")
            current.add(entry)
    return MappingProxyType({title: frozenset(entries) for title, entries in found.items()})

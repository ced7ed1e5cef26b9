"""Universal Dependencies files → sentences of words, with GUM's mentions and coreference from the MISC column."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from onrecord.reader.heads.words import Gap

_ENTITY = re.compile(r"\((?P<open>[^()]+)|(?P<close>[^()]+?)\)")


@dataclass
class Mentioned:
    """A GUM mention: word range in its document, entity type (`person` …) and coreference group."""

    start: int
    end: int
    type: str
    group: str


@dataclass
class Tree:
    """One sentence: parallel lists over its words. `heads` are positions in the sentence, the root's is its own."""

    words: list[str] = field(default_factory=list)
    gaps: list[int] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    upos: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    relations: list[str] = field(default_factory=list)


@dataclass
class TreeDocument:
    id: str
    sentences: list[Tree] = field(default_factory=list)
    mentions: list[Mentioned] = field(default_factory=list)


def read_conllu(path: Path) -> Iterator[TreeDocument]:
    """Documents of a (gzipped) CoNLL-U file. Raises ValueError with the line number on a malformed row."""
    document = TreeDocument("")
    opened: dict[str, list[tuple[int, str]]] = {}
    index = 0
    gap = int(Gap.PARAGRAPH)
    for comments, rows in _sentences(path):
        for comment in comments:
            if comment.startswith("# newdoc"):
                if document.sentences:
                    yield document
                document, opened, index = TreeDocument(comment.partition("=")[2].strip()), {}, 0
            if comment.startswith(("# newdoc", "# newpar")):
                gap = int(Gap.PARAGRAPH)
        tree = Tree()
        range_end, range_glued = 0, False  # of a multi-word token ("don't"), whose words stand glued
        for position, form, lemma, upos, tag, _, head, relation, _, misc in rows:
            glued = "SpaceAfter=No" in misc
            if "-" in position:
                range_end, range_glued = int(position.split("-")[1]), glued
                continue
            here = int(position)
            tree.words.append(form)
            tree.gaps.append(gap)
            tree.lemmas.append(lemma)
            tree.upos.append(upos)
            tree.tags.append(tag)
            tree.heads.append(int(head) - 1 if head != "0" else here - 1)
            tree.relations.append(relation)
            if here <= range_end:
                glued = here < range_end or range_glued
            gap = int(Gap.GLUED if glued else Gap.SPACE)
            _mentions(misc, index, opened, document.mentions)
            index += 1
        document.sentences.append(tree)
    if document.sentences:
        yield document


def _sentences(path: Path) -> Iterator[tuple[list[str], list[list[str]]]]:
    """The comment lines and the rows of ten columns of each sentence; empty nodes (8.1) are left out."""
    comments: list[str] = []
    rows: list[list[str]] = []
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for number, raw in enumerate(lines, 1):
            line = raw.rstrip("\n")
            if line.startswith("#"):
                comments.append(line)
            elif line:
                columns = line.split("\t")
                if len(columns) != 10:
                    raise ValueError(f"{path}:{number}: {len(columns)} columns, not 10")
                if "." not in columns[0]:
                    rows.append(columns)
            elif rows:
                yield comments, rows
                comments, rows = [], []
    if rows:  # the file ends without a blank line
        yield comments, rows


def _mentions(misc: str, index: int, opened: dict[str, list[tuple[int, str]]], out: list[Mentioned]) -> None:
    """Opening and closing brackets of `Entity=` on one word. Discontinuous mentions (`12[1/2]`) are left out."""
    value = next((part[7:] for part in misc.split("|") if part.startswith("Entity=")), "")
    for match in re.finditer(r"\(([^()]*)(\))?|([^()]+)\)", value):
        if match[1] is not None:
            fields = match[1].split("-")
            if "[" in fields[0]:
                continue
            if match[2]:
                out.append(Mentioned(index, index + 1, fields[1], fields[0]))
            else:
                opened.setdefault(fields[0], []).append((index, fields[1]))
        elif opened.get(match[3]):
            start, kind = opened[match[3]].pop()
            out.append(Mentioned(start, index + 1, kind, match[3]))

"""Who the reader takes a source for, against hand-made coreference: `python benchmarks/speakers.py [GUM.conllu.gz …]`.

GUM's documents have every mention and which of them are one entity. For each statement that the reader finds with a
source, the speaker is right if most of the speaker's other mentions are of the source's gold entity; a source that the
document mentions once has to stay alone. Rows by how the source is put: a name, a description, a pronoun.

GUM's training part taught the coreference head, so only the dev part measures the reader; on the training part errors of
the decoders show that the small dev part does not hold. `--only news` reads documents whose id has that word, `--misses`
prints each wrong one.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # so that it runs by its path too

from training.conllu import Mentioned, TreeDocument, read_conllu

from onrecord.intake import document_from_text
from onrecord.reader import load_encoder, read
from onrecord.reader.heads.words import Gap
from onrecord.reading import Reading
from onrecord.records import Document, Span, Statement

_BETWEEN = {int(Gap.PARAGRAPH): "\n\n", int(Gap.LINE): "\n", int(Gap.SPACE): " ", int(Gap.GLUED): ""}
PRONOUNS = frozenset({"he", "she", "it", "they", "who", "which", "that", "this", "his", "her", "their"})
_OF_THE_TALK = frozenset({"i", "me", "my", "we", "us", "our", "you", "your"})  # no matter of coreference


class Gold:
    """A document's text and its mentions as characters of it."""

    def __init__(self, document: TreeDocument) -> None:
        self.text, spans = "", []
        for tree in document.sentences:
            for word, gap in zip(tree.words, tree.gaps, strict=True):
                self.text += _BETWEEN[gap] if self.text else ""
                spans.append(Span(len(self.text), len(self.text) + len(word)))
                self.text += word
        self.mentions = [(Span(spans[m.start].start, spans[m.end - 1].end), m) for m in document.mentions]

    def mention(self, span: Span) -> tuple[Span, Mentioned] | None:
        """The narrowest mention that holds a span, else the one that overlaps it most; None where none is half of it."""
        around = [p for p in self.mentions if p[0].start <= span.start and span.end <= p[0].end]
        if around:
            return min(around, key=lambda p: p[0].end - p[0].start)
        best = max(self.mentions, key=lambda p: _overlap(p[0], span), default=None)
        return best if best is not None and _overlap(best[0], span) >= 0.5 else None


def _overlap(a: Span, b: Span) -> float:
    return max(0, min(a.end, b.end) - max(a.start, b.start)) / (max(a.end, b.end) - min(a.start, b.start))


def judge(gold: Gold, reading: Reading, statement: Statement) -> tuple[str, bool] | None:
    """How the source is put, and whether its speaker is right; None where there is nothing to judge."""
    if not statement.source or any(
        s != statement and s.source == statement.source for s in _earlier(reading, statement)
    ):
        return None
    source = statement.source[0]
    words = source.of(gold.text)
    found = gold.mention(source)
    if found is None or words.lower() in _OF_THE_TALK:
        return None
    span, mention = found
    same = [p for p, m in gold.mentions if m.group == mention.group and p != span]
    others = Counter(
        other[1].group
        for m in reading.mentions
        if m.entity == statement.speaker and not (span.start <= m.span.start < span.end)
        if (other := gold.mention(m.span)) is not None
    )
    put = "pronoun" if words.lower() in PRONOUNS else "name" if words.split()[-1][:1].isupper() else "description"
    if others:
        return put, others.most_common(1)[0][0] == mention.group
    return put, not any(p.start < span.start and p.of(gold.text).lower() not in PRONOUNS for p in same)


def _earlier(reading: Reading, statement: Statement) -> list[Statement]:
    return list(reading.statements[: reading.statements.index(statement)])


def main(reader: Callable[[Document], Reading] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    shared = Path(os.environ.get("ONRECORD_SHARED", "../shared"))
    parser.add_argument("files", nargs="*", type=Path, default=[shared / "data" / "gum-dev.conllu.gz"])
    parser.add_argument("--only", default="", help="documents whose id has this word")
    parser.add_argument("--misses", action="store_true")
    args = parser.parse_args()
    if reader is None:
        encoder = load_encoder()

        def reader(document: Document) -> Reading:
            return read(document, encoder)

    right, every = Counter[str](), Counter[str]()
    for tree in (d for path in args.files for d in read_conllu(path) if args.only in d.id):
        gold = Gold(tree)
        reading = reader(document_from_text(gold.text))
        if reading.document.text != gold.text:
            raise ValueError(f"{tree.id}: the reader changed the text")
        names = {e.id: e.name for e in reading.entities}
        for statement in reading.statements:
            judged = judge(gold, reading, statement)
            if judged is None:
                continue
            put, good = judged
            every[put] += 1
            right[put] += good
            if args.misses and not good:
                words = statement.source[0].of(gold.text)
                print(f"{tree.id}: {put} {words!r} -> {names.get(statement.speaker or '')}")
    for put in ("name", "description", "pronoun"):
        print(f"{put:12} {right[put]:4} of {every[put]:4}  {right[put] / max(1, every[put]):.3f}")
    print(f"{'all':12} {right.total():4} of {every.total():4}  {right.total() / max(1, every.total()):.3f}")


if __name__ == "__main__":
    main()

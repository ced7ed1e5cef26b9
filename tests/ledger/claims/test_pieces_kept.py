"""Words of a claim that stand in two pieces, one on each side of who said them, are read back as two pieces."""

from __future__ import annotations

from dataclasses import replace

from tests.ledger.claims.conftest import Article

from onrecord.ledger import Ledger
from onrecord.records import Span


def test_words_that_were_interrupted_are_read_back_in_pieces() -> None:
    article = Article()
    words = "that Ruvania opened, he added, the sluices of the Karst dam"
    article.says(article.who("Oltan Brezik"), words, {"opened": "open"})
    (statement,) = article.statements
    (content,) = statement.content
    first, second = "that Ruvania opened", "the sluices of the Karst dam"
    begins = content.end - len(second)
    pieces = Span(content.start, content.start + len(first)), Span(begins, content.end)
    article.statements[0] = replace(statement, content=pieces)
    reading = article.reading()
    with Ledger.open(":memory:") as ledger:
        list(ledger.add([reading]))
        (claim,) = ledger.claims()
        (held,) = claim.holders
        assert held.spans == pieces
        assert held.words == claim.says == f"{first} … {second}"
        (story,) = ledger.stories()
        assert [row.spans for row in ledger.timeline(story.id)] == [pieces]

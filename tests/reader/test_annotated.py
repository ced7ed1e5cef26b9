"""The text as the decoders see it: what hangs on a word."""

from __future__ import annotations

import pytest
from tests.reader.building import build

TEXT = build(
    "Two/NUM/CD/2/nummod men/NOUN/NNS/4/nsubj:pass were>be/AUX/VBD/4/aux:pass seen>see/VERB/VBN/0/root by/ADP/IN/6/case "
    "guards/NOUN/NNS/4/obl:agent"
)


@pytest.mark.parametrize(
    ("index", "relations", "words"),
    [
        (3, (), ["men", "were", "guards"]),
        (3, ("obl", "nsubj"), ["men", "guards"]),  # in text order, with any subtype
        (3, ("obl:agent",), ["guards"]),
        (3, ("obl:tmod", "nmod"), []),
        (0, (), []),
    ],
)
def test_dependents(index: int, relations: tuple[str, ...], words: list[str]) -> None:
    assert [t.text for t in TEXT.dependents(index, *relations)] == words

"""What Hypothesis gives to targets: files that are damaged, bytes, and words with what readers trip over between them."""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st
from tests.fuzz.targets import seeds
from tests.intake.test_fuzz import damaged

__all__ = ["files", "texts"]

_ODD = (
    *(
        "\u0301",
        "\u202e",
        "“",
        "”",
        "''",
        "—",
        "\r\n\r\n",
        "1e999",
        "٣٤",
        "½",
        "$",
        "9" * 30,
        "Mr.",
        "\ufffd",
        "\u2028",
        "’s",
    ),
    *(
        "not",
        "said",
        "that",
        "if",
        "will",
        "ago",
        "-",
        "to",
        "and",
        "of",
        "per cent",
        "%",
        "ing",
        "ed",
        "s",
        "N'T",
        "İ",
        "ß",
    ),
)


@cache
def files(target: str) -> st.SearchStrategy[bytes]:
    """Files of the target's kind, damaged, or bytes."""
    whole = list(seeds(target))
    return st.binary(max_size=400) | st.builds(damaged, st.sampled_from(whole), st.integers(0, 10**9))


@cache
def texts() -> st.SearchStrategy[bytes]:
    """Words of the samples in any order, with what decoders trip over between them. The first byte tells the day."""
    words = sorted({word for seed in seeds("decoders") for word in seed[1:].decode("utf-8", "replace").split()})
    number = st.integers(0, 10**9).map("{:,}".format)
    piece = st.sampled_from(words) | st.sampled_from(_ODD) | number | st.text(max_size=5)
    glue = st.sampled_from([" ", " ", " ", "", "\n", "\n\n", ", ", ". ", " “", "” "])
    parts = st.lists(st.tuples(piece, glue), max_size=60)
    joined = parts.map(lambda pairs: "".join(a + b for a, b in pairs).encode("utf-8", "replace"))
    return st.builds(lambda day, text: bytes([day]) + text, st.integers(0, 4), joined)

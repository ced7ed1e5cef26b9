"""What the released readers see in the sample articles, as digests:  python -m tests.golden.seen

tests/golden/seen.txt and seen-small.txt name the weights, and for each article the SHA-256 of all that their heads found,
probabilities to the last bit. So each machine on which the tests run shows whether it reads as the one did on which these
were written.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from tests.golden.frozen import SAMPLES, heads_of

from onrecord.intake import documents
from onrecord.reader import annotate
from onrecord.reader.heads.encoder import Encoder
from onrecord.reader.models import FULL, SMALL
from onrecord.records import Document

SEEN = {FULL: Path(__file__).with_name("seen.txt"), SMALL: Path(__file__).with_name("seen-small.txt")}


def seen(encoder: Encoder) -> Iterator[str]:
    """A line for the weights, and one an article."""
    yield encoder.name
    for document in documents([SAMPLES]):
        if isinstance(document, Document):
            found = json.dumps(heads_of(annotate(document, encoder)), sort_keys=True)
            yield f"{hashlib.sha256(found.encode()).hexdigest()} {document.id}"


if __name__ == "__main__":
    from onrecord.reader import load_encoder

    for model, path in SEEN.items():
        path.write_text("".join(f"{line}\n" for line in seen(load_encoder(model, threads=1))), encoding="utf-8")

"""Document → Reading: one encoder over the text, many heads, and plain decoders over what the heads say.

    read(document)      the whole of it: entities, statements, moments, figures, events
    annotate(document)  the layer below: tokens, trees, mentions and attributions

`read` is a pure function of the document and the weights: no clock, no network, no state.
"""

from __future__ import annotations

import sys
from threading import Thread
from typing import TYPE_CHECKING, Any

from onrecord.reading import Reading
from onrecord.records import Document

if TYPE_CHECKING:
    from onrecord.reader.heads.annotate import annotate
    from onrecord.reader.heads.encoder import WEIGHTS, Encoder, load_encoder

__all__ = ["WEIGHTS", "annotate", "load_encoder", "read"]

_DECODING = "onrecord.reader.decoding"


def read(document: Document, encoder: Encoder | None = None) -> Reading:
    """Everything that stands in a document. Raises ReaderError where the weights are missing or damaged."""
    if encoder is None and _DECODING not in sys.modules:
        _load_both()
    from onrecord.reader.decoding import decode
    from onrecord.reader.heads.annotate import annotate
    from onrecord.reader.heads.encoder import load_encoder

    encoder = encoder or load_encoder()
    return decode(annotate(document, encoder), encoder.name)


def _load_both() -> None:
    """Loads the weights while the decoders are imported, a tenth of a second each: what a first reading waits for."""
    from onrecord.reader.heads.encoder import preload

    weights = Thread(target=preload)
    weights.start()
    import onrecord.reader.decoding  # noqa: F401

    weights.join()


def __getattr__(name: str) -> Any:
    """The encoder's names on first use: the ledger asks the reader's word lists, and the runtime takes 80 ms to import."""
    if name == "annotate":
        from onrecord.reader.heads.annotate import annotate

        return annotate
    if name in ("WEIGHTS", "load_encoder"):
        from onrecord.reader.heads import encoder

        return getattr(encoder, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

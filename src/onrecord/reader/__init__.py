"""Document → Reading: one encoder over the text, many heads, and plain decoders over what the heads say.

    read(document)      the whole of it: entities, statements, moments, figures, events
    annotate(document)  the layer below: tokens, trees, mentions and attributions

`read` is a pure function of the document and the weights: no clock, no network, no state.
"""

from __future__ import annotations

import sys
from threading import Thread

from onrecord.reader.heads.annotate import annotate
from onrecord.reader.heads.encoder import WEIGHTS, Encoder, load_encoder, preload
from onrecord.reading import Reading
from onrecord.records import Document

__all__ = ["WEIGHTS", "annotate", "load_encoder", "read"]

_DECODING = "onrecord.reader.decoding"


def read(document: Document, encoder: Encoder | None = None) -> Reading:
    """Everything that stands in a document. Raises ReaderError where the weights are missing or damaged."""
    if encoder is None and _DECODING not in sys.modules:
        _load_both()
    from onrecord.reader.decoding import decode

    encoder = encoder or load_encoder()
    return decode(annotate(document, encoder), encoder.name)


def _load_both() -> None:
    """Loads the weights while the decoders are imported, a tenth of a second each: what a first reading waits for."""
    weights = Thread(target=preload)
    weights.start()
    import onrecord.reader.decoding  # noqa: F401

    weights.join()

"""Document → Reading: one encoder over the text, many heads, and plain decoders over what the heads say.

    read(document)      the whole of it: entities, statements, moments, figures, events
    read_all(documents) the same of many, by all cores
    annotate(document)  the layer below: tokens, trees, mentions and attributions

`read` is a pure function of the document and the weights: no clock, no network, no state.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain
from threading import Thread
from typing import TYPE_CHECKING, Any, TypeVar

from onrecord.errors import InputError, OutOfTime
from onrecord.reader.models import FULL, WEIGHTS
from onrecord.reading import Reading
from onrecord.records import Document

if TYPE_CHECKING:
    from onrecord.reader.heads.annotate import annotate
    from onrecord.reader.heads.encoder import Encoder, load_encoder

__all__ = ["WEIGHTS", "annotate", "load_encoder", "read", "read_all"]

_DECODING = "onrecord.reader.decoding"

Other = TypeVar("Other")


def read(document: Document, encoder: Encoder | None = None, *, model: str = FULL) -> Reading:
    """Everything that stands in a document, by this encoder or else by the reader of this name (`onrecord.reader.models`).
    Raises ReaderError where there is no such reader, or the weights are missing or damaged."""
    encoder = encoder or _loaded(model)
    from onrecord.reader.decoding import decode
    from onrecord.reader.heads.annotate import annotate

    return decode(annotate(document, encoder), encoder.name)


def read_all(
    documents: Iterable[Document | Other], *, workers: int = 1, encoder: Encoder | None = None, model: str = FULL
) -> Iterator[Reading | Other | InputError]:
    """The readings of documents, in their order, each what `read` gives of it. Raises ReaderError as `read` does.

    What is no document (an InputError of intake, say) is passed on in its place. Documents are asked for a few before their
    turn and readings made as they are taken, so that memory does not grow with their number. With one worker this process
    reads, its threads running the encoder on what comes next. More `workers` are processes that share one copy of the
    weights; a document at which one of them dies is an InputError in its place, and the others go on. One that takes longer
    than `onrecord.patience` has is an OutOfTime: between two steps here, or by the end of the process that reads it. One
    that brings out a fault of the reader is an Unread; the fault is logged.
    """
    given = iter(documents)
    for item in given:
        if isinstance(item, Document):
            from onrecord.reader.workers import read_by_workers

            read_them = _read_here if workers == 1 else partial(read_by_workers, workers=workers)
            yield from read_them(chain([item], given), encoder=encoder or _loaded(model))
        else:
            yield item


def _read_here(documents: Iterable[Document | Other], encoder: Encoder) -> Iterator[Reading | Other | InputError]:
    from onrecord.reader.decoding import decode
    from onrecord.reader.faults import set_aside
    from onrecord.reader.heads.annotate import Seen, annotate_all, called

    for found in annotate_all(documents, encoder):
        outcome: Reading | Other | InputError
        if isinstance(found, Seen):
            try:
                with found.deadline:
                    outcome = decode(found.annotated, encoder.name)
            except OutOfTime as error:
                outcome = error
            except Exception as error:  # noqa: BLE001  of one document; what is none of reading is raised again
                outcome = set_aside(error, called(found.annotated.document))
        else:
            outcome = found
        yield outcome


def _loaded(model: str) -> Encoder:
    """The encoder of this process, and the decoders with it."""
    if _DECODING not in sys.modules:
        _load_both(model)
    from onrecord.reader.heads.encoder import load_encoder

    return load_encoder(model)


def _load_both(model: str) -> None:
    """Loads the weights while the decoders are imported, a tenth of a second each: what a first reading waits for."""
    from onrecord.reader.heads.encoder import preload

    weights = Thread(target=preload, args=(model,))
    weights.start()
    import onrecord.reader.decoding  # noqa: F401

    weights.join()


def __getattr__(name: str) -> Any:
    """The encoder's names on first use: the ledger asks the reader's word lists, and the runtime takes 80 ms to import."""
    if name == "annotate":
        from onrecord.reader.heads.annotate import annotate

        return annotate
    if name == "load_encoder":
        from onrecord.reader.heads.encoder import load_encoder

        return load_encoder
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

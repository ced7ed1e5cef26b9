"""What a cluster read, into a ledger: the readings in the order of their inputs, many at once, as if it had read them.

The ledger derives again what follows from them. So it may hold other articles before, which belong to the same stories, and
what people ruled; and nothing depends on which version of the package the cluster ran.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.cluster import columns
from onrecord.cluster.folder import Folder, Note
from onrecord.errors import OutputError
from onrecord.ledger import Ledger, Receipt
from onrecord.ledger.resuming import Progress
from onrecord.reading import Reading

if TYPE_CHECKING:
    from pyarrow.parquet import ParquetFile

__all__ = ["Loaded", "load"]

_AT_ONCE = 200  # readings in memory beside those that the ledger holds back
_TOGETHER = 2000  # of small tasks that are put into the ledger before they are noted: some batches of it


@dataclass(slots=True)
class Loaded:
    """What became of the documents: `passed` those that an earlier run put into this ledger, `refusals` why others are not
    in it."""

    added: int = 0
    replaced: int = 0
    known: int = 0
    passed: int = 0
    refusals: list[str] = field(default_factory=list)


def load(
    output: Path | str,
    ledger: Ledger,
    *,
    workers: int = 1,
    progress: Callable[[int, int], None] = lambda done, all_: None,
) -> Loaded:
    """Put all that was read into the folder `output` into `ledger`. What another run has put there is passed over, so that
    one that was killed goes on; what the ledger holds already stays.

    Of documents with the same bytes the one is put that `cluster derive` takes. More `workers` than one are processes that
    prepare readings for the ledger, which one process writes. `progress` is told how many documents are done, of how many.
    Raises OutputError where the folder holds nothing or is damaged, LedgerError where the ledger cannot be written.
    """
    folder = Folder(output)
    folder.require()
    notes = [note for note in folder.notes() if note.documents]
    total = sum(note.documents for note in notes)
    found, seen, done = Loaded(), set[bytes](), 0
    for some in _together(notes):
        fresh: list[tuple[ParquetFile, Progress, int]] = []
        for note in some:
            path = folder.documents(note.key)
            mark = Progress.of(ledger, path, note.how[0] or "")
            if not mark.before:
                fresh.append((_opened(path), mark, note.documents))
                continue
            ids = {bytes.fromhex(str(one)) for one in _opened(path).read(columns=["id"]).column("id").to_pylist()}
            found.passed += len(ids - seen)
            seen |= ids
            done += note.documents
        readings = (reading for file, _, _ in fresh for reading in _unseen(file, seen))
        for receipt in ledger.add(readings, workers=workers):
            _count(found, receipt)
            done += 1
            progress(done, total)
        for _, mark, documents in fresh:
            mark.note(documents)
    progress(total, total)
    return found


def _together(notes: Iterable[Note]) -> Iterator[list[Note]]:
    held: list[Note] = []
    for note in notes:
        held.append(note)
        if sum(one.documents for one in held) >= _TOGETHER:
            yield held
            held = []
    if held:
        yield held


def _unseen(file: ParquetFile, seen: set[bytes]) -> Iterator[Reading]:
    for batch in file.iter_batches(batch_size=_AT_ONCE, use_threads=False):
        for reading in columns.readings(batch):
            key = bytes.fromhex(reading.document.id)
            if key not in seen:
                seen.add(key)
                yield reading


def _count(found: Loaded, receipt: Receipt) -> None:
    if receipt.outcome == "refused":
        found.refusals.append(f"{receipt.name}: {receipt.reason}")
    else:
        setattr(found, receipt.outcome, getattr(found, receipt.outcome) + 1)


def _opened(path: Path) -> ParquetFile:
    from pyarrow import ArrowException
    from pyarrow.parquet import ParquetFile

    try:
        return ParquetFile(path)
    except (OSError, ArrowException) as error:
        raise OutputError(f"{path}: it cannot be read ({' '.join(str(error).split())[:200]})") from error

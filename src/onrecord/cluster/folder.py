"""What a cluster read, as a folder that all its machines see: files that are whole or absent, and a note when they are.

    documents/KEY.parquet   the readings of a task, in the columns of `columns`, with its number and their place in it
    refused/KEY.parquet     what of the task's documents could not be read, and why
    done/KEY.json           the note, written last: which parts of which files the task has read, by what weights
    derived/TABLE/          what follows from the documents, as Spark writes it

A file without its note is of a task that was killed, and is as good as none. Tasks never write into the same file, and one
that is run twice writes the same again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from onrecord.cluster import columns
from onrecord.errors import InputError, OutputError
from onrecord.reading import Reading

if TYPE_CHECKING:
    import pyarrow
    from pyarrow.parquet import ParquetWriter

__all__ = ["Folder", "Note", "Writer", "hidden", "placed"]

_GROUP = 500  # readings of one group of columns at most: some 10 MB
_CHARACTERS = 4_000_000  # of their texts at most


@dataclass(frozen=True, slots=True)
class Note:
    """A task that is done: its name, a number that no other has, the names of its parts, the weights and facts by which it
    was read (`how`), and how much it holds. It was part of a job of reading `inputs` (a hash of them), at the place `at`.
    """

    key: str
    number: int
    inputs: str
    at: int
    parts: tuple[str, ...]
    how: tuple[str | None, ...]
    documents: int = 0
    refused: int = 0

    @classmethod
    def of(cls, value: dict[str, Any]) -> Note:
        """From its JSON form."""
        return cls(**{**value, "parts": tuple(value["parts"]), "how": tuple(value["how"])})


class Folder:
    """A folder of this form, made where there is none."""

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path).absolute()

    def prepare(self) -> None:
        """Make the folder, or find it to be one. Raises OutputError."""
        try:
            if self.path.exists() and not (self.path / "done").is_dir() and any(self.path.iterdir()):
                raise OutputError(f"{self.path}: it holds something else than what a cluster read")
            for name in ("documents", "refused", "done"):
                (self.path / name).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(f"{self.path}: {error.strerror or error}") from error

    def require(self) -> None:
        """Raises OutputError where it is no folder of this form."""
        if not (self.path / "done").is_dir():
            raise OutputError(f"{self.path}: there is nothing here that a cluster read (`onrecord cluster read`)")

    def notes(self) -> list[Note]:
        """The tasks that are done, those first whose documents count where several have the same bytes.

        That are those of the weights that read last; of the same weights, those of the inputs that were read first; of the
        same inputs, however often their reading was taken up again, those that stand first in them.
        """
        found = []
        try:
            for path in (self.path / "done").glob("*.json"):
                value = json.loads(path.read_text(encoding="utf-8"))
                found.append(Note.of(value))
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise OutputError(f"{self.path / 'done'}: a note that cannot be read ({error})") from error
        last: dict[tuple[str | None, ...], int] = {}
        first: dict[str, int] = {}
        for note in sorted(found, key=lambda note: note.number):
            last[note.how] = note.number
            first.setdefault(note.inputs, note.number)
        return sorted(found, key=lambda note: (-last[note.how], first[note.inputs], note.at, note.number))

    def documents(self, key: str) -> Path:
        """The file of a task's readings."""
        return self.path / "documents" / f"{key}.parquet"

    def refused(self, key: str) -> Path:
        """The file of what a task could not read."""
        return self.path / "refused" / f"{key}.parquet"

    def derived(self, table: str) -> Path:
        """The folder of a derived table."""
        return self.path / "derived" / table

    def writer(self, task: Note) -> Writer:
        """What writes the files of a task, of which it is not known yet how much it holds."""
        return Writer(self, task)


class Writer:
    """Writes the files of one task: readings as they come, in constant memory, then what was refused, then the note."""

    def __init__(self, folder: Folder, task: Note) -> None:
        self._folder, self._task = folder, task
        self._place = self._count = 0
        self._held: list[tuple[int, Reading]] = []
        self._characters = 0
        self._parquet: ParquetWriter | None = None
        self._begun: Path | None = None
        self.refusals: list[tuple[str, str]] = []

    def add(self, found: Reading | InputError) -> None:
        """What became of the next record."""
        self._place += 1
        if isinstance(found, InputError):
            self.refusals.append((found.name if found.line is None else f"{found.name}:{found.line}", found.reason))
            return
        self._held.append((self._place, found))
        self._characters += len(found.document.text)
        if len(self._held) >= _GROUP or self._characters >= _CHARACTERS:
            self._flush()

    def finish(self) -> Note:
        """Put the files where they belong, and note that they are whole."""
        self._flush()
        if self._parquet is not None and self._begun is not None:
            self._parquet.close()
            placed(self._begun, self._folder.documents(self._task.key))
        if self.refusals:
            _write(self._folder.refused(self._task.key), lambda path: _write_table(path, _refused(self.refusals)))
        note = replace(self._task, documents=self._count, refused=len(self.refusals))
        told = json.dumps(asdict(note), ensure_ascii=False)
        _write(self._folder.path / "done" / f"{note.key}.json", lambda path: path.write_text(told, encoding="utf-8"))
        return note

    def give_up(self) -> None:
        """Leave nothing behind of a task that was not finished."""
        if self._parquet is not None and self._begun is not None:
            self._parquet.close()
            self._begun.unlink(missing_ok=True)

    def _flush(self) -> None:
        if not self._held:
            return
        import pyarrow
        from pyarrow.parquet import ParquetWriter

        places = pyarrow.array([place for place, _ in self._held], pyarrow.int64())
        tasks = pyarrow.array([self._task.number] * len(self._held), pyarrow.int64())
        table = columns.table(reading for _, reading in self._held)
        table = table.append_column("task", tasks).append_column("place", places)
        if self._parquet is None:
            self._begun = hidden(self._folder.documents(self._task.key))
            self._parquet = ParquetWriter(self._begun, table.schema, compression="zstd")
        self._parquet.write_table(table)
        self._count += len(self._held)
        self._held, self._characters = [], 0


def _refused(refusals: Iterable[tuple[str, str]]) -> pyarrow.Table:
    import pyarrow

    names, reasons = zip(*refusals, strict=True)
    return pyarrow.table({"name": list(names), "reason": list(reasons)})


def _write_table(path: Path, table: pyarrow.Table) -> None:
    from pyarrow.parquet import write_table

    write_table(table, path, compression="zstd")


def _write(path: Path, write: Callable[[Path], object]) -> None:
    begun = hidden(path)
    write(begun)
    placed(begun, path)


def hidden(path: Path) -> Path:
    """A name in the same folder that nothing else has and that whoever lists Parquet files passes over."""
    return path.with_name(f".{path.name}.{uuid4().hex}")


def placed(begun: Path, path: Path) -> None:
    """A file under its name, once it is on the disk."""
    with begun.open("rb") as stream:
        os.fsync(stream.fileno())
    begun.replace(path)

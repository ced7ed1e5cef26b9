"""Reading by a cluster: files in parts, parts in tasks, each task the readings of its parts in one Parquet file.

Spark shares the tasks out, tries one again whose executor was lost, and starts none twice that is done. What a task does is
what `onrecord read` does: intake, then `read`, one document after the other; so what comes out is the same.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from hashlib import sha256
from itertools import chain
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

from onrecord.cluster.daemon import MODEL
from onrecord.cluster.folder import Folder, Note
from onrecord.cluster.planning import plan, share_out
from onrecord.cluster.session import answering
from onrecord.errors import OnrecordError
from onrecord.intake.article import About
from onrecord.intake.dates import require_iso
from onrecord.intake.parts import Part
from onrecord.patience import SECONDS
from onrecord.reader.models import FULL

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import SparkSession

__all__ = ["Read", "read"]

_TOLD = 20  # refusals that a task tells by name; all of them stand in its file
_SUMMARY = "key string, documents long, again long, refused long, told string, failed string"
_WAIT = 0.5  # seconds between two looks at how far the job is


@dataclass(frozen=True, slots=True)
class Read:
    """What became of a job: how many of its tasks and parts were done before, how many documents were read now, how many
    were there already with the same bytes in the same task, and how many were refused. `refusals` are the first of these;
    `failed` the tasks that could not be finished, which another run takes up again.
    """

    parts: int = 0
    parts_before: int = 0
    tasks: int = 0
    documents: int = 0
    again: int = 0
    refused: int = 0
    refusals: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Task:
    """What is sent to an executor, with the note that it is to leave."""

    folder: str
    note: Note
    parts: tuple[Part, ...]
    given: dict[str, Any]
    model: str
    seconds: float | None


def read(  # noqa: PLR0913 - each is given by its name
    session: SparkSession,
    inputs: Iterable[Path | str],
    output: Path | str,
    *,
    published: str | None = None,
    publisher: str | None = None,
    model: str = FULL,
    seconds: float | None = SECONDS,
    progress: Callable[[int, int], None] = lambda done, all_: None,
) -> Read:
    """Read what `inputs` hold (files, folders, globs) into the folder `output`, all of which every machine must see by the
    same paths. What was read into it before is passed over.

    `published` and `publisher` hold for every document, over what it states itself; `model` is the reader's name. A document
    that takes more than `seconds` to make or to read is refused. `progress` is told how many tasks are done, and of how
    many. Raises Malformed where `published` is no date, OutputError where the folder cannot be written, ReaderError without
    weights or for a name that no reader has, ClusterError where Spark gives up.
    """
    from onrecord.reader import load_encoder

    given: dict[str, Any] = {}
    if published is not None:
        given["published"] = require_iso(published)
    if publisher is not None:
        given["publisher"] = publisher
    how = (load_encoder(model).name, given.get("published"), given.get("publisher"))
    inputs = list(inputs)
    folder = Folder(output)
    folder.prepare()
    notes = folder.notes()
    planned = plan(session, inputs, how)
    done = {name for note in notes for name in note.parts}
    left = [(name, part) for name, part in planned.parts if name not in done]
    places = {name: place for place, (name, _) in enumerate(planned.parts)}
    number = max((note.number for note in notes), default=-1) + 1
    tasks = [
        _Task(
            folder=str(folder.path),
            note=Note(
                key=_name(*(name for name, _ in some)),
                number=number + place,
                inputs=_name(*map(str, inputs)),
                at=places[some[0][0]],
                parts=tuple(name for name, _ in some),
                how=how,
            ),
            parts=tuple(part for _, part in some),
            given=given,
            model=model,
            seconds=seconds,
        )
        for place, some in enumerate(share_out(left, session.sparkContext.defaultParallelism))
    ]
    with _told_to_load(session, model):
        rows = _run(session, tasks, progress) if tasks else []
    told = [line for row in rows for line in json.loads(row["told"])]
    return Read(
        parts=len(planned.parts),
        parts_before=len(planned.parts) - len(left),
        tasks=len(tasks),
        documents=sum(row["documents"] for row in rows),
        again=sum(row["again"] for row in rows),
        refused=len(planned.refused) + sum(row["refused"] for row in rows),
        refusals=(*map(str, planned.refused), *told),
        failed=tuple(row["failed"] for row in rows if row["failed"] is not None),
    )


def _name(*parts: str) -> str:
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


@contextmanager
def _told_to_load(session: SparkSession, model: str) -> Iterator[None]:
    """Tasks that are begun within come from a process that has the weights of this reader."""
    environment = session.sparkContext.environment
    environment[MODEL] = model
    try:
        yield
    finally:
        environment.pop(MODEL, None)


def _run(session: SparkSession, tasks: Sequence[_Task], progress: Callable[[int, int], None]) -> list[dict[str, Any]]:
    """The rows that the tasks answer with. The job runs beside, so that whoever waits can be told how far it is."""
    context = session.sparkContext
    rows: list[dict[str, Any]] = []
    failure: list[Exception] = []
    group = f"onrecord read {tasks[0].note.key}"

    def job() -> None:
        try:
            context.setJobGroup(group, "reading", interruptOnCancel=True)
            lines = context.parallelize([(json.dumps(asdict(task)),) for task in tasks], len(tasks))
            with answering():
                found = session.createDataFrame(lines, "task string").mapInArrow(_read_tasks, _SUMMARY)
                rows.extend(row.asDict() for row in found.collect())
        except Exception as error:  # noqa: BLE001  raised again below
            failure.append(error)

    thread = Thread(target=job, name="onrecord-job", daemon=True)
    thread.start()
    try:
        while thread.is_alive():
            thread.join(_WAIT)
            progress(_finished(context, group), len(tasks))
    except BaseException:  # Ctrl+C: tasks that are under way are ended, those that are done stay done
        context.cancelJobGroup(group)
        raise
    if failure:
        raise failure[0]
    return rows


def _finished(context: Any, group: str) -> int:
    tracker = context.statusTracker()
    stages = chain.from_iterable(
        job.stageIds for number in tracker.getJobIdsForGroup(group) if (job := tracker.getJobInfo(number)) is not None
    )
    return sum(about.numCompletedTasks for stage in stages if (about := tracker.getStageInfo(stage)) is not None)


def _read_tasks(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
    """What an executor runs: tasks as JSON in, a summary of each out. The readings go into the folder."""
    import pyarrow

    for batch in batches:
        for line in batch.column("task").to_pylist():
            yield pyarrow.RecordBatch.from_pylist([_read_task(_task(json.loads(str(line))))], schema=_summary_schema())


def _task(value: dict[str, Any]) -> _Task:
    parts = tuple(Part(**part) for part in value.pop("parts"))
    return _Task(note=Note.of(value.pop("note")), parts=parts, **value)


def _read_task(task: _Task) -> dict[str, Any]:
    from onrecord.cluster.apart import Again, read_apart

    writer = Folder(task.folder).writer(task.note)
    again = 0
    try:
        for found in read_apart(task.parts, About(**task.given), model=task.model, seconds=task.seconds):
            if isinstance(found, Again):
                again += 1
            else:
                writer.add(found)
        note = writer.finish()
    except (OnrecordError, OSError) as error:  # a full disk, no weights: this task is left for another run
        writer.give_up()
        return _summary(task.note.key, failed=f"{task.parts[0].path} and what is read with it: {error}")
    told = [f"{name}: {reason}" for name, reason in writer.refusals[:_TOLD]]
    return _summary(note.key, documents=note.documents, again=again, refused=note.refused, told=told)


def _summary(
    key: str,
    *,
    documents: int = 0,
    again: int = 0,
    refused: int = 0,
    told: Sequence[str] = (),
    failed: str | None = None,
) -> dict[str, Any]:
    return {
        "key": key,
        "documents": documents,
        "again": again,
        "refused": refused,
        "told": json.dumps(list(told)),
        "failed": failed,
    }


def _summary_schema() -> pyarrow.Schema:
    import pyarrow

    words, number = pyarrow.string(), pyarrow.int64()
    kinds: dict[str, pyarrow.DataType] = dict.fromkeys(("key", "told", "failed"), words)
    kinds |= dict.fromkeys(("documents", "again", "refused"), number)
    return pyarrow.schema({name: kinds[name] for name in ("key", "documents", "again", "refused", "told", "failed")})

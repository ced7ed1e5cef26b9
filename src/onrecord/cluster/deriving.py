"""What follows from all documents that a cluster read: by the ledger's own rules, with what they need joined by Spark.

    kept      of each document the keys and features that the ledger keeps
    links     which documents are how alike          pairs    which are copies
    stories   which documents make one story         units    what stories and copies connect
    told      of each unit its tables, by a ledger in memory
    people    who is one across stories              speakers what all say

Each step stands in a folder of its own until all are done, so that a run that was killed goes on where it was.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord import __version__
from onrecord.cluster import candidates
from onrecord.cluster.folder import Folder, Note
from onrecord.cluster.people import PEOPLE, SPEAKERS, join_people, sum_speakers
from onrecord.cluster.session import answering
from onrecord.cluster.telling import PARTS, TOLD, stories, tell, units
from onrecord.errors import OutputError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

__all__ = ["TABLES", "Derived", "derive", "documents_of"]

TABLES = {name: kind for name, kind in (TOLD | PEOPLE | SPEAKERS).items() if name not in ("labels",)}
"""The tables that are derived, with the kind of their rows."""

_STEPS = ("kept", "links", "pairs", "stories", "units", "told", "people", "speakers")
_A_PARTITION = 2000  # documents: some 40 MB of readings
_MOST_PARTITIONS = 20_000


@dataclass(frozen=True, slots=True)
class Derived:
    """How many documents there are, those with the same bytes counted once, and how many rows of each table. `before`: all
    of it was derived before."""

    documents: int
    rows: dict[str, int] = field(default_factory=dict)
    before: bool = False


def derive(
    session: SparkSession, output: Path | str, *, progress: Callable[[int, int], None] = lambda done, all_: None
) -> Derived:
    """Fill `derived` in the folder of what a cluster read. `progress` is told how many steps are done, and of how many.

    Raises OutputError where the folder holds nothing or cannot be written, ClusterError where Spark gives up.
    """
    folder = Folder(output)
    folder.require()
    notes = folder.notes()
    described = [__version__, *(note.key for note in notes)]
    fingerprint = sha256(" ".join(described).encode()).hexdigest()[:32]
    about = folder.derived("about.json")
    if about.exists():
        before = json.loads(about.read_text(encoding="utf-8"))
        if before["fingerprint"] == fingerprint:
            return Derived(before["documents"], before["rows"], before=True)
    try:
        with answering():
            found = _Job(session, folder, folder.derived(f".{fingerprint}"), notes, progress).run()
    except OSError as error:
        raise OutputError(f"{folder.path}: {error.strerror or error}") from error
    about.write_text(
        json.dumps({"fingerprint": fingerprint, "documents": found.documents, "rows": found.rows}), encoding="utf-8"
    )
    return found


def documents_of(session: SparkSession, folder: Folder, notes: Sequence[Note]) -> DataFrame:
    """The readings of all tasks that are done, each with its `number`, and the same bytes once: see `Folder.notes`."""
    from pyspark.sql import functions as f

    paths = [str(folder.documents(note.key)) for note in notes if note.documents]
    if not paths:
        raise OutputError(f"{folder.path}: there are no documents in it")
    found = session.read.parquet(*paths)
    found = found.withColumn("number", f.col("task") * f.lit(2**32) + f.col("place"))
    ranked = [(note.number, rank) for rank, note in enumerate(notes)]
    rank = f.broadcast(session.createDataFrame(ranked, "task long, rank long"))
    order = f.struct("rank", "number")
    same = found.select("id", "task", "number").join(rank, "task").groupBy("id")
    several = same.agg(f.count("*").alias("times"), f.min(order).alias("first")).where("times > 1")
    again = found.select("id", f.col("number").alias("again")).join(several.select("id", "first.number"), "id")
    again = again.where(f.col("again") != f.col("number")).select(f.col("again").alias("number")).localCheckpoint()
    # Sent to all, so that the documents stay where they are: most folders have none, and news archives few in a thousand.
    return found if again.isEmpty() else found.join(f.broadcast(again), "number", "left_anti")


class _Job:
    def __init__(
        self,
        session: SparkSession,
        folder: Folder,
        work: Path,
        notes: Sequence[Note],
        progress: Callable[[int, int], None],
    ) -> None:
        self.session, self.folder, self.work, self.notes, self.progress = session, folder, work, notes, progress

    def run(self) -> Derived:
        total = sum(note.documents for note in self.notes)
        cores = self.session.sparkContext.defaultParallelism
        partitions = min(_MOST_PARTITIONS, max(cores, -(-total // _A_PARTITION)))
        before = self.session.conf.get("spark.sql.shuffle.partitions")
        self.session.conf.set("spark.sql.shuffle.partitions", str(partitions))
        try:
            return self._run()
        finally:
            self.session.conf.set("spark.sql.shuffle.partitions", str(before))

    def _run(self) -> Derived:
        documents = documents_of(self.session, self.folder, self.notes)
        kept = self._step("kept", lambda: candidates.features(documents))
        links = self._step("links", lambda: candidates.story_links(kept))
        pairs = self._step("pairs", lambda: candidates.copy_pairs(kept))
        together = self._step("stories", lambda: stories(links, kept.select("number", "id")))
        units_ = self._step("units", lambda: units(together, pairs))
        rows = self._written("told", lambda folder: tell(_with_units(documents, units_), folder))
        told = {name: self.session.read.parquet(str(self.work / "told" / name)) for name in PARTS}
        rows |= self._written("people", lambda folder: join_people(told["persons"], folder))
        labels = self.session.read.parquet(str(self.work / "people" / "labels"))
        rows |= self._written("speakers", lambda folder: sum_speakers(told["voices"], told["ties"], labels, folder))
        found = Derived(kept.count(), {name: rows[name] for name in TABLES})
        self._place()
        return found

    def _step(self, name: str, make: Callable[[], DataFrame]) -> DataFrame:
        path = self.work / name
        if not (path / "_SUCCESS").exists():
            self._describe(name)
            make().write.mode("overwrite").parquet(str(path))
        self.progress(_STEPS.index(name) + 1, len(_STEPS))
        return self.session.read.parquet(str(path))

    def _written(self, name: str, write: Callable[[Path], dict[str, int]]) -> dict[str, int]:
        path = self.work / name
        success = path / "_SUCCESS"
        if not success.exists():
            self._describe(name)
            shutil.rmtree(path, ignore_errors=True)
            path.mkdir(parents=True)
            success.write_text(json.dumps(write(path)), encoding="utf-8")
        self.progress(_STEPS.index(name) + 1, len(_STEPS))
        rows: dict[str, int] = json.loads(success.read_text(encoding="utf-8"))
        return rows

    def _describe(self, step: str) -> None:
        """What Spark's own pages say of the jobs that follow."""
        self.session.sparkContext.setJobDescription(f"onrecord derive: {step}")

    def _place(self) -> None:
        """Put the tables in the place of those that were derived before."""
        self.folder.derived("about.json").unlink(missing_ok=True)
        made = {path.name: path for step in ("told", "people", "speakers") for path in (self.work / step).iterdir()}
        for name in TABLES:
            shutil.rmtree(self.folder.derived(name), ignore_errors=True)
            made[name].replace(self.folder.derived(name))
        shutil.rmtree(self.work)


def _with_units(documents: DataFrame, units: DataFrame) -> DataFrame:
    from pyspark.sql import functions as f

    return documents.join(units, "number", "left").withColumn("unit", f.coalesce("unit", "number"))

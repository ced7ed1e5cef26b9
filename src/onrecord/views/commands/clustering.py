"""Commands for more articles than one machine reads: `onrecord cluster …`, by Apache Spark."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.views import console
from onrecord.views.options import ByWhat, LedgerPath, Published, Publisher, Workers
from onrecord.views.spread import spread

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

__all__ = ["app"]

_SHOWN = 50  # refusals that are told by name
_MEMORY = re.compile(r"[1-9]\d*[kmgt]b?", re.IGNORECASE)


def _memory(value: str | None) -> str | None:
    if value is not None and not _MEMORY.fullmatch(value):
        raise typer.BadParameter(f"{value!r} is no amount of memory such as 512m or 4g")
    return value


def _settings(values: list[str] | None) -> list[str]:
    for value in values or ():
        if not re.fullmatch(r"spark\.[\w.-]+=.*", value):
            raise typer.BadParameter(f"{value!r} is no setting of Spark such as spark.executor.cores=4")
    return values or []


Output = Annotated[
    Path, typer.Argument(metavar="OUTPUT", help="The folder for what is read; all machines must see it.")
]


@dataclass(frozen=True, slots=True)
class Cluster:
    """What Spark runs on."""

    master: Annotated[
        str | None,
        typer.Option(
            metavar="URL",
            show_default=False,
            help="What Spark runs on: local[*] (this machine, all cores) unless told; spark://host:7077, yarn, k8s://….",
        ),
    ] = None
    memory: Annotated[
        str | None,
        typer.Option(
            callback=_memory,
            metavar="SIZE",
            show_default=False,
            help="For Java in each executor, such as 4g; Spark's own 1g unless told.",
        ),
    ] = None
    conf: Annotated[
        list[str] | None,
        typer.Option(
            callback=_settings, metavar="NAME=VALUE", show_default=False, help="A setting of Spark; may be repeated."
        ),
    ] = None

    @contextmanager
    def session(self, log: Path) -> Iterator[SparkSession]:
        """A session whose own messages go to the file `log`."""
        from onrecord.cluster import Settings, open_session

        conf = dict(setting.split("=", 1) for setting in self.conf or ())
        with open_session(Settings(self.master, self.memory, conf), log=log) as session:
            yield session


app = typer.Typer(name="cluster", no_args_is_help=True, help="Read more than one machine can, by Apache Spark.")


@app.command()
@spread
def read(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE…", help="Files of any kind that are read, folders of them, or patterns in quotes."
        ),
    ],
    output: Output,
    cluster: Cluster,
    by: ByWhat,
    published: Published = None,
    publisher: Publisher = None,
) -> None:
    """Read articles into the folder OUTPUT, as Parquet in the record schema. What was read into it before is passed over."""
    from onrecord.cluster import Folder
    from onrecord.cluster import read as read_them

    Folder(output).prepare()
    with cluster.session(output / "spark.log") as session, console.counted("reading") as progress:
        done = read_them(
            session,
            files,
            output,
            published=published,
            publisher=publisher,
            model=by.model,
            seconds=by.seconds,
            progress=progress,
        )
    for refusal in done.refusals[:_SHOWN]:
        console.complain(f"refused {refusal}")
    if done.refused > _SHOWN:
        console.complain(f"refused {done.refused:,} in all: see {output / 'refused'}")
    for failure in done.failed:
        console.complain(f"not done: {failure}")
    before = f", {done.parts_before:,} of {done.parts:,} parts were read before" if done.parts_before else ""
    again = f", {done.again:,} again" if done.again else ""
    console.line(f"{done.documents:,} read{again}, {done.refused:,} refused{before}")
    if done.refused or done.failed:
        raise typer.Exit(1)


@app.command()
@spread
def derive(output: Output, cluster: Cluster) -> None:
    """Derive what follows from all that was read into OUTPUT: stories, copies, people, claims, series, conflicts."""
    from onrecord.cluster import Folder
    from onrecord.cluster import derive as derive_all

    Folder(output).require()
    with cluster.session(output / "spark.log") as session, console.counted("deriving") as progress:
        found = derive_all(session, output, progress=progress)
    counted = ", ".join(f"{count:,} {name}" for name, count in found.rows.items() if name != "refused")
    console.line(f"{found.documents:,} documents: {counted}{' (derived before)' if found.before else ''}")
    if found.rows.get("refused"):
        console.complain(f"{found.rows['refused']:,} documents were left out: see {output / 'derived' / 'refused'}")
        raise typer.Exit(1)


@app.command()
def load(output: Output, ledger: LedgerPath, workers: Workers = 1) -> None:
    """Put all that was read into OUTPUT into LEDGER, which is made where there is none. Run again, it goes on."""
    from onrecord.cluster import Folder
    from onrecord.cluster import load as load_all
    from onrecord.ledger import Ledger

    Folder(output).require()
    with Ledger.open(ledger) as book, console.counted("loading") as progress:
        done = load_all(output, book, workers=workers, progress=progress)
    for refusal in done.refusals[:_SHOWN]:
        console.complain(f"refused {refusal}")
    outcomes = {"added": done.added, "replaced": done.replaced, "known": done.known + done.passed}
    outcomes["refused"] = len(done.refusals)
    console.line(", ".join(f"{count:,} {name}" for name, count in outcomes.items() if count) or "nothing to add")
    if done.refusals:
        raise typer.Exit(1)

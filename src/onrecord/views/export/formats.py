"""The formats a ledger is exported in: what each is called, whether it is a file or a folder, and who writes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from onrecord.errors import OutputError
from onrecord.ledger.steady import steady
from onrecord.views.export.chosen import Chosen
from onrecord.views.export.writing import file_at, folder_at, manifest

__all__ = ["FORMATS", "Format", "Written", "export"]

ROWS = (
    "documents",
    "statements",
    "figures",
    "speakers",
    "stories",
    "copies",
    "claims",
    "series",
    "conflicts",
    "timeline",
    "corrections",
)


@dataclass(frozen=True, slots=True)
class Format:
    """One format. `module` writes it: `write` a file, `fill` a folder; where it takes a kind of rows, that is named too.

    Writers are imported when they are wanted: Arrow and the web pages take longer to import than a small ledger to write.
    """

    about: str
    module: str
    write: str | None = None
    fill: str | None = None
    kinds: tuple[str, ...] = ()

    def writer(self, name: str) -> Callable[..., Any]:
        found: Callable[..., Any] = getattr(import_module(f"onrecord.views.export.{self.module}"), name)
        return found


FORMATS: dict[str, Format] = {
    "csv": Format("comma-separated values, a file for each kind of row", "tabular", "write_csv", "fill_csv", ROWS),
    "jsonl": Format(
        "JSON Lines, a file for each kind of row", "tabular", "write_jsonl", "fill_jsonl", (*ROWS, "readings")
    ),
    "parquet": Format("Parquet, a file for each kind of row", "parquet", "write", "fill", ROWS),
    "jsonld": Format("schema.org in JSON-LD: articles, quotations, claims, reviews to be made", "jsonld", "write"),
    "prov": Format("W3C PROV, as PROV-JSON", "prov", "write_json"),
    "prov-o": Format("W3C PROV, as PROV-O in N-Triples", "prov", "write_triples"),
    "ftm": Format("FollowTheMoney entities, one a line", "ftm", "write"),
    "gkg": Format("rows in the columns of GDELT's GKG 2.1", "gkg", "write"),
    "stix": Format("a STIX 2.1 bundle: identities, notes, opinions, reports", "stix", "write"),
    "datasette": Format("metadata with which Datasette shows the ledger's file well", "datasette", "write"),
    "site": Format("a static site of the whole ledger", "site", fill="fill"),
    "webannotation": Format("W3C Web Annotations, one for each record", "webannotation", "write"),
}


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: the number of things of each kind, and the path; None is standard output."""

    path: Path | None
    counts: dict[str, int] = field(default_factory=dict)


def export(
    chosen: Chosen, name: str, path: Path | None = None, *, kind: str | None = None, force: bool = False
) -> Written:
    """Write the chosen part of a ledger in the format `name` to `path`, whole or not at all.

    `kind`: one kind of rows alone, as one file, where the format has several. Without a `path` a file goes to standard
    output; a folder needs one. `force` replaces what an earlier export wrote. Raises OutputError where something is in
    the way or cannot be written, LedgerError where the ledger cannot be read, or is written to meanwhile.
    """
    wanted = FORMATS[name]
    if kind is not None and kind not in wanted.kinds:
        several = f"is one of {', '.join(wanted.kinds)}" if wanted.kinds else "does not apply: it has none"
        raise OutputError(f"{name}: a kind of rows {several}, not {kind!r}")
    if wanted.write is not None and (kind is not None or not wanted.kinds):
        write = wanted.writer(wanted.write)
        given = () if kind is None else (kind,)
        with file_at(path, force=force) as out, steady(chosen.ledger):
            found = write(chosen, out, *given)
        return Written(path, found if isinstance(found, dict) else {kind or "rows": found})
    if path is None:
        raise OutputError(f"{name}: it is a folder; name one with --output")
    assert wanted.fill is not None  # a format without a file is a folder
    fill = wanted.writer(wanted.fill)
    with folder_at(path, force=force) as folder:
        with steady(chosen.ledger):
            counts: dict[str, int] = fill(chosen, folder)
        manifest(folder, _about(chosen, name, counts))
    return Written(path, counts)


def _about(chosen: Chosen, name: str, counts: dict[str, int]) -> dict[str, Any]:
    from onrecord import __version__

    selection = {key: value for key, value in asdict(chosen.selection).items() if value is not None}
    return {
        "onrecord": __version__,
        "format": name,
        "selection": selection,
        "models": list(chosen.models),
        "counts": counts,
    }

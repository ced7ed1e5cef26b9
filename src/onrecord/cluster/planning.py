"""What a cluster is to read, in parts of about one size: which files, cut where, and which of them go into one task."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from glob import glob, has_magic
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.cluster.session import answering
from onrecord.errors import InputError, Malformed, MissingInput
from onrecord.intake.addresses import is_address
from onrecord.intake.parts import Part, cut
from onrecord.intake.sources import sources

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

__all__ = ["Planned", "plan", "share_out"]

_CUT_FROM = 256_000  # bytes of a file that is cut: nearly all pages are smaller

# A file is cut into so many parts, of no fewer and no more bytes than these: from 15 articles, two seconds of reading, to
# 2,000. That follows from the file alone, so that its parts keep their names.
_PARTS = 256
_LEAST, _MOST = 64_000, 8_000_000

_TASK = _MOST  # bytes of a task at most: how much work a lost executor costs, and a file of the output holds
_FILES = 500  # of a task at most, where they are small
_TASKS_A_CORE = 4  # at least, where there is less to read: so that none waits long for the last of the others


@dataclass(frozen=True, slots=True)
class Planned:
    """Parts with their names in the notes, in the order of the inputs; what cannot be read at all."""

    parts: list[tuple[str, Part]] = field(default_factory=list)
    refused: list[InputError] = field(default_factory=list)


def plan(session: SparkSession, inputs: Iterable[Path | str], how: Sequence[str | None]) -> Planned:
    """The parts of all files of `inputs`. A part is called after its file, its place in it and `how` it is read, so that a
    file that was changed, or is read by other weights, has other parts."""
    planned = Planned()
    files: list[tuple[Path, int, int]] = []
    for given in inputs:
        for path in _sources(given):
            if isinstance(path, InputError):
                planned.refused.append(path)
                continue
            try:
                stat = path.stat()
            except (OSError, ValueError):
                planned.refused.append(MissingInput(str(path), "no such file, or not to be looked into"))
                continue
            files.append((path.absolute(), stat.st_size, stat.st_mtime_ns))
    files = list(dict.fromkeys(files))
    large = [str(path) for path, size, _ in files if size > _CUT_FROM]
    parts = dict(zip(large, _cut_all(session, large), strict=True))
    for path, size, changed in files:
        for part in parts.get(str(path)) or [Part(str(path), size)]:
            described = json.dumps([asdict(part), size, changed, *how], ensure_ascii=False)
            planned.parts.append((sha256(described.encode("utf-8", "surrogatepass")).hexdigest()[:32], part))
    return planned


def _sources(given: Path | str) -> Iterator[Path | InputError]:
    if str(given) == "-" or is_address(given):
        yield Malformed(str(given), "a cluster reads files that all its machines see, and nothing else")
    elif has_magic(str(given)) and not Path(given).exists():
        found = sorted(glob(str(given), recursive=True))  # noqa: PTH207 - absolute or not, as a shell would
        yield from sources(found) if found else [MissingInput(str(given), "no file is called so")]
    else:
        yield from sources([given])


def _cut_all(session: SparkSession, paths: Sequence[str]) -> Sequence[list[Part]]:
    """Large files in parts, looked through by the executors: to count the lines of a terabyte takes its time."""
    if not paths:
        return []
    with answering():
        context = session.sparkContext
        found: list[list[Part]] = context.parallelize(paths, min(len(paths), 1000)).map(_cut).collect()
    return found


def _cut(path: str) -> list[Part]:
    found = Path(path)
    size = found.stat().st_size if found.exists() else 0  # else reading it will say what is wrong with it
    return cut(found, min(max(size // _PARTS, _LEAST), _MOST))


def share_out(parts: Sequence[tuple[str, Part]], cores: int) -> Iterator[list[tuple[str, Part]]]:
    """Parts in tasks: neighbours together, up to a size, and no fewer tasks than keep all cores busy."""
    size = sum(part.size for _, part in parts)
    most = min(_TASK, size // (cores * _TASKS_A_CORE))
    held: list[tuple[str, Part]] = []
    weight = 0
    for name, part in parts:
        held.append((name, part))
        weight += part.size
        if weight >= most or len(held) >= _FILES:
            yield held
            held, weight = [], 0
    if held:
        yield held

"""Where an export goes: a file, a folder or standard output, whole or not at all."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, TextIO

from onrecord.errors import OutputError

__all__ = ["MANIFEST", "dump", "file_at", "folder_at", "json_document", "manifest", "text"]

MANIFEST = "export.json"
"""The file that says what a folder holds. A folder without one was not written by an export, and is never replaced."""


@contextmanager
def file_at(path: Path | None, *, force: bool = False) -> Iterator[IO[bytes]]:
    """A file to write at `path` (None: standard output), which takes its place when it is whole.

    Raises OutputError where there is something at `path` and not `force`, or where it cannot be written.
    """
    if path is None:
        sys.stdout.flush()
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    if path.is_dir():
        raise OutputError(f"{path}: it is a folder; this format is one file")
    _refuse_taken(path, force)
    with _boundary(path):
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.absolute().parent)
    part = Path(name)
    try:
        with _boundary(path), os.fdopen(handle, "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        with _boundary(path):
            part.chmod(0o666 & ~_umask())
            part.replace(path)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def folder_at(path: Path, *, force: bool = False) -> Iterator[Path]:
    """A folder to fill, which takes its place at `path` when it is whole.

    With `force` a folder that an export wrote is replaced; any other raises OutputError, as does one that is there
    without `force`. An empty folder may be filled.
    """
    if path.exists() and not path.is_dir():
        raise OutputError(f"{path}: it is a file; this format is a folder")
    taken = path.is_dir() and any(path.iterdir())
    if taken:
        _refuse_taken(path, force)
        if not (path / MANIFEST).is_file():
            raise OutputError(f"{path}: it was not written by an export (it has no {MANIFEST}); choose another folder")
    with _boundary(path):
        parent = path.absolute().parent
        part = Path(tempfile.mkdtemp(prefix=f".{path.name}.", suffix=".part", dir=parent))
    try:
        with _boundary(path):
            yield part
            part.chmod(0o777 & ~_umask())
            if path.is_dir():
                old = Path(tempfile.mkdtemp(prefix=f".{path.name}.", suffix=".old", dir=parent))
                path.rename(old / "it")
                try:
                    part.rename(path)
                except OSError:
                    (old / "it").rename(path)
                    raise
                finally:
                    shutil.rmtree(old, ignore_errors=True)
            else:
                part.rename(path)
    finally:
        shutil.rmtree(part, ignore_errors=True)


@contextmanager
def text(out: IO[bytes]) -> Iterator[TextIO]:
    """UTF-8 text over a file of bytes; line ends are written as they are given."""
    wrapped = io.TextIOWrapper(out, encoding="utf-8", newline="")
    try:
        yield wrapped
    finally:
        wrapped.flush()
        wrapped.detach()


def dump(value: Any) -> str:
    """One line of JSON, characters outside ASCII as they are."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def json_document(out: TextIO, around: Sequence[tuple[Mapping[str, Any], str]], items: Iterable[Any]) -> int:
    """Write nested JSON objects and, in the innermost, a list of the items, one a line. Gives the number of items.

    `around` are the objects from the outside in, each with the name under which it holds the next, the last the list.
    """
    for members, name in around:
        out.write(dump(members).removesuffix("}") + (", " if members else "") + dump(name) + ": ")
    number = 0
    out.write("[")
    for number, item in enumerate(items, 1):
        out.write(("\n" if number == 1 else ",\n") + dump(item))
    out.write("\n]" + "}" * len(around) + "\n")
    return number


def manifest(folder: Path, about: Mapping[str, Any]) -> None:
    """Write what a folder holds: `about`, and size and SHA-256 of each of its files."""
    files = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            files[path.relative_to(folder).as_posix()] = {"bytes": path.stat().st_size, "sha256": digest}
    whole = {**about, "files": files}
    (folder / MANIFEST).write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _refuse_taken(path: Path, force: bool) -> None:
    if path.exists() and not force:
        raise OutputError(f"{path}: it is there already; --force replaces it")


@contextmanager
def _boundary(path: Path) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(f"{path}: {error.strerror or error}") from error


def _umask() -> int:
    """The mask of new files: temporary ones are made for their owner alone."""
    mask = os.umask(0)
    os.umask(mask)
    return mask

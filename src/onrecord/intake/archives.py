"""Archives, zip and tar: the files in them, one at a time and straight from the archive.

Nothing is ever written under a member's name, links are not followed, and what is locked, leads out of the archive or grows
beyond reason is refused by name.
"""

from __future__ import annotations

import io
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from onrecord.errors import EmptyInput, InputError, Malformed, TooLarge
from onrecord.intake.kinds import KINDS, readable
from onrecord.intake.limits import ARCHIVE_BYTES, ARCHIVE_ENTRIES, RATIO, RATIO_FROM
from onrecord.intake.meter import note_skipped
from onrecord.intake.streams import Counted, seekable

__all__ = ["Member", "tar_members", "zip_members"]

_ENCRYPTED = 0x1
# What a zip archive is that is no archive of files, by a member that all of its kind have.
_DOCUMENTS = {"[Content_Types].xml": "a Word, Excel or PowerPoint file", "mimetype": "an EPUB or OpenDocument file"}


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: its name below the archive's, the last part of it, and its bytes, to be read before the next."""

    name: str
    filename: str
    stream: BinaryIO


@dataclass(slots=True)
class _Budget:
    """What an archive may still hold."""

    name: str
    entries: int = 0
    size: int = 0
    found: bool = field(default=False)

    def entry(self) -> None:
        self.entries += 1
        if self.entries > ARCHIVE_ENTRIES:
            raise TooLarge(self.name, f"more than {ARCHIVE_ENTRIES:,} files in one archive")

    def stream(self, stream: BinaryIO, name: str, packed: int | None) -> BinaryIO:
        """The bytes of a member; more than all may have, or than its packed size explains, are refused."""
        left = ARCHIVE_BYTES - self.size
        if packed is not None:
            left = min(left, max(RATIO_FROM, packed * RATIO))
        counted = Counted(stream, name, most=left)
        return _Spent(counted, self).buffered()


class _Spent(Counted):
    def __init__(self, stream: Counted, budget: _Budget) -> None:
        super().__init__(stream, "")
        self._budget = budget

    def read(self, size: int = -1, /) -> bytes:
        data = super().read(size)
        self._budget.size += len(data)
        return data


def zip_members(stream: BinaryIO, *, name: str) -> Iterator[Member | InputError]:
    """The files of a zip archive in its own order. Of standard input and nested archives a copy is made on the way."""
    source = stream if stream.seekable() else seekable(stream, name)
    try:
        with zipfile.ZipFile(source) as archive:
            budget = _Budget(name)
            listed = archive.infolist()
            if what := next((_DOCUMENTS[i.filename] for i in listed[:3] if i.filename in _DOCUMENTS), None):
                raise Malformed(name, f"{what}: save it as a PDF or text")
            if sum(info.compress_size for info in listed) > source.seek(0, io.SEEK_END):
                raise Malformed(name, "its files lie on top of each other: an archive made to do harm")
            for info in listed:
                budget.entry()
                if not info.filename:
                    yield Malformed(name, "a file without a name in this archive")
                    continue
                if info.is_dir() or (place := _place(name, info.filename)) is None:
                    continue
                if isinstance(place, InputError):
                    yield place
                    continue
                budget.found = True
                if info.flag_bits & _ENCRYPTED:
                    yield Malformed(place, "locked with a password")
                    continue
                try:
                    with archive.open(info) as file:
                        opened = budget.stream(cast(BinaryIO, file), place, info.compress_size)
                        yield Member(place, PurePosixPath(info.filename).name, opened)
                except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError) as error:
                    yield Malformed(
                        place, f"damaged in the archive, or packed in a way that is not known here ({error})"
                    )
            if not budget.found:
                raise EmptyInput(name, f"no readable files in this archive ({', '.join(KINDS)}, also packed)")
    finally:
        if source is not stream:
            source.close()


def tar_members(stream: BinaryIO, *, name: str) -> Iterator[Member | InputError]:
    """The files of a tar archive that is unpacked already, as they come."""
    budget = _Budget(name)
    with tarfile.open(fileobj=stream, mode="r|", errorlevel=0) as archive:
        for info in archive:
            budget.entry()
            if not info.isfile():
                if not info.isdir():
                    note_skipped("link or device in an archive")
                continue
            place = _place(name, info.name)
            if place is None:
                continue
            if isinstance(place, InputError):
                yield place
                continue
            budget.found = True
            file = archive.extractfile(info)
            if file is not None:
                yield Member(place, PurePosixPath(info.name).name, budget.stream(cast(BinaryIO, file), place, None))
            archive.members = []  # type: ignore[attr-defined]  # all that went by would be kept otherwise
    if not budget.found:
        raise EmptyInput(name, f"no readable files in this archive ({', '.join(KINDS)}, also packed)")


def _place(archive: str, member: str) -> str | InputError | None:
    """The name of a member in words, None for one that is not read, an error for one that leads out of the archive."""
    path = PurePosixPath(member.replace("\\", "/"))
    if any(part.startswith(".") and part not in (".", "..") for part in path.parts) or "__MACOSX" in path.parts:
        return None
    if not readable(path.name):
        note_skipped(f"file of another kind in an archive ({path.suffix.lower() or 'no suffix'})")
        return None
    if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
        return Malformed(f"{archive}/{member}", "its name leads out of the archive")
    return f"{archive}/{path}"

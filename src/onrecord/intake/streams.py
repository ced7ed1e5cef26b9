"""Streams of bytes: looked into before they are read, unpacked under a limit, counted, laid aside where they must be sought.

This is the boundary at which errors of the operating system and of decompressors become InputErrors.
"""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import lzma
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable
from typing import BinaryIO, Protocol, cast

from onrecord.errors import InputError, Malformed, MissingInput, TooLarge
from onrecord.intake.limits import ARCHIVE_BYTES, RATIO, RATIO_FROM, SPOOLED
from onrecord.intake.meter import note_bytes

__all__ = [
    "FOREIGN",
    "PACKED",
    "SNIFFED",
    "Counted",
    "ahead",
    "foreign",
    "packing_of",
    "rejoined",
    "seekable",
    "unpacked",
]

PACKED = {".gz": b"\x1f\x8b", ".bz2": b"BZh", ".xz": b"\xfd7zXZ\x00"}

SNIFFED = 4096
"""Bytes by which the kind of a stream is told."""

FOREIGN: tuple[type[Exception], ...] = (
    OSError,
    EOFError,
    ValueError,
    zlib.error,
    lzma.LZMAError,
    zipfile.BadZipFile,
    tarfile.TarError,
    csv.Error,
    NotImplementedError,
)
"""What reading a file raises besides InputErrors: the operating system, decompressors, archives."""

_DAMAGED = (gzip.BadGzipFile, EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, tarfile.TarError)
_PIECE = 1 << 16


class Readable(Protocol):
    """What is needed of a stream."""

    def read(self, size: int = ..., /) -> bytes: ...


class _Reader(io.RawIOBase):
    """A stream that is read by a function of a size."""

    def __init__(self, read: Callable[[int], bytes]) -> None:
        super().__init__()
        self._read = read

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


class Counted:
    """A stream that knows how many bytes were read of it; with `metered` (a file itself), so does the meter.

    Raises TooLarge above `most` bytes.
    """

    def __init__(self, stream: Readable, name: str, *, metered: bool = False, most: int | None = None) -> None:
        self._stream, self._name, self._metered, self._most = stream, name, metered, most
        self.count = 0

    def read(self, size: int = -1, /) -> bytes:
        data = self._stream.read(size)
        self.count += len(data)
        if self._metered:
            note_bytes(len(data))
        if self._most is not None and self.count > self._most:
            raise TooLarge(self._name, f"more than {self._most:,} bytes")
        return data

    def buffered(self) -> BinaryIO:
        """The same as a stream with lines; it cannot be sought in."""
        return _buffered(self.read)


def packing_of(head: bytes) -> str | None:
    """By what a stream with this beginning is packed, as the suffix of its name would tell."""
    return next((suffix for suffix, magic in PACKED.items() if head.startswith(magic)), None)


def ahead(stream: Readable) -> tuple[BinaryIO, bytes]:
    """A stream, and its first SNIFFED bytes, which it still has."""
    head = b""
    while len(head) < SNIFFED and (more := stream.read(SNIFFED - len(head))):
        head += more
    return rejoined(head, stream), head


def rejoined(head: bytes, stream: Readable) -> BinaryIO:
    """A stream with the bytes that were read of it before put back."""
    rest = memoryview(head)

    def read(size: int) -> bytes:
        nonlocal rest
        if rest:
            data, rest = bytes(rest[:size]), rest[size:]
            return data
        return stream.read(size)

    return _buffered(read)


def unpacked(stream: BinaryIO, packing: str, name: str) -> BinaryIO:
    """A stream unpacked. Reading it raises TooLarge where it grows as only files do that were made to do harm."""
    source = Counted(stream, name)
    packed = source.buffered()
    machine: Readable
    if packing == ".gz":
        machine = gzip.GzipFile(fileobj=packed)
    else:
        machine = bz2.BZ2File(packed) if packing == ".bz2" else lzma.LZMAFile(packed)  # noqa: SIM115 - a stream
    size = 0

    def read(most: int) -> bytes:
        nonlocal size
        data = machine.read(most)
        size += len(data)
        if size > RATIO_FROM and size > RATIO * max(source.count, 1):
            raise TooLarge(name, f"it unpacks to more than {RATIO} times its size: a file made to do harm")
        return data

    return _buffered(read)


def seekable(stream: BinaryIO, name: str) -> BinaryIO:
    """A stream that can be sought in: itself, or a copy in memory or in a temporary file. To be closed."""
    copy = tempfile.SpooledTemporaryFile(max_size=SPOOLED)  # noqa: SIM115 - the caller closes it
    size = 0
    while data := stream.read(_PIECE):
        size += len(data)
        if size > ARCHIVE_BYTES:
            copy.close()
            raise TooLarge(name, f"more than {ARCHIVE_BYTES:,} bytes")
        copy.write(data)
    copy.seek(0)
    return cast(BinaryIO, copy)


def foreign(name: str, error: Exception) -> InputError:
    """The InputError for one of FOREIGN: of the operating system, of a decompressor, or of a path with a NUL in it."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return MissingInput(name, "no such file")
    if isinstance(error, _DAMAGED):
        return Malformed(name, f"damaged or cut-off packed data ({error})")
    if isinstance(error, PermissionError):
        return MissingInput(name, "not permitted to read it")
    if isinstance(error, OSError):
        # Decompressors raise the bare OSError for damage; what the operating system raises has a number.
        if error.errno is None:
            return Malformed(name, f"damaged or cut-off packed data ({error})")
        return MissingInput(name, f"cannot be read ({error.strerror or error})")
    if isinstance(error, NotImplementedError):
        return Malformed(name, f"packed in a way that is not known here ({error})")
    if isinstance(error, csv.Error):
        return Malformed(name, f"a table that cannot be read ({error})")
    return MissingInput(name, f"not a file name ({error})")


def _buffered(read: Callable[[int], bytes]) -> BinaryIO:
    return cast(BinaryIO, io.BufferedReader(_Reader(read), buffer_size=_PIECE))

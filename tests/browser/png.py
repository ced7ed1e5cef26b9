"""PNG pictures of pages made a quarter smaller, pixel for pixel the same.

Browsers filter each line by its neighbours, which is right for photographs. A page is flat ground and letters that repeat:
unfiltered, the compressor finds the same letters again (front page: 177 kB, then 137 kB).
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

__all__ = ["smaller"]

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_RGB_8_BIT = b"\x08\x02\x00\x00\x00"  # depth, colour type, compression, filter, interlace: what Chromium writes
_PIXEL = 3


def smaller(picture: bytes) -> bytes:
    """The same picture with no line filtered. Raises ValueError for another kind of PNG than Chromium's."""
    chunks = list(_chunks(picture))
    header = next(data for kind, data in chunks if kind == b"IHDR")
    if header[8:] != _RGB_8_BIT:
        raise ValueError("not an RGB picture of 8 bits a channel")
    width, height = struct.unpack(">II", header[:8])
    lines = zlib.decompress(b"".join(data for kind, data in chunks if kind == b"IDAT"))
    flat = b"".join(b"\0" + line for line in _unfiltered(lines, width * _PIXEL, height))
    packed = zlib.compress(flat, 9)
    parts = ((b"IHDR", header), (b"IDAT", packed), (b"IEND", b""))
    return _SIGNATURE + b"".join(_chunk(kind, data) for kind, data in parts)


def _chunks(picture: bytes) -> Iterator[tuple[bytes, bytes]]:
    if not picture.startswith(_SIGNATURE):
        raise ValueError("not a PNG")
    at = len(_SIGNATURE)
    while at < len(picture):
        (size,) = struct.unpack(">I", picture[at : at + 4])
        yield picture[at + 4 : at + 8], picture[at + 8 : at + 8 + size]
        at += 12 + size


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _unfiltered(lines: bytes, size: int, height: int) -> Iterator[bytes]:
    """The lines as they were before filtering: PNG (third edition), 9.2."""
    above = bytes(size)
    for number in range(height):
        start = number * (size + 1)
        line = bytearray(lines[start + 1 : start + 1 + size])
        match lines[start]:
            case 1:
                for i in range(_PIXEL, size):
                    line[i] = (line[i] + line[i - _PIXEL]) & 255
            case 2:
                for i in range(size):
                    line[i] = (line[i] + above[i]) & 255
            case 3:
                for i in range(size):
                    left = line[i - _PIXEL] if i >= _PIXEL else 0
                    line[i] = (line[i] + (left + above[i]) // 2) & 255
            case 4:
                for i in range(size):
                    left, corner = (line[i - _PIXEL], above[i - _PIXEL]) if i >= _PIXEL else (0, 0)
                    line[i] = (line[i] + _paeth(left, above[i], corner)) & 255
        above = bytes(line)
        yield above


def _paeth(left: int, up: int, corner: int) -> int:
    guess = left + up - corner
    a, b, c = abs(guess - left), abs(guess - up), abs(guess - corner)
    return left if a <= b and a <= c else up if b <= c else corner

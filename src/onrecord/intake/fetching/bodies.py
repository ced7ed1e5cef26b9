"""The body of an answer: unpacked as it comes, never more of it in memory than the limit allows.

A hundred kilobytes of gzip can hold a hundred megabytes of zeros, so what is unpacked is counted before it is made.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from onrecord.errors import Malformed, TooLarge, Unfetched

__all__ = ["ENCODINGS", "collected"]

ENCODINGS = "gzip, deflate"
"""What is asked for, and unpacked: what Python's own library can unpack piece by piece."""

_PIECE = 1 << 16
_GZIP = zlib.MAX_WBITS | 16


def collected(chunks: Iterable[bytes], *, encoding: str | None, limit: int, name: str, whole: bool = True) -> bytes:
    """All of the body, unpacked; its first `limit` bytes where not the `whole` is wanted.

    Raises TooLarge above `limit` bytes, Malformed for damaged packing, Unfetched for a packing that was not asked for.
    """
    packings = [word.strip().lower() for word in (encoding or "").split(",") if word.strip()]
    packings = [word.removeprefix("x-") for word in packings if word != "identity"]
    if len(packings) > 1 or any(word not in ("gzip", "deflate") for word in packings):
        raise Unfetched(name, f"it came packed as {encoding}, which was not asked for")
    if packings:
        chunks = _unpacked(chunks, packings[0], name)
    found: list[bytes] = []
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > limit and whole:
            raise TooLarge(name, f"more than {limit:,} bytes")
        found.append(chunk)
        if size > limit:
            break
    return b"".join(found)[:limit]


def _unpacked(chunks: Iterable[bytes], packing: str, name: str) -> Iterator[bytes]:
    machine = None
    begun = False
    try:
        for chunk in chunks:
            rest = chunk
            while rest:
                if machine is None:
                    if begun and (packing == "deflate" or not rest.strip(b"\0")):  # what pads the end
                        break
                    machine, begun = _machine(packing, rest), True
                while True:
                    piece = machine.decompress(rest, _PIECE)
                    yield piece
                    rest = machine.unconsumed_tail
                    # A full piece may be the beginning of what zlib holds back though it has read all of its input.
                    if machine.eof or (not rest and len(piece) < _PIECE):
                        break
                if machine.eof:  # another member may follow, as when files were joined
                    rest, machine = machine.unused_data, None
    except zlib.error as error:
        raise Malformed(name, f"damaged packed data ({error})") from error
    if machine is not None:
        raise Malformed(name, "packed data that is cut off")


def _machine(packing: str, start: bytes) -> zlib._Decompress:
    if packing == "gzip":
        return zlib.decompressobj(_GZIP)
    # RFC 9110 means zlib's format by "deflate"; some servers send the bare stream. Zlib's first byte names its method: 8.
    return zlib.decompressobj(zlib.MAX_WBITS if start[0] & 0x0F == 8 else -zlib.MAX_WBITS)

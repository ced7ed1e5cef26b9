"""What a file is: the content decides, the name helps. A web page saved as `.txt` is a page."""

from __future__ import annotations

import codecs
import re
from pathlib import PurePath
from typing import Literal

from onrecord.errors import Malformed
from onrecord.intake.feeds import is_feed, is_feed_list
from onrecord.intake.streams import PACKED

__all__ = ["KINDS", "Kind", "kind_of", "readable", "suffix_kind"]

Kind = Literal[
    "text",
    "html",
    "lines",
    "json",
    "json?",
    "table",
    "gdelt",
    "parquet",
    "warc",
    "pdf",
    "mailbox",
    "message",
    "zip",
    "tar",
    "feed",
    "feeds",
]
"""`json?` may be one value or one a line. A `feed` may be a sitemap, `feeds` a list of feeds or an index of sitemaps."""

KINDS: dict[str, Kind] = {
    ".txt": "text",
    ".text": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "lines",
    ".ndjson": "lines",
    ".json": "json?",
    ".csv": "table",
    ".tsv": "table",
    ".tab": "table",
    ".parquet": "parquet",
    ".warc": "warc",
    ".pdf": "pdf",
    ".mbox": "mailbox",
    ".eml": "message",
    ".zip": "zip",
    ".tar": "tar",
    ".tgz": "tar",
    ".tbz2": "tar",
    ".txz": "tar",
}
"""The suffixes of files that are read in a folder or an archive. A file that is named itself may have any."""

# Of what begins so, the name says nothing more.
_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"PAR1", "parquet"),
    (b"WARC/", "warc"),
)
_HTML_START = re.compile(
    r"(?:<!--.*?-->|<\?[^>]*>|\s|\ufeff)*<(?:!doctype\s+html|html|head|body|article|main|div|title|meta|h1|p|section)\b",
    re.IGNORECASE | re.DOTALL,
)
_ENVELOPE = re.compile(rb"From \S+ .{0,60}\d\d:\d\d(?::\d\d)? .{0,40}\d{4}\r?\n[!-9;-~]+:")
_FIELD = re.compile(rb"([!-9;-~]+):[ \t]")
_MAIL_FIELDS = frozenset(
    b"received return-path delivered-to message-id mime-version from date subject to dkim-signature".split()
)


def suffix_kind(name: str) -> Kind | None:
    """What the last suffix of a name says, the one of a packing left aside; None where it says nothing."""
    path = PurePath(name)
    if path.suffix.lower() in PACKED:
        path = path.with_suffix("")
    return KINDS.get(path.suffix.lower())


def readable(name: str) -> bool:
    """Whether a file of this name is read in a folder or an archive: by its suffix, and not hidden."""
    return suffix_kind(name) is not None and not PurePath(name).name.startswith(".")


def kind_of(head: bytes, filename: str, *, name: str) -> Kind:
    """What a stream is that begins so and is called `filename` ("" where it has no name).

    Raises Malformed for XML of a kind that is not read.
    """
    if found := next((kind for magic, kind in _MAGIC if head.startswith(magic)), None):
        return found
    if head[257:262] == b"ustar":
        return "tar"
    by_name = KINDS.get(PurePath(filename).suffix.lower())
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()
    if start[:1] in (b"<", b"{"):
        if is_feed_list(head):
            return "feeds"
        if is_feed(head):
            return "feed"
    if by_name in ("lines", "json?", "html", "pdf", "parquet", "tar", "zip", "warc"):
        return by_name
    if re.match(rb"\{\s*\"|\[\s*\{\s*\"", start):
        return "json?"
    if _HTML_START.match(start.decode("latin-1")):
        return "html"
    if start.startswith(b"<?xml") and (root := re.search(rb"<([A-Za-z][\w:.-]*)", start)):
        raise Malformed(name, f"XML of another kind than a web page: <{root[1].decode('ascii')}>")
    return _told_by_lines(head, start, by_name)


def _told_by_lines(head: bytes, start: bytes, by_name: Kind | None) -> Kind:
    from onrecord.intake.gdelt import is_gdelt
    from onrecord.intake.tables import is_table

    if is_gdelt(head):
        return "gdelt"
    if by_name == "table" or is_table(head):
        return "table"
    if by_name in ("mailbox", "message"):
        return by_name
    if _ENVELOPE.match(start):
        return "mailbox"
    fields = [m[1].lower() for line in start.split(b"\n")[:12] if (m := _FIELD.match(line))]
    # An e-mail begins with fields; the first paragraph of an article may, but not with three of a mail's own.
    begins = _FIELD.match(start) is not None
    return "message" if begins and len(_MAIL_FIELDS.intersection(fields)) >= 3 and b"from" in fields else "text"

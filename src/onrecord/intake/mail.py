"""E-mail: one message (`.eml`, RFC 5322), or a mailbox of many (`.mbox`, RFC 4155): newsletters, press releases, alerts.

The article is the message's own body: its page where it has one that holds text, else its plain text, stored exactly as
decoded. Attachments and messages within messages are not read. A document's id is the SHA-256 of the message's bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr
from functools import partial
from typing import BinaryIO

from onrecord.errors import EmptyInput, InputError, Malformed, TooLarge
from onrecord.intake.addresses import is_address
from onrecord.intake.article import About, document
from onrecord.intake.encoding import decode
from onrecord.intake.found import Found, Record
from onrecord.intake.limits import DOCUMENT_LIMIT, HEADER_LIMIT, MESSAGE_LIMIT
from onrecord.intake.meter import note_skipped
from onrecord.intake.text import read_text
from onrecord.patience import in_time
from onrecord.records import Block, DateCandidate, Document

__all__ = ["read_mailbox", "read_message"]

_ENVELOPE = re.compile(rb"From \S+.*\d\d:\d\d.*\d{4}|From \S+@\S+\s*$|From - ")
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)
_LINE = 1 << 20
_KIND_OF_PART = re.compile(rb"^content-(?:type|disposition)[ \t]*:", re.IGNORECASE | re.MULTILINE)
_FIELD_ENDS = re.compile(rb"\n(?![ \t])|\Z")
# What Python's parser of mail raises for headers and charsets that are broken, besides its own errors.
_FOREIGN = (MessageError, ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError)


def read_mailbox(stream: BinaryIO, *, name: str, given: About) -> Iterator[Found]:
    """The messages of a mailbox, in constant memory, each with its number. Quoted lines (`>From `) lose their mark."""
    number, size = 0, 0
    lines: list[bytes] = []
    blank = True

    def message() -> Found:
        place = f"{name}:{number}"
        if size > MESSAGE_LIMIT:
            return TooLarge(place, f"more than {MESSAGE_LIMIT:,} bytes in one message")
        raw = _QUOTED.sub(rb"\1", b"".join(lines))
        return Record(place, partial(read_message, raw, name=place, given=given))

    while line := stream.readline(_LINE):
        if blank and line.startswith(b"From ") and _ENVELOPE.match(line):
            if number:
                yield message()
            number, size, lines = number + 1, 0, []
        elif number == 0:
            if line.strip():
                raise Malformed(name, "not a mailbox: its first line is no `From ` line")
        else:
            size += len(line)
            if size > MESSAGE_LIMIT:
                lines = []
            else:
                lines.append(line)
        blank = not line.strip(b"\r\n")
    if number == 0:
        raise EmptyInput(name, "an empty mailbox")
    yield message()


@in_time
def read_message(data: bytes, *, name: str, given: About) -> Document:
    """The document of one message. Raises the InputError for which it is refused."""
    if not data.strip():
        raise EmptyInput(name, "an empty message")
    _require_measure(data, name)
    try:
        mail = message_from_bytes(data)
        if not mail.keys():
            raise Malformed(name, "not an e-mail: it does not begin with header fields")
        about = given.over(_about(mail, name))
        pages, texts = _bodies(mail)
        text, blocks, stated = _read(pages, texts, name, about.url)
    except InputError:
        raise
    except RecursionError as error:
        raise Malformed(name, "an e-mail with parts within each other beyond reason") from error
    except _FOREIGN as error:
        raise Malformed(name, f"an e-mail that cannot be read ({type(error).__name__}: {error})") from error
    return document(text, about.over(stated), raw=data, name=name, blocks=blocks)


def _require_measure(data: bytes, name: str) -> None:
    """Raises TooLarge for a field of which Python's parser would compare each parameter with all others."""
    for field in _KIND_OF_PART.finditer(data):
        ended = _FIELD_ENDS.search(data, field.end())
        if ended is not None and ended.start() - field.start() > HEADER_LIMIT:
            raise TooLarge(name, f"more than {HEADER_LIMIT:,} bytes in one field of a header")


def _read(
    pages: list[tuple[bytes, str | None]], texts: list[tuple[bytes, str | None]], name: str, url: str | None
) -> tuple[str, list[Block], About]:
    """The text of the first page that holds one, else of the plain texts, one below the other."""
    trouble: InputError | None = None
    if pages:
        from onrecord.intake.html import decode_page, read_page

        for body, charset in pages:
            try:
                text, blocks, stated = read_page(decode_page(body, name=name, declared=charset), name=name, url=url)
            except InputError as error:
                trouble = trouble or error
                continue
            return text, blocks, About(lang=stated.lang)
    parts = [decode(body, name=name, declared=charset) for body, charset in texts]
    text = "\n\n".join(part for part in parts if part.strip())
    if not text:
        raise trouble or EmptyInput(name, "an e-mail without a text")
    found, _ = read_text(text, name=name)
    return text, found, About()


def _bodies(mail: Message) -> tuple[list[tuple[bytes, str | None]], list[tuple[bytes, str | None]]]:
    """The pages and the plain texts of a message, as bytes with their charset, those within other messages left out."""
    pages: list[tuple[bytes, str | None]] = []
    texts: list[tuple[bytes, str | None]] = []
    waiting = [mail]
    while waiting:
        part = waiting.pop()
        kind = part.get_content_type()
        if part.is_multipart() and kind != "message/rfc822":
            waiting += [p for p in [*part.get_payload()][::-1] if isinstance(p, Message)]
            continue
        if kind == "message/rfc822" or part.get_content_disposition() == "attachment" or part.get_filename():
            note_skipped("attachment of an e-mail")
            continue
        body = part.get_payload(decode=True)
        if not isinstance(body, bytes) or kind not in ("text/html", "text/plain"):
            continue
        (pages if kind == "text/html" else texts).append((body[: DOCUMENT_LIMIT + 1], part.get_content_charset()))
    return pages, texts


def _about(mail: Message, name: str) -> About:
    """What the header fields say. The publisher is the list that it came through, else the domain of the sender."""
    sender, address = parseaddr(_field(mail, "From", name) or "")
    listed, _ = parseaddr(_field(mail, "List-Id", name) or "")
    domain = address.rpartition("@")[2].lower() if "@" in address else None
    day = _field(mail, "Date", name)
    archived = (_field(mail, "Archived-At", name) or "").strip("<> ")
    return About(
        url=archived if is_address(archived) else None,
        title=_field(mail, "Subject", name),
        publisher=listed or domain or None,
        author=sender or None,
        lang=_field(mail, "Content-Language", name),
        dates=(DateCandidate(day, "field: Date"),) if day else (),
    )


def _field(mail: Message, key: str, name: str) -> str | None:
    """A header field in words; as it stands where its encoding is broken."""
    raw = mail.get(key)
    if raw is None:
        return None
    if len(str(raw)) > HEADER_LIMIT:  # Python's parser goes through what is left of it for each word
        raise TooLarge(name, f"more than {HEADER_LIMIT:,} bytes in the field {key}")
    try:
        words = str(make_header(decode_header(str(raw))))
    except _FOREIGN:
        words = str(raw)
    words = " ".join(words.encode("utf-8", "replace").decode("utf-8").split())
    return words or None

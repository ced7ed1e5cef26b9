"""From bytes to text: byte order mark, declared charset, UTF-8, then evidence. What fits no encoding is refused.

Text that was decoded wrongly before it reached us ("donâ€™t") is repaired, line by line and only where ftfy's measure
of badness says so; nothing else is touched: no line ends, no quotation marks, no normal form.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from onrecord.errors import NotText
from onrecord.patience import check_time

__all__ = ["decode", "refuse_binary", "require_text", "storable"]

# A letter of several bytes, decoded one by one, gives as many letters beyond ASCII; of "à" the second may have become a
# plain space.
_MAY_BE_MOJIBAKE = re.compile(r"[^\x00-\x7f]{2}|[ÂÃ] |[\x80-\x9f]")

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF-", "a PDF file"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"PK\x03\x04", "a ZIP archive (or a Word, Excel or EPUB file)"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\x1f\x8b", "gzip data"),
    (b"BZh", "bzip2 data"),
    (b"\xfd7zXZ\x00", "xz data"),
    (b"\x28\xb5\x2f\xfd", "Zstandard data"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Microsoft Office file"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"PAR1", "a Parquet file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"ID3", "an MP3 sound"),
    (b"OggS", "an Ogg sound or film"),
    (b"{\\rtf", "a Rich Text Format file"),
)
# The WHATWG Encoding Standard reads these labels as windows-1252: pages that declare them hold its quotation marks.
_MEANT_1252 = frozenset({"ascii", "iso8859-1", "latin-1"})
# Encodings in which bytes below 0x80 or valid UTF-8 may stand for other characters: the declaration goes before UTF-8.
_MULTIBYTE = ("gb", "big5", "euc", "shift", "cp932", "cp949", "cp950", "iso2022", "hz", "johab")
# What charset-normalizer may choose from: encodings that news is found in, not the eighty that there are.
_LEGACY = (
    *("cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp874", "iso8859_2", "koi8_r"),
    *("koi8_u", "big5", "gb18030", "shift_jis", "euc_jp", "euc_kr"),
)
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def refuse_binary(data: bytes, name: str) -> None:
    """Raise NotText, saying what it is, if `data` (the beginning will do) is no text in any encoding."""
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise NotText(name, f"not text but {what}")
    if data[:4] == b"RIFF" and data[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        raise NotText(name, "not text but a WebP image, a sound or a film")
    if data[4:8] == b"ftyp":
        raise NotText(name, "not text but a film or an image (ISO media)")


def decode(data: bytes, *, name: str, declared: str | None = None, lenient: bool = False) -> str:
    """The text of `data`.

    `declared` is the charset that the page or its transport states. With `lenient` (for HTML), a few bytes that are no
    UTF-8 within a UTF-8 page become U+FFFD as in every browser; without, they are refused with their offset.
    Raises NotText for binary data, for UTF-8 that is cut off in its last character, and for bytes no encoding explains.
    """
    refuse_binary(data, name)
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _repaired(_strict(data[len(bom) :], encoding, name, shift=len(bom)))
    if b"\x00" in data[:4096] and (wide := _wide(data)):
        return _strict(data, wide, name)
    if control := _CONTROLS.search(data):
        raise NotText(name, f"binary: a control character (0x{control.group()[0]:02X}) at byte {control.start()}")
    codec = _codec(declared)
    if codec and codec != "utf-8" and codec.replace("_", "").startswith(_MULTIBYTE):
        return _repaired(_strict(data, codec, name))
    try:
        return _repaired(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        return _repaired(_not_utf8(data, error, name=name, codec=codec, lenient=lenient))


def require_text(text: str, name: str, *, line: int | None = None) -> None:
    """Raise NotText for what no file of text can hold: a lone surrogate, or a NUL."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise NotText(name, f"half a surrogate pair at character {error.start}", line=line) from error
    if (at := text.find("\x00")) >= 0:
        raise NotText(name, f"a NUL at character {at}", line=line)


def storable(words: str) -> str:
    """`words` about a document with what no file of text can hold, a lone surrogate or a NUL, as U+FFFD."""
    return _UNSTORABLE.sub("\ufffd", words)


def _not_utf8(data: bytes, error: UnicodeDecodeError, *, name: str, codec: str | None, lenient: bool) -> str:
    if codec and codec != "utf-8":
        return _strict(data, codec, name)
    if error.reason == "unexpected end of data":
        raise NotText(name, f"UTF-8 that is cut off within a character, at byte {error.start}") from error
    marked = data.decode("utf-8", errors="replace")
    broken = marked.count("�")
    if broken * 2 <= sum(character > "\x7f" for character in marked) - broken:
        if lenient:
            return marked
        raise NotText(name, f"damaged UTF-8: byte 0x{data[error.start]:02X} at {error.start} fits nowhere") from error
    if text := _western(data):
        return text
    import charset_normalizer  # only here: most files are UTF-8

    for match in charset_normalizer.from_bytes(data, cp_isolation=list(_LEGACY)):
        text = _strict(data, match.encoding, name)
        if not _signs_within_words(text):
            return text
    raise NotText(name, f"no encoding explains its bytes (no UTF-8 from byte {error.start} on)") from error


def _western(data: bytes) -> str | None:
    """`data` as windows-1252, the legacy encoding of English, if that reads well; None if another is likelier.

    The statistics of charset-normalizer need more accents than English has ("Grüße aus Köln" comes out as mac_iceland).
    Text in another script is mostly non-ASCII; central European text shows signs such as ³ or ¿ within words.
    """
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    foreign = sum(character > "\x7f" for character in text)
    if foreign * 5 > sum(character.isalpha() for character in text) or _signs_within_words(text):
        return None
    return text


def _signs_within_words(text: str) -> bool:
    """Whether a sign that no word holds (³, ¿ …) stands between two letters: the mark of a wrong encoding."""
    return any(
        unicodedata.category(m.group())[0] in "NS" or m.group() in "¿¡ªº"
        for m in re.finditer(r"(?<=[^\W\d_])[^\x00-\x7f](?=[^\W\d_])", text)
    )


def _wide(data: bytes) -> str | None:
    """UTF-16 without its mark: in Western text every second byte is NUL."""
    even, odd = data[:4096:2].count(0), data[1:4096:2].count(0)
    half = min(len(data), 4096) // 2
    if len(data) % 2 == 0 and max(even, odd) * 10 >= half * 7 and min(even, odd) * 20 <= half:
        return "utf-16-be" if even > odd else "utf-16-le"
    return None


def _strict(data: bytes, encoding: str, name: str, *, shift: int = 0) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        at = error.start + shift
        if error.reason == "truncated data" or (encoding.startswith("utf") and "end of data" in error.reason):
            raise NotText(name, f"{encoding.upper()} that is cut off within a character, at byte {at}") from error
        raise NotText(
            name, f"declared as {encoding}, but byte 0x{data[error.start]:02X} at {at} is not in it"
        ) from error


def _codec(declared: str | None) -> str | None:
    """The Python name of a declared charset; None if there is none, or none that is known."""
    if not declared:
        return None
    try:
        name = codecs.lookup(declared.strip("\"' \t")).name
        "".encode(name)
    except (LookupError, ValueError):  # ValueError: a NUL or a non-ASCII character in the label
        return None
    if name.startswith("utf"):  # a page that could be read far enough to find the label is no UTF-16
        return "utf-8"
    return "cp1252" if name in _MEANT_1252 else name


def _repaired(text: str) -> str:
    """`text` with its mojibake undone, in the lines that show its marks."""
    if not _MAY_BE_MOJIBAKE.search(text):
        return text
    import ftfy  # 90 ms to import: only for text that may need it
    from ftfy.badness import is_bad

    if not is_bad(text):
        return text
    lines = text.split("\n")
    for number, line in enumerate(lines):
        check_time()
        if not line.isascii() and is_bad(line):
            lines[number] = ftfy.fix_encoding(line)
    return "\n".join(lines)

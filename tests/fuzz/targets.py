"""What fuzzing throws bytes at: every reader of intake, every decoder of the reader. Each target takes any bytes, and fails
where an error escapes that is no OnrecordError, or where a record does not stand where it says."""

from __future__ import annotations

import base64
import codecs
import random
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

from tests.fuzz.holding import holds
from tests.intake import test_fuzz as whole

from onrecord.errors import InputError, OnrecordError
from onrecord.intake import dates
from onrecord.intake.addresses import does_something, page_address, require_address
from onrecord.intake.article import About
from onrecord.intake.blocks import segment
from onrecord.intake.encoding import decode
from onrecord.intake.feeds import read_feed
from onrecord.intake.found import Found, Listing, Record
from onrecord.intake.html import decode_page, read_page
from onrecord.intake.opml import read_subscriptions
from onrecord.intake.sitemaps import read_sitemap, read_sitemap_index
from onrecord.intake.sources import find_in
from onrecord.records import Document

__all__ = ["INTAKE", "READER", "TARGETS", "seeds"]

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples"
FOUND = Path(__file__).parent / "found"
_LONGEST = 1_500  # characters given to the decoders: some paragraphs

Target = Callable[[bytes], None]


def file_of(suffix: str) -> Target:
    """A file that is called so, as `find` reads it."""

    def target(data: bytes) -> None:
        for item in find_in(data, name=f"a{suffix}", given=About()):
            check(item, f"a{suffix}")

    return target


def check(item: Found, name: str) -> None:
    if isinstance(item, Listing):
        for entry in (*item.entries, *item.feeds):
            assert not isinstance(entry, InputError) or name in str(entry)
    elif isinstance(item, Record):
        try:
            check_document(item.make())
        except InputError as error:
            refused = str(error)
            assert name in refused
    else:
        assert name in str(item)


def check_document(document: Document) -> None:
    end = 0
    for block in document.blocks:
        assert end <= block.span.start < block.span.end <= len(document.text), block
        assert not document.text[end : block.span.start].strip(), "words between blocks"
        end = block.span.end
    assert not document.text[end:].strip(), "words behind the last block"
    assert document.url is None or not does_something(document.url)
    for words in (document.text, document.url, document.title, document.publisher, document.author, document.lang):
        assert "\x00" not in (words or "")
        (words or "").encode("utf-8")
    assert document.published is None or dates.require_iso(document.published)


def _feed(data: bytes) -> None:
    with suppress(OnrecordError):
        for entry in read_feed(data, name="a", url="https://a.example/feed").entries:
            assert entry.url is None or not does_something(entry.url)


def _opml(data: bytes) -> None:
    with suppress(OnrecordError):
        read_subscriptions(data, name="a")


def _sitemap(data: bytes) -> None:
    for read in (read_sitemap, read_sitemap_index):
        with suppress(OnrecordError):
            read(data, name="a", url="https://a.example/")


_LABELS = ["utf-8", "iso-8859-1", "shift_jis", "gb18030", "utf-7", "koi8-r", "euc-kr", "x\x00", "rot13", "undefined"]


def _encoding(data: bytes) -> None:
    with suppress(OnrecordError):
        decode(data, name="a", declared=_LABELS[data[0] % len(_LABELS)] if data else None, lenient=len(data) % 2 == 0)


def _page(data: bytes) -> None:
    with suppress(OnrecordError):
        read_page(decode_page(data, name="a"), name="a", url="https://a.example/2024/10/28/dam")


def _dates(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    if (day := dates.read_date(text)) is not None:
        assert dates.require_iso(day) == day
    dates.date_in_url(text)
    dates.is_date_line(text)
    dates.dateline(text, segment(text))
    with suppress(OnrecordError):
        dates.require_iso(text)


def _addresses(data: bytes) -> None:
    text = data.decode("utf-8", "surrogateescape" if data[:1] > b"z" else "replace")
    assert page_address(page_address(text)) == page_address(text)
    does_something(text)
    with suppress(OnrecordError):
        require_address(text)


def _bodies(data: bytes) -> None:
    from tests.intake.webserver import BEGAN

    from onrecord.intake.fetching.answers import fresh_for, kind_of, retry_after
    from onrecord.intake.fetching.bodies import collected

    words = data.decode("latin-1")
    headers = {"retry-after": words, "cache-control": words, "expires": words, "content-type": words}
    assert (retry_after(headers, BEGAN) or 0) >= 0
    assert (fresh_for(headers, BEGAN) or 0) >= 0
    kind_of(headers)
    cut = len(data) // 2
    for encoding in ("gzip", "deflate", None):
        with suppress(OnrecordError):
            assert len(collected([data[:cut], data[cut:]], encoding=encoding, limit=10_000, name="a")) <= 10_000


def _robots(data: bytes) -> None:
    from tests.intake.webserver import FakeClock

    from onrecord.intake.fetching.robots import Robots

    with suppress(OnrecordError):
        Robots(lambda _: data.decode("utf-8", "replace"), FakeClock()).require("https://a.example/news?q=1")


def _text_and_day(data: bytes) -> tuple[str, str | None]:
    days = (None, "2024-10-28", "2024-02-29T23:59:59+14:00", "0001-01-01", "9999-12-31")
    return data[1:].decode("utf-8", "replace")[:_LONGEST].replace("\x00", " "), days[data[0] % 5] if data else None


def _decoders(data: bytes) -> None:
    """All decoders over heads that guess: what each word was somewhere in the samples, or anything at all."""
    from tests.fuzz.guessing import guessing

    from onrecord.reader.decoding import decode as decode_all
    from onrecord.reader.heads.annotate import annotate

    text, day = _text_and_day(data)
    document = Document("0" * 64, text, published=day, blocks=segment(text))
    encoder = guessing(data)
    holds(decode_all(annotate(document, encoder), encoder.name))  # type: ignore[arg-type]


def _read(data: bytes) -> None:
    """The whole reader, by its weights."""
    from onrecord.reader import read

    text, day = _text_and_day(data)
    holds(read(Document("0" * 64, text[:700], published=day, blocks=segment(text[:700]))))


INTAKE: dict[str, Target] = {
    "text": file_of(".txt"),
    "html": _page,
    "feed": _feed,
    "feedfile": file_of(".xml"),
    "opml": _opml,
    "sitemap": _sitemap,
    "warc": file_of(".warc"),
    "mbox": file_of(".mbox"),
    "eml": file_of(".eml"),
    "csv": file_of(".csv"),
    "json": file_of(".json"),
    "jsonl": file_of(".jsonl"),
    "parquet": file_of(".parquet"),
    "pdf": file_of(".pdf"),
    "zip": file_of(".zip"),
    "tar": file_of(".tar"),
    "any": file_of(""),
    "encoding": _encoding,
    "dates": _dates,
    "addresses": _addresses,
    "bodies": _bodies,
    "robots": _robots,
}
READER: dict[str, Target] = {"decoders": _decoders, "read": _read}
TARGETS = INTAKE | READER


@cache
def _articles() -> tuple[bytes, ...]:
    return tuple(path.read_bytes() for path in sorted(SAMPLES.rglob("*.txt")))


def seeds(target: str) -> Iterator[bytes]:
    """Inputs to begin with: whole files of the format, and what was found before."""
    for path in sorted(FOUND.glob(f"{target}-*")):
        yield path.read_bytes()
    if target in READER:
        for number, article in enumerate(_articles()):
            yield bytes([number]) + article[:_LONGEST]
        return
    endings = {"html": "a.html", "feedfile": "sitemap.xml", "sitemap": "sitemap.xml", "text": "a.txt"}
    named = {name.rpartition(".")[2]: name for name in whole.WHOLE} | endings
    if target in named:
        yield whole.WHOLE[named[target]]
    if target == "any":
        yield from whole.WHOLE.values()
    if target in ("text", "encoding"):
        yield from _articles()[:10]
        yield "Grüße aus Köln donâ€™t".encode()
        yield "Grüße aus Köln".encode("cp1252")
        yield codecs.BOM_UTF16_LE + "Grüße".encode("utf-16-le")
    if target in ("feed", "feedfile", "any"):
        yield from _FEEDS
    if target in ("opml", "any"):
        yield b'<?xml version="1.0"?><opml version="2.0"><body><outline text="N"><outline type="rss" xmlUrl="https://a.example/"/></outline></body></opml>'
    if target == "sitemap":
        yield whole.INDEX
    if target == "dates":
        yield from (b"2024-10-28T09:15:00+02:00", b"Mon, 28 Oct 2024 09:15:00 +0100", b"Oct. 28, 2024", b"1730106900")
        yield from (
            b"https://a.example/2024/10/28/dam",
            b"KYIV, 28 October 2024 (Reuters) - Words",
            b"20241028T091500Z",
        )
    if target == "addresses":
        yield from (
            b"https://a.example:443/a?utm_source=x&b=c#d",
            b"http://[::1]/",
            b"java\tscript:alert(1)",
            b"http://u:p@a/",
        )
    if target == "bodies":
        yield from (
            base64.b64decode("H4sIAAAAAAAC/8tIzcnJVyjPL8pJAQCFEUoNCwAAAA=="),
            b"Fri, 14 Mar 2025 08:00:00 +0100",
            b"max-age=60",
        )
    if target == "robots":
        yield b"User-agent: *\nDisallow: /*?q=\nAllow: /news$\nCrawl-delay: 5\n"


_FEEDS = (
    b'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title><ttl>60</ttl><item><title>A &amp; B</title>'
    b"<link>https://a.example/1</link><guid>1</guid>"
    b"<pubDate>Fri, 14 Mar 2025 08:00:00 +0100</pubDate></item></channel></rss>",
    b'<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><id>1</id><title type="html">A</title>'
    b'<link href="https://a.example/1"/><updated>2025-03-14T08:00:00Z</updated><content type="xhtml"><div>x</div></content>'
    b"</entry></feed>",
    b'{"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [{"id": "1",'
    b' "url": "/1", "content_html": "<p>x"}]}',
)


def given(data: bytes, seed: int) -> bytes:
    """`data` damaged, the same for a seed each time: what a fuzzer without knowledge of coverage would give."""
    return whole.damaged(data, seed) if data else random.Random(seed).randbytes(40)

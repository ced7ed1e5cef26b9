"""Files of other formats made to do harm: each is read or refused by name, in bounded time and memory."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
import zlib
from dataclasses import replace
from time import process_time

import pytest
from tests.intake.making import ARTICLE, answer, record

from onrecord.errors import InputError, Malformed, TooLarge
from onrecord.intake.feeds import read_feed, whole
from onrecord.intake.limits import HEADER_LIMIT, JSON_VALUES, LINES

from .measured import measured, needs_fork

pytestmark = needs_fork

SECONDS = 15.0
MEMORY = 900_000_000
MAIL = b"From: a@b.example\nSubject: Dam\nDate: Mon, 28 Oct 2024 09:15:00 +0100\nMIME-Version: 1.0\n"
TEXT = ARTICLE.encode()


@pytest.mark.parametrize("line", [b"ab\n", b"\n", b"\r", "\u2028".encode(), "• x\n".encode(), "donâ€™t \n".encode()])
def test_lines_without_end(line: bytes) -> None:
    found = measured(TEXT + line * (3_000_000 // len(line)), "a.txt")
    assert found.refusal.reason == f"more than {LINES:,} lines in one document"
    assert found.seconds < SECONDS
    assert found.memory < MEMORY


@pytest.mark.parametrize("part", [b" ", b"w", b'"', b". ", b"1", b"A. B ", b"((((", b"said said ", "“".encode()])
def test_texts_of_one_thing(part: bytes) -> None:
    found = measured(TEXT + part * (5_000_000 // len(part)), "a.txt")
    assert ARTICLE in found.document.text
    assert found.seconds < SECONDS
    assert found.memory < MEMORY


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"[" * 1_000_000 + b"]" * 1_000_000, Malformed),
        (b'{"text":' * 500_000, Malformed),
        (b'{"text":"x","date":' + b"9" * 1_000_000 + b"}", Malformed),
        (b"[" + b",".join([b'{"a":1}'] * (JSON_VALUES // 2 + 1)) + b"]", TooLarge),
        (b"[" + b",".join([b"1"] * (JSON_VALUES + 1)) + b"]", TooLarge),
        (b'{"text":"\xed\xa0\x80"}', InputError),
        (b'{"text":"\\ud800"}', InputError),
    ],
)
def test_json(data: bytes, kind: type[InputError]) -> None:
    for name in ("a.json", "a.jsonl"):
        found = measured(data, name)
        assert isinstance(found.refusal, kind)
        assert found.seconds < SECONDS
        assert found.memory < MEMORY


def test_parts_of_an_email_within_each_other() -> None:
    deep = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3_000))
    found = measured(MAIL + deep + b"Content-Type: text/plain\n\nwords\n", "a.eml")
    assert found.refusal.reason == "an e-mail with parts within each other beyond reason"
    messages = measured(MAIL + b"Content-Type: message/rfc822\n\n" * 5_000 + b"words\n", "a.eml")
    assert isinstance(messages.refusal, Malformed)


def test_parts_of_an_email_beside_each_other() -> None:
    part = b"--b\nContent-Type: text/plain\n\n%s\n"
    data = MAIL + b"Content-Type: multipart/mixed; boundary=b\n\n" + part % TEXT + part % b"x" * 20_000 + b"--b--\n"
    found = measured(data, "a.eml")
    assert found.document.text.startswith(ARTICLE)
    assert found.seconds < SECONDS


@pytest.mark.parametrize(
    "field",
    [
        b"Content-Type: text/plain; " + b"; ".join(b"a%d=b" % n for n in range(100_000)),
        b"Content-Disposition: inline;\n " + b";\n ".join(b"name*%d=b" % n for n in range(20_000)),
    ],
)
def test_parameters_of_a_part_of_an_email(field: bytes) -> None:
    found = measured(MAIL + field + b"\n\n" + TEXT, "a.eml")
    assert found.refusal.reason == f"more than {HEADER_LIMIT:,} bytes in one field of a header"
    assert found.seconds < 2


@pytest.mark.parametrize(
    "field",
    [b"Subject: " + b"=?utf-8?q?a?= " * 200_000, b"From: " + b"<" * 200_000, b"Date: " + b"(" * 200_000],
    ids=["encoded words", "angles", "comments"],
)
def test_a_field_of_an_email_without_end(field: bytes) -> None:
    data = b"\n".join(line for line in MAIL.split(b"\n") if line[:4] != field[:4]) + field + b"\n\n" + TEXT
    found = measured(data, "a.eml")
    assert f"more than {HEADER_LIMIT:,} bytes in the field" in found.refusal.reason
    assert found.seconds < 2


@pytest.mark.parametrize("fields", [b"X: y\n" * 300_000, b"To: " + b"a," * 500_000 + b"\n"], ids=["many", "people"])
def test_fields_of_an_email_without_end(fields: bytes) -> None:
    found = measured(MAIL + fields + b"\n" + TEXT, "a.eml")
    assert ARTICLE in found.document.text
    assert found.seconds < SECONDS
    assert found.memory < MEMORY


@pytest.mark.parametrize(
    "data",
    [
        b"text,title\n" + b"a," * 5_000_000,
        b"text,title\n" + b'""' * 5_000_000,
        b'text,title\n"' + b"a\n" * 500_000,
        b"text,title\n" + b'"a' * 500_000,
    ],
    ids=["fields", "quotes", "open", "stray"],
)
def test_tables(data: bytes) -> None:
    found = measured(data, "a.csv")
    assert found.documents == []
    assert found.refused
    assert found.seconds < SECONDS
    assert found.memory < MEMORY


def test_a_table_with_a_column_for_each_row_of_another() -> None:
    head = b",".join(b"c%d" % n for n in range(200_000))
    assert ARTICLE in measured(head + b",text\n" + b"," * 200_000 + b'"' + TEXT + b'"\n', "a.csv").document.text


def zipped(*names: str, data: bytes = TEXT) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, data)
    return out.getvalue()


OUT = ("../a.txt", "/etc/a.txt", "b/../../a.txt", "..\\a.txt", "C:\\a.txt", "C:/a.txt", "b/..\\..\\a.txt")


@pytest.mark.parametrize("name", OUT)
def test_names_that_lead_out_of_an_archive(name: str) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for member in (name, "good.txt"):
            info = tarfile.TarInfo(member)
            info.size = len(TEXT)
            archive.addfile(info, io.BytesIO(TEXT))
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE):
            info = tarfile.TarInfo("link.txt")
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    for data, called in ((zipped(name, "good.txt"), "a.zip"), (out.getvalue(), "a.tar")):
        found = measured(data, called)
        assert [document.text for document in found.documents] == [ARTICLE]
        (refused,) = found.refused
        assert refused.reason == "its name leads out of the archive"


def test_a_page_packed_a_thousandfold() -> None:
    bomb = gzip.compress(bytes(200_000_000), 9)
    for data, name in (
        (bomb, "a.txt.gz"),
        (gzip.compress(bomb), "a.txt.gz"),
        (zipped("a.txt", data=bytes(200_000_000)), "a.zip"),
        (record(answer(bomb, more="Content-Encoding: gzip\r\n")), "a.warc"),
        (record(answer(zlib.compress(bytes(200_000_000)), more="Content-Encoding: deflate\r\n")), "a.warc"),
    ):
        found = measured(data, name)
        assert isinstance(found.refusal, TooLarge)
        assert found.memory < 300_000_000


def test_a_file_that_unpacks_to_itself_ends() -> None:
    """An archive within an archive within an archive, as deep as a quine would go."""
    inner = zipped("good.txt")
    for _ in range(20):
        inner = zipped("more.zip", data=inner)
    assert "archives or packings within each other" in measured(inner, "a.zip").refusal.reason
    packed = TEXT
    for _ in range(20):
        packed = gzip.compress(packed)
    assert "archives or packings within each other" in measured(packed, "a.txt.gz").refusal.reason


def test_members_that_share_their_bytes() -> None:
    """A directory that names the same packed bytes many times: little in the file, much to unpack."""
    whole = zipped("a.txt", data=bytes(15_000_000))
    at = whole.index(b"PK\x01\x02")
    end = whole.index(b"PK\x05\x06")
    entry = whole[at:end]
    many = whole[:at] + b"".join(entry for _ in range(200))
    many += whole[end : end + 8] + (200).to_bytes(2, "little") * 2 + (200 * len(entry)).to_bytes(4, "little")
    many += at.to_bytes(4, "little") + b"\0\0"
    found = measured(many, "a.zip")
    assert found.refusal.reason == "its files lie on top of each other: an archive made to do harm"
    assert found.memory < MEMORY


def test_refusals_hold_nothing_of_what_was_read() -> None:
    out = zipped(*(f"{n}.txt" for n in range(40)), data=b"\x00" * 15_000_000)
    found = measured(out, "a.zip")
    assert len(found.refused) == 40
    assert found.memory < 300_000_000


def feed(content: str = "x", more: str = "") -> bytes:
    return (
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>x</title><item>'
        f"<link>https://a.example/1</link><title>x</title>{more}<content:encoded>{content}</content:encoded></item>"
        "</channel></rss>"
    ).encode()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (feed("&lt;!--" * 200_000), "more than 20,000 comments in one feed"),
        (feed(more=f"<author>{'a' * 200_000}</author>"), "a word of more than 500 letters in the name of somebody"),
        (
            feed(more=f"<dc:creator><![CDATA[{'a.' * 90_000}]]></dc:creator>"),
            "a word of more than 500 letters in the name",
        ),
        (feed(more=f"<author>{'&#97;' * 50_000}</author>"), "a word of more than 500 letters in the name of somebody"),
        (
            feed(more="<category " + " ".join(f"a{n}='1'" for n in range(99_000)) + "/>"),
            "more than 500 attributes in one element",
        ),
    ],
    ids=["comments", "author", "creator", "references", "attributes"],
)
def test_feeds_that_take_the_square_of_their_length(data: bytes, reason: str) -> None:
    found = measured(data, "a.xml")
    assert found.refusal.reason.startswith(reason)
    assert found.seconds < 2


@pytest.mark.parametrize(
    "part",
    [
        "&lt;",
        "&lt;a ",
        "&lt;a b='",
        "&lt;![CDATA[",
        "&lt;/",
        "&lt;!DOCTYPE ",
        "&lt;script>",
        "&amp;lt;",
        "keep reading ",
        "the post ",
    ],
)
def test_feeds_of_one_thing(part: str) -> None:
    found = measured(feed(part * 20_000, f"<author>{part * 20_000}</author><title>{part * 20_000}</title>"), "a.xml")
    assert found.entries == 1
    assert found.seconds < SECONDS


def test_many_entries_that_seem_to_go_on_elsewhere() -> None:
    """How a feed says that it holds the beginning of an article is looked for at the end of each."""
    words = "The dam held, said the mayor. " * 30 + "keep reading " * 20
    entries = "".join(
        f"<item><link>https://a.example/{n}</link><title>{n}</title><description>{words}</description></item>"
        for n in range(300)
    )
    found = read_feed(f'<rss version="2.0"><channel><title>x</title>{entries}</channel></rss>'.encode(), name="a")
    began = process_time()
    for entry in found.entries:
        whole(replace(entry, content=words, is_text=True))
    assert process_time() - began < 1
    assert not whole(replace(found.entries[0], content=words + "Keep reading on our site", is_text=True))


ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + b"".join(
    b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
)


@pytest.mark.parametrize(
    "body",
    [
        b'<rss version="2.0"><channel><title>&j;&f;</title><item><title>&j;</title><link>https://a.example/&f;</link></item></channel></rss>',
        b'<feed xmlns="http://www.w3.org/2005/Atom"><title>&j;&f;</title><entry><id>&j;</id><title>&f;</title></entry></feed>',
        b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://a.example/&j;&f;</loc></url></urlset>',
        b"<sitemapindex><sitemap><loc>https://a.example/&j;&f;</loc></sitemap></sitemapindex>",
        b'<opml version="1.0"><body><outline type="rss" text="&j;" xmlUrl="https://a.example/&f;"/></body></opml>',
        b'<rss version="2.0">' + b"<channel>" * 100_000,
        b'<opml version="1.0"><body>' + b"<outline>" * 100_000,
        b"<urlset>" + b"<url>" * 100_000,
    ],
    ids=["rss", "atom", "sitemap", "index", "opml", "deep rss", "deep opml", "deep sitemap"],
)
def test_lists_with_entities_and_depth(body: bytes) -> None:
    found = measured(ENTITIES + b'<!ENTITY f SYSTEM "file:///etc/passwd">]>' + body, "a.xml")
    assert found.documents == []
    assert found.entries <= 1
    assert "root:" not in " ".join(map(str, found.refused))
    assert found.seconds < 5
    assert found.memory < 200_000_000

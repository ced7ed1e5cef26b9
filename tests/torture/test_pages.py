"""Web pages made to do harm: each is read or refused by name, in bounded time and memory, and nothing read runs a script."""

from __future__ import annotations

import json
import re
from itertools import pairwise

import pytest

from onrecord.errors import EmptyInput, NotText, TooLarge
from onrecord.intake.limits import PAGE_ATTRIBUTES, PAGE_DEPTH, PAGE_ELEMENTS
from onrecord.records import Document

from .measured import measured, needs_fork

pytestmark = needs_fork

WORDS = "The minister said on Monday that at least {} people had been killed in the valley."
STORY = "".join(f"<p>{WORDS.format(n)}</p>" for n in (107, 108, 109))
SECONDS = 15.0  # of the slowest, with room: most take a tenth of one
MEMORY = 700_000_000


def page(body: str, head: str = "<title>Dam bursts</title>", *, story: str = STORY) -> bytes:
    return f"<!doctype html><html><head>{head}</head><body><article>{story}{body}</article></body></html>".encode()


@pytest.mark.parametrize("tags", ["<div>", "<b>", "<ul><li>", "<blockquote>", "<table><tr><td>", "<span>", "<font>"])
def test_elements_within_each_other(tags: str) -> None:
    found = measured(page(tags * 100_000 + "words" + STORY), "a.html")
    assert isinstance(found.refusal, TooLarge)
    assert f"more than {PAGE_DEPTH} elements within each other" in found.refusal.reason
    assert found.seconds < SECONDS
    assert found.memory < MEMORY


def test_what_stands_behind_deep_elements_is_not_lost() -> None:
    """The parser ends without a word where elements lie too deep: what was read before would pass for the article."""
    deepest = PAGE_DEPTH - 4  # html, body, article, and the paragraph
    found = measured(page("<div>" * deepest + "</div>" * deepest + "<p>Nobody was hurt, she added.</p>"), "a.html")
    assert "Nobody was hurt" in found.document.text
    found = measured(page("<div>" * 300 + "</div>" * 300 + "<p>Nobody was hurt, she added.</p>"), "a.html")
    assert isinstance(found.refusal, TooLarge)


@pytest.mark.parametrize(
    "body",
    [
        "<table>" + "<tr><td>1</td><td>a</td></tr>" * 1_000_000 + "</table>",
        "<br>" * 3_000_000,
        STORY * 60_000,
        "".join(f"<a href=/{n}>{n}</a>" for n in range(400_000)),
        "<p>" + "<em>x</em> and " * 500_000,
    ],
    ids=["rows", "breaks", "paragraphs", "links", "emphasis"],
)
def test_too_many_elements(body: str) -> None:
    found = measured(page(body)[:19_999_999], "a.html")
    assert isinstance(found.refusal, TooLarge)
    assert found.refusal.reason == f"more than {PAGE_ELEMENTS:,} elements in one page"
    assert found.seconds < SECONDS
    assert found.memory < MEMORY


@pytest.mark.parametrize("form", ["a{}=1 ", 'a{}="1"', "a{}='1>'/", "a{} ", "a{} = \n{} ", "<a b='", '<a b="'])
def test_too_many_attributes(form: str) -> None:
    crowd = "".join(form.format(n, n) for n in range(300_000))
    found = measured(page(f"<p {crowd}>{STORY}"), "a.html")
    assert found.refusal.reason == f"more than {PAGE_ATTRIBUTES:,} attributes in one element"
    assert found.seconds < SECONDS


def test_as_many_attributes_as_are_read() -> None:
    most = "".join(f"a{n}=1 " for n in range(PAGE_ATTRIBUTES))
    assert WORDS.format(107) in measured(page(f"<p {most}>Words."), "a.html").document.text


@pytest.mark.parametrize(
    "body",
    [
        f"<p class='{'a' * 10_000_000}'>",
        f"<a href='https://a.example/{'a/' * 1_000_000}'>x</a>",
        '<a href="' + "x'" * 5_000_000,
        "<p>" + "w" * 10_000_000,
        "<p>" + " " * 10_000_000 + "x",
        "<!--" * 2_000_000,
        "<!" * 4_000_000,
        "<" * 1_000_000,
        "&" * 1_000_000,
        "&lt;" * 2_000_000,
        "&#" + "9" * 5_000_000 + ";",
        "<script>" + "<div>" * 2_000_000,
        "<svg><style>" + "</" * 2_000_000,
        "\u202e" * 1_000_000,
    ],
    ids=[
        *(
            "attribute",
            "address",
            "open attribute",
            "word",
            "blanks",
            "comments",
            "declarations",
            "angles",
            "ampersands",
        ),
        *("entities", "number", "script", "style", "overrides"),
    ],
)
def test_much_of_one_thing(body: str) -> None:
    found = measured(page(body), "a.html")
    assert WORDS.format(107) in found.document.text
    assert found.seconds < SECONDS
    assert found.memory < MEMORY


def test_entities_are_not_expanded() -> None:
    letters = "abcdefghij"
    bomb = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise(letters))
    head = f'<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa">{bomb}<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    found = measured((head + page("<p>&j; &f;</p>").decode()).encode(), "a.html")
    assert len(found.document.text) < 1_000
    assert "root:" not in found.document.text
    assert found.seconds < 2


@pytest.mark.parametrize(
    "data",
    [
        "[" * 100_000 + "]" * 100_000,
        '{"@graph":' * 20_000 + "1" + "}" * 20_000,
        "[" + ",".join(['{"@type":"NewsArticle"}'] * 100_000) + "]",
        '{"@type":"NewsArticle","author":' + "[" * 900 + '"x"' + "]" * 900 + "}",
        '{"@type":"NewsArticle","publisher":' + '{"name":' * 900 + '"x"' + "}" * 900 + "}",
        '{"@type":"NewsArticle","headline":',
        '{"@type":"NewsArticle","headline":null,"datePublished":[1],"author":{"name":[null]},"publisher":7}',
        '{"@type":["NewsArticle",7,null],"datePublished":' + "9" * 5_000 + "}",
        '{"@type":"NewsArticle","headline":"\\ud800"}',
        "\x00",
        "NaN",
    ],
)
def test_broken_linked_data_states_nothing(data: str) -> None:
    found = measured(page("", f"<title>Dam bursts</title><script type=application/ld+json>{data}</script>"), "a.html")
    if "\x00" in data:
        assert isinstance(found.refusal, NotText)
        return
    assert WORDS.format(107) in found.document.text
    assert found.seconds < SECONDS


SCRIPTS = (
    "javascript:alert(1)",
    " JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "\x01javascript:alert(1)",
    "&#106;avascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
)


@pytest.mark.parametrize("address", SCRIPTS)
def test_no_address_of_a_page_runs_a_script(address: str) -> None:
    linked = json.dumps(
        {
            "@type": "NewsArticle",
            "headline": "<script>alert(1)</script>",
            "url": address,
            "mainEntityOfPage": address,
            "author": {"name": "<img src=x onerror=alert(1)>", "url": address},
            "publisher": {"name": "</script><script>alert(1)</script>", "url": address},
        }
    ).replace("</", "<\\/")
    head = (
        f"<title><script>alert(1)</script></title><base href='{address}'><link rel=canonical href='{address}'>"
        f"<meta property='og:url' content='{address}'><meta name='twitter:url' content='{address}'>"
        f"<meta property='og:title' content='<script>alert(1)</script>'><meta name=author content='{address}'>"
        f"<script type=application/ld+json>{linked}</script>"
    )
    body = f"<a href='{address}' onclick='alert(1)'>here</a><script>alert(1)</script><img src='{address}' onerror=alert(1)>"
    found = measured(page(body, head).replace(b"\x01", b"&#1;"), "a.html")
    assert_harmless(found.document)


@pytest.mark.parametrize("address", [address for address in SCRIPTS if "&" not in address])
def test_no_address_of_a_row_a_message_or_an_entry_runs_a_script(address: str) -> None:
    row = json.dumps({"text": WORDS, "url": address, "title": "<script>alert(1)</script>", "author": address})
    assert_harmless(measured(row.encode(), "a.jsonl").document)
    table = f'text,url\n"{WORDS}","{address}"\n'
    for document in measured(table.replace("\x01", " ").encode(), "a.csv").documents:
        assert_harmless(document)
    printable = re.sub(r"[\x00-\x1f]", "", address)
    mail = f"From: a@b.example\nSubject: {printable}\nArchived-At: <{printable}>\nDate: {printable}\n\n{WORDS}\n"
    assert_harmless(measured(mail.encode(), "a.eml").document)
    feed = f"<rss version='2.0'><channel><link>{printable}</link><item><link>{printable}</link></item></channel></rss>"
    assert measured(feed.replace("<script>alert(1)</script>", "").encode(), "a.xml").entries == 0


def test_half_a_pair_of_surrogates_in_what_is_stated_can_be_stored() -> None:
    stated = r'"title": "a\ud800b", "author": "\udfff", "url": "https://a.example/\ud800", "date": "\u0000"'
    row = f'{{"text": "{WORDS}", {stated}}}'
    document = measured(row.encode(), "a.jsonl").document
    assert document.title == "a\ufffdb"
    assert document.author == "\ufffd"
    for value in (document.url, *(date.value for date in document.dates)):
        assert value is not None
        assert "\x00" not in value
        value.encode("utf-8")


def assert_harmless(document: Document) -> None:
    assert document.url is None
    assert "alert(1)</script>" not in document.text.replace(
        "<script>alert(1)</script>", ""
    )  # only where it was a title


PLAIN = page("<p>Grüße — “quoted”.</p>").decode()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (PLAIN.encode().replace(b"Monday", b"M\xc0\xafn"), None),  # overlong "/"
        (PLAIN.encode().replace(b"Monday", b"M\xed\xa0\x80n"), None),  # half a surrogate pair in UTF-8
        (PLAIN.encode().replace(b"Monday", b"M\xf8\x88\x80\x80\x80n"), None),  # five bytes
        (PLAIN.encode("utf-16-le"), None),  # without its mark
        (PLAIN.encode("utf-16-be"), None),
        (b"\xff\xfe" + PLAIN.encode("utf-16-le") + b"\x00", NotText),
        (b"\xff\xfe" + PLAIN.encode("utf-16-le").replace(b"M\x00o\x00", b"\x00\xd8o\x00"), NotText),
        (PLAIN.encode("cp1252") + PLAIN.encode("utf-8"), None),
        (PLAIN.encode().replace(b"Monday", b"Mon\x00day"), NotText),
        (PLAIN.encode().replace(b"Monday", b"Mon\x08day"), NotText),
        (b"\xef\xbb\xbf" * 3 + PLAIN.encode(), None),
        (PLAIN.replace("<head>", "<head><meta charset=utf-7>").encode(), None),
        (PLAIN.replace("<head>", "<head><meta charset=rot13>").encode(), None),
        (PLAIN.replace("<head>", "<head><meta charset=idna>").encode(), None),
        (PLAIN.replace("<head>", "<head><meta charset=unicode_escape>").encode(), None),
        (PLAIN.replace("<head>", "<head><meta charset='x\x7f'>").encode(), None),
        (b"<html>" + bytes(range(128, 256)) * 50_000, EmptyInput),
    ],
)
def test_broken_encodings(data: bytes, kind: type[Exception] | None) -> None:
    found = measured(data, "a.html")
    assert found.seconds < SECONDS
    if kind is None and found.refused:
        assert isinstance(found.refusal, NotText)
    elif kind is None:
        assert "people had been killed" in found.document.text
    else:
        assert isinstance(found.refusal, kind | NotText)


def test_overrides_of_direction_stay_where_they_are() -> None:
    """What is stored is what the page has: whoever shows it keeps it within its own element."""
    found = measured(
        page("<p>The \u202eneddih\u202c word and the \u2066isolate\u2069 were said on Monday again.</p>"), "a.html"
    )
    assert "\u202eneddih\u202c" in found.document.text

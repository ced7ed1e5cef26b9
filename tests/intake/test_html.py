"""Pages: main text with its structure, what the page states about itself, and every date that it offers."""

from __future__ import annotations

import pytest

from onrecord.errors import EmptyInput, InputError
from onrecord.intake import document_from_bytes
from onrecord.records import DateCandidate, Document

HEAD = """<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Talks on the dam - The Norland Post</title>
<meta property="og:site_name" content="The Norland Post">
<meta property="article:published_time" content="2024-10-28T09:20:00+02:00">
<meta property="article:modified_time" content="2024-10-30T10:00:00+02:00">
<link rel="canonical" href="https://norlandpost.example/2024/10/27/dam-talks">
<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
  {"@type": "WebPage", "datePublished": "2020-01-01"},
  {"@type": ["NewsArticle"], "headline": "Talks on the dam collapse", "datePublished": "2024-10-28T09:15:00+02:00",
   "dateModified": "2024-10-29", "author": [{"@type": "Person", "name": "Ada Berg"}, {"name": "Bo Lind"}],
   "publisher": {"@type": "Organization", "name": "The Norland Post"}}]}</script></head>"""
BODY = """<body><nav><a href="/">Home</a> <a href="/w">World</a></nav><article><h1>Talks on the dam collapse</h1>
<time class="published" datetime="2024-10-28T09:15+02:00">28 October 2024</time>
<p>The minister of water, <b>Tor Holm</b>, said on Monday that at least 107 people had been killed when the dam at
Elv burst. He spoke to reporters in the capital after a long meeting with the cabinet.</p>
<blockquote><p>We will rebuild every house, and we will rebuild it this year.</p><cite>Tor Holm, minister</cite></blockquote>
<h2>What is known</h2><ul><li>About 10,000 people were moved</li><li>Three bridges are closed</li></ul>
<p>The opposition called the figure too low. Its leader, Eva Strand, said hundreds were missing<br>and demanded an
inquiry. <a href="/s">Share</a></p><p>Read also: <a href="/x">How the dam was built</a></p>
<table><tr><th>Town</th><th>Dead</th></tr><tr><td>Elv</td><td>80</td></tr></table>
<p>Sign up for our newsletter to get the news first.</p></article><footer>Imprint and contact</footer></body></html>"""


def page(source: str, **given: str) -> Document:
    return document_from_bytes(source.encode(), name="page.html", **given)


def test_structure_survives_and_furniture_is_marked() -> None:
    found = page(HEAD + BODY)
    assert [(b.kind, b.span.of(found.text)) for b in found.blocks] == [
        ("heading", "Talks on the dam collapse"),
        (
            "paragraph",
            "The minister of water, Tor Holm, said on Monday that at least 107 people had been killed when the dam at Elv "
            "burst. He spoke to reporters in the capital after a long meeting with the cabinet.",
        ),
        ("quote", "We will rebuild every house, and we will rebuild it this year."),
        ("quote", "Tor Holm, minister"),
        ("heading", "What is known"),
        ("list", "About 10,000 people were moved"),
        ("list", "Three bridges are closed"),
        (
            "paragraph",
            "The opposition called the figure too low. Its leader, Eva Strand, said hundreds were missing\n"
            "and demanded an inquiry.",
        ),
        ("boilerplate", "Share"),
        ("boilerplate", "Read also: How the dam was built"),
        ("list", "Town | Dead"),
        ("list", "Elv | 80"),
        ("boilerplate", "Sign up for our newsletter to get the news first."),
    ]
    assert "Home" not in found.text
    assert "Imprint" not in found.text


def test_what_the_page_states_about_itself() -> None:
    found = page(HEAD + BODY)
    assert (found.title, found.publisher, found.author) == (
        "Talks on the dam collapse",
        "The Norland Post",
        "Ada Berg, Bo Lind",
    )
    assert (found.lang, found.url) == ("en-GB", "https://norlandpost.example/2024/10/27/dam-talks")


def test_all_dates_are_kept_and_the_article_s_own_is_chosen() -> None:
    found = page(HEAD + BODY)
    assert found.published == "2024-10-28T09:15:00+02:00"
    assert set(found.dates) == {
        DateCandidate("2024-10-28T09:15:00+02:00", "json-ld datePublished"),
        DateCandidate("2024-10-29", "json-ld dateModified"),
        DateCandidate("2024-10-28T09:20:00+02:00", "meta published: article:published_time"),
        DateCandidate("2024-10-30T10:00:00+02:00", "meta modified: article:modified_time"),
        DateCandidate("2024-10-28T09:15+02:00", "time published"),
        DateCandidate("2020-01-01", "json-ld page datePublished"),
        DateCandidate("2024-10-27", "url"),
    }


def test_each_source_of_a_date_stands_in_when_the_better_ones_are_missing() -> None:
    story = "<p>" + "The minister said on Monday that at least 107 people had been killed in the valley. " * 3 + "</p>"
    meta = '<meta name="parsely-pub-date" content="2024-10-26T10:00:00Z">'
    time = '<article><h1>Dam</h1><time datetime="2024-10-25">Friday</time>'
    modified = '<meta property="article:modified_time" content="2024-10-30T10:00:00+02:00">'
    line = "<p>Published: Thursday, October 24, 2024</p>"
    address = "https://a.example/2024/10/23/x"
    for source, url, expected in (
        (f"<html><head>{meta}</head><body>{time}{story}", address, "2024-10-26T10:00:00+00:00"),
        (f"<html><body><article><h1>Dam</h1>{line}{story}", address, "2024-10-23"),
        (f"<html><body>{time}{story}", "https://a.example/x", "2024-10-25"),
        (f"<html><head>{modified}</head><body>{story}", "https://a.example/x", None),
    ):
        assert page(source, url=url).published == expected


def test_the_page_s_own_words_yield_to_the_caller_s() -> None:
    found = page(HEAD + BODY, published="2024-11-01", publisher="Herald", url="https://b.example/")
    assert (found.published, found.publisher, found.url) == ("2024-11-01", "Herald", "https://b.example/")


def test_broken_json_ld_states_nothing_and_spoils_nothing() -> None:
    found = page(HEAD.replace('"@graph": [', '"@graph": [[[') + BODY)
    assert found.published == "2024-10-28T09:20:00+02:00"


@pytest.mark.parametrize(
    "source",
    [
        "<html><body></body></html>",
        "<html><body><img src=x></body></html>",
        "<html><body><p> </p><p>…</p></body></html>",
        "<!doctype html><html><head><title>Only a title</title></head></html>",
    ],
)
def test_a_page_without_article_text_is_refused(source: str) -> None:
    with pytest.raises(EmptyInput, match="HTML without text"):
        page(source)


@pytest.mark.parametrize(
    "source", ["<div>" * 50_000 + "x", "<p>" + "<b>" * 5_000 + "deep words here", "<![CDATA[" * 999, "<" * 9999]
)
def test_hostile_markup_is_read_or_refused(source: str) -> None:
    try:
        outcome = page(source).text
    except InputError as refused:
        outcome = refused.name
    assert "x" in outcome or "deep words here" in outcome or outcome == "page.html"

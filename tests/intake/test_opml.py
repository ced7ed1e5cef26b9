"""Lists of feeds as feed readers write them, by hand, and broken."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import EmptyInput, InputError, Malformed, NotText
from onrecord.intake.feeds import is_opml
from onrecord.intake.opml import Subscription, read_subscriptions

OPML = b"""<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0"><head><title>Mine</title></head><body>
 <outline text="Wires">
  <outline text="Agencies" title="News agencies">
   <outline type="rss" text="AFP" title="Agence" xmlUrl="https://afp.example/rss" htmlUrl="https://afp.example/"/>
  </outline>
  <outline type="rss" text="https://a.example/feed" xmlUrl="https://a.example/feed"/>
 </outline>
 <outline type="RSS" text="Ukrainska Pravda &amp; co" xmlurl=" https://up.example/rss "/>
 <outline type="rss" text="AFP again" xmlUrl="https://afp.example/rss"/>
 <outline type="rss" text="No address"/>
 <outline type="include" text="Others" url="https://x.example/other.opml"/>
 <outline type="link" text="A page" url="https://x.example/"/>
 <outline type="rss" text="Local" xmlUrl="file:///etc/passwd"/>
</body></opml>"""


def test_outlines_are_feeds_with_their_folders() -> None:
    found = read_subscriptions(OPML, name="feeds.opml")
    assert [item for item in found if isinstance(item, Subscription)] == [
        Subscription("https://afp.example/rss", "Agence", ("Wires", "News agencies")),
        Subscription("https://a.example/feed", None, ("Wires",)),
        Subscription("https://up.example/rss", "Ukrainska Pravda & co", ()),
    ]


def test_what_cannot_be_followed_is_said_with_its_line() -> None:
    errors = [item for item in read_subscriptions(OPML, name="feeds.opml") if isinstance(item, InputError)]
    assert [(error.line, error.reason.split(":")[0]) for error in errors] == [
        (11, "'No address' is without `xmlUrl`"),
        (12, "'Others' is another list, which is not followed"),
        (14, "'file"),
    ]


def test_a_text_has_an_address_a_line() -> None:
    text = "# wires\nhttps://a.example/feed  # the main one\n\n  https://b.example/feed#top\r\nnonsense\nhttps://a.example/feed\n"
    found = read_subscriptions(text.encode(), name="feeds.txt")
    assert found[:2] == [Subscription("https://a.example/feed"), Subscription("https://b.example/feed#top")]
    assert str(found[2]).startswith("feeds.txt:5: 'nonsense' is not an address")
    assert len(found) == 3


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", EmptyInput),
        (b"# nothing\n", EmptyInput),
        (b"<opml><body/></opml>", EmptyInput),
        (b"<opml><body>", Malformed),
        (b"<opml><body><outline xmlUrl='a&b'/></body></opml>", Malformed),
        (b"hello\n", Malformed),
        (b"\x89PNG\r\n\x1a\n\x00", NotText),
        (b"<opml>" + b"<outline text='x'>" * 5000, Malformed),
    ],
)
def test_what_lists_nothing_is_refused(data: bytes, kind: type[InputError]) -> None:
    with pytest.raises(kind):
        read_subscriptions(data, name="feeds.opml")


def test_entities_bring_nothing_in(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("https://secret.example/feed")
    data = (
        f'<?xml version="1.0"?><!DOCTYPE opml [<!ENTITY x SYSTEM "{secret.as_uri()}">]><opml><body>'
        '<outline text="a" xmlUrl="https://a.example/feed"/><outline text="&x;" xmlUrl="&x;"/></body></opml>'
    ).encode()
    assert is_opml(data)
    try:
        found = read_subscriptions(data, name="feeds.opml")
    except Malformed:  # libxml2 refuses an external entity in an attribute by itself
        return
    assert "secret.example" not in str(found)


@given(st.text(max_size=200))
def test_any_text_is_a_list_or_refused(text: str) -> None:
    try:
        found = read_subscriptions(text.encode("utf-8", "replace"), name="x")
    except (EmptyInput, Malformed, NotText):
        return
    assert any(isinstance(item, Subscription) for item in found)

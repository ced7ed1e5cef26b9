"""What is an address, what makes two the same page, which are refused before anybody is asked."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import Unfetched
from onrecord.intake.addresses import is_address, page_address, require_address


@pytest.mark.parametrize(
    ("given_", "is_one"),
    [
        ("https://example.org/a", True),
        ("HTTP://EXAMPLE.ORG", True),
        ("ftp://example.org/a", False),
        ("example.org/a", False),
        ("notes/http://x", False),
        (Path("https://example.org"), False),
    ],
)
def test_only_texts_that_begin_as_one_are_addresses(given_: object, is_one: bool) -> None:
    assert is_address(given_) is is_one


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://Example.ORG/a", "https://example.org/a#top"),
        ("https://example.org:443/a", "https://example.org/a"),
        ("http://example.org", "http://example.org/"),
        ("https://example.org/a?utm_source=rss&id=3&utm_medium=feed", "https://example.org/a?id=3"),
        ("https://example.org/a?fbclid=x", "https://example.org/a"),
    ],
)
def test_addresses_of_one_page_are_equal(one: str, other: str) -> None:
    assert page_address(one) == page_address(other) == page_address(page_address(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/A", "https://example.org/a"),
        ("http://example.org/a", "https://example.org/a"),
        ("https://example.org/a?id=3", "https://example.org/a?id=4"),
        ("https://example.org:8443/a", "https://example.org/a"),
        ("https://example.org/a?ref=utm_x", "https://example.org/a"),
    ],
)
def test_addresses_of_different_pages_are_not(one: str, other: str) -> None:
    assert page_address(one) != page_address(other)


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("file:///etc/passwd", "http:// or https://"),
        ("javascript:alert(1)", "http:// or https://"),
        ("https:///a", "without a host"),
        ("https://me:secret@example.org/a", "name or password"),
        ("https://example.org:99999/", "http:// or https://"),
        ("https://[broken/", "http:// or https://"),
        ("https://example.org/a b", "blank"),
        ("https://example.org/a\nHost: x", "blank or a control"),
        ("https://example.org/" + "a" * 9000, "more than 8,000"),
    ],
)
def test_what_is_no_address_is_refused_with_the_reason(address: str, reason: str) -> None:
    with pytest.raises(Unfetched, match=reason) as caught:
        require_address(address)
    assert caught.value.again is None
    assert "secret" not in str(caught.value)


def test_a_fragment_is_not_sent() -> None:
    assert require_address("https://example.org/a?b=c#d") == "https://example.org/a?b=c"


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    page_address(text)
    try:
        require_address("https://" + text)
    except Unfetched:
        return
    assert is_address("https://" + text)

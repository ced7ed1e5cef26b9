"""Dates are read in the forms the web uses, and an uncertain one is not read at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.intake import document_from_text
from onrecord.intake.dates import choose, date_in_url, read_date, require_iso
from onrecord.records import DateCandidate


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2024-10-28", "2024-10-28"),
        ("2024-10-28T09:15:00+02:00", "2024-10-28T09:15:00+02:00"),
        ("2024-10-28T09:15Z", "2024-10-28T09:15:00+00:00"),
        ("2024-10-28T09:15:00.123+0200", "2024-10-28T09:15:00.123000+02:00"),
        ("2024-10-28 09:15:00", "2024-10-28"),
        ("20241028T121500Z", "2024-10-28T12:15:00+00:00"),
        ("20241028", "2024-10-28"),
        ("Mon, 28 Oct 2024 09:15:00 GMT", "2024-10-28T09:15:00+00:00"),
        ("Mon, 28 Oct 2024 09:15:00 -0000", "2024-10-28"),
        ("October 28, 2024", "2024-10-28"),
        ("Oct. 28th 2024, 9:15 am", "2024-10-28"),
        ("Monday 28 October 2024", "2024-10-28"),
        (1730106900, "2024-10-28T09:15:00+00:00"),
        (1730106900000, "2024-10-28T09:15:00+00:00"),
        ("1730106900", "2024-10-28T09:15:00+00:00"),
        ("03/04/2015", None),
        ("2024-10", None),
        ("2024-13-01", None),
        ("October 28", None),
        ("31 February 2024", None),
        ("soon", None),
        ("", None),
        (2024, None),
    ],
)
def test_read_date(written: str | int, iso: str | None) -> None:
    assert read_date(written) == iso


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://a.example/2014/02/04/three-dead", "2014-02-04"),
        ("https://a.example/world/2014/feb/04/three-dead", "2014-02-04"),
        ("https://a.example/news/2014-2-4/", "2014-02-04"),
        ("https://a.example/story-20140204.html", "2014-02-04"),
        ("http://web.archive.org/web/20160617212336/http://a.example:80/2014/02/04/x", "2014-02-04"),
        ("http://web.archive.org/web/20160617212336/http://a.example/x", None),
        ("https://a.example/story/20259999/x", None),
        ("https://a.example/2014/02/", None),
        ("https://2014-02-04.example/x", None),
    ],
)
def test_date_in_url(url: str, day: str | None) -> None:
    assert date_in_url(url) == day


@pytest.mark.parametrize(
    ("top", "day"),
    [
        ("Headline of it\n\nTuesday, September 22, 2015\n\n", "2015-09-22"),
        ("Headline of it\n\nPublished: Saturday, October 22, 2016 @ 2:13 PM\n\n", "2016-10-22"),
        ("Headline of it\n\nThursday, May 7, 2015 ", "2015-05-07"),
        ("FRANKLIN (Feb. 4, 2014) – ", "2014-02-04"),
        ("KYIV, 28 October 2024 (Reuters) — ", "2024-10-28"),
        ("SARMIN, March 13, 2025 (Continental Wire) – ", "2025-03-13"),
        ("Sarmin/Delport, Thursday, March 13, 2025 - ", "2025-03-13"),
        ("KYIV, Oct 28 (Reuters) — ", None),
        ("Headline of it\n\nUpdated: October 24, 2016\n\n", None),
        ("On October 28, 2024 the dam burst. ", None),
    ],
)
def test_datelines(top: str, day: str | None) -> None:
    found = document_from_text(top + "The minister said that at least 107 people had been killed.")
    assert found.published == day


def test_the_order_of_choice_and_what_is_never_chosen() -> None:
    dateline, url = DateCandidate("2024-10-25", "dateline"), DateCandidate("2024-10-26", "url")
    unreadable = DateCandidate("soon", "field: published")
    modified = DateCandidate("2024-10-30", "json-ld dateModified")
    assert choose([modified, dateline, unreadable, url]) == "2024-10-26"
    assert choose([modified, unreadable]) is None
    assert choose([]) is None


@given(st.datetimes(timezones=st.timezones()))
def test_every_iso_date_time_is_read_as_itself(moment: object) -> None:
    written = moment.replace(microsecond=0).isoformat()  # type: ignore[attr-defined]
    if len(written) == 25:  # offsets with seconds are older than ISO 8601
        assert require_iso(written) == written

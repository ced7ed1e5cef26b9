"""Fetching, from a server on this machine: manners, limits, what is refused and how that is said. Nobody sleeps."""

from __future__ import annotations

import gzip
import random
import socket
import zlib
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.intake.webserver import BEGAN, Answer, FakeClock, Request, Server, article, served

from onrecord.errors import EmptyInput, InputError, Malformed, NotText, TooLarge, Unfetched
from onrecord.intake.addresses import Validators
from onrecord.intake.fetching import Fetched, Fetcher, Manners, backed_off
from onrecord.intake.fetching.answers import fresh_for, kind_of, retry_after
from onrecord.intake.fetching.bodies import collected
from onrecord.intake.fetching.guard import why_private
from onrecord.intake.fetching.robots import Robots

PAGE = article("The dam holds")
MANNERS = Manners(contact="desk@example.org", allow_private=True)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def server(clock: FakeClock) -> Iterator[Server]:
    with served(clock) as found:
        yield found


@pytest.fixture
def fetcher(clock: FakeClock) -> Iterator[Fetcher]:
    with Fetcher(MANNERS, clock=clock, chance=random.Random(3)) as found:
        yield found


def refused(fetcher: Fetcher, address: str) -> InputError:
    with pytest.raises(InputError) as caught:
        fetcher.fetch(address)
    assert caught.value.name == address
    return caught.value


class TestWhatIsSent:
    def test_says_who_it_is_and_what_it_takes(self, server: Server, fetcher: Fetcher) -> None:
        server.pages["/a"] = Answer(PAGE)
        fetcher.fetch(server.url("/a#part"))
        sent = server.asked("/a")[0].headers
        assert sent["user-agent"].startswith("Onrecord/")
        assert sent["user-agent"].endswith(" (+desk@example.org)")
        assert "text/html" in sent["accept"]
        assert sent["accept-encoding"] == "gzip, deflate"
        assert "cookie" not in sent
        assert "if-none-match" not in sent

    @pytest.mark.parametrize("contact", ["", "a\r\nX: y", "me (the desk)", "ж@example.org", "x" * 201])
    def test_a_contact_that_cannot_stand_in_a_request_is_refused(self, contact: str) -> None:
        with pytest.raises(Malformed, match="contact"):
            Manners(contact=contact)

    def test_asks_only_whether_a_known_page_has_changed(self, server: Server, fetcher: Fetcher) -> None:
        def page(request: Request) -> Answer:
            if request.headers.get("if-none-match") == '"v1"':
                return Answer(status=304, headers={"ETag": '"v1"', "Content-Type": ""})
            return Answer(PAGE, headers={"ETag": '"v1"', "Last-Modified": "Fri, 14 Mar 2025 08:00:00 GMT"})

        server.pages["/a"] = page
        first = fetcher.fetch(server.url("/a"))
        assert (first.unchanged, first.data) == (False, PAGE)
        assert first.validators == Validators('"v1"', "Fri, 14 Mar 2025 08:00:00 GMT")
        second = fetcher.fetch(server.url("/a"), known=first.validators)
        assert (second.unchanged, second.data, second.validators) == (True, b"", first.validators)
        assert server.asked("/a")[1].headers["if-modified-since"] == "Fri, 14 Mar 2025 08:00:00 GMT"

    def test_not_modified_that_was_not_asked_is_no_answer(self, server: Server, fetcher: Fetcher) -> None:
        server.pages["/a"] = Answer(status=304)
        assert "was not asked" in refused(fetcher, server.url("/a")).reason

    def test_cookies_live_as_long_as_one_page_takes(self, server: Server, fetcher: Fetcher) -> None:
        server.pages["/a"] = Answer(status=302, headers={"Location": "/b", "Set-Cookie": "seen=1; Path=/"})
        server.pages["/b"] = Answer(PAGE)
        fetcher.fetch(server.url("/a"))
        fetcher.fetch(server.url("/b"))
        assert [r.headers.get("cookie") for r in server.asked("/b")] == ["seen=1", None]


class TestAnswers:
    def test_gives_the_bytes_and_what_the_transport_says(self, server: Server, fetcher: Fetcher) -> None:
        server.pages["/a"] = Answer(
            PAGE, headers={"Content-Type": 'Text/HTML; Charset="windows-1251"', "Cache-Control": "max-age=300"}
        )
        found = fetcher.fetch(server.url("/a"))
        assert (found.data, found.url, found.moved) == (PAGE, server.url("/a"), None)
        assert (found.kind, found.charset, found.fresh) == ("text/html", "windows-1251", 300)

    @pytest.mark.parametrize(
        ("status", "words", "again"),
        [
            (401, "log-in", False),
            (403, "not permit", False),
            (404, "no such page", False),
            (410, "gone for good", False),
            (451, "legal reasons", False),
            (418, "status 418", False),
            (408, "too long", True),
            (429, "too many requests", True),
            (500, "has failed", True),
            (503, "not available", True),
            (599, "has failed", True),
        ],
    )
    def test_statuses_are_said_in_words(
        self, server: Server, fetcher: Fetcher, status: int, words: str, again: bool
    ) -> None:
        server.pages["/a"] = Answer(b"x", status)
        error = refused(fetcher, server.url("/a"))
        assert isinstance(error, Unfetched)
        assert words in error.reason
        assert error.status == status
        assert (error.again is not None) is again
        assert len(server.asked("/a")) == (3 if again else 1)

    def test_an_answer_without_content(self, server: Server, fetcher: Fetcher) -> None:
        server.pages["/a"] = Answer(status=204, headers={"Content-Type": ""})
        assert isinstance(refused(fetcher, server.url("/a")), EmptyInput)

    @pytest.mark.parametrize("kind", ["image/png", "audio/mpeg", "video/mp4", "application/zip", "font/woff2"])
    def test_what_is_no_page_is_not_downloaded(self, server: Server, fetcher: Fetcher, kind: str) -> None:
        server.pages["/a"] = Answer(b"x" * 100, headers={"Content-Type": kind})
        error = refused(fetcher, server.url("/a"))
        assert isinstance(error, NotText)
        assert kind in error.reason

    @pytest.mark.parametrize(
        "kind", ["", "text/plain", "application/xhtml+xml", "application/rss+xml", "application/feed+json", "text/xml"]
    )
    def test_pages_and_feeds_are(self, server: Server, fetcher: Fetcher, kind: str) -> None:
        server.pages["/a"] = Answer(PAGE, headers={"Content-Type": kind})
        assert fetcher.fetch(server.url("/a")).data == PAGE


class TestRedirects:
    def test_are_followed(self, server: Server, fetcher: Fetcher) -> None:
        server.pages["/a"] = Answer(status=302, headers={"Location": "b?x=1#y"})
        server.pages["/b?x=1"] = Answer(PAGE)
        found = fetcher.fetch(server.url("/a"))
        assert (found.address, found.url, found.moved) == (server.url("/a"), server.url("/b?x=1"), None)

    def test_for_good_are_remembered_as_far_as_they_are_for_good(self, server: Server, fetcher: Fetcher) -> None:
        server.pages["/a"] = Answer(status=301, headers={"Location": "/b"})
        server.pages["/b"] = Answer(status=308, headers={"Location": "/c"})
        server.pages["/c"] = Answer(status=307, headers={"Location": "/d"})
        server.pages["/d"] = Answer(status=301, headers={"Location": "/e"})
        server.pages["/e"] = Answer(PAGE)
        found = fetcher.fetch(server.url("/a"))
        assert (found.url, found.moved) == (server.url("/e"), server.url("/c"))

    def test_without_end_are_not(self, server: Server, fetcher: Fetcher) -> None:
        def on(request: Request) -> Answer:
            number = int(request.path.removeprefix("/r")) + 1
            return Answer(status=302, headers={"Location": f"/r{number}"})

        server.pages |= {f"/r{number}": on for number in range(40)}
        error = refused(fetcher, server.url("/r0"))
        assert "more than 10 redirects" in error.reason
        assert len(server.paths()) == 11

    def test_in_a_circle_are_not(self, server: Server, fetcher: Fetcher) -> None:
        server.pages["/a"] = Answer(status=302, headers={"Location": "/b"})
        server.pages["/b"] = Answer(status=302, headers={"Location": "/a#again"})
        assert "circle" in refused(fetcher, server.url("/a")).reason

    @pytest.mark.parametrize("target", ["", "file:///etc/passwd", "javascript:alert(1)", "http://[broken", "ftp://x/"])
    def test_that_lead_to_no_address_are_not(self, server: Server, fetcher: Fetcher, target: str) -> None:
        server.pages["/a"] = Answer(status=302, headers={"Location": target})
        assert isinstance(refused(fetcher, server.url("/a")), Unfetched)
        assert server.paths() == ["/a"]


class TestRobots:
    def test_is_asked_once_a_host_and_kept_for_an_hour(
        self, server: Server, fetcher: Fetcher, clock: FakeClock
    ) -> None:
        server.pages |= {"/robots.txt": Answer(b"User-agent: *\nDisallow: /private"), "/a": Answer(PAGE)}
        for _ in range(3):
            fetcher.fetch(server.url("/a"))
        assert len(server.asked("/robots.txt")) == 1
        clock.sleep(3601)
        fetcher.fetch(server.url("/a"))
        assert len(server.asked("/robots.txt")) == 2

    def test_what_it_forbids_is_not_asked(self, server: Server, fetcher: Fetcher) -> None:
        rules = b"User-agent: *\nDisallow: /\n\nUser-agent: onrecord\nDisallow: /private\nAllow: /private/open"
        server.pages |= {"/robots.txt": Answer(rules), "/a": Answer(PAGE), "/private/open": Answer(PAGE)}
        error = refused(fetcher, server.url("/private/x"))
        assert isinstance(error, Unfetched)
        assert (error.again, "robots.txt" in error.reason) == (None, True)
        fetcher.fetch(server.url("/a"))
        fetcher.fetch(server.url("/private/open"))
        assert server.paths() == ["/a", "/private/open"]

    def test_holds_for_where_a_redirect_leads(self, server: Server, fetcher: Fetcher) -> None:
        server.pages["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /private")
        server.pages["/a"] = Answer(status=302, headers={"Location": "/private/x"})
        error = refused(fetcher, server.url("/a"))
        assert "robots.txt" in error.reason
        assert "/private/x" in error.reason
        assert server.paths() == ["/a"]

    @pytest.mark.parametrize("status", [401, 403, 404, 410])
    def test_that_is_not_there_forbids_nothing(self, server: Server, fetcher: Fetcher, status: int) -> None:
        server.pages |= {"/robots.txt": Answer(b"Disallow: /", status), "/a": Answer(PAGE)}
        assert fetcher.fetch(server.url("/a")).data == PAGE

    @pytest.mark.parametrize("status", [429, 500, 503])
    def test_that_cannot_be_had_forbids_everything_for_now(
        self, server: Server, fetcher: Fetcher, clock: FakeClock, status: int
    ) -> None:
        server.pages |= {"/robots.txt": Answer(b"x", status), "/a": Answer(PAGE)}
        error = refused(fetcher, server.url("/a"))
        assert isinstance(error, Unfetched)
        assert "robots.txt" in error.reason
        assert error.again is not None
        assert server.paths() == []
        server.pages["/robots.txt"] = Answer(b"")
        clock.sleep(601)
        assert fetcher.fetch(server.url("/a")).data == PAGE

    @pytest.mark.parametrize(
        "failure", [Answer(b"", 503), Answer(raw=b""), Answer(b"x", headers={"Content-Encoding": "br"})]
    )
    def test_that_was_had_before_holds_until_it_can_be_had_again(
        self, server: Server, fetcher: Fetcher, clock: FakeClock, failure: Answer
    ) -> None:
        server.pages |= {"/robots.txt": Answer(b"User-agent: *\nDisallow: /private"), "/a": Answer(PAGE)}
        fetcher.fetch(server.url("/a"))
        server.pages["/robots.txt"] = failure
        clock.sleep(3601)
        assert fetcher.fetch(server.url("/a")).data == PAGE
        assert "does not allow" in refused(fetcher, server.url("/private")).reason
        asked = len(server.asked("/robots.txt"))
        clock.sleep(601)
        server.pages["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /a")
        assert "does not allow" in refused(fetcher, server.url("/a")).reason
        assert len(server.asked("/robots.txt")) == asked + 1

    def test_that_says_nothing_forbids_nothing(self, server: Server, fetcher: Fetcher) -> None:
        server.pages |= {"/robots.txt": Answer(b"", 204, length=0), "/a": Answer(PAGE)}
        assert fetcher.fetch(server.url("/a")).data == PAGE

    def test_what_it_forbids_is_forbidden_and_what_cannot_be_had_is_not(self, server: Server, fetcher: Fetcher) -> None:
        server.pages["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /private")
        server.pages["/to"] = Answer(status=302, headers={"Location": "/private"})
        forbidden = {path: refused(fetcher, server.url(path)) for path in ("/private", "/none", "/to")}
        assert {path: getattr(error, "forbidden", None) for path, error in forbidden.items()} == {
            "/private": True,
            "/none": False,
            "/to": False,  # a redirect may lead elsewhere tomorrow
        }

    def test_of_many_names_is_forgotten(self, clock: FakeClock) -> None:
        """A page can lead to as many names of one machine as it likes, each with half a megabyte of rules."""
        rules = "User-agent: *\nDisallow: /a\n" + "# padding\n" * 48_000
        asked: list[str] = []
        robots = Robots(lambda url: asked.append(url) or rules, clock)  # type: ignore[func-returns-value]
        for n in (*range(40), 39, 0):
            with pytest.raises(Unfetched):
                robots.require(f"https://h{n}.test/a")
        assert len(asked) == 41  # the last is still known, the first no more
        small = Robots(lambda url: asked.append(url) or "", clock)  # type: ignore[func-returns-value]
        for n in (*range(1001), 0, 0, 1000):
            small.require(f"https://h{n}.test/a")
        assert len(asked) == 41 + 1002

    def test_redirects_of_it_are_in_no_hurry(self, server: Server, fetcher: Fetcher) -> None:
        server.pages |= {f"/r{n}": Answer(status=302, headers={"Location": f"/r{n + 1}"}) for n in range(9)}
        server.pages |= {"/robots.txt": Answer(status=302, headers={"Location": "/r0"}), "/a": Answer(PAGE)}
        fetcher.fetch(server.url("/a"))
        times = [request.at for request in server.requests]
        assert len(times) == 7
        assert min(later - earlier for earlier, later in pairwise(times)) >= 1

    def test_the_pause_that_it_asks_for_is_kept(self, server: Server, fetcher: Fetcher, clock: FakeClock) -> None:
        server.pages |= {"/robots.txt": Answer(b"User-agent: *\nCrawl-delay: 7"), "/a": Answer(PAGE)}
        for _ in range(3):
            fetcher.fetch(server.url("/a"))
        times = [r.at for r in server.asked("/a")]
        assert times == pytest.approx([0, 7, 14])

    def test_a_pause_that_nobody_would_wait_for_is_said(self, server: Server, fetcher: Fetcher) -> None:
        server.pages |= {"/robots.txt": Answer(b"User-agent: *\nCrawl-delay: 3600"), "/a": Answer(PAGE)}
        fetcher.fetch(server.url("/a"))
        error = refused(fetcher, server.url("/a"))
        assert isinstance(error, Unfetched)
        assert error.again == pytest.approx(3600)

    def test_only_its_beginning_is_read(self, server: Server, fetcher: Fetcher) -> None:
        rules = b"User-agent: *\nDisallow: /private\n" + b"# padding\n" * 60_000 + b"Disallow: /\n"
        server.pages |= {"/robots.txt": Answer(rules), "/a": Answer(PAGE)}
        assert fetcher.fetch(server.url("/a")).data == PAGE
        assert "robots" in refused(fetcher, server.url("/private")).reason

    def test_may_be_elsewhere(self, server: Server, fetcher: Fetcher) -> None:
        server.pages["/robots.txt"] = Answer(status=301, headers={"Location": "/rules"})
        server.pages |= {"/rules": Answer(b"User-agent: *\nDisallow: /private"), "/a": Answer(PAGE)}
        fetcher.fetch(server.url("/a"))
        assert "robots" in refused(fetcher, server.url("/private")).reason


class TestPace:
    def test_a_host_is_left_alone_for_a_moment(self, server: Server, fetcher: Fetcher) -> None:
        server.pages["/a"] = Answer(PAGE)
        for _ in range(3):
            fetcher.fetch(server.url("/a"))
        assert [r.at for r in server.asked("/a")] == pytest.approx([0, 1, 2])

    def test_hosts_do_not_wait_for_each_other(self, server: Server, clock: FakeClock) -> None:
        server.pages["/a"] = Answer(PAGE)
        with Fetcher(MANNERS, clock=clock, resolve=lambda host, port: ["127.0.0.1"]) as fetcher:
            for host in ("one.test", "two.test", "one.test"):
                fetcher.fetch(server.url("/a", host))
            assert fetcher.ready_in(server.url("/a", "one.test")) == pytest.approx(1)
            assert fetcher.ready_in(server.url("/a", "three.test")) == 0
        assert [r.at for r in server.asked("/a")] == pytest.approx([0, 0, 1])

    def test_waits_as_long_as_the_server_asks(self, server: Server, fetcher: Fetcher, clock: FakeClock) -> None:
        server.pages["/a"] = [Answer(b"x", 503, {"Retry-After": "30"}), Answer(PAGE)]
        assert fetcher.fetch(server.url("/a")).data == PAGE
        assert [r.at for r in server.asked("/a")] == pytest.approx([0, 30])

    def test_or_says_that_it_would_be_too_long(self, server: Server, fetcher: Fetcher, clock: FakeClock) -> None:
        server.pages |= {"/a": Answer(b"x", 429, {"Retry-After": "3600"}), "/b": Answer(PAGE)}
        error = refused(fetcher, server.url("/a"))
        assert isinstance(error, Unfetched)
        assert error.again == 3600
        assert clock.slept == []
        other = refused(fetcher, server.url("/b"))  # it is the host that has had too much
        assert isinstance(other, Unfetched)
        assert other.again == pytest.approx(3600)
        assert server.paths() == ["/a"]

    def test_waits_longer_each_time_and_not_always_the_same(self, server: Server, fetcher: Fetcher) -> None:
        server.pages["/a"] = [Answer(b"", 500), Answer(b"", 502), Answer(PAGE)]
        fetcher.fetch(server.url("/a"))
        first, second, third = [r.at for r in server.asked("/a")]
        assert 1.5 <= second - first <= 2
        assert 3 <= third - second <= 4

    def test_gives_up(self, server: Server, fetcher: Fetcher) -> None:
        server.pages["/a"] = Answer(b"", 500)
        refused(fetcher, server.url("/a"))
        with pytest.raises(Unfetched):
            fetcher.fetch(server.url("/a"), tries=1)
        assert len(server.asked("/a")) == 4

    @given(st.integers(1, 1000), st.integers())
    def test_backing_off_stays_in_bounds(self, tries: int, seed: int) -> None:
        wait = backed_off(tries, random.Random(seed), first=10, most=3600)
        assert 0.75 * min(10 * 2 ** (tries - 1), 3600) <= wait <= 3600


class TestLimits:
    def test_what_says_that_it_is_too_large_is_not_downloaded(self, server: Server, fetcher: Fetcher) -> None:
        server.pages["/a"] = Answer([b"x"], length=30_000_000)
        assert isinstance(refused(fetcher, server.url("/a")), TooLarge)

    def test_what_turns_out_too_large_is_broken_off(self, server: Server, fetcher: Fetcher) -> None:
        server.pages["/a"] = Answer([b"x" * 1_000_000] * 25)
        assert isinstance(refused(fetcher, server.url("/a")), TooLarge)

    def test_packed_zeros_are_broken_off(self, server: Server, fetcher: Fetcher) -> None:
        packed = gzip.compress(b"\0" * 60_000_000)
        assert len(packed) < 100_000
        server.pages["/a"] = Answer(packed, headers={"Content-Encoding": "gzip"})
        assert isinstance(refused(fetcher, server.url("/a")), TooLarge)

    @pytest.mark.parametrize("encoding", ["gzip", "x-gzip", "deflate", "GZIP"])
    def test_packed_pages_are_unpacked(self, server: Server, fetcher: Fetcher, encoding: str) -> None:
        packed = zlib.compress(PAGE) if encoding == "deflate" else gzip.compress(PAGE)
        server.pages["/a"] = Answer(packed, headers={"Content-Encoding": encoding})
        assert fetcher.fetch(server.url("/a")).data == PAGE

    @pytest.mark.parametrize("encoding", ["br", "gzip, gzip", "zstd"])
    def test_packings_that_nobody_asked_for_are_refused(self, server: Server, fetcher: Fetcher, encoding: str) -> None:
        server.pages["/a"] = Answer(b"x", headers={"Content-Encoding": encoding})
        assert encoding in refused(fetcher, server.url("/a")).reason

    @pytest.mark.parametrize("packed", [b"no gzip", gzip.compress(PAGE)[:-9]])
    def test_damaged_packings_are_refused(self, server: Server, fetcher: Fetcher, packed: bytes) -> None:
        server.pages["/a"] = Answer(packed, headers={"Content-Encoding": "gzip"})
        assert isinstance(refused(fetcher, server.url("/a")), Malformed)

    def test_a_server_that_drips_is_left(self, server: Server) -> None:
        clock = FakeClock(tick=0.5)  # every look at the clock takes half a second
        server.clock = clock
        server.pages["/a"] = Answer([b"x"] * 100_000)
        with Fetcher(Manners(allow_private=True, tries=1), clock=clock) as fetcher:
            error = refused(fetcher, server.url("/a"))
        assert "too long" in error.reason
        assert clock.passed < 200

    @pytest.mark.parametrize("raw", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nhalf", b"hello\r\n\r\n"])
    def test_broken_answers_may_be_asked_again(self, server: Server, fetcher: Fetcher, raw: bytes) -> None:
        server.pages["/a"] = [Answer(raw=raw), Answer(PAGE)]
        assert fetcher.fetch(server.url("/a")).data == PAGE

    def test_endless_headers_are_refused(self, server: Server, fetcher: Fetcher) -> None:
        server.pages["/a"] = Answer(raw=b"HTTP/1.1 200 OK\r\n" + b"X-Filler: " + b"x" * 500_000 + b"\r\n\r\n")
        assert isinstance(refused(fetcher, server.url("/a")), Unfetched)


class TestSlowServers:
    """One that takes all the time it is given holds up whoever asks one thing at a time."""

    def test_are_not_asked_again_at_once(self, server: Server) -> None:
        clock = FakeClock(tick=0.5)
        server.pages["/a"] = Answer([b"x"] * 100_000)
        with Fetcher(Manners(allow_private=True), clock=clock) as fetcher:
            error = refused(fetcher, server.url("/a"))
        assert isinstance(error, Unfetched)
        assert ("too long" in error.reason, error.again) == (True, 0.0)
        assert len(server.asked("/a")) == 1

    def test_rest_longer_each_time_until_they_answer(self, server: Server) -> None:
        clock = FakeClock(tick=0.5)
        slow = Answer([b"x"] * 100_000)
        server.pages["/a"] = [slow, slow, slow, Answer(PAGE), slow]
        rests = []
        with Fetcher(Manners(allow_private=True), clock=clock) as fetcher:
            for _ in range(5):
                with suppress(Unfetched):
                    fetcher.fetch(server.url("/a"))
                rests.append(fetcher.ready_in(server.url("/a")))
                clock.sleep(rests[-1])
        assert rests == pytest.approx([120, 240, 480, 0.5, 120], abs=2)

    def test_are_not_asked_where_a_redirect_leads_while_they_rest(self, server: Server) -> None:
        clock = FakeClock(tick=0.5)
        server.pages["/slow"] = Answer([b"x"] * 100_000)
        server.pages |= {
            f"/{n}": Answer(status=302, headers={"Location": server.url("/slow", "slow.test")}) for n in range(3)
        }
        resolve = lambda host, port: ["127.0.0.1"]  # noqa: E731
        with Fetcher(Manners(allow_private=True), clock=clock, resolve=resolve) as fetcher:
            errors = [refused(fetcher, server.url(f"/{n}")) for n in range(3)]
            assert fetcher.ready_in(server.url("/3")) < 3  # whose redirect it was is not to blame
        assert len(server.asked("/slow")) == 1
        assert "a moment ago" in errors[1].reason
        assert all(isinstance(error, Unfetched) and error.again is not None for error in errors)

    def test_that_lead_from_one_to_the_next_are_given_three_minutes_in_all(
        self, server: Server, clock: FakeClock
    ) -> None:
        """Ten redirects to ten names, each with a robots.txt, could otherwise take twenty times a minute."""

        def on(request: Request) -> Answer:
            clock.passed += 50
            number = int(request.path.removeprefix("/r")) + 1
            return Answer(status=302, headers={"Location": server.url(f"/r{number}", f"h{number}.test")})

        server.pages |= {f"/r{number}": on for number in range(40)}
        resolve = lambda host, port: ["127.0.0.1"]  # noqa: E731
        with Fetcher(Manners(allow_private=True, tries=1), clock=clock, resolve=resolve) as fetcher:
            error = refused(fetcher, server.url("/r0"))
        assert isinstance(error, Unfetched)
        assert ("too long" in error.reason, error.again) == (True, 0.0)
        assert clock.passed < 250
        assert len(server.paths()) == 4


class TestWhereConnectionsLead:
    @pytest.mark.parametrize(
        "address",
        [
            *(
                "127.0.0.1",
                "127.8.8.8",
                "10.0.0.1",
                "172.16.5.4",
                "192.168.1.1",
                "169.254.169.254",
                "0.0.0.0",
                "100.64.0.1",
            ),
            *("224.0.0.1", "255.255.255.255", "192.0.2.1", "240.0.0.1", "::1", "::", "fe80::1", "fe80::1%2", "fc00::1"),
            *("ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "2002:a00:1::", "64:ff9b::7f00:1"),
            *(
                "192.0.0.192",
                "192.88.99.1",
                "::127.0.0.1",
                "::ffff:0:127.0.0.1",
                "64:ff9b:1::7f00:1",
                "fec0::1",
                "3fff::1",
            ),
            *("64:ff9b::a00:1", "2001:0:4136:e378:8000:63bf:f5ff:fffe", "2001:db8::1"),
        ],
    )
    def test_addresses_that_are_not_the_internets(self, address: str) -> None:
        assert why_private(address)

    @pytest.mark.parametrize(
        "address", ["93.184.216.34", "8.8.8.8", "2606:4700::1111", "64:ff9b::808:808", "::ffff:8.8.8.8"]
    )
    def test_addresses_that_are(self, address: str) -> None:
        assert why_private(address) is None

    @pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "127.1", "[::1]"])
    def test_this_machine_is_not_asked(self, server: Server, clock: FakeClock, host: str) -> None:
        with Fetcher(clock=clock) as fetcher:
            error = refused(fetcher, f"http://{host}:{server.port}/a")
        assert isinstance(error, Unfetched)
        assert error.again is None
        assert "this machine itself" in error.reason
        assert server.requests == []

    def test_a_name_is_looked_up_once_and_connected_to_where_it_was_checked(self, clock: FakeClock) -> None:
        """A name that is the internet's when it is checked and this machine's when it is connected to (DNS rebinding)."""
        answers = iter([["8.8.8.8"], ["127.0.0.1"]])
        connected: list[str] = []
        with Fetcher(Manners(tries=1), clock=clock, resolve=lambda host, port: next(answers)) as fetcher:
            fetcher._backend._plain.connect_tcp = _failing(connected)  # type: ignore[method-assign]
            refused(fetcher, "http://rebound.test/a")
            assert connected == ["8.8.8.8"]  # an address, never the name
            clock.sleep(700)
            assert "this machine itself" in refused(fetcher, "http://rebound.test/a").reason
        assert connected == ["8.8.8.8"]
        with pytest.raises(StopIteration):
            next(answers)

    def test_of_several_addresses_only_the_public_ones_are_tried(self, clock: FakeClock) -> None:
        connected: list[str] = []
        with Fetcher(
            Manners(tries=1), clock=clock, resolve=lambda host, port: ["10.0.0.1", "8.8.8.8", "127.0.0.1", "9.9.9.9"]
        ) as fetcher:
            fetcher._backend._plain.connect_tcp = _failing(connected)  # type: ignore[method-assign]
            error = refused(fetcher, "http://mixed.test/a")
        assert "no connection" in error.reason
        assert connected == ["8.8.8.8", "9.9.9.9"]

    def test_a_redirect_to_this_machine_is_not_followed(self, server: Server, clock: FakeClock) -> None:
        """The first host passes for public here; the second is looked up and checked as any other."""
        server.pages["/a"] = Answer(status=302, headers={"Location": server.url("/secret", "inside.test")})
        server.pages["/secret"] = Answer(PAGE)
        addresses = {"outside.test": "8.8.8.8", "inside.test": "127.0.0.1"}
        with Fetcher(Manners(tries=1), clock=clock, resolve=lambda host, port: [addresses[host]]) as fetcher:
            connect = fetcher._backend._plain.connect_tcp

            def here(address: str, *rest: object, **named: object) -> object:
                assert address == "8.8.8.8"
                return connect("127.0.0.1", *rest, **named)  # type: ignore[arg-type]

            fetcher._backend._plain.connect_tcp = here  # type: ignore[method-assign,assignment]
            error = refused(fetcher, server.url("/a", "outside.test"))
        assert "inside.test is this machine itself" in error.reason
        assert server.paths() == ["/a"]

    def test_a_name_without_an_address(self, clock: FakeClock) -> None:
        def resolve(host: str, port: int) -> list[str]:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

        with Fetcher(clock=clock, resolve=resolve) as fetcher:
            error = refused(fetcher, "https://nowhere.test/a")
        assert isinstance(error, Unfetched)
        assert error.again is not None
        assert "no address is known for nowhere.test" in error.reason

    def test_nobody_listens(self, fetcher: Fetcher) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            error = refused(fetcher, f"http://127.0.0.1:{taken.getsockname()[1]}/a")
        assert "no connection" in error.reason


def _failing(connected: list[str]) -> object:
    import httpcore

    def connect(address: str, *_: object, **__: object) -> object:
        connected.append(address)
        raise httpcore.ConnectError("refused")

    return connect


def test_dates_are_held_to_the_servers_own_clock() -> None:
    """Which may be hours from this one's."""
    headers = {
        "date": "Fri, 14 Mar 2025 09:00:00 GMT",
        "retry-after": "Fri, 14 Mar 2025 09:05:00 GMT",
        "expires": "Fri, 14 Mar 2025 09:10:00 GMT",
    }
    for now in (datetime(2020, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC)):
        assert retry_after(headers, now) == 300
        assert fresh_for(headers, now) == 600


def test_what_is_not_modified_is_what_it_was(server: Server, fetcher: Fetcher) -> None:
    """Whatever ETag a server gives with it: the one of what is here is asked for the next time."""
    server.pages["/a"] = Answer(status=304, headers={"ETag": '"new"'})
    known = Validators('"old"', None)
    assert fetcher.fetch(server.url("/a"), known=known).validators == known


class TestHeaders:
    @pytest.mark.parametrize(
        ("value", "seconds"),
        [
            ("120", 120),
            ("0", 0),
            (format_datetime(BEGAN + timedelta(minutes=5)), 300),
            (format_datetime(BEGAN - timedelta(minutes=5)), 0),
            ("99999999", 7 * 86400),
            ("soon", None),
            ("-5", None),
            ("", None),
        ],
    )
    def test_when_to_ask_again(self, value: str, seconds: float | None) -> None:
        assert retry_after({"retry-after": value}, BEGAN) == seconds

    @pytest.mark.parametrize(
        ("headers", "seconds"),
        [
            ({"cache-control": "public, max-age=600"}, 600),
            ({"cache-control": "no-cache, max-age=600"}, None),
            ({"expires": format_datetime(BEGAN + timedelta(hours=1))}, 3600),
            ({"expires": "0"}, None),
            ({"cache-control": "max-age=0"}, 0),
            ({}, None),
        ],
    )
    def test_how_long_an_answer_holds(self, headers: dict[str, str], seconds: float | None) -> None:
        assert fresh_for(headers, BEGAN) == seconds

    @pytest.mark.parametrize(
        ("value", "kind"),
        [
            ("text/html", ("text/html", None)),
            ("TEXT/HTML;charset=UTF-8", ("text/html", "UTF-8")),
            ("text/html; charset='koi8-r'", ("text/html", "'koi8-r'")),
            ("", (None, None)),
        ],
    )
    def test_of_what_kind_it_is(self, value: str, kind: tuple[str | None, str | None]) -> None:
        assert kind_of({"content-type": value}) == kind


@given(
    st.binary(max_size=400_000),
    st.integers(1, 5),
    st.sampled_from(["gzip", "deflate", "raw"]),
    st.integers(1, 70_000),
)
def test_unpacking_gives_what_was_packed(data: bytes, repeat: int, packing: str, cut: int) -> None:
    data *= repeat
    if packing == "gzip":  # two members, as when files were joined, and what pads the end
        packed = gzip.compress(data[: len(data) // 2]) + gzip.compress(data[len(data) // 2 :]) + b"\0" * 7
    elif packing == "deflate":
        packed = zlib.compress(data)
    else:
        machine = zlib.compressobj(wbits=-15)
        packed = machine.compress(data) + machine.flush()
    chunks = [packed[at : at + cut] for at in range(0, len(packed), cut)]
    found = collected(chunks, encoding="gzip" if packing == "gzip" else "deflate", limit=10_000_000, name="x")
    assert found == data


ODD_TARGETS = [
    *(
        "http://",
        "http:///x",
        "//",
        "///x",
        "http://exa mple/",
        "http://xn--/",
        "http://xn--a",
        "http://%zz/",
        "http://[::1",
        "?",
    ),
    *(
        "http://[::1%25lo]/",
        "http://127.0.0.1:0/",
        "http://127.0.0.1:65536/",
        "http://a..b/",
        "http://" + "a" * 70 + ".test/",
    ),
    *(
        "http://\u2603.test/",
        "http://ex\u00e4mple.test/\u00fc?\u00e4#x",
        "http://127.0.0.1:x/",
        "HTTP://LOCALHOST:1/",
        "\\\\x\\y",
    ),
    *(
        "http://.test/",
        "http://-/",
        "http://a@b@c/",
        "mailto:x@y",
        "data:text/html,x",
        "http:/127.0.0.1/x",
        "http:127.0.0.1",
    ),
]
ODD_HEADERS = [
    b"Content-Length: -1",
    b"Content-Length: 9" * 2,
    b"Content-Length: 99999999999999999999999",
    b"Content-Type: \xff\xfe/\x80; charset=\xff",
    b"Content-Type: ;;;=",
    b"Content-Encoding: ,,,gzip",
    b"Retry-After: 99999999999999999999",
    b"Retry-After: Fri, 99 Foo 99999 99:99:99 GMT",
    b"Expires: \xff",
    b"Set-Cookie: =;;;=\xff; Domain=.; Expires=never",
    b"ETag: \xff\xff",
    b"Last-Modified: \xff",
    b"Transfer-Encoding: chunked",
    b"Transfer-Encoding: gzip, chunked",
    b"Location: \xff\xfe",
    b"\xff: x",
    b": x",
    b"X",
]


def tried(fetcher: Fetcher, address: str, known: Validators | None = None) -> Fetched | None:
    """The answer, or None where it was refused in the name of the address that was asked."""
    try:
        return fetcher.fetch(address, known=known, tries=1)
    except InputError as error:
        refusal = error
    assert refusal.name == address
    return None


class TestWhateverComes:
    """An answer or an InputError that names the address: no error of the client, the parser or Python leaves the fetcher."""

    @pytest.mark.parametrize("target", ODD_TARGETS)
    def test_redirects(self, server: Server, clock: FakeClock, target: str) -> None:
        line = b"HTTP/1.1 302 Found\r\nLocation: " + target.encode() + b"\r\nContent-Length: 0\r\n\r\n"
        server.pages["/a"] = [Answer(raw=line), Answer(PAGE)]

        def resolve(host: str, port: int) -> list[str]:
            if host == "127.0.0.1":
                return [host]
            host.encode("idna")  # as the system's resolver does, with its UnicodeError
            raise socket.gaierror(socket.EAI_NONAME, "no such name")

        with Fetcher(Manners(allow_private=True, tries=1), clock=clock, resolve=resolve) as fetcher:
            tried(fetcher, server.url("/a"))

    @pytest.mark.parametrize("status", [200, 301, 404, 503])
    @pytest.mark.parametrize("header", ODD_HEADERS)
    def test_headers(self, server: Server, fetcher: Fetcher, header: bytes, status: int) -> None:
        server.pages["/a"] = Answer(raw=b"HTTP/1.1 %d X\r\n" % status + header + b"\r\n\r\n" + PAGE)
        found = tried(fetcher, server.url("/a"))
        if found is not None:  # what it says is said back to it
            tried(fetcher, server.url("/a"), found.validators)

    @settings(max_examples=25)  # each with a server of its own
    @given(st.binary(max_size=200))
    def test_bytes(self, data: bytes) -> None:
        clock = FakeClock()
        with served(clock) as server, Fetcher(Manners(allow_private=True, tries=1), clock=clock) as fetcher:
            server.pages["/a"] = Answer(raw=data)
            server.pages["/b"] = Answer(raw=b"HTTP/1.1 200 OK\r\n" + data + b"\r\n\r\n" + PAGE)
            server.pages["/c"] = Answer(PAGE, headers={"Content-Encoding": "gzip"} if data[:1] > b"m" else {})
            for path in ("/a", "/b", "/c"):
                tried(fetcher, server.url(path))

    @settings(max_examples=25)
    @given(st.binary(max_size=400))
    def test_robots(self, data: bytes) -> None:
        clock = FakeClock()
        with served(clock) as server, Fetcher(Manners(allow_private=True, tries=1), clock=clock) as fetcher:
            server.pages |= {"/robots.txt": Answer(b"User-agent: *\nDisallow: " + data), "/a": Answer(PAGE)}
            tried(fetcher, server.url("/a"))

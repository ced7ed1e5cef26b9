"""Pages and feeds into a ledger, from a server on this machine: what is asked when, what is never asked twice, what goes on
after what. The reader is stood in for; the clock is nobody's."""

from __future__ import annotations

import random
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tests.intake.webserver import Answer, FakeClock, Request, Server, article, atom, rss, served

from onrecord.errors import InputError, LedgerError, Malformed, Unfetched
from onrecord.intake.feeds import Entry, Feed
from onrecord.intake.fetching import Fetcher, Manners
from onrecord.intake.opml import Subscription
from onrecord.ledger import Ledger, Receipt
from onrecord.ledger.database import writing
from onrecord.ledger.watched import schedule, store
from onrecord.ledger.watched.agenda import Agenda
from onrecord.ledger.watched.rows import HeldBack, PutOff, Round, Trouble
from onrecord.ledger.watched.stop import Stop, Stopped
from onrecord.ledger.watched.store import FeedState
from onrecord.ledger.watched.watching import Event
from onrecord.reading import Reading
from onrecord.records import Document

FULL = (
    "<content:encoded><![CDATA[<p>"
    + "The dam holds, the emergency service said on Friday. " * 15
    + "</p>]]></content:encoded>"
)
QUARTER = timedelta(minutes=15)
Listed = list[Subscription | InputError]


@pytest.fixture(autouse=True)
def reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that sees nothing in any text: what is tested is how articles get to it."""
    monkeypatch.setattr("onrecord.reader.read", lambda document, model: Reading(document, "hand 1"))
    monkeypatch.setattr("onrecord.reader.load_encoder", lambda *_: SimpleNamespace(name="hand 1"))


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def server(clock: FakeClock) -> Iterator[Server]:
    with served(clock) as found:
        for path in "abcdef":
            found.pages[f"/{path}"] = Answer(article(f"Article {path}", f"It is {path}, the mayor said. " * 20))
        yield found


@pytest.fixture
def fetcher(clock: FakeClock) -> Iterator[Fetcher]:
    manners = Manners(allow_private=True)
    with Fetcher(manners, clock=clock, chance=random.Random(3), resolve=lambda host, port: ["127.0.0.1"]) as found:
        yield found


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "l.db") as found:
        yield found


def add(ledger: Ledger, fetcher: Fetcher, *inputs: str, **given: Any) -> list[Receipt]:
    return list(ledger.add(inputs, fetcher=fetcher, **given))


def outcomes(receipts: list[Receipt]) -> list[str]:
    return [receipt.outcome for receipt in receipts]


def once(ledger: Ledger, fetcher: Fetcher, *addresses: str, stop: Stop | None = None) -> list[Event]:
    listed: Listed = [Subscription(address) for address in addresses]
    return list(ledger.watch(lambda: listed, fetcher=fetcher, stop=stop, once=True))


def told(events: list[Event]) -> list[str]:
    return [event.outcome if isinstance(event, Receipt) else type(event).__name__ for event in events]


def titles(ledger: Ledger) -> list[str | None]:
    return sorted((row.title for row in ledger.documents()), key=str)


class TestPages:
    def test_are_stored_with_their_address(self, ledger: Ledger, server: Server, fetcher: Fetcher) -> None:
        (receipt,) = add(ledger, fetcher, server.url("/a#part"))
        assert (receipt.outcome, receipt.name) == ("added", server.url("/a#part"))
        (row,) = ledger.documents()
        assert (row.title, row.url) == ("Article a", server.url("/a"))

    def test_that_have_not_changed_are_known(self, ledger: Ledger, server: Server, fetcher: Fetcher) -> None:
        def page(request: Request) -> Answer:
            unchanged = request.headers.get("if-none-match") == '"1"'
            return Answer(status=304) if unchanged else Answer(article("Dam"), headers={"ETag": '"1"'})

        server.pages["/a"] = page
        first, second, third = (add(ledger, fetcher, server.url("/a"))[0] for _ in range(3))
        assert outcomes([first, second, third]) == ["added", "known", "known"]
        assert first.document == second.document == third.document

    def test_whose_article_has_not_changed_are_known_whatever_their_bytes(
        self, ledger: Ledger, server: Server, fetcher: Fetcher
    ) -> None:
        server.pages["/a"] = lambda request: Answer(article("Dam") + f"<!-- {len(server.requests)} -->".encode())
        first, second = (add(ledger, fetcher, server.url("/a"))[0] for _ in range(2))
        assert (first.outcome, second.outcome, second.document) == ("added", "known", first.document)

    def test_whose_article_has_changed_are_two_documents(
        self, ledger: Ledger, server: Server, fetcher: Fetcher
    ) -> None:
        server.pages["/a"] = [Answer(article("Dam", "It holds. " * 40)), Answer(article("Dam", "It broke. " * 40))]
        assert outcomes([add(ledger, fetcher, server.url("/a"))[0] for _ in range(3)]) == ["added", "added", "known"]
        assert {row.url for row in ledger.documents()} == {server.url("/a")}
        assert len(ledger.documents()) == 2

    def test_that_have_moved_are_known_under_both_addresses(
        self, ledger: Ledger, server: Server, fetcher: Fetcher
    ) -> None:
        server.pages["/old"] = Answer(status=301, headers={"Location": "/a"})
        assert outcomes(add(ledger, fetcher, server.url("/old"), server.url("/a"), server.url("/old"))) == [
            *("added", "known", "known")
        ]

    def test_what_the_caller_says_of_them_holds(self, ledger: Ledger, server: Server, fetcher: Fetcher) -> None:
        add(ledger, fetcher, server.url("/a"))
        (receipt,) = add(ledger, fetcher, server.url("/a"), published="2025-03-10", publisher="The Desk")
        assert receipt.outcome == "replaced"
        (row,) = ledger.documents()
        assert (row.published, row.publisher) == ("2025-03-10", "The Desk")

    def test_that_cannot_be_had_are_refused_and_the_rest_goes_on(
        self, ledger: Ledger, server: Server, fetcher: Fetcher
    ) -> None:
        server.pages["/png"] = Answer(b"x", headers={"Content-Type": "image/png"})
        server.pages["/empty"] = Answer(b"<html></html>")
        receipts = add(ledger, fetcher, server.url("/no"), server.url("/png"), server.url("/empty"), server.url("/a"))
        assert outcomes(receipts) == ["refused", "refused", "refused", "added"]
        assert [receipt.name for receipt in receipts[:2]] == [server.url("/no"), server.url("/png")]
        assert "no such page" in str(receipts[0].reason)

    def test_that_hold_no_article_say_which_feeds_they_name(
        self, ledger: Ledger, server: Server, fetcher: Fetcher
    ) -> None:
        server.pages["/"] = Answer(b"<html><head><link rel=alternate type=application/rss+xml href=/f></head></html>")
        (receipt,) = add(ledger, fetcher, server.url("/"))
        assert f"the page names these feeds: {server.url('/f')}" in str(receipt.reason)


class TestFeeds:
    def test_their_articles_are_fetched_once(self, ledger: Ledger, server: Server, fetcher: Fetcher) -> None:
        server.pages["/feed"] = [rss(server, ("/a", "A"), ("/b", "B")), rss(server, ("/c", "C"), ("/a", "A"))]
        first = add(ledger, fetcher, server.url("/feed"))
        assert [(r.outcome, r.name) for r in first] == [("added", "The Fjord Post: A"), ("added", "The Fjord Post: B")]
        assert outcomes(add(ledger, fetcher, server.url("/feed"))) == ["added"]
        (nothing,) = add(ledger, fetcher, server.url("/feed"))
        assert (nothing.outcome, nothing.reason) == ("known", "no new articles")
        assert server.paths() == ["/feed", "/a", "/b", "/feed", "/c", "/feed"]
        assert titles(ledger) == ["Article a", "Article b", "Article c"]
        assert {row.publisher for row in ledger.documents()} == {"The Fjord Post"}
        assert {row.published for row in ledger.documents()} == {"2025-03-14T08:00:00+01:00"}

    def test_are_asked_only_whether_they_have_changed(self, ledger: Ledger, server: Server, fetcher: Fetcher) -> None:
        feed = rss(server, ("/a", "A"))
        feed.headers["ETag"] = '"1"'
        server.pages["/feed"] = [feed, Answer(status=304)]
        add(ledger, fetcher, server.url("/feed"))
        assert outcomes(add(ledger, fetcher, server.url("/feed"))) == ["known"]
        assert server.asked("/feed")[1].headers["if-none-match"] == '"1"'

    def test_an_article_of_two_feeds_is_fetched_for_one(self, ledger: Ledger, server: Server, fetcher: Fetcher) -> None:
        server.pages["/one"] = rss(server, ("/a?utm_source=one", "A"))
        server.pages["/two"] = rss(server, ("/a?utm_source=two", "A"))
        server.pages["/a?utm_source=one"] = server.pages["/a"]
        assert outcomes(add(ledger, fetcher, server.url("/one"), server.url("/two"))) == ["added", "known"]
        assert server.paths() == ["/one", "/a?utm_source=one", "/two"]

    def test_a_page_that_lacked_a_date_gets_that_of_the_feed(
        self, ledger: Ledger, server: Server, fetcher: Fetcher
    ) -> None:
        server.pages["/feed"] = rss(server, ("/a", "A"))
        assert outcomes(add(ledger, fetcher, server.url("/a"), server.url("/feed"))) == ["added", "replaced"]
        (row,) = ledger.documents()
        assert (row.published, row.publisher) == ("2025-03-14T08:00:00+01:00", "The Fjord Post")

    def test_an_updated_article_is_fetched_again(self, ledger: Ledger, server: Server, fetcher: Fetcher) -> None:
        server.pages["/feed"] = [
            atom(server, ("/a", "A", "2025-03-14T08:00:00Z"), ("/b", "B", "2025-03-14T08:00:00Z")),
            atom(server, ("/a", "A", "2025-03-14T08:30:00Z"), ("/b", "B", "2025-03-14T08:00:00Z")),
        ]
        server.pages["/a"] = [
            Answer(article("Dam", "It holds. " * 40), headers={"ETag": '"1"'}),
            Answer(article("Dam", "It broke. " * 40)),
        ]
        add(ledger, fetcher, server.url("/feed"))
        assert outcomes(add(ledger, fetcher, server.url("/feed"))) == ["added"]
        assert server.asked("/a")[1].headers["if-none-match"] == '"1"'
        assert len(server.asked("/b")) == 1
        assert titles(ledger) == ["Article b", "Dam", "Dam"]

    @pytest.mark.parametrize(
        ("extra", "outcome"),
        [(FULL, "added"), ("<description>Only the beginning.</description>", "refused"), ("", "refused")],
    )
    def test_where_a_page_may_not_be_fetched_the_feed_may_hold_the_article(
        self, ledger: Ledger, server: Server, fetcher: Fetcher, extra: str, outcome: str
    ) -> None:
        server.pages["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /a")
        server.pages["/feed"] = rss(server, ("/a", "Dam holds"), extra=extra)
        (receipt,) = add(ledger, fetcher, server.url("/feed"))
        assert receipt.outcome == outcome
        assert "robots.txt" in str(receipt.reason)
        assert server.paths() == ["/feed"]
        if outcome == "added":
            assert str(receipt.reason).startswith("as the feed holds it, for ")
            (row,) = ledger.documents()
            assert (row.title, row.url, row.publisher) == ("Dam holds", server.url("/a"), "The Fjord Post")

    def test_what_was_given_up_is_tried_again_when_it_is_added_again(
        self, ledger: Ledger, server: Server, fetcher: Fetcher
    ) -> None:
        server.pages["/feed"] = rss(server, ("/late", "Late"))
        (receipt,) = add(ledger, fetcher, server.url("/feed"))
        assert (receipt.outcome, "no such page" in str(receipt.reason)) == ("refused", True)
        server.pages["/late"] = Answer(article("Late"))
        assert outcomes(add(ledger, fetcher, server.url("/feed"))) == ["added"]

    def test_broken_ones_are_refused(self, ledger: Ledger, server: Server, fetcher: Fetcher) -> None:
        server.pages["/feed"] = rss(server, ("/a", "A"))
        server.pages["/broken"] = Answer(b"<rss version='2.0'", headers={"Content-Type": "application/rss+xml"})
        receipts = add(ledger, fetcher, server.url("/broken"), server.url("/feed"))
        assert outcomes(receipts) == ["refused", "added"]

    def test_files_of_feeds_and_of_lists_are_inputs(
        self, ledger: Ledger, server: Server, fetcher: Fetcher, tmp_path: Path
    ) -> None:
        server.pages["/feed"] = rss(server, ("/b", "B"))
        feed, opml = tmp_path / "feed.xml", tmp_path / "feeds.opml"
        body = rss(server, ("/a", "A")).body
        assert isinstance(body, bytes)
        feed.write_bytes(body)
        opml.write_text(
            f'<opml><body><outline title="Mine" xmlUrl="{server.url("/feed")}"/><outline type="rss" text="x"/></body></opml>'
        )
        receipts = add(ledger, fetcher, str(feed), str(opml))
        assert outcomes(receipts) == ["added", "added", "refused"]
        assert receipts[2].reason == "line 1: 'x' is without `xmlUrl`"
        assert titles(ledger) == ["Article a", "Article b"]
        assert [row.address for row in ledger.feeds()] == [server.url("/feed")]

    def test_what_is_known_of_them_can_be_asked(self, ledger: Ledger, server: Server, fetcher: Fetcher) -> None:
        server.pages["/one"] = rss(server, ("/a", "A"), ("/no", "No"), title="One")
        server.pages["/two"] = rss(server, title="two")
        add(ledger, fetcher, server.url("/one"), server.url("/two"))
        server.pages["/two"] = Answer(b"", 500)
        add(ledger, fetcher, server.url("/two"))
        one, two = ledger.feeds()
        assert (one.title, one.state, one.articles, one.waiting, one.refused) == ("One", "answers", 1, 1, 0)
        assert (two.title, two.state, two.failures, two.reason) == ("two", "fails", 1, "the server has failed (500)")
        assert one.due is not None
        assert one.due > str(one.seen)
        assert ledger.feeds(limit=1) == [one]
        assert ledger.feeds(after=one.address) == [two]
        with pytest.raises(LedgerError):
            ledger.feeds(after="https://gone.example/")


class TestOneRound:
    def test_asks_what_is_due_and_says_when_something_is_again(
        self, ledger: Ledger, server: Server, fetcher: Fetcher, clock: FakeClock
    ) -> None:
        server.pages["/feed"] = [rss(server, ("/a", "A")), rss(server, ("/a", "A"), ("/b", "B"))]
        events = once(ledger, fetcher, server.url("/feed"))
        assert told(events) == ["added", "Round"]
        done = events[-1]
        assert isinstance(done, Round)
        assert (done.asked, done.failed, done.outcomes, done.put_off) == (1, 0, {"added": 1}, 0)
        assert done.begins is not None
        begins = datetime.fromisoformat(done.begins)
        assert clock.now() + timedelta(minutes=13) < begins <= clock.now() + QUARTER
        assert told(once(ledger, fetcher, server.url("/feed"))) == ["Round"]
        assert len(server.asked("/feed")) == 1
        clock.sleep(15 * 60)
        assert told(once(ledger, fetcher, server.url("/feed"))) == ["added", "Round"]
        assert server.paths() == ["/feed", "/a", "/feed", "/b"]

    def test_trouble_with_one_feed_is_none_of_the_others(
        self, ledger: Ledger, server: Server, fetcher: Fetcher
    ) -> None:
        server.pages["/feed"] = rss(server, ("/a", "A"))
        server.pages["/round"] = Answer(status=302, headers={"Location": "/round"})
        server.pages["/large"] = Answer(b"", length=10**9)
        server.pages["/cut"] = Answer(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n<rss")
        bad = ["/round", "/large", "/cut", "/none"]
        events = once(ledger, fetcher, *(server.url(path) for path in bad), server.url("/feed"), "http://[bad/feed")
        assert sorted(told(events)) == ["Round", *["Trouble"] * 5, "added"]
        done = events[-1]
        assert isinstance(done, Round)
        assert (done.asked, done.failed) == (6, 5)
        reasons = {event.name: event.reason for event in events if isinstance(event, Trouble)}
        assert "circle" in reasons[server.url("/round")]
        assert "more than" in reasons[server.url("/large")]
        assert "broke off" in reasons[server.url("/cut")]
        assert all(event.again for event in events if isinstance(event, Trouble))

    def test_a_feed_that_fails_is_asked_less_and_less(
        self, ledger: Ledger, server: Server, fetcher: Fetcher, clock: FakeClock
    ) -> None:
        server.pages["/feed"] = Answer(b"", 500)
        waits = []
        for _ in range(9):
            (trouble, _round) = once(ledger, fetcher, server.url("/feed"))
            assert isinstance(trouble, Trouble)
            assert trouble.again is not None
            wait = (datetime.fromisoformat(trouble.again) - clock.now()).total_seconds()
            waits.append(wait)
            clock.sleep(wait + 1)
        assert 600 < waits[0] <= 901
        assert waits[3] > waits[2] > waits[1] > waits[0]
        assert max(waits) <= 86401
        server.pages["/feed"] = rss(server, ("/a", "A"))
        assert told(once(ledger, fetcher, server.url("/feed"))) == ["added", "Round"]
        assert ledger.feeds()[0].failures == 0

    def test_it_waits_as_long_as_the_server_asks(
        self, ledger: Ledger, server: Server, fetcher: Fetcher, clock: FakeClock
    ) -> None:
        server.pages["/feed"] = Answer(b"", 503, {"Retry-After": "7200"})
        (trouble, _) = once(ledger, fetcher, server.url("/feed"))
        assert isinstance(trouble, Trouble)
        assert datetime.fromisoformat(str(trouble.again)) >= clock.now() + timedelta(hours=2)

    def test_a_feed_that_says_time_and_again_that_it_is_gone_is_not_asked_again(
        self, ledger: Ledger, server: Server, fetcher: Fetcher, clock: FakeClock
    ) -> None:
        server.pages["/feed"] = Answer(b"", 410)
        for times in range(1, 6):
            (trouble, done) = once(ledger, fetcher, server.url("/feed"))
            assert isinstance(trouble, Trouble)
            assert isinstance(done, Round)
            assert (trouble.again is None) == (done.begins is None) == (times == 5)
            clock.sleep(86400)
        assert clock.passed > 2 * 3600
        clock.sleep(10**7)
        assert told(once(ledger, fetcher, server.url("/feed"))) == ["Round"]
        assert len(server.asked("/feed")) == 5
        assert ledger.feeds()[0].state == "ended"

    def test_one_that_is_gone_for_a_while_is_watched_again(
        self, ledger: Ledger, server: Server, fetcher: Fetcher, clock: FakeClock
    ) -> None:
        gone, failed = Answer(b"", 410), Answer(b"", 500)
        server.pages["/feed"] = [gone, gone, failed, failed, gone, rss(server, ("/a", "A"))]
        for _ in range(5):  # of which the third is asked twice
            events = once(ledger, fetcher, server.url("/feed"))
            clock.sleep(86400)
        assert told(events) == ["added", "Round"]

    def test_a_feed_that_has_moved_for_good_is_asked_there(
        self, ledger: Ledger, server: Server, fetcher: Fetcher, clock: FakeClock
    ) -> None:
        server.pages["/old"] = Answer(status=301, headers={"Location": "/new"})
        server.pages["/new"] = rss(server, ("/a", "A"))
        once(ledger, fetcher, server.url("/old"))
        clock.sleep(900)
        once(ledger, fetcher, server.url("/old"))
        assert server.paths() == ["/old", "/new", "/a", "/new"]
        server.pages["/new"] = Answer(b"", 404)  # and at its first address where it has gone from there
        clock.sleep(900)
        once(ledger, fetcher, server.url("/old"))
        server.pages["/old"] = rss(server, ("/b", "B"))
        clock.sleep(900)
        assert told(once(ledger, fetcher, server.url("/old"))) == ["added", "Round"]

    def test_articles_that_cannot_be_had_now_are_put_off(
        self, ledger: Ledger, server: Server, fetcher: Fetcher, clock: FakeClock
    ) -> None:
        server.pages["/feed"] = [rss(server, ("/x", "X"), ("/a", "A")), rss(server)]
        server.pages["/x"] = Answer(b"", 503, {"Retry-After": "120"})
        events = once(ledger, fetcher, server.url("/feed"))
        assert told(events)[-1] == "Round"
        put_off = [event for event in events if isinstance(event, PutOff)]
        assert put_off[0].name == "The Fjord Post: X"
        assert "not available" in put_off[0].reason
        server.pages["/x"] = Answer(article("X"))
        clock.sleep(900)  # the feed no longer lists it: it waits all the same
        assert "added" in told(once(ledger, fetcher, server.url("/feed")))
        assert titles(ledger) == ["Article a", "X"]

    def test_and_given_up_in_the_end(self, ledger: Ledger, server: Server, fetcher: Fetcher, clock: FakeClock) -> None:
        server.pages["/feed"] = rss(server, ("/x", "X"), extra=FULL)
        server.pages["/x"] = Answer(b"", 500)
        seen: list[Event] = []
        for _ in range(20):
            seen += once(ledger, fetcher, server.url("/feed"))
            clock.sleep(86400)
        articles = [event for event in seen if not isinstance(event, Round)]
        assert told(articles) == ["PutOff"] * 5 + ["added"]  # as the feed holds it
        last = articles[-1]
        assert isinstance(last, Receipt)
        assert "has failed (500)" in str(last.reason)

    def test_an_article_that_brings_the_process_down_is_not_the_first_thing_of_the_next(
        self,
        ledger: Ledger,
        server: Server,
        fetcher: Fetcher,
        clock: FakeClock,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        def read(document: Document, *, model: str = "full") -> Reading:
            if document.title == "Article a":
                raise MemoryError
            return Reading(document, "hand 1")

        monkeypatch.setattr("onrecord.reader.read", read)
        server.pages["/feed"] = rss(server, ("/a", "A"), ("/b", "B"))
        with pytest.raises(MemoryError):
            once(ledger, fetcher, server.url("/feed"))
        assert told(once(ledger, fetcher, server.url("/feed"))) == ["added", "Round"]
        for _ in range(schedule.MOST_TRIES // 2 - 1):  # one that comes to no end counts twice
            clock.sleep(86400)
            with pytest.raises(MemoryError):
                once(ledger, fetcher, server.url("/feed"))
        clock.sleep(86400)
        receipt, _ = once(ledger, fetcher, server.url("/feed"))
        assert isinstance(receipt, Receipt)
        assert "broken off too often" in str(receipt.reason)

    def test_an_article_that_brings_out_a_fault_of_the_reader_is_refused_and_the_others_are_read(
        self, ledger: Ledger, server: Server, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def read(document: Document, *, model: str = "full") -> Reading:
            if document.title == "Article a":
                raise ZeroDivisionError("no such luck")
            return Reading(document, "hand 1")

        monkeypatch.setattr("onrecord.reader.read", read)
        server.pages["/feed"] = rss(server, ("/a", "A"), ("/b", "B"))
        found = once(ledger, fetcher, server.url("/feed"))
        assert sorted(told(found)) == ["Round", "added", "refused"]
        (refused,) = (one for one in found if isinstance(one, Receipt) and one.outcome == "refused")
        assert "no such luck" in str(refused.reason)

    def test_a_feed_that_brings_the_process_down_is_not_either(
        self,
        ledger: Ledger,
        server: Server,
        fetcher: Fetcher,
        clock: FakeClock,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        fetch = fetcher.fetch

        def fetched(address: str, **named: Any) -> Any:
            if address.endswith("/bad"):
                raise MemoryError
            return fetch(address, **named)

        monkeypatch.setattr(fetcher, "fetch", fetched)
        server.pages["/feed"] = rss(server, ("/a", "A"))
        with pytest.raises(MemoryError):
            once(ledger, fetcher, server.url("/bad"), server.url("/feed"))
        assert told(once(ledger, fetcher, server.url("/bad"), server.url("/feed"))) == ["added", "Round"]

    def test_hosts_do_not_wait_for_each_other(
        self, ledger: Ledger, server: Server, fetcher: Fetcher, clock: FakeClock
    ) -> None:
        server.pages["/robots.txt"] = lambda request: Answer(
            b"User-agent: *\nCrawl-delay: 30" if request.headers["host"].startswith("slow") else b""
        )

        def at(host: str, *paths: str) -> Answer:
            answer = rss(server, *((path, path) for path in paths))
            assert isinstance(answer.body, bytes)
            return Answer(answer.body.replace(b"127.0.0.1", host.encode()), headers=answer.headers)

        server.pages["/s"] = at("slow.test", "/a", "/b")
        server.pages["/q"] = at("quick.test", "/c", "/d", "/e")
        once(ledger, fetcher, server.url("/s", "slow.test"), server.url("/q", "quick.test"))
        asked = {r.path: r.at for r in server.requests if len(r.path) == 2}
        assert max(asked[path] for path in ("/c", "/d", "/e")) < 10
        assert asked["/a"] == pytest.approx(30)
        assert asked["/b"] == pytest.approx(60)
        assert server.paths().index("/e") < server.paths().index("/a")

    def test_articles_whose_host_wants_to_be_left_alone_are_left_and_lose_no_try(
        self, ledger: Ledger, server: Server, fetcher: Fetcher, clock: FakeClock
    ) -> None:
        server.pages["/robots.txt"] = Answer(b"User-agent: *\nCrawl-delay: 3000")
        server.pages["/feed"] = [rss(server, *((f"/{path}", path) for path in "abcdef")), rss(server)]
        seen: list[Event] = []
        for _ in range(60):
            seen += once(ledger, fetcher, server.url("/feed"))
            clock.sleep(1500)
        assert sorted(set(told(seen))) == ["Round", "added"]
        assert titles(ledger) == [f"Article {path}" for path in "abcdef"]
        times = sorted(request.at for request in server.requests if request.path != "/robots.txt")
        assert min(later - earlier for earlier, later in pairwise(times)) >= 3000

    def test_what_one_ledger_knows_the_next_process_knows(
        self, tmp_path: Path, server: Server, fetcher: Fetcher, clock: FakeClock
    ) -> None:
        server.pages["/feed"] = rss(server, ("/a", "A"), ("/b", "B"))
        for _ in range(3):
            with Ledger.open(tmp_path / "again.db") as ledger:
                once(ledger, fetcher, server.url("/feed"))
            clock.sleep(900)
        assert server.paths() == ["/feed", "/a", "/b", "/feed", "/feed"]

    def test_what_one_answer_says_of_a_page_is_not_believed_for_good(
        self, ledger: Ledger, server: Server, fetcher: Fetcher, clock: FakeClock
    ) -> None:
        here = Answer(article("Here"))
        picture = Answer(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
        answers = {
            "/gone": Answer(b"", 410),
            "/none": Answer(b"", 404),
            "/empty": Answer(b""),
            "/picture": picture,
            "/packed": Answer(b"\x1f\x8bnot gzip", headers={"Content-Encoding": "gzip"}),
            "/circle": Answer(status=302, headers={"Location": "/circle"}),
            "/large": Answer(b"", length=10**9),
        }
        server.pages["/feed"] = [rss(server, *((path, path) for path in answers)), rss(server)]
        server.pages |= {path: [answer, here] for path, answer in answers.items()}
        put_off = told(once(ledger, fetcher, server.url("/feed")))
        assert put_off == ["PutOff"] * len(answers) + ["Round"]
        clock.sleep(900)
        assert told(once(ledger, fetcher, server.url("/feed"))) == [
            *("added",),
            *["known"] * (len(answers) - 1),  # the same page
            "Round",
        ]

    def test_but_in_the_end(self, ledger: Ledger, server: Server, fetcher: Fetcher, clock: FakeClock) -> None:
        server.pages["/feed"] = rss(server, ("/x", "X"), ("/forbidden", "Forbidden"), ("/y", "Y"))
        server.pages["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /forbidden")
        server.pages["/y"] = Answer(b"", 500)
        outcomes: dict[str, list[str]] = {"X": [], "Forbidden": [], "Y": []}
        began, ends = clock.passed, {}
        for _ in range(300):
            for event in once(ledger, fetcher, server.url("/feed")):
                if isinstance(event, PutOff | Receipt):
                    name = event.name.removeprefix("The Fjord Post: ")
                    outcomes[name] += told([event])
                    ends[name] = clock.passed - began
            clock.sleep(1800)
        assert outcomes["Forbidden"] == ["refused"]
        assert outcomes["X"] == ["PutOff"] * 7 + ["refused"]
        assert outcomes["Y"] == ["PutOff"] * 11 + ["refused"]
        assert ends["X"] > 7 * 3600
        assert ends["Y"] > 2.5 * 86400

    def test_an_article_of_which_the_feed_gave_a_wrong_address(
        self, ledger: Ledger, server: Server, fetcher: Fetcher, clock: FakeClock
    ) -> None:
        wrong = rss(server, ("/private", "A"))
        right = rss(server, ("/a", "A"))
        assert isinstance(right.body, bytes)
        right.body = right.body.replace(b">/a</guid>", b">/private</guid>")
        server.pages["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /private")
        server.pages["/feed"] = [wrong, right]
        assert told(once(ledger, fetcher, server.url("/feed"))) == ["refused", "Round"]
        clock.sleep(900)
        assert told(once(ledger, fetcher, server.url("/feed"))) == ["added", "Round"]

    def test_a_feed_that_was_cut_off_is_asked_for_the_rest(
        self, ledger: Ledger, server: Server, fetcher: Fetcher, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Though it has not changed since: what has the ETag is the whole of it."""
        monkeypatch.setattr("onrecord.ledger.watched.gathering._IN_FULL", 0.0)
        whole = rss(server, ("/a", "A"), ("/b", "B"))
        assert isinstance(whole.body, bytes)
        cut = whole.body[: whole.body.index(b"/b</link>")]  # half an address, of an entry whose id comes behind it
        tag, kind = '"1"', {"Content-Type": "application/rss+xml", "ETag": '"1"'}

        def feed(request: Request) -> Answer:
            if request.headers.get("if-none-match") == tag:
                return Answer(status=304)
            begun = len(server.asked("/feed")) == 1
            return Answer([cut] if begun else whole.body, headers=kind)

        server.pages["/feed"] = feed
        assert told(once(ledger, fetcher, server.url("/feed"))) == ["added", "Round"]
        clock.sleep(900)
        assert told(once(ledger, fetcher, server.url("/feed"))) == ["added", "Round"]
        assert titles(ledger) == ["Article a", "Article b"]
        clock.sleep(900)
        assert told(once(ledger, fetcher, server.url("/feed"))) == ["Round"]
        assert server.asked("/feed")[2].headers["if-none-match"] == tag

    def test_a_feed_that_never_says_that_it_has_changed_is_had_in_full_now_and_then(
        self, ledger: Ledger, server: Server, fetcher: Fetcher, clock: FakeClock
    ) -> None:
        def feed(request: Request) -> Answer:
            if "if-none-match" in request.headers:
                return Answer(status=304)
            answer = rss(server, ("/a", "A")) if clock.passed < 900 else rss(server, ("/b", "B"))
            answer.headers["ETag"] = '"1"'
            return answer

        server.pages["/feed"] = feed
        for _ in range(200):
            once(ledger, fetcher, server.url("/feed"))
            clock.sleep(900)
        assert titles(ledger) == ["Article a", "Article b"]
        full = [request for request in server.asked("/feed") if "if-none-match" not in request.headers]
        assert 2 <= len(full) < 12

    def test_an_article_that_was_read_as_the_feed_held_it_is_not_read_again_under_another_id(
        self, ledger: Ledger, server: Server, fetcher: Fetcher, clock: FakeClock
    ) -> None:
        first = rss(server, ("/x", "X"), extra=FULL)
        assert isinstance(first.body, bytes)
        other = Answer(first.body.replace(b">/x</guid>", b">/X</guid>"), headers=first.headers)
        server.pages["/feed"] = [first, other]
        assert told(once(ledger, fetcher, server.url("/feed"))) == ["added", "Round"]
        server.pages["/x"] = Answer(article("X"))
        clock.sleep(900)
        assert told(once(ledger, fetcher, server.url("/feed"))) == ["known", "Round"]


class TestTooMuch:
    """Articles that come faster than they are read."""

    def test_a_feed_is_held_back_until_fewer_of_its_articles_wait(
        self, ledger: Ledger, server: Server, fetcher: Fetcher, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("onrecord.ledger.watched.agenda.MOST_WAITING", 4)
        server.pages |= {f"/{n}": Answer(b"", 503) for n in range(8)}
        many = rss(server, *((f"/{n}", f"{n}") for n in range(8)))
        server.pages["/feed"] = [many, rss(server, ("/a", "A"))]
        watched = [Subscription(server.url("/feed"))]
        listed: Listed = [*watched]
        stop, events = Stop(), []

        def found() -> Listed:
            if clock.passed > 4000:
                server.pages.update({f"/{n}": Answer(article(f"{n}", f"It is {n}. " * 40)) for n in range(8)})
            if clock.passed > 20_000:
                stop.ask()
            return listed

        for event in ledger.watch(found, fetcher=fetcher, stop=stop):
            events.append(event)
            if len(events) < 100 and clock.passed < 3900:
                assert len(server.asked("/feed")) == 1
        (held,) = [event for event in events if isinstance(event, HeldBack)]
        assert (held.name, held.waiting) == (server.url("/feed"), 8)
        assert titles(ledger) == ["0", "1", "2", "3", "4", "5", "6", "7", "Article a"]
        rounds = [event for event in events if isinstance(event, Round)]
        assert len(rounds) < 60  # it does not go round and round for a feed that is not asked

    def test_feeds_are_asked_in_time_whatever_waits(
        self, ledger: Ledger, server: Server, fetcher: Fetcher, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A reader that takes a minute an article, and a hundred articles."""

        def read(document: Document, *, model: str = "full") -> Reading:
            clock.passed += 60
            return Reading(document, "hand 1")

        monkeypatch.setattr("onrecord.reader.read", read)
        server.pages |= {f"/{n}": Answer(article(f"{n}", f"It is {n}. " * 40)) for n in range(100)}
        server.pages["/many"] = rss(server, *((f"/{n}", f"{n}") for n in range(100)))
        server.pages["/other"] = lambda request: rss(server, ("/a", "A")) if clock.passed > 2000 else rss(server)
        stop = Stop()
        listed: Listed = [Subscription(server.url("/many")), Subscription(server.url("/other"))]
        events = []
        for event in ledger.watch(lambda: listed, fetcher=fetcher, stop=stop):
            events.append(event)
            if len(titles(ledger)) == 101:
                stop.ask()
        times = [request.at for request in server.asked("/other")]
        assert max(later - earlier for earlier, later in pairwise(times)) < 1100
        assert len([event for event in events if isinstance(event, Round)]) > 5  # and the list of feeds is read again
        (a,) = server.asked("/a")
        assert a.at < 2000 + 1800  # though of the others many are left

    def test_a_slow_host_that_has_thousands_does_not_stand_before_others(
        self, ledger: Ledger, server: Server, fetcher: Fetcher, clock: FakeClock
    ) -> None:
        server.pages["/robots.txt"] = lambda request: Answer(
            b"User-agent: *\nCrawl-delay: 50" if request.headers["host"].startswith("slow") else b""
        )
        many = rss(server, *((f"/{n}", f"{n}") for n in range(3000)))
        assert isinstance(many.body, bytes)
        server.pages["/many"] = Answer(many.body.replace(b"127.0.0.1", b"slow.test"), headers=many.headers)
        quick = rss(server, ("/a", "A"), ("/b", "B"))
        assert isinstance(quick.body, bytes)
        server.pages["/quick"] = Answer(quick.body.replace(b"127.0.0.1", b"quick.test"), headers=quick.headers)
        stop = Stop()
        listed: Listed = [Subscription(server.url("/many")), Subscription(server.url("/quick", "quick.test"))]
        for _ in ledger.watch(lambda: listed, fetcher=fetcher, stop=stop):
            if clock.passed > 300:
                stop.ask()
        assert {"Article a", "Article b"} <= set(titles(ledger))
        assert max(server.asked(path)[0].at for path in ("/a", "/b")) < 60

    def test_what_waits_takes_no_memory(self, ledger: Ledger, server: Server, fetcher: Fetcher) -> None:
        """Sixty megabytes of what feeds say of it, which lies in the ledger."""
        entries = [Entry(f"{n}", f"http://h{n % 7}.test/{n}", content="x" * 30_000) for n in range(2000)]
        with writing(ledger._engine, "l") as connection:
            number = store.save_feed(connection, FeedState("http://h0.test/feed", due=store.stamp(fetcher.clock.now())))
            store.queue(connection, number, entries, due=store.stamp(fetcher.clock.now()))
        del entries
        agenda = Agenda(ledger._engine, "l", fetcher, [Subscription("http://h0.test/feed")])
        tracemalloc.start()
        try:
            assert agenda.next() is not None
            assert tracemalloc.get_traced_memory()[1] < 8_000_000
        finally:
            tracemalloc.stop()


class TestClocks:
    """What is due stands in the ledger as a time of day, and clocks are set."""

    def test_set_back_between_two_processes(
        self, ledger: Ledger, server: Server, fetcher: Fetcher, clock: FakeClock
    ) -> None:
        server.pages["/feed"] = [rss(server, ("/a", "A"), ("/late", "Late")), rss(server, ("/b", "B"))]
        server.pages["/late"] = [Answer(b"", 404), Answer(article("Late"))]
        once(ledger, fetcher, server.url("/feed"))
        clock.wrong = -30 * 86400
        assert told(once(ledger, fetcher, server.url("/feed"))) == ["Round"]  # it waits as it would have waited
        (row,) = ledger.feeds()
        assert row.tried == row.seen == store.stamp(clock.now())
        assert store.stamp(clock.now()) < str(row.due) <= store.stamp(clock.now() + QUARTER)
        clock.sleep(900)
        assert sorted(told(once(ledger, fetcher, server.url("/feed")))) == ["Round", "added", "added"]
        assert titles(ledger) == ["Article a", "Article b", "Late"]

    def test_a_time_that_nothing_rightly_waits_for(
        self, ledger: Ledger, server: Server, fetcher: Fetcher, clock: FakeClock
    ) -> None:
        server.pages["/feed"] = rss(server, ("/a", "A"))
        far = store.stamp(clock.now() + timedelta(days=4000))
        with writing(ledger._engine, "l") as connection:
            feed = FeedState(server.url("/feed"), tried=store.stamp(clock.now()), due=far)
            store.queue(connection, store.save_feed(connection, feed), [Entry("1", server.url("/b"))], due=far)
        assert told(once(ledger, fetcher, server.url("/feed"))) == ["added", "added", "Round"]

    def test_what_is_waited_for_rightly_is_left(
        self, ledger: Ledger, server: Server, fetcher: Fetcher, clock: FakeClock
    ) -> None:
        server.pages["/feed"] = Answer(b"", 503, {"Retry-After": str(7 * 86400)})
        once(ledger, fetcher, server.url("/feed"))
        (before,) = ledger.feeds()
        clock.wrong = -30  # seconds: clocks are set right all the time
        assert told(once(ledger, fetcher, server.url("/feed"))) == ["Round"]
        assert ledger.feeds() == [before]


class TestTheList:
    def watched(self, ledger: Ledger, fetcher: Fetcher, listed: Callable[[], Listed], rounds: int) -> list[Event]:
        """What so many rounds tell."""
        stop = Stop()
        sleeps = 0
        clock = fetcher.clock
        assert isinstance(clock, FakeClock)
        plain = clock.sleep

        def sleep(seconds: float) -> None:
            nonlocal sleeps
            plain(seconds)
            if seconds >= 60:  # the wait between rounds, not between requests
                sleeps += 1
                if sleeps >= rounds:
                    stop.ask()

        clock.sleep = sleep  # type: ignore[method-assign]
        return list(ledger.watch(listed, fetcher=fetcher, stop=stop))

    def test_is_read_again_before_every_round(
        self, ledger: Ledger, server: Server, fetcher: Fetcher, clock: FakeClock
    ) -> None:
        server.pages |= {"/one": rss(server, ("/a", "A")), "/two": rss(server, ("/b", "B"))}

        def listed() -> Listed:
            found: Listed = [Subscription(server.url("/one"))]
            return found if clock.passed < 250 else [*found, Subscription(server.url("/two"))]

        events = self.watched(ledger, fetcher, listed, 3)
        assert told(events)[:2] == ["added", "Round"]
        assert titles(ledger) == ["Article a", "Article b"]
        assert len(server.asked("/one")) == 1

    def test_that_cannot_be_read_for_once_stays_what_it_was(
        self, ledger: Ledger, server: Server, fetcher: Fetcher, clock: FakeClock
    ) -> None:
        server.pages["/one"] = [rss(server, ("/a", "A")), rss(server, ("/b", "B"))]
        calls = 0

        def listed() -> Listed:
            nonlocal calls
            calls += 1
            if calls > 1:
                raise Malformed("feeds.opml", "OPML that cannot be read")
            return [Subscription(server.url("/one")), Malformed("feeds.opml", "'x' is no address", line=3)]

        events = self.watched(ledger, fetcher, listed, 5)
        assert titles(ledger) == ["Article a", "Article b"]
        troubles = [(event.name, event.reason) for event in events if isinstance(event, Trouble)]
        assert troubles.count(("feeds.opml:3", "'x' is no address")) == 1
        assert ("feeds.opml", "OPML that cannot be read") in troubles

    def test_rounds_in_which_nothing_was_due_say_nothing(
        self, ledger: Ledger, server: Server, fetcher: Fetcher
    ) -> None:
        server.pages["/one"] = rss(server, head="<ttl>600</ttl>")
        events = self.watched(ledger, fetcher, lambda: [Subscription(server.url("/one"))], 10)
        assert told(events) == ["Round"]
        assert len(server.asked("/one")) == 1


class TestMistakes:
    def test_a_page_that_was_watched_as_a_feed_can_be_added(
        self, ledger: Ledger, server: Server, fetcher: Fetcher
    ) -> None:
        (trouble, _) = once(ledger, fetcher, server.url("/a"))
        assert isinstance(trouble, Trouble)
        assert "not a feed" in trouble.reason
        assert outcomes(add(ledger, fetcher, server.url("/a"))) == ["added"]


class TestStopping:
    def test_finishes_the_article_in_hand_and_leaves_the_rest_for_the_next_time(
        self, ledger: Ledger, server: Server, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        stop = Stop()

        def read(document: Document, *, model: str = "full") -> Reading:
            if document.title == "Article b":
                stop.ask()  # a signal while it is being read
            return Reading(document, "hand 1")

        monkeypatch.setattr("onrecord.reader.read", read)
        server.pages["/feed"] = rss(server, *((f"/{path}", path) for path in "abcd"))
        events = once(ledger, fetcher, server.url("/feed"), stop=stop)
        assert told(events) == ["added", "added", "Round"]
        assert titles(ledger) == ["Article a", "Article b"]
        assert told(once(ledger, fetcher, server.url("/feed"))) == ["added", "added", "Round"]
        assert server.paths() == ["/feed", "/a", "/b", "/c", "/d"]

    def test_breaks_off_what_waits_for_the_network(
        self, ledger: Ledger, server: Server, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        stop = Stop()
        fetch = fetcher.fetch

        def slow(address: str, **named: Any) -> Any:
            if address.endswith("/b"):
                stop.ask()  # a signal while the server takes its time
                raise AssertionError("it went on")
            return fetch(address, **named)

        monkeypatch.setattr(fetcher, "fetch", slow)
        server.pages["/feed"] = rss(server, *((f"/{path}", path) for path in "abc"))
        assert told(once(ledger, fetcher, server.url("/feed"), stop=stop)) == ["added", "Round"]
        monkeypatch.setattr(fetcher, "fetch", fetch)
        assert told(once(ledger, fetcher, server.url("/feed"))) == ["added", "added", "Round"]
        assert server.paths() == ["/feed", "/a", "/b", "/c"]

    def test_before_anything_is_asked(self, ledger: Ledger, server: Server, fetcher: Fetcher) -> None:
        stop = Stop()
        stop.ask()
        assert told(once(ledger, fetcher, server.url("/feed"), stop=stop)) == ["Round"]
        assert server.requests == []

    def test_what_may_be_broken_off_and_what_not(self) -> None:
        stop = Stop()
        with stop.may_break_off():
            pass
        stop.ask()
        with pytest.raises(Stopped):
            stop.check()
        with pytest.raises(Stopped), stop.may_break_off():
            raise AssertionError("it went on")


class TestSchedule:
    NOW = datetime(2025, 3, 14, 12, 0, tzinfo=UTC)

    def feed(self, *hours_ago: float, every: float | None = None) -> Feed:
        stamps = [(self.NOW - timedelta(hours=hours)).isoformat() for hours in hours_ago]
        return Feed("x", tuple(Entry(str(n), None, published=stamp) for n, stamp in enumerate(stamps)), every)

    @pytest.mark.parametrize(
        ("feed", "pace"),
        [
            ((0.1, 0.2, 0.3, 0.4), 180),  # one every six minutes
            ((1, 2, 3, 4), 1800),
            ((100, 200, 300, 400), 7200),
            ((1,), 0),
            ((), 0),
        ],
    )
    def test_half_the_usual_gap(self, feed: tuple[float, ...], pace: float) -> None:
        assert schedule.pace_of(self.feed(*feed), self.NOW) == pytest.approx(pace)

    def test_as_long_as_the_feed_says(self) -> None:
        assert schedule.pace_of(self.feed(0.1, 0.2, 0.3, every=3600), self.NOW) == 3600
        assert schedule.pace_of(self.feed(every=10**9), self.NOW) == 86400

    def test_days_without_a_time_and_dates_to_come_say_nothing(self) -> None:
        days = tuple(Entry(str(n), None, published=f"2025-03-{10 + n}") for n in range(4))
        later = self.feed(-100, -200, -300).entries
        assert schedule.pace_of(Feed("x", days + later), self.NOW) == 0

    @pytest.mark.parametrize("seed", range(20))
    def test_never_more_often_than_is_wanted(self, seed: int) -> None:
        chance = random.Random(seed)
        assert 810 <= schedule.after_answer(0, every=900, fresh=None, chance=chance) <= 900
        assert 3240 <= schedule.after_answer(3600, every=900, fresh=None, chance=chance) <= 3600
        assert 1620 <= schedule.after_answer(0, every=900, fresh=1800, chance=chance) <= 1800
        assert schedule.after_answer(0, every=900, fresh=10**9, chance=chance) <= 7200
        assert schedule.after_failure(1, every=900, again=5000, chance=chance) == 5000
        assert 7200 < schedule.after_failure(50, every=900, again=0, chance=chance) <= 86400
        assert 5400 <= schedule.after_failure(14, every=900, again=0, chance=chance) <= 7200
        assert 64800 <= schedule.after_failure(15, every=900, again=0, chance=chance) <= 86400
        assert 225 <= schedule.retry_article(1, again=0, chance=chance) <= 300

    def test_what_fails_in_another_way_each_time_is_tried_more_often(self) -> None:
        gone, none = Unfetched("x", "gone", status=410), Unfetched("x", "none", status=404)
        assert schedule.most_tries(gone, before="gone", whole=False) < schedule.most_tries(
            gone, before="none", whole=False
        )
        assert schedule.most_tries(none, before="gone", whole=True) == 1  # what the feed holds is read at once
        assert schedule.most_tries(Unfetched("x", "no", forbidden=True), before="", whole=False) == 1

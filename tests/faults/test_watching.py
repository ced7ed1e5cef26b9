"""Eight hours of feeds with a fault in every second answer, in seconds: every article is read once, none is lost, nothing
else is read, and nobody is asked more than is good manners. Also where the process is killed again and again meanwhile, and
where the clock is set."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import Engine, event
from tests.faults.internet import FAULTS, HOUR, Article, Clock, Internet, Site, published
from tests.thorough import tries

from onrecord.errors import InputError
from onrecord.intake.fetching import Fetcher, Manners
from onrecord.intake.opml import Subscription
from onrecord.ledger import Ledger, Receipt
from onrecord.ledger.watched import schedule
from onrecord.ledger.watched.stop import Stop
from onrecord.ledger.watched.watching import Event
from onrecord.reading import Reading

QUIRKS = ("", "order", "forgets", "case", "atom")
DEAD = (
    *("no name", "refused", "no answer to the connection", "silence", "drips", "untrusted certificate", "endless"),
    *("circle", "500", "404", "410", "a bomb"),
)
DAY = 24 * HOUR


@pytest.fixture(autouse=True)
def reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that sees nothing in any text: what is tested is how articles get to it."""
    monkeypatch.setattr("onrecord.reader.read", lambda document, model: Reading(document, "hand 1"))
    monkeypatch.setattr("onrecord.reader.load_encoder", lambda *_: SimpleNamespace(name="hand 1"))


def living(number: int, articles: int, *, seed: int) -> list[Site]:
    """Sites with as many articles each, one in four of which the feed of another site lists too."""
    chance = random.Random(seed)
    found = []
    for n in range(number):
        host = f"s{n}.example"
        found.append(Site(host, published(host, articles, chance), QUIRKS[n % len(QUIRKS)]))
    for site, other in pairwise(found):
        site.also = other.articles[::4]
    return found


def watch(ledger: Ledger, net: Internet, *, until: float) -> Iterator[Event]:
    """What is told until so many seconds have passed."""
    stop = Stop()

    def listed() -> list[Subscription | InputError]:
        if net.clock.passed >= until:
            stop.ask()
        return [Subscription(site.feed) for site in net.sites.values()]

    chance = random.Random(net.seed)
    with Fetcher(Manners(), clock=net.clock, chance=chance, resolve=net.resolve, network=net) as fetcher:
        yield from ledger.watch(listed, fetcher=fetcher, stop=stop)


def to_the_end(ledger: Ledger, net: Internet) -> list[Event]:
    """What is told in eight hours, and until everything is read, for three days at most."""
    events = list(watch(ledger, net, until=8 * HOUR))
    while titles(ledger) != wanted(net) and net.clock.passed < 3 * DAY:
        events += watch(ledger, net, until=net.clock.passed + HOUR / 2)
    return events


def wanted(net: Internet) -> list[str]:
    return sorted(article.title for site in net.sites.values() for article in site.articles)


def titles(ledger: Ledger) -> list[str | None]:
    return sorted((row.title for row in ledger.documents()), key=str)


def asks(net: Internet, host: str) -> list[float]:
    """When a host was turned to; what comes within ten seconds is one question, with its robots.txt and a second try."""
    times = [at for name, at in net.connections if name == host]
    return [at for n, at in enumerate(times) if n == 0 or at > times[n - 1] + 10]


@pytest.mark.parametrize("seed", range(1, 1 + tries(4, check=1)))
def test_every_article_once(tmp_path: Path, seed: int) -> None:
    sites = living(tries(14, check=8), 8, seed=seed)
    for n, site in enumerate(sites[::5]):
        site.down = ((1 + n) * HOUR, (4 + n) * HOUR)
    dead = [Site(f"dead{n}.example", [], dead=fault) for n, fault in enumerate(DEAD)]
    net = Internet([*sites, *dead], Clock(), seed=seed)
    with Ledger.open(tmp_path / "l.db") as ledger:
        events = to_the_end(ledger, net)
        assert titles(ledger) == wanted(net)
        assert not [event for event in events if isinstance(event, Receipt) and event.outcome == "refused"]
        feeds = {row.address: row for row in ledger.feeds()}
        assert list(ledger.verify(derived=False)) == []
    assert all((feeds[site.feed].waiting, feeds[site.feed].refused) == (0, 0) for site in sites)
    assert {feeds[site.feed].state for site in dead} == {"fails", "ended"}
    # It was as it is said to be: of what living sites were asked nearly half went wrong, in all the ways that there are.
    of_living = [request for request in net.requests if request.host.startswith("s")]
    assert set(net.drawn) == {None, *FAULTS}
    assert 0.4 < sum(request.fault is not None for request in of_living) / len(of_living) < 0.6
    check_manners(net, sites, dead)


def check_manners(net: Internet, sites: list[Site], dead: list[Site]) -> None:
    by_host: dict[str, list[float]] = defaultdict(list)
    tries: dict[tuple[str, str], int] = defaultdict(int)
    for request in net.requests:
        if request.path != "/robots.txt":
            by_host[request.host].append(request.at)
            tries[request.host, request.path.partition("?")[0]] += 1
    # One thing at a time, a second between two.
    assert min(later - earlier for times in by_host.values() for earlier, later in pairwise(times)) >= 1
    # A feed is asked every quarter of an hour (less a tenth) at most, twice where the line breaks off.
    for site in sites:
        times = [r.at for r in net.requests if r.host == site.host and r.path == "/feed"]
        apart = [later for earlier, later in pairwise(times) if later - earlier > 200]
        assert min(later - earlier for earlier, later in pairwise(apart)) >= 0.9 * 900 - 200
        assert len(times) <= 2 * (net.clock.passed / 810 + 1)
    # An article is not asked for without end.
    pages = [count for (host, path), count in tries.items() if path.startswith("/2025/")]
    assert max(pages) <= 3 * schedule.MOST_TRIES
    assert sum(pages) < 4 * len(pages)
    # Who never answers is asked less and less: after a quarter of an hour, half of one, one, two.
    for site in dead:
        if site.dead in ("endless", "circle"):  # each of them leads on to itself
            continue
        gaps = [later - earlier for earlier, later in pairwise(asks(net, site.host))]
        assert gaps[3] > 1.4 * gaps[1] > 1.4 * gaps[0], site.dead
        assert len(gaps) < 4 + net.clock.passed / 5400, site.dead


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system does not fork")
def test_killed_again_and_again(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    net = Internet(living(8, 6, seed=5), Clock(), seed=5)
    Ledger.open(path).close()
    chance = random.Random(5)
    kills = 0
    while net.clock.passed < 8 * HOUR and kills < 30:
        child = os.fork()
        if child == 0:
            try:
                with Ledger.open(path) as ledger:
                    for _ in watch(ledger, net, until=8 * HOUR):
                        pass
            finally:
                os._exit(0)
        time.sleep(chance.uniform(0.02, 0.5))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        kills += os.WIFSIGNALED(status)
    assert kills > 5
    with Ledger.open(path) as ledger:
        to_the_end(ledger, net)
        assert titles(ledger) == wanted(net)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


class Killed(BaseException):
    """As if the process ended here."""


@contextmanager
def ending_at(statement: int | None) -> Iterator[list[int]]:
    """Ends before that SQL statement or commit, from 0; how many there were is in the list."""
    count = [0]

    def before(*_: Any) -> None:
        count[0] += 1
        if count[0] - 1 == statement:
            raise Killed

    listened = (("before_cursor_execute", before), ("commit", before))
    for name, function in listened:
        event.listen(Engine, name, function)
    try:
        yield count
    finally:
        for name, function in listened:
            event.remove(Engine, name, function)


def test_wherever_it_ends_an_article_is_read_once(tmp_path: Path) -> None:
    """The bytes of its page differ each time, so that whoever fetched it again without knowing of it would have it twice."""

    def internet() -> Internet:
        return Internet(
            [Site("s.example", [Article("s.example", "/2025/0.html", "The one", 0.0)])], Clock(), seed=1, faulty=False
        )

    with Ledger.open(tmp_path / "whole.db") as ledger, ending_at(None) as count:
        assert len(list(watch(ledger, internet(), until=1.0))) == 2
    assert count[0] > 60
    for statement in range(0, count[0], 5):
        net, path = internet(), tmp_path / f"{statement}.db"
        with Ledger.open(path) as ledger, ending_at(statement), pytest.raises(Killed):
            list(watch(ledger, net, until=1.0))
        with Ledger.open(path) as ledger:
            list(watch(ledger, net, until=HOUR))
            assert titles(ledger) == ["The one"], statement
            (feed,) = ledger.feeds()
            assert (feed.articles, feed.waiting, feed.refused) == (1, 0, 0), statement


@pytest.mark.parametrize("faulty", [False, True])
def test_a_clock_that_jumps(tmp_path: Path, faulty: bool) -> None:
    """Set back by days, forward by weeks, back by months: it goes on as if nothing was, and asks nobody twice."""
    jumps = [(1.9 * HOUR, -3 * DAY), (3.7 * HOUR, 17 * DAY), (5.2 * HOUR, -90 * DAY), (6.6 * HOUR, 76 * DAY)]
    net = Internet(living(5, 7, seed=3), Clock(jumps), seed=3, faulty=faulty)
    with Ledger.open(tmp_path / "l.db") as ledger:
        to_the_end(ledger, net)
        assert titles(ledger) == wanted(net)
    if faulty:
        return
    first = {}
    for request in net.requests:
        first.setdefault((request.host, request.path.partition("?")[0]), request.at)
    late = [first[article.host, article.path] - article.at for site in net.sites.values() for article in site.articles]
    assert (
        max(late) < 4.2 * HOUR
    )  # a feed is asked every other hour at least; where the clock is set back it waits anew
    pages = [(r.host, r.path.partition("?")[0]) for r in net.requests if r.path.startswith("/2025/")]
    assert len(pages) == len(set(pages))
    for site in net.sites.values():
        times = [r.at for r in net.requests if r.host == site.host and r.path == "/feed"]
        # Forward is as if the time had passed: what was due in it is due. Back, it is waited as long as was to be waited.
        early = [later for earlier, later in pairwise(times) if later - earlier < 0.9 * 900]
        assert len(early) <= 2
        assert all(any(since <= at < since + 900 for since, by in jumps if by > 0) for at in early)

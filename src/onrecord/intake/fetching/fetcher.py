"""The fetcher: one address in, its bytes or the reason why not out."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Self
from urllib.parse import urljoin

import httpcore
import httpx

from onrecord.errors import Malformed, TooLarge, Unfetched
from onrecord.intake.addresses import NOTHING_KNOWN, Validators, host_of, require_address
from onrecord.intake.fetching import answers
from onrecord.intake.fetching.bodies import ENCODINGS, collected
from onrecord.intake.fetching.clock import Clock, SystemClock
from onrecord.intake.fetching.guard import CheckedBackend, Resolve, addresses_of
from onrecord.intake.fetching.pacing import Pacing, Resting, backed_off
from onrecord.intake.fetching.robots import MOST_BYTES, NAME, Robots
from onrecord.intake.fetching.transport import FOREIGN, CheckedTransport, in_words

__all__ = ["PAGE_LIMIT", "Fetched", "Fetcher", "Manners"]

PAGE_LIMIT = 20_000_000
"""Bytes of one answer, unpacked: as much as intake takes of any document."""

_ACCEPT = (
    "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/feed+json, "
    "application/xml;q=0.9, text/xml;q=0.9, text/plain;q=0.8, application/json;q=0.7, */*;q=0.1"
)
_LANGUAGE = {"Accept-Language": "en, *;q=0.5"}  # of a page that exists in several, the one that can be read
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
_MOST_REDIRECTS = 10
_MOST_REDIRECTS_OF_ROBOTS = 5  # RFC 9309, 2.3.1.2
_GZIP = b"\x1f\x8b"
_FIRST_WAIT, _LONGEST_WAIT = 2.0, 60.0
_CONTACT = re.compile(r"[\x20-\x27\x2a-\x7e]{1,200}")  # printable ASCII without brackets, which would end the comment


@dataclass(frozen=True, slots=True)
class Manners:
    """How to ask. `contact` is an address or page of whoever asks, which every server sees.

    `pause` is the seconds between two requests to one host, `patience` the longest wait that is sat out (a longer one is an
    Unfetched that says how long), `tries` how often a request is made where the server or the line fails, `seconds` the time
    for one answer. Two answers and a wait are the time for all that one address takes: redirects, the rules of each, and
    every try. With `allow_private`, addresses of this machine and of private networks are fetched too.

    Raises Malformed for a contact that cannot stand in a request.
    """

    contact: str | None = None
    allow_private: bool = False
    pause: float = 1.0
    patience: float = 60.0
    tries: int = 3
    seconds: float = 60.0

    def __post_init__(self) -> None:
        if self.contact is not None and not _CONTACT.fullmatch(self.contact):
            raise Malformed("contact", "not an e-mail address or a page: at most 200 characters of ASCII, no brackets")

    @property
    def agent(self) -> str:
        """How requests name their sender: `Onrecord/0.1.0 (+https://example.org/contact)`."""
        from onrecord import __version__

        return f"{NAME}/{__version__}" + (f" (+{self.contact})" if self.contact else "")


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer. `url` is where it came from in the end, `moved` where the address has moved for good, if it has.

    `unchanged` answers have no data. `kind` is the media type, `charset` what the transport says the bytes are in, `fresh`
    for how many seconds the server says that this holds.
    """

    address: str
    url: str
    data: bytes
    unchanged: bool = False
    moved: str | None = None
    kind: str | None = None
    charset: str | None = None
    validators: Validators = NOTHING_KNOWN
    fresh: float | None = None


class Fetcher:
    """Fetches from the web as `manners` say, one thing at a time: for one thread. A context manager: it keeps connections.

    `clock`, `chance` (of the jitter), `resolve` (names to addresses) and `network` (connections to addresses) are arguments
    so that tests need none of their own.
    """

    def __init__(
        self,
        manners: Manners | None = None,
        *,
        clock: Clock | None = None,
        chance: random.Random | None = None,
        resolve: Resolve = addresses_of,
        network: httpcore.NetworkBackend | None = None,
    ) -> None:
        self.manners = manners or Manners()
        self.clock: Clock = clock or SystemClock()
        self.chance = chance or random.Random()
        self._pacing = Pacing(self.clock, pause=self.manners.pause, patience=self.manners.patience)
        self._resting = Resting(self.clock)
        self._robots = Robots(self._rules, self.clock)
        self._backend = CheckedBackend(
            clock=self.clock, allow_private=self.manners.allow_private, resolve=resolve, network=network
        )
        self._over = 0.0  # when the time for the address that is fetched now ends
        self._timeouts = 0
        self._client = httpx.Client(
            transport=CheckedTransport(self._backend),
            headers={"User-Agent": self.manners.agent, "Accept": _ACCEPT, "Accept-Encoding": ENCODINGS} | _LANGUAGE,
            timeout=httpx.Timeout(20.0, connect=10.0),
            trust_env=False,
            follow_redirects=False,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def fetch(self, address: str, *, known: Validators | None = None, tries: int | None = None) -> Fetched:
        """What is at `address`; only whether it has changed where `known` says what was there before.

        Raises Unfetched where nothing can be had (its `again` says whether and when to try once more), TooLarge, NotText for
        what is neither page nor feed, EmptyInput, and Malformed for damaged packing.
        """
        self._over = self.clock.monotonic() + self._pacing.left(host_of(address)) + self.manners.patience
        self._over += 2 * self.manners.seconds
        number = 1
        while True:
            timeouts = self._timeouts
            try:
                return self._fetch(address, known or NOTHING_KNOWN, anew=number > 1)
            except Unfetched as error:
                if error.again is None or number >= (self.manners.tries if tries is None else tries):
                    raise
                if self._timeouts > timeouts:  # whoever took a minute would take another
                    raise
                wait = max(error.again, backed_off(number, self.chance, first=_FIRST_WAIT, most=_LONGEST_WAIT))
                if wait > min(self.manners.patience, self._over - self.clock.monotonic()):
                    raise
                self.clock.sleep(wait)
                number += 1

    def ready_in(self, address: str) -> float:
        """The seconds until the host of an address may be asked, or, if it was too slow to answer, should be again."""
        host = host_of(address)
        return max(self._pacing.left(host), self._resting.left(host))

    def _fetch(self, address: str, known: Validators, *, anew: bool) -> Fetched:
        self._client.cookies.clear()  # kept from one redirect to the next, as some sites need, and no longer
        url, moved, permanent = require_address(address), None, True
        seen: list[str] = []
        try:
            while url not in seen:
                if len(seen) > _MOST_REDIRECTS:
                    raise Unfetched(address, f"more than {_MOST_REDIRECTS} redirects")
                if seen and (rest := self._resting.left(host_of(url))):
                    raise Unfetched(url, "its server took too long a moment ago", again=rest)
                seen.append(url)
                delay = self._robots.require(url, anew=anew)
                with self._asking(url, address, known.headers(), delay=delay) as response:
                    target = _target(response, url)
                    if target is None:
                        return self._answer(response, address, moved, known)
                    permanent = permanent and response.status_code in _PERMANENT
                url = require_address(target)
                moved = url if permanent else moved
        except Unfetched as error:
            raise _renamed(error, address) from error
        raise Unfetched(address, "its redirects go round in a circle")

    @contextmanager
    def _asking(
        self, url: str, address: str, headers: Mapping[str, str], *, delay: float | None = None, paced: bool = True
    ) -> Iterator[httpx.Response]:
        """The beginning of an answer, whose body is still to come; closed when it is left."""
        host = host_of(url)
        self._pacing.wait(host, address, most=self._left(address))
        self._backend.end_in(min(self.manners.seconds, self._left(address)))
        try:
            response = self._sent(url, address, headers)
            try:
                if response.status_code in (429, 503):
                    wait = answers.retry_after(response.headers, self.clock.now())
                    self._pacing.leave_alone(host, wait or 0.0)
                yield response
                self._resting.answered(host)
            finally:
                response.close()
        except FOREIGN as error:
            if isinstance(error, httpcore.TimeoutException | httpx.TimeoutException):
                self._timeouts += 1
                self._resting.slow(host)
            raise _unfetched(address, error) from error
        finally:
            # A pause after robots.txt would make of every first page two requests' worth of waiting.
            if paced:
                self._pacing.asked(host, pause=delay)

    def _left(self, address: str) -> float:
        """The seconds left for the address that is fetched now. Raises Unfetched where it was led about for too long."""
        left = self._over - self.clock.monotonic()
        if left <= 0:
            raise Unfetched(address, "the way there took too long, redirects and all", again=0.0)
        return left

    def _sent(self, url: str, address: str, headers: Mapping[str, str]) -> httpx.Response:
        try:
            return self._client.send(self._client.build_request("GET", url, headers=dict(headers)), stream=True)
        except UnicodeError as error:  # idna's, of a name that begins with "xn--" and is none, here or in a Location
            raise Unfetched(address, f"a name of a host that is none ({error})") from error

    def _answer(self, response: httpx.Response, address: str, moved: str | None, known: Validators) -> Fetched:
        now = self.clock.now()
        refused = answers.refusal(address, response.status_code, response.headers, now)
        if refused is not None:
            raise refused
        validators = Validators(_sayable(response.headers.get("etag")), _sayable(response.headers.get("last-modified")))
        fresh = answers.fresh_for(response.headers, now)
        url = str(response.url)
        if response.status_code == 304:
            if not known.headers():
                raise Unfetched(address, "the server says that it has not changed, which it was not asked", status=304)
            # What is here is what `known` says, whatever the answer says: were it told apart by another ETag from now on,
            # a server that errs once ("not modified", with the ETag of what is new) would never be asked for what is new.
            return Fetched(address, url, b"", True, moved, validators=known, fresh=fresh)
        kind, charset = answers.kind_of(response.headers)
        answers.require_readable(address, kind)
        data = _body(response, address, limit=PAGE_LIMIT)
        if data.startswith(_GZIP):  # a file that is packed itself, as the sitemaps of large sites are
            data, kind = collected([data], encoding="gzip", limit=PAGE_LIMIT, name=address), None
        return Fetched(address, url, data, False, moved, kind, charset, validators, fresh)

    def _rules(self, url: str) -> str:
        """The robots.txt at `url`, through up to five redirects; "" where there is none. Raises InputError otherwise."""
        for _ in range(_MOST_REDIRECTS_OF_ROBOTS + 1):
            with self._asking(url, url, {"Accept": "text/plain, */*;q=0.5"}, paced=False) as response:
                target = _target(response, url)
                if target is None:
                    return self._rules_of(response, url)
            self._pacing.asked(host_of(url))  # what is led about is in no hurry
            url = require_address(target)
        return ""  # RFC 9309: more redirects than that may be taken for a file that is not there

    def _rules_of(self, response: httpx.Response, url: str) -> str:
        status = response.status_code
        # RFC 9309 has every 4xx mean that nothing is forbidden. A server that says 429 wants to be asked less, not more.
        if (400 <= status < 500 and status != 429) or status in (204, 205):
            return ""
        refused = answers.refusal(url, status, response.headers, self.clock.now())
        if refused is not None:
            raise refused
        return _body(response, url, limit=MOST_BYTES, whole=False).decode("utf-8", "replace")


def _body(response: httpx.Response, name: str, *, limit: int, whole: bool = True) -> bytes:
    stated = response.headers.get("content-length", "")
    if whole and stated.isdecimal() and int(stated) > limit:
        raise TooLarge(name, f"more than {limit:,} bytes")
    encoding = response.headers.get("content-encoding")
    return collected(response.iter_raw(1 << 16), encoding=encoding, limit=limit, name=name, whole=whole)


def _target(response: httpx.Response, url: str) -> str | None:
    """Where an answer sends whoever asked, if it does."""
    location: str | None = response.headers.get("location")
    if response.status_code not in _REDIRECTS:
        return None
    if not location:
        raise Unfetched(url, f"a redirect that leads nowhere ({response.status_code})")
    try:
        return urljoin(url, location)
    except ValueError as error:
        raise Unfetched(url, f"a redirect to what is no address ({location[:80]})") from error


def _sayable(value: str | None) -> str | None:
    """A header's value where it can be said back in a request."""
    return value if value and value.isascii() and value.isprintable() else None


def _unfetched(name: str, error: Exception) -> Unfetched:
    reason, passing = in_words(error)
    return Unfetched(name, reason, again=0.0 if passing else None)


def _renamed(error: Unfetched, address: str) -> Unfetched:
    """The same error under the address that was asked for; where a redirect led elsewhere, that is said too."""
    elsewhere = error.name not in (address, require_address(address))
    led = elsewhere and error.name.startswith("http")
    reason = f"{error.reason} (after a redirect to {error.name})" if led else error.reason
    forbidden = error.forbidden and not elsewhere  # where a redirect leads may be another place tomorrow
    return Unfetched(address, reason, status=error.status, again=error.again, forbidden=forbidden)

"""What a site's robots.txt allows (RFC 9309): asked once a host, read by protego, kept for an hour, or
until they can be had again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from protego import Protego

from onrecord.errors import InputError, Unfetched
from onrecord.intake.fetching.clock import Clock

__all__ = ["MOST_BYTES", "NAME", "Robots"]

NAME = "Onrecord"
"""The product token that a site's rules may name."""

MOST_BYTES = 512_000
"""RFC 9309 asks for at least 500 KiB to be read; what lies behind is as if it were not there."""

# RFC 9309: rules are not to be kept longer than a day. Sites change them when they are asked too much: an hour is sooner.
_KEPT = 3600.0
_UNREACHABLE = 600.0
# What is kept at most; those that were asked first are forgotten first. Parsed rules take up to 17 times their text: a page
# that leads to a thousand names of one hostile machine would otherwise have gigabytes of them remembered for an hour.
_MOST_SITES = 1000
_MOST_TEXT = 4_000_000

GetRules = Callable[[str], str]
"""The text of the robots.txt at an address, or "" where the site has none. Raises InputError where that is not known."""


@dataclass(frozen=True, slots=True)
class _Rules:
    until: float
    rules: Protego | None  # None: not known, and why
    failure: InputError | None = None
    size: int = 0  # of their text


class Robots:
    """The rules of the sites asked so far."""

    def __init__(self, get: GetRules, clock: Clock) -> None:
        self._get = get
        self._clock = clock
        self._sites: dict[str, _Rules] = {}

    def require(self, url: str, *, anew: bool = False) -> float | None:
        """The seconds that the site asks for between two requests, None where it names none.

        Raises Unfetched where it forbids the address, and where its rules cannot be had: RFC 9309 has that mean that
        everything is forbidden for now. With `anew`, rules that could not be had are asked for once more.
        """
        parts = urlsplit(url)
        key = f"{parts.scheme}://{parts.netloc}".lower()
        site = self._sites.get(key)
        wait = 0.0 if site is None else max(site.until - self._clock.monotonic(), 0.0)
        if site is None or not wait or (anew and site.rules is None):
            fresh, wait = self._asked(key), 0.0
            if fresh.failure is not None and site is not None and site.rules is not None:
                # RFC 9309, 2.4: what is known may be gone by for longer where the rules cannot be had.
                fresh = replace(site, until=fresh.until)
            site = fresh
            self._keep(key, site)
        if site.failure is not None:
            raise _forbidden(url, site.failure, wait)
        if site.rules is not None and not site.rules.can_fetch(url, NAME):
            raise Unfetched(url, f"the robots.txt of {parts.netloc} does not allow it", forbidden=True)
        return None if site.rules is None else site.rules.crawl_delay(NAME)

    def _keep(self, key: str, site: _Rules) -> None:
        self._sites.pop(key, None)
        self._sites[key] = site  # behind all others
        text = sum(kept.size for kept in self._sites.values())
        while len(self._sites) > _MOST_SITES or (text > _MOST_TEXT and len(self._sites) > 1):
            text -= self._sites.pop(next(iter(self._sites))).size

    def _asked(self, key: str) -> _Rules:
        try:
            text = self._get(f"{key}/robots.txt")
        except InputError as error:
            wait = error.again if isinstance(error, Unfetched) and error.again else 0.0
            return _Rules(self._clock.monotonic() + max(wait, _UNREACHABLE), None, error)
        return _Rules(self._clock.monotonic() + _KEPT, Protego.parse(text), size=len(text))


def _forbidden(url: str, failure: InputError, wait: float) -> Unfetched:
    if isinstance(failure, Unfetched) and failure.status is None:  # no server was reached: that is what is to be said
        again = None if failure.again is None else max(failure.again, wait)
        return Unfetched(url, failure.reason, again=again)
    again = failure.again if isinstance(failure, Unfetched) else None
    reason = f"its robots.txt cannot be had, so it may not be asked for now: {failure.reason}"
    return Unfetched(url, reason, again=max(again or 0.0, wait))

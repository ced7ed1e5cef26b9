"""Where a list of feeds to watch comes from: OPML or a text with an address a line, here or on the web; or one feed."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.errors import EmptyInput, InputError, Malformed, MissingInput, TooLarge
from onrecord.intake.addresses import Validators, is_address
from onrecord.intake.feeds import is_feed, is_feed_list
from onrecord.intake.opml import Subscription, read_subscriptions

if TYPE_CHECKING:
    from onrecord.intake.fetching import Fetcher

__all__ = ["LIST_LIMIT", "FeedList"]

LIST_LIMIT = 10_000_000
"""Bytes of a list: some fifty thousand feeds."""

_KEPT = 3600.0


class FeedList:
    """The feeds that a file or an address lists, as it lists them now: a file is read each time, an address once an hour.

    `known` says whether an address is a feed that was read before, which then need not be found out by asking it.
    """

    def __init__(self, given: str, fetcher: Fetcher, *, known: Callable[[str], bool] = lambda _: False) -> None:
        self._given = given
        self._fetcher = fetcher
        self._known = known
        self._found: list[Subscription | InputError] = []
        self._validators: Validators | None = None
        self._until: float | None = None

    def __call__(self) -> list[Subscription | InputError]:
        """Raises InputError where the list cannot be had or read, or lists nothing."""
        if not is_address(self._given):
            return read_subscriptions(_bytes_of(Path(self._given)), name=self._given)
        if self._until is None or self._fetcher.clock.monotonic() >= self._until:
            self._fetch()
        return self._found

    def _fetch(self) -> None:
        self._until = self._fetcher.clock.monotonic() + _KEPT
        if not self._found and self._known(self._given):
            self._found, self._until = [Subscription(self._given)], math.inf
            return
        answer = self._fetcher.fetch(self._given, known=self._validators)
        self._validators = answer.validators
        if answer.unchanged:
            return
        if is_feed_list(answer.data) or (answer.kind == "text/plain" and not is_feed(answer.data)):
            self._found = read_subscriptions(answer.data, name=self._given)
        else:  # a feed, or what ought to be one: its trouble is said when its turn comes
            self._found, self._until = [Subscription(self._given)], math.inf


def _bytes_of(path: Path) -> bytes:
    name = str(path)
    try:
        with path.open("rb") as stream:
            data = stream.read(LIST_LIMIT + 1)
    except FileNotFoundError as error:
        raise MissingInput(name, "no such file") from error
    except (OSError, ValueError) as error:
        raise MissingInput(name, f"cannot be read ({getattr(error, 'strerror', None) or error})") from error
    if len(data) > LIST_LIMIT:
        raise TooLarge(name, f"more than {LIST_LIMIT:,} bytes in a list of feeds")
    if not data.strip():
        raise EmptyInput(name, "it lists no feeds")
    if is_feed(data):
        raise Malformed(name, "a feed, not a list of feeds: a file does not change, give the feed's address")
    return data

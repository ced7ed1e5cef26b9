"""The command that goes on: `watch` reads feeds into a ledger as they bring something new. `feeds` shows what it knows."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from onrecord.views import console
from onrecord.views.commands.printing import opened, print_rows
from onrecord.views.options import LedgerPath, Output, Web
from onrecord.views.spread import spread

if TYPE_CHECKING:
    from onrecord.ledger.watched.rows import Round
    from onrecord.ledger.watched.stop import Stop
    from onrecord.ledger.watched.watching import Event

__all__ = ["feeds", "watch"]

Feeds = Annotated[
    str,
    typer.Argument(
        metavar="FEEDS", help="OPML, or a text with an address a line: a file or an address; or one feed's."
    ),
]


@spread
def watch(
    feeds: Feeds,
    ledger: LedgerPath,
    web: Web,
    every: Annotated[
        float, typer.Option(min=1, max=10_080, metavar="MINUTES", help="Ask no feed more often than this.")
    ] = 15,
    once: Annotated[bool, typer.Option("--once", help="One round of the feeds that are due, then end.")] = False,
) -> None:
    """Read feeds into LEDGER as they bring something new, until it is stopped (Ctrl+C). Started again, it goes on."""
    from onrecord.intake.lists import FeedList
    from onrecord.ledger import Ledger
    from onrecord.ledger.watched.stop import Stop

    stop = Stop()
    failed = False
    with web.fetcher() as fetcher, _ending(stop), Ledger.open(ledger) as book:
        known = {row.address for row in book.feeds()}
        listed = FeedList(feeds, fetcher, known=known.__contains__)
        with stop.may_break_off():
            listed()  # a list that cannot be read at all ends it here
        for event in book.watch(listed, fetcher=fetcher, every=timedelta(minutes=every), stop=stop, once=once):
            failed = _tell(event, once) or failed
    if once and failed:
        raise typer.Exit(1)


@spread
def feeds(ledger: LedgerPath, output: Output) -> None:
    """The feeds that were read into LEDGER: how each answers, when it is asked again, how many articles it brought."""
    from onrecord.ledger.watched.rows import FeedRow
    from onrecord.views.feed_tables import feeds_table

    with opened(ledger) as book:
        rows = book.feeds(limit=output.ask_for, after=output.after)
    print_rows(FeedRow, rows, output, feeds_table)


def _tell(event: Event, once: bool) -> bool:
    """Prints what happened; whether it is a failure."""
    from onrecord.ledger.rows import Receipt
    from onrecord.ledger.watched.rows import HeldBack, PutOff, Round, Trouble
    from onrecord.views.ledger_tables import receipt_line

    match event:
        case Receipt():
            if event.outcome == "refused":
                console.complain(f"refused {event.name}: {event.reason}")
                return True
            console.results().print(receipt_line(event), soft_wrap=True)
        case PutOff():
            console.complain(f"put off {event.name}: {event.reason}; tried again at {_clock(event.again)}")
            return True
        case Trouble():
            again = f"; asked again at {_clock(event.again)}" if event.again else ""
            console.complain(f"{event.name}: {event.reason}{again}")
            return True
        case HeldBack():
            console.complain(
                f"{event.name}: {event.waiting:,} of its articles wait: not asked for more until they are fewer"
            )
        case Round():
            console.results().print(_summary(event, once), style="bold", soft_wrap=True, markup=False)
    return False


def _summary(done: Round, once: bool) -> str:
    """ "12 feeds asked, 1 failed: 7 added, 2 refused, 1 put off; next at 09:15"."""
    order = ("added", "replaced", "known", "refused")
    articles = [f"{done.outcomes[outcome]} {outcome}" for outcome in order if done.outcomes.get(outcome)]
    articles += [f"{done.put_off} put off"] if done.put_off else []
    if not done.asked and not articles and done.begins is not None:
        return f"no feed is due before {_clock(done.begins)}"
    feeds = f"{done.asked} feed{'' if done.asked == 1 else 's'} asked" + (
        f", {done.failed} failed" if done.failed else ""
    )
    line = f"{feeds}: {', '.join(articles) or 'nothing new'}"
    return line if once or done.begins is None else f"{line}; next at {_clock(done.begins)}"


def _clock(stamp: str) -> str:
    """A time of day here, with the day where it is another one."""
    moment = datetime.fromisoformat(stamp).astimezone()
    today = datetime.now(moment.tzinfo).date()
    return f"{moment:%H:%M}" if moment.date() == today else f"{moment:%H:%M on %Y-%m-%d}"


@contextmanager
def _ending(stop: Stop) -> Iterator[None]:
    """Ctrl+C and SIGTERM end it when the article in hand is whole, a second one at once."""
    from onrecord.ledger.watched.stop import Stopped

    def asked(number: int, frame: Any) -> None:
        if stop.asked:
            raise KeyboardInterrupt
        stop.asked = True  # before it is said: who reads it may send the second at once
        # Not by print: what the signal interrupts may be writing a line itself.
        os.write(sys.stderr.fileno(), b"onrecord: ending; once more to end at once\n")
        stop.ask()

    before = {number: signal.signal(number, asked) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    except Stopped:  # before the first feed was asked
        pass
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)

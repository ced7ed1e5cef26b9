"""Commands that tell what follows from many articles: stories, copies, claims, series, conflicts, people, timelines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, cast

import typer

from onrecord.views import completing
from onrecord.views.commands.printing import opened, print_rows
from onrecord.views.options import About, LedgerPath, Output, Since, Story, Until, Wanted, one_of, some_of
from onrecord.views.spread import spread

__all__ = ["claims", "conflicts", "copies", "series", "stories", "timeline", "who"]

# As in the ledger, which is not imported to print help; a test holds them equal.
STANDINGS = ("single source", "corroborated", "disputed", "denied", "revised", "withdrawn")
RULES = ("figures", "denial", "reversal", "opposite")


@spread
def stories(ledger: LedgerPath, wanted: Wanted = None, *, output: Output) -> None:
    """Articles about one event and what followed from it. ID is a story's, or that of a document in it."""
    from onrecord.ledger.stories.rows import StoryRow
    from onrecord.views.people_tables import stories_table, story_in_full

    with opened(ledger) as book:
        rows = book.stories(wanted, limit=output.ask_for, after=output.after)
    print_rows(StoryRow, rows, output, stories_table if wanted is None else story_in_full)


@spread
def copies(ledger: LedgerPath, wanted: Wanted = None, *, output: Output) -> None:
    """Articles that print one text, the origin and what each other is of it. ID is a group's, or a document's."""
    from onrecord.ledger.copies.rows import CopyRow
    from onrecord.views.people_tables import copies_table

    with opened(ledger) as book:
        rows = book.copies(wanted, limit=output.ask_for, after=output.after)
    print_rows(CopyRow, rows, output, copies_table)


@dataclass(frozen=True, slots=True)
class AboutClaims:
    """What narrows a question about claims."""

    about: About = None
    speaker: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Only what this speaker holds, denies or leaves open.",
            autocompletion=completing.names,
        ),
    ] = None
    standing: Annotated[
        list[str] | None,
        typer.Option(
            callback=some_of(STANDINGS),
            metavar="STANDING",
            show_default=False,
            help=f"{', '.join(STANDINGS)}; given several times: any of them.",
            autocompletion=completing.words(STANDINGS),
        ),
    ] = None
    story: Story = None


@spread
def claims(ledger: LedgerPath, wanted: Wanted = None, *, asked: AboutClaims, output: Output) -> None:
    """What is claimed, who holds it and who denies it, and how it stands. ID shows one claim with every mention."""
    from onrecord.ledger.claims.rows import ClaimRow
    from onrecord.views.claim_tables import claim_in_full, claims_table

    with opened(ledger) as book:
        rows = book.claims(
            wanted,
            about=asked.about,
            speaker=asked.speaker,
            standing=cast(Any, asked.standing or None),
            story=asked.story,
            limit=output.ask_for,
            after=output.after,
        )
    print_rows(ClaimRow, rows, output, claims_table if wanted is None else claim_in_full)


@dataclass(frozen=True, slots=True)
class AboutSeries:
    """What narrows a question about series."""

    about: About = None
    story: Story = None
    moved: Annotated[bool, typer.Option("--moved", help="Only those of which the best value changed.")] = False


@spread
def series(ledger: LedgerPath, wanted: Wanted = None, *, asked: AboutSeries, output: Output) -> None:
    """How a number moved: figures of one thing over time, by holder, and the current best value."""
    from onrecord.ledger.series.rows import SeriesRow
    from onrecord.views.series_tables import series_table

    with opened(ledger) as book:
        rows = book.series(
            wanted,
            about=asked.about,
            story=asked.story,
            moved=asked.moved,
            limit=output.ask_for,
            after=output.after,
        )
    print_rows(SeriesRow, rows, output, series_table, each="points")


@dataclass(frozen=True, slots=True)
class AboutConflicts:
    """What narrows a question about conflicts."""

    about: About = None
    rule: Annotated[
        str | None,
        typer.Option(
            callback=one_of(RULES),
            metavar="RULE",
            help=f"{', '.join(RULES)}.",
            autocompletion=completing.words(RULES),
        ),
    ] = None
    story: Story = None
    speaker: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Only where this speaker holds a side.", autocompletion=completing.names),
    ] = None


@spread
def conflicts(ledger: LedgerPath, wanted: Wanted = None, *, asked: AboutConflicts, output: Output) -> None:
    """What on record cannot both be true: both sides' words beside each other, and why they can be compared."""
    from onrecord.ledger.conflicts.rows import ConflictRow
    from onrecord.views.claim_tables import conflicts_table

    with opened(ledger) as book:
        rows = book.conflicts(
            wanted,
            about=asked.about,
            rule=cast(Any, asked.rule),
            story=asked.story,
            speaker=asked.speaker,
            limit=output.ask_for,
            after=output.after,
        )
    print_rows(ConflictRow, rows, output, conflicts_table)


@spread
def who(
    ledger: LedgerPath,
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME", help="A name, its last words, a reference, or an id p….", autocompletion=completing.names
        ),
    ],
    output: Output,
) -> None:
    """Who somebody is: names, roles over time, and the evidence that these are one."""
    from onrecord.errors import NotInLedger
    from onrecord.ledger.identity.rows import PersonRow
    from onrecord.views.people_tables import who_table

    with opened(ledger) as book:
        rows = book.who(name, limit=output.ask_for, after=output.after)
    if not rows and output.after is None:
        raise NotInLedger(f"{ledger}: nobody and nothing called {name!r} is on record")
    print_rows(PersonRow, rows, output, who_table)


@spread
def timeline(
    ledger: LedgerPath,
    wanted: Annotated[
        str | None,
        typer.Argument(
            metavar="STORY_OR_NAME",
            help="A story's id or a document's, or a name.",
            show_default=False,
            autocompletion=completing.names_or_stories,
        ),
    ] = None,
    since: Since = None,
    until: Until = None,
    *,
    output: Output,
) -> None:
    """What happened, was said, denied and counted, in the order of time: of a story (the latest unless told), or by a
    name."""
    from onrecord.ledger.timeline import TimelineRow
    from onrecord.views.series_tables import timeline_table

    with opened(ledger) as book:
        rows = book.timeline(wanted, since=since, until=until, after=output.after)
    print_rows(TimelineRow, rows, output, lambda shown: timeline_table(shown, rows))

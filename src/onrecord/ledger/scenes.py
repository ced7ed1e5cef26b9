"""The scenes of stories, from the tables: their documents in canonical order, their origins, what people ruled of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from sqlalchemy import Connection

from onrecord.ledger import corrections
from onrecord.ledger.copies import store as copies
from onrecord.ledger.identity import store as identity
from onrecord.ledger.scene import Member, Rulings, Scene
from onrecord.ledger.series import store as series
from onrecord.ledger.series.grouping import series as series_of
from onrecord.ledger.series.points import Interval
from onrecord.ledger.series.tolls import toll
from onrecord.ledger.stories import store as stories

__all__ = ["scenes", "toll_of"]


def scenes(connection: Connection, told: Mapping[int, Collection[int]]) -> list[Scene]:
    """The scenes of stories, by their rows, which these documents make; who is who in them is still to be found out."""
    articles = {row.id: row for row in stories.canonical(connection, {d for here in told.values() for d in here})}
    origins = copies.origins(connection, articles)
    of = {document: story for story, here in told.items() for document in here}
    members: dict[int, list[Member]] = {story: [] for story in sorted(told)}
    for row in articles.values():  # in canonical order
        members[of[row.id]].append(
            Member(
                document=row.id,
                hash=row.hash,
                title=row.title,
                publisher=row.publisher,
                published=row.published,
                day=row.day_first,
                origin=origins[row.id],
            )
        )
    corrected = corrections.any_made(connection)

    def ruled(here: Iterable[Member]) -> Rulings:
        return corrections.rulings(connection, {m.document: m.hash for m in here}) if corrected else Rulings()

    return [Scene(story, tuple(here), ruled(here)) for story, here in members.items()]


def toll_of(connection: Connection, wanted: str, event: str) -> Interval | None:
    """The toll (see series.tolls) of the story with this id, or that of a document. Raises NotInLedger."""
    story = stories.story_named(connection, wanted)
    (told,) = scenes(connection, stories.members(connection, [story]))
    people, names = identity.within(connection, told)
    found = series.counts_in(connection, [member.document for member in told.members])
    return toll(series_of(replace(told, people=people, names=names), found), event)

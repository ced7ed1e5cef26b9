"""The scene of a story, from the tables: its documents in canonical order, their origins, what people ruled of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import Connection

from onrecord.ledger import corrections
from onrecord.ledger.copies import store as copies
from onrecord.ledger.identity import store as identity
from onrecord.ledger.scene import Member, Scene
from onrecord.ledger.series import store as series
from onrecord.ledger.series.grouping import series as series_of
from onrecord.ledger.series.points import Interval
from onrecord.ledger.series.tolls import toll
from onrecord.ledger.stories import store as stories

__all__ = ["scene", "toll_of"]


def scene(connection: Connection, story: int, documents: Iterable[int]) -> Scene:
    """The scene of the story in row `story`, which these documents make; who is who in it is still to be found out."""
    rows = stories.canonical(connection, documents)
    origins = copies.origins(connection, [row.id for row in rows])
    members = tuple(
        Member(
            document=row.id,
            hash=row.hash,
            title=row.title,
            publisher=row.publisher,
            published=row.published,
            day=row.day_first,
            origin=origins[row.id],
        )
        for row in rows
    )
    return Scene(story, members, corrections.rulings(connection, {member.document: member.hash for member in members}))


def toll_of(connection: Connection, wanted: str, event: str) -> Interval | None:
    """The toll (see series.tolls) of the story with this id, or that of a document. Raises NotInLedger."""
    story = stories.story_named(connection, wanted)
    told = scene(connection, story, stories.members(connection, [story])[story])
    people, names = identity.within(connection, told)
    found = series.counts_in(connection, [member.document for member in told.members])
    return toll(series_of(replace(told, people=people, names=names), found), event)

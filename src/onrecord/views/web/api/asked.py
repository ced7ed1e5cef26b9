"""What the API's listings can be narrowed by: what the command line's options narrow them by, under the same names."""

from __future__ import annotations

from pydantic import Field

from onrecord.ledger.claims.claim import Standing
from onrecord.ledger.conflicts.rows import Rule
from onrecord.views.web.api.answers import Paging

__all__ = [
    "AboutClaims",
    "AboutConflicts",
    "AboutSeries",
    "AskedLog",
    "AskedName",
    "AskedRecords",
    "AskedStarting",
    "AskedTime",
    "AskedWords",
]

_SPEAKER = "A name, the last words of a person's name, or a reference (`iso3166:KP`), in any case."
_ABOUT = 'Words that must all be there; `"…"` for words that stand together, `troop*` for beginnings.'
_SINCE = "From this day, month or year on."
_UNTIL = "Up to and with this day, month or year."
_STORY = "Only of the story with this id."


class AskedRecords(Paging):
    """What narrows statements and figures."""

    speaker: str | None = Field(None, description=f"Only what this speaker said or vouches for. {_SPEAKER}")
    about: str | None = Field(None, description=_ABOUT)
    since: str | None = Field(None, description=_SINCE, examples=["2025-03-13"])
    until: str | None = Field(None, description=_UNTIL, examples=["2025-03"])


class AskedStarting(Paging):
    """What narrows speakers."""

    starting: str | None = Field(None, description="Only those of whose name a word begins so.", examples=["vant"])


class AskedWords(Paging):
    """What is searched for."""

    words: str = Field(min_length=1, description=_ABOUT)


class AboutClaims(Paging):
    """What narrows claims."""

    about: str | None = Field(None, description=_ABOUT)
    speaker: str | None = Field(None, description=f"Who holds, denies or leaves it open. {_SPEAKER}")
    standing: list[Standing] = Field([], description="How it stands; several may be named.")
    story: str | None = Field(None, description=_STORY)


class AboutSeries(Paging):
    """What narrows series."""

    about: str | None = Field(None, description="Words for what is counted or what happened to it.")
    story: str | None = Field(None, description=_STORY)
    moved: bool = Field(False, description="Only those of which the best value changed.")


class AboutConflicts(Paging):
    """What narrows conflicts."""

    about: str | None = Field(None, description="Words that stand on either side.")
    rule: Rule | None = Field(None, description="What makes them a conflict.")
    story: str | None = Field(None, description=_STORY)
    speaker: str | None = Field(None, description=f"Who stands on either side. {_SPEAKER}")


class AskedName(Paging):
    """Who is meant."""

    name: str = Field(min_length=1, description="A name, its last words, a reference, or an id `p…`.")


class AskedTime(Paging):
    """Whose timeline, and which part of it."""

    wanted: str | None = Field(
        None, description="A story's id or a document's, or a name; the latest story unless told."
    )
    since: str | None = Field(None, description=_SINCE)
    until: str | None = Field(None, description=_UNTIL)


class AskedLog(Paging):
    """Which part of the log of corrections."""

    document: str | None = Field(None, description="Only what touches the document with this id.")

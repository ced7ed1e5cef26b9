"""Who is on record, and what one speaker said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from starlette.routing import BaseRoute

from onrecord.ledger import Ledger
from onrecord.ledger.rows import SpeakerRow, StatementRow
from onrecord.views.web.page import page

__all__ = ["ROUTES", "SpeakerPage", "SpeakersPage"]


@dataclass(frozen=True, slots=True)
class SpeakersPage:
    """`/speakers`: everybody who is on record, those with the most statements first."""

    template: ClassVar[str] = "speakers.html"

    speakers: Sequence[SpeakerRow]

    @classmethod
    def of(cls, ledger: Ledger) -> SpeakersPage:
        return cls(ledger.speakers())

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class SpeakerPage:
    """`/speakers/KEY`: what one speaker said, in the order of saying; undated statements stand last."""

    template: ClassVar[str] = "speaker.html"

    speaker: SpeakerRow | None
    name: str
    statements: Sequence[StatementRow]

    @classmethod
    def of(cls, ledger: Ledger, key: str) -> SpeakerPage:
        """`key` may be a name too, as in an address that was made before the speaker had another key.

        Raises NotInLedger where nobody has this key.
        """
        rows = sorted(ledger.speaker(key), key=lambda row: row.said_on or row.published or "9999")
        meant = {row.speaker_key for row in rows}
        speaker = next((row for row in ledger.speakers() if {row.key} == meant), None)
        return cls(speaker, speaker.name if speaker else key, rows)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


ROUTES: list[BaseRoute] = [
    *page("/speakers", lambda ledger, request: SpeakersPage.of(ledger)),
    *page("/speakers/{key:path}", lambda ledger, request: SpeakerPage.of(ledger, request.path_params["key"])),
]

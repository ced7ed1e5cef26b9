"""Correct one thing in place: what is recorded, what was ruled of it, and the form for another ruling."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, ClassVar

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from onrecord.errors import LedgerError, NotInLedger, Overtaken
from onrecord.ledger import Ledger
from onrecord.ledger.corrections import CorrectionRow, Subject, Voice
from onrecord.views.web.askers import may_correct, write_down
from onrecord.views.web.correctable import Correctable, Join, correctable
from onrecord.views.web.correcting import Typed, name_of, record, remember, signed
from onrecord.views.web.links import correct_url
from onrecord.views.web.page import asked, html, page
from onrecord.views.web.posted import fields
from onrecord.views.web.turns import writing
from onrecord.views.web.writer import Writer

__all__ = ["MOST", "ROUTES", "CorrectPage", "correcting"]

MOST = 60_000
"""Bytes that a form of corrections may have: names, and a reason of a page or two."""


@dataclass(frozen=True, slots=True)
class CorrectPage:
    """`/correct/NAME`: a statement, figure or event, or a person, organisation or place.

    `thing` is what is recorded, with what can be chosen instead. `log` are the corrections that touch it, newest first.
    `typed` is what the form holds. After a correction `done` is its line of the log. `problem` says why nothing was
    written; `meanwhile` are the lines that others have added since the form was opened.
    """

    template: ClassVar[str] = "correct.html"

    subject: Subject
    thing: Correctable
    log: Sequence[CorrectionRow]
    typed: Typed
    done: CorrectionRow | None = None
    problem: str | None = None
    meanwhile: Sequence[CorrectionRow] = ()

    @classmethod
    def of(cls, ledger: Ledger, name: str, *, by: str = "", done: str | None = None) -> CorrectPage:
        """Raises NotInLedger for what the ledger does not hold, LedgerError for what cannot be corrected."""
        subject = ledger.subject(name)
        log = subject.corrections[::-1]
        return cls(
            subject=subject,
            thing=correctable(ledger, subject),
            log=log,
            typed=Typed(by=by, seen=subject.last),
            done=next((row for row in log if row.id == done), None),
        )

    def refused(self, typed: Typed, why: str) -> CorrectPage:
        """The same with a form that still holds what was typed. Sent again, it goes on from what is shown now."""
        return replace(self, typed=replace(typed, seen=self.subject.last), problem=why)

    def overtaken(self, typed: Typed, why: str) -> CorrectPage:
        """As `refused`, and with what others did since the form was opened."""
        ids = [row.id for row in self.subject.corrections]
        since = ids.index(typed.seen) + 1 if typed.seen in ids else 0
        return replace(self.refused(typed, why), meanwhile=self.subject.corrections[since:])

    @property
    def voices(self) -> dict[str, list[Voice]]:
        """Who may have said it, under the headings of the list."""
        found: dict[str, list[Voice]] = {"In this article": [], "In its story": [], "Not by a name": []}
        for voice in self.thing.voices:
            heading = "In its story" if not voice.here else "In this article" if voice.named else "Not by a name"
            found[heading].append(voice)
        return {heading: voices for heading, voices in found.items() if voices}

    @property
    def joins(self) -> Sequence[Join]:
        return self.thing.joins

    @property
    def ruled(self) -> Sequence[CorrectionRow]:
        """What holds now."""
        return [row for row in self.log if row.state == "in force" and row.kind != "undo"]

    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.subject.name,
            "kind": self.subject.kind,
            "words": self.subject.words,
            "corrections": [asdict(row) for row in self.log],
            "last": self.subject.last,
        } | self.thing.as_json()


def correcting(request: Request) -> Writer:
    """Who writes. Raises HTTPException (403) where nobody does, or not for whoever asks."""
    may_correct(request)
    writer: Writer = request.app.state.writer
    return writer


def _correct(ledger: Ledger, request: Request) -> CorrectPage:
    return CorrectPage.of(ledger, request.path_params["name"], by=name_of(request), done=asked(request, "done"))


async def _posted(request: Request) -> Response:
    typed = Typed.of(await fields(request, most=MOST))
    return await writing(request, lambda: _record(request, typed))


def _record(request: Request, typed: Typed) -> Response:
    """303 back to the record; 409 where somebody else was faster, 422 where something is missing or unclear."""
    writer, ledger = correcting(request), request.app.state.ledger
    typed = signed(request, typed)
    name = request.path_params["name"]
    subject = ledger.subject(name)
    try:
        made = record(writer, subject, typed)
    except Overtaken as error:
        answer = html(request, CorrectPage.of(ledger, name).overtaken(typed, str(error)), 409)
    except (NotInLedger, LedgerError) as error:
        answer = html(request, CorrectPage.of(ledger, name).refused(typed, str(error)), 422)
    else:
        write_down(request, "corrected", f"{made.id}: {made.kind} of {name}")
        answer = RedirectResponse(f"{correct_url(name)}?done={made.id}", 303)
    remember(request, answer, typed.by)
    return answer


ROUTES: list[BaseRoute] = [
    Route("/correct/{name}", _posted, methods=["POST"]),
    *page("/correct/{name}", _correct),
]

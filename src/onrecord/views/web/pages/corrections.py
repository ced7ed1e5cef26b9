"""The log of corrections: what people ruled, newest first, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, ClassVar, get_args

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from onrecord.errors import LedgerError, NotInLedger, Overtaken
from onrecord.ledger import Ledger
from onrecord.ledger.corrections import CorrectionRow
from onrecord.ledger.corrections.records import State
from onrecord.views.web.askers import may_undo, write_down
from onrecord.views.web.correcting import Typed, name_of, remember, sign, signed
from onrecord.views.web.links import correct_url
from onrecord.views.web.page import asked, html, page
from onrecord.views.web.pages.correct import MOST, CorrectPage, correcting
from onrecord.views.web.posted import fields
from onrecord.views.web.turns import writing

__all__ = ["LIMIT", "ROUTES", "CorrectionsPage"]

LIMIT = 50
"""Lines of the log that a page shows: each has a form of its own for taking it back."""


@dataclass(frozen=True, slots=True)
class CorrectionsPage:
    """`/corrections`: the log, newest first, from behind the line `after` on.

    Narrowed to a `document` (its id or the beginning of it) and a `state`. `counts` are the lines in each state, of that
    document. `next` is what to go on after, None at the end; `first` where this is the newest part.
    """

    template: ClassVar[str] = "corrections.html"

    document: str
    state: str
    counts: dict[str, int]
    log: Sequence[CorrectionRow]
    next: str | None
    first: bool
    by: str = ""
    done: CorrectionRow | None = None
    problem: str | None = None

    @classmethod
    def of(
        cls, ledger: Ledger, *, document: str | None = None, state: str | None = None, after: str | None = None
    ) -> CorrectionsPage:
        """Raises NotInLedger for an unknown document, LedgerError for a state and a line that there are not."""
        if state is not None and state not in get_args(State):
            raise LedgerError(f"{state!r} is no state of a correction: {', '.join(get_args(State))}")
        whole = None if document is None else ledger.article(document).id
        log = ledger.corrections(document=whole)[::-1]
        counts = {one: sum(row.state == one for row in log) for one in get_args(State)}
        ids = [row.id for row in log]
        if after is not None and after not in ids:
            raise LedgerError(f"no correction {after!r} to go on after")
        behind = log[ids.index(after) + 1 :] if after is not None else log
        found = [row for row in behind if state is None or row.state == state]
        following = found[LIMIT - 1].id if len(found) > LIMIT else None
        return cls(whole or "", state or "", counts, found[:LIMIT], following, after is None)

    def as_json(self) -> dict[str, Any]:
        shown = ("document", "state", "counts", "next")
        return {name: getattr(self, name) for name in shown} | {"corrections": [asdict(row) for row in self.log]}


def _corrections(ledger: Ledger, request: Request) -> CorrectionsPage:
    found = CorrectionsPage.of(
        ledger, document=asked(request, "document"), state=asked(request, "state"), after=asked(request, "after")
    )
    done = asked(request, "done")
    line = next((row for row in ledger.corrections() if row.id == done), None) if done is not None else None
    return replace(found, by=name_of(request), done=line)


async def _posted(request: Request) -> Response:
    sent = await fields(request, most=MOST)
    return await writing(request, lambda: _undo(request, Typed.of(sent), sent.get("back", "")))


def _undo(request: Request, typed: Typed, back: str) -> Response:
    """303 back to the record or the log; 409 where it is undone already, 422 where something is missing."""
    writer, ledger = correcting(request), request.app.state.ledger
    typed = signed(request, typed)
    id = request.path_params["id"]
    line = next((row for row in ledger.corrections() if row.id == id), None)
    if line is None:
        raise NotInLedger(f"no correction {id!r} in the ledger")
    if not may_undo(request, line):
        raise HTTPException(403, f"{line.by} made this correction: they may take it back, and an admin.")
    record = f"{line.document}:{line.record}" if back == "record" and line.record is not None else None
    try:
        # Whoever takes this line back means this line, whatever was ruled after it: nothing to expect but that it holds.
        made = writer.undo(id, replace(sign(typed), expected=None))
    except LedgerError as error:
        status = 409 if isinstance(error, Overtaken) else 422
        if record is not None:
            shown = replace(CorrectPage.of(ledger, record, by=typed.by), problem=str(error))
            answer: Response = html(request, shown, status)
        else:
            answer = html(request, replace(CorrectionsPage.of(ledger), by=typed.by, problem=str(error)), status)
    else:
        write_down(request, "took back", f"{made.id}: {line.id} by {line.by}")
        url = correct_url(record) if record is not None else "/corrections"
        answer = RedirectResponse(f"{url}?done={made.id}", 303)
    remember(request, answer, typed.by)
    return answer


def _lost(request: Request) -> Response:
    """An undo's address, opened by itself: the log at that line."""
    if not request.path_params["id"].startswith("k"):
        raise HTTPException(404)
    return RedirectResponse(f"/corrections#{request.path_params['id']}", 303)


ROUTES: list[BaseRoute] = [
    Route("/corrections/{id}/undo", _posted, methods=["POST"]),
    Route("/corrections/{id}/undo", _lost),
    *page("/corrections", _corrections),
]

"""Check a draft: paste it, and see each quotation, attribution, figure and date of it beside what is on record.

Nothing of a draft is kept: it is read in memory, answered with `Cache-Control: no-store`, and gone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from onrecord.errors import InputError
from onrecord.ledger import Ledger
from onrecord.ledger.checking.rows import Finding
from onrecord.views.check_rows import Count, DraftRow, counts, draft_rows
from onrecord.views.web.page import html, page
from onrecord.views.web.posted import fields
from onrecord.views.web.turns import limited

__all__ = ["LONGEST", "ROUTES", "CheckPage"]

LONGEST = 60_000
"""Characters that a draft may have, about 10,000 words: more than a long feature. It is read and compared with 40
articles in 5 s on one core."""

_MOST = 12 * LONGEST + 10_000
"""Bytes of a form that holds as many: a character of four bytes is sent as twelve (`%F0%9F%98%80`)."""

_AT_ONCE = 2
"""Drafts read at the same time, by all who ask; others wait their turn. Reading takes one core each."""


@dataclass(frozen=True, slots=True)
class CheckPage:
    """`/check`: a form for a draft; after it is sent, the draft with the findings beside their words.

    `draft` and `published` are what was typed. `rows` and `counts` are there once it was read, `findings` are the same
    for programs. `mend` is how many need an editor's eye, `lang` the language of the draft where it is not English.
    `problem` says why it could not be read.
    """

    template: ClassVar[str] = "check_page.html"
    unshown: ClassVar[tuple[str, ...]] = ("findings",)

    documents: int
    longest: int = LONGEST
    draft: str = ""
    published: str = ""
    problem: str | None = None
    lang: str | None = None
    checked: bool = False
    counts: Sequence[Count] = ()
    rows: Sequence[DraftRow] = ()
    findings: Sequence[Finding] = ()

    @classmethod
    def of(cls, ledger: Ledger) -> CheckPage:
        """The empty form."""
        return cls(documents=ledger.overview().documents)

    @classmethod
    def checking(cls, ledger: Ledger, draft: str, published: str) -> CheckPage:
        """The draft read and compared with the ledger, `published` the day as of which it is to be right ("" for none).

        Raises InputError for a draft without words, or with characters that are no text, and for a day that is none.
        """
        # Imported when the first draft is read: the weights take half a second to load.
        from onrecord.intake import document_from_text
        from onrecord.reader import read

        document = document_from_text(draft, published=published or None)
        reading = read(document)
        findings = ledger.check(reading)
        return cls(
            documents=ledger.overview().documents,
            draft=draft,
            published=published,
            lang=None if document.lang is None or document.lang.partition("-")[0] == "en" else document.lang,
            checked=True,
            counts=counts(findings),
            rows=list(draft_rows(reading, findings)),
            findings=findings,
        )

    @property
    def mend(self) -> int:
        return sum(finding.mend for finding in self.findings)

    def as_json(self) -> dict[str, Any]:
        return {
            "longest": self.longest,
            "problem": self.problem,
            "checked": self.checked,
            "counts": dict(Counter(finding.kind for finding in self.findings)),
            "findings": [asdict(finding) for finding in self.findings],
        }


async def _posted(request: Request) -> Response:
    """The draft's findings; 413 for one that is too long, 422 for one that cannot be read, the form still holding it."""
    ledger: Ledger = request.app.state.ledger
    try:
        sent = await fields(request, most=_MOST)
    except HTTPException as error:
        if error.status_code != 413:
            raise
        raise HTTPException(413, _too_long(None)) from error
    draft, published = sent.get("draft", ""), sent.get("published", "").strip()

    def refused(problem: str) -> CheckPage:
        return CheckPage(documents=ledger.overview().documents, draft=draft, published=published, problem=problem)

    status = 200
    if len(draft) > LONGEST:
        status, shown = 413, await run_in_threadpool(refused, _too_long(len(draft)))
    else:
        try:
            shown = await limited(request, "drafts", _AT_ONCE, lambda: CheckPage.checking(ledger, draft, published))
        except InputError as error:
            status, shown = 422, await run_in_threadpool(refused, f"This draft cannot be read: {error.reason}.")
    answer = (
        JSONResponse(shown.as_json(), status)
        if request.url.path.endswith(".json")
        else await run_in_threadpool(html, request, shown, status)
    )
    answer.headers["cache-control"] = "no-store"
    return answer


def _too_long(characters: int | None) -> str:
    long = f"has {characters:,} characters, more" if characters else "has more characters"
    return f"This draft {long} than the {LONGEST:,} that are read at once. Check it in parts."


ROUTES: list[BaseRoute] = [
    Route("/check.json", _posted, methods=["POST"]),
    Route("/check", _posted, methods=["POST"]),
    *page("/check", lambda ledger, request: CheckPage.of(ledger)),
]

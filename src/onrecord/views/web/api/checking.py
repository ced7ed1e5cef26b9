"""A draft sent to the API, compared with the ledger. Nothing of it is kept."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from onrecord.ledger.checking.rows import Finding
from onrecord.views.web.api.answers import Listing, listed
from onrecord.views.web.pages.check import LONGEST
from onrecord.views.web.turns import limited

__all__ = ["routes"]

_AT_ONCE = 2  # drafts read at the same time: each takes a core for a second or two

routes = APIRouter()


class Draft(BaseModel):
    """A draft as plain text, and the day as of which it is to be right."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(min_length=1, max_length=LONGEST, description="The draft, a line feed between paragraphs.")
    published: str | None = Field(
        None, description="The day as of which it is to be right; all that is on record counts without one."
    )


@routes.post("/check", response_model=Listing[Finding], tags=["Check a draft"])
async def check(request: Request, draft: Draft) -> Response:
    """Each quotation, attribution, figure and date of a draft, compared with what is on record."""
    ledger = request.app.state.ledger
    found: Any = await limited(request, "drafts", _AT_ONCE, lambda: ledger.check(draft.text, published=draft.published))
    return listed(found)

"""How the API answers: rows as JSON in pages with a cursor, one thing as it is, and every error as a problem (RFC 9457).

Answers are written straight from the rows, as bytes. Nothing checks them on their way: the tests hold what is answered
against the schema that is published.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from http import HTTPStatus
from typing import Any, Generic, TypeVar

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from onrecord.errors import NotInLedger, OnrecordError
from onrecord.views.web import listing as pages

__all__ = ["MOST", "PROBLEMS", "Listing", "Paging", "Problem", "listed", "listing", "one", "problem"]

MOST = 500
"""Rows a page of a listing holds at most: 500 statements are 320 kB, 42 kB compressed."""

Row = TypeVar("Row")


class Paging(BaseModel):
    """Which rows of a listing. Parameters that it does not name are refused: a misspelt filter would answer with all."""

    model_config = ConfigDict(extra="forbid")

    limit: int = Field(100, ge=1, le=MOST, description="How many rows, at most.")
    cursor: str | None = Field(None, description="Go on behind this row: `next` of the page before.")

    @field_validator("*", mode="before")
    @classmethod
    def _left_empty(cls, value: Any, info: ValidationInfo) -> Any:
        """A field for words that was left empty asks for nothing; of the words of a list none is empty."""
        words = cls.model_fields[str(info.field_name)].annotation == (str | None)
        return None if words and value == "" else value

    def narrowing(self) -> dict[str, Any]:
        """What was asked besides, by the names that the ledger's questions have for it."""
        asked = {name: value for name, value in self if name not in Paging.model_fields}
        return {name: None if value == [] else value for name, value in asked.items()}


class Listing(BaseModel, Generic[Row]):
    """A page of rows. `next` is the cursor of the page behind it, null where this is the last."""

    items: list[Row]
    next: str | None


class Problem(BaseModel):
    """What went wrong (RFC 9457)."""

    type: str = Field(description="Always `about:blank`: the kind of problem is its HTTP status.")
    title: str = Field(description="The HTTP status in words.")
    status: int = Field(description="The HTTP status.")
    detail: str = Field(description="What was wrong, in a sentence.")
    instance: str = Field(description="The address that was asked.")


def listing(request: Request, question: Callable[..., Sequence[Any]], asked: Paging) -> Response:
    """The page of a question that was `asked`: the question is put with what narrows it, `limit` and `after`."""
    narrowing = asked.narrowing()
    found = pages.listing(lambda most: question(**narrowing, limit=most, after=asked.cursor), asked.limit)
    link = {}
    if found.next is not None:
        further = request.url.include_query_params(cursor=found.next)
        link = {"link": f'<{further.path}?{further.query}>; rel="next"'}
    return _json({"items": list(found.rows), "next": found.next}, headers=link)


def listed(rows: Sequence[Any]) -> Response:
    """Rows that come all at once, as the only page of a listing."""
    return _json({"items": list(rows), "next": None})


def one(row: Any) -> Response:
    """One row, or what is JSON already."""
    return _json(row)


def _json(content: Any, status: int = 200, *, headers: Mapping[str, str] | None = None, kind: str = "json") -> Response:
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":"), default=_plain)
    # Half of a surrogate pair (a file name that is not UTF-8 holds them) is no UTF-8, but its escape is JSON.
    bytes_ = body.encode("utf-8", "backslashreplace")
    return Response(bytes_, status, headers=dict(headers or {}), media_type=f"application/{kind}")


_NAMES: dict[type[Any], tuple[str, ...]] = {}


def _plain(row: Any) -> dict[str, Any]:
    """A row's fields; `json` asks again for the rows within them. 500 statements take 3 ms, by `asdict` 23."""
    kind = type(row)
    if kind not in _NAMES:
        _NAMES[kind] = tuple(field.name for field in fields(kind))
    return {name: getattr(row, name) for name in _NAMES[kind]}


def problem(request: Request, status: int, detail: str, headers: Mapping[str, str] | None = None) -> Response:
    """The answer that says what went wrong."""
    told = Problem(
        type="about:blank",
        title=HTTPStatus(status).phrase,
        status=status,
        detail=detail,
        instance=request.url.path,
    )
    return _json(told.model_dump(), status, headers=headers, kind="problem+json")


def _refused(request: Request, error: Exception) -> Response:
    return problem(request, 404 if isinstance(error, NotInLedger) else 400, str(error))


def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return problem(request, error.status_code, error.detail, error.headers)


def _misasked(request: Request, error: Exception) -> Response:
    """Each parameter that is not as it is documented, with why."""
    assert isinstance(error, RequestValidationError)
    wrong = (f"{'.'.join(map(str, one['loc'][1:])) or one['loc'][0]}: {one['msg']}" for one in error.errors())
    return problem(request, 422, "; ".join(wrong))


PROBLEMS: dict[Any, Any] = {
    OnrecordError: _refused,
    HTTPException: _http_error,
    RequestValidationError: _misasked,
}
"""What becomes of errors."""

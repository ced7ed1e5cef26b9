"""One thing by its name: what every listing's rows are called, and what each of them is in full."""

from __future__ import annotations

from dataclasses import fields, make_dataclass
from typing import Any, TypeVar, get_type_hints

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from onrecord.errors import NotInLedger
from onrecord.ledger import FigureRow, SpeakerRow, StatementRow
from onrecord.ledger.claims.rows import ClaimRow
from onrecord.ledger.conflicts.rows import ConflictRow
from onrecord.ledger.copies.rows import CopyRow, DifferenceRow
from onrecord.ledger.corrections import CorrectionRow
from onrecord.ledger.identity.rows import PersonRow
from onrecord.ledger.series.rows import SeriesRow
from onrecord.ledger.stories.rows import MapRow, StoryRow
from onrecord.ledger.ties import TieRow
from onrecord.reading import Reading
from onrecord.records import Document
from onrecord.views.web.api.answers import Listing, listed, one
from onrecord.views.web.api.listings import FOLLOWS, READ, RULED

__all__ = ["routes"]

routes = APIRouter()

Row = TypeVar("Row")

# The record schema puts the fields of the document beside the records: what `Reading.to_json` writes.
_TYPES = get_type_hints(Document) | get_type_hints(Reading)
RecordSchema = make_dataclass(
    "Record",
    [
        ("schema", int),
        *((field.name, _TYPES[field.name]) for field in fields(Document)),
        *((field.name, _TYPES[field.name]) for field in fields(Reading) if field.name != "document"),
    ],
)
RecordSchema.__doc__ = "An article with all that was read in it: the record schema."


@routes.get("/documents/{document}", response_model=RecordSchema, tags=[READ])
def document(request: Request, document: str) -> Response:
    """The article with this id, or of which the id begins so, and all that was read in it: the record schema."""
    return one(request.app.state.ledger.document(document).as_dict())


@routes.get("/documents/{document}/ties", response_model=Listing[TieRow], tags=[FOLLOWS])
def ties(request: Request, document: str) -> Response:
    """The claims, series and conflicts that each record of an article is part of."""
    return listed(request.app.state.ledger.ties(document))


@routes.get("/documents/{document}/differences/{other}", response_model=Listing[DifferenceRow], tags=[FOLLOWS])
def differences(request: Request, document: str, other: str) -> Response:
    """Two articles word by word: what is equal, replaced, added, dropped, covering both texts from end to end."""
    return listed(request.app.state.ledger.differences(document, other))


@routes.get("/statements/{name}", response_model=StatementRow, tags=[READ])
def statement(request: Request, name: str) -> Response:
    """The statement called so: `3f2a90c1:s3`, the document by its id or the beginning of it."""
    return one(_record(request, name, request.app.state.ledger.statements))


@routes.get("/figures/{name}", response_model=FigureRow, tags=[READ])
def figure(request: Request, name: str) -> Response:
    """The figure called so: `3f2a90c1:f0` is the first of its document."""
    return one(_record(request, name, request.app.state.ledger.figures))


@routes.get("/speakers/{key:path}", response_model=SpeakerRow, tags=[READ])
def speaker(request: Request, key: str) -> Response:
    """The speaker with this key: a reference (`iso3166:KP`) or an id `p…`."""
    return one(_only(key, request.app.state.ledger.speakers(key)))


@routes.get("/stories/{id}", response_model=StoryRow, tags=[FOLLOWS])
def story(request: Request, id: str) -> Response:
    """The story with this id, or that holds this document."""
    return one(_only(id, request.app.state.ledger.stories(id)))


@routes.get("/stories/{id}/places", response_model=Listing[MapRow], tags=[FOLLOWS])
def places(request: Request, id: str) -> Response:
    """The places that a story names and of which is known where they lie."""
    return listed(request.app.state.ledger.places(id))


@routes.get("/copies/{id}", response_model=Listing[CopyRow], tags=[FOLLOWS])
def copy_group(request: Request, id: str) -> Response:
    """The articles of the copy group with this id, or of that which holds this document."""
    return listed(request.app.state.ledger.copies(id))


@routes.get("/claims/{id}", response_model=ClaimRow, tags=[FOLLOWS])
def claim(request: Request, id: str) -> Response:
    """The claim with this id, with every mention."""
    return one(_only(id, request.app.state.ledger.claims(id)))


@routes.get("/series/{id}", response_model=SeriesRow, tags=[FOLLOWS])
def one_series(request: Request, id: str) -> Response:
    """The series with this id, with every value."""
    return one(_only(id, request.app.state.ledger.series(id)))


@routes.get("/conflicts/{id}", response_model=ConflictRow, tags=[FOLLOWS])
def conflict(request: Request, id: str) -> Response:
    """The conflict with this id."""
    return one(_only(id, request.app.state.ledger.conflicts(id)))


@routes.get("/people/{id}", response_model=PersonRow, tags=[FOLLOWS])
def person(request: Request, id: str) -> Response:
    """The person, organisation or place with this id `p…`."""
    return one(_only(id, request.app.state.ledger.who(id)))


@routes.get("/corrections/{id}", response_model=CorrectionRow, tags=[RULED])
def correction(request: Request, id: str) -> Response:
    """The correction with this id."""
    return one(_only(id, [row for row in request.app.state.ledger.corrections() if row.id == id]))


def _record(request: Request, name: str, question: Any) -> Any:
    document, _, key = name.rpartition(":")
    if not document:
        raise NotInLedger(f"{name!r} is no record: name it as <document>:s3 or :f0")
    whole = request.app.state.ledger.article(document).id
    return _only(name, [row for row in question(document=whole) if row.id == key])


def _only(name: str, rows: list[Row]) -> Row:
    if not rows:
        raise NotInLedger(f"nothing called {name!r} in the ledger")
    return rows[0]

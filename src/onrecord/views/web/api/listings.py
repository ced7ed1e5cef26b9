"""The listings of the API: each is a question to the ledger, narrowed as on the command line, in pages."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from onrecord.ledger import DocumentRow, FigureRow, SearchHit, SpeakerRow, StatementRow
from onrecord.ledger.claims.rows import ClaimRow
from onrecord.ledger.conflicts.rows import ConflictRow
from onrecord.ledger.copies.rows import CopyRow
from onrecord.ledger.corrections import CorrectionRow
from onrecord.ledger.identity.rows import PersonRow
from onrecord.ledger.rows import OverviewRow, SuggestionRow
from onrecord.ledger.series.rows import SeriesRow
from onrecord.ledger.stories.rows import StoryRow
from onrecord.ledger.timeline import TimelineRow
from onrecord.ledger.watched.rows import FeedRow
from onrecord.views.web.api.answers import Listing, Paging, listed, listing, one
from onrecord.views.web.api.asked import (
    AboutClaims,
    AboutConflicts,
    AboutSeries,
    AskedLog,
    AskedName,
    AskedRecords,
    AskedStarting,
    AskedTime,
    AskedWords,
)

__all__ = ["FOLLOWS", "READ", "RULED", "routes"]

READ, FOLLOWS, RULED = "What was read", "What follows from it", "What people rule"

routes = APIRouter()


@routes.get("/", include_in_schema=False)
def root() -> Response:
    """The page for people that describes what is here."""
    return RedirectResponse("/api")


@routes.get("/overview", response_model=OverviewRow, tags=[READ])
def overview(request: Request) -> Response:
    """How much there is of everything."""
    return one(request.app.state.ledger.overview())


@routes.get("/documents", response_model=Listing[DocumentRow], tags=[READ])
def documents(request: Request, asked: Annotated[Paging, Query()]) -> Response:
    """The articles, newest first, those without a date last."""
    return listing(request, request.app.state.ledger.documents, asked)


@routes.get("/statements", response_model=Listing[StatementRow], tags=[READ])
def statements(request: Request, asked: Annotated[AskedRecords, Query()]) -> Response:
    """Who said what, when: newest first."""
    return listing(request, request.app.state.ledger.statements, asked)


@routes.get("/figures", response_model=Listing[FigureRow], tags=[READ])
def figures(request: Request, asked: Annotated[AskedRecords, Query()]) -> Response:
    """How many, of what, how firmly, and who vouches for it: newest first."""
    return listing(request, request.app.state.ledger.figures, asked)


@routes.get("/speakers", response_model=Listing[SpeakerRow], tags=[READ])
def speakers(request: Request, asked: Annotated[AskedStarting, Query()]) -> Response:
    """Who is on record, those with the most statements first."""
    return listing(request, request.app.state.ledger.speakers, asked)


@routes.get("/feeds", response_model=Listing[FeedRow], tags=[READ])
def feeds(request: Request, asked: Annotated[Paging, Query()]) -> Response:
    """The feeds that were read into the ledger, by title: how each answers, when it is asked again, what it brought."""
    return listing(request, request.app.state.ledger.feeds, asked)


@routes.get("/search", response_model=Listing[SearchHit], tags=[READ])
def search(request: Request, asked: Annotated[AskedWords, Query()]) -> Response:
    """Statements and articles that hold all the words, the best first."""
    return listing(request, request.app.state.ledger.search, asked)


@routes.get("/suggest", response_model=Listing[SuggestionRow], tags=[READ])
def suggest(
    request: Request,
    words: Annotated[str, Query(description="What was typed so far.")],
    limit: Annotated[int, Query(ge=1, le=50, description="How many, at most.")] = 8,
) -> Response:
    """Speakers, stories, claims, series and articles with words that begin so."""
    return listed(request.app.state.ledger.suggest(words, limit=limit))


@routes.get("/stories", response_model=Listing[StoryRow], tags=[FOLLOWS])
def stories(request: Request, asked: Annotated[Paging, Query()]) -> Response:
    """Articles about one event and what followed from it, those with the latest articles first."""
    return listing(request, request.app.state.ledger.stories, asked)


@routes.get("/copies", response_model=Listing[CopyRow], tags=[FOLLOWS])
def copies(request: Request, asked: Annotated[Paging, Query()]) -> Response:
    """Articles that print one text, the largest group first. `limit` counts articles, so that a page may end in a group."""
    return listing(request, request.app.state.ledger.copies, asked)


@routes.get("/claims", response_model=Listing[ClaimRow], tags=[FOLLOWS])
def claims(request: Request, asked: Annotated[AboutClaims, Query()]) -> Response:
    """What is claimed, who holds it and who denies it, and how it stands: those first made last come first."""
    return listing(request, request.app.state.ledger.claims, asked)


@routes.get("/series", response_model=Listing[SeriesRow], tags=[FOLLOWS])
def series(request: Request, asked: Annotated[AboutSeries, Query()]) -> Response:
    """Figures of one thing over time, with the current best value: the series with the newest figure first."""
    return listing(request, request.app.state.ledger.series, asked)


@routes.get("/conflicts", response_model=Listing[ConflictRow], tags=[FOLLOWS])
def conflicts(request: Request, asked: Annotated[AboutConflicts, Query()]) -> Response:
    """What on record cannot both be true, newest first."""
    return listing(request, request.app.state.ledger.conflicts, asked)


@routes.get("/who", response_model=Listing[PersonRow], tags=[FOLLOWS])
def who(request: Request, asked: Annotated[AskedName, Query()]) -> Response:
    """Everybody whom a name stands for: names, roles over time, and the evidence that these are one."""
    return listing(request, request.app.state.ledger.who, asked)


@routes.get("/timeline", response_model=Listing[TimelineRow], tags=[FOLLOWS])
def timeline(request: Request, asked: Annotated[AskedTime, Query()]) -> Response:
    """What happened, was said, denied and counted, in the order of time: of a story, or by a name."""
    return listing(request, request.app.state.ledger.timeline, asked)


@routes.get("/corrections", response_model=Listing[CorrectionRow], tags=[RULED])
def corrections(request: Request, asked: Annotated[AskedLog, Query()]) -> Response:
    """The log of corrections, oldest first, with what is in force."""
    return listing(request, request.app.state.ledger.corrections, asked)


@routes.get("/orphans", response_model=Listing[CorrectionRow], tags=[RULED])
def orphans(request: Request, asked: Annotated[Paging, Query()]) -> Response:
    """Corrections whose words are no longer found as they were: left out until a person has looked at them."""
    return listing(request, request.app.state.ledger.orphans, asked)

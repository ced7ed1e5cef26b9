"""The pages by theme; `ROUTES` are the addresses of all of them."""

from __future__ import annotations

from starlette.routing import BaseRoute

from onrecord.views.web.pages import (
    api,
    beside,
    check,
    cite,
    claims,
    conflicts,
    copies,
    correct,
    corrections,
    document,
    documents,
    front,
    search,
    series,
    speaker,
    stories,
    story,
    tables,
)

__all__ = ["ROUTES"]

ROUTES: list[BaseRoute] = [
    *front.ROUTES,
    *stories.ROUTES,
    *story.ROUTES,
    *claims.ROUTES,
    *series.ROUTES,
    *documents.ROUTES,
    *beside.ROUTES,
    *document.ROUTES,
    *tables.ROUTES,
    *speaker.ROUTES,
    *search.ROUTES,
    *api.ROUTES,
    *cite.ROUTES,
    *check.ROUTES,
    *copies.ROUTES,
    *conflicts.ROUTES,
    *correct.ROUTES,
    *corrections.ROUTES,
]

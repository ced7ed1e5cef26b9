"""The pages by theme; `ROUTES` are the addresses of all of them."""

from __future__ import annotations

from starlette.routing import BaseRoute

from onrecord.views.web.pages import (
    beside,
    check,
    cite,
    conflicts,
    copies,
    correct,
    corrections,
    document,
    documents,
    front,
    search,
    speaker,
    stories,
    tables,
)

__all__ = ["ROUTES"]

ROUTES: list[BaseRoute] = [
    *front.ROUTES,
    *stories.ROUTES,
    *documents.ROUTES,
    *beside.ROUTES,
    *document.ROUTES,
    *tables.ROUTES,
    *speaker.ROUTES,
    *search.ROUTES,
    *cite.ROUTES,
    *check.ROUTES,
    *copies.ROUTES,
    *conflicts.ROUTES,
    *correct.ROUTES,
    *corrections.ROUTES,
]

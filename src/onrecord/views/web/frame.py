"""What stands around every page: the pages that its head leads to, and the address of its JSON twin."""

from __future__ import annotations

from starlette.requests import Request

__all__ = ["PAGES", "twin_url"]

PAGES = (
    ("/stories", "Stories"),
    ("/claims", "Claims"),
    ("/series", "Figures over time"),
    ("/conflicts", "Conflicts"),
    ("/speakers", "Speakers"),
    ("/statements", "Statements"),
    ("/figures", "Figures"),
    ("/copies", "Copies"),
    ("/documents", "Documents"),
    ("/check", "Check a draft"),
    ("/corrections", "Corrections"),
)
"""What the head of every page leads to: what follows from many articles first, then what was read, then the desk."""


def twin_url(request: Request) -> str:
    """Where the same is as JSON: the page's address with `.json`, and what was asked of it."""
    path = request.url.path
    query = f"?{request.url.query}" if request.url.query else ""
    return f"{'/index' if path == '/' else path}.json{query}"

"""What stands around every page: the pages that its head leads to, and the address of its JSON twin."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.requests import Request

__all__ = ["PAGES", "further", "twin_url"]

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


def further(request: Request, after: str | None) -> str:
    """The address of the same list behind the row of this name, or from its start: all else that was asked stays."""
    asked = [(name, value) for name, value in request.query_params.multi_items() if name != "after" and value.strip()]
    if after is not None:
        asked.append(("after", after))
    return request.url.path + ("?" + urlencode(asked) if asked else "")

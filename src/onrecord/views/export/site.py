"""A static site: every page of the web application as a file, with its JSON beside it, to be put on any server or a disk.

The application's own pages are asked for in this process, from the front page on, along every link; nothing listens on a
port. What needs a server (search, checking a draft, corrections, the API) is left out with whatever leads to it; a small
index takes the place of the search. See `static_pages` for what becomes of a page.
"""

from __future__ import annotations

import asyncio
import json
import re
import shutil
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from onrecord.errors import OutputError
from onrecord.views.export.chosen import Chosen, Selection
from onrecord.views.export.site_search import search_files
from onrecord.views.export.static_pages import (
    Names,
    chart_as_file,
    chart_links,
    is_left_out,
    page_as_file,
    without_query,
)

__all__ = ["fill"]

_START = "/"
_ANCHOR = re.compile(r"c\d+-\d+")  # of characters in a document: see links.anchor
_HOST = "http://127.0.0.1"


def fill(chosen: Chosen, folder: Path) -> dict[str, int]:
    """Write all pages below `folder`; how many files of each kind. The whole ledger: a part of it is no site of its own.

    Raises OutputError for a selection, and for a link of a page that leads nowhere.
    """
    if chosen.selection != Selection():
        raise OutputError("site: the whole ledger is written; --story, --since and --until do not apply")
    site = _Site(chosen, folder)
    # In a thread of its own: where somebody else's loop runs in this one, as in a notebook, another cannot be started.
    with ThreadPoolExecutor(max_workers=1) as apart:
        apart.submit(lambda: asyncio.run(site.crawl())).result()
    with as_file(files("onrecord.views.web") / "static") as static:
        shutil.copytree(static, folder / "static", copy_function=shutil.copyfile)
    site.counts["indexed"] = search_files(chosen, folder, site.names)
    return site.counts


class _Site:
    """What was asked for and written so far. Each page is held only while it is written."""

    def __init__(self, chosen: Chosen, folder: Path) -> None:
        self._chosen = chosen
        self._folder = folder
        self.names = Names()
        self.counts = {"pages": 0, "json": 0}
        self._waiting = deque([_START])
        self._known = {_START}
        # Characters that pages lead to and that no record has, by the address of the document: they get anchors there.
        self._found: dict[str, dict[str, None]] = {}

    async def crawl(self) -> None:
        """Ask for every page that another leads to, then again for the documents that others lead into."""
        import httpx

        from onrecord.views.web.app import application
        from onrecord.views.web.page import LastPage

        transport = httpx.ASGITransport(app=application(self._chosen.ledger, last_page=LastPage()))
        as_it_is = {"accept-encoding": "identity"}
        async with httpx.AsyncClient(transport=transport, base_url=_HOST, headers=as_it_is) as client:
            while self._waiting:
                await self._take(client, self._waiting.popleft())
            for address, spans in self._found.items():
                page = (self._folder / self.names.file(address)).read_text(encoding="utf-8")
                missing = [span for span in spans if f'id="c{span}"' not in page]
                if missing:
                    query = "&".join(f"at={span}" for span in missing)
                    await self._take(client, address, query, again=True)
                    await self._take(client, f"{address}/targets.css", query, again=True)

    async def _take(self, client: Any, address: str, query: str = "", *, again: bool = False) -> None:
        chart = urlsplit(address).path.endswith("/chart.json")
        asked = f"{urlsplit(address).path}?ground=page" if chart else address
        asked += f"{'&' if '?' in asked else '?'}{query}" if query else ""
        answer = await client.get(asked)
        if answer.status_code != 200:
            raise OutputError(f"site: a page leads to {asked}, which answers {answer.status_code}")
        kind = answer.headers["content-type"].partition(";")[0]
        target = self._folder / self.names.file(address)
        target.parent.mkdir(parents=True, exist_ok=True)
        links: list[str] = []
        if kind == "text/html":
            content, links = page_as_file(answer.content, address, self.names)
        elif chart:
            drawn = answer.json()
            links = chart_links(drawn)
            content = json.dumps(chart_as_file(drawn, address, self.names), ensure_ascii=False).encode()
        else:
            content = answer.content
        target.write_bytes(content)
        for link in links:
            self._lead(link)
        if not again:
            self.counts["pages" if kind == "text/html" else "json"] += kind in ("text/html", "application/json")

    def _lead(self, link: str) -> None:
        """Take note of an address that a page leads to."""
        if is_left_out(link) or link.startswith("/static/"):
            return
        address = without_query(link)
        parts = urlsplit(link)
        if parts.path.startswith("/documents/") and not parts.path.endswith((".json", ".css")):
            spans = [value for name, value in parse_qsl(parts.query) if name == "at"]
            if _ANCHOR.fullmatch(parts.fragment):
                spans.append(parts.fragment[1:])
            if spans:
                self._found.setdefault(address, {}).update(dict.fromkeys(spans))
        if address not in self._known:
            self._known.add(address)
            if parts.path.endswith(".json"):  # next, while its page is still at hand
                self._waiting.appendleft(address)
            else:
                self._waiting.append(address)

"""No link is dead: what pages lead to is there, and so is the place on it."""

from __future__ import annotations

import re
from collections import Counter, deque
from urllib.parse import urldefrag, urlsplit

from starlette.testclient import TestClient
from tests.views.web.seen import Seen

from onrecord.views.web.frame import PAGES

EACH = 4
"""Pages of one kind that are visited: links of one kind are made by one function."""


def kind(address: str) -> str:
    """What kind of page an address is: `/claims/c0123456789ab` and `/claims/c9876543210fe` are one."""
    parts = urlsplit(address)
    names = {name for name, _, _ in (part.partition("=") for part in parts.query.split("&")) if name}
    steps = [part if re.fullmatch(r"[a-z]+(\.json)?", part) else "*" for part in parts.path.split("/")]
    return "/".join(steps) + "?" + "&".join(sorted(names))


def test_no_link_is_dead(dam_client: TestClient) -> None:
    waiting = deque(["/", "/search?words=dam", *(url for url, _ in PAGES)])
    visited: Counter[str] = Counter()
    known: dict[str, Seen] = {}
    fragments: list[tuple[str, str, str]] = []
    while waiting:
        address = waiting.popleft()
        if address in known or visited[kind(address)] >= EACH:
            continue
        visited[kind(address)] += 1
        answer = dam_client.get(address)
        assert answer.status_code == 200, address
        known[address] = Seen(answer.text if answer.headers["content-type"].startswith("text/html") else "")
        for link in known[address].values("href"):
            if urlsplit(link).netloc or link.startswith("/static/"):
                continue
            target, fragment = urldefrag(link)
            fragments.append((address, target or address, fragment))
            waiting.append(target or address)
    missing = [
        (page, target, fragment)
        for page, target, fragment in fragments
        if fragment and target in known and fragment not in known[target].values("id")
    ]
    assert missing == []
    assert len(visited) > 20

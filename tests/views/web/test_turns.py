"""How many pages are made at the same time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event, Lock

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from onrecord.ledger import Ledger
from onrecord.views.web import application
from onrecord.views.web.turns import READING


def test_more_pages_than_threads_wait_their_turn_and_all_are_answered(told: Ledger) -> None:
    lock, full, now, most = Lock(), Event(), 0, 0

    def slow(request: Request) -> PlainTextResponse:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
            if now == READING:
                full.set()
        full.wait(30)  # until as many are here as may be
        with lock:
            now -= 1
        return PlainTextResponse("made")

    app = application(told)
    app.router.routes.insert(0, Route("/slow", slow))
    with TestClient(app, base_url="http://127.0.0.1") as client, ThreadPoolExecutor(3 * READING) as people:
        answers = list(people.map(lambda _: client.get("/slow").text, range(3 * READING)))
    assert answers == ["made"] * 3 * READING
    assert most == READING

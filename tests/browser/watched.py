"""A page with everything that the browser complained of while it was open."""

from __future__ import annotations

import re

from playwright.sync_api import ConsoleMessage, Page, Request, Response

__all__ = ["Watched"]

# What a form is refused with is a page for the person; the browser notes it in the console like a missing file.
_REFUSED = re.compile(r"Failed to load resource: the server responded with a status of (401|403|404|409|413|422) ")


class Watched:
    """`complaints`: errors and warnings of the console (the browser reports there what a page's policy forbids),
    uncaught errors of scripts, requests that failed, files of a page that are not there, and requests that left this
    machine."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.on("requestfailed", self._failed)
        page.on("request", self._asked)
        page.on("response", self._answered)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not _REFUSED.match(message.text):
            self.complaints.append(f"{self.page.url}: {message.type}: {message.text}")

    def _failed(self, request: Request) -> None:
        # A page that is left before all of it has come aborts the rest.
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(f"{request.url}: {request.failure}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith(("http://127.0.0.1:", "data:")):
            self.complaints.append(f"{self.page.url} asked for {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and not response.request.is_navigation_request() and response.request.method == "GET":
            self.complaints.append(f"{self.page.url}: {response.url} is answered with {response.status}")

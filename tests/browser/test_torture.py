"""A ledger whose every field is a script, in a browser: nothing of it runs, on no page, in no dialog, from no exported file.

The browser reports whatever the policy of a page forbids as an error, which fails the test (see conftest): so a script that
was only kept from running by the policy, and stood in the page all the same, is found too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Page, expect
from tests.browser.pages import PAGES
from tests.browser.serving import Served, served
from tests.browser.test_pages import settled
from tests.views.web.torture import tortured_ledger

from onrecord.ledger import Ledger
from onrecord.views.export import Chosen, export
from onrecord.views.web.links import correct_url, document_url, speaker_url


def _speaker(ledger: Ledger) -> str:
    return max(ledger.speakers(), key=lambda row: row.statements).key


TORTURED = PAGES | {
    "speaker": lambda ledger: speaker_url(_speaker(ledger)),
    "statements": lambda ledger: "/statements",
    "figures": lambda ledger: "/figures",
    "correct a person": lambda ledger: correct_url(_speaker(ledger)),
}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tortured_ledger(tmp_path_factory.mktemp("torture") / "torture.ledger")


@pytest.fixture(scope="module")
def tortured(path: Path) -> Iterator[Served]:
    with served(path) as site:
        yield site


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def exported(path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address and the folder of the exported site."""
    folder = tmp_path_factory.mktemp("exported") / "site"
    with Ledger.open(path, create=False, read_only=True) as book:
        export(Chosen(book), "site", folder)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/", folder
        server.shutdown()
        thread.join(timeout=10)


def nothing_ran(page: Page) -> None:
    assert page.evaluate("typeof globalThis.ran") == "undefined"
    links = """[...document.querySelectorAll("a, form, area, use, image")]
        .map((one) => one.href?.baseVal ?? one.href ?? one.action ?? "")"""
    assert [
        link for link in page.evaluate(links) if re.match(r"\s*(javascript|data|vbscript):", link, re.IGNORECASE)
    ] == []
    assert page.locator("base, iframe, object, embed, svg[onload], img[src='x']").count() == 0


@pytest.mark.parametrize("name", TORTURED)
def test_nothing_runs_on_any_page(tortured: Served, visit: Callable[..., Page], name: str) -> None:
    page = visit(tortured.url + TORTURED[name](tortured.ledger))
    settled(page)
    nothing_ran(page)


def test_nothing_runs_in_what_scripts_put_there(tortured: Served, visit: Callable[..., Page]) -> None:
    """Suggestions, dialogs, what stands beside a mark of a chart: scripts of the page make them of the ledger's words."""
    row = tortured.ledger.statements()[0]
    page = visit(tortured.url + document_url(row.document))
    page.get_by_role("combobox").fill("toll")
    expect(page.get_by_role("option").first).to_be_visible()
    assert "<script>" in page.get_by_role("listbox").inner_text()
    nothing_ran(page)
    page.keyboard.press("Escape")
    for kind in ("cite", "correct"):
        page.locator(f"a.{kind}:visible").first.click()
        expect(page.get_by_role("dialog").get_by_role("heading", level=1)).to_be_visible()
        nothing_ran(page)
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
    series = visit(tortured.url + TORTURED["series"](tortured.ledger))
    settled(series)
    for mark in series.locator("figure[data-chart] svg path:visible, figure[data-chart] svg circle:visible").all()[:20]:
        mark.hover(force=True)
    nothing_ran(series)


def test_nothing_runs_from_an_exported_site(exported: tuple[str, Path], visit: Callable[..., Page]) -> None:
    url, folder = exported
    chosen: dict[tuple[str, ...], str] = {}
    for file in sorted(folder.rglob("*.html")):
        parts = file.relative_to(folder).parts
        chosen.setdefault((*parts[:-1][:1], str(len(parts))), "/".join(parts))
    assert {"claims", "series", "documents", "speakers", "stories"} <= {kind[0] for kind in chosen}
    page = visit(url)
    for address in chosen.values():
        page.goto(url + address)
        settled(page)
        nothing_ran(page)


def test_nothing_runs_in_the_search_of_an_exported_site(exported: tuple[str, Path], visit: Callable[..., Page]) -> None:
    page = visit(f"{exported[0]}search.html")
    page.locator("#words").fill("toll")
    expect(page.locator("#hits li").first).to_be_visible()
    assert "<script>" in page.locator("#hits").inner_text()
    nothing_ran(page)

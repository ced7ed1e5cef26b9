"""The pictures of the documentation: `make screenshots` writes docs/images/*.png from the pages of the sample articles.

Only by that command, never in passing: the letters are those of the machine's fonts, so that another machine makes other
bytes of the same page. On one machine two runs give the same bytes.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from tests.browser.conftest import chromium
from tests.browser.pages import PAGES
from tests.browser.png import smaller
from tests.browser.serving import Served, samples_ledger, served

from onrecord.views.web.links import document_url

IMAGES = Path(__file__).parents[2] / "docs" / "images"
SIZE = {"width": 1280, "height": 900}
LARGEST = 200_000
"""Bytes of one picture: they are in the repository for ever."""

DRAFT = (
    "A dam, a plan and a denial\n\n"
    "The burst of the Drusa dam killed 41 people, the emergency service said. "
    '"The sirens did sound," Pavla Hemmerin, the mayor of Drusa, said.\n\n'
    "Ruvania plans to send 10,000 soldiers into the valley, Oltan Brezik said. Delport has denied any such plan.\n\n"
    "About 800 of the soldiers had gone back across the bridge at Upper Karst by noon, the OSCE mission said."
)


def _page(name: str) -> Callable[[Page, Served], None]:
    def shown(page: Page, site: Served) -> None:
        page.goto(site.url + PAGES[name](site.ledger))

    return shown


def _story(page: Page, site: Served) -> None:
    """What is special in a story: how its figures moved, by source."""
    page.goto(f"{site.url}{PAGES['story'](site.ledger)}#figures")
    page.locator(".multiples .chart-box > svg").nth(2).wait_for()
    page.locator("#figures").evaluate("heading => scrollTo(0, heading.getBoundingClientRect().top + scrollY - 24)")


def _checked(page: Page, site: Served) -> None:
    page.goto(f"{site.url}/check")
    page.get_by_label("The draft").fill(DRAFT)
    page.get_by_label("To be right as of").fill("2025-03-21")
    page.get_by_role("button", name="Check it").click()
    page.wait_for_selector(".draft mark")


def _article(page: Page, site: Served) -> None:
    """An article of which most is said by somebody."""
    row = next(row for row in site.ledger.documents() if (row.title or "").startswith("Talvenia says Ruvania plans"))
    page.goto(site.url + document_url(row.id))


PICTURES: dict[str, Callable[[Page, Served], None]] = {
    "front": _page("front"),
    "story": _story,
    "document": _article,
    "check": _checked,
}


def main() -> None:
    executable = chromium()
    if executable is None:
        raise SystemExit("no Chromium here: apt-get install chromium")
    IMAGES.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        served(samples_ledger(Path(folder) / "samples.db")) as site,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        for name, show in PICTURES.items():
            page = browser.new_page(viewport=SIZE, color_scheme="light", locale="en-GB")  # type: ignore[arg-type]
            show(page, site)
            page.wait_for_load_state("networkidle")
            picture = smaller(page.screenshot(animations="disabled", caret="hide"))
            if len(picture) > LARGEST:
                raise SystemExit(f"{name}: {len(picture):,} bytes, more than {LARGEST:,}")
            (IMAGES / f"{name}.png").write_bytes(picture)
            print(f"docs/images/{name}.png  {len(picture):,} bytes")
            page.close()
        browser.close()


if __name__ == "__main__":
    main()

"""A browser and a served ledger of the sample articles, each made once for all tests of this folder.

The browser is the system's Chromium, driven by Playwright, which downloads none. Where there is none the tests are skipped,
and say so; on a build server (CI=true) that is a failure.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from tests.browser.serving import Served, samples_ledger, served
from tests.browser.watched import Watched

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")

WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 380, "height": 780}


def chromium() -> str | None:
    """The system's browser."""
    return next((found for name in CHROMIUM if (found := shutil.which(name)) is not None), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = chromium()
    if executable is None:
        why = f"no Chromium here ({', '.join(CHROMIUM)}): apt-get install chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(why)
        pytest.skip(why)
    with sync_playwright() as playwright:
        # Without the sandbox, which a container that runs as root does not let it make; it opens our own pages only.
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of the 40 sample articles, which no test writes to."""
    return samples_ledger(tmp_path_factory.mktemp("samples") / "samples.db")


@pytest.fixture(scope="session")
def site(samples: Path) -> Iterator[Served]:
    """The pages of that ledger; they offer corrections, and nobody makes one."""
    with served(samples) as site:
        yield site


@pytest.fixture
def own_site(samples: Path, tmp_path: Path) -> Iterator[Served]:
    """The pages of a copy, for a test that corrects something."""
    path = tmp_path / "own.db"
    shutil.copy(samples, path)
    with served(path) as site:
        yield site


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a page in a window of its own: `visit(url, size=PHONE, scheme="dark", scripts=False)`. `status` is
    what it is to be answered with.

    Whatever the browser complained of in any of them (an error of a script, something that the policy of the page
    forbids, a file that is not there) fails the test at its end.
    """
    opened: list[Watched] = []

    def visited(
        url: str, *, size: dict[str, int] = WIDE, scheme: str = "light", scripts: bool = True, status: int = 200
    ) -> Page:
        context = browser.new_context(
            viewport=size,  # type: ignore[arg-type]
            color_scheme=scheme,  # type: ignore[arg-type]
            java_script_enabled=scripts,
            locale="en-GB",
        )
        watched = Watched(context.new_page())
        opened.append(watched)
        watched.page.set_default_timeout(10_000)
        answer = watched.page.goto(url)
        assert answer is not None
        assert answer.status == status, f"{url} is answered with {answer.status}"
        return watched.page

    yield visited
    complaints = [complaint for watched in opened for complaint in watched.complaints]
    for watched in opened:
        watched.page.context.close()
    assert complaints == []

"""A picture made smaller is the same picture: the browser itself compares them, pixel for pixel."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from tests.browser.png import smaller
from tests.browser.serving import Served

PIXELS = """async (url) => {
    const picture = await createImageBitmap(await (await fetch(url)).blob());
    const canvas = new OffscreenCanvas(picture.width, picture.height);
    const context = canvas.getContext("2d");
    context.drawImage(picture, 0, 0);
    const bytes = context.getImageData(0, 0, picture.width, picture.height).data;
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    return [picture.width, picture.height, ...digest];
}"""


def test_the_pixels_are_the_same_and_the_bytes_are_fewer(site: Served, visit: Callable[..., Page]) -> None:
    page = visit(f"{site.url}/")
    before = page.screenshot(animations="disabled", caret="hide")
    after = smaller(before)
    assert len(after) < 0.9 * len(before)
    # A blank page has no policy that keeps it from loading pictures out of its own address.
    blank = page.context.new_page()
    blank.route(f"{site.url}/blank", lambda route: route.fulfill(body="<title>blank</title>", content_type="text/html"))
    blank.goto(f"{site.url}/blank")
    first, second = (
        blank.evaluate(PIXELS, f"data:image/png;base64,{b64encode(picture).decode()}") for picture in (before, after)
    )
    assert first[:2] == [1280, 900]
    assert first == second


def test_what_is_no_picture_of_a_page_is_refused() -> None:
    with pytest.raises(ValueError, match="not a PNG"):
        smaller(b"GIF89a")

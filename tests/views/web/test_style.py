"""The common style: colours that can be told from their grounds in both themes, and classes that are used."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from onrecord.ledger.claims.claim import Standing
from onrecord.views import web

STATIC = Path(web.__file__).parent / "static"
STYLE = (STATIC / "style.css").read_text(encoding="utf-8")

STANDINGS = [word.split()[0] for word in get_args(Standing)]
GROUNDS = ("ground", "raised", "sunken")


def themes(style: str) -> dict[str, dict[str, str]]:
    """The colours by name of the light and of the dark theme, which takes what it does not name from the light one."""
    light, dark = (dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", part)) for part in style.split("@media", 2)[:2])
    return {"light": light, "dark": light | dark}


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG 2.2 defines it (relative luminance, 1 to 21)."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_text_has_contrast_enough_on_every_ground(name: str) -> None:
    theme = themes(STYLE)[name]
    pairs = [("ink", ground) for ground in (*GROUNDS, "content", "source", "cue", "found")]
    pairs += [(ink, ground) for ink in ("dim", "link", "target") for ground in (*GROUNDS, "content")]
    pairs += [("on-accent", "accent")]
    pairs += [(ink, ground) for ink in (*STANDINGS, "good", "bad") for ground in (*GROUNDS, f"{ink}-tint")]
    assert [(ink, ground) for ink, ground in pairs if contrast(theme[ink], theme[ground]) < 4.5] == []


@pytest.mark.parametrize("name", ["light", "dark"])
def test_edges_and_drawings_can_be_seen(name: str) -> None:
    """WCAG 2.2, 1.4.11: what tells where a field or a value is has 3:1 against what is beside it."""
    theme = themes(STYLE)[name]
    pairs = [(edge, ground) for edge in ("edge", "accent") for ground in GROUNDS]
    assert [(edge, ground) for edge, ground in pairs if contrast(theme[edge], theme[ground]) < 3] == []


def test_both_themes_name_every_colour() -> None:
    light, dark = (set(re.findall(r"--([\w-]+): #", part)) for part in STYLE.split("@media", 2)[:2])
    assert light == dark


def test_every_standing_has_a_badge_with_a_sign() -> None:
    for standing in get_args(Standing):
        name = standing.replace(" ", "-")
        assert f".badge.{name}::before" in STYLE, standing
        assert f"var(--{standing.split()[0]}-tint)" in STYLE, standing


def test_the_style_loads_nothing_from_elsewhere() -> None:
    for path in STATIC.glob("*.css"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"@import|url\(|https?:", text), path.name

"""The colours of a style sheet in both themes, and how well one is seen on the other."""

from __future__ import annotations

import re

__all__ = ["colours", "contrast"]


def colours(style: str) -> tuple[dict[str, str], dict[str, str]]:
    """The custom properties that are colours: those before the first `@media`, which is the dark theme's, and in it."""
    light, dark = (dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", part)) for part in style.split("@media", 2)[:2])
    return light, dark


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG 2.2 defines it (relative luminance, 1 to 21)."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)

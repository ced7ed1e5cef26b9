"""Words of another direction of writing beside our own: else the date behind an Arabic name is turned round with it."""

from __future__ import annotations

from collections.abc import Iterable
from unicodedata import bidirectional

from markupsafe import Markup, escape

__all__ = ["isolated"]


def isolated(words: str | Iterable[str], separator: str = "") -> Markup:
    """The words (of several: with `separator` between them), each that is written from right to left set apart."""
    parts = [words] if isinstance(words, str) else words
    return escape(separator).join(_apart(part) for part in parts)


def _apart(part: str) -> Markup:
    if any(bidirectional(letter) in ("R", "AL") for letter in part):
        return Markup("<bdi>{}</bdi>").format(part)
    return escape(part)

"""What of others is in the package beside code: `files.toml`, checked."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).parents[1] / "src/onrecord"
ABOUT: dict[str, Any] = tomllib.loads((Path(__file__).parent / "files.toml").read_text(encoding="utf-8"))
CODE = (".py", ".pyc", ".html", ".css", ".typed")  # ours, all of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """A work of others, or made of it, in the package: `files` and its `terms` are paths below src/onrecord; `kind` is a
    type of CycloneDX, `licence` an SPDX expression, `purl` where it was published as a package."""

    name: str
    version: str
    kind: str
    licence: str
    holder: str
    source: str
    what: str
    files: list[str]
    purl: str | None = None
    terms: str | None = None


def materials() -> list[Material]:
    return [Material(**row) for row in ABOUT["inside"]]


def ours() -> set[str]:
    """Paths below src/onrecord of files that are ours and no code."""
    return {str(path.relative_to(PACKAGE)) for pattern in ABOUT["ours"]["files"] for path in PACKAGE.glob(pattern)}


def terms() -> set[str]:
    """Paths below src/onrecord of the texts that go with the materials: licences, and where files come from."""
    return {m.terms for m in materials() if m.terms} | {
        str(path.relative_to(PACKAGE)) for path in PACKAGE.rglob("README.md")
    }


def to_account_for() -> set[str]:
    """Paths below src/onrecord of every file that is no code."""
    files = (path for path in PACKAGE.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {str(path.relative_to(PACKAGE)) for path in files if path.suffix not in CODE}

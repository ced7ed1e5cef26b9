"""What pyproject.toml asks for."""

from __future__ import annotations

import tomllib
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
_ABOUT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
NAME: str = _ABOUT["project"]["name"]
EXTRAS = tuple(_ABOUT["project"]["optional-dependencies"])


def asked_to_build() -> list[Requirement]:
    return [Requirement(line) for line in _ABOUT["build-system"]["requires"]]


def asked_to_run() -> list[Requirement]:
    return [Requirement(line) for line in _ABOUT["project"]["dependencies"]]


def asked_by(extra: str) -> list[Requirement]:
    """What an extra asks for, with what the extras of our own ask for that it names."""
    found: list[Requirement] = []
    for line in _ABOUT["project"]["optional-dependencies"][extra]:
        requirement = Requirement(line)
        if requirement.name == NAME:
            found += [r for other in sorted(requirement.extras) for r in asked_by(other)]
        else:
            found.append(requirement)
    return found

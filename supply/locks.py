"""The locks in `requirements/`, as `make lock` writes them: each package at one release, with the digests of its files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

REQUIREMENTS = Path(__file__).parents[1] / "requirements"
DIGEST = re.compile(r"--hash=sha256:([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Pin:
    """One package of a lock: its normal name, its release, and the SHA-256 of each file that may be installed of it."""

    name: str
    version: str
    digests: tuple[str, ...]


def read_lock(path: Path) -> dict[str, Pin]:
    """The packages of a lock by their normal names. Raises ValueError for a line that leaves something open: a range, a
    package without a digest, an address, an option."""
    pins: dict[str, Pin] = {}
    for line in _logical_lines(path.read_text(encoding="utf-8")):
        asked, *options = re.split(r"\s+(?=--)", line)
        requirement = Requirement(asked)
        said = next(iter(requirement.specifier), None)
        digests = tuple(found[1] for option in options if (found := DIGEST.fullmatch(option)))
        exact = (
            said is not None and len(requirement.specifier) == 1 and said.operator == "==" and "*" not in said.version
        )
        if said is None or not exact or requirement.url or requirement.marker:
            raise ValueError(f"{path.name} leaves open what is installed: {asked}")
        if not digests or len(digests) != len(options):
            raise ValueError(f"{path.name} does not say which files are installed, or says more than that: {line}")
        name = canonicalize_name(requirement.name)
        if name in pins:
            raise ValueError(f"{path.name} has {name} twice")
        pins[name] = Pin(name, said.version, digests)
    return pins


def _logical_lines(text: str) -> list[str]:
    joined = re.sub(r"\\\n", " ", text)
    return [line.strip() for line in joined.splitlines() if line.strip() and not line.lstrip().startswith("#")]

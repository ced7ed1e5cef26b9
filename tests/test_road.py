"""The house itself: imports point one way along the road, no room outgrows its size."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "onrecord"

# From left to right: a package may import what stands before it, and itself. The first row is known to all.
ROAD = (
    (
        "errors",
        "records",
        "marks",
        "reading",
        "display",
        "arrow",
        "answer",
        "patience",
        "process",
        "stored",
        "__version__",
    ),
    ("intake",),
    ("reader",),
    ("ledger",),
    ("cluster",),
    ("views",),
)
FLOOR = {name: i for i, names in enumerate(ROAD) for name in names}
LONGEST = 400

ROOMS = sorted(SOURCE.rglob("*.py"))


def imported(path: Path) -> set[str]:
    """The first name after `onrecord.` of everything a module imports, at the top or inside a function."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module] if node.module != "onrecord" else [f"onrecord.{a.name}" for a in node.names]
        elif isinstance(node, ast.Import):
            names = [a.name for a in node.names]
        else:
            continue
        found |= {n.split(".")[1] for n in names if n.startswith("onrecord.")}
    return found


def room_of(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", ROOMS, ids=lambda p: str(p.relative_to(SOURCE)))
def test_imports_point_one_way(path: Path) -> None:
    room = room_of(path)
    if room == "__init__":  # the public face knows the whole road
        return
    above = {n for n in imported(path) if FLOOR[n] > FLOOR[room]}
    assert not above, f"{path.name} on floor {room} imports {above}"


@pytest.mark.parametrize("path", ROOMS, ids=lambda p: str(p.relative_to(SOURCE)))
def test_rooms_stay_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


def test_every_package_is_on_the_road() -> None:
    """A new package must be given its place here, or the direction test would not see it."""
    assert {room_of(p) for p in ROOMS} - {"__init__"} == set(FLOOR) - {"__version__"}


def test_the_walk_sees_imports() -> None:
    """The test above would pass over an empty set: this room is known to import from two floors."""
    assert {"intake", "reader"} <= imported(SOURCE / "ledger" / "adding.py")

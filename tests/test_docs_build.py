"""The documentation builds, with warnings as errors, and every public name in it says what it is."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import onrecord
from onrecord import ledger

ROOT = Path(__file__).parents[1]
PYTHON = (ROOT / "docs/reference/python.md").read_text(encoding="utf-8")


def test_the_documentation_builds_without_a_warning(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", str(ROOT / "docs"), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    built = (tmp_path / "reference/python.html").read_text(encoding="utf-8")
    assert "onrecord.Ledger.statements" in built


# What a program may rely on: the public face, and the modules of what it takes and gives.
MODULES = ("onrecord.errors", "onrecord.records", "onrecord.reading", "onrecord.marks", "onrecord.ledger.corrections")
ROWS = tuple(
    found.name for found in pkgutil.walk_packages(ledger.__path__, "onrecord.ledger.") if found.name.endswith(".rows")
)


def public() -> Iterator[tuple[str, object]]:
    """Every class and function that a program may rely on, with the methods of the classes."""
    found = {f"onrecord.{name}": getattr(onrecord, name) for name in onrecord.__all__ if name != "__version__"}
    for module in map(importlib.import_module, (*MODULES, *ROWS)):
        names = getattr(module, "__all__", [name for name in vars(module) if not name.startswith("_")])
        own = {f"{module.__name__}.{name}": getattr(module, name) for name in names}
        found |= {
            name: value for name, value in own.items() if getattr(value, "__module__", "").startswith("onrecord.")
        }
    for name, value in found.items():
        yield name, value
        if inspect.isclass(value):
            members = inspect.getmembers(
                value, lambda member: inspect.isfunction(member) or isinstance(member, property)
            )
            yield from ((f"{name}.{key}", member) for key, member in members if not key.startswith("_"))


def test_every_public_class_and_function_says_what_it_is() -> None:
    # A dataclass without words gets its signature as docstring.
    silent = [
        name for name, value in public() if not value.__doc__ or value.__doc__.startswith(f"{name.split('.')[-1]}(")
    ]
    assert silent == []


def test_the_walk_finds_the_public_names() -> None:
    assert {"onrecord.records.Span", "onrecord.Ledger.claims", "onrecord.ledger.rows.StatementRow"} <= dict(
        public()
    ).keys()


@pytest.mark.parametrize("name", sorted(set(onrecord.__all__) - {"__version__"}))
def test_the_public_face_is_in_the_reference(name: str) -> None:
    in_errors = getattr(getattr(onrecord, name), "__module__", "") == "onrecord.errors"
    assert in_errors or f"onrecord.{name}" in PYTHON

"""The locks hold what pyproject.toml asks for, leave nothing open, and are what the tests run on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from supply.installed import needed
from supply.locks import REQUIREMENTS, Pin, read_lock
from supply.project import EXTRAS, asked_by, asked_to_build, asked_to_run

LOCKS = sorted(REQUIREMENTS.glob("*.txt"))
RUN, CHECK, BUILD, MEASURE, SUPPLY = (
    read_lock(REQUIREMENTS / f"{name}.txt") for name in ("run", "check", "build", "measure", "supply")
)
DIGEST = "0" * 64


def asked_in(name: str) -> list[Requirement]:
    lines = (REQUIREMENTS / name).read_text(encoding="utf-8").splitlines()
    return [Requirement(line) for line in lines if line and not line.startswith("#")]


def unmet(asked: list[Requirement], lock: dict[str, Pin]) -> list[str]:
    """Requirements that a lock does not meet."""
    pins = [(r, lock.get(canonicalize_name(r.name))) for r in asked if r.marker is None or r.marker.evaluate()]
    return [str(r) for r, pin in pins if pin is None or not r.specifier.contains(pin.version, prereleases=True)]


def test_there_are_the_locks_that_the_makefile_installs() -> None:
    makefile = (REQUIREMENTS.parent / "Makefile").read_text(encoding="utf-8")
    assert {path.name for path in LOCKS} == set(re.findall(r"-r requirements/(\w+\.txt)", makefile)) | {"supply.txt"}


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_a_lock_leaves_nothing_open_and_names_no_address(path: Path) -> None:
    assert read_lock(path)
    assert not re.search(r"://|--index|--find|--trusted|^-|@", path.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (f"numpy>=2.4 --hash=sha256:{DIGEST}", "leaves open"),
        (f"numpy==2.* --hash=sha256:{DIGEST}", "leaves open"),
        (f"numpy==2.4.6,!=2.4.5 --hash=sha256:{DIGEST}", "leaves open"),
        (f"numpy --hash=sha256:{DIGEST}", "leaves open"),
        (f"numpy==2.4.6 ; python_version > '3' --hash=sha256:{DIGEST}", "leaves open"),
        (f"numpy @ https://example.org/n.whl --hash=sha256:{DIGEST}", "leaves open"),
        ("numpy==2.4.6", "which files"),
        ("numpy==2.4.6 --hash=md5:0", "which files"),
        (f"numpy==2.4.6 --hash=sha256:{DIGEST} --no-binary", "which files"),
        (f"numpy==2.4.6 --hash=sha256:{DIGEST}\nNumPy==2.4.6 --hash=sha256:{DIGEST}", "twice"),
    ],
)
def test_a_lock_with_a_hole_is_refused(tmp_path: Path, line: str, reason: str) -> None:
    (tmp_path / "a.txt").write_text(line, encoding="utf-8")
    with pytest.raises(ValueError, match=reason):
        read_lock(tmp_path / "a.txt")


def test_what_runs_is_locked() -> None:
    assert unmet(asked_to_run(), RUN) == unmet(asked_to_run(), CHECK) == []


@pytest.mark.parametrize("extra", sorted(set(EXTRAS) - {"train"}))
def test_what_an_extra_asks_for_is_locked(extra: str) -> None:
    assert asked_by(extra)
    assert unmet(asked_by(extra), CHECK) == []


def test_what_builds_is_locked() -> None:
    asked = asked_to_build()
    assert {str(r) for r in asked} <= {str(r) for r in asked_in("build.in")}
    assert unmet([*asked, *asked_in("build.in")], BUILD) == []
    assert unmet(asked, CHECK) == []


def test_what_locks_and_audits_is_locked() -> None:
    assert unmet(asked_in("supply.in"), SUPPLY) == []


def test_what_measures_is_locked_and_changes_nothing_of_what_is_measured() -> None:
    assert unmet(asked_in("measure.in"), MEASURE) == []
    both = MEASURE.keys() & CHECK.keys()
    assert {"packaging", "sqlalchemy"} <= both
    assert all(MEASURE[name].version == CHECK[name].version for name in both)
    assert not {"atheris", "coverage", "cosmic-ray"} & CHECK.keys()


def test_a_requirement_that_is_not_met_is_seen() -> None:
    numpy = RUN["numpy"].version
    asked = [Requirement(f"NumPy>{numpy}"), Requirement(f"numpy=={numpy}"), Requirement("no-such-thing")]
    assert unmet(asked, RUN) == [f"NumPy>{numpy}", "no-such-thing"]


def test_the_smaller_locks_are_parts_of_the_largest() -> None:
    assert {name: CHECK.get(name) for name in RUN} == RUN
    both = BUILD.keys() & CHECK.keys()
    assert {"hatchling", "packaging"} <= both
    assert all(BUILD[name] == CHECK[name] for name in both)


@pytest.mark.usefixtures("locked")
def test_nothing_that_is_needed_is_left_out() -> None:
    """All the way down, by what each package says of itself: pip is told not to look for dependencies of its own."""
    for asked, lock in ((asked_to_run(), RUN), ([*asked_to_run(), *asked_by("dev")], CHECK), (asked_to_build(), BUILD)):
        found = needed(asked)
        assert found.keys() <= lock.keys()
        assert unmet([r for rs in found.values() for r in rs], lock) == []
        assert lock is BUILD or found.keys() == lock.keys(), "a lock holds nothing that nobody needs"

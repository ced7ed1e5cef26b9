"""The same sources give the same wheel, byte for byte, wherever and whenever it is built; nothing is fetched for it."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[2]
BESIDE = ("pyproject.toml", "README.md", "LICENSE", "NOTICE", ".gitignore")
LEFT_OUT = shutil.ignore_patterns("__pycache__", "*.pyc")


@contextmanager
def umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def copied(to: Path, *, mask: int, time: float, backwards: bool) -> Path:
    """The sources anew in a folder, by the habits of another machine: its umask, its clock, the order of its folders."""
    with umask(mask):
        shutil.copytree(ROOT / "src", to / "src", ignore=LEFT_OUT, copy_function=shutil.copyfile)
        for name in BESIDE:
            shutil.copyfile(ROOT / name, to / name)
        if backwards:  # files that were made last stand first
            for path in sorted((p for p in (to / "src").rglob("*") if p.is_file()), reverse=True):
                kept = path.read_bytes()
                path.unlink()
                path.write_bytes(kept)
    for path in to.rglob("*"):
        os.utime(path, (time, time))
    return to


def built(folder: Path, kind: str, *, mask: int = 0o022, zone: str = "UTC", seed: str = "0") -> Path:
    """Builds with the backend that is installed; its own network is a dead end."""
    environment = {k: v for k, v in os.environ.items() if k != "SOURCE_DATE_EPOCH"} | {
        "PYTHONHASHSEED": seed,
        "TZ": zone,
        "LC_ALL": "C",
        "PIP_INDEX_URL": "http://127.0.0.1:9/",
        "http_proxy": "http://127.0.0.1:9/",
        "https_proxy": "http://127.0.0.1:9/",
    }
    with umask(mask):
        command = [sys.executable, "-m", "hatchling", "build", "--target", kind, "--directory", str(folder / "dist")]
        subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
    (made,) = (folder / "dist").iterdir()
    return made


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = copied(tmp_path_factory.mktemp("one") / "a", mask=0o022, time=1_800_000_000, backwards=False)
    return built(folder, "wheel")


def test_two_builds_have_the_same_bytes(first: Path, tmp_path: Path) -> None:
    folder = copied(tmp_path / "another/longer folder", mask=0o077, time=1_000_000_001, backwards=True)
    second = built(folder, "wheel", mask=0o077, zone="Asia/Kathmandu", seed="1")
    assert first.name == second.name
    assert digest(first) == digest(second)


def test_a_build_of_the_archive_of_sources_has_the_same_bytes(first: Path, tmp_path: Path) -> None:
    folder = copied(tmp_path / "a", mask=0o022, time=1_700_000_000, backwards=False)
    with tarfile.open(built(folder, "sdist")) as archive:
        for member in archive:
            to = tmp_path / "unpacked" / member.name
            to.parent.mkdir(parents=True, exist_ok=True)
            if (read := archive.extractfile(member)) is not None:
                to.write_bytes(read.read())
    (unpacked,) = (tmp_path / "unpacked").iterdir()
    assert digest(first) == digest(built(unpacked, "wheel"))


def test_a_change_of_one_byte_is_seen(first: Path, tmp_path: Path) -> None:
    folder = copied(tmp_path / "a", mask=0o022, time=1_800_000_000, backwards=False)
    with (folder / "src/onrecord/py.typed").open("ab") as file:
        file.write(b" ")
    assert digest(first) != digest(built(folder, "wheel"))


def test_the_wheel_holds_every_file_of_the_package_and_none_beside(first: Path) -> None:
    with ZipFile(first) as archive:
        inside = {name for name in archive.namelist() if not name.startswith("onrecord-")}
        assert len({info.date_time for info in archive.infolist()}) == 1
        assert {info.external_attr >> 16 & 0o777 for info in archive.infolist()} <= {0o644, 0o755}
    files = (path.relative_to(ROOT / "src") for path in (ROOT / "src/onrecord").rglob("*") if path.is_file())
    assert inside == {path.as_posix() for path in files if "__pycache__" not in path.parts}

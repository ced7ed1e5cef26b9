"""What a cluster needs and is not there is said in one sentence; who needs no cluster loads nothing of it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from onrecord.cluster import open_session, session
from onrecord.errors import ClusterError, MissingExtra


@pytest.mark.parametrize("package", ["pyspark", "pyarrow", "pandas"])
def test_a_package_that_is_missing_is_named(package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import importlib.util

    found = importlib.util.find_spec
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None if name == package else found(name))
    with pytest.raises(MissingExtra, match=rf"needs {package}, .* pip install 'onrecord\[cluster\]'"), open_session():
        pass


def java(folder: Path, prints: str, status: int = 0) -> Path:
    path = folder / "bin" / "java"
    path.parent.mkdir()
    path.write_text(f"#!/bin/sh\necho '{prints}' >&2\nexit {status}\n")
    path.chmod(0o755)
    return folder


@pytest.mark.parametrize(
    ("prints", "status", "said"),
    [
        ('openjdk version "11.0.2" 2019-01-15', 0, "is version 11"),
        ('java version "1.8.0_202"', 0, "is version 8"),
        ("no such thing", 1, "does not run"),
    ],
)
def test_a_java_that_is_too_old_or_broken_is_named(
    prints: str, status: int, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JAVA_HOME", str(java(tmp_path, prints, status)))
    with pytest.raises(ClusterError, match="Spark needs Java 17 or newer") as caught:
        session.require_java()
    assert said in str(caught.value)
    assert "openjdk-17" in str(caught.value)


def test_java_that_is_not_there_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ClusterError, match="there is no `java` here: install one"):
        session.require_java()


@pytest.mark.parametrize("version", ['openjdk version "17.0.15" 2025-04-15', 'openjdk version "21" 2023-09-19'])
def test_java_17_and_newer_will_do(version: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAVA_HOME", str(java(tmp_path, version)))
    session.require_java()


def test_nothing_of_a_cluster_is_loaded_before_it_is_needed() -> None:
    code = (
        "import sys, onrecord.cluster, onrecord.views.cli\n"
        "loaded = {name.partition('.')[0] for name in sys.modules} & {'pyspark', 'py4j', 'pyarrow', 'pandas'}\n"
        "assert not loaded, loaded"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_master_that_is_not_there_is_named(tmp_path: Path) -> None:
    code = (
        "from onrecord.cluster import Settings, open_session\n"
        "from onrecord.errors import ClusterError\n"
        "try:\n"
        "    with open_session(Settings('no-such-thing')):\n"
        "        raise SystemExit('it runs')\n"
        "except ClusterError as error:\n"
        "    print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.startswith("Spark could not be started on no-such-thing: ")
    assert done.stdout.count("\n") == 1

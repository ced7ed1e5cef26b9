"""The bill of materials: each package with the file that was installed, each work of others inside, nothing by chance."""

from __future__ import annotations

import copy
import hashlib
import json
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import pytest
from supply.locks import REQUIREMENTS, read_lock
from supply.materials import PACKAGE, materials
from supply.sbom import complete

RUN = read_lock(REQUIREMENTS / "run.txt")
SOME = {name: RUN[name] for name in ("numpy", "protobuf", "jinja2")}
INSTALLED = {name: distribution(name) for name in SOME}


@pytest.fixture
def bill() -> dict[str, Any]:
    """As cyclonedx-py writes it of an environment."""
    return {
        "bomFormat": "CycloneDX",
        "components": [
            {
                "bom-ref": f"{name}=={pin.version}",
                "name": "Jinja2" if name == "jinja2" else name,
                "version": pin.version,
            }
            for name, pin in SOME.items()
        ],
        "dependencies": [{"ref": "root-component", "dependsOn": ["numpy"]}, {"ref": "numpy"}],
        "metadata": {"component": {"bom-ref": "root-component", "name": "onrecord", "version": "1"}},
    }


@pytest.fixture
def report() -> dict[str, Any]:
    """As pip writes it of what it installed."""
    return {
        "install": [
            {
                "metadata": {"name": name},
                "download_info": {"url": "file:///there", "archive_info": {"hashes": {"sha256": pin.digests[-1]}}},
            }
            for name, pin in SOME.items()
        ]
    }


@pytest.fixture
def wheel(tmp_path: Path) -> Path:
    (tmp_path / "a.whl").write_bytes(b"wheel")
    return tmp_path / "a.whl"


def test_each_package_has_the_digest_of_its_file_and_a_licence(
    bill: dict[str, Any], report: dict[str, Any], wheel: Path
) -> None:
    made = complete(bill, report, installed=INSTALLED, lock=SOME, wheel=wheel)
    found = {component["name"].lower(): component for component in made["components"]}
    for name, pin in SOME.items():
        assert found[name]["hashes"] == [{"alg": "SHA-256", "content": pin.digests[-1]}]
    assert found["jinja2"]["licenses"] == [{"expression": "BSD-3-Clause", "acknowledgement": "concluded"}]
    assert "file:" not in json.dumps(made), "where a file lay is this machine's own business"


def test_what_of_others_is_inside_is_named_with_its_digest(
    bill: dict[str, Any], report: dict[str, Any], wheel: Path
) -> None:
    made = complete(bill, report, installed=INSTALLED, lock=SOME, wheel=wheel)
    found = {component["name"]: component for component in made["components"]}
    needed = next(row["dependsOn"] for row in made["dependencies"] if row["ref"] == "root-component")
    assert "numpy" in needed
    for material in materials():
        (path,) = material.files
        component = found[material.name]
        assert component["hashes"][0]["content"] == hashlib.sha256((PACKAGE / path).read_bytes()).hexdigest()
        assert component["licenses"][0]["expression"] == material.licence
        assert component["bom-ref"] in needed
    assert found["vega"]["purl"] == "pkg:npm/vega@6.4.0"
    root = made["metadata"]["component"]
    assert root["hashes"][0]["content"] == hashlib.sha256(b"wheel").hexdigest()
    assert root["purl"] == "pkg:pypi/onrecord@1"


def test_the_same_gives_the_same(bill: dict[str, Any], report: dict[str, Any], wheel: Path) -> None:
    once = complete(copy.deepcopy(bill), report, installed=INSTALLED, lock=SOME, wheel=wheel)
    again = complete(bill, report, installed=INSTALLED, lock=SOME, wheel=wheel)
    assert once == again


def test_what_is_not_the_locks_is_refused(bill: dict[str, Any], report: dict[str, Any], wheel: Path) -> None:
    def refused(reason: str, bill: dict[str, Any], report: dict[str, Any]) -> None:
        with pytest.raises(ValueError, match=reason):
            complete(bill, report, installed=INSTALLED, lock=SOME, wheel=wheel)

    other = copy.deepcopy(report)
    other["install"][0]["download_info"]["archive_info"]["hashes"]["sha256"] = "0" * 64
    refused("another file of numpy", copy.deepcopy(bill), other)
    older = copy.deepcopy(bill)
    older["components"][0]["version"] = "1.0"
    refused("another file of numpy", older, report)
    fewer = copy.deepcopy(bill)
    del fewer["components"][0]
    refused("not what is locked.*numpy", fewer, report)
    refused("not what is locked.*numpy", copy.deepcopy(bill), {"install": report["install"][1:]})

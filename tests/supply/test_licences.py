"""Everything of others has a licence that goes with that of the code, and is named in the reference."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from email.message import Message
from importlib.metadata import Distribution, PackagePath, distribution
from pathlib import Path

import pytest
from supply.expressions import AT_WORK, DATA, KNOWN, OWN_FILES, PERMISSIVE, allowed, is_expression
from supply.installed import SAID, licence_of
from supply.licences import WITH, groups, page
from supply.locks import REQUIREMENTS, read_lock
from supply.materials import ABOUT, PACKAGE, materials, ours, terms, to_account_for
from supply.project import EXTRAS, asked_by

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/reference/licences.md").read_text(encoding="utf-8")
NOTICE = (ROOT / "NOTICE").read_text(encoding="utf-8")
HANDED_ON = PERMISSIVE | OWN_FILES


def listed(heading: str) -> dict[str, str]:
    """Packages and licences of a table of the page."""
    part = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", PAGE, re.DOTALL | re.MULTILINE)
    assert part, heading
    table = part[1].split("| --- | --- |\n")[1]
    return dict(re.findall(r"^\| ([a-z0-9\-]+) \| (.+?) \|$", table, re.MULTILINE))


def headings() -> Iterator[tuple[str, str]]:
    yield "run", "Installed with it"
    yield from ((extra, f"Installed with the extra `{extra}`") for extra in WITH)
    yield "work", "To develop"


def test_every_package_that_is_locked_is_listed() -> None:
    assert listed("Installed with it").keys() == read_lock(REQUIREMENTS / "run.txt").keys()
    everything = {name for _, heading in headings() for name in listed(heading)}
    assert everything == read_lock(REQUIREMENTS / "check.txt").keys()


@pytest.mark.usefixtures("locked")
def test_the_page_is_what_the_packages_say() -> None:
    assert f"{page()}\n" == PAGE


@pytest.mark.parametrize(("group", "heading"), list(headings()))
def test_no_licence_is_unknown_or_asks_for_more_than_can_be_given(group: str, heading: str) -> None:
    """As listed, and as whatever is installed here says, be it another release than the locked one."""
    taken = HANDED_ON if group != "work" else HANDED_ON | AT_WORK
    assert listed(heading)
    said = {name: licence_of(distribution(name)) for name in groups()[group]}
    assert [name for name, licence in said.items() if licence is None] == []
    for licences in (listed(heading), said):
        assert {name: licence for name, licence in licences.items() if not allowed(str(licence), taken)} == {}


def test_every_extra_has_its_table() -> None:
    assert set(EXTRAS) == {*WITH, "dev", "train"}
    assert {r.name for r in asked_by("train")} == {row["name"] for row in ABOUT["train"]}
    assert all(allowed(row["licence"], HANDED_ON) for row in ABOUT["train"])


def test_no_licence_is_said_of_a_package_that_is_not_there() -> None:
    assert SAID.keys() <= read_lock(REQUIREMENTS / "check.txt").keys()


@pytest.mark.parametrize(
    ("expression", "answer"),
    [
        ("MIT", True),
        ("GPL-2.0-only", False),
        ("MPL-1.1 OR GPL-2.0-only", True),
        ("GPL-2.0-only OR GPL-3.0-or-later", False),
        ("MIT AND GPL-3.0-or-later", False),
        ("MIT OR Apache-2.0 AND GPL-3.0-or-later", True),
        ("(MIT OR Apache-2.0) AND GPL-3.0-or-later", False),
        ("MPL-2.0 AND (Apache-2.0 OR AGPL-3.0-only)", True),
    ],
)
def test_of_a_choice_one_will_do_and_of_a_sum_none_is_missing(expression: str, answer: bool) -> None:
    assert allowed(expression, HANDED_ON) is answer


@pytest.mark.parametrize(
    "text",
    ["", "BSD", "MIT License", "MIT OR", "MIT AND", "(MIT", "MIT)", "MIT MIT", "SSPL-1.0", "Apache-2.0; MIT", "OR"],
)
def test_what_is_no_expression_of_known_licences_is_refused(text: str) -> None:
    assert not is_expression(text)
    with pytest.raises(ValueError, match="licence"):
        allowed(text, KNOWN)


class Made(Distribution):
    """A package whose metadata and files are made up."""

    def __init__(self, folder: Path, fields: dict[str, str], text: str = "") -> None:
        self._folder, self._fields = folder, fields
        (folder / "a.dist-info").mkdir()
        (folder / "a.dist-info/LICENSE").write_text(text, encoding="utf-8")

    @property
    def metadata(self) -> Message:  # type: ignore[override]
        message = Message()
        for key, value in {"Name": "a", **self._fields}.items():
            message[key] = value
        return message

    @property
    def files(self) -> list[PackagePath]:
        path = PackagePath("a.dist-info/LICENSE")
        path.dist = self
        return [path]

    def read_text(self, filename: str) -> None:
        return None

    def locate_file(self, path: object) -> Path:
        return self._folder / str(path)


BSD = "Redistribution and use in source and binary forms, with or without modification, are permitted"
OF_BSD = {"Classifier": "License :: OSI Approved :: BSD License"}


@pytest.mark.parametrize(
    ("fields", "text", "licence"),
    [
        ({"License-Expression": "MIT OR GPL-2.0-only", "License": "BSD"}, "", "MIT OR GPL-2.0-only"),
        ({"License": "MIT License"}, "", "MIT"),
        ({"License": "Copyright 2020 by us\nall of it"}, "", None),
        ({"Classifier": "License :: OSI Approved :: ISC License (ISCL)"}, "", "ISC"),
        (OF_BSD, BSD, "BSD-2-Clause"),
        (OF_BSD, f"{BSD}. Neither the name of the holder nor", "BSD-3-Clause"),
        (OF_BSD, "All rights reserved", None),
        ({"License": "Proprietary"}, "", None),
        ({}, "", None),
    ],
)
def test_a_package_tells_its_licence_in_one_way_or_none(
    tmp_path: Path, fields: dict[str, str], text: str, licence: str | None
) -> None:
    assert licence_of(Made(tmp_path, fields, text)) == licence


def test_every_file_that_is_no_code_is_accounted_for_once() -> None:
    of_others = [path for material in materials() for path in material.files]
    assert len(of_others) == len(set(of_others))
    assert not set(of_others) & ours()
    assert {*of_others, *ours(), *terms()} == to_account_for()


def test_what_of_others_is_inside_may_be_handed_on() -> None:
    for material in materials():
        assert allowed(material.licence, PERMISSIVE | DATA), material.name
        assert material.terms is None or (PACKAGE / material.terms).read_text(encoding="utf-8").strip()
        assert f"| {material.name} {material.version}: " in PAGE


def test_the_gazetteer_names_the_same_licences_itself() -> None:
    (stated,) = (m.licence for m in materials() if m.name == "onrecord-gazetteer")
    sources = json.loads((PACKAGE / "reader/data/gazetteer.json").read_text(encoding="utf-8"))["sources"]
    assert set(stated.split(" AND ")) == {source["licence"] for source in sources.values()}


@pytest.mark.parametrize("folder", ["reader/weights", "reader/weights/small"])
def test_the_weights_are_of_the_version_that_is_named(folder: str) -> None:
    about = json.loads((PACKAGE / folder / "reader.json").read_text(encoding="utf-8"))
    assert (about["name"], about["version"]) in {(m.name, m.version) for m in materials()}


def test_vendored_files_are_those_whose_digests_are_written_down() -> None:
    folder = PACKAGE / "views/web/static/vendor"
    table = (folder / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(.+?)` \| (\S+) (\S+) \| (\S+), `.+?` \| .+? \| `([0-9a-f]{64})` \|$", table, re.MULTILINE)
    assert {f"{folder.relative_to(PACKAGE)}/{row[0]}" for row in rows} == {
        path for m in materials() for path in m.files if "vendor" in path
    }
    named = {(m.name, m.version, m.licence) for m in materials()}
    for name, package, version, licence, digest in rows:
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest, name
        assert (package, version, licence) in named


@pytest.mark.parametrize("part", ["taught", "beside"])
def test_data_that_is_not_in_the_package_is_named_too(part: str) -> None:
    for row in ABOUT[part]:
        assert f"{row['licence']} | {row['what']} |" in PAGE
        assert "path" not in row or (ROOT / row["path"]).exists()


def test_the_notice_names_whose_work_is_inside() -> None:
    for holder in (
        "GeoNames",
        "Unicode, Inc.",
        "Porimol Chandro",
        "University of\nWashington",
        "Natural Earth",
        "PolNeAR",
    ):
        assert holder in NOTICE

"""What a cluster read comes into a ledger as if the ledger had read it: once, whatever was there and whoever was killed."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest
from benchmarks.synthetic import readings as invented
from tests.cluster.test_deriving import put
from tests.ledger.contents import contents, differences

from onrecord.cluster import Loaded, load
from onrecord.errors import OutputError
from onrecord.ledger import Ledger
from onrecord.reading import Reading

GIVEN = list(islice(invented(600), 24))


def local(path: Path, readings: list[Reading]) -> Path:
    with Ledger.open(path) as ledger:
        list(ledger.add(readings))
    return path


def loaded(output: Path, path: Path) -> Loaded:
    with Ledger.open(path) as ledger:
        return load(output, ledger)


def same(one: Path, other: Path) -> bool:
    """Whether two ledgers hold the same, but for how far which file was read into them."""
    found, wanted = contents(one), contents(other)
    assert differences(found | {"meta": []}, wanted | {"meta": []}) == {}
    return True


def test_a_ledger_that_was_loaded_is_as_if_it_had_read(tmp_path: Path) -> None:
    older = replace(GIVEN[3], model="weights 0", statements=(), figures=())
    again = replace(GIVEN[4], document=replace(GIVEN[4].document, url="https://again.example/"))
    put(tmp_path / "output", [[older, *GIVEN[:1]]], how="weights 0")
    put(tmp_path / "output", [GIVEN[:10], [again, *GIVEN[10:]]], first=1)
    found = loaded(tmp_path / "output", tmp_path / "loaded.db")
    assert (found.added, found.replaced, found.known, found.refusals) == (24, 0, 0, [])
    assert same(tmp_path / "loaded.db", local(tmp_path / "local.db", GIVEN))
    assert loaded(tmp_path / "output", tmp_path / "loaded.db") == Loaded(passed=24)


def test_a_ledger_that_holds_others_already_takes_them_too(tmp_path: Path) -> None:
    put(tmp_path / "output", [GIVEN[:16]])
    filled = local(tmp_path / "filled.db", GIVEN[12:])
    assert loaded(tmp_path / "output", filled) == Loaded(added=12, known=4)
    assert same(filled, local(tmp_path / "local.db", GIVEN))


def test_one_that_was_killed_goes_on(tmp_path: Path) -> None:
    put(tmp_path / "output", [GIVEN[:8], GIVEN[8:16], GIVEN[16:]])

    def killed(done: int, total: int) -> None:
        if done == 13:
            raise KeyboardInterrupt

    with Ledger.open(tmp_path / "loaded.db") as ledger:
        with pytest.raises(KeyboardInterrupt):
            load(tmp_path / "output", ledger, progress=killed)
        found = load(tmp_path / "output", ledger)
    assert found.added + found.known + found.passed == 24
    assert found.known >= 1
    assert same(tmp_path / "loaded.db", local(tmp_path / "local.db", GIVEN))


def test_what_is_damaged_is_named(tmp_path: Path) -> None:
    (note,) = put(tmp_path / "output", [GIVEN[:2]])
    path = tmp_path / "output" / "documents" / f"{note.key}.parquet"
    path.write_bytes(path.read_bytes()[:-20])
    with Ledger.open(":memory:") as ledger, pytest.raises(OutputError, match=note.key):
        load(tmp_path / "output", ledger)
    with Ledger.open(":memory:") as ledger, pytest.raises(OutputError, match="nothing here"):
        load(tmp_path, ledger)

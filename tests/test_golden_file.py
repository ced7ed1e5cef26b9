"""The golden file of the demo is well-formed: files exist, words stand in them, nothing contradicts itself."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any, get_args

import pytest

from onrecord.errors import InputError
from onrecord.intake import documents
from onrecord.records import Document, Status, Tally

ROOT = Path(__file__).parents[1]
EVENT = ROOT / "samples" / "velna-dam"
GOLDEN = ROOT / "tests" / "golden" / "velna-dam.json"

STANDINGS = {"withdrawn", "revised", "disputed", "denied", "corroborated", "single source"}
RULES = {"figures", "denial", "reversal", "opposite"}
KINDS = {"reprint", "excerpt", "rewrite", "update", "translation"}
TRENDS = {"rising", "falling", "steady", "mixed", "single"}

Anchor = tuple[str, str]
Golden = dict[str, Any]


@pytest.fixture(scope="module")
def golden() -> Golden:
    found: Golden = json.loads(GOLDEN.read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """The text of each article by its name in the golden file: the file's, or `file#row` in JSON Lines."""
    named: dict[str, str] = {}
    for path in sorted(EVENT.iterdir()):
        for number, article in enumerate(documents([str(path)]), start=1):
            assert not isinstance(article, InputError), article
            assert isinstance(article, Document)
            named[f"{path.name}#{number}" if path.suffix == ".jsonl" else path.name] = article.text
    return named


def points(series: Golden) -> list[Anchor]:
    return [(point["file"], point["words"]) for point in series["points"]]


def pairs(golden: Golden, kind: str) -> list[tuple[Anchor, Anchor]]:
    return [(tuple(a), tuple(b)) for a, b in golden["not"][kind]]


def anchors(golden: Golden) -> Iterator[Anchor]:
    for claim in golden["claims"]:
        yield from map(tuple, claim["anchors"])
    for series in golden["series"]:
        yield from points(series)
    for conflict in golden["conflicts"]:
        yield from (tuple(conflict["a"]), tuple(conflict["b"]))
    for person in golden["people"]:
        yield from map(tuple, person["forms"])
    for kind in ("claims_together", "series_together", "conflicts", "people_together"):
        for pair in pairs(golden, kind):
            yield from pair


def test_all_words_stand_in_their_article(golden: Golden, texts: dict[str, str]) -> None:
    assert [(name, words) for name, words in anchors(golden) if words not in texts.get(name, "")] == []


def test_the_words_of_claims_and_figures_stand_only_once(golden: Golden, texts: dict[str, str]) -> None:
    told = [tuple(anchor) for claim in golden["claims"] for anchor in claim["anchors"]]
    told += [point for series in golden["series"] for point in points(series)]
    assert [(name, words) for name, words in told if texts[name].count(words) != 1] == []


def test_copies_are_articles_of_one_group_each(golden: Golden, texts: dict[str, str]) -> None:
    members = [name for group in golden["copies"] for name in (group["origin"], *group["members"])]
    assert [name for name, times in Counter(members).items() if times > 1 or name not in texts] == []
    assert {kind for group in golden["copies"] for kind in group["members"].values()} == KINDS
    apart = [{a, b} for a, b in golden["not"]["copies"]]
    assert all(pair <= set(texts) and len(pair) == 2 for pair in apart)
    together = [set(p) for g in golden["copies"] for p in combinations((g["origin"], *g["members"]), 2)]
    assert [pair for pair in together if pair in apart] == []


def test_values_are_from_their_lists(golden: Golden) -> None:
    assert {claim["standing"] for claim in golden["claims"]} == STANDINGS
    assert {conflict["rule"] for conflict in golden["conflicts"]} == RULES
    assert {series["trend"] for series in golden["series"]} == TRENDS
    told = [point for series in golden["series"] for point in series["points"]]
    assert {point["status"] for point in told} <= set(get_args(Status))
    assert {point["tally"] for point in told} == set(get_args(Tally))


def test_a_standing_fits_its_holders(golden: Golden) -> None:
    for claim in golden["claims"]:
        says, standing, holders = claim["says"], claim["standing"], claim["holders"]
        assert claim["independent"] <= len(holders), says
        assert bool(holders) == bool(claim["independent"]) == (standing != "denied"), says
        assert (standing == "corroborated") <= (claim["independent"] >= 2 and not claim["deniers"]), says
        assert (standing == "single source") <= (claim["independent"] == 1 and not claim["deniers"]), says
        assert (standing in {"disputed", "denied"}) <= bool(claim["deniers"]), says
        assert len({tuple(anchor) for anchor in claim["anchors"]}) == len(claim["anchors"]) > 0, says


def test_figures_are_intervals_and_series_are_of_one_status_and_tally(golden: Golden) -> None:
    for series in golden["series"]:
        told = series["points"]
        for value in (*told, series["best"]):
            low, high = value["low"], value["high"]
            assert low is not None or high is not None, series["what"]
            assert low is None or high is None or low <= high, series["what"]
        assert len({(point["status"], point["tally"]) for point in told}) == 1, series["what"]
        values = {(point["low"], point["high"]) for point in told}
        moments = {point["as_of"] for point in told}
        assert (series["trend"] == "single") <= (len(moments) == 1), series["what"]
        assert (series["trend"] in {"rising", "falling", "mixed"}) <= (len(values) > 1), series["what"]


def test_nothing_is_both_together_and_apart(golden: Golden) -> None:
    claims = [{tuple(anchor) for anchor in claim["anchors"]} for claim in golden["claims"]]
    series = [set(points(one)) for one in golden["series"]]
    people = [{tuple(form) for form in person["forms"]} for person in golden["people"]]
    for kind, groups in (("claims_together", claims), ("series_together", series), ("people_together", people)):
        assert [p for p in pairs(golden, kind) if p[0] == p[1] or any(set(p) <= group for group in groups)] == []
    conflicting = [{tuple(conflict["a"]), tuple(conflict["b"])} for conflict in golden["conflicts"]]
    assert len({frozenset(pair) for pair in conflicting}) == len(conflicting)
    assert [pair for pair in pairs(golden, "conflicts") if set(pair) in conflicting] == []


def test_no_words_stand_in_two_claims_or_two_series(golden: Golden) -> None:
    told = Counter(tuple(anchor) for claim in golden["claims"] for anchor in claim["anchors"])
    assert [anchor for anchor, times in told.items() if times > 1] == []
    counted = Counter(point for series in golden["series"] for point in points(series))
    assert [point for point, times in counted.items() if times > 1] == []


def test_most_articles_have_a_part_in_it(golden: Golden, texts: dict[str, str]) -> None:
    assert len(texts) == 40
    assert set(texts) - {name for name, _ in anchors(golden)} == set()

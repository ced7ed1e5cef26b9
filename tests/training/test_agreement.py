"""Agreement of two annotators: what matches, what is compared, and what Cohen's kappa makes of it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from training.agreement import agreement, annotated_twice, kappa, main, pair, report

TEXT = "Mayor Ana Ruiz said on Monday that the bridge is safe. Two engineers asked her to close it."


def span(part: str) -> list[int]:
    start = TEXT.index(part)
    return [start, start + len(part)]


def statement(speaker: str | None, content: str, act: str = "say", **more: Any) -> dict[str, Any]:
    made = {"speaker": speaker, "content": [span(content)], "act": act, "manner": "indirect", "said_on": "2024-05-06"}
    return made | more


def gold(**layers: Any) -> dict[str, Any]:
    return {"statements": [], "figures": [], "moments": [], "entities": {}} | layers


def layer(name: str, first: dict[str, Any], second: dict[str, Any]) -> Any:
    return agreement([(TEXT, first, second)])[name]


RUIZ = {"Ana Ruiz": {"names": ["Ana Ruiz"], "nominals": ["her"]}}


def test_statements_match_by_shared_words() -> None:
    whole, part = "that the bridge is safe", "the bridge is safe"
    found = layer("statements", gold(statements=[statement(None, whole)]), gold(statements=[statement(None, part)]))
    assert (found.f1, found.equal["act"], found.equal["manner"]) == (1.0, [True], [True])


def test_statements_that_share_few_words_do_not_match() -> None:
    first = gold(statements=[statement(None, "that the bridge is safe")])
    found = layer("statements", first, gold(statements=[statement(None, "is")]))
    assert (found.both, found.f1, found.equal) == (0, 0.0, {})


def test_a_statement_that_one_annotator_missed_costs_half_as_much_in_f1() -> None:
    one, two = statement(None, "that the bridge is safe"), statement(None, "her to close it", "demand")
    found = layer("statements", gold(statements=[one, two]), gold(statements=[two]))
    assert (found.first, found.second, found.both) == (2, 1, 1)
    assert found.f1 == pytest.approx(2 / 3)


def test_a_statement_matches_the_closest_once() -> None:
    outer, inner = statement(None, "on Monday that the bridge is safe"), statement(None, "that the bridge is safe")
    found = layer("statements", gold(statements=[outer, inner]), gold(statements=[inner]))
    assert found.both == 1
    nested = pair([outer, inner], [inner], lambda a, b: 1.0 if a == b else 0.8)
    assert nested == [(inner, inner)]


@pytest.mark.parametrize(
    ("entities", "key", "same"),
    [
        ({"Ruiz": {"names": ["ana ruiz", "Ruiz"]}}, "Ruiz", True),
        ({"mayor": {"names": [], "nominals": ["Mayor", "her"]}}, "mayor", True),
        ({"Eva Ruiz": {"names": ["Eva Ruiz"], "nominals": ["her"]}}, "Eva Ruiz", False),
        ({}, None, False),
    ],
)
def test_speakers_are_one_by_their_names(entities: dict[str, Any], key: str | None, same: bool) -> None:
    """A shared nominal form counts only where one of the two has no name."""
    said = "that the bridge is safe"
    first = gold(statements=[statement("Ana Ruiz", said)], entities=RUIZ)
    found = layer("statements", first, gold(statements=[statement(key, said)], entities=entities))
    assert found.equal["speaker"] == [same]


def test_nobody_is_nobody() -> None:
    both = gold(statements=[statement(None, "the bridge is safe", said_on=None)])
    found = layer("statements", both, both)
    assert (found.equal["speaker"], found.equal["said_on"]) == ([True], [True])


def test_figures_are_compared_by_value_and_status() -> None:
    first = gold(figures=[{"span": span("Two"), "low": 2, "high": 2, "status": "happened"}])
    second = gold(figures=[{"span": span("Two engineers"), "low": 2, "high": None, "status": "happened"}])
    found = layer("figures", first, second)
    assert (found.f1, found.equal) == (1.0, {"value": [False], "status": [True]})


def test_an_open_end_left_out_equals_null() -> None:
    first = gold(figures=[{"span": span("Two"), "low": 2, "status": "happened"}])
    second = gold(figures=[{"span": span("Two"), "low": 2, "high": None, "status": "planned"}])
    assert layer("figures", first, second).equal == {"value": [True], "status": [False]}


def test_moments_are_compared_by_value() -> None:
    first = gold(moments=[{"span": span("Monday"), "value": "2024-05-06"}])
    second = gold(moments=[{"span": span("on Monday"), "value": "2024-05-13"}, {"span": span("Two"), "value": "2002"}])
    found = layer("moments", first, second)
    assert (found.f1, found.equal) == (pytest.approx(2 / 3), {"value": [False]})


def test_entities_without_a_name_are_not_compared() -> None:
    more = {"Ruiz": {"names": ["Ana Ruiz", "Ruiz"]}, "engineers": {"names": [], "nominals": ["Two engineers"]}}
    found = layer("entities", gold(entities=RUIZ), gold(entities=more))
    assert (found.f1, found.equal) == (1.0, {"joined": [False]})


def test_kappa_takes_chance_out() -> None:
    # Two of four agree, as chance alone would have it: each gave each label twice.
    assert kappa([("say", "say"), ("say", "ask"), ("ask", "say"), ("ask", "ask")]) == 0.0
    assert kappa([("say", "say"), ("ask", "ask")]) == 1.0
    # Seen 3/4; chance (3·2 + 1·2) / 16 = 1/2.
    assert kappa([("say", "say"), ("say", "say"), ("say", "ask"), ("ask", "ask")]) == 0.5


@pytest.mark.parametrize("pairs", [[], [("say", "say")] * 3])
def test_kappa_says_nothing_where_there_was_no_choice(pairs: list[tuple[str, str]]) -> None:
    assert kappa(pairs) is None


def write(folder: Path, name: str, made: dict[str, Any]) -> None:
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.gold.json").write_text(json.dumps(made), encoding="utf-8")


def test_only_articles_annotated_twice_are_read(tmp_path: Path) -> None:
    text = TEXT.replace(". ", ".\r\n")
    (tmp_path / "both.txt").write_bytes(text.encode())
    for folder, name in [(tmp_path, "both"), (tmp_path, "first"), (tmp_path / "second", "both")]:
        write(folder, name, gold())
    write(tmp_path / "second", "second", gold())
    assert [t for t, _, _ in annotated_twice(tmp_path, tmp_path / "second")] == [text]


def test_the_command_prints_each_layer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "one.txt").write_text(TEXT, encoding="utf-8")
    made = gold(statements=[statement("Ana Ruiz", "the bridge is safe")], entities=RUIZ)
    write(tmp_path, "one", made)
    write(tmp_path / "second", "one", made)
    monkeypatch.setattr(sys, "argv", ["agreement", "--first", str(tmp_path), "--second", str(tmp_path / "second")])
    main()
    out = capsys.readouterr().out
    assert "articles annotated twice: 1" in out
    assert "statements   found    F1 1.000  (1 in both, 1 in the first, 1 in the second)" in out


def test_no_kappa_stands_where_it_says_nothing() -> None:
    both = gold(statements=[statement(None, "the bridge is safe")])
    lines = report("statements", layer("statements", both, both))
    assert len(lines) == 5
    assert not any("kappa" in line for line in lines)


def test_the_command_refuses_folders_without_a_shared_article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["agreement", "--first", str(tmp_path), "--second", str(tmp_path)])
    with pytest.raises(SystemExit, match="2"):
        main()

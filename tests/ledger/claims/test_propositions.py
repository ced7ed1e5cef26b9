"""What a reading asserts, denies, leaves open."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from tests.ledger.claims.conftest import Article
from tests.ledger.conftest import any_reading

from onrecord.ledger.claims.facts import dump, facts_of, load
from onrecord.ledger.claims.lexicon import concept
from onrecord.ledger.claims.propositions import propositions
from onrecord.records import Span


def only(article: Article):
    (found,) = propositions(article.reading())
    return found


def test_a_statement_is_cut_where_a_clause_of_its_own_begins() -> None:
    a = Article()
    a.says(
        a.who("Edrin Sauk"),
        "that 60 people were missing and that 12,000 residents had been moved",
        {"missing": "miss", "moved": "move"},
    )
    text = a.reading().document.text
    found = propositions(a.reading())
    assert [p.words(text) for p in found] == ["that 60 people were missing", "12,000 residents had been moved"]
    assert [p.record for p in found] == ["s1", "v2"]
    assert {p.statement for p in found} == {"s1"}


def test_a_figure_before_the_verb_keeps_two_nouns_together() -> None:
    a = Article()
    a.says(a.who("Mirela Vantor"), "that the state had asked for 50 boats and 20 pumps", {"asked": "ask"})
    assert len(propositions(a.reading())) == 1


@pytest.mark.parametrize(
    ("cue", "act", "negated", "words", "stance", "negative"),
    [
        ("denied", "deny", False, "that it opened the sluices", "denies", False),
        ("did not confirm", "confirm", True, "that it opened the sluices", "neither", False),
        ("did not deny", "deny", True, "that it opened the sluices", "neither", False),
        ("does not think", "think", True, "that it opened the sluices", "denies", False),
        ("doubts", "think", False, "that it opened the sluices", "neither", False),
        ("said", "say", False, "whether it opened the sluices", "neither", False),
        ("insisted", "deny", False, "that it had not opened the sluices", "denies", False),
        ("said", "say", False, "that it had not opened the sluices", "holds", True),
        ("said", "say", False, "that it could not confirm that it opened the sluices", "neither", False),
        ("said", "say", False, "there were no open sluices", "denies", False),
        ("said", "say", False, "that no fewer than two sluices were opened", "holds", False),
    ],
)
def test_stance(cue: str, act: str, negated: bool, words: str, stance: str, negative: bool) -> None:
    a = Article()
    trigger = next(w for w in ("opened", "open") if w in words)
    a.says(a.who("Delport", "country"), words, {trigger: "open"}, cue=cue, act=act, negated=negated)
    found = only(a)
    assert (found.stance, found.negative) == (stance, negative)


@pytest.mark.parametrize("words", ["it", "this", "the accusation", "these claims", "the report"])
def test_words_that_only_point(words: str) -> None:
    a = Article()
    a.says(a.who("Delport", "country"), words, cue="denied", act="deny")
    assert only(a).refers == "claim"


@pytest.mark.parametrize("clause", ["", "it plans to send soldiers"])
def test_what_is_called_untrue_stands_behind_the_noun_for_it(clause: str) -> None:
    """Outside of the content, or in it as well."""
    a = Article()
    by = a.who("Oltan Brezik")
    a.says(
        a.who("Ruvania", "country"),
        "“a fantasy” the claim by Oltan Brezik that it plans to send soldiers",
        {"send": "send:planned"},
        cue="has dismissed as",
        act="judge",
    )
    statement = a.statements[0]
    start = a.text.index("“a")
    pieces = [Span(start, start + len("“a fantasy”"))]
    if clause:
        pieces.append(Span(a.text.index(clause), a.text.index(clause) + len(clause)))
    a.statements[0] = replace(statement, content=tuple(pieces))
    text = a.reading().document.text
    denied, held = sorted(propositions(a.reading()), key=lambda p: p.stance)
    assert denied.words(text) == held.words(text) == "it plans to send soldiers."
    assert (denied.stance, held.stance, held.speaker) == ("denies", "holds", by)


def test_what_the_outlet_tells_that_somebody_leaves_open() -> None:
    a = Article()
    malvane = a.who("Kester Malvane")
    a.tells(
        "Kester Malvane neither confirmed nor denied the shooting.",
        {"confirmed": "confirm", "denied": "deny", "shooting": "shooting"},
    )
    found = only(a)
    assert (found.speaker, found.stance, found.voice) == (malvane, "neither", "statement")


@pytest.mark.parametrize(
    "words",
    ["I was wrong about the spillway", "I take it back", "We withdraw what we said about the spillway"],
)
def test_taking_back(words: str) -> None:
    a = Article()
    a.says(a.who("Ilsa Quenby"), words, {words.split()[1]: "x"})
    assert only(a).withdraws


def test_phrases_and_their_negations_are_one_concept() -> None:
    assert concept(["could", "not", "be", "reached"])[0] == concept(["missing"])[0]
    a = Article()
    a.says(a.who("Pavla Hemmerin"), "that 200 residents could not be reached", {"reached": "reach:denied"})
    assert not only(a).negative


@given(any_reading())
def test_any_reading_gives_propositions_within_its_text_that_survive_storing(reading) -> None:
    facts = facts_of(reading)
    for p in facts.propositions:
        assert all(0 <= s.start < s.end <= len(reading.document.text) for s in p.spans)
    assert len({p.record for p in facts.propositions}) == len(facts.propositions)
    assert load(dump(facts)) == facts

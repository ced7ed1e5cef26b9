"""Propositions that the outlet takes back or that others said, and the bodies that roles are of."""

from __future__ import annotations

import pytest
from tests.ledger.claims.conftest import Article

from onrecord import records as r
from onrecord.ledger.claims.facts import facts_of
from onrecord.ledger.claims.propositions import propositions
from onrecord.reading import Reading
from onrecord.records import Span


def at(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def test_an_outlet_corrects_itself() -> None:
    article = Article()
    article.tells("An earlier version of this report misstated the number killed.", {"misstated": "misstate"})
    (found,) = propositions(article.reading())
    assert (found.withdraws, found.stance, found.voice, found.act) == (True, "neither", "outlet", "report")


def test_who_takes_a_figure_back_by_name_is_the_outlet_that_corrects() -> None:
    article = Article(publisher="The Echo")
    paper = article.who("Lowland News", "organisation")
    article.tells("Lowland News retracted the figure.", {"retracted": "retract"})
    article.events[0] = r.Event(
        "v1", article.events[0].span, "retract", None, (paper,), (), (), None, "happened", None, 0.9
    )
    article.tells("An earlier version of this report misstated the number killed.", {"misstated": "misstate"})
    found = propositions(article.reading())
    assert [(p.withdraws, p.speaker) for p in found] == [(True, paper), (True, paper)]
    own = Article(publisher="The Lowland News Group")
    paper = own.who("Lowland News", "organisation")
    own.tells("Lowland News retracted the figure.", {"retracted": "retract"})
    own.events[0] = r.Event("v1", own.events[0].span, "retract", None, (paper,), (), (), None, "happened", None, 0.9)
    assert [p.speaker for p in propositions(own.reading())] == [None]  # it speaks of itself


def test_what_another_said_is_what_a_denial_of_it_is_about() -> None:
    article = Article()
    speaker = article.who("Salme Orvind")
    outer = article.says(speaker, "his word that the wall had moved", {"moved": "move"}, cue="denied", act="deny")
    text, content = article.text, article.statements[0].content[0]
    inner_content = at(text, "that the wall had moved")
    article.statements.append(
        r.Statement(
            "s2",
            (at(text, "his"),),
            None,
            (at(text, "word"),),
            (inner_content,),
            "indirect",
            "say",
            False,
            None,
            outer,
            0.9,
        )
    )
    found = {p.record: p for p in propositions(article.reading())}
    assert found["s1"].words(text) == found["s2"].words(text) == "that the wall had moved"
    assert (found["s1"].stance, found["s2"].stance, found["s2"].reporters) == ("denies", "holds", ("s1",))
    assert content.covers(inner_content)


@pytest.mark.parametrize(
    ("title", "of", "expected"),
    [
        ("head", "e2", "e2"),
        ("head", None, None),
        ("head of the Emergency Service", None, "Emergency Service"),
        ("the ministry spokesman", None, "ministry"),
        ("a Velna Hydro spokeswoman", None, "Velna Hydro"),
        ("spokesman", None, None),
        ("its head", None, "e3"),
        ("its head", "e2", "e3"),
        ("head", "its", "e3"),
        ("Itself", None, None),
    ],
)
def test_the_body_that_a_role_belongs_to(title: str, of: str | None, expected: str | None) -> None:
    text = "Menu of Red Cross.\nA Council and a Union met Ann, its head there, of Sauk Works."
    blocks = (r.Block(Span(0, 18), "boilerplate"), r.Block(Span(19, len(text)), "paragraph"))
    entities = (
        r.Entity("e1", "person", "Ann", (), (r.Role(title, of, at(text, "its head")),)),
        r.Entity("e2", "organisation", "Council"),
        r.Entity("e3", "organisation", "Union"),
        r.Entity("e4", "organisation", "Sauk Works"),
        r.Entity("e5", "organisation", "Red Cross"),
    )
    mentions = tuple(r.Mention(at(text, e.name), e.id, "name") for e in entities)
    said = r.Statement(
        "s1", (at(text, "Ann"),), "e1", (), (at(text, "there"),), "indirect", "say", False, None, None, 0.9
    )
    document = r.Document("0" * 64, text, blocks=blocks)
    facts = facts_of(Reading(document, "by hand", entities, mentions, (said,)))
    assert facts.entities["e1"].of == ((expected,) if expected is not None else ())

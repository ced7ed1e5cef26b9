"""Whose an amount, a level or a count is, and the events that a figure may have been in, by the tree."""

import pytest
from tests.reader.test_figures_tree import context, tree

from onrecord.reader.figures.decoder import FigureContext, read_figures
from onrecord.records import Entity, Figure

FIRM = Entity("e1", "organisation", "Norvik", ("Norvik",))
SPAIN = Entity("e2", "country", "Spain", ("Spain", "Spanish"), (), "iso3166:ES")

SHARES = """
Shares share NOUN NNS 4 nsubj
of of ADP IN 3 case
Norvik Norvik PROPN NNP 1 nmod
fell fall VERB VBD 0 root
3 3 NUM CD 6 nummod
percent percent NOUN NN 4 obj
"""
COMPOUND = """
Norvik Norvik PROPN NNP 3 compound
lorry lorry NOUN NN 3 compound
sales sale NOUN NNS 4 nsubj
plunged plunge VERB VBD 0 root
45 45 NUM CD 6 nummod
percent percent NOUN NN 4 obj
"""
UNHUNG = COMPOUND.replace("Norvik Norvik PROPN NNP 3 compound", "Norvik Norvik PROPN NNP 4 dep")
PROFIT = """
Norvik Norvik PROPN NNP 3 nmod:poss
's 's PART POS 1 case
profit profit NOUN NN 5 nsubj
was be AUX VBD 5 cop
$ $ SYM $ 0 root
2 2 NUM CD 7 compound
billion billion NUM CD 5 nummod
"""
POSTED = """
Norvik Norvik PROPN NNP 2 nsubj
posted post VERB VBD 0 root
a a DET DT 7 det
$ $ SYM $ 7 compound
2 2 NUM CD 6 compound
billion billion NUM CD 4 nummod
loss loss NOUN NN 2 obj
"""
USERS = """
Half half NOUN NN 7 nsubj
of of ADP IN 4 case
the the DET DT 4 det
users user NOUN NNS 1 nmod
of of ADP IN 6 case
Norvik Norvik PROPN NNP 4 nmod
left leave VERB VBD 0 root
"""
SAW = """
Norvik Norvik PROPN NNP 2 nsubj
saw see VERB VBD 0 root
a a DET DT 6 det
45 45 NUM CD 5 nummod
% % SYM NN 6 nmod
drop drop NOUN NN 2 obj
in in ADP IN 9 case
Spanish Spanish ADJ JJ 9 amod
sales sale NOUN NNS 6 nmod
"""
THOSE_OF_ANOTHER = """
Norvik Norvik PROPN NNP 2 compound
shares share NOUN NNS 3 nsubj
rose rise VERB VBD 0 root
5 5 NUM CD 5 nummod
percent percent NOUN NN 3 obj
and and CCONJ CC 8 cc
rivals rival NOUN NNS 8 nsubj
fell fall VERB VBD 3 conj
2 2 NUM CD 10 nummod
percent percent NOUN NN 8 obj
"""
LEVEL = """
Norvik Norvik PROPN NNP 2 nsubj
fell fall VERB VBD 0 root
45 45 NUM CD 4 nummod
points point NOUN NNS 2 obj
to to ADP IN 6 case
9,345 9,345 NUM CD 2 obl
"""
HIGHER = """
Norvik Norvik PROPN NNP 2 nsubj
closed close VERB VBD 0 root
3 3 NUM CD 4 nummod
percent percent NOUN NN 5 nmod:unmarked
higher high ADV RBR 2 advmod
"""
UP = """
Norvik Norvik PROPN NNP 3 nsubj
was be AUX VBD 3 cop
up up ADV RB 0 root
3 3 NUM CD 5 nummod
percent percent NOUN NN 3 obl
"""
INDEX = """
The the DET DT 4 det
Norvik Norvik PROPN NNP 4 compound
Average average PROPN NNP 4 compound
Index index PROPN NNP 5 nsubj
rose rise VERB VBD 0 root
3 3 NUM CD 7 nummod
percent percent NOUN NN 5 obj
"""
BARE_DOLLARS = """
Norvik Norvik PROPN NNP 2 nsubj
fined fine VERB VBD 0 root
a a DET DT 4 det
rival rival NOUN NN 2 obj
$ $ SYM $ 2 obj
5 5 NUM CD 5 nummod
"""


def read(rows: str) -> list[Figure]:
    annotated = tree(rows)
    return read_figures(annotated, context(annotated, (FIRM, SPAIN), {}))[0]


@pytest.mark.parametrize(
    ("rows", "owners"),
    [
        (SHARES, [("Shares", "e1")]),
        (COMPOUND, [("sales", "e1")]),
        (UNHUNG, [("sales", "e1")]),
        (PROFIT, [("profit", "e1")]),
        (POSTED, [("Norvik", "e1")]),
        (USERS, [("users", "e1")]),
        (SAW, [("Norvik", "e1")]),
        (THOSE_OF_ANOTHER, [("shares", "e1"), None]),
        (HIGHER, [("Norvik", "e1")]),
        (UP, [("Norvik", "e1")]),
        (INDEX, [("Index", "e1")]),
        (BARE_DOLLARS, [None]),
    ],
)
def test_an_amount_has_no_noun_but_an_owner(rows: str, owners: list[tuple[str, str] | None]) -> None:
    text = tree(rows).text
    found = [f.counted for f in read(rows)]
    assert [c and (c.span.of(text), c.of) for c in found] == owners
    assert {c.noun for c in found if c} <= {None}


def test_points_and_the_level_they_lead_to_have_the_same_owner() -> None:
    counted = [f.counted for f in read(LEVEL)]
    assert [(c.noun, c.of) for c in counted if c] == [("point", "e1"), ("point", "e1")]


FOREIGN_FIRM = """
A a DET DT 3 det
Spanish Spanish ADJ JJ 3 amod
firm firm NOUN NN 4 nsubj
posted post VERB VBD 0 root
a a DET DT 9 det
$ $ SYM $ 9 compound
2 2 NUM CD 8 compound
billion billion NUM CD 6 nummod
loss loss NOUN NN 4 obj
"""


def test_what_a_foreign_firm_lost_is_not_its_countrys() -> None:
    annotated = tree(FOREIGN_FIRM)
    known = context(annotated, (SPAIN, Entity("e3", "organisation", "Spanish firm", ("Spanish firm",))), {})
    (figure,) = read_figures(annotated, known)[0]
    assert figure.counted is None


VOTED = """
Norvik Norvik PROPN NNP 2 nsubj
voted vote VERB VBD 0 root
52 52 NUM CD 2 obj
- - SYM : 5 case
35 35 NUM CD 3 nmod
"""
MEMBERS = """
The the DET DT 6 det
six six NUM CD 4 nummod
- - PUNCT HYPH 2 punct
member member NOUN NN 6 compound
Spanish Spanish ADJ JJ 6 amod
team team NOUN NN 7 nsubj
left leave VERB VBD 0 root
"""


def test_votes_are_those_of_who_voted() -> None:
    assert [f.counted and (f.counted.noun, f.counted.of) for f in read(VOTED)] == [("vote", "e1"), ("vote", "e1")]


def test_the_members_of_a_body_are_its_nations() -> None:
    (figure,) = read(MEMBERS)
    assert figure.counted is not None
    assert (figure.counted.noun, figure.counted.of) == ("member", "e2")


OR = """
Twelve twelve NUM CD 2 nummod
people people NOUN NNS 4 nsubj:pass
were be AUX VBD 4 aux:pass
killed kill VERB VBN 0 root
or or CCONJ CC 6 cc
injured injure VERB VBN 4 conj
"""


@pytest.mark.parametrize(("word", "others"), [("or", ("v2",)), ("and", ())])
def test_a_figure_that_counts_the_killed_or_injured_names_both_events(word: str, others: tuple[str, ...]) -> None:
    annotated = tree(OR.replace("or or", f"{word} {word}"))
    (figure,) = read_figures(annotated, context(annotated, (), {3: "v1", 5: "v2"}))[0]
    assert (figure.event, figure.or_events) == ("v1", others)


def test_no_events_no_others() -> None:
    (figure,) = read_figures(tree(OR), FigureContext())[0]
    assert (figure.event, figure.or_events) == (None, ())

"""Direction from tense, on hand-made trees: which Tuesday, which May, and when "today" means these days."""

from itertools import pairwise

import pytest

from onrecord.reader.annotated import Annotated, Token
from onrecord.reader.moments import read_moments
from onrecord.reader.moments.tense import direction
from onrecord.records import Document, Span

PUBLISHED = "2015-09-22"  # a Tuesday

# word/tag/head/relation, heads counted from 0; the root's head is itself.
MET_ON_FRIDAY = "They/PRP/1/nsubj met/VBD/1/root in/IN/3/case Geneva/NNP/1/obl on/IN/5/case Friday/NNP/1/obl"
WILL_MEET = "They/PRP/2/nsubj will/MD/2/aux meet/VB/2/root on/IN/4/case Friday/NNP/2/obl"
ARE_TO_BE_HELD = (
    "Votes/NNS/4/nsubj:pass are/VBP/4/aux to/TO/4/mark be/VB/4/aux:pass held/VBN/4/root in/IN/6/case May/NNP/4/obl"
)
SCHEDULED = (
    "Talks/NNS/2/nsubj:pass are/VBP/2/aux:pass scheduled/VBN/2/root to/TO/4/mark resume/VB/2/xcomp Friday/NNP/4/obl"
)
FAILED_TO = "He/PRP/1/nsubj failed/VBD/1/root to/TO/3/mark win/VB/1/xcomp it/PRP/3/obj Friday/NNP/3/obl"
SAID_WOULD = (
    "Kyiv/NNP/1/nsubj said/VBD/1/root Friday/NNP/1/obl:tmod "
    "it/PRP/5/nsubj would/MD/5/aux reply/VB/1/ccomp soon/RB/5/advmod"
)
# A finite verb in -s tagged as a past tense is a present one.
RECONVENES = "Parliament/NNP/1/nsubj reconvenes/VBD/1/root on/IN/3/case Friday/NNP/1/obl"
COULD_NOT = (
    "Neither/DT/4/nsubj of/IN/2/case them/PRP/0/nmod could/MD/5/aux be/VB/5/aux:pass found/VBN/5/root Friday/NNP/5/obl"
)
COULD = "Talks/NNS/3/nsubj:pass could/MD/3/aux be/VB/3/aux:pass opened/VBN/3/root Friday/NNP/3/obl"
UNTIL_FIRST = (
    "Until/IN/1/case Friday/NNP/5/obl they/PRP/5/nsubj had/VBD/5/aux not/RB/5/advmod called/VBN/5/root him/PRP/5/obj"
)
UNTIL_LATER = "They/PRP/1/nsubj gave/VBD/1/root him/PRP/1/iobj until/IN/4/case Friday/NNP/1/obl"
UNTIL_CLOCK = (
    "They/PRP/1/nsubj gave/VBD/1/root him/PRP/1/iobj until/IN/5/case 9/CD/5/nummod a.m./NN/1/obl Friday/NNP/5/nmod"
)
AS_SOON_AS = (
    "He/PRP/2/nsubj had/VBD/2/aux left/VBN/2/root as/RB/4/advmod soon/RB/2/advmod as/IN/6/case Friday/NNP/4/obl"
)
SET_AS = "They/PRP/2/nsubj have/VBP/2/aux set/VBN/2/root Friday/NNP/2/obj as/IN/6/case the/DT/6/det deadline/NN/2/obl"
PUT_OFF = "They/PRP/1/nsubj put/VBD/1/root it/PRP/1/obj off/RP/1/compound:prt to/IN/5/case Friday/NNP/1/obl"
HAS_LEFT = "He/PRP/2/nsubj has/VBZ/2/aux left/VBN/2/root in/IN/4/case May/NNP/2/obl"


def annotate(rows: str) -> Annotated:
    """One sentence written as word/tag/head/relation."""
    parts = [row.split("/") for row in rows.split()]
    text = " ".join(p[0] for p in parts) + "."
    tokens, start = [], 0
    for index, (word, tag, head, relation) in enumerate(parts):
        lemma = {"failed": "fail", "said": "say", "scheduled": "schedule"}.get(word, word.lower())
        span = Span(start, start + len(word))
        tokens.append(Token(index, span, word, lemma, "X", tag, int(head), relation, 0))
        start += len(word) + 1
    return Annotated(Document(id="d", text=text), tuple(tokens), (range(len(tokens)),))


@pytest.mark.parametrize(
    ("rows", "value"),
    [
        (MET_ON_FRIDAY, "2015-09-18"),
        (WILL_MEET, "2015-09-25"),
        (ARE_TO_BE_HELD, "2016-05"),
        (SCHEDULED, "2015-09-25"),
        (FAILED_TO, "2015-09-18"),
        (SAID_WOULD, "2015-09-18"),
        (HAS_LEFT, "2015-05"),
        (RECONVENES, "2015-09-25"),
        (COULD_NOT, "2015-09-18"),
        (COULD, "2015-09-25"),
        (UNTIL_FIRST, "2015-09-18"),
        (UNTIL_LATER, "2015-09-25"),
        (UNTIL_CLOCK, "2015-09-25T09:00"),
        (AS_SOON_AS, "2015-09-25"),
        (SET_AS, "2015-09-25"),
        (PUT_OFF, "2015-09-25"),
    ],
)
def test_the_tense_of_the_governing_verb_decides(rows: str, value: str) -> None:
    assert read_moments(annotate(rows), PUBLISHED)[0][0].value == value


def test_a_possessive_takes_nothing_from_the_verb_of_its_clause() -> None:
    rows = "They/PRP/2/nsubj will/MD/2/aux appeal/VB/2/root Friday/NNP/5/nmod:poss 's/POS/3/case ruling/NN/2/obj"
    annotated = annotate(rows)
    text = annotated.text.replace("Friday 's", "Friday's")
    tokens = [
        Token(t.index, Span(t.span.start - (t.index > 3), t.span.end - (t.index > 3)), *_rest(t))
        for t in annotated.tokens
    ]
    joined = Annotated(Document(id="d", text=text), tuple(tokens), annotated.sentences)
    assert [m.value for m in read_moments(joined, PUBLISHED)[0]] == ["2015-09-18"]


def _rest(token: Token) -> tuple[str, str, str, str, int, str, int]:
    return token.text, token.lemma, token.upos, token.tag, token.head, token.relation, token.sentence


@pytest.mark.parametrize(
    ("rows", "value"),
    [
        (
            "Today/NN/4/obl:tmod ,/,/0/punct many/JJ/3/amod Greeks/NNPS/4/nsubj worship/VBP/4/root them/PRP/4/obj",
            "PRESENT_REF",
        ),
        ("Today/NN/3/obl:tmod I/PRP/3/nsubj can/MD/3/aux confirm/VB/3/root it/PRP/3/obj", PUBLISHED),
        ("The/DT/1/det court/NN/3/nsubj today/NN/3/obl:tmod ruled/VBD/3/root", PUBLISHED),
        ("Boeing/NNP/2/nsubj today/NN/2/obl:tmod unveils/VBZ/2/root it/PRP/2/obj", PUBLISHED),
        ("Today/NN/4/nsubj is/VBZ/4/cop the/DT/4/det last/JJ/4/amod day/NN/4/root", PUBLISHED),
        ("We/PRP/1/nsubj meet/VBP/1/root them/PRP/1/obj today/NN/1/obl:tmod", PUBLISHED),
    ],
)
def test_today_is_the_day_of_publication_or_these_days(rows: str, value: str) -> None:
    assert read_moments(annotate(rows), PUBLISHED)[0][0].value == value


@pytest.mark.parametrize(
    ("rows", "values"),
    [
        ("As/IN/2/mark winter/NN/2/nsubj nears/VBZ/2/root", ["2015-WI"]),
        ("and/CC/2/cc winter/NN/2/compound wheat/NN/2/root", []),
        ("they/PRP/1/nsubj spring/VBP/1/root up/RP/1/compound:prt", []),
        ("Summer/NNP/1/nsubj said/VBD/1/root", []),
    ],
)
def test_a_season_without_a_determiner(rows: str, values: list[str]) -> None:
    assert [m.value for m in read_moments(annotate(rows), PUBLISHED)[0]] == values


def test_without_tags_the_words_around_tell() -> None:
    text = "They will meet on Friday. They have met. He was killed on Friday."
    annotated = Annotated(Document(id="d", text=text), (), ())
    spans = [m.span for m in read_moments(annotated, PUBLISHED)[0]]
    assert [direction(annotated, s) for s in spans] == [1, -1]
    assert all(a.end <= b.start for a, b in pairwise(spans))


@pytest.mark.parametrize(
    ("text", "ahead"),
    [
        ("A plan to leave on Monday.", True),
        ("A plan to go out on Monday.", True),
        ("A trip to the coast on Monday.", False),
        ("A letter to a friend on Monday.", False),
        ("A trip to Oslo on Monday.", False),
    ],
)
def test_without_tags_a_verb_behind_to_points_ahead(text: str, ahead: bool) -> None:
    annotated = Annotated(Document(id="d", text=text), (), ())
    (moment,) = read_moments(annotated, PUBLISHED)[0]
    assert (direction(annotated, moment.span) > 0) == ahead

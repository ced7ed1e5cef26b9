"""Cutting sentences into parts, verbs by their form, what a statement does with its content, acts told in other words."""

from __future__ import annotations

import hashlib

import pytest
from tests.ledger.claims.conftest import Article

from onrecord import records as r
from onrecord.ledger.claims.facts import facts_of
from onrecord.ledger.claims.inner import inner_act
from onrecord.ledger.claims.pieces import is_verb, parts, sentences, subtract, trimmed
from onrecord.ledger.claims.propositions import propositions
from onrecord.ledger.claims.stances import (
    attitude,
    disbelieves,
    has_negation,
    is_admission,
    is_repeated,
    is_withdrawal,
    reference,
    says_there_is_none,
)
from onrecord.reading import Reading
from onrecord.records import Span


def at(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def event(text: str, word: str, lemma: str, key: str = "v1") -> r.Event:
    return r.Event(key, at(text, word), lemma, None, (), (), (), None, "happened", None, 0.9)


@pytest.mark.parametrize(
    ("text", "word", "lemma", "verb"),
    [
        ("killed", "killed", "kill", True),
        ("killing", "killing", "kill", True),
        ("the feed", "feed", "feed", False),
        ("the meeting", "meeting", "meeting", False),
        ("sent", "sent", "send", True),  # another form of it
        ("went", "went", "go", False),  # of another beginning: it may be any word
        ("plans", "plans", "plan", False),
        ("plans to leave", "plans", "plan", True),
        ("knows the dam", "knows", "know", True),
        ("plans of the army", "plans", "plan", False),
        ("passes it", "passes", "pass", True),
        ("plan it", "plan", "plan", False),
        ("will plan", "plan", "plan", True),
        ("has not also been fire", "fire", "fire", True),
        ("must quickly fire", "fire", "fire", True),
        ("must in a fire", "fire", "fire", False),
        ("didn't fire", "fire", "fire", True),
        ("will " + "not " * 8 + "fire", "fire", "fire", True),
        ("will " + "not " * 9 + "fire", "fire", "fire", False),  # farther off than an auxiliary stands
    ],
)
def test_verbs_by_their_form_or_what_stands_around(text: str, word: str, lemma: str, verb: bool) -> None:
    assert is_verb(text, event(text, word, lemma)) is verb


@pytest.mark.parametrize(
    ("span", "taken", "left"),
    [
        ((0, 10), [], [(0, 10)]),
        ((0, 10), [(0, 10)], []),
        ((0, 10), [(3, 5)], [(0, 3), (5, 10)]),
        ((0, 10), [(0, 3)], [(3, 10)]),
        ((0, 10), [(7, 12)], [(0, 7)]),
        ((2, 10), [(0, 3)], [(3, 10)]),
        ((0, 10), [(2, 6), (4, 8)], [(0, 2), (8, 10)]),
        ((0, 10), [(2, 8), (3, 4)], [(0, 2), (8, 10)]),
        ((0, 10), [(12, 14)], [(0, 10)]),
    ],
)
def test_what_is_left_of_words(
    span: tuple[int, int], taken: list[tuple[int, int]], left: list[tuple[int, int]]
) -> None:
    assert list(subtract(Span(*span), [Span(*one) for one in taken])) == [Span(*one) for one in left]


@pytest.mark.parametrize(
    ("words", "bare"),
    [
        (" , the dam, ", "the dam"),
        ("“the dam.”", "the dam."),
        ("(the dam)", "the dam)"),
        ("$5 and 5%,", "$5 and 5%"),
        ("'s emergency service", "emergency service"),
        ("’s emergency service", "emergency service"),
        ("'so it is", "so it is"),
        ("why?!", "why?!"),
        (" – ", None),
        ("", None),
        (".", None),
        ("€", None),
    ],
)
def test_words_without_the_marks_at_their_ends(words: str, bare: str | None) -> None:
    found = trimmed(words, Span(0, len(words)))
    assert (found.of(words) if found is not None else None) == bare


def test_sentences_are_those_of_running_text_and_headings() -> None:
    text = "A head\n  One dam. Two dams.\nMenu\nThree"
    kinds = [("A head", "heading"), ("  One dam. Two dams.", "paragraph"), ("Menu", "boilerplate"), ("Three", "quote")]
    blocks = [r.Block(at(text, words), kind) for words, kind in kinds]  # type: ignore[arg-type]
    found = [(span.of(text), block.kind) for span, block in sentences(text, blocks)]
    assert found == [("A head", "heading"), ("One dam.", "paragraph"), ("Two dams.", "paragraph"), ("Three", "quote")]


def cut(text: str, events: dict[str, str], *figures: tuple[str, str | None]) -> list[str]:
    """The parts of a text; `events` are words with their lemmas, `figures` words with the word of their event."""
    found = [event(text, word, lemma, f"v{n}") for n, (word, lemma) in enumerate(events.items())]
    keys = {word: f"v{n}" for n, word in enumerate(events)}
    numbers = tuple(
        r.Figure(at(text, word), 1.0, 1.0, "exactly", None, None, keys.get(of or ""), None, 0.9) for word, of in figures
    )
    document = r.Document(
        hashlib.sha256(text.encode()).hexdigest(), text, blocks=(r.Block(Span(0, len(text)), "paragraph"),)
    )
    reading = Reading(document, "by hand", figures=numbers, events=tuple(found))
    ordered = sorted(found, key=lambda e: e.span)
    return [" … ".join(s.of(text) for s in part) for part in parts(reading, [Span(0, len(text))], ordered)]


@pytest.mark.parametrize(
    ("text", "events", "figures", "expected"),
    [
        (
            "60 were missing and 12 had been moved",
            {"missing": "miss", "moved": "move"},
            [],
            ["60 were missing", "12 had been moved"],
        ),
        ("60 were missing and calm", {"missing": "miss"}, [], ["60 were missing and calm"]),
        ("the wall and dam were moved", {"moved": "move"}, [], ["the wall and dam were moved"]),
        (
            "it burst, adding that it flooded",
            {"burst": "burst", "flooded": "flood"},
            [],
            ["it burst, adding that it flooded"],
        ),
        ("it was burst, but it flooded", {"burst": "burst", "flooded": "flood"}, [], ["it was burst", "it flooded"]),
        (
            "they moved it, which flooded it",
            {"moved": "move", "flooded": "flood"},
            [],
            ["they moved it", "which flooded it"],
        ),
        ("they moved it; it flooded", {"moved": "move", "flooded": "flood"}, [], ["they moved it", "it flooded"]),
        ("they moved it, flooding it", {"moved": "move", "flooding": "flood"}, [], ["they moved it", "flooding it"]),
        (
            "they moved it, with rain flooding it",
            {"moved": "move", "flooding": "flood"},
            [],
            ["they moved it", "with rain flooding it"],
        ),
        ("they moved it – it flooded", {"moved": "move", "flooded": "flood"}, [], ["they moved it", "it flooded"]),
        # sentences are apart in any case, each with its mark
        ("It is so. He moved it.", {"moved": "move"}, [], ["It is so.", "He moved it."]),
        ("It moved. “So it is.” And more", {"moved": "move"}, [], ["It moved.", "So it is. … And more"]),
        # what has no event of its own stays with what stands before it, or behind at the start
        ("In the valley; they moved it", {"moved": "move"}, [], ["In the valley; they moved it"]),
        # a figure that belongs to a verb before it
        (
            "they asked for 50 boats and 20 sent pumps",
            {"asked": "ask", "sent": "send"},
            [("20", "asked")],
            ["they asked for 50 boats and 20 sent pumps"],
        ),
        (
            "they asked for 50 boats and 20 sent pumps",
            {"asked": "ask", "sent": "send"},
            [("20", "sent")],
            ["they asked for 50 boats", "20 sent pumps"],
        ),
        # two counts of victims
        ("54 dead and 33 missing", {"dead": "dead"}, [("54", None), ("33", None)], ["54 dead … 33 missing"]),
        (
            "54 are dead and 33 missing",
            {"dead": "dead", "missing": "miss"},
            [("54", None), ("33", None)],
            ["54 are dead", "33 missing"],
        ),
        (
            "54 are here and 33 missing",
            {"here": "here"},
            [("54", None), ("33", None)],
            ["54 are here and 33 missing"],
        ),
        (
            "54 are dead and 33 boats",
            {"dead": "dead", "boats": "boat"},
            [("54", None), ("33", None)],
            ["54 are dead and 33 boats"],
        ),
        (
            "54 are dead and some 33 missing",
            {"dead": "dead"},
            [("54", None), ("33", None)],
            ["54 are dead and some 33 missing"],
        ),
    ],
)
def test_a_cut_is_made_where_a_clause_of_its_own_begins(
    text: str, events: dict[str, str], figures: list[tuple[str, str | None]], expected: list[str]
) -> None:
    assert cut(text, events, *figures) == expected


# What a statement does with its content


def statement(
    text: str, cue: str, content: str, *, source: str | None = None, act: str = "say", negated: bool = False
) -> r.Statement:
    sources = (at(text, source),) if source else ()
    cues = (at(text, cue),) if cue else ()
    return r.Statement("s1", sources, None, cues, (at(text, content),), "indirect", act, negated, None, None, 0.9)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cue", "content", "more", "expected"),
    [
        ("said", "that it burst", {}, ("holds", "fact", False)),
        ("denied", "that it burst", {"act": "deny"}, ("denies", "fact", False)),
        ("", "that it burst", {"act": "deny"}, ("denies", "fact", False)),
        ("denied", "that it burst", {"act": "deny", "negated": True}, ("neither", "fact", False)),
        ("insisted", "that it had not burst", {"act": "deny"}, ("denies", "fact", True)),
        ("insisted", "that it had burst", {"act": "deny"}, ("holds", "fact", False)),
        ("thanked", "that it burst", {"act": "thank"}, ("holds", "question", False)),
        ("asked", "that it burst", {"act": "ask"}, ("holds", "question", False)),
        ("said", "that it burst", {"source": "Q"}, ("holds", "question", False)),
        ("demanded", "that it burst", {"act": "demand"}, ("holds", "demand", False)),
        ("demanded", "that it burst", {"act": "demand", "negated": True}, ("neither", "demand", False)),
        ("think", "that it burst", {"act": "think", "negated": True}, ("denies", "fact", False)),
        ("expect", "that it burst", {"act": "predict", "negated": True}, ("denies", "fact", False)),
        ("believe", "that it burst", {"act": "judge", "negated": True}, ("denies", "fact", False)),
        ("think", "that it burst", {"act": "say", "negated": True}, ("neither", "fact", False)),
        ("know", "that it burst", {"act": "think", "negated": True}, ("neither", "fact", False)),
        ("doubts", "that it burst", {"act": "think"}, ("neither", "fact", False)),
        ("questioned", "that it burst", {"act": "report"}, ("holds", "fact", False)),
        ("said", "whether it burst", {}, ("neither", "fact", False)),
        ("denied", "whether it burst", {"act": "deny"}, ("denies", "fact", False)),
        ("said", "that it burst", {"source": "Nobody"}, ("neither", "fact", False)),
        ("think", "that it burst", {"source": "Nobody", "act": "think"}, ("denies", "fact", False)),
        ("denied", "that it burst", {"source": "Nobody", "act": "deny"}, ("neither", "fact", False)),
        ("said", "that it burst", {"source": "Nobody", "negated": True}, ("holds", "fact", False)),
    ],
)
def test_the_stance_of_a_statement(
    cue: str, content: str, more: dict[str, object], expected: tuple[str, str, bool]
) -> None:
    text = f"Nobody Q : {cue} {content}"
    assert tuple(attitude(text, statement(text, cue, content, **more))) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("it", ("claim", False)),
        ("this", ("claim", False)),
        ("the accusation", ("claim", False)),
        ("there is no such plan", ("plan", True)),
        ("the plan", ("plan", False)),
        ("the figure", ("figure", False)),
        ("the figure wrong", ("figure", True)),
        ("this a lie", ("claim", True)),
        ("it is not a lie", ("claim", False)),
        ("the claim is not a claim", ("claim", True)),
        ("that is complete speculation", ("claim", True)),
        ("the dam", (None, False)),
        ("the accusation of the dam", (None, False)),
        ("and so on", ("claim", False)),
        ("and again", (None, False)),
        ("this 14", ("claim", False)),
        ("this Talvenian account", ("claim", False)),
    ],
)
def test_words_that_only_point(words: str, expected: tuple[str | None, bool]) -> None:
    assert reference(words, [Span(0, len(words))], []) == expected


def test_names_say_nothing_of_what_is_pointed_at() -> None:
    words = "the accusation of the dam"
    assert reference(words, [Span(0, len(words))], [at(words, "the dam")]) == ("claim", False)
    assert reference("Talvenian account", [Span(0, 17)], []) == (None, False)  # a capital only begins the words


@pytest.mark.parametrize(
    ("words", "negated"),
    [
        ("has not left", True),
        ("hasn't left", True),
        ("no dam", True),
        ("nothing", True),
        ("knots", False),
        ("the dam", False),
    ],
)
def test_negations(words: str, negated: bool) -> None:
    assert has_negation(words, [Span(0, len(words))]) is negated


@pytest.mark.parametrize(
    ("words", "none"),
    [
        ("there were no looters", True),
        ("that there has been no plan", True),
        ("There was never a plan", True),
        ("there were looters", False),
        ("because there were no looters", False),
        ("there were nobodies", False),
    ],
)
def test_there_is_none(words: str, none: bool) -> None:
    assert says_there_is_none(words, 0) is none


@pytest.mark.parametrize(
    ("text", "cue", "withdraws", "admits", "again"),
    [
        ("She withdrew it", "withdrew", True, False, False),
        ("She retracted it", "retracted", True, False, False),
        ("She said it", "said", False, False, False),
        ("She admitted it", "admitted", False, True, False),
        ("She acknowledged it", "acknowledged", False, True, False),
        ("She still denies it", "denies", False, False, True),
        ("She continued to deny it", "continued to deny", False, False, True),
        ("She continues to deny it", "deny", False, False, True),
        ("She stilled and denies it", "denies", False, False, False),
        ("She again " + " " * 31 + "denies it", "denies", False, False, True),
        ("She again " + " " * 40 + "denies it", "denies", False, False, False),
    ],
)
def test_what_a_cue_says(text: str, cue: str, withdraws: bool, admits: bool, again: bool) -> None:
    spans = [at(text, cue)]
    assert (is_withdrawal(text, spans), is_admission(text, spans), is_repeated(text, spans)) == (
        withdraws,
        admits,
        again,
    )


@pytest.mark.parametrize(
    ("text", "source", "unbelieved"),
    [
        ("Do not believe those who say so", "who", True),
        ("Do not listen to people who say so", "people who", True),
        ("Never trust anybody who says so", "who", True),
        ("Believe those who say so", "who", False),
        ("Do not believe those that say so", "that", False),
        ("Do not see those who say so", "who", False),
    ],
)
def test_whom_one_is_told_not_to_believe(text: str, source: str, unbelieved: bool) -> None:
    assert disbelieves(text, [at(text, source)]) is unbelieved
    assert not disbelieves(text, [])


# Acts told inside of other words


def inner(words: str, *people: str, needs_subject: bool = True) -> tuple[str, str, str | None, str, bool] | None:
    """Stance, act, whose, content, whether "I" or "we" is the subject."""
    mentions = [r.Mention(at(words, name), f"e{n}", "name") for n, name in enumerate(people)]
    found = inner_act(words, [Span(0, len(words))], mentions, needs_subject=needs_subject)
    if found is None:
        return None
    return found.stance, found.act, found.speaker, " … ".join(s.of(words) for s in found.content), found.first_person


@pytest.mark.parametrize(
    ("words", "people", "expected"),
    [
        ("Ann denied the old report", ["Ann"], ("denies", "deny", "e0", "the old report", False)),
        ("Ann confirmed that it burst", ["Ann"], ("holds", "confirm", "e0", "it burst", False)),
        ("Ann neither confirmed nor denied it", ["Ann"], ("neither", "confirm", "e0", "it", False)),
        ("Ann could not confirm or deny it", ["Ann"], ("neither", "confirm", "e0", "it", False)),
        ("Ann can’t yet verify it", ["Ann"], ("neither", "confirm", "e0", "it", False)),
        ("Ann cannot immediately deny it", ["Ann"], ("neither", "confirm", "e0", "it", False)),
        ("I can confirm it", ["I"], ("holds", "confirm", "e0", "it", True)),
        ("we confirmed it", ["we"], ("holds", "confirm", "e0", "it", True)),
        ("Ann of Bo denied it", ["Ann", "Bo"], ("denies", "deny", "e1", "it", False)),  # the last before it
        ("Ann was denied it", ["Ann"], None),
        ("Ann is not denying it", ["Ann"], None),
        ("Ann denied parole", ["Ann"], None),  # to somebody
        ("Ann denied early parole", ["Ann"], None),
        ("Ann denied the parole", ["Ann"], ("denies", "deny", "e0", "the parole", False)),
        ("Ann denied early parole today", ["Ann"], ("denies", "deny", "e0", "early parole today", False)),
        ("Ann denied claims", ["Ann"], ("denies", "deny", "e0", "claims", False)),
        ("Ann confirmed parole", ["Ann"], ("holds", "confirm", "e0", "parole", False)),
        ("Ann denied", ["Ann"], None),
        ("denied the old report by Ann", ["Ann"], None),
        ("Ann said it", ["Ann"], None),
        ("Ann " + "x" * 78 + " denied it", ["Ann"], ("denies", "deny", "e0", "it", False)),
        ("Ann " + "x" * 85 + " denied it", ["Ann"], None),
    ],
)
def test_an_act_inside_of_other_words(words: str, people: list[str], expected: tuple[object, ...] | None) -> None:
    assert inner(words, *people) == expected


def test_without_a_subject_it_is_of_whoever_says_it() -> None:
    assert inner("that we deny the old report", needs_subject=False) == (
        "denies",
        "deny",
        None,
        "the old report",
        False,
    )
    assert inner("that it all denies the old report", needs_subject=False) is None
    assert inner("denied the old report") is None


# Propositions and their facts


def only(article: Article) -> object:
    (found,) = propositions(article.reading())
    return found


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

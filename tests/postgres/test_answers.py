"""Every question is answered as SQLite answers it: the same rows in the same order."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.ledger.contents import contents_of, differences
from tests.ledger.sample_readings import again, readings

from onrecord.errors import LedgerError, OnrecordError
from onrecord.ledger import Ledger
from onrecord.ledger.backends.postgres_text import POSTGRES_TEXT
from onrecord.ledger.cited import cited
from onrecord.ledger.corrections import Signed, Wish
from onrecord.ledger.steady import steady
from onrecord.records import Document
from onrecord.views.export import Chosen, Selection, export

Pair = tuple[Ledger, Ledger]

QUESTIONS: dict[str, Callable[[Ledger], Any]] = {
    "overview": lambda ledger: ledger.overview(),
    "documents": lambda ledger: ledger.documents(),
    "readings": lambda ledger: [ledger.document(row.id) for row in ledger.documents()],
    "by the beginning of an id, in any case": lambda ledger: ledger.document(ledger.documents()[0].id[:9].upper()),
    "statements": lambda ledger: ledger.statements(),
    "about": lambda ledger: ledger.statements(about='"the dam" fail*'),
    "since": lambda ledger: ledger.statements(since="2025-03-14", until="2025-03"),
    "of somebody": lambda ledger: [ledger.statements(speaker=row.key) for row in ledger.speakers()],
    "by a name in any case": lambda ledger: ledger.statements(speaker="VANTOR"),
    "figures": lambda ledger: ledger.figures(),
    "figures about": lambda ledger: ledger.figures(about="people"),
    "speakers": lambda ledger: ledger.speakers(),
    "speakers starting": lambda ledger: ledger.speakers(starting="VAN"),
    "suggest": lambda ledger: [ledger.suggest(words) for words in ("ja", "DAM", "ruv", "the d", "so", "é")],
    "stories": lambda ledger: ledger.stories(),
    "story": lambda ledger: [ledger.story(row.id) for row in ledger.stories()],
    "copies": lambda ledger: ledger.copies(),
    "claims": lambda ledger: ledger.claims(),
    "claims about": lambda ledger: ledger.claims(about="Dam"),
    "series": lambda ledger: ledger.series(),
    "series about": lambda ledger: ledger.series(about="dead"),
    "conflicts": lambda ledger: ledger.conflicts(),
    "conflicts about": lambda ledger: ledger.conflicts(about="Soldiers"),
    "timeline": lambda ledger: [ledger.timeline(row.id) for row in ledger.stories()],
    "who": lambda ledger: [ledger.who(row.name) for row in ledger.speakers()],
    "corrections": lambda ledger: ledger.corrections(),
    "check": lambda ledger: ledger.check(readings()[0]),
}


def compared(pair: Pair) -> None:
    for name, question in QUESTIONS.items():
        ours, theirs = (tried(question, ledger) for ledger in pair)
        assert ours == theirs, name


def tried(question: Callable[[Ledger], Any], ledger: Ledger) -> Any:
    try:
        return question(ledger)
    except TypeError as error:
        pytest.skip(str(error))
    except OnrecordError as error:
        return str(error)


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_has_the_same_answer(pair: Pair, name: str) -> None:
    ours, theirs = (QUESTIONS[name](ledger) for ledger in pair)
    assert ours == theirs
    assert ours or name == "corrections"


@pytest.mark.parametrize("listed", ["documents", "statements", "figures", "speakers", "claims", "series", "conflicts"])
def test_pages_go_on_in_the_same_place(pair: Pair, listed: str) -> None:
    ours, theirs = (getattr(ledger, listed) for ledger in pair)
    rows, after = [], None
    while page := ours(limit=7, after=after):
        assert page == theirs(limit=7, after=after)
        rows += page
        after = cited(page[-1])
    assert rows == theirs()


@pytest.mark.parametrize(
    "words",
    [
        "dam",
        "the dam",
        '"the dam"',
        '"dam the"',
        "soldier*",
        "FAILED",
        "Vantor said",
        "50",
        "x' OR 1=1 --",
        "a & b | !c",
        "''",
    ],
)
def test_search_finds_the_same_and_shows_the_same_words(pair: Pair, words: str) -> None:
    """Which of them is the best is each database's own: SQLite weighs words by how rare they are, PostgreSQL does not."""
    ours, theirs = (set(ledger.search(words, limit=None)) for ledger in pair)
    assert ours == theirs
    first = pair[0].search(words, limit=5)
    assert first == pair[0].search(words, limit=None)[: len(first)]


def test_search_goes_on_behind_a_hit(pair: Pair) -> None:
    hits, after = [], None
    while page := pair[0].search("dam", limit=3, after=after):
        hits += page
        after = cited(page[-1])
    assert len(hits) > 9
    assert set(hits) == set(pair[0].search("dam", limit=None))


TEXT = (
    "Ministerpräsident Rütte sprach, happily hoping; happy, hoped, relational sizes. Cafe\u0301 and CAFÉ, naïve Ångström; "
    "İstanbul, ΑΘΗΝΑ, ΑΘΗΝΑΣ, λόγος, Київ, чай, ёлка, 東京 is big. mail@example.org http://example.org/path?q=1 1,000 3.14 "
    "-5 10e5 e-mail H1N1 one_two <b>bold</b> C++ x² ﬁne"
)


def test_the_words_of_any_script_are_the_same_words(address: Callable[..., str]) -> None:
    asked = [
        *(
            "rutte",
            "RÜTTE",
            "is*",
            "e mail",
            "cafe",
            "café",
            "cafe\u0301",
            "naive",
            "angstrom",
            "αθηνα",
            "ΑΘΗΝΑΣ",
            "λόγος",
            "ΛΟΓΟΣ",
            "київ",
            "КИЇВ",
            "東京",
            "東*",
        ),
        *(
            "example",
            "path",
            "mail",
            "1,000",
            "1000",
            "000",
            "3.14",
            "14",
            "5",
            "10e5",
            "e-mail",
            "email",
            "h1n1",
            "h1*",
        ),
        *(
            "one",
            "two",
            "bold",
            "b",
            "c",
            "sprach",
            "happy",
            "hope",
            "relate",
            "size",
            "hap*",
            '"happy hoped" r*',
            '"cafe and"',
            '"and cafe"',
            '"big mail"',
            '"is big" mail*',
            "q 1",
        ),
    ]
    with Ledger.open(address()) as one, Ledger.open(":memory:") as other:
        for ledger in (one, other):
            sample = readings()[0]
            list(ledger.add([type(sample)(Document("f" * 64, TEXT, title="Rütte and the dam"), "weights 1")]))
        for words in asked:
            ours, theirs = one.search(words), other.search(words)
            assert [(hit.excerpt, hit.hits) for hit in ours] == [(hit.excerpt, hit.hits) for hit in theirs], words


def test_no_phrase_goes_from_one_column_to_the_next(address: Callable[..., str]) -> None:
    sample = readings()[0]
    with Ledger.open(address()) as ledger:
        list(ledger.add([type(sample)(Document("f" * 64, "water rises", title="High"), "weights 1")]))
        assert ledger.search("high water")
        assert not ledger.search('"high water"')


def test_a_text_beyond_what_is_indexed_goes_in(address: Callable[..., str]) -> None:
    sample = readings()[0]
    text = "first " + " ".join(f"w{number:06x}ö" for number in range(60_000)) + " last"
    with Ledger.open(address()) as ledger:
        (receipt,) = ledger.add([type(sample)(Document("f" * 64, text), "weights 1")])
        assert receipt.outcome == "added"
        assert ledger.search("first")
        assert not ledger.search("last")  # see docs/explanation/limits.md


@settings(max_examples=150)
@given(st.text(max_size=30), st.sampled_from(["", '"', "*", " dam", "'"]))
def test_nothing_that_is_typed_is_a_query(words: str, more: str) -> None:
    """What is made of it holds letters, digits and the signs of a query alone, and the signs are ours."""
    from onrecord.ledger.backends.terms import terms

    made = POSTGRES_TEXT.query(terms(words + more))
    outside = "".join(made.split("'")[::2])
    assert set(outside) <= set(" ()&<->:*")
    assert all(c.isalnum() for c in "".join(made.split("'")[1::2]))


def test_what_people_rule_is_told_the_same(address: Callable[..., str]) -> None:
    signed = Signed("Ada", "2025-04-01T12:00:00+00:00", "I was there")
    with Ledger.open(address()) as one, Ledger.open(":memory:") as other:
        for ledger in (one, other):
            list(ledger.add(readings()))
            said = [row for row in ledger.statements() if row.speaker_key is not None]
            speaker = next(row for row in ledger.speakers() if row.key != said[0].speaker_key)
            ledger.correct(f"{said[0].document}:{said[0].id}", Wish(speaker=speaker.name), signed)
            made = ledger.correct(f"{said[1].document}:{said[1].id}", Wish(reject=True), signed)
            ledger.correct(f"{said[2].document}:{said[2].id}", Wish(confirm=True), signed)
            ledger.undo(made.id, signed)
            ledger.correct(f"{said[3].document}:{said[3].id}", Wish(reject=True), signed)
            list(ledger.add([again(readings()[0])]))
        compared((one, other))
        assert differences(contents_of(one), contents_of(other)) == {}


def test_an_answer_may_be_asked_for_what_no_text_can_hold(pair: Pair) -> None:
    for ledger in pair:
        assert ledger.statements(about="da\0m") == pair[1].statements(about="da m")
        assert ledger.speakers(starting="a\0b") == []
        with pytest.raises(LedgerError):
            ledger.document("\0")


def test_a_ledger_is_copied_over_and_back(pair: Pair, address: Callable[..., str], tmp_path: Path) -> None:
    signed = Signed("Ada", "2025-04-01T12:00:00+00:00", "I was there")
    with Ledger.open(tmp_path / "one.db") as start:
        list(start.add(readings()))
        start.correct(f"{start.documents()[0].id}:s1", Wish(reject=True), signed)
        place = address()
        with Ledger.open(place) as server, Ledger.open(tmp_path / "two.db") as end:
            counts = start.copy_to(server)
            assert counts["documents"] == len(start.documents())
            assert counts["corrections"] == 1
            assert server.copy_to(end) == counts
            assert contents_of(start) == contents_of(server) == contents_of(end)
            assert numbered(start) == numbered(server) == numbered(end)
            with pytest.raises(LedgerError, match="there is something in it already"):
                start.copy_to(server)
            # What comes afterwards has numbers of its own.
            for ledger in (start, server, end):
                list(ledger.add([again(readings()[0])]))
            assert contents_of(start) == contents_of(server) == contents_of(end)
            assert server.search("dam")


def numbered(ledger: Ledger) -> list[tuple[int, str]]:
    from onrecord.ledger.schema import statements

    with ledger._engine.connect() as connection:
        query = statements.select().with_only_columns(statements.c.id, statements.c.content).order_by(statements.c.id)
        return [tuple(row) for row in connection.execute(query)]


def test_an_export_is_of_one_state_whatever_others_write(address: Callable[..., str]) -> None:
    place = address()
    with Ledger.open(place) as ledger, Ledger.open(place) as other:
        list(ledger.add(readings()[:3]))
        with steady(ledger):
            before = ledger.documents()
            list(other.add(readings()[3:4]))
            assert len(other.documents()) == 4
            assert ledger.documents() == before
        assert len(ledger.documents()) == 4


def test_exports_are_the_same(pair: Pair, tmp_path: Path) -> None:
    for name in ("jsonl", "webannotation"):
        for place, ledger in zip(("ours", "theirs"), pair, strict=True):
            export(Chosen(ledger, Selection(None, None, None)), name, tmp_path / f"{place}-{name}")
        files = [
            path for path in (tmp_path / f"ours-{name}").rglob("*") if path.is_file() and path.name != "manifest.json"
        ]
        if not files:
            assert (tmp_path / f"ours-{name}").read_bytes() == (tmp_path / f"theirs-{name}").read_bytes()
        for path in files:
            assert (
                path.read_bytes()
                == (tmp_path / f"theirs-{name}" / path.relative_to(tmp_path / f"ours-{name}")).read_bytes()
            )


def test_datasette_is_refused_with_the_way_out(pair: Pair, tmp_path: Path) -> None:
    with pytest.raises(
        OnrecordError, match=r"Datasette shows SQLite files: copy the ledger into one \(onrecord copy\)"
    ):
        export(Chosen(pair[0], Selection(None, None, None)), "datasette", tmp_path / "metadata.json")
    assert list(tmp_path.iterdir()) == []


def test_views_answer_with_words(pair: Pair) -> None:
    from onrecord.ledger.readable import VIEWS

    for view in VIEWS:
        ours, theirs = (rows_of(ledger, view) for ledger in pair)
        assert ours == theirs, view
        assert ours


def rows_of(ledger: Ledger, view: str) -> list[str]:
    with ledger._engine.connect() as connection:
        rows = connection.exec_driver_sql(f"SELECT * FROM {view}").mappings().all()
    numbers = {"id", "record_id", "document"} if view == "spans_view" else {"id"}
    return sorted(json.dumps({key: as_told(value) for key, value in row.items() if key not in numbers}) for row in rows)


def as_told(value: Any) -> Any:
    return float(value) if isinstance(value, int | float) else value


def test_rows_are_plain_values(pair: Pair) -> None:
    """No number of the database's own kind reaches a row: what is printed as JSON is the same."""
    for question in ("statements", "figures", "speakers", "claims", "series"):
        ours, theirs = (json.dumps([asdict(row) for row in getattr(ledger, question)()]) for ledger in pair)
        assert ours == theirs

"""A draft against a small ledger of invented articles, by the reader that ships."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from onrecord import read
from onrecord.ledger import Ledger
from onrecord.ledger.checking import Finding, check
from onrecord.ledger.database import reading as transaction
from onrecord.reading import Reading

ARTICLES = [
    (
        "2025-03-12",
        "Harbour Post",
        "A dam above the town of Drusa burst before dawn on Wednesday, killing at least 14 people, the emergency service "
        "said.\n"
        '"The sirens did not sound," the mayor of Drusa, Pavla Hemmerin, said. "People woke up because there was water in '
        'the bedroom."\n'
        "Edrin Sauk, the head of the emergency service, said that 60 people were missing in the Velna valley.\n"
        '"We are still pulling people off roofs," Sauk told reporters. "It is far too early for a number."',
    ),
    (
        "2025-03-14",
        "Lowland News",
        "The death toll of the dam disaster at Drusa rose to 41 on Thursday, the emergency service said.\n"
        'Prime Minister Oltan Brezik promised help. "We will rebuild every house," he said, "and we will not forget '
        'Drusa."\n'
        '"There is no such plan, there has never been such a plan, and Mr Brezik knows it," said Salme Orvind, a '
        "spokeswoman of Ruvania's foreign ministry.",
    ),
    (
        "2025-03-16",
        "Northern Ledger",
        "The emergency service said on Sunday that the flood at Drusa had killed 52 people in the Velna valley.\n"
        '"I do not think that the wall was safe," Ilsa Quenby, a hydrologist, said.',
    ),
]


@pytest.fixture(scope="module")
def ledger() -> Iterator[Ledger]:
    with Ledger.open(":memory:") as book:
        readings = [read(text, published=day, publisher=paper) for day, paper, text in ARTICLES]
        assert [receipt.outcome for receipt in book.add(readings)] == ["added"] * len(ARTICLES)
        yield book


def found(ledger: Ledger, draft: str, *, published: str | None = "2025-03-17") -> list[Finding]:
    with transaction(ledger._engine, ledger.name) as connection:
        return check(connection, read(draft, published=published))


def kinds(findings: list[Finding], what: str) -> list[str]:
    return [finding.kind for finding in findings if finding.what == what]


@pytest.mark.parametrize("place", range(len(ARTICLES)))
def test_an_article_of_the_ledger_is_on_record(ledger: Ledger, place: int) -> None:
    day, _, text = ARTICLES[place]
    findings = found(ledger, text, published=day)
    assert [f for f in findings if f.mend] == []
    assert kinds(findings, "quote")


@pytest.mark.parametrize(
    "draft",
    [
        "“The sirens did not sound,” Pavla Hemmerin said.",  # other marks
        "'The sirens did not sound,' Hemmerin said.",
        'Hemmerin said that "the sirens did not sound".',  # in the middle of a sentence, in small letters
        '"The sirens did not sound. People woke up because there was water in the bedroom," Hemmerin said.',  # joined
        '"There is no such plan … and Mr Brezik knows it," Orvind said.',  # left out, and said so
        '"[The prime minister] knows it, and there has never been such a plan," Orvind said. "There is no such plan, there '
        'has never been [one], and Mr Brezik knows it."',
        '"We will rebuild every house and we will not forget Drusa," Brezik said.',  # interruption taken out
        'Brezik said: "We will rebuild every house!"',
    ],
)
def test_an_editor_may_quote_so(ledger: Ledger, draft: str) -> None:
    last = [f for f in found(ledger, draft) if f.what == "quote"][-1]
    assert last.kind == "verbatim", last
    assert last.against


@pytest.mark.parametrize(
    ("draft", "difference"),
    [
        ('"The sirens did sound," Hemmerin said.', ("dropped", "", "not")),
        ('"The bells did not sound," Hemmerin said.', ("replaced", "bells", "sirens")),
        ('"People never woke up because there was water in the bedroom," Hemmerin said.', ("added", "never", "")),
        ('Quenby said: "I think that the wall was safe."', ("dropped", "", "do not")),
        ('Quenby said: "I do not think that the wall was unsafe."', ("replaced", "unsafe", "safe")),
        ('Brezik said that he would "forget Drusa entirely".', None),
    ],
)
def test_altered_words_are_shown(ledger: Ledger, draft: str, difference: tuple[str, str, str] | None) -> None:
    quote = next(f for f in found(ledger, draft) if f.what == "quote")
    if difference is None:
        assert quote.kind in {"altered", "not on record"}
        return
    assert quote.kind == "altered"
    assert quote.difference == (difference,)
    assert quote.against[0].words


def test_a_negation_may_not_be_cut_off(ledger: Ledger) -> None:
    cut = found(ledger, 'Ilsa Quenby did "think that the wall was safe".')
    assert kinds(cut, "quote") == ["altered"]
    assert cut[0].difference == (("dropped", "", "not"),)
    kept = found(ledger, 'Ilsa Quenby did not "think that the wall was safe".')
    assert kinds(kept, "quote") == ["verbatim"]


def test_words_of_nobody_are_not_on_record(ledger: Ledger) -> None:
    findings = found(
        ledger, '"Every lorry in the country is on its way to the coast," Sauk said. He called it "a start".'
    )
    assert kinds(findings, "quote") == ["not on record"]  # two words in marks are not looked for


def test_words_of_another_are_misattributed(ledger: Ledger) -> None:
    findings = found(ledger, '"The sirens did not sound," Oltan Brezik said.')
    wrong = next(f for f in findings if f.what == "attribution")
    assert wrong.kind == "misattributed"
    assert wrong.words == "Oltan Brezik"
    assert "Hemmerin" in wrong.reason
    assert wrong.against[0].speaker == "Pavla Hemmerin"


def test_what_was_reported_of_another_is_misattributed(ledger: Ledger) -> None:
    findings = found(ledger, "Oltan Brezik said that 60 people were missing in the Velna valley.")
    assert kinds(findings, "attribution") == ["misattributed"]
    assert "Sauk" in next(f for f in findings if f.what == "attribution").reason


@pytest.mark.parametrize("name", ["Hemmerin", "Mayor Pavla Hemmerin", "the mayor of Drusa", "she"])
def test_the_same_speaker_by_other_words(ledger: Ledger, name: str) -> None:
    assert kinds(found(ledger, f'"The sirens did not sound," {name} said.'), "attribution") == []


def test_a_figure_that_was_revised_is_outdated(ledger: Ledger) -> None:
    old = [f for f in found(ledger, "The disaster at Drusa has killed 41 people in the Velna valley.") if f.mend]
    assert [(f.kind, f.words) for f in old] == [("outdated", "41")]
    assert "52" in old[0].reason
    assert old[0].against[0].publisher == "Northern Ledger"
    now = found(ledger, "The disaster at Drusa has killed 52 people in the Velna valley.")
    assert kinds(now, "figure") == ["verbatim"]


def test_a_figure_is_not_outdated_before_its_time(ledger: Ledger) -> None:
    findings = found(ledger, "The disaster at Drusa has killed 41 people in the Velna valley.", published="2025-03-14")
    assert kinds(findings, "figure") == ["verbatim"]


def test_another_figure_and_another_day_are_contradicted(ledger: Ledger) -> None:
    draft = ARTICLES[0][2].split("\n")[0].replace("Wednesday", "Monday").replace("14", "24")
    mend = {f.what: f for f in found(ledger, draft, published="2025-03-12") if f.mend}
    assert {what: f.kind for what, f in mend.items()} == {"date": "contradicted", "figure": "contradicted"}
    assert "14" in mend["figure"].reason
    assert "Wednesday" in mend["date"].reason


def test_a_weekday_that_its_date_is_not_is_contradicted() -> None:
    text = "The town council of Drusa meets on {}, March 18, in the school at Lower Drusa, the mayor said."
    with Ledger.open(":memory:") as book:
        assert len(list(book.add([read(text.format("Tuesday"), published="2025-03-14")]))) == 1
        wrong = found(book, text.format("Thursday"))
        assert kinds(wrong, "date") == ["contradicted"]
        assert kinds(found(book, text.format("Tuesday")), "date") == []


def test_the_same_day_by_other_words_is_no_contradiction(ledger: Ledger) -> None:
    draft = ARTICLES[0][2].split("\n")[0].replace("on Wednesday", "on March 12")
    assert kinds(found(ledger, draft, published="2025-03-12"), "date") == []


def test_spans_are_the_words_of_the_draft_and_of_the_ledger(ledger: Ledger) -> None:
    draft = "\n".join(text for _, _, text in ARTICLES).replace("sirens", "bells").replace("14", "17")
    findings = found(ledger, draft)
    texts = {r.id: ledger.document(r.id).document.text for r in ledger.documents()}
    assert {f.kind for f in findings} >= {"altered", "verbatim", "contradicted"}
    for finding in findings:
        assert " ".join(finding.span.of(draft).split()) == finding.words
        for place in finding.against:
            assert " ".join(place.span.of(texts[place.document]).split()) == place.words


def test_the_order_of_adding_does_not_matter(ledger: Ledger) -> None:
    draft = '"The bells did not sound," Brezik said. The disaster at Drusa has killed 41 people in the Velna valley.'
    readings: list[Reading] = [ledger.document(row.id) for row in ledger.documents()]
    with Ledger.open(":memory:") as other:
        assert len(list(other.add(reversed(readings)))) == len(readings)
        assert found(other, draft) == found(ledger, draft)


def test_an_empty_ledger_has_nothing_on_record() -> None:
    with Ledger.open(":memory:") as empty:
        findings = found(empty, '"The sirens did not sound," Hemmerin said. It killed 41 people on Monday.')
    assert [(f.kind, f.what) for f in findings] == [("not on record", "quote")]

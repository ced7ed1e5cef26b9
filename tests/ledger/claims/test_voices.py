"""Whose words an article's sentences are where no statement of the reading says so, and for whom people speak."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.ledger.claims.conftest import Article, scene

from onrecord import records as r
from onrecord.ledger.claims import clustering
from onrecord.ledger.claims.assemble import assemble
from onrecord.ledger.claims.claim import Claim
from onrecord.ledger.claims.facts import facts_of
from onrecord.ledger.claims.oppositions import oppositions
from onrecord.ledger.claims.readable import Names
from onrecord.ledger.claims.voices import Voices
from onrecord.reading import Reading
from onrecord.records import Span

BURST = {"burst": "burst"}
KILLED = {"killed": "kill"}
STEAL = {"stolen": "steal"}


def voices_of(reading: Reading, words: str) -> set[str | None]:
    """The names of the speakers of the propositions that hold `words`; None for the outlet."""
    text = reading.document.text
    facts = facts_of(reading)
    return {
        facts.entities[p.speaker].name if p.speaker else p.source for p in facts.propositions if words in p.words(text)
    }


def only(readings: list[Reading]) -> Claim:
    (claim,) = assemble(*scene(*readings))
    return claim


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("The emergency service put the death toll at 41 people.", "The emergency service"),
        ("The emergency service had spoken of 41 people killed.", "The emergency service"),
        ("The emergency service lowered the death toll from 58 to 52 people.", "The emergency service"),
        ("The emergency service found that 41 people were killed.", "The emergency service"),
        ("The emergency service left the house with 41 people.", None),
        ("The emergency service spoke for 41 minutes.", None),
    ],
)
def test_who_gives_a_figure_holds_it(sentence: str, who: str | None) -> None:
    article = Article()
    article.who("The emergency service", "organisation")
    words = next(w for w in ("killed", "toll", "left", "spoke") if w in sentence)
    article.tells(sentence, {words: words})
    assert voices_of(article.reading(), "people" if "people" in sentence else "minutes") == {who}


def test_what_is_told_before_the_speech_verb_at_the_end_is_said() -> None:
    article = Article()
    article.who("Edrin Sauk")
    article.tells("At least 14 people were killed, Colonel Edrin Sauk has told reporters.", KILLED)
    assert voices_of(article.reading(), "killed") == {"Edrin Sauk"}
    other = Article()
    other.who("Edrin Sauk")
    other.tells("At least 14 people were killed, but Edrin Sauk said more.", KILLED)
    assert voices_of(other.reading(), "killed") == {None}


def test_somebodys_count_is_theirs_even_where_nobody_saw_a_name_in_it() -> None:
    article = Article()
    article.tells("The minister leaves when, by the OSCE's count, about 3,500 soldiers are there.", {"leaves": "leave"})
    assert voices_of(article.reading(), "soldiers") == {"the OSCE"}


def _quotation(kind: str, words: str) -> Reading:
    article = Article()
    speaker = article.who("Salme Orvind")
    article.says(speaker, "that there is no plan to send soldiers", {"send": "send:planned"})
    article.tells(words, {"sent": "send"})
    reading = article.reading()
    blocks = (*reading.document.blocks[:-1], replace(reading.document.blocks[-1], kind=kind))
    return replace(reading, document=replace(reading.document, blocks=blocks))


def test_a_block_quotation_in_the_first_person_is_of_who_spoke_before_it() -> None:
    assert voices_of(_quotation("quote", "We have sent 30 rescuers."), "rescuers") == {"Salme Orvind"}
    assert voices_of(_quotation("quote", "They have sent 30 rescuers."), "rescuers") == {None}
    assert voices_of(_quotation("quote", "We have sent 30 rescuers https://t.example/x"), "rescuers") == {None}
    assert voices_of(_quotation("paragraph", "We have sent 30 rescuers."), "rescuers") == {None}


def test_a_label_of_a_transcript_is_whom_the_text_introduces() -> None:
    article = Article()
    article.who("Edrin Sauk")
    wrong = article.who("Jorun Eskildt")
    article.tells("Transcript of the briefing by Edrin Sauk and Jorun Eskildt.", {"briefing": "brief"})
    start = article._paragraph("SAUK: We have 41 people killed.")
    words = article.text[start:].strip()
    source, cue, content = Span(start, start + 4), Span(start + 4, start + 5), Span(start + 6, start + len(words))
    article.statements.append(
        r.Statement("s1", (source,), wrong, (cue,), (content,), "direct", "say", False, None, None, 0.9)
    )
    article._read(content.start, "We have 41 people killed.", KILLED, "s1")
    assert voices_of(article.reading(), "41 people") == {"Edrin Sauk"}


def test_the_first_person_in_a_paragraph_of_a_transcript_is_whom_its_label_names() -> None:
    def speaker(label: str) -> str | None:
        text = f"{label} She was wrong. I believe it is below 90."
        entities = (r.Entity("e1", "person", "Edrin Sauk"), r.Entity("e2", "person", "Jorun Eskildt"))

        def at(words: str) -> tuple[Span, ...]:
            return (Span(text.index(words), text.index(words) + len(words)),)

        said = r.Statement(
            "s1", at("SAUK"), "e2", at(":"), at("She was wrong."), "direct", "say", False, None, None, 0.9
        )
        believed = r.Statement(
            "s2", at("I"), None, at("believe"), at("it is below 90"), "indirect", "think", False, None, None, 0.9
        )
        block = r.Block(Span(0, len(text)), "paragraph")
        document = r.Document("0" * 64, f"{text}\nEdrin Sauk spoke.", blocks=(block,))
        voices = Voices(Reading(document, "hand 1", entities, statements=(said, believed)))
        return voices.speaker(believed)

    assert speaker("SAUK:") == "e1"
    assert speaker("Then SAUK:") is None  # no label: it does not stand at the head of the paragraph


def test_two_texts_of_one_outlet_are_one_voice_and_two_outlets_are_two() -> None:
    def telling(publisher: str, more: str) -> Reading:
        article = Article(publisher=publisher)
        article.tells(f"The Drusa dam burst before dawn {more}.", BURST)
        return article.reading()

    assert only([telling("The Courier", "on Wednesday"), telling("The Courier", "today")]).independent == 1
    assert only([telling("The Courier", "on Wednesday"), telling("The Echo", "today")]).independent == 2


def test_a_declaration_says_whose_it_is() -> None:
    article = Article(publisher=None)  # type: ignore[arg-type]
    article.tells("We, the relief committee of Drusa, thank everyone.", {"thank": "thank"})
    assert facts_of(article.reading()).credit == "relief committee of Drusa"


def test_who_is_not_to_be_believed_is_denied() -> None:
    article = Article()
    start = article._paragraph("Do not believe those who say that the money is being stolen.")
    at = article.text.index
    source, cue = Span(at("who"), at("who") + 3), Span(at("say"), at("say") + 3)
    content = Span(at("that the"), at("stolen") + 6)
    article.statements.append(
        r.Statement("s1", (source,), None, (cue,), (content,), "indirect", "say", False, None, None, 0.9)
    )
    article._read(start, article.text[start:].strip(), STEAL, "s1")
    claim = only([article.reading()])
    assert (claim.standing, claim.holders, len(claim.deniers)) == ("denied", (), 1)


def _hydro(day: str, words: str, *, head: bool, act: str = "say", cue: str = "said") -> Reading:
    article = Article(publisher=f"Paper of {day}", published=day)
    body = article.who("Velna Hydro", "organisation")
    speaker = article.who("Bastian Oyle", of=body) if head else body
    article.says(speaker, words, {"knew": "know"}, act=act, cue=cue)
    return article.reading()


def test_a_head_who_says_what_the_body_denied_turns_round() -> None:
    denied = _hydro("2025-03-12", "that it knew of cracks in the Drusa dam", head=False, act="deny", cue="denied")
    admitted = _hydro("2025-03-18", "that it knew of cracks in the Drusa dam", head=True)
    made, facts = scene(denied, admitted)
    (claim,) = assemble(made, facts)
    assert claim.standing == "disputed"
    assert [c.rule for c in oppositions([claim], Names(made, facts))] == ["reversal"]


def test_a_body_and_its_voice_deny_once() -> None:
    held = Article(publisher="Paper of Tolven")
    held.says(held.who("Maja Tolven"), "that Velna Hydro knew of cracks in the Drusa dam", {"knew": "know"})
    denied = [
        _hydro(
            f"2025-03-1{n}", "that Velna Hydro knew of cracks in the Drusa dam", head=bool(n), act="deny", cue="denied"
        )
        for n in (0, 1)
    ]
    made, facts = scene(held.reading(), *denied)
    (claim,) = assemble(made, facts)
    (conflict,) = oppositions([claim], Names(made, facts))
    assert (conflict.rule, conflict.b.who) == ("denial", "Bastian Oyle")


def test_what_is_foretold_is_not_what_is() -> None:
    one, other = Article(publisher="A"), Article(publisher="B")
    one.says(one.who("Edrin Sauk"), "that the number of dead will rise", {"rise": "rise:planned"}, act="predict")
    other.says(other.who("Oltan Brezik"), "that the number of dead did rise", {"rise": "rise"})
    assert len(assemble(*scene(one.reading(), other.reading()))) == 2


def test_an_admission_answers_ones_own_denial() -> None:
    def said(day: str, words: str, events: dict[str, str], cue: str, act: str) -> Reading:
        article = Article(publisher=f"Paper of {day}", published=day)
        article.says(article.who("Kester Malvane"), words, events, cue=cue, act=act)
        return article.reading()

    denial = said("2025-03-14", "that not a single soldier has crossed the border", {"crossed": "cross"}, "said", "say")
    admission = said("2025-03-15", "that soldiers were in the valley", {}, "acknowledged", "confirm")
    made, facts = scene(denial, admission)
    (claim,) = assemble(made, facts)
    assert claim.standing == "disputed"
    assert [c.rule for c in oppositions([claim], Names(made, facts))] == ["reversal"]


def test_a_bare_negation_after_a_denial_is_the_same_denial() -> None:
    held = Article(publisher="A")
    held.says(held.who("Mirela Vantor"), "that soldiers shot at the border guards", {"shot": "shoot"})
    denied = Article(publisher="B")
    denied.says(
        denied.who("Ruvania", "place"),
        "that soldiers shot at the border guards",
        {"shot": "shoot"},
        act="deny",
        cue="denied",
    )
    denied.says(denied.who("Salme Orvind"), "that not a single shot was fired", {"fired": "fire"})
    made, facts = scene(held.reading(), denied.reading())
    (claim,) = assemble(made, facts)
    assert [made.names[who] for who in claim.deniers] == ["Ruvania", "Salme Orvind"]


def test_who_reported_the_thing_before_holds_it_too() -> None:
    article = Article()
    office = article.who("The audit office", "organisation")
    article.says(office, "that the order for new sirens in the valley was cancelled", {"cancelled": "cancel"})
    paper = article.who("Lowland News", "organisation")
    article.says(paper, "the cancellation", {"cancellation": "cancellation"}, act="report", cue="reported")
    assert only([article.reading()]).independent == 2


def test_an_outlet_that_has_it_otherwise_in_another_text_does_not_turn_round() -> None:
    def telling(words: str, day: str) -> Reading:
        article = Article(publisher="The Courier", published=day)
        article.tells(words, {"won": "win"})
        return article.reading()

    made, facts = scene(
        telling("Rubio won the primary in Nevada.", "2016-02-24"),
        telling("Rubio has not won the primary in Nevada.", "2016-02-23"),
    )
    assert oppositions(assemble(made, facts), Names(made, facts)) == ()


@pytest.mark.parametrize(
    ("words", "denies"), [("The judge denied parole.", False), ("The judge denied the report.", True)]
)
def test_what_is_denied_to_somebody_is_no_claim(words: str, denies: bool) -> None:
    article = Article()
    article.who("The judge")
    article.tells(words, {"denied": "deny"})
    assert any(p.stance == "denies" for p in facts_of(article.reading()).propositions) is denies


def test_a_word_that_a_whole_story_has_brings_no_pairs_together(monkeypatch: pytest.MonkeyPatch) -> None:
    readings = []
    for word in ("violin", "harvest", "lantern", "orchard", "glacier", "printer"):
        article = Article(publisher=f"Paper of the {word}")
        article.tells(f"The dam of the {word} burst before dawn.", BURST)
        readings.append(article.reading())
    compared: list[int] = []
    monkeypatch.setattr(clustering, "score", lambda *_: compared.append(1) or 0)
    assemble(*scene(*readings))
    many = len(compared)
    monkeypatch.setattr(clustering, "_CROWDED", 3)
    assemble(*scene(*readings))
    assert len(compared) == many > 0

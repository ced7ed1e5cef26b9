"""The benchmarks' transformations change what they say, as far as they say, and are the same every time."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

import pytest
from benchmarks.copies import PLAN, Built, built, containment, scored, shingles
from benchmarks.copying import Article, copied, furnished, paragraphs
from benchmarks.rewriting import OVERSHOOT, Unfit, kept_words, rewritten, sentences, words_of

TEXT = """HOLLOWAY, Ind. (Beacon) – Three people were killed and two others were injured early Saturday when a gunman \
opened fire outside a crowded bar, police said.

Officers were called to the Blue Lantern on Mill Street shortly before 2 a.m. and found several victims at the scene. \
They were taken to a nearby hospital, where two of them remained in critical condition on Sunday.

“I heard the shots and I ran inside,” said Martha Quill, who lives across the street. “Nobody knew what was going on.”

Police Chief Dan Overby said investigators believe the shooting began after an argument between two men in the parking \
lot. The suspect fled in a dark car before officers arrived. Detectives recovered a handgun near the entrance.

When the doors were locked, about forty guests were still inside, according to the owner of the bar. He said he had \
asked for more police patrols several times during the last year.

Authorities identified 24-year-old Peter Vane as a person of interest, and he was arrested on Sunday morning. Prosecutors \
said he will appear in court on Monday.

A neighbor told reporters that fights outside the bar happened nearly every weekend. Residents are scared, and many \
want the bar to be closed.

Anyone with information about the incident is asked to call the police department. Tips may also be sent online.
"""
ARTICLE = Article("https://beacon.example/1", "Three killed outside bar", "beacon.example", "2016-05-07", TEXT)
HOST = Article(
    "https://other.example/9",
    "Bridge to close for repairs",
    "other.example",
    "2016-05-06",
    "The bridge over the Elm closes on Friday.\n\nRepairs will take nine weeks.\n\nBuses go round by the north road.",
)
MADE = ("reprint", "excerpt: part", "excerpt: quoted in full", "update")
PERCENT = (10, 20, 30, 40)


@pytest.mark.parametrize("made", [*MADE, *(f"rewrite: {p} %" for p in PERCENT)])
def test_a_copy_is_the_same_for_a_seed_and_another_for_another(made: str) -> None:
    first, again, other = (copied(ARTICLE, made, seed=s, place="Holloway", host=HOST) for s in (4, 4, 7))
    assert first == again
    assert first.article != other.article
    assert first.article.text != ARTICLE.text


@pytest.mark.parametrize("made", MADE)
@pytest.mark.parametrize("seed", range(8))
def test_what_is_taken_stands_so_in_both_and_in_order(made: str, seed: int) -> None:
    copy = copied(ARTICLE, made, seed=seed, place="Holloway", host=HOST)
    assert copy.taken
    assert all(here.of(copy.article.text) == there.of(TEXT) for here, there in copy.taken)
    assert all(
        a[1].end <= b[1].start and a[0].end <= b[0].start for a, b in zip(copy.taken, copy.taken[1:], strict=False)
    )


def share_taken(made: str, seed: int) -> float:
    copy = copied(ARTICLE, made, seed=seed, place="Holloway", host=HOST)
    return sum(len(words_of(there.of(TEXT))) for _, there in copy.taken) / len(words_of(TEXT))


@pytest.mark.parametrize("seed", range(12))
def test_how_much_each_takes(seed: int) -> None:
    assert 0.47 <= share_taken("reprint", seed) <= 0.9  # its dateline is gone too
    assert 1 / 3 <= share_taken("excerpt: part", seed) <= 1 / 2
    assert share_taken("excerpt: quoted in full", seed) == 1
    words = len(words_of(TEXT))
    assert share_taken("update", seed) == pytest.approx((words - 1) / words)


def test_a_reprint_has_its_own_head_and_dateline() -> None:
    copy = copied(ARTICLE, "reprint", seed=1, place="Holloway")
    assert copy.kind == "reprint"
    assert copy.article.title != ARTICLE.title
    assert copy.article.publisher != ARTICLE.publisher
    assert "(Beacon)" not in copy.article.text
    assert re.search(r"HOLLOWAY, May \d+ \([^)]+\) – Three people", copy.article.text)


def test_an_update_is_the_same_publishers_later_page_with_one_count_changed() -> None:
    copy = copied(ARTICLE, "update", seed=2, place="Holloway")
    assert copy.article.publisher == ARTICLE.publisher
    assert copy.article.published > ARTICLE.published
    old, new = paragraphs(TEXT), paragraphs(copy.article.text)
    assert len(new) == len(old) + 2
    changed = [
        (a.of(TEXT).split(), b.of(copy.article.text).split())
        for a, b in zip(old, new[2:], strict=True)
        if a.of(TEXT) != b.of(copy.article.text)
    ]
    ((before, after),) = changed
    assert sum(a != b for a, b in zip(before, after, strict=True)) == 1


@pytest.mark.parametrize("percent", PERCENT)
@pytest.mark.parametrize("seed", range(6))
def test_a_rewrite_changes_the_share_of_words_that_it_says(percent: int, seed: int) -> None:
    new = rewritten(TEXT, share=percent / 100, seed=seed)
    old = words_of(TEXT)
    changed = 1 - kept_words(old, words_of(new)) / len(old)
    # Over the whole text a few more words find a partner than sentence by sentence, as the rewriter counts.
    assert percent / 100 - 0.04 <= changed <= percent / 100 + OVERSHOOT


def test_a_rewrite_leaves_quotations_whole_or_drops_them() -> None:
    for seed in range(10):
        for quote in re.findall("“[^”]*”", rewritten(TEXT, share=0.3, seed=seed)):
            assert quote.strip("“”").rstrip(",.") in TEXT


def test_what_holds_too_little_is_refused() -> None:
    with pytest.raises(Unfit):
        rewritten("Blue.", share=0.4, seed=1)
    with pytest.raises(ValueError, match="no transformation"):
        copied(ARTICLE, "translation", seed=1, place="Holloway")


def test_sentences_part_at_ends_and_not_at_titles_or_hours() -> None:
    paragraph = "Sgt. Lee Ward came at 2 a.m. Saturday. “It was late,” he said. Nobody on St. Mary St. slept."
    assert sentences(paragraph) == [
        "Sgt. Lee Ward came at 2 a.m. Saturday.",
        "“It was late,” he said.",
        "Nobody on St. Mary St. slept.",
    ]


def test_kept_words_are_the_longest_common_subsequence() -> None:
    assert kept_words("a b c d e".split(), "x a c b d".split()) == 3
    assert kept_words([], ["a"]) == 0


@dataclass(frozen=True)
class Row:
    group: str
    document: str
    kind: str


def incidents() -> list[dict[str, object]]:
    """Twelve incidents whose articles have no eight words in common."""
    rng = random.Random(5)
    names = [f"{a}{b}" for a in ("Ar", "Bel", "Cor", "Dun", "El") for b in ("don", "ham", "ley", "mont", "ford")]

    def text() -> str:
        words = [w for w in re.findall(r"\S+", TEXT) if w.isalpha()]
        lines = [" ".join([rng.choice(names), *rng.sample(words, 11), rng.choice(names)]) for _ in range(24)]
        return "\n\n".join(f"Three people and {a}. Then {b}." for a, b in zip(lines[::2], lines[1::2], strict=True))

    def article(number: int) -> dict[str, object]:
        url = f"http://web.archive.org/web/2016/http://www.paper{number}.com:80/{number}"
        return {"url": url, "title": "Shooting", "published": "2016-05-07", "text": text()}

    return [
        {"incident": str(n), "place": "Holloway", "state": "Iowa", "articles": [article(n), article(n + 100)]}
        for n in range(12)
    ]


def grouped(made: Built, *, wrong: int = 0, missed: int = 0) -> list[Row]:
    """The rows of a ledger that finds all copies but `missed`, and `wrong` pairs that are none."""
    true = [p for p in made.pairs if p.kind][missed:]
    rows = [
        Row(p.first, made.documents[key].id, k or "")
        for p in true
        for key, k in ((p.first, "origin"), (p.second, p.kind))
    ]
    seconds = [p for p in made.pairs if p.made == "same incident"]
    held = {row.document: row.group for row in rows}
    for pair in [p for p in seconds if made.documents[p.first].id in held][:wrong]:
        rows.append(Row(held[made.documents[pair.first].id], made.documents[pair.second].id, "rewrite"))
    return rows


def test_the_pairs_are_the_same_for_a_seed_and_hold_what_is_planned() -> None:
    made, again = (built(incidents(), seed=3, scale=0.02) for _ in range(2))
    assert made.pairs == again.pairs
    assert made.documents == again.documents
    planned = [m for m, count in PLAN.items() if round(count * 0.02)]
    assert {p.made for p in made.pairs if p.kind} <= set(planned)
    assert {p.made for p in made.pairs if p.kind is None} == {"same incident", "same city", "same furniture"}
    assert made.documents[made.pairs[0].first].publisher.startswith("paper")  # type: ignore[union-attr]


def test_all_found_none_missed() -> None:
    made = built(incidents(), seed=3, scale=0.02)
    figures = scored(made, grouped(made))
    assert (figures["precision"], figures["recall"], figures["kind"]["accuracy"]) == (1, 1, 1)
    assert figures["all_pairs"]["precision"] == 1
    assert figures["false"] == {}


def test_a_miss_costs_recall_and_a_wrong_pair_precision() -> None:
    made = built(incidents(), seed=3, scale=0.02)
    copies = sum(1 for p in made.pairs if p.kind)
    missed = scored(made, grouped(made, missed=1))
    assert missed["recall"] == pytest.approx((copies - 1) / copies, abs=1e-4)
    assert missed["precision"] == 1
    wrong = scored(made, grouped(made, wrong=1))
    assert wrong["precision"] == pytest.approx(copies / (copies + 1), abs=1e-4)
    assert wrong["false"] == {"same incident": 1}
    assert wrong["all_pairs"]["precision"] < 1


def test_a_wrong_kind_is_named() -> None:
    made = built(incidents(), seed=3, scale=0.02)
    rows = [Row(r.group, r.document, "translation" if r.kind != "origin" else r.kind) for r in grouped(made)]
    kind = scored(made, rows)["kind"]
    assert kind["accuracy"] == 0
    assert all(key.endswith("→ translation") for key in kind["confused"])


def test_originals_that_share_their_words_are_left_out() -> None:
    rows = incidents()
    for row in rows:
        first, second = row["articles"]  # type: ignore[misc]
        second["text"] = first["text"] + "\n\nOne more line."
    made = built(rows, seed=3, scale=0.02)
    assert made.left_out["same incident"] > 0
    assert not [p for p in made.pairs if p.made == "same incident"]


def test_furniture_and_containment() -> None:
    a, b = (furnished(text, random.Random(1)) for text in (TEXT, HOST.text))
    assert TEXT.strip() in a
    assert HOST.text in b
    assert len(shingles(a) & shingles(b)) > 100
    assert containment(shingles(TEXT), shingles(TEXT)) == 1
    assert containment(shingles(TEXT), shingles(HOST.text)) == 0

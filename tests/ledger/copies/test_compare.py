"""What makes two articles one text, and what does not."""

from __future__ import annotations

import random

import pytest
from tests.ledger.copies.conftest import article, sentence, sentences, word

from onrecord.ledger.copies import CopyPair, compare, features
from onrecord.ledger.copies.compare import passages
from onrecord.ledger.copies.features import bands

TEXT = sentences(7)


def pair(one: list[str], other: list[str], **facts: str) -> CopyPair | None:
    a, b = features(article(one)), features(article(other, **facts))
    found = compare(a, b)
    assert found == compare(b, a)
    if found is not None:
        assert len(bands(a) & bands(b)) >= 2, "a pair that is never looked at"
    return found


def replaced(text: list[str], share: float, seed: int = 3) -> list[str]:
    """Every word that means something is another with this chance."""
    random_ = random.Random(seed)
    return [
        " ".join(word(random_) if len(w) > 3 and random_.random() < share else w for w in part.split()) for part in text
    ]


@pytest.mark.parametrize("kept", [14, 10, 6])
def test_a_cut_tail_under_another_headline_is_a_copy(kept: int) -> None:
    found = pair(TEXT, ["DELPORT (CW) – " + TEXT[0], *TEXT[1:kept]])
    assert found is not None
    assert max(found.share_a, found.share_b) > 0.95


@pytest.mark.parametrize("share", [0.1, 0.25, 0.4])
def test_replaced_words(share: float) -> None:
    assert pair(TEXT, replaced(TEXT, share)) is not None


def test_replaced_sentences() -> None:
    assert pair(TEXT, [*TEXT[:5], *sentences(8, 5), *TEXT[10:]]) is not None


def test_moved_paragraphs() -> None:
    found = pair(TEXT, TEXT[7:] + TEXT[:7])
    assert found is not None
    assert found.share_a > 0.95


def test_an_excerpt_in_a_long_text_of_its_own() -> None:
    found = pair(sentences(20, 80)[:40] + TEXT[:6] + sentences(21, 80)[:40], TEXT[:6])
    assert found is not None


def test_a_shared_quotation_is_no_copy() -> None:
    quote = "“" + " ".join(sentences(9, 6)) + "” she said."
    assert pair([*sentences(10, 6), quote], [quote, *sentences(11, 6)]) is None


def test_shared_notices_are_no_copy() -> None:
    notices = [
        "Copyright 2025 The Invented Courier. All rights reserved, and nothing of it may be printed elsewhere.",
        "Sign up for our newsletter, which brings the whole world to your table every morning before breakfast.",
        "Anyone with information about any of this is asked to call the police of the town at any hour of the day.",
    ]
    assert pair([*sentences(12, 3), *notices], [*sentences(13, 3), *notices]) is None


def test_idioms_and_names_are_no_copy() -> None:
    idioms = ["pronounced dead at the scene", "the police department of Drusa", "in stable condition at a hospital"]
    random_ = random.Random(4)

    def report() -> list[str]:
        return [
            f"{sentence(random_, 8)[:-1]} {random_.choice(idioms)} {sentence(random_, 6).lower()}" for _ in range(12)
        ]

    assert pair(report(), report()) is None


def test_one_passage_in_an_article_of_another_outlet_is_a_copy_of_that_much() -> None:
    own = sentences(14, 9)
    part = [f"Drusa, Sarmin, Delport: {TEXT[0]}", *TEXT[1:5]]
    named = {"names": ("Drusa", "Sarmin", "Delport")}

    def inside(passage: list[str]) -> CopyPair | None:
        a, b = article([*part, *TEXT[5:]], **named), article([*own[:4], *passage, *own[4:]], **named)
        return compare(features(a), features(b))

    assert inside(part) is not None
    assert inside(part[:2]) is None


def test_a_passage_that_names_nothing_is_house_rules() -> None:
    own = sentences(14, 9)
    assert pair(TEXT, [*own[:4], *TEXT[:5], *own[4:]]) is None


def test_menus_are_no_article() -> None:
    menu = ["Print this article", "Home | News | Sport", "Share this story", "Text size: A A A", "Sign in to comment"]
    assert features(article([*menu, TEXT[0], *menu])).words.forms == features(article([TEXT[0]])).words.forms


def test_short_texts_need_more() -> None:
    assert pair(TEXT[:3], [*TEXT[:1], *sentences(15, 2)]) is None
    assert pair(["Two dead."], ["Two dead."]) is None


NAMES = [w.capitalize() for w in "drusa vantor sarmin delport karst brezik lindmark oyle torvik quenby".split()]


def told(order: list[str], seed: int) -> list[str]:
    random_ = random.Random(seed)
    return [f"{name} {sentence(random_, 10)} {n + 11} {sentence(random_, 7)}" for n, name in enumerate(order)]


def test_the_same_names_and_figures_in_order_in_other_words_are_a_translation() -> None:
    facts = {"names": tuple(NAMES), "figures": tuple(range(11, 21))}
    a, b = features(article(told(NAMES, 1), **facts)), features(article(told(NAMES, 2), **facts))
    found = compare(a, b)
    assert found is not None
    assert found.kind == "translation"
    assert len(bands(a) & bands(b)) >= 2
    shuffled = features(article(told(NAMES[::-1], 3), **facts))
    assert compare(a, shuffled) is None


def test_short_texts_are_never_translations() -> None:
    facts = {"names": tuple(NAMES[:4]), "figures": tuple(range(11, 15))}
    assert compare(*(features(article(told(NAMES[:4], seed), **facts)) for seed in (1, 2))) is None


def test_passages_show_what_was_copied() -> None:
    origin = features(article(TEXT))
    member = features(article([*sentences(16, 3), *TEXT[4:9]]))
    text, there = member.text, origin.text
    copied = " ".join(text[s:e] for s, e, _, _ in passages(member, origin))
    assert copied.split() == " ".join(TEXT[4:9])[:-1].split()
    assert all(text[s:e].split() == there[a:b].split() for s, e, a, b in passages(member, origin))

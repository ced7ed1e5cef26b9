"""Which article of a copy group is its origin, and what the others are to it; by hand, without texts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.ledger.copies.align import Alignment, align, aligned
from onrecord.ledger.copies.compare import CopyPair
from onrecord.ledger.copies.credits import Credit
from onrecord.ledger.copies.groups import CopyGroup, CopyMember, Standing, group_key, grouped

WIRE = Credit("Continental Wire", "dateline", True)
DAY = "2025-03-12"


def article(
    name: str, published: str | None = DAY, publisher: str | None = None, *credits: Credit, words: int = 200
) -> Standing:
    return Standing(name, publisher or f"Paper of {name}", published, credits, words)


def pair(a: str, b: str, share_a: float = 1.0, share_b: float = 1.0, **more: object) -> CopyPair:
    values = {
        "kind": "words",
        "strength": 0.9,
        "longest": 40,
        "unbroken": 1.0,
        "from_start": True,
        "same_publisher": False,
    } | more
    return CopyPair(a=a, b=b, share_a=share_a, share_b=share_b, **values)  # type: ignore[arg-type]


def group(*articles: Standing, pairs: tuple[CopyPair, ...] | None = None) -> CopyGroup:
    """The one group of these articles, each a copy of each unless told."""
    names = sorted(a.document for a in articles)
    every = [pair(a, b) for i, a in enumerate(names) for b in names[i + 1 :]]
    (found,) = grouped({a.document: a for a in articles}, pairs or every, lambda a, b: None)
    return found


def member(found: CopyGroup, name: str) -> CopyMember:
    return next(m for m in found.members if m.document == name)


@pytest.mark.parametrize(
    ("articles", "origin", "why"),
    [
        # the day, then the time where all of that day have one
        ((article("b", "2025-03-11"), article("a")), "b", "published first: 2025-03-11"),
        ((article("b", f"{DAY}T09:00"), article("a", f"{DAY}T10:00")), "b", f"published first: {DAY}T09:00"),
        ((article("b", f"{DAY}T09:00"), article("a")), "a", "nothing tells which was first: the smallest hash"),
        (
            (article("b", f"{DAY}T09:00+02:00"), article("a", f"{DAY}T08:00")),
            "b",
            f"published first: {DAY}T09:00+02:00",
        ),
        (
            (article("b", f"{DAY}T23:00-03:00"), article("a", "2025-03-13T01:00")),
            "a",
            "published first: 2025-03-13T01:00",
        ),
        ((article("b", None), article("a")), "a", f"published first: {DAY}"),
        (
            (article("b", "2025-03-12/2025-03-14"), article("a", "2025-03-13")),
            "b",
            "published first: 2025-03-12/2025-03-14",
        ),
        # the longest, the smallest hash
        ((article("b", words=201), article("a")), "b", "longest text: 201 words"),
        ((article("b"), article("a")), "a", "nothing tells which was first: the smallest hash"),
        # credits before all of it
        ((article("b", "2025-03-13", None, WIRE), article("a")), "b", "the only credit"),
        (
            (article("c", "2025-03-14", None, WIRE), article("b", "2025-03-13", None, WIRE), article("a")),
            "b",
            "the best credits",
        ),
        (
            (article("b", "2025-03-13", None, WIRE), article("a", DAY, None, replace(WIRE, known=False))),
            "b",
            "the only credit",
        ),
        ((article("b", "2025-03-13", None, replace(WIRE, known=False)), article("a")), "b", "the only credit"),
        (
            (article("b", "2025-03-13", None, replace(WIRE, form="contributed")), article("a")),
            "a",
            f"published first: {DAY}",
        ),
        # whoever it is that the others credit
        (
            (article("b", "2025-03-13", "Continental Wire"), article("a", DAY, None, WIRE)),
            "b",
            "the copies credit its publisher, Continental Wire",
        ),
    ],
)
def test_the_origin_and_why(articles: tuple[Standing, ...], origin: str, why: str) -> None:
    found = group(*articles)
    assert found.origin == origin
    assert member(found, origin).evidence[0] == why
    assert (member(found, origin).kind, member(found, origin).share) == ("origin", 1.0)


def test_reasons_are_told_in_their_order() -> None:
    found = group(article("c", "2025-03-14", None, WIRE), article("b", "2025-03-13", None, WIRE), article("a"))
    assert member(found, "b").evidence == (
        "the best credits",
        "published first: 2025-03-13",
        "credits Continental Wire in its dateline",
    )
    timed = group(article("b", f"{DAY}T09:00"), article("a", f"{DAY}T10:00"), article("c", "2025-03-13"))
    assert member(timed, "b").evidence == (f"published first: {DAY}T09:00",)


def test_members_stand_in_the_order_of_publication() -> None:
    found = group(article("c", None), article("b", f"{DAY}T10:00"), article("a"), article("d", f"{DAY}T09:00"))
    assert [m.document for m in found.members] == ["d", "b", "a", "c"]
    assert found.key == group_key("d")


@pytest.mark.parametrize(
    ("made", "kind"),
    [
        (pair("a", "b"), "reprint"),
        (pair("a", "b", 1.0, 0.85), "reprint"),
        # the shares are of the origin, a, and of the member, b
        (pair("a", "b", 0.85, 0.84, from_start=True), "reprint"),  # longer, and begins alike
        (pair("a", "b", 0.85, 0.84, from_start=False), "excerpt"),
        (pair("a", "b", 0.84, 0.84), "rewrite"),
        (pair("a", "b", unbroken=0.96), "rewrite"),
        (pair("a", "b", unbroken=0.97), "reprint"),
        (pair("a", "b", 0.49, 0.49), "excerpt"),
        (pair("a", "b", 0.5, 0.5), "rewrite"),
        (pair("a", "b", 1.0, 0.49), "excerpt"),
        (pair("a", "b", 1.0, 0.5), "reprint"),
        (pair("a", "b", 0.4, 1.0), "excerpt"),
        (pair("a", "b", same_publisher=True), "reprint"),  # the same page read twice
        (pair("a", "b", 0.97, 1.0, same_publisher=True), "reprint"),
        (pair("a", "b", 0.96, 1.0, same_publisher=True), "update"),
        (pair("a", "b", 0.3, 0.3, kind="translation"), "translation"),
    ],
)
def test_what_a_member_is_to_the_origin(made: CopyPair, kind: str) -> None:
    found = group(article("a"), article("b", "2025-03-13"), pairs=(made,))
    assert member(found, "b").kind == kind
    assert member(found, "b").share == made.share_b


def test_the_evidence_of_a_member() -> None:
    later = article(
        "b", "2025-03-13", None, *(replace(WIRE, form=form) for form in ("byline", "author", "notice", "contributed"))
    )  # type: ignore[arg-type]
    first = article("a", DAY, None, WIRE)
    made = pair("a", "b", 0.5, 0.755, longest=12, same_publisher=True)
    assert member(group(first, later, pairs=(made,)), "b").evidence == (
        "76% of its words stand in the origin, 50% of the origin's in it",
        "12 words in a row",
        "same publisher",
        "credits Continental Wire in its byline",
        "credits Continental Wire as its author",
        "credits Continental Wire in a line of its own",
        "credits Continental Wire for help",
    )
    translated = group(first, later, pairs=(pair("a", "b", kind="translation", strength=0.8),))
    assert member(translated, "b").evidence[0] == "80% of names, figures and dates the same, in the same order"


def test_a_chain_joins_nothing_that_has_no_text_in_common() -> None:
    articles = {name: article(name, f"2025-03-1{n}") for n, name in enumerate("abc")}
    chain = [pair("a", "b", strength=0.9), pair("b", "c", strength=0.8)]
    (found,) = grouped(articles, chain, lambda a, b: None)
    assert sorted(m.document for m in found.members) == ["a", "b"]
    (found,) = grouped(articles, [pair("a", "b", strength=0.8), pair("b", "c", strength=0.9)], lambda a, b: None)
    assert sorted(m.document for m in found.members) == ["b", "c"]
    asked: list[tuple[str, str]] = []

    def missing(a: str, b: str) -> CopyPair:
        asked.append((a, b))
        return pair(a, b)

    (found,) = grouped(articles, chain, missing)
    assert len(found.members) == 3
    assert asked == [("a", "c")]


def test_words_join_before_translations_and_the_larger_group_comes_first() -> None:
    articles = {name: article(name, f"2025-03-1{n}") for n, name in enumerate("abcde")}
    pairs = [
        pair("a", "b", kind="translation", strength=1.0),
        pair("b", "c", strength=0.6),
        pair("d", "e", strength=0.7),
    ]
    found = grouped(articles, pairs, lambda a, b: None)
    assert [sorted(m.document for m in g.members) for g in found] == sorted(
        [["b", "c"], ["d", "e"]], key=lambda d: group_key(d[0])
    )
    more = [*pairs, pair("a", "c", kind="translation")]
    assert [len(g.members) for g in grouped(articles, more, lambda a, b: None)] == [3, 2]
    assert grouped(articles, [], lambda a, b: None) == []


# Which words of one text stand in another


def runs(a: str, b: str) -> Alignment:
    return align(a.split(), b.split())


@pytest.mark.parametrize(
    ("a", "b", "found"),
    [
        ("p q r s t", "p q r s t", [(0, 0, 5)]),
        ("p q r s", "p q r s", []),  # four words alone are an idiom
        ("x p q r s t", "p q r s t", [(1, 0, 5)]),
        ("p q r s t u v w", "p q r s t x u v w", [(0, 0, 5), (5, 6, 3)]),  # three go on from a run near by
        ("p q r s t u v", "p q r s t x u v", [(0, 0, 5)]),
        ("p q r s t " + "x " * 13 + "u v w", "p q r s t u v w", [(0, 0, 5)]),  # too far off
        ("p q r s t " + "x " * 12 + "u v w", "p q r s t u v w", [(0, 0, 5), (17, 5, 3)]),
        ("p q r s t p q r s t", "p q r s t", [(0, 0, 5)]),  # no word twice
        ("p q r s t u", "p q r s t x p q r s t u", [(0, 6, 6)]),  # the longest
        ("a b c d e f g h i j", "f g h i j a b c d e", [(0, 5, 5), (5, 0, 5)]),  # moved
    ],
)
def test_runs_of_equal_words(a: str, b: str, found: list[tuple[int, int, int]]) -> None:
    assert list(runs(a, b).runs) == found


@pytest.mark.parametrize(
    ("between_a", "between_b", "bridged"),
    [
        ("x k x", "y k y", True),
        ("x k x x x x", "y k y y y y", True),  # six words between belong to each other whatever they are
        ("x k x x x x x", "y k y y y y y", False),  # of seven, two fifths must be the same
        ("x k x k x k x", "y k y k y k y", True),
        ("x k x k x x x", "y k y k y y y", False),
        ("x " + "k " * 58 + "x", "y " + "m k " * 29 + "y", True),
        ("x " + "k " * 59 + "x", "y " + "m k " * 29 + "y", False),
        ("", "k", False),
    ],
)
def test_words_between_two_runs(between_a: str, between_b: str, bridged: bool) -> None:
    a, b = (f"p q r s t {between} u v w z o" for between in (between_a, between_b))
    assert bool(runs(a, b).bridged) is bridged


def test_words_before_the_first_run_and_after_the_last_belong_to_each_other() -> None:
    assert runs("k p q r s t m", "k x p q r s t y m").bridged == ((0, 0, 1), (6, 8, 1))
    moved = runs("f g h i j k a b c d e", "a b c d e k f g h i j")
    assert moved.bridged == ()


def test_spans_of_what_stands_in_both() -> None:
    a, b = "One two three four five, six.", "Zero. ONE two, three four five seven."
    ((start, end, there, until),) = aligned(a, b)
    assert (a[start:end], b[there:until]) == ("One two three four five", "ONE two, three four five")
    assert aligned("one two", "three four") == []

"""How much of a text makes a copy: at each threshold, on texts of words that nothing else has."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from tests.ledger.copies.conftest import article

from onrecord.ledger.copies import CopyPair, compare, features

LINE = 10  # words of a line, fewer than two writers hardly have in a row by chance


def lines(of: str, places: Sequence[int], words: int = LINE) -> list[str]:
    """Lines whose words are of their own, by what they are of and their places."""
    return [
        " ".join(f"{of}{_letters(place)}{_letters(word)}" for word in range(words)).capitalize() + "."
        for place in places
    ]


def _letters(number: int) -> str:
    return chr(ord("a") + number // 26) + chr(ord("a") + number % 26)


def mixed(same: int, of: int, *, in_row: bool = False, cuts: Sequence[int] = ()) -> tuple[list[str], list[str]]:
    """Two texts of so many lines, of which the first ones are the same: in one row, or turned round, so that no two of
    them follow each other. Of the last of these, as many words are others as `cuts` says."""
    shared = lines("q", range(same))
    changed = list(shared)
    for place, cut in enumerate(cuts, 1):
        kept = shared[-place].rstrip(".").split()[: LINE - cut]
        changed[-place] = " ".join([*kept, *lines("z", [place], cut)[0].lower().split()])
    one, other = [*shared, *lines("b", range(of - same))], [*changed, *lines("c", range(of - same))]
    return one, other if in_row else other[::-1]


def pair(one: list[str], other: list[str], **facts: object) -> CopyPair | None:
    a, b = features(article(one)), features(article(other, **facts))
    found = compare(a, b)
    assert found == compare(b, a)
    return found


@pytest.mark.parametrize(
    ("same", "of", "cuts", "copy"),
    [
        (11, 20, (), True),  # 55 in 100 of a text of 200 words
        (11, 20, (1,), False),
        (7, 10, (3, 3), True),  # of one of 100 words 63.5
        (7, 10, (4, 3), False),
        (4, 5, (4,), True),  # of one of 50 words 72
        (4, 5, (5,), False),
        (3, 4, (1,), True),
        (3, 4, (2,), False),
    ],
)
def test_the_share_of_words_that_makes_a_copy(same: int, of: int, cuts: tuple[int, ...], copy: bool) -> None:
    found = pair(*mixed(same, of, cuts=cuts))
    assert (found is not None) is copy
    if found is not None:
        share = (same * LINE - sum(cuts)) / (of * LINE)
        assert (found.kind, found.share_a, found.share_b, found.strength) == ("words", share, share, share)
        assert (found.longest, found.unbroken) == (LINE, 0.0)


@pytest.mark.parametrize(("cuts", "copy"), [((), True), ((1,), False)])
def test_of_whole_sentences_in_a_row_less_is_enough(cuts: tuple[int, ...], copy: bool) -> None:
    found = pair(*mixed(10, 20, in_row=True, cuts=cuts))
    assert (found is not None) is copy
    if found is not None:
        assert (found.longest, found.unbroken, found.from_start) == (100, 1.0, True)


@pytest.mark.parametrize(("same", "copy"), [(24, False), (25, True)])
def test_texts_of_a_few_words_have_nothing_to_tell(same: int, copy: bool) -> None:
    line = lines("q", [0], same)
    assert (pair(line, [*line, *lines("c", [1], 2)]) is not None) is copy


@pytest.mark.parametrize(
    ("same", "of", "around", "copy"),
    [
        (14, 20, 40, True),  # of a text that is less than two fifths of the other seven tenths
        (13, 20, 40, False),
        (13, 20, 30, True),
    ],
)
def test_of_a_small_text_in_a_large_one_more_is_needed(same: int, of: int, around: int, copy: bool) -> None:
    one, other = mixed(same, of)
    assert (pair(one, [*other, *lines("d", range(30, 30 + around))]) is not None) is copy


def test_words_here_and_there_are_no_sentences() -> None:
    def halved(same: int) -> list[str]:
        """Each line begins as in the other text, and ends in words of its own."""
        return [
            " ".join([*line.split()[:same], *lines("d", [place], 10 - same)[0].split()])
            for place, line in enumerate(whole)
        ]

    whole = lines("q", range(20))
    assert pair(whole, halved(6)) is not None
    assert pair(whole, [*whole[:8], *halved(4)[8:]]) is not None
    assert pair(whole, [*whole[:7], *halved(4)[7:]]) is None  # of 61 in 100 too few are in sentences that are the same


def test_what_is_quoted_counts_for_little() -> None:
    quoted = [f"“{line}”" for line in lines("q", range(16))]
    own, others = lines("b", range(4)), lines("c", range(4))
    # most of both is quotation: all their words are compared, and four fifths of them have to be there
    assert pair([*quoted, *own], [*quoted, *others]) is not None
    assert pair([*quoted[:15], *own, *lines("e", [9])], [*quoted[:15], *others, *lines("f", [9])]) is None
    some = [*quoted[:8], *lines("b", range(12))]
    assert pair(some, [*quoted[:8], *lines("c", range(12))]) is None


@pytest.mark.parametrize(
    ("words", "names", "publisher", "copy"),
    [
        (60, ("Drusa", "Sarmin", "Delport"), None, True),
        (59, ("Drusa", "Sarmin", "Delport"), None, False),
        (60, ("Drusa", "Sarmin"), None, False),  # house rules have no names
        (60, ("Drusa", "Sarmin", "Delport"), "The Courier", False),  # one outlet repeats its background
    ],
)
def test_one_long_passage_in_a_text_of_its_own(
    words: int, names: tuple[str, ...], publisher: str | None, copy: bool
) -> None:
    said = lines("q", [0], words - len(names))[0][:-1] + " " + " ".join(names) + "."
    one, other = [said, *lines("b", range(1, 13))], [said, *lines("c", range(1, 13))]
    a = features(article(one, names=names, publisher=publisher or "One"))
    b = features(article(other, names=names, publisher=publisher or "Two"))
    assert (compare(a, b) is not None) is copy
    small = features(article([said, *lines("c", range(1, 16))], names=names, publisher="Two"))
    if copy:
        assert (
            compare(features(article([said, *lines("b", range(1, 16))], names=names, publisher="One")), small) is None
        )


NAMES = tuple(f"N{_letters(n)}" for n in range(20))


@pytest.mark.parametrize(
    ("same", "of", "copy"),
    [
        (15, 15, True),
        (14, 14, False),  # too few
        (15, 20, True),
        (15, 21, True),  # seven tenths of them are enough
        (15, 22, False),
    ],
)
def test_names_in_one_order_tell_a_translation(same: int, of: int, copy: bool) -> None:
    def text(of_words: str) -> list[str]:
        own = [f"{of_words.upper()}x{_letters(n)}" for n in range(of - same)]
        named = [*(f"P{_letters(n)}" for n in range(same)), *own]
        return [f"{line[:-1]} {name}." for line, name in zip(lines(of_words, range(of)), named, strict=True)]

    def names_of(parts: list[str]) -> tuple[str, ...]:
        return tuple(part.rstrip(".").split()[-1] for part in parts)

    one, other = text("b"), text("c")
    found = compare(features(article(one, names=names_of(one))), features(article(other, names=names_of(other))))
    assert (found is not None) is copy
    if found is not None:
        assert (found.kind, found.strength) == ("translation", same / of)


def test_a_copy_begins_where_its_origin_begins_but_for_a_dateline() -> None:
    whole = lines("q", range(20))
    for before, from_start in ((25, True), (26, False)):
        found = pair(whole, [*lines("z", [9], before), *whole])
        assert found is not None
        assert found.from_start is from_start


def test_one_article_is_no_copy_of_itself_and_one_outlet_is_known_by_its_site() -> None:
    whole = lines("q", range(20))
    same = features(article(whole))
    assert compare(same, same) is None
    one, other = (
        features(article(whole, publisher="www.courier.example")),
        features(article(whole, publisher="courier.example")),
    )
    found = compare(one, other)
    assert found is not None
    assert found.same_publisher
    assert not pair(whole, [*whole, *lines("z", [1])]).same_publisher  # type: ignore[union-attr]

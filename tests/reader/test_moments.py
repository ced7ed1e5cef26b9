"""Temporal expressions on bare text: what is found, its TIMEX3 value, the days it covers and its edge."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reader.annotated import Annotated
from onrecord.reader.moments import read_moments
from onrecord.records import Document, Moment

PUBLISHED = "2015-09-22"  # a Tuesday


def read(text: str, published: str | None = PUBLISHED) -> list[Moment]:
    return read_moments(Annotated(Document(id="d", text=text), (), ()), published)[0]


def pairs(text: str, published: str | None = PUBLISHED) -> list[tuple[str, str, str]]:
    return [(m.span.of(text), m.type, m.value) for m in read(text, published)]


DATES = [
    ("It was signed on 2014-02-28.", "2014-02-28", "2014-02-28"),
    ("It was signed on 9/12/2014.", "9/12/2014", "2014-09-12"),
    ("It was signed on 25/12/2014.", "25/12/2014", "2014-12-25"),
    ("Saturday, September 12, 2015", "Saturday, September 12, 2015", "2015-09-12"),
    ("It opened on the 5th of March 2012.", "the 5th of March 2012", "2012-03-05"),
    ("It opened on 5 March 2012.", "5 March 2012", "2012-03-05"),
    ("He came on Sept. 14, and left.", "Sept. 14", "2015-09-14"),
    ("He was hired in July 2003.", "July 2003", "2003-07"),
    ("He was hired in June last year.", "June last year", "2014-06"),
    ("He was hired last October.", "last October", "2014-10"),
    ("He will be hired next January.", "next January", "2016-01"),
    ("She was sworn in on Christmas Eve.", "Christmas Eve", "2015-12-24"),
    ("It was at its lowest since '82.", "'82", "1982"),
    ("It dates from nineteen ninety-six.", "nineteen ninety-six", "1996"),
    ("It grew through the 1990s.", "the 1990s", "199"),
    ("It grew in the late nineties.", "the late nineties", "199"),
    ("A man of the 20th century.", "the 20th century", "19"),
    ("It was signed on 01.02.2014.", "01.02.2014", "2014-02-01"),
    ("It dates from the 1600s.", "the 1600s", "16"),
    ("It failed in fiscal 2012.", "fiscal 2012", "2012"),
    ("It failed in FY2012.", "FY2012", "2012"),
    ("It failed in FY12.", "FY12", "2012"),
    ("It was signed last Oct. 18.", "last Oct. 18", "2014-10-18"),
    ("It was signed last Sept. 24.", "last Sept. 24", "2014-09-24"),
    ("It will be signed next June 5.", "next June 5", "2016-06-05"),
    ("It grew in the last week of March 2009.", "the last week of March 2009", "2009-W13"),
    ("It grew in the first week of May 2015.", "the first week of May 2015", "2015-W19"),
    ("The Sept. 11 attacks changed it.", "Sept. 11", "2001-09-11"),
    ("It flew on Sept. 11.", "Sept. 11", "2015-09-11"),
    ("The second half of March was cold.", "March", "2015-03"),
    ("The approach of the year two thousand was feared.", "the year two thousand", "2000"),
    ("He drove a 1998 Ford in 2004.", "2004", "2004"),
    ("They will choose early in 2016.", "early in 2016", "2016"),
    ("Sales in the third quarter of 2009 fell.", "the third quarter of 2009", "2009-Q3"),
    ("Sales in the first half of last year fell.", "the first half of last year", "2014-H1"),
    ("It rose in Q1 2014.", "Q1 2014", "2014-Q1"),
    ("It closed last winter.", "last winter", "2014-WI"),
    ("It opened in the summer of 2012.", "the summer of 2012", "2012-SU"),
]
DEICTIC = [
    ("He came last week.", "last week", "date", "2015-W38"),
    ("He will come next month.", "next month", "date", "2015-10"),
    ("He came this year.", "this year", "date", "2015"),
    ("It was decided last Tuesday.", "last Tuesday", "date", "2015-09-15"),
    ("It was decided Tuesday.", "Tuesday", "date", "2015-09-22"),
    ("They will meet on Friday.", "Friday", "date", "2015-09-25"),
    ("They met on Friday.", "Friday", "date", "2015-09-18"),
    ("He came the day before yesterday.", "the day before yesterday", "date", "2015-09-20"),
    ("In the early hours of Monday he left.", "Monday", "date", "2015-09-21"),
    ("It will grow over the next decade.", "the next decade", "duration", "P10Y"),
    ("They met on Thursday night.", "Thursday night", "time", "2015-09-17TNI"),
    ("A storm on the morning of 5 June killed two.", "the morning of 5 June", "time", "2015-06-05TMO"),
    ("Rain fell overnight.", "overnight", "time", "2015-09-21TNI"),
    ("Rain will fall overnight.", "overnight", "time", "2015-09-22TNI"),
    ("A storm yesterday afternoon killed two.", "yesterday afternoon", "time", "2015-09-21TAF"),
    ("He goes tomorrow.", "tomorrow", "date", "2015-09-23"),
    ("He was a guest this weekend.", "this weekend", "date", "2015-W38-WE"),
    ("It will be held next weekend.", "next weekend", "date", "2015-W40-WE"),
    ("He died this morning.", "this morning", "time", "2015-09-22TMO"),
    ("He died last night.", "last night", "time", "2015-09-21TNI"),
    ("It began three weeks ago.", "three weeks ago", "date", "2015-09-01"),
    ("It began almost two years ago.", "almost two years ago", "date", "2013"),
    ("It began six months ago.", "six months ago", "date", "2015-03"),
    ("It began several years ago.", "several years ago", "date", "PAST_REF"),
    ("Rules are due by the end of the year.", "the end of the year", "date", "2015"),
    ("It left at 9 a.m. Wednesday.", "9 a.m. Wednesday", "time", "2015-09-16T09:00"),
    ("It stood at 3.10 at 14:58 UTC.", "14:58 UTC", "time", "2015-09-22T14:58Z"),
    ("It is now law.", "now", "date", "PRESENT_REF"),
    ("It was recently made law.", "recently", "date", "PAST_REF"),
    ("It will soon be law.", "soon", "date", "FUTURE_REF"),
    ("They hope for the near future.", "the near future", "date", "FUTURE_REF"),
]
LENGTHS = [
    ("It went on for ten days.", "ten days", "duration", "P10D"),
    ("It lasted nearly an hour.", "nearly an hour", "duration", "PT1H"),
    ("It lasted 2 1/2 hours.", "2 1/2 hours", "duration", "PT2H30M"),
    ("It took a year and a half to build.", "a year and a half", "duration", "P1Y6M"),
    ("It took half an hour to build.", "half an hour", "duration", "PT30M"),
    ("It took five and a half years to build.", "five and a half years", "duration", "P5Y6M"),
    ("It took twenty-four hours to build.", "twenty-four hours", "duration", "PT24H"),
    ("A 14-year-old boy was held.", "14-year-old", "duration", "P14Y"),
    ("Their nine-month-old child died.", "nine-month-old", "duration", "P9M"),
    ("After a two-hour meeting they left.", "two-hour", "duration", "PT2H"),
    ("It went on for at least four decades.", "at least four decades", "duration", "P4DE"),
    ("In the past few days it rained.", "the past few days", "duration", "PXD"),
    ("The rally lasted for weeks.", "weeks", "duration", "PXW"),
    ("Had it happened five hours earlier, more had died.", "five hours", "duration", "PT5H"),
    ("Millions arrive each year.", "each year", "set", "P1Y"),
    ("It is the annual pilgrimage.", "annual", "set", "P1Y"),
    ("They march each July.", "each July", "set", "XXXX-07"),
    ("They meet every other week.", "every other week", "set", "P2W"),
    ("They meet every other Friday.", "every other Friday", "set", "XXXX-WXX-5"),
    ("They meet on the first Monday of each month.", "the first Monday of each month", "set", "XXXX-WXX-1"),
    ("They meet on Sunday evenings.", "Sunday evenings", "set", "XXXX-WXX-7TEV"),
    ("They meet on weekends.", "weekends", "set", "XXXX-WXX-WE"),
    ("They meet on weekdays.", "weekdays", "set", "XXXX-WXX-WD"),
    ("They meet 24 hours a day.", "24 hours a day", "set", "P1D"),
    ("After a weekend of rain they left.", "a weekend", "duration", "P1WE"),
    ("The strike would last ten days.", "ten days", "duration", "P10D"),
    ("He served a two-and-a-half-year term.", "two-and-a-half-year", "duration", "P2Y6M"),
    ("It sells 50,000 discs a year.", "a year", "set", "P1Y"),
    ("They meet on Tuesdays.", "Tuesdays", "set", "XXXX-WXX-2"),
]


@pytest.mark.parametrize(("text", "words", "value"), DATES)
def test_dates_by_the_calendar(text: str, words: str, value: str) -> None:
    assert pairs(text) == [(words, "date", value)]


@pytest.mark.parametrize(("text", "words", "kind", "value"), DEICTIC + LENGTHS)
def test_expressions_reckoned_from_publication_and_lengths(text: str, words: str, kind: str, value: str) -> None:
    assert (words, kind, value) in pairs(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("On October 18, he confirmed it.", "XXXX-10-18"),
        ("On Tuesday, he confirmed it.", "XXXX-WXX-2"),
        ("He confirmed it last week.", "XXXX-WXX"),
        ("He confirmed it yesterday afternoon.", "XXXX-XX-XXTAF"),
        ("He confirmed it last year.", "XXXX"),
        ("He confirmed it last month.", "XXXX-XX"),
        ("He confirmed it in October.", "XXXX-10"),
        ("He confirmed it in the third quarter.", "XXXX-Q3"),
        ("He confirmed it three weeks ago.", "XXXX-XX-XX"),
        ("He confirmed it this summer.", "XXXX-SU"),
        ("He confirmed it this weekend.", "XXXX-WXX-WE"),
    ],
)
def test_without_a_publication_date_no_year_is_guessed(text: str, value: str) -> None:
    (moment,) = read(text, None)
    assert moment.value == value
    assert (moment.start, moment.end) == (None, None)


def test_a_publication_year_alone_anchors_no_day() -> None:
    assert [m.value for m in read("He confirmed it yesterday.", "2015")] == ["XXXX-XX-XX"]


@pytest.mark.parametrize(
    ("text", "published", "value"),
    [
        ("Stock of record Dec. 15 counts.", "1989-11-02", "1989-12-15"),
        ("He was shot on Nov. 25 off the coast.", "2000-01-15", "1999-11-25"),
        ("It is payable Jan. 2 to holders.", "1989-11-02", "1990-01-02"),
        ("He was arrested in December for driving.", "1998-04-18", "1997-12"),
        ("The talks will begin in May.", "1998-03-22", "1998-05"),
        ("Babies born on February 29 rejoiced.", "2015-03-02", "2016-02-29"),
    ],
)
def test_the_year_of_a_date_without_one(text: str, published: str, value: str) -> None:
    assert [m.value for m in read(text, published)] == [value]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("He came in July 2003.", ("2003-07-01", "2003-08-01")),
        ("He came last week.", ("2015-09-14", "2015-09-21")),
        ("He came last weekend.", ("2015-09-19", "2015-09-21")),
        ("He came in the fourth quarter of 2005.", ("2005-10-01", "2006-01-01")),
        ("He came in 2008.", ("2008-01-01", "2009-01-01")),
        ("He came in the 1990s.", ("1990-01-01", "2000-01-01")),
        ("He came in the 20th century.", ("1900-01-01", "2000-01-01")),
        ("He came yesterday afternoon.", ("2015-09-21", "2015-09-22")),
        ("He came often over the past three weeks.", ("2015-09-01", "2015-09-22")),
        ("He will come over the next two months.", ("2015-09-22", "2015-11-22")),
        ("He stayed for three weeks.", (None, None)),
        ("He came in the summer of 2012.", (None, None)),
    ],
)
def test_the_days_covered(text: str, days: tuple[str | None, str | None]) -> None:
    (moment,) = read(text)
    assert (moment.start, moment.end) == days


@pytest.mark.parametrize(
    ("text", "edge"),
    [
        ("Ready from November 1, they say.", "from"),
        ("It is open until November 1.", "until"),
        ("It is open through November 1.", "until"),
        ("It closed before November 1.", "before"),
        ("It has been open since November 1.", "after"),
        ("It opened after November 1.", "after"),
        ("It opens around November 1.", "about"),
        ("It opened on November 1.", None),
    ],
)
def test_edge_from_the_preposition(text: str, edge: str | None) -> None:
    assert [m.edge for m in read(text)] == [edge]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the period from 2004 to 2009", [("2004", "from"), ("2009", "until")]),
        ("held from November 20 to December 11", [("2015-11-20", "from"), ("2015-12-11", "until")]),
        ("between July 2003 and December 2004", [("2003-07", "from"), ("2004-12", "until")]),
        ("It was open on May 5-7, 2012.", [("2012-05-05", "from"), ("2012-05-07", "until")]),
        ("It was open on 13-15 October 2012.", [("2012-10-13", "from"), ("2012-10-15", "until")]),
        ("Sales in the 2013-14 season fell.", [("2013", "from"), ("2014", "until")]),
        ("It was open between 1 and 3 May.", [("2015-05-01", "from"), ("2015-05-03", "until")]),
        ("It was open from May to August 2012.", [("2012-05", "from"), ("2012-08", "until")]),
        ("It was open from November to February 2012.", [("2011-11", "from"), ("2012-02", "until")]),
        ("Sales in the 2013/14 season fell.", [("2013", "from"), ("2014", "until")]),
        ("It is open Thursday through Sunday.", [("2015-09-17", "from"), ("2015-09-20", "until")]),
        ("The office is shut Monday to Thursday.", [("2015-09-21", None), ("2015-09-24", None)]),
        ("Sales rose compared to 2014.", [("2014", None)]),
        ("Sales this year through August rose.", [("2015", None), ("2015-08", "until")]),
        ("It was open from Feb 5 to March 10, 2012.", [("2012-02-05", "from"), ("2012-03-10", "until")]),
        ("Men of the 19th and 20th centuries.", [("18", None), ("19", None)]),
        ("From May 5 to 7, it was open.", [("2015-05-05", "from"), ("2015-05-07", "until")]),
    ],
)
def test_a_range_is_two_moments(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert [(m.value, m.edge) for m in read(text)] == expected


def test_a_year_earlier_after_a_quarter_is_the_like_quarter() -> None:
    text = (
        "Profit fell in the third quarter, against $9 million a year earlier. In 2008 it moved. "
        "For the nine months, profit rose from a year earlier."
    )
    assert [m.value for m in read(text, "2009-11-02")] == ["2009-Q3", "2008-Q3", "2008", "P9M", "2008"]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("In the quarter ended July 31, sales rose.", ["2015-Q2", "2015-07-31"]),
        ("In the quarter ended Dec. 31, 2014, sales rose.", ["2014-Q4", "2014-12-31"]),
        ("In the first quarter of 2015, sales rose. For the quarter ended July 31 it fell.", ["2015-Q1", "2015-Q1"]),
    ],
)
def test_a_quarter_by_its_last_day_unless_its_number_was_told(text: str, values: list[str]) -> None:
    assert [m.value for m in read(text)][:2] == values


def test_expressions_that_lean_on_the_last_day_named() -> None:
    text = (
        "He was shot on March 12, 2014. The following day he died. The next morning they marched. "
        "In the following month it ended."
    )
    assert [m.value for m in read(text)] == ["2014-03-12", "2014-03-13", "2014-03-14TMO", "2014-04"]


def test_a_clock_takes_the_day_that_follows_it() -> None:
    assert [m.value for m in read("It went off at 10:35 a.m. (0735 GMT) Friday, police said.")] == [
        "2015-09-18T10:35",
        "2015-09-18T07:35Z",
        "2015-09-18",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "They may march in the fall of the government.",
        "A second man was hurt; he came in third.",
        "It costs $1,995, or 2015% of the old price.",
        "About three-quarters of the 1709 schoolchildren agreed.",
        "The Boeing 737-800 and the A380 were sold at 20:1 odds.",
        "Mr. Jan Smith told May and April Jones.",
        "She drove at 60 miles per hour.",
        'She spoke on "60 Minutes," on "This Week" and to USA Today.',
        "He left seconds before the blast.",
        "Prices fall on days when nobody buys.",
        "Easter Island and Christmas Island voted; Taha Ramadan spoke.",
        "Shares fell on Bloody Sunday and Super Tuesday.",
        "He was past the window and went on in the same way.",
    ],
)
def test_words_that_name_no_time(text: str) -> None:
    assert pairs(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It happened on February 30, they said.", "February 30"),
        ("It happened on 2015-13-45, they said.", "2015-13-45"),
        ("It happened on 31/31/2015, they said.", "31/31/2015"),
        ("It happened at 14 p.m., they said.", "14 p.m."),
        ("It was built in the 5th century BC.", "the 5th century"),
        ("It happened on February 29, 2015.", "February 29, 2015"),
    ],
)
def test_impossible_dates_are_rejected_with_a_reason(text: str, words: str) -> None:
    moments, rejected = read_moments(Annotated(Document(id="d", text=text), (), ()), PUBLISHED)
    assert [r.span.of(text) for r in rejected] == [words]
    assert all(r.reason for r in rejected)
    assert moments == []


PIECES = st.sampled_from(
    "May 5 - 7 , 2012 1990s '82 Tuesday last next week weeks 2 1/2 a year ago earlier the 9 a.m. EST and third-quarter "
    "before after later earlier 9/11 Easter Friday Ramadan FY22 2014 / 15 other weekends 6-year-old that between through "
    "half of every night 99/99/9999 9999-12-31 0000-00-00 million years centuries Feb. 29 é̂ 🙂 \r\n \n\n ש' ’ s 24:99 "
    '[Ten] [l]ast 2024-06 2024/13/40 " “ ” said quarters today'.split(" ")
)


@given(
    st.lists(PIECES, max_size=25).map(" ".join),
    st.sampled_from([None, "2015-09-22", "0001-01-01", "9999-12-31", "junk"]),
)
def test_any_text_is_read_and_spans_stand_in_order(text: str, published: str | None) -> None:
    moments, rejected = read_moments(Annotated(Document(id="d", text=text), (), ()), published)
    spans = [m.span for m in moments]
    assert all(0 <= s.start < s.end <= len(text) and s.of(text).strip() == s.of(text) for s in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(m.start is None or m.end is None or m.start < m.end for m in moments)
    assert all(r.reason and r.span.of(text) for r in rejected)

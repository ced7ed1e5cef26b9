"""Sentences in the manner of reports of disaster, conflict, economy, politics and sport, with every value in them."""

import pytest

from onrecord.reader.annotated import Annotated
from onrecord.reader.moments import read_moments
from onrecord.records import Document, Moment

PUBLISHED = "2024-06-12"  # a Wednesday


def read(text: str, published: str | None = PUBLISHED) -> list[Moment]:
    return read_moments(Annotated(Document(id="d", text=text), (), ()), published)[0]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("The quake struck at 4:12 a.m. local time on Sunday, 8 April 2018.", ["2018-04-08T04:12", "2018-04-08"]),
        ("The dam was built in the early 1970s and last inspected in March 2019.", ["197", "2019-03"]),
        ("Forecasters expect more rain over the next 48 hours.", ["PT48H"]),
        ("The ferry sank shortly before midnight on Monday.", ["2024-06-10T24:00", "2024-06-10"]),
        (
            "Shelling killed four people overnight, the governor said on Wednesday morning.",
            ["2024-06-11TNI", "2024-06-12TMO"],
        ),
        ("The general was killed two years ago to the day.", ["2022"]),
        ("Output rose 0.3% in the three months to April, compared with a year ago.", ["P3M", "2024-04", "2023"]),
        (
            "Net profit in the first quarter fell to $2.1 billion from $2.6 billion a year earlier.",
            ["2024-Q1", "2023-Q1"],
        ),
        ("The company reported a loss for the last financial year.", ["2023"]),
        ("Unemployment hit a 20-year low in the year to March.", ["P20Y", "P1Y", "2024-03"]),
        ("The budget for 2024/25 was passed on 2024/03/06.", ["2024", "2025", "2024-03-06"]),
        ("Sales figures for 2024-04 will be published in July.", ["2024-04", "2024-07"]),
        ("The minister resigned last Friday, less than 100 days after taking office.", ["2024-06-07", "P100D"]),
        ("Elections are due by the end of January 2025.", ["2025-01"]),
        ("He served as mayor from 2009 to 2016, and again from 2020.", ["2009", "2016", "2020"]),
        ("The law will take effect on Jan. 1.", ["2025-01-01"]),
        ("The court adjourned the trial until Sept. 3.", ["2024-09-03"]),
        ('"Today we have made history," the president said on Monday.', ["2024-06-10", "2024-06-10"]),
        (
            '"We will not leave tonight or tomorrow," the mayor told reporters late Saturday.',
            ["2024-06-08TNI", "2024-06-09", "2024-06-08"],
        ),
        ('Speaking on Thursday, he said: "I resigned this morning."', ["2024-06-06", "2024-06-06TMO"]),
        ("Before summer, the reservoir was full.", ["2024-SU"]),
        ("The striker, aged 23, signed a four-year contract on 2024-06-01.", ["P4Y", "2024-06-01"]),
        ("The World Cup 2018 day five report was published later.", ["2018"]),
        ("The champions lost to Brazil the week before.", ["2024-W23"]),
        ("Revenue had doubled in 2019; it halved the year following.", ["2019", "2020"]),
        ("[Ten] years ago the harbour was empty.", ["2014"]),
        ("The ship was due in port [l]ast week.", ["2024-W23"]),
        ("The 2020 second wave killed more people than the first.", ["2020"]),
        ("He had joined the firm a year ago.", ["2023"]),
        ("The treaty of 1648 ended a war that had lasted thirty years.", ["1648", "P30Y"]),
        ("Police arrested 12 people between Monday and Wednesday.", ["2024-06-10", "2024-06-12"]),
        ("Flight 1999 was delayed for 24 hours.", ["PT24H"]),
        ("Room 2012 was sealed by police.", []),
        ("Resolution 2024-06 was adopted by 14 votes.", []),
        ("The curfew runs from 9 pm to 5 am daily.", ["2024-06-12T21:00", "2024-06-12T05:00", "P1D"]),
        ("The station was attacked twice in as many weeks.", []),
        ("The bridge collapsed on the morning of June 9, killing 14.", ["2024-06-09TMO"]),
        ("Cholera cases have tripled since the start of the year.", ["2024"]),
        ("The volcano last erupted in 1886 and before that in 1310.", ["1886", "1310"]),
        (
            "The cyclone made landfall on Sunday evening and weakened by Monday afternoon.",
            ["2024-06-09TEV", "2024-06-10TAF"],
        ),
        ("The evacuation order was lifted at noon on Tuesday.", ["2024-06-11T12:00", "2024-06-11"]),
        ("The heaviest rain in 140 years fell between June 1 and June 4.", ["P140Y", "2024-06-01", "2024-06-04"]),
        ("Insurgents attacked the village at around 3am on Saturday.", ["2024-06-08T03:00", "2024-06-08"]),
        ("The army said it had killed 40 militants in the previous 24 hours.", ["PT24H"]),
        ("Since October 7, the border has been closed.", ["2023-10-07"]),
        ("GDP grew 2.4 percent year on year in the fourth quarter.", ["2023-Q4"]),
        ("Shares closed at $41.20 on Friday, up from $38 a week earlier.", ["2024-06-07", "2024-05-31"]),
        (
            "The deficit in the first five months of 2024 was twice that of the same period of 2023.",
            ["P5M", "2024", "2023"],
        ),
        ("The agency cut the rating twice last year, most recently in November.", ["2023", "PAST_REF", "2023-11"]),
        ("The factory will close by the end of next month.", ["2024-07"]),
        ("The merger was announced on Dec 3 and completed on Feb 28.", ["2023-12-03", "2024-02-28"]),
        ("Wages have stagnated since the mid-2000s.", ["200"]),
        ("A runoff is scheduled for July 7.", ["2024-07-07"]),
        ("The referendum, postponed from last September, is due in early 2025.", ["2023-09", "2025"]),
        ("The emergency decree expires at midnight on June 30.", ["2024-06-30T24:00", "2024-06-30"]),
        ("Lawmakers return to Washington the week of June 17.", ["2024-W25"]),
        ("He was 19 when he made his debut in the 1998-99 season.", ["1998", "1999"]),
        ("The suspect was arrested on 3 June and charged the next day.", ["2024-06-03", "2024-06-04"]),
        ("Police were called at 11.45pm on Friday to a house in Leeds.", ["2024-06-07T23:45", "2024-06-07"]),
        ("The body was found at 0630 GMT.", ["2024-06-12T06:30Z"]),
        ("The virus was first detected in the winter of 2019-20.", ["2019-WI", "2020"]),
        ("A decade ago, few had heard of the company.", ["2014"]),
        ("The ship left port at dawn on June 11.", ["2024-06-11TMO"]),
        (
            "It came less than 24 hours after the ceasefire took effect at 4pm on Tuesday.",
            ["PT24H", "2024-06-11T16:00", "2024-06-11"],
        ),
        ("The first half of the year was the wettest on record.", ["2024-H1"]),
        ("The minister said at the weekend that talks had stalled.", ["2024-W23-WE"]),
        ("The curfew begins at 8 o'clock tonight.", ["2024-06-12T20:00"]),
        ("Later this month, leaders will gather in Rome.", ["2024-06"]),
        (
            "The show runs June 10-12 and again from 21–23 August.",
            ["2024-06-10", "2024-06-12", "2024-08-21", "2024-08-23"],
        ),
        ("He ruled for a quarter of a century.", ["P25Y"]),
        ("It took three quarters of an hour.", ["PT45M"]),
        ("The war of 1939-1945 changed Europe.", ["1939", "1945"]),
        ("On the 12th of June, 2024, they met.", ["2024-06-12"]),
        ("From 1 January to 31 March 2024, arrivals fell.", ["2024-01-01", "2024-03-31"]),
        ("The figure for April-June was lower.", ["2024-04", "2024-06"]),
        ("In the 2000s and 2010s the lake shrank.", ["200", "201"]),
        ("In June of last year they wed.", ["2023-06"]),
        ("Some people had waited days for water.", ["PXD"]),
        ("Only 1980 of the 2400 seats were sold.", []),
        ("The March on Washington drew thousands; they march today.", ["2024-06-12"]),
        ("He won the Sunday Times award and reads the Daily Mail and the Weekly Standard.", []),
        ("The vote, on a Sunday in May, was peaceful.", ["XXXX-WXX-7", "2024-05"]),
        ("He told the court on Tuesday he had not slept the night before.", ["2024-06-11", "2024-06-10TNI"]),
        ("The night before, gunmen had stormed the bar.", ["2024-06-11TNI"]),
        ("Her striker scored twice in the second half after a goalless first half.", []),
        ("Net income fell in the second half.", ["2023-H2"]),
        ("He ruled for a quarter-century.", ["P25Y"]),
    ],
)
def test_reports_of_all_kinds(text: str, values: list[str]) -> None:
    assert [m.value for m in read(text)] == values


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('"[Ten] years ago it was empty."', "[Ten] years ago"),
        ("The ship left port at dawn on June 11.", "dawn on June 11"),
        ("The curfew begins at 8 o'clock tonight.", "8 o'clock tonight"),
        ("He ruled for a quarter of a century.", "a quarter of a century"),
        ("The  night before, gunmen came.", "The  night before"),
        ("It was signed on 2024/03/06.", "2024/03/06"),
    ],
)
def test_the_words_of_the_expression(text: str, words: str) -> None:
    assert [m.span.of(text) for m in read(text)] == [words]


@pytest.mark.parametrize(
    ("text", "value", "start"),
    [
        ("The firm made a profit for the last year of $2 million.", "2023", "2023-01-01"),
        ("Profits have grown over the last year.", "P1Y", "2023-06-12"),
        ("He lived there for the last year.", "P1Y", "2023-06-12"),
        ("Many died in the last year of the war.", "P1Y", None),
        ("They lost money in the last fiscal year.", "2023", "2023-01-01"),
    ],
)
def test_the_last_year_is_one_of_the_calendar_in_accounts(text: str, value: str, start: str | None) -> None:
    assert [(m.value, m.start) for m in read(text)] == [(value, start)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Profit fell in the first quarter. It was $3 million a year ago.", "2023-Q1"),
        ("Profit fell in the first quarter. The founder left it a year ago for a rival and has since worked on "
         "his own, in a town by the sea where nobody knows him.", "2023"),
        ("Prices fell in April. They had risen a month earlier.", "2024-03"),
        ("They met on 3 April. A month earlier they had quarrelled.", "2024-03"),
        ("They had quarrelled a month earlier.", "2024-05"),
    ],
)  # fmt: skip
def test_what_a_year_ago_and_a_month_earlier_are_counted_from(text: str, value: str) -> None:
    assert read(text)[-1].value == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('He said on Monday: "We won today."', "2024-06-10"),
        ('"We will win tomorrow," Mr. Lee said on Sunday.', "2024-06-10"),
        ("“We won today,” he told reporters on Monday.", "2024-06-10"),
        ('"We won today," he said.', PUBLISHED),
        ('"We won today," he said. They had met on Monday.', PUBLISHED),
        ('They met on Monday. "We won today," he said.', PUBLISHED),
        ('"We won today," he said, and that he would go on Friday.', PUBLISHED),
        ('On Monday the "today" show went off.', PUBLISHED),
    ],
)
def test_today_in_a_quotation_is_the_day_it_was_spoken(text: str, value: str) -> None:
    (moment,) = (m for m in read(text) if m.span.of(text) in ("today", "tomorrow"))
    assert moment.value == value

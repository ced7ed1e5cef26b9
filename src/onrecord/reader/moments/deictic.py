"""Expressions that point from the day of publication: Tuesday, last week, this weekend, yesterday afternoon,
three weeks ago."""

from __future__ import annotations

from datetime import date, timedelta

from onrecord.reader.moments.calendar import UNKNOWN, add_months, shift, value_at
from onrecord.reader.moments.dates import month_day, month_nearest
from onrecord.reader.moments.grammar import Hit, Rule
from onrecord.reader.moments.lexicon import MONTHS, PARTS_OF_DAY, UNITS, WEEKDAYS
from onrecord.reader.moments.numerals import number, ordinal, year
from onrecord.reader.moments.quarters import year_before
from onrecord.reader.moments.scene import Reading

__all__ = ["DEICTIC", "unit_of", "weekday_near"]

_BACK = frozenset({"last", "past", "previous", "preceding", "prior"})
_AHEAD = frozenset({"next", "coming", "upcoming", "following", "subsequent", "ensuing"})

# How many words before "the last year" its account may be told ("a profit of $3 million for the last year").
_ACCOUNTS_REACH = 8
_ACCOUNTS = frozenset(
    "profit profits loss losses earnings income revenue revenues turnover sales results accounts deficit surplus".split()
)

_PAPERS = frozenset("times telegraph mirror post mail herald express tribune independent sun world business".split())
_AFTER_ANY = frozenset({"", "in", "of", "when", "and", "or", "with", "during"})
_COMPARING_REACH = 12
_COMPARING = frozenset(
    """compared comparable against versus than million billion thousand cents percent pct pence euros dollars yen net
    profit loss sales revenue earnings earned results unchanged""".split()
)


def unit_of(word: str) -> str:
    """The calendar unit of a unit word: D, W, M, Q, Y, DE, CE …; hours and less as TH, TM, TS."""
    return UNITS[word]


def _step(rel: str) -> int:
    """-1, 0 or 1 for "last", "this" and "next", in whatever company they stand."""
    words = set(rel.split())
    if words & _BACK:
        return -1
    return 1 if words & _AHEAD else 0


def weekday_near(anchor: date, weekday: int, direction: int) -> date:
    """The day of that name at or before the anchor; the one at or after it where the direction is 1."""
    if direction > 0:
        return anchor + timedelta(days=(weekday - anchor.isoweekday()) % 7)
    return anchor - timedelta(days=(anchor.isoweekday() - weekday) % 7)


def _with_part(day: date | None, part: str, unknown: str = "XXXX-XX-XX") -> Reading:
    value = day.isoformat() if day else unknown
    return Reading("time" if part else "date", value + (PARTS_OF_DAY[part] if part else ""))


def _weekday(hit: Hit) -> Reading | None:
    scene, weekday, rel = hit.scene, WEEKDAYS[hit.words("wd")], hit.words("rel")
    part = hit.words("pod") or hit.words("podof")
    if rel in ("every", "each"):
        return Reading("set", f"XXXX-WXX-{weekday}" + (PARTS_OF_DAY[part] if part else ""))
    following = (hit.after() or [""])[0]
    if following in _PAPERS and scene.capitalised(hit.last):
        return None  # "the Sunday Times"
    if not rel and hit.before() == ["a"] and (following in _AFTER_ANY or not following.isalpha()) and following != "-":
        return _with_part(None, part, f"XXXX-WXX-{weekday}")  # "on a Sunday in May": no certain one
    now = (scene.last_day if rel in ("the previous", "the following", "that") else None) or scene.anchor
    if now is None:
        return _with_part(None, part, f"XXXX-WXX-{weekday}")
    if _step(rel) < 0:
        day = weekday_near(now - timedelta(days=1), weekday, -1)
    elif _step(rel) > 0:
        day = weekday_near(now + timedelta(days=1), weekday, 1)
    else:
        ahead = (rel == "this" and hit.direction >= 0) or (rel == "that" and scene.last_day is not None)
        day = weekday_near(now, weekday, 1 if ahead else hit.direction)
    return _with_part(day, part)


def _is_broadcaster(hit: Hit) -> bool:
    """Whether a capital "Today" belongs to the capitals before it: "USA Today", "VOA Today"."""
    text, spans = hit.scene.lexed.text, hit.scene.lexed.spans
    name = text[slice(*spans[hit.first - 1])] if hit.first else ""
    return text[spans[hit.first][0]] == "T" and len(name) > 1 and name.isalpha() and name.isupper()


def _day_word(hit: Hit) -> Reading | None:
    scene, word, part = hit.scene, hit.words("word"), hit.words("pod")
    if word == "today" and not part and _is_broadcaster(hit):
        return None
    if word == "today" and not part and scene.general(hit.first):
        return Reading("date", "PRESENT_REF")
    if word == "tonight":
        word, part = "today", "night"
    if word == "overnight":
        word, part = "today" if hit.direction > 0 else "yesterday", "night"
    day = shift(scene.anchor, "D", {"today": 0, "yesterday": -1, "tomorrow": 1}[word]) if scene.anchor else None
    return _with_part(day, part)


def _day_beyond(hit: Hit) -> Reading:
    """ "The day before yesterday", "the day after tomorrow"."""
    step = -2 if hit.words("word") == "yesterday" else 2
    return _with_part(shift(hit.scene.anchor, "D", step) if hit.scene.anchor else None, "")


def _day_off(hit: Hit) -> Reading:
    """ "The day after his death", "the day before the vote": one off the day that the event has, the last one named."""
    day = hit.scene.last_day
    step = -1 if hit.after() == ["before"] else 1
    return Reading("date", value_at(shift(day, "D", step) if day else None, "D"))


def _part_of_day(hit: Hit) -> Reading | None:
    """ "This morning", "last night", "that evening", "the next morning", "the morning"."""
    scene, rel, part = hit.scene, hit.words("rel"), hit.words("pod")
    if rel in ("every", "each"):
        return Reading("set", "P1D")
    if rel.startswith(("this", "last")):
        day = scene.anchor
    else:
        day = scene.day
    if day is not None:
        day = shift(day, "D", _step(rel))
    return _with_part(day, part)


def _part_beside(hit: Hit) -> Reading:
    """ "The night before", "the morning after": beside the day that the story stands at."""
    day, step = hit.scene.day, 1 if hit.words("side") == "after" else -1
    return _with_part(shift(day, "D", step) if day else None, hit.words("pod"))


def _date_word_of(hit: Hit) -> Reading | None:
    """ "The morning of March 5" is read at its date; the part of the day alone leans on the last day named."""
    return _with_part(hit.scene.day, hit.words("pod"))


def _unit(hit: Hit) -> Reading | None:
    """ "Last week", "this year", "the following month", "the same day", "the end of the year"."""
    scene, unit, rel = hit.scene, unit_of(hit.words("unit")), hit.words("rel")
    if unit not in UNKNOWN:
        return None
    words = set(rel.split())
    leaning = words & {"following", "previous", "preceding", "prior", "same", "that", "subsequent", "ensuing"} or (
        rel in ("the next", "the last") and unit == "D"
    )
    if "latest" in words and unit == "Y" and scene.anchor:  # the last that was completed
        return Reading("date", value_at(shift(scene.anchor, "Y", -1), "Y"))
    by_calendar = "filler" in hit or (rel == "the last" and hit.before() != ["over"] and _of_accounts(hit))
    if rel in ("the past", "past", "the last") and unit not in ("DE", "WE", "D") and not by_calendar:
        # "The last year of the war" is that of the war.
        days = None if hit.after() == ["of"] else _stretch(scene.anchor, unit, -1)
        return Reading("duration", f"P1{unit}", days=days)
    if unit == "DE" and rel in ("the past", "the next", "the coming"):  # a decade from now, not one of the calendar
        return Reading("duration", "P10Y", days=_stretch(scene.anchor, unit, _step(rel)))
    base = scene.day if leaning else scene.anchor
    if base is None:
        return Reading("date", UNKNOWN[unit])
    if leaning and unit in ("Y", "M", "Q") and scene.last_start:
        base = scene.last_start
    step = _step(rel)
    if unit == "D" and "same" not in words and not leaning and step == 0 and rel.startswith("this"):
        return Reading("date", value_at(base, "D"))
    if unit == "WE" and not step:
        return _weekend(hit)
    if unit == "M" and step:
        base = base.replace(day=1)
    return Reading("date", value_at(shift(base, unit, step), unit))


def _of_accounts(hit: Hit) -> bool:
    """Whether what a firm or a state earned or spent is told, which goes by the calendar: "a profit for the last
    year"."""
    words = hit.before(_ACCOUNTS_REACH)
    return hit.words("unit") == "year" and words[-1:] in (["for"], ["in"], ["of"]) and not _ACCOUNTS.isdisjoint(words)


def _stretch(anchor: date | None, unit: str, count: int) -> tuple[date | None, date | None] | None:
    if anchor is None:
        return None
    other = shift(anchor, unit, count)
    return (other, anchor) if count < 0 else (anchor, other)


def _weekend(hit: Hit) -> Reading:
    """The weekend behind, unless the tense points ahead; on Saturday and Sunday the one that is on."""
    anchor = hit.scene.anchor
    if anchor is None:
        return Reading("date", UNKNOWN["WE"])
    if hit.direction > 0 or anchor.isoweekday() >= 6:
        return Reading("date", value_at(anchor, "WE"))
    return Reading("date", value_at(anchor - timedelta(days=7), "WE"))


def _the_unit(hit: Hit) -> Reading | None:
    """ "The year", "the week": the one of publication; "the day": the last one named."""
    scene, unit = hit.scene, unit_of(hit.words("unit"))
    if "ended" in hit:
        return Reading("duration", f"P1{unit}") if unit in ("W", "M", "Y") else None
    if "before" in hit and unit in ("D", "W", "M", "Y"):
        step = -1 if hit.words("before") in ("before", "earlier", *_BACK) else 1
        base = scene.last_start if scene.last_start and unit in ("Y", "M") else scene.day
        return Reading("date", value_at(shift(base, unit, step), unit) if base else UNKNOWN[unit])
    if unit == "D" and hit.before() == ["to"]:
        return None  # "two years ago to the day"
    if unit == "D":
        return Reading("date", value_at(scene.day, "D"))
    if unit not in ("W", "M", "Y"):
        return None
    return Reading("date", value_at(scene.anchor, unit))


def _year_end(hit: Hit) -> Reading:
    return Reading("date", value_at(hit.scene.anchor, "Y"))


def _week_of(hit: Hit) -> Reading | None:
    scene = hit.scene
    unit = unit_of(hit.words("unit"))
    month = MONTHS[hit.tokens("month")[0]]
    if scene.anchor is None or unit not in ("W", "WE"):
        return None
    nth = ordinal(hit.tokens("dom"))
    if nth is None:
        return None
    day = month_day(hit, month, nth)
    return Reading("date", value_at(day, unit)) if day else None


def _week_of_month(hit: Hit) -> Reading | str | None:
    """ "The last week of March": a week belongs to the month that its Thursday is in, as the weeks of ISO 8601 do."""
    if hit.words("unit") != "week":
        return None
    month = date.fromisoformat(f"{_month_of(hit)}-01") if hit.scene.anchor or "year" in hit else None
    if month is None:
        return Reading("date", UNKNOWN["W"])
    last = hit.words("nth") in ("last", "final")
    thursday = weekday_near(add_months(month, 1) - timedelta(days=1), 4, -1) if last else weekday_near(month, 4, 1)
    if not last:
        thursday += timedelta(days=7 * ((ordinal(hit.tokens("nth")) or 1) - 1))
    if thursday.month != month.month:
        return "no such week in the month"
    return Reading("date", value_at(thursday, "W"))


def _month_of(hit: Hit) -> str:
    month = MONTHS[hit.tokens("month")[0]]
    full = year(hit.tokens("year"))
    return f"{full:04}-{month:02}" if full else f"{month_nearest(hit, month):04}-{month:02}"


def _compares(hit: Hit) -> bool:
    """Whether amounts are set against each other around the hit: "$9 million a year earlier", "down from a year ago".

    Results are, through the whole of a report; "he joined the firm a year ago" counts from publication.
    """
    before, after = hit.before(_COMPARING_REACH), hit.after(_COMPARING_REACH)
    if "." in before:
        before = before[len(before) - before[::-1].index(".") :]
    around = before + after[: after.index(".") if "." in after else len(after)]
    return any(word in _COMPARING or word[0] == "$" or word[-1] == "%" for word in around)


def _ago(hit: Hit) -> Reading | None:
    """ "Three weeks ago" from publication, "a month earlier" from the day that the story stands at; "a year earlier"
    after a quarter is the like quarter of the year before."""
    scene, unit, ago = hit.scene, unit_of(hit.words("unit")), hit.words("ago")
    amount = number(hit.tokens("n")) if "n" in hit else None
    one = "n" not in hit and "vague" not in hit
    if one:
        amount = number(["1"])
    if amount is None:
        return Reading("date", "PAST_REF" if ago in ("ago", "earlier") else "FUTURE_REF")
    period = scene.topic if _compares(hit) else None
    told = scene.day_in_force(hit.first) if ago == "earlier" else None
    month = scene.month_in_force(hit.first) if ago == "earlier" else None
    if one and unit == "M" and month is not None:
        return Reading("date", value_at(shift(month, "M", -1), "M"))
    if told is not None and (unit == "W" or (unit == "Y" and not period)):
        return Reading("date", value_at(shift(told, unit, -1), "D" if unit == "W" else unit))
    if one and unit == "Y":
        if period and period[:4].isdigit():
            return Reading("date", year_before(period))
        if scene.anchor is None:
            return Reading("date", UNKNOWN["Y"])
        return Reading("date", value_at(shift(scene.anchor, "Y", -1), "Y"))
    if unit.startswith("T"):
        return Reading("time", "PAST_REF" if scene.anchor is None else value_at(scene.anchor, "D"))
    if scene.anchor is None:
        return Reading("date", UNKNOWN.get("D" if unit in ("W", "2W") else unit, "PAST_REF"))
    sign = 1 if ago == "from now" else -1
    if unit in ("Y", "DE", "CE", "ML"):
        years = amount * {"Y": 1, "DE": 10, "CE": 100, "ML": 1000}[unit]
        target = scene.anchor.year + sign * int(years)
        return Reading("date", f"{target:04}") if 0 < target < 9999 else Reading("date", "PAST_REF")
    if unit == "M":
        return Reading("date", value_at(add_months(scene.anchor, sign * int(amount)), "M"))
    if unit == "Q":
        return Reading("date", value_at(add_months(scene.anchor, 3 * sign * int(amount)), "Q"))
    return Reading("date", value_at(shift(scene.anchor, unit, sign * int(amount)), "WE" if unit == "WE" else "D"))


_PODS = "(?: early? (?P<pod>POD) )?"
DEICTIC = [
    Rule(
        "ago",
        """(?: MODS )? (?: (?P<n>NUM) (?: TO NUM )? | (?P<vague>VAGUE) | a | half a ) (?: more )? (?: or so )? (?:
        filler )?
           (?P<unit>ANYUNIT) (?: or (?: so | more ) | and a half )? (?P<ago>ago | from now)""",
        _ago,
    ),
    Rule("earlier", "(?: about )? (?P<one>a) (?P<unit>yearunit | unit) (?P<ago>earlier)", _ago),
    Rule("longago", "(?P<unit>MANY) (?P<vague>ago)", lambda _hit: Reading("date", "PAST_REF")),
    Rule(
        "weekofmonth",
        """(?: the )? (?P<nth>ordinal | second | last | final | nth) (?P<unit>unit) of (?P<month>MONTH)
           (?: comma? of? (?P<year>year4) )?""",
        _week_of_month,
    ),
    Rule(
        "weekof",
        """(?: EDGES )? the (?P<unit>unit | weekend) (?: of | ended )
           (?P<month>MONTH) (?P<dom>DAYNUM) (?: comma? year4 )?""",
        _week_of,
    ),
    Rule(
        "weekday",
        f"""(?: EARLY | (?: the )? early? (?P<podof>partofday) (?: of | on ) )?
           (?: (?P<rel>last | next | this | this past | this coming | coming | past | every | that
           | the (?: previous | following | coming )) )? (?P<wd>weekday) {_PODS}""",
        _weekday,
    ),
    Rule("daybeyond", "the day_ (?: before | after ) (?P<word>dayword)", _day_beyond),
    Rule("dayoff", "the day_ (?P<off> (?= before | after ) (?! . [comma dot stop close para] ) )", _day_off),
    Rule("dayword", f"(?: EARLY )? (?P<word>today | dayword | tonight | overnight) {_PODS}", _day_word),
    Rule(
        "partofday",
        """(?: EARLY )? (?P<rel>last | this | that | (?: the | that )? same | the (?: next | following | previous
        ) | every)
           (?: early | later | earlier )? (?P<pod>POD)""",
        _part_of_day,
    ),
    Rule("partof", "(?: early hyphen? | the )? (?P<pod>partofday) (?: of )? (?P<word>today | dayword)", _day_word),
    Rule("partonly", "(?: (?: the )? early hyphen? | the ) (?P<pod>partofday | noon)", _date_word_of),
    Rule("noon", "(?P<pod>noon)", _date_word_of),
    Rule("aweekend", "a weekend", lambda _hit: Reading("duration", "P1WE")),
    Rule("weekend", "(?: EARLY )? (?: EDGES )? (?: the | this )? weekend", _weekend),
    Rule("partbeside", "the (?P<pod>partofday | night) (?P<side>(?: before | after ) (?= [comma dot stop para close] ))",
         _part_beside),
    Rule(
        "before",
        """(?P<det>the) (?P<unit>day_ | unit | yearunit) (?P<before>(?: before | earlier | after | later | previous |
        following ) (?= [comma dot stop para close] ))""",
        _the_unit,
    ),
    Rule(
        "relunit",
        """(?: EDGES | earlier | later )? (?P<rel>DETS) (?P<filler>fiscal | filler)?
           (?P<unit>unit | day_ | yearunit | decade | century | weekend)""",
        _unit,
    ),
    Rule(
        "theunit",
        """(?: EDGES )? the (?: fiscal | filler )? (?P<unit>unit | day_ (?! WD ) | yearunit) (?! of | YEAR )
        (?P<ended>(?= ended | to (?: the? end of | end hyphen )? MONTH ))?""",
        _the_unit,
    ),
    Rule("yearend", "(?: about )? (?: the )? yearunit poss? hyphen? end", _year_end),
]  # fmt: skip

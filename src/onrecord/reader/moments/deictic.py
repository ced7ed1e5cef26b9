"""Expressions that point from the day of publication: Tuesday, last week, this weekend, yesterday afternoon,
three weeks ago."""

from __future__ import annotations

from datetime import date, timedelta

from onrecord.reader.moments.calendar import UNKNOWN, add_months, shift, value_at
from onrecord.reader.moments.dates import month_day
from onrecord.reader.moments.grammar import Hit, Rule
from onrecord.reader.moments.lexicon import MONTHS, PARTS_OF_DAY, UNITS, WEEKDAYS
from onrecord.reader.moments.numerals import number, ordinal
from onrecord.reader.moments.quarters import year_before
from onrecord.reader.moments.scene import Reading

__all__ = ["DEICTIC", "unit_of", "weekday_near"]

_BACK = frozenset({"last", "past", "previous", "preceding", "prior"})
_AHEAD = frozenset({"next", "coming", "upcoming", "following", "subsequent", "ensuing"})


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


def _weekday(hit: Hit) -> Reading:
    scene, weekday, rel = hit.scene, WEEKDAYS[hit.words("wd")], hit.words("rel")
    part = hit.words("pod")
    if rel in ("every", "each"):
        return Reading("set", f"XXXX-WXX-{weekday}" + (PARTS_OF_DAY[part] if part else ""))
    if scene.anchor is None:
        return _with_part(None, part, f"XXXX-WXX-{weekday}")
    now = scene.anchor
    if rel in ("the previous", "the following") and scene.last_day:
        now = scene.last_day
    if _step(rel) < 0:
        day = weekday_near(now - timedelta(days=1), weekday, -1)
    elif _step(rel) > 0:
        day = weekday_near(now + timedelta(days=1), weekday, 1)
    else:
        day = weekday_near(now, weekday, 1 if rel == "this" and hit.direction >= 0 else hit.direction)
    return _with_part(day, part)


def _weekday_set(hit: Hit) -> Reading:
    part = hit.words("pod")
    return Reading(
        "set", f"XXXX-WXX-{WEEKDAYS[hit.words('wd') or hit.words('wd2')]}" + (PARTS_OF_DAY[part] if part else "")
    )


def _day_word(hit: Hit) -> Reading:
    scene, word, part = hit.scene, hit.words("word"), hit.words("pod")
    if word == "today" and not part and scene.general(hit.first):
        return Reading("date", "PRESENT_REF")
    if word == "tonight":
        word, part = "today", "night"
    if word == "overnight":
        word, part = "yesterday", "night"
    day = shift(scene.anchor, "D", {"today": 0, "yesterday": -1, "tomorrow": 1}[word]) if scene.anchor else None
    return _with_part(day, part)


def _day_beyond(hit: Hit) -> Reading:
    """ "The day before yesterday", "the day after tomorrow"."""
    step = -2 if hit.words("word") == "yesterday" else 2
    return _with_part(shift(hit.scene.anchor, "D", step) if hit.scene.anchor else None, "")


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
    if rel in ("the past", "past", "the last") and unit not in ("DE", "WE", "D"):
        return Reading("duration", f"P1{unit}", days=_stretch(scene.anchor, unit, -1))
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
    if unit == "D":
        return Reading("date", value_at(scene.day, "D"))
    if unit not in ("W", "M", "Y"):
        return None
    if "before" in hit:
        base = scene.last_start if scene.last_start and unit in ("Y", "M") else scene.anchor
        return Reading("date", value_at(shift(base, unit, -1), unit) if base else UNKNOWN[unit])
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


def _ago(hit: Hit) -> Reading | None:
    """ "Three weeks ago" from publication; "a year earlier" after a quarter is the like quarter of the year
    before."""
    scene, unit, ago = hit.scene, unit_of(hit.words("unit")), hit.words("ago")
    amount = number(hit.tokens("n")) if "n" in hit else None
    one = "n" not in hit and "vague" not in hit
    if one:
        amount = number(["1"])
    if amount is None:
        return Reading("date", "PAST_REF" if ago in ("ago", "earlier") else "FUTURE_REF")
    if one and unit == "Y":
        if scene.topic and scene.topic[:4].isdigit():
            return Reading("date", year_before(scene.topic))
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
        "weekof",
        """(?: EDGES )? the (?P<unit>unit | weekend) (?: of | ended )
           (?P<month>MONTH) (?P<dom>DAYNUM) (?: comma? year4 )?""",
        _week_of,
    ),
    Rule(
        "weekday",
        f"""(?: EARLY )? (?: (?P<rel>last | next | this | this past | this coming | coming | past | every | that
           | the (?: previous | following | coming )) )? (?P<wd>weekday) {_PODS}""",
        _weekday,
    ),
    Rule(
        "weekdayset",
        """(?: every other )? (?: (?P<wd>weekdays) (?: POD | nights )? | (?P<wd2>weekday) (?P<pod>nights) )""",
        _weekday_set,
    ),
    Rule("daybeyond", "the day_ (?: before | after ) (?P<word>dayword)", _day_beyond),
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
    Rule("weekend", "(?: EARLY )? (?: EDGES )? (?: the | this )? weekend", _weekend),
    Rule(
        "before",
        """(?P<det>the) (?P<unit>day_ | unit | yearunit) (?P<before>(?: before | earlier ) (?= [comma dot
        stop para close] ))""",
        _the_unit,
    ),
    Rule(
        "relunit",
        """(?: EDGES | earlier | later )? (?P<rel>DETS) (?: fiscal | filler )?
           (?P<unit>unit | day_ | yearunit | decade | century | weekend)""",
        _unit,
    ),
    Rule(
        "theunit",
        """(?: EDGES )? the (?: fiscal | filler )? (?P<unit>unit | day_ | yearunit) (?! of )
        (?P<ended>(?=ended))?""",
        _the_unit,
    ),
    Rule("yearend", "(?: about )? (?: the )? yearunit poss? hyphen? end", _year_end),
]  # fmt: skip

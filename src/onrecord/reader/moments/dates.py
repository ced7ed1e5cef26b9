"""Dates by the calendar: 2015-09-12, 9/12/2015, Saturday, September 12, 2015, May 16, July 2003."""

from __future__ import annotations

from datetime import date

from onrecord.reader.moments.calendar import make_day
from onrecord.reader.moments.grammar import Hit, Rule
from onrecord.reader.moments.lexicon import MONTHS, PARTS_OF_DAY
from onrecord.reader.moments.numerals import ordinal, year
from onrecord.reader.moments.scene import Reading, Scene

__all__ = ["CALENDAR", "MONTH_ALONE", "NEAR_DAYS", "month_day", "month_nearest", "year_offset"]

# The nearest such day is meant if it is within this many days, unless the verb right before says otherwise: "said …
# Dec. 15" is as often a coming December. Further off the tense decides, and with none the day lies behind.
NEAR_DAYS = 100
# "The Sept. 11 attacks" are those of 2001, in whatever year they are spoken of.
_ATTACKS = frozenset("attack attacks terrorist terror hijackers hijackings hijacking plotters commission".split())
_BEFORE_MONTH = frozenset("in by until since from to of last next this before after early mid late during".split())


def _iso(hit: Hit) -> Reading | str | None:
    """ "2014-02-28", "2014/02/28" and, where it can be neither two years nor the number of a paper, "2014-02"."""
    raw = hit.scene.lexed.words[hit.first].replace("/", "-")
    if len(raw) == 7:
        numbers = hit.first and hit.scene.begins_high(hit.first - 1) and not _BEFORE_MONTH.intersection(hit.before())
        return None if numbers else Reading("date", raw)  # "Resolution 2014-02"
    day = make_day(*(int(p) for p in raw[:10].split("-")))
    if day is None:
        return "no such day in the calendar"
    return Reading("time" if "T" in raw else "date", raw)


def _slash(hit: Hit) -> Reading | str:
    """Month first, as English-language news writes it; day first where only that gives a date."""
    one, two, raw_year = hit.scene.lexed.words[hit.first].split("/")
    full = year([raw_year if len(raw_year) == 4 else "'" + raw_year], near=_anchor_year(hit.scene))
    if full is None:
        return "not a year"
    day = make_day(full, int(one), int(two)) or make_day(full, int(two), int(one))
    return Reading("date", day.isoformat()) if day else "no such day in the calendar"


def _dotted(hit: Hit) -> Reading | str:
    """Day first: no English-language usage puts the month first before dots."""
    first, second, full = (int(p) for p in hit.scene.lexed.words[hit.first].split("."))
    day = make_day(full, second, first)
    return Reading("date", day.isoformat()) if day else "no such day in the calendar"


def _anchor_year(scene: Scene) -> int | None:
    return scene.anchor.year if scene.anchor else None


def year_offset(words: str) -> int:
    """How many years "last", "next" or "this" (year) lies from the year of publication."""
    if words.startswith(("last", "the previous", "previous")):
        return -1
    return 1 if words.startswith(("next", "the following", "following")) else 0


def _nearest(scene: Scene, month: int, day: int) -> list[date]:
    assert scene.anchor is not None
    around = (make_day(scene.anchor.year + step, month, day) for step in (-1, 0, 1))
    found = [d for d in around if d is not None]
    if not found:  # 29 February between leap years, which lie eight years apart around 1900
        steps = (step for step in range(-7, 8) if abs(step) > 1)
        found = [d for step in steps if (d := make_day(scene.anchor.year + step, month, day)) is not None]
    anchor = scene.anchor
    return sorted(found, key=lambda d: abs((d - anchor).days))


def month_day(hit: Hit, month: int, day: int) -> date | None:
    """The day of publication's year, the year before or after that a date without a year means; None with no
    anchor."""
    anchor = hit.scene.anchor
    if anchor is None:
        return None
    nearest = _nearest(hit.scene, month, day)
    best = nearest[0]
    if abs((best - anchor).days) <= NEAR_DAYS and abs(hit.direction) < 2:
        return best
    fitting = [d for d in nearest if (d <= anchor) == (hit.direction <= 0)]
    return fitting[0] if fitting else best


def _beyond(anchor: date, month: int, nth: int, ahead: bool) -> date | None:
    """The next such day after the anchor ("next June 5"), or the last one before it."""
    for step in range(9):  # 29 February can be eight years off
        day = make_day(anchor.year + (step if ahead else -step), month, nth)
        if day is not None and day != anchor and (day > anchor) == ahead:
            return day
    return None


def _date(hit: Hit) -> Reading | str | None:
    scene = hit.scene
    month = MONTHS[hit.tokens("month" if "month" in hit else "month2")[0]]
    nth = ordinal(hit.tokens("dom" if "dom" in hit else "dom2"))
    if nth is None or make_day(2000, month, nth) is None:
        return "no such day in the calendar"
    named = hit.words("pod") or hit.words("podof")
    part = PARTS_OF_DAY[named] if named else ""
    full: int | None = None
    if "rel" in hit and scene.anchor is not None:
        full = scene.anchor.year + year_offset(hit.words("rel"))
    elif "rel" not in hit:
        full = year(hit.tokens("year") or hit.tokens("farther"), near=_anchor_year(scene))
    if full is None and (month, nth) == (9, 11) and _ATTACKS.intersection(hit.after(2)):
        full = 2001 if scene.anchor is None or scene.anchor.isoformat() >= "2001-09-11" else None
    if full is not None:
        day = make_day(full, month, nth)
        if day is None:
            return "no such day in the calendar"
    elif "lastnext" in hit and scene.anchor is not None:
        day = _beyond(scene.anchor, month, nth, hit.words("lastnext") == "next")
    elif scene.open_month and 0 < hit.first - scene.open_month[0] <= 2 and scene.open_month[1].endswith(f"-{month:02}"):
        begun = scene.open_month[1][:4]  # "between 1 and 3 May": one year for both
        day = make_day(int(begun), month, nth) if begun.isdigit() else None
    else:
        day = month_day(hit, month, nth)
    scene.open_month = (hit.last, f"{day.year:04}-{month:02}" if day else f"XXXX-{month:02}")
    value = day.isoformat() if day else f"XXXX-{month:02}-{nth:02}"
    return Reading("time" if part else "date", value + part)


def _day_range(hit: Hit) -> Reading | str | None:
    """The second day of "May 5-7": its month is the first day's."""
    day, begun = ordinal(hit.tokens("dom")), hit.scene.open_month
    if day is None or begun is None or begun[0] != hit.first:
        return None
    year_text, month = begun[1].split("-")
    if make_day(int(year_text) if year_text.isdigit() else 2000, int(month), day) is None:
        return "no such day in the calendar"
    return Reading("date", f"{begun[1]}-{day:02}", trim=1)


def _month_year(hit: Hit) -> Reading | None:
    scene, month = hit.scene, MONTHS[hit.tokens("month")[0]]
    if "year" in hit:
        full = year(hit.tokens("year"), near=_anchor_year(scene))
        return Reading("date", f"{full:04}-{month:02}") if full else None
    if hit.words("rel") in ("that", "the same") and scene.last_year:
        return Reading("date", f"{scene.last_year:04}-{month:02}")
    anchor = _anchor_year(scene)
    full_year = f"{anchor + year_offset(hit.words('rel')):04}" if anchor else "XXXX"
    return Reading("date", f"{full_year}-{month:02}")


def _month_deictic(hit: Hit) -> Reading:
    scene, month, rel = hit.scene, MONTHS[hit.tokens("month")[0]], hit.words("rel")
    if rel in ("every", "each"):
        return Reading("set", f"XXXX-{month:02}")
    if scene.anchor is None:
        return Reading("date", f"XXXX-{month:02}")
    now = scene.anchor
    if rel.startswith("last") or rel == "this past":
        # Nobody calls the month before this one by its name and "last".
        full = now.year - (month >= now.month - 1)
    elif rel.startswith("next") or rel == "this coming":
        full = now.year + (month <= now.month)
    else:
        full = now.year
    return Reading("date", f"{full:04}-{month:02}")


def _month(hit: Hit) -> Reading | None:
    scene, month = hit.scene, MONTHS[hit.tokens("month")[0]]
    walked = hit.before() == ["the"] and hit.words("month") == "march" and scene.capitalised(hit.last + 1)
    if walked and hit.after()[0] in ("on", "for", "of", "against"):
        return None  # "the March on Washington"
    if not _BEFORE_MONTH.intersection(hit.before()) and scene.capitalised(hit.last):
        return None  # "April Jones"
    if "farther" in hit:  # "May to August 2023"; "November to February 2024" began in the year before
        other = MONTHS[hit.scene.lexed.words[hit.last + 1]]
        return Reading("date", f"{int(hit.words('farther')) - (other < month):04}-{month:02}")
    if scene.anchor is None:
        return Reading("date", f"XXXX-{month:02}")
    return Reading("date", f"{month_nearest(hit, month):04}-{month:02}")


def month_nearest(hit: Hit, month: int) -> int:
    """The year of a month that is named alone, from publication and the tense."""
    now = hit.scene.anchor
    assert now is not None
    ahead = (month - now.month) % 12
    if hit.direction and (ahead > 2 or ahead == 0 or abs(hit.direction) == 2):
        return now.year + (month < now.month) if hit.direction > 0 else now.year - (month > now.month)
    # One of the coming three months, or else the one behind: news tells what was.
    return now.year + (month < now.month) if ahead <= 3 else now.year - (month > now.month)


CALENDAR = [
    Rule("iso", "iso", _iso),
    Rule("slash", "slash", _slash),
    Rule("dotted", "dotted", _dotted),
    Rule(
        "date",
        """(?: EARLY | (?: the )? early? (?P<podof>partofday) (?: of | on ) (?: the )? )?
           (?: (?: last | this | next )? WD comma? (?: the )? | (?P<lastnext>last | next) (?= MONTH ) )?
           (?: (?P<month>MONTH) (?: the )? (?P<dom>DAYNUM) | (?: the )? (?P<dom2>nth | day | ordinal) of?
           (?P<month2>MONTH) )
           (?: comma? of? (?P<year>YEAR) | comma? of? (?P<rel>this | last | next) yearunit )? (?: (?P<pod>POD) )?
           (?: (?= (?: hyphen | dash | to | through | until | and ) (?: day | nth | MONTH DAYNUM ) comma?
           (?P<farther>year4) ) )?""",
        _date,
    ),
    Rule(
        "dayhead",
        "(?: the )? (?P<dom>day | nth) (?= (?: hyphen | dash | to | through | and ) (?: the )? (?: day | nth "
        ") (?: of )? (?P<month>MONTH) (?: comma? (?P<year>year4) )? )",
        _date,
    ),
    Rule(
        "dayrange",
        """(?<=[day nth]) (?: hyphen | dash | (?: to | through | and ) (?= (?: day | nth ) [comma dot stop
        para in at on of] ) ) (?P<dom>day | nth) (?: comma? year4 )? (?! hyphen? ANYUNIT | of? MONTH |
        ampm | oclock )""",
        _day_range,
    ),
    Rule(
        "monthyear",
        """(?: EDGES | early hyphen )? (?P<month>MONTH) (?: comma? of? (?P<year>YEAR)
           | of? (?P<rel>this | last | next | that | the same | the previous | the following) yearunit )""",
        _month_year,
    ),
    Rule(
        "monthdeictic",
        "(?: EDGES | early hyphen )? (?P<rel>last | next | this | this past | this coming | every) (?P<month>MONTH)",
        _month_deictic,
    ),
]  # fmt: skip
MONTH_ALONE = Rule(
    "month",
    """(?: EDGES | early hyphen )? (?P<month> (?: month | maymarch | monthabbr dot? )
       (?= (?: hyphen | dash | to | through | until | and ) MONTH comma? of? (?P<farther>year4) )
       | month | maymarch (?= poss ) | (?<=hyphen) maymarch
       | (?<=[in by since until from to of before after through between and within for early last next the]) (?:
       maymarch | monthabbr dot ) )""",
    _month,
)

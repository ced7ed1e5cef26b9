"""Dates by the calendar: 2015-09-12, 9/12/2015, Saturday, September 12, 2015, May 16, July 2003, the 1990s, 2008,
feasts."""

from __future__ import annotations

from datetime import date

from onrecord.reader.moments.calendar import feast, make_day
from onrecord.reader.moments.grammar import Hit, Rule
from onrecord.reader.moments.lexicon import HOLIDAYS, MONTHS, PARTS_OF_DAY
from onrecord.reader.moments.numerals import ordinal, year
from onrecord.reader.moments.scene import Reading, Scene

__all__ = ["CALENDAR", "MONTH_ALONE", "month_day", "year_offset"]

# The nearest such day is meant if it is within this many days, unless the verb right before says otherwise: "said …
# Dec. 15" is as often a coming December. Further off the tense decides, and with none the day lies behind.
NEAR_DAYS = 100
_BEFORE_MONTH = frozenset("in by until since from to of last next this before after early mid late during".split())


def _iso(hit: Hit) -> Reading | str:
    raw = hit.scene.lexed.words[hit.first]
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
    if not found:  # 29 February between leap years
        found = [d for step in (-3, -2, 2, 3) if (d := make_day(scene.anchor.year + step, month, day)) is not None]
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


def _date(hit: Hit) -> Reading | str | None:
    scene = hit.scene
    month = MONTHS[hit.tokens("month" if "month" in hit else "month2")[0]]
    nth = ordinal(hit.tokens("dom" if "dom" in hit else "dom2"))
    if nth is None or make_day(2000, month, nth) is None:
        return "no such day in the calendar"
    part = PARTS_OF_DAY[hit.words("pod")] if "pod" in hit else ""
    full: int | None = None
    if "rel" in hit and scene.anchor is not None:
        full = scene.anchor.year + year_offset(hit.words("rel"))
    elif "rel" not in hit:
        full = year(hit.tokens("year") or hit.tokens("farther"), near=_anchor_year(scene))
    if full is not None:
        day = make_day(full, month, nth)
        if day is None:
            return "no such day in the calendar"
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
    if not _BEFORE_MONTH.intersection(hit.before()) and scene.capitalised(hit.last):
        return None  # "April Jones"
    if scene.anchor is None:
        return Reading("date", f"XXXX-{month:02}")
    now = scene.anchor
    ahead = (month - now.month) % 12
    if hit.direction and (ahead > 2 or ahead == 0 or abs(hit.direction) == 2):
        full = now.year + (month < now.month) if hit.direction > 0 else now.year - (month > now.month)
    else:  # one of the coming three months, or else the one behind: news tells what was
        full = now.year + (month < now.month) if ahead <= 3 else now.year - (month > now.month)
    return Reading("date", f"{full:04}-{month:02}")


def _feast(hit: Hit) -> Reading | None:
    scene = hit.scene
    rule = HOLIDAYS.get(" ".join(w for w in hit.tokens("feast") if w[0].isalpha()))
    if rule is None:  # "new day", "mother Eve": the words fit, the feast does not exist
        return None
    if scene.anchor is None:
        return Reading("date", f"XXXX-{rule[0]:02}-{rule[1]:02}" if len(rule) == 2 else f"XXXX-{rule[0]:02}")
    if "year" in hit:
        full = year(hit.tokens("year"))
        return Reading("date", feast(rule, full).isoformat()) if full else None
    now = scene.anchor
    days = [feast(rule, now.year + step) for step in (-1, 0, 1)]
    rel = hit.words("rel")
    if rel == "last":
        return Reading("date", max(d for d in days if d < now).isoformat())
    if rel == "next":
        return Reading("date", min(d for d in days if d > now).isoformat())
    return Reading("date", min(days, key=lambda d: abs((d - now).days)).isoformat())


CALENDAR = [
    Rule("iso", "iso", _iso),
    Rule("slash", "slash", _slash),
    Rule("dotted", "dotted", _dotted),
    Rule(
        "date",
        """(?: EARLY )? (?: (?: last | this | next )? WD comma? (?: the )? )?
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
        para in at on of] ) ) (?P<dom>day | nth) (?: comma? year4 )? (?! hyphen? ANYUNIT | of? MONTH )""",
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
    Rule(
        "feast",
        """(?P<rel>last | next | this)? (?P<feast> feast (?: day_ | eve )? | feastname yearunit? poss? (?: day_ |
        eve ) )
           (?: comma? (?P<year>year4) )?""",
        _feast,
    ),
]  # fmt: skip
MONTH_ALONE = Rule(
    "month",
    """(?: EDGES | early hyphen )? (?P<month> month | maymarch (?= poss ) | (?<=hyphen) maymarch
       | (?<=[in by since until from to of before after through between and within for early last next the]) (?:
       maymarch | monthabbr dot ) )""",
    _month,
)

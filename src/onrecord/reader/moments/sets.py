"""Repetitions: daily, every year, every other week, Tuesdays, weekends, the first Monday of each month."""

from __future__ import annotations

from fractions import Fraction

from onrecord.reader.moments.grammar import Hit, Rule
from onrecord.reader.moments.lexicon import PARTS_OF_DAY, SEASONS, SETS, UNITS, WEEKDAYS
from onrecord.reader.moments.scene import Reading
from onrecord.reader.moments.spans import AMOUNT, amount_of, duration_value

__all__ = ["SETS_OF_DAYS", "SETS_OF_UNITS"]


def _every(hit: Hit) -> Reading | None:
    word = hit.words("unit")
    if hit.words("per") and UNITS[word].startswith("T"):
        return None  # "miles per hour" is a speed
    if word in PARTS_OF_DAY:
        return Reading("set", "P1D")
    if word in SEASONS:
        return Reading("set", f"XXXX-{SEASONS[word]}")
    amount = amount_of(hit)
    if "other" in hit:
        amount = Fraction(2)
    if amount is None:
        amount = None if "vague" in hit else Fraction(1)
    return Reading("set", duration_value(amount, UNITS[word]))


def _weekday_set(hit: Hit) -> Reading:
    """ "Tuesdays", "Friday nights", "every other Monday", "the first Monday of each month"."""
    part = hit.words("pod")
    return Reading("set", f"XXXX-WXX-{WEEKDAYS[hit.words('wd')]}" + (PARTS_OF_DAY[part] if part else ""))


def _set_word(hit: Hit) -> Reading | None:
    following = (hit.after() or [""])[0]
    if hit.scene.begins_high(hit.first) and hit.scene.capitalised(hit.last):
        return None  # "the Daily Mail", "the Annual General Meeting"
    if hit.words("word") == "quarterly" and following[:1].isalpha() and following != "basis":
        return None  # "a quarterly dividend": a kind of dividend, as the annotators of TimeBank had it (11 of 12)
    return Reading("set", SETS[hit.words("word")])


SETS_OF_DAYS = [
    Rule("weekdayset", "(?: every other )? (?P<wd>weekdays) (?P<pod>POD | nights)?", _weekday_set),
    Rule("weekdaynights", "(?P<wd>weekday) (?P<pod>nights)", _weekday_set),
    Rule("everyother", "every (?: other | second | ordinal | nth ) (?P<wd>weekday) (?P<pod>POD)?", _weekday_set),
    Rule("nthofeach", """(?: the | every )? (?: ordinal | second | last | nth ) (?P<wd>weekday)
        of (?: every | the ) (?: other )? (?: unit | yearunit )""", _weekday_set),
    Rule("weekends", "(?: every other )? weekends | every (?: other )? weekend",
         lambda _hit: Reading("set", "XXXX-WXX-WE")),
    Rule("workdays", "workdays", lambda _hit: Reading("set", "XXXX-WXX-WD")),
]  # fmt: skip
SETS_OF_UNITS = [
    Rule("timesaunit", "(?: NUM MANY ) (?: a | per | every ) (?P<unit>day_ | unit | yearunit)", _every),
    Rule(
        "every",
        f"""(?: every | (?<=x) (?P<per>per) ) (?P<other>other)? {AMOUNT}? (?P<unit>SMALL | MANY | POD | season)""",
        _every,
    ),
    Rule("setword", "(?P<word>setword)", _set_word),
]  # fmt: skip

"""Feasts and days of remembrance: Christmas, Labor Day, Easter Monday, Good Friday, Ramadan, 9/11.

Feasts by a fixed day, by the n-th weekday of a month and by Easter are exact. Ramadan begins when the crescent is seen:
the tabular Islamic calendar comes within a day or two of it, so its value is an EDTF interval of approximate days.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from onrecord.reader.moments.calendar import value_at
from onrecord.reader.moments.dates import NEAR_DAYS
from onrecord.reader.moments.grammar import Hit, Rule
from onrecord.reader.moments.lexicon import HOLIDAYS
from onrecord.reader.moments.numerals import year
from onrecord.reader.moments.scene import Reading

__all__ = ["FEASTS"]

# Days from Easter Sunday.
_BY_EASTER = {
    "easter": 0, "easter day": 0, "easter sunday": 0, "easter eve": -1, "easter monday": 1, "easter week": 0,
    "easter weekend": 0, "good friday": -2, "holy saturday": -1, "maundy thursday": -3, "palm sunday": -7,
    "ash wednesday": -46, "shrove tuesday": -47, "pentecost": 49, "whit sunday": 49, "whit monday": 50,
}  # fmt: skip
_ATTACKS = date(2001, 9, 11)


def _easter(of: int) -> date:
    """Easter Sunday of the Western churches in the Gregorian calendar (the algorithm of Meeus, Jones and Butcher)."""
    golden, (century, rest) = of % 19, divmod(of, 100)
    leap, odd = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap - correction + 15) % 30
    weekday = (32 + 2 * odd + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(of, month, day + 1)


def _nth_weekday(of: int, month: int, weekday: int, nth: int) -> date:
    if nth > 0:
        first = date(of, month, 1)
        return first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (nth - 1))
    last = date(of, month, monthrange(of, month)[1])
    return last - timedelta(days=(last.isoweekday() - weekday) % 7)


def _rule(name: str) -> Callable[[int], date] | None:
    """The day of the feast in a year; None where no feast has that name ("new day", "good monday")."""
    if name in _BY_EASTER:
        return lambda of: _easter(of) + timedelta(days=_BY_EASTER[name])
    if name in ("black friday", "cyber monday"):  # after Thanksgiving
        return lambda of: _nth_weekday(of, 11, 4, 4) + timedelta(days=1 if name == "black friday" else 4)
    if name == "election day":  # of the United States: the Tuesday after the first Monday of November
        return lambda of: _nth_weekday(of, 11, 1, 1) + timedelta(days=1)
    rule = HOLIDAYS.get(name)
    if rule is None:
        return None
    if len(rule) == 2:
        return lambda of: date(of, rule[0], rule[1])
    return lambda of: _nth_weekday(of, rule[0], rule[1], rule[2])


def _feast(hit: Hit) -> Reading | None:
    scene, name = hit.scene, " ".join(w for w in hit.tokens("feast") if w[0].isalpha())
    if scene.lexed.words[hit.last : hit.last + 1] == ["island"]:
        return None
    rule = _rule(name)
    if rule is None:
        return None
    unit = {"week": "W", "weekend": "WE"}.get(name.split()[-1], "D")
    full = year(hit.tokens("year")) if "year" in hit else None
    if full is not None:
        return Reading("date", value_at(rule(full), unit)) if 1583 <= full < 9000 else None
    if scene.anchor is None:
        fixed = HOLIDAYS.get(name)
        if fixed is None:
            return Reading("date", "XXXX-11" if name == "election day" else "XXXX")
        return Reading("date", f"XXXX-{fixed[0]:02}-{fixed[1]:02}" if len(fixed) == 2 else f"XXXX-{fixed[0]:02}")
    now, rel = scene.anchor, hit.words("rel")
    if rel in ("every", "each"):
        return Reading(
            "set", f"XXXX-{rule(now.year):%m-%d}" if name in HOLIDAYS and len(HOLIDAYS[name]) == 2 else "P1Y"
        )
    days = [rule(now.year + step) for step in (-1, 0, 1)]
    day = min(days, key=lambda d: abs((d - now).days))
    # As with dates: the nearest is meant if it is near; further off the tense decides.
    direction = {"last": -1, "next": 1}.get(rel) or (hit.direction if abs((day - now).days) > NEAR_DAYS else 0)
    if direction < 0:
        day = max(d for d in days if d < now)
    elif direction > 0:
        day = min(d for d in days if d > now)
    return Reading("date", value_at(day, unit))


# Days from the epoch of the tabular Islamic calendar (16 July 622 of the Julian one) and the lengths of its months.
_HIJRA = date(622, 7, 19).toordinal()
_RAMADAN_MONTH, _RAMADAN_DAYS = 9, 30


def _ramadan(of: int) -> date:
    """The first of Ramadan in a year of the Hijra."""
    days = (of - 1) * 354 + (3 + 11 * of) // 30 + 29 * (_RAMADAN_MONTH - 1) + _RAMADAN_MONTH // 2
    return date.fromordinal(_HIJRA + days)


def _fast(hit: Hit) -> Reading | None:
    scene = hit.scene
    if scene.capitalised(hit.last):
        return None  # a person of that name
    full = year(hit.tokens("year")) if "year" in hit else None
    near = date(full, 7, 1) if full is not None and 1583 <= full < 9000 else scene.anchor
    if near is None:
        return Reading("date", "XXXX")
    around = int((near.year - 622) * 1.0307)
    first = min((_ramadan(around + step) for step in range(-1, 3)), key=lambda d: abs((d - near).days + 15))
    end = first + timedelta(days=_RAMADAN_DAYS)
    return Reading("date", f"{first}~/{end - timedelta(days=1)}~", days=(first, end))


def _attacks(hit: Hit) -> Reading | None:
    anchor = hit.scene.anchor
    return Reading("date", _ATTACKS.isoformat()) if anchor is None or anchor >= _ATTACKS else None


FEASTS = [
    Rule("attacks", "nineeleven", _attacks),
    Rule(
        "feast",
        """(?P<rel>last | next | this | every)? (?P<feast> feast (?: day_ | eve | WD | unit | weekend )?
           | feastname (?: yearunit? poss? (?: day_ | eve ) | weekday ) )
           (?: comma? (?P<year>year4) )?""",
        _feast,
    ),
    Rule("fast", "(?<=[in of before after since until for the this last next through about]) fast (?P<year>year4)?", _fast),
]  # fmt: skip

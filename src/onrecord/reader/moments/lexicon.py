"""The closed classes of words that temporal expressions are built from, and what each word is worth.

A class is what the grammar speaks of ("month", "unit", "ago"); a word belongs to exactly one, so that a text can be
written as one character a token and the grammar can run over that string.
"""

from __future__ import annotations

__all__ = [
    "CLASSES",
    "HOLIDAYS",
    "MONTHS",
    "NUMBERS",
    "ORDINALS",
    "PARTS_OF_DAY",
    "SEASONS",
    "SETS",
    "UNITS",
    "WEEKDAYS",
]

_MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_WEEKDAY_NAMES = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

MONTHS: dict[str, int] = {name: i + 1 for i, name in enumerate(_MONTH_NAMES)}
MONTHS |= {name[:3]: number for name, number in list(MONTHS.items())} | {"sept": 9}
WEEKDAYS: dict[str, int] = {name: i + 1 for i, name in enumerate(_WEEKDAY_NAMES)}
WEEKDAYS |= {name + "s": number for name, number in list(WEEKDAYS.items())}
WEEKDAYS |= {"mon": 1, "tue": 2, "tues": 2, "wed": 3, "thu": 4, "thur": 4, "thurs": 4, "fri": 5, "sat": 6, "sun": 7}

SEASONS = {"spring": "SP", "summer": "SU", "fall": "FA", "autumn": "FA", "winter": "WI"}
SEASONS |= {name + "s": code for name, code in list(SEASONS.items())}
PARTS_OF_DAY = {
    "morning": "TMO", "mornings": "TMO", "dawn": "TMO", "daybreak": "TMO", "sunrise": "TMO",
    "lunchtime": "TMI", "afternoon": "TAF",
    "afternoons": "TAF", "evening": "TEV", "evenings": "TEV", "dusk": "TEV", "sunset": "TEV", "night": "TNI",
    "nights": "TNI",
    "noon": "T12:00", "midday": "T12:00", "midnight": "T24:00",
}  # fmt: skip

# Designators of ISO 8601 durations; DE and CE are TIMEX3's decade and century. Units under a day stand after a `T`.
UNITS = {
    "second": "TS", "seconds": "TS", "secs": "TS", "minute": "TM", "minutes": "TM", "mins": "TM",
    "hour": "TH", "hours": "TH",
    "hrs": "TH", "day": "D", "days": "D", "night": "D", "nights": "D", "week": "W", "weeks": "W",
    "fortnight": "2W", "fortnights": "2W",
    "weekend": "WE", "weekends": "WE", "month": "M", "months": "M", "quarter": "Q", "quarters": "Q",
    "year": "Y", "years": "Y",
    "yr": "Y", "yrs": "Y", "decade": "DE", "decades": "DE", "century": "CE", "centuries": "CE",
    "millennium": "ML", "millennia": "ML",
    "summer": "SU", "summers": "SU", "winter": "WI", "winters": "WI",
}  # fmt: skip

_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
NUMBERS: dict[str, int] = {word: i for i, word in enumerate(_ONES)} | {
    word: 10 * (i + 2) for i, word in enumerate(_TENS)
}
NUMBERS |= {"hundred": 100, "thousand": 1000, "million": 1_000_000, "billion": 1_000_000_000}
# Years after 1900.
DECADE_WORDS = {word[:-1] + "ies": 10 * (i + 2) for i, word in enumerate(_TENS)} | {"noughties": 100}

ORDINALS: dict[str, int] = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10,
    "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16,
    "seventeenth": 17,
    "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30,
}  # fmt: skip

SETS = {
    "daily": "P1D", "nightly": "P1D", "weekly": "P1W", "biweekly": "P2W", "fortnightly": "P2W", "monthly": "P1M",
    "quarterly": "P3M", "yearly": "P1Y", "annual": "P1Y", "annually": "P1Y", "biannual": "P6M",
    "biennial": "P2Y", "hourly": "PT1H",
}  # fmt: skip

# Feasts whose day the calendar alone gives: (month, day), or (month, weekday, n-th in the month; -1 = the last one).
HOLIDAYS: dict[str, tuple[int, int] | tuple[int, int, int]] = {
    "christmas": (12, 25), "christmas day": (12, 25), "christmas eve": (12, 24), "boxing day": (12, 26),
    "new year day": (1, 1), "new year eve": (12, 31), "valentine day": (2, 14), "halloween": (10, 31),
    "bastille day": (7, 14),
    "waitangi day": (2, 6), "anzac day": (4, 25), "australia day": (1, 26), "canada day": (7, 1),
    "remembrance day": (11, 11),
    "armistice day": (11, 11), "veterans day": (11, 11), "juneteenth": (6, 19), "independence day": (7, 4),
    "thanksgiving": (11, 4, 4),
    "thanksgiving day": (11, 4, 4), "memorial day": (5, 1, -1), "labor day": (9, 1, 1), "columbus day": (10, 1, 2),
    "earth day": (4, 22), "inauguration day": (1, 20), "presidents day": (2, 1, 3),
    "mother day": (5, 7, 2), "father day": (6, 7, 3),
}  # fmt: skip

CLASSES: dict[str, str] = {
    "month": " ".join(name for name in _MONTH_NAMES if name not in ("may", "march")),
    "monthabbr": " ".join(name for name in MONTHS if name not in _MONTH_NAMES),
    "maymarch": "may march",
    "weekday": " ".join(_WEEKDAY_NAMES),
    "weekdays": " ".join(name + "s" for name in _WEEKDAY_NAMES),
    "wdabbr": "mon tue tues wed thu thur thurs fri sat sun",
    "season": "spring summer fall autumn winter",
    "seasons": "springs summers falls autumns winters",
    "partofday": "morning afternoon evening dawn daybreak sunrise lunchtime dusk sunset",
    "night": "night",
    "nights": "nights mornings afternoons evenings",
    "noon": "noon midday midnight",
    "overnight": "overnight",
    "tonight": "tonight",
    "dayword": "yesterday tomorrow",
    "today": "today",
    "unit": "minute hour week month fortnight millennium",
    "century": "century",
    "centuries": "centuries",
    "day_": "day",
    "yearunit": "year",
    "decade": "decade",
    "weekend": "weekend",
    "units": "seconds secs minutes mins hours hrs weeks fortnights months decades millennia",
    "days": "days",
    "years": "years yrs yr",
    "second": "second",
    "quarter": "quarter",
    "quarters": "quarters",
    "quartercode": "q1 q2 q3 q4 h1 h2",
    "half": "half",
    "period": "period",
    "term": "term",
    "one": "one",
    "nword": " ".join(w for w in NUMBERS if w not in ("one", "hundred", "thousand", "million", "billion")),
    "big": "hundred thousand million billion",
    "decadeword": " ".join(DECADE_WORDS),
    "ordinal": " ".join(w for w in ORDINALS if w != "second"),
    "a": "a an",
    "the": "the",
    "few": "few couple",
    "several": "several many some numerous countless dozens scores",
    "dozen": "dozen",
    "another": "another",
    "more": "more less fewer longer",
    "than": "than",
    "least": "least most",
    "about": "about around nearly almost roughly approximately under over barely",
    "estimated": "estimated",
    "up": "up",
    "no": "no",
    "just": "just only",
    "filler": (
        "trading straight consecutive full calendar business working solid successive school academic whole entire"
    ),
    "fiscal": "fiscal financial",
    "coming": "coming upcoming",
    "last": "last",
    "next": "next",
    "past": "past",
    "previous": "previous preceding prior",
    "following": "following subsequent ensuing",
    "this": "this",
    "that": "that",
    "these": "these those",
    "same": "same",
    "every": "every each",
    "other": "other",
    "recent": "recent",
    "latest": "latest",
    "current": "current",
    "final": "final",
    "corresponding": "corresponding comparable",
    "near": "near foreseeable",
    "long": "long short medium",
    "future": "future",
    "present": "present",
    "moment": "moment",
    "now": "now currently nowadays presently",
    "recently": "recently lately",
    "soon": "soon",
    "time": "time",
    "ago": "ago",
    "earlier": "earlier",
    "later": "later",
    "early": "early late mid",
    "setword": " ".join(SETS),
    "end": "end beginning start middle close outset",
    "ended": "ended ending",
    "old": "old",
    "of": "of",
    "in": "in during throughout",
    "on": "on",
    "at": "at",
    "to": "to",
    "through": "through thru",
    "and": "and",
    "or": "or",
    "from": "from",
    "until": "until till",
    "since": "since",
    "by": "by",
    "before": "before",
    "after": "after",
    "between": "between",
    "within": "within",
    "for": "for",
    "per": "per",
    "as": "as",
    "possible": "possible",
    "so": "so",
    "oclock": "o'clock o’clock",
    "zone": "utc gmt est edt cst cdt mst mdt pst pdt et ct pt bst cet cest msk ist jst local",
    "feast": "christmas halloween juneteenth thanksgiving easter pentecost",
    "fast": "ramadan",
    "feastname": (
        "boxing new valentine bastille waitangi anzac australia canada remembrance armistice veterans "
        "independence memorial labor columbus presidents mother father good holy maundy palm ash shrove whit election "
        "inauguration earth black bloody super cyber"
    ),
    "eve": "eve",
    "very": "very",
    "fy": "fy",
    "weekends": "weekends",
    "workdays": "weekdays",
    "additional": "additional",
    "its": "its their his her our",
    "percent": "percent pct",
}

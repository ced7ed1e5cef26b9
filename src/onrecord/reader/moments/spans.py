"""Lengths and repetitions: four days, the past few weeks, 14-year-old, half an hour, daily, every year."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from onrecord.reader.moments.calendar import shift
from onrecord.reader.moments.grammar import Hit, Rule
from onrecord.reader.moments.lexicon import PARTS_OF_DAY, SEASONS, SETS, UNITS
from onrecord.reader.moments.numerals import number
from onrecord.reader.moments.scene import Reading

__all__ = ["SPANS", "duration_value"]

# "For a year" is a length; "$33 million a year" and "twice a day" are rates.
_BEFORE_LENGTH = frozenset(
    [
        "for",
        "in",
        "within",
        "about",
        "over",
        "than",
        "of",
        "after",
        "before",
        "every",
        "take",
        "takes",
        "took",
        "last",
        "lasted",
        "lasts",
        "spend",
        "spent",
        "only",
        "just",
        "to",
        "nearly",
        "almost",
        "and",
        "or",
        "at",
        "as",
        "is",
        "was",
        "be",
        "by",
        "with",
        "from",
        "through",
        "during",
        "until",
        "least",
        "most",
        ",",
        ".",
        "-",
        "(",
        '"',
        "``",
        "''",
        "“",
        "”",
    ]
)
_HALVES = {
    "Y": ("M", 12),
    "M": ("D", 30),
    "W": ("D", 7),
    "D": ("TH", 24),
    "TH": ("TM", 60),
    "TM": ("TS", 60),
    "DE": ("Y", 10),
    "CE": ("Y", 100),
}


def duration_value(amount: Fraction | None, unit: str) -> str:
    """The TIMEX3 duration: `P3D`, `PT1H`, `PXW` for an amount not told, `P2Y6M` for two and a half years."""
    if unit == "2W":
        return "PXW" if amount is None else duration_value(amount * 2, "W")
    if unit == "WE":
        return f"P{_digits(amount)}WE"
    time, letter = ("T", unit[1:]) if unit.startswith("T") else ("", unit)
    if amount is None:
        return f"P{time}X{letter}"
    whole, rest = divmod(amount, 1)
    if rest and unit in _HALVES:
        smaller, size = _HALVES[unit]
        part = rest * size
        if part.denominator == 1:
            tail = f"{part}{smaller.removeprefix('T')}"
            join = "T" if smaller.startswith("T") and not time else ""
            if not whole:
                return f"P{'T' if smaller.startswith('T') else ''}{tail}"
            if unit in ("Y", "TH", "TM", "D", "M"):
                return f"P{time}{whole}{letter}{join}{tail}"
            return f"P{part + whole * size}{smaller}"
    return f"P{time}{_digits(amount)}{letter}"


def _digits(amount: Fraction | None) -> str:
    if amount is None:
        return "X"
    return str(amount) if amount.denominator == 1 else f"{float(amount):g}"


def _amount(hit: Hit) -> Fraction | None:
    amount = number(hit.tokens("n")) if "n" in hit else None
    if amount is None and "a" in hit:
        amount = Fraction(1)
    if amount is None and "half" in hit:
        return Fraction(1, 2)
    if amount is None and "couple" in hit.words("vague"):
        amount = Fraction(2)
    if amount is None and "dozen" in hit.words("vague"):
        amount = Fraction(12)
    if amount is not None and "andhalf" in hit:
        amount += Fraction(1, 2)
    return amount


def _duration(hit: Hit) -> Reading | None:
    unit, amount = UNITS[hit.words("unit")], _amount(hit)
    if hit.words("unit") == "second" and "n" not in hit:
        return None  # "a second man"
    if unit in ("SU", "WI") and "n" not in hit:
        return None
    if unit == "Q" and ("a" in hit or "-" in hit.scene.lexed.words[hit.first : hit.last] or hit.after() == ["of"]):
        return None  # "a quarter of", "three-quarters": a share
    if (
        unit in ("M", "Y", "Q")
        and amount is not None
        and "the" in hit
        and hit.words("unit") in ("months", "years", "quarters")
    ):
        hit.scene.topic = "Y"  # "the nine months": what is compared is a part of the year
    rate = "a" in hit and hit.first and hit.before()[0] not in _BEFORE_LENGTH and hit.last - hit.first == 2
    return Reading("set" if rate and hit.after() != ["of"] else "duration", duration_value(amount, unit))


def _related_span(hit: Hit) -> Reading | None:
    """ "The past two weeks" and "the next 12 to 18 months" lie before or after the day of publication."""
    scene, unit, amount, rel = hit.scene, UNITS[hit.words("unit")], _amount(hit), hit.words("rel")
    if "n2" in hit and number(hit.tokens("n2")) != amount:
        amount = None
    if rel not in ("last", "next", "past", "coming", "previous") and unit in ("M", "Q"):
        scene.topic = "Y"
    value = duration_value(amount, unit)
    days: tuple[date | None, date | None] | None = None
    if scene.anchor is not None and amount is not None and amount.denominator == 1 and not unit.startswith("T"):
        if rel in ("last", "past"):
            days = (shift(scene.anchor, unit, -int(amount)), scene.anchor)
        elif rel in ("next", "coming"):
            days = (scene.anchor, shift(scene.anchor, unit, int(amount)))
    return Reading("duration", value, days=days)


def _recent_units(hit: Hit) -> Reading:
    return Reading("duration", duration_value(None, UNITS[hit.words("unit")]))


def _bare_units(hit: Hit) -> Reading | None:
    return Reading("duration", duration_value(None, UNITS[hit.words("unit")]))


def _age(hit: Hit) -> Reading | None:
    amount = _amount(hit)
    return Reading("duration", duration_value(amount, UNITS[hit.words("unit")])) if amount is not None else None


def _long(hit: Hit) -> Reading:
    word = hit.words("unit")
    plural = word.endswith("s") or word == "centuries"
    return Reading("duration", duration_value(None if plural else Fraction(1), UNITS[word]))


def _every(hit: Hit) -> Reading | None:
    word = hit.words("unit")
    if word in PARTS_OF_DAY:
        return Reading("set", "P1D")
    if word in SEASONS:
        return Reading("set", f"XXXX-{SEASONS[word]}")
    amount = _amount(hit)
    if "other" in hit:
        amount = Fraction(2)
    if amount is None:
        amount = None if "vague" in hit else Fraction(1)
    return Reading("set", duration_value(amount, UNITS[word]))


def _set_word(hit: Hit) -> Reading | None:
    following = (hit.after() or [""])[0]
    if hit.words("word") == "quarterly" and following[:1].isalpha() and following != "basis":
        return None  # "a quarterly dividend": a kind of dividend, as the annotators of TimeBank had it (11 of 12)
    return Reading("set", SETS[hit.words("word")])


_AMOUNT = "(?: (?P<n>NUM) (?: TO (?P<n2>NUM) )? | (?P<vague>VAGUE) )"
SPANS = [
    Rule(
        "age",
        f"""{_AMOUNT} hyphen? (?P<unit>SMALL | MANY) hyphen? (?: and hyphen? (?P<andhalf>a hyphen? half)
        hyphen? )? old""",
        _age,
    ),
    Rule(
        "relatedspan",
        f"""(?: the | these | its )? (?: about )?
           (?P<rel>last | next | past | ordinal | previous | coming | following | latest | final)
           (?: MODS )? {_AMOUNT} (?: filler | fiscal )? (?P<unit>SMALL | MANY)""",
        _related_span,
    ),
    Rule(
        "recentunits",
        """(?: the | more )? (?P<rel>recent | coming | past | previous | last | next | following)
        (?P<unit>MANY)""",
        _recent_units,
    ),
    Rule(
        "every",
        f"""(?: every | (?<=x) per ) (?P<other>other)? {_AMOUNT}? (?P<unit>SMALL | MANY | POD | season)""",
        _every,
    ),
    Rule("setword", "(?P<word>setword)", _set_word),
    Rule("yearagomonths", "the yearunit hyphen (?: ago | earlier ) (?P<n>NUM) (?P<unit>MANY)", _duration),
    Rule(
        "duration",
        """(?: MODS | within )? (?: (?P<the>the | these | this ) (?= NUM (?: filler )? MANY ) )?
           (?: (?P<half>half hyphen? a | a half hyphen? | half hyphen? ) | (?P<a>a | another | more than a) |
           (?P<n>NUM) (?: TO (?P<n2>NUM) )? | (?P<vague>VAGUE | another (?= NUM)) )
           hyphen? (?: (?: more | filler | additional ) hyphen? )? (?P<unit>SMALL | MANY) (?P<andhalf>and a half)?
           (?: hyphen? period )?""",
        _duration,
    ),
    Rule("long", "(?P<unit>MANY | SMALL) hyphen (?: long | old )", _long),
    Rule("bareunits", "(?: MODS )? (?<!early) (?P<unit>units | centuries | days | years)", _bare_units),
]  # fmt: skip

"""Lengths: four days, the past few weeks, 14-year-old, half an hour, three days later."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from onrecord.reader.moments.calendar import interval, shift, value_at
from onrecord.reader.moments.grammar import Hit, Rule
from onrecord.reader.moments.lexicon import UNITS
from onrecord.reader.moments.numerals import number
from onrecord.reader.moments.scene import Reading
from onrecord.records import MomentType

__all__ = ["AMOUNT", "SPANS", "amount_of", "duration_value"]

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
_BEFORE_VERB = frozenset("to will would could can may might should must shall not n't did does do 'll ’ll".split())
_FOR_SOME = frozenset({"for", "within", "in", "of"})
# An age after these words belongs to somebody whom the reader knows.
_KNOWN = frozenset({"the", "this", "that", "these", "those", "other"})
_INTRODUCING = frozenset("a an one another his her its their our my your whose 's ’s".split())
# What lasts instead of growing old: its age is a length of time like any other.
_LASTING = frozenset(
    """war conflict truce ceasefire armistice strike crisis campaign uprising insurgency rebellion revolt blockade
    embargo boycott dispute ban siege occupation stalemate deadlock drought recession slump feud marriage""".split()
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


def amount_of(hit: Hit) -> Fraction | None:
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


def _further_on(hit: Hit, unit: str, amount: Fraction | None) -> tuple[date | None, date | None] | None:
    """The days that "three days later" and "a month earlier" speak of, counted from the day that the story stands at.

    The annotators of TimeBank give "three days later" the value of its length, so the value stays `P3D`.
    """
    scene, off = hit.scene, (hit.after() or [""])[0]
    step = {"later": 1, "afterwards": 1, "afterward": 1, "earlier": -1}.get(off, 0)
    base = scene.day_in_force(hit.first)
    if not step or base is None or amount is None or amount.denominator != 1 or unit.startswith("T"):
        return None
    day = shift(base, unit, step * int(amount))
    if not 1000 <= day.year < 9000:
        return None
    if step > 0:  # looking back does not move the story
        scene.last_day, scene.last_seen = day, hit.last
    if unit not in ("M", "Y", "DE", "CE"):
        return day, shift(day, "D", 1)
    start, end = interval(value_at(day, "M" if unit == "M" else "Y"))
    return (date.fromisoformat(start), date.fromisoformat(end)) if start and end else None


def _duration(hit: Hit) -> Reading | None:
    unit, amount = UNITS[hit.words("unit")], amount_of(hit)
    if hit.words("unit") == "second" and "n" not in hit:
        return None  # "a second man"
    if hit.before() == ["as"] and hit.words("vague") == "many":
        return None  # "twice in as many weeks"
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
    kind: MomentType = "set" if rate and hit.after() != ["of"] else "duration"
    return Reading(kind, duration_value(amount, unit), days=_further_on(hit, unit, amount))


def _fraction(hit: Hit) -> Reading | None:
    """ "A quarter of a century", "three quarters of an hour"."""
    amount = (number(hit.tokens("n")) if "n" in hit else Fraction(1)) or Fraction(1)
    value = duration_value(amount / 4, UNITS[hit.words("unit")])
    return None if "." in value else Reading("duration", value)


def _related_span(hit: Hit) -> Reading | None:
    """ "The past two weeks" and "the next 12 to 18 months" lie before or after the day of publication."""
    scene, unit, amount, rel = hit.scene, UNITS[hit.words("unit")], amount_of(hit), hit.words("rel")
    if "n2" in hit and number(hit.tokens("n2")) != amount:
        amount = None
    if rel == "last" and scene.lexed.words[hit.first] == "last" and (hit.before() or [""])[0] in _BEFORE_VERB:
        return Reading("duration", duration_value(amount, unit), trim=1)  # "would last ten days"
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
    """ "Weeks", "for years"; "days when prices fall" are no stretch, and "seconds before the blast" locates nothing."""
    unit, before = UNITS[hit.words("unit")], (hit.before() or [""])[0]
    if hit.after() == ["when"] or (unit in ("TS", "TM") and before not in _FOR_SOME):
        return None
    return Reading("duration", duration_value(None, UNITS[hit.words("unit")]))


def _age(hit: Hit) -> Reading | None:
    """An age in the description that introduces somebody: "a 14-year-old boy", "her two-year-old son", "is 5 years old".

    Said again, or with "the", it names somebody known ("the 6-year-old"); hung on a name ("6-year-old Ann Lee", "Ann
    Lee, 6 years old") it is no more a time than in "Ann Lee, 6". Annotators differ here: TimeBank and AQUAINT hold one
    of 42 ages for a moment (that of a truce), the guidelines of our cases hold those that introduce. The figure with
    its unit `a` is read from every age.
    """
    amount = amount_of(hit)
    if amount is None:
        return None
    scene, before = hit.scene, (hit.before() or [""])[0]
    value = duration_value(amount, UNITS[hit.words("unit")])
    known = value in scene.ages or before in _KNOWN or _on_a_name(hit, before)
    scene.ages.add(value)
    return None if known and (hit.after() or [""])[0] not in _LASTING else Reading("duration", value)


def _on_a_name(hit: Hit, before: str) -> bool:
    if before == ",":
        return hit.scene.capitalised(hit.first - 2)
    return hit.scene.capitalised(hit.last) and before not in _INTRODUCING


def _long(hit: Hit) -> Reading:
    word = hit.words("unit")
    plural = word.endswith("s") or word == "centuries"
    return Reading("duration", duration_value(None if plural else Fraction(1), UNITS[word]))


AMOUNT = "(?: (?P<n>NUM) (?: TO (?P<n2>NUM) )? | (?P<vague>VAGUE) )"
SPANS = [
    Rule(
        "fraction",
        """(?: about )? (?: a? quarter | one quarter | (?P<n>nword) hyphen? quarters ) of a (?P<unit>century | unit | day_ |
        yearunit | decade)""",
        _fraction,
    ),
    Rule("quartercentury", "(?: about )? a quarter hyphen (?P<unit>century)", _fraction),
    Rule(
        "age",
        f"""{AMOUNT} hyphen? (?P<unit>SMALL | MANY) hyphen? (?: and hyphen? (?P<andhalf>a hyphen? half)
        hyphen? )? old""",
        _age,
    ),
    Rule(
        "relatedspan",
        f"""(?: the | these | its )? (?: about )?
           (?P<rel>last | next | past | ordinal | previous | coming | following | latest | final)
           (?: MODS )? {AMOUNT} (?: filler | fiscal )? (?P<unit>SMALL | MANY)""",
        _related_span,
    ),
    Rule(
        "recentunits",
        """(?: the | more )? (?P<rel>recent | coming | past | previous | last | next | following)
        (?P<unit>MANY)""",
        _recent_units,
    ),
    Rule("yearagomonths", "the yearunit hyphen (?: ago | earlier ) (?P<n>NUM) (?P<unit>MANY)", _duration),
    Rule(
        "duration",
        """(?: MODS | within )? (?: (?P<the>the | these | this ) (?= NUM (?: filler )? MANY ) )?
           (?: (?P<half>half hyphen? a | a half hyphen? | half hyphen? ) | (?P<a>a (?! hyphen? MANY ) | another |
           more than a) |
           (?P<n>(?! year4 SMALL ) NUM) (?: TO (?P<n2>NUM) )? | (?P<vague>VAGUE | another (?= NUM)) )
           hyphen? (?: (?: more | filler | additional ) hyphen? )? (?P<unit>SMALL | MANY) (?P<andhalf>and a half)?
           (?: hyphen? period )?""",
        _duration,
    ),
    Rule("long", "(?P<unit>MANY | SMALL) hyphen (?: long | old )", _long),
    Rule("bareunits", "(?: MODS )? (?<!early) (?P<unit>units | centuries | days | years)", _bare_units),
]  # fmt: skip

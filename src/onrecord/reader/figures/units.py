"""Units that stand after a number, to codes: `%`, ISO 4217 for money, UCUM for measures (https://ucum.org).

Words match in any case; symbols ("m", "kg", "hp") only as written, since "5 G" is no gram. A rate keeps its divisor in
UCUM's form, with a counted divisor in braces: "$52 a barrel" is `USD/{barrel}`, "40 hours a week" `h/wk`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from onrecord.reader.figures.currencies import CURRENCY_WORDS, ISO_4217
from onrecord.reader.wordlists import sections

__all__ = ["MEASURING", "TIME_UNITS", "Unit", "read_rate", "read_unit"]

_WORDS = {
    "%": "% per cent|per-cent|percent|percents|pct",
    "a": "year|years", "mo": "month|months", "wk": "week|weeks", "d": "day|days", "h": "hour|hours|hr|hrs",
    "min": "minute|minutes|mins", "s": "second|seconds|secs",
    "km": "kilometre|kilometres|kilometer|kilometers|kilometre|kms", "m": "metre|metres|meter|meters",
    "cm": "centimetre|centimetres|centimeter|centimeters", "mm": "millimetre|millimetres|millimeter|millimeters",
    "um": "micrometre|micrometres|micrometer|micrometers|micron|microns",
    "nm": "nanometre|nanometres|nanometer|nanometers", "[nmi_i]": "nautical mile|nautical miles",
    "[mi_i]": "mile|miles", "[ft_i]": "foot|feet", "[in_i]": "inch|inches", "[yd_i]": "yard|yards",
    "[ly]": "light year|light years|light-year|light-years", "AU": "astronomical units",
    "m2": "square metre|square metres|square meter|square meters|sq m|sqm|sq. m|sq metres|sq meters",
    "km2": "square kilometre|square kilometres|square kilometer|square kilometers|sq km|sq. km",
    "[smi_us]": "square mile|square miles|sq mi|sq miles",
    "[sft_i]": "square foot|square feet|sq ft|sq. ft|sq.ft|sqft", "[acr_us]": "acre|acres", "har": "hectare|hectares",
    "m3": "cubic metre|cubic metres|cubic meter|cubic meters", "[cft_i]": "cubic foot|cubic feet",
    "kg": "kilogram|kilograms|kilogramme|kilogrammes|kilo|kilos|kgs", "g": "gram|grams|gramme|grammes",
    "mg": "milligram|milligrams", "ug": "microgram|micrograms", "t": "ton|tons|tonne|tonnes|metric ton|metric tons",
    "kt": "kiloton|kilotons|kilotonne|kilotonnes", "Mt": "megaton|megatons|megatonne|megatonnes",
    "Gt": "gigaton|gigatons|gigatonne|gigatonnes", "[oz_av]": "ounce|ounces",
    "L": "litre|litres|liter|liters", "mL": "millilitre|millilitres|milliliter|milliliters",
    "[gal_us]": "gallon|gallons", "[pt_us]": "pint|pints",
    "Cel": "degrees celsius|degree celsius|celsius|degrees centigrade|°c|degrees c|º c|° c|ºc",
    "[degF]": "degrees fahrenheit|degree fahrenheit|fahrenheit|°f|degrees f|ºf|° f", "K": "kelvin|kelvins",
    "deg": "degree|degrees|°", "W": "watt|watts", "kW": "kilowatt|kilowatts", "MW": "megawatt|megawatts",
    "GW": "gigawatt|gigawatts", "kW.h": "kilowatt-hour|kilowatt-hours|kilowatt hours|kilowatt hour",
    "MW.h": "megawatt-hour|megawatt-hours|megawatt hours", "GW.h": "gigawatt-hour|gigawatt-hours|gigawatt hours",
    "V": "volt|volts", "A": "amp|amps|ampere|amperes", "F": "farad|farads", "Ohm": "ohm|ohms", "J": "joule|joules",
    "Pa": "pascal|pascals", "kPa": "kilopascal|kilopascals", "MPa": "megapascal|megapascals",
    "GPa": "gigapascal|gigapascals", "[psi]": "pounds per square inch", "[HP]": "horsepower|horse power",
    "Hz": "hertz|hz", "kHz": "kilohertz|khz", "MHz": "megahertz", "GHz": "gigahertz|ghz", "dB": "decibel|decibels",
    "By": "byte|bytes", "kBy": "kilobyte|kilobytes", "MBy": "megabyte|megabytes", "GBy": "gigabyte|gigabytes",
    "TBy": "terabyte|terabytes", "[Cal]": "kilocalorie|kilocalories|kcal", "cal": "calorie|calories",
    "[Btu]": "btu|btus|british thermal unit|british thermal units", "10*6.[Btu]": "mmbtu|mmbtus",
    "mol": "mole|moles", "[kn_i]": "knot|knots", "[car_m]": "carat|carats", "Bq": "becquerel|becquerels",
    "Sv": "sievert|sieverts", "mSv": "millisievert|millisieverts", "Gy": "gray|grays",
    "[mi_i]/h": "mph|miles per hour|mile per hour|miles an hour|miles-per-hour|mile-per-hour",
    "km/h": "kph|kmh|km/h|km/hr|kilometres per hour|kilometers per hour|kilometres an hour|kilometers an hour",
    "m/s": "metres per second|meters per second|metres a second|meters a second",
    "[mi_i]/[gal_us]": "mpg|miles per gallon|miles-per-gallon", "{rev}/min": "rpm|revolutions per minute",
    "[ppm]": "ppm|parts per million", "[ppb]": "ppb|parts per billion",
    "[ft_i].[lbf_av]": "lb-ft|pound-feet|pound feet|foot-pounds|pound-foot|ft-lb|ft-lbs", "[lb_av]": "lb|lbs",
}  # fmt: skip
_SYMBOLS = {
    "%": "%", "％": "%", "km": "km", "m": "m", "cm": "cm", "mm": "mm", "μm": "um", "µm": "um", "nm": "nm",
    "ft": "[ft_i]", "yd": "[yd_i]", "yds": "[yd_i]", "mi": "[mi_i]", "kg": "kg", "g": "g", "mg": "mg", "t": "t",
    "oz": "[oz_av]", "L": "L", "l": "L", "ml": "mL", "mL": "mL", "cl": "cL", "W": "W", "kW": "kW", "MW": "MW",
    "mW": "mW", "GW": "GW", "TW": "TW", "kWh": "kW.h", "MWh": "MW.h", "GWh": "GW.h", "TWh": "TW.h", "V": "V",
    "kV": "kV", "mAh": "mA.h", "HZ": "Hz", "MHz": "MHz", "mHz": "mHz", "dB": "dB", "KB": "kBy", "MB": "MBy",
    "GB": "GBy", "TB": "TBy", "hp": "[HP]", "HP": "[HP]", "bhp": "[HP]", "Nm": "N.m", "N": "N", "kN": "kN",
    "kPa": "kPa", "MPa": "MPa", "GPa": "GPa", "psi": "[psi]", "ksi": "10*3.[psi]", "m²": "m2", "m2": "m2",
    "km²": "km2", "km2": "km2", "m³": "m3", "m3": "m3", "ha": "har", "C": "Cel", "F": "[degF]", "m/s": "m/s",
    "kt": "kt", "mSv": "mSv", "kV/cm": "kV/cm", "s": "s", "ms": "ms", "h": "h", "mmHg": "mm[Hg]", "bpm": "/min",
}  # fmt: skip
# One letter that stands apart from its number is as often a name ("Group 4 C", "5 A day"): these may stand
# apart, as may "%" ("35 %").
_APART = frozenset(["%", "％", "m", "g", "t", "V", "W", "K", "s", "h", "L", "l", "C"])
_ATTACHED_ONLY = frozenset(["C", "F", "s", "h", "N"])
# Units that stay units behind an adjective ("eight straight weeks", "517 rushing yards").
MEASURING = {
    "year": "a", "month": "mo", "week": "wk", "day": "d", "hour": "h", "minute": "min", "second": "s", "mile": "[mi_i]",
    "yard": "[yd_i]", "kilometre": "km", "kilometer": "km", "metre": "m", "meter": "m", "ton": "t", "tonne": "t",
    "kilogram": "kg",
}  # fmt: skip
TIME_UNITS = frozenset(["a", "mo", "wk", "d", "h", "min", "s"])
# What sports pages give a player by the game.
_AVERAGES = {"ppg": "point", "rpg": "rebound", "apg": "assist", "bpg": "block", "spg": "steal", "opg": "opponent point"}
_SUFFIX_SIGNS = {"€": "EUR", "£": "GBP", "₽": "RUB", "zł": "PLN", "₴": "UAH", "Kč": "CZK", "kn": "HRK"}

_CODES = {
    surface.strip(): code for code, surfaces in _WORDS.items() for surface in surfaces.removeprefix("% ").split("|")
}
_CODES |= CURRENCY_WORDS


def _alternatives(words: object) -> str:
    ordered = sorted(words, key=len, reverse=True)  # type: ignore[call-overload]
    return "|".join(re.escape(w).replace(r"\ ", r"[ \u00a0-]") for w in ordered)


_UNIT = re.compile(
    rf"[ \u00a0-]{{0,2}}(?P<word>(?i:{_alternatives(_CODES)}))(?![a-z\d])(?P<old>(?i:[ -](?:of[ -]age|olds?)\b))?"
    rf"|(?P<gap>[ \u00a0-]?)(?P<symbol>{_alternatives(_SYMBOLS)})(?![\w²³/]|-\w*\d)"
    rf"|[ \u00a0]?(?P<iso>{'|'.join(sorted(ISO_4217))})\b"
    rf"|[ \u00a0]?(?P<sign>{'|'.join(_SUFFIX_SIGNS)})(?!\w)"
    r"|[ -](?P<points>(?i:percentage|basis)[ -]points?)\b"
    r"|[ ]?(?P<average>[praosb]pg)\b"
    r"|(?P<pounds> (?i:pounds?))\b"
    r"|(?P<won> won)\b"
)
_DIVISOR = re.compile(
    r"(?:(?: per | an? |-a-|/)(?:(?P<mult>\d+(?:,\d{3})*) )?(?P<word>(?:square |cubic |sq\.? )?[A-Za-z]+\.?))"
    r"(?![\w-]| (?:ago|earlier|later|before|after|old)\b)"
)
_WEIGHING = re.compile(r"(?:weigh\w*|lost|lose|losing|gain\w*|shed|heavy|weight)\b[^.]*$", re.I)
_HEAVY = re.compile(r" (?:of\b|heavier|lighter|in weight|overweight|per square)")
_NOT_A_DIVISOR = sections("figures")["no divisors"]
_SECOND_NOUN = re.compile(
    r" (?:place|half|quarter|round|leg|team|time|spot|seed|hand|language|person|day|year|title)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit's code and where its words end in the text. `noun` is set where the unit is counted rather than coded."""

    code: str | None
    end: int
    noun: str | None = None
    glued: bool = False
    aged: bool = False


def read_unit(text: str, at: int, value: Decimal, scale: int) -> Unit | None:
    """The unit whose words follow position `at`, where a number of `value` ends; None where no unit stands there."""
    match = _UNIT.match(text, at)
    if match is None:
        return None
    end = match.end()
    if match["word"]:
        word = re.sub(r"[ \u00a0-]+", " ", match["word"].lower())
        code = _CODES.get(word) or _CODES.get(match["word"].lower())
        if code == "s" and _SECOND_NOUN.match(text, end) and word == "second":
            return None
        if match["old"] and code not in TIME_UNITS:
            end = match.end("word")
        return Unit(code, end, aged=bool(match["old"]) and code in TIME_UNITS)
    if match["symbol"]:
        symbol, gap = match["symbol"], match["gap"]
        if (len(symbol) == 1 and gap and symbol not in _APART) or (gap == "-" and len(symbol) == 1 and symbol != "m"):
            return None
        if symbol in _ATTACHED_ONLY and gap and not re.match(r"[ .,;)]|$", text[end : end + 1]):
            return None
        return Unit(_SYMBOLS[symbol], end, glued=not gap)
    if match["iso"]:
        return Unit(match["iso"], end)
    if match["sign"]:
        return Unit(_SUFFIX_SIGNS[match["sign"]], end, glued=True)
    if match["average"]:
        return Unit("/{game}", end, noun=_AVERAGES[match["average"]])
    if match["points"]:
        return Unit(None, end, noun=re.sub(r"[ -]points?$", " point", match["points"].lower()))
    if match["won"]:  # millions of won; less may have been won
        return Unit("KRW", end) if scale >= 10**6 else None
    return _pounds(text, at, end, value, scale)


def _pounds(text: str, at: int, end: int, value: Decimal, scale: int) -> Unit:
    """Money or weight: thousands mean sterling, a word of weighing before or "of" after means weight."""
    weighing = _WEIGHING.search(text, max(0, at - 50), at) or _HEAVY.match(text, end)
    if not weighing and (scale >= 1000 or value >= 1000):
        return Unit("GBP", end)
    return Unit("[lb_av]", end)


def read_rate(text: str, at: int) -> tuple[str, int] | None:
    """The divisor of a rate that follows position `at` ("per barrel", "a week", "/kg"): its code, and where it ends."""
    match = _DIVISOR.match(text, at)
    if match is None:
        return None
    word = re.sub(r"\s+", " ", match["word"].lower().rstrip("."))
    symbol = _SYMBOLS.get(match["word"])
    code = symbol if text[at] == "/" and symbol else _CODES.get(word)
    if code is None:
        article = text[at : at + 3] in {" a ", " an"}
        if word in _NOT_A_DIVISOR or (article and word not in _PER_ARTICLE) or text[at] == "/":
            return None
        code = f"{{{word}}}"
    if match["mult"]:
        code = f"{match['mult'].replace(',', '')}.{code}"
    return code, match.end()


# With "a" only what prices and counts are commonly divided by: "5 km a man walked" is no rate.
_PER_ARTICLE = sections("figures")["divisors after an article"]

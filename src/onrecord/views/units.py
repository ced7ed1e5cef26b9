"""Units in the words that people use: the records have codes (ISO 4217, UCUM), of which "7 a" tells few that it is years."""

from __future__ import annotations

__all__ = ["unit_words"]

# One and several; what has no second form is an abbreviation that is read as it stands.
_WORDS: dict[str, tuple[str, str]] = {
    "a": ("year", "years"), "mo": ("month", "months"), "wk": ("week", "weeks"), "d": ("day", "days"),
    "h": ("hour", "hours"), "min": ("minute", "minutes"), "s": ("second", "seconds"),
    "[mi_i]": ("mile", "miles"), "[ft_i]": ("foot", "feet"), "[in_i]": ("inch", "inches"), "[yd_i]": ("yard", "yards"),
    "[nmi_i]": ("nautical mile", "nautical miles"), "[ly]": ("light year", "light years"),
    "[smi_us]": ("square mile", "square miles"), "[sft_i]": ("square foot", "square feet"),
    "[cft_i]": ("cubic foot", "cubic feet"), "[acr_us]": ("acre", "acres"), "har": ("hectare", "hectares"),
    "[lb_av]": ("pound", "pounds"), "[oz_av]": ("ounce", "ounces"), "[gal_us]": ("gallon", "gallons"),
    "[pt_us]": ("pint", "pints"), "[kn_i]": ("knot", "knots"), "[car_m]": ("carat", "carats"),
    "deg": ("degree", "degrees"), "[HP]": ("horsepower", "horsepower"), "By": ("byte", "bytes"),
    "m2": ("m²", "m²"), "km2": ("km²", "km²"), "m3": ("m³", "m³"), "um": ("µm", "µm"), "ug": ("µg", "µg"),
    "Cel": ("°C", "°C"), "[degF]": ("°F", "°F"), "kW.h": ("kWh", "kWh"), "MW.h": ("MWh", "MWh"), "GW.h": ("GWh", "GWh"),
    "TW.h": ("TWh", "TWh"), "mA.h": ("mAh", "mAh"), "N.m": ("Nm", "Nm"), "[psi]": ("psi", "psi"),
    "10*3.[psi]": ("ksi", "ksi"), "kBy": ("kB", "kB"), "MBy": ("MB", "MB"), "GBy": ("GB", "GB"), "TBy": ("TB", "TB"),
    "[Cal]": ("kcal", "kcal"), "[Btu]": ("Btu", "Btu"), "10*6.[Btu]": ("million Btu", "million Btu"),
    "mm[Hg]": ("mmHg", "mmHg"), "[ppm]": ("ppm", "ppm"), "[ppb]": ("ppb", "ppb"), "[mi_i]/h": ("mph", "mph"),
    "[mi_i]/[gal_us]": ("mpg", "mpg"), "{rev}/min": ("rpm", "rpm"), "[ft_i].[lbf_av]": ("lb-ft", "lb-ft"),
}  # fmt: skip


def unit_words(unit: str, *, one: bool = False) -> str:
    """A code as it is said: `a` is "years" (with `one` "year"), `USD/{barrel}` "USD per barrel", `km2` "km²".

    A code that is no other in words (`USD`, `%`, `km`) stays as it is.
    """
    if unit in _WORDS:
        return _WORDS[unit][0 if one else 1]
    counted, rate, divisor = unit.partition("/")
    if rate and divisor and (counted or divisor in _WORDS):
        of = divisor[1:-1] if divisor.startswith("{") else unit_words(divisor, one=True)
        return f"{unit_words(counted, one=one)} per {of}" if counted else f"per {of}"
    return unit

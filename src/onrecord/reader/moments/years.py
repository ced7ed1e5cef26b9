"""Years, decades, centuries and seasons: 2008, '82, early in 2016, fiscal 1989, the 1990s, the nineties, 20th
century, last fall."""

from __future__ import annotations

from onrecord.reader.moments.calendar import SEASON_MONTH
from onrecord.reader.moments.grammar import Hit, Rule
from onrecord.reader.moments.lexicon import DECADE_WORDS, SEASONS
from onrecord.reader.moments.numerals import number, ordinal, year
from onrecord.reader.moments.scene import Reading

__all__ = ["SEASONAL", "YEARS"]

# Words before a four-digit number that make it a year whatever follows, and the span in which it is one without them.
_BEFORE_YEAR = frozenset(
    [
        "in",
        "since",
        "by",
        "of",
        "from",
        "until",
        "till",
        "to",
        "through",
        "between",
        "before",
        "after",
        "during",
        "for",
        "early",
        "late",
        "mid",
        "and",
        "or",
        "fiscal",
        "the",
        "year",
    ]
)
_BEFORE_FAR_YEAR = frozenset(["in", "since", "from", "until", "till", "between", "before", "after"])
_BEFORE_COUNT = frozenset({"of", "for", "than", "or"})
# Things that are called after their year, however long ago: "the war of 1812"; "a crowd of 1500" is none of them.
_DATED = frozenset(
    """war wars treaty revolution revolutions battle constitution act acts crisis famine plague fire earthquake flood
    uprising uprisings rebellion revolt peace congress edict union panic crash siege massacre charter""".split()
)
# "Flight 1999", "Room 2012", "No. 1998".
_NUMBERED = frozenset(
    """flight room route highway channel resolution number section article page chapter bus train hall unit lot suite
    psalm pier gate platform""".split()
)
_PLAIN_YEARS = range(1890, 2060)
# "1998 people", "1,990 of 1995 tonnes": a bare number before such a word counts.
_COUNTED = frozenset(
    [
        "people",
        "men",
        "women",
        "soldiers",
        "troops",
        "votes",
        "miles",
        "kilometers",
        "kilometres",
        "meters",
        "metres",
        "feet",
        "tons",
        "tonnes",
        "dollars",
    ]
)


_MAKES = frozenset(
    """acura audi bentley bmw boeing buick cadillac cessna chevrolet chevy chrysler citroen datsun dodge ducati ferrari
    fiat ford gmc harley harley-davidson honda hyundai infiniti isuzu jaguar jeep kia lamborghini lexus lincoln mazda
    mercedes mercedes-benz mercury mitsubishi nissan oldsmobile peugeot plymouth pontiac porsche renault rolls-royce
    saab saturn subaru suzuki toyota vauxhall volkswagen volvo yamaha""".split()
)

_BEFORE_SEASON = frozenset(
    """. ! ? " “ `` '' ” , ; : - – — and but or as when while that if because before after through over into for from to
    of around throughout during until once with""".split()
)
_AFTER_SEASON = frozenset("and or but to with in at on is was has will would than as when for after before".split())


def _is_plural(word: str) -> bool:
    return (
        word.endswith("s") and word.isalpha() and word not in ("is", "was", "has", "as", "this", "its", "his", "does")
    )


def _near(hit: Hit) -> int | None:
    return hit.scene.anchor.year if hit.scene.anchor else None


def _year(hit: Hit) -> Reading | None:
    words = hit.tokens("year")
    full = year(words, near=_near(hit))
    if full is None:
        return None
    previous = (hit.before() or [""])[-1]
    following = (hit.after() or [""])[0]
    following_year = (f"{(full + 1) % 100:02}", f"{full + 1}")
    if following == "/" and not set(following_year).intersection(hit.after(2)):  # "2014/15" are two years
        return None
    if following in _MAKES and previous not in _BEFORE_FAR_YEAR:
        return None  # "a 1987 Chevrolet": a model
    if following in _COUNTED or following in ("%", "percent") or previous in ("no", "$"):
        return None
    if following == "of" and previous not in _BEFORE_YEAR:
        return None  # "only 1980 of the 2400 seats"
    if previous == "/" and hit.before(2)[0] != str(full - 1):
        return None
    if previous in _NUMBERED:
        return None
    happened = previous == "of" and hit.before(2)[0] in _DATED
    if full not in _PLAIN_YEARS and previous not in _BEFORE_FAR_YEAR and not happened:
        return None
    if previous in _BEFORE_COUNT and _is_plural(following) and not hit.scene.verb_at(hit.last):
        return None  # "a survey of 1998 schools"
    if previous not in _BEFORE_YEAR and "early" not in hit:
        if full not in _PLAIN_YEARS or previous in ("+", "x", "=", "*"):
            return None
        if not words[0].isdigit() and len(words) == 1:  # '82 needs its preposition, or "don't" and quotes would pass
            return None
    return Reading("date", f"{full:04}")


def _second_year(hit: Hit) -> Reading | None:
    """The second year of "2015-16"; it comes after the first within the same hundred years."""
    first, short = hit.scene.lexed.words[hit.first - 1], hit.scene.lexed.words[hit.first + 1]
    if len(short) != 2 or not short.isdigit() or not int(first[2:]) < int(short) <= int(first[2:]) + 20:
        return None
    return Reading("date", first[:2] + short, trim=1)


def _fiscal(hit: Hit) -> Reading | None:
    full = year(hit.tokens("year"), near=_near(hit))
    return Reading("date", f"{full:04}") if full else None


def _short_fiscal(hit: Hit) -> Reading | None:
    """ "FY2022", "FY22"."""
    digits = hit.words("year").lstrip("'’‘")
    full = year([digits if len(digits) == 4 else "'" + digits], near=_near(hit))
    return Reading("date", f"{full:04}") if full and len(digits) in (2, 4) else None


def _decade(hit: Hit) -> Reading | None:
    if "digits" in hit:
        digits = "".join(c for c in hit.words("digits") if c.isdigit())
        full = int(digits) if len(digits) == 4 else year(["'" + digits], near=_near(hit))
    else:
        decade = DECADE_WORDS[hit.words("word") or hit.words("word2")]
        century = number(hit.tokens("century")) or 19
        full = int(century) * 100 + decade
        if "century" not in hit and decade < 20:
            return None
    if full and full % 100 == 0 and full != 2000:  # "the 1600s": a century
        return Reading("date", f"{full // 100:02}")
    return Reading("date", f"{full // 10:03}") if full else None


def _century(hit: Hit) -> Reading | str | None:
    nth = ordinal(hit.tokens("nth"))
    if nth is None or nth > 30:
        return None
    if {"bc", "bce"}.intersection(hit.after()):
        return "before the common era, for which there is no value"
    return Reading("date", f"{nth - 1:02}")


def _season(hit: Hit) -> Reading | None:
    scene, code, rel = hit.scene, SEASONS[hit.words("season")], hit.words("rel")
    if rel in ("every", "each"):
        return Reading("set", f"XXXX-{code}")
    if "year" in hit:
        full = year(hit.tokens("year"), near=_near(hit))
        return Reading("date", f"{full:04}-{code}") if full else None
    if scene.anchor is None:
        return Reading("date", f"XXXX-{code}")
    now = scene.anchor
    if "relyear" in hit:
        return Reading("date", f"{now.year + {'last': -1, 'next': 1}.get(hit.words('relyear'), 0):04}-{code}")
    begins = SEASON_MONTH[code]
    inside = (now.month - begins) % 12 < 3
    # The winter that began last December is the one that January stands in.
    current = now.year - (code == "WI" and now.month < 3)
    if rel.startswith("last") or rel in ("this past", "the past", "the previous"):
        full = current - 1 if inside else now.year - (begins > now.month)
    elif rel.startswith("next") or rel in ("coming", "this coming", "the coming", "the following"):
        full = current + 1 if inside else now.year + (begins < now.month)
    elif rel == "this":
        full = current
    elif hit.direction < 0 and not inside:
        full = now.year - (begins > now.month)
    elif hit.direction > 0 and not inside:
        full = now.year + (begins < now.month)
    else:
        full = current if inside else now.year
    return Reading("date", f"{full:04}-{code}")


def _season_alone(hit: Hit) -> Reading | None:
    """ "As winter nears", "before spring": a season without a determiner, where nothing is called after it ("winter
    wheat") and it is no name (with a capital) and no verb ("houses spring up")."""
    if hit.words("season") == "fall" or hit.scene.begins_high(hit.first):
        return None
    opens = not hit.first or hit.before()[0] in _BEFORE_SEASON
    ends = not hit.after() or not hit.after()[0][0].isalnum() or hit.after()[0] in _AFTER_SEASON
    if not opens or not (ends or hit.scene.verb_at(hit.last)) or hit.after() == ["-"]:
        return None
    return _season(hit)


SEASONAL = [
    Rule(
        "season",
        """(?: EDGES | the? early hyphen? )? (?: (?P<rel>last | next | this | this past | this coming | coming |
        every | that | the (?: previous | following | past | coming | same )?)
           (?P<season>season) (?: of? (?P<year>YEAR) | of (?P<relyear>last | this | next) yearunit | (?! of ) ) )""",
        _season,
    ),
    Rule(
        "seasonof",
        """(?: early hyphen? )? (?P<season>season) (?: of? (?P<year>YEAR) | of? (?P<relyear>last | this |
        next) yearunit )""",
        _season,
    ),
    Rule("seasonin", "(?: (?<=[in by since until]) early? | early hyphen? ) (?P<season>season)", _season),
    Rule("seasonalone", "(?P<season>season)", _season_alone),
    Rule(
        "century",
        """(?: EDGES | the? early hyphen? )? the? (?: early hyphen? )? (?P<nth>nth | ordinal | nword hyphen
        ordinal) hyphen? (?: century | centuries | (?= (?: and | or | to ) (?: the )? nth (?: century | centuries ) ) )""",
        _century,
    ),
    Rule(
        "decade",
        """(?: EDGES )? (?: the? early hyphen? )? (?: the? (?P<digits>decade_s) | (?P<century>nword) hyphen?
        (?P<word>decadeword) )
           | (?: EDGES the? | the (?: early hyphen? )? ) (?P<word2>decadeword)""",
        _decade,
    ),
    Rule("fiscal", "(?: EDGES | the )? fiscal hyphen? yearunit? (?P<year>year4 | shortyear)", _fiscal),
    Rule("fy", "(?: EDGES | the )? fy hyphen? (?P<year>year4 | shortyear | day)", _short_fiscal),
]  # fmt: skip
YEARS = [
    Rule(
        "secondyear",
        "(?<=year4) (?: hyphen | dash | slant ) (?: day | num ) (?! ANYUNIT | percent | hyphen )",
        _second_year,
    ),
    Rule("theyear", "the yearunit (?P<year>YEAR)", _fiscal),
    Rule("year", "(?P<early> (?: EDGES | (?: the )? early hyphen? ) )? (?P<year>YEAR)", _year),
]

"""Business periods: the third quarter, this year's third quarter, the year-ago quarter, the first half of 2009,
Q3 2015.

A quarter without a year is the one of the year of publication unless that lies ahead; "a year earlier" after a quarter
is the same quarter of the year before, because results are compared with the like period.
"""

from __future__ import annotations

from datetime import timedelta

from onrecord.reader.moments.calendar import UNKNOWN, add_months, make_day, value_at
from onrecord.reader.moments.grammar import Hit, Rule
from onrecord.reader.moments.lexicon import MONTHS
from onrecord.reader.moments.numerals import ordinal, year
from onrecord.reader.moments.scene import Reading, Scene

__all__ = ["QUARTERS", "year_before"]


def year_before(topic: str) -> str:
    """The like period of the year before: `1988-Q3` for `1989-Q3`."""
    return f"{int(topic[:4]) - 1:04}{topic[4:]}" if topic[:4].isdigit() else topic


def _keep(scene: Scene, value: str) -> Reading:
    """A quarter yet to be reported is not what later figures are compared with, if one that was reported is known."""
    if not (scene.topic and "-Q" in scene.topic and "-Q" in value and value > _last_completed(scene)):
        scene.topic = value
    return Reading("date", value)


# How many tokens around "the second half" tell whether it is that of a match.
_MATCH_REACH = 40
_OF_MATCHES = frozenset(
    """scored scorer striker goalkeeper midfielder winger goalless equaliser equalizer equalised equalized halftime kickoff
    referee offside stoppage touchdown touchdowns quarterback rebounds layup scoreboard scoreless tries fullback""".split()
)


def _of_a_match(hit: Hit) -> bool:
    return not _OF_MATCHES.isdisjoint(hit.before(_MATCH_REACH) + hit.after(_MATCH_REACH))


def _nth(hit: Hit) -> Reading | None:
    scene = hit.scene
    letter = "H" if hit.words("unit") == "half" else "Q"
    word = hit.words("nth")
    nth = {"final": 4 if letter == "Q" else 2, "last": 4 if letter == "Q" else 2}.get(word) or ordinal(
        hit.tokens("nth")
    )
    if nth is None or nth > (4 if letter == "Q" else 2):
        return None
    if hit.last - hit.first <= 3 and _of_a_match(hit):
        return None
    if word == "last" and letter == "Q" and not any(name in hit for name in ("year", "rel", "year2", "rel2", "ago")):
        return _keep(scene, _last_completed(scene))  # "last quarter" is the last of no year, but the one that ended
    now = scene.anchor
    written = hit.tokens("year") or hit.tokens("year2")
    full = year([w for w in written if w[0].isdigit()], near=now.year if now else None) if written else None
    rel = hit.words("rel") or hit.words("rel2")
    if full is None and now is not None:
        if rel:
            full = now.year + {"last": -1, "next": 1}.get(rel, 0)
        else:
            full = now.year
            first_month = 3 * nth - 2 if letter == "Q" else 6 * nth - 5
            ahead = first_month - now.month
            if (hit.direction < 0 and ahead > (2 if letter == "Q" else 0)) or (hit.direction == 0 and ahead > 5):
                full -= 1
            elif hit.direction > 0 and first_month + 5 < now.month:
                full += 1
    if full is None:
        return _keep(scene, f"XXXX-{letter}{nth}")
    value = f"{full:04}-{letter}{nth}"
    if "ago" in hit:
        value = year_before(value)
        return Reading("date", value)
    return _keep(scene, value)


def _last_completed(scene: Scene) -> str:
    return value_at(add_months(scene.anchor, -3), "Q") if scene.anchor else UNKNOWN["Q"]


# A quarter is called after the calendar quarter that holds most of it, so after the day half a quarter before its end.
_HALF_A_QUARTER = timedelta(days=45)


def _quarter_ended(hit: Hit) -> str | None:
    """ "The quarter ended July 31": `1989-Q2`, for May to July are mostly the second quarter."""
    scene, month, nth = hit.scene, MONTHS[hit.tokens("month")[0]], ordinal(hit.tokens("dom"))
    written = year(hit.tokens("year"))
    full = written or (scene.anchor.year if scene.anchor else None)
    day = make_day(full, month, nth) if full and nth else None
    if day is not None and written is None and scene.anchor is not None and day > scene.anchor:
        day = add_months(day, -12)
    return value_at(day - _HALF_A_QUARTER, "Q") if day else None


def _the_quarter(hit: Hit) -> Reading:
    scene = hit.scene
    # A firm that told the number of its quarter counts by its own year, whatever the calendar says.
    ended = _quarter_ended(hit) if "month" in hit and "-Q" not in (scene.topic or "") else None
    if ended is not None:
        return _keep(scene, ended)
    rel = hit.words("rel")
    if "this" in rel.split() or "current" in rel.split():
        value = value_at(scene.anchor, "Q") if scene.anchor else UNKNOWN["Q"]
        # News of results calls the quarter just reported "this quarter" too.
        if rel == "this" and scene.topic and "Q" in scene.topic:
            value = scene.topic
        return Reading("date", value)
    if "next" in rel.split() or "following" in rel.split():
        return Reading("date", value_at(add_months(scene.anchor, 3), "Q") if scene.anchor else UNKNOWN["Q"])
    if "previous" in rel.split() or rel == "last":
        return Reading("date", _last_completed(scene))
    if scene.topic and ("Q" in scene.topic or "H" in scene.topic):
        return Reading("date", scene.topic)
    return _keep(scene, _last_completed(scene))


def _year_ago_period(hit: Hit) -> Reading:
    scene = hit.scene
    if scene.topic and scene.topic != "Y":
        return Reading("date", year_before(scene.topic))
    if hit.words("unit") == "quarter":
        return Reading("date", year_before(_last_completed(scene)))
    return Reading("date", f"{scene.anchor.year - 1:04}" if scene.anchor else "XXXX")


def _year_period(hit: Hit) -> Reading | None:
    """ "The 1988 quarter": the like quarter of that year."""
    scene, full = hit.scene, year(hit.tokens("year"))
    if full is None:
        return None
    if scene.topic and "-" in scene.topic:
        return Reading("date", f"{full:04}{scene.topic[4:]}")
    return Reading("date", f"{full:04}" if hit.words("unit") != "quarter" else f"{full:04}-QX")


def _compact(hit: Hit) -> Reading | None:
    """ "Q3 2015", "H1"."""
    word = hit.scene.lexed.words[hit.first]
    now = hit.scene.anchor
    full = year(hit.tokens("year"), near=now.year if now else None) if "year" in hit else (now.year if now else None)
    if (
        full is not None
        and "year" not in hit
        and now is not None
        and word[0] == "q"
        and 3 * int(word[1]) - 2 > now.month
    ):
        full -= hit.direction < 0
    return _keep(hit.scene, f"{full:04}-{word.upper()}" if full else f"XXXX-{word.upper()}")


_AGO = "(?: a yearunit (?: ago | earlier ) )"
QUARTERS = [
    Rule(
        "nthquarter",
        f"""(?: EDGES )? (?: the | its )? (?: (?P<year>year4) | (?P<rel>this | last | next) yearunit poss )?
           (?: fiscal hyphen? )?
           (?P<nth>ordinal | second | last | final | nth) hyphen? (?: fiscal )? (?P<unit>half | quarter) (?! of MONTH )
           (?: of? (?: fiscal )? (?P<year2>year4) | of? (?P<rel2>this | last | next | the) fiscal? yearunit |
           (?P<ago>{_AGO}) )?""",
        _nth,
    ),
    Rule("compact", "quartercode (?: of? (?P<year>YEAR) )?", _compact),
    Rule(
        "yearagoperiod",
        f"""(?: the | a )? yearunit hyphen (?: ago | earlier ) (?: fiscal )? (?: ordinal | second )?
           (?P<unit>quarter | period | half)? (?! NUM units )
           | the? corresponding (?: period | quarter ) of? last yearunit
           | last yearunit poss (?: quarter | period )
           | the (?: quarter | period ) {_AGO}""",
        _year_ago_period,
    ),
    Rule("yearperiod", "(?: the )? (?P<year>year4) (?P<unit>quarter | period)", _year_period),
    Rule(
        "thequarter",
        """(?: EDGES )? (?: (?P<rel>the? (?: latest | current | last | next | previous | following | same ) | this
        | the) fiscal? quarter
           | the? latest fiscal? period )
           (?: (?= ended (?P<month>MONTH) (?P<dom>DAYNUM) (?: comma? (?P<year>year4) )? ) )?""",
        _the_quarter,
    ),
]  # fmt: skip

"""One person more, told without a name or a number: "left three dead and another injured", "wounding his father".

Reports of a death seldom count the one who survived. A man who "was shot" may have died in the next sentence, so only
words that set somebody apart from others count: another, a second man, the surviving victim, whom a verb of wounding names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.ledger.lowered import holds_any, lowered
from onrecord.ledger.series.context import Page
from onrecord.ledger.series.count import Count
from onrecord.ledger.series.scopes import is_aside, is_statistic
from onrecord.records import Span

__all__ = ["beside"]

_PERSON = (
    r"(?:person|man|woman|victim|boy|girl|child|teen|teenager|student|officer|deputy|passenger|bystander|adult|juvenile"
    r"|male|female|employee|guard|worker|resident|individual|sibling|brother|sister|relative|friend|son|daughter)"
)
_FAMILY = (
    r"(?:father|mother|wife|husband|girlfriend|boyfriend|uncle|aunt|cousin|nephew|niece|grandmother|grandfather|stepfather"
    r"|stepmother|neighbou?r)"
)
# Both are of lower-case text (see lowered).
_OTHER = re.compile(
    rf"\b(?:another(?! (?:two|three|four|five|six|seven|eight|nine|ten|\d+)\b)(?: (?:[\w-]+ ){{0,2}}?{_PERSON})?"
    rf"|an? (?:second|third|fourth|fifth|sixth|seventh|surviving) (?:(?:shooting|gunshot) )?{_PERSON}"
    rf"|the (?:other|surviving|wounded|injured) (?:(?:shooting|gunshot) )?{_PERSON})\b(?! of\b)"
)
_WOUNDS = ("wounding", "wounded", "injuring", "injured")
_WOUNDING = re.compile(
    rf"\b(?=[iw])(?<!was )(?<!were )(?<!been )(?<!be )(?:{'|'.join(_WOUNDS)}) "
    rf"(?P<whom>(?:his|her|their|an?|the) (?:[\w’'-]+ ){{0,3}}?(?:{_PERSON}|{_FAMILY}))\b"
)
_WOUNDED = frozenset(("injured", "hospitalised"))


def beside(page: Page) -> Iterator[Count]:
    """At least one who was wounded beside others, by the first words that say so."""
    for span in sorted((*_others(page), *_wounded(page.text))):
        context = page.sentence(span)
        aside = is_aside(page.text, context) or is_statistic(page.text, context)
        if not aside and not page.furniture(span) and not page.of_another_time(context):
            yield Count(
                key=f"roll-injured-{span.start}",
                figure=None,
                spans=(span,),
                context=context,
                low=1.0,
                high=None,
                bound="at least",
                thing="people",
                event="injured",
                part="roll",
                reported=page.reading.document.published,
            )
            return


def _others(page: Page) -> Iterator[Span]:
    for match in _OTHER.finditer(lowered(page.text)):
        span = Span(*match.span())
        predicate = page.clause(page.sentence(span)).of(span, span)
        if predicate is not None and predicate.role == "suffers" and predicate.event in _WOUNDED:
            yield span


def _wounded(text: str) -> Iterator[Span]:
    if holds_any(text, _WOUNDS):
        for match in _WOUNDING.finditer(lowered(text)):
            yield Span(*match.span("whom"))

"""What a figure is of: the whole, a part, the rest of a list; this event, or a statistic over many."""

from __future__ import annotations

import re

from onrecord.ledger.lowered import lowered
from onrecord.ledger.series.count import Part, Scope
from onrecord.records import Figure, Span

__all__ = ["is_age", "is_aside", "is_of_somebody", "is_rest", "is_statistic", "part_of", "scope_of"]

# All patterns but `_ACROSS` are of lower-case text (see lowered).
_MANY_EVENTS = "(?:shootings|incidents|attacks|homicides|murders)"
_STATISTIC = re.compile(
    r"\b(?=\w)(?:"
    + "|".join(
        (
            r"(?:so far )?this (?:year|month|season)|last (?:year|month|season)|of the year",
            r"(?:per|each|every|a) year|annually|in recent (?:years|months|weeks)",
            r"(?:over|in|during) the (?:past|last)|year-to-date|to date|on average",
            r"nationwide|citywide|city-wide|statewide|across the (?:city|state|country|nation)",
            r"from (?:midday |late |early )?\w+day (?:\w+ )?(?:to|through|until) \w+day|per capita",
            r"homicides (?:this|so far|in|for|of|since)",
            r"since (?:the start|the beginning|january|19\d\d|20\d\d)|compared (?:to|with)",
            r"(?:killed|shot|murdered|injured|wounded) (?:\w+ ){0,5}since|(?:string|series|spate|wave) of",
            r"in (?:at least )?(?:\w+ )?(?:two|three|four|five|six|seven|eight|nine|ten|\d+) "
            rf"(?:other |separate |different |unrelated )*{_MANY_EVENTS}",
            r"in (?:[\w'’-]+ ){1,3}shootings",
            r"in shootings(?=[.,;]|$)",
            r"(?:two|three|four|five|six|several|multiple) (?:[\w-]+ ){0,2}shootings (?:that )?left",
            rf"in (?:(?:separate|other|unrelated|multiple|several|various) )+(?:\w+ )?{_MANY_EVENTS}",
        )
    )
    + r")\b"
)
_ACROSS = re.compile(r"\b(?i:across) [A-Z]\w+\b")
_EARLIER = re.compile(
    r"\b(?:earlier (?:version|report|count|toll|figure)s?"
    r"|had (?:earlier |initially |first |previously )?(?:put|said|given|spoken)"
    r"|(?:earlier|initially|originally|previously|at first|first)[\w ,]{0,24}"
    r"\b(?:reported|said|put|gave|given|listed|believed|thought|stated|told|responded|counted))\b"
)
_SEEN_BEFORE = re.compile(r"(?: [\w-]+)? that (?:it|they|he|she) had \w+ (?:before|earlier)\b")
_COMPARED = re.compile(
    r"\b(?:comes?|came|occurred|happened|followed|follows|took place) (?:just |only |about |less than |more than |nearly )?"
    r"(?:\w+ ){0,2}(?:hours?|days?|weeks?|months?|years?) after\b|\bon the same day (?:that|as)\b"
)
"""Words that set the event beside another one, of which the rest of the sentence tells."""
_ASIDE = re.compile(
    r"[^\w\n]*(?:related|read (?:more|also|next|this)|see also|also read|more news|more:|more from|trending|most read"
    r"|previous coverage|recommended)\b(?! to\b)"
)
_GALLERY = re.compile(r"\b(?:images?|photos?|pictures?|slides?|pages?) (?:\d+ of )?$|\b(?:called|calling|dialed) $")
_PART_BEHIND = re.compile(
    r"\s*(?:(?!members?\b)\w+ )?"
    r"(?:of (?:the|those|them|these|his|her|their|whom|all)\b|among (?:the|those|them)\b|out of\b)"
)
_PART_BEFORE = re.compile(
    r"\b(?:including|among them|of whom|of them|at least one of|includes|included|among the \w+ (?:were|was|are|is))"
    r"[\s,:]*(?:the |at least |also )?$"
)
_REST = re.compile(r"\s*(?:other|others|more|another|additional)\b")
_ANOTHER = re.compile(r"\b(?:another|an additional|a further)\s+$")
_OLD = re.compile(r"(?:\s*-?,?\s*(?:and|or|to|-)\s*\d+)?\s*[-–]?\s*(?:year|yr|month|week|day)s?[-–\s]+olds?\b")
_AGES = re.compile(r"\b(?:ages?|aged)\s+(?:\d+\s*(?:,|and|or|to|-|–)?\s*(?:and )?)*$")
_PARENT = re.compile(
    r"\b(?:father|mother|parent|parents|grandmother|grandfather|grandparent|dad|mom|mum|son|daughter|friend|victim) of "
    r"(?:the |at least |his |her )?$"
)
_IS_AGE = re.compile(r"\b(?:who|he|she|victim|boy|girl|man|woman|teen|child|one) (?:is|was|were|are) $")
_AND_AGE = re.compile(r"\b\d{1,2} (?:-- )?and $")
_AGE_BEHIND = re.compile(r"(?:, \d{1,2})* and \d{1,2}\b[,;.)]")
_TIME_UNITS = frozenset(("a", "mo", "wk", "d", "h", "min", "s", "ms"))


def is_age(text: str, figure: Figure) -> bool:
    """An age, or a length of time: nothing that a series can be about."""
    if figure.unit in _TIME_UNITS or (figure.counted is not None and figure.counted.noun in ("age", "old")):
        return True
    lower, (start, end) = lowered(text), figure.span
    if _OLD.match(lower, end) or _AGES.search(lower, max(0, start - 40), start):
        return True
    # "Webb, 22, was charged", "Image 3 of 8": a bare number between commas behind a name, or one of a gallery.
    if _GALLERY.search(lower, max(0, start - 24), start):
        return True
    if figure.counted is not None and figure.counted.noun is not None:
        return False
    if _IS_AGE.search(lower, max(0, start - 16), start) and text[end : end + 1] in ",;.)":
        return figure.span.of(text).isdigit()  # "one was 19, three were 17."
    lead = text[max(0, start - 5) : start]
    if lead.endswith(", ") and _AGE_BEHIND.match(text, end):
        return figure.span.of(text).isdigit()  # "two of the boys, 14 and 15, were taken"
    bare = (
        lead.endswith((", ", " (", ") ", "- and ", "both ", "also ")) or _AND_AGE.search(text, max(0, start - 9), start)
    ) and (text[end : end + 1] in (",", ";", ")", ".", "\n", "") or lead == "both ")
    return bool(bare) and figure.span.of(text).isdigit()


def is_of_somebody(text: str, figure: Span) -> bool:
    """ "A father of two was killed": the two only say who he is."""
    return _PARENT.search(lowered(text), max(0, figure.start - 32), figure.start) is not None


def part_of(text: str, figure: Span, counted: Span) -> Part:
    """Whether the words around say that the figure is of some of those counted only."""
    lower = lowered(text)
    if re.search(r"\bthe (?:other|remaining|rest)\s+$", text[max(0, figure.start - 16) : figure.start], re.IGNORECASE):
        return "part"
    if _PART_BEHIND.match(lower, figure.end) or _PART_BEFORE.search(lower, max(0, figure.start - 48), figure.start):
        return "part"
    if re.match(r"\s*,?\s*of (?:them|whom)\b", text[figure.end : figure.end + 12]):
        return "part"
    # "four of them", "two were among the dead": the words behind the counted.
    if re.match(r"\s*(?:were|are|was|is) among (?:the|those)\b", text[counted.end : counted.end + 24]):
        return "part"
    return "whole"


def is_rest(text: str, figure: Span) -> bool:
    """ "two others", "another five", "three more people"."""
    lower = lowered(text)
    return (
        _REST.match(lower, figure.end) is not None
        or _ANOTHER.search(lower, max(0, figure.start - 16), figure.start) is not None
    )


def is_statistic(text: str, context: Span) -> bool:
    """Whether a sentence sums up many events: "homicides this year"."""
    words = context.of(lowered(text))
    if _STATISTIC.search(words) is not None:
        return True
    return "across " in words and _ACROSS.search(context.of(text)) is not None


def is_aside(text: str, context: Span) -> bool:
    """Whether a sentence only points to another article: "Related: two killed in Houston"."""
    return _ASIDE.match(lowered(text), context.start) is not None


def scope_of(text: str, figure: Figure, context: Span) -> Scope:
    """Over many events, or overtaken in the same breath, or of the event at hand."""
    lower = lowered(text)
    if figure.change in ("down from", "up from"):
        return "earlier"
    if _COMPARED.search(lower, context.start, figure.span.start):
        return "statistic"
    if is_statistic(text, context) or is_aside(text, context):
        return "statistic"
    if _EARLIER.search(lower, context.start, figure.span.start) or _SEEN_BEFORE.match(lower, figure.span.end):
        return "earlier"
    return "event"

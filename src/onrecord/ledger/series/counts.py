"""From a reading to its counts: what each figure counts, of what, whose, and when. Pure: no ledger, no clock."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.ledger.dates import days
from onrecord.ledger.ids import figure_key
from onrecord.ledger.series.beside import beside
from onrecord.ledger.series.classes import NOT_OF_PEOPLE, PEOPLE, PERSONAL, TOLLS, class_of, status_of
from onrecord.ledger.series.context import Page
from onrecord.ledger.series.count import Count
from onrecord.ledger.series.implied import implied
from onrecord.ledger.series.lists import counted_lists, without_listed
from onrecord.ledger.series.parts import beside_killed, part_in, tally_in
from onrecord.ledger.series.scopes import is_age, is_of_somebody, is_rest, scope_of
from onrecord.ledger.series.spelled import spelled
from onrecord.ledger.series.times import as_of, event_date, moments_in, qualifies
from onrecord.ledger.series.victims import victims
from onrecord.ledger.series.words import find_hits, listed, thing_of, words_of
from onrecord.reading import Reading
from onrecord.records import Figure, Span, Statement

__all__ = ["TOLLS", "counts"]

_FORCES = re.compile(
    r"\s+of (?:the|its|their|his) (?:\w+ )?(?:armed forces|army|military|troops|navy|air force)\b", re.IGNORECASE
)
_RECALLED = re.compile(
    r"\bhad (?:earlier |previously |first )?(?:counted|spoken of|given|put it at|said|reported|named)"
    r"(?: only| just| about| some| at least)?\s+$",
    re.IGNORECASE,
)
"""A value given before: it belongs where that value stands."""
_FOLLOWERS = frozenset(
    "in at on inside outside after during by with from and or near of people confirmed suspected feared presumed reported "
    "that which".split()
)
_ASKERS = frozenset(("question", "q", "reporter", "journalist"))
_LOOK_BACK = 400  # characters


def counts(reading: Reading) -> tuple[Count, ...]:
    """One count per figure that a series can be about, and one per list of people that says how many suffered something.

    Ages, lengths of time, telephone numbers, and numbers of nothing named are left out. In the order of the figures;
    lists of people ("a man and three women were shot") come last, and where no figure tells of the dead, those who are
    told of one by one.
    """
    page = Page(reading)
    figures: list[tuple[int | None, Figure]] = list(page.figures.items())
    alone = (Figure(s, n, n, "exactly", None, None, None, None, 1.0) for s, n in spelled(reading))
    figures += ((None, figure) for figure in alone if not is_age(page.text, figure))
    found = []
    for place, figure in sorted(figures, key=lambda pair: pair[1].span):
        count = _count(page, place, figure)
        if count is not None:
            found.append(count)
            if count.event in PERSONAL or count.event == "sent":
                page.last = count
                page.people = count if count.thing in PEOPLE else page.people
    lists = counted_lists(page, found)
    dead = any(c.event == "killed" and c.part in ("whole", "rest") and c.scope == "event" for c in (*found, *lists))
    told = () if dead else victims(page)
    return (
        *without_listed(found, lists),
        *lists,
        *told,
        *implied(page, dead=dead or bool(told) or _many_hurt(found)),
        *beside(page),
    )


def _referred(page: Page, figure: Figure) -> str | None:
    """The noun behind "800 of them": the last word of the name of those meant, in the singular."""
    if figure.unit is not None or figure.counted is None or figure.counted.of is None:
        return None
    if figure.counted.span.of(page.text).lower() not in ("them", "these", "those"):
        return None
    name = page.reading.name_of(figure.counted.of).lower().split()
    head = name[-1] if name else ""
    return head.removesuffix("s") if thing_of(head.removesuffix("s")) in PEOPLE else None


def _many_hurt(found: Sequence[Count]) -> bool:
    """A report that gives the number of wounded gives that of the dead as well, where there are any."""
    return any(
        c.event in ("injured", "shot", "hospitalised") and (c.low or 0) > 1 and c.part == "whole" and c.scope == "event"
        for c in found
    )


def _count(page: Page, place: int | None, figure: Figure) -> Count | None:
    text, reading = page.text, page.reading
    counted = figure.counted.span if figure.counted is not None else figure.span
    noun = (
        figure.counted.noun.lower() if figure.counted is not None and figure.counted.noun else _referred(page, figure)
    )
    plain = figure.unit is None
    if plain and (noun in listed("not things") or is_of_somebody(text, figure.span)):
        return None
    context = page.sentence(figure.span)
    thing = "soldier" if noun == "member" and _FORCES.match(text, counted.end) else thing_of(noun)
    never = NOT_OF_PEOPLE if thing in PEOPLE else PERSONAL if thing is not None else frozenset[str]()
    predicate = page.clause(context).of(figure.span, counted, never=never) if plain else None
    event, also, inherited = class_of(page, figure, predicate, thing, context)
    if not inherited and plain and noun is None and _RECALLED.search(text[context.start : figure.span.start]):
        event, inherited = "recalled", True
    level = inherited or (predicate is not None and predicate.role == "toll")
    if plain and noun is None and not level and not (event in PERSONAL and _stands_alone(text, figure.span, context)):
        return None
    if event is None and (plain or figure.event is None):
        return None
    thing, noun = _thing(page, figure, (thing, noun), event, inherited=inherited)
    if event == "shot" and is_rest(text, figure.span) and beside_killed(page, figure, context):
        event = "injured"  # "one person was killed and two others shot"
    part = part_in(page, figure, counted, event, context)
    trigger = page.trigger(predicate, page.own(figure))
    said = page.said.get(figure.statement) if figure.statement is not None else None
    speaker = page.speaker(said)
    moments = moments_in(reading, context)
    own_moment = reading.moments[trigger.moment] if trigger is not None and trigger.moment is not None else None
    if own_moment is not None and qualifies(text, own_moment):
        own_moment = None
    happened = event_date(figure.span, None if level else own_moment, () if level else moments)
    return Count(
        key=figure_key(place) if place is not None else f"n{figure.span.start}",
        figure=place,
        spans=(figure.span,),
        context=context,
        low=figure.low,
        high=figure.high,
        bound=figure.bound,
        unit=figure.unit,
        noun=noun,
        thing=thing,
        whose=figure.counted.of if figure.counted is not None and event not in TOLLS and not level else None,
        event=event,
        also=also,
        status=status_of(page, figure, event, predicate, context),
        negated=said is not None and (said.negated or said.act == "deny"),
        tally=tally_in(page, figure, noun, event, context),
        change=figure.change,
        part="rest" if predicate is not None and predicate.rest and part == "whole" else part,
        scope="earlier" if said is not None and _asks(said, text) else scope_of(text, figure, context),
        level=level,
        statement=figure.statement,
        speaker=speaker,
        speaker_name=reading.name_of(speaker) if speaker is not None else None,
        source=(" … ".join(s.of(text) for s in said.source) or None) if said is not None else None,
        reported=reading.document.published,
        as_of=as_of(reading, figure.span, moments, level=level, statement=said),
        event_date=happened or _told_of(page, context),
        places=trigger.place if trigger is not None else (),
        heading=page.heading(figure.span),
    )


def _thing(
    page: Page, figure: Figure, named: tuple[str | None, str | None], event: str | None, *, inherited: bool
) -> tuple[str | None, str | None]:
    """What is counted, where the figure's own noun does not say it: people, or what the figure before counted."""
    thing, noun = named
    last = page.last
    if figure.unit is not None:
        return thing, noun
    if inherited and last is not None and noun is None:
        return last.thing, last.noun
    people = page.people
    if event == "sent" and people is not None and people.thing == "soldier" and thing != "soldier":
        lead = page.text[max(0, figure.span.start - 40) : figure.span.start]
        they = re.search(r"\b(?:they|these|those) (?:were|are)(?: only| just| about| some)?\s*$", lead, re.IGNORECASE)
        if they is not None or thing == "man":
            return "soldier", noun
    if event in PERSONAL and (noun is None or thing not in PEOPLE):
        return "people", None
    return thing, noun


def _stands_alone(text: str, figure: Span, context: Span) -> bool:
    """Whether a number without a noun can count people: "2 killed", "all five were", "killing 14". Not "911 caller"."""
    form = next(iter(words_of(text, Span(figure.end, min(context.end, figure.end + 24))).forms), "")
    if not form[:1].isalnum():
        return text[figure.end : figure.end + 1] not in ("-", "/")
    return (
        form.endswith("ly")
        or form in _FOLLOWERS
        or form in listed("others")
        or form in listed("auxiliaries")
        or bool(find_hits((form,)))
    )


def _asks(said: Statement, text: str) -> bool:
    """A question holds nothing: "QUESTION: The mayor spoke of more than 200 missing. Was she wrong?" """
    return said.act == "ask" or any(span.of(text).strip(" :.").lower() in _ASKERS for span in said.source)


def _told_of(page: Page, context: Span) -> tuple[str, str] | None:
    """The date long past that the sentences before it tell of: nothing since in the paragraph says that this is over.

    "The dam was opened in 1968. It cost 310 million dollars, and 26 workers died building it."
    """
    text, report = page.text, days(page.reading.document.published)
    start = max(text.rfind("\n", 0, context.start), context.start - _LOOK_BACK)
    told = moments_in(page.reading, Span(max(start, 0), context.end))
    for moment in sorted((m for m in told if m.type in ("date", "time")), key=lambda m: m.span, reverse=True):
        found = days(moment.value)
        if found is not None:
            # A report without a date of its own has no other time than those that it tells of.
            return found if report is None or int(found[1][:4]) <= int(report[0][:4]) - 2 else None
    return None

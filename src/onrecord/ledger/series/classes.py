"""The class of what happened to the counted: from the words around, the noun, the figure before, or the reading's event."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from onrecord.ledger.series.clauses import Predicate
from onrecord.ledger.series.context import Page
from onrecord.ledger.series.words import Hit, find_hits, listed, words_of
from onrecord.records import Event, Figure, Span, Status

__all__ = ["NOT_OF_PEOPLE", "PEOPLE", "PERSONAL", "TOLLS", "Class", "class_of", "status_of"]

TOLLS = frozenset(("killed", "injured", "shot", "stabbed", "hospitalised"))
"""What is done to people once and for all: an accusation that somebody did it does not make the victims possible."""

PEOPLE = frozenset(("people", "child", "man", "woman", "officer", "soldier"))
PERSONAL = TOLLS | frozenset("missing displaced evacuated homeless rescued arrested charged aboard".split())
NOT_OF_PEOPLE = frozenset(("damaged",))

_DISPATCHED = frozenset(
    "soldier officer rescuer engineer specialist medic doctor firefighter monitor volunteer".split()
)
_HELD = dict.fromkeys(("own", "hold", "possess", "control"), "own")
"""Verbs of measured shares that say the same: "holds 27% of the shares", "owns 27 percent"."""
_MEASURED = re.compile(
    r"\b(?P<what>damages?|loss(?:es)?|costs?|aid|budget|debts?|fines?|profits?|revenues?|sales|wages?|prices?|repairs?)\b",
    re.IGNORECASE,
)
_AMOUNTS = frozenset(("damage", "loss"))
_BESIDE = re.compile(r"(?: (?!and\b)[\w-]+){1,2},? (?:and )?")
_PRESENT = frozenset(("be", "see", "report", "arrive"))
_MANY = 100.0  # "ten thousand men" where soldiers are counted are soldiers; "two men" need not be
_INTENT = 3  # words: "plans to send"
_NOUNS = {
    **dict.fromkeys(("dead", "body", "death", "fatality", "deceased"), "killed"),
    **dict.fromkeys(("injury", "injured", "wounded"), "injured"),
}
_INHERITS = re.compile(
    r"\b(?:count(?:ed|ing)|recogni[sz]ed|confirmed|admitted|acknowledged|reported|recorded|there (?:are|were)|seen|saw"
    r"|sp(?:oke|oken) of|put (?:it |that |this )?at)\s+(?:only |just |about |some |around )?$"
    r"|\b(?:this|that|the|its) (?:true |real |actual |final )?(?:number|figure|toll|count|total)\b[^.;]*$",
    re.IGNORECASE,
)
_THEY = re.compile(r"\b(?:they|these|those) (?:were|are)(?: only| just| about| some)?\s*$", re.IGNORECASE)
_NEGATION = re.compile(r"\b(?:not|cannot|no)\b")


class Class(NamedTuple):
    """`also` are further classes joined by "or"; `inherited`: it is that of the figure before, as is what is counted."""

    event: str | None
    also: tuple[str, ...] = ()
    inherited: bool = False


def class_of(page: Page, figure: Figure, predicate: Predicate | None, thing: str | None, context: Span) -> Class:
    """The class, or the lemma of the figure's event where it is of none; event None where nothing tells."""
    own = page.own(figure)
    if predicate is not None and predicate.role == "acts":
        return Class(own.lemma if own is not None and thing is not None else None)
    person = thing in PEOPLE or thing is None or (predicate is not None and predicate.role == "toll")
    said = predicate.event if predicate is not None and predicate.event != "present" else None
    if predicate is not None and said is not None and (person or said not in PERSONAL):
        return _joined(page, figure, predicate, own)
    noun = figure.counted.noun.lower() if figure.counted is not None and figure.counted.noun else None
    if noun in _NOUNS:
        return Class(_NOUNS[noun])
    if noun == "casualty":
        return Class("killed", ("injured",))
    if figure.unit is not None:
        return Class(_measured(page, figure, own, context))
    if page.clause(context).whole_of_a_part(figure.span):
        return Class(None)
    return _gone_on(page, figure, noun, context) or _by_event(figure, own, thing, noun, person)


def _measured(page: Page, figure: Figure, own: Event | None, context: Span) -> str | None:
    """What an amount of money is of, where the sentence names it before the amount; else the verb of the figure."""
    if figure.unit is not None and figure.unit.isalpha() and figure.unit.isupper():
        named = list(_MEASURED.finditer(page.text, context.start, figure.span.start))
        if named:
            what = named[-1]["what"].lower()
            return "loss" if what in ("loss", "losses") else what.removesuffix("s")
    if own is None or not own.lemma.isalpha():
        return None
    return _HELD.get(own.lemma.lower(), own.lemma)


def _joined(page: Page, figure: Figure, predicate: Predicate, own: Event | None) -> Class:
    """ "Killed or injured": both, whichever the words or the reading tell."""
    event = predicate.event
    events = [page.events[e].lemma for e in figure.or_events if e in page.events]
    also = {c for c in map(_class_of_lemma, events) if c is not None} | set(predicate.also)
    if also and event not in also and own is not None and (base := _class_of_lemma(own.lemma)):
        also |= {base}
    return Class(event, tuple(sorted(also - {event})))


def _gone_on(page: Page, figure: Figure, noun: str | None, context: Span) -> Class | None:
    """The class of the figure before, which this one gives another value for: "this number grew to 23", "they were 40"."""
    last = page.last
    if last is None:
        return None
    lead = page.text[context.start : figure.span.start]
    if figure.counted is None or noun in (None, "people"):
        following = page.text[figure.span.end : figure.span.end + 7].split(maxsplit=1)[:1]
        bare = following in (["that"], ["which"]) and lead.endswith(" the ")
        if page.near(figure.span) is not None and (bare or _INHERITS.search(lead)):
            return Class(last.event, (), True)
    if _THEY.search(lead):
        return Class(last.event)
    if (
        last.event == "sent"
        and context.covers(last.spans[-1])
        and _BESIDE.fullmatch(page.text, last.spans[-1].end, figure.span.start)
    ):
        return Class("sent")  # "three thousand men, 120 vehicles"
    if noun == "man" and (figure.low or 0) >= _MANY and last.thing == "soldier":
        return Class("sent")
    return None


def _by_event(figure: Figure, own: Event | None, thing: str | None, noun: str | None, person: bool) -> Class:
    """What the reading's event says, where it is a word of its own and no word for the counted."""
    if own is None or not own.lemma.isalpha() or own.lemma.lower() == noun:
        return Class("sent" if thing in _DISPATCHED or noun in _DISPATCHED else None)
    event = _class_of_lemma(own.lemma)
    if event in TOLLS and person and own.span.start < figure.span.start:
        # The verb stands in front, but not where English puts it to count these: somebody else suffered it.
        return Class("mentioned")
    sent = thing in _DISPATCHED or noun in _DISPATCHED
    if event is None and (thing == "soldier" or (sent and own.lemma in _PRESENT)):
        return Class("sent")
    return Class((event if person or event not in PERSONAL else None) or own.lemma)


def status_of(page: Page, figure: Figure, event: str | None, predicate: Predicate | None, context: Span) -> Status:
    """How firmly it is said to have happened: the status of the event, but for what the class itself settles."""
    trigger = page.trigger(predicate, page.own(figure))
    if trigger is None or figure.low == figure.high == 0:
        return "happened"
    if event in _AMOUNTS and trigger.status in ("possible", "expected", "ongoing"):
        return "happened"  # damage is estimated, and has been done
    if trigger.status == "denied":
        words = predicate.words.of(page.text) if predicate is not None and predicate.words is not None else ""
        if _NEGATION.search(words):
            return "happened"  # "could not be reached", "no longer with us"
        before = words_of(page.text, Span(context.start, max(context.start, trigger.span.start)))
        if not listed("intent").isdisjoint(before.forms[-_INTENT:]):
            return "planned"  # a denied plan is still one to do so: whoever told of it holds it
    if event in TOLLS and trigger.status in ("possible", "planned", "expected", "demanded", "conditional"):
        forms = page.clause(context).words.forms
        return "happened" if listed("not yet").isdisjoint(forms) else trigger.status
    return trigger.status


@lru_cache(maxsize=4096)
def _class_of_lemma(lemma: str) -> str | None:
    lemma = lemma.lower()
    hits = _hits_in(lemma) or _hits_in(f"{lemma}ed")
    return next((hit.event for hit in hits if hit.event not in listed("weak")), None)


def _hits_in(words: str) -> tuple[Hit, ...]:
    return find_hits(words_of(words, Span(0, len(words))).forms)

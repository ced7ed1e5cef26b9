"""From a reading to its counts: what each figure counts, of what, whose, and when. Pure: no ledger, no clock."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from onrecord.ledger.context import sentence_around
from onrecord.ledger.dates import days
from onrecord.ledger.ids import figure_key
from onrecord.ledger.series.chains import Chain, chains
from onrecord.ledger.series.clauses import Clause, Predicate
from onrecord.ledger.series.count import Count, Part
from onrecord.ledger.series.scopes import is_age, is_of_somebody, is_rest, part_of, scope_of
from onrecord.ledger.series.spelled import spelled
from onrecord.ledger.series.times import as_of, event_date, moments_in
from onrecord.ledger.series.words import find_hits, listed, thing_of, words_of
from onrecord.reading import Reading
from onrecord.records import Event, Figure, Span, Statement, Status

__all__ = ["TOLLS", "counts"]

TOLLS = frozenset(("killed", "injured", "shot", "stabbed", "hospitalised"))
"""What is done to people once and for all: an accusation that somebody did it does not make the victims possible."""

_PEOPLE = frozenset(("people", "child", "man", "woman", "officer", "soldier"))
_PERSONAL = frozenset("killed injured shot stabbed hospitalised missing displaced rescued arrested charged".split())
_NOT_OF_PEOPLE = frozenset(("damaged",))
_INHERITS = re.compile(
    r"\b(?:spoken of|spoke of|put (?:it|that|this)? ?at|(?:this|that|the|its) (?:number|figure|toll|count|total)\b.*)",
    re.IGNORECASE,
)
_THEY = re.compile(r"\b(?:they|these|those) (?:were|are)(?: only| just| about| some)?\s*$", re.IGNORECASE)
_THOUSANDS = 100.0  # "ten thousand men" where soldiers are counted are soldiers; "two men" need not be
_FOLLOWERS = frozenset("in at on inside outside after during by with from and or near of people".split())
_NEAR = 300  # characters: about two sentences
_SELF = re.compile(
    r"\b(?:and|before|then)\b[^.;]{0,40}?\b(?:shot|shooting|killed|killing|turn(?:ed|ing) (?:the|his|her|a) (?:\w+ )?(?:gun|weapon|rifle)"
    r" on|took|taking|hanged|hanging)\b(?: and (?:killed|killing))? (?P<self>himself|herself|(?:his|her) own life)",
    re.IGNORECASE,
)
_FOUND = re.compile(r"\b(?:found|recovered|pulled|discovered|retrieved)\b", re.IGNORECASE)


def counts(reading: Reading) -> tuple[Count, ...]:
    """One count per figure that a series can be about, and one per list of people that says how many suffered something.

    Ages, lengths of time, telephone numbers, and numbers of nothing named are left out. In the order of the figures;
    lists of people ("a man and three women were shot") come last.
    """
    return _Counter(reading).counts()


class _Counter:
    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._text = reading.document.text
        self._events: Mapping[str, Event] = {e.id: e for e in reading.events}
        self._said: Mapping[str, Statement] = {s.id: s for s in reading.statements}
        self._clauses: dict[Span, Clause] = {}
        self._last: Count | None = None

    def counts(self) -> tuple[Count, ...]:
        found: list[Count] = []
        bare = [
            Figure(span, value, value, "exactly", None, None, None, None, 1.0) for span, value in spelled(self._reading)
        ]
        figures = [(i, f) for i, f in enumerate(self._reading.figures)] + [(None, f) for f in bare]
        for place, figure in sorted(figures, key=lambda pair: pair[1].span):
            if is_age(self._text, figure):
                continue
            count = self._count(place, figure)
            if count is not None:
                found.append(count)
                if count.event in _PERSONAL or count.event == "sent":
                    self._last = count
        lists = self._listed(found)
        listed_spans = {span for count in lists for item in count.spans for span in [item]}
        rest = [
            replace(c, part="rest")
            if c.part == "whole" and c.event in TOLLS and any(s.covers(c.spans[0]) for s in listed_spans)
            else c
            for c in found
        ]
        return tuple([*rest, *lists])

    def _clause(self, context: Span) -> Clause:
        if context not in self._clauses:
            figures = [f.span for f in self._reading.figures if context.covers(f.span) and not is_age(self._text, f)]
            events = [(e.span, e.lemma) for e in self._reading.events if context.covers(e.span)]
            self._clauses[context] = Clause(words_of(self._text, context), figures, events)
        return self._clauses[context]

    def _count(self, place: int | None, figure: Figure) -> Count | None:
        text = self._text
        context = sentence_around(text, figure.span, self._reading.document.blocks)
        counted = figure.counted.span if figure.counted is not None else figure.span
        noun = figure.counted.noun if figure.counted is not None else None
        noun = noun.lower() if noun is not None else None
        if figure.unit is None and (noun in listed("not things") or is_of_somebody(text, figure.span)):
            return None
        thing = thing_of(noun)
        never = _NOT_OF_PEOPLE if thing in _PEOPLE else _PERSONAL if thing is not None else frozenset()
        predicate = self._clause(context).of(figure.span, counted, never=never) if figure.unit is None else None
        own = self._events.get(figure.event) if figure.event is not None else None
        level = predicate is not None and predicate.role == "toll"
        event, also, inherited = self._class(figure, predicate, thing, context, own)
        if figure.unit is None and noun is None and event not in _PERSONAL:
            return None
        if event in _PERSONAL and (noun is None or level) and figure.unit is None:
            thing, noun = "people", noun if thing == "people" else None
        they = _THEY.search(text, context.start, figure.span.start) is not None
        if event == "sent" and thing != "soldier" and self._last is not None and self._last.thing == "soldier":
            thing = "soldier" if they or thing == "man" else thing
        if event is None and (figure.unit is None or own is None):
            return None
        if (
            noun is None
            and figure.unit is None
            and not level
            and not inherited
            and not self._stands_alone(figure, context)
        ):
            return None
        part = part_of(text, figure.span, counted) if figure.unit is None else "whole"
        if predicate is not None and predicate.rest and part == "whole":
            part = "rest"
        if event == "shot" and is_rest(text, figure.span) and self._beside_killed(figure, context):
            event = "injured"  # "one person was killed and two others shot"
        part = self._part(part, figure, event, context)
        trigger = self._trigger(predicate, own)
        said = self._said.get(figure.statement) if figure.statement is not None else None
        status = self._status(trigger, event, predicate, context)
        moments = moments_in(self._reading, context)
        own_moment = trigger.moment if trigger is not None else None
        tally = figure.tally
        if tally is None and event == "killed" and noun == "body" and _FOUND.search(context.of(text)):
            tally = "increment"  # bodies found overnight are some of the dead, never their number
        if (
            tally == "increment"
            and event in _PERSONAL
            and is_rest(text, figure.span)
            and not text[figure.span.start :].lower().startswith("another")
        ):
            tally = None  # "three more hurt" beside the dead: others than those, not three on top of earlier ones
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
            whose=figure.counted.of if figure.counted is not None else None,
            event=event,
            also=also,
            status=status,
            negated=said is not None and (said.negated or said.act == "deny"),
            tally=tally,
            change=figure.change,
            part=part,
            scope=scope_of(text, figure, context),
            level=level or inherited,
            statement=figure.statement,
            speaker=said.speaker if said is not None else None,
            speaker_name=self._reading.name_of(said.speaker) if said is not None and said.speaker is not None else None,
            source=" … ".join(s.of(text) for s in said.source) or None if said is not None else None,
            reported=self._reading.document.published,
            as_of=as_of(self._reading, figure.span, moments, level=level or inherited, statement=said),
            event_date=event_date(
                figure.span,
                self._reading.moments[own_moment] if own_moment is not None and not level else None,
                () if level or inherited else moments,
            )
            or self._told_of(context),
            places=trigger.place if trigger is not None else (),
        )

    def _stands_alone(self, figure: Figure, context: Span) -> bool:
        """Whether a number without a noun can count people: "2 killed", "all five were", "killing 14". Not "911 caller"."""
        following = next(
            iter(words_of(self._text, Span(figure.span.end, min(context.end, figure.span.end + 24)))), None
        )
        if following is None or not following.form[0].isalnum():
            return self._text[figure.span.end : figure.span.end + 1] not in ("-", "/")
        starts = following.form.endswith("ly") or following.form in _FOLLOWERS or following.form in listed("others")
        return starts or following.form in listed("auxiliaries") or bool(find_hits((following,)))

    def _beside_killed(self, figure: Figure, context: Span) -> bool:
        last = self._last
        near = last is not None and 0 <= figure.span.start - last.spans[-1].end < _NEAR and last.event == "killed"
        return near or self._clause(context).names("killed", before=figure.span.start)

    def _part(self, part: Part, figure: Figure, event: str | None, context: Span) -> Part:
        """The killed among the shot are all the killed: part of another whole, not of the dead."""
        text, last = self._text, self._last
        if part == "part" and event == "killed":
            behind = text[figure.span.end : figure.span.end + 10].lower().lstrip(" ,")
            if behind.startswith("of whom") or (last is not None and context.covers(last.spans[-1])):
                return (
                    "part"
                    if last is not None and last.event == "killed" and context.covers(last.spans[-1])
                    else "whole"
                )
            return (
                "whole" if (figure.low or 0) > 1 and not re.match(r"of the (?:dead|killed|bodies)", behind) else "part"
            )
        if part != "whole" or event not in TOLLS or last is None:
            return part
        same = context.covers(last.spans[-1])
        if event == "injured" and last.event == "shot" and same and (last.low or 0) > (figure.low or 0):
            return (
                part if is_rest(text, figure.span) else "part"
            )  # "four people were shot and two were seriously injured"
        if is_rest(text, figure.span) and last.event == event and last.part == "whole" and last.low != figure.low:
            near = 0 <= figure.span.start - last.spans[-1].end < _NEAR
            beside_killed = event != "killed" and self._clause(context).names("killed", before=figure.span.start)
            return "rest" if near and not beside_killed else "whole"
        return part

    def _class(
        self, figure: Figure, predicate: Predicate | None, thing: str | None, context: Span, own: Event | None
    ) -> tuple[str | None, tuple[str, ...], bool]:
        """The class of what happened, further ones joined by "or", and whether it is that of the figure before."""
        if predicate is not None and predicate.role == "acts":
            return own.lemma if own is not None and thing is not None else None, (), False
        lemmas = {e: _class_of_lemma(self._events[e].lemma) for e in figure.or_events if e in self._events}
        also = tuple(sorted({c for c in lemmas.values() if c is not None}))
        person = thing in _PEOPLE or thing is None or (predicate is not None and predicate.role == "toll")
        if (
            predicate is not None
            and predicate.event is not None
            and predicate.event != "present"
            and (person or predicate.event not in _PERSONAL)
        ):
            event = predicate.event
            if also and event not in also and own is not None and (base := _class_of_lemma(own.lemma)):
                return event, tuple(sorted({*also, base} - {event})), False
            return event, tuple(c for c in also if c != event), False
        noun = figure.counted.noun.lower() if figure.counted is not None and figure.counted.noun else None
        if noun in ("dead", "body", "death", "fatality", "deceased"):
            return "killed", (), False
        if noun in ("injury", "injured", "wounded"):
            return "injured", (), False
        if noun == "casualty":
            return "killed", ("injured",), False
        if figure.unit is None and self._clause(context).whole_of_a_part(figure.span):
            return None, (), False
        if figure.counted is None or noun in (None, "people"):
            lead = self._text[context.start : figure.span.start]
            near = self._last is not None and 0 <= figure.span.start - self._last.spans[-1].end < 200
            if near and self._last is not None and _INHERITS.search(lead):
                return self._last.event, (), True
        if (
            figure.unit is None
            and self._last is not None
            and _THEY.search(self._text, context.start, figure.span.start)
        ):
            return self._last.event, (), False
        if (
            noun == "man"
            and own is not None
            and _THOUSANDS <= (figure.low or 0)
            and self._last is not None
            and self._last.thing == "soldier"
        ):
            return "sent", (), False
        if own is None or not own.lemma.isalpha() or own.lemma.lower() == noun:
            return ("sent" if thing == "soldier" else None), (), False
        event = _class_of_lemma(own.lemma) if figure.unit is None else None
        if event is not None and own.span.start < figure.span.start and person and event in TOLLS:
            # The verb stands in front, but not where English puts it to count these: somebody else suffered it.
            return "mentioned", (), False
        if thing == "soldier" and own.lemma in ("soldier", "troop", "be", "see", "report", "me"):
            return "sent", (), False
        if event in _PERSONAL and not person:
            event = None
        return event or own.lemma, tuple(c for c in also if c != event), False

    def _trigger(self, predicate: Predicate | None, own: Event | None) -> Event | None:
        """The event that the words name: the one they overlap, else the figure's own."""
        if predicate is not None and predicate.words is not None:
            for event in self._reading.events:
                if event.span.overlaps(predicate.words):
                    return event
        return own

    def _status(self, trigger: Event | None, event: str | None, predicate: Predicate | None, context: Span) -> Status:
        if trigger is None:
            return "happened"
        if trigger.status == "denied" and predicate is not None and predicate.words is not None:
            # "Could not be reached", "no longer with us": the class itself is said with a negation.
            if re.search(r"\b(?:not|cannot|no)\b", predicate.words.of(self._text)):
                return "happened"
        if event in TOLLS and trigger.status in ("possible", "planned", "expected", "demanded", "conditional"):
            words = {w.form for w in words_of(self._text, context)}
            return trigger.status if words & listed("not yet") else "happened"
        return trigger.status

    def _told_of(self, context: Span) -> tuple[str, str] | None:
        """The date long past that the sentences before it tell of: nothing since in the paragraph says that this is over.

        "The dam was opened in 1968. It cost 310 million dollars, and 26 workers died building it."
        """
        text, report = self._text, days(self._reading.document.published)
        if report is None:
            return None
        start = max(text.rfind("\n", 0, context.start), context.start - 400)
        before = [
            m for m in self._reading.moments if start <= m.span.start < context.end and m.type in ("date", "time")
        ]
        for moment in sorted(before, key=lambda m: m.span, reverse=True):
            found = days(moment.value)
            if found is None or text[moment.span.end : moment.span.end + 2] in ("'s", "’s"):
                continue
            return found if int(found[1][:4]) <= int(report[0][:4]) - 2 else None
        return None

    def _listed(self, found: Iterable[Count]) -> list[Count]:
        """Counts of people listed one by one or in groups, where the list as a whole suffered something."""
        text = self._text
        by_span = {count.spans[0]: count for count in found}
        result = []
        for count in found:
            if count.event == "killed" and count.part == "whole" and count.figure is not None:
                one = Chain(count.spans, (), count.low, count.high)
                both = _with_self(one, text, count.context)
                if both is not one and count.bound == "exactly":
                    result.append(
                        replace(
                            count,
                            key=f"n{count.spans[0].start}",
                            figure=None,
                            spans=both.items,
                            low=both.low,
                            high=both.high,
                        )
                    )
        for chain in chains(self._reading):
            context = sentence_around(self._text, chain.items[0], self._reading.document.blocks)
            if not context.covers(chain.items[-1]):
                continue
            predicate = self._clause(context).of(chain.items[0], chain.items[-1])
            if predicate is None or predicate.event not in TOLLS or predicate.role not in ("suffers",):
                continue
            first = next((by_span[s] for s in chain.figures if s in by_span), None)
            chain = _with_self(chain, text, context) if predicate.event == "killed" else chain
            key = "+".join(f"n{s.start}" for s in chain.items[:1])
            base = first if first is not None else Count(key, None, chain.items, context, None, None)
            trigger = self._trigger(predicate, None)
            result.append(
                replace(
                    base,
                    key=key,
                    figure=None,
                    spans=chain.items,
                    context=context,
                    low=chain.low,
                    high=chain.high,
                    noun=None,
                    thing="people",
                    whose=None,
                    event=predicate.event,
                    also=(),
                    status="happened",
                    part="rest" if predicate.rest else "whole",
                    tally=None,
                    reported=self._reading.document.published,
                    event_date=event_date(
                        chain.items[0],
                        self._reading.moments[trigger.moment]
                        if trigger is not None and trigger.moment is not None
                        else None,
                        moments_in(self._reading, context),
                    ),
                )
            )
        return result


def _class_of_lemma(lemma: str) -> str | None:
    words = words_of(lemma.lower(), Span(0, len(lemma)))
    hits = find_hits(words) or find_hits(words_of(f"{lemma.lower()}ed", Span(0, len(lemma) + 2)))
    strong = [h.event for h in hits if h.event not in listed("weak")]
    return strong[0] if strong else None


def _with_self(chain: Chain, text: str, context: Span) -> Chain:
    """ "Killed his wife and son before shooting himself": one more."""
    himself = _SELF.search(text, chain.items[-1].end, context.end)
    if himself is None:
        return chain
    return Chain(
        (*chain.items, Span(*himself.span("self"))),
        chain.figures,
        *(None if n is None else n + 1 for n in (chain.low, chain.high)),
    )

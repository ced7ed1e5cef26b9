"""What happened to the counted, by the words of the sentence: "two people dead", "killing two", "the toll rose to 41".

A reading has no trees; its event for a figure is often the verb of the sentence ("left two dead", "police said three
were shot"). So the words nearest to the figure decide, each in the place where English puts it, and the event of the
reading only where they say nothing.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from onrecord.ledger.series.words import Hit, Words, find_hits, listed
from onrecord.records import Span

__all__ = ["Clause", "Predicate", "Role"]

Role = Literal["suffers", "acts", "toll", "noun"]

_REACH = (
    16  # words from the counted to what happened to them; "Three other men, ages 25, 26 and 33, were injured" has 10
)
_ACTIVE = frozenset(
    "killed shot wounded injured hurt struck hit murdered arrested detained stabbed rescued kill shoot".split()
)
_STARTS = frozenset(
    "a an the his her their its my our himself herself themselves him them someone another at into several up".split()
)
_PASSIVE = frozenset("was were is are be been being get gets got getting left".split())
_NOT = frozenset(("not", "never", "n't", "wasn't", "weren't", "isn't", "aren't", "no"))
_OF = frozenset(("of", "among", "out", "people", "victims"))
_OF_THEM = frozenset(("of", "them", "whom", "these", "those", ","))
_CALLED = frozenset("listed reported registered considered regarded described counted known".split())
_NEW_CLAUSE = frozenset("when after as that which where he she i we you it with among".split())
_SLACK = frozenset(
    "the his her their its a an total of at least about another other some as many up to all more than nearly almost "
    "around over roughly approximately fewer less no not only those these additional further just both and or".split()
)
_TO = frozenset(
    "to at of as reached reaches reach is was are were from hit passed exceeds exceeded : stands stood".split()
)
_BEFORE_TO = _SLACK - _TO
_BEFORE_WHOLE = _OF | _SLACK | {"our", "first", "last"}
_NO_LIST = frozenset((".", ";", "who", "was", "were"))
_APPOSITION = frozenset(("age", "ages", "aged", "(", "including"))


@dataclass(frozen=True, slots=True)
class Predicate:
    """The class, what part the counted play in it, the words for it, and whether the figure is only the rest of a list.

    `rest`: "killing a woman and two others", where the two are not all. `also` are classes joined by "or".
    """

    event: str | None
    role: Role
    words: Span | None
    rest: bool = False
    also: tuple[str, ...] = ()


class Clause:
    """One sentence: its words, the names of classes in it, and where its figures and events stand."""

    def __init__(self, words: Words, figures: Iterable[Span], events: Iterable[tuple[Span, str]]) -> None:
        self.words = words
        self._forms = words.forms
        self._hits = find_hits(words.forms)
        self._figures = sorted(figures)
        self._events = events  # gone through only where it matters which words are events
        self._linking = listed("linking")
        self._boundaries = listed("boundaries")

    @cached_property
    def _blocks(self) -> frozenset[int]:
        """The places of words that are events, but for those that only link others."""
        return frozenset(
            place
            for span, lemma in self._events
            if lemma.lower() not in self._linking
            for place in range(self._first_ending_behind(span.start), self._first_starting_at(span.end))
        )

    def _first_ending_behind(self, place: int) -> int:
        return bisect_right(self.words.ends, place)

    def _first_starting_at(self, place: int) -> int:
        return bisect_left(self.words.starts, place)

    def of(self, figure: Span, counted: Span, *, never: frozenset[str] = frozenset()) -> Predicate | None:
        """What the words say of the counted, which stand from `figure` to the end of `counted`; None: nothing.

        `never` are classes of what cannot happen to them: people are not damaged.
        """
        if not self._hits:  # of half of all sentences
            return None
        first = self._first_ending_behind(figure.start)
        last = self._first_starting_at(max(figure.end, counted.end))
        toll = self._toll(first, figure)
        if toll is not None:
            return toll
        behind, before = self._behind(last, figure, counted, never), self._before(first, never)
        if behind is None or before is None:
            return behind or before
        # "Detained three persons of interest in the shooting": a verb right in front outweighs words farther behind.
        near = self.words.starts[last + 3] if last + 3 < len(self._forms) else counted.end + 20
        far = behind.words is not None and behind.words.start > near and behind.role == "suffers"
        return before if far and not before.rest else behind

    def names(self, event: str, *, before: int) -> bool:
        """Whether the sentence names the class in front of this place of the text."""
        return any(h.event == event and self.words.ends[h.last - 1] <= before for h in self._hits)

    def _toll(self, first: int, figure: Span) -> Predicate | None:
        """ "The death toll rose to 41", "the number of missing was unchanged at 36"."""
        lead = [form for form in self._forms[max(0, first - 3) : first] if form not in _BEFORE_TO]
        if not lead or lead[-1] not in _TO:
            return None
        earlier = max((f.start for f in self._figures if f.start < figure.start), default=-1)
        for hit in reversed(self._hits):
            if hit.stand == "counter" and hit.last <= first and first - hit.last <= _REACH * 2:
                between = self._forms[hit.last : first]
                if ";" in between or "." in between or self._of_these(hit, first):
                    return None
                changed = "from" in between or earlier < self.words.starts[hit.first]
                return Predicate(hit.event, "toll", self._at(hit)) if changed or earlier < 0 else None
        return None

    def _of_these(self, counter: Hit, first: int) -> bool:
        """ "The deaths of Ann Lee and Bo Ray": theirs, where "a death toll of 14" is a total."""
        noun = any(h.stand == "noun" and h.last == counter.last for h in self._hits)
        return noun and counter.last < first and self._forms[counter.last] == "of"

    def _behind(self, last: int, figure: Span, counted: Span, never: frozenset[str]) -> Predicate | None:
        told = [h for h in self._hits if h.first >= last and h.stand == "predicate" and h.event not in never]
        if not told:
            return None
        forms = self._forms
        limit = self._limit(last, counted)
        if self.whole_of_a_part(figure):
            # "Four of the five victims were shot": what follows is said of the four, unless it touches the five.
            limit = min(limit, last + 1 + (last < len(forms) and forms[last] in ("who", "that")) * 2)
        weak: Predicate | None = None
        for hit in told:
            if hit.first >= limit:
                break
            if forms[hit.first] == "fatally" and self._acts(hit):
                return Predicate(None, "acts", self._at(hit))
            if forms[hit.first - 1] in ("the", "those") or (
                forms[hit.first] == "fatally" and not _OF_THEM.issuperset(forms[last : hit.first])
            ):
                continue  # "including the deceased": somebody; "four men, one fatally": the one
            if not _NOT.isdisjoint(forms[max(last, hit.first - 3) : hit.first]):
                return None
            passive = self._passive(last, hit)
            if not passive and not self._blocks.isdisjoint(range(last, hit.first)):
                break
            if not passive and self._acts(hit):
                return Predicate(None, "acts", self._at(hit))
            if hit.event not in listed("weak"):
                final = self._died_of_it(hit) or hit
                return Predicate(final.event, "suffers", self._at(final), also=self._or(final))
            weak = weak or Predicate(hit.event, "suffers", self._at(hit))
        return weak

    def _died_of_it(self, hit: Hit) -> Hit | None:
        """ "Was shot several times and died": the same people, where only "and" stands before the second verb."""
        if hit.event not in ("shot", "stabbed", "injured"):
            return None
        for later in self._hits:
            if later.event != "killed" or later.stand != "predicate":
                continue
            between = list(self._forms[hit.last : later.first])
            while between and between[-1] in ("later", "then", "also"):
                between.pop()
            if between and len(between) <= _REACH:
                same = between[-1] == "and" and not {",", ";", ".", "but", "who", "while"} & set(between)
                # "Injured eight and killed 37-year-old Ann Lee": somebody else died.
                return later if same and not self._acts(later) else None
        return None

    def _or(self, hit: Hit) -> tuple[str, ...]:
        """ "Killed or wounded": the class joined to this one by "or", behind or in front."""
        found = set()
        for other in self._hits:
            behind = other.first == hit.last + 1 and self._forms[hit.last] == "or"
            before = other.last == hit.first - 1 and self._forms[other.last] == "or"
            if (behind or before) and other.event != hit.event:
                found.add(other.event)
        return tuple(sorted(found))

    def whole_of_a_part(self, figure: Span) -> bool:
        """Whether another figure is some of these: the five in "four of the five victims"."""
        before = [f for f in self._figures if f.end <= figure.start]
        if not before:
            return False
        first, last = self._first_starting_at(before[-1].end), self._first_ending_behind(figure.start)
        between = self._forms[first:last]
        return not _OF.isdisjoint(between[:2]) and _BEFORE_WHOLE.issuperset(between[1:])

    def _limit(self, last: int, counted: Span) -> int:
        """Where the words about the counted end: at the next figure that starts a thing of its own, or a new clause."""
        starts = [f.start for f in self._figures if f.start >= counted.end]
        forms = self._forms
        apposition = False
        end = min(len(forms), last + _REACH)
        for place in range(last, end):
            form = forms[place]
            if form in _APPOSITION or (place == last and form == ","):
                apposition = True
            if form in (";", ":", ".") or form in self._boundaries:
                return place
            if place > last and self._new_clause(place):
                return place
            if self.words.starts[place] in starts and not apposition:
                among = forms[place - 1] in ("the", "those") and forms[place - 2] in ("among", "of")
                if not among:
                    return place
            if form in _PASSIVE:
                apposition = False
        return end

    def _new_clause(self, place: int) -> bool:
        form, before = self._forms[place], self._forms[place - 1]
        if form not in _NEW_CLAUSE and not (form == "and" and before == ","):
            return False
        called = form == "as" and before in _CALLED
        among = form == "among" and before in _PASSIVE
        return not called and not among and not (form == "with" and any(h.first == place + 1 for h in self._hits))

    def _passive(self, last: int, hit: Hit) -> bool:
        before = list(self._forms[max(last, hit.first - 4) : hit.first])
        while before and (before[-1].endswith("ly") or before[-1] in self._linking or before[-1] in ("also", "later")):
            before.pop()
        return bool(before) and (before[-1] in _PASSIVE or before[-1] in ("found", "pronounced", "confirmed"))

    def _acts(self, hit: Hit) -> bool:
        """ "Two men shot five people": the counted did it. A new noun phrase right behind the verb tells."""
        verb, behind = hit.last - 1, hit.last
        if self._forms[verb] not in _ACTIVE or behind >= len(self._forms):
            return False
        following = self._forms[behind]
        name = self.words.capital(behind) and not self.words.capital(verb)
        return (
            name
            or following in _STARTS
            or following[0].isdigit()
            or any(self.words.starts[behind] == figure.start for figure in self._figures)
        )

    def _before(self, first: int, never: frozenset[str]) -> Predicate | None:
        forms = self._forms
        place = first
        while place > 0 and (forms[place - 1] in _SLACK or forms[place - 1] == ","):
            place -= 1
        joined = "and" in forms[place:first] or "," in forms[place:first]
        for hit in reversed(self._hits):
            if hit.stand not in ("verb", "noun") or hit.last > first or hit.event in never:
                continue
            of = hit.stand == "noun"
            if place <= hit.last <= (place + 1 if of else first) and not joined:
                if of and "of" not in forms[hit.last : first]:
                    continue
                return Predicate(hit.event, "suffers", self._at(hit), also=self._or(hit))
            if joined and hit.stand == "verb" and self._list_between(hit.last, place, first):
                return Predicate(hit.event, "suffers", self._at(hit), rest=True)
            if hit.last < place:
                break
        return None

    def _list_between(self, last: int, place: int, first: int) -> bool:
        """Whether only a list stands between the verb and the figure: "killing a young woman and two others"."""
        if "and" not in self._forms[place:first] or not 0 < place - last <= _REACH:
            return False
        between = self._forms[last:place]
        return (
            self._boundaries.isdisjoint(between)
            and _NO_LIST.isdisjoint(between)
            and self._blocks.isdisjoint(range(last, place))
        )

    def _at(self, hit: Hit) -> Span:
        return Span(self.words.starts[hit.first], self.words.ends[hit.last - 1])

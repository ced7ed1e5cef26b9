"""What happened to the counted, by the words of the sentence: "two people dead", "killing two", "the toll rose to 41".

A reading has no trees; its event for a figure is often the verb of the sentence ("left two dead", "police said three
were shot"). So the words nearest to the figure decide, each in the place where English puts it, and the event of the
reading only where they say nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from onrecord.ledger.series.words import Hit, Word, find_hits, listed
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
_CALLED = frozenset("listed reported registered considered regarded described counted known".split())
_NEW_CLAUSE = frozenset("when after as that which where he she i we you it with among".split())
_SLACK = frozenset(
    "the his her their its a an total of at least about another other some as many up to all more than nearly almost "
    "around over roughly approximately fewer less no not only those these additional further just both and or".split()
)
_TO = frozenset(
    "to at of as reached reaches reach is was are were from hit passed exceeds exceeded : stands stood".split()
)


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

    def __init__(self, words: Sequence[Word], figures: Iterable[Span], events: Iterable[tuple[Span, str]]) -> None:
        self.words = words
        self.hits = find_hits(words)
        self._figures = sorted(figures)
        self._linking = listed("linking")
        self._blocks = {
            place
            for span, lemma in events
            if lemma.lower() not in self._linking
            for place, word in enumerate(words)
            if span.overlaps(word.span)
        }
        self._boundaries = listed("boundaries")

    def of(self, figure: Span, counted: Span, *, never: frozenset[str] = frozenset()) -> Predicate | None:
        """What the words say of the counted, which stand from `figure` to the end of `counted`; None: nothing.

        `never` are classes of what cannot happen to them: people are not damaged.
        """
        first = next((i for i, w in enumerate(self.words) if w.span.end > figure.start), len(self.words))
        last = next(
            (i for i, w in enumerate(self.words) if w.span.start >= max(figure.end, counted.end)), len(self.words)
        )
        toll = self._toll(first, figure)
        if toll is not None:
            return toll
        behind, before = self._behind(last, figure, counted, never), self._before(first, never)
        if behind is None or before is None:
            return behind or before
        # "Detained three persons of interest in the shooting": a verb right in front outweighs words farther behind.
        near = self.words[last + 3].span.start if last + 3 < len(self.words) else counted.end + 20
        far = behind.words is not None and behind.words.start > near and behind.role == "suffers"
        return before if far and not before.rest else behind

    def names(self, event: str, *, before: int) -> bool:
        """Whether the sentence names the class in front of this place of the text."""
        return any(h.event == event and self.words[h.last - 1].span.end <= before for h in self.hits)

    def _toll(self, first: int, figure: Span) -> Predicate | None:
        """ "The death toll rose to 41", "the number of missing was unchanged at 36"."""
        lead = [w.form for w in self.words[max(0, first - 3) : first] if w.form not in _SLACK - _TO]
        if not lead or lead[-1] not in _TO:
            return None
        earlier = max((f.start for f in self._figures if f.start < figure.start), default=-1)
        for hit in reversed(self.hits):
            if hit.stand == "counter" and hit.last <= first and first - hit.last <= _REACH * 2:
                between = self.words[hit.last : first]
                if any(w.form in (";", ".") for w in between) or self._of_these(hit, first):
                    return None
                changed = any(w.form == "from" for w in between) or earlier < self.words[hit.first].span.start
                return Predicate(hit.event, "toll", self._at(hit)) if changed or earlier < 0 else None
        return None

    def _of_these(self, counter: Hit, first: int) -> bool:
        """ "The deaths of Ann Lee and Bo Ray": theirs, where "a death toll of 14" is a total."""
        noun = any(h.stand == "noun" and h.last == counter.last for h in self.hits)
        return noun and counter.last < first and self.words[counter.last].form == "of"

    def _behind(self, last: int, figure: Span, counted: Span, never: frozenset[str]) -> Predicate | None:
        limit = self._limit(last, counted)
        if self.whole_of_a_part(figure):
            # "Four of the five victims were shot": what follows is said of the four, unless it touches the five.
            limit = min(limit, last + 1 + (last < len(self.words) and self.words[last].form in ("who", "that")) * 2)
        weak: Predicate | None = None
        for hit in self.hits:
            if hit.first < last or hit.stand != "predicate" or hit.event in never:
                continue
            if hit.first >= limit:
                break
            if self.words[hit.first].form == "fatally" and self._acts(last, hit):
                return Predicate(None, "acts", self._at(hit))
            if self.words[hit.first - 1].form in ("the", "those") or (
                self.words[hit.first].form == "fatally" and not self._of_them(last, hit.first)
            ):
                continue  # "including the deceased": somebody; "four men, one fatally": the one
            if _NOT & {w.form for w in self.words[max(last, hit.first - 3) : hit.first]}:
                return None
            passive = self._passive(last, hit)
            if not passive and any(p in self._blocks for p in range(last, hit.first)):
                break
            if not passive and self._acts(last, hit):
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
        for later in self.hits:
            between = [w.form for w in self.words[hit.last : later.first]]
            while between and between[-1] in ("later", "then", "also"):
                between.pop()
            if later.event == "killed" and later.stand == "predicate" and between and len(between) <= _REACH:
                same = between[-1] == "and" and not {",", ";", ".", "but", "who", "while"} & set(between)
                # "Injured eight and killed 37-year-old Ann Lee": somebody else died.
                return later if same and not self._acts(hit.last, later) else None
        return None

    def _or(self, hit: Hit) -> tuple[str, ...]:
        """ "Killed or wounded": the class joined to this one by "or", behind or in front."""
        found = set()
        for other in self.hits:
            behind = other.first == hit.last + 1 and self.words[hit.last].form == "or"
            before = other.last == hit.first - 1 and self.words[other.last].form == "or"
            if (behind or before) and other.event != hit.event:
                found.add(other.event)
        return tuple(sorted(found))

    def _of_them(self, last: int, first: int) -> bool:
        return all(w.form in ("of", "them", "whom", "these", "those", ",") for w in self.words[last:first])

    def whole_of_a_part(self, figure: Span) -> bool:
        """Whether another figure is some of these: the five in "four of the five victims"."""
        before = [f for f in self._figures if f.end <= figure.start]
        if not before:
            return False
        between = [w.form for w in self.words if before[-1].end <= w.span.start and w.span.end <= figure.start]
        return bool(_OF & set(between[:2])) and set(between[1:]) <= _OF | _SLACK | {"our", "first", "last"}

    def _limit(self, last: int, counted: Span) -> int:
        """Where the words about the counted end: at the next figure that starts a thing of its own, or a new clause."""
        starts = [f.start for f in self._figures if f.start >= counted.end]
        apposition = False
        for place in range(last, min(len(self.words), last + _REACH)):
            word = self.words[place]
            if word.form in ("age", "ages", "aged", "(", "including") or (place == last and word.form == ","):
                apposition = True
            if word.form in (";", ":", ".") or word.form in self._boundaries:
                return place
            called = word.form == "as" and self.words[place - 1].form in _CALLED
            if (
                place > last
                and not (called or (word.form == "among" and self.words[place - 1].form in _PASSIVE))
                and not (word.form == "with" and any(h.first == place + 1 for h in self.hits))
                and (word.form in _NEW_CLAUSE or (word.form == "and" and self.words[place - 1].form == ","))
            ):
                return place
            among = self.words[place - 1].form in ("the", "those") and self.words[place - 2].form in ("among", "of")
            if word.span.start in starts and not apposition and not among:
                return place
            if word.form in _PASSIVE:
                apposition = False
        return min(len(self.words), last + _REACH)

    def _passive(self, last: int, hit: Hit) -> bool:
        before = [w.form for w in self.words[max(last, hit.first - 4) : hit.first]]
        while before and (before[-1].endswith("ly") or before[-1] in self._linking or before[-1] in ("also", "later")):
            before.pop()
        return bool(before) and (before[-1] in _PASSIVE or before[-1] in ("found", "pronounced", "confirmed"))

    def _acts(self, last: int, hit: Hit) -> bool:
        """ "Two men shot five people": the counted did it. A new noun phrase right behind the verb tells."""
        verb = self.words[hit.last - 1]
        if verb.form not in _ACTIVE or hit.last >= len(self.words):
            return False
        following = self.words[hit.last]
        name = following.capital and not verb.capital
        return (
            name
            or following.form in _STARTS
            or following.form[0].isdigit()
            or following.span.start in {f.start for f in self._figures}
        )

    def _before(self, first: int, never: frozenset[str]) -> Predicate | None:
        place = first
        while place > 0 and (self.words[place - 1].form in _SLACK or self.words[place - 1].form == ","):
            place -= 1
        joined = any(w.form in ("and", ",") for w in self.words[place:first])
        for hit in reversed(self.hits):
            if hit.stand not in ("verb", "noun") or hit.last > first or hit.event in never:
                continue
            of = hit.stand == "noun"
            if place <= hit.last <= (place + 1 if of else first) and not joined:
                if of and not any(w.form == "of" for w in self.words[hit.last : first]):
                    continue
                return Predicate(hit.event, "suffers", self._at(hit), also=self._or(hit))
            if joined and hit.stand == "verb" and self._list_between(hit.last, place, first):
                return Predicate(hit.event, "suffers", self._at(hit), rest=True)
            if hit.last < place:
                break
        return None

    def _list_between(self, last: int, place: int, first: int) -> bool:
        """Whether only a list stands between the verb and the figure: "killing a young woman and two others"."""
        if not any(w.form == "and" for w in self.words[place:first]) or not 0 < place - last <= _REACH:
            return False
        between = range(last, place)
        return not any(
            p in self._blocks
            or self.words[p].form in self._boundaries
            or self.words[p].form in (".", ";", "who", "was", "were")
            for p in between
        )

    def _at(self, hit: Hit) -> Span:
        return Span(self.words[hit.first].span.start, self.words[hit.last - 1].span.end)

"""On which day something was said: by a date that stands with the cue, by the statement it goes on from, by the news.

The day of news that gives no other is its publication day, unless the telling looks back ("had said", "recently told"),
quotes what was published on a day of its own (a tweet, what a newspaper wrote), or tells of no occasion at all (a
standing recommendation, a passive without its speaker: "he is accused of …", "drew criticism"). What is said after a
match, in a report that begins with its day, was said on that day. (A perfect, "has said", is of the day of the news: taken
as an undated past it loses 5 of 101 on the development cases.)
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from datetime import date

from onrecord.reader.annotated import Annotated, Token, base_of
from onrecord.reader.clauses import is_in_heading
from onrecord.reader.statements.passages import Utterance
from onrecord.reader.statements.subjects import received_by
from onrecord.reader.wordlists import sections
from onrecord.records import Moment

__all__ = ["said_on"]

_DAY = re.compile(r"(?:\d{4}|XXXX)(?:-\d\d(?:-\d\d)?)?(?=$|T)")
_FULL_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_VAGUE = re.compile(r"PAST_REF|\d{4}-(?:W\d\d|Q\d|H\d|S[PU]|FA|WI)|\d{3}X?$")
_WORDS = sections("acts")
_EARLIER = _WORDS["looking back"]
_POSTED = _WORDS["posted"]
_STANDING = _WORDS["standing"]
_MEDIA = _WORDS["media"]
_CONTESTS = frozenset(
    {"bout", "defeat", "draw", "fight", "final", "game", "heat", "loss", "match", "race", "semi-final", "semifinal"}
    | {"tie", "tournament", "victory", "win"}
)
_PASSED = frozenset({"past", "last", "recent", "previous", "preceding"})
_CLAUSES = frozenset({"advcl", "ccomp", "acl", "conj", "parataxis", "csubj"})
_OF_SOMEBODY = frozenset({"accuse", "advise", "describe", "characterize", "characterise", "regard", "consider", "view"})
REACH = 4  # utterances back over which a speaker's date carries on
FRESH = 31  # days after which a date is of the background, and what the speaker says next is news again
NEAR = 8  # words from the cue within which a date counts that does not hang by its clause


def said_on(
    annotated: Annotated,
    found: Sequence[Utterance],
    speakers: Sequence[int | None],
    moments: Sequence[Moment],
    published: str | None,
    within: Sequence[int | None] = (),
) -> list[str | None]:
    """The EDTF date of each utterance, None where it cannot be known. `within` gives the one that each is nested in."""
    held = _moment_tokens(annotated, moments)
    news = published[:10] if published else None
    dates: list[str | None] = [None] * len(found)
    explicit: list[str | None] = [None] * len(found)
    there = any(_is_at_contest(annotated, u) for u in found)
    told = (_day_of_the_event(annotated, held, news) if there and news else None) or news
    order = sorted(range(len(found)), key=lambda i: (_depth(within, i), i))
    for i in order:
        utterance = found[i]
        own, vague = _own_date(annotated, utterance, moments, held, published)
        holder = within[i] if i < len(within) else None
        if own is None and utterance.follows is not None and utterance.follows < i:
            explicit[i], dates[i] = explicit[utterance.follows], dates[utterance.follows]
            continue
        if own is None and not vague and not _is_present(annotated, utterance):
            own = _carried(found, speakers, explicit, i, news)
        explicit[i] = own
        if own is None and not vague and not _looks_back(annotated, utterance):
            of_now = not utterance.cue or _is_present(annotated, utterance)
            own = dates[holder] if holder is not None else news if of_now else told
        dates[i] = own
    return dates


def _is_at_contest(annotated: Annotated, utterance: Utterance) -> bool:
    """ "After the match, the coach said": all that a report of a match quotes was said on its day."""
    if not utterance.cue:
        return False
    near = annotated.dependents(annotated.head_of(utterance.cue[0]), "obl")
    return any(t.lemma.lower() in _CONTESTS and not utterance.covers(t.index) for t in near)


def _day_of_the_event(annotated: Annotated, held: Sequence[tuple[int, Moment]], news: str) -> str | None:
    """The day that the first told sentence of the news names: "Yesterday, Sweden beat Korea"."""
    for index, moment in sorted(held, key=lambda h: h[0]):
        verb = annotated.tokens[annotated.tokens[index].head]
        if verb.tag in ("VBD", "VBN") and verb.relation == "root" and not is_in_heading(annotated, verb):
            day = _DAY.match(moment.value)
            return day[0] if day and _FULL_DAY.fullmatch(day[0]) and day[0] <= news else None
    return None


def _depth(within: Sequence[int | None], i: int) -> int:
    """How many statements an utterance is nested in."""
    depth, seen = 0, i
    while seen < len(within) and depth <= len(within):
        holder = within[seen]
        if holder is None:
            break
        depth, seen = depth + 1, holder
    return depth


def _moment_tokens(annotated: Annotated, moments: Sequence[Moment]) -> list[tuple[int, Moment]]:
    """Each dated moment, and each time that has passed ("the past few days"), with the token that its words hang by."""
    held = []
    for moment in moments:
        where = annotated.tokens_in(moment.span)
        passed = any(annotated.tokens[i].text.lower() in _PASSED for i in where)
        if where and (moment.type in {"date", "time"} or (moment.type == "duration" and passed)):
            head = annotated.tokens[annotated.head_of(where)]
            if not _names_another(annotated, head):
                held.append((head.index, moment))
    return held


def _names_another(annotated: Annotated, head: Token) -> bool:
    """A date that tells which thing is meant ("Friday's attack", "the 2009 election"), unless it is what was said or
    where ("in Friday's statement")."""
    attribute = base_of(head.relation) in ("compound", "nummod", "amod") or head.relation == "nmod:poss"
    return attribute and annotated.tokens[head.head].lemma.lower() not in _WORDS["occasions"]


def _own_date(
    annotated: Annotated,
    utterance: Utterance,
    moments: Sequence[Moment],
    held: list[tuple[int, Moment]],
    published: str | None,
) -> tuple[str | None, bool]:
    """A date that stands in the sentence of the cue, outside of the content, and hangs by the cue's clause; and whether
    a moment stands there instead that is past but no day ("last week", "recently")."""
    if not utterance.cue:
        return None, False
    cue = utterance.cue[0]
    tokens = annotated.tokens
    sentence = annotated.sentences[tokens[cue.start].sentence]
    head = annotated.head_of(cue)
    present, today = _is_present(annotated, utterance), (published or "")[:10]
    near = []
    for index, moment in held:
        published_then = any(index in r for r in utterance.source)
        if index not in sentence or utterance.covers(index) or (published_then and not _came_out(annotated, index)):
            continue
        value = published[:10] if moment.value == "PRESENT_REF" and published else moment.value
        day = _DAY.match(value)
        vague = day is None and _is_past(moment, published)
        late = day is not None and published is not None and day[0] > published  # nothing is said after it is reported
        past = present and value < today  # "In 2019, she says, …"
        if late or past or (day is None and not vague):
            continue
        governed = published_then or index == head or _hangs_by(annotated, index, cue, head, near=vague)
        before_cue = sentence.start <= index < cue.start
        near.append((not governed, not before_cue, abs(index - cue.start), None if day is None else day[0]))
    if not near:
        return None, False
    best = min(near, key=lambda n: n[:3])
    if best[0] and best[2] > NEAR:
        return None, False
    return best[3], best[3] is None


def _came_out(annotated: Annotated, index: int) -> bool:
    """The date of a source that came out on it: "a report released on Monday"."""
    return any(t.lemma in _WORDS["coming out"] for t in annotated.ancestors(index) if t.tag in ("VBN", "VBD"))


def _hangs_by(annotated: Annotated, index: int, cue: range, head: int, *, near: bool) -> bool:
    """Whether a word hangs by the cue; `near`: not through another clause."""
    token = annotated.tokens[index]
    for above in annotated.ancestors(index):
        if near and base_of(token.relation) in _CLAUSES:
            return False
        if above.index == head or above.index in cue:
            return True
        token = above
    return False


def _is_past(moment: Moment, published: str | None) -> bool:
    """A past time that is no day, month or year: "recently", "last week" (this week may be today)."""
    if moment.type == "duration":
        return True
    if _VAGUE.match(moment.value) is None:
        return False
    return moment.end is None or published is None or moment.end <= published[:10]


def _carried(
    found: Sequence[Utterance],
    speakers: Sequence[int | None],
    explicit: Sequence[str | None],
    i: int,
    news: str | None,
) -> str | None:
    """The explicit date of the same speaker's last utterance, if it is among the last few: a report goes on."""
    if speakers[i] is None:
        return None
    for k in range(i - 1, max(-1, i - 1 - REACH), -1):
        if speakers[k] == speakers[i]:
            then = explicit[k]
            return then if then is None or _is_fresh(then, news) else None
    return None


def _finite(annotated: Annotated, utterance: Utterance) -> Token | None:
    """The finite verb of the cue: "has" of "has begun a campaign to persuade"."""
    if not utterance.cue:
        return None
    head = annotated.head_of(utterance.cue[0])
    around = {*utterance.cue[0], *(t.index for t in annotated.dependents(head, "aux", "aux:pass", "cop"))}
    verbs = (annotated.tokens[i] for i in sorted(around) if not utterance.covers(i))
    return next((t for t in verbs if t.tag in ("VBZ", "VBP", "VBD", "MD")), None)


def _is_present(annotated: Annotated, utterance: Utterance) -> bool:
    """ "She hopes", "he says", "they have begun to ask": as of now, not of the day before."""
    verb = _finite(annotated, utterance)
    return verb is not None and verb.tag in ("VBZ", "VBP")


def _is_fresh(then: str, news: str | None) -> bool:
    if news is None or not _FULL_DAY.fullmatch(news):
        return True
    if not _FULL_DAY.fullmatch(then):
        return False
    return (date.fromisoformat(news) - date.fromisoformat(then)).days <= FRESH


def _looks_back(annotated: Annotated, utterance: Utterance) -> bool:
    """Whether the cue does not tell of the day of the news: it looks back, was published elsewhere, or has no occasion."""
    if not utterance.cue:
        return False
    cue = utterance.cue[0]
    tokens = annotated.tokens
    head = annotated.head_of(cue)
    around = {t.index for t in annotated.dependents(head)} | set(cue)
    words = {tokens[i].text.lower() for i in around if not utterance.covers(i)}
    if words & _EARLIER or any(tokens[i].text.lower() == "had" and tokens[i].upos == "AUX" for i in around):
        return True
    verb = tokens[head]
    posted = {tokens[i].lemma.lower() for i in cue} | ({tokens[verb.head].lemma} if verb.relation == "conj" else set())
    return bool(posted & _POSTED) or _wrote(annotated, utterance, head) or _is_standing(annotated, utterance, verb)


def _is_standing(annotated: Annotated, utterance: Utterance, cue: Token) -> bool:
    """A position that is held: "recommends", "his calls for", "is accused of"."""
    if received_by(annotated, cue) is not None:
        return True
    if cue.upos == "NOUN" and cue.lemma != "word":  # "in the words of": these were spoken for the news
        there = annotated.dependents(cue.head, "expl")  # "there were fears that …"
        return bool(utterance.source or there) and _finite(annotated, utterance) is None  # not of "their aim is"
    if cue.tag in ("VBZ", "VBP") and cue.lemma in _STANDING:
        return True
    passive = bool(annotated.dependents(cue.index, "aux:pass"))
    return passive and not utterance.source and cue.lemma in _OF_SOMEBODY


def _wrote(annotated: Annotated, utterance: Utterance, head: int) -> bool:
    """A newspaper in the past tense: its report came out on a day of its own. So did a poll that is called recent."""
    if not utterance.source:
        return False
    words = [annotated.tokens[i] for r in utterance.source for i in r]
    if any(t.lemma.lower() in _EARLIER for t in words if t.upos in ("ADJ", "ADV")):
        return True
    named = itertools.takewhile(lambda t: t.upos not in ("ADP", "PUNCT", "PART", "VERB"), words)
    last = next(iter(list(named)[-1:]), words[0])
    return annotated.tokens[head].tag == "VBD" and last.text.lower() in _MEDIA

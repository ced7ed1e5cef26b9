"""Which way a figure moved: "rose 5%", "up 19 cents", "fell from $2,415 to $2,315", "cut emissions by a third".

Amounts of change are told from the levels before and after it, since "rose 5%" and "rose to 5%" say different things.
Verbs and the particles up, down, higher and lower say so, nouns ("a 3% drop", "a fall of 45 points", "a rise to 5%") and,
of shares, the words fewer, less and more ("45 percent fewer").
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from onrecord.reader.annotated import Annotated
from onrecord.reader.figures.units import TIME_UNITS
from onrecord.reader.wordlists import sections
from onrecord.records import Change, Figure, Span

__all__ = ["change_by_noun", "change_of"]

_LISTS = sections("figures")
# Of the verbs that move something these also move by themselves: "sales increased 5%".
_INTRANSITIVE = frozenset({"increase", "expand", "accelerate"})
_UP, _DOWN = _LISTS["moving up"], _LISTS["moving down"]
_EITHER = _LISTS["moving either way"]
# "lost 190 points" and "gained 2%" are changes, "lost 190 soldiers", "lost $3 million" and "added two chapters" are not.
_NO_MONEY = _LISTS["winning and losing"]
# Verbs that move something else: "cut emissions by 5%", "raised its forecast to 3%", but "raised $30 million".
_TRANSITIVE = _LISTS["moving something"]
_SCALAR = frozenset(
    {"point", "cent", "penny", "percentage point", "basis point", "notch", "time", "place", "seat", "pip"}
)
# Verbs whose "up" is no direction: "make up 20%", "gave up 517 yards", "set up 3 camps".
_DIRECTED = _LISTS["up or down as a direction"]


def _forms() -> dict[str, str]:
    """Every form of the verbs of movement, regular ones built by spelling."""
    irregular = {
        "rose": "rise", "risen": "rise", "grew": "grow", "grown": "grow", "fell": "fall", "fallen": "fall",
        "slid": "slide", "sank": "sink", "sunk": "sink", "shrank": "shrink", "shrunk": "shrink", "lost": "lose",
        "leapt": "leap", "went": "go", "gone": "go", "shot": "shoot", "crept": "creep", "shed": "shed", "cut": "cut",
        "swollen": "swell", "held": "hold", "came": "come", "hit": "hit",
    }  # fmt: skip
    forms = dict(irregular)
    for verb in _UP | _DOWN | _EITHER:
        stem = verb.removesuffix("e")
        doubled = verb + verb[-1] if re.search(r"[^aeiou][aeiou][bpgtm]$", verb) else verb
        y = verb[:-1] + "i" if re.search(r"[^aeiou]y$", verb) else verb
        forms |= dict.fromkeys(
            (verb, y + ("es" if y != verb else "s"), verb + "es", stem + "ing", doubled + "ing"), verb
        )
        forms |= dict.fromkeys(((y if y != verb else doubled).removesuffix("e") + "ed", stem + "ed"), verb)
    return forms


_FORMS = _forms()
_LINK = (
    r"(?: (?:[a-z]+ly|just|only|further|back|again|even|another|a further|as much as|a total of|a combined|"
    r"an? (?:average|estimated|additional|record|extra)(?: of)?|the (?:daily )?limit of|by|to|from|at|a close of|"
    r"a (?:record )?(?:high|low|peak) of|end at|close at|finish at|settle at)){0,4} $"
)
_WORD = re.compile(r"(?<![\w'’-])[A-Za-z]+(?=[ ])")
_DIRECTLY = re.compile(_LINK)
# Between a verb and "by", "from" or "to" stand its object and when or where it moved, without a comma or a number.
_BEHIND_OBJECT = re.compile(
    rf"(?P<object>(?: [^\W\d][\w'’&.-]*){{1,8}}?(?: of [\d,.]*\d(?: [mb]illion)?)?)(?P<link> (?:by|from|to){_LINK})"
)
_LEAD = re.compile(r"(?P<lead>[\w'’.&-]+)(?P<stop>[,;:]? [(]?|[(])$")
# "a 5 percent year-on-year rise", "an increase in sales of 40%", "the drop from 9% to 5%".
_RISES, _FALLS = _LISTS["nouns of rise"], _LISTS["nouns of fall"]
_NOUN = rf"(?P<noun>{'|'.join(sorted(_RISES | _FALLS, key=len, reverse=True))})s?"
_NOUN_BEHIND = re.compile(
    rf"[ -](?:(?!of |in |to |and |or |per )[a-z-]+ ){{0,3}}?{_NOUN}\b(?!-)(?! margin| rates?\b| tax)"
)
_NOUN_BEFORE = re.compile(
    rf"\b(?:(?:a|an|the|another|any|its|their|[a-z]+['’]s)(?: [\w-]+){{0,4}}?|[a-z]+ly|an?\b) {_NOUN}"
    rf"(?: (?:in|of|for|on)(?: (?!of |to |by |from )[\w'’.-]+){{1,6}})?(?P<link> (?:of|by|from|to){_LINK})"
)
_COMPARED = re.compile(r" (?P<way>fewer|less|more|cheaper|smaller|larger|bigger)\b(?! or\b)", re.I)
_WAYS = {"up": "up", "higher": "up", "down": "down", "lower": "down"}
_BEHIND = re.compile(r" (?P<way>higher|lower|up|down)\b(?! (?:to|from|than)\b)", re.I)
# From an amount to the level that it led to: "rose 6.5% to 164p", "up 0.1% at 5,884", "gained 2% to end at 27,349".
_LED_TO = re.compile(
    r"(?:[^.;\n]|\.(?=\d)){0,30}?[ ,](?:to|at)(?: (?:end|close|finish|settle|stand|trade|rise|fall|drop)s?(?: at| on| to)?|"
    r" a (?:close|record|high|low|peak)(?: (?:high|low|close))? of)? ?$"
)
_TO_HERE = re.compile(r"(?:[^.;,\n]|\.(?=\d)){0,40}?[ ,-]to (?:just |about |only |around |nearly )?$")
_OR_RATHER = re.compile(r"[a-z ]{0,20},? or (?:about |around |nearly |roughly )?$")
_FROM_HERE = re.compile(r"(?:[^.;\n]|\.(?=\d)){0,40}?[ ,]from (?:just |about |only |around |nearly |an? [a-z]+ )?$")
_PREPOSITION = re.compile(r" (?:by|from|to) ")
_LOOK_BACK = 72
_SENTENCE = re.compile(r".*(?:[.!?;][\"”’)]? (?=[A-Z\"“])|\n)", re.S)


def change_of(
    annotated: Annotated, whole: Span, measured: tuple[str | None, str | None, int], before: Sequence[Figure]
) -> Change | None:
    """How the figure at `whole` (with its bound words) moved; None where no word says so.

    `measured` is its unit, its noun, and where their words end; `before` the figures of the document read so far.
    """
    code, noun, end = measured
    text = annotated.text
    unit = None if code is None or code.startswith("/") else code.partition("/")[0]
    window = text[max(0, whole.start - _LOOK_BACK) : whole.start]
    if (cut := _SENTENCE.match(window)) is not None:
        window = window[cut.end() :]
    measure = unit or (noun if noun in _SCALAR else None)
    found = (
        _by_verb(window, measure)
        or _by_particle(annotated, window, whole.start, measure)
        or _chained(text, whole, before)
        or _by_verb_apart(annotated, window, whole.start, measure)
    )
    if found is None and measure and (way := _BEHIND.match(text, end)):
        return "up" if way["way"].lower() in {"higher", "up"} else "down"
    return found or (change_by_noun(text, window, measure, end) if measure and measure not in TIME_UNITS else None)


def change_by_noun(text: str, window: str, measure: str, end: int) -> Change | None:
    """Which way by a noun of rise or fall behind the amount or before it (in `window`), of shares by a comparative."""
    if behind := _NOUN_BEHIND.match(text, end):
        return None if _money(measure) else "up" if behind["noun"] in _RISES else "down"
    if measure == "%" and (compared := _COMPARED.match(text, end)):
        return "up" if compared["way"].lower() in {"more", "larger", "bigger"} else "down"
    before = _NOUN_BEFORE.search(window)
    if before is None or (_money(measure) and before["noun"] in {"loss", "gain"}):
        return None
    return _with_preposition("up" if before["noun"] in _RISES else "down", before["link"])


def _money(measure: str) -> bool:
    return len(measure) == 3 and measure.isupper()


def _way(verb: str) -> str | None:
    return "up" if verb in _UP else "down" if verb in _DOWN else None


def _with_preposition(way: str, link: str) -> Change:
    """ "rose" by an amount, "rose to" and "rose from" a level."""
    words = link.split()
    if "from" in words:
        return "up from" if way == "up" else "down from"
    if {"to", "at"} & set(words):
        return "up to" if way == "up" else "down to"
    return "up" if way == "up" else "down"


def _right_before(window: str, words: Mapping[str, str]) -> tuple[int, str, str] | None:
    """The last of the words in the window from which nothing but linking words leads to its end: where, which, link."""
    for match in reversed(list(_WORD.finditer(window))):
        if (word := match[0].lower()) in words and (link := _DIRECTLY.fullmatch(window, match.end())):
            return match.start(), word, link[0]
    return None


def _by_verb(window: str, measure: str | None) -> Change | None:
    """A verb right before its amount or level."""
    found = _right_before(window, _FORMS)
    way = _way(_FORMS[found[1]]) if found else None
    if found is None or way is None or " at " in found[2]:
        return None
    verb, link = _FORMS[found[1]], found[2]
    change = _with_preposition(way, link)
    if change in {"up", "down"} and " by " not in link:
        if measure is None or measure in TIME_UNITS or (verb in _TRANSITIVE and verb not in _INTRANSITIVE):
            return None
        if verb in _NO_MONEY and _money(measure):
            return None
    return change


def _by_particle(annotated: Annotated, window: str, start: int, measure: str | None) -> Change | None:
    """ "up", "down", "higher" or "lower" right before an amount or level, unless it belongs to its verb ("make up")."""
    found = _right_before(window, _WAYS)
    if found is None:
        return None
    at, word, link = found
    change = _with_preposition(_WAYS[word], link)
    before = _LEAD.search(window, 0, at)
    if before and not before["stop"].strip():
        lead, offset = before["lead"].lower(), start - len(window)
        tags = {annotated.tokens[i].upos for i in annotated.tokens_in(Span(offset + before.start(), offset + at - 1))}
        verbal = "VERB" in tags or not any(tags)
        if verbal and lead not in _DIRECTED and lead not in _FORMS:
            return None
        if measure is None and _FORMS.get(lead) == "come":  # "it came down to five votes"
            return None
    return None if measure is None and change in {"up", "down"} else change


def _chained(text: str, whole: Span, before: Sequence[Figure]) -> Change | None:
    """The levels that follow a change already read: "rose 6.5% to 164p", "fell from $2,415 to $2,315"."""
    if not before or before[-1].change is None or whole.start - before[-1].span.end > 70:
        return None
    between, last = text[before[-1].span.end : whole.start], before[-1].change
    way = last.partition(" ")[0]
    if _OR_RATHER.match(between):  # "lost 190 points, or 0.6%"
        return last
    if " from" in last or last in {"up", "down"}:
        pattern = _TO_HERE if " from" in last else _LED_TO
        if pattern.match(between):
            return "up to" if way == "up" else "down to"
    if " from" not in last and _FROM_HERE.match(between):
        return "up from" if way == "up" else "down from"
    return None


def _by_verb_apart(annotated: Annotated, window: str, start: int, measure: str | None) -> Change | None:
    """A verb whose amount or levels stand behind its object: "cut its emissions last year by 30 per cent"."""
    if not _PREPOSITION.search(window, max(0, len(window) - 32)):
        return None
    for match in reversed(list(_WORD.finditer(window))):
        verb = _FORMS.get(match[0].lower(), "")
        way = _way(verb)
        behind = _BEHIND_OBJECT.fullmatch(window, match.end()) if way else None
        if way is None or behind is None or (verb not in _TRANSITIVE and (measure is None or verb in _NO_MONEY)):
            continue
        offset = start - len(window)
        between = annotated.tokens_in(Span(offset + behind.start("object"), offset + behind.end("object")))
        if not any(annotated.tokens[i].upos == "VERB" for i in between):
            return _with_preposition(way, behind["link"])
    return None

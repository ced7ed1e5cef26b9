"""Which way a clause points in time, from Penn tags and the tree; from the look of the words where they are
missing."""

from __future__ import annotations

import re

from onrecord.reader.annotated import Annotated, Token
from onrecord.records import Span

__all__ = ["direction", "is_finite", "is_generic"]

_AHEAD_WORDS = frozenset(
    [
        "expected",
        "scheduled",
        "due",
        "planned",
        "plans",
        "plan",
        "planning",
        "slated",
        "payable",
        "expire",
        "expires",
        "upcoming",
        "intends",
        "intend",
        "hopes",
        "expects",
        "aims",
        "ready",
        "deadline",
        "effective",
        "projected",
        "slates",
    ]
)
_WILL = frozenset({"will", "'ll", "’ll", "wo", "shall", "would", "may", "should", "must"})
_CAN = frozenset({"can", "could", "might"})
_NEGATIONS = frozenset({"not", "n't", "n’t", "neither", "nor", "never", "nobody", "none", "no"})
_PUT_OFF = frozenset(
    {"postponed", "delayed", "deferred", "rescheduled", "adjourned", "off", "moved", "pushed", "extended"}
)
_AS_FAR_AS = {"soon": 2, "early": 2, "recently": -2, "late": -2}
_CLOCK_WORDS = frozenset(
    "a.m. p.m. am pm o'clock noon midnight est edt cst cdt mst mdt pst pdt gmt utc et pt early late".split()
)
# "Failed to win Friday" is past: these verbs say that what follows "to" happened or did not.
_IMPLICATIVE = frozenset(
    [
        "begin",
        "start",
        "fail",
        "manage",
        "try",
        "refuse",
        "decline",
        "continue",
        "cease",
        "help",
        "come",
        "go",
        "have",
        "seem",
        "appear",
        "use",
        "get",
        "happen",
        "rush",
        "move",
    ]
)
_PLANNING = frozenset({"plan", "schedule", "intend", "expect", "slate"})
_SAYING = frozenset({"say", "tell", "report", "add", "note", "write", "announce"})
_BE_NOW = frozenset({"is", "are", "'s", "’s", "'re", "’re", "am", "'m", "’m"})
_VERB_TAGS = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "MD"})
# How far (in words and characters) the look of the words is searched where there are no tags.
_REACH, _REACH_CHARACTERS = 10, 90


def direction(annotated: Annotated, span: Span) -> int:
    """-1 past, 1 future, 0 not told; -2 and 2 where the word before the expression says it outright ("ended Sept.
    30").

    By the verb that the expression hangs on, or else by the verbs around it.
    """
    tokens = annotated.tokens_in(span)
    if not tokens or not annotated.tokens[tokens[0]].tag:
        return _by_words(annotated.text, span)
    if annotated.text.startswith(("'s", "’s"), span.end):
        return 0  # "Tuesday's ruling": the verb is that of another thing
    return _by_neighbour(annotated, tokens) or _by_tree(annotated, tokens) or _by_words(annotated.text, span)


def _by_neighbour(annotated: Annotated, tokens: range) -> int:
    """The verb right before the expression, as in "said on Friday": parsers go wrong here more often than tags do."""
    index = _before_clock(annotated, tokens[0]) - 1
    if index < 0:
        return 0
    token = annotated.tokens[index]
    if token.text.lower() == "since":
        return -2
    if token.text.lower() in ("until", "till"):
        # "Until Thursday, they had not called him": what opens the sentence takes the tense of its clause.
        opens = not index or annotated.tokens[index - 1].sentence != token.sentence
        return 0 if opens or annotated.tokens[index - 1].text.lower() == "up" else 1
    if token.text.lower() == "as" and index > 1 and annotated.tokens[index - 2].text.lower() == "as":
        return _AS_FAR_AS.get(annotated.tokens[index - 1].text.lower(), 0)
    if token.text.lower() in ("to", "for") and any(
        t.text.lower() in _PUT_OFF for t in annotated.tokens[max(0, index - 3) : index]
    ):
        return 1
    if token.text.lower() in ("on", "in") and index:
        token = annotated.tokens[index - 1]
    if token.text.lower() in ("effective", "payable", "due"):
        return 2
    if token.sentence != annotated.tokens[tokens[0]].sentence or _tag(token) not in ("VBD", "VBN"):
        return 0
    if token.text.lower() == "set" and annotated.text[annotated.tokens[tokens[-1]].span.end :].startswith(" as "):
        return 2  # "has set Nov. 10 as the deadline"
    helper = annotated.tokens[token.index - 1].text.lower() if token.index else ""
    if token.tag == "VBN" and helper in ("be", *_BE_NOW):  # "to be published", "is heard"
        return (-1 if _could_not(annotated, token) else 1) if helper == "be" else 0
    return 2 * _of_verb(annotated, token)


def _before_clock(annotated: Annotated, index: int) -> int:
    """The index of the first token of the time of day that stands before a day: "until 9 a.m. EST Tuesday"."""
    while index and (
        annotated.tokens[index - 1].text.lower() in _CLOCK_WORDS or annotated.tokens[index - 1].text[:1].isdigit()
    ):
        index -= 1
    return index


def _could_not(annotated: Annotated, verb: Token) -> bool:
    """Whether the verb tells what proved impossible: "neither could be located Wednesday", "could not be reached"."""
    words = [
        t.text.lower()
        for t in annotated.tokens[max(0, verb.index - _REACH) : verb.index]
        if t.sentence == verb.sentence
    ]
    return "could" in words[-4:] and not _NEGATIONS.isdisjoint(words)


def _tag(token: Token) -> str:
    """The Penn tag; a past tense that ends in -s is a present one mistagged: "Congress reconvenes Jan. 24"."""
    if token.tag == "VBD" and token.text.endswith("s") and token.text.lower() != "was":
        return "VBZ"
    return token.tag


def _by_tree(annotated: Annotated, tokens: range) -> int:
    token = annotated.tokens[annotated.head_of(tokens)]
    for verb in (token, *annotated.ancestors(token.index)):
        if verb.tag in _VERB_TAGS or verb.text.lower() in _AHEAD_WORDS or annotated.dependents(verb.index, "cop"):
            told = _of_verb(annotated, verb)
            if told:
                return told
            if (
                verb.index == token.head
                and _tag(verb) in ("VBZ", "VBP")
                and verb.lemma.lower() not in _SAYING
                and (
                    # A headline's verb is not that of the line below it.
                    "\n"
                    not in annotated.text[
                        min(verb.span.start, token.span.start) : max(verb.span.start, token.span.start)
                    ]
                )
            ):
                return 1  # "The two meet Monday"
    return 0


def _of_verb(annotated: Annotated, verb: Token) -> int:
    helpers = annotated.dependents(verb.index, "aux", "cop")
    words = {h.text.lower() for h in helpers}
    tags = {h.tag for h in helpers}
    follower = annotated.tokens[verb.index + 1].text.lower() if verb.index + 1 < len(annotated.tokens) else ""
    if verb.text.lower() == "set" and follower in ("to", "for"):
        return 1
    if verb.lemma.lower() in _PLANNING or (verb.text.lower() in _AHEAD_WORDS and verb.tag != "VBD"):
        return 1
    if words & _WILL:
        return 1
    if words & _CAN:
        return -_could_not(annotated, verb)
    if "TO" in {d.tag for d in annotated.dependents(verb.index, "mark", "aux")}:
        governor = annotated.tokens[verb.head]
        purpose = verb.relation.startswith("advcl")
        return 0 if purpose or governor.lemma.lower() in _IMPLICATIVE else 1
    if "be" in words:  # "is to be held", whatever the parser made of its "to"
        return 1
    if "VBD" in tags or _tag(verb) in ("VBD", "VBN"):
        return -1
    if verb.tag == "VBG" and words & _BE_NOW:
        return 1
    return 0


_WORD = re.compile(r"[A-Za-z]+|['’]ll|[.!?](?=\s)|\n\s*\n")
_PAST_WORDS = frozenset(
    [
        "was",
        "were",
        "had",
        "did",
        "said",
        "told",
        "met",
        "began",
        "fell",
        "rose",
        "took",
        "went",
        "came",
        "made",
        "became",
        "held",
        "gave",
        "got",
        "saw",
        "sent",
        "won",
        "lost",
        "left",
        "found",
        "grew",
        "sold",
        "bought",
        "spoke",
        "died",
        "wrote",
        "ran",
        "hit",
        "stood",
        "shot",
        "drew",
        "fled",
        "flew",
        "broke",
        "kept",
        "brought",
        "spent",
        "struck",
    ]
)
_NOT_PAST = frozenset({"united", "hundred", "indeed", "speed"})


def _cue(word: str) -> int:
    lower = word.lower()
    if word == "May":
        return 0
    if lower in _WILL or lower in _CAN or lower in _AHEAD_WORDS:
        return 1
    if lower in _PAST_WORDS or (lower.endswith("ed") and len(lower) > 4 and lower not in _NOT_PAST):
        return -1
    return 0


def _by_words(text: str, span: Span) -> int:
    """The nearest word with a tense: the words before the expression, then those after it."""
    before: list[str] = []
    for match in _WORD.finditer(text, max(0, span.start - _REACH_CHARACTERS), span.start):
        word = match.group()
        if word[0].isalpha() or word[0] in "'’":
            before.append(word)
        elif word[0] == "\n" or (before and len(before[-1]) > 4):  # the dot of an abbreviation ends no sentence
            before.clear()
    for back, word in enumerate(reversed(before[-_REACH:])):
        told = _cue(word)
        if word.lower() == "to" and 0 < back < 4:
            following = before[len(before) - back]
            told = int(
                following.islower()
                and len(following) > 1
                and _cue(following) == 0
                and following not in ("the", "a", "an")
            )
        if told:
            return told
    for count, match in enumerate(_WORD.finditer(text, span.end, span.end + _REACH_CHARACTERS)):
        word = match.group()
        if count > _REACH or not (word[0].isalpha() or word[0] in "'’"):
            break
        if _cue(word):
            return _cue(word)
    return 0


def is_generic(annotated: Annotated, span: Span) -> bool:
    """Whether "today" here means "these days": it modifies a plain present-tense verb that tells what many do.

    "Today I can confirm", "the court today ruled", "today is the last day", "Apple today launches" speak of one day;
    "Today, about 100,000 people worship" does not. Without tags a day is meant.
    """
    tokens = annotated.tokens_in(span)
    if not tokens or not annotated.tokens[tokens[0]].tag:
        return False
    today = annotated.tokens[tokens[0]]
    verb = annotated.tokens[today.head]
    if today.head == today.index or today.relation.startswith(("nsubj", "nmod", "compound")):
        return False
    if verb.tag != "VBP" or annotated.dependents(verb.index, "aux"):
        return False
    subjects = annotated.dependents(verb.index, "nsubj")
    return bool(subjects) and subjects[0].tag in ("NNS", "NNPS", "DT", "CD", "JJ", "NN")


def is_finite(annotated: Annotated, span: Span) -> bool:
    """Whether a word was tagged as a finite verb."""
    tokens = annotated.tokens_in(span)
    return bool(tokens) and annotated.tokens[tokens[0]].tag in ("VBD", "VBZ", "VBP", "MD")

"""What a speaker does with the words: say, confirm, deny, warn, demand, promise, predict, judge, ask, thank …

The cue decides first (`data/acts.txt`); a cue that only reports ("said", "tweeted", none at all) leaves it to the form
of the content: an order, a plan of one's own, a forecast, an opinion, a question; and then to the source: what a study,
a newspaper or an authority is quoted for is a report.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final, get_args

from onrecord.reader.annotated import Annotated, Token
from onrecord.reader.clauses import is_negated
from onrecord.reader.statements.contentforms import act_of_content, content_head, is_denial
from onrecord.reader.wordlists import sections
from onrecord.records import Act

__all__ = ["act_of", "act_of_cue", "is_document", "is_institution"]

_WORDS: Final = sections("acts")
_ACTS: Final[tuple[Act, ...]] = get_args(Act)
_REFUSALS: Final = _WORDS["refusals"]
_YIELDING: Final[tuple[Act, ...]] = ("report", "say")
_LONGEST: Final = 4
_NEGATIONS: Final = frozenset({"not", "n't", "n’t", "never", "no", "neither", "nor", "nobody", "none", "without"})
_DECISIVE: Final = frozenset({"confirm", "deny", "warn", "thank", "judge", "think", "predict"})
_ENDINGS: Final = (("ied", "y"), ("ies", "y"), ("ed", ""), ("d", ""), ("es", ""), ("s", ""), ("ing", ""), ("ing", "e"))
_IRREGULAR: Final = {
    "told": "tell",
    "said": "say",
    "wrote": "write",
    "thought": "think",
    "felt": "feel",
    "found": "find",
}
_MOVING: Final = frozenset({"tell", "remind", "signal", "persuade", "convince"})  # somebody to do something
_WISHING: Final = frozenset({"want", "wish", "like"})
_TOLD: Final[tuple[Act, ...]] = ("say", "confirm", "deny", "report")
_SKIPPED: Final = frozenset({"DET", "AUX", "PUNCT", "PRON"})


def act_of(
    annotated: Annotated, cue: Sequence[int], content: Sequence[int], source: Sequence[int] = ()
) -> tuple[Act, bool]:
    """The act of a statement, and whether it is negated ("did not confirm", "declined to say").

    `cue`, `content` and `source` are token indices in text order; `cue` and `source` may be empty (a quotation that
    goes on, a passive). Raises ValueError for an empty `content`.
    """
    if not content:
        raise ValueError("a statement has content")
    act, phrase = act_of_cue(annotated, cue)
    head = content_head(annotated, content)
    refused = _listed().get(annotated.tokens[head].lemma) if phrase in _REFUSALS else None
    if refused is not None and refused in _TOLD:
        return refused, True  # "declined" + "to comment on it"
    negated = _negated(annotated, cue)
    form = _choose(annotated, act, phrase, (head, content, source))
    return form, negated


def act_of_cue(annotated: Annotated, cue: Sequence[int]) -> tuple[Act, str]:
    """The act that the cue's words report and the phrase that decided; ("say", "") for no cue or an unknown one.

    A word for a particular act outweighs one that only reports ("warned in a statement"), the last of them the earlier
    ("went on to warn"), the longer phrase the shorter. A refusal ("declined to confirm") gives way to the act refused.
    """
    best: tuple[tuple[int, int, int], str] | None = None
    for place, words, aside in _phrases(annotated, cue):
        for size in range(min(_LONGEST, len(words)), 0, -1):
            phrase = " ".join(words[:size])
            act = _listed().get(phrase)
            if act is not None:
                weight = 0 if phrase in _REFUSALS else 1 if act in _YIELDING or (aside and size == 1) else 2
                rank = (weight, place + size, size)
                if best is None or rank >= best[0]:
                    best = rank, phrase
                break
    return ("say", "") if best is None else (_listed()[best[1]], best[1])


@cache
def _listed() -> dict[str, Act]:
    """Phrase → act. Of a phrase in two sections the first counts, but `say` and `report` yield to the others."""
    listed: dict[str, Act] = {}
    for act in _YIELDING + tuple(a for a in _ACTS if a not in _YIELDING):
        for phrase in _WORDS[act]:
            if listed.get(phrase) in (None, *_YIELDING):
                listed[phrase] = act
    return listed


def _phrases(annotated: Annotated, cue: Sequence[int]) -> Iterator[tuple[int, list[str], bool]]:
    """Runs of lemmas that start at each word of the cue, function words between left out, the following word let in.

    A cue is often marked without its preposition ("called" for "called on"). Each comes with its place in the cue and
    whether it is a mere circumstance there ("in response to a question").
    """
    tokens = annotated.tokens
    words = [tokens[i] for i in cue if tokens[i].upos not in _SKIPPED and tokens[i].relation != "advmod"]
    words = words or [tokens[i] for i in cue]
    lemmas = [_lemma(t) for t in words]
    if cue and cue[-1] + 1 < len(tokens) and tokens[cue[-1] + 1].upos in ("ADP", "SCONJ", "PART"):
        lemmas.append(tokens[cue[-1] + 1].lemma.lower())
    be = ["be"] if any(tokens[i].lemma == "be" for i in cue) else []
    for place, word in enumerate(words):
        aside = word.upos == "NOUN" and word.relation.startswith("obl")
        yield place, lemmas[place:], aside
        if be:
            yield place, be + lemmas[place:], aside
        for child in annotated.dependents(word.index, "obl", "xcomp", "nmod"):
            for case in annotated.dependents(child.index, "case", "mark"):
                if case.lemma in ("on", "upon", "for", "to", "of", "as", "with"):
                    yield place, [lemmas[place], case.lemma], aside


@cache
def _first_words() -> frozenset[str]:
    return frozenset(phrase.partition(" ")[0] for phrase in _listed())


def _lemma(token: Token) -> str:
    """The lemma, or where no act has it a regular one of the form that has: lemmas of rare verbs are learned, and wrong
    for some ("warn" → "war", "told" → "to")."""
    lemma, form = token.lemma.lower(), token.text.lower()
    if lemma in _first_words() or token.upos not in ("VERB", "NOUN"):
        return lemma
    stems = [form, *(form[: -len(end)] + new for end, new in _ENDINGS if form.endswith(end)), _IRREGULAR.get(form, "")]
    return next((s for s in stems if s in _first_words()), lemma)


def _negated(annotated: Annotated, cue: Sequence[int]) -> bool:
    tokens = annotated.tokens
    words = [tokens[i] for i in cue]
    if any(t.text.lower() in _NEGATIONS for t in words):
        return not any(t.text.lower() == "only" for t in words)
    refused = next((i for i, t in enumerate(words) if t.lemma in _REFUSALS), None)
    if refused is not None:
        return any(t.lemma in _listed() and t.lemma not in _REFUSALS for t in words[refused + 1 :])
    governing = annotated.head_of(cue) if cue else None
    if governing is None:
        return False
    head = tokens[governing]
    above = tokens[head.head]
    if head.relation.startswith("xcomp") and above.lemma in _REFUSALS:
        return True
    return head.upos == "VERB" and is_negated(annotated, governing)


def _choose(annotated: Annotated, act: Act, phrase: str, parts: tuple[int, Sequence[int], Sequence[int]]) -> Act:
    head, content, source = parts
    token = annotated.tokens[head]
    first = annotated.tokens[content[0]].lemma.lower()
    to_do = first in ("to", "for") or any(t.lemma == "to" for t in annotated.dependents(head, "mark"))
    if act == "ask":
        asked = phrase != "ask" or _asks(annotated, content)
        return "ask" if asked else "demand" if to_do or token.tag == "VB" or token.upos in ("NOUN", "PROPN") else "ask"
    if act == "demand":
        if phrase == "call" and not (to_do or token.tag == "VB"):
            return "judge"
        return act
    if phrase in _MOVING and to_do:
        return "demand"
    if phrase in _WISHING and to_do:
        of_another = annotated.dependents(head, "nsubj") or annotated.tokens[content[0]].upos == "PRON"
        return "demand" if of_another else act
    if act == "promise" and phrase in ("propose", "agree", "offer", "decide", "resolve", "suggest"):
        return _of_undertaking(annotated, phrase, head)
    if act in _DECISIVE or act == "promise":
        return act
    if phrase in _FOUND and is_document(annotated, source):
        return "report"
    formed = act_of_content(annotated, content, source, phrase)
    if phrase == "suggest" and token.tag == "VBG":
        return "demand"
    if formed == "predict" and phrase == "announce":
        return "promise"  # "announced that the state would pay": what is announced is decided
    if formed is not None:
        return formed
    if act == "say" and phrase in _WORDS["assert"] and is_denial(annotated, head):
        return "deny"
    return _by_source(annotated, act, phrase, source)


def _asks(annotated: Annotated, content: Sequence[int]) -> bool:
    first = annotated.tokens[content[0]]
    return (
        any(annotated.tokens[i].text == "?" for i in content[-2:])
        or first.lemma.lower() in ("whether", "if", "about")
        or first.tag in ("WRB", "WP", "WDT", "WP$")
    )


def _of_undertaking(annotated: Annotated, phrase: str, head: int) -> Act:
    """Verbs that undertake with an infinitive or a noun, and propose or state with a that-clause."""
    token = annotated.tokens[head]
    helpers = {t.text.lower() for t in annotated.dependents(head, "aux")}
    if phrase in ("propose", "suggest") and (
        helpers & {"should", "must"} or (token.tag == "VB" and "to" not in helpers)
    ):
        to = any(t.lemma == "to" for t in annotated.dependents(head, "mark"))
        return "promise" if to else "demand"
    if phrase == "agree" and token.tag in ("VBD", "VBZ", "VBP"):
        return "say"
    return "promise"


def _by_source(annotated: Annotated, act: Act, phrase: str, source: Sequence[int]) -> Act:
    if is_document(annotated, source):
        return "report"
    if act == "report":
        return "report" if not source or not _is_person(annotated, source) or phrase in _FOUND else "say"
    if phrase in ("according to", "accord to", "per", "report") and is_institution(annotated, source):
        return "report"
    return act


# In the name of a body: it finds things out, and what it says is a finding.
_FINDERS: Final = frozenset(
    {"analytics", "census", "cybersecurity", "forecasting", "forensic", "geological", "hydrological", "meteorological"}
    | {"monitor", "monitoring", "observatory", "polling", "research", "seismological", "statistical", "statistics"}
    | {"statistic", "survey", "weather"}
)
_PEOPLE_TOO: Final = frozenset({"source", "observer", "guardian", "independent"})
_FOUND: Final = frozenset(
    {"find", "discover", "determine", "establish", "uncover", "detect", "document", "finding", "prove", "diagnose"}
)


def is_document(annotated: Annotated, source: Sequence[int]) -> bool:
    """Whether the source is a document, a study or a medium, or nameless researchers who speak for one."""
    if not source:
        return False
    head = annotated.tokens[annotated.head_of(source)]
    if head.lemma.lower() in _WORDS["investigators"]:
        return head.tag == "NNS" and not any(annotated.tokens[i].upos == "PROPN" for i in source)
    if head.upos == "NOUN" and head.lemma.lower() in _WORDS["documents"] and head.lemma.lower() not in _PEOPLE_TOO:
        return True
    if _is_person(annotated, source):
        return False
    name = itertools.takewhile(lambda i: annotated.tokens[i].upos != "PUNCT", source)
    if any(annotated.tokens[i].lemma.lower() in _FINDERS for i in name):
        return True
    return any(w in _WORDS["documents"] for w in _head_words(annotated, head))


def is_institution(annotated: Annotated, source: Sequence[int]) -> bool:
    """Whether the source is a body (ministry, police, agency, company) and not a person who speaks for one."""
    if not source:
        return False
    head = annotated.tokens[annotated.head_of(source)]
    guess = annotated.mention_at.get(head.index)
    if guess is not None:
        return guess.type in ("organisation", "organization")
    return any(w in _WORDS["institutions"] for w in _head_words(annotated, head))


def _head_words(annotated: Annotated, head: Token) -> list[str]:
    """The head of a noun phrase and, in a name, the other words of the name."""
    words = [head.lemma.lower(), head.text.lower()]
    if head.upos == "PROPN":
        words += [t.lemma.lower() for t in annotated.dependents(head.index, "flat", "compound") if t.upos == "PROPN"]
    return words


def _is_person(annotated: Annotated, source: Sequence[int]) -> bool:
    """Whether the phrase is headed by a person, as the mention head or a pronoun says."""
    head = annotated.head_of(source)
    guess = annotated.mention_at.get(head)
    if guess is not None:
        return guess.type == "person"
    return annotated.tokens[head].lemma.lower() in ("he", "she", "i", "we", "they", "you")

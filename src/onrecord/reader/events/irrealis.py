"""Signs around one clause that what it says did not come about, or is only asked, supposed or rumoured.

Leaves of the reading of firmness: each looks at a word, its near neighbours and the words its clause opens with, and
knows nothing of what governs the clause.
"""

from __future__ import annotations

import re
from typing import Final

from onrecord.reader.annotated import Annotated, Token
from onrecord.reader.clauses import has_to, is_conditional, is_negated, subject_of
from onrecord.reader.wordlists import sections

__all__ = [
    "brings_about",
    "ends_at",
    "equated",
    "is_asked",
    "is_background",
    "is_definite",
    "is_denied_object",
    "is_far_from",
    "is_forbidding",
    "is_foreseen",
    "is_hearsay",
    "is_negative",
    "is_presupposed",
    "is_proposal",
    "is_quoted_order",
    "is_requisite",
    "is_ruled_out",
    "is_said_to_be_false",
    "is_subjunctive",
    "is_supposed",
    "is_unreal",
    "taken_for",
]

_WORDS: Final = sections("firmness")
_FALSEHOODS: Final = _WORDS["falsehoods"]
_PROPOSALS: Final = _WORDS["planned nouns"] | _WORDS["proposals"]
_HEARSAY: Final = _WORDS["possible adverbs"]
_FORESEEING: Final = _WORDS["expected governors"] | {"believe", "think", "fear", "suspect", "reckon", "hope", "bet"}
_NEARLY: Final = frozenset({"almost", "nearly"})
_RUMOURS: Final = frozenset({"report", "rumour", "rumor", "claim", "allegation"})
_RULES: Final = frozenset(
    {
        "law",
        "rule",
        "regulation",
        "order",
        "ruling",
        "constitution",
        "treaty",
        "agreement",
        "act",
        "bill",
        "policy",
        "code",
    }
)
_DEGREES: Final = frozenset(
    {"double", "triple", "treble", "quadruple", "halve", "complete", "finish", "empty", "match"}
)
_INVERTED: Final = frozenset({"should", "had", "were"})
_PROVISO: Final = re.compile(
    r"\b(?:(?:as|so) long as|provid(?:ed|ing) (?!for\b|by\b)|assuming\b|supposing\b|in case(?! of)\b|(?:on|under the)"
    r" condition that)"
)
_PLAIN_TENSES: Final = frozenset({"VBD", "VBN", "VB", "VBP"})  # "hit" and "cut" look the same in all of them


def is_negative(annotated: Annotated, index: int) -> bool:
    """Whether a word is negated in its own clause, also by "no longer", "neither side" and "none of the …"."""
    if is_negated(annotated, index):
        return True
    for child in annotated.below[index]:
        if child.relation.startswith("advmod"):
            if child.text.lower() == "longer" and any(t.text.lower() == "no" for t in _before(annotated, child)):
                return True
        elif child.relation.startswith("nsubj"):
            if child.text.lower() in ("none", "neither"):
                return True
            if any(t.text.lower() == "neither" for t in annotated.below[child.index]):
                return True
    return False


def is_unreal(annotated: Annotated, index: int, own: set[str]) -> bool:
    """Whether a plain tense ("almost went bankrupt") or "should have" says what was not done; `own` are the helpers."""
    token = annotated.tokens[index]
    if "have" in own and own & {"should", "ought"} and token.tag in ("VBN", "VBD"):
        return True  # "should have warned"
    if token.tag not in _PLAIN_TENSES or token.lemma in _DEGREES:  # "nearly doubled" is a figure, and did happen
        return False
    return any(t.lemma in _NEARLY for t in annotated.below[index] if t.index < index)


def is_forbidding(annotated: Annotated, index: int, own: set[str]) -> bool:
    """ "Do not leave": a negated order, whose helpers are `own`."""
    token = annotated.tokens[index]
    return token.relation == "root" and token.tag == "VB" and own <= {"do"} and not subject_of(annotated, index)


def is_asked(annotated: Annotated, index: int) -> bool:
    """The predicate of a question that may be answered with no: its helper stands before its subject.

    A question with "who" or "when" takes for granted what it asks about, and keeps its tense.
    """
    token = annotated.tokens[index]
    if token.relation not in ("root", "ccomp", "conj"):
        return False
    sentence = annotated.sentences[token.sentence]
    if not any(annotated.tokens[i].text == "?" for i in sentence[-3:]):
        return False
    subject = subject_of(annotated, index)
    if subject is None:
        return False
    helpers = annotated.dependents(index, "aux", "cop")
    if not helpers or helpers[0].index > subject.index:
        return False
    return not any(annotated.tokens[i].tag in ("WP", "WRB", "WDT", "WP$") for i in range(sentence[0], helpers[0].index))


def is_supposed(annotated: Annotated, index: int, own: set[str]) -> bool:
    """In a condition ("if", "provided that", "should talks fail") or in the main clause of one; `own` are its helpers."""
    token = annotated.tokens[index]
    if is_conditional(annotated, index, own) or _is_condition(annotated, token, own):
        return True
    if token.relation == "conj" and not annotated.dependents(index, "mark"):
        first = annotated.tokens[token.head]  # "if talks fail and the truce ends": the mark is said once
        marks = {t.lemma for t in annotated.dependents(first.index, "mark")}
        if marks & {"if", "unless"} and first.relation.startswith("advcl"):
            return True
    for t in annotated.dependents(index, "advcl", "parataxis", "ccomp", "obl"):
        if t.relation.startswith("obl"):
            if t.lemma == "event" and _is_eventuality(annotated, t):
                return True
        elif _is_inverted(annotated, t) or (t.relation == "advcl" and _is_condition(annotated, t)):
            return True
    return token.relation in ("parataxis", "ccomp") and _is_inverted(annotated, annotated.tokens[token.head])


def _is_condition(annotated: Annotated, clause: Token, own: set[str] | None = None) -> bool:
    if clause.relation.startswith("advcl") or (
        clause.relation.startswith(("xcomp", "acl", "ccomp"))
        and annotated.tokens[clause.head].text.lower() in ("provided", "providing")
    ):
        first = _opening(annotated, clause.index)
        start = annotated.sentences[clause.sentence].start
        words = " ".join(t.text.lower() for t in annotated.tokens[max(start, first - 2) : first + 4])
        if _PROVISO.search(words):
            return True
    return (own is None or bool(own & _INVERTED)) and _is_inverted(annotated, clause)


def _is_inverted(annotated: Annotated, clause: Token) -> bool:
    """ "Should talks fail, …", "Had the brakes worked, …", "Were the border to close, …"."""
    helpers = annotated.dependents(clause.index, "aux", "cop")
    if not helpers or (first := helpers[0].text.lower()) not in _INVERTED:
        return False
    subject = subject_of(annotated, clause.index)
    if subject is None or helpers[0].index > subject.index:
        return False
    if annotated.dependents(clause.index, "mark") and not has_to(annotated, clause.index):
        return False
    if first == "had" and clause.tag not in ("VBN", "VBD"):
        return False
    sentence = annotated.sentences[clause.sentence]
    if clause.relation == "advcl":
        return True  # "… had he not fled"
    opens = helpers[0].index == sentence[0] or annotated.tokens[helpers[0].index - 1].text in ",;“\"'‘—–-"
    return opens and not any(annotated.tokens[i].text == "?" for i in sentence[-3:])


def _is_eventuality(annotated: Annotated, noun: Token) -> bool:
    """ "in the event of an attack", "in the event that"."""
    case = [t.lemma for t in annotated.dependents(noun.index, "case")]
    return "in" in case and bool(annotated.dependents(noun.index, "nmod", "acl"))


def is_hearsay(annotated: Annotated, index: int) -> bool:
    """Whether the clause is said on nobody's word: "reportedly", "according to unconfirmed reports".

    Adverbs are compared as written, too: the lemmas of rare ones are not to be relied on.
    """
    for child in annotated.below[index]:
        if child.relation == "advmod":
            if child.lemma in _HEARSAY or child.text.lower() in _HEARSAY:
                return True
        elif child.lemma in _RUMOURS and child.upos == "NOUN" and child.relation.startswith(("obl", "parataxis")):
            vague = {t.text.lower() for t in annotated.dependents(child.index, "amod")} & _WORDS["possible modifiers"]
            according = any(t.lemma in ("accord", "according") for t in annotated.dependents(child.index, "case"))
            if according and (vague or child.lemma != "report"):
                return True
    return False


def is_said_to_be_false(annotated: Annotated, noun: Token) -> bool:
    """ "the claim was false", "called the ambush a hoax", "dismissed the plot as fiction"."""
    governor = annotated.tokens[noun.head]
    if governor.index == noun.index:
        return False
    if noun.relation.startswith("nsubj") and governor.lemma.lower() in _FALSEHOODS:
        return not is_negated(annotated, governor.index)
    if not noun.relation.startswith(("obj", "nsubj")) or governor.upos != "VERB":
        return False
    called = (t.lemma.lower() for t in annotated.dependents(governor.index, "xcomp", "obl", "obj", "advcl"))
    return any(lemma in _FALSEHOODS for lemma in called) and not is_negated(annotated, governor.index)


def is_far_from(annotated: Annotated, token: Token) -> bool:
    """ "Far from easing, the violence worsened"."""
    return any(
        t.lemma == "from" and t.index and annotated.tokens[t.index - 1].lemma.lower() == "far"
        for t in annotated.dependents(token.index, "mark", "case")
    )


def is_quoted_order(annotated: Annotated, token: Token, governor: Token) -> bool:
    """ "Drop your weapons," the officer shouted: an imperative before its reporting verb."""
    return token.index < governor.index and not subject_of(annotated, token.index)


def is_foreseen(annotated: Annotated, token: Token) -> bool:
    """What others think will be done is expected, whoever is to do it ("believes that the rebels will regroup")."""
    governor = annotated.tokens[token.head]
    return token.relation.startswith("ccomp") and governor.lemma in _FORESEEING


def is_subjunctive(annotated: Annotated, token: Token) -> bool:
    """ "that he step aside", "that the trial be postponed": a verb without -s, or a bare "be", under a single subject."""
    helpers = annotated.dependents(token.index, "aux", "cop")
    first = helpers[0] if helpers else token
    if first.tag == "MD" or has_to(annotated, token.index):
        return False
    if first.text.lower() == "be" or first.tag == "VB":
        return True
    subject = subject_of(annotated, token.index)
    return first.tag == "VBP" and subject is not None and subject.tag in ("NN", "NNP") and first.lemma != "be"


def is_presupposed(annotated: Annotated, token: Token, governor: Token) -> bool:
    """Whether the noun is taken for granted, whatever becomes of the verb: what "did not affect" something was there, what
    somebody will condemn has been. An indefinite one is not ("no strike will")."""
    if governor.upos != "VERB" or not is_definite(annotated, token):
        return False
    if token.relation == "nsubj:pass" and any(
        t.relation == "obl:agent" or any(c.lemma == "by" for c in annotated.dependents(t.index, "case"))
        for t in annotated.dependents(governor.index, "obl")
    ):
        return True  # "the attack was not carried out by rebels": by others
    if token.relation.startswith(("obj", "nsubj:pass")):
        return governor.lemma in _WORDS["presupposing verbs"]
    return token.relation == "nsubj" and governor.lemma not in _WORDS["occurring verbs"]


def is_denied_object(annotated: Annotated, token: Token) -> bool:
    """ "ruled out a withdrawal", "denied the alleged attack": the denial outweighs what stands before the noun."""
    governor = annotated.tokens[token.head]
    if not token.relation.startswith(("obj", "nsubj:pass")) or is_negative(annotated, governor.index):
        return False
    if is_ruled_out(annotated, governor):
        return True
    return governor.lemma in ("deny", "dismiss", "reject", "refute", "rebut") and governor.tag in (
        "VBD",
        "VBN",
        "VBZ",
        "VBP",
    )


def is_proposal(annotated: Annotated, noun: Token) -> bool:
    """ "rejected a $3 billion rescue package", "unveiled a plan of 200 million": of something not settled the text gives
    the size; whoever rejects it denies nothing of that."""
    if noun.lemma not in _PROPOSALS or not noun.relation.startswith(("obj", "nsubj:pass")):
        return False
    if annotated.tokens[noun.head].lemma not in _WORDS["proposing verbs"]:
        return False
    sizes = annotated.dependents(noun.index, "compound", "nummod", "nmod", "amod")
    return any(t.tag in ("CD", "$") or t.upos in ("NUM", "SYM") for t in sizes)


def is_requisite(annotated: Annotated, verb: Token) -> bool:
    """ "60 votes are needed to pass", "the 60 needed to pass": what the infinitive says hangs on it."""
    return verb.lemma == "need" and verb.tag in ("VBN", "VBD") and not annotated.dependents(verb.index, "obj")


def brings_about(annotated: Annotated, verb: Token) -> bool:
    """Whether a past verb of force has a thing or a deed for its subject, which asks for nothing ("getting there required
    them to walk"); a law does ask."""
    subject = subject_of(annotated, verb.index)
    if verb.tag != "VBD" or subject is None:
        return False
    thing = subject.tag in ("NN", "NNS") and subject.lemma not in _WORDS["willing subjects"] | _RULES
    return subject.relation.startswith("csubj") or thing


def equated(annotated: Annotated, clause: Token) -> int | None:
    """The figure that a relative clause gives in another measure ("by 2.4 %, which is 118 points"): both are as firm."""
    governor = annotated.tokens[clause.head]
    is_is = any(t.lemma == "be" for t in annotated.dependents(clause.index, "cop"))
    measures = all(t.upos == "NUM" or annotated.dependents(t.index, "nummod") for t in (clause, governor))
    return governor.index if is_is and measures and governor.index != clause.index else None


def taken_for(annotated: Annotated, noun: Token) -> bool:
    """Whether its governor takes the noun with "for", which parsers hang on either ("called for 2,000 troops")."""
    near = annotated.dependents(noun.index, "case")
    if noun.relation.startswith("obj"):
        near += annotated.dependents(noun.head, "compound")
    return any(t.lemma == "for" for t in near)


def ends_at(annotated: Annotated, token: Token) -> bool:
    """ "fell 2 per cent to close at 7,162": an infinitive of the outcome, not of a purpose."""
    if token.lemma not in ("close", "end", "finish", "settle"):
        return False
    around = annotated.dependents(token.index, "obl")
    return any(t.lemma == "at" for o in around for t in annotated.dependents(o.index, "case"))


def is_ruled_out(annotated: Annotated, verb: Token) -> bool:
    """Whether the verb is "rule out", and not "rule"."""
    return verb.lemma == "rule" and any(
        t.lemma == "out" for t in annotated.dependents(verb.index, "compound", "advmod")
    )


def is_definite(annotated: Annotated, token: Token) -> bool:
    return any(
        t.lemma in ("the", "this", "that", "these", "those") or t.relation == "nmod:poss"
        for t in annotated.dependents(token.index)
    )


def is_background(token: Token) -> bool:
    return token.relation.startswith(("advcl", "parataxis")) or token.relation in ("obl:unmarked", "obl:tmod")


def _before(annotated: Annotated, token: Token) -> list[Token]:
    before = annotated.tokens[token.index - 1 : token.index] if token.index else ()
    return [*annotated.dependents(token.index), *before]


def _opening(annotated: Annotated, index: int) -> int:
    """The first word of a clause: of the leftmost chain of its dependents."""
    first = index
    while (below := annotated.below[first]) and below[0].index < first:
        first = below[0].index
    return first

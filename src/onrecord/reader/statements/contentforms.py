"""The act that the content of a statement does by its own form, whatever cue stands before it.

"We will withdraw" promises, "They will lose" predicts, "Stop this war" demands, "I can confirm" confirms, "It is a
disgrace" judges, "he believes" thinks. Only the head clause of the content is looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from onrecord.reader.annotated import Annotated, Token
from onrecord.reader.clauses import has_to, is_going_to, is_negated, subject_of
from onrecord.reader.wordlists import sections
from onrecord.records import Act

__all__ = ["act_of_content", "content_head", "is_denial"]

_WORDS: Final = sections("acts")
_STATES: Final = sections("firmness")["stative verbs"]
_OPINIONS: Final = _WORDS["opinions"]
_UNTRUE: Final = _WORDS["untrue"]
_SELVES: Final = frozenset({"i", "we"})
_OTHERS: Final = frozenset({"he", "she", "they"})
_MINDS: Final = frozenset(
    {"believe", "think", "feel", "hope", "fear", "doubt", "worry", "wish", "suspect", "trust", "regret"}
)
_FORECASTS: Final = frozenset({"expect", "anticipate", "envisage", "envision", "foresee", "predict", "project"})
_FUTURE: Final = frozenset({"will", "shall", "'ll", "’ll", "wo", "ll"})
_SHIFTED: Final = frozenset({"would", "'d", "’d"})
_PERFORMED: Final[dict[str, Act]] = {
    "confirm": "confirm", "deny": "deny", "reject": "deny", "warn": "warn", "demand": "demand", "urge": "demand",
    "call": "demand", "promise": "promise", "pledge": "promise", "vow": "promise", "guarantee": "promise",
    "predict": "predict", "expect": "predict", "condemn": "judge", "denounce": "judge", "applaud": "judge",
    "welcome": "judge", "congratulate": "judge", "thank": "thank", "intend": "promise", "plan": "promise",
    "recommend": "demand", "insist": "demand", "support": "judge", "oppose": "judge", "appeal": "demand",
}  # fmt: skip
_ENDS: Final = frozenset({".", "!", "?"})
_SIDE: Final = frozenset({"if", "unless", "when", "because", "although", "though", "while", "since"})
_MANDATIVE: Final = frozenset(  # with a clause in the subjunctive they demand, else they mostly state
    {"add", "agree", "argue", "ask", "decide", "insist", "maintain", "propose", "say", "stipulate", "suggest"}
)
_SHOULD: Final = frozenset({"must", "should", "ought"})


def content_head(annotated: Annotated, content: Sequence[int]) -> int:
    """The word that the first sentence of the content hangs by; the main clause, where parts of it came loose."""
    sentence = annotated.tokens[content[0]].sentence
    first = [i for i in content if annotated.tokens[i].sentence == sentence]
    end = next((n for n, i in enumerate(first) if n and annotated.tokens[i].text in _ENDS), len(first))
    first = first[: end + 1]  # the sentences of a quotation may have run together
    if all(annotated.tokens[i].upos == "PUNCT" for i in first):
        first = list(content)
    words = [i for i in first if annotated.tokens[i].upos != "PUNCT"] or first
    inside = set(words)
    roots = [i for i in words if annotated.tokens[i].head not in inside or annotated.tokens[i].head == i]
    clauses = [i for i in roots if annotated.tokens[i].upos in ("VERB", "AUX") or annotated.dependents(i, "cop")]
    main = [i for i in clauses if not any(t.lemma in _SIDE for t in annotated.dependents(i, "mark", "advmod"))]
    return (main or clauses or roots or words)[0]


def is_denial(annotated: Annotated, head: int) -> bool:
    """Whether a clause says that something is not so: negated in its main clause, or of a falsehood."""
    return is_negated(annotated, head) or annotated.tokens[head].lemma.lower() in _UNTRUE


def act_of_content(
    annotated: Annotated, content: Sequence[int], source: Sequence[int] = (), phrase: str = ""
) -> Act | None:
    """The act by form alone, None where the form says nothing. `phrase` is the cue's ("say", "add", "" for none)."""
    head = content_head(annotated, content)
    token = annotated.tokens[head]
    ends = {annotated.tokens[i].text for i in content[-2:]}
    if "?" in ends and token.sentence == annotated.tokens[content[-1]].sentence:
        return "ask"
    subject = subject_of(annotated, head)
    speaker = _is_self(annotated, subject, source)
    for form in (_performs, _thinks, _expects, _demands, _intends, _judges):
        if (found := form(annotated, token, speaker)) is not None:
            return found
    if phrase in _MANDATIVE and _in_base_form(annotated, token):
        return "demand"
    if token.lemma.lower() in _UNTRUE and annotated.dependents(head, "cop") and not is_negated(annotated, head):
        return "deny"
    if any(annotated.tokens[i].lemma.lower() in ("thank", "thanks", "grateful") for i in (head, content[0])):
        return "thank"
    return None


def _is_self(annotated: Annotated, subject: Token | None, source: Sequence[int]) -> bool:
    """Whether the subject is the speaker: "I", "we", a third-person pronoun, or the source's own name again."""
    if subject is None:
        return False
    word = subject.text.lower()
    if word in _SELVES:
        return True
    if not source:
        return False
    if word == "it":
        return _is_body(annotated, source)
    if word in _OTHERS:
        return True
    return subject.lemma == annotated.tokens[annotated.head_of(source)].lemma


def _is_body(annotated: Annotated, source: Sequence[int]) -> bool:
    """Whether the source may be an "it": a body, as the mention that it is says."""
    head = annotated.head_of(source)
    guess = annotated.mention_at.get(head)
    if guess is None:
        return annotated.tokens[head].upos == "PROPN"
    return guess.type not in ("person", "people")


def _first_person(annotated: Annotated, token: Token) -> bool:
    subject = subject_of(annotated, token.index)
    return subject is not None and subject.text.lower() in _SELVES


def _performs(annotated: Annotated, token: Token, speaker: bool) -> Act | None:
    """ "I can confirm", "We urge": the verb in the first person present does what it names."""
    if token.lemma not in _PERFORMED or not _first_person(annotated, token) or is_negated(annotated, token.index):
        return None
    helpers = {t.text.lower() for t in annotated.dependents(token.index, "aux")}
    if token.tag in ("VBP", "VB") and helpers <= {"can", "do", "must", "want", "will", "'ll", "would"}:
        if token.lemma == "call" and not any(
            t.lemma in ("on", "for", "upon")
            for c in annotated.below[token.index]
            for t in annotated.dependents(c.index, "case")
        ):
            return None
        return _PERFORMED[token.lemma]
    return None


def _thinks(annotated: Annotated, token: Token, speaker: bool) -> Act | None:
    """ "he believes", "I think", "Hoping that": a state of the speaker's mind."""
    if token.lemma not in _MINDS:
        return None
    subject = subject_of(annotated, token.index)
    if subject is None:
        return "think" if token.tag == "VBG" else None
    return "think" if speaker else None


def _expects(annotated: Annotated, token: Token, speaker: bool) -> Act | None:
    """ "it expects to pay": a forecast of the speaker's own."""
    return "predict" if speaker and token.lemma in _FORECASTS and not is_negated(annotated, token.index) else None


def _demands(annotated: Annotated, token: Token, speaker: bool) -> Act | None:
    helpers = {t.text.lower() for t in annotated.dependents(token.index, "aux")}
    if helpers & _SHOULD and "have" not in helpers:
        expletive = any(t.lemma in ("there",) for t in annotated.dependents(token.index, "expl"))
        return None if expletive else "demand"
    needed = token.lemma in _WORDS["needed"] or (token.lemma == "need" and token.tag == "VBN")
    if needed and annotated.dependents(token.index, "aux", "cop"):
        return "demand"
    if token.lemma == "need" and not _first_person(annotated, token) and annotated.dependents(token.index, "xcomp"):
        return "demand"
    subject = subject_of(annotated, token.index)
    bare = subject is None and not helpers and token.tag in ("VB", "VBP") and token.upos == "VERB"
    if bare and token.relation in ("root", "ccomp", "parataxis") and not has_to(annotated, token.index):
        return "demand" if token.lemma not in ("thank", "hope", "see", "want", "look") else None
    if (
        speaker
        and token.lemma == "want"
        and annotated.dependents(token.index, "obj")
        and annotated.dependents(token.index, "xcomp")
    ):
        return "demand"
    return None


def _in_base_form(annotated: Annotated, token: Token) -> bool:
    """ "insisted that the firm pay", "that he be released": the subjunctive, after verbs that may also just state."""
    subject = subject_of(annotated, token.index)
    first = next(iter(annotated.dependents(token.index, "aux", "aux:pass", "cop")), token)
    if subject is None or has_to(annotated, token.index):
        return False
    if first.text.lower() == "be":
        return True
    singular = subject.tag in ("NN", "NNP") or subject.text.lower() in ("he", "she", "it")
    return first is token and token.upos == "VERB" and token.tag in ("VB", "VBP") and singular


def _intends(annotated: Annotated, token: Token, speaker: bool) -> Act | None:
    """The future: the speaker's own is a promise, somebody else's a prediction."""
    helpers = {t.text.lower() for t in annotated.dependents(token.index, "aux")}
    index = token.index
    told = helpers & _SHIFTED and "have" not in helpers and not _conditional(annotated, token)
    going = next(
        (t for t in annotated.dependents(index, "xcomp") if token.lemma == "go" and is_going_to(annotated, t.index)),
        None,
    )
    deed = going or token
    if speaker and token.lemma in ("plan", "intend", "aim", "vow", "pledge") and token.tag != "VBN":
        return "promise"
    if speaker and token.tag == "VBG" and going is None and helpers:
        return "promise" if token.lemma in _WORDS["motions of one's own"] and _directed(annotated, token) else None
    if not (helpers & _FUTURE or told or going is not None):
        return None
    if is_negated(annotated, index) and not speaker:
        return "predict"
    if speaker:
        if deed.lemma in _HAPPENING or annotated.dependents(index, "aux:pass"):
            return "predict"
        return "promise" if deed.lemma not in _STATES and deed.upos == "VERB" else None
    if annotated.dependents(index, "aux:pass") and not any(
        t.lemma == "by" for c in annotated.below[index] for t in annotated.dependents(c.index, "case")
    ):
        return "promise" if token.lemma not in _HAPPENING else "predict"
    if (
        token.lemma.lower() in _WORDS["kept open"]
        and annotated.dependents(index, "cop")
        and helpers & (_FUTURE | _SHIFTED)
    ):
        return "promise" if not _is_pronoun(annotated, index) else "predict"
    return "predict" if helpers & _FUTURE or told else None


_HAPPENING: Final = frozenset(
    [
        "kill",
        "wound",
        "injure",
        "destroy",
        "affect",
        "hit",
        "hurt",
        "damage",
        "defeat",
        "lose",
        "displace",
        "harm",
        "force",
    ]
)


def _directed(annotated: Annotated, token: Token) -> bool:
    """Whether the motion goes somewhere: an object or an oblique with it."""
    return bool(annotated.dependents(token.index, "obj", "obl", "xcomp"))


def _conditional(annotated: Annotated, token: Token) -> bool:
    return any(
        t.lemma in ("if", "unless")
        for c in annotated.dependents(token.index, "advcl")
        for t in annotated.dependents(c.index, "mark")
    ) or token.lemma in ("like", "love", "prefer", "say", "think")


def _is_pronoun(annotated: Annotated, index: int) -> bool:
    subject = subject_of(annotated, index)
    return subject is not None and subject.upos == "PRON"


def _judges(annotated: Annotated, token: Token, speaker: bool) -> Act | None:
    """An evaluation: predicated ("is a disgrace"), or in the manner of what others do ("are reacting slowly")."""
    unreal = any(t.text.lower() in _SHIFTED for t in annotated.dependents(token.index, "aux"))
    fragment = token.upos == "NOUN" and token.relation == "root"  # "Great idea, Ahmed."
    if (fragment or annotated.dependents(token.index, "cop")) and not unreal:
        words = {token.lemma.lower(), token.text.lower()}
        words |= {t.lemma.lower() for t in annotated.dependents(token.index, "amod", "conj")}
        if words & _OPINIONS or _quoted(annotated, token):
            return "judge"
    if token.upos == "VERB" and not unreal:
        words = {t.lemma.lower() for t in annotated.dependents(token.index, "advmod")}
        for child in annotated.dependents(token.index, "obj"):
            words |= {t.lemma.lower() for t in annotated.dependents(child.index, "amod")}
        if words & _OPINIONS:
            return "judge"
    return None


def _quoted(annotated: Annotated, token: Token) -> bool:
    """Whether the predicate noun phrase alone stands in quotation marks: the words of somebody's opinion."""
    below = annotated.subtree(token.index)
    marks = [i for i in below if annotated.tokens[i].tag in ("``", "''")]
    copula = next(iter(annotated.dependents(token.index, "cop")), None)
    return len(marks) >= 2 and copula is not None and copula.index < marks[0] < token.index < marks[-1]

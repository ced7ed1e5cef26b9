"""How firmly the text puts an event: happened, ongoing, planned, expected, possible, demanded, conditional or denied.

Read from the tree and the Penn tags alone: auxiliaries and tense on the event word, negation, conditional clauses, and
what governs it ("intends to", "called on Moscow to", "plans for"), each word list in `data/firmness.txt`. What a
speaker does with the words (a promise, a denial) comes in as `force`, for the event that heads a statement's content.
"""

from __future__ import annotations

from typing import Final

from onrecord.reader.annotated import Annotated, Token
from onrecord.reader.clauses import (
    has_to,
    is_going_to,
    is_predicate,
    is_reported,
    is_volitional,
    subject_of,
)
from onrecord.reader.events.force import under
from onrecord.reader.events.irrealis import (
    brings_about,
    ends_at,
    equated,
    is_asked,
    is_background,
    is_definite,
    is_denied_object,
    is_far_from,
    is_forbidding,
    is_foreseen,
    is_hearsay,
    is_negative,
    is_presupposed,
    is_proposal,
    is_quoted_order,
    is_requisite,
    is_ruled_out,
    is_said_to_be_false,
    is_subjunctive,
    is_supposed,
    is_unreal,
    taken_for,
)
from onrecord.reader.events.tense import by_tense
from onrecord.reader.wordlists import sections
from onrecord.records import Act, Status

__all__ = ["status"]

_FUTURE: Final = frozenset({"will", "shall", "'ll", "wo", "’ll", "ll"})
_MAYBE: Final = frozenset({"may", "might", "could", "can", "ca"})
_WOULD: Final = frozenset({"would", "'d", "’d"})
_DEONTIC: Final = frozenset({"must", "should", "ought"})
_PERHAPS: Final = frozenset({"may", "might"})
_OF_ADJECTIVES: Final[tuple[Status, ...]] = ("possible", "expected", "denied")
_DEEPEST: Final = 12  # governors followed upwards; GUM's deepest chain that mattered was 6
_FIRM: Final = frozenset({"happened", "ongoing"})
_ORDER: Final[tuple[Status, ...]] = ("planned", "expected", "demanded", "possible", "denied")
_TAKING: Final[tuple[Status, ...]] = ("denied", "demanded", "planned", "expected", "possible")

_WORDS = sections("firmness")
_LASTING = _WORDS["stative verbs"] - _WORDS["changing verbs"]
_RESULTS = _WORDS["resultant states"]
_MODIFYING: Final[tuple[Status, ...]] = ("denied", "planned", "expected", "possible", "demanded", "ongoing", "happened")
_MODIFIERS: Final = tuple((name, _WORDS[f"{name} modifiers"]) for name in _MODIFYING)


def status(annotated: Annotated, index: int, *, force: Act | None = None, told: bool = False) -> Status:
    """How firmly the word at `index` (a verb, a predicate or an event noun) is put.

    `force` is the act of the statement whose content the word heads, None elsewhere. `told` says that the word stands
    in the content of a past-tense report, where English shifts "will" to "would" and "is taking" to "was taking".
    """
    plain = _status(annotated, index, told, _DEEPEST)
    return plain if force is None else under(force, plain, annotated, annotated.tokens[index])


def _status(annotated: Annotated, index: int, told: bool, depth: int) -> Status:
    token = annotated.tokens[index]
    if depth == 0:
        return "happened"
    if is_hearsay(annotated, index):
        return "possible"
    if is_predicate(annotated, index):
        return _of_clause(annotated, index, told, depth)
    if token.tag in ("VBN", "VBD") or token.lemma in _RESULTS:  # "injured passengers", "Hundreds dead": come to pass
        return _of_state(annotated, index, told, depth)
    return _of_noun(annotated, index, told, depth)


def _of_clause(annotated: Annotated, index: int, told: bool, depth: int) -> Status:
    token = annotated.tokens[index]
    helpers = annotated.dependents(index, "aux", "cop")
    own = {t.text.lower() for t in helpers}
    finite = token.tag in ("VBD", "VBZ", "VBP", "MD") or any(t.tag in ("VBD", "VBZ", "VBP", "MD") for t in helpers)
    if token.relation.startswith("conj") and not finite and not annotated.dependents(index, "mark", "nsubj"):
        first = annotated.tokens[token.head]  # "has installed cameras and placed guards": the helper is said once
        if is_predicate(annotated, first.index) and (not helpers or own == {"being"}):
            if is_negative(annotated, index):
                return "denied"
            return _status(annotated, first.index, told, depth - 1)
    if is_supposed(annotated, index, own):
        return "conditional"
    if finite or annotated.dependents(index, "nsubj"):
        lent = _lent_to_clause(annotated, token, told, depth)
        if lent is not None:
            return lent
    if is_asked(annotated, index) or own & _PERHAPS:  # "may not rise": negation leaves it open
        return "possible"
    if is_unreal(annotated, index, own):
        return "denied"
    if own & _DEONTIC and "have" not in own:
        return "demanded"  # "must not strike" is a demand as well
    if is_negative(annotated, index):
        return "demanded" if is_forbidding(annotated, index, own) else "denied"
    if own & _MAYBE or own & _DEONTIC:
        return "possible"
    if own & _FUTURE or is_going_to(annotated, index) or (own & _WOULD and (told or is_reported(annotated, index))):
        return "planned" if is_volitional(annotated, index) and not is_foreseen(annotated, token) else "expected"
    if own & _WOULD and "had" not in own:
        if token.lemma in ("like", "love", "prefer"):
            return "ongoing"  # a polite wish; what is wished for is planned
        return "expected" if token.relation == "acl:relcl" else "conditional"  # "a letter that would make him famous"
    if not finite:
        return _of_nonfinite(annotated, index, told, depth)
    if token.relation == "acl:relcl" and (equal := equated(annotated, token)) is not None:
        return _status(annotated, equal, told, depth - 1)
    return by_tense(annotated, index, helpers, told)


def _of_nonfinite(annotated: Annotated, index: int, told: bool, depth: int) -> Status:
    token = annotated.tokens[index]
    relation = token.relation.partition(":")[0]
    governor = annotated.tokens[token.head]
    to = has_to(annotated, index)
    opening = {t.lemma for t in annotated.dependents(index, "mark", "case", "advmod")}
    if opening & {"without", "instead"} or ("rather" in opening and "than" in opening):
        return "denied"
    if "from" in opening and is_far_from(annotated, token):
        return "denied"
    if relation == "root" or governor.index == index:
        if to:
            return "planned"  # headline future: "Seoul to send observers"
        if token.tag == "VB" and token.lemma != "thank" and not subject_of(annotated, index):
            return "demanded"
        return "happened" if token.tag in ("VBN", "VBD") or token.lemma in _RESULTS else "ongoing"
    if relation == "ccomp" and token.tag == "VB" and not to and is_quoted_order(annotated, token, governor):
        return "demanded"
    if relation == "xcomp" or (relation in ("ccomp", "advcl", "csubj", "obj") and (to or token.tag == "VB")):
        return _under_governor(annotated, token, governor, told, depth)
    if relation == "acl" and to:
        return _after_noun(annotated, governor, told, depth)
    if relation in ("acl", "amod") and token.tag in ("VBN", "VBD"):
        return _of_state(annotated, index, told, depth)
    if relation in ("advcl", "acl"):
        marks = {t.lemma for t in annotated.dependents(index, "mark", "case")}
        verb = annotated.tokens[governor.head] if governor.relation == "obj" else governor
        kept_from = "from" in marks and verb.lemma in _DENYING | {"keep", "protect"}
        if kept_from or "against" in marks or ("of" in marks and verb.lemma in _CLEARING):
            above = _status(annotated, verb.index, told, depth - 1)  # "stopped from", "voted against", "cleared of"
            return "happened" if above == "denied" else "denied"
        if marks & {"if", "unless"}:
            return "conditional"
        if token.tag == "VBG" and marks & {"of", "about"} and governor.lemma in _WORDS["possible governors"]:
            return "possible"
        if relation == "acl" and governor.lemma in _WORDS["possible nouns"] | _WORDS["planned nouns"] and marks:
            return _after_noun(annotated, governor, told, depth)
        if token.tag == "VBG" and marks & {"for", "after", "since"}:
            return "happened"
        return _carried(annotated, token, governor, told, depth)
    if relation == "parataxis":
        return "planned" if to else "ongoing" if token.tag == "VBG" else "happened"
    return _carried(annotated, token, governor, told, depth)


def _under_governor(annotated: Annotated, token: Token, governor: Token, told: bool, depth: int) -> Status:
    """The status of an infinitive (or other open complement) from the word that it completes."""
    lemma = governor.lemma.lower()
    above = _status(annotated, governor.index, told, depth - 1)
    purpose = token.relation.startswith("advcl") and has_to(annotated, token.index)
    purpose = purpose and not (lemma in _TOLD_OF and annotated.dependents(governor.index, "aux:pass"))
    if lemma == "call" and not has_to(annotated, token.index):
        return above  # "called the kidnapping a hoax"
    if lemma == "have" and any(t.text.lower() == "yet" for t in _adverbs(annotated, governor, token)):
        return "denied"  # "has yet to sign"
    if lemma == "have" and has_to(annotated, token.index):
        return "demanded" if above == "ongoing" else above  # "has to go"; "had to go" went
    if governor.tag == "VBG" and lemma == "go" and has_to(annotated, token.index):
        return above
    if any(t.lemma == "have" for t in annotated.dependents(token.index, "aux")) and above in _FIRM:
        return "possible" if lemma not in ("know", "find", "confirm") else "happened"  # "is believed to have killed"
    if lemma in ("want", "like", "love", "prefer", "wish"):
        if annotated.dependents(governor.index, "obj", "iobj"):
            return "demanded"
        shifted = any(t.text.lower() in _WOULD for t in annotated.dependents(governor.index, "aux"))
        if shifted and above == "ongoing":
            return "planned"  # "would like to meet"
    if is_requisite(annotated, governor):
        return "conditional"  # "60 votes are needed to pass"
    if lemma in _BRINGING_ABOUT and brings_about(annotated, governor):
        return above  # "bad roads forced them to walk"
    if lemma == "rule" and is_ruled_out(annotated, governor):
        return "denied" if above in _FIRM else "possible"  # "has not ruled out sending"
    if lemma in _DENYING and not purpose:
        return (
            "happened" if above == "denied" else above if above in ("conditional", "demanded", "planned") else "denied"
        )
    if lemma == "able" and any(t.text.lower() in ("was", "were") for t in annotated.dependents(governor.index, "cop")):
        return above  # "was able to land" landed
    if governor.text.lower() == "supposed" and has_to(annotated, token.index):
        return "planned"
    for name in _ORDER:
        if name == "demanded" and token.tag == "VBG":
            continue  # "speaking in Oslo, he urged …"
        if lemma in _WORDS[f"{name} governors"] and not (purpose and governor.upos == "VERB" and lemma not in _ASKING):
            return name if above in _FIRM | {"planned", "expected", "demanded"} else above
    if purpose and not ends_at(annotated, token):
        return "planned" if above in _FIRM else above
    return above


def _adverbs(annotated: Annotated, *words: Token) -> list[Token]:
    return [t for word in words for t in annotated.dependents(word.index, "advmod")]


_WISHES: Final = _WORDS["demanded nouns"] | _WORDS["planned nouns"]
_BRINGING_ABOUT: Final = frozenset({"require", "force", "compel", "oblige", "press", "push"})
_PRESUMING: Final = frozenset({"fear", "believe", "presume", "assume", "think", "report", "suspect"})
_CLEARING: Final = frozenset({"acquit", "clear", "exonerate", "absolve"})
_DENYING: Final = _WORDS["denied governors"] - {"rule"}
_TOLD_OF: Final = _WORDS["expected governors"] | _WORDS["possible governors"]  # "is forecast to", "is said to"
_ASKED_FOR: Final = _WORDS["things called for"]
_ASKING = _WORDS["demanded governors"] - {"tell", "have"}


def _after_noun(annotated: Annotated, noun: Token, told: bool, depth: int) -> Status:
    if is_negative(annotated, noun.index):
        return "denied"
    for name in _ORDER:
        if noun.lemma in _WORDS[f"{name} nouns"]:
            return name
    if any(t.tag == "JJ" and t.lemma in ("first", "last", "only") for t in annotated.dependents(noun.index, "amod")):
        return _carried(annotated, noun, annotated.tokens[noun.head], told, depth)
    return "planned"


def _lent_to_clause(annotated: Annotated, token: Token, told: bool, depth: int) -> Status | None:
    """What the verb, adjective or noun above a that-clause lends it, where that outweighs the clause's own tense."""
    governor = annotated.tokens[token.head]
    relation = token.relation.partition(":")[0]
    if relation not in ("ccomp", "csubj", "advcl", "acl", "xcomp"):
        return None
    marks = {t.lemma for t in annotated.dependents(token.index, "mark")}
    if "whether" in marks:
        return "possible"
    if relation == "acl" and governor.upos == "NOUN":
        return _of_noun_clause(annotated, token, governor, told, depth)
    if relation not in ("ccomp", "csubj") or governor.index == token.index:
        return None
    negated = is_negative(annotated, governor.index)
    lemma = governor.lemma.lower()
    if lemma in ("deny", "refute", "disprove"):
        return "happened" if negated else "denied"
    if lemma in _WORDS["subjunctive governors"] and is_subjunctive(annotated, token):
        return "demanded"
    if "if" in marks or lemma in _WORDS["doubting governors"]:
        return "possible"
    if lemma == "wish":
        return "denied" if token.tag in ("VBD", "VBN") or annotated.dependents(token.index, "aux") else "expected"
    if lemma == "hope":
        return "expected"
    if governor.upos == "ADJ":
        if lemma in ("true", "correct", "accurate", "right") and negated:
            return "denied"
        for name in _OF_ADJECTIVES:
            if lemma in _WORDS[f"{name} adjectives"]:
                return name if not negated else "denied" if name != "denied" else None
    return None


def _of_noun_clause(annotated: Annotated, token: Token, noun: Token, told: bool, depth: int) -> Status | None:
    """The that-clause of a noun: "rumours that", "a demand that"; what is done to the noun is done to the clause."""
    marks = {t.lemma for t in annotated.dependents(token.index, "mark")}
    if not marks:
        return None  # a relative clause, or a participle
    named = next((n for n in (*_ORDER,) if noun.lemma in _WORDS[f"{n} nouns"]), None)
    negated = is_negative(annotated, noun.index)
    if noun.lemma in _WORDS["evidence nouns"] and negated:
        return "possible"
    if noun.lemma == "doubt" and negated:
        return None
    above = _of_noun(annotated, noun.index, told, depth - 1) if depth else "happened"
    if negated or (above == "denied" and named != "demanded"):
        return "denied"
    return named if named in ("possible", "expected", "denied") or token.tag == "VB" else None


def _of_state(annotated: Annotated, index: int, told: bool, depth: int) -> Status:
    """A participle or state word that modifies or is predicated without a verb ("soldiers killed", "238 wounded")."""
    token = annotated.tokens[index]
    marks = {t.lemma for t in annotated.dependents(index, "mark")}
    if marks & {"if", "unless"}:
        return "conditional"
    if is_negative(annotated, index):
        return "denied"
    governor = annotated.tokens[token.head]
    if governor.lemma in _PRESUMING and token.relation == "xcomp":
        return "possible"  # "feared dead"
    if token.lemma in _WORDS["measured states"] and token.relation.startswith("acl"):
        return "ongoing"  # "a phone priced at $399"
    if governor.index != index and governor.upos == "VERB" and token.relation.startswith(("obj", "nsubj", "xcomp")):
        above = _status(annotated, governor.index, told, depth - 1)  # "could leave hundreds homeless"
        return above if above not in _FIRM else "happened"
    return "happened"


def _of_noun(annotated: Annotated, index: int, told: bool, depth: int) -> Status:
    token = annotated.tokens[index]
    if any(t.lemma == "no" or t.text.lower() in ("no", "neither") for t in annotated.dependents(index, "det")):
        return "denied"
    if is_proposal(annotated, token):
        return "planned"
    if is_said_to_be_false(annotated, token) or is_denied_object(annotated, token):
        return "denied"
    modifiers = {t.lemma.lower() for t in annotated.dependents(index, "amod", "compound", "advmod")}
    modifiers |= {t.text.lower() for t in annotated.dependents(index, "amod", "acl")}
    if modifiers:
        for name, words in _MODIFIERS:
            if modifiers & words:
                return name
    governor = annotated.tokens[token.head]
    if is_ruled_out(annotated, governor) and token.relation.startswith("obj"):
        return "possible" if is_negative(annotated, governor.index) else "denied"
    lasting: Status = "ongoing" if token.lemma in _WORDS["lasting nouns"] else "happened"
    if governor.index == index:
        return lasting
    if token.relation == "appos" and governor.upos == "PROPN":
        return "ongoing"  # what somebody is: "Burrows, the chairman of the panel of twelve"
    if token.relation.startswith("conj"):
        return _status(annotated, governor.index, told, depth - 1)
    if governor.upos in ("NOUN", "PROPN") and not is_predicate(annotated, governor.index):
        return _in_noun_phrase(annotated, token, governor, told, depth)
    if is_requisite(annotated, governor) and any(
        has_to(annotated, t.index) for t in annotated.dependents(governor.index)
    ):
        return "conditional"  # "51 votes are needed to pass"
    above = _status(annotated, governor.index, told, depth - 1)
    if above not in _FIRM and is_presupposed(annotated, token, governor):
        return lasting
    for name in _TAKING:
        if token.relation == "nsubj" and annotated.dependents(governor.index, "obj", "iobj", "ccomp", "xcomp"):
            break  # who demands is not demanded
        if governor.lemma in _ASKED_FOR and not taken_for(annotated, token):
            break
        if governor.lemma.lower() in _WORDS[f"{name} objects"] and not is_background(token):
            if above in ("conditional", "denied") or (name == "denied" and above == "possible"):
                return "happened" if name == "denied" and above == "denied" else above
            return name
    if above in _FIRM:  # subject and object share the verb's time, a mere circumstance keeps the noun's own
        return above if token.relation.startswith(("nsubj", "obj")) else lasting
    return lasting if is_definite(annotated, token) and token.relation.startswith(("obl", "nmod")) else above


def _in_noun_phrase(annotated: Annotated, token: Token, noun: Token, told: bool, depth: int) -> Status:
    prepositions = {t.lemma for t in annotated.dependents(token.index, "case")}
    if token.relation.startswith(("nmod", "compound")) and prepositions & {"for", "of", "to", "against", "about"}:
        if is_denied_object(annotated, noun) and noun.lemma not in _WISHES:
            return "denied"  # "denied allegations of torture"; but what was demanded in vain was demanded
        for name in _ORDER:
            if noun.lemma in _WORDS[f"{name} nouns"] and not (name == "planned" and "for" not in prepositions):
                return name
    if noun.lemma == "event" and "of" in prepositions:
        return "conditional"  # "in the event of an attack"
    lasting: Status = "ongoing" if token.lemma in _WORDS["lasting nouns"] else "happened"
    if prepositions & {"into", "after", "following", "since", "over", "behind"} and is_definite(annotated, token):
        return lasting  # "called for an inquiry into the crash"
    above = _status(annotated, noun.index, told, depth - 1) if noun.head != noun.index else lasting
    return above if above not in _FIRM and not prepositions & {"in", "during", "after"} else lasting


def _carried(annotated: Annotated, token: Token, governor: Token, told: bool, depth: int) -> Status:
    """A participle shares the time of what it hangs on: "fell, killing 107", "is to be held, selecting four"."""
    if governor.index == token.index:
        return "happened"
    if token.lemma in _LASTING and token.tag == "VBG" and token.relation.startswith("acl"):
        return "ongoing"
    above = _status(annotated, governor.index, told, depth - 1)
    if governor.upos in ("NOUN", "PROPN") and token.tag == "VBG" and above == "happened":
        verb = next((t for t in annotated.ancestors(governor.index) if is_predicate(annotated, t.index)), None)
        return _status(annotated, verb.index, told, depth - 1) if verb is not None else "ongoing"
    return above

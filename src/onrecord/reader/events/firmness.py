"""How firmly the text puts an event: happened, ongoing, planned, expected, possible, demanded, conditional or denied.

Read from the tree and the Penn tags alone: auxiliaries and tense on the event word, negation, conditional clauses, and
what governs it ("intends to", "called on Moscow to", "plans for"), each word list in `data/firmness.txt`. What a
speaker does with the words (a promise, a denial) comes in as `force`, for the event that heads a statement's content.
"""

from __future__ import annotations

from typing import Final

from onrecord.reader.annotated import Annotated, Token
from onrecord.reader.clauses import (
    has_future_words,
    has_to,
    is_conditional,
    is_going_to,
    is_in_heading,
    is_negated,
    is_predicate,
    is_reported,
    is_volitional,
    subject_of,
)
from onrecord.reader.wordlists import sections
from onrecord.records import Act, Status

__all__ = ["status"]

_FUTURE: Final = frozenset({"will", "shall", "'ll", "wo", "’ll", "ll"})
_MAYBE: Final = frozenset({"may", "might", "could", "can", "ca"})
_WOULD: Final = frozenset({"would", "'d", "’d"})
_DEONTIC: Final = frozenset({"must", "should", "ought"})
_DEEPEST: Final = 12  # governors followed upwards; GUM's deepest chain that mattered was 6
_FIRM: Final = frozenset({"happened", "ongoing"})
_ORDER: Final[tuple[Status, ...]] = ("planned", "expected", "demanded", "possible", "denied")
_MODIFYING: Final[tuple[Status, ...]] = ("denied", "planned", "expected", "possible", "demanded", "ongoing", "happened")
_TAKING: Final[tuple[Status, ...]] = ("denied", "demanded", "planned", "expected", "possible")

_WORDS = sections("firmness")
_STATIVE = _WORDS["stative verbs"]
_RESULTS = _WORDS["resultant states"]


def status(annotated: Annotated, index: int, *, force: Act | None = None, told: bool = False) -> Status:
    """How firmly the word at `index` (a verb, a predicate or an event noun) is put.

    `force` is the act of the statement whose content the word heads, None elsewhere. `told` says that the word stands
    in the content of a past-tense report, where English shifts "will" to "would" and "is taking" to "was taking".
    """
    plain = _status(annotated, index, told, _DEEPEST)
    return plain if force is None else _under(force, plain, annotated.tokens[index])


def _status(annotated: Annotated, index: int, told: bool, depth: int) -> Status:
    token = annotated.tokens[index]
    if depth == 0:
        return "happened"
    if any(t.lemma in _WORDS["possible adverbs"] for t in annotated.dependents(index, "advmod")):
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
            if is_negated(annotated, index):
                return "denied"
            return _status(annotated, first.index, told, depth - 1)
    if is_conditional(annotated, index, own):
        return "conditional"
    if is_negated(annotated, index):
        return "denied"
    if own & _MAYBE or any(t.lemma in ("perhaps", "maybe") for t in annotated.dependents(index, "advmod")):
        return "possible"
    if own & _DEONTIC:
        return "possible" if "must" in own and "have" in own else "demanded"
    if own & _FUTURE or is_going_to(annotated, index) or (own & _WOULD and (told or is_reported(annotated, index))):
        return "planned" if is_volitional(annotated, index) else "expected"
    if own & _WOULD and "had" not in own:
        if token.lemma in ("like", "love", "prefer"):
            return "ongoing"  # a polite wish; what is wished for is planned
        return "expected" if token.relation == "acl:relcl" else "conditional"  # "a letter that would make him famous"
    if not finite:
        return _of_nonfinite(annotated, index, told, depth)
    if token.relation.startswith("ccomp"):
        lent = _lent_to_clause(annotated, token)
        if lent is not None:
            return lent
    return _by_tense(annotated, index, helpers, told)


def _by_tense(annotated: Annotated, index: int, helpers: list[Token], told: bool) -> Status:
    token = annotated.tokens[index]
    first = helpers[0] if helpers else token
    names = [t.lemma.lower() for t in helpers]
    if names and names[0] == "be" and has_to(annotated, index):  # "is to be held"
        return "planned"
    if token.tag == "VBG" and "be" in names:
        if has_future_words(annotated, index):
            return "planned"
        return "happened" if first.tag == "VBD" and not (told and "have" not in names) else "ongoing"
    if "have" in names or first.tag == "VBD":
        return "happened"
    if token.lemma in _RESULTS and any(t.relation in ("cop", "aux:pass") for t in helpers):
        return "happened"
    if has_future_words(annotated, index) and token.upos == "VERB":
        return "planned" if is_volitional(annotated, index) else "expected"
    if token.relation == "root" and not helpers and token.lemma not in _STATIVE and is_in_heading(annotated, token):
        return "happened"  # the present of headlines: "Crane kills 107"
    bare = token.relation == "root" and token.tag in ("VB", "VBP") and not helpers and token.lemma != "thank"
    if bare and not subject_of(annotated, index):
        return "demanded"
    return "ongoing"


def _of_nonfinite(annotated: Annotated, index: int, told: bool, depth: int) -> Status:
    token = annotated.tokens[index]
    relation = token.relation.partition(":")[0]
    governor = annotated.tokens[token.head]
    to = has_to(annotated, index)
    if relation == "root" or governor.index == index:
        if to:
            return "planned"  # headline future: "Seoul to send observers"
        if token.tag == "VB" and token.lemma != "thank" and not subject_of(annotated, index):
            return "demanded"
        return "happened" if token.tag in ("VBN", "VBD") or token.lemma in _RESULTS else "ongoing"
    if relation == "xcomp" or (relation in ("ccomp", "advcl", "csubj", "obj") and (to or token.tag == "VB")):
        return _under_governor(annotated, token, governor, told, depth)
    if relation == "acl" and to:
        return _after_noun(annotated, governor, told, depth)
    if relation in ("acl", "amod") and token.tag in ("VBN", "VBD"):
        return _of_state(annotated, index, told, depth)
    if relation in ("advcl", "acl"):
        marks = {t.lemma for t in annotated.dependents(index, "mark", "case")}
        if marks & {"without", "instead", "rather"} or (
            "from" in marks and governor.lemma in _WORDS["denied governors"] | {"keep", "protect"}
        ):
            return "denied"
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
    if lemma == "fail" or (lemma == "stop" and token.tag == "VBG"):
        return "denied" if above in _FIRM else above
    if lemma in _WORDS["denied governors"] - {"rule"}:
        return "happened" if above == "denied" else "denied"
    for name in _ORDER:
        if lemma in _WORDS[f"{name} governors"] and not (purpose and governor.upos == "VERB" and lemma not in _ASKING):
            return name if above in _FIRM | {"planned", "expected", "demanded"} else above
    if purpose:
        return "planned" if above in _FIRM else above
    return above


_ASKING = _WORDS["demanded governors"] - {"tell", "have"}


def _after_noun(annotated: Annotated, noun: Token, told: bool, depth: int) -> Status:
    if is_negated(annotated, noun.index):
        return "denied"
    for name in _ORDER:
        if noun.lemma in _WORDS[f"{name} nouns"]:
            return name
    if any(t.tag == "JJ" and t.lemma in ("first", "last", "only") for t in annotated.dependents(noun.index, "amod")):
        return _carried(annotated, noun, annotated.tokens[noun.head], told, depth)
    return "planned"


def _lent_to_clause(annotated: Annotated, token: Token) -> Status | None:
    """What the verb above a finite that-clause lends it, where that outweighs the clause's own tense."""
    governor = annotated.tokens[token.head]
    marks = {t.lemma for t in annotated.dependents(token.index, "mark")}
    negated = is_negated(annotated, governor.index)
    if governor.lemma in ("deny", "refute", "disprove"):
        return "happened" if negated else "denied"
    if governor.lemma in ("demand", "insist", "recommend", "request", "require", "urge") and token.tag == "VB":
        return "demanded"
    if marks & {"whether", "if"} or governor.lemma in (
        "doubt",
        "suspect",
        "fear",
        "worry",
        "imagine",
        "suppose",
        "speculate",
    ):
        return "possible"
    if governor.lemma in ("hope", "wish"):
        return "expected"
    return None


def _of_state(annotated: Annotated, index: int, told: bool, depth: int) -> Status:
    """A participle or state word that modifies or is predicated without a verb ("soldiers killed", "238 wounded")."""
    token = annotated.tokens[index]
    marks = {t.lemma for t in annotated.dependents(index, "mark")}
    if marks & {"if", "unless"}:
        return "conditional"
    if is_negated(annotated, index):
        return "denied"
    governor = annotated.tokens[token.head]
    if governor.index != index and governor.upos == "VERB" and token.relation.startswith(("obj", "nsubj", "xcomp")):
        above = _status(annotated, governor.index, told, depth - 1)  # "could leave hundreds homeless"
        return above if above not in _FIRM else "happened"
    return "happened"


def _of_noun(annotated: Annotated, index: int, told: bool, depth: int) -> Status:
    token = annotated.tokens[index]
    if any(t.lemma == "no" or t.text.lower() in ("no", "neither") for t in annotated.dependents(index, "det")):
        return "denied"
    modifiers = {t.lemma.lower() for t in annotated.dependents(index, "amod", "compound", "advmod")}
    modifiers |= {t.text.lower() for t in annotated.dependents(index, "amod", "acl")}
    for name in _MODIFYING:
        if modifiers & _WORDS[f"{name} modifiers"]:
            return name
    governor = annotated.tokens[token.head]
    lasting: Status = "ongoing" if token.lemma in _WORDS["lasting nouns"] else "happened"
    if governor.index == index:
        return lasting
    if token.relation == "appos" and governor.upos == "PROPN":
        return "ongoing"  # what somebody is: "Burrows, the chairman of the panel of twelve"
    if token.relation.startswith("conj"):
        return _status(annotated, governor.index, told, depth - 1)
    if governor.upos in ("NOUN", "PROPN") and not is_predicate(annotated, governor.index):
        return _in_noun_phrase(annotated, token, governor, told, depth)
    above = _status(annotated, governor.index, told, depth - 1)
    for name in _TAKING:
        if governor.lemma.lower() in _WORDS[f"{name} objects"] and not _background(token):
            if above in ("conditional", "denied"):
                return "happened" if name == "denied" and above == "denied" else above
            return name
    if above in _FIRM:
        return (
            "ongoing"
            if above == "ongoing" and token.tag != "NNS" and lasting == "ongoing"
            else _settled(above, lasting, token)
        )
    definite = any(
        t.lemma in ("the", "this", "that", "these", "those") or t.relation == "nmod:poss"
        for t in annotated.dependents(index)
    )
    return lasting if definite and token.relation.startswith(("obl", "nmod")) else above


def _settled(above: Status, lasting: Status, token: Token) -> Status:
    """Under a firm verb: its subject or object shares its time, a mere circumstance keeps the noun's own."""
    return above if token.relation.startswith(("nsubj", "obj")) else lasting


def _background(token: Token) -> bool:
    return token.relation.startswith(("advcl", "parataxis")) or token.relation in ("obl:unmarked", "obl:tmod")


def _in_noun_phrase(annotated: Annotated, token: Token, noun: Token, told: bool, depth: int) -> Status:
    prepositions = {t.lemma for t in annotated.dependents(token.index, "case")}
    if token.relation.startswith(("nmod", "compound")) and prepositions & {"for", "of", "to", "against", "about"}:
        for name in _ORDER:
            if noun.lemma in _WORDS[f"{name} nouns"] and not (name == "planned" and "for" not in prepositions):
                return name
    lasting: Status = "ongoing" if token.lemma in _WORDS["lasting nouns"] else "happened"
    above = _status(annotated, noun.index, told, depth - 1) if noun.head != noun.index else lasting
    return above if above not in _FIRM and not prepositions & {"in", "during", "after"} else lasting


def _carried(annotated: Annotated, token: Token, governor: Token, told: bool, depth: int) -> Status:
    """A participle shares the time of what it hangs on: "fell, killing 107", "is to be held, selecting four"."""
    if governor.index == token.index:
        return "happened"
    if token.lemma in _STATIVE and token.tag == "VBG" and token.relation.startswith("acl"):
        return "ongoing"
    above = _status(annotated, governor.index, told, depth - 1)
    if governor.upos in ("NOUN", "PROPN") and token.tag == "VBG" and above == "happened":
        verb = next((t for t in annotated.ancestors(governor.index) if is_predicate(annotated, t.index)), None)
        return _status(annotated, verb.index, told, depth - 1) if verb is not None else "ongoing"
    return above


def _under(force: Act, plain: Status, token: Token) -> Status:
    """What the act of a statement makes of the event that heads its content."""
    settled = (token.tag in ("VBD", "VBN") and plain in _FIRM) or plain in ("denied", "conditional")
    if force == "deny":
        return "happened" if plain == "denied" else "denied"
    if settled:
        return plain
    if force == "promise":
        return "planned" if plain in ("expected", "happened", "ongoing", "possible") and token.tag != "VBZ" else plain
    if force == "demand":
        return "demanded"
    if force == "predict":
        return "expected" if plain != "possible" else plain
    if force == "warn" and token.upos in ("NOUN", "PROPN"):
        return "possible"
    return plain

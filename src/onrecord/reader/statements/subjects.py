"""What the subject of a cue is to a statement: its source, or, of a passive, the one that it is about or told to.

"She left and stressed that …": she speaks. "Drivers were advised to wait", "the dam is described as a danger", "the
plan drew criticism": nobody is named who speaks, and the subject belongs to what was said. "It was announced that …": the
subject is nobody.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.reader.annotated import Annotated, Attribution, Token, base_of

__all__ = ["RECEPTIONS", "passive_subject", "received_by", "source_of"]

RECEPTIONS = frozenset(
    {"acclaim", "applause", "backlash", "censure", "condemnation", "criticism", "flak", "outcry", "praise", "rebuke"}
    | {"ridicule", "scorn"}
)
_RECEIVING = frozenset(
    {"attract", "come", "draw", "earn", "face", "garner", "gain", "get", "incur", "meet", "receive", "provoke", "win"}
)
_SPEAKING = frozenset({"NOUN", "PROPN", "PRON"})
_IMPERSONAL = frozenset({"it", "this", "that", "which", "there", "what"})
_EXPLETIVE = frozenset({"it", "that", "which", "who", "there"})
_ADDRESSING = frozenset(
    {"accuse", "advise", "ask", "blame", "encourage", "inform", "instruct", "invite", "order", "remind", "request"}
    | {"require", "tell", "urge", "warn"}
)


def source_of(annotated: Annotated, attribution: Attribution, content: Sequence[range]) -> tuple[range, ...]:
    """The source of an attribution: what the head found unless it is the subject of a passive that tells; without any,
    the subject of an active cue."""
    found = tuple(range(a, b) for a, b in attribution.source if not _addressed(annotated, attribution, range(a, b)))
    if found or not attribution.cue:
        return found
    return _subject(annotated, range(*attribution.cue[0]), content)


def passive_subject(annotated: Annotated, cue: Sequence[int], content: Sequence[range]) -> range | None:
    """The words of a passive cue's subject where they belong to the content; None for an active cue, a relative pronoun
    or an "it", and where they are in the content already."""
    if not cue:
        return None
    verb = annotated.head_of(cue)
    receiver = received_by(annotated, annotated.tokens[verb])
    for token in (receiver,) if receiver else annotated.dependents(verb, "nsubj:pass"):
        words = annotated.subtree(token.index)
        whole = range(words[0], words[-1] + 1)
        if token.text.lower() in _EXPLETIVE or len(whole) != len(words) or whole.stop > cue[0]:
            return None
        return None if any(i in piece for piece in content for i in whole) else whole
    return None


def received_by(annotated: Annotated, word: Token) -> Token | None:
    """Who gets the praise or criticism that a word names, or takes as its object: "the plan" of "the plan drew praise"."""
    verb, tokens = word, annotated.tokens
    if word.lemma in RECEPTIONS and base_of(word.relation) in ("obj", "obl", "conj"):
        verb = tokens[word.head]
        if word.relation == "conj":
            verb = tokens[verb.head]
    elif not any(t.lemma in RECEPTIONS for t in annotated.dependents(word.index, "obj", "obl")):
        return None
    subjects = [t for t in annotated.dependents(verb.index, "nsubj") if t.relation == "nsubj"]
    return subjects[0] if subjects and verb.lemma in _RECEIVING else None


def _subject(annotated: Annotated, cue: range, content: Sequence[range]) -> tuple[range, ...]:
    """The subject of an active cue to which the attribution head gave no source; of "and stressed" the first verb's."""
    tokens = annotated.tokens
    verb = tokens[annotated.head_of(cue)]
    if verb.relation == "conj" and not annotated.dependents(verb.index, "nsubj", "nsubj:pass", "aux:pass"):
        verb = tokens[verb.head]
    for token in annotated.dependents(verb.index, "nsubj"):
        words = annotated.subtree(token.index)
        taken = any(i in piece for piece in content for i in words)
        impersonal = token.text.lower() in _IMPERSONAL
        speaks = token.relation == "nsubj" and token is not received_by(annotated, verb)
        if speaks and token.upos in _SPEAKING and not impersonal and not taken:
            return (_stretch(words, token.index, (cue, *content)),)
    return ()


def _stretch(words: Sequence[int], head: int, others: Sequence[range]) -> range:
    """A phrase from its first word to its last; where something else stands between them, those that stand with its head."""
    whole = range(words[0], words[-1] + 1)
    if len(whole) == len(words) or not any(r.start < whole.stop and whole.start < r.stop for r in others):
        return whole
    start, stop, own = head, head + 1, set(words)
    while start - 1 in own:
        start -= 1
    while stop in own:
        stop += 1
    return range(start, stop)


def _addressed(annotated: Annotated, attribution: Attribution, piece: range) -> bool:
    """The subject of a passive that tells to whom something was said ("people were encouraged to submit designs"), stands
    for a thing already named ("which has been described as …") or for nothing ("it was announced")."""
    head = annotated.tokens[annotated.head_of(piece)]
    verb = annotated.tokens[head.head]
    if received_by(annotated, verb) is head:
        return True
    if head.relation != "nsubj:pass" or not any(a <= verb.index < b for a, b in attribution.cue):
        return False
    return verb.lemma in _ADDRESSING or head.text.lower() in _EXPLETIVE or _told_to(annotated, verb)


def _told_to(annotated: Annotated, verb: Token) -> bool:
    return verb.text.lower() == "told" and bool(annotated.dependents(verb.index, "xcomp"))

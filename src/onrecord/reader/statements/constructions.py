"""Statements that a fixed construction marks, where the attribution head found none.

The head has learned its cues from running text on politics; it is unsure of headlines ("Court rules ban is legal"), of
nouns as cues ("its recommendation that …", "there are fears that …", "drew praise for …"), of "in the words of", and of
what nobody says who is named ("drivers were advised to …", "Allegedly, …"). The tree shows these exactly; what it cannot
show is left alone: on PolNeAR dev a listed verb with a clause that the head passed over is a cue in 1 case of 18.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from onrecord.reader.annotated import Annotated, Token
from onrecord.reader.clauses import is_in_heading
from onrecord.reader.statements.passages import Utterance, is_same
from onrecord.reader.statements.quotation import Quotations, trimmed
from onrecord.reader.statements.subjects import RECEPTIONS, passive_subject, received_by
from onrecord.reader.wordlists import sections

__all__ = ["constructed"]

SAME: Final = 0.5  # share of words (F1) from which two contents are one statement
LONGEST_SOURCE: Final = 25  # words between "in the words of" and the quotation
_WORDS: Final = sections("acts")
_TELLING: Final = _WORDS["telling"]
_VIEWING: Final = _WORDS["viewing"]
_NOUNS: Final = _WORDS["speech nouns"]
_EXISTING: Final = frozenset(  # "there are … that"
    {"allegation", "belief", "claim", "complaint", "concern", "doubt", "expectation", "fear", "hope", "rumor", "rumour"}
    | {"speculation", "suggestion", "suspicion", "warning", "worry"}
)
_HEADLINE: Final = frozenset(  # main verbs of a heading that report what its subject says
    {"accuse", "admit", "allege", "announce", "apologise", "apologize", "ask", "blame", "call", "claim", "condemn"}
    | {"confirm", "criticise", "criticize", "demand", "denounce", "deny", "dismiss", "insist", "pledge", "praise"}
    | {"promise", "propose", "reject", "rule", "say", "tell", "urge", "vow", "warn"}
)
_HEARSAY: Final = frozenset({"allegedly", "purportedly", "reportedly", "supposedly"})
_NOBODY: Final = frozenset({"it", "that", "which", "who", "this", "there", "what"})

_READ: Final = frozenset({"VERB", "NOUN", "ADV"})  # what a construction may be found at, besides "words"

Parts = tuple[range | None, range, Sequence[range]]  # source, cue, content


def constructed(annotated: Annotated, quotations: Quotations, found: Sequence[Utterance]) -> list[Utterance]:
    """The further utterances of a text, in the order of their cues. `found` are those that are known."""
    known = list(found)
    cued = {i for u in found for r in u.cue for i in r}
    out = []
    for token in annotated.tokens:
        if not (token.upos in _READ or token.lemma == "word") or token.index in cued or quotations.quoted(token.index):
            continue
        for parts in _parts_at(annotated, quotations, token):
            source, cue, pieces = parts
            content = tuple(p for piece in pieces if (p := trimmed(annotated, piece)))
            full = any(annotated.tokens[i].upos in ("NOUN", "PROPN", "VERB", "ADJ") for p in content for i in p)
            new = Utterance(() if source is None else (source,), (cue,), content)
            if full and not any(is_same(new, other, SAME) for other in known):
                out.append(new)
                known.append(new)
                break
    return out


def _parts_at(annotated: Annotated, quotations: Quotations, token: Token) -> Iterator[Parts]:
    readers: tuple[Callable[[Annotated, Token], Parts | None], ...] = ()
    if token.upos == "VERB":
        readers = (_headline, _telling, _viewing)
    elif token.upos == "NOUN":
        readers = (_received, _existing, _noun)
    elif token.upos == "ADV":
        readers = (_hearsay,)
    for reader in readers:
        if (parts := reader(annotated, token)) is not None:
            yield parts
    if token.lemma == "word" and (parts := _in_the_words_of(annotated, quotations, token)) is not None:
        yield parts


def _headline(annotated: Annotated, verb: Token) -> Parts | None:
    """ "Court rules ban is legal", "Union urges firms to pay": the main verb of a heading, its subject before it."""
    if verb.relation != "root" or verb.lemma not in _HEADLINE or not is_in_heading(annotated, verb):
        return None
    source = _subject(annotated, verb)
    if source is None or source.stop > verb.index or annotated.dependents(verb.index, "aux:pass"):
        return None
    return source, range(verb.index, verb.index + 1), [range(verb.index + 1, annotated.sentences[verb.sentence].stop)]


def _telling(annotated: Annotated, verb: Token) -> Parts | None:
    """ "… encouraging residents to leave", "drivers were advised to wait", "officers are accused of taking bribes"."""
    if verb.lemma not in _TELLING:
        return None
    deed = next(
        (
            t
            for t in annotated.dependents(verb.index, "xcomp", "advcl", "ccomp")
            if t.index > verb.index and {m.lemma for m in annotated.dependents(t.index, "mark")} & {"to", "of"}
        ),
        None,
    )
    if deed is None:
        return None
    cue = range(verb.index, verb.index + 1)
    clause = _whole(annotated, deed.index)
    if annotated.dependents(verb.index, "aux:pass"):
        told = passive_subject(annotated, [verb.index], [])
        return None if told is None or clause is None else (None, cue, [told, clause])
    addressed = [t for t in annotated.dependents(verb.index, "obj", "iobj", "nsubj") if t.index > verb.index]
    if not addressed or clause is None or not verb.index < addressed[0].index < deed.index:
        return None
    source = _subject(annotated, verb)
    return None if source is None else (source, cue, [range(verb.index + 1, clause.stop)])


def _viewing(annotated: Annotated, verb: Token) -> Parts | None:
    """ "articles have characterised it as quackery", "recognising as legitimate the request"."""
    if verb.lemma not in _VIEWING or annotated.dependents(verb.index, "aux:pass"):
        return None
    marked = [
        t
        for t in annotated.dependents(verb.index, "obl", "xcomp", "advcl")
        if t.index > verb.index and any(m.lemma == "as" for m in annotated.dependents(t.index, "case", "mark"))
    ]
    source = _subject(annotated, verb)
    if not marked or source is None or not annotated.dependents(verb.index, "obj"):
        return None
    parts = [t.index for t in (*marked, *annotated.dependents(verb.index, "obj"))]
    words = sorted(i for p in parts for i in annotated.subtree(p))
    if words[0] < verb.index:
        return None
    return source, range(verb.index, verb.index + 1), [range(words[0], words[-1] + 1)]


def _noun(annotated: Annotated, noun: Token) -> Parts | None:
    """ "the agency's warning that …", "their calls for …": a noun of speech with its owner and what was said."""
    if noun.lemma not in _NOUNS:
        return None
    owner = next(
        (t for t in annotated.dependents(noun.index, "nmod:poss", "compound") if t.upos in ("PROPN", "PRON", "NOUN")),
        None,
    )
    if owner is None or (owner.relation == "compound" and owner.upos != "PROPN"):
        return None
    source = _whole(annotated, owner.index)
    for said in annotated.dependents(noun.index, "acl", "ccomp", "nmod"):
        marks = {m.lemma for m in annotated.dependents(said.index, "mark", "case")}
        content = _whole(annotated, said.index)
        if said.index < noun.index or content is None or source is None:
            continue
        if "that" in marks and said.relation.split(":")[0] in ("acl", "ccomp"):
            return _named(annotated, source), range(noun.index, noun.index + 1), [content]
        if said.relation.startswith("nmod") and "for" in marks and noun.lemma in _WORDS["speech nouns with for"]:
            first = next(m.index for m in annotated.dependents(said.index, "case", "mark") if m.lemma == "for")
            return _named(annotated, source), range(noun.index, first + 1), [range(first + 1, content.stop)]
    return None


def _received(annotated: Annotated, noun: Token) -> Parts | None:
    """ "The plan drew criticism from engineers for its cost"."""
    receiver = received_by(annotated, noun) if noun.lemma in RECEPTIONS else None
    if receiver is None:
        return None
    around = (*annotated.dependents(noun.index, "nmod", "acl"), *annotated.dependents(noun.head, "obl"))
    about = _whole(annotated, receiver.index, until=noun.index)
    source, reasons = None, []
    for t in around:
        marks = {m.lemma for m in annotated.dependents(t.index, "case", "mark")}
        whole = _whole(annotated, t.index)
        if t.index > noun.index and whole is not None and marks & {"from", "by"}:
            source = _named(annotated, whole)
        elif t.index > noun.index and whole is not None and marks & {"for", "over"}:
            reasons.append(whole)
    return None if about is None else (source, range(noun.index, noun.index + 1), [about, *reasons[:1]])


def _existing(annotated: Annotated, noun: Token) -> Parts | None:
    """ "There are fears that the dam will break": nobody's in particular."""
    if noun.lemma not in _EXISTING or not annotated.dependents(noun.head, "expl"):
        return None
    for clause in annotated.dependents(noun.index, "acl", "ccomp"):
        content = _whole(annotated, clause.index)
        if content is not None and clause.index > noun.index and annotated.dependents(clause.index, "nsubj"):
            return None, range(noun.index, noun.index + 1), [content]
    return None


def _hearsay(annotated: Annotated, adverb: Token) -> Parts | None:
    """ "Allegedly, the governor paid them": at the beginning of its sentence, what follows is nobody's."""
    sentence = annotated.sentences[adverb.sentence]
    if adverb.lemma.lower() not in _HEARSAY or adverb.index != sentence.start:
        return None
    return None, range(adverb.index, adverb.index + 1), [range(adverb.index + 1, sentence.stop)]


def _in_the_words_of(annotated: Annotated, quotations: Quotations, word: Token) -> Parts | None:
    """ "in the words of the mayor, “the town is lost”": the quotation that the name runs up to in its sentence."""
    tokens, i = annotated.tokens, word.index
    end = min(i + 2 + LONGEST_SOURCE, annotated.sentences[word.sentence].stop)
    if i < 2 or i + 2 >= end or tokens[i - 2].text.lower() != "in" or tokens[i + 1].text != "of":
        return None
    quoted = next((k for k in range(i + 2, end) if quotations.quoted(k)), None)
    region = None if quoted is None else quotations.region_of(quoted)
    if region is None:
        return None
    source = range(i + 2, region.start - 1)  # up to the mark
    while source and tokens[source.stop - 1].upos == "PUNCT":
        source = source[:-1]
    return (source, range(i - 2, i + 2), [region]) if source else None


def _named(annotated: Annotated, source: range) -> range:
    """An owner without the 's behind it or the "of" before it."""
    starts = annotated.tokens[source.start].upos == "ADP"
    ends = annotated.tokens[source.stop - 1].tag == "POS"
    return range(source.start + starts, source.stop - ends)


def _preposition(annotated: Annotated, token: Token) -> str | None:
    return next((m.lemma for m in annotated.dependents(token.index, "case")), None)


def _subject(annotated: Annotated, head: Token) -> range | None:
    """The words of who speaks: the subject of the word, of the verb it is joined or added to, or the noun it tells of."""
    word = head
    while True:
        for t in annotated.dependents(word.index, "nsubj"):
            if t.relation == "nsubj" and t.text.lower() not in _NOBODY and (t.index < word.index or word is not head):
                return _whole(annotated, t.index, until=word.index)
        above = annotated.tokens[word.head]
        if word.relation.startswith("acl") and word.tag == "VBG" and above.upos in ("NOUN", "PROPN"):
            return _behind(annotated, above, word)
        if above.index == word.index or word.relation.split(":")[0] not in ("conj", "advcl", "xcomp"):
            return None
        word = above


def _behind(annotated: Annotated, noun: Token, participle: Token) -> range | None:
    """Who asks by "the town's letter asking …", "a motion urging …", "a court ordering …": the owner of the words, the
    subject of the verb that they are the object of, else what the noun names."""
    if noun.lemma in _WORDS["instruments"] or noun.lemma in _NOUNS:
        owner = next(
            (
                t
                for t in annotated.dependents(noun.index, "nmod")
                if t.relation == "nmod:poss" or _preposition(annotated, t) in ("of", "by", "from")
            ),
            None,
        )
        if owner is not None:
            whole = _whole(annotated, owner.index, until=participle.index)
            return None if whole is None else _named(annotated, whole)
        return _subject(annotated, annotated.tokens[noun.head]) if noun.relation == "obj" else None
    whole = _whole(annotated, noun.index, until=participle.index)
    return None if noun.relation == "nmod" or whole is None else whole


def _whole(annotated: Annotated, index: int, until: int | None = None) -> range | None:
    """The words that hang by one, if they stand together; up to (not including) the word at `until`."""
    words = [i for i in annotated.subtree(index) if until is None or i < until]
    if not words or words[-1] - words[0] + 1 != len(words):
        return None
    start, end = words[0], words[-1] + 1
    while end > start + 1 and annotated.tokens[end - 1].upos == "PUNCT":
        end -= 1
    while start < end - 1 and annotated.tokens[start].upos == "PUNCT":
        start += 1
    return range(start, end)

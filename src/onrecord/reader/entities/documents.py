"""Documents that speak: whose report, poll or statement it is, and the reports that have a name of their own.

Behind a document stands who made it ("a Bloomberg poll", "figures released by the Labour Department", "its statement").
One that names no maker may have a name ("the Stern Review") or be one spoken of before ("the report").
"""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.reader.annotated import Annotated
from onrecord.reader.entities.kinds import DOCUMENTS
from onrecord.reader.entities.parties import Cast

__all__ = ["is_document", "maker_of", "named_documents", "part_of"]

_MADE_BY = frozenset({"by", "from"})
_FOUND_IN = frozenset({"in"})
_MAKERS = frozenset({"organisation", "country", "person", "people"})


def is_document(annotated: Annotated, head: int) -> bool:
    token = annotated.tokens[head]
    return token.upos in {"NOUN", "PROPN"} and token.lemma.lower() in DOCUMENTS


def part_of(annotated: Annotated, head: int) -> int:
    """The document that another is of: "the results of the study" → study."""
    for token in annotated.dependents(head, "nmod"):
        case = {t.lemma.lower() for t in annotated.dependents(token.index, "case")}
        if token.index > head and "of" in case and is_document(annotated, token.index):
            return part_of(annotated, token.index)
    return head


def maker_of(annotated: Annotated, cast: Cast, head: int) -> int | None:
    """Who made a document, as its owner, in the words before it, or after "by", "from", "in"; None if the text says none."""
    for token in annotated.dependents(head, "nmod:poss", "compound"):
        party = cast.of_head.get(token.index)
        named = party is not None and (bool(cast.parties[party].names) or token.relation == "nmod:poss")
        if party is not None and named and cast.parties[party].type in _MAKERS:
            return party
    made = [head, *(t.index for t in annotated.dependents(head, "acl") if t.tag == "VBN")]
    for cases, places in ((_MADE_BY, made), (_FOUND_IN, [head])):
        for token in (t for i in places for t in annotated.dependents(i, "nmod", "obl") if t.index > head):
            party = cast.of_head.get(token.index)
            if party is None or not {t.lemma.lower() for t in annotated.dependents(token.index, "case")} & cases:
                continue
            named = bool(cast.parties[party].names)
            if cast.parties[party].type in ({"organisation"} if cases is _FOUND_IN else _MAKERS) and (
                named or cases is _MADE_BY
            ):
                return party
    return None


def named_documents(annotated: Annotated) -> Iterator[tuple[int, int]]:
    """Token ranges of documents' names: capitals up to a document noun, two words or more ("the Stern Review Report").

    With the noun in small letters only behind three capitals or more ("National Iodine Nutrition study").
    """
    tokens = annotated.tokens
    for token in tokens:
        if not is_document(annotated, token.index):
            continue
        start = token.index
        while start > 0 and tokens[start - 1].text[:1].isupper() and tokens[start - 1].sentence == token.sentence:
            start -= 1
        opens = annotated.sentences[token.sentence].start
        while start < token.index and (tokens[start].upos == "DET" or (start == opens and tokens[start].tag != "NNP")):
            start += 1
        capitals = token.index - start
        if capitals >= (1 if token.text[:1].isupper() else 3) and token.index > opens:
            yield start, token.index + 1

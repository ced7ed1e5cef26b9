"""Names of things: products, indices, prizes, laws; and the capitals that are no name of one.

"the FTSE 100"      "Mozilla Firefox"      "the Nobel Peace Prize"
"""

from __future__ import annotations

from onrecord.reader.annotated import Annotated
from onrecord.reader.entities.kinds import kind_of_noun
from onrecord.reader.entities.names import is_title
from onrecord.reader.wordlists import sections

__all__ = ["is_name_of_thing", "is_no_body"]

_NO_THINGS = sections("things")["no things"]
_NO_BODIES = sections("things")["no bodies"]


def is_name_of_thing(annotated: Annotated, start: int, end: int) -> bool:
    """The capitals `start`..`end` are a name by themselves. One word must show it: no word that begins its sentence, nor
    one of a headline in capitals, unless it is written like a mark ("IE6", "iPhone")."""
    tokens = annotated.tokens
    words = [t for t in tokens[start:end] if t.text[:1].isalpha()]
    low = [w.text.lower().rstrip(".") for w in words]
    if not words or all(w in _NO_THINGS or is_title(w) for w in low) or _goes_on(annotated, start):
        return False
    if len(words) > 1 and is_title(low[0]) and words[1].text[:1].isupper():
        return False  # "Mr. Brown": somebody's, whatever the mention head took it for
    if len(words) > 1:
        return not _in_capitals(annotated, start, end)
    word = words[0]
    if any(c.isupper() for c in word.text[1:]) and any(c.islower() or c.isdigit() for c in word.text):
        return True
    if word.tag == "NNPS" or low[0].endswith("ism") or kind_of_noun(low[0]) is not None:
        return False
    if end - start > 1 and not _in_capitals(annotated, start, end):
        return True  # "HTML 5"
    first = annotated.sentences[word.sentence].start
    begins = all(t.upos in {"PUNCT", "DET"} for t in tokens[first:start]) or tokens[start - 1].text in {":", '"', "“"}
    return not (begins or word.text.isupper() or _in_capitals(annotated, start, end))


def _goes_on(annotated: Annotated, start: int) -> bool:
    """The capitals are the end of a longer name: "Minister of Health", "Council on American - Islamic Relations"."""
    tokens = annotated.tokens
    at = start - 1
    while at > 0 and tokens[at].text.lower() in {"the", "for", "of", "on"}:
        at -= 1
    return 0 <= at < start - 1 and tokens[at].upos == "PROPN" and tokens[start - 1].sentence == tokens[start].sentence


def is_no_body(annotated: Annotated, index: int) -> bool:
    """Capitals that the tagger takes for a noun are no body's name: a common abbreviation, or a noun behind them."""
    tokens = annotated.tokens
    if (
        tokens[index].upos != "NOUN"
        or tokens[index].text.lower() in _NO_BODIES
        or _in_capitals(annotated, index, index + 1)
    ):
        return True
    return index + 1 < len(tokens) and tokens[index + 1].upos in {"NOUN", "PROPN"}


def _in_capitals(annotated: Annotated, start: int, end: int) -> bool:
    """Most words around the name are written with capitals too, as in a headline."""
    sentence = annotated.sentences[annotated.tokens[start].sentence]
    around = [annotated.tokens[k].text for k in sentence if not start <= k < end]
    long = [w for w in around if len(w) > 3 and w.isalpha()]
    return sum(w[0].isupper() for w in long) * 2 > len(long)

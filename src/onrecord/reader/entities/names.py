"""Names as they are written: the proper part of a noun phrase, and what its words tell of the bearer.

"NATO Secretary General Mark Rutte" → Mark Rutte       "the Supreme Court of Cassation in Rome" → Supreme Court of Cassation
"""

from __future__ import annotations

from collections.abc import Iterator, Set

from onrecord.reader.annotated import Annotated, Token
from onrecord.reader.gazetteer import fold, load
from onrecord.reader.wordlists import sections

__all__ = [
    "HONORIFICS",
    "gender_of",
    "gender_of_name",
    "is_constituency",
    "is_named",
    "is_organisation",
    "is_title",
    "loose_names",
    "name_range",
]

_WORDS = sections("people")
HONORIFICS = _WORDS["honorifics"]
_INSIDE_NAME = frozenset({"of", "for", "on", "and", "the", "de", "la", "del", "van", "von", "al", "el", "&", "-"})
_INSIDE_PERSON = frozenset(
    {"de", "la", "del", "der", "den", "van", "von", "al", "el", "bin", "ibn", "ben", "di", "da", "-", "'"}
)


def is_named(token: Token) -> bool:
    """The token is (part of) a proper name; the tagger's word is not enough where it is written small ("magazine")."""
    return token.upos == "PROPN" and not (token.text.islower() and token.text not in _INSIDE_PERSON)


def name_range(annotated: Annotated, head: int, start: int, end: int, *, person: bool) -> tuple[int, int] | None:
    """Token range of the proper name inside a noun phrase `start`..`end` whose head word is `head`; None if it has none.

    For a person it is the head with what is flat to it, without titles; for others the capitalised words around the head
    and the "of …" or "for …" that go on with capitals ("Council on American - Islamic Relations").
    """
    tokens = annotated.tokens
    if person:
        return _person_range(annotated, head, start, end)
    if not is_named(tokens[head]) or "@" in tokens[head].text[1:] or tokens[head].text.startswith(("www.", "http")):
        return None
    left = head
    while left - 1 >= start and (
        _capital(tokens[left - 1])
        or (
            (_joins(tokens[left - 1]) or _owns(annotated, left - 1))
            and left - 2 >= start
            and _capital(tokens[left - 2])
        )
    ):
        left -= 1
    right = head + 1
    while right < end:
        if _capital(tokens[right]) or tokens[right].upos == "NUM":
            right += 1
            continue
        step = right
        while step < end and tokens[step].text.lower() in _INSIDE_NAME and step - right < 2:
            step += 1
        if step == right or step >= end or not _capital(tokens[step]):
            break
        right = step + 1
    right = domain_end(annotated, right)
    left = _without_owner(annotated, left, head)
    while left < head and tokens[left].text.lower() in {"the", "a", "an"}:
        left += 1
    return left, right


def _person_range(annotated: Annotated, head: int, start: int, end: int) -> tuple[int, int] | None:
    """The capitals that hang together around the name's first word, without the titles and nations among them.

    The parser may hang a name by its title ("student → Ahmed flat Mohamed") or the title by the name; both are read.
    """
    tokens = annotated.tokens
    anchor: int | None = head
    if not is_named(tokens[head]) or is_title(tokens[head].text):
        inside = [t.index for t in annotated.dependents(head, "flat", "appos") if start <= t.index < end]
        anchor = next((i for i in inside if is_named(tokens[i]) and not is_title(tokens[i].text)), None)
    if anchor is None:
        return None
    left, right = anchor, anchor + 1
    right = _right_end(annotated, right, end)
    while left - 1 >= start and is_named(tokens[left - 1]) and tokens[left - 1].relation in _NAME_PARTS:
        left -= 1
    while left < anchor and (_apart(annotated, left, anchor) or tokens[left].text == "."):
        left += 1
    split = [i for i in range(left, right) if _apart(annotated, i, right)]
    left = max([left, *(i + 1 for i in split if i < anchor)])
    right = min([right, *(i for i in split if i > anchor)])
    return (left, right) if left < right and anchor not in split else None


def _right_end(annotated: Annotated, right: int, end: int) -> int:
    """Where the name words that begin before token `right` end: over joiners, and over the full stop of an initial even
    where the mention head stopped at it ("Edwin G. Monroy")."""
    tokens = annotated.tokens
    while right < end and (is_named(tokens[right]) or _bridges(annotated, right, end)):
        right += 1
    if right == end and right + 1 < len(tokens) and len(tokens[right - 1].text) == 1 and tokens[right].text == ".":
        surname = tokens[right + 1]
        if is_named(surname) and surname.text[:1].isupper() and not is_title(surname.text):
            return right + 2
    return right


_NAME_PARTS = frozenset({"compound", "flat", "nmod:desc"})


_GENERALS = frozenset({"Atomics", "Dynamics", "Electric", "Mills", "Motors"})  # companies, not officers


def _apart(annotated: Annotated, index: int, end: int) -> bool:
    """A word among the capitals of a person's phrase that is not of the name: a title, a nation, "NATO"."""
    word = annotated.tokens[index].text
    following = annotated.tokens[index + 1].text if index + 1 < len(annotated.tokens) else ""
    if word == "General" and following in _GENERALS:
        return False
    if is_title(word) or (word[:1].islower() and word not in _INSIDE_PERSON) or (len(word) > 2 and word.isupper()):
        return True
    place = load().find(word)
    country = place is not None and place.type == "country" and place.relation in {"name", "demonym", "people"}
    return country and index + 1 < end and is_title(annotated.tokens[index + 1].text)


def _bridges(annotated: Annotated, index: int, end: int) -> bool:
    """A joiner inside a name ("van", "al", "-") with a name word after it."""
    tokens = annotated.tokens
    low = tokens[index].text.lower()
    initial = low == "." and len(tokens[index - 1].text) == 1 and tokens[index - 1].text.isupper()
    return (
        (low in _INSIDE_PERSON or initial)
        and index + 1 < end
        and (is_named(tokens[index + 1]) or tokens[index + 1].text.lower() in _INSIDE_PERSON)
    )


def loose_names(annotated: Annotated, covered: Set[int]) -> Iterator[tuple[int, int]]:
    """Runs of proper-name words that touch none of the covered tokens, titles and nations cut off at both ends: the names
    that the mention head passed over."""
    tokens = annotated.tokens
    start = 0
    while start < len(tokens):
        if tokens[start].upos != "PROPN":
            start += 1
            continue
        end = start
        while end < len(tokens) and end not in covered and tokens[end].sentence == tokens[start].sentence:
            if not is_named(tokens[end]) and not (end > start and _bridges(annotated, end, len(tokens))):
                break
            end += 1
        first = start
        while first < end and _apart(annotated, first, end):
            first += 1
        if first < end and not is_constituency(annotated, first):
            end = domain_end(annotated, end)
            yield first, end
        start = max(end, start + 1)


def domain_end(annotated: Annotated, end: int) -> int:
    """Over the ".com" that the words before token `end` go on with, no space between: "Example.com"."""
    tokens = annotated.tokens
    if end + 1 >= len(tokens) or tokens[end].text != "." or tokens[end + 1].text.lower() not in _DOMAINS:
        return end
    glued = tokens[end - 1].span.end == tokens[end].span.start and tokens[end].span.end == tokens[end + 1].span.start
    return end + 2 if glued else end


def is_title(word: str) -> bool:
    """ "President", "Gen.", "spokeswoman": a word that stands before a person's name as a title."""
    return word.lower().rstrip(".") in _WORDS["titles"]


def is_organisation(name: str) -> bool:
    """A name whose first or last word says what it is: "Saudi Gazette", "Ministry of Defence"."""
    words = name.lower().split()
    return words[-1].rstrip(".") in _WORDS["organisations"] or (len(words) > 2 and words[0] in _WORDS["organisations"])


def is_constituency(annotated: Annotated, start: int) -> bool:
    """A party and seat in brackets behind a politician's name, "(D-Ore.)": no name."""
    tokens = annotated.tokens
    return start > 0 and tokens[start - 1].text == "(" and len(tokens[start].text) == 1


def gender_of(word: str) -> str | None:
    """ "she" for "sister" or "Mrs", "he" for "father" or "Mr", None for a word that leaves it open."""
    low = word.lower().rstrip(".")
    return next((gender for gender in ("she", "he") if low in _WORDS[gender]), None)


def gender_of_name(name: str) -> str | None:
    """ "she" for "Angela Merkel", "he" for "Vladimir Putin"; None for one word and where the first name may be either's."""
    words = fold(name).split()
    if len(words) < 2:
        return None
    return "she" if words[0] in _WORDS["names of women"] else "he" if words[0] in _WORDS["names of men"] else None


def _capital(token: Token) -> bool:
    return (
        token.upos == "PROPN"
        or (token.text[:1].isupper() and (token.upos in {"ADJ", "NOUN", "X"} or token.tag in {"NNP", "NNPS"}))
        or token.text[:1] in "#@"
    )


def _joins(token: Token) -> bool:
    return token.text in {"-", "&", "–", "/"}


def _owns(annotated: Annotated, mark: int) -> bool:
    """The owner's mark at a token belongs to an office's or house's own name ("Sheriff's Office", "Children's Hospital")."""
    tokens = annotated.tokens
    if tokens[mark].text not in {"'s", "’s", "'", "’"} or mark == 0:
        return False
    return is_title(tokens[mark - 1].text) or tokens[mark - 1].text.lower() in _OWN


def _without_owner(annotated: Annotated, left: int, head: int) -> int:
    """Leaves off an owner in front: "Saudi Arabia's Civil Defense Authority" → Civil Defense Authority. An office's own
    name keeps it: "Burke County Sheriff's Office", "Le Bonheur Children's Hospital"."""
    tokens = annotated.tokens
    for i in range(head - 1, left - 1, -1):
        if tokens[i].text in {"'s", "’s", "'", "’"}:
            return left if _owns(annotated, i) else i + 1
    return left


_DOMAINS = frozenset({"com", "net", "org", "info", "io", "tv", "gov", "edu", "uk", "de"})
_OWN = frozenset({"children", "farmers", "men", "people", "teachers", "veterans", "women", "workers"})

"""Names as they are written: the proper part of a noun phrase, and when two spellings may be one name.

"NATO Secretary General Mark Rutte" → Mark Rutte       "the Supreme Court of Cassation in Rome" → Supreme Court of Cassation
"Rütte" ~ "Rutte"      "Zelenskyy" ~ "Zelensky"        "WHO" ~ "World Health Organisation"
"""

from __future__ import annotations

from collections.abc import Iterator, Set

from onrecord.reader.annotated import Annotated, Token
from onrecord.reader.gazetteer import fold, load
from onrecord.reader.wordlists import sections

__all__ = [
    "HONORIFICS",
    "acronym_of",
    "gender_of",
    "is_named",
    "is_organisation",
    "is_title",
    "loose_names",
    "may_be_same_person",
    "name_range",
    "spelled_alike",
]

_WORDS = sections("people")
HONORIFICS = _WORDS["honorifics"]
_INSIDE_NAME = frozenset({"of", "for", "on", "and", "the", "de", "la", "del", "van", "von", "al", "el", "&", "-"})
_INSIDE_PERSON = frozenset(
    {"de", "la", "del", "der", "den", "van", "von", "al", "el", "bin", "ibn", "ben", "di", "da", "-", "'"}
)


def is_named(token: Token) -> bool:
    """The token is (part of) a proper name."""
    return token.upos == "PROPN"


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
        _capital(tokens[left - 1]) or (_joins(tokens[left - 1]) and left - 2 >= start and _capital(tokens[left - 2]))
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
    while right < end and (is_named(tokens[right]) or _bridges(annotated, right, end)):
        right += 1
    while left - 1 >= start and is_named(tokens[left - 1]) and tokens[left - 1].relation in _NAME_PARTS:
        left -= 1
    while left < anchor and _apart(annotated, left, anchor):
        left += 1
    split = [i for i in range(left, right) if _apart(annotated, i, right)]
    left = max([left, *(i + 1 for i in split if i < anchor)])
    right = min([right, *(i for i in split if i > anchor)])
    return (left, right) if left < right and anchor not in split else None


_NAME_PARTS = frozenset({"compound", "flat", "nmod:desc"})


def _apart(annotated: Annotated, index: int, end: int) -> bool:
    """A word among the capitals of a person's phrase that is not of the name: a title, a nation, "NATO"."""
    word = annotated.tokens[index].text
    if is_title(word) or (len(word) > 2 and word.isupper()):
        return True
    place = load().find(word)
    country = place is not None and place.type == "country" and place.relation in {"name", "demonym", "people"}
    return country and index + 1 < end and is_title(annotated.tokens[index + 1].text)


def _bridges(annotated: Annotated, index: int, end: int) -> bool:
    """A joiner inside a name ("van", "al", "-") with a name word after it."""
    tokens = annotated.tokens
    low = tokens[index].text.lower()
    return (
        low in _INSIDE_PERSON
        and index + 1 < end
        and (is_named(tokens[index + 1]) or tokens[index + 1].text.lower() in _INSIDE_PERSON)
    )


def loose_names(annotated: Annotated, covered: Set[int]) -> Iterator[tuple[int, int]]:
    """Runs of proper-name words that touch none of the covered tokens, titles and nations cut off at both ends: the names
    that the mention head passed over."""
    tokens = annotated.tokens
    start = 0
    while start < len(tokens):
        end = start
        while end < len(tokens) and end not in covered and tokens[end].sentence == tokens[start].sentence:
            if not is_named(tokens[end]) and not (end > start and _bridges(annotated, end, len(tokens))):
                break
            end += 1
        first = start
        while first < end and _apart(annotated, first, end):
            first += 1
        if first < end:
            yield first, end
        start = max(end, start + 1)


def is_title(word: str) -> bool:
    """ "President", "Gen.", "spokeswoman": a word that stands before a person's name as a title."""
    return word.lower().rstrip(".") in _WORDS["titles"]


def is_organisation(name: str) -> bool:
    """A name whose first or last word says what it is: "Saudi Gazette", "Ministry of Defence"."""
    words = name.lower().split()
    return words[-1] in _WORDS["organisations"] or (len(words) > 2 and words[0] in _WORDS["organisations"])


def gender_of(word: str) -> str | None:
    """ "she" for "sister" or "Mrs", "he" for "father" or "Mr", None for a word that leaves it open."""
    low = word.lower().rstrip(".")
    return next((gender for gender in ("she", "he") if low in _WORDS[gender]), None)


def _capital(token: Token) -> bool:
    return (
        token.upos == "PROPN"
        or (token.text[:1].isupper() and token.upos in {"ADJ", "NOUN", "X"})
        or token.text[:1] in "#@"
    )


def _joins(token: Token) -> bool:
    return token.text in {"-", "&", "–", "/"}


def _without_owner(annotated: Annotated, left: int, head: int) -> int:
    """Leaves off an owner in front: "Saudi Arabia's Civil Defense Authority" → Civil Defense Authority."""
    tokens = annotated.tokens
    for i in range(head - 1, left - 1, -1):
        if tokens[i].text in {"'s", "’s", "'", "’"}:
            return i + 1
    return left


def spelled_alike(a: str, b: str) -> bool:
    """Two words are one name spelled two ways: equal without diacritics, or a letter apart if they are long enough."""
    x, y = fold(a), fold(b)
    if x == y or x.replace("ue", "u").replace("oe", "o").replace("ae", "a") == y.replace("ue", "u").replace(
        "oe", "o"
    ).replace("ae", "a"):
        return True
    short = min(len(x), len(y))
    if short < 6 or x[0] != y[0]:
        return False
    return _edits(x, y, 2 if short >= 8 else 1) <= (2 if short >= 8 else 1)


def _edits(a: str, b: str, limit: int) -> int:
    """Levenshtein distance, or limit + 1 once it is over."""
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        previous, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (x != y))
        if min(row) > limit:
            return limit + 1
    return row[-1]


def may_be_same_person(short: str, full: str) -> bool:
    """A shorter form may stand for the full name: "Putin" or "Mr Putin" for "Vladimir Putin", "Ahmed" for "Ahmed Mohamed".

    All words of the short form must be found in the full one, in order; a differing first name speaks against it.
    """
    mine = [w for w in _words(short) if w not in HONORIFICS]
    theirs = _words(full)
    if not mine or len(mine) > len(theirs):
        return False
    at = 0
    for word in mine:
        while at < len(theirs) and not (spelled_alike(word, theirs[at]) or _initial(word, theirs[at])):
            at += 1
        if at == len(theirs):
            return False
        at += 1
    return True


def _initial(short: str, word: str) -> bool:
    return len(short.rstrip(".")) == 1 and word.startswith(short[0])


def _words(name: str) -> list[str]:
    return fold(name).split()


def acronym_of(short: str, name: str) -> bool:
    """ "WHO" of "World Health Organisation", "U.N." of "United Nations": the capitals of the name's words, in order."""
    letters = short.replace(".", "")
    if not (2 <= len(letters) <= 8 and letters.isupper()):
        return False
    words = [w for w in name.replace("-", " ").split() if w]
    capitals = "".join(w[0] for w in words if w[0].isupper())
    every = "".join(w[0].upper() for w in words)
    return len(words) > 1 and letters in {capitals, every}

"""Titles that stand with a name: "NATO Secretary General Mark Rutte", "Kyrylo Budanov, head of the … Directorate"."""

from __future__ import annotations

from onrecord.reader import gazetteer
from onrecord.reader.annotated import Annotated, MentionGuess
from onrecord.reader.entities.names import HONORIFICS, is_title
from onrecord.records import Role, Span

__all__ = ["roles_in"]

# When the title is or was held: part of the title ("former president"), never the owner.
_TIMES = frozenset({"acting", "current", "ex", "former", "incoming", "interim", "late", "new", "outgoing", "then"})
_QUOTES = frozenset('"“”„«»')
_LONGEST = 10  # words of a title
_LINKS = frozenset({"of", "at", "for", "to", "with", "in"})


def roles_in(annotated: Annotated, guess: MentionGuess, name: tuple[int, int] | None) -> list[Role]:
    """The roles that a noun phrase gives: with a name in it (`name` is its token range) the words before the name; bare
    ("the head of state") the phrase itself. `of` is the words of the organisation, None where there is none. A title that
    runs over a quotation mark or on and on is a mention gone wrong."""
    found = _roles(annotated, guess, name)
    return [r for r in found if len(r.title.split()) <= _LONGEST and not _QUOTES & {*r.title, *(r.of or "")}]


def _roles(annotated: Annotated, guess: MentionGuess, name: tuple[int, int] | None) -> list[Role]:
    if name is not None and guess.head < name[0]:
        return _phrase(annotated, guess.start, guess.head, name[0])
    if name is not None:
        start = guess.start
        titles = annotated.dependents(guess.head, "nmod:desc")
        if start == name[0] and titles and titles[0].index < start:  # the mention may leave the title out
            start = titles[0].index
        return _before(annotated, start, name[0])
    end = guess.end
    for token in annotated.dependents(guess.head, "appos", "flat"):
        if guess.head < token.index < end:
            end = token.index
    for token in annotated.dependents(guess.head, "acl"):
        if guess.head < token.index < end:
            end = min(annotated.subtree(token.index))
    return _phrase(annotated, guess.start, guess.head, end)


def _before(annotated: Annotated, start: int, name: int) -> list[Role]:
    """ "US President" before a name: an owner the gazetteer or a capital run tells from the title that follows it."""
    tokens = annotated.tokens
    while name > start and tokens[name - 1].text.lower().rstrip(".") in HONORIFICS:
        name -= 1
    first_title = next((i for i in range(start, name) if is_title(tokens[i].text)), None)
    if first_title is None:
        return []
    link = next((i for i in range(first_title + 1, name) if tokens[i].lemma.lower() in _LINKS), None)
    if link is not None:
        return _phrase(annotated, start, link - 1, _trim(annotated, name))
    since = _since(annotated, start, first_title)
    title = annotated.span(since, max(_trim(annotated, name), first_title + 1))
    return [Role(_words(annotated, title), _owner(annotated, start, since), title)]


def _phrase(annotated: Annotated, start: int, head: int, end: int) -> list[Role]:
    """ "the head of the Main Directorate of Intelligence" → title "head" of "Main Directorate of Intelligence"."""
    tokens = annotated.tokens
    if head >= end:
        return []
    first = head
    while (
        first - 1 >= start
        and tokens[first - 1].upos not in {"DET", "PUNCT", "PART"}
        and _lower_or_title(annotated, first - 1)
    ):
        first -= 1
    first = _since(annotated, start, first)
    title = annotated.span(first, head + 1)
    owner = _owner(annotated, start, first)
    after = head + 1
    if after < end and tokens[after].lemma.lower() in _LINKS:
        body = after + 1
        while body < end and tokens[body].upos in {"DET"}:
            body += 1
        stop = _trim(annotated, end)
        capital = any(tokens[i].text[:1].isupper() for i in range(body, stop))
        if capital and body < stop:
            owner = _words(annotated, annotated.span(body, stop))
        elif body < stop:
            title = annotated.span(first, stop)
    return [Role(_words(annotated, title), owner, title)]


def _since(annotated: Annotated, start: int, title: int) -> int:
    """Where a title begins with the word for its time: "then - president", "Former minister"."""
    tokens = annotated.tokens
    hyphen = title > 1 and tokens[title - 1].text == "-"
    before = title - 2 if hyphen else title - 1
    return before if before >= (0 if hyphen else start) and tokens[before].lemma.lower() in _TIMES else title


def _lower_or_title(annotated: Annotated, index: int) -> bool:
    word = annotated.tokens[index].text
    return (word[:1].islower() or is_title(word)) and gazetteer.load().find(word) is None


def _owner(annotated: Annotated, start: int, end: int) -> str | None:
    """The words before a title, without determiners and the genitive; a nationality gives its country's name."""
    tokens = annotated.tokens
    while start < end and tokens[start].upos in {"DET", "PUNCT"}:
        start += 1
    while end > start and (tokens[end - 1].upos in {"PUNCT", "PART"} or tokens[end - 1].text[:1].islower()):
        end -= 1
    if start >= end or not any(tokens[i].text[:1].isupper() for i in range(start, end)):
        return None
    words = _words(annotated, annotated.span(start, end))
    place = gazetteer.load().find(words)
    return place.name if place is not None and place.type == "country" else words


def _trim(annotated: Annotated, end: int) -> int:
    while end > 0 and annotated.tokens[end - 1].upos == "PUNCT":
        end -= 1
    return end


def _words(annotated: Annotated, span: Span) -> str:
    return " ".join(span.of(annotated.text).split())

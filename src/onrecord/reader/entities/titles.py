"""Who a title alone stands for: "the president", "the NATO chief", "the Indiana governor"."""

from __future__ import annotations

from collections.abc import Sequence, Set

from onrecord.reader import gazetteer
from onrecord.reader.annotated import Annotated, MentionGuess
from onrecord.reader.entities.antecedents import Antecedents
from onrecord.reader.entities.names import is_title
from onrecord.reader.entities.parties import Cast, Party
from onrecord.reader.gazetteer import fold

__all__ = ["Titles"]

_LEADING = frozenset({"head", "leader", "president", "chief", "chairman", "premier", "minister", "governor"})
_ANY_LEADER = frozenset({"boss", "chief", "head", "leader"})  # may be said of whoever holds a leader's title
_TIMES = frozenset({"former"})
_ORGANISED = frozenset({"organization", "place"})
_SURE = 0.5


class Titles:
    """The people of a document by the titles they hold."""

    def __init__(self, annotated: Annotated, cast: Cast, antecedents: Antecedents) -> None:
        self.annotated = annotated
        self.tokens = annotated.tokens
        self.cast = cast
        self.antecedents = antecedents

    def holder(self, mention: MentionGuess, barred: Set[int], spoken: Sequence[int | None]) -> int | None:
        """The person of a definite description: by coreference if that is sure and allowed; else of those with the title
        the one who spoke or was named last; else, for the title of a leader, whoever spoke last and may be one."""
        head = self.tokens[mention.head]
        definite = self.tokens[mention.start].text.lower() in {"the", "this", "that"} or head.text[:1].isupper()
        if mention.type in _ORGANISED or head.tag in {"NNS", "NNPS"} or not definite:
            return None
        for k, probability in mention.antecedents:
            party = self.cast.of_guess.get(k)
            if party is None or party in barred or not self._named_person(party):
                continue
            if probability >= _SURE:
                return party
            break
        title, of = head.lemma.lower(), self._of(mention)
        holders = [
            p
            for p, _ in self.antecedents.before(mention.start)
            if p not in barred and self._named_person(p) and _holds(self.cast.parties[p], title, of)
        ]
        found = next((p for p in reversed(spoken) if p in holders), holders[0] if holders else None)
        if found is not None or of or title not in _LEADING or not is_title(title):
            return found
        last = next((p for p in reversed(spoken) if p is not None), None)
        fits = last is not None and last not in barred and self._named_person(last) and self._leads(last)
        return last if fits else None

    def _of(self, mention: MentionGuess) -> frozenset[str]:
        """The names and titles among the words before the title, a nationality as its country: the holder's words too
        ("the foreign minister" is not the prime minister, nor the Republican nominee the Democratic one)."""
        before = [t for t in self.tokens[mention.start : mention.head] if t.upos not in {"DET", "PUNCT"}]
        capitals = [t.text for t in before if t.text[:1].isupper()]
        place = gazetteer.load().find(" ".join(capitals)) if capitals else None
        names = place.name if place is not None and place.type == "country" else " ".join(capitals)
        titles = (t.text for t in before if t.text.islower() and is_title(t.text))
        return frozenset(w for word in (*names.split(), *titles) for w in fold(word).split()) - _TIMES

    def _leads(self, party: int) -> bool:
        """No role is known of the person, or one that such a title may repeat ("head of state", then "the president")."""
        roles = self.cast.parties[party].roles
        return not roles or any(w.lower() in _LEADING for r in roles for w in r.title.split())

    def _named_person(self, party: int) -> bool:
        return self.cast.parties[party].type == "person" and bool(self.cast.parties[party].names)


def _holds(party: Party, title: str, of: frozenset[str]) -> bool:
    """The party's roles or descriptions have the title for a word ("Secretary General" for "the secretary general"), and
    the words that say of what."""
    held = {w for r in party.roles for w in fold(r.title).split()}
    leads = title in _ANY_LEADER and held & _LEADING
    if not leads and title not in held and not any(title == n.split()[-1].lower() for n in party.nominals if n):
        return False
    known = held | {w for r in party.roles if r.of for w in fold(r.of).split()}
    return of <= known | {w for n in party.nominals for w in fold(n).split()}

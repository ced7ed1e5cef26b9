"""Who is behind the source of each utterance: the party that its words name, describe, or stand for.

A name is taken as it is. For a pronoun or a description ("the president") three things are known here that coreference
did not know: nobody reports himself by name ("According to the president, Putin intends …" is not Putin's word), he who
spoke last mostly goes on speaking, and a title calls for somebody who holds it.
"""

from __future__ import annotations

from collections.abc import Sequence, Set

from onrecord.reader.annotated import Annotated, MentionGuess, base_of
from onrecord.reader.entities.anaphora import FIRST_OR_SECOND, description, gender_of_pronoun, relative_to
from onrecord.reader.entities.antecedents import Antecedents
from onrecord.reader.entities.documents import is_document, maker_of, named_documents, part_of
from onrecord.reader.entities.kinds import same_paper
from onrecord.reader.entities.names import name_range
from onrecord.reader.entities.parties import Cast, Party
from onrecord.reader.entities.roles import roles_in
from onrecord.reader.entities.titles import Titles
from onrecord.reader.statements.passages import Utterance
from onrecord.records import EntityType, MentionForm

__all__ = ["speakers"]

_A = frozenset({"a", "an", "another", "one", "some", "any"})
_THE = frozenset({"the", "this", "that", "these", "those"})
_BEFORE_NOUN = ("det", "amod", "compound", "nmod:poss", "nummod", "nmod:desc")
_GROUPS = frozenset({"it", "its", "they", "their", "them"})
_PAIR = frozenset({"former", "latter"})
_NOBODY = frozenset({"it", "this", "that", "these", "what", "which", "who", "whom", "there", "they", "he", "she"})
_SHARES = frozenset({"all", "both", "half", "handful", "majority", "many", "most", "number", "one", "several", "some"})
# Verbs whose passive has for its subject whom the words are about or meant for.
_TOLD = frozenset(
    {"accuse", "advise", "allege", "ask", "assume", "believe", "consider", "describe", "encourage", "expect", "inform"}
    | {
        "instruct",
        "know",
        "order",
        "remind",
        "report",
        "rumor",
        "rumour",
        "say",
        "suspect",
        "tell",
        "think",
        "urge",
        "warn",
    }
)


def speakers(
    annotated: Annotated, cast: Cast, found: Sequence[Utterance], within: Sequence[int | None]
) -> list[int | None]:
    """The party (index into `cast.parties`) of each utterance, None where nobody is named or described.

    `within` gives the utterance that each is nested in. Parties that only a source names are added to the cast.
    """
    reader = _Speakers(annotated, cast)
    for utterance, holder in zip(found, within, strict=True):
        reader.read(utterance, holder)
    return reader.chosen


class _Speakers:
    def __init__(self, annotated: Annotated, cast: Cast) -> None:
        self.annotated = annotated
        self.tokens = annotated.tokens
        self.cast = cast
        self.guesses = {g.head: i for i, g in enumerate(annotated.mentions)}
        self.chosen: list[int | None] = []
        self.antecedents = Antecedents(annotated, cast)
        self.titles = Titles(annotated, cast, self.antecedents)
        self.named_documents = self._named_documents()
        self.documents: list[tuple[str, int]] = []  # the noun of each document that spoke, and who stood behind it

    def read(self, utterance: Utterance, holder: int | None) -> None:
        if utterance.follows is not None and utterance.follows < len(self.chosen):
            self.chosen.append(self.chosen[utterance.follows])
        elif not utterance.source:
            self.chosen.append(None)
        elif self._first_person(utterance):
            known = holder is not None and holder < len(self.chosen)
            self.chosen.append(self.chosen[holder] if holder is not None and known else None)
        else:
            self.chosen.append(self._of_source(utterance))

    def _first_person(self, utterance: Utterance) -> bool:
        """ "I can confirm …" inside somebody's words is that somebody's; elsewhere the author's, who is not named."""
        return all(self.tokens[i].text.lower() in FIRST_OR_SECOND for piece in utterance.source for i in piece)

    def _of_source(self, utterance: Utterance) -> int | None:
        source = [i for piece in utterance.source for i in piece]
        cue = [i for piece in utterance.cue for i in piece]
        head = self._head(source, cue)
        if self._only_told_of(head, cue):
            return None
        noun = relative_to(self.annotated, head)
        if noun is not None:
            head, source = noun, [noun]
        if is_document(self.annotated, head):
            return self._document(head)
        found = self._named_inside(source, head)
        if found is not None:
            at = self.guesses.get(head)
            if at is not None and self.tokens[head].upos in {"NOUN", "PROPN"}:
                if self.cast.of_guess.get(at) != found:
                    self.cast.parties[found].roles += roles_in(self.annotated, self.annotated.mentions[at], None)
                self._move(at, self.annotated.mentions[at], found)
            return found
        guess = self._guess(source, head)
        if guess is None:
            return self._by_words(source, head)
        return self._of_mention(utterance, source, head, guess)

    def _of_mention(
        self, utterance: Utterance, source: list[int], head: int, guess: tuple[int, MentionGuess]
    ) -> int | None:
        i, mention = guess
        party = self.cast.of_guess.get(i)
        if party is not None and self.cast.parties[party].names and self._is_name(mention):
            return party
        barred = self._named_in(utterance)
        found, word = None, self.tokens[mention.head]
        low = word.text.lower()
        gender = gender_of_pronoun(low)
        if gender or (low in _GROUPS and (party is None or party in barred)):
            found = self.antecedents.of_pronoun(mention, gender, barred, self.chosen)
        elif low in _PAIR:
            found = self.antecedents.of_pair(mention.start, latter=low == "latter")
        elif word.upos in {"NOUN", "PROPN"}:
            found = self.titles.holder(mention, barred, self.chosen)
        if found is not None:
            self._move(i, mention, found)
            return found
        if party is not None and party not in barred:
            return party
        return self._by_words(source, head, barred)

    def _head(self, source: list[int], cue: list[int]) -> int:
        """The word of the source that speaks: the cue's subject where it is in there ("According to the Herald, Burrows
        said" may come as one source), and of people who speak together the first."""
        inside = set(source)
        subject = next((t.index for i in cue for t in self.annotated.dependents(i, "nsubj")), -1)
        head = self.annotated.head_of(source)
        named = self._named_inside(source, head) is not None
        if subject not in {-1, head} and (subject in inside or (self._belongs(head, subject, cue) and not named)):
            head = subject
        while self.tokens[head].relation == "conj" and self.tokens[head].head not in inside and not named:
            above = self.tokens[head].head
            if self.tokens[above].upos not in {"NOUN", "PROPN", "PRON"}:
                break
            head = above
        parts = self.annotated.dependents(head, "nmod")
        if self.tokens[head].lemma.lower() in _SHARES and parts and parts[0].index in inside:
            return parts[0].index
        return head

    def _belongs(self, head: int, subject: int, cue: list[int]) -> bool:
        """The source is but a piece of the cue's subject ("A study among [nurses] found"), or whom the cue is done to."""
        token = self.tokens[head]
        if token.head in cue and base_of(token.relation) in {"obj", "iobj"}:
            return True
        return any(above.index == subject for above in self.annotated.ancestors(head))

    def _only_told_of(self, head: int, cue: list[int]) -> bool:
        """Who is reported, told or urged in the passive says nothing: "He was told to go", "it is expected that"."""
        token = self.tokens[head]
        if token.relation == "expl":
            return True
        return token.relation == "nsubj:pass" and token.head in cue and self.tokens[token.head].lemma in _TOLD

    def _document(self, head: int) -> int | None:
        """Who made a document, else the document if it has a name or was spoken of before; None for "a recent poll"."""
        head = part_of(self.annotated, head)
        token = self.tokens[head]
        lemma = token.lemma.lower()
        named = next((p for start, end, p in self.named_documents if start <= head < end), None)
        known = named if named is not None else maker_of(self.annotated, self.cast, head)
        if known is not None and known != named:
            self.documents.append((lemma, known))
            return known
        if named is None and self._has(head, _THE):
            named = next((p for noun, p in reversed(self.documents) if same_paper(noun, lemma)), None)
        if named is None:  # the only one that has a name, whether it stands before or after
            same = {p for start, end, p in self.named_documents if self.tokens[end - 1].lemma.lower() == lemma}
            named = same.pop() if len(same) == 1 else None
        if named is None and self._has(head, _A):
            return None
        if named is None:
            named = self.cast.add(Party("product"))
            self.cast.parties[named].describe(description(self.annotated, self._start(head), head))
            self.cast.parties[named].describe(token.text)
        form: MentionForm = "name" if any(start <= head < end for start, end, _ in self.named_documents) else "nominal"
        self.cast.join(named, head, self.annotated.span(self._start(head), head + 1), form)
        self.documents.append((lemma, named))
        return named

    def _has(self, head: int, determiners: frozenset[str]) -> bool:
        return any(t.lemma.lower() in determiners for t in self.annotated.dependents(head, "det"))

    def _start(self, head: int) -> int:
        """Where the phrase that a noun heads begins."""
        left = [t.index for t in self.annotated.dependents(head, *_BEFORE_NOUN) if t.index < head]
        return min(left, default=head)

    def _named_documents(self) -> list[tuple[int, int, int]]:
        """Token ranges of documents' names with their parties: one party for names that end alike."""
        found: list[tuple[int, int, int]] = []
        for start, end in named_documents(self.annotated):
            words = " ".join(self.annotated.span(start, end).of(self.annotated.text).split())
            party = self.cast.of_similar(words, "product")
            party = party if party is not None else self.cast.of_head.get(end - 1)
            if party is None and self.tokens[end - 1].text[:1].islower():
                continue  # "New York Times report": its maker's name
            if party is None:
                party = self.cast.add(Party("product"))
            self.cast.write(party, words)
            found.append((start, end, party))
        return found

    def _named_inside(self, source: list[int], head: int) -> int | None:
        """The person whose name begins or ends the source, a title or description beside it: "the head of …, Kyrylo
        Budanov", "Khaled Al-Maeena, editor at …". A name tied on by a preposition is somebody else."""
        start, end = source[0], source[-1] + 1
        while end > start and self.tokens[end - 1].upos == "PUNCT":
            end -= 1
        while start < end and self.tokens[start].upos in {"PUNCT", "DET"}:
            start += 1
        for last in range(start + 1, end + 1):
            party = self._named_at(start, last)
            if party is not None and (start <= head < last or self.tokens[last].upos == "PUNCT"):
                return party
        for first in range(start + 1, end):
            party = self._named_at(first, end)
            if party is not None and self._beside(first):
                clause = any(self.tokens[k].upos == "VERB" for k in range(head + 1, first))
                return None if clause else party
        return None

    def _beside(self, first: int) -> bool:
        """A name that begins at a token is not tied on by a preposition, an owner's mark or "and"."""
        return self.tokens[first - 1].upos not in {"ADP", "PART", "CCONJ"} and self.tokens[first].relation != "conj"

    def _named_at(self, first: int, last: int) -> int | None:
        """The person whose name stands at a token range."""
        party = self.cast.named_at.get((first, last))
        return party if party is not None and self.cast.parties[party].type == "person" else None

    def _guess(self, source: list[int], head: int) -> tuple[int, MentionGuess] | None:
        """The mention that the source is: the one its head word hangs by, else the widest inside it."""
        at, mentions = self.guesses.get(head), self.annotated.mentions
        if at is None:
            inside = [self.guesses[i] for i in source if i in self.guesses]
            wanted = [k for k in inside if k in self.cast.of_guess]
            if self.tokens[head].upos == "PROPN":
                wanted = [k for k in wanted if head in range(mentions[k].start, mentions[k].end)]
            if not wanted or self.tokens[head].upos == "PRON":
                return None
            at = max(wanted, key=lambda k: mentions[k].end - mentions[k].start)
        return at, mentions[at]

    def _is_name(self, mention: MentionGuess) -> bool:
        party = self.cast.parties[self.cast.of_head[mention.head]] if mention.head in self.cast.of_head else None
        if party is None:
            return False
        words = self.annotated.span(mention.start, mention.end).of(self.annotated.text)
        return any(name in words for name in party.names)

    def _named_in(self, utterance: Utterance) -> set[int]:
        """Parties that the content names as those who act in it: they are not its speaker. Direct speech may."""
        named = set()
        for piece in utterance.content:
            for i in piece:
                party = self.cast.of_head.get(i)
                if (
                    party is None
                    or self.tokens[i].upos != "PROPN"
                    or self.tokens[i].relation.partition(":")[0] != "nsubj"
                ):
                    continue
                named.add(party)
        return named

    def _move(self, i: int, mention: MentionGuess, party: int) -> None:
        """Gives a mention to the party that it was found to stand for."""
        old = self.cast.of_guess.get(i)
        if old == party:
            return
        span = self.annotated.span(mention.start, mention.end)
        if old is not None:
            self.cast.parties[old].mentions = [m for m in self.cast.parties[old].mentions if m[0] != span]
        self.cast.of_guess[i] = party
        pronoun = self.tokens[mention.head].upos == "PRON"
        self.cast.join(party, mention.head, span, "pronoun" if pronoun else "nominal")

    def _by_words(self, source: list[int], head: int, barred: Set[int] = frozenset()) -> int | None:
        """A source that no mention covers: somebody of that name, else somebody new called by its words; nobody for a
        pronoun that went back to nothing."""
        token = self.tokens[head]
        if self.cast.of_head.get(head, -1) not in {-1, *barred}:
            return self.cast.of_head[head]
        if token.lemma.lower() in _NOBODY:
            return None
        named = token.upos == "PROPN"
        at = self.guesses.get(head)
        person = self.annotated.mentions[at].type == "person" if at is not None else named
        kind: EntityType = "people" if token.tag in {"NNS", "NNPS"} else "person" if person else "organisation"
        place = name_range(self.annotated, head, source[0], source[-1] + 1, person=kind == "person") if named else None
        start = min(max(source[0], self._start(head)), head)
        span = self.annotated.span(*(place or (start, head + 1)))
        words = " ".join(span.of(self.annotated.text).split())
        if place is None:
            words = description(self.annotated, start, head)
        party = self.cast.of_name(words) if named else None
        party = party if party is not None or not named else self.cast.of_similar(words, kind)
        if party is None and (not named or place is None):
            unseen = MentionGuess(head, start, head + 1, "organization" if kind == "organisation" else "person", 0.0)
            party = self.antecedents.of_description(unseen, self.chosen)
        if party is None:
            party = self.cast.add(Party(kind))
            if named:
                self.cast.write(party, words)
            else:
                self.cast.parties[party].describe(words)
        self.cast.join(party, head, span, "name" if named else "nominal")
        return party

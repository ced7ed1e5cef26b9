"""The normal form of a claim and the names of those in it, in words for people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from onrecord.ledger.claims.claim import Claim, Membership
from onrecord.ledger.claims.compiled import outlet_name
from onrecord.ledger.claims.model import Facts, Happening, Quantity
from onrecord.ledger.scene import Member, Record, Scene

__all__ = ["Form", "Names", "form"]


@dataclass(frozen=True, slots=True)
class Form:
    """The normal form: who did what to whom, where, when, how firmly, how many."""

    actor: str | None
    event: str | None
    target: str | None
    place: str | None
    time: str | None
    status: str | None
    figure: str | None


class Names:
    """What everybody in a scene is called."""

    def __init__(self, scene: Scene, facts: Mapping[int, Facts]) -> None:
        self._scene = scene
        self._facts = facts
        self._members = {member.document: member for member in scene.members}
        self._hashes = {member.hash: member for member in scene.members}
        self._elsewhere = {voice.id: voice.name for voice in scene.rulings.voices.values()}

    def member(self, document: int) -> Member:
        return self._members[document]

    def entity(self, document: int, entity: str) -> str:
        """The best name of an entity: the story's, or the one that its document gives it."""
        who = self._scene.people.get((document, entity), "")
        return self._scene.names.get(who) or self._facts[document].entities[entity].name

    def speaker(self, part: Membership) -> Record | None:
        """The entity whose words a member of a claim is, as read or as people ruled; None for a reporter and an outlet."""
        p, document = part.item.proposition, part.item.document
        if part.role == "reporter":
            return None
        ruled = self._scene.rulings.speakers.get((document, p.statement)) if p.statement is not None else None
        return ruled or ((document, p.speaker) if p.speaker is not None else None)

    def of(self, part: Membership) -> str:
        """Who a member of a claim is: a name, the words of a source, or the publisher of an outlet's text."""
        p = part.item.proposition
        if (known := self._scene.names.get(part.who) or self._elsewhere.get(part.who)) is not None:
            return known
        if part.role != "reporter" and p.speaker is not None and part.who == part.item.speaker:
            return self.entity(part.item.document, p.speaker)
        if part.role != "reporter" and p.source is not None:
            return p.source
        here = self._members[part.item.document]
        origin = self._hashes.get(here.origin, here)
        return outlet_name(here, origin, self._facts) or "the outlet"


def form(claim: Claim, names: Names, text: str) -> Form:
    """The normal form of a claim by its clearest member, whose document has this text."""
    item = claim.clearest.item
    p = item.proposition
    number = next((q for q in p.quantities if q.event is not None), p.quantities[0] if p.quantities else None)
    event = _event(p.happenings, p.main, number)

    def called(entities: Iterable[str]) -> str | None:
        return ", ".join(dict.fromkeys(names.entity(item.document, e) for e in entities)) or None

    return Form(
        actor=called(event.actor) if event else None,
        event=event.lemma if event else None,
        target=called(event.target) if event else None,
        place=called(event.place) if event else None,
        time=_time(event) if event else None,
        status=event.status if event else None,
        figure=f"{number.span.of(text)} {number.thing or ''}".strip() if number else None,
    )


def _event(happenings: tuple[Happening, ...], main: str | None, number: Quantity | None) -> Happening | None:
    for wanted in (number.event if number else None, main):
        if (found := next((h for h in happenings if h.concept == wanted), None)) is not None:
            return found
    return happenings[0] if happenings else None


def _time(event: Happening) -> str | None:
    """EDTF: a day, or an interval whose open end is empty."""
    if event.start is None and event.end is None:
        return None
    return f"{event.start or ''}/{event.end or ''}"

"""For which bodies people speak: the head of a service and the service are one witness, not two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from onrecord.ledger.claims.model import Facts
from onrecord.ledger.identity.bodies import NATIONAL, body_of
from onrecord.ledger.names import name_key
from onrecord.ledger.scene import Scene

__all__ = ["speaks_for"]

_LETTERS = 4  # of a country's name, fewer of which are no sign
_MORE = 2  # words that a body's full name may have beyond those of the role ("Talvenia's emergency service")


def speaks_for(scene: Scene, facts: Mapping[int, Facts]) -> dict[str, frozenset[str]]:
    """Each person's and body's id → those of the bodies that it belongs to or speaks for, all the way up."""
    called: dict[str, frozenset[str]] = {}
    found_by_words: dict[str, frozenset[str]] = {}
    direct: dict[str, set[str]] = defaultdict(set)
    for member in scene.members:
        known = facts.get(member.document)
        for key, entry in known.entities.items() if known is not None else ():
            one = scene.people.get((member.document, key))
            if one is None:
                continue
            for of in entry.of:
                body = scene.people.get((member.document, of))
                if body is not None:
                    direct[one].add(body)
                else:
                    if of not in found_by_words:
                        called = called or {w: frozenset(name_key(name).split()) for w, name in scene.names.items()}
                        found_by_words[of] = frozenset(_named(of, called))
                    direct[one] |= found_by_words[of]
    for one, place in _seats(scene):
        direct[one].add(place)
    return {one: _reached(one, direct) for one in list(direct)}


def _seats(scene: Scene) -> Iterable[tuple[str, str]]:
    """The ministries and governments of the story with their countries: "Ruvania" speaks by its foreign ministry."""
    seated = [
        (who, body.place)
        for who, name in scene.names.items()
        if (body := body_of(name)) is not None and body.kind in NATIONAL and body.place is not None
    ]
    names = sorted((name_key(name), who) for who, name in scene.names.items()) if seated else []
    for who, place in seated:
        yield from ((who, other) for key, other in names if other != who and _one_country(place, key))


def _one_country(adjective: str, name: str) -> bool:
    """ "ruvanian" and "ruvania": as many letters as the one and all but the last of the other have in common."""
    return len(name) >= _LETTERS and adjective.startswith(name[:-1]) and len(adjective) <= len(name) + 2


def _named(words: str, called: Mapping[str, frozenset[str]]) -> Iterable[str]:
    """The bodies whose name holds all of these words and little else."""
    wanted = frozenset(name_key(words).split())
    return (who for who, name in called.items() if wanted and wanted <= name and len(name) <= len(wanted) + _MORE)


def _reached(one: str, direct: Mapping[str, set[str]]) -> frozenset[str]:
    reached: set[str] = set()
    waiting = [one]
    while waiting:
        for body in direct.get(waiting.pop(), ()):
            if body not in reached:
                reached.add(body)
                waiting.append(body)
    return frozenset(reached - {one})

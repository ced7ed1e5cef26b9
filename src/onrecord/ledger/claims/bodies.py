"""For which bodies people speak: the head of a service and the service are one witness, not two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from onrecord.ledger.claims.model import Facts
from onrecord.ledger.names import name_key
from onrecord.ledger.scene import Scene

__all__ = ["speaks_for"]

_MORE = 2  # words that a body's full name may have beyond those of the role ("Talvenia's emergency service")


def speaks_for(scene: Scene, facts: Mapping[int, Facts]) -> dict[str, frozenset[str]]:
    """Each person's and body's id → those of the bodies that it belongs to or speaks for, all the way up."""
    called = {who: frozenset(name_key(name).split()) for who, name in scene.names.items()}
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
                        found_by_words[of] = frozenset(_named(of, called))
                    direct[one] |= found_by_words[of]
    return {one: _reached(one, direct) for one in direct}


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

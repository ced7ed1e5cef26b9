"""Bodies that each place has one of: "Houston police" = "Houston Police Department" = "HPD" = "police", in one story.

Where the story has them of one place only, those of no named place are of that one; where it has several, a text's
bare "police" are those of the one place that this text names, or nobody's.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from onrecord.ledger.identity.generic import is_generic
from onrecord.ledger.identity.grouping import Groups
from onrecord.ledger.identity.nodes import Form, Node
from onrecord.ledger.identity.spelling import name_words

__all__ = ["NATIONAL", "Body", "body_of", "join_bodies"]

# The words that end a body's name, and its kind. Longer endings first.
_ENDINGS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("medical", "examiner", "office"), "medical examiner"),
    (("district", "attorney", "office"), "district attorney"),
    (("state", "attorney", "office"), "state attorney"),
    (("police", "department"), "police"),
    (("police", "dept"), "police"),
    (("police", "bureau"), "police"),
    (("police", "force"), "police"),
    (("police", "service"), "police"),
    (("police", "officials"), "police"),
    (("sheriff", "office"), "sheriff"),
    (("sheriff", "department"), "sheriff"),
    (("sheriff", "dept"), "sheriff"),
    (("sheriffs", "office"), "sheriff"),
    (("sheriffs", "department"), "sheriff"),
    (("fire", "department"), "fire department"),
    (("fire", "dept"), "fire department"),
    (("emergency", "service"), "emergency service"),
    (("emergency", "services"), "emergency service"),
    (("coast", "guard"), "coast guard"),
    (("armed", "forces"), "army"),
    (("defence", "ministry"), "defence ministry"),
    (("defense", "ministry"), "defence ministry"),
    (("foreign", "ministry"), "foreign ministry"),
    (("interior", "ministry"), "interior ministry"),
    (("health", "ministry"), "health ministry"),
    (("finance", "ministry"), "finance ministry"),
    (("justice", "ministry"), "justice ministry"),
    (("observer", "mission"), "mission"),
    (("monitoring", "mission"), "mission"),
    (("mission",), "mission"),
    (("police",), "police"),
    (("authorities",), "authorities"),
    (("investigators",), "investigators"),
    (("detectives",), "detectives"),
    (("prosecutors",), "prosecutors"),
    (("officials",), "officials"),
    (("government",), "government"),
    (("parliament",), "parliament"),
    (("army",), "army"),
)
# A story may be about several countries that each have one, named or not: these need their place.
NATIONAL = frozenset(
    {"army", "coast guard", "government", "parliament"}
    | {"defence ministry", "foreign ministry", "interior ministry", "health ministry"}
    | {"finance ministry", "justice ministry"}
)
"""Kinds of which every country has one."""
# Not of a place but of an organisation, as whose mouth it speaks: "the OSCE mission" is the OSCE in the field.
_MISSION = "mission"
# "the Ministry of Internal Affairs of Talvenia", "the foreign ministry of Ruvania", "the government of Talvenia"
_MINISTRY = re.compile(
    r"(?:the\s+)?ministry\s+(?:of|for)\s+(?:the\s+)?(?P<topic>\w+)(?:\s+affairs)?(?:\s+of\s+(?:the\s+)?(?P<place>.+))?",
    re.IGNORECASE,
)
_OF = re.compile(
    r"(?:[Tt]he\s+)?(?P<body>[\w\s]+?)\s+of\s+(?:the\s+)?(?P<place>[^\W\d_a-z][\w'’-]*(?:\s[^\W\d_a-z][\w'’-]*)*)"
)
_TOPICS = {"defense": "defence", "internal": "interior", "external": "foreign", "finances": "finance"}
# Said of whoever is in office anywhere: never the same as those of a place that the story names besides.
_VAGUE = frozenset({"officials"})

# Words before the ending that make it a body of another kind, and those that say nothing.
_KINDS = frozenset(
    {
        "airport",
        "border",
        "campus",
        "capitol",
        "college",
        "district",
        "federal",
        "highway",
        "housing",
        "isd",
        "military",
    }
    | {
        "national",
        "park",
        "port",
        "railroad",
        "riot",
        "school",
        "secret",
        "state",
        "transit",
        "transport",
        "university",
    }
)
_EMPTY = frozenset({"area", "city", "its", "local", "of", "the", "town", "s"})


@dataclass(frozen=True, slots=True)
class Body:
    """What a body's name comes to: its kind ("police", "state police"), and the words of its place ("houston")."""

    kind: str
    place: str | None


@lru_cache(maxsize=1 << 14)
def body_of(text: str) -> Body | None:
    """The body that these words name; None where they name none, or some of its people ("two detectives")."""
    bare = _placed_first(text.strip())
    words = list(name_words(bare))
    if len(words) == 1 and bare.replace(".", "").isupper() and 3 <= len(words[0]) <= 5 and words[0].endswith("pd"):
        return Body("police", words[0])
    for ending, kind in _ENDINGS:
        if tuple(words[-len(ending) :]) == ending:
            before = words[: -len(ending)]
            return _placed(kind, before, bare)
    return None


def _placed_first(text: str) -> str:
    """ "Talvenia defence ministry" for "the Ministry of Defense of Talvenia": the place ahead, as most texts have it."""
    if (ministry := _MINISTRY.fullmatch(text)) is not None:
        topic = _TOPICS.get(ministry["topic"].lower(), ministry["topic"].lower())
        return f"{ministry['place'] or ''} {topic} ministry".strip()
    if (held := _OF.fullmatch(text)) is not None:
        return f"{held['place']} {held['body']}"
    return text


def _placed(kind: str, before: list[str], text: str) -> Body | None:
    capitals = {w for word in text.replace("-", "").split() if word[:1].isupper() for w in name_words(word)}
    place = [w for w in before if w not in _KINDS and w not in _EMPTY]
    if kind in _VAGUE and before and not place:
        return None  # "city officials"
    small = [w for w in before if w not in capitals and w not in _EMPTY and w not in _KINDS]
    if small or (place and is_generic(place)) or any(w.isdigit() for w in before):
        return None
    kinds = [w for w in before if w in _KINDS]
    if kinds and kinds != ["state"]:
        # Of which campus, which port: the whole of its name tells, and nothing less.
        return Body(" ".join([*before, kind]), None if not place else " ".join(place))
    return Body(" ".join([*kinds, kind]), " ".join(place) or None)


def join_bodies(groups: Groups, nodes: Sequence[Node], place_of: Callable[[str], str]) -> None:
    """Merge the bodies among `nodes`. `place_of` gives one key for all names of a place ("talvenian", "talvenia")."""
    named_in: dict[int, set[str]] = defaultdict(set)
    organisations: dict[str, Node] = {}
    for node in groups.nodes:
        for form in node.forms:
            # "Talvenian border guards" speaks of Talvenia
            for word in form.text.split() if form.form == "nominal" else ():
                if word[:1].isupper():
                    named_in[node.document].add(place_of(" ".join(name_words(word))))
            if form.form == "name":
                named_in[node.document].add(place_of(key := " ".join(name_words(form.text))))
                if node.type == "organisation":
                    organisations.setdefault(place_of(key), node)
    kinds: dict[str, list[tuple[Node, Form, str | None]]] = defaultdict(list)
    for node in nodes:
        found = _body_form(node)
        if found is not None:
            body, form = found
            place = None if body.place is None else place_of(body.place)
            if body.kind != _MISSION or place is None or place in organisations:
                kinds[body.kind].append((node, form, place))
    for kind, members in sorted(kinds.items()):
        _join_kind(groups, kind, _with_initials(members), named_in)
    for node, form, place in kinds.get(_MISSION, ()):
        if place is not None:
            whole = organisations[place]
            groups.join(whole, node, "mission of a body", (whole.forms[0].span, form.span))


def _body_form(node: Node) -> tuple[Body, Form] | None:
    """The body that a node is, by the form that names its place if one does."""
    if any(form.form == "name" and body_of(form.text) is None for form in node.forms):
        return None  # something else by name
    found = None
    for form in node.forms:
        if form.form not in {"name", "nominal"} or name_words(form.text) == ():
            continue
        body = body_of(form.text)
        if body is None:
            if found is None:
                return None  # "two detectives", later "the detectives"
            continue
        if body.place is not None:
            return body, form
        found = found or (body, form)
    return found


def _with_initials(members: list[tuple[Node, Form, str | None]]) -> list[tuple[Node, Form, str | None]]:
    """ "hpd" is of the place of which it has the initials, if there is just one."""
    places = {place for _, _, place in members if place is not None}
    said = {place: _initials(place) for place in places}
    settled: list[tuple[Node, Form, str | None]] = []
    for node, form, place in members:
        if place is not None and place.endswith("pd") and " " not in place:
            fitting = [other for other, initials in said.items() if other != place and initials == place[:-2]]
            settled.append((node, form, fitting[0] if len(fitting) == 1 else place))
        else:
            settled.append((node, form, place))
    return settled


def _initials(place: str) -> str:
    return "".join(word[0] for word in place.split())


def _join_kind(
    groups: Groups,
    kind: str,
    members: Sequence[tuple[Node, Form, str | None]],
    named_in: Mapping[int, Collection[str]],
) -> None:
    """Join the bodies of one kind. `named_in` are the places that each document names, by their keys."""
    placed: dict[str, tuple[Node, Form]] = {}
    own: dict[int, set[str]] = defaultdict(set)
    for node, form, place in members:
        if place is None:
            continue
        own[node.document].add(place)
        if place in placed:
            groups.join(placed[place][0], node, "body of a place", (placed[place][1].span, form.span))
        else:
            placed[place] = (node, form)
    bare: tuple[Node, Form] | None = None
    for node, form, place in members:
        if place is not None:
            continue
        mine = own[node.document]
        only = min(placed) if len(placed) == 1 and kind not in _VAGUE else None
        if kind in NATIONAL and only is not None and only not in named_in[node.document]:
            only = None  # a text that does not speak of the country has another in mind
        at = min(mine) if len(mine) == 1 else only
        if at is not None:
            groups.join(placed[at][0], node, "the only body of its kind", (placed[at][1].span, form.span))
        elif not placed and kind not in NATIONAL:
            if bare is None:
                bare = (node, form)
            else:
                groups.join(bare[0], node, "the only body of its kind", (bare[1].span, form.span))

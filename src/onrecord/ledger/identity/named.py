"""Which places, organisations and other named things of a story are one: by reference, name, acronym, short form."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from onrecord.ledger.identity.generic import is_generic
from onrecord.ledger.identity.grouping import Groups
from onrecord.ledger.identity.nodes import Form, Node
from onrecord.ledger.identity.spelling import name_words
from onrecord.reader.entities.likeness import acronym_of, same_company

__all__ = ["join_named", "join_references", "place_keys", "proper_forms"]

# Things of these types are told from others; places, organisations, countries, facilities are read one for another.
_OWN_CLASS = frozenset({"event", "product"})
_TAILS = frozenset(
    {"hospital", "center", "centre", "department", "school", "university", "college", "church", "medical"}
)
_SCHOOLS = frozenset({"college", "university"})
_ROOT = 4  # letters that a name and its adjective begin with: "Talvenia", "Talvenian"


def proper_forms(node: Node) -> Iterator[Form]:
    """The forms that are its own name: the best one, and others that are like it, short for it, or long for it.

    Readers put a stray name into an entity now and then (the agency in brackets after a dateline's town), which would
    tie two stories' worth of things together.
    """
    for form in node.forms:
        if form.form == "name":
            own = form.text == node.name or node.ref is not None or _kin(form.text, node.name)
        else:
            own = form.form == "nominal" and _is_capital(form.text) and form.text.endswith(node.name)
        if own:
            yield form


def _is_capital(text: str) -> bool:
    words = [w for w in text.split() if w.isalpha() and len(w) > 3]
    return len(words) > 1 and all(w[0].isupper() for w in words)


def _kin(form: str, name: str) -> bool:
    if acronym_of(form, name) or acronym_of(name, form):
        return True
    a, b = name_words(form), name_words(name)
    if set(a) & set(b) and not is_generic(sorted(set(a) & set(b))):
        return True
    return " ".join(a)[:_ROOT] == " ".join(b)[:_ROOT]


def _class(node: Node) -> str:
    return node.type if node.type in _OWN_CLASS else "thing"


def join_references(groups: Groups, nodes: Sequence[Node]) -> None:
    """Everything with one reference is one; a nation (Ukrainians) has its country's reference and is not the country."""
    first: dict[tuple[str, bool], Node] = {}
    for node in nodes:
        if node.ref is not None and node.forms:
            centre = first.setdefault((node.ref, node.type == "people"), node)
            groups.join(centre, node, "reference", (centre.forms[0].span, node.forms[0].span))


def join_named(groups: Groups, nodes: Sequence[Node]) -> None:
    """Merge the named things among `nodes`, given in canonical order."""
    named: dict[tuple[str, str], list[tuple[Node, Form]]] = defaultdict(list)
    for node in nodes:
        for form in proper_forms(node):
            words = name_words(form.text)
            if words and not is_generic(words):
                named[(_class(node), " ".join(words))].append((node, form))
    for bearers in named.values():
        _join_bearers(groups, bearers, "name")
    _join_acronyms(groups, named)
    _join_short(groups, named)
    _join_described(groups, nodes)


def _join_bearers(groups: Groups, bearers: Sequence[tuple[Node, Form]], rule: str) -> None:
    """All of one name; those without a reference only where the name has not two."""
    refs = {ref for node, _ in bearers if (ref := groups.ref(node)) is not None}
    centre: tuple[Node, Form] | None = None
    for node, form in bearers:
        if len(refs) > 1 and groups.ref(node) is None:
            continue
        if centre is None:
            centre = (node, form)
        else:
            groups.join(centre[0], node, rule, (centre[1].span, form.span))


def _join_acronyms(groups: Groups, named: dict[tuple[str, str], list[tuple[Node, Form]]]) -> None:
    short = [(key, b[0]) for key, b in named.items() if " " not in key[1] and 3 <= len(key[1]) <= 8]
    long = [(key, b[0]) for key, b in named.items() if " " in key[1]]
    for (kind, _), (node, form) in sorted(short, key=lambda item: item[1][0].place):
        if not form.text.replace(".", "").isupper():
            continue
        initial = form.text[0]
        spelled = [b for (k, _), b in long if k == kind and initial in b[1].text and acronym_of(form.text, b[1].text)]
        roots = {groups.root(b[0]) for b in spelled}
        if len(roots) == 1:
            full = min(spelled, key=lambda b: b[0].place)
            groups.join(full[0], node, "acronym", (full[1].span, form.span))


def _join_short(groups: Groups, named: dict[tuple[str, str], list[tuple[Node, Form]]]) -> None:
    """ "Jackson Memorial" and "Jackson Memorial Hospital", "Ford" and "Ford Motor Company": if just one goes on so."""
    longer: dict[tuple[str, str], list[tuple[Node, Form]]] = defaultdict(list)
    for (kind, key), bearers in named.items():
        words = key.split()
        node, form = bearers[0]
        for cut in range(1, len(words)):
            tail = words[cut:]
            base = " ".join(words[:cut])
            if words[cut - 1] in _SCHOOLS and tail != [words[cut - 1]]:
                continue  # the university and its hospital
            if (cut > 1 and all(w in _TAILS for w in tail)) or (
                len(tail) <= 2 and "organisation" in {b[0].type for b in bearers} and same_company(base, key)
            ):
                longer[(kind, base)].append((node, form))
    for short, full in longer.items():
        if short not in named or len({groups.root(node) for node, _ in full}) != 1:
            continue
        if {n.type for n, _ in named[short]} <= {"place", "country"}:
            continue  # the town, and the hospital named after it
        node, form = named[short][0]
        centre = min(full, key=lambda b: b[0].place)
        groups.join(centre[0], node, "short name", (centre[1].span, form.span))


def _join_described(groups: Groups, nodes: Sequence[Node]) -> None:
    """ "the Drusa dam" in one text and in another: a name and what bears it, said as of a known thing."""
    said: dict[str, list[tuple[Node, Form]]] = defaultdict(list)
    for node in nodes:
        if node.type not in {"place", "facility", "organisation"}:
            continue
        for form in node.forms:
            words = name_words(form.text)
            plain = form.text.split()
            if form.form != "nominal" or not plain or plain[0].lower() != "the" or not 2 <= len(words) <= 4:
                continue
            if plain[1][:1].isupper() and not is_generic(words[:-1]) and form.text.endswith(node.name):
                said[" ".join(words)].append((node, form))
                break
    for bearers in said.values():
        _join_bearers(groups, bearers, "described name")


def place_keys(groups: Groups, nodes: Sequence[Node]) -> dict[str, str]:
    """For each name of a place or country one key for all its names: the folded name of its first node."""
    keys: dict[str, str] = {}
    firsts: dict[int, str] = {}
    for node in nodes:
        if node.type in {"place", "country", "person", "organisation"}:
            for form in proper_forms(node):
                words = " ".join(name_words(form.text))
                first = firsts.setdefault(groups.root(node), " ".join(name_words(node.name)))
                keys.setdefault(words, first)
    return keys

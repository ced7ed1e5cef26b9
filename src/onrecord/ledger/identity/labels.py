"""Labels of a transcript: "SAUK:" is the person of that surname whom the same text introduces."""

from __future__ import annotations

from collections import defaultdict

from onrecord.ledger.identity.grouping import Groups
from onrecord.ledger.identity.nodes import Form, Node
from onrecord.ledger.identity.spelling import name_words, skeleton

__all__ = ["join_labels"]

_LEAST = 3  # letters; fewer are initials


def join_labels(groups: Groups) -> None:
    """Merge each name in capitals with the one full name of its document that ends with it.

    That the reading held them apart tells nothing here: to it, capitals look like another name.
    """
    bearers: dict[tuple[int, str], list[tuple[Node, Form]]] = defaultdict(list)
    labels: list[tuple[Node, Form, str]] = []
    for node in groups.nodes:
        words = name_words(node.name)
        label = len(words) == 1 and node.name.isupper() and len(words[0]) >= _LEAST
        bearer = len(words) > 1 and not node.name.isupper() and node.name.split()[-1][:1].isupper()
        form = _shown(node) if label or bearer else None
        if form is None:
            continue
        if label:
            labels.append((node, form, skeleton(words[0])))
        else:
            bearers[node.document, skeleton(words[-1])].append((node, form))
    for node, form, surname in labels:
        found = bearers.get((node.document, surname), [])
        if len(found) == 1 and node.speaks:
            groups.join(found[0][0], node, "label", (found[0][1].span, form.span))


def _shown(node: Node) -> Form | None:
    """The form that is its name, else the first that is no pronoun."""
    named = next((f for f in node.forms if f.form == "name" and f.text == node.name), None)
    return named or next((f for f in node.forms if f.form != "pronoun"), None)

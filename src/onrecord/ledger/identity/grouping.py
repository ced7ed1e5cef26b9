"""Groups of nodes that are merged by evidence, and never against a ruling or a reference."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from onrecord.ledger.identity.nodes import Merge, Node
from onrecord.ledger.scene import Record
from onrecord.records import Span

__all__ = ["Groups"]

RULED = "ruled"


@dataclass
class _Group:
    nodes: list[Node]
    refs: set[str] = field(default_factory=set)
    apart: set[Record] = field(default_factory=set)


class Groups:
    """A partition of a story's nodes. Joining is refused where a ruling holds two of them apart, or their refs differ.

    Which of several joins is refused depends on their order, so callers go through nodes in canonical order.
    """

    def __init__(self, nodes: Sequence[Node], apart: Iterable[tuple[Record, Record]] = ()) -> None:
        self.nodes = sorted(nodes, key=lambda node: node.place)
        self.merges: list[Merge] = []
        self._at = {n.record: _Group([n], {n.ref} if n.ref else set()) for n in self.nodes}
        for a, b in apart:
            if a in self._at and b in self._at:
                self._at[a].apart.add(b)
                self._at[b].apart.add(a)

    def join(self, a: Node, b: Node, rule: str, spans: tuple[Span, Span]) -> bool:
        """Make the groups of two nodes one; False where something speaks against it. One already: True, no evidence."""
        one, other = self._at[a.record], self._at[b.record]
        if one is other:
            return True
        if rule != RULED and len(one.refs | other.refs) > 1:
            return False
        if one.apart and any(n.record in one.apart for n in other.nodes):
            return False
        if b.place < a.place:
            a, b, spans = b, a, (spans[1], spans[0])
        self.merges.append(Merge(rule, a.record, spans[0], b.record, spans[1]))
        if len(one.nodes) < len(other.nodes):
            one, other = other, one
        one.nodes += other.nodes
        one.refs |= other.refs
        one.apart |= other.apart
        for node in other.nodes:
            self._at[node.record] = one
        return True

    def of(self, node: Node) -> list[Node]:
        """The nodes of a node's group, in no order."""
        return self._at[node.record].nodes

    def root(self, node: Node) -> int:
        """A number that the nodes of one group share, until the next join."""
        return id(self._at[node.record])

    def ref(self, node: Node) -> str | None:
        refs = self._at[node.record].refs
        return min(refs) if refs else None

    def all(self) -> list[list[Node]]:
        """Every group, its nodes and the groups in canonical order."""
        seen = {id(group): group for group in (self._at[n.record] for n in self.nodes)}
        return [sorted(group.nodes, key=lambda n: n.place) for group in seen.values()]

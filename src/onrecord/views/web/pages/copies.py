"""Articles that print one text: the groups of them, and one group with what each article is of its origin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any, ClassVar

from starlette.routing import BaseRoute

from onrecord.errors import NotInLedger
from onrecord.ledger import Ledger
from onrecord.ledger.copies.groups import CopyKind
from onrecord.ledger.copies.rows import CopyRow
from onrecord.ledger.stories.rows import StoryRow
from onrecord.views.web.page import LIMIT, asked, page

__all__ = ["ROUTES", "CopiesPage", "CopyGroupPage", "Group"]

_GROUPS = 40
"""Groups on one page: a card each, five screens."""


@dataclass(frozen=True, slots=True)
class Group:
    """A copy group in short. `publishers` are those that are known, each once; `first` and `last` days of publication."""

    id: str
    origin: CopyRow
    size: int
    publishers: tuple[str, ...]
    kinds: tuple[tuple[CopyKind, int], ...]
    first: str | None
    last: str | None

    @classmethod
    def of(cls, members: Sequence[CopyRow]) -> Group:
        """`members` are all of one group."""
        kinds = Counter(row.kind for row in members if row.kind != "origin")
        days = sorted(row.published[:10] for row in members if row.published is not None)
        return cls(
            id=members[0].group,
            origin=next(row for row in members if row.kind == "origin"),
            size=len(members),
            publishers=tuple(dict.fromkeys(row.publisher for row in members if row.publisher is not None)),
            kinds=tuple(kinds.most_common()),
            first=days[0] if days else None,
            last=days[-1] if days else None,
        )


@dataclass(frozen=True, slots=True)
class CopiesPage:
    """`/copies`: the groups, the largest first, behind the one called `after`; `next` where there are more."""

    template: ClassVar[str] = "copies.html"

    groups: Sequence[Group]
    after: str | None
    next: str | None

    @classmethod
    def of(cls, ledger: Ledger, after: str | None = None, most: int = _GROUPS) -> CopiesPage:
        """Raises LedgerError for an `after` that nothing is called."""
        # A group has two members at least, so that this many rows may hold all the groups wanted; a large one is cut off
        # by the limit and asked for whole.
        if after is not None and not after.startswith("y"):  # a document: behind its whole group
            after = next((row.group for row in ledger.copies(after)), after)
        rows = ledger.copies(after=after, limit=LIMIT)
        found = [(key, list(members)) for key, members in groupby(rows, key=lambda row: row.group)]
        cut = len(rows) == LIMIT
        if cut and len(found) > 1:
            found.pop()
        elif cut:
            found = [(found[0][0], list(ledger.copies(found[0][0])))]
        shown = found[:most]
        more = cut or len(found) > most
        if more:
            more = bool(ledger.copies(after=shown[-1][0], limit=1))
        return cls([Group.of(members) for _, members in shown], after, shown[-1][0] if more else None)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class CopyGroupPage:
    """`/copies/ID`: one group: its origin, the other articles by publication, and the story that they are part of."""

    template: ClassVar[str] = "copy_group.html"

    group: Group
    copies: Sequence[CopyRow]
    story: StoryRow | None

    @classmethod
    def of(cls, ledger: Ledger, wanted: str) -> CopyGroupPage:
        """`wanted`: the id of the group, or of a document in it. Raises NotInLedger where there is no such group."""
        members = ledger.copies(wanted)
        if not members:
            raise NotInLedger(f"document {wanted} has no copies in this ledger")
        group = Group.of(members)
        copies = [row for row in members if row.kind != "origin"]
        return cls(group, copies, next(iter(ledger.stories(group.origin.document)), None))

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


ROUTES: list[BaseRoute] = [
    *page("/copies", lambda ledger, request: CopiesPage.of(ledger, asked(request, "after"))),
    *page("/copies/{group}", lambda ledger, request: CopyGroupPage.of(ledger, request.path_params["group"])),
]

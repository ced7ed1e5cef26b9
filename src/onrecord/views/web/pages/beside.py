"""Two articles side by side, with every word in which they differ."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute

from onrecord.ledger import Ledger
from onrecord.ledger.copies.rows import CopyRow, DifferenceRow
from onrecord.records import Document
from onrecord.views.web.page import page
from onrecord.views.web.pairs import Pair, pairs

__all__ = ["ROUTES", "BesidePage"]

_NUMBER = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class BesidePage:
    """`/documents/ID/beside/OTHER`: two documents paragraph by paragraph, each word that differs marked in both.

    `copy` and `other_copy` are what they are of the origin of their group, None where they are not in one group; then
    `origin` is that group's. `rows` are the paragraphs; `changes` all stretches that differ, `numbers` those of them that
    hold a number in either text.
    """

    template: ClassVar[str] = "beside.html"

    document: Document
    other: Document
    copy: CopyRow | None
    other_copy: CopyRow | None
    origin: CopyRow | None
    rows: Sequence[Pair]
    changes: Sequence[DifferenceRow]

    @classmethod
    def of(cls, ledger: Ledger, document: str, other: str) -> BesidePage:
        """Raises NotInLedger for an unknown document."""
        one, two = ledger.article(document), ledger.article(other)
        if one.id == two.id:
            raise HTTPException(400, "a document beside itself shows no difference: name two")
        differences = ledger.differences(one.id, two.id)
        group = {row.document: row for row in ledger.copies(one.id)}
        together = two.id in group
        return cls(
            document=one,
            other=two,
            copy=group[one.id] if together else None,
            other_copy=group[two.id] if together else None,
            origin=next(row for row in group.values() if row.kind == "origin") if together else None,
            rows=pairs(differences),
            changes=[row for row in differences if row.kind != "equal"],
        )

    @property
    def numbers(self) -> list[DifferenceRow]:
        return [row for row in self.changes if _NUMBER.search(row.words) or _NUMBER.search(row.other_words)]

    @property
    def changed(self) -> int:
        """How many paragraphs differ."""
        return sum(row.changed for row in self.rows)

    def as_json(self) -> dict[str, Any]:
        shown = ("id", "title", "publisher", "published", "url")
        return {
            "document": {name: getattr(self.document, name) for name in shown},
            "other": {name: getattr(self.other, name) for name in shown},
            "copy": self.copy and asdict(self.copy),
            "other_copy": self.other_copy and asdict(self.other_copy),
            "changes": [asdict(row) for row in self.changes],
        }


ROUTES: list[BaseRoute] = page(
    "/documents/{document}/beside/{other}",
    lambda ledger, request: BesidePage.of(ledger, request.path_params["document"], request.path_params["other"]),
)

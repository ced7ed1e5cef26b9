"""The stories, those with the latest articles first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from starlette.routing import BaseRoute

from onrecord.ledger import Ledger
from onrecord.ledger.stories.rows import StoryRow
from onrecord.views.web.listing import listing
from onrecord.views.web.page import asked, page

__all__ = ["ROUTES", "StoriesPage"]


@dataclass(frozen=True, slots=True)
class StoriesPage:
    """`/stories`: a page of stories behind the one named `after`; `next` names the last of them where there are more."""

    template: ClassVar[str] = "stories.html"

    stories: Sequence[StoryRow]
    after: str | None
    next: str | None

    @classmethod
    def of(cls, ledger: Ledger, after: str | None = None) -> StoriesPage:
        """Raises LedgerError for an `after` that nothing is called."""
        found = listing(lambda most: ledger.stories(limit=most, after=after))
        return cls(found.rows, after, found.next)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


ROUTES: list[BaseRoute] = page("/stories", lambda ledger, request: StoriesPage.of(ledger, asked(request, "after")))

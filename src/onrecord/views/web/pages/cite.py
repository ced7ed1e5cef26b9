"""How to cite one thing on record: a sentence, BibTeX, CSL-JSON, its address, and the selectors of its words."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from starlette.requests import Request
from starlette.routing import BaseRoute

from onrecord.ledger import Ledger
from onrecord.records import Document, Span
from onrecord.views.cite import Citation, as_bibtex, as_csl, as_text, selectors
from onrecord.views.export.terms import iri
from onrecord.views.web.citing import cite
from onrecord.views.web.links import web_url
from onrecord.views.web.page import page

__all__ = ["ROUTES", "CitePage", "Target"]


@dataclass(frozen=True, slots=True)
class Target:
    """Words that are cited, and the W3C selectors that find them again in the text or on the page it came from."""

    document: Document
    span: Span
    selector: Sequence[dict[str, Any]]

    @property
    def words(self) -> str:
        return self.span.of(self.document.text)

    def as_json(self) -> dict[str, Any]:
        """The target of a W3C Web Annotation: the article's page, or the text as it was read where it has none."""
        source = web_url(self.document.url) or iri(self.document.id)
        return {"type": "SpecificResource", "source": source, "selector": list(self.selector)}

    @property
    def shown(self) -> str:
        return json.dumps(self.as_json(), ensure_ascii=False, indent=2)


@dataclass(frozen=True, slots=True)
class CitePage:
    """`/cite/NAME`: the citation in its forms. `url` is the page of what is cited on this server, `iri` its name that no
    server gives it. `targets` are the words that it rests on; `more` are further places whose words are not shown.
    """

    template: ClassVar[str] = "cite.html"

    citation: Citation
    url: str
    iri: str
    text: str
    bibtex: str
    csl: str
    targets: Sequence[Target]
    more: int

    @classmethod
    def of(cls, ledger: Ledger, name: str, root: str) -> CitePage:
        """Raises NotInLedger where nothing is called `name`. `root` is the address of this server."""
        found = cite(ledger, name)
        citation = found.citation
        places = [(place.document, span) for place in found.places for span in place.spans]
        return cls(
            citation=citation,
            url=root + found.url,
            iri=iri(citation.name),
            text=as_text(citation),
            bibtex=as_bibtex(citation),
            csl=json.dumps(as_csl(citation), ensure_ascii=False, indent=2),
            targets=[Target(document, span, selectors(document.text, span)) for document, span in places],
            more=found.of - len(found.places),
        )

    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.citation.name,
            "kind": self.citation.kind,
            "says": self.citation.says,
            "source": asdict(self.citation.source) if self.citation.source is not None else None,
            "url": self.url,
            "iri": self.iri,
            "text": self.text,
            "bibtex": self.bibtex,
            "csl": json.loads(self.csl),
            "targets": [target.as_json() for target in self.targets],
            "more": self.more,
        }


def _cite(ledger: Ledger, request: Request) -> CitePage:
    return CitePage.of(ledger, request.path_params["name"], str(request.base_url).rstrip("/"))


ROUTES: list[BaseRoute] = page("/cite/{name:path}", _cite)

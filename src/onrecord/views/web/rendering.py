"""The templates, and the words and addresses that they all know."""

from __future__ import annotations

from jinja2 import Environment, PackageLoader, StrictUndefined

from onrecord.ledger.cited import cited
from onrecord.views import wording
from onrecord.views.units import unit_words
from onrecord.views.web import figures, frame, links, standing, when, words
from onrecord.views.web.assets import static_url
from onrecord.views.web.isolating import isolated

__all__ = ["TEMPLATES"]


def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("onrecord.views.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    for name in links.__all__:
        environment.globals[name] = getattr(links, name)
    for name in words.__all__:
        environment.globals[name] = getattr(words, name)
    for module in (figures, standing, when):
        environment.globals |= {name: getattr(module, name) for name in module.__all__}
    environment.globals |= {"PAGES": frame.PAGES, "static_url": static_url, "twin_url": frame.twin_url}
    environment.globals |= {"cited": cited, "further": frame.further, "unit_words": unit_words}
    for name in ("OUTLET", "UNNAMED", "amount", "how", "how_many", "movement", "number", "titled"):
        environment.globals[name] = getattr(wording, name)
    environment.filters["isolated"] = isolated
    return environment


TEMPLATES = _templates()

"""The addresses of charts: a specification in Vega-Lite, whose marks lead to the words on these pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import get_args

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from onrecord.ledger import Ledger
from onrecord.views.charts.theme import Ground, Spec, themed

__all__ = ["chart"]


def chart(path: str, draw: Callable[[Ledger, str], Spec]) -> Route:
    """The route of a chart: `draw` makes it of the ledger and the `id` in the path.

    `?ground=light` (as without), `dark` or `page`: what it is drawn on (see `charts.theme.Ground`).
    """

    def answer(request: Request) -> Response:
        given = request.query_params.get("ground", "light")
        ground: Ground | None = next((known for known in get_args(Ground) if known == given), None)
        if ground is None:
            raise HTTPException(400, f"ground={given} is none that a chart is drawn on: {', '.join(get_args(Ground))}")
        return JSONResponse(themed(draw(request.app.state.ledger, request.path_params["id"]), ground))

    return Route(path, answer)

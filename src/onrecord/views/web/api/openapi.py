"""The description of the API (OpenAPI 3.1): what FastAPI makes of the code, with every field described."""

from __future__ import annotations

import inspect
import json
import re
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from onrecord.views.web.api.answers import Listing, Problem
from onrecord.views.web.api.fields import described

__all__ = ["PROBLEM_ANSWERS", "describe"]

_PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}

_TOKEN = {"type": "http", "scheme": "bearer", "description": "Of `onrecord accounts token`, where there are accounts."}

PROBLEM_ANSWERS: dict[int | str, dict[str, Any]] = {
    400: {"description": "The question cannot be answered as it was put.", "content": _PROBLEM},
    401: {"description": "Served with accounts: no token, or one that is not known.", "content": _PROBLEM},
    404: {"description": "There is no such thing in the ledger.", "content": _PROBLEM},
    422: {"description": "A parameter is not as it is documented.", "content": _PROBLEM},
    429: {
        "description": "Too many requests: `Retry-After` says in how many seconds to come again.",
        "content": _PROBLEM,
    },
    503: {"description": "The accounts cannot be read.", "content": _PROBLEM},
}


def describe(app: FastAPI) -> dict[str, Any]:
    """The description, made once."""
    if app.openapi_schema is None:
        made = get_openapi(
            title=app.title, version=app.version, description=app.description, routes=app.routes, servers=app.servers
        )
        # A listing is called by its rows: `Listing_ClaimRow_` is what becomes of `Listing[ClaimRow]`.
        made = json.loads(re.sub(r"Listing_(\w+)_(?=\")", r"\1Listing", json.dumps(made)))
        schemas = made["components"]["schemas"]
        schemas["Problem"] = Problem.model_json_schema()
        made["components"]["securitySchemes"] = {"token": _TOKEN}
        made["security"] = [{}, {"token": []}]  # without accounts there is none
        for name, schema in schemas.items():
            if name.endswith("Listing"):  # pydantic gives what it makes of a generic no docstring
                schema["description"] = inspect.getdoc(Listing)
            for field, value in schema.get("properties", {}).items():
                value.pop("title", None)
                if "description" not in value:
                    value["description"] = described(name, field)
        app.openapi_schema = made
    return app.openapi_schema

"""The HTTP API as a page for people, made from its description: addresses by theme, parameters, what comes back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from starlette.requests import Request
from starlette.routing import BaseRoute

from onrecord.ledger import Ledger
from onrecord.views.web.page import page

__all__ = ["ROUTES", "ApiPage", "Field", "Operation"]

_EXAMPLES = {"words": "words=dam", "name": "name=Vantor"}
"""Parameters that have to be given, as an address that can be tried gives them."""


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter, or a field of what comes back: its type in words, and the schema that it leads to, if any."""

    name: str
    kind: str
    schema: str | None
    description: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Operation:
    """One address. `gives` is the schema of its answer; `rows` says that it comes in pages of them."""

    name: str
    method: str
    path: str
    description: str
    parameters: Sequence[Field]
    gives: str
    rows: bool
    example: str | None


@dataclass(frozen=True, slots=True)
class ApiPage:
    """`/api`: every address by theme, and every schema with its fields. Its JSON twin is the description itself."""

    template: ClassVar[str] = "api.html"
    unshown: ClassVar[tuple[str, ...]] = ("description",)

    root: str
    themes: Sequence[tuple[str, Sequence[Operation]]]
    schemas: Sequence[tuple[str, str, Sequence[Field]]]
    description: dict[str, Any]

    @classmethod
    def of(cls, description: dict[str, Any]) -> ApiPage:
        """`description` is the OpenAPI document."""
        root = description["servers"][0]["url"]
        themes: dict[str, list[Operation]] = {}
        for theme, operation in _operations(description, root):
            themes.setdefault(theme, []).append(operation)
        schemas = [
            (name, schema.get("description", ""), _fields(schema))
            for name, schema in sorted(description["components"]["schemas"].items())
            if schema.get("properties") and not name.endswith("Listing")
        ]
        return cls(root, list(themes.items()), schemas, description)

    def as_json(self) -> dict[str, Any]:
        return self.description


def _operations(description: dict[str, Any], root: str) -> Iterator[tuple[str, Operation]]:
    for path, operations in description["paths"].items():
        for method, told in operations.items():
            answer = told["responses"]["200"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
            parameters = [_parameter(one) for one in told.get("parameters", [])]
            given = [_EXAMPLES.get(one.name) for one in parameters if one.required]
            example = None
            if method == "get" and "{" not in path and None not in given:
                example = f"{root}{path}" + (f"?{'&'.join(filter(None, given))}" if given else "")
            body = told.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
            if body is not None:
                parameters.append(Field("body", *_kind(body), "What is sent, as JSON.", required=True))
            yield (
                told["tags"][0],
                Operation(
                    name=told["operationId"],
                    method=method.upper(),
                    path=path,
                    description=told["description"],
                    parameters=parameters,
                    gives=answer.removesuffix("Listing"),
                    rows=answer.endswith("Listing"),
                    example=example,
                ),
            )


def _parameter(one: dict[str, Any]) -> Field:
    described = one.get("description") or ("What it is called." if one["in"] == "path" else "")
    return Field(one["name"], *_kind(one["schema"]), described, one["required"])


def _fields(schema: dict[str, Any]) -> list[Field]:
    required = schema.get("required", ())
    return [
        Field(name, *_kind(value), value.get("description", ""), name in required)
        for name, value in schema["properties"].items()
    ]


def _kind(schema: dict[str, Any]) -> tuple[str, str | None]:
    """A JSON schema's type in words, and the name of the schema that it refers to."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return name, None if name == "Span" else name
    if "anyOf" in schema:
        kinds = [_kind(one) for one in schema["anyOf"]]
        return " or ".join(kind for kind, _ in kinds), next((to for _, to in kinds if to), None)
    if "enum" in schema or "const" in schema:
        return " | ".join(f"“{value}”" for value in schema.get("enum", [schema.get("const")])), None
    if schema.get("type") == "array" and "items" in schema:
        kind, to = _kind(schema["items"])
        return f"list of {kind}", to
    if "prefixItems" in schema:
        return f"[{', '.join(_kind(one)[0] for one in schema['prefixItems'])}]", None
    return str(schema.get("type", "anything")), None


def _api(ledger: Ledger, request: Request) -> ApiPage:
    return ApiPage.of(request.app.state.programs.openapi())


ROUTES: list[BaseRoute] = page("/api", _api)

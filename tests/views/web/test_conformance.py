"""The API held to its own description by Schemathesis: whatever is asked, it answers as OpenAPI says it does.

Requests are made from the description, those that it allows and those that it does not (wrong types, unknown parameters,
other methods, bodies that are no JSON), and every answer is compared with it: no status that is not described, no field
that is not, no error of the server.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS
from schemathesis.specs.openapi.checks import positive_data_acceptance
from tests.ledger.sample_readings import readings

from onrecord.ledger import Ledger
from onrecord.views.web import application

EXAMPLES = 15

# The description needs no ledger: the tests are made from it before there is one.
APP = application(cast(Ledger, None), host="testserver")
SCHEMA = schemathesis.openapi.from_asgi("/api/v1/openapi.json", APP)


@pytest.fixture(scope="module", autouse=True)
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with Ledger.open(tmp_path_factory.mktemp("conformance") / "news.ledger") as book:
        list(book.add(readings()))
        APP.state.ledger = APP.state.programs.state.ledger = book
        yield


@SCHEMA.parametrize()
@settings(
    max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)
def test_whatever_is_asked_is_answered_as_described(case: schemathesis.Case) -> None:
    answer = case.call()
    # A cursor whose row is gone, a day that is in no calendar, the beginning of several ids: what a description cannot
    # tell is refused with 400. What it can tell is never refused as if it were otherwise (422).
    case.validate_response(answer, excluded_checks=[positive_data_acceptance])
    if case.meta is not None and case.meta.generation.mode is GenerationMode.POSITIVE:
        assert answer.status_code in (200, 400, 404), answer.text


def test_every_check_is_made_but_one() -> None:
    names = {check.__name__ for check in CHECKS.get_all()}
    assert {"not_a_server_error", "response_schema_conformance", "status_code_conformance"} <= names
    assert {"content_type_conformance", "negative_data_rejection", "unsupported_method"} <= names

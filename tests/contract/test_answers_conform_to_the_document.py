"""Requests made up from the OpenAPI document, sent as an authenticated counsel.

Nothing may fail with a 5xx, and every answer must be one that the document describes. Path
parameters name what is there, so that bodies reach the actions. Few examples for each operation:
the point is breadth, and the run is bounded.
"""

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from config.wsgi import application
from tests.access.factories import token_for
from tests.api.world import build

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
EXAMPLES = 4
# A piece of an upload in the words of tus: bytes like any others.
schemathesis.serializer.alias("application/offset+octet-stream", "application/octet-stream")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_every_operation_answers_as_described(mode):
    world = build()
    _, value = token_for(world.counsel)
    headers = {"Authorization": f"Bearer {value}"}
    schema = schemathesis.openapi.from_wsgi("/api/v1/schema/?format=json", application)
    failures, walked = [], 0
    for result in schema.get_all_operations():
        operation = result.ok()
        if operation.path.startswith("/api/v1/tokens") and operation.method == "delete":
            continue  # it would take away the token that asks
        walked += 1
        try:
            _walk(operation, world, headers, mode)
        except Unsatisfiable:
            continue  # nothing can be wrong about it
        except (Exception, BaseExceptionGroup) as error:
            failures.append(f"{operation.method.upper()} {operation.path}: {_said(error)}")
    assert walked > 90
    assert not failures, "\n".join(failures)


def _said(error: BaseException) -> str:
    """What went wrong, down to the single checks."""
    inner = getattr(error, "exceptions", ())
    if inner:
        return "; ".join(dict.fromkeys(_said(each) for each in inner))
    return " ".join(str(error).split())[:400]


def _walk(operation, world, headers, mode):
    filled = world.url(operation.path, world.counsel)
    names = {each.name for each in operation.path_parameters}
    values = {}
    for start, known in world.addresses(world.counsel).items():
        if operation.path.startswith(start) and names <= set(known):
            values = {name: known[name] for name in names}
            break
    assert not names or values, f"no values for {filled}"

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def run(case):
        if values:
            case.path_parameters = dict(values)
        case.headers = {**(case.headers or {}), **headers}
        case.call_and_validate(checks=CHECKS)

    run()

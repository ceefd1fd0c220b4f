"""Requests that nobody thought of, made from the description by Schemathesis, at every endpoint.

Each is sent by whoever may ask and by somebody of another role, about something that is there. The
server never fails by it; a refusal is a problem document; an answer is what is described.
The descriptions have no links, so what a request is about comes from the world of these tests.

A long run: `ANLAN_EXAMPLES=500 ... -m pytest tests/contract/test_generated.py`.
"""

import json
import os
from functools import cache
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import jsonschema_rs
import pytest
import schemathesis
from django.http import HttpResponse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.core import NotSet
from tests.contract.asking import problem_of, undone
from tests.contract.description import FILE, JSON, Operation, operations
from tests.contract.endpoints import ENDPOINTS
from tests.contract.world import World

from anlan.orgs.roles import Role

EXAMPLES = int(os.environ.get("ANLAN_EXAMPLES", "3"))
"""For each endpoint and each of the two modes; three of them cost half a minute in all."""
ROLES = sorted(set(Role) - {Role.RESIDENT})
BOUNDED = settings(
    max_examples=EXAMPLES,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
ASKED = [
    (operation, mode)
    for operation in operations().values()
    for mode in GenerationMode
    if mode is GenerationMode.POSITIVE or operation.parameters or operation.body is not None
]
"""Nothing can be wrong with a request that takes nothing."""


@cache
def description() -> dict[str, Any]:
    """Return the description as it stands in the file."""
    document: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return document


@cache
def described() -> Any:
    """Return the description as Schemathesis reads it."""
    return schemathesis.openapi.from_dict(description())


@cache
def answers(path: str, method: str) -> dict[int, Any]:
    """Return a judge of the body of each answer that is described; None where it has no JSON."""
    found = {}
    for status, answer in description()["paths"][path][method]["responses"].items():
        schema = answer.get("content", {}).get(JSON, {}).get("schema")
        whole = {**(schema or {}), "components": description()["components"]}
        found[int(status)] = jsonschema_rs.Draft202012Validator(whole) if schema else None
    return found


def sent(world: World, operation: Operation, case: Any, role: str | None) -> HttpResponse:
    """Send a request that was made up; what it writes is undone."""
    raw = b""
    if not isinstance(case.body, NotSet):
        raw = case.body if isinstance(case.body, bytes) else json.dumps(case.body).encode()
    headers = {
        name: value
        for name, value in (case.headers or {}).items()
        if value.isascii() and value.isprintable() and name.lower() not in {"content-length"}
    }
    query = urlencode(case.query or {}, doseq=True, errors="replace")
    return undone(
        lambda: world.desk(role).client.generic(
            operation.method.upper(),
            case.formatted_path,
            raw,
            content_type=case.media_type or JSON,
            headers={"Idempotency-Key": str(uuid4())} | headers,
            QUERY_STRING=query,
        )
    )


def judge(operation: Operation, reply: HttpResponse) -> None:
    """Check that a reply is as described, or a proper refusal."""
    if reply.status_code >= 400:
        problem_of(reply)
        return
    judges = answers(operation.path, operation.method)
    assert reply.status_code in judges, (reply.status_code, "is not described")
    body = judges[reply.status_code]
    if body is not None and reply["Content-Type"].startswith(JSON):
        faults = [f"{one.instance_path}: {one.message}" for one in body.iter_errors(reply.json())]
        assert faults == []


@pytest.mark.parametrize(
    ("operation", "mode"), ASKED, ids=lambda one: getattr(one, "id", None) or one.value
)
def test_server_never_fails_and_keeps_to_its_description(
    world: World, operation: Operation, mode: GenerationMode
) -> None:
    endpoint = ENDPOINTS[operation.id]
    there = dict(endpoint.ask(world).path)
    if mode is GenerationMode.NEGATIVE and not (operation.body or operation.named_in("query")):
        there = {}  # what is in the path is all that can be wrong
    made = described()[operation.path][operation.method.upper()].as_strategy(
        generation_mode=mode, path_parameters=there or None
    )

    @BOUNDED
    @given(case=made, role=st.sampled_from([endpoint.role, endpoint.role, *ROLES]))
    def run(case: Any, role: str | None) -> None:
        judge(operation, sent(world, operation, case, role))

    try:
        run()
    except Unsatisfiable:
        assert mode is GenerationMode.NEGATIVE  # any text may be looked for: none is wrong

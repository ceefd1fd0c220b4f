"""A reply that was lost: the same write with the same key finds it done, at every endpoint."""

from uuid import uuid4

import pytest
from tests.contract.asking import content, send, undone
from tests.contract.description import Operation
from tests.contract.endpoints import ENDPOINTS
from tests.contract.test_bad_input import KEYLESS, WRITES, by_id
from tests.contract.world import World

WITH_KEY = [operation for operation in WRITES if operation.id not in KEYLESS]


@pytest.mark.parametrize("operation", WITH_KEY, ids=by_id)
def test_retry_finds_it_done(world: World, operation: Operation) -> None:
    endpoint, key = ENDPOINTS[operation.id], str(uuid4())
    desk, ask = world.desk(endpoint.role), endpoint.ask(world)

    def twice() -> None:
        first = send(desk, operation, ask, key=key)
        assert first.status_code == endpoint.answers, first.content
        if first.status_code >= 400:
            return  # what the world of the tests cannot do: nothing was done, so nothing is kept
        if first.headers["Cache-Control"] == "no-store":
            return  # a look at what is protected is never kept: asking again is a second look
        written = content()
        again = send(desk, operation, ask, key=key)
        assert (again.status_code, again.content) == (first.status_code, first.content)
        assert again.headers.get("Idempotent-Replay") == "true"
        assert content() == written

    undone(twice)

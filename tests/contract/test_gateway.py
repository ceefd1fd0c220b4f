"""A gateway tells positions and may do nothing else, whatever it asks."""

import pytest
from tests.contract.asking import content, send, undone
from tests.contract.description import Operation, operations
from tests.contract.endpoints import ENDPOINTS
from tests.contract.identity_endpoints import IDENTITY_ENDPOINTS
from tests.contract.test_bad_input import by_id
from tests.contract.world import World

ITS_OWN = {"record_positions"} | {
    name for name, endpoint in IDENTITY_ENDPOINTS.items() if endpoint.denied is None
}
OTHERS = [
    operation
    for operation in operations().values()
    if ENDPOINTS[operation.id].role is not None and operation.id not in ITS_OWN
]


def test_gateway_tells_where_units_are(world: World) -> None:
    operation = operations()["record_positions"]
    ask = ENDPOINTS[operation.id].ask(world)
    reply = undone(lambda: send(world.desk("GATEWAY"), operation, ask))
    assert (reply.status_code, reply.json()) == (200, {"accepted": 1, "ignored": 0})


@pytest.mark.parametrize("operation", OTHERS, ids=by_id)
def test_gateway_may_ask_nothing_else(world: World, operation: Operation) -> None:
    before, ask = content(), ENDPOINTS[operation.id].ask(world)
    reply = send(world.desk("GATEWAY"), operation, ask)
    assert reply.status_code == 403, reply.content
    assert content() == before

"""The endpoints of the catalogue, each with a request that it accepts."""

from collections.abc import Mapping
from typing import Any

from tests.contract.asks import Ask, Endpoint
from tests.contract.world import World, wanted_item


def _wanted(world: World) -> dict[str, Any]:
    return wanted_item(world.now[:10])


CATALOGUE_ENDPOINTS: Mapping[str, Endpoint] = {
    "list_items": Endpoint(None),
    "get_catalogue": Endpoint(None),
    "list_catalogue_changes": Endpoint(
        None, lambda w: Ask(query={"before": "2025-12-31", "after": w.now[:10]})
    ),
    "list_temporary_items": Endpoint(
        "DEPARTMENT_DESK",
        lambda w: Ask(query={"limit": 5, "after": w.temporary_item, "state": "ASKED"}),
        denied="CREW",
    ),
    "ask_temporary_item": Endpoint(
        "DEPARTMENT_DESK", lambda w: Ask(body=_wanted(w)), denied="GRID_OFFICER", answers=201
    ),
    "move_temporary_item": Endpoint(
        "SUPERVISOR",
        lambda w: Ask({"item_id": w.temporary_item, "move": "approve"}, body={"reason": "So"}),
        denied="DEPARTMENT_DESK",
        stranger=True,
    ),
}

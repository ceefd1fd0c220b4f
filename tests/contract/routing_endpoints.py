"""Routing tables and "why here?", asked as the contract allows."""

from collections.abc import Mapping
from typing import Any

from tests.contract.asks import Ask, Endpoint
from tests.contract.world import World

ROW = {
    "number": 1, "level": 9, "items": ["01"], "areas": [990101001000000], "sites": ["SCHOOL"],
    "sources": ["WEB"], "days": "WORKDAY", "begins": 480, "ends": 1080,
    "valid_from": "2026-01-01", "valid_until": "2030-12-31", "held_by": None, "to": "@LEAD",
    "note": "By day",
}  # fmt: skip


def _table(world: World) -> Ask:
    return Ask({"table_id": world.routing_table})


def _content(world: World) -> dict[str, Any]:
    return {"revision": 1, "title": "T", "valid_from": world.now[:10], "rows": [ROW]}


ROUTING_ENDPOINTS: Mapping[str, Endpoint] = {
    "list_routing_tables": Endpoint(
        "SUPERVISOR",
        lambda w: Ask(query={"limit": 5, "after": w.routing_table}),
        denied="DEPARTMENT_DESK",
    ),
    "begin_routing_table": Endpoint(
        "ADMINISTRATOR",
        lambda w: Ask(body={"copied_id": w.routing_table}),
        denied="SUPERVISOR",
        answers=201,
    ),
    "get_routing_table": Endpoint("SUPERVISOR", _table, denied="GRID_OFFICER", stranger=True),
    "change_routing_table": Endpoint(
        "ADMINISTRATOR",
        lambda w: Ask({"table_id": w.routing_table}, body=_content(w)),
        denied="SUPERVISOR",
        stranger=True,
    ),
    "move_routing_table": Endpoint(
        "ADMINISTRATOR",
        lambda w: Ask(
            {"table_id": w.routing_table, "move": "drop"}, body={"revision": 1, "reason": "Not so"}
        ),
        denied="SUPERVISOR",
        stranger=True,
    ),
    "check_routing_table": Endpoint("SUPERVISOR", _table, denied="DISPATCHER", stranger=True),
    "replay_routing_table": Endpoint(
        "SUPERVISOR",
        lambda w: Ask({"table_id": w.routing_table}, query={"after": w.case, "page": 2}),
        denied="DISPATCHER",
        stranger=True,
    ),
    "explain_case_routes": Endpoint(
        "GRID_OFFICER", lambda w: Ask({"case_id": w.case}), denied="CREW", stranger=True
    ),
}

"""Looks at sealed cases, asked as the contract allows; and the sealed case they are looks at."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from tests.contract.asks import Ask, Endpoint
from tests.people import Desk

if TYPE_CHECKING:
    from tests.contract.world import World

WHY = "The caller stands before a locked door."


def sealed_and_looked_at(desk: Callable[..., Desk], given: Mapping[str, Any]) -> dict[str, str]:
    """File a case, seal it for the centre, break the glass; return its number and the look."""
    case = desk("GRID_OFFICER").post("cases", given).json()
    sealed = desk("SUPERVISOR").post(f"cases/{case['id']}/moves/seal", {"reason": "A child"})
    assert sealed.status_code == 200, sealed.content
    body = {"number": case["number"], "reason": WHY, "purpose": "DISPATCH"}
    look = desk("DISPATCHER").post("broken-glass", body)
    assert look.json()["case_id"] == case["id"], look.content
    return {"sealed_number": case["number"], "glass": look.json()["id"]}


def _break(world: "World") -> Ask:
    return Ask(body={"number": world.sealed_number, "reason": WHY, "purpose": "DISPATCH"})


def _review(world: "World") -> Ask:
    return Ask({"glass_id": world.glass}, body={"finding": "JUSTIFIED", "words": "Life first."})


GLASS_ENDPOINTS: Mapping[str, Endpoint] = {
    "break_glass": Endpoint("DISPATCHER", _break, denied="AUDITOR", answers=201),
    "list_broken_glass": Endpoint("SUPERVISOR", denied="DISPATCHER"),
    "list_own_broken_glass": Endpoint("DISPATCHER", denied="AUDITOR"),
    "review_broken_glass": Endpoint("SUPERVISOR", _review, denied="DISPATCHER", stranger=True),
}

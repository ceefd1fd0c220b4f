"""Tasks for volunteers, asked as the contract allows."""

from collections.abc import Mapping

from tests.contract.asks import Ask, Endpoint
from tests.contract.world import PLACE, World, from_now


def _task(world: World) -> Ask:
    times = {
        "begins_at": from_now(world, 24).isoformat(),
        "ends_at": from_now(world, 28).isoformat(),
    }
    words = {"title": "Clear a path", "text": "Bags are there.", "place_text": "River path"}
    return Ask(body={**words, **times, **PLACE, "hours_wanted": 12})


VOLUNTEER_ENDPOINTS: Mapping[str, Endpoint] = {
    "list_volunteer_tasks": Endpoint(
        "GRID_OFFICER", lambda w: Ask(query={"state": "OPEN"}), denied="CREW"
    ),
    "publish_volunteer_task": Endpoint(
        "GRID_OFFICER", _task, denied="CREW", stranger=True, answers=201
    ),
    "get_volunteer_task": Endpoint(
        "GRID_OFFICER", lambda w: Ask({"task_id": w.volunteer_task}), denied="CREW", stranger=True
    ),
    "move_volunteer_task": Endpoint(
        "GRID_OFFICER",
        lambda w: Ask({"task_id": w.volunteer_task, "move": "cancel"}, body={"reason": "Rain."}),
        denied="CREW",
        stranger=True,
    ),
    "release_hours": Endpoint(
        "GRID_OFFICER",
        lambda w: Ask({"offer_id": w.hours_offer}, body={"ground": "TWICE"}),
        denied="CREW",
        stranger=True,
    ),
    "look_at_volunteer": Endpoint(
        "GRID_OFFICER",
        lambda w: Ask({"offer_id": w.hours_offer}, body={"purpose": "The place has changed"}),
        denied="CREW",
        stranger=True,
    ),
}

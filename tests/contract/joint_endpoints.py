"""Joint tasks, asked as the contract allows."""

import io
from collections.abc import Mapping

from PIL import Image
from tests.contract.asks import Ask, Endpoint
from tests.contract.world import PLACE, World


def _picture() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (16, 12), (60, 60, 200)).save(file, "JPEG")
    return file.getvalue()


def _call_up(world: World) -> Ask:
    parts = [{"organisation_id": one, "duty": "Pump"} for one in (world.works, world.water)]
    place = {**PLACE, "place_text": "Underpass", "item_code": "0303"}
    return Ask(body={"text": "Flooded", "parts": parts, **place})


JOINT_ENDPOINTS: Mapping[str, Endpoint] = {
    "list_joint_tasks": Endpoint(
        "GRID_OFFICER", lambda w: Ask(query={"state": "OPEN"}), denied="CREW"
    ),
    "call_up": Endpoint("SUPERVISOR", _call_up, denied="GRID_OFFICER", answers=201),
    "get_joint_task": Endpoint(
        "GRID_OFFICER", lambda w: Ask({"task_id": w.joint_task}), denied="CREW", stranger=True
    ),
    "move_joint_task": Endpoint(
        "SUPERVISOR",
        lambda w: Ask({"task_id": w.ended_task, "move": "close"}, body={"outcome": "Dry."}),
        denied="CREW",
        stranger=True,
    ),
    "move_joint_part": Endpoint(
        "DEPARTMENT_DESK",
        lambda w: Ask({"part_id": w.joint_part, "move": "report_in"}, body={"note": "Here."}),
        denied="CREW",
        stranger=True,
    ),
    "add_joint_photo": Endpoint(
        "DEPARTMENT_DESK",
        lambda w: Ask({"part_id": w.joint_part}, photo=_picture()),
        denied="CREW",
        stranger=True,
        answers=201,
    ),
    "get_joint_photo": Endpoint(
        "GRID_OFFICER", lambda w: Ask({"photo_id": w.joint_photo}), denied="CREW", stranger=True
    ),
}

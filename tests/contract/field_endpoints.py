"""What grid officers take along and tell of later, asked as the contract allows."""

import io
from collections.abc import Mapping
from typing import Any

from PIL import Image
from tests.contract.asks import Ask, Endpoint
from tests.contract.world import PLACE, World

QUEUE = "0190f8a0-0000-4000-8000-000000000001"


def _picture() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (16, 12), (40, 200, 60)).save(file, "JPEG")
    return file.getvalue()


def _told(world: World, **more: Any) -> dict[str, Any]:
    return {"queue": QUEUE, "ordinal": 1, "told_at": world.now, **more}


def _move(world: World) -> Ask:
    path = {"case_id": world.own_case, "move": "report"}
    return Ask(path, body=_told(world, seen=2, outcome="Two bags carried away."))


FIELD_ENDPOINTS: Mapping[str, Endpoint] = {
    "get_round": Endpoint(
        "GRID_OFFICER", lambda w: Ask(query={"queue": QUEUE}), denied="SUPERVISOR"
    ),
    "get_field_case": Endpoint(
        "GRID_OFFICER",
        lambda w: Ask({"case_id": w.case}, query={"queue": QUEUE}),
        denied="SUPERVISOR",
        stranger=True,
    ),
    "file_field_case": Endpoint(
        "GRID_OFFICER",
        lambda w: Ask(form=_told(w, item_code="0103", text="A hole", **PLACE), photo=_picture()),
        denied="SUPERVISOR",
        stranger=True,
        answers=201,
    ),
    "move_field_case": Endpoint("GRID_OFFICER", _move, denied="SUPERVISOR", stranger=True),
    "add_field_photo": Endpoint(
        "GRID_OFFICER",
        lambda w: Ask({"case_id": w.own_case}, form=_told(w, seen=2), photo=_picture()),
        denied="SUPERVISOR",
        stranger=True,
        answers=201,
    ),
}

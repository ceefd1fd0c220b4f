"""What crews tell from the scene, asked as the contract allows."""

import io
from collections.abc import Mapping

from PIL import Image
from tests.contract.asks import Ask, Endpoint

SOUND = b"OggS" + bytes(24) + b"OpusHead" + bytes(40)


def _picture() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (16, 12), (40, 60, 200)).save(file, "JPEG")
    return file.getvalue()


CREW_ENDPOINTS: Mapping[str, Endpoint] = {
    "add_assignment_photo": Endpoint(
        "CREW",
        lambda w: Ask({"assignment_id": w.assignment}, photo=_picture()),
        denied="DISPATCHER",
        stranger=True,
        answers=201,
    ),
    "add_voice_note": Endpoint(
        "CREW",
        lambda w: Ask({"assignment_id": w.assignment}, query={"seconds": 7}, voice=SOUND),
        denied="DISPATCHER",
        stranger=True,
        answers=201,
    ),
    "get_attachment": Endpoint(
        "DISPATCHER",
        lambda w: Ask({"attachment_id": w.attachment}),
        denied="GRID_OFFICER",
        stranger=True,
    ),
    "get_way": Endpoint(
        "CREW",
        lambda w: Ask({"assignment_id": w.assignment}),
        denied="GRID_OFFICER",
        stranger=True,
    ),
}

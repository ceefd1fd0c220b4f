"""Every write of joint tasks: calling up, the moves of parts, closing, photos, clocks."""

from anlan.casework.services.joint_tasks.clocks import PART_DUE, PART_HANDLER
from anlan.casework.services.joint_tasks.moves import close_task, move_part
from anlan.casework.services.joint_tasks.opening import Called, CallUp, call_up
from anlan.casework.services.joint_tasks.photos import TAKING, add_part_photo

__all__ = [
    "PART_DUE",
    "PART_HANDLER",
    "TAKING",
    "CallUp",
    "Called",
    "add_part_photo",
    "call_up",
    "close_task",
    "move_part",
]

"""Every write of cases, a file for each kind of thing."""

from anlan.casework.services.clocks import CLOCK_DUE, CLOCK_HANDLER
from anlan.casework.services.field_acts import (
    ActTold,
    file_from_field,
    move_from_field,
    photo_from_field,
)
from anlan.casework.services.filing import Filing, file_case
from anlan.casework.services.moves import make_move
from anlan.casework.services.photos import add_photo
from anlan.casework.services.temporary_items import Wanted, ask_item, move_item

__all__ = [
    "CLOCK_DUE",
    "CLOCK_HANDLER",
    "ActTold",
    "Filing",
    "Wanted",
    "add_photo",
    "ask_item",
    "file_case",
    "file_from_field",
    "make_move",
    "move_from_field",
    "move_item",
    "photo_from_field",
]

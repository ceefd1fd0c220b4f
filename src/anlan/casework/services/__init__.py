"""Every write of cases, a file for each kind of thing."""

from anlan.casework.services.filing import Filing, file_case
from anlan.casework.services.moves import make_move
from anlan.casework.services.photos import add_photo

__all__ = ["Filing", "add_photo", "file_case", "make_move"]

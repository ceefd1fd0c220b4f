"""A box on the ground that a map asks about: from west to east and from south to north."""

from typing import Annotated

from ninja import Field, Query
from pydantic import FiniteFloat

from anlan.kernel.errors import InvalidError
from anlan.kernel.schemas import Schema


class Box(Schema):
    """Degrees WGS84; it does not reach over the date line."""

    west: FiniteFloat = Field(ge=-180, le=180)
    south: FiniteFloat = Field(ge=-90, le=90)
    east: FiniteFloat = Field(ge=-180, le=180)
    north: FiniteFloat = Field(ge=-90, le=90)

    def checked(self) -> "Box":
        """Return the box; raise `InvalidError` for one that holds nothing."""
        if self.west >= self.east:
            raise InvalidError(field="east", rule="east_of_west")
        if self.south >= self.north:
            raise InvalidError(field="north", rule="north_of_south")
        return self


BoxAsked = Annotated[Box, Query(...)]

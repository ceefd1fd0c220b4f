"""A column of sealed texts, and what binds a text to its row."""

from typing import NamedTuple
from uuid import UUID


class SealedColumn(NamedTuple):
    """A column whose texts are sealed, by the names of the database."""

    table: str
    column: str

    def __str__(self) -> str:
        """Return the name under which its data keys stand."""
        return f"{self.table}.{self.column}"

    def bound_to(self, row_id: UUID) -> bytes:
        """Return what is authenticated beside a text: where it belongs."""
        return f"{self}:{row_id}".encode()

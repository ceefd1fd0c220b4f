"""The catalogue: which matters a case can be about, as governed text with versions and dates."""

from anlan.casework.catalogue.reading import (
    ClockClass,
    Department,
    Item,
    departments,
    item,
    items,
    was_known,
)

__all__ = ["ClockClass", "Department", "Item", "departments", "item", "items", "was_known"]

"""The catalogue: which matters a case can be about, as governed text with versions and dates."""

from anlan.casework.catalogue.changes import changes_between
from anlan.casework.catalogue.lookup import all_items, item, was_known
from anlan.casework.catalogue.reading import (
    ClockClass,
    Department,
    Item,
    clock_classes,
    departments,
    editions,
    items,
    sources,
)

__all__ = [
    "ClockClass",
    "Department",
    "Item",
    "all_items",
    "changes_between",
    "clock_classes",
    "departments",
    "editions",
    "item",
    "items",
    "sources",
    "was_known",
]

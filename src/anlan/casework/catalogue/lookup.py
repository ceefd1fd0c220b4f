"""One item by its code, whether the texts list it or a decision did for a time."""

from collections.abc import Mapping
from datetime import date

from anlan.casework.catalogue.reading import Item, items, text_item
from anlan.casework.catalogue.temporary import MARK, temporary_item, temporary_items
from anlan.casework.errors import UnknownItemError


def item(code: str, *, on: date) -> Item:
    """Return the item with this code; raise `UnknownItemError` if none is in force on that day."""
    found = was_known(code, on=on)
    if not found.holds_on(on):
        raise UnknownItemError(field="item_code", rule="known_item")
    return found


def was_known(code: str, *, on: date) -> Item:
    """Return an item as the texts in force on a day list it, though it may have ended since.

    For cases that are there already. Raises `UnknownItemError` for what was never an item.
    """
    found = temporary_item(code, on) if code.startswith(MARK) else text_item(code, on)
    if found is None:
        raise UnknownItemError(field="item_code", rule="known_item")
    return found


def all_items(on: date) -> Mapping[str, Item]:
    """Return every item that may be filed on a day in scope: of the texts, then for a time."""
    return {**items(on), **{one.code: one for one in temporary_items(on)}}

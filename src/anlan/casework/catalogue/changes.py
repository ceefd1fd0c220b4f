"""What one day's catalogue says otherwise than another's."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Literal

from anlan.casework.catalogue.reading import Item, items

NOT_CONTENT = {"version", "valid_from", "valid_until", "group_zh", "group_en"}
COMPARED = [one.name for one in fields(Item) if one.name not in NOT_CONTENT]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that reads otherwise, as text."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ItemChange:
    """An item that came, went, or reads otherwise."""

    code: str
    name_zh: str
    name_en: str
    change: Literal["ADDED", "ENDED", "CHANGED"]
    fields: tuple[FieldChange, ...]


def changes_between(before: date, after: date) -> list[ItemChange]:
    """Return how the catalogue of one day differs from that of another, by code."""
    return list(differences(items(before), items(after)))


def differences(old: Mapping[str, Item], new: Mapping[str, Item]) -> Iterator[ItemChange]:
    """Yield how one set of items differs from another, by code."""
    for code in sorted(old.keys() | new.keys()):
        was, now = old.get(code), new.get(code)
        if was is None and now is not None:
            yield ItemChange(code, now.name_zh, now.name_en, "ADDED", ())
        elif was is not None and now is None:
            yield ItemChange(code, was.name_zh, was.name_en, "ENDED", ())
        elif was is not None and now is not None:
            changed = tuple(_changed(was, now))
            if changed:
                yield ItemChange(code, now.name_zh, now.name_en, "CHANGED", changed)


def _changed(was: Item, now: Item) -> Iterator[FieldChange]:
    for name in COMPARED:
        before, after = _text(was, name), _text(now, name)
        if before != after:
            yield FieldChange(name, before, after)


def _text(item: Item, name: str) -> str:
    value = getattr(item, name)
    if name == "clock":
        return str(item.clock.code)
    return ", ".join(value) if isinstance(value, tuple) else str(value)

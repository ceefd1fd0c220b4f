"""Kinds of report, read once from the text `data/kinds.toml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from anlan.intake.errors import UnknownKindError
from anlan.kernel.text_files import data_folder, read_toml

FILE = "kinds.toml"
MATTER = "CITY_MATTER"  # a report that names its item of the catalogue itself; nobody chooses it


@dataclass(frozen=True, slots=True)
class Group:
    """Kinds that a form lists together."""

    code: str
    name_zh: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Kind:
    """What may be reported, how urgent it is by default, and what a unit must bring.

    `priority` runs from 1, life in danger now, to 4, can wait. `item_code` is the catalogue item
    proposed when it becomes a case; present wherever `needs_unit` is false, unless the report names
    its item itself. `public` says whether a resident may choose it.
    """

    code: str
    name_zh: str
    name_en: str
    group: Group
    priority: int
    needs_unit: bool
    capabilities: tuple[str, ...]
    agency: str
    item_code: str | None
    public: bool
    keywords_zh: tuple[str, ...]
    keywords_en: tuple[str, ...]


@cache
def kinds() -> Mapping[str, Kind]:
    """Return every kind by its code, in the order of the text."""
    text = read_toml(data_folder() / FILE)
    groups = {table["code"]: Group(**table) for table in text["groups"]}
    return MappingProxyType({table["code"]: _kind(table, groups) for table in text["kinds"]})


@cache
def _matter() -> Kind:
    text = read_toml(data_folder() / FILE)
    groups = {table["code"]: Group(**table) for table in text["groups"]}
    return _kind(text["matter"], groups)


def _kind(table: dict[str, Any], groups: Mapping[str, Group]) -> Kind:
    return Kind(
        code=table["code"],
        name_zh=table["name_zh"],
        name_en=table["name_en"],
        group=groups[table["group"]],
        priority=table["priority"],
        needs_unit=table["needs_unit"],
        capabilities=tuple(table["capabilities"]),
        agency=table["agency"],
        item_code=table.get("item_code"),
        public=table["public"],
        keywords_zh=tuple(table["keywords_zh"]),
        keywords_en=tuple(table["keywords_en"]),
    )


def kind_of(code: str, *, field: str = "kind") -> Kind:
    """Return the kind with this code, or raise `UnknownKindError` naming `field`."""
    found = _matter() if code == MATTER else kinds().get(code)
    if found is None:
        raise UnknownKindError(field=field, rule="known_kind")
    return found

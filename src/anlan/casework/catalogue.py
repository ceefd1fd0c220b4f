"""The catalogue: which matters a case can be about. Texts under `data/catalogue`, read once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from anlan.casework.errors import CatalogueError, UnknownItemError
from anlan.kernel.text_files import data_folder, read_toml

SCHEMA = 1
PHOTO = "PHOTO"


@dataclass(frozen=True, slots=True)
class ClockClass:
    """How long a case of an item may take: `amount` of `unit`."""

    code: str
    name_zh: str
    name_en: str
    unit: str
    amount: int


@dataclass(frozen=True, slots=True)
class Item:
    """One matter a case can be about, with its conditions; the fields are those of the text."""

    code: str
    group: str
    group_zh: str
    group_en: str
    name_zh: str
    name_en: str
    subject: str
    service_code: str
    filing_zh: str
    filing_en: str
    closing_zh: str
    closing_en: str
    evidence: tuple[str, ...]
    lead: str
    support: tuple[str, ...]
    clock: ClockClass
    pausable: bool
    public: bool
    deadline_source: str
    valid_from: date

    @property
    def needs_photo(self) -> bool:
        """Whether the report of the handling needs a photo."""
        return PHOTO in self.evidence


@cache
def items() -> Mapping[str, Item]:
    """Return every item by its code, in the order of the codes."""
    return read_items(data_folder() / "catalogue")


def read_items(folder: Path) -> Mapping[str, Item]:
    """Return the items of a catalogue folder; raise `CatalogueError` naming the file at fault."""
    classes = {
        raw["code"]: ClockClass(**raw) for raw in _read(folder / "clock_classes.toml")["classes"]
    }
    found: dict[str, Item] = {}
    for file in sorted(folder.glob("[0-9][0-9]_*.toml")):
        text = _read(file)
        try:
            read = [_item(raw, text["group"], classes) for raw in text["items"]]
        except (KeyError, TypeError) as error:
            raise CatalogueError(file=file.name, reason=str(error)) from error
        found.update((item.code, item) for item in read)
    return MappingProxyType(dict(sorted(found.items())))


def item(code: str, *, on: date | None = None) -> Item:
    """Return the item with this code; raise `UnknownItemError` if there is none on that day."""
    known = items().get(code)
    if known is None or (on is not None and on < known.valid_from):
        raise UnknownItemError(field="item_code", rule="known_item")
    return known


def _read(file: Path) -> dict[str, Any]:
    text = read_toml(file)
    if text.get("schema") != SCHEMA:
        raise CatalogueError(file=file.name, reason=f"schema is not {SCHEMA}")
    return text


def _item(raw: dict[str, Any], group: dict[str, Any], classes: Mapping[str, ClockClass]) -> Item:
    return Item(
        **raw
        | {
            "group": group["code"],
            "group_zh": group["name_zh"],
            "group_en": group["name_en"],
            "evidence": tuple(raw["evidence"]),
            "support": tuple(raw["support"]),
            "clock": classes[raw["clock"]],
        }
    )

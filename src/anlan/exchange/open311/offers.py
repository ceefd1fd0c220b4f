"""What the catalogue offers outside: services, and the further questions that go with them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from anlan.casework.catalogue import Item, items
from anlan.exchange.open311.errors import UnknownServiceError
from anlan.kernel.text_files import data_folder, read_toml

DATATYPES = ("string", "number", "datetime", "text", "singlevaluelist", "multivaluelist")
KEYWORDS = ", "


@dataclass(frozen=True, slots=True)
class Question:
    """A further field of services: an attribute, as the specification has it."""

    code: str
    datatype: str
    required: bool
    order: int
    description: Mapping[str, str]
    values: tuple[tuple[str, Mapping[str, str]], ...]
    groups: frozenset[str]

    def concerns(self, item: Item) -> bool:
        """Return whether it is asked about an item."""
        return item.group in self.groups


def offered(on: date) -> dict[str, Item]:
    """Return the items that are offered on a day, by service code.

    Only those whose single cases may be published, and none that tells of a dwelling or a party.
    """
    return {
        item.service_code: item
        for item in items(on).values()
        if item.public and item.personal_data == "NONE"
    }


def offered_item(service_code: str, on: date) -> Item:
    """Return the item behind a service code, or raise `UnknownServiceError`."""
    found = offered(on).get(service_code)
    if found is None:
        raise UnknownServiceError(field="service_code", rule="known_service")
    return found


@cache
def questions() -> tuple[Question, ...]:
    """Return every question, from the text `data/open311.toml`, in its order."""
    text = read_toml(data_folder() / "open311.toml")
    found = (_question(table) for table in text["attributes"])
    return tuple(sorted(found, key=lambda question: question.order))


def _question(table: Mapping[str, Any]) -> Question:
    return Question(
        code=table["code"],
        datatype=table["datatype"],
        required=table["required"],
        order=table["order"],
        description={"zh-CN": table["description_zh"], "en": table["description_en"]},
        values=tuple(
            (one["key"], {"zh-CN": one["name_zh"], "en": one["name_en"]})
            for one in table.get("values", ())
        ),
        groups=frozenset(table["groups"]),
    )


def questions_about(item: Item) -> list[Question]:
    """Return the questions that go with an item."""
    return [question for question in questions() if question.concerns(item)]


def named(item: Item, language: str) -> str:
    """Return an item's name in a language."""
    return item.name_en if language == "en" else item.name_zh


def service_row(item: Item, language: str) -> dict[str, Any]:
    """Return an item as a service."""
    english = language == "en"
    other = item.name_zh if english else item.name_en
    group = item.group_en if english else item.group_zh
    words = dict.fromkeys((other, item.service_code.replace("_", " "), group.replace(",", "")))
    return {
        "service_code": item.service_code,
        "service_name": named(item, language),
        "description": item.filing_en if english else item.filing_zh,
        "metadata": bool(questions_about(item)),
        "type": "realtime",
        "keywords": KEYWORDS.join(words),
        "group": group,
    }


def definition_of(item: Item, language: str) -> dict[str, Any]:
    """Return an item's service definition."""
    return {
        "service_code": item.service_code,
        "attributes": [
            {
                "variable": True,
                "code": question.code,
                "datatype": question.datatype,
                "required": question.required,
                "datatype_description": None,
                "order": place,
                "description": question.description[language],
                "values": [{"key": key, "name": name[language]} for key, name in question.values],
            }
            for place, question in enumerate(questions_about(item), 1)
        ],
    }

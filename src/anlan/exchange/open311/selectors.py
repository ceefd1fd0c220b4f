"""What everybody may read: public matters as requests, their changes as updates, both in bulk."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from anlan.casework.catalogue import Item, items, was_known
from anlan.casework.errors import UnknownItemError
from anlan.casework.selectors.published import (
    Published,
    Wanted,
    published,
    published_steps,
)
from anlan.exchange.open311.arguments import Asked
from anlan.exchange.open311.errors import UnknownRequestError
from anlan.exchange.open311.offers import named, offered
from anlan.kernel.areas import parent_of
from anlan.kernel.wording import word
from anlan.orgs.selectors import organisation_names
from anlan.places.selectors import jurisdiction_names

SOURCES = {"PHONE": "Phone", "WEB": "Website", "API": "API", "STAFF": "Staff"}
BULK_COLUMNS = (
    "service_request_id", "requested_datetime", "updated_datetime", "closed_date",
    "status_description", "status_notes", "source", "service_name", "service_subtype",
    "description", "agency_responsible", "address", "lat", "long",
)  # fmt: skip


def request_rows(asked: Asked, language: str, at: datetime) -> list[dict[str, Any]]:
    """Return the public requests that are asked for, newest first."""
    return _shaped(_wanted(asked, at), language, at)


def request_row(number: str, language: str, at: datetime) -> list[dict[str, Any]]:
    """Return one public request, or raise `UnknownRequestError`."""
    wanted = Wanted(items=_public_codes(at), numbers=(number,), limit=1)
    found = _shaped(published(wanted), language, at)
    if not found:
        raise UnknownRequestError(field="service_request_id", rule="known_request")
    return found


def _wanted(asked: Asked, at: datetime) -> list[Published]:
    by_service = {item.service_code: item.code for item in offered(at.date()).values()}
    chosen = [by_service[code] for code in asked.services if code in by_service]
    if asked.numbers:
        wanted = Wanted(items=_public_codes(at), numbers=asked.numbers, limit=asked.limit)
        return published(wanted)
    both = len(asked.statuses) != 1
    return published(
        Wanted(
            items=chosen if asked.services else _public_codes(at),
            start=asked.start,
            end=asked.end,
            closed=None if both else asked.statuses[0] == "closed",
            skip=asked.skip,
            limit=asked.limit,
        )
    )


def _public_codes(at: datetime) -> list[str]:
    return [item.code for item in offered(at.date()).values()]


def _shaped(found: list[Published], language: str, at: datetime) -> list[dict[str, Any]]:
    places = _addresses({case.area for case in found}, language)
    agencies = _agencies({case.agency for case in found if case.agency}, language)
    return [
        {
            "service_request_id": case.number,
            "status": "closed" if case.closed_at else "open",
            "status_notes": _notes(case, language),
            **_service(case, language, at),
            "description": None,  # somebody's own words: never published
            "agency_responsible": agencies.get(case.agency or ""),
            "service_notice": None,
            "requested_datetime": case.filed_at,
            "updated_datetime": case.changed_at,
            "expected_datetime": case.due_at,
            "address": places[case.area],
            "address_id": None,
            "zipcode": None,
            "lat": case.lat,
            "long": case.lon,
            "media_url": None,
        }
        for case in found
    ]


def _service(case: Published, language: str, at: datetime) -> dict[str, str]:
    item = _item(case, at)
    return {"service_name": named(item, language), "service_code": item.service_code}


def _item(case: Published, at: datetime) -> Item:
    try:
        return was_known(case.item_code, on=case.filed_at.date())
    except UnknownItemError:
        return items(at.date())[case.item_code]


def _notes(case: Published, language: str) -> str:
    key = f"disposition.{case.disposition}" if case.disposition else f"stage.{case.state}"
    return word(f"open311.{key}", language)


def _agencies(ids: Iterable[str], language: str) -> dict[str, str]:
    names = organisation_names([UUID(one) for one in ids])
    return {str(key): _one(name, language) for key, name in names.items()}


def _addresses(areas: Iterable[int], language: str) -> dict[int, str]:
    """Return each area in words, from the smallest place that has a name to the largest."""
    ways = {area: list(_upwards(area)) for area in areas}
    names = jurisdiction_names({area for way in ways.values() for area in way})
    return {
        area: ", ".join(_one(names[one], language) for one in way if one in names)
        for area, way in ways.items()
    }


def _upwards(area: int) -> Iterable[int]:
    above: int | None = area
    while above is not None:
        yield above
        above = parent_of(above)


def _one(names: tuple[str, str], language: str) -> str:
    return names[1] if language == "en" else names[0]


def update_rows(asked: Asked, language: str, at: datetime) -> list[dict[str, Any]]:
    """Return the changes of public requests between two times, oldest first."""
    steps = published_steps(
        _public_codes(at), asked.start, asked.end, skip=asked.skip, limit=asked.limit
    )
    return [
        {
            "update_id": step.id,
            "service_request_id": step.number,
            "status": "closed" if step.state == "CLOSED" else "open",
            "updated_datetime": step.made_at,
            "description": word(f"open311.stage.{step.state}", language),
            "media_url": None,
        }
        for step in steps
    ]


def bulk_rows(asked: Asked, language: str, at: datetime) -> list[dict[str, Any]]:
    """Return public requests in the columns of the bulk profile, newest first."""
    found = _wanted(asked, at)
    rows = _shaped(found, language, at)
    return [
        {
            **{name: row.get(name) for name in BULK_COLUMNS},
            "closed_date": case.closed_at,
            "status_description": _bulk_status(case),
            "source": SOURCES[case.channel],
        }
        for case, row in zip(found, rows, strict=True)
    ]


def _bulk_status(case: Published) -> str:
    if case.closed_at:
        return "Closed"
    return "Open" if case.state == "FILED" else "Processing"

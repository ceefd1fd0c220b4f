"""A request that is sent: a case under an item, and a report that keeps who may be called back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.db import transaction

from anlan.casework.catalogue import Item
from anlan.casework.services import Filing, file_case
from anlan.exchange.open311.errors import BadArgumentError
from anlan.exchange.open311.offers import Question, offered_item, questions_about
from anlan.exchange.open311.services.answers import answered
from anlan.intake.kinds import MATTER
from anlan.intake.services import reports
from anlan.intake.services.contacts import ContactGiven
from anlan.intake.services.reports import PLACE_TEXT_LIMIT_CHARACTERS, ReportGiven
from anlan.kernel.access import Actor
from anlan.kernel.errors import UnavailableError
from anlan.kernel.texts import clean_text
from anlan.places.place_names import find_places
from anlan.places.selectors import cell_of_point

DESCRIPTION_LIMIT_CHARACTERS = 4_000
MEDIA_URL_LIMIT_CHARACTERS = 500
NAME_LIMIT_CHARACTERS = 40
CHANNEL = "API"
Fields = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of a request: the number of its case, and the one to follow the report by."""

    case_number: str
    report_number: str


@transaction.atomic
def take_request(fields: Fields, *, actor: Actor, at: datetime) -> Sent:
    """Take a request as a form holds it: all of it or nothing.

    Nothing of the device or of an account elsewhere is kept, and no address is fetched. Raises
    `UnknownServiceError`, `BadArgumentError` naming the field, `OutsideJurisdictionError`.
    """
    item = offered_item(_needed(fields, "service_code"), at.date())
    lon, lat, place_text = _place(fields)
    text = _words(fields, item)
    area = cell_of_point(lon, lat).area
    given = ReportGiven(
        channel=CHANNEL,
        kind=MATTER,
        priority=None,
        lon=lon,
        lat=lat,
        place_text=place_text,
        text=text[: reports.TEXT_LIMIT_CHARACTERS],  # the case holds all of it
        contact=_contact(fields),
    )
    checked = reports.checked_report(given, actor=actor, at=at)
    filing = Filing(
        item_code=item.code,
        lon=lon,
        lat=lat,
        area=area,
        text=text,
        place_text=checked.place_text,
        channel=CHANNEL,
    )
    case = file_case(filing, actor=actor, at=at)
    report = reports.take_report(
        checked, area=area, incident_id=None, case_id=case.id, attached=False, actor=actor, at=at
    )
    return Sent(case.number, report.number)


def first(fields: Fields, name: str) -> str:
    """Return the first value of a field, trimmed; the empty text where it is not there."""
    values = fields.get(name, ())
    return values[0].strip() if values else ""


def _needed(fields: Fields, name: str) -> str:
    found = first(fields, name)
    if not found:
        raise BadArgumentError(field=name, rule="required")
    return found


def _place(fields: Fields) -> tuple[float, float, str]:
    """Return longitude, latitude and the place in words."""
    words = clean_text(
        first(fields, "address_string"),
        field="address_string",
        limit_characters=PLACE_TEXT_LIMIT_CHARACTERS,
    )
    lat, lon = first(fields, "lat"), first(fields, "long")
    if lat or lon:
        return _degrees(lon, "long", 180), _degrees(lat, "lat", 90), words
    if not words:
        raise BadArgumentError(field="lat", rule="place_required")
    return (*_found(words), words)


def _degrees(written: str, name: str, limit: int) -> float:
    try:
        degrees = float(written)
    except ValueError:
        raise BadArgumentError(field=name, rule="number") from None
    if not -limit <= degrees <= limit:
        raise BadArgumentError(field=name, rule="on_earth")
    return degrees


def _found(words: str) -> tuple[float, float]:
    """Return where an address is, if only one place goes by it."""
    try:
        hits = find_places(words, limit=2)
    except UnavailableError:
        hits = []
    if not hits or (len(hits) > 1 and hits[0].name == hits[1].name):
        raise BadArgumentError(field="address_string", rule="one_known_place")
    return hits[0].lon, hits[0].lat


def _words(fields: Fields, item: Item) -> str:
    """Return what is said: the description, then answers and the address of a picture, by line."""
    limit = DESCRIPTION_LIMIT_CHARACTERS
    described = clean_text(
        first(fields, "description"), field="description", limit_characters=limit
    )
    lines = [described or f"{item.name_zh} / {item.name_en}"]
    for question in questions_about(item):
        lines += _answer(fields, question)
    picture = first(fields, "media_url")
    if picture:
        lines.append(f"media_url: {_checked_picture(picture)}")
    return clean_text("\n".join(lines), field="description", limit_characters=limit)


def _answer(fields: Fields, question: Question) -> list[str]:
    name = f"attribute[{question.code}]"
    given = [*fields.get(name, ()), *fields.get(f"{name}[]", ())]
    told = [one.strip() for one in given if one.strip()]
    if not told and question.required:
        raise BadArgumentError(field=name, rule="required")
    return [f"{question.description['zh-CN']} {answered(question, told, name)}"] if told else []


def _checked_picture(url: str) -> str:
    parts = urlsplit(url) if url.isascii() and len(url) <= MEDIA_URL_LIMIT_CHARACTERS else None
    if parts is None or parts.scheme not in {"http", "https"} or not parts.netloc:
        raise BadArgumentError(field="media_url", rule="web_address")
    return url


def _contact(fields: Fields) -> ContactGiven | None:
    names = (first(fields, "first_name"), first(fields, "last_name"))
    name = " ".join(one[:NAME_LIMIT_CHARACTERS] for one in names if one)
    phone, email = first(fields, "phone"), first(fields, "email")
    return ContactGiven(name=name[:80], telephone=phone, email=email) if phone or email else None

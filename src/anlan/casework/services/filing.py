"""Filing a case: every way in ends here."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from anlan.casework import catalogue
from anlan.casework.errors import IncidentHasCaseError, TooManyPhotosError, UnknownItemError
from anlan.casework.models import (
    CHANNELS,
    PHOTOS_PER_CASE_LIMIT,
    PLACE_TEXT_LIMIT_CHARACTERS,
    TEXT_LIMIT_CHARACTERS,
    Case,
)
from anlan.casework.services.clocks import follow_clock
from anlan.casework.services.listing import list_text_item
from anlan.casework.services.moves import Before, send_where_routed
from anlan.casework.services.photos import insert_photo
from anlan.casework.services.routes import route_case
from anlan.casework.services.step_rows import write_step
from anlan.casework.shapes import listed
from anlan.casework.transitions import FILING_RIGHTS, INITIAL, Standing
from anlan.kernel.access import Actor
from anlan.kernel.errors import InvalidError
from anlan.kernel.identifiers import new_number
from anlan.kernel.moves import require_one
from anlan.kernel.outbox import publish
from anlan.kernel.photos import clean_photo
from anlan.kernel.riding import ride_rows, send
from anlan.kernel.texts import clean_text
from anlan.kernel.told_times import ToldTime

NOT_LISTED = "is not in the catalogue"


@dataclass(frozen=True, slots=True)
class Filing:
    """What is known when a case is filed: the item, the place (degrees WGS84), the words.

    `reason` is why the desk diverted it, where it did.
    """

    item_code: str
    lon: float
    lat: float
    area: int
    text: str
    place_text: str = ""
    channel: str = "STAFF"
    incident_id: UUID | None = None
    reason: str = ""


def file_case(
    filing: Filing, *, actor: Actor, at: datetime, photos: Sequence[bytes] = (),
    timed: ToldTime | None = None,
) -> Case:  # fmt: skip
    """File a case, with the photos of what was found; return it.

    `timed` is when the actor's device says it was found: shown beside `at`, which counts.

    Raises `UnknownItemError`, `InvalidError` for a text or photo that may not be kept,
    `TooManyPhotosError`, `IncidentHasCaseError` for an incident that has a case already.
    """
    require_one(actor, FILING_RIGHTS)
    item = catalogue.item(filing.item_code, on=at.date())
    list_text_item(item, filing.area, at)
    if len(photos) > PHOTOS_PER_CASE_LIMIT:
        raise TooManyPhotosError(limit=PHOTOS_PER_CASE_LIMIT)
    case = _case(_cleaned(filing), at)
    facts = {"reason": filing.reason} if filing.reason else {}
    with _one_of_its_kind(filing):
        routed = route_case(case, at)
        step = write_step(
            case, move="file", source="", facts=facts, actor=actor, at=at, timed=timed
        )
        if routed is None:
            follow_clock(case, at, [step])
            ride_rows([case])
            send()
        else:
            ride_rows([case])
            standing = Standing(INITIAL, came_from_incident=case.incident_id is not None)
            send_where_routed(case, Before(standing, [step]), routed, at)
    publish("case.filed", area=case.area, subject_id=case.id, body=listed(case), at=at)
    for ordinal, uploaded in enumerate(photos, 1):
        insert_photo(case, ordinal, clean_photo(uploaded), actor=actor, at=at)
    return case


def _cleaned(filing: Filing) -> Filing:
    if filing.channel not in CHANNELS:
        raise InvalidError(field="channel", rule="enum", expected=", ".join(CHANNELS))
    return replace(
        filing,
        text=clean_text(filing.text, field="text", limit_characters=TEXT_LIMIT_CHARACTERS),
        place_text=clean_text(
            filing.place_text, field="place_text", limit_characters=PLACE_TEXT_LIMIT_CHARACTERS
        ),
    )


def _case(filing: Filing, at: datetime) -> Case:
    return Case(
        number=new_number("C"),
        item_code=filing.item_code,
        state=INITIAL.value,
        lon=filing.lon,
        lat=filing.lat,
        area=filing.area,
        text=filing.text,
        place_text=filing.place_text,
        channel=filing.channel,
        incident_id=filing.incident_id,
        filed_at=at,
    )


@contextmanager
def _one_of_its_kind(filing: Filing) -> Iterator[None]:
    """Let the database say whether the item is listed here, and the incident without a case."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if NOT_LISTED in str(error):  # for a time, and not for this place
            raise UnknownItemError(field="item_code", rule="known_item") from None
        if Case.objects.filter(incident_id=filing.incident_id).exclude(state="RETURNED").exists():
            raise IncidentHasCaseError(incident_id=filing.incident_id) from None
        raise

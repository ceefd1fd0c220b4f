"""Every write of cases."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from anlan.casework import catalogue
from anlan.casework.errors import (
    IncidentHasCaseError,
    NotYourCaseError,
    OrganisationElsewhereError,
    PhotoMissingError,
    PhotoNotNowError,
    TooManyPhotosError,
    UnknownCaseError,
)
from anlan.casework.models import (
    CHANNELS,
    PHOTOS_PER_CASE_LIMIT,
    PLACE_TEXT_LIMIT_CHARACTERS,
    TEXT_LIMIT_CHARACTERS,
    Case,
    CasePhoto,
    CaseStep,
)
from anlan.casework.selectors import handling_photographed, standing_of
from anlan.casework.shapes import listed
from anlan.casework.transitions import (
    FILING_RIGHTS,
    INITIAL,
    PHOTO_RIGHTS,
    CaseState,
    check_facts,
    check_move,
    holds,
    move_named,
    require_one,
)
from anlan.kernel.access import Actor
from anlan.kernel.areas import area_range
from anlan.kernel.errors import InvalidError
from anlan.kernel.identifiers import new_number
from anlan.kernel.outbox import publish
from anlan.kernel.photos import clean_photo
from anlan.kernel.texts import clean_text
from anlan.orgs import selectors as orgs
from anlan.orgs.errors import UnknownOrganisationError

PHASE_OF_STATE = {CaseState.FILED: "FILED", CaseState.ASSIGNED: "HANDLED"}


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


def file_case(filing: Filing, *, actor: Actor, at: datetime, photos: Sequence[bytes] = ()) -> Case:
    """File a case, with the photos of what was found; return it.

    Raises `UnknownItemError`, `InvalidError` for a text or photo that may not be kept,
    `TooManyPhotosError`, `IncidentHasCaseError` for an incident that has a case already.
    """
    require_one(actor, FILING_RIGHTS)
    catalogue.item(filing.item_code, on=at.date())
    if len(photos) > PHOTOS_PER_CASE_LIMIT:
        raise TooManyPhotosError(limit=PHOTOS_PER_CASE_LIMIT)
    case = _insert(_cleaned(filing), at)
    facts = {"reason": filing.reason} if filing.reason else {}
    _add_step(case, move="file", source="", facts=facts, actor=actor, at=at)
    for ordinal, uploaded in enumerate(photos, 1):
        _insert_photo(case, ordinal, clean_photo(uploaded), actor=actor, at=at)
    publish("case.filed", area=case.area, subject_id=case.id, body=listed(case), at=at)
    return case


def make_move(
    *, case_id: UUID, name: str, facts: Mapping[str, str], actor: Actor, at: datetime
) -> Case:
    """Make the move called `name`; return the case after it.

    Raises `UnknownMoveError`, `DeniedError`, `UnknownCaseError`, `InvalidError` for a fact that is
    missing, wrong or not part of the move, or the refusal of the transition table.
    """
    move = move_named(name)
    require_one(actor, move.rights)
    case = _locked(case_id)
    check_move(move, standing_of(case), actor)
    told = check_facts(move, facts)
    source = case.state
    case.state = move.target.value
    _change(case, move.name, told, actor=actor, at=at)
    case.save()
    _add_step(case, move=move.name, source=source, facts=told, actor=actor, at=at)
    publish("case.changed", area=case.area, subject_id=case.id, body=listed(case), at=at)
    return case


def add_photo(*, case_id: UUID, uploaded: bytes, actor: Actor, at: datetime) -> CasePhoto:
    """Add a photo to a case, cleaned of all metadata; its phase follows from the case's state.

    Raises `DeniedError`, `UnknownCaseError`, `PhotoNotNowError`, `NotYourCaseError`,
    `TooManyPhotosError`, or what `clean_photo` raises.
    """
    require_one(actor, tuple(PHOTO_RIGHTS.values()))
    jpeg = clean_photo(uploaded)  # before the lock: it takes its time
    case = _locked(case_id)
    state = CaseState(case.state)
    if state not in PHOTO_RIGHTS:
        raise PhotoNotNowError(state=state)
    if not holds(actor, PHOTO_RIGHTS[state], case.organisation_id):
        raise NotYourCaseError(move="photo")
    taken = CasePhoto.objects.filter(case_id=case.id).count()
    if taken >= PHOTOS_PER_CASE_LIMIT:
        raise TooManyPhotosError(limit=PHOTOS_PER_CASE_LIMIT)
    photo = _insert_photo(case, taken + 1, jpeg, actor=actor, at=at)
    publish("case.changed", area=case.area, subject_id=case.id, body=listed(case), at=at)
    return photo


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


def _insert(filing: Filing, at: datetime) -> Case:
    try:
        with transaction.atomic():
            return Case.objects.create(
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
    except IntegrityError:
        if Case.objects.filter(incident_id=filing.incident_id).exclude(state="RETURNED").exists():
            raise IncidentHasCaseError(incident_id=filing.incident_id) from None
        raise


def _locked(case_id: UUID) -> Case:
    case = Case.objects.select_for_update().filter(pk=case_id).first()
    if case is None:
        raise UnknownCaseError
    return case


def _change(case: Case, name: str, facts: Mapping[str, str], *, actor: Actor, at: datetime) -> None:
    """Change what a move changes beside the state; refuse what only other rows can tell."""
    match name:
        case "assign":
            case.organisation_id = _organisation_for(case, facts["organisation_id"])
        case "send_back":
            case.organisation_id = None
        case "report":
            _check_photographed(case)
            case.reported_by = actor.id
        case "rework":
            case.reported_by = None
        case "verify":
            case.verified_by = actor.id
        case "close":
            case.disposition, case.closed_at = facts["disposition"], at
        case "reopen":
            case.reopened_count += 1
            case.reported_by = case.verified_by = case.disposition = case.closed_at = None


def _organisation_for(case: Case, wanted: str) -> UUID:
    """Return the id of the organisation that is to handle `case`; it must serve the area."""
    try:
        organisation = orgs.organisation(UUID(wanted))
    except ValueError:
        raise InvalidError(field="organisation_id", rule="uuid_parsing") from None
    except UnknownOrganisationError:
        raise UnknownOrganisationError(field="organisation_id", rule="known_organisation") from None
    low, high = area_range(organisation.area)
    if not low <= case.area <= high:
        raise OrganisationElsewhereError(field="organisation_id", rule="serves_the_area")
    return organisation.id


def _check_photographed(case: Case) -> None:
    if catalogue.item(case.item_code).needs_photo and not handling_photographed(case.id):
        raise PhotoMissingError(item_code=case.item_code)


def _add_step(
    case: Case, *, move: str, source: str, facts: Mapping[str, str], actor: Actor, at: datetime
) -> None:
    CaseStep.objects.create(
        area=case.area,
        subject_id=case.id,
        move=move,
        source=source,
        target=case.state,
        made_by=actor.id,
        made_by_name=actor.name,
        made_at=at,
        facts=dict(facts),
    )


def _insert_photo(
    case: Case, ordinal: int, jpeg: bytes, *, actor: Actor, at: datetime
) -> CasePhoto:
    return CasePhoto.objects.create(
        area=case.area,
        case=case,
        ordinal=ordinal,
        phase=PHASE_OF_STATE[CaseState(case.state)],
        jpeg=jpeg,
        added_by=actor.id,
        added_at=at,
    )

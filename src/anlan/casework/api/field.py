"""HTTP of grid officers' telephones: what they take along, and what they did without network."""

from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, File, Form, Header, Router, Status, UploadedFile
from pydantic import AwareDatetime, FiniteFloat

from anlan.casework import selectors, services
from anlan.casework.api.cases import CaseOut, CaseStepOut, MoveBody, PhotoOut, Strict, case_out
from anlan.casework.models import PLACE_TEXT_LIMIT_CHARACTERS, TEXT_LIMIT_CHARACTERS
from anlan.casework.selectors import RoundCase
from anlan.casework.services import ActTold, Filing
from anlan.casework.shapes import CaseRow
from anlan.casework.transitions import CASE_MOVES
from anlan.kernel import clock
from anlan.kernel.access import Actor, require
from anlan.kernel.errors import TooLargeError
from anlan.kernel.http import actor_of
from anlan.kernel.kept_replies import key_of
from anlan.kernel.photos import UPLOAD_LIMIT_BYTES
from anlan.kernel.schemas import Schema
from anlan.kernel.zones import DeviceMoment
from anlan.orgs.protected import ReportersWords
from anlan.places import selectors as places
from anlan.places.models import GridCell

router = Router()
SITE_KINDS = frozenset({"SCHOOL", "HOSPITAL", "STATION"})
SITES_LIMIT_ROWS = 60
ORDINAL_LIMIT = 2**53 - 1  # the largest whole number that a browser counts exactly

FieldMove = Literal["start", "report", "send_back", "dispute", "verify", "rework"]
SentAt = Annotated[DeviceMoment | None, Header(alias="Sent-At")]


class FieldCellOut(Schema):
    """A grid cell of the officer; `polygon` is GeoJSON, degrees WGS84."""

    area: int
    name_zh: str
    name_en: str
    polygon: dict[str, Any]


class FieldSiteOut(Schema):
    """A site in the officer's cells."""

    id: UUID
    kind: str
    name: str
    lon: float
    lat: float


class FieldRoundCaseOut(CaseRow):
    """A case of the round. `seen` goes along with each act: it tells what the officer knew."""

    part: Literal["TASK", "CHECK", "OPEN"]
    text: ReportersWords
    seen: int
    photos: list[PhotoOut]
    moves: list[str]


class FieldRoundOut(Schema):
    """What a grid officer takes along; `cut` where a part has more cases than it lists."""

    as_of: AwareDatetime
    cells: list[FieldCellOut]
    cases: list[FieldRoundCaseOut]
    sites: list[FieldSiteOut]
    cut: bool


class FieldCaseOut(CaseOut):
    """A case as it stands, and what was done to it elsewhere than in the queue that asks."""

    seen: int
    others: list[CaseStepOut]


class ToldBody(Strict):
    """What a telephone says of an act: its place in the queue, when by its own clock."""

    queue: UUID
    ordinal: int = Field(ge=1, le=ORDINAL_LIMIT)
    told_at: DeviceMoment


class SeenForm(ToldBody):
    """An act on a case of which the officer had seen so many steps from elsewhere."""

    seen: int = Field(ge=0, le=ORDINAL_LIMIT)


class FieldMoveBody(MoveBody, SeenForm):
    """A move that was made in the field, with the facts that it takes."""


class FieldFilingForm(ToldBody):
    """What was found, and where (degrees WGS84)."""

    item_code: str = Field(max_length=8)
    lon: FiniteFloat = Field(ge=-180, le=180)
    lat: FiniteFloat = Field(ge=-90, le=90)
    place_text: str = Field("", max_length=PLACE_TEXT_LIMIT_CHARACTERS)
    text: str = Field("", max_length=TEXT_LIMIT_CHARACTERS)


def _told(request: HttpRequest, told: ToldBody, sent_at: DeviceMoment | None) -> ActTold:
    return ActTold(
        key=key_of(request),
        queue=told.queue,
        ordinal=told.ordinal,
        told_at=told.told_at,
        sent_at=sent_at,
        seen=told.seen if isinstance(told, SeenForm) else None,
    )


def _photo(uploaded: UploadedFile) -> bytes:
    if (uploaded.size or 0) > UPLOAD_LIMIT_BYTES:
        raise TooLargeError(code="photo.too_large", field="photo", rule="at_most_5_mb")
    content: bytes = uploaded.read()
    return content


def _out(case_id: UUID, queue: UUID, actor: Actor) -> FieldCaseOut:
    whole = case_out(case_id, actor).model_dump()
    others = [
        CaseStepOut.model_validate(step) for step in selectors.steps_of_others(case_id, queue)
    ]
    return FieldCaseOut(**whole, seen=selectors.seen_of(case_id, queue), others=others)


def _listed(found: RoundCase, actor: Actor) -> FieldRoundCaseOut:
    return FieldRoundCaseOut(
        **CaseRow.model_validate(found.case).model_dump(),
        part=found.part,
        text=found.case.text,
        seen=found.seen,
        photos=[PhotoOut.model_validate(photo) for photo in found.photos],
        moves=CASE_MOVES.open_to(selectors.standing_of(found.case), actor),
    )


def _cell(cell: GridCell) -> FieldCellOut:
    return FieldCellOut.model_validate(cell, from_attributes=True)


@router.get("/round", response=FieldRoundOut, operation_id="get_round")
def get_round(request: HttpRequest, queue: UUID) -> FieldRoundOut:
    """Return all that a grid officer takes along: cells, tasks, what to look at, sites.

    `queue` is that of the telephone: what it told itself is nothing that others did.
    """
    actor = actor_of(request)
    require(actor, "round.read")
    found = selectors.round_of(actor, queue)
    sites = [site for site in places.sites(None) if site.kind in SITE_KINDS]
    return FieldRoundOut(
        as_of=clock.now(),
        cells=[_cell(cell) for cell in places.grid_cells()],
        cases=[_listed(one, actor) for one in found.cases],
        sites=[
            FieldSiteOut.model_validate(site, from_attributes=True)
            for site in sites[:SITES_LIMIT_ROWS]
        ],
        cut=found.cut,
    )


@router.get("/field/cases/{case_id}", response=FieldCaseOut, operation_id="get_field_case")
def get_field_case(request: HttpRequest, case_id: UUID, queue: UUID) -> FieldCaseOut:
    """Show a case as it stands, to be held against what was done in the field."""
    actor = actor_of(request)
    require(actor, "round.read")
    return _out(case_id, queue, actor)


@router.post("/field/cases", response={201: FieldCaseOut}, operation_id="file_field_case")
def post_field_case(
    request: HttpRequest,
    filed: Form[FieldFilingForm],
    photo: File[UploadedFile | None] = None,
    sent_at: SentAt = None,
) -> Status[FieldCaseOut]:
    """File what was found, with a photo of it; only the pixels of the photo are kept."""
    actor = actor_of(request)
    require(actor, "round.read")
    filing = Filing(
        item_code=filed.item_code,
        lon=filed.lon,
        lat=filed.lat,
        area=places.cell_of_point(filed.lon, filed.lat).area,
        place_text=filed.place_text,
        text=filed.text,
    )
    act, photos = _told(request, filed, sent_at), [] if photo is None else [_photo(photo)]
    case = services.file_from_field(act, filing, photos=photos, actor=actor, at=clock.now())
    return Status(201, _out(case.id, filed.queue, actor))


@router.post(
    "/field/cases/{case_id}/moves/{move}", response=FieldCaseOut, operation_id="move_field_case"
)
def post_field_move(
    request: HttpRequest, case_id: UUID, move: FieldMove, body: FieldMoveBody,
    sent_at: SentAt = None,
) -> FieldCaseOut:  # fmt: skip
    """Make a move as it was made in the field; refused where others did something meanwhile."""
    actor = actor_of(request)
    require(actor, "round.read")
    act = _told(request, body, sent_at)
    facts = body.model_dump(mode="json", exclude_none=True, exclude=set(SeenForm.model_fields))
    services.move_from_field(act, case_id, move, facts, actor=actor, at=clock.now())
    return _out(case_id, body.queue, actor)


@router.post(
    "/field/cases/{case_id}/photos", response={201: FieldCaseOut}, operation_id="add_field_photo"
)
def post_field_photo(
    request: HttpRequest,
    case_id: UUID,
    told: Form[SeenForm],
    photo: File[UploadedFile],
    sent_at: SentAt = None,
) -> Status[FieldCaseOut]:
    """Add a photo of at most 5 MB that was taken in the field. Only its pixels are kept."""
    actor = actor_of(request)
    require(actor, "round.read")
    act, content = _told(request, told, sent_at), _photo(photo)
    services.photo_from_field(act, case_id, content, actor=actor, at=clock.now())
    return Status(201, _out(case_id, told.queue, actor))

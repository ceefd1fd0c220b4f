"""HTTP of cases."""

from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, File, Query, Router, Status, UploadedFile
from pydantic import AwareDatetime, ConfigDict, FiniteFloat

from anlan.casework import catalogue, selectors, services
from anlan.casework.models import (
    PLACE_TEXT_LIMIT_CHARACTERS,
    TEXT_LIMIT_CHARACTERS,
    Case,
    CasePhoto,
)
from anlan.casework.selectors.broken_glass import glass_until
from anlan.casework.selectors.similar import similar_cases
from anlan.casework.shapes import CaseRow
from anlan.casework.transitions import (
    CASE_MOVES,
    FACT_LIMIT_CHARACTERS,
    PHOTO_RIGHTS,
    CaseDisposition,
    CaseState,
    Ground,
    Verdict,
)
from anlan.kernel import clock
from anlan.kernel.access import Actor, require
from anlan.kernel.errors import TooLargeError
from anlan.kernel.http import actor_of
from anlan.kernel.paging import PageAsked
from anlan.kernel.photos import UPLOAD_LIMIT_BYTES
from anlan.kernel.purposes import require_sight
from anlan.kernel.schemas import Schema
from anlan.orgs.identity.services.proofs import require_recent_proof
from anlan.orgs.protected import EVIDENCE, ReportersWords
from anlan.places.selectors import cell_of_point

router = Router()

# A return and a diversion go through flows that move the incident as well: they stand there.
MoveName = Literal[
    "assign", "send_back", "dispute", "arbitrate", "start", "report", "rework", "verify", "close",
    "evaluate", "reopen", "reclassify", "merge", "unmerge", "seal", "unseal",
]  # fmt: skip


NUMBER_TYPED_LIMIT_CHARACTERS = 40
PROVEN_MOVES = frozenset({"seal", "unseal"})
"""What wants a proof of a few minutes ago: it changes who sees the case."""


class Strict(Schema):
    """A body that holds no unknown field."""

    model_config = ConfigDict(extra="forbid")


class CasePage(Schema):
    """A page of cases; `next` is the cursor of the page after it."""

    items: list[CaseRow]
    next: str | None


class CaseStepOut(Schema):
    """One move that was made."""

    move: str
    source: str
    target: CaseState
    made_by_name: str
    made_at: AwareDatetime
    told_at: AwareDatetime | None
    facts: dict[str, str]


class PhotoOut(Schema):
    """A photo of a case; its picture stands at `/photos/{id}`."""

    id: UUID
    phase: Literal["FILED", "HANDLED"]
    added_at: AwareDatetime


class MergedOut(Schema):
    """A case that is merged into another, or the one that leads, and who has that in hand."""

    id: UUID
    number: str
    item_code: str
    organisation_id: UUID | None
    place_text: ReportersWords
    filed_at: AwareDatetime


class CaseOut(CaseRow):
    """A case with all that happened to it, and what the reader may do now.

    `glass_until` is until when a sealed one is open to a reader who has broken the glass: for
    reading alone.
    """

    text: ReportersWords
    leading: MergedOut | None
    merged: list[MergedOut]
    timeline: list[CaseStepOut]
    photos: list[PhotoOut]
    moves: list[str]
    may_add_photo: bool
    glass_until: AwareDatetime | None


class SimilarCaseOut(Schema):
    """An open case that may be about the same matter, and by which rules it is offered."""

    id: UUID
    number: str
    item_code: str
    state: CaseState
    place_text: ReportersWords
    filed_at: AwareDatetime
    distance_m: float
    merged_count: int
    rules: str


SIMILAR = [name for name in SimilarCaseOut.model_fields if name != "rules"]


class CaseBody(Strict):
    """A case to file; the place is in degrees WGS84."""

    item_code: str = Field(max_length=8)
    lon: FiniteFloat = Field(ge=-180, le=180)
    lat: FiniteFloat = Field(ge=-90, le=90)
    place_text: str = Field("", max_length=PLACE_TEXT_LIMIT_CHARACTERS)
    text: str = Field("", max_length=TEXT_LIMIT_CHARACTERS)


class MoveBody(Strict):
    """The facts of a move; each move takes its own and no other."""

    organisation_id: UUID | None = None
    ground: Ground | None = None
    proposed_id: UUID | None = None
    item_code: str | None = Field(None, max_length=8)
    reason: str | None = Field(None, max_length=FACT_LIMIT_CHARACTERS)
    outcome: str | None = Field(None, max_length=FACT_LIMIT_CHARACTERS)
    reading: str | None = Field(None, max_length=FACT_LIMIT_CHARACTERS)
    document: str | None = Field(None, max_length=FACT_LIMIT_CHARACTERS)
    note: str | None = Field(None, max_length=FACT_LIMIT_CHARACTERS)
    disposition: CaseDisposition | None = None
    verdict: Verdict | None = None
    leading_id: UUID | None = None


def _whole(case: Case, actor: Actor) -> CaseOut:
    right = PHOTO_RIGHTS.get(CaseState(case.state))
    lead = selectors.leading(case)
    until = glass_until(case, actor, clock.machine_now())
    around = selectors.around(case)
    return CaseOut(
        **CaseRow.model_validate(case).model_dump(),
        text=case.text,
        leading=None if lead is case else MergedOut.model_validate(lead),
        merged=[MergedOut.model_validate(one) for one in around.merged],
        timeline=[CaseStepOut.model_validate(step) for step in around.steps],
        photos=[_photo(photo) for photo in around.photos],
        moves=[] if until else CASE_MOVES.open_to(around.standing, actor),
        may_add_photo=not until
        and right is not None
        and right.open_to(actor, case.organisation_id),
        glass_until=until,
    )


def case_out(case_id: UUID, actor: Actor) -> CaseOut:
    """Return one case as its page shows it to `actor`."""
    return _whole(selectors.case(case_id), actor)


def _photo(photo: CasePhoto) -> PhotoOut:
    return PhotoOut.model_validate(photo)


@router.get("/cases", response=CasePage, operation_id="list_cases")
def get_cases(
    request: HttpRequest,
    asked: PageAsked,
    state: CaseState | None = None,
    organisation_id: UUID | None = None,
    only: Literal["late", "listed"] | None = None,
    number: Annotated[str, Query(max_length=NUMBER_TYPED_LIMIT_CHARACTERS)] = "",
) -> CasePage:
    """List the cases in scope, newest first, or those past their promise, the longest first.

    With `number`, however it is typed, the one that bears it.
    """
    require(actor_of(request), "case.read")
    found, after = selectors.cases(
        asked,
        number=number,
        state=state,
        organisation_id=organisation_id,
        late_at=clock.now() if only == "late" else None,
        listed=only == "listed",
    )
    return CasePage(items=[CaseRow.model_validate(case) for case in found], next=after)


@router.get("/similar-cases", response=list[SimilarCaseOut], operation_id="list_similar_cases")
def get_similar_cases(
    request: HttpRequest,
    item_code: str,
    lon: Annotated[float, Query(ge=-180, le=180)],
    lat: Annotated[float, Query(ge=-90, le=90)],
    besides: UUID | None = None,
) -> list[SimilarCaseOut]:
    """List the open cases that one of an item at a place may be about, nearest first."""
    require(actor_of(request), "case.read")
    at = clock.now()
    catalogue.was_known(item_code, on=at.date())
    left_out = [besides] if besides else []
    found = similar_cases(item_code, lon, lat, at=at, besides=left_out)
    rules = f"{found.rules.id}@{found.rules.version}"
    return [
        SimilarCaseOut(**{name: getattr(one, name) for name in SIMILAR}, rules=rules)
        for one in found.cases
    ]


@router.post("/cases", response={201: CaseOut}, operation_id="file_case")
def post_case(request: HttpRequest, body: CaseBody) -> Status[CaseOut]:
    """File a case at a place, under an item of the catalogue."""
    actor = actor_of(request)
    require(actor, "case.file")
    filing = services.Filing(
        item_code=body.item_code,
        lon=body.lon,
        lat=body.lat,
        area=cell_of_point(body.lon, body.lat).area,
        place_text=body.place_text,
        text=body.text,
    )
    case = services.file_case(filing, actor=actor, at=clock.now())
    return Status(201, _whole(case, actor))


@router.get("/cases/{case_id}", response=CaseOut, operation_id="get_case")
def get_case(request: HttpRequest, case_id: UUID) -> CaseOut:
    """Show a case with its timeline and photos."""
    actor = actor_of(request)
    require(actor, "case.read")
    return case_out(case_id, actor)


@router.post("/cases/{case_id}/moves/{move}", response=CaseOut, operation_id="move_case")
def post_move(request: HttpRequest, case_id: UUID, move: MoveName, body: MoveBody) -> CaseOut:
    """Make a move of a case. Only for who may read it: the reply tells everything."""
    actor = actor_of(request)
    require(actor, "case.read")
    if move in PROVEN_MOVES:
        require_recent_proof(actor, clock.machine_now())
    facts = body.model_dump(mode="json", exclude_none=True)
    case = services.make_move(case_id=case_id, name=move, facts=facts, actor=actor, at=clock.now())
    return _whole(case, actor)


@router.post("/cases/{case_id}/photos", response={201: PhotoOut}, operation_id="add_case_photo")
def post_photo(request: HttpRequest, case_id: UUID, photo: File[UploadedFile]) -> Status[PhotoOut]:
    """Add a photo of at most 5 MB: JPEG, PNG or WebP. Only its pixels are kept."""
    if (photo.size or 0) > UPLOAD_LIMIT_BYTES:
        raise TooLargeError(code="photo.too_large", field="photo", rule="at_most_5_mb")
    added = services.add_photo(
        case_id=case_id, uploaded=photo.read(), actor=actor_of(request), at=clock.now()
    )
    return Status(201, _photo(added))


@router.get(
    "/photos/{photo_id}",
    operation_id="get_photo",
    openapi_extra={"responses": {200: {"content": {"image/jpeg": {}}}}},
)
def get_photo(request: HttpRequest, photo_id: UUID) -> HttpResponse:
    """Return a photo as JPEG."""
    require(actor_of(request), "case.read")
    require_sight(actor_of(request), EVIDENCE)
    return HttpResponse(bytes(selectors.photo(photo_id).jpeg), content_type="image/jpeg")

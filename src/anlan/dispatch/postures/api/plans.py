"""HTTP of postures."""

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Status
from pydantic import AwareDatetime, ConfigDict, FiniteFloat

from anlan.dispatch.api.coverage import CoverageOut
from anlan.dispatch.postures import selectors
from anlan.dispatch.postures.models import (
    NAME_MAX_CHARACTERS,
    NOTE_MAX_CHARACTERS,
    VERSIONS_LIMIT,
    PostureVersion,
)
from anlan.dispatch.postures.services.saving import (
    STANDS_LIMIT,
    UNITS_LIMIT,
    PostureGiven,
    StandGiven,
    make_posture,
    save_posture,
    stands_on_duty,
)
from anlan.dispatch.selectors.coverage import coverage_from
from anlan.kernel import clock
from anlan.kernel.access import require
from anlan.kernel.boxes import BoxAsked
from anlan.kernel.http import actor_of
from anlan.kernel.schemas import Schema

router = Router()


class StandOut(Schema):
    """So many units of one kind at one place."""

    unit_kind: str
    name: str
    lon: float
    lat: float
    count: int


class PostureOut(Schema):
    """A posture as it stands: `version` counts how often it was saved."""

    id: UUID
    version: int
    name: str
    note: str
    stands: list[StandOut]
    made_by_name: str
    made_at: AwareDatetime


class StandBody(Schema):
    """So many units of one kind at one place; without a name it has that of its street."""

    model_config = ConfigDict(extra="forbid")

    unit_kind: Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]{0,31}$")]
    name: Annotated[str, Field(max_length=NAME_MAX_CHARACTERS)] = ""
    lon: Annotated[FiniteFloat, Field(ge=-180, le=180)]
    lat: Annotated[FiniteFloat, Field(ge=-90, le=90)]
    count: Annotated[int, Field(ge=1, le=UNITS_LIMIT)]


class PostureBody(Schema):
    """A posture: its name, what it is for, and who stands where."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(min_length=1, max_length=NAME_MAX_CHARACTERS)]
    note: Annotated[str, Field(max_length=NOTE_MAX_CHARACTERS)] = ""
    stands: Annotated[list[StandBody], Field(min_length=1, max_length=STANDS_LIMIT)]


class PostureSaveBody(PostureBody):
    """A further version of a posture: `version` is the one that was seen."""

    version: Annotated[int, Field(ge=1, le=VERSIONS_LIMIT)]
    withdrawn: bool = False


def _out(found: PostureVersion) -> PostureOut:
    named = ("version", "name", "note", "stands", "made_by_name", "made_at")
    return PostureOut.model_validate(
        {"id": found.posture_id} | {name: getattr(found, name) for name in named}
    )


def _given(body: PostureBody, *, withdrawn: bool = False) -> PostureGiven:
    stands = [StandGiven(**one.model_dump()) for one in body.stands]
    return PostureGiven(body.name, body.note, stands, withdrawn)


@router.get("/postures", response=list[PostureOut], operation_id="list_postures")
def get_postures(request: HttpRequest) -> list[PostureOut]:
    """List the postures of the own desk as they stand, by name; at most 100."""
    actor = actor_of(request)
    require(actor, "posture.read")
    return [_out(one) for one in selectors.postures(actor.area_low)]


@router.get("/posture-of-duty", response=list[StandOut], operation_id="get_posture_of_duty")
def get_posture_of_duty(request: HttpRequest) -> list[StandOut]:
    """Show where the units on duty belong, as the stands of a posture to begin with."""
    require(actor_of(request), "posture.read")
    return [StandOut.model_validate(one, from_attributes=True) for one in stands_on_duty()]


@router.post("/postures", response={201: PostureOut}, operation_id="make_posture")
def post_posture(request: HttpRequest, body: PostureBody) -> Status[PostureOut]:
    """Keep a new posture of the own desk."""
    made = make_posture(_given(body), actor=actor_of(request), at=clock.now())
    return Status(201, _out(made))


@router.post(
    "/postures/{posture_id}/versions", response={201: PostureOut}, operation_id="save_posture"
)
def post_posture_version(
    request: HttpRequest, posture_id: UUID, body: PostureSaveBody
) -> Status[PostureOut]:
    """Keep a further version of a posture, or withdraw it; earlier ones stay as they are."""
    made = save_posture(
        posture_id,
        _given(body, withdrawn=body.withdrawn),
        seen_version=body.version,
        actor=actor_of(request),
        at=clock.now(),
    )
    return Status(201, _out(made))


@router.get(
    "/postures/{posture_id}/coverage", response=CoverageOut, operation_id="get_posture_coverage"
)
def get_posture_coverage(request: HttpRequest, posture_id: UUID, box: BoxAsked) -> CoverageOut:
    """Show which streets in a box the units of a posture would reach in 1, 3 and 5 min."""
    actor = actor_of(request)
    require(actor, "posture.read")
    stands = selectors.posture(actor.area_low, posture_id).stands
    found = coverage_from(
        [(one["lon"], one["lat"]) for one in stands],
        sum(one["count"] for one in stands),
        box.checked(),
        clock.now(),
    )
    return CoverageOut.model_validate(found, from_attributes=True)

"""HTTP of studies: begin one, play it on, stop it, read what it shows."""

from typing import Annotated, Any, Literal
from uuid import UUID

import numpy as np
from django.http import HttpRequest
from ninja import Field, Router, Status
from pydantic import AwareDatetime, ConfigDict

from anlan.dispatch.postures import selectors
from anlan.dispatch.postures.models import PostureVersion, Study
from anlan.dispatch.postures.reading import LineRead, areas_of, lines_of
from anlan.dispatch.postures.services.studies import (
    Asked,
    begin_study,
    play_on,
    scene_of,
    stop_study,
)
from anlan.dispatch.postures.studying import WITHIN_S
from anlan.kernel import clock
from anlan.kernel.access import require
from anlan.kernel.http import actor_of
from anlan.kernel.schemas import Schema

router = Router()
SEED_MAX = 2**31 - 1
ZONE_MAX_CHARACTERS = 64


class StudyBody(Schema):
    """Which two postures, on the demand of how many past days, with how much more of it.

    Each replication plays `days` days; a response is late after `within_s`.
    """

    model_config = ConfigDict(extra="forbid")

    a: UUID
    b: UUID
    zone: Annotated[str, Field(max_length=ZONE_MAX_CHARACTERS)]
    past_days: Annotated[int, Field(ge=1, le=365)] = 90
    scale: Annotated[float, Field(ge=0.25, le=8)] = 1.0
    within_s: Annotated[int, Field(ge=60, le=3600)] = 480
    days: Annotated[int, Field(ge=1, le=14)] = 7
    replications: Annotated[int, Field(ge=4, le=60)] = 20
    seed: Annotated[int, Field(ge=0, le=SEED_MAX)] = 1


class StudiedOut(Schema):
    """The version of a posture that is studied; the share of past demand within each time."""

    id: UUID
    version: int
    name: str
    stands: int
    units: int
    covered: list[float]


class EstimateOut(Schema):
    """A mean over the replications with its 95 % interval; None while too few tell anything."""

    value: float | None
    low: float | None
    high: float | None


class LineOut(Schema):
    """One figure of both postures, and b less a on the same calls.

    `differs` only where the interval of the difference leaves out zero. `priority` None: all calls.
    """

    figure: Literal["p50_s", "p90_s", "late_share", "unserved_share", "busy_share"]
    priority: int | None
    a: EstimateOut
    b: EstimateOut
    difference: EstimateOut
    differs: bool


class AreaOut(Schema):
    """A grid cell: its part of past demand, and the mean response there; None where none came."""

    area: str
    lon: float
    lat: float
    demand_share: float
    a_s: float | None
    b_s: float | None


class JobKindOut(Schema):
    """Jobs of one kind of unit and one priority; with too few of them, times are the usual ones."""

    unit_kind: str
    priority: int
    count: int
    usual_times: bool


class StudyOut(Schema):
    """A study: on what demand, how far it has been played, and what it shows so far."""

    id: UUID
    state: Literal["RUNNING", "DONE", "STOPPED"]
    done: int
    replications: int
    days: int
    seed: int
    scale: float
    late_after_s: int
    since: AwareDatetime
    until: AwareDatetime
    incidents: int
    calls_a_day: float
    jobs: list[JobKindOut]
    left_out: list[str]
    unreached_cells: int
    closures: int
    within_s: list[float]
    a: StudiedOut
    b: StudiedOut
    lines: list[LineOut]
    areas: list[AreaOut]
    made_by_name: str
    made_at: AwareDatetime


def _estimate(figure: Any) -> EstimateOut:
    value, low, high = (
        float(one) if np.isfinite(one) else None for one in (figure.value, figure.low, figure.high)
    )
    return EstimateOut(value=value, low=low, high=high)


def _line(read: LineRead) -> LineOut:
    return LineOut(
        figure=read.figure,
        priority=read.priority,
        a=_estimate(read.a),
        b=_estimate(read.b),
        difference=_estimate(read.difference),
        differs=bool(read.difference.excludes_zero),
    )


def _studied(posture: PostureVersion, covered: list[float]) -> StudiedOut:
    return StudiedOut(
        id=posture.posture_id,
        version=posture.version,
        name=posture.name,
        stands=len(posture.stands),
        units=sum(one["count"] for one in posture.stands),
        covered=covered,
    )


def _out(study: Study) -> StudyOut:
    question, played = study.question, scene_of(study)
    taken = ("days", "seed", "scale", "since", "until", "incidents", "calls_a_day", "jobs")
    kept = ("id", "state", "done", "replications", "made_by_name", "made_at")
    covered_a, covered_b = played.covered()
    return StudyOut.model_validate(
        {name: question[name] for name in (*taken, "left_out")}
        | {name: getattr(study, name) for name in kept}
        | {
            "late_after_s": question["within_s"],
            "closures": len(question["closures"]),
            "unreached_cells": int((~played.reached).sum()),
            "within_s": list(WITHIN_S),
            "a": _studied(study.a, covered_a),
            "b": _studied(study.b, covered_b),
            "lines": [_line(one) for one in lines_of(study.samples, question)],
            "areas": [
                AreaOut.model_validate(one, from_attributes=True)
                for one in areas_of(study.sums, question)
            ],
        }
    )


@router.post("/posture-studies", response={201: StudyOut}, operation_id="begin_posture_study")
def post_study(request: HttpRequest, body: StudyBody) -> Status[StudyOut]:
    """Begin to compare two postures on the demand of past days; nothing is played yet."""
    fields = body.model_dump(exclude={"a", "b"})
    asked = Asked(**fields)
    made = begin_study(body.a, body.b, asked, actor=actor_of(request), at=clock.now())
    return Status(201, _out(made))


@router.get("/posture-studies/{study_id}", response=StudyOut, operation_id="get_posture_study")
def get_study(request: HttpRequest, study_id: UUID) -> StudyOut:
    """Show a study as far as it has been played."""
    actor = actor_of(request)
    require(actor, "posture.study")
    return _out(selectors.study(actor.area_low, study_id))


@router.post(
    "/posture-studies/{study_id}/steps", response=StudyOut, operation_id="play_posture_study"
)
def post_step(request: HttpRequest, study_id: UUID) -> StudyOut:
    """Play the next few replications of a study: ask again until it is done."""
    return _out(play_on(study_id, actor=actor_of(request), at=clock.now()))


@router.post(
    "/posture-studies/{study_id}/stop", response=StudyOut, operation_id="stop_posture_study"
)
def post_stop(request: HttpRequest, study_id: UUID) -> StudyOut:
    """Stop a study; what has been played stays to be read."""
    return _out(stop_study(study_id, actor=actor_of(request), at=clock.now()))

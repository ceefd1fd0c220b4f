"""Writes of studies: one begins with its question fixed, goes on step by step, ends or is stopped.

A step is short and asked for by whoever looks on, so that nothing runs that nobody waits for: no
request hangs, progress is what has been played, and to stop is to ask for no more. Replication r
draws its calls from the study's seed and r, whoever asks and in which process.
"""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Any
from uuid import UUID

import numpy as np
from django.db import transaction
from shapely.geometry import shape

from anlan.dispatch.postures import selectors
from anlan.dispatch.postures.errors import NoPastDemandError, StudyEndedError
from anlan.dispatch.postures.models import PostureVersion, Study
from anlan.dispatch.postures.selectors import Job, PastDemand
from anlan.dispatch.postures.studying import Scene, scene
from anlan.dispatch.selectors.counts import counts_by_area
from anlan.kernel.access import Actor, require
from anlan.kernel.zones import known_zone
from anlan.places.roads import roads_at, roads_under
from anlan.places.selectors import grid_cells
from anlan_engine.simulate import played_by_place

CELLS_LIMIT = 300
STEP_REPLICATIONS = 4
STEP_LIMIT_CALLS = 60_000
USUAL_DECIDE_S = 60.0
USUAL_TURNOUT_S = 60.0
USUAL_SCENE_S = 1_500.0
USUAL_SCENE_VARIATION = 0.5
LEAST_TOLD = 20
"""With fewer jobs of a kind its times are the usual ones: a handful of jobs tells nothing."""
DAY = timedelta(days=1)
SCENES_KEPT = 4

_scenes: OrderedDict[UUID, Scene] = OrderedDict()
_lock = Lock()


@dataclass(frozen=True, slots=True)
class Asked:
    """What a study is asked for: which days' demand, how much more of it, played how."""

    past_days: int
    zone: str
    scale: float
    within_s: int
    days: int
    replications: int
    seed: int


@transaction.atomic
def begin_study(a_id: UUID, b_id: UUID, asked: Asked, *, actor: Actor, at: datetime) -> Study:
    """Begin to compare two postures of the actor's desk as they stand.

    Raises `UnknownPostureError`, `InvalidError`, and `NoPastDemandError` where no unit was sent in
    those days of a kind that either posture has.
    """
    require(actor, "posture.study")
    zone = known_zone(asked.zone)
    a, b = (selectors.posture(actor.area_low, one) for one in (a_id, b_id))
    since = at - asked.past_days * DAY
    past = selectors.past_demand(since, at, zone)
    return Study.objects.create(
        area=actor.area_low,
        a=a,
        b=b,
        question=_question(asked, past, (a, b), at),
        replications=asked.replications,
        made_by=actor.id,
        made_by_name=actor.name,
        made_at=at,
    )


@transaction.atomic
def play_on(study_id: UUID, *, actor: Actor, at: datetime) -> Study:
    """Play the next few replications of a study. Raises `UnknownStudyError`, `StudyEndedError`."""
    require(actor, "posture.study")
    study = selectors.study_locked(actor.area_low, study_id)
    if study.state != "RUNNING":
        raise StudyEndedError(state=study.state)
    played = scene_of(study)
    cells = len(study.question["cells"])
    for number in range(study.done, min(study.done + _at_once(study), study.replications)):
        both = played_by_place(played.postures, played.study, number)
        study.samples.append([_told(one.figures) for one in both])
        adds = np.array([(one.response_s[:cells], one.served[:cells]) for one in both])
        study.sums = (adds + np.array(study.sums) if study.sums else adds).tolist()
        study.done = number + 1
    if study.done == study.replications:
        study.state, study.ended_at = "DONE", at
    study.save(update_fields=["samples", "sums", "done", "state", "ended_at"])
    return study


@transaction.atomic
def stop_study(study_id: UUID, *, actor: Actor, at: datetime) -> Study:
    """Stop a study: what has been played stays. Raises as `play_on`."""
    require(actor, "posture.study")
    study = selectors.study_locked(actor.area_low, study_id)
    if study.state != "RUNNING":
        raise StudyEndedError(state=study.state)
    study.state, study.ended_at = "STOPPED", at
    study.save(update_fields=["state", "ended_at"])
    return study


def scene_of(study: Study) -> Scene:
    """Return what a study plays; its travel times are kept for the next step."""
    with _lock:
        found = _scenes.get(study.id)
    if found is None:
        question = study.question
        roads = roads_under([UUID(one) for one in question["closures"]])
        found = scene(question, study.a.stands, study.b.stands, roads.times)
        with _lock:
            _scenes[study.id] = found
            while len(_scenes) > SCENES_KEPT:
                _scenes.popitem(last=False)
    return found


def _at_once(study: Study) -> int:
    """Return how many replications one step plays, so that no step takes long."""
    question = study.question
    calls = question["calls_a_day"] * question["scale"] * question["days"]
    return max(1, min(STEP_REPLICATIONS, int(STEP_LIMIT_CALLS / max(calls, 1.0))))


def _told(figures: Any) -> list[float | None]:
    return [None if np.isnan(one) else float(one) for one in figures]


def _question(
    asked: Asked, past: PastDemand, both: tuple[PostureVersion, PostureVersion], at: datetime
) -> dict[str, Any]:
    """Fix all that the answer depends on."""
    stand = {one["unit_kind"] for posture in both for one in posture.stands}
    jobs = [one for one in past.jobs if one.unit_kind in stand]
    cells = _cells(at - asked.past_days * DAY, at)
    if past.first_at is None or not jobs or not cells:
        raise NoPastDemandError(days=asked.past_days)
    total, since = sum(one.jobs for one in jobs), at - asked.past_days * DAY
    # A desk that is younger than the days asked for is not thought to have slept before.
    days = max((at - past.first_at) / DAY, 1.0)
    return {
        "since": since.isoformat(), "until": at.isoformat(), "incidents": past.incidents,
        "zone": asked.zone, "scale": asked.scale, "within_s": asked.within_s,
        "days": asked.days, "seed": asked.seed, "calls_a_day": total / min(days, asked.past_days),
        "hours": [one + 1 for one in past.by_hour],
        "cells": cells,
        "jobs": [_job(one, total) for one in jobs],
        "left_out": sorted({one.unit_kind for one in past.jobs} - stand),
        "closures": [str(one) for one in roads_at(at).closures],
    }  # fmt: skip


def _cells(since: datetime, until: datetime) -> list[list[float]]:
    """Return code, position and incidents of the cells that called most.

    One incident in each cell more than were counted, so that a quiet cell is not thought empty.
    """
    counted = counts_by_area(since, until)
    busiest = sorted(grid_cells(), key=lambda cell: (-counted.get(cell.area, 0), cell.area))
    found = []
    for cell in busiest[:CELLS_LIMIT]:
        inside = shape(cell.polygon).representative_point()
        weight = 1.0 + counted.get(cell.area, 0)
        found.append([cell.area, float(inside.x), float(inside.y), weight])
    return found


def _job(job: Job, total: int) -> dict[str, Any]:
    """Return what calls of one kind of job are like: by the past where it tells enough."""
    told = job.jobs >= LEAST_TOLD
    scene_s = (job.scene_s if told else None) or USUAL_SCENE_S
    spread = (job.scene_deviation_s if told else None) or USUAL_SCENE_VARIATION * scene_s
    return {
        "unit_kind": job.unit_kind, "priority": job.priority, "count": job.jobs,
        "share": job.jobs / total, "usual_times": not told,
        "decide_s": (job.decide_s if told else None) or USUAL_DECIDE_S,
        "turnout_s": (job.turnout_s if told else None) or USUAL_TURNOUT_S,
        "scene_s": scene_s, "scene_variation": min(spread / scene_s, 2.0),
    }  # fmt: skip

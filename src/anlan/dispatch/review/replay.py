"""What a replay draws: incidents as they stood at each moment, units where the steps put them.

Positions of units are not kept: each has its last one alone, while it is on duty. So a unit stands
on the map from when it reached the scene until its job ended, which its steps say, and where it was
last seen, if that was within the replay. Everything between is said in words and never drawn.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from anlan.dispatch.history import Life, Step, unfold
from anlan.dispatch.models import Incident, IncidentStep
from anlan.dispatch.told_times import counted_at


@dataclass(frozen=True, slots=True)
class PhaseAt:
    """How far an incident had come from a moment on, and how urgent it was."""

    at: datetime
    phase: str
    priority: int


@dataclass(frozen=True, slots=True)
class UnitAt:
    """How far a unit had come with its job from a moment on; None: the job was over.

    `on_scene` says that it stood at the incident: the one place that is known.
    """

    at: datetime
    unit_id: str
    call_sign: str
    unit_kind: str
    state: str | None
    on_scene: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One step: when it counts, when it was heard."""

    step: IncidentStep
    at: datetime


@dataclass(frozen=True, slots=True)
class Replayed:
    """One incident as it went, moments in their order."""

    incident: Incident
    phases: list[PhaseAt] = field(default_factory=list)
    units: list[UnitAt] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)


def replayed(incident: Incident, steps: Sequence[IncidentStep]) -> Replayed:
    """Return how an incident went, from its steps alone."""
    found = Replayed(incident)
    before: Life | None = None
    for step, life in zip(steps, unfold(steps), strict=True):
        at = counted_at(step.told_at, step.made_at)
        found.entries.append(Entry(step, at))
        if before is None or (before.phase, before.priority) != (life.phase, life.priority):
            found.phases.append(PhaseAt(at, life.phase, life.priority))
        found.units.extend(_changed(before, life, step))
        before = life
    for told in (found.entries, found.phases, found.units):
        told.sort(key=lambda one: one.at)  # stable: what was told late stands when it was done
    return found


def _changed(before: Life | None, life: Life, step: Step) -> list[UnitAt]:
    known = before.jobs if before else {}
    at = counted_at(step.told_at, step.made_at)
    return [
        UnitAt(
            at=at,
            unit_id=job.unit_id,
            call_sign=job.call_sign,
            unit_kind=job.unit_kind,
            state=None if job.ended_at else job.state,
            on_scene=job.state == "ON_SCENE",
        )
        for job in life.jobs.values()
        if known.get(job.id) != job
    ]

"""Incidents as their rows tell them, to be compared with what their steps tell."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from anlan.dispatch.history import BrokenHistoryError, Job, Life, differences, rebuild
from anlan.dispatch.models import Assignment, Incident, IncidentStep
from anlan.dispatch.rounds import rounds_of
from anlan.dispatch.selectors.incidents import incidents

CHECKED_AT_ONCE_ROWS = 500


@dataclass(frozen=True, slots=True)
class HistoryGap:
    """An incident whose rows and steps disagree, and about what."""

    id: UUID
    number: str
    area: int
    what: str


def stored_life(incident: Incident) -> Life:
    """Return all of an incident that moves change, as its rows have it."""
    return Life(
        state=incident.state,
        priority=incident.priority,
        needs=tuple(incident.needs),
        alarm_level=incident.alarm_level,
        escalation_level=incident.escalation_level,
        report_count=incident.report_count,
        parent=incident.parent.number if incident.parent else "",
        rounds=tuple(rounds_of(incident)),
        jobs={str(one.id): _job(one) for one in incident.assignments.all()},
    )


def steps_of(incident_id: UUID) -> list[IncidentStep]:
    """Return every step of an incident in its order."""
    return list(IncidentStep.objects.filter(subject_id=incident_id).order_by("ordinal"))


def disagreements(incident: Incident) -> list[str]:
    """Return what the rows of an incident tell otherwise than its steps; none if they agree."""
    return _compared(incident, steps_of(incident.id))


def history_gaps(limit: int | None = None) -> Iterator[HistoryGap]:
    """Yield the incidents in scope whose rows and steps disagree, newest first; all, or so many.

    One that is being written in this moment is looked at twice.
    """
    before: UUID | None = None
    while limit is None or limit > 0:
        rows = incidents(None).order_by("-pk")
        size = CHECKED_AT_ONCE_ROWS if limit is None else min(limit, CHECKED_AT_ONCE_ROWS)
        page = list(rows.filter(pk__lt=before)[:size] if before else rows[:size])
        yield from _gaps_among(page)
        if len(page) < size:
            return
        before, limit = page[-1].id, None if limit is None else limit - size


def _gaps_among(page: list[Incident]) -> Iterator[HistoryGap]:
    steps: dict[UUID, list[IncidentStep]] = defaultdict(list)
    told = IncidentStep.objects.filter(subject_id__in=[one.id for one in page])
    for step in told.order_by("ordinal"):
        steps[step.subject_id].append(step)
    for found in page:
        if _compared(found, steps[found.id]):
            yield from _again(found.id)


def _again(incident_id: UUID) -> Iterator[HistoryGap]:
    for found in incidents(None).select_for_update(of=("self",)).filter(pk=incident_id):
        for what in disagreements(found):
            yield HistoryGap(found.id, found.number, found.area, what)


def _compared(incident: Incident, steps: list[IncidentStep]) -> list[str]:
    try:
        return differences(stored_life(incident), rebuild(steps))
    except BrokenHistoryError as error:
        return [str(error)]


def _job(assignment: Assignment) -> Job:
    return Job(
        id=str(assignment.id),
        unit_id=str(assignment.unit_id),
        call_sign=assignment.call_sign,
        unit_kind=assignment.unit_kind,
        round=assignment.round,
        state=assignment.state,
        assigned_at=assignment.assigned_at,
        en_route_at=assignment.en_route_at,
        on_scene_at=assignment.on_scene_at,
        ended_at=assignment.ended_at,
        outcome=assignment.outcome,
        cleared_by=assignment.cleared_by,
    )

"""Running clocks: the desk is warned before a limit and told when it is over, once each.

Nothing here remembers: what is to be told follows from the incident's stamps, what has been told
stands in its steps. So a late worker, a clock that jumps and a move that is faster than the worker
all come to the same history.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from anlan.dispatch.desk_policy import desk_clocks
from anlan.dispatch.models import Assignment, Incident, IncidentStep
from anlan.dispatch.running_clocks import RunningClock, clocks_of
from anlan.dispatch.services.escalation_times import next_escalation_at
from anlan.dispatch.services.step_rows import write_step
from anlan.kernel.access import system_actor
from anlan.kernel.deadlines import Due, Handler, clear_deadlines, set_deadline
from anlan.kernel.outbox import publish

CLOCKS_DUE = "dispatch.clocks"
ESCALATION_DUE = "dispatch.escalation"
WARNING, BREACHED = "clock_warning", "clock_breached"
TOPICS = {WARNING: "clock.warning", BREACHED: "clock.breached"}
# A clock that ends at the very moment it is due has been kept.
OVER = timedelta(milliseconds=1)
CLOCK = system_actor("clock")


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that has to be told of a clock, and when."""

    move: str
    clock: RunningClock
    at: datetime

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What makes it the same notice: told once, unless the limit itself has changed."""
        return self.move, self.clock.code, self.clock.unit, self.clock.due_at.isoformat()


def assignments_of(incident_id: UUID) -> list[Assignment]:
    """Return the assignments of an incident as its clocks count them."""
    return list(Assignment.objects.filter(incident_id=incident_id).order_by("id"))


def follow_clocks(incident: Incident, assignments: Sequence[Assignment], at: datetime) -> None:
    """Tell what is due by now of an incident's clocks, and set what is due next.

    Runs in the transaction of every move, with the incident locked or just made.
    """
    rules = desk_clocks(incident.area, incident.received_at.date())
    notices = [
        notice
        for clock in clocks_of(incident, assignments, rules)
        for notice in _notices(clock, at)
    ]
    due = [notice for notice in notices if notice.at <= at]
    told = _told(incident.id) if due else set()
    version = f"{rules.id}@{rules.version}" if rules else ""
    for notice in due:
        if notice.key not in told:
            _tell(incident, notice, version, at)
    _set(incident, CLOCKS_DUE, min((n.at for n in notices if n.at > at), default=None))
    _set(incident, ESCALATION_DUE, next_escalation_at(incident, assignments))


def _notices(clock: RunningClock, at: datetime) -> Iterator[Notice]:
    """Yield what is to be told of a clock: nothing of what ended before; no warning too late."""
    over_at = clock.due_at + OVER
    if clock.ended_at is None and at < over_at:
        yield Notice(WARNING, clock, clock.warn_at)
    if clock.ended_at is None or clock.late:
        yield Notice(BREACHED, clock, over_at)


def _told(incident_id: UUID) -> set[tuple[str, str, str, str]]:
    rows = IncidentStep.objects.filter(subject_id=incident_id, move__in=[WARNING, BREACHED])
    return {
        (move, facts["clock"], facts["unit"], facts["due_at"])
        for move, facts in rows.values_list("move", "facts")
    }


def _tell(incident: Incident, notice: Notice, version: str, at: datetime) -> None:
    clock = notice.clock
    facts = {
        "clock": clock.code,
        "unit": clock.unit,
        "due_at": clock.due_at.isoformat(),
        "rules": version,
    }
    write_step(incident, notice.move, (incident.state, incident.state), facts, CLOCK, at)
    body = {"number": incident.number, "kind": incident.kind, "priority": incident.priority}
    publish(
        TOPICS[notice.move], area=incident.area, subject_id=incident.id, body=body | facts, at=at
    )


def _set(incident: Incident, name: str, due_at: datetime | None) -> None:
    if due_at is None:
        clear_deadlines(incident.id, [name])
    else:
        set_deadline(name, area=incident.area, subject_id=incident.id, due_at=due_at)


def lock_incident(incident_id: UUID) -> Sequence[Incident]:
    """Lock an incident as its moves do; nothing where there is none."""
    return list(Incident.objects.select_for_update().filter(pk=incident_id))


def _clocks_due(due: Due, at: datetime) -> None:
    for incident in Incident.objects.filter(pk=due.subject_id):
        follow_clocks(incident, assignments_of(incident.id), at)


CLOCKS_HANDLER = Handler(lock_incident, _clocks_due)

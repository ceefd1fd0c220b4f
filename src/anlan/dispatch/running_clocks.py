"""The clocks of one incident: since when each runs, when it warns, is due, and when it ended."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from anlan.dispatch.clock_rules import ALL, STAMPS_OF_UNIT, Clock, ClockRules
from anlan.dispatch.history import Round
from anlan.dispatch.models import Assignment, Incident
from anlan.dispatch.rounds import present_round
from anlan.kernel.areas import lies_within

CALLED_OFF = "CANCELLED"


@dataclass(frozen=True, slots=True)
class RunningClock:
    """One clock of one incident, or of one unit sent to it (then `unit` is its call sign).

    It complies if it ends by `due_at`, that moment included.
    """

    code: str
    unit: str
    began_at: datetime
    warn_at: datetime
    due_at: datetime
    ended_at: datetime | None

    @property
    def late(self) -> bool:
        """Whether it ended too late."""
        return self.ended_at is not None and self.ended_at > self.due_at


def clocks_of(
    incident: Incident, assignments: Sequence[Assignment], rules: ClockRules | None
) -> list[RunningClock]:
    """Return the clocks of an incident's present round that have begun, in the order of the rule.

    Of an incident that left the desk only those that ended: nothing runs any more. One whose stamps
    are out of order is left out; the figures count it as missing.
    """
    if rules is None:
        return []
    stamps = present_round(incident)
    sent = [one for one in assignments if one.round == incident.round]
    return [
        running
        for clock in rules.clocks
        for running in _begun(clock, incident, stamps, sent)
        if running.ended_at is not None or incident.state == "OPEN"
    ]


def _begun(
    clock: Clock, incident: Incident, stamps: Round, assignments: Sequence[Assignment]
) -> Iterator[RunningClock]:
    limit_s = clock.limit_s(incident.priority)
    if limit_s is None or not _concerns(clock, incident):
        return
    for unit, began, ended in _spans(clock, stamps, assignments):
        if began is None or (ended is not None and ended < began):
            continue
        yield RunningClock(
            code=clock.code,
            unit=unit,
            began_at=began,
            warn_at=began + timedelta(seconds=limit_s * clock.warn_after),
            due_at=began + timedelta(seconds=limit_s),
            ended_at=ended,
        )


def _concerns(clock: Clock, incident: Incident) -> bool:
    return (
        (not clock.kinds or incident.kind in clock.kinds)
        and (not clock.site_kinds or incident.site_kind in clock.site_kinds)
        and (not clock.areas or any(lies_within(incident.area, area) for area in clock.areas))
    )


Span = tuple[str, datetime | None, datetime | None]


def _spans(clock: Clock, stamps: Round, assignments: Sequence[Assignment]) -> Iterator[Span]:
    """Yield unit, beginning and end of each thing that the clock measures at this incident."""
    if not clock.of_units:
        yield "", getattr(stamps, clock.begins), getattr(stamps, clock.ends)
        return
    sent = [one for one in assignments if _is_concerned(clock, stamps, one)]
    if clock.which == ALL and clock.each == "UNIT":
        yield from ((a.call_sign, _of(a, clock.begins), _of(a, clock.ends)) for a in sent)
        return
    needed = len(sent) if clock.which == ALL else int(clock.which)
    if not 1 <= needed <= len(sent):
        return
    yield "", _begun_first(clock, stamps, sent), _ended_as(clock, stamps, sent, needed)


def _is_concerned(clock: Clock, stamps: Round, assignment: Assignment) -> bool:
    """Return whether the clock counts a unit; one that was called off on its way no longer."""
    if assignment.state == CALLED_OFF and _of(assignment, clock.ends) is None:
        return False
    if clock.unit_kinds and assignment.unit_kind not in clock.unit_kinds:
        return False
    if clock.sent_within_s is None or stamps.dispatched_at is None:
        return True
    return assignment.assigned_at <= stamps.dispatched_at + timedelta(seconds=clock.sent_within_s)


def _of(assignment: Assignment, stamp: str) -> datetime | None:
    found: datetime | None = getattr(assignment, stamp, None)
    return found


def _begun_first(clock: Clock, stamps: Round, sent: Sequence[Assignment]) -> datetime | None:
    if clock.begins not in STAMPS_OF_UNIT:
        found: datetime | None = getattr(stamps, clock.begins)
        return found
    return min((at for one in sent if (at := _of(one, clock.begins))), default=None)


def _ended_as(
    clock: Clock, stamps: Round, sent: Sequence[Assignment], needed: int
) -> datetime | None:
    if clock.ends not in STAMPS_OF_UNIT:
        found: datetime | None = getattr(stamps, clock.ends)
        return found
    reached = sorted(at for one in sent if (at := _of(one, clock.ends)))
    return reached[needed - 1] if len(reached) >= needed else None

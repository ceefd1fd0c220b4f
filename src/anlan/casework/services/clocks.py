"""Clocks of cases: what they say is written beside the case; who has to know is told once.

Nothing here remembers: what is to be told follows from the history, and what was told stands in it.
A late worker, a clock that jumps and a move that comes before the worker lead to the same history.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from anlan.casework.models import Case, CaseStep
from anlan.casework.selectors import clock
from anlan.casework.service_clock.reading import CaseClock
from anlan.casework.services.step_rows import write_step
from anlan.casework.shapes import listed
from anlan.kernel.access import system_actor
from anlan.kernel.deadlines import Due, Handler, clear_deadlines, set_deadline
from anlan.kernel.outbox import publish
from anlan_engine.clock import ClockState, Reading

CLOCK_DUE = "casework.clock"
WARNING, HOLDER_LATE, ESCALATED = "clock_warning", "holder_late", "escalate"
TOLD = (WARNING, HOLDER_LATE, ESCALATED)
# A term that ends at the very moment it is due has been kept.
OVER = timedelta(milliseconds=1)
LOOK_AGAIN = timedelta(days=1)
"""How often a case that waits for the working days of a year is looked at."""
CLOCK = system_actor("clock")
CLOCK_FIELDS = [
    "clock", "due_at", "holder_due_at", "awaited_year", "escalation_level", "listed_at",
]  # fmt: skip
"""What `follow_clock` puts on a case."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that has to be told of a clock, and when; `subject` and `due_at` make it one."""

    move: str
    subject: str
    due_at: datetime
    at: datetime
    facts: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes it the same notice: told once, unless the due time itself has changed."""
        return self.move, self.subject, self.due_at.isoformat()


def follow_clock(case: Case, at: datetime, steps: Sequence[CaseStep] | None = None) -> None:
    """Put on a case what its clock says, tell what is due by now, and set what is due next.

    Runs in the transaction of every step, with the case locked or just made. Whoever calls saves
    the case: `CLOCK_FIELDS` at least. `steps` are those of the case where they are known already.
    """
    read = clock(case, steps)
    at = max(at, read.marks[-1].at)  # two servers may disagree by a moment about the time
    reading = read.reading(at)
    case.awaited_year = None if reading else read.awaited_year(at)
    case.due_at = reading.due_at if reading else None
    case.holder_due_at = reading.holder_due_at if reading else None
    if reading:
        case.clock = reading.state.value
    coming = list(_tell_due(case, read, reading, at)) if reading else []
    if case.awaited_year:
        coming.append(at + LOOK_AGAIN)
    if coming:
        set_deadline(CLOCK_DUE, area=case.area, subject_id=case.id, due_at=min(coming))
    else:
        clear_deadlines(case.id, [CLOCK_DUE])


def _tell_due(case: Case, read: CaseClock, reading: Reading, at: datetime) -> Iterator[datetime]:
    """Tell what is due by now; yield when the rest will be."""
    if reading.state is not ClockState.RUNNING:
        return
    notices = list(_notices(read, reading, at))
    told = _told(case.id) if any(one.at <= at for one in notices) else set()
    for notice in sorted(notices, key=lambda one: one.at):
        if notice.at > at:
            yield notice.at
        elif notice.key not in told:
            _tell(case, read, notice, at)


def _notices(read: CaseClock, reading: Reading, at: datetime) -> Iterator[Notice]:
    """Yield what is to be told of a running clock: no warning any more once it is over."""
    due_at, holder_due_at = reading.due_at, reading.holder_due_at
    if holder_due_at is not None:
        yield Notice(HOLDER_LATE, reading.holder, holder_due_at, holder_due_at + OVER)
    if due_at is None:
        return
    warn_at = read.reached_at(read.rules.warn_after, at)
    if warn_at is not None and at <= due_at:
        yield Notice(WARNING, "PROMISE", due_at, warn_at)
    for level, escalation in enumerate(read.rules.escalations, 1):
        reached_at = read.reached_at(escalation.after, at)
        if reached_at is not None:
            names = {"name_zh": escalation.name_zh, "name_en": escalation.name_en}
            yield Notice(ESCALATED, str(level), due_at, reached_at + OVER, names)


def _told(case_id: UUID) -> set[tuple[str, str, str]]:
    rows = CaseStep.objects.filter(subject_id=case_id, move__in=TOLD).values_list("move", "facts")
    return {(move, facts["subject"], facts["due_at"]) for move, facts in rows}


def _tell(case: Case, read: CaseClock, notice: Notice, at: datetime) -> None:
    rules = f"{read.rules.id}@{read.rules.version}"
    facts = {"subject": notice.subject, "due_at": notice.due_at.isoformat(), "rules": rules}
    write_step(
        case, move=notice.move, source=case.state, facts=facts | notice.facts, actor=CLOCK, at=at
    )
    if notice.move == ESCALATED:
        case.escalation_level = max(case.escalation_level, int(notice.subject))
        if case.escalation_level >= read.rules.listed_from and case.listed_at is None:
            case.listed_at = at


def _lock(case_id: UUID) -> list[Case]:
    return list(Case.objects.select_for_update().filter(pk=case_id))


def _due(due: Due, at: datetime) -> None:
    for case in Case.objects.filter(pk=due.subject_id):
        follow_clock(case, at)
        case.save(update_fields=CLOCK_FIELDS)
        publish("case.changed", area=case.area, subject_id=case.id, body=listed(case), at=at)


CLOCK_HANDLER = Handler(_lock, _due)

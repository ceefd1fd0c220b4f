"""HTTP of the service clock: why a case is due when it is due, and which calendars are missing."""

from datetime import date
from typing import Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import AwareDatetime

from anlan.casework import selectors
from anlan.casework.api.pauses import PauseOut, pause_out
from anlan.casework.catalogue import was_known
from anlan.casework.models import Case
from anlan.casework.service_clock.reading import CaseClock, Day, DayKind, days_until, holder_minutes
from anlan.casework.service_clock.rules import asked_for, service_clock, years_of
from anlan.kernel import clock
from anlan.kernel.access import require
from anlan.kernel.http import actor_of
from anlan.kernel.schemas import Schema
from anlan_engine.clock import ClockState, Mark, MarkKind, Reading, Term

router = Router()


class TermOut(Schema):
    """How long something may take."""

    amount: int
    unit: Literal[
        "CLOCK_MINUTES", "CLOCK_HOURS", "WORKING_MINUTES", "WORKING_HOURS", "WORKING_DAYS",
        "CALENDAR_DAYS",
    ]  # fmt: skip


class MarkOut(Schema):
    """One thing that happened to the clock."""

    kind: str
    at: AwareDatetime
    term: TermOut | None
    holder: str | None


class HolderOut(Schema):
    """Whole minutes charged to a holder: an organisation's id, or a desk of the loop."""

    holder: str
    minutes: int


class WorkedOut(Schema):
    """Hours of work in minutes of the local day."""

    begins: int
    ends: int


class DayOut(Schema):
    """One local day on the way to the due time: what sort it is, and what of it counts."""

    day: date
    kind: DayKind
    name_zh: str
    name_en: str
    hours: list[WorkedOut]
    counted: int
    paused: bool


class PauseReasonOut(Schema):
    """A reason for which the clock may stand still."""

    code: str
    name_zh: str
    name_en: str
    proof_zh: str
    proof_en: str
    most_days: int


class CaseClockOut(Schema):
    """Why a case is due when it is: the promise, its calendar, each mark, holder and day.

    `due_at` is None while the clock stands still, and where the working days of `awaited_year` are
    not known: they are never guessed.
    """

    state: Literal["RUNNING", "PAUSED", "STOPPED"]
    late: bool
    term: TermOut
    due_at: AwareDatetime | None
    warn_at: AwareDatetime | None
    holder: str
    holder_due_at: AwareDatetime | None
    awaited_year: int | None
    calendar: str
    zone: str
    rules: str
    deadline_source: str
    marks: list[MarkOut]
    holders: list[HolderOut]
    minutes: int
    days: list[DayOut]
    pauses: list[PauseOut]
    pause_reasons: list[PauseReasonOut]
    may_ask_pause: bool


class CalendarOut(Schema):
    """A calendar of working days: the years it knows, and those that have to be brought."""

    calendar: str
    years: list[int]
    awaited: list[int]


def _term(term: Term) -> TermOut:
    return TermOut(amount=term.amount, unit=term.unit.value)


def _mark(mark: Mark) -> MarkOut:
    return MarkOut(
        kind=mark.kind.value,
        at=mark.at,
        term=None if mark.term is None else _term(mark.term),
        holder=mark.holder,
    )


def _day(day: Day) -> DayOut:
    return DayOut(
        day=day.day,
        kind=day.kind,
        name_zh=day.name_zh,
        name_en=day.name_en,
        hours=[WorkedOut(begins=begins, ends=ends) for begins, ends in day.hours],
        counted=day.counted,
        paused=day.paused,
    )


def _days(read: CaseClock, reading: Reading | None, case: Case) -> list[DayOut]:
    if reading is None:
        return []
    at = clock.now()
    until = reading.due_at or case.closed_at or at
    return [_day(day) for day in days_until(read, reading.term, until, at)]


@router.get("/cases/{case_id}/clock", response=CaseClockOut, operation_id="explain_case_clock")
def get_clock(request: HttpRequest, case_id: UUID) -> CaseClockOut:
    """Explain a case's clock: why it is due then, who has had it how long, what stood still."""
    actor, at = actor_of(request), clock.now()
    require(actor, "case.read")
    case = selectors.case(case_id)
    read = selectors.clock(case)
    reading = read.reading(at)
    item = was_known(case.item_code, on=case.filed_at.date())
    minutes = holder_minutes(read.minutes_by_holder(at))
    promised = [one.term for one in read.marks if one.term and one.kind is not MarkKind.HAND_OVER]
    pauses = selectors.pauses(case_id)
    may_ask = (
        case.state == "ASSIGNED"
        and item.pausable
        and "case.report" in actor.permissions
        and actor.organisation_id == case.organisation_id
        and not any(one.state in {"ASKED", "GRANTED"} for one in pauses)
    )
    return CaseClockOut(
        state=ClockState(reading.state if reading else case.clock).value,
        late=reading.late if reading else False,
        term=_term(promised[-1]),
        due_at=reading.due_at if reading else None,
        warn_at=read.reached_at(read.rules.warn_after, at),
        holder=reading.holder if reading else str(case.organisation_id or ""),
        holder_due_at=reading.holder_due_at if reading else None,
        awaited_year=None if reading else read.awaited_year(at),
        calendar=read.calendar.name,
        zone=read.office.zone,
        rules=f"{read.rules.id}@{read.rules.version}",
        deadline_source=item.deadline_source,
        marks=[_mark(mark) for mark in read.marks],
        holders=[HolderOut(holder=one, minutes=spent) for one, spent in minutes.items()],
        minutes=sum(minutes.values()),
        days=_days(read, reading, case),
        pauses=[pause_out(pause, actor) for pause in pauses],
        pause_reasons=[PauseReasonOut(**one.model_dump()) for one in read.rules.pauses.reasons],
        may_ask_pause=may_ask,
    )


@router.get("/service-calendars", response=list[CalendarOut], operation_id="list_calendars")
def get_calendars(request: HttpRequest) -> list[CalendarOut]:
    """List the calendars in use and, from November on, whether next year's has to be brought."""
    require(actor_of(request), "case.read")
    today = clock.now().date()
    awaited = asked_for(today)
    used = sorted({office.calendar for office in service_clock(today).offices})
    return [
        CalendarOut(
            calendar=one,
            years=list(years_of(one)),
            awaited=[year for calendar, year in awaited if calendar == one],
        )
        for one in used
    ]

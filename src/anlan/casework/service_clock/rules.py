"""The rules of the service clock as text: working days, terms of holders, escalation, pauses."""

from datetime import date, time
from functools import lru_cache
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from anlan.kernel.areas import DIGITS, area_range
from anlan.kernel.rule_files import RuleFile, RuleFolder
from anlan.kernel.zones import known_zone
from anlan_engine.clock import CLOSED, Segments, Term, TermUnit, WorkCalendar

ID = "standard"
ASKED_FROM_MONTH = 11
"""From November on, the working days of the next year are asked for."""

Hours = Annotated[tuple[time, time], Field()]
Name = Annotated[str, Field(min_length=1, max_length=120)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SpecialDay(_Strict):
    """A day that differs from an ordinary week: off on a weekday, or worked on a day off."""

    day: date
    worked: bool
    name_zh: Name
    name_en: Name


class CalendarYear(RuleFile):
    """The working days of one year in one country, with the source they come from."""

    year: int = Field(ge=2000, le=2200)
    days: tuple[SpecialDay, ...] = Field(max_length=200)

    @model_validator(mode="after")
    def _days_are_of_the_year(self) -> "CalendarYear":
        named = [one.day for one in self.days]
        if any(day.year != self.year for day in named) or len(set(named)) < len(named):
            message = f"days: each once, and all of {self.year}"
            raise ValueError(message)
        return self


class TermText(_Strict):
    """How long a holder may take."""

    amount: int = Field(ge=1, le=10_000)
    unit: TermUnit

    @property
    def term(self) -> Term:
        """Return the term as the engine counts it."""
        return Term(self.amount, self.unit)


class HolderTerms(_Strict):
    """The own terms of whoever holds a case without handling it, by the unit of its class.

    `report_in` is how soon a department that is called up to a joint task reports in.
    """

    units: tuple[TermUnit, ...] = Field(min_length=1)
    assign: TermText
    arbitrate: TermText
    verify: TermText
    close: TermText
    report_in: TermText


class Office(_Strict):
    """Where a calendar holds: one area, or everywhere; of two that hold, the narrower."""

    area: int | None = Field(None, ge=10 ** (DIGITS - 1), lt=10**DIGITS)
    calendar: str = Field(pattern=r"^[a-z][a-z0-9_]{0,47}$")
    zone: str
    hours: tuple[Hours, ...] = Field(min_length=1, max_length=6)

    @model_validator(mode="after")
    def _zone_is_known(self) -> "Office":
        known_zone(self.zone)
        return self

    @property
    def bounds(self) -> tuple[int, int]:
        """Return the lowest and highest area code where it holds."""
        return area_range(self.area) if self.area else (0, 10**DIGITS)

    @property
    def segments(self) -> Segments:
        """Return the hours of a working day in minutes of the local day."""
        return tuple((_minute(start), _minute(end) or 1440) for start, end in self.hours)


class Escalation(_Strict):
    """A level that is reached when so many times the term have run."""

    after: float = Field(ge=1.0, le=20)
    name_zh: Name
    name_en: Name


class PauseReason(_Strict):
    """Why a clock may stand still, what proves it, and how many days at most at a time."""

    code: str = Field(pattern=r"^[A-Z][A-Z0-9_]{0,23}$")
    name_zh: Name
    name_en: Name
    proof_zh: Name
    proof_en: Name
    most_days: int = Field(ge=1, le=365)


class Pauses(_Strict):
    """Every reason, and the days that all pauses of a case may take together."""

    total_days: int = Field(ge=1, le=365)
    reasons: tuple[PauseReason, ...] = Field(min_length=1, max_length=20)


class ServiceClock(RuleFile):
    """The rules of the service clock of an installation."""

    warn_after: float = Field(gt=0, lt=1)
    listed_from: int = Field(ge=1, le=9)
    offices: tuple[Office, ...] = Field(min_length=1, max_length=500)
    holders: tuple[HolderTerms, ...] = Field(min_length=1, max_length=6)
    escalations: tuple[Escalation, ...] = Field(min_length=1, max_length=9)
    pauses: Pauses

    @model_validator(mode="after")
    def _leaves_nothing_out(self) -> "ServiceClock":
        if not any(office.area is None for office in self.offices):
            message = "offices: none without an area, so somewhere no clock would run"
            raise ValueError(message)
        afters = [one.after for one in self.escalations]
        if afters != sorted(set(afters)):
            message = "escalations: each later than the one before"
            raise ValueError(message)
        counted = {unit for one in self.holders for unit in one.units}
        missing = {"CLOCK_HOURS", "WORKING_HOURS", "WORKING_DAYS", "CALENDAR_DAYS"} - counted
        if missing:
            message = f"holders: no terms for {', '.join(sorted(missing))}"
            raise ValueError(message)
        return self

    def office_at(self, area: int) -> Office:
        """Return the office whose calendar counts in an area."""
        fits = [one for one in self.offices if one.bounds[0] <= area <= one.bounds[1]]
        return min(fits, key=lambda one: one.bounds[1] - one.bounds[0])

    def terms_of(self, unit: TermUnit) -> HolderTerms:
        """Return the holders' own terms for a class that counts in `unit`."""
        return next(one for one in self.holders if unit in one.units)

    def pause_reason(self, code: str) -> PauseReason | None:
        """Return the reason with this code, if there is one."""
        return next((one for one in self.pauses.reasons if one.code == code), None)


SERVICE_CALENDARS = RuleFolder("service_calendars", CalendarYear)
SERVICE_CLOCKS = RuleFolder("service_clocks", ServiceClock)


def service_clock(day: date) -> ServiceClock:
    """Return the rules in force on a day."""
    return SERVICE_CLOCKS.rule(ID, day)


def years_of(calendar_id: str) -> dict[int, CalendarYear]:
    """Return the latest text of each year that a calendar knows."""
    found: dict[int, CalendarYear] = {}
    for one in sorted(SERVICE_CALENDARS.versions().values(), key=lambda one: one.order):
        if one.id == calendar_id:
            found[one.year] = one
    return dict(sorted(found.items()))


def calendar_of(office: Office) -> WorkCalendar:
    """Return when an office works, as far as its years are known."""
    return _calendar(office, tuple(years_of(office.calendar).values()))


@lru_cache(maxsize=256)
def _calendar(office: Office, years: tuple[CalendarYear, ...]) -> WorkCalendar:
    days = [day for year in years for day in year.days]
    return WorkCalendar(
        name=office.calendar,
        zone=office.zone,
        week=(office.segments,) * 5 + (CLOSED,) * 2,
        days_off=frozenset(one.day for one in days if not one.worked),
        extra_days=frozenset(one.day for one in days if one.worked),
        years=frozenset(year.year for year in years) or frozenset({0}),
    )


def special_days(office: Office) -> dict[date, SpecialDay]:
    """Return the days of an office's calendar that differ from an ordinary week."""
    return {one.day: one for year in years_of(office.calendar).values() for one in year.days}


def asked_for(day: date) -> list[tuple[str, int]]:
    """Return calendars and years that have to be brought by now: this year's, and from November on
    the next one's. A year that is not there is never guessed.
    """
    wanted = {day.year} | ({day.year + 1} if day.month >= ASKED_FROM_MONTH else set())
    used = {office.calendar for office in service_clock(day).offices}
    return sorted(
        (calendar, year) for calendar in used for year in wanted - set(years_of(calendar))
    )


def _minute(moment: time) -> int:
    return moment.hour * 60 + moment.minute

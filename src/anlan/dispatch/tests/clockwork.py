"""Incidents and assignments with the stamps that a test wants, and rules with its clocks."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.people import EVERYTHING, unit_id

from anlan.dispatch.clock_rules import ClockRules
from anlan.dispatch.models import Assignment, Incident
from anlan.dispatch.selectors import ClockFigures, Selection, clock_figures
from anlan.kernel.identifiers import new_number
from anlan.kernel.scope import scoped

START = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
CELL = 990101001001001
OPEN = ("ASSIGNED", "EN_ROUTE", "ON_SCENE")
HEADING = {
    "schema": 1, "id": "test", "version": "2026.1", "valid_from": date(2026, 1, 1),
    "name_zh": "测试", "name_en": "Test", "source_zh": "测试", "source_en": "Test",
}  # fmt: skip


def after(seconds: float | None) -> datetime | None:
    """Return the moment so many seconds after `START`."""
    return None if seconds is None else START + timedelta(seconds=seconds)


def rules(*clocks: dict[str, Any]) -> ClockRules:
    """Return rules of clocks that are written as in a file, without their names."""
    named = [{"name_zh": "时钟", "name_en": "Clock"} | clock for clock in clocks]
    return ClockRules.model_validate(HEADING | {"clocks": named})


def clock(begins: str, ends: str, *seconds: int, **more: Any) -> dict[str, Any]:
    """Return a clock `c` between two stamps with limits that hold for every priority."""
    limits = [{"seconds": one} for one in seconds]
    return {"code": "c", "from": begins, "to": ends, "limits": limits} | more


def incident(
    *, priority: int = 1, state: str = "OPEN", area: int = CELL, kind: str = "FIRE_STRUCTURE",
    site_kind: str = "", received: float = 0, **seconds: float | None,
) -> Incident:  # fmt: skip
    """Return a kept incident with stamps so many seconds after `START`."""
    closed = {"closed_at": after(received + 9_000), "disposition": "RESOLVED"}
    with scoped(EVERYTHING):
        made = Incident.objects.create(
            number=new_number("I"),
            area=area,
            kind=kind,
            priority=priority,
            needs=[],
            channel="PHONE",
            lon=24.94,
            lat=60.17,
            place_text="",
            site_kind=site_kind,
            text="",
            state="OPEN",
            received_at=after(received),
            **{f"{name}_at": after(value) for name, value in seconds.items()},
        )
        if state == "CLOSED":
            Incident.objects.filter(pk=made.pk).update(state=state, **closed)
        return made


def send(
    to: Incident, assigned: float = 0, *, unit_kind: str = "FIRE_ENGINE", state: str | None = None,
    **seconds: float | None,
) -> Assignment:  # fmt: skip
    """Return a kept assignment of some unit, over unless `state` says how far it has come."""
    stamps = {f"{name}_at": after(value) for name, value in seconds.items()}
    call_sign = "F02" if state in OPEN else "F01"
    with scoped(EVERYTHING):
        made = Assignment.objects.create(
            area=to.area,
            incident=to,
            unit_id=unit_id(call_sign),
            call_sign=call_sign,
            unit_kind=unit_kind,
            assigned_at=after(assigned),
            **stamps,
        )
        way = {"CANCELLED": ["CANCELLED"], "ASSIGNED": [], "EN_ROUTE": ["EN_ROUTE"]}
        for one in way.get(state or "", ["ON_SCENE"] if state else ["ON_SCENE", "CLEARED"]):
            ended = None if one in OPEN else after(9_000)
            Assignment.objects.filter(pk=made.pk).update(state=one, ended_at=ended)
        return made


def measured(told: dict[str, Any], selection: Selection | None = None) -> ClockFigures:
    """Return the figures of one clock over everything that is kept."""
    with scoped(EVERYTHING):
        return clock_figures(rules(told), selection or Selection())[None]["c"]

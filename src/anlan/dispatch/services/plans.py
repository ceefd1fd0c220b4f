"""Under pressure: one plan for all incidents that wait, and its commit in one transaction."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import numpy as np
from django.db import transaction

from anlan.dispatch import selectors
from anlan.dispatch.choice_rules import choice_rules
from anlan.dispatch.errors import OldPlanError, UnknownPlanError
from anlan.dispatch.models import Assignment, BatchPlan, Incident
from anlan.dispatch.services.asking import (
    Wanted,
    data_age,
    policy_of,
    serving_units,
    wanted,
)
from anlan.dispatch.services.assignments import send
from anlan.dispatch.services.incidents import lock_incidents
from anlan.kernel.access import Actor, require
from anlan.orgs.selectors import PlacedUnit, placed_units, units_locked
from anlan.places.city_pack import city
from anlan.places.roads import roads_at
from anlan_engine.assign import Batch, Served, assign_batch
from anlan_engine.assign.batch import CALLS_MAX
from anlan_engine.routing import RoadTimes

INCIDENTS_LIMIT = 100
GOOD_FOR = timedelta(minutes=2)


@transaction.atomic
def propose(*, actor: Actor, at: datetime) -> BatchPlan:
    """Plan which free units go to all incidents that wait, the most urgent first; keep the plan.

    Every place of an incident's card is a call of the batch: `Batch.of_snapshot` of what is kept
    gives the same plan again.
    """
    require(actor, "incident.recommend")
    busy = selectors.open_assignment_of_units()
    everyone = {unit.id: unit for unit in placed_units()}
    wants: list[tuple[Incident, Wanted]] = []
    for incident in selectors.waiting_incidents(INCIDENTS_LIMIT):
        want = wanted(incident, incident.assignments.all(), everyone, at)
        if sum(len(one.places) for _, one in wants) + len(want.places) <= CALLS_MAX:
            wants.append((incident, want))
    free = sorted(
        (one for one in everyone.values() if one.duty == "ON_DUTY" and one.id not in busy),
        key=lambda unit: unit.call_sign,
    )
    roads = roads_at(at)
    batch = _batch(wants, free, roads.times)
    rules = choice_rules(at.date())
    return BatchPlan.objects.create(
        area=actor.area_low,
        made_at=at,
        made_by=actor.id,
        pack=city().checksum,
        asked=batch.snapshot(),
        answer=_answer(wants, free, assign_batch(batch), at),
        policy=policy_of((want.card for _, want in wants), (rules.id, rules.version)),
        closures=list(roads.closures),
    )


def _batch(
    wants: Sequence[tuple[Incident, Wanted]], free: Sequence[PlacedUnit], times: RoadTimes
) -> Batch:
    there = np.array([(one.lon, one.lat) for one, _ in wants], np.float64).reshape(-1, 2)
    at = np.array([(unit.lon, unit.lat) for unit in free], np.float64).reshape(-1, 2)
    travel_s = times.times_between(at, there).travel_s.T if len(wants) and free else np.empty(0)
    calls, priorities, rows = [], [], []
    for number, (incident, want) in enumerate(wants):
        serving = serving_units(free, incident.area)
        for place, need in enumerate(want.places):
            calls.append(f"{incident.number}/{place}")
            priorities.append(incident.priority)
            rows.append(
                tuple(
                    round(float(seconds), 3)
                    if unit.id in serving and need in unit.capabilities and np.isfinite(seconds)
                    else None
                    for unit, seconds in zip(free, travel_s[number] if free else (), strict=True)
                )
            )
    return Batch(tuple(calls), tuple(priorities), tuple(u.call_sign for u in free), tuple(rows))


def _answer(
    wants: Sequence[tuple[Incident, Wanted]], free: Sequence[PlacedUnit], served: Sequence[Served],
    at: datetime,
) -> dict[str, Any]:  # fmt: skip
    by_sign, by_call = {unit.call_sign: unit for unit in free}, {one.call: one for one in served}
    incidents = [
        {
            "incident_id": str(incident.id),
            "number": incident.number,
            "kind": incident.kind,
            "priority": incident.priority,
            "place_text": incident.place_text,
            "alarm_level": incident.alarm_level,
            "places": [
                _place(need, by_call[f"{incident.number}/{place}"], by_sign)
                for place, need in enumerate(want.places)
            ],
        }
        for incident, want in wants
    ]
    used = [by_sign[one.unit] for one in served if one.unit]
    return {"incidents": incidents, "data_age": data_age(used, at)}


def _place(need: str, one: Served, by_sign: dict[str, PlacedUnit]) -> dict[str, Any]:
    return {
        "capability": need,
        "state": "PROPOSED" if one.unit else "OPEN",
        "unit_id": str(by_sign[one.unit].id) if one.unit else None,
        "call_sign": one.unit,
        "travel_s": one.travel_s,
        "reason": {"code": str(one.reason.code), "facts": dict(one.reason.facts)},
    }


@transaction.atomic
def commit(
    plan_id: UUID, *, incident_ids: Collection[UUID] | None, actor: Actor, at: datetime
) -> list[Assignment]:
    """Send what a plan proposes, to all of its incidents or to those named: all, or nothing.

    Raises `UnknownPlanError`, `OldPlanError` after `GOOD_FOR` or where nothing is left to send,
    `UnitBusyError` and `MoveNotAllowedError` where somebody was faster.
    """
    require(actor, "incident.assign")
    plan = BatchPlan.objects.filter(pk=plan_id).first()
    if plan is None:
        raise UnknownPlanError
    chosen = defaultdict(list)
    for one in plan.answer["incidents"]:
        if incident_ids is None or UUID(one["incident_id"]) in incident_ids:
            for place in one["places"]:
                if place["unit_id"]:
                    chosen[UUID(one["incident_id"])].append(place)
    if not chosen or at > plan.made_at + GOOD_FOR:
        raise OldPlanError
    incidents = lock_incidents(chosen)
    found = units_locked(UUID(place["unit_id"]) for places in chosen.values() for place in places)
    made: list[Assignment] = []
    for incident_id, incident in sorted(incidents.items()):
        sending = [
            (found[UUID(place["unit_id"])], place["travel_s"]) for place in chosen[incident_id]
        ]
        facts = {"batch_plan_id": str(plan.id)}
        made += send(incident, sending, recommendation_id=None, facts=facts, actor=actor, at=at)
    return made

"""Which units to send: the card's places filled, each with its reasons, kept to be replayed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from anlan.dispatch import selectors
from anlan.dispatch.choice_rules import ChoiceRules, choice_rules
from anlan.dispatch.choosing import Answer, DeskQuestion, Job, Offer, Policy, choose
from anlan.dispatch.errors import OffNetworkError
from anlan.dispatch.models import Assignment, Incident, Recommendation
from anlan.dispatch.services.asking import (
    Wanted,
    asked_units,
    card_of,
    data_age,
    needs_of,
    policy_of,
    serving_units,
    wanted,
)
from anlan.dispatch.services.demand import demand
from anlan.kernel.access import Actor, require, system_actor
from anlan.kernel.riding import ride_rows
from anlan.kernel.scope import scoped
from anlan.orgs.selectors import PlacedUnit
from anlan.orgs.services.positions import POSITION_STALE_AFTER_S, position_kept_for
from anlan.places.city_pack import city
from anlan.places.errors import CityMissingError
from anlan.places.roads import roads_closed_by
from anlan_engine import assign
from anlan_engine.assign import FilledPlace, Question, RankedUnit, Remark
from anlan_engine.routing import RoutingError

RANKED_LIMIT_UNITS = 20
ERASE_BATCH_ROWS = 1_000


def warm_up() -> None:
    """Ask once about two units beside each other, so that no first call loads the choice.

    Without a city pack there is nothing to warm: each call says why by itself.
    """
    try:
        lon, lat = city().meta["centre"]
        here = [
            assign.Unit(name, available=True, capabilities=("A",), lon=lon, lat=lat,
                        position_age_s=None)
            for name in ("A", "B")
        ]  # fmt: skip
        asked = DeskQuestion(
            question=Question(lon, lat, ("A",), tuple(here), POSITION_STALE_AFTER_S, ""),
            places=("A",),
            priority=2,
            policy=Policy(
                urgent=False, in_time_s=60, extra_s=60, busy_share=0.5, pairs=(), states=(),
                least_gain_s=0,
            ),
            demand=((lon, lat, 1.0),),
            jobs=(),
        )  # fmt: skip
        choose(asked, city().road_times)
        assign.assign_batch(assign.Batch(("A",), (1,), ("A",), ((1.0,),)))
    except (CityMissingError, RoutingError):
        return


def erase_old_questions(at: datetime) -> int:
    """Erase the questions whose positions have expired; return how many, a batch at the most."""
    with scoped(system_actor("question-expiry", sees_sealed=True)):
        old = Recommendation.objects.filter(
            asked__isnull=False, made_at__lt=at - position_kept_for(at)
        ).order_by("made_at")
        batch = list(old.values_list("pk", flat=True)[:ERASE_BATCH_ROWS])
        return Recommendation.objects.filter(pk__in=batch).update(asked=None)


@dataclass(frozen=True, slots=True)
class Recommended:
    """A ranking of units for an incident; `left_out` counts why others are not in it."""

    id: UUID
    made_at: datetime
    pack: str
    considered: int
    left_out: dict[str, int]
    units: list[dict[str, Any]]
    answer: dict[str, Any]
    policy: dict[str, Any]


def recommend(incident_id: UUID, *, actor: Actor, at: datetime) -> Recommended:
    """Say which units to send by the run card, the coverage guard and road travel time.

    A unit that has told no position counts as standing at its station. Ways go round the roads that
    are closed at `at`. The question is stored with the answer, and which closures were in force:
    `choose(DeskQuestion.of_snapshot(...))` on the same pack under the same closures gives the same
    answer again. Raises `UnknownIncidentError`, `OffNetworkError`, `NoRuleError`.
    """
    require(actor, "incident.recommend")
    rules = choice_rules(at.date())
    about = selectors.asked_about(incident_id, at)
    incident, busy = about.incident, about.busy
    want = wanted(incident, about.sent, about.units, at)
    known = serving_units(about.units.values(), incident.area)
    asked = DeskQuestion(
        question=Question(
            lon=incident.lon,
            lat=incident.lat,
            needs=want.open_places or want.places,
            units=asked_units(known, busy, at),
            stale_after_s=POSITION_STALE_AFTER_S,
            pack=city().checksum,
        ),
        places=want.open_places,
        priority=incident.priority,
        policy=_policy(rules, incident.priority),
        demand=demand(actor, rules.guard.demand_days, at),
        jobs=_jobs(incident, known, busy, at),
    )
    roads = roads_closed_by(about.closures)
    try:
        answer = choose(asked, roads.times)
    except RoutingError as error:
        raise OffNetworkError(reason=error.code) from error
    by_sign = {unit.call_sign: unit for unit in known.values()}
    kept = Recommendation(
        area=incident.area,
        incident=incident,
        made_at=at,
        made_by=actor.id,
        pack=asked.question.pack,
        asked=asked.snapshot(),
        ranking=_ranking(answer, by_sign),
        answer=_answer(incident, want, answer, by_sign, busy, at),
        policy=policy_of([want.card], (rules.id, rules.version)),
        closures=list(roads.closures),
    )
    ride_rows([kept])
    return Recommended(
        id=kept.id,
        made_at=at,
        pack=kept.pack,
        considered=len(known),
        left_out={str(reason): count for reason, count in answer.ranking.left_out.items()},
        units=kept.ranking,
        answer=kept.answer,
        policy=kept.policy,
    )


def _policy(rules: ChoiceRules, priority: int) -> Policy:
    guard, diversion = rules.guard, rules.diversion
    return Policy(
        urgent=priority in guard.urgent_priorities,
        in_time_s=guard.in_time_s[priority],
        extra_s=guard.extra_s,
        busy_share=guard.busy_share,
        pairs=diversion.pairs,
        states=diversion.states,
        least_gain_s=diversion.least_gain_s,
    )


def _jobs(
    incident: Incident,
    known: Mapping[UUID, PlacedUnit],
    busy: Mapping[UUID, Assignment],
    at: datetime,
) -> tuple[Job, ...]:
    """Return what the units are doing elsewhere, and which of their capabilities that needs."""
    found = []
    for unit_id in sorted(set(known) & set(busy)):
        unit, other = known[unit_id], busy[unit_id].incident
        if other.id == incident.id:
            continue
        card = card_of(other, at)
        serves = set(needs_of(other, card)) & set(unit.capabilities)
        found.append(
            Job(
                unit=unit.call_sign,
                state=busy[unit_id].state,
                call=other.number,
                priority=other.priority,
                lon=other.lon,
                lat=other.lat,
                serves=tuple(sorted(serves or set(unit.capabilities))),
            )
        )
    return tuple(found)


def _ranking(answer: Answer, units_by_sign: Mapping[str, PlacedUnit]) -> list[dict[str, Any]]:
    """Return the first units of the ranking, and any further one that fills a place."""
    suggested = {place.unit_id for place in answer.places}
    ranking = answer.ranking
    shown = list(ranking[: min(ranking.sendable, RANKED_LIMIT_UNITS)])
    missing = suggested - {None} - {one.unit_id for one in shown}
    further = range(RANKED_LIMIT_UNITS, ranking.sendable if missing else 0)
    shown += [ranking[row] for row in further if ranking[row].unit_id in missing]
    return [_entry(one, units_by_sign[one.unit_id], one.unit_id in suggested) for one in shown]


def _entry(ranked: RankedUnit, unit: PlacedUnit, suggested: bool) -> dict[str, Any]:  # noqa: FBT001
    return {
        "rank": ranked.rank,
        "unit_id": str(unit.id),
        "call_sign": unit.call_sign,
        "kind": unit.kind,
        "capabilities": unit.capabilities,
        "travel_s": ranked.travel_s,
        "distance_m": ranked.distance_m,
        "straight_m": ranked.straight_m,
        "straight_rank": ranked.straight_rank,
        "positioned_at": unit.positioned_at.isoformat() if unit.positioned_at else None,
        "brings": list(ranked.brings),
        "suggested": suggested,
        "reasons": [_remark(remark) for remark in ranked.reasons],
    }


def _remark(remark: Remark) -> dict[str, Any]:
    return {"code": str(remark.code), "facts": dict(remark.facts)}


def _answer(
    incident: Incident, want: Wanted, answer: Answer, by_sign: Mapping[str, PlacedUnit],
    busy: Mapping[UUID, Assignment], at: datetime,
) -> dict[str, Any]:  # fmt: skip
    """Return who fills which place of the card, who might be diverted, and how old the data is."""
    proposed = iter(answer.places)
    requirements = [
        _there(need, want.filled[row]) if row in want.filled else _place(next(proposed), by_sign)
        for row, need in enumerate(want.places)
    ]
    times = [place.travel_s for place in answer.places]
    reached = [time for time in times if time is not None]
    used = [by_sign[place.unit_id] for place in answer.places if place.unit_id]
    return {
        "alarm_level": incident.alarm_level,
        "highest_level": want.card.highest_level if want.card else 1,
        "requirements": requirements,
        "complete_s": max(reached, default=0.0) if len(reached) == len(times) else None,
        "offer": _offer(answer.offer, by_sign, busy) if answer.offer else None,
        "data_age": data_age(used, at),
    }


def _there(need: str, assignment: Assignment) -> dict[str, Any]:
    return {
        "capability": need,
        "state": "SENT",
        "unit_id": str(assignment.unit_id),
        "call_sign": assignment.call_sign,
        "travel_s": None,
        "reason": None,
    }


def _place(place: FilledPlace, by_sign: Mapping[str, PlacedUnit]) -> dict[str, Any]:
    unit = by_sign[place.unit_id] if place.unit_id else None
    return {
        "capability": place.need,
        "state": "PROPOSED" if unit else "OPEN",
        "unit_id": str(unit.id) if unit else None,
        "call_sign": place.unit_id,
        "travel_s": place.travel_s,
        "reason": _remark(place.reason),
    }


def _offer(
    offer: Offer, by_sign: Mapping[str, PlacedUnit], busy: Mapping[UUID, Assignment]
) -> dict[str, Any]:
    unit = by_sign[offer.unit]
    job, taking = busy[unit.id], offer.left.unit
    return {
        "capability": offer.need,
        "unit_id": str(unit.id),
        "call_sign": offer.unit,
        "travel_s": offer.travel_s,
        "gain_s": offer.reason.facts.get("gain_s"),
        "incident_id": str(job.incident_id),
        "incident_number": job.incident.number,
        "incident_priority": job.incident.priority,
        "assignment_id": str(job.id),
        "takes_over": {
            "unit_id": str(by_sign[taking].id),
            "call_sign": taking,
            "travel_s": offer.left.travel_s,
        }
        if taking
        else None,
    }

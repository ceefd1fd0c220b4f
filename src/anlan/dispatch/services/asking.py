"""What the desk knows about incidents and units, put as questions to the engine."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import numpy as np

from anlan.dispatch.models import Assignment, Incident
from anlan.dispatch.run_cards import RunCard, card_for
from anlan.dispatch.transitions import OPEN_ASSIGNMENT_STATES
from anlan.kernel.areas import jurisdictions_of
from anlan.orgs.selectors import PlacedUnit
from anlan.orgs.services.positions import POSITION_STALE_AFTER_S
from anlan_engine import assign
from anlan_engine.assign.matching import NOBODY, match_earliest

SERVING_STATES = (*OPEN_ASSIGNMENT_STATES, "CLEARED")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an incident needs now: its card, the places, and who fills some of them already."""

    card: RunCard | None
    places: tuple[str, ...]
    filled: Mapping[int, Assignment]

    @property
    def open_places(self) -> tuple[str, ...]:
        """The capability of each place that nobody fills."""
        return tuple(need for row, need in enumerate(self.places) if row not in self.filled)


def card_of(incident: Incident, at: datetime) -> RunCard | None:
    """Return the run card for an incident, by its kind, its priority and its site."""
    sites = {incident.site_kind} - {""}
    return card_for(incident.kind, incident.priority, sites, at.date())


def needs_of(incident: Incident, card: RunCard | None) -> tuple[str, ...]:
    """Return the capability of every place: of the card at its alarm level, else of the kind."""
    return card.needs(incident.alarm_level) if card else tuple(incident.needs)


def wanted(
    incident: Incident, sent: Iterable[Assignment], units: Mapping[UUID, PlacedUnit], at: datetime
) -> Wanted:
    """Return what an incident needs now; units `sent` to it in its present round fill places."""
    card = card_of(incident, at)
    places = needs_of(incident, card)
    serving = [
        one
        for one in sent
        if one.state in SERVING_STATES and one.unit_id in units
        and one.round == incident.round
    ]  # fmt: skip
    if not places or not serving:
        return Wanted(card, places, {})
    can = [
        [0.0 if need in units[one.unit_id].capabilities else np.inf for one in serving]
        for need in places
    ]
    found = match_earliest(np.array(can))
    filled = {row: serving[column] for row, column in enumerate(found) if column != NOBODY}
    return Wanted(card, places, filled)


def serving_units(units: Iterable[PlacedUnit], area: int) -> dict[UUID, PlacedUnit]:
    """Return the units on duty that serve an area: no other crew could see a job there."""
    served = jurisdictions_of(area)
    return {unit.id: unit for unit in units if unit.duty == "ON_DUTY" and unit.area in served}


def asked_units(
    units: Mapping[UUID, PlacedUnit], busy: Container[UUID], at: datetime
) -> tuple[assign.Unit, ...]:
    """Return units as the engine is asked about them, named by their call signs."""
    now_s = at.timestamp()
    return tuple(
        assign.Unit(
            unit.call_sign,
            id not in busy,
            tuple(unit.capabilities),
            unit.lon,
            unit.lat,
            _age_s(unit, now_s),
        )
        for id, unit in units.items()
    )


def _age_s(unit: PlacedUnit, now_s: float) -> float | None:
    """Return how old a unit's position is, seconds, to the microsecond; None where it told none."""
    told_s = unit.positioned_s
    return None if told_s is None else max(0.0, round(now_s - told_s, 6))


def data_age(units: Sequence[PlacedUnit], at: datetime) -> dict[str, Any]:
    """Return how old the positions are that were used: the oldest, and how many are old or none."""
    told = [_age_s(unit, at.timestamp()) for unit in units]
    ages = [age for age in told if age is not None]
    return {
        "oldest_s": max(ages, default=None),
        "stale": sum(age > POSITION_STALE_AFTER_S for age in ages),
        "at_station": len(units) - len(ages),
        "stale_after_s": POSITION_STALE_AFTER_S,
    }


def policy_of(cards: Iterable[RunCard | None], choice: tuple[str, str]) -> dict[str, Any]:
    """Return the rules that decided, by id and version."""
    named = {(card.id, card.version, card.text.code) for card in cards if card}
    return {
        "cards": [
            {"id": id, "version": version, "code": code} for id, version, code in sorted(named)
        ],
        "choice": {"id": choice[0], "version": choice[1]},
    }

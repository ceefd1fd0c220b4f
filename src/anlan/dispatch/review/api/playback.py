"""HTTP of looking back: the timeline rebuilt from steps, and the replay on the map."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import AwareDatetime

from anlan.dispatch import selectors as desk
from anlan.dispatch.api.incidents import RoundOut
from anlan.dispatch.history import BrokenHistoryError, Life, rebuild
from anlan.dispatch.models import Incident
from anlan.dispatch.review.errors import BrokenStepsError
from anlan.dispatch.review.replay import Replayed, replayed
from anlan.dispatch.review.selectors import (
    HISTORY_LIMIT_ENTRIES,
    REPLAY_LIMIT,
    LastSeen,
    check_replayable,
    incidents_alive,
    last_seen,
    steps_of_incidents,
)
from anlan.dispatch.selectors.lives import disagreements, steps_of
from anlan.kernel import clock
from anlan.kernel.access import require
from anlan.kernel.errors import InvalidError
from anlan.kernel.http import actor_of
from anlan.kernel.schemas import Schema
from anlan.kernel.zones import Moment
from anlan.orgs.protected import ReportersWords
from anlan.orgs.services.positions import position_kept_for

router = Router()
REPLAY_LEAST = timedelta(seconds=1)


class JobOut(Schema):
    """One unit's job, rebuilt from steps: stamps are when the crew acted, as far as believed."""

    id: UUID
    call_sign: str
    unit_kind: str
    round: int
    state: str
    assigned_at: AwareDatetime
    en_route_at: AwareDatetime | None
    on_scene_at: AwareDatetime | None
    ended_at: AwareDatetime | None
    outcome: str


class EntryOut(Schema):
    """One step: `at` is when it counts, `heard_at` when the server took it."""

    id: UUID
    incident_id: UUID
    incident_number: str
    move: str
    source: str
    target: str
    made_by_name: str
    at: AwareDatetime
    heard_at: AwareDatetime
    facts: dict[str, Any]


class HistoryOut(Schema):
    """An incident rebuilt from its steps alone. `differs` is empty where its rows say the same.

    `entries` are the latest 1,000; `left_off` counts those before.
    """

    id: UUID
    number: str
    kind: str
    state: str
    priority: int
    place_text: ReportersWords
    rounds: list[RoundOut]
    jobs: list[JobOut]
    entries: list[EntryOut]
    left_off: int
    differs: list[str]


class PhaseAtOut(Schema):
    """How far an incident had come from a moment on."""

    at: AwareDatetime
    phase: str
    priority: int


class ReplayedIncidentOut(Schema):
    """An incident as it went."""

    id: UUID
    number: str
    kind: str
    lon: float
    lat: float
    place_text: ReportersWords
    phases: list[PhaseAtOut]


class UnitAtOut(Schema):
    """How far a unit had come from a moment on; `state` is None once its job was over.

    `lon` and `lat` are the incident's while it was on scene, and None while nothing is known.
    """

    at: AwareDatetime
    unit_id: UUID
    call_sign: str
    unit_kind: str
    incident_number: str
    state: Literal["ASSIGNED", "EN_ROUTE", "ON_SCENE"] | None
    lon: float | None
    lat: float | None


class LastSeenOut(Schema):
    """Where a unit on duty was last seen: the one position that is kept of it."""

    unit_id: UUID
    call_sign: str
    unit_kind: str
    at: AwareDatetime
    lon: float
    lat: float


class PlaybackOut(Schema):
    """A stretch of time to be replayed.

    `positions` says what is known of where units were: `LAST_ONLY` (their last position and where
    steps put them) or `EXPIRED` (the stretch ended longer ago than any position is kept).
    `left_off` counts the incidents beyond the limit of one replay: 300, and 20,000 steps of all.
    `broken` names those whose steps cannot be followed.
    """

    since: AwareDatetime
    until: AwareDatetime
    incidents: list[ReplayedIncidentOut]
    units: list[UnitAtOut]
    last_seen: list[LastSeenOut]
    entries: list[EntryOut]
    positions: Literal["LAST_ONLY", "EXPIRED"]
    left_off: int
    broken: list[str]


def _entries_out(one: Replayed) -> list[EntryOut]:
    return [
        EntryOut(
            id=entry.step.id,
            incident_id=one.incident.id,
            incident_number=one.incident.number,
            move=entry.step.move,
            source=entry.step.source,
            target=entry.step.target,
            made_by_name=entry.step.made_by_name,
            at=entry.at,
            heard_at=entry.step.made_at,
            facts=entry.step.facts,
        )
        for entry in one.entries
    ]


def _incident_out(one: Replayed) -> ReplayedIncidentOut:
    named = ("id", "number", "kind", "lon", "lat", "place_text")
    return ReplayedIncidentOut(
        **{name: getattr(one.incident, name) for name in named},
        phases=[PhaseAtOut.model_validate(phase, from_attributes=True) for phase in one.phases],
    )


def _units_out(one: Replayed) -> list[UnitAtOut]:
    return [
        UnitAtOut.model_validate(
            asdict(unit)
            | {
                "incident_number": one.incident.number,
                "lon": one.incident.lon if unit.on_scene else None,
                "lat": one.incident.lat if unit.on_scene else None,
            }
        )
        for unit in one.units
    ]


def _playback(
    found: list[Replayed], since: datetime, until: datetime, at: datetime,
    left_off: int = 0, broken: Sequence[str] = (),
) -> PlaybackOut:  # fmt: skip
    units = sorted((u for one in found for u in _units_out(one)), key=lambda unit: unit.at)
    entries = sorted((e for one in found for e in _entries_out(one)), key=lambda entry: entry.at)
    seen = last_seen(since, until)
    return PlaybackOut(
        since=since,
        until=until,
        incidents=[_incident_out(one) for one in found],
        units=units,
        last_seen=[_seen_out(one) for one in seen],
        entries=[entry for entry in entries if since <= entry.at <= until],
        positions="LAST_ONLY" if until > at - position_kept_for(at) else "EXPIRED",
        left_off=left_off,
        broken=list(broken),
    )


def _seen_out(seen: LastSeen) -> LastSeenOut:
    return LastSeenOut.model_validate(seen, from_attributes=True)


def _whole(incident: Incident) -> tuple[Life, Replayed]:
    """Return an incident as its steps leave it, and how it went.

    Raises `BrokenStepsError`.
    """
    steps = steps_of(incident.id)
    try:
        return rebuild(steps), replayed(incident, steps)
    except BrokenHistoryError as error:
        raise BrokenStepsError(step=str(error)) from error


@router.get(
    "/incidents/{incident_id}/history", response=HistoryOut, operation_id="get_incident_history"
)
def get_history(request: HttpRequest, incident_id: UUID) -> HistoryOut:
    """Show an incident rebuilt from its steps alone, and whether its rows say the same."""
    require(actor_of(request), "review.read")
    found = desk.incident(incident_id)
    life, went = _whole(found)
    return HistoryOut(
        id=found.id,
        number=found.number,
        kind=found.kind,
        state=life.state,
        priority=life.priority,
        place_text=found.place_text,
        rounds=[RoundOut.model_validate(one, from_attributes=True) for one in life.rounds],
        jobs=[JobOut.model_validate(one, from_attributes=True) for one in life.jobs.values()],
        entries=_entries_out(went)[-HISTORY_LIMIT_ENTRIES:],
        left_off=max(0, len(went.entries) - HISTORY_LIMIT_ENTRIES),
        differs=disagreements(found),
    )


@router.get(
    "/incidents/{incident_id}/playback", response=PlaybackOut, operation_id="replay_incident"
)
def get_incident_playback(request: HttpRequest, incident_id: UUID) -> PlaybackOut:
    """Replay one incident, from its first stamp to its last step; of 20,000 steps at most."""
    require(actor_of(request), "review.read")
    found = desk.incident(incident_id)
    check_replayable(incident_id)
    _, one = _whole(found)
    since = min(found.rang_at or found.received_at, one.entries[0].at)
    until = max(one.entries[-1].at, since + REPLAY_LEAST)
    return _playback([one], since, until, clock.now())


@router.get("/playback", response=PlaybackOut, operation_id="replay_desk")
def get_playback(request: HttpRequest, since: Moment, until: Moment) -> PlaybackOut:
    """Replay the desk over at most an hour: every incident that was alive then."""
    require(actor_of(request), "review.read")
    if not REPLAY_LEAST <= until - since <= REPLAY_LIMIT:
        raise InvalidError(field="until", rule="at_most_an_hour")
    alive, left_off = incidents_alive(since, until)
    steps = steps_of_incidents([one.id for one in alive])
    found: list[Replayed] = []
    broken: list[str] = []
    for incident in alive:
        try:
            found.append(replayed(incident, steps[incident.id]))
        except BrokenHistoryError:  # the others are replayed all the same
            broken.append(incident.number)
    return _playback(found, since, until, clock.now(), left_off, broken)

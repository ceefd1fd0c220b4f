"""Crews: they acknowledge, drive, arrive, clear and drive home, and their vehicles tell where."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from anlan.project.demo.agenda import milliseconds, told
from anlan.project.demo.link import Json, RefusalError
from anlan.project.demo.shift import Shift
from anlan.project.demo.stories import Story
from anlan_engine.duty_day import position_at
from anlan_engine.routing import Path, RoadTimes

STANDING_TELL_EVERY_S = 100.0
"""How often one that stands does: within the age at which a position counts as old."""
TURNOUT_ON_THE_ROAD_S = 8.0
"""A crew that is driving home needs no time to man its vehicle."""
DEGREE_DIGITS = 7
REFUSALS_LIMIT = 5
"""How often a crew tries to go on with one job before it gives it up."""

Place = tuple[float, float]
"""Longitude, latitude in degrees."""


@dataclass(frozen=True, slots=True)
class Leg:
    """A way that a vehicle drives from a time on."""

    path: Path
    began_ms: int

    @property
    def ends_ms(self) -> int:
        """When it arrives."""
        return self.began_ms + milliseconds(self.path.travel_s)

    def at(self, now_ms: int) -> Place:
        """Return where the vehicle is."""
        position = position_at(self.path, (now_ms - self.began_ms) / 1000)
        return position.lon, position.lat


@dataclass(slots=True)
class Job:
    """One assignment of a unit, as its crew knows it."""

    assignment_id: str
    incident_id: str
    goal: Place
    story: Story
    refusals: int = 0


@dataclass(slots=True)
class Vehicle:
    """A unit on the road network."""

    unit_id: str
    call_sign: str
    capabilities: tuple[str, ...]
    station: Place
    stands: Place
    leg: Leg | None = None
    job: Job | None = None
    told_ms: int = 0

    def place(self, now_ms: int) -> Place:
        """Return where it is."""
        return self.leg.at(now_ms) if self.leg else self.stands


class Crews:
    """All crews of the city."""

    def __init__(
        self, shift: Shift, roads: RoadTimes, tell_every_s: float, when_ended: Callable[[Job], None]
    ) -> None:
        """Know no vehicle yet.

        A vehicle that moves tells its position every so many seconds. `when_ended` is told of each
        job that was cleared or called off.
        """
        self._shift = shift
        self._roads = roads
        self._tell_every_s = tell_every_s
        self._when_ended = when_ended
        self._vehicles: dict[str, Vehicle] = {}
        self._steps = {
            "ASSIGNED": self._turn_out,
            "EN_ROUTE": self._drive,
            "ON_SCENE": self._work,
        }

    def begin(self) -> None:
        """Man every unit where the API knows it, else at its station."""
        for unit in self._shift.roster.supervisor.get("units"):
            station = (unit["station_lon"], unit["station_lat"])
            known = unit["lon"] is not None
            self._vehicles[unit["call_sign"]] = Vehicle(
                unit_id=unit["id"],
                call_sign=unit["call_sign"],
                capabilities=tuple(unit["capabilities"]),
                station=station,
                stands=(unit["lon"], unit["lat"]) if known else station,
            )
        for vehicle in self._vehicles.values():
            self._drive_home(vehicle)
        self._tell_positions()

    def capabilities(self, call_sign: str) -> tuple[str, ...]:
        """Return what a unit brings."""
        return self._vehicles[call_sign].capabilities

    def at_work(self, assignment_id: str) -> bool:
        """Say whether a crew knows of an assignment."""
        return any(
            vehicle.job is not None and vehicle.job.assignment_id == assignment_id
            for vehicle in self._vehicles.values()
        )

    def take_up(self, assignment: Json, goal: Place, story: Story) -> None:
        """Go on with an assignment from whatever state it is in."""
        vehicle = self._vehicles[assignment["call_sign"]]
        vehicle.job = Job(assignment["id"], assignment["incident_id"], goal, story)
        self._steps[assignment["state"]](vehicle, vehicle.job)

    def _turn_out(self, vehicle: Vehicle, job: Job) -> None:
        turnout_s = job.story.fate.turnout_s
        if vehicle.leg:
            turnout_s = min(turnout_s, TURNOUT_ON_THE_ROAD_S)
        self._later(turnout_s, vehicle, job, "en_route")

    def _drive(self, vehicle: Vehicle, job: Job) -> None:
        leg = self._set_off(vehicle, job.goal)
        self._later((leg.ends_ms - leg.began_ms) / 1000, vehicle, job, "on_scene")

    def _work(self, vehicle: Vehicle, job: Job) -> None:
        vehicle.leg, vehicle.stands = None, job.goal
        self._later(job.story.fate.on_scene_s, vehicle, job, "clear")

    def _later(self, seconds: float, vehicle: Vehicle, job: Job, move: str) -> None:
        self._shift.agenda.after(seconds, partial(self._move, vehicle, job, move))

    def _move(self, vehicle: Vehicle, job: Job, move: str) -> None:
        """Make the next move of a job, unless the vehicle has another one by now."""
        if vehicle.job is not job:
            return
        crew = self._shift.roster.crew(vehicle.call_sign)
        facts = {}
        if move == "on_scene":
            self._tell(vehicle, job.goal)
        if move == "clear":
            step = f"outcome.{job.story.disposition}"
            facts["outcome"] = self._shift.phrases.of(step, job.story.number)
        try:
            moved = crew.post(f"assignments/{job.assignment_id}/moves/{move}", **facts)
        except RefusalError as refusal:
            self._shift.refused(refusal)
            job.refusals += 1
            if job.refusals < REFUSALS_LIMIT:
                self._look_again(vehicle, job)
            else:
                self._leave(vehicle)
            return
        self._shift.ledger.incident_move(job.incident_id, move)
        self._follow(vehicle, job, moved)

    def _look_again(self, vehicle: Vehicle, job: Job) -> None:
        """Somebody else was faster: go on from what they made of it."""
        crew = self._shift.roster.crew(vehicle.call_sign)
        found = crew.get("assignments", unit_id=vehicle.unit_id)
        now = next((one for one in found if one["id"] == job.assignment_id), None)
        if now is None:
            self._leave(vehicle)
        else:
            self._follow(vehicle, job, now)

    def _follow(self, vehicle: Vehicle, job: Job, assignment: Json) -> None:
        step = self._steps.get(assignment["state"])
        if step:
            step(vehicle, job)
            return
        self._leave(vehicle)
        self._when_ended(job)

    def _leave(self, vehicle: Vehicle) -> None:
        vehicle.job = None
        self._drive_home(vehicle)

    def _set_off(self, vehicle: Vehicle, goal: Place) -> Leg:
        now_ms = self._shift.agenda.now_ms
        leg = Leg(self._roads.path(*vehicle.place(now_ms), *goal), now_ms)
        vehicle.leg = leg
        return leg

    def _drive_home(self, vehicle: Vehicle) -> None:
        if vehicle.place(self._shift.agenda.now_ms) == vehicle.station:
            return
        leg = self._set_off(vehicle, vehicle.station)
        self._shift.agenda.at(leg.ends_ms, partial(self._come_home, vehicle, leg))

    def _come_home(self, vehicle: Vehicle, leg: Leg) -> None:
        if vehicle.leg is leg:
            vehicle.leg, vehicle.stands = None, vehicle.station
            self._tell(vehicle, vehicle.station)

    def _tell(self, vehicle: Vehicle, place: Place) -> None:
        """A crew tells its own position."""
        now_ms = self._shift.agenda.now_ms
        vehicle.told_ms = now_ms
        crew = self._shift.roster.crew(vehicle.call_sign)
        crew.post("unit-positions", positions=[_fix(vehicle, place, now_ms)])

    def _tell_positions(self) -> None:
        """The vehicles' own devices tell theirs, all in one batch."""
        now_ms = self._shift.agenda.now_ms
        stale_ms = now_ms - milliseconds(STANDING_TELL_EVERY_S)
        due = [v for v in self._vehicles.values() if v.leg or v.told_ms <= stale_ms]
        if due:
            fixes = [_fix(vehicle, vehicle.place(now_ms), now_ms) for vehicle in due]
            self._shift.roster.gateway.post("unit-positions", positions=fixes)
        for vehicle in due:
            vehicle.told_ms = now_ms
        self._shift.agenda.after(self._tell_every_s, self._tell_positions)


def _fix(vehicle: Vehicle, place: Place, at_ms: int) -> Json:
    lon, lat = (round(degrees, DEGREE_DIGITS) for degrees in place)
    return {"unit_id": vehicle.unit_id, "lon": lon, "lat": lat, "at": told(at_ms)}

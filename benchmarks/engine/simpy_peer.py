"""The policy of the simulation told a second time, as processes of simpy, in plain Python.

Written from the rules, not from the event loop: it looks at every unit for every call and at every
place for every position. So it is an oracle as well as a peer.
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import simpy

from anlan_engine.simulate import Calls, Posture
from anlan_engine.simulate.events.tables import STEPS, WEEK_S

OFF, STANDING, DRIVING, ASSIGNED = range(4)
HOUR_S = 3600.0


@dataclass
class Unit:
    """A unit and its present drive."""

    number: int
    home: int
    capabilities: int
    on_duty: bool
    status: int = OFF
    base: int = -1
    origin: int = -1
    goal: int = -1
    departs_s: float = 0.0
    arrives_s: float = 0.0
    job: tuple[int, int] | None = None
    process: Any = None


@dataclass
class Desk:
    """All that a dispatcher knows."""

    env: simpy.Environment
    posture: Posture
    calls: Calls
    travel_ms: np.ndarray
    hospital: np.ndarray
    units: list[Unit]
    arrived_s: np.ndarray
    waiting: list[tuple[int, int]] = field(default_factory=list)


def play_by_simpy(posture: Posture, calls: Calls) -> np.ndarray:
    """Play the calls; return when each was reached, NaN where it was not."""
    order = calls.in_order()
    fleet, ground = posture.fleet, posture.ground
    duty = np.ones((len(fleet), 168), bool) if fleet.on_duty is None else fleet.on_duty
    bits = np.ones(len(fleet), int) if fleet.capabilities is None else fleet.capabilities
    units = [
        Unit(number, int(home), int(bits[number]), bool(duty[number, 0]))
        for number, home in enumerate(fleet.home)
    ]
    hospital = np.where(
        calls.hospital == -2, ground.nearest_hospital()[calls.place], calls.hospital
    )
    desk = Desk(
        simpy.Environment(), posture, calls, np.rint(ground.travel_s * 1000.0).astype(np.int64),
        hospital, units, np.full(len(calls), np.nan),
    )  # fmt: skip
    for unit in units:
        if unit.on_duty:
            _stand_at_home(desk, unit)
    desk.env.process(_ring(desk, order))
    desk.env.process(_shifts(desk, duty))
    desk.env.run(until=float(calls.at_s.max()) + WEEK_S)
    return desk.arrived_s


def _ring(desk: Desk, order: np.ndarray) -> Any:
    ready_s = desk.calls.at_s + desk.calls.decide_s
    for rank, call in enumerate(order.tolist()):
        yield desk.env.timeout(ready_s[call] - desk.env.now)
        left = (rank, call)
        while left is not None:
            left = _dispatch(desk, *left)


def _shifts(desk: Desk, duty: np.ndarray) -> Any:
    hour = 0
    while True:
        yield desk.env.timeout(HOUR_S)
        hour += 1
        now, before = duty[:, hour % 168], duty[:, (hour - 1) % 168]
        for number in np.flatnonzero(now & ~before).tolist():
            _begin(desk, desk.units[number])
        for number in np.flatnonzero(before & ~now).tolist():
            unit = desk.units[number]
            unit.on_duty = False
            if unit.status != ASSIGNED:
                unit.status = OFF


def _begin(desk: Desk, unit: Unit) -> None:
    unit.on_duty = True
    if unit.status == OFF:
        home = int(desk.posture.ground.stations[unit.home])
        if not _take_waiting(desk, unit, home, turns_out=True):
            _stand_at_home(desk, unit)


def _stand_at_home(desk: Desk, unit: Unit) -> None:
    unit.status, unit.base = STANDING, unit.home
    unit.goal = int(desk.posture.ground.stations[unit.home])


def _position(desk: Desk, unit: Unit) -> int:
    now = desk.env.now
    if now <= unit.departs_s or unit.origin == unit.goal:
        return unit.origin
    gone = desk.travel_ms[unit.origin]
    whole = int(gone[unit.goal])
    elapsed_ms = int((now - unit.departs_s) * 1000.0)
    if unit.status == DRIVING:
        step = int(STEPS * (now - unit.departs_s) / (unit.arrives_s - unit.departs_s) + 0.5)
        if step in {0, STEPS}:
            return unit.goal if step else unit.origin
        elapsed_ms = whole * step // STEPS
    return int((gone + desk.travel_ms[:, unit.goal] - whole + abs(gone - elapsed_ms)).argmin())


def _travel_ms(desk: Desk, unit: Unit, place: int) -> int:
    driven_ms = int(max(desk.env.now - unit.departs_s, 0.0) * 1000.0)
    from_here = int(desk.travel_ms[_position(desk, unit), place])
    return max(from_here, int(desk.travel_ms[unit.origin, place]) - driven_ms)


def _dispatch(desk: Desk, rank: int, call: int) -> tuple[int, int] | None:
    unit = _choose(desk, call)
    if unit is None:
        desk.waiting.append((rank, call))
        return None
    if unit.status == STANDING:
        origin, departs_s = unit.goal, desk.env.now + float(desk.calls.turnout_s[call])
    else:
        origin, departs_s = _position(desk, unit), max(desk.env.now, unit.departs_s)
        place = int(desk.calls.place[call])
        hidden_ms = _travel_ms(desk, unit, place) - int(desk.travel_ms[origin, place])
        departs_s += hidden_ms / 1000.0
    left = None
    if unit.status == ASSIGNED:
        left = unit.job
        desk.arrived_s[left[1]] = np.nan
        unit.process.interrupt()
    _go(desk, unit, (rank, call), origin, departs_s)
    return left


def _choose(desk: Desk, call: int) -> Unit | None:
    to_call = desk.travel_ms[:, desk.calls.place[call]]
    needs, priority = int(desk.calls.needs[call]), int(desk.calls.priority[call])
    rules, stations, now = desk.posture.rules, desk.posture.ground.stations, desk.env.now
    standing, moving = [], []
    for unit in desk.units:
        if unit.status == DRIVING and unit.arrives_s <= now:
            unit.status = STANDING
        if unit.status == OFF or unit.capabilities & needs != needs:
            continue
        if unit.status == STANDING:
            standing.append((int(to_call[stations[unit.base]]), unit.base, unit.number))
        elif unit.status == DRIVING or (
            unit.arrives_s > now
            and rules.diverts is not None
            and rules.diverts[priority, desk.calls.priority[unit.job[1]]]
        ):
            moving.append(unit)
    return _nearest(desk, int(desk.calls.place[call]), standing, moving)


def _nearest(
    desk: Desk, place: int, standing: list[tuple[int, int, int]], moving: list[Unit]
) -> Unit | None:
    timed = [(_travel_ms(desk, unit, place), unit.number, unit.status) for unit in moving]
    idle = [(travel_ms, 0, base, number) for travel_ms, base, number in standing]
    idle += [(travel_ms, 1, 0, number) for travel_ms, number, status in timed if status == DRIVING]
    turned = [(travel_ms, number) for travel_ms, number, status in timed if status == ASSIGNED]
    idle_ms, *_, chosen = min(idle, default=(1 << 28, 0, 0, -1))
    gain_ms = int(desk.posture.rules.divert_gain_s * 1000.0)
    if turned and min(turned)[0] < idle_ms - gain_ms:
        chosen = min(turned)[1]
    return desk.units[chosen] if chosen >= 0 else None


def _go(desk: Desk, unit: Unit, job: tuple[int, int], origin: int, departs_s: float) -> None:
    call = job[1]
    unit.status, unit.job = ASSIGNED, job
    unit.origin, unit.goal = origin, int(desk.calls.place[call])
    unit.departs_s = departs_s
    unit.arrives_s = departs_s + int(desk.travel_ms[origin, unit.goal]) / 1000.0
    desk.arrived_s[call] = unit.arrives_s
    unit.process = desk.env.process(_serve(desk, unit, call))


def _serve(desk: Desk, unit: Unit, call: int) -> Any:
    calls, hospital = desk.calls, int(desk.hospital[call])
    try:
        yield desk.env.timeout(unit.arrives_s - desk.env.now)
        yield desk.env.timeout(float(calls.scene_s[call]))
        place = unit.goal
        if hospital >= 0:
            drive_s = int(desk.travel_ms[place, hospital]) / 1000.0
            yield desk.env.timeout(drive_s + float(calls.handover_s[call]))
            place = hospital
    except simpy.Interrupt:
        return
    unit.job = None
    if not unit.on_duty:
        unit.status = OFF
    elif not _take_waiting(desk, unit, place, turns_out=False):
        unit.status, unit.base, unit.origin = DRIVING, unit.home, place
        unit.goal = int(desk.posture.ground.stations[unit.home])
        unit.departs_s = desk.env.now
        unit.arrives_s = desk.env.now + int(desk.travel_ms[place, unit.goal]) / 1000.0


def _take_waiting(desk: Desk, unit: Unit, place: int, *, turns_out: bool) -> bool:
    needs, priority = desk.calls.needs, desk.calls.priority
    able = [job for job in desk.waiting if unit.capabilities & needs[job[1]] == needs[job[1]]]
    if not able:
        return False
    job = min(able, key=lambda job: (priority[job[1]], job[0]))
    desk.waiting.remove(job)
    turnout_s = float(desk.calls.turnout_s[job[1]]) if turns_out else 0.0
    _go(desk, unit, job, place, desk.env.now + turnout_s)
    return True

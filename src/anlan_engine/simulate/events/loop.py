"""The loop over what happens next: a change of shift, a unit that clears, a call."""

import numpy as np

from anlan_engine.compiled import compiled_in_place
from anlan_engine.prefetch import prefetch
from anlan_engine.simulate.events.backing import base_to_wait_at, count_idle
from anlan_engine.simulate.events.idle import leave_station, stand, start_moving, stop_moving
from anlan_engine.simulate.events.sending import drive_to_call, layer_at, send
from anlan_engine.simulate.events.soonest import first_due, set_due
from anlan_engine.simulate.events.tables import (
    ASSIGNED,
    DRIVING,
    HOUR_S,
    NONE,
    OFF,
    PENDING,
    SERVED,
    STANDING,
    UNSERVED,
    WEEK_S,
    Backing,
    Records,
    World,
)
from anlan_engine.simulate.events.waiting import take_waiting


@compiled_in_place
def run(world: World, backing: Backing, end_s: float) -> None:
    """Play all calls, until the last is clear or the time is `end_s`.

    At one moment shifts change first, then units clear (by number), then calls are answered.
    """
    calls = world.calls
    open_shifts(world, backing)
    call, change, shift_s = 0, 0, time_of_change(world.shifts, 0)
    look_ahead(world, call)
    while True:
        call_s = calls[call].ready_s if call < len(calls) else np.inf
        clear_s = world.soonest[1]
        change_s = shift_s if call_s < np.inf or world.totals[0].waiting > 0 else np.inf
        next_s = min(change_s, clear_s, call_s)
        if next_s > end_s or next_s == np.inf:
            break
        if change_s == next_s:
            change_shift(world, backing, change % len(world.shifts), change_s)
            change += 1
            shift_s = time_of_change(world.shifts, change)
        elif clear_s == next_s:
            clear(world, backing, first_due(world.soonest), clear_s)
        else:
            left = call
            while left != NONE:
                left = send(world, backing, left, call_s)
            call += 1
            look_ahead(world, call)
    close_calls(calls)


@compiled_in_place
def look_ahead(world: World, call: int) -> None:
    """Have at hand what the choice for the next call looks at first, while others clear.

    These are single numbers all over tables that fit in no cache: waiting for them would take a
    quarter of the time of the whole loop.
    """
    if call == len(world.calls):
        return
    roads, units, asked = world.roads, world.units, world.calls[call]
    layer = layer_at(roads, world.totals, asked.ready_s, asked.priority)
    prefetch(roads.order[layer, asked.place], 0)
    prefetch(roads.near_ms[layer, asked.place], 0)
    row = roads.to[layer, asked.place]
    for number in range(world.totals[0].moving):
        prefetch(row, units[units[number].moving].origin)


@compiled_in_place
def time_of_change(shifts: Records, change: int) -> float:
    """Return when the so-manieth change of shift after the start happens; infinity: never."""
    if len(shifts) == 0:
        return np.inf
    week, row = change // len(shifts), change % len(shifts)
    return float(week * WEEK_S + shifts[row].hour * HOUR_S)


@compiled_in_place
def open_shifts(world: World, backing: Backing) -> None:
    """Let those who are on duty at the start stand at home."""
    for unit in range(len(world.units)):
        if world.units[unit].on_duty:
            stand_at_home(world, backing, unit)


@compiled_in_place
def stand_at_home(world: World, backing: Backing, unit: int) -> None:
    """Let an idle unit stand at its home station."""
    idle = world.units[unit]
    idle.base = idle.home
    idle.goal = world.stations[idle.home].place
    stand(world.units, world.stations, unit)
    count_idle(backing, world.totals, idle.base, 1)


@compiled_in_place
def change_shift(world: World, backing: Backing, row: int, at_s: float) -> None:
    """Begin or end the shift of one unit; one that is on a call ends when that is done."""
    unit = world.shifts[row].unit
    changed = world.units[unit]
    changed.on_duty = world.shifts[row].begins
    if changed.on_duty and changed.status == OFF:
        home = world.stations[changed.home].place
        call = next_call(world, unit, home, at_s)
        if call == NONE:
            stand_at_home(world, backing, unit)
        else:
            departs_s = at_s + world.calls[call].turnout_s
            drive_to_call(world, unit, call, at_s, home, departs_s)
    elif not changed.on_duty and changed.status != ASSIGNED:
        if changed.status == STANDING:
            leave_station(world.units, world.stations, unit)
        stop_moving(world.units, world.totals, unit)
        if changed.status != OFF:
            count_idle(backing, world.totals, changed.base, -1)
        changed.status = OFF


@compiled_in_place
def next_call(world: World, unit: int, place: int, at_s: float) -> int:
    """Take the waiting call that a unit at a place serves next, or -1."""
    if world.totals[0].waiting == 0:
        return NONE
    roads, bits = world.roads, world.units[unit].capabilities
    layer = layer_at(roads, world.totals, at_s, 0)
    return take_waiting(world.calls, world.priorities, world.totals, bits, roads.out[layer, place])


@compiled_in_place
def clear(world: World, backing: Backing, unit: int, at_s: float) -> None:
    """End a unit's call; it takes the next one, goes off duty, or drives to a station."""
    done, idle = world.calls[world.units[unit].job], world.units[unit]
    done.outcome = SERVED
    place = done.place if done.hospital == NONE else done.hospital
    idle.job = NONE
    stop_moving(world.units, world.totals, unit)
    set_due(world.soonest, unit, np.inf)
    if not idle.on_duty:
        idle.status = OFF
        return
    waiting = next_call(world, unit, place, at_s)
    if waiting != NONE:
        drive_to_call(world, unit, waiting, at_s, place, at_s)
    else:
        drive_to_station(world, backing, unit, at_s, place)


@compiled_in_place
def drive_to_station(world: World, backing: Backing, unit: int, at_s: float, place: int) -> None:
    """Send an idle unit home, or where it adds most to what is covered."""
    roads, idle = world.roads, world.units[unit]
    layer = layer_at(roads, world.totals, at_s, roads.layer.shape[1] - 1)
    base = idle.home
    if world.totals[0].moves_up:
        base = base_to_wait_at(backing, roads.drive_s[layer, place], base)
        world.totals[0].relocated += base != idle.home
    idle.status, idle.base, idle.layer = DRIVING, base, layer
    idle.origin, idle.goal = place, world.stations[base].place
    idle.departs_s = at_s
    idle.arrives_s = at_s + roads.drive_s[layer, place, base]
    start_moving(world.units, world.totals, unit)
    count_idle(backing, world.totals, base, 1)


@compiled_in_place
def close_calls(calls: Records) -> None:
    """Mark what was not done when the run ended."""
    for call in range(len(calls)):
        if calls[call].outcome == PENDING:
            calls[call].outcome = UNSERVED

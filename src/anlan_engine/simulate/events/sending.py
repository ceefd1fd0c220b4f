"""Which unit goes, and what then becomes of it."""

from anlan_engine.compiled import compiled_in_place
from anlan_engine.simulate.events.backing import count_idle, guarded_choice
from anlan_engine.simulate.events.idle import first_capable, leave_station, settle, start_moving
from anlan_engine.simulate.events.positions import driven_ms, position, travel_ms_from_road
from anlan_engine.simulate.events.soonest import set_due
from anlan_engine.simulate.events.tables import (
    ASSIGNED,
    FAR_MS,
    HOUR_S,
    LOST,
    NONE,
    STANDING,
    WEEK_HOURS,
    Backing,
    Records,
    Roads,
    World,
)
from anlan_engine.simulate.events.waiting import wait


@compiled_in_place
def layer_at(roads: Roads, totals: Records, at_s: float, column: int) -> int:
    """Return which matrix of travel times holds for a purpose at a moment."""
    if len(roads.to) == 1:
        return 0
    hour = (totals[0].first_hour + int(at_s / HOUR_S)) % WEEK_HOURS
    return int(roads.layer[hour, column])


@compiled_in_place
def nearest_standing(world: World, call: int, layer: int) -> tuple[int, int]:
    """Return the capable standing unit with the least travel time (-1: none) and that time."""
    needs, place = world.calls[call].needs, world.calls[call].place
    order, near_ms = world.roads.order[layer, place], world.roads.near_ms[layer, place]
    for nearness in range(len(order)):
        if near_ms[nearness] >= FAR_MS:
            break
        unit = first_capable(world.units, world.stations, order[nearness], needs)
        if unit != NONE:
            return unit, int(near_ms[nearness])
    return NONE, FAR_MS


@compiled_in_place
def nearest_moving(
    world: World, call: int, layer: int, at_s: float, unit: int, best_ms: int
) -> int:
    """Return a unit on the road that should go rather than `unit` with its `best_ms`, else that.

    An idle one that is nearer; or one under way to a lesser call that is nearer than all idle ones
    by more than the gain asked for. Of equal ones, the one with the lower number. A unit cannot be
    nearer than its origin is less what it has driven since, so most are passed over without asking
    where they are, or whether they may be taken.
    """
    roads, units, asked = world.roads, world.units, world.calls[call]
    row, takes_from = roads.to[layer, asked.place], world.priorities[asked.priority].takes_from
    idle, idle_ms, turned, turned_ms = unit, best_ms, NONE, FAR_MS
    gain_ms = int(world.totals[0].divert_gain_s * 1000.0)
    for number in range(world.totals[0].moving):
        candidate = units[number].moving
        moving = units[candidate]
        under_way = moving.status == ASSIGNED
        beat_ms = min(turned_ms, idle_ms - gain_ms) if under_way else idle_ms
        least_ms = row[moving.origin] - driven_ms(units, candidate, at_s)
        if moving.layer == layer and least_ms > beat_ms:
            continue
        if under_way and not (takes_from >> moving.job_priority) & 1:
            continue
        if moving.capabilities & asked.needs != asked.needs:
            continue
        travel_ms = travel_ms_from_road(roads, units, candidate, at_s, asked.place, layer)
        if under_way:
            if travel_ms < turned_ms or (travel_ms == turned_ms and candidate < turned):
                turned, turned_ms = candidate, travel_ms
        elif travel_ms < idle_ms or (travel_ms == idle_ms and candidate < idle != unit):
            idle, idle_ms = candidate, travel_ms
    return turned if turned_ms < idle_ms - gain_ms else idle


@compiled_in_place
def choose(world: World, backing: Backing, call: int, at_s: float) -> int:
    """Return the unit to send to a call, or -1."""
    settle(world.units, world.stations, world.totals, at_s)
    priority = world.calls[call].priority
    layer = layer_at(world.roads, world.totals, at_s, priority)
    if world.priorities[priority].guard_s > 0.0:
        unit = guarded_choice(world, backing, call, layer, at_s)
        if unit != NONE:
            return unit
    unit, best_ms = nearest_standing(world, call, layer)
    return nearest_moving(world, call, layer, at_s, unit, best_ms)


@compiled_in_place
def send(world: World, backing: Backing, call: int, at_s: float) -> int:
    """Send a unit to a call, or let the call wait; return the call that was left for it, or -1."""
    units, calls = world.units, world.calls
    unit = choose(world, backing, call, at_s)
    if unit == NONE:
        if world.totals[0].calls_wait:
            wait(calls, world.priorities, world.totals, call)
        else:
            calls[call].outcome = LOST
        return NONE
    chosen, left = units[unit], units[unit].job
    if left != NONE:
        chosen.wasted_s += at_s - calls[left].sent_s
        world.totals[0].diverted += 1
    else:
        count_idle(backing, world.totals, chosen.base, -1)
    if chosen.status == STANDING:
        leave_station(units, world.stations, unit)
        drive_to_call(world, unit, call, at_s, chosen.goal, at_s + calls[call].turnout_s)
    else:
        redirect(world, unit, call, at_s)
    return int(left)


@compiled_in_place
def redirect(world: World, unit: int, call: int, at_s: float) -> None:
    """Send a unit that is on the road to a call from where it is."""
    roads, units, asked = world.roads, world.units, world.calls[call]
    layer = layer_at(roads, world.totals, at_s, asked.priority)
    travel_ms = travel_ms_from_road(roads, units, unit, at_s, asked.place, layer)
    origin = position(roads, units, unit, at_s)
    departs_s = max(at_s, units[unit].departs_s)
    # A position is known to the next place only: the way from there may be this much shorter.
    hidden_ms = travel_ms - roads.to[layer, asked.place, origin]
    drive_to_call(world, unit, call, at_s, origin, departs_s + hidden_ms / 1000.0)


@compiled_in_place
def drive_to_call(
    world: World, unit: int, call: int, at_s: float, origin: int, departs_s: float
) -> None:
    """Put a unit on its way to a call and work out when it will be clear of it."""
    roads, asked, sent = world.roads, world.calls[call], world.units[unit]
    layer = layer_at(roads, world.totals, at_s, asked.priority)
    arrives_s = departs_s + roads.to[layer, asked.place, origin] / 1000.0
    cleared_s = arrives_s + asked.scene_s
    if asked.hospital != NONE:
        plain = layer_at(roads, world.totals, cleared_s, roads.layer.shape[1] - 1)
        cleared_s += roads.to[plain, asked.hospital, asked.place] / 1000.0 + asked.handover_s
    sent.status, sent.layer = ASSIGNED, layer
    sent.job, sent.job_priority = call, asked.priority
    sent.origin, sent.goal = origin, asked.place
    sent.departs_s, sent.arrives_s = departs_s, arrives_s
    asked.unit, asked.sent_s = unit, at_s
    asked.arrived_s, asked.cleared_s = arrives_s, cleared_s
    start_moving(world.units, world.totals, unit)
    set_due(world.soonest, unit, cleared_s)

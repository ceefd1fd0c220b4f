"""What the idle units cover, and the two decisions that look at it: where to wait, whom to send."""

from anlan_engine.assign.guard import NO_UNIT, guarded_unit, shift_cover
from anlan_engine.compiled import compiled_in_place
from anlan_engine.coverage import NOWHERE, best_post
from anlan_engine.simulate.events.idle import first_capable
from anlan_engine.simulate.events.positions import travel_ms_from_road
from anlan_engine.simulate.events.tables import DRIVING, F64, NONE, Backing, Records, World


@compiled_in_place
def count_idle(backing: Backing, totals: Records, base: int, change: int) -> None:
    """Count one idle unit in (`change` 1) or out (-1) at the station where it is or will be."""
    if totals[0].moves_up:
        post_unit(backing, base, change)
    if totals[0].guards:
        shift_cover(backing.guard, backing.depth, base, change)


@compiled_in_place
def post_unit(backing: Backing, base: int, change: int) -> None:
    """Do what `anlan_engine.coverage.post_units` does, for one unit, in less time.

    The steps at each group of demand are worked out once, and then summed for each station that
    shares demand: nothing in memory is added to more than once.
    """
    reach, cover, gain, overlap = backing.reach, backing.cover, backing.gain, backing.overlap
    first = reach.by_site[base]
    for row in range(reach.by_site[base + 1] - first):
        demand = reach.demand[first + row]
        before = cover.counts[demand]
        cover.counts[demand] = before + change
        backing.steps[row] = reach.weight[demand] * (gain[before + change] - gain[before])
    for pair in range(overlap.first_beside[base], overlap.first_beside[base + 1]):
        more = 0.0
        for shared in range(overlap.first_row[pair], overlap.first_row[pair + 1]):
            more += backing.steps[overlap.row[shared]]
        cover.worth[overlap.beside[pair]] += more


@compiled_in_place
def base_to_wait_at(backing: Backing, drive_s: F64, home: int) -> int:
    """Return the station where one more idle unit adds most; home where none can be reached."""
    base = best_post(backing.cover, backing.room, drive_s)
    return home if base == NOWHERE else base


@compiled_in_place
def guarded_choice(world: World, backing: Backing, call: int, layer: int, at_s: float) -> int:
    """Return the idle unit that the guard sends, or -1 where none arrives within its time.

    Of several units at one station only the first that is capable is asked about: the others are
    as far away and as much missed.
    """
    units, roads, asked = world.units, world.roads, world.calls[call]
    limit_s = world.priorities[asked.priority].guard_s
    count = 0
    order, near_ms = roads.order[layer, asked.place], roads.near_ms[layer, asked.place]
    for nearness in range(len(order)):
        station, travel_s = order[nearness], near_ms[nearness] / 1000.0
        if travel_s > limit_s:
            break
        unit = first_capable(units, world.stations, station, asked.needs)
        if unit != NONE:
            count = _ask(backing, count, unit, station, travel_s)
    for number in range(world.totals[0].moving):
        unit = units[number].moving
        idle = units[unit].status == DRIVING
        if idle and units[unit].capabilities & asked.needs == asked.needs:
            travel_ms = travel_ms_from_road(roads, units, unit, at_s, asked.place, layer)
            travel_s = travel_ms / 1000.0
            if travel_s <= limit_s:
                count = _ask(backing, count, unit, units[unit].base, travel_s)
    extra_s = world.totals[0].guard_extra_s
    chosen = guarded_unit(
        backing.asked_s[:count], backing.asked_base[:count], asked.priority == 0, limit_s, extra_s,
        backing.guard, backing.depth,
    )  # fmt: skip
    return NONE if chosen == NO_UNIT else int(backing.asked_unit[chosen])


@compiled_in_place
def _ask(backing: Backing, count: int, unit: int, base: int, travel_s: float) -> int:
    backing.asked_unit[count] = unit
    backing.asked_base[count] = base
    backing.asked_s[count] = travel_s
    return count + 1

"""Where a unit on the road is."""

import numpy as np

from anlan_engine.compiled import compiled_in_place
from anlan_engine.simulate.events.tables import DRIVING, FAR_MS, I32, NONE, STEPS, Records, Roads

BLOCK = 128
"""Places that are compared together: the best block is found first, then the place in it."""


@compiled_in_place
def place_between(from_origin: I32, to_goal: I32, goal: int, elapsed_ms: int) -> int:
    """Return the place nearest to where a drive has got to.

    The place that lies best on a fastest way (least detour) and is reached from the origin most
    nearly after `elapsed_ms`; both are counted in milliseconds and weigh the same. Of equal ones
    the first.

    Parameters
    ----------
    from_origin, to_goal : int32, (P,)
        Milliseconds from the origin to each place, and from each place to the goal.
    goal : int
        The goal as a place.
    elapsed_ms : int
        Since departure.
    """
    whole, elapsed = from_origin[goal], np.int32(elapsed_ms)
    best_block, best_off = 0, FAR_MS
    for block in range(0, len(from_origin), BLOCK):
        end = block + BLOCK
        off = int(least_off(from_origin[block:end], to_goal[block:end], whole, elapsed))
        if off < best_off:
            best_block, best_off = block, off
    for place in range(best_block, min(best_block + BLOCK, len(from_origin))):
        if (
            from_origin[place] + to_goal[place] - whole + abs(from_origin[place] - elapsed)
            == best_off
        ):
            return place
    return goal


@compiled_in_place
def least_off(from_origin: I32, to_goal: I32, whole: np.int32, elapsed: np.int32) -> np.int32:
    """Return how far off the nearest of some places is, in whole numbers of one machine width.

    Sixteen are compared in one step of the processor, as floating point would not allow.
    """
    least = np.int32(FAR_MS)
    for place in range(len(from_origin)):
        gone = from_origin[place]
        detour = np.int32(gone + to_goal[place] - whole)
        off = np.int32(detour + abs(np.int32(gone - elapsed)))
        least = min(least, off)
    return least


@compiled_in_place
def position(roads: Roads, units: Records, unit: int, at_s: float) -> int:
    """Return the place where a unit that is moving is at a moment before it arrives."""
    moving = units[unit]
    origin, goal, layer = moving.origin, moving.goal, moving.layer
    elapsed_s = at_s - moving.departs_s
    if elapsed_s <= 0.0 or origin == goal:
        return int(origin)
    from_origin, to_goal = roads.out[layer, origin], roads.to[layer, goal]
    if moving.status != DRIVING:
        if moving.looked_s != at_s:
            moving.passing = place_between(from_origin, to_goal, goal, int(elapsed_s * 1000.0))
            moving.looked_s = at_s
        return int(moving.passing)
    drive_s = moving.arrives_s - moving.departs_s
    step = int(STEPS * elapsed_s / drive_s + 0.5)
    if step == 0 or step == STEPS:
        return int(origin if step == 0 else goal)
    passed = roads.waypoint[layer, origin, moving.base]
    if passed[step - 1] == NONE:
        passed_ms = int(from_origin[goal]) * step // STEPS
        passed[step - 1] = place_between(from_origin, to_goal, goal, passed_ms)
    return int(passed[step - 1])


@compiled_in_place
def driven_ms(units: Records, unit: int, at_s: float) -> int:
    """Return for how long a unit has been driving."""
    return int(max(at_s - units[unit].departs_s, 0.0) * 1000.0)


@compiled_in_place
def travel_ms_from_road(
    roads: Roads, units: Records, unit: int, at_s: float, place: int, layer: int
) -> int:
    """Return how long a unit on the road would take to a place from where it is.

    Never less than the way from its origin less what it has driven, which a position rounded to
    the next place might suggest.
    """
    row, moving = roads.to[layer, place], units[unit]
    travel_ms = int(row[position(roads, units, unit, at_s)])
    if moving.layer != layer:
        return travel_ms
    return max(travel_ms, int(row[moving.origin]) - driven_ms(units, unit, at_s))

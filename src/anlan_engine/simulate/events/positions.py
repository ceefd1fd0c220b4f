"""Where a unit on the road is."""

import numpy as np

from anlan_engine.compiled import compiled_in_place
from anlan_engine.simulate.events.tables import DRIVING, F32, NONE, STEPS, Records, Roads


@compiled_in_place
def place_between(from_origin: F32, to_goal: F32, goal: int, elapsed_s: float) -> int:
    """Return the place nearest to where a drive has got to.

    The place that lies best on a fastest way (least detour) and is reached from the origin most
    nearly after `elapsed_s`; both are counted in seconds and weigh the same.

    Parameters
    ----------
    from_origin, to_goal : float32, (P,)
        Seconds from the origin to each place, and from each place to the goal.
    goal : int
        The goal as a place.
    elapsed_s : float
        Since departure.
    """
    whole, elapsed = from_origin[goal], np.float32(elapsed_s)
    best, best_off = goal, np.float32(np.inf)
    for place in range(len(from_origin)):
        gone = from_origin[place]
        off = (gone + to_goal[place] - whole) + abs(gone - elapsed)
        if off < best_off:
            best, best_off = place, off
    return best


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
        return place_between(from_origin, to_goal, goal, elapsed_s)
    drive_s = moving.arrives_s - moving.departs_s
    step = int(STEPS * elapsed_s / drive_s + 0.5)
    if step == 0 or step == STEPS:
        return int(origin if step == 0 else goal)
    passed = roads.waypoint[layer, origin, moving.base]
    if passed[step - 1] == NONE:
        passed[step - 1] = place_between(from_origin, to_goal, goal, drive_s * step / STEPS)
    return int(passed[step - 1])

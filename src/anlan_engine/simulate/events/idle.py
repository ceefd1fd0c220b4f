"""Lists of idle and moving units."""

from anlan_engine.compiled import compiled_in_place
from anlan_engine.simulate.events.tables import DRIVING, NONE, STANDING, Records


@compiled_in_place
def stand(units: Records, stations: Records, unit: int) -> None:
    """Let a unit stand at its base; units at one station are kept by number."""
    base = stations[units[unit].base]
    before, behind = NONE, base.first
    while behind != NONE and behind < unit:
        before, behind = behind, units[behind].behind
    units[unit].before, units[unit].behind = before, behind
    if before == NONE:
        base.first = unit
    else:
        units[before].behind = unit
    if behind != NONE:
        units[behind].before = unit
    units[unit].status = STANDING


@compiled_in_place
def leave_station(units: Records, stations: Records, unit: int) -> None:
    """Take a standing unit out of its station's list."""
    before, behind = units[unit].before, units[unit].behind
    if before == NONE:
        stations[units[unit].base].first = behind
    else:
        units[before].behind = behind
    if behind != NONE:
        units[behind].before = before


@compiled_in_place
def start_moving(units: Records, totals: Records, unit: int) -> None:
    """List a unit among those on the road; nothing changes if it is there."""
    if units[unit].slot == NONE:
        row = totals[0].moving
        units[row].moving = unit
        units[unit].slot = row
        totals[0].moving = row + 1


@compiled_in_place
def stop_moving(units: Records, totals: Records, unit: int) -> None:
    """Take a unit out of those on the road; nothing changes if it is not there."""
    row = units[unit].slot
    if row != NONE:
        last = totals[0].moving - 1
        moved = units[last].moving
        units[row].moving = moved
        units[moved].slot = row
        units[unit].slot = NONE
        totals[0].moving = last


@compiled_in_place
def settle(units: Records, stations: Records, totals: Records, at_s: float) -> None:
    """Take those who have arrived by now off the road; the idle ones stand at their base."""
    row = 0
    while row < totals[0].moving:
        unit = units[row].moving
        if units[unit].arrives_s > at_s:
            row += 1
            continue
        stop_moving(units, totals, unit)
        if units[unit].status == DRIVING:
            stand(units, stations, unit)


@compiled_in_place
def first_capable(units: Records, stations: Records, station: int, needs: int) -> int:
    """Return the first unit standing at a station that has all that is needed, or -1."""
    unit = stations[station].first
    while unit != NONE and units[unit].capabilities & needs != needs:
        unit = units[unit].behind
    return int(unit)

"""Play given calls in a posture, once."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from anlan_engine.simulate.calls import NEAREST, Calls
from anlan_engine.simulate.errors import SimulationError
from anlan_engine.simulate.events import tables
from anlan_engine.simulate.events.loop import run
from anlan_engine.simulate.events.tables import LOST, NONE, SERVED, UNSERVED, WEEK_S
from anlan_engine.simulate.ground import Ground
from anlan_engine.simulate.posture import Posture, roads_of

F64 = npt.NDArray[np.float64]

DRAIN_S = WEEK_S
"""Calls that are open at the end of the time may still be served for so long."""

__all__ = ["DRAIN_S", "LOST", "SERVED", "UNSERVED", "Played", "play"]


@dataclass(frozen=True, slots=True, eq=False)
class Played:
    """What became of each call (in the order in which they were given) and each unit.

    Attributes
    ----------
    outcome : array of int8, shape (N,)
        SERVED, LOST (nobody was idle and calls do not wait) or UNSERVED (nobody was found, or done,
        within `DRAIN_S` after the end).
    unit : array of int32, shape (N,)
        Who served it; -1 for nobody.
    sent_s, arrived_s, cleared_s : array of float, shape (N,)
        When that unit was sent, arrived and was done, seconds from the start; NaN if not served.
    response_s : array of float, shape (N,)
        From the call to the arrival; NaN if not served.
    wasted_s : array of float, shape (U,)
        What each unit drove for calls from which it was turned round.
    most_waiting, diverted, relocated : int
        Longest queue; units turned round; drives to a station other than home.
    """

    outcome: npt.NDArray[np.int8]
    unit: npt.NDArray[np.int32]
    sent_s: F64
    arrived_s: F64
    cleared_s: F64
    response_s: F64
    wasted_s: F64
    most_waiting: int
    diverted: int
    relocated: int


def play(posture: Posture, calls: Calls, *, first_hour: int = 0) -> Played:
    """Play calls in a posture.

    A discrete event simulation: units turn out, drive, work, take people to hospitals, drive to a
    station and can be sent on from wherever they are on that way. Nothing is drawn by chance here:
    the same calls give the same result, and every posture can be given the same calls.

    Parameters
    ----------
    posture : Posture
    calls : Calls
        May be none at all.
    first_hour : int
        Hour of the week at the start, 0 (Monday 0:00) to 167.

    Returns
    -------
    Played

    Raises
    ------
    SimulationError
        OUT_OF_RANGE for places, priorities or an hour that do not exist.
    """
    if not 0 <= first_hour < tables.WEEK_HOURS:
        raise SimulationError(
            code="OUT_OF_RANGE", field="first_hour", low=0, high=tables.WEEK_HOURS - 1, index=0,
            value=first_hour,
        )  # fmt: skip
    calls.check(posture.ground.places, posture.rules.priorities)
    order = calls.in_order()
    world = set_out(posture, calls, order, first_hour)
    run(world, posture.backing(), float(calls.at_s.max(initial=0.0)) + DRAIN_S)
    return _played(world, calls, order)


def set_out(
    posture: Posture, calls: Calls, order: npt.NDArray[np.int64], first_hour: int
) -> tables.World:
    """Set everything out for a start with all units at home; calls in the given order."""
    ground, fleet, rules = posture.ground, posture.fleet, posture.rules
    stations = np.empty(len(ground.stations), tables.STATION)
    stations["place"], stations["first"] = ground.stations, NONE
    leaves = 1 << max(1, (len(fleet) - 1).bit_length())
    return tables.World(
        units=fleet.units(first_hour),
        calls=_call_table(calls, order, ground),
        stations=stations,
        priorities=rules.priority_table(),
        shifts=fleet.shifts(first_hour),
        totals=rules.totals(first_hour),
        soonest=np.full(2 * leaves, np.inf),
        roads=roads_of(ground, rules.priorities),
    )


def _call_table(calls: Calls, order: npt.NDArray[np.int64], ground: Ground) -> tables.Records:
    table = np.zeros(len(calls), tables.CALL)
    for name in ("place", "priority", "needs", "turnout_s", "scene_s", "hospital", "handover_s"):
        table[name] = getattr(calls, name)[order]
    nearest = ground.nearest_hospital()[table["place"]]
    table["hospital"] = np.where(table["hospital"] == NEAREST, nearest, table["hospital"])
    table["ready_s"] = (calls.at_s + calls.decide_s)[order]
    table["sent_s"] = table["arrived_s"] = table["cleared_s"] = np.nan
    table["unit"] = table["behind"] = NONE
    table["outcome"] = tables.PENDING
    return table


def _played(world: tables.World, calls: Calls, order: npt.NDArray[np.int64]) -> Played:
    """Put the results back into the order in which the calls were given."""
    jobs, totals = world.calls, world.totals[0]
    served = jobs["outcome"] == SERVED
    back = np.empty_like(order)
    back[order] = np.arange(len(order))

    def times(values: F64) -> F64:
        return np.where(served, values, np.nan)[back]

    arrived_s = times(jobs["arrived_s"])
    return Played(
        outcome=jobs["outcome"][back],
        unit=np.where(served, jobs["unit"], NONE)[back],
        sent_s=times(jobs["sent_s"]),
        arrived_s=arrived_s,
        cleared_s=times(jobs["cleared_s"]),
        response_s=arrived_s - calls.at_s,
        wasted_s=world.units["wasted_s"].copy(),
        most_waiting=int(totals["most_waiting"]),
        diverted=int(totals["diverted"]),
        relocated=int(totals["relocated"]),
    )

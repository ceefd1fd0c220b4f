"""The guarded choice of one unit, compiled: what the live ranking and the simulation share.

The guard comes first, coverage second. The most urgent calls always get the fastest unit. Any other
call gets a unit that arrives in time wherever one can; among those, the one whose leaving costs
least expected coverage. Where nobody arrives in time, the fastest goes.

Expected coverage is that of MEXCLP (Daskin 1983): a cell of demand `w` that `k` free units reach in
time is served with probability 1 - q**k when each unit is busy a share `q` of the time, so taking
the k-th of them away costs `w * (1 - q) * q**(k - 1)`. Using it to choose among units is the
dispatch rule of Jagtenberg, Bhulai and van der Mei (2017), who report that it delays calls when it
may pick any unit: hence the guard.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from anlan_engine.compiled import compiled_in_place

F64 = npt.NDArray[np.float64]
I32 = npt.NDArray[np.int32]

NO_UNIT = -1
NO_PLACE = -1
"""In place of a place: the unit covers nothing where it stands."""


class Cover(NamedTuple):
    """Which cells of demand can be reached in time from which places.

    Attributes
    ----------
    first : int32[places + 1]
        Where each place's cells begin in `cell`.
    cell : int32[pairs]
        Cells reached in time, each once per place.
    weight : float64[cells]
        Expected calls of each cell, in any unit.
    worth : float64[most + 1]
        What the k-th free unit within reach adds to the chance of being served in time:
        `(1 - q) * q**(k - 1)`; 0 for k = 0. More than `most` units count as `most`.
    """

    first: I32
    cell: I32
    weight: F64
    worth: F64


@compiled_in_place
def shift_cover(cover: Cover, depth: I32, place: int, change: int) -> None:
    """Count a unit in (`change` 1) or out (-1) of the cells reached from a place, in `depth`.

    Parameters
    ----------
    cover : Cover
    depth : int32[cells]
        Free units that reach each cell in time; changed.
    place : int
        `NO_PLACE` changes nothing.
    change : int
    """
    if place >= 0:
        for row in range(cover.first[place], cover.first[place + 1]):
            depth[cover.cell[row]] += change


@compiled_in_place
def cost_of_leaving(cover: Cover, depth: I32, place: int) -> float:
    """Expected coverage lost when one free unit leaves a place, in the unit of the weights.

    Parameters
    ----------
    cover : Cover
    depth : int32[cells]
        Free units that reach each cell in time, the one that would leave included.
    place : int
        `NO_PLACE` costs nothing.
    """
    lost = 0.0
    if place >= 0:
        most = len(cover.worth) - 1
        for row in range(cover.first[place], cover.first[place + 1]):
            cell = cover.cell[row]
            lost += cover.weight[cell] * cover.worth[min(depth[cell], most)]
    return lost


@compiled_in_place
def fastest_unit(travel: F64) -> int:
    """Return the unit with the least finite travel time, of equal ones the first; or `NO_UNIT`."""
    best = NO_UNIT
    least = np.inf
    for unit in range(len(travel)):
        if travel[unit] < least:
            best, least = unit, travel[unit]
    return best


@compiled_in_place
def guarded_unit(
    travel: F64, place: I32, urgent: bool, limit: float, extra: float, cover: Cover, depth: I32  # noqa: FBT001
) -> int:  # fmt: skip
    """Choose one unit: the fastest, or one in time whose leaving costs less coverage.

    Parameters
    ----------
    travel : float64[units]
        Time of each unit to the call; inf for one that may not be sent.
    place : int32[units]
        Where each stands, as a row of `cover.first`; `NO_PLACE` where it covers nothing.
    urgent : bool
        A call of the most urgent class: the fastest goes, whatever it costs.
    limit : float
        What "in time" means, in the unit of `travel`.
    extra : float
        At most so much later than the fastest, in the unit of `travel`; inf for no such bound.
    cover : Cover
    depth : int32[cells]
        Free units that reach each cell in time; all units with finite `travel` counted in.

    Returns
    -------
    int
        Row of the unit; `NO_UNIT` where none can be sent. Of units that cost the same the fastest,
        of equally fast ones the first.
    """
    fastest = fastest_unit(travel)
    if fastest == NO_UNIT or urgent or travel[fastest] > limit:
        return fastest
    latest = min(limit, travel[fastest] + extra)
    best, least = fastest, cost_of_leaving(cover, depth, place[fastest])
    for unit in range(len(travel)):
        if unit != fastest and travel[unit] <= latest:
            lost = cost_of_leaving(cover, depth, place[unit])
            if lost < least or (lost == least and travel[unit] < travel[best]):
                best, least = unit, lost
    return best


def worth_by_depth(busy_share: float, most: int) -> F64:
    """Fill `Cover.worth` for units that are busy a share of the time.

    Parameters
    ----------
    busy_share : float
        At least 0, below 1.
    most : int
        Units within reach of one cell that are told apart; at least 1.
    """
    worth = np.zeros(most + 1)
    worth[1:] = (1.0 - busy_share) * busy_share ** np.arange(most)
    return worth


def warm_guard() -> None:
    """Compile the choice."""
    cover = Cover(
        np.array([0, 1], np.int32), np.zeros(1, np.int32), np.ones(1), worth_by_depth(0.5, 4)
    )
    depth = np.zeros(1, np.int32)
    shift_cover(cover, depth, 0, 1)
    guarded_unit(np.ones(1), np.zeros(1, np.int32), False, 1.0, np.inf, cover, depth)  # noqa: FBT003

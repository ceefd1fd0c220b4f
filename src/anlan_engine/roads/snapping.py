"""Put positions onto streets: the nearest point of the nearest segment."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from anlan_engine.compiled import compiled
from anlan_engine.roads.graph import DEGREE_UNITS, RoadGraph
from anlan_engine.sphere import METRES_PER_DEGREE

F64 = npt.NDArray[np.float64]
I32 = npt.NDArray[np.int32]

NO_SEGMENT = -1


@dataclass(frozen=True, slots=True, eq=False)
class Spots:
    """Where positions touch the network.

    Attributes
    ----------
    segment : int32[n]
        `NO_SEGMENT` where no street is within reach.
    along_mm : int32[n]
        Millimetres from the segment's start along its shape.
    away_m : float64[n]
        Metres from the position to the street; inf where none is within reach.
    """

    segment: I32
    along_mm: I32
    away_m: F64


class _Streets(NamedTuple):
    """What snapping reads of a `RoadGraph`."""

    segment_first: I32
    shape: I32
    shape_mm: I32
    grid_box: I32
    grid_size: I32
    grid_first: I32
    grid_point: I32


def snap(graph: RoadGraph, positions: F64, reach_m: float) -> Spots:
    """Find the nearest street of each position.

    Parameters
    ----------
    graph : RoadGraph
    positions : float64[n, 2]
        Longitude, latitude in degrees; finite.
    reach_m : float
        Streets further away than these metres are not considered.

    Returns
    -------
    Spots
        Of equally near streets the one with the lowest number. Distances are taken on a plane that
        touches the earth at the position: exact to a millimetre within a kilometre.
    """
    streets = _Streets(*(getattr(graph, name) for name in _Streets._fields))
    table = np.ascontiguousarray(positions, np.float64)
    return Spots(*_snap_all(streets, table, float(reach_m)))


@compiled
def _on_piece(shape: I32, point: int, lon: float, lat: float, east: float) -> tuple[float, float]:
    """Squared metres to a piece of shape, and the share of the piece where it is nearest."""
    north = METRES_PER_DEGREE
    x1 = (shape[point, 0] / DEGREE_UNITS - lon) * east
    y1 = (shape[point, 1] / DEGREE_UNITS - lat) * north
    dx = (shape[point + 1, 0] - shape[point, 0]) / DEGREE_UNITS * east
    dy = (shape[point + 1, 1] - shape[point, 1]) / DEGREE_UNITS * north
    length = dx * dx + dy * dy
    share = 0.0
    if length > 0.0:
        share = min(max(-(x1 * dx + y1 * dy) / length, 0.0), 1.0)
    x, y = x1 + share * dx, y1 + share * dy
    return x * x + y * y, share


@compiled
def _nearest(streets: _Streets, lon: float, lat: float, reach_m: float) -> tuple[int, float, float]:
    """Search the grid ring by ring; return the piece (or -1), the share along it, the metres."""
    west, south, width, height = streets.grid_box
    columns, rows = streets.grid_size
    east = METRES_PER_DEGREE * np.cos(np.radians(lat))
    across, up = (lon * DEGREE_UNITS - west) / width, (lat * DEGREE_UNITS - south) / height
    column, row = int(np.floor(across)), int(np.floor(up))
    wide_m, high_m = width / DEGREE_UNITS * east, height / DEGREE_UNITS * METRES_PER_DEGREE
    side_m = min(
        min(across - column, column + 1 - across) * wide_m, min(up - row, row + 1 - up) * high_m
    )
    best, best_share, best_square = -1, 0.0, reach_m * reach_m
    ring = 0
    # From inside its cell to ring r: to the nearest side of the cell, and r - 1 cells more.
    while ring == 0 or side_m + (ring - 1) * min(wide_m, high_m) <= np.sqrt(best_square):
        for y in range(max(row - ring, 0), min(row + ring, rows - 1) + 1):
            whole_row = ring == 0 or abs(y - row) == ring
            for x in range(column - ring, column + ring + 1, 1 if whole_row else 2 * ring):
                if 0 <= x < columns:
                    cell = y * columns + x
                    for place in range(streets.grid_first[cell], streets.grid_first[cell + 1]):
                        point = streets.grid_point[place]
                        square, share = _on_piece(streets.shape, point, lon, lat, east)
                        level = square == best_square and (best < 0 or point < best)
                        if square < best_square or level:
                            best, best_share, best_square = point, share, square
        ring += 1
    return best, best_share, np.sqrt(best_square)


@compiled
def _snap_all(streets: _Streets, positions: F64, reach_m: float) -> tuple[I32, I32, F64]:
    """Snap every position; see `Spots` for what comes back."""
    count = len(positions)
    segment = np.full(count, NO_SEGMENT, np.int32)
    along_mm = np.zeros(count, np.int32)
    away_m = np.full(count, np.inf)
    for number in range(count):
        lon, lat = positions[number]
        point, share, metres = _nearest(streets, lon, lat, reach_m)
        if point >= 0:
            segment[number] = np.searchsorted(streets.segment_first, point, side="right") - 1
            piece_mm = streets.shape_mm[point + 1] - streets.shape_mm[point]
            along_mm[number] = streets.shape_mm[point] + int(np.rint(share * piece_mm))
            away_m[number] = metres
    return segment, along_mm, away_m

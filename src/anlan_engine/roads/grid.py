"""A grid over the streets, to find the nearest one without looking at all."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from anlan_engine.roads.graph import DEGREE_UNITS

I32 = npt.NDArray[np.int32]
I64 = npt.NDArray[np.int64]

CELL_HEIGHT = 10_000
"""0.001 degree of latitude, about 111 m."""

CELLS_MAX = 1 << 20
"""Coarser cells are taken until the grid has no more than these."""


class Grid(NamedTuple):
    """See the `grid_*` arrays of :class:`anlan_engine.roads.RoadGraph`."""

    box: I32
    size: I32
    first: I32
    point: I32


def snapping_grid(shape: I32, first: I32) -> Grid:
    """Sort the pieces of all shapes into the cells their bounding boxes touch.

    Parameters
    ----------
    shape : int32[points, 2]
        Longitude, latitude, in `DEGREE_UNITS`.
    first : int32[segments + 1]
        Where each segment's shape begins.

    Returns
    -------
    Grid
        Square cells on the ground (near enough), some 111 m wide unless the area is vast.
    """
    starts = np.ones(len(shape), np.bool_)
    starts[first[1:] - 1] = False
    points = np.flatnonzero(starts)
    if not len(points):
        return Grid(*(np.array(part, np.int32) for part in ([0, 0, 1, 1], [0, 0], [0], [])))
    low = np.minimum(shape[points], shape[points + 1]).astype(np.int64)
    high = np.maximum(shape[points], shape[points + 1]).astype(np.int64)
    south_west = low.min(axis=0)
    cell = _cell(south_west, high.max(axis=0))
    columns, rows = (int(count) for count in (high.max(axis=0) - south_west) // cell + 1)
    cells, owners = _touched((low - south_west) // cell, (high - south_west) // cell, columns)
    order = np.lexsort((owners, cells))
    return Grid(
        box=np.concatenate([south_west, cell]).astype(np.int32),
        size=np.array([columns, rows], np.int32),
        first=np.searchsorted(cells[order], np.arange(columns * rows + 1)).astype(np.int32),
        point=points[owners[order]].astype(np.int32),
    )


def _cell(south_west: I64, north_east: I64) -> I64:
    """Width and height of a cell, doubled until the grid is small enough."""
    middle = np.radians((south_west[1] + north_east[1]) / 2 / DEGREE_UNITS)
    cell = np.array([CELL_HEIGHT / max(np.cos(middle), 0.01), CELL_HEIGHT], np.int64)
    while np.prod((north_east - south_west) // cell + 1) > CELLS_MAX:
        cell *= 2
    return cell


def _touched(low: I64, high: I64, columns: int) -> tuple[I64, I64]:
    """Pair every cell with every box (from `low` to `high`, in cells) that touches it."""
    span = high - low + 1
    counts = span[:, 0] * span[:, 1]
    owners = np.repeat(np.arange(len(low)), counts)
    within = np.arange(len(owners)) - np.repeat(np.cumsum(counts) - counts, counts)
    column = low[owners, 0] + within % span[owners, 0]
    row = low[owners, 1] + within // span[owners, 0]
    return row * columns + column, owners

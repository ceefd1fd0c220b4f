"""The sea: what lies to the right of the coastlines, within the city's box."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import shapely

Points = npt.NDArray[np.object_]
Box = tuple[float, float, float, float]

ASIDE_DEGREES = 1e-6
"""How far beside a coastline a point is taken to tell sea from land: about 10 cm."""


def sea_within(coastlines: Sequence[shapely.Geometry], box: Box) -> shapely.Geometry | None:
    """Find the sea in a box from coastlines that have land on their left.

    Parameters
    ----------
    coastlines : sequence of LineString
        Directed as OpenStreetMap wants it: land left, water right (wiki, *natural=coastline*).
    box : (west, south, east, north)
        Degrees.

    Returns
    -------
    MultiPolygon, Polygon or None
        None where no coastline parts the box. A part on which the coastlines contradict each
        other (they are cut off inside the box) counts as land: rather too little sea than a
        flooded city.
    """
    frame = shapely.box(*box)
    lines = shapely.union_all([line for line in coastlines if shapely.intersects(line, frame)])
    inside = shapely.intersection(lines, frame)
    if inside.is_empty:
        return None
    cut = shapely.union_all([inside, frame.exterior])
    parts = shapely.get_parts(shapely.polygonize([cut]))
    right, left = _both_sides(coastlines)
    tree = shapely.STRtree(parts)
    wet = np.bincount(tree.query(right, predicate="within")[1], minlength=len(parts))
    dry = np.bincount(tree.query(left, predicate="within")[1], minlength=len(parts))
    sea = shapely.union_all(parts[(wet > 0) & (dry == 0)])
    return None if sea.is_empty else sea


def _both_sides(coastlines: Sequence[shapely.Geometry]) -> tuple[Points, Points]:
    """Points just right and just left of the middle of each step of the lines."""
    right, left = [], []
    for line in coastlines:
        at = shapely.get_coordinates(line)
        middle, step = (at[1:] + at[:-1]) / 2, np.diff(at, axis=0)
        length = np.hypot(step[:, 0], step[:, 1])[:, np.newaxis]
        aside = np.stack([step[:, 1], -step[:, 0]], axis=1) / np.where(length > 0, length, 1.0)
        right.append(middle + aside * ASIDE_DEGREES)
        left.append(middle - aside * ASIDE_DEGREES)
    return (
        np.asarray(shapely.points(np.concatenate(right))),
        np.asarray(shapely.points(np.concatenate(left))),
    )

"""Where streets meet."""

from collections import defaultdict

import numpy as np
import numpy.typing as npt
from scipy.spatial import KDTree

from anlan_engine.city.opened import City
from anlan_engine.roads import DEGREE_UNITS, NO_NAME
from anlan_engine.sphere import METRES_PER_DEGREE

SAME_CROSSING_M = 60.0
"""Junctions of two streets within this are one crossing: roads with separate carriageways."""

NEARLY_M = 40.0
"""Streets that come so close without a common junction meet too."""

CROSSINGS_LIMIT = 5

F64 = npt.NDArray[np.float64]
I32 = npt.NDArray[np.int32]


class Crossings:
    """The junctions of a city by the streets that meet there."""

    def __init__(self, city: City) -> None:
        graph = city.graph
        self._node_at: F64 = graph.node_at / DEGREE_UNITS
        narrowing = float(np.cos(np.radians(self._node_at[:, 1].mean())))
        self._metres = np.array([METRES_PER_DEGREE * narrowing, METRES_PER_DEGREE])
        self._rows: dict[str, list[int]] = defaultdict(list)
        for row, name in enumerate(city.street_names[0]):
            self._rows[name].append(row)
        named = graph.segment_name[graph.arc_segment]
        ends = np.concatenate([graph.arc_tail, graph.arc_head])
        pairs = np.unique(np.column_stack([np.concatenate([named, named]), ends]), axis=0)
        pairs = pairs[pairs[:, 0] != NO_NAME]
        self._node = pairs[:, 1]
        self._first = np.searchsorted(pairs[:, 0], np.arange(len(city.street_names[0]) + 1))

    def of(self, one: str, other: str) -> list[tuple[float, float]]:
        """Give longitude and latitude of where two streets, by their local names, meet.

        At most `CROSSINGS_LIMIT`; none where a name is unknown or the streets stay apart.
        """
        first, second = self._nodes(one), self._nodes(other)
        if one == other or not len(first) or not len(second):
            return []
        shared = np.intersect1d(first, second)
        points = self._node_at[shared] if len(shared) else self._nearly(first, second)
        return [tuple(at) for at in self._apart(points)[:CROSSINGS_LIMIT].tolist()]

    def _nodes(self, name: str) -> I32:
        rows = self._rows.get(name, ())
        parts = [self._node[self._first[row] : self._first[row + 1]] for row in rows]
        return np.unique(np.concatenate(parts)) if parts else np.zeros(0, np.int32)

    def _nearly(self, first: I32, second: I32) -> F64:
        one, other = self._node_at[first], self._node_at[second]
        found = KDTree(other * self._metres).query(one * self._metres)
        metres, rows = np.asarray(found[0]), np.asarray(found[1])
        nearest = int(np.argmin(metres))
        if metres[nearest] > NEARLY_M:
            return np.zeros((0, 2))
        middle: F64 = (one[nearest] + other[rows[nearest]])[np.newaxis] / 2
        return middle

    def _apart(self, points: F64) -> F64:
        """One point for each group that lies together."""
        groups: list[F64] = []
        for point in points:
            near = (
                number
                for number, group in enumerate(groups)
                if np.hypot(*((group.mean(axis=0) - point) * self._metres)) <= SAME_CROSSING_M
            )
            number = next(near, None)
            if number is None:
                groups.append(point[np.newaxis])
            else:
                groups[number] = np.vstack([groups[number], point])
        return np.array([group.mean(axis=0) for group in groups]).reshape(-1, 2)

"""Compile every numeric function once, so that no first request waits for it.

Run as `python -m anlan_engine.warm` when a machine is set up. The machine code is kept beside the
sources (or in the user's cache folder where those may not be written); running it again only loads
what is there.
"""

import numpy as np

from anlan_engine.assign.guard import warm_guard
from anlan_engine.assign.matching import warm_matching
from anlan_engine.cordon.warming import warm_cordon
from anlan_engine.hierarchy.warm import warm_hierarchy
from anlan_engine.roads import NO_NAME
from anlan_engine.roads.build import StreetWay, build_graph
from anlan_engine.routing import RoadTimes


def warm() -> None:
    """Ask every compiled function one small question."""
    warm_hierarchy()
    square = {1: (0, 0), 2: (10_000, 0), 3: (10_000, 10_000), 4: (0, 10_000)}
    ways = [
        StreetWay(1, (1, 2, 3, 4, 1), NO_NAME, 30.0, 30.0),
        StreetWay(2, (1, 3), NO_NAME, 30, 30),
    ]
    times = RoadTimes(build_graph(ways, square, []).graph)
    times.times_to(0.0, 0.0, np.array([[0.001, 0.001]]))
    times.times_from(0.0, 0.0, np.array([[0.001, 0.001]]))
    warm_guard()
    warm_matching()
    warm_cordon()


if __name__ == "__main__":
    warm()

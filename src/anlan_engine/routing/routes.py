"""The fastest route between two places, as stretches of arcs."""

from collections.abc import Iterator

import numpy as np

from anlan_engine.routing.lines import Stretch
from anlan_engine.routing.network import NO_ARC, Network
from anlan_engine.routing.places import Places
from anlan_engine.routing.searches import arriving

Route = list[Stretch]


def fastest_route(network: Network, start: Places, end: Places) -> Route | None:
    """Find the fastest route from one place to another; None where there is none."""
    found = [*_along(start, end), *_by_turns(network, start, end)]
    _, route = min(found, key=lambda pair: pair[0], default=(0, None))
    return route


def _along(start: Places, end: Places) -> Iterator[tuple[int, Route]]:
    """Stay on the segment that both share."""
    for side in (0, 1):
        arc = int(start.arc[0, side])
        begin, stop = int(start.along_mm[0, side]), int(end.along_mm[0, side])
        if arc != NO_ARC and arc == end.arc[0, side] and begin <= stop:
            cost = int(end.before[0, side] - start.before[0, side])
            yield cost, [Stretch(arc, begin, stop)]


def _by_turns(network: Network, start: Places, end: Places) -> Iterator[tuple[int, Route]]:
    """Drive off each side of the start, into each arc that follows, and on to the end."""
    goal = arriving(network, end)
    for side in (0, 1):
        leave = int(start.arc[0, side])
        if leave == NO_ARC:
            continue
        after = int(start.after[0, side])
        departure = Stretch(leave, int(start.along_mm[0, side]), None)
        for arc in network.onward(leave).tolist():
            for arcs, costs in zip(goal.arcs, goal.costs, strict=True):
                way = network.metric.way([arc], arcs, start_costs=[after], end_costs=costs)
                if way is not None:
                    driven = [arc, *network.graph.turn_to[way.arcs].tolist()]
                    last = network.graph.arc_plain[driven[-1]]
                    at = int(end.along_mm[0, int(np.argmax(end.arc[0] == last))])
                    whole = [Stretch(one, 0, None) for one in driven[:-1]]
                    yield way.cost, [departure, *whole, Stretch(driven[-1], 0, at)]

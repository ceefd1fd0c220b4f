"""Which unit could make which visit if it had nothing else to do."""

from enum import IntEnum

import numpy as np
import numpy.typing as npt

from anlan_engine.compiled import compiled
from anlan_engine.patrol.model import Model

F64 = npt.NDArray[np.float64]
U8 = npt.NDArray[np.uint8]


class Reach(IntEnum):
    """The last obstacle between a unit and a visit; the further along the higher."""

    NOT_ABLE = 0
    """Without the capability, or another unit's break, or no choice on this day."""
    NO_WAY = 1
    """No way there and on to the end post."""
    NOT_IN_TIME = 2
    """A way, but not within window and shift."""
    REACHED = 3


NOT_ABLE, NO_WAY, NOT_IN_TIME, REACHED = (int(one) for one in Reach)


@compiled
def alone(m: Model, travel: F64, c: int, r: int) -> int:
    """Tell whether a round of one choice alone could be."""
    choice, shift = m.choices[c], m.shifts[r]
    there = travel[shift.start_place, choice.entry]
    back = travel[choice.exit, shift.end_place]
    if there == np.inf or back == np.inf:
        return NO_WAY
    begin = max(choice.early, shift.start + there)
    if begin > choice.late or begin + choice.stay + back > shift.end:
        return NOT_IN_TIME
    return REACHED


@compiled
def reach_matrix(m: Model, travel: F64) -> U8:
    """Give the `Reach` of each job (row) by each round (column)."""
    jobs, rounds = m.serve_cost.shape
    reach = np.zeros((jobs, rounds), np.uint8)
    for job in range(jobs):
        for r in range(rounds):
            if m.serve_cost[job, r] < np.inf:
                for c in range(m.jobs[job].first, m.jobs[job].end):
                    if m.choices[c].day == m.shifts[r].day:
                        reach[job, r] = max(reach[job, r], alone(m, travel, c, r))
    return reach


@compiled
def least_from(travel: F64, origin: int) -> F64:
    """Give the least times from a place over any chain of places (Dijkstra 1959, dense)."""
    places = len(travel)
    least: F64 = travel[origin].copy()
    least[origin] = 0.0
    done = np.zeros(places, np.bool_)
    for _ in range(places):
        nearest, time = -1, np.inf
        for place in range(places):
            if not done[place] and least[place] < time:
                nearest, time = place, least[place]
        if nearest < 0:
            break
        done[nearest] = True
        for place in range(places):
            least[place] = min(least[place], time + travel[nearest, place])
    return least


def with_least_from_posts(m: Model) -> F64:
    """Give travel times with the least ones from and to the posts, over any chain of places.

    Road times are such already, but a proof must not rest on it; and a line or area may be a
    short cut for who visits it on the way.
    """
    travel = m.travel.copy()
    np.minimum.at(travel, (m.choices["entry"], m.choices["exit"]), m.choices["stay"])
    reverse, forward = np.ascontiguousarray(travel.T), travel.copy()
    for post in np.unique(m.shifts["start_place"]):
        travel[post] = least_from(forward, int(post))
    for post in np.unique(m.shifts["end_place"]):
        travel[:, post] = np.minimum(travel[:, post], least_from(reverse, int(post)))
    return travel


@compiled
def shortest(travel: F64) -> F64:
    """Give the least times over any chain of places (Floyd 1962, "Algorithm 97")."""
    least = travel.copy()
    for via in range(len(least)):
        row = least[via]
        for origin in range(len(least)):
            first = least[origin, via]
            if first < np.inf:
                for destination in range(len(least)):
                    time = first + row[destination]
                    if time < least[origin, destination]:
                        least[origin, destination] = time
    return least

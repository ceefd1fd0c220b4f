"""Nobody goes out without the breaks due, whatever must be left out for it."""

from collections import defaultdict

import numpy as np

from anlan_engine.patrol.model import Compiled, Model
from anlan_engine.patrol.recreate import empty_bench, put_cheapest
from anlan_engine.patrol.rounds import NOWHERE, Rounds, cheapest_in_round, put, take


def give_breaks(compiled: Compiled, found: Rounds) -> None:
    """Empty each round that has visits but lacks a break, give it its breaks, then fill it again.

    The search counts breaks among what must be done; this is for the few it found no room for.
    A round whose breaks do not fit in the order of their windows either stays empty.
    """
    m, due = compiled.model, defaultdict[int, list[int]](list)
    for index, job in enumerate(compiled.jobs):
        if job.pause is not None:
            due[job.round_index].append(index)
    bench = empty_bench(m, 1)
    for r, breaks in due.items():
        length = int(found.totals["length"][r])
        if length == 0 or (found.states["in_round"][breaks] == r).all():
            continue
        visits = [int(job) for job in found.stops[r, :length] if job not in breaks]
        take(m, found, r, 0, length)
        if not _put_all(m, found, r, breaks):
            m.serve_cost[:, r] = np.inf
        for visit in visits:
            put_cheapest(m, found, bench, visit)


def _put_all(m: Model, found: Rounds, r: int, breaks: list[int]) -> bool:
    """Put breaks into an empty round; leave it empty where one finds no room."""
    first = m.jobs["first"][breaks]
    for job in np.array(breaks)[np.argsort(m.choices["early"][first], kind="stable")]:
        span = (0, int(found.totals["length"][r]) + 1)
        _, k, c = cheapest_in_round(m, found, int(job), r, 0.0, span)
        if k == NOWHERE:
            take(m, found, r, 0, int(found.totals["length"][r]))
            return False
        put(m, found, int(job), r, k, c)
    return True

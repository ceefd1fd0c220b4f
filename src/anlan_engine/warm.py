"""Compile every numeric function once, so that no first request waits for it.

Run as `python -m anlan_engine.warm` when a machine is set up. The machine code is kept beside the
sources (or in the user's cache folder where those may not be written); running it again only loads
what is there.
"""

import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from anlan_engine.assign.batch import warm_batch
from anlan_engine.assign.guard import warm_guard
from anlan_engine.assign.matching import warm_matching
from anlan_engine.cordon.warming import warm_cordon
from anlan_engine.coverage.warming import warm_coverage
from anlan_engine.hierarchy.warm import warm_hierarchy
from anlan_engine.patrol.warming import warm_patrol
from anlan_engine.routing.warm import warm_routing
from anlan_engine.simulate.warming import warm_simulation

Ask = Callable[[], None]

TOGETHER: tuple[tuple[Ask, ...], ...] = (
    (warm_hierarchy, warm_routing),
    (warm_guard, warm_matching, warm_batch, warm_cordon, warm_coverage, warm_simulation),
    (warm_patrol,),
)
"""What calls the same functions is warmed by the same process, so that none is compiled twice."""


def warm() -> None:
    """Ask every compiled function one small question."""
    for number in range(len(TOGETHER)):
        warm_together(number)


def warm_together(number: int) -> None:
    """Ask the functions of one row of `TOGETHER`."""
    for ask in TOGETHER[number]:
        ask()


def warm_on_all_cores() -> None:
    """Do the same in several processes; what they keep is there for all."""
    workers = min(len(TOGETHER), os.cpu_count() or 1)
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        for done in [pool.submit(warm_together, number) for number in range(len(TOGETHER))]:
            done.result()


if __name__ == "__main__":
    warm_on_all_cores()

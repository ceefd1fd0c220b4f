"""Compile every numeric function once, so that no first request waits for it.

Run as `python -m anlan_engine.warm` when a machine is set up. The machine code is kept beside the
sources (or in the user's cache folder where those may not be written); running it again only loads
what is there.
"""

from anlan_engine.assign.batch import warm_batch
from anlan_engine.assign.guard import warm_guard
from anlan_engine.assign.matching import warm_matching
from anlan_engine.cordon.warming import warm_cordon
from anlan_engine.coverage.warming import warm_coverage
from anlan_engine.hierarchy.warm import warm_hierarchy
from anlan_engine.patrol.warming import warm_patrol
from anlan_engine.routing.warm import warm_routing
from anlan_engine.simulate.warming import warm_simulation


def warm() -> None:
    """Ask every compiled function one small question."""
    warm_hierarchy()
    warm_routing()
    warm_guard()
    warm_matching()
    warm_batch()
    warm_cordon()
    warm_coverage()
    warm_patrol()
    warm_simulation()


if __name__ == "__main__":
    warm()

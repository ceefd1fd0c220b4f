"""A small question that compiles every function of this package."""

import numpy as np

from anlan_engine.patrol.problem import (
    Break,
    PatrolProblem,
    PatrolUnit,
    Window,
    area,
    line,
    point,
)
from anlan_engine.patrol.solve import plan_patrols


def warm_patrol() -> None:
    """Plan a round with more to do than there is time for, so that proofs are sought too."""
    travel = np.full((4, 4), 60.0) - 60.0 * np.eye(4)
    shift = Window(0.0, 3600.0)
    unit = PatrolUnit("unit", 0, 0, shift, breaks=(Break(shift, 60.0),))
    visits = (
        point("point", 1, stay_s=60.0, times=2),
        point("gate", 2, stay_s=1800.0, windows=(Window(600.0, 600.0),)),
        point("other gate", 3, stay_s=1800.0, windows=(Window(600.0, 600.0),)),
        line("line", (1, 2), along_s=60.0, value=10.0),
        area("area", (1, 3), stay_s=60.0, value=10.0),
    )
    plan_patrols(PatrolProblem(travel, (unit,), visits, days=2), iterations=50)

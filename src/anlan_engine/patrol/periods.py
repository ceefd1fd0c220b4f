"""When each choice can begin, given the units that could make it: what the proofs share."""

import numpy as np
import numpy.typing as npt

from anlan_engine.compiled import compiled
from anlan_engine.patrol.model import Model
from anlan_engine.patrol.reach import REACHED, alone

F64 = npt.NDArray[np.float64]


@compiled
def periods(m: Model, travel: F64) -> tuple[F64, F64]:
    """Narrow each choice's window to what the units that could make it can keep."""
    early, late = np.full(len(m.choices), np.inf), np.full(len(m.choices), -np.inf)
    for c in range(len(m.choices)):
        choice = m.choices[c]
        for r in range(len(m.shifts)):
            shift = m.shifts[r]
            able = m.serve_cost[choice.job, r] < np.inf and choice.day == shift.day
            if able and alone(m, travel, c, r) == REACHED:
                arrive = shift.start + travel[shift.start_place, choice.entry]
                leave = shift.end - travel[choice.exit, shift.end_place] - choice.stay
                early[c] = min(early[c], max(choice.early, arrive))
                late[c] = max(late[c], min(choice.late, leave))
    return early, late

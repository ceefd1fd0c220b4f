"""The calls of a simulated time, each with everything about it that is left to chance."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from anlan_engine.simulate.checks import check_places, check_shape, check_times

F64 = npt.NDArray[np.float64]
I32 = npt.NDArray[np.int32]

STAYS = -1
"""In place of a hospital: nobody is taken anywhere."""

NEAREST = -2
"""In place of a hospital: whichever of the posture's is nearest, none where it has none."""


@dataclass(frozen=True, slots=True, eq=False)
class Calls:
    """Calls for help, in any order. Each carries its own draws: every policy meets the same day.

    A call that needs two units is two calls at the same moment and place.

    Attributes
    ----------
    at_s : array of float, shape (N,)
        When the telephone rings, seconds from the start.
    place : array of int, shape (N,)
    priority : array of int, shape (N,)
        0 is the most urgent.
    needs : array of int, shape (N,)
        Capabilities that the unit must have, all of them, as a sum of powers of two.
    decide_s : array of float, shape (N,)
        From the call to the moment when a unit can be sent.
    turnout_s : array of float, shape (N,)
        From sending to departure; only for a unit that stands at its station.
    scene_s : array of float, shape (N,)
        From arrival to the end of the work there.
    hospital : array of int, shape (N,)
        The place that somebody is taken to, `NEAREST` or `STAYS`.
    handover_s : array of float, shape (N,)
        At the hospital.

    Raises
    ------
    SimulationError
        WRONG_SHAPE, NOT_A_TIME, OUT_OF_RANGE.
    """

    at_s: F64
    place: I32
    priority: I32
    needs: I32
    decide_s: F64
    turnout_s: F64
    scene_s: F64
    hospital: I32
    handover_s: F64

    def __post_init__(self) -> None:
        """Refuse what are no calls."""
        for name in ("place", "priority", "needs", "hospital"):
            check_shape(name, getattr(self, name), self.at_s.shape)
        for name in ("at_s", "decide_s", "turnout_s", "scene_s", "handover_s"):
            check_shape(name, getattr(self, name), self.at_s.shape)
            check_times(name, getattr(self, name))

    def __len__(self) -> int:
        """Return how many calls there are."""
        return len(self.at_s)

    def in_order(self) -> npt.NDArray[np.int64]:
        """Return the order in which they can be answered (equal moments: as given)."""
        return np.argsort(self.at_s + self.decide_s, kind="stable")

    def check(self, places: int, priorities: int) -> None:
        """Refuse places and priorities that do not exist: OUT_OF_RANGE."""
        check_places("place", self.place, places)
        check_places("hospital", self.hospital, places, least=NEAREST)
        check_places("priority", self.priority, priorities)
        check_places("needs", self.needs, 1 << 31)

"""Play a study a replication at a time, and tell of each place how soon somebody came.

For whoever wants to see the figures grow, or to stop: what `compare` gives at the end is what
`weighed` gives of the same rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from anlan_engine.simulate.events.tables import SERVED
from anlan_engine.simulate.figures import Figures, measured
from anlan_engine.simulate.playing import play
from anlan_engine.simulate.posture import Posture
from anlan_engine.simulate.study import Study, drawn

F64 = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Replication:
    """One posture in one replication.

    Attributes
    ----------
    figures : array of float
        One row as `weighed` takes it.
    response_s, served : array of float, shape (P,)
        Of each place: the response times of the calls there that were served, added up, and how
        many those are.
    """

    figures: F64
    response_s: F64
    served: F64


def played_by_place(
    postures: Sequence[Posture], study: Study, replication: int
) -> list[Replication]:
    """Play one replication of a study: every posture meets the same calls.

    Raises
    ------
    SimulationError
        ANOTHER_GROUND, OUT_OF_RANGE where study and postures do not fit together.
    """
    calls, window = drawn(postures, study, replication), study.window
    counted = (calls.at_s >= window.begin_s) & (calls.at_s < window.end_s)
    found = []
    for posture in postures:
        played = play(posture, calls, first_hour=study.first_hour)
        served = counted & (played.outcome == SERVED)
        place, places = calls.place[served], posture.ground.places
        found.append(
            Replication(
                measured(posture, calls, played, window),
                np.bincount(place, played.response_s[served], minlength=places).astype(np.float64),
                np.bincount(place, minlength=places).astype(np.float64),
            )
        )
    return found


def weighed(a: F64, b: F64, confidence: float = 0.95) -> tuple[Figures, Figures, Figures]:
    """Weigh two postures by their rows of the same replications: a, b, and b less a, paired.

    Parameters
    ----------
    a, b : array of float, shape (R, columns)
        `Replication.figures`, one row for each replication, in the same order.
    confidence : float
        Of all intervals, between 0 and 1.
    """
    return Figures.of(a, confidence), Figures.of(b, confidence), Figures.of(b - a, confidence)

"""Compile the event loop with one small question."""

import numpy as np

from anlan_engine.simulate.calls import STAYS, Calls
from anlan_engine.simulate.fleet import Fleet
from anlan_engine.simulate.ground import Ground
from anlan_engine.simulate.playing import play
from anlan_engine.simulate.posture import Posture
from anlan_engine.simulate.rules import Expected, Rules


def warm_simulation() -> None:
    """Play one call."""
    one = np.ones(1)
    rules = Rules((1.0,), moves_up=True, expected=Expected(one, 1.0, 0.5))
    posture = Posture(
        "", Ground(np.zeros((1, 1)), np.zeros(1, int)), Fleet(np.zeros(1, int)), rules
    )
    place, stays = np.zeros(1, np.int32), np.full(1, STAYS, np.int32)
    play(posture, Calls(one, place, place, place, one, one, one, stays, one))

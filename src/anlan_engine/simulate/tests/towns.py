"""Small towns whose days can be worked out by hand."""

import numpy as np

from anlan_engine.simulate import STAYS, Calls, Fleet, Ground, Posture, Rules

MINUTE_S = 60.0


def street(places: int, *, step_s: float = MINUTE_S, stations: tuple[int, ...] = (0,)) -> Ground:
    """Places in a row, a minute apart."""
    at = np.arange(places)
    travel_s = np.abs(at[:, None] - at[None, :]) * step_s
    return Ground(travel_s, np.array(stations))


def calls(
    *rows: tuple[float, int],
    priority: tuple[int, ...] = (),
    needs: tuple[int, ...] = (),
    scene_s: float = 600.0,
    turnout_s: float = 0.0,
    hospital: int = STAYS,
    handover_s: float = 0.0,
) -> Calls:
    """Calls at given moments and places, alike in all else."""
    count = len(rows)
    return Calls(
        at_s=np.array([at_s for at_s, _ in rows], np.float64),
        place=np.array([place for _, place in rows], np.int32),
        priority=np.array(priority or (0,) * count, np.int32),
        needs=np.array(needs or (1,) * count, np.int32),
        decide_s=np.zeros(count),
        turnout_s=np.full(count, turnout_s),
        scene_s=np.full(count, scene_s),
        hospital=np.full(count, hospital, np.int32),
        handover_s=np.full(count, handover_s),
    )


def posture(ground: Ground, home: tuple[int, ...], rules: Rules, **fleet: object) -> Posture:
    """Units at stations."""
    return Posture("town", ground, Fleet(np.array(home), **fleet), rules)  # type: ignore[arg-type]

"""From the question of a study to postures of the engine, and from its rows to figures.

Places of the simulation are the grid cells that may call, then the stands of A and of B.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from anlan_engine.routing import RoadTimes
from anlan_engine.simulate import (
    CallKind,
    CallPattern,
    Duration,
    Fleet,
    Ground,
    Posture,
    Rules,
    Study,
)

F64 = npt.NDArray[np.float64]
Stand = Mapping[str, Any]

WEEK_DAYS = 7
DAY_HOURS = 24
PRIORITIES = 4
WARM_UP_HOURS = 6.0
DECIDE_VARIATION = 0.5
TURNOUT_VARIATION = 0.4
WITHIN_S = (60.0, 180.0, 300.0)


@dataclass(frozen=True, slots=True)
class Scene:
    """What a study plays: the two postures, its calls, and which cells somebody can drive to."""

    postures: tuple[Posture, Posture]
    study: Study
    reached: npt.NDArray[np.bool_]
    nearest_s: tuple[F64, F64]
    weight: F64

    def covered(self) -> list[list[float]]:
        """Return the share of past demand that a stand of A, of B is near, for each `WITHIN_S`."""
        total = float(self.weight.sum())
        return [
            [float(self.weight[nearest_s <= within_s].sum()) / total for within_s in WITHIN_S]
            for nearest_s in self.nearest_s
        ]


def scene(
    question: Mapping[str, Any], a: Sequence[Stand], b: Sequence[Stand], times: RoadTimes
) -> Scene:
    """Set out what a study plays."""
    cells = np.array([cell[1:3] for cell in question["cells"]], np.float64).reshape(-1, 2)
    weight = np.array([cell[3] for cell in question["cells"]], np.float64)
    at = np.concatenate([cells, _positions(a), _positions(b)])
    travel_s = np.asarray(times.times_between(at, at).travel_s, np.float64)
    first_a, first_b = len(cells), len(cells) + len(a)
    nearest_s = (
        travel_s[first_a:first_b, : len(cells)].min(axis=0),
        travel_s[first_b:, : len(cells)].min(axis=0),
    )
    reached = np.isfinite(np.minimum(*nearest_s))
    kinds = _kinds(question)
    bits = {name: 1 << row for row, name in enumerate(kinds)}
    rules = Rules(late_after_s=(float(question["within_s"]),) * PRIORITIES)
    postures = tuple(
        Posture(
            name,
            Ground(travel_s, np.arange(first, first + len(stands))),
            _fleet(stands, bits),
            rules,
        )
        for name, stands, first in (("A", a, first_a), ("B", b, first_b))
    )
    shares = np.where(reached, weight, 0.0)
    study = Study(
        _pattern(question, shares, len(at), bits),
        days=float(question["days"]),
        replications=2,
        seed=int(question["seed"]),
        warm_up_hours=WARM_UP_HOURS,
    )
    return Scene((postures[0], postures[1]), study, reached, nearest_s, weight)


def _positions(stands: Sequence[Stand]) -> F64:
    return np.array([(one["lon"], one["lat"]) for one in stands], np.float64).reshape(-1, 2)


def _kinds(question: Mapping[str, Any]) -> list[str]:
    return sorted({one["unit_kind"] for one in question["jobs"]})


def _fleet(stands: Sequence[Stand], bits: Mapping[str, int]) -> Fleet:
    """Return the units of a posture; those that no call asks for stand there and are not sent."""
    home = [row for row, one in enumerate(stands) for _ in range(one["count"])]
    brings = [bits.get(one["unit_kind"], 0) for one in stands for _ in range(one["count"])]
    return Fleet(np.array(home, np.int64), np.array(brings, np.int64))


def _pattern(
    question: Mapping[str, Any], shares: F64, places: int, bits: Mapping[str, int]
) -> CallPattern:
    hours = np.array(question["hours"], np.float64)
    a_day = float(question["calls_a_day"]) * float(question["scale"])
    per_hour = np.zeros((WEEK_DAYS * DAY_HOURS, places))
    lies = shares / shares.sum() if shares.sum() > 0 else shares
    by_hour = np.tile(a_day * hours / hours.sum(), WEEK_DAYS)
    per_hour[:, : len(shares)] = by_hour[:, np.newaxis] * lies
    return CallPattern(
        per_hour,
        tuple(
            CallKind(
                f"{one['unit_kind']} {one['priority']}",
                float(one["share"]),
                int(one["priority"]) - 1,
                needs=bits[one["unit_kind"]],
                decide=Duration(float(one["decide_s"]), DECIDE_VARIATION),
                turnout=Duration(float(one["turnout_s"]), TURNOUT_VARIATION),
                scene=Duration(float(one["scene_s"]), float(one["scene_variation"])),
            )
            for one in question["jobs"]
        ),
    )

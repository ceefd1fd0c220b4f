"""Simulate a posture, or compare two on the same calls."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from anlan_engine.simulate.calls import Calls
from anlan_engine.simulate.errors import SimulationError
from anlan_engine.simulate.events.tables import WEEK_HOURS
from anlan_engine.simulate.figures import DAY_S, Figures, Window, measured
from anlan_engine.simulate.pattern import CallPattern
from anlan_engine.simulate.playing import play
from anlan_engine.simulate.posture import Posture

F64 = npt.NDArray[np.float64]

DAY_HOURS = 24.0


@dataclass(frozen=True, slots=True, eq=False)
class Study:
    """What is asked of every posture: so many independent stretches of so many days.

    Attributes
    ----------
    pattern : CallPattern
    days : float
        Length of each replication, after the warm-up; above 0.
    replications : int
        At least 1; 2 or more give intervals.
    seed : int
        At least 0. Replication r draws its calls from PCG64 seeded by (seed, r): every posture
        meets the same calls (common random numbers), on any number of cores.
    warm_up_hours : float
        Played before, and not told of: a run starts with all units idle at home.
    first_hour : int
        Hour of the week at the start of the warm-up, 0 (Monday 0:00) to 167.
    confidence : float
        Of all intervals, between 0 and 1.

    Raises
    ------
    SimulationError
        NO_HORIZON, OUT_OF_RANGE.
    """

    pattern: CallPattern
    days: float = 7.0
    replications: int = 20
    seed: int = 0
    warm_up_hours: float = 6.0
    first_hour: int = 0
    confidence: float = 0.95

    def __post_init__(self) -> None:
        """Refuse what would simulate nothing."""
        if not 0 < self.days < math.inf:
            raise SimulationError(code="NO_HORIZON", field="days", value=self.days)
        if self.replications < 1:
            raise SimulationError(code="NO_HORIZON", field="replications", value=self.replications)
        bounds = {
            "seed": (self.seed, math.inf),
            "warm_up_hours": (self.warm_up_hours, 10 * WEEK_HOURS),
            "first_hour": (self.first_hour, WEEK_HOURS - 1),
            "confidence": (self.confidence, 1 - 1e-9),
        }
        for field, (value, high) in bounds.items():
            if not 0 <= value <= high:
                raise SimulationError(
                    code="OUT_OF_RANGE", field=field, low=0, high=high, index=0, value=value
                )

    @property
    def window(self) -> Window:
        """The time that is told of."""
        begin_s = self.warm_up_hours * DAY_S / DAY_HOURS
        return Window(begin_s, begin_s + self.days * DAY_S, self.first_hour)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a posture achieves.

    Attributes
    ----------
    posture : str
        Its name.
    replications : int
    days : float
        Of each replication.
    confidence : float
        Of the intervals.
    figures : Figures
    """

    posture: str
    replications: int
    days: float
    confidence: float
    figures: Figures


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two postures on the same calls.

    Attributes
    ----------
    a, b : Outcome
    difference : Figures
        b less a, replication by replication: below 0 in `late_share` means that b is late less
        often. The intervals are of the paired differences, far narrower than those of a and b
        suggest, because both meet the same calls.
    """

    a: Outcome
    b: Outcome
    difference: Figures


def simulate(posture: Posture, study: Study) -> Outcome:
    """Simulate one posture.

    Parameters
    ----------
    posture : Posture
    study : Study

    Returns
    -------
    Outcome

    Raises
    ------
    SimulationError
        OUT_OF_RANGE, ANOTHER_GROUND where study and posture do not fit together.
    """
    return outcome(posture, study, _samples([posture], study)[0])


def compare(a: Posture, b: Posture, study: Study) -> Comparison:
    """Compare two postures on the same calls.

    Parameters
    ----------
    a, b : Posture
        With the same places and the same number of priorities; all else may differ.
    study : Study

    Returns
    -------
    Comparison

    Raises
    ------
    SimulationError
        OTHER_PRIORITIES; ANOTHER_GROUND; OUT_OF_RANGE.
    """
    if a.rules.priorities != b.rules.priorities:
        raise SimulationError(
            code="OTHER_PRIORITIES", name=b.name, got=b.rules.priorities,
            expected=a.rules.priorities,
        )  # fmt: skip
    first, second = _samples([a, b], study)
    return Comparison(
        outcome(a, study, first), outcome(b, study, second),
        Figures.of(second - first, study.confidence),
    )  # fmt: skip


def replicate(postures: Sequence[Posture], study: Study, replication: int) -> list[F64]:
    """Draw the calls of one replication and measure each posture on them."""
    calls = drawn(postures, study, replication)
    return [
        measured(posture, calls, play(posture, calls, first_hour=study.first_hour), study.window)
        for posture in postures
    ]


def drawn(postures: Sequence[Posture], study: Study, replication: int) -> Calls:
    """Draw the calls of one replication, the same whatever the postures."""
    for posture in postures:
        if posture.ground.places != study.pattern.places:
            raise SimulationError(
                code="ANOTHER_GROUND", field="per_hour", got=study.pattern.places,
                expected=posture.ground.places,
            )  # fmt: skip
    seeds = np.random.SeedSequence([study.seed, replication])
    rng = np.random.Generator(np.random.PCG64(seeds))
    hours = study.window.end_s * DAY_HOURS / DAY_S
    return study.pattern.draw(hours, rng, first_hour=study.first_hour)


def outcome(posture: Posture, study: Study, samples: F64) -> Outcome:
    """Tell what the replications of a posture show; one row of `samples` each."""
    return Outcome(
        posture.name, study.replications, study.days, study.confidence,
        Figures.of(samples, study.confidence),
    )  # fmt: skip


def _samples(postures: Sequence[Posture], study: Study) -> list[F64]:
    """Measure postures in all replications; shape (replications, columns) for each posture."""
    rows = [replicate(postures, study, number) for number in range(study.replications)]
    return [np.array(each) for each in zip(*rows, strict=True)]

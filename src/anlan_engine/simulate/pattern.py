"""What calls a city expects, and how to draw days of them."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from anlan_engine.demand.arrivals import draw_arrivals
from anlan_engine.simulate.calls import NEAREST, STAYS, Calls
from anlan_engine.simulate.checks import check_shape, check_shares, check_times
from anlan_engine.simulate.errors import SimulationError

F64 = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Duration:
    """A step whose length varies by chance.

    Attributes
    ----------
    mean_s : float
        At least 0.
    variation : float
        Standard deviation over mean, at least 0. 0 is a fixed time, 1 an exponential one (as in
        the textbook queues), any other value a log-normal one.
    """

    mean_s: float
    variation: float = 0.0

    def draw(self, count: int, rng: np.random.Generator) -> F64:
        """Draw so many lengths, seconds."""
        if self.variation == 1.0:
            return rng.exponential(self.mean_s, count) if self.mean_s else np.zeros(count)
        if self.variation == 0.0 or self.mean_s == 0.0:
            rng.standard_normal(count)  # what follows is drawn alike, whatever the variation
            return np.full(count, self.mean_s)
        spread = math.log1p(self.variation**2)
        centre = math.log(self.mean_s) - spread / 2
        return rng.lognormal(centre, math.sqrt(spread), count)


@dataclass(frozen=True, slots=True)
class CallKind:
    """One kind of call.

    Attributes
    ----------
    name : str
    share : float
        Of all calls, in any unit.
    priority : int
        0 is the most urgent.
    needs : int
        Capabilities of the unit, as a sum of powers of two.
    decide, turnout, scene, handover : Duration
        Until a unit can be sent; from sending to departure; work at the place; at the hospital.
    transported : float
        Share of these calls from which somebody is taken to the nearest hospital.
    """

    name: str
    share: float
    priority: int
    needs: int = 1
    decide: Duration = Duration(0.0)
    turnout: Duration = Duration(0.0)
    scene: Duration = Duration(0.0)
    handover: Duration = Duration(0.0)
    transported: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class CallPattern:
    """Expected calls by hour and place, and what kinds they are of.

    Attributes
    ----------
    per_hour : array of float, shape (168, P) or (P,)
        Expected calls in each hour of the week (0 is Monday 0:00) at each place.
    kinds : tuple of CallKind
    dispersion, hour_dispersion : float
        Variance of a day's factor on all rates, and of each hour's own at each place (means 1,
        Gamma): 0 for Poisson calls, more where days or hours are uneven. `anlan_engine.demand` fits
        both.

    Raises
    ------
    SimulationError
        WRONG_SHAPE, NOT_A_TIME, OUT_OF_RANGE, NO_KINDS.
    """

    per_hour: F64
    kinds: tuple[CallKind, ...]
    dispersion: float = 0.0
    hour_dispersion: float = 0.0

    def __post_init__(self) -> None:
        """Refuse what cannot be drawn."""
        if self.per_hour.ndim == 2:
            check_shape("per_hour", self.per_hour, (168, self.per_hour.shape[1]))
        check_times("per_hour", self.per_hour)
        check_times("dispersion", np.array([self.dispersion, self.hour_dispersion]))
        if not self.kinds or not sum(kind.share for kind in self.kinds) > 0:
            raise SimulationError(code="NO_KINDS")
        for kind in self.kinds:
            check_times("share", np.array([kind.share]))
            check_shares("transported", np.array([kind.transported]))
            lengths = [kind.decide, kind.turnout, kind.scene, kind.handover]
            check_times(kind.name, np.array([(one.mean_s, one.variation) for one in lengths]))

    @property
    def places(self) -> int:
        """How many places there are."""
        return int(self.per_hour.shape[-1])

    def weights(self) -> F64:
        """Return the expected calls of each place in a mean hour, shape (P,)."""
        return np.asarray(np.atleast_2d(self.per_hour).mean(axis=0))

    def draw(self, hours: float, rng: np.random.Generator, *, first_hour: int = 0) -> Calls:
        """Draw the calls of so many hours.

        Every call has all its draws, used or not, so that the same generator gives the same calls
        for every posture.
        """
        if not 0 < hours < math.inf:
            raise SimulationError(code="NO_HORIZON", field="hours", value=hours)
        arrivals = draw_arrivals(
            np.broadcast_to(np.atleast_2d(self.per_hour), (168, self.places)), hours, rng,
            first_hour=first_hour, dispersion=self.dispersion,
            hour_dispersion=self.hour_dispersion,
        )  # fmt: skip
        count = len(arrivals.at_s)
        shares = np.array([kind.share for kind in self.kinds])
        kind = rng.choice(len(self.kinds), count, p=shares / shares.sum())
        return self._calls(arrivals.at_s, arrivals.area, kind, rng)

    def _calls(
        self, at_s: F64, place: npt.NDArray[np.int32], kind: npt.NDArray[np.int64],
        rng: np.random.Generator,
    ) -> Calls:  # fmt: skip
        """Draw what kinds are made of, kind by kind."""
        steps = {name: np.zeros(len(at_s)) for name in ("decide", "turnout", "scene", "handover")}
        chance = rng.random(len(at_s))
        for number, one in enumerate(self.kinds):
            rows = np.flatnonzero(kind == number)
            for name, values in steps.items():
                length: Duration = getattr(one, name)
                values[rows] = length.draw(len(rows), rng)
        transported = chance < np.array([one.transported for one in self.kinds])[kind]
        return Calls(
            at_s=at_s, place=place,
            priority=np.array([one.priority for one in self.kinds], np.int32)[kind],
            needs=np.array([one.needs for one in self.kinds], np.int32)[kind],
            hospital=np.where(transported, NEAREST, STAYS).astype(np.int32),
            decide_s=steps["decide"], turnout_s=steps["turnout"], scene_s=steps["scene"],
            handover_s=steps["handover"],
        )  # fmt: skip

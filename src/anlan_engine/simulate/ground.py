"""Where things are and how long the ways take."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from anlan_engine.simulate.checks import check_places, check_shape, check_times
from anlan_engine.simulate.errors import SimulationError
from anlan_engine.simulate.events.tables import FAR_MS, NONE, STEPS, WEEK_HOURS, Roads


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """A city as the simulation sees it: places, and seconds between them.

    A place is a cell of demand or any point of the road network; stations and hospitals are places
    too. A unit on the road is at the place nearest to where its drive has got to, so the places
    should lie no further apart than positions matter (some hundred metres in a town).

    Attributes
    ----------
    travel_s : array of float, shape (P, P) or (L, P, P)
        Seconds from place [i] to place [j] by the fastest way; infinity where there is none.
        Several matrices ("layers") for different hours or ways of driving.
    stations : array of int, shape (S,)
        The place of each station.
    hospitals : array of int, shape (H,)
        The place of each hospital; may be empty.
    layer : array of int, shape (168, K + 1), optional
        Which matrix holds in each hour of the week (0 is Monday 0:00) for a drive to a call of each
        of the K priorities; the last column is for all other drives. Default: the first for all.

    Raises
    ------
    SimulationError
        WRONG_SHAPE, NO_STATIONS, OUT_OF_RANGE, NOT_A_TIME, LAYERS_DISAGREE.
    """

    travel_s: npt.NDArray[np.floating]
    stations: npt.NDArray[np.integer]
    hospitals: npt.NDArray[np.integer] = field(default_factory=lambda: np.empty(0, np.int32))
    layer: npt.NDArray[np.integer] | None = None

    def __post_init__(self) -> None:
        """Refuse what is no ground."""
        if self.travel_s.ndim not in (2, 3) or self.travel_s.shape[-1] != self.travel_s.shape[-2]:
            raise SimulationError(
                code="WRONG_SHAPE", field="travel_s", expected="(L, P, P)",
                got=str(self.travel_s.shape),
            )  # fmt: skip
        check_times("travel_s", self.travel_s, infinite=True)
        if len(self.stations) == 0:
            raise SimulationError(code="NO_STATIONS")
        check_places("stations", self.stations, self.places)
        check_places("hospitals", self.hospitals, self.places)
        layers = self._layers()
        reached = np.isfinite(layers)
        if (reached != reached[0]).any():
            _, origin, goal = np.argwhere(reached != reached[0])[0].tolist()
            raise SimulationError(code="LAYERS_DISAGREE", origin=origin, goal=goal)
        if self.layer is not None:
            check_shape("layer", self.layer, (WEEK_HOURS, self.layer.shape[-1]))
            check_places("layer", self.layer.ravel(), len(layers))

    @property
    def places(self) -> int:
        """How many places there are."""
        return int(self.travel_s.shape[-1])

    def reach(self, within_s: float) -> npt.NDArray[np.bool_]:
        """Tell which places each station reaches in time, shape (S, P), in the first matrix."""
        return np.asarray(self._layers()[0][self.stations] <= within_s)

    def nearest_hospital(self) -> npt.NDArray[np.int32]:
        """Return the nearest hospital's place from each place, -1 for none, by the first matrix."""
        if len(self.hospitals) == 0:
            return np.full(self.places, NONE, np.int32)
        away_s = self._layers()[0][:, self.hospitals]
        nearest = np.asarray(self.hospitals)[away_s.argmin(axis=1)]
        return np.where(np.isfinite(away_s.min(axis=1)), nearest, NONE).astype(np.int32)

    def roads(self, priorities: int) -> Roads:
        """Arrange everything as the event loop wants it, once for a ground."""
        whole_ms = np.rint(self._layers() * 1000.0)
        out = np.ascontiguousarray(np.minimum(whole_ms, FAR_MS), np.int32)
        to = np.ascontiguousarray(out.transpose(0, 2, 1))
        shape = (WEEK_HOURS, priorities + 1)
        layer = np.zeros(shape, np.int8)
        if self.layer is not None:
            check_shape("layer", self.layer, shape)
            layer = np.ascontiguousarray(self.layer, np.int8)
        from_station = to[:, :, self.stations]
        order = np.argsort(from_station, axis=2, kind="stable")
        near_ms = np.take_along_axis(from_station, order, axis=2)
        drive_ms = out[:, :, self.stations]
        drive_s = np.where(drive_ms < FAR_MS, drive_ms / 1000.0, np.inf)
        # One layout always, whatever indexing made of it: another would be compiled anew.
        return Roads(
            to, out, layer, np.ascontiguousarray(order, np.int32), np.ascontiguousarray(near_ms),
            np.ascontiguousarray(drive_s),
            np.full((*out.shape[:2], len(self.stations), STEPS - 1), NONE, np.int32),
        )  # fmt: skip

    def _layers(self) -> npt.NDArray[np.floating]:
        return self.travel_s.reshape(-1, self.places, self.places)

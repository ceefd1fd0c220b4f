"""What it takes to hold a street or a junction."""

from dataclasses import dataclass, replace
from typing import Self

import numpy as np
import numpy.typing as npt

from anlan_engine.cordon.errors import CordonError
from anlan_engine.cordon.net import StreetNet

I64 = npt.NDArray[np.int64]
Rows = npt.ArrayLike

COST_MAX = 1_000_000
CANNOT_HOLD = 1 << 42
"""The cost of a point that cannot be held: more than all others of a million streets together."""

STREET_UNITS = 1
JUNCTION_UNITS = 2


@dataclass(frozen=True, slots=True, eq=False)
class HoldCosts:
    """How many units each point takes.

    Attributes
    ----------
    street : int64[streets]
        To hold a street anywhere on its way: 0 where it is held already, `CANNOT_HOLD` where
        nobody can stand, otherwise 1 to `COST_MAX`.
    junction : int64[nodes]
        To hold a junction, which blocks all streets that meet there.

    Raises
    ------
    CordonError
        BAD_COST, with the row.
    """

    street: I64
    junction: I64

    def __post_init__(self) -> None:
        """Refuse costs that would make the sum meaningless."""
        for kind, costs in (("street", self.street), ("junction", self.junction)):
            bad = ((costs < 0) | (costs > COST_MAX)) & (costs != CANNOT_HOLD)
            if bad.any():
                row = int(np.argmax(bad))
                cost = int(costs[row])
                raise CordonError(code="BAD_COST", kind=kind, row=row, cost=cost, most=COST_MAX)

    @classmethod
    def standard(cls, net: StreetNet) -> Self:
        """One unit for a street, two for a junction."""
        return cls(
            np.full(len(net.end), STREET_UNITS, np.int64),
            np.full(len(net.node_at), JUNCTION_UNITS, np.int64),
        )

    def held(self, *, streets: Rows = (), junctions: Rows = ()) -> Self:
        """Return the same with some points held already: they cost nothing."""
        return self._set(0, streets, junctions)

    def cannot_hold(self, *, streets: Rows = (), junctions: Rows = ()) -> Self:
        """Return the same with some points that nobody can hold."""
        return self._set(CANNOT_HOLD, streets, junctions)

    def _set(self, cost: int, streets: Rows, junctions: Rows) -> Self:
        street, junction = self.street.copy(), self.junction.copy()
        street[np.asarray(streets, np.int64)] = cost
        junction[np.asarray(junctions, np.int64)] = cost
        return replace(self, street=street, junction=junction)

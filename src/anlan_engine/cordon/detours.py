"""What a cordon costs those who drive past: the ways round it."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from anlan_engine.cordon.drawing import Cordon, surroundings
from anlan_engine.cordon.errors import CordonError
from anlan_engine.cordon.net import StreetNet
from anlan_engine.cordon.window import OUTSIDE
from anlan_engine.cordon.zone import Zone
from anlan_engine.roads.graph import DEGREE_UNITS

F64 = npt.NDArray[np.float64]
I32 = npt.NDArray[np.int32]
I64 = npt.NDArray[np.int64]
Bool = npt.NDArray[np.bool_]

GATES_MAX = 100


@dataclass(frozen=True, slots=True, eq=False)
class Detours:
    """Driving times between places all round a cordon, before and after it is closed.

    Attributes
    ----------
    gate : int32[gates]
        Junctions just beyond the limit, anticlockwise from the east.
    at : float64[gates, 2]
        Their longitude and latitude, degrees.
    before_s, after_s : float64[gates, gates]
        From row to column; inf where there is no way.
    """

    gate: I32
    at: F64
    before_s: F64
    after_s: F64

    @property
    def crossing(self) -> Bool:
        """Pairs whose fastest way leads through what is closed; bool[gates, gates]."""
        return self.after_s > self.before_s

    @property
    def extra_s(self) -> F64:
        """What each crossing route takes longer, least first; inf where no way is left."""
        crossing = self.crossing
        extra: F64 = np.sort(self.after_s[crossing] - self.before_s[crossing])
        return extra

    @property
    def typical_extra_s(self) -> float:
        """Median of `extra_s`; 0 where no route crosses."""
        extra = self.extra_s
        return float(extra[(len(extra) - 1) // 2]) if len(extra) else 0.0


def find_detours(
    net: StreetNet, zone: Zone, cordon: Cordon, *, within_m: float, gates: int = 12
) -> Detours:
    """Compare the fastest ways between places all round a cordon before and after.

    Parameters
    ----------
    net : StreetNet
    zone : Zone
    cordon : Cordon
        Drawn for the same zone and limit.
    within_m : float
        The limit.
    gates : int
        Places to compare, 2 to `GATES_MAX`: in each of as many equal sectors the junction just
        beyond the limit that is nearest to the sector's middle. A sector without one has no gate.

    Returns
    -------
    Detours

    Raises
    ------
    CordonError
        FEW_GATES, where fewer than two sectors have a gate too.

    Notes
    -----
    Dijkstra's algorithm (SciPy's) over the whole network, on streets in the directions in which
    they may be driven. Turn restrictions are not kept; both sides of the comparison lack them.
    """
    if not 2 <= gates <= GATES_MAX:
        raise CordonError(code="FEW_GATES", gates=gates, most=GATES_MAX)
    gate = _gates(net, zone, within_m, gates)
    if len(gate) < 2:
        raise CordonError(code="FEW_GATES", gates=len(gate), most=GATES_MAX)
    blocked = np.zeros(len(net.end), np.bool_)
    blocked[cordon.street] = True
    for node in cordon.junction.tolist():
        blocked[net.node_end[net.node_first[node] : net.node_first[node + 1]] >> 1] = True
    return Detours(
        gate=gate,
        at=net.node_at[gate] / DEGREE_UNITS,
        before_s=_times(net, gate, np.zeros(len(net.end), np.bool_)),
        after_s=_times(net, gate, blocked),
    )


def _gates(net: StreetNet, zone: Zone, within_m: float, sectors: int) -> I32:
    """Pick one junction beyond the limit per sector."""
    found = surroundings(net, zone, within_m).found
    leading_out = np.flatnonzero(found.high == OUTSIDE)
    node = net.end[found.street[leading_out], 1 - found.low_end[leading_out]]
    east, north = (net.node_at[node] / DEGREE_UNITS - zone.origin).T
    angle = np.arctan2(north, east * np.cos(np.radians(zone.origin[1]))) % (2 * np.pi)
    width = 2 * np.pi / sectors
    sector = np.minimum((angle / width).astype(np.int64), sectors - 1)
    aside = np.abs(angle - (sector + 0.5) * width)
    order = np.lexsort((node, aside, sector))
    _, first = np.unique(sector[order], return_index=True)
    gate = node[order][first]
    return gate[np.sort(np.unique(gate, return_index=True)[1])].astype(np.int32)


def _times(net: StreetNet, gate: I32, blocked: Bool) -> F64:
    """Driving times between gates, without the blocked streets."""
    arcs = np.isfinite(net.time_s) & ~blocked[:, np.newaxis]
    tail, head = net.end[arcs], net.end[:, ::-1][arcs]
    # Of several streets between the same junctions the fastest counts, which SciPy would add up.
    order = np.lexsort((net.time_s[arcs], head, tail))
    tail, head, seconds = tail[order], head[order], net.time_s[arcs][order]
    kept = np.append(True, (np.diff(tail) != 0) | (np.diff(head) != 0))[: len(tail)]
    first = np.searchsorted(tail[kept], np.arange(len(net.node_at) + 1))
    # A street that takes no time would count as none.
    weight = np.maximum(seconds[kept], 1e-6)
    shape = (len(net.node_at), len(net.node_at))
    matrix = csr_array((weight, head[kept], first), shape=shape)
    found: F64 = dijkstra(matrix, indices=gate)[:, gate]
    return found

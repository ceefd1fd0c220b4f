"""The tables that the event loop works on.

Everything is an index or a number: places 0..P-1, stations 0..S-1, units 0..U-1, priorities 0..K-1
(0 the most urgent), layers 0..L-1 (one matrix of travel times each). Times are seconds from the
start of the run; -1 stands for "none". A table of records keeps what is used together in one line
of memory, and few tables are quickly handed from function to function.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from anlan_engine.assign import guard
from anlan_engine.coverage import Cover, Reach

F64 = npt.NDArray[np.float64]
I32 = npt.NDArray[np.int32]
I64 = npt.NDArray[np.int64]
I8 = npt.NDArray[np.int8]
Records = npt.NDArray[np.void]

NONE = -1
HOUR_S = 3600.0
WEEK_HOURS = 168
WEEK_S = WEEK_HOURS * HOUR_S

OFF, STANDING, DRIVING, ASSIGNED = range(4)
"""What a unit does: off duty; idle at a station; idle on its way to one; on a call."""

PENDING, SERVED, LOST, UNSERVED = range(4)
"""How a call ended; PENDING only while the run lasts."""

FAR_MS = 1 << 28
"""No way: three days. Sums of four such still are whole numbers of 32 bits."""

STEPS = 8
"""A drive home is cut into so many equal steps: where a unit is, is known to a step."""

UNIT = np.dtype(
    [
        ("departs_s", np.float64),
        ("arrives_s", np.float64),
        ("wasted_s", np.float64),
        ("looked_s", np.float64),
        ("capabilities", np.int32),
        ("home", np.int32),
        ("base", np.int32),
        ("origin", np.int32),
        ("goal", np.int32),
        ("passing", np.int32),
        ("job", np.int32),
        ("job_priority", np.int32),
        ("before", np.int32),
        ("behind", np.int32),
        ("slot", np.int32),
        ("moving", np.int32),
        ("layer", np.int8),
        ("status", np.int8),
        ("on_duty", np.int8),
    ],
    align=True,
)
"""A unit. An idle one has a `base`, the station where it stands or to which it drives. A drive
leads from place `origin` to place `goal` on matrix `layer` between `departs_s` and `arrives_s`;
`wasted_s` counts those that led to no call. On a call it was at place `passing` when somebody
looked at `looked_s`: whoever is chosen is looked at again at once. `before` and `behind` link the
units that stand at one station. `moving` lists the units on the road (rows 0 to `Totals.moving`);
`slot` is a unit's own row in that list.
"""

CALL = np.dtype(
    [
        ("ready_s", np.float64),
        ("sent_s", np.float64),
        ("arrived_s", np.float64),
        ("cleared_s", np.float64),
        ("turnout_s", np.float64),
        ("scene_s", np.float64),
        ("handover_s", np.float64),
        ("place", np.int32),
        ("hospital", np.int32),
        ("needs", np.int32),
        ("unit", np.int32),
        ("behind", np.int32),
        ("priority", np.int8),
        ("outcome", np.int8),
    ],
    align=True,
)
"""A call, in the order in which they can be answered; `behind` links those that wait."""

PRIORITY = np.dtype(
    [
        ("guard_s", np.float64),
        ("first", np.int32),
        ("last", np.int32),
        ("takes_from", np.int32),
    ],
    align=True,
)
"""A priority: who waits first and last, within which time the guard may choose, and from which
priorities (as bits) a unit under way may be taken."""

STATION = np.dtype([("place", np.int32), ("first", np.int32)], align=True)
"""A station: its place, and the first unit that stands there."""

SHIFT = np.dtype([("hour", np.int32), ("unit", np.int32), ("begins", np.int32)], align=True)
"""A change of shift in the week that begins with the run."""

TOTALS = np.dtype(
    [
        ("divert_gain_s", np.float64),
        ("guard_extra_s", np.float64),
        ("first_hour", np.int64),
        ("calls_wait", np.int64),
        ("moves_up", np.int64),
        ("guards", np.int64),
        ("moving", np.int64),
        ("waiting", np.int64),
        ("most_waiting", np.int64),
        ("diverted", np.int64),
        ("relocated", np.int64),
    ],
    align=True,
)
"""One row: what is set for the run, and what is counted in it."""


class Roads(NamedTuple):
    """How long the ways take; never written to, but for `waypoint`.

    Attributes
    ----------
    to, out : int32, (L, P, P)
        Milliseconds from place a to place b, `FAR_MS` where there is no way: `to[l, b, a]` and
        `out[l, a, b]`, kept twice so that both "to here" and "from here" lie side by side.
    layer : int8, (168, K + 1)
        The matrix that holds in each hour of the week for a drive to a call of each priority; the
        last column is for every other drive.
    order, near_ms : int32, (L, P, S)
        Stations by the time from them to each place, and these times: next to each other, as most
        calls look at the first few only.
    drive_s : float64, (L, P, S)
        Seconds from each place to each station; infinity where there is no way.
    waypoint : int32, (L, P, S, STEPS - 1)
        Where drives from a place to a station pass; -1: not yet asked.
    """

    to: I32
    out: I32
    layer: I8
    order: I32
    near_ms: I32
    drive_s: F64
    waypoint: I32


class Overlap(NamedTuple):
    """Which stations share demand.

    Attributes
    ----------
    first_beside : int32, (S + 1,)
        The stations that share demand with station j are `beside[first_beside[j]:...]`, j itself
        among them.
    beside : int32, (pairs,)
    first_row : int32, (pairs + 1,)
        Where each pair's rows begin in `row`.
    row : int32
        Rows of j's demand: 0 is the first that j reaches.
    """

    first_beside: I32
    beside: I32
    first_row: I32
    row: I32


class Backing(NamedTuple):
    """What the idle units cover, for move-up and guard, and room for their questions.

    `reach`, `gain` and `cover` are those of `anlan_engine.coverage`, `guard` and `depth` those of
    `anlan_engine.assign.guard`; `demand` in them is a group of places that exactly the same
    stations reach, so that a change touches few of them. Empty where neither is asked.

    `overlap` lists the stations that share demand with a station, and for each the rows of the
    shared demand among that station's own; `steps` has room for what changes in these rows.
    """

    reach: Reach
    gain: F64
    cover: Cover
    room: I64
    overlap: Overlap
    steps: F64
    guard: guard.Cover
    depth: I32
    asked_unit: I32
    asked_base: I32
    asked_s: F64


class World(NamedTuple):
    """All of it but for `Backing`."""

    units: Records
    calls: Records
    stations: Records
    priorities: Records
    shifts: Records
    totals: Records
    soonest: F64
    roads: Roads

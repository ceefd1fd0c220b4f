"""Several calls at once: which unit goes to which, the most urgent calls first."""

from collections import Counter
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np
import numpy.typing as npt

from anlan_engine.assign.reasons import ChoiceReason, Remark
from anlan_engine.assign.snapshots import asked, plain
from anlan_engine.compiled import compiled
from anlan_engine.errors import EngineError, Fact

F64 = npt.NDArray[np.float64]
I32 = npt.NDArray[np.int32]
I64 = npt.NDArray[np.int64]

NOBODY = -1

CALLS_MAX = 200
UNITS_MAX = 5_000
PRIORITIES_MAX = 10

UNSERVED_MS = 1 << 41
"""What a call that nobody serves counts: more than all calls' times together."""

TIME_MAX_MS = (1 << 32) - 1
FORBIDDEN = -1


class BatchError(EngineError):
    """A batch that cannot be assigned."""

    TEXTS: ClassVar[dict[str, str]] = {
        "BAD_TIMES": "Travel times must be a table of calls by units, 0 to {most} s or inf.",
        "TOO_MANY": "{calls} calls and {units} units; at most {calls_most} and {units_most}.",
        "BAD_PRIORITIES": "Every call needs a priority, and at most {most} different ones.",
        "SAME_TWICE": "{name} stands twice in the question.",
    }


@compiled
def _less(left: I64, right: I64) -> bool:
    """Compare two rows of numbers, the first number first."""
    for place in range(len(left)):
        if left[place] != right[place]:
            return bool(left[place] < right[place])
    return False


@compiled
def _relax(
    cost: I64, level: I64, state: tuple[I64, I64, I64, I32], taken: npt.NDArray[np.bool_], at: int
) -> int:
    """Lower the distance of every column seen from the row of column `at`; give the nearest."""
    row_price, column_price, slack, links = state
    matched, way = links[0], links[1]
    row = matched[at]
    calls, units = cost.shape
    nearest = -1
    step = np.empty(row_price.shape[1], np.int64)
    for column in range(1, units + calls + 1):
        if taken[column]:
            continue
        price = UNSERVED_MS if column > units else cost[row - 1, column - 1]
        if price >= 0:
            for place in range(len(step)):
                step[place] = -row_price[row, place] - column_price[column, place]
            step[level[row - 1]] += price
            if way[column] < 0 or _less(step, slack[column]):
                slack[column] = step
                way[column] = at
        if way[column] >= 0 and (nearest < 0 or _less(slack[column], slack[nearest])):
            nearest = column
    return nearest


@compiled
def assign_in_order(cost: I64, level: I64, levels: int) -> I32:
    """Assign calls to units at least cost: of level 0 first, of level 1 among those ways, ...

    Parameters
    ----------
    cost : int64[calls, units]
        Milliseconds, 0 to `TIME_MAX_MS`; `FORBIDDEN` where the unit may not go.
    level : int64[calls]
        0 to `levels` - 1; 0 is the most urgent.
    levels : int

    Returns
    -------
    int32[calls]
        The unit of each; `NOBODY` where none is left. A unit serves one call at most. A call left
        unserved counts `UNSERVED_MS` at its level, so as few as possible are.

    Notes
    -----
    The Hungarian method by shortest augmenting paths (Kuhn 1955; Munkres 1957; Jonker and Volgenant
    1987), which only adds, subtracts and compares costs: so it works on rows of numbers, one a
    level, compared from the first on, as on any ordered group. Every call may also take one of as
    many columns that mean "nobody". About calls**2 * (calls + units) * levels steps.
    """
    calls, units = cost.shape
    columns = units + calls + 1
    row_price = np.zeros((calls + 1, levels), np.int64)
    column_price = np.zeros((columns, levels), np.int64)
    slack = np.zeros((columns, levels), np.int64)
    links = np.zeros((2, columns), np.int32)
    matched, way = links[0], links[1]
    for row in range(1, calls + 1):
        matched[0] = row
        way[:] = -1
        taken = np.zeros(columns, np.bool_)
        column = 0
        while matched[column] != 0:
            taken[column] = True
            state = (row_price, column_price, slack, links)
            nearest = _relax(cost, level, state, taken, column)
            gap = slack[nearest].copy()
            for other in range(columns):
                if taken[other]:
                    row_price[matched[other]] += gap
                    column_price[other] -= gap
                elif way[other] >= 0:
                    slack[other] -= gap
            column = nearest
        while column != 0:
            before = way[column]
            matched[column] = matched[before]
            column = before
    return _units_of(matched, calls, units)


@compiled
def _units_of(matched: I32, calls: int, units: int) -> I32:
    """Turn the row of each column (from 1) into the unit of each call."""
    unit_of = np.full(calls, NOBODY, np.int32)
    for column in range(1, units + 1):
        if matched[column] > 0:
            unit_of[matched[column] - 1] = column - 1
    return unit_of


@dataclass(frozen=True, slots=True)
class Batch:
    """Which units should go to several calls?

    Attributes
    ----------
    calls : tuple of str
        Ids, each once, at most `CALLS_MAX`.
    priorities : tuple of int
        Of each call; the lowest number is the most urgent.
    units : tuple of str
        Ids, each once, at most `UNITS_MAX`.
    travel_s : tuple of tuples of float or None
        A row a call, a column a unit: seconds to the millisecond; None (or inf) where the unit may
        not go there or cannot.

    Raises
    ------
    BatchError
        BAD_TIMES, TOO_MANY, BAD_PRIORITIES, SAME_TWICE.
    """

    calls: tuple[str, ...]
    priorities: tuple[int, ...]
    units: tuple[str, ...]
    travel_s: tuple[tuple[float | None, ...], ...]

    def __post_init__(self) -> None:
        """Refuse what cannot be assigned."""
        calls, units = len(self.calls), len(self.units)
        if calls > CALLS_MAX or units > UNITS_MAX:
            raise BatchError(
                code="TOO_MANY", calls=calls, units=units, calls_most=CALLS_MAX,
                units_most=UNITS_MAX,
            )  # fmt: skip
        if len(self.priorities) != calls or len(set(self.priorities)) > PRIORITIES_MAX:
            raise BatchError(code="BAD_PRIORITIES", most=PRIORITIES_MAX)
        for names in (self.calls, self.units):
            for name, count in Counter(names).most_common(1):
                if count > 1:
                    raise BatchError(code="SAME_TWICE", name=name)
        if len(self.travel_s) != calls or any(len(row) != units for row in self.travel_s):
            raise BatchError(code="BAD_TIMES", most=TIME_MAX_MS / 1000)
        table = self.table
        if not ((table >= 0) & ((table * 1000 <= TIME_MAX_MS) | np.isinf(table))).all():
            raise BatchError(code="BAD_TIMES", most=TIME_MAX_MS / 1000)

    @property
    def table(self) -> F64:
        """The travel times as float64[calls, units]; inf where a unit may not go."""
        rows = [[np.inf if one is None else one for one in row] for row in self.travel_s]
        return np.array(rows, np.float64).reshape(len(self.calls), len(self.units))

    def snapshot(self) -> dict[str, Any]:
        """Give the question as plain data that JSON can hold."""
        return plain(self, "BATCH")

    @classmethod
    def of_snapshot(cls, snapshot: dict[str, Any]) -> Self:
        """Read a question back."""
        return asked(snapshot, "BATCH", cls)


@dataclass(frozen=True, slots=True)
class Served:
    """One call of a batch.

    Attributes
    ----------
    call : str
    unit : str or None
        None where nobody goes.
    travel_s : float or None
    reason : Remark
        FASTEST; FASTEST_SERVES_ANOTHER with the fastest unit, the call it goes to and how much
        later the one sent arrives; NOBODY_LEFT with how many could have gone; NOBODY_CAN.
    """

    call: str
    unit: str | None
    travel_s: float | None
    reason: Remark


def assign_batch(batch: Batch) -> tuple[Served, ...]:
    """Send units to calls: as many of the most urgent as possible, soonest in all; then the next.

    For the most urgent priority, as few calls as possible go without, and of all such ways the
    travel times add up to least; among the ways that are best for it, the same for the next
    priority, and so on. Times are compared to the millisecond.

    Parameters
    ----------
    batch : Batch

    Returns
    -------
    tuple of Served
        In the order of the calls.
    """
    table = batch.table
    # By id, so that the order of the question does not choose between equals.
    rows, columns = (np.argsort(np.array(ids, np.str_)) for ids in (batch.calls, batch.units))
    cost = np.where(np.isinf(table), FORBIDDEN, np.rint(np.where(np.isinf(table), 0, table) * 1000))
    levels, level = np.unique(np.array(batch.priorities, np.int64), return_inverse=True)
    # Of as many nearest units as there are calls, one is always left for each call.
    if len(columns) > len(rows) > 0:
        ranked = np.where(cost == FORBIDDEN, np.inf, cost)[:, columns]
        nearest = np.argpartition(ranked, len(rows) - 1, axis=1)[:, : len(rows)]
        columns = columns[np.unique(nearest)]
    ordered = np.ascontiguousarray(cost[rows][:, columns].astype(np.int64))
    found = assign_in_order(ordered, level.reshape(-1)[rows].astype(np.int64), len(levels))
    unit_of = np.full(len(batch.calls), NOBODY, np.int64)
    sent = found != NOBODY
    unit_of[rows[sent]] = columns[found[sent]]
    return tuple(_served(batch, table, unit_of, row) for row in range(len(batch.calls)))


def _served(batch: Batch, table: F64, unit_of: I64, row: int) -> Served:
    """Explain one call."""
    call, unit = batch.calls[row], int(unit_of[row])
    able = int(np.isfinite(table[row]).sum())
    if unit == NOBODY:
        code = ChoiceReason.NOBODY_LEFT if able else ChoiceReason.NOBODY_CAN
        return Served(call, None, None, Remark(code, {"able": able}))
    travel_s = float(table[row, unit])
    fastest = int(np.argmin(table[row]))
    behind_s = round(travel_s - float(table[row, fastest]), 3)
    reason = Remark(ChoiceReason.FASTEST)
    if behind_s > 0:
        other = batch.calls[int(np.flatnonzero(unit_of == fastest)[0])]
        facts: dict[str, Fact] = {
            "fastest": batch.units[fastest],
            "serves": other,
            "behind_s": behind_s,
        }
        reason = Remark(ChoiceReason.FASTEST_SERVES_ANOTHER, facts)
    return Served(call, batch.units[unit], travel_s, reason)


def warm_batch() -> None:
    """Compile the assignment."""
    assign_batch(Batch(("A", "B"), (1, 2), ("U", "V"), ((1.0, 2.0), (None, 1.0))))

"""Choose one unit under the guard, with reasons, from plain data."""

from dataclasses import dataclass
from itertools import chain
from typing import Any, ClassVar, Self

import numpy as np
import numpy.typing as npt

from anlan_engine.assign.guard import (
    NO_UNIT,
    Cover,
    cost_of_leaving,
    fastest_unit,
    guarded_unit,
    worth_by_depth,
)
from anlan_engine.assign.reasons import ChoiceReason, Remark
from anlan_engine.assign.snapshots import asked, plain
from anlan_engine.errors import EngineError

F64 = npt.NDArray[np.float64]
I32 = npt.NDArray[np.int32]
I64 = npt.NDArray[np.int64]

UNITS_MAX = 10_000


class GuardError(EngineError):
    """A choice that cannot be made."""

    TEXTS: ClassVar[dict[str, str]] = {
        "BAD_TIMES": "Every unit needs a travel time of at least 0 s, or none.",
        "BAD_COVER": "Every unit needs the cells it covers, as numbers 0 to {most}, each once.",
        "BAD_WEIGHT": "The weight of a cell must be a number of at least 0.",
        "BAD_BUSY_SHARE": "The busy share must be at least 0 and below 1, not {share}.",
        "BAD_LIMIT": "A limit must be a number of seconds of at least 0, not {limit}.",
        "SAME_TWICE": "A unit stands twice in the question.",
        "TOO_MANY": "{units} units; at most {most} are compared.",
    }


@dataclass(frozen=True, slots=True)
class GuardedQuestion:
    """Which one unit should go, with an eye on the next call?

    Attributes
    ----------
    units : tuple of str
        Ids of all free units, each once.
    travel_s : tuple of float or None
        Of each to the call; None (or inf) where it cannot be sent.
    covers : tuple of tuples of int
        The cells of demand each reaches in time from where it stands.
    weight : tuple of float
        Expected calls of each cell.
    busy_share : float
        How much of the time a unit is busy: 0 to below 1.
    urgent : bool
        A call of the most urgent class.
    limit_s : float
        What "in time" means for this call.
    extra_s : float or None
        At most so much later than the fastest; None for no such bound.

    Raises
    ------
    GuardError
    """

    units: tuple[str, ...]
    travel_s: tuple[float | None, ...]
    covers: tuple[tuple[int, ...], ...]
    weight: tuple[float, ...]
    busy_share: float
    urgent: bool
    limit_s: float
    extra_s: float | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot be answered."""
        if len(self.units) > UNITS_MAX:
            raise GuardError(code="TOO_MANY", units=len(self.units), most=UNITS_MAX)
        if len(set(self.units)) < len(self.units):
            raise GuardError(code="SAME_TWICE")
        if len(self.travel_s) != len(self.units) or not (self.times >= 0).all():
            raise GuardError(code="BAD_TIMES")
        self._check_cover()
        if not 0 <= self.busy_share < 1:
            raise GuardError(code="BAD_BUSY_SHARE", share=self.busy_share)
        for limit in (self.limit_s, 0.0 if self.extra_s is None else self.extra_s):
            if not limit >= 0:
                raise GuardError(code="BAD_LIMIT", limit=limit)

    def _check_cover(self) -> None:
        """Refuse cells that do not exist."""
        weight = np.array(self.weight, np.float64)
        if not (np.isfinite(weight) & (weight >= 0)).all():
            raise GuardError(code="BAD_WEIGHT")
        first, cell = self.cells
        pairs = np.repeat(np.arange(len(self.covers)), np.diff(first)) * len(weight) + cell
        known = (cell >= 0) & (cell < len(weight))
        each_once = np.diff(np.sort(pairs)) > 0
        if len(self.covers) != len(self.units) or not (known.all() and each_once.all()):
            raise GuardError(code="BAD_COVER", most=len(weight) - 1)

    @property
    def cells(self) -> tuple[I64, I64]:
        """Where each unit's cells begin, and the cells; int64[units + 1], int64[pairs]."""
        counts = [len(one) for one in self.covers]
        cell = np.fromiter(chain.from_iterable(self.covers), np.int64)
        return np.concatenate([[0], np.cumsum(counts, dtype=np.int64)]), cell

    @property
    def times(self) -> F64:
        """Travel times as float64[units]; inf where a unit cannot be sent."""
        return np.array([np.inf if one is None else one for one in self.travel_s], np.float64)

    def snapshot(self) -> dict[str, Any]:
        """Give the question as plain data that JSON can hold."""
        return plain(self, "GUARDED")

    @classmethod
    def of_snapshot(cls, snapshot: dict[str, Any]) -> Self:
        """Read a question back."""
        return asked(snapshot, "GUARDED", cls)


@dataclass(frozen=True, slots=True)
class GuardedChoice:
    """The unit to send.

    Attributes
    ----------
    unit : str or None
        None where none can be sent.
    travel_s : float or None
    fastest : str or None
        The unit that would be there first, and
    behind_s : float
        how much later the chosen one is.
    cost, fastest_cost : float
        Expected calls that are no longer served in time once the chosen unit, or the fastest, has
        left: in the unit of the weights.
    in_time : int
        Units it was chosen among.
    reason : Remark
    """

    unit: str | None
    travel_s: float | None
    fastest: str | None
    behind_s: float
    cost: float
    fastest_cost: float
    in_time: int
    reason: Remark


def choose_guarded(question: GuardedQuestion) -> GuardedChoice:
    """Choose one unit: see :mod:`anlan_engine.assign.guard` for the rule.

    Parameters
    ----------
    question : GuardedQuestion

    Returns
    -------
    GuardedChoice
    """
    # By id, so that the order of the question does not choose between equals.
    order = np.argsort(np.array(question.units, np.str_))
    travel = np.ascontiguousarray(question.times[order])
    cover, depth = _cover(question)
    place = order.astype(np.int32)
    extra_s = np.inf if question.extra_s is None else question.extra_s
    chosen = guarded_unit(
        travel, place, bool(question.urgent), float(question.limit_s), float(extra_s), cover, depth
    )
    if chosen == NO_UNIT:
        return GuardedChoice(
            None, None, None, 0.0, 0.0, 0.0, 0, Remark(ChoiceReason.NOBODY_CAN)
        )  # fmt: skip
    fastest = fastest_unit(travel)
    latest = min(question.limit_s, float(travel[fastest]) + extra_s)
    return GuardedChoice(
        unit=question.units[order[chosen]],
        travel_s=float(travel[chosen]),
        fastest=question.units[order[fastest]],
        behind_s=round(float(travel[chosen] - travel[fastest]), 3),
        cost=cost_of_leaving(cover, depth, place[chosen]),
        fastest_cost=cost_of_leaving(cover, depth, place[fastest]),
        in_time=int((travel <= latest).sum()),
        reason=_why(question, float(travel[fastest]), is_fastest=chosen == fastest),
    )


def _why(question: GuardedQuestion, fastest_s: float, *, is_fastest: bool) -> Remark:
    """Name the rule that decided."""
    facts = {"limit_s": question.limit_s}
    if question.urgent:
        return Remark(ChoiceReason.URGENT_SO_FASTEST)
    if fastest_s > question.limit_s:
        return Remark(ChoiceReason.NOBODY_IN_TIME_SO_FASTEST, facts)
    if is_fastest:
        return Remark(ChoiceReason.FASTEST, facts)
    return Remark(ChoiceReason.IN_TIME_AND_COSTS_LEAST_COVER, facts)


def _cover(question: GuardedQuestion) -> tuple[Cover, I32]:
    """Lay out the cells of each unit, and count how many units reach each."""
    first, cell = question.cells
    worth = worth_by_depth(question.busy_share, max(len(question.units), 1))
    weight = np.array(question.weight, np.float64)
    cover = Cover(first.astype(np.int32), cell.astype(np.int32), weight, worth)
    return cover, np.bincount(cell, minlength=len(weight)).astype(np.int32)

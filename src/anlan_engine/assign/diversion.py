"""Safe pre-emption: may a unit on its way to a less urgent call be sent to a more urgent one?"""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np
import numpy.typing as npt

from anlan_engine.assign.reasons import ChoiceReason, Remark
from anlan_engine.assign.snapshots import asked, plain
from anlan_engine.errors import EngineError, Fact

F64 = npt.NDArray[np.float64]

FREE = "FREE"
"""The state of a unit that has no call."""

UNITS_MAX = 10_000


class DiversionError(EngineError):
    """A pre-emption that cannot be decided, or would not be safe."""

    TEXTS: ClassVar[dict[str, str]] = {
        "UNSAFE_RULE": "Nobody is taken from a call of priority {left} for one of priority {new}.",
        "FREE_IS_NOT_DIVERTED": "Free units are sent, not diverted.",
        "BAD_COLUMNS": "Units, states, calls, priorities and times do not fit each other.",
        "BAD_TIMES": "Travel times must be at least 0 s, or none.",
        "BAD_GAIN": "The least gain must be a number of seconds of at least 0, not {gain}.",
        "SAME_TWICE": "{what} stand twice in the question.",
        "TOO_MANY": "{units} units; at most {most} are compared.",
    }


@dataclass(frozen=True, slots=True)
class DiversionRule:
    """Who may be taken from where. The lowest number is the most urgent priority.

    Attributes
    ----------
    pairs : tuple of (int, int)
        The matrix of priorities: (of the call that is left, of the new call). The new one is
        always the more urgent.
    states : tuple of str
        What a unit may be doing when it is diverted, such as ("EN_ROUTE",).
    least_gain_s : float
        Only if the new call is reached so much sooner than by any free unit.

    Raises
    ------
    DiversionError
        UNSAFE_RULE, FREE_IS_NOT_DIVERTED, BAD_GAIN.
    """

    pairs: tuple[tuple[int, int], ...]
    states: tuple[str, ...]
    least_gain_s: float

    def __post_init__(self) -> None:
        """Refuse a rule that would leave a call for one that is no more urgent."""
        for left, new in self.pairs:
            if left <= new:
                raise DiversionError(code="UNSAFE_RULE", left=left, new=new)
        if FREE in self.states:
            raise DiversionError(code="FREE_IS_NOT_DIVERTED")
        if not (np.isfinite(self.least_gain_s) and self.least_gain_s >= 0):
            raise DiversionError(code="BAD_GAIN", gain=self.least_gain_s)


@dataclass(frozen=True, slots=True)
class DiversionQuestion:
    """Which unit should go to a new call: a free one, or one on its way elsewhere?

    Attributes
    ----------
    priority : int
        Of the new call.
    units, states : tuple of str
        Ids, each once, and what each is doing: `FREE`, or as the rule names it.
    travel_s : tuple of float or None
        Of each unit to the new call; None where it cannot be sent.
    calls : tuple of str
        The calls that units are busy with, each once.
    call_priorities : tuple of int
    busy_with : tuple of int or None
        Of each unit, the row of its call; None for a free one.
    call_travel_s : tuple of tuples of float or None
        A row a call, a column a unit: how long each would need to take it over; None where it
        could not.
    pairs, states_diverted, least_gain_s
        The rule: see :class:`DiversionRule`, which it must fit.

    Raises
    ------
    DiversionError
    """

    priority: int
    units: tuple[str, ...]
    states: tuple[str, ...]
    travel_s: tuple[float | None, ...]
    calls: tuple[str, ...]
    call_priorities: tuple[int, ...]
    busy_with: tuple[int | None, ...]
    call_travel_s: tuple[tuple[float | None, ...], ...]
    pairs: tuple[tuple[int, int], ...]
    states_diverted: tuple[str, ...]
    least_gain_s: float

    def __post_init__(self) -> None:
        """Refuse what does not fit."""
        DiversionRule(self.pairs, self.states_diverted, self.least_gain_s)
        units, calls = len(self.units), len(self.calls)
        if units > UNITS_MAX:
            raise DiversionError(code="TOO_MANY", units=units, most=UNITS_MAX)
        for what, names in (("Units", self.units), ("Calls", self.calls)):
            if len(set(names)) < len(names):
                raise DiversionError(code="SAME_TWICE", what=what)
        fits = {len(self.states), len(self.travel_s), len(self.busy_with)} == {units}
        fits &= len(self.call_priorities) == len(self.call_travel_s) == calls
        fits &= all(len(row) == units for row in self.call_travel_s)
        if not fits or not self._busy_fits():
            raise DiversionError(code="BAD_COLUMNS")
        for row in (self.travel_s, *self.call_travel_s):
            if not (_times(row) >= 0).all():
                raise DiversionError(code="BAD_TIMES")

    def _busy_fits(self) -> bool:
        """Whether exactly the units that are not free have a call."""
        return all(
            (state == FREE) == (call is None) and (call is None or 0 <= call < len(self.calls))
            for state, call in zip(self.states, self.busy_with, strict=True)
        )

    def snapshot(self) -> dict[str, Any]:
        """Give the question as plain data that JSON can hold."""
        return plain(self, "DIVERSION")

    @classmethod
    def of_snapshot(cls, snapshot: dict[str, Any]) -> Self:
        """Read a question back."""
        return asked(snapshot, "DIVERSION", cls)


@dataclass(frozen=True, slots=True)
class LeftCall:
    """What becomes of the call a diverted unit leaves.

    Attributes
    ----------
    call : str
    unit : str or None
        Who takes it over: the fastest free unit; None where it is queued.
    travel_s : float or None
    reason : Remark
        TAKES_OVER or QUEUED.
    """

    call: str
    unit: str | None
    travel_s: float | None
    reason: Remark


@dataclass(frozen=True, slots=True)
class Diversion:
    """Who goes to the new call, and what that does to another.

    Attributes
    ----------
    unit : str or None
    travel_s : float or None
    reason : Remark
        FASTEST (a free unit, as fast as any that may go); DIVERTED_FROM_LESS_URGENT with the call
        and the seconds gained; DIVERTING_GAINS_TOO_LITTLE (a free unit, though one that might be
        diverted is faster); NOBODY_CAN.
    left : LeftCall or None
        Only where a unit is diverted.
    """

    unit: str | None
    travel_s: float | None
    reason: Remark
    left: LeftCall | None


def decide_diversion(question: DiversionQuestion) -> Diversion:
    """Choose between the fastest free unit and the fastest that may be diverted.

    A unit is diverted only from a state and a priority that the rule names, never from a call as
    urgent as the new one or more, and only if that gains enough. The call it leaves is in the
    answer: taken over by the fastest free unit, or queued. Of units that are equally fast the one
    whose call is the least urgent goes, then the first by id.

    Parameters
    ----------
    question : DiversionQuestion

    Returns
    -------
    Diversion
    """
    free = _first(question, [row for row, state in enumerate(question.states) if state == FREE])
    leaves = {
        row: call
        for row, call in enumerate(question.busy_with)
        if call is not None and _may(question, row, call)
    }
    taken = _first(question, list(leaves))
    gain_s = _gain(question, free, taken)
    enough = free is None or 0 < gain_s >= question.least_gain_s
    if taken is not None and enough:
        call = leaves[taken]
        facts: dict[str, Fact] = {"call": question.calls[call]}
        if free is not None:
            facts["gain_s"] = round(gain_s, 3)
        reason = Remark(ChoiceReason.DIVERTED_FROM_LESS_URGENT, facts)
        return Diversion(
            question.units[taken], question.travel_s[taken], reason, _left(question, call)
        )
    if free is None:
        return Diversion(None, None, Remark(ChoiceReason.NOBODY_CAN), None)
    reason = Remark(ChoiceReason.FASTEST)
    if taken is not None and gain_s > 0:
        facts = {"unit": question.units[taken], "gain_s": round(gain_s, 3)}
        reason = Remark(ChoiceReason.DIVERTING_GAINS_TOO_LITTLE, facts)
    return Diversion(question.units[free], question.travel_s[free], reason, None)


def _may(question: DiversionQuestion, row: int, call: int) -> bool:
    """Whether the rule lets this unit be taken from this call."""
    pair = (question.call_priorities[call], question.priority)
    return question.states[row] in question.states_diverted and pair in question.pairs


def _first(question: DiversionQuestion, rows: list[int]) -> int | None:
    """Find the first of some units to arrive at the new call."""
    travel_s = _times(question.travel_s)

    def order(row: int) -> tuple[float, int, str]:
        call = question.busy_with[row]
        urgency = 0 if call is None else -question.call_priorities[call]
        return float(travel_s[row]), urgency, question.units[row]

    return min((row for row in rows if np.isfinite(travel_s[row])), key=order, default=None)


def _gain(question: DiversionQuestion, free: int | None, taken: int | None) -> float:
    """How much sooner the one taken arrives than the free one."""
    if free is None or taken is None:
        return 0.0
    travel_s = _times(question.travel_s)
    return float(travel_s[free] - travel_s[taken])


def _left(question: DiversionQuestion, call: int) -> LeftCall:
    """Find who takes over a call: all free units are still there for it."""
    travel_s = _times(question.call_travel_s[call])
    able = [
        (float(travel_s[row]), name, row)
        for row, name in enumerate(question.units)
        if question.states[row] == FREE and np.isfinite(travel_s[row])
    ]
    if not able:
        return LeftCall(question.calls[call], None, None, Remark(ChoiceReason.QUEUED))
    seconds, name, _ = min(able)
    return LeftCall(question.calls[call], name, seconds, Remark(ChoiceReason.TAKES_OVER))


def _times(row: tuple[float | None, ...]) -> F64:
    return np.array([np.inf if one is None else one for one in row], np.float64)

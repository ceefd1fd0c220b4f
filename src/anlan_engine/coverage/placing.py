"""Place posts: one call for four classical questions."""

import numpy as np

from anlan_engine.coverage.answering import Found, answer, lost_without
from anlan_engine.coverage.errors import CoverageError
from anlan_engine.coverage.placement import Placement
from anlan_engine.coverage.problem import cover_problem, median_problem
from anlan_engine.coverage.proof import (
    Deadline,
    good_cover,
    good_median,
    prove,
    step_between_losses,
)
from anlan_engine.coverage.question import (
    CoverAll,
    CoverMost,
    ExpectedCover,
    Goal,
    Question,
    ShortestDrives,
)
from anlan_engine.coverage.reach import I64, cover_gain, reach_of, rows_merged
from anlan_engine.coverage.set_cover import cover_all


def place(question: Question, goal: Goal, *, limit_s: float = 30.0, seed: int = 0) -> Placement:
    """Choose the sites that serve a goal best, and prove how good they are.

    A fast heuristic first, then a bound that closes in on it: see `docs/adr/0010`. The same
    question, goal and seed give the same answer whenever the proof ends within the limit.

    Parameters
    ----------
    question : Question
        Travel times, weights, fixed and forbidden sites.
    goal : CoverAll, CoverMost, ShortestDrives or ExpectedCover
    limit_s : float
        Seconds until the best placement so far is returned with its bound.
    seed : int
        Of the heuristic's random numbers.

    Returns
    -------
    Placement

    Raises
    ------
    CoverageError
        INVALID_SETTING, TOO_FEW_UNITS, TOO_MANY_UNITS, NO_DEMAND.
    """
    if not limit_s > 0.0:
        raise setting(name="limit_s", value=limit_s, needed="above 0")
    deadline = Deadline.after(limit_s)
    rng = np.random.default_rng(seed)
    match goal:
        case CoverAll():
            return place_all(question, goal, deadline)
        case ShortestDrives():
            return place_median(question, goal, deadline, rng)
        case CoverMost() | ExpectedCover():
            return place_cover(question, goal, deadline, rng)


def setting(name: str, value: float, needed: str) -> CoverageError:
    """Return the error for a number that makes no sense."""
    return CoverageError(code="INVALID_SETTING", name=name, value=value, needed=needed)


def check_within(within_s: float) -> None:
    """Refuse a standard that is no time."""
    if not (within_s >= 0.0 and np.isfinite(within_s)):
        raise setting(name="within_s", value=within_s, needed="a time of at least 0")


def check_units(units: int, low: I64, high: I64) -> None:
    """Refuse a number of units that the sites cannot hold."""
    if units < 1:
        raise setting(name="units", value=units, needed="at least 1")
    if low.sum() > units:
        raise CoverageError(code="TOO_FEW_UNITS", fixed=int(low.sum()), units=units)
    if high.sum() < units:
        raise CoverageError(code="TOO_MANY_UNITS", units=units, room=int(high.sum()))


def place_all(question: Question, goal: CoverAll, deadline: Deadline) -> Placement:
    """Fewest posts that reach all demand in time."""
    check_within(goal.within_s)
    low, high = question.bounds(several=False)
    wanted = question.weights > 0.0
    in_time = question.travel_s <= goal.within_s
    cover = cover_all(in_time[:, wanted], low, high, deadline.limit_s)
    alone = in_time & (in_time[cover.at > 0].sum(axis=0) == 1)
    lost = np.where(cover.at > 0, alone @ question.weights, 0.0)
    found = Found(cover.at, float(cover.at.sum()), cover.bound, lost)
    return answer(question, found, deadline, within_s=goal.within_s)


def place_cover(
    question: Question, goal: CoverMost | ExpectedCover, deadline: Deadline,
    rng: np.random.Generator,
) -> Placement:  # fmt: skip
    """Most (expected) weight covered by so many units."""
    check_within(goal.within_s)
    several = isinstance(goal, ExpectedCover)
    units = goal.units if isinstance(goal, ExpectedCover) else goal.posts
    low, high = question.bounds(several=several)
    check_units(units, low, high)
    gain = cover_gain(goal.busy_share if isinstance(goal, ExpectedCover) else 0.0, units)
    usable = (question.travel_s <= goal.within_s) & (high > 0)[:, None]
    reach = reach_of(*rows_merged(usable, question.weights))
    problem = cover_problem(reach, gain, low, high, units)
    at = good_cover(reach, gain, problem, deadline, rng)
    step = 0.0 if several else step_between_losses(question.weights)
    proof = prove(problem, at, deadline, step)
    most = float(reach.weight.sum() * problem.gain.sum())
    lost = lost_without(problem, proof.at)
    found = Found(proof.at, most - proof.loss, most - proof.bound, lost)
    return answer(question, found, deadline, within_s=goal.within_s)


def place_median(
    question: Question, goal: ShortestDrives, deadline: Deadline, rng: np.random.Generator
) -> Placement:
    """Least weighted seconds from the nearest of so many posts."""
    low, high = question.bounds(several=False)
    check_units(goal.posts, low, high)
    served = np.isfinite(question.travel_s[high > 0]).any(axis=0) & (question.weights > 0.0)
    if not served.any():
        raise CoverageError(code="NO_DEMAND")
    unserved_s = goal.unserved_s
    if unserved_s is None:
        unserved_s = 2.0 * float(question.travel_s[np.isfinite(question.travel_s)].max())
    if not (unserved_s >= 0.0 and np.isfinite(unserved_s)):
        raise setting(name="unserved_s", value=unserved_s, needed="a time of at least 0")
    weights = question.weights[served]
    charge = weights * unserved_s
    problem = median_problem(question.travel_s[:, served] * weights, charge, low, high, goal.posts)
    at = good_median(problem, deadline, rng)
    proof = prove(problem, at, deadline, step_between_losses(np.append(problem.cost, charge)))
    found = Found(proof.at, proof.loss, proof.bound, lost_without(problem, proof.at))
    return answer(question, found, deadline, unserved_s=unserved_s)

"""From units at sites to an answer that a planner can read."""

from dataclasses import dataclass

import numpy as np

from anlan_engine.coverage.placement import (
    PROVED,
    Placement,
    Post,
    Reason,
    Remark,
    Status,
    relative_gap,
)
from anlan_engine.coverage.problem import Problem, loss_of
from anlan_engine.coverage.proof import Deadline
from anlan_engine.coverage.question import Question
from anlan_engine.coverage.reach import F64, I64

NOBODY = -1


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What a solver found.

    Attributes
    ----------
    at : (sites,) int64
        Units at each site.
    value, bound : float
    lost : (sites,) float64
        What one unit less at each chosen site would lose.
    """

    at: I64
    value: float
    bound: float
    lost: F64


def lost_without(problem: Problem, at: I64) -> F64:
    """Return what one unit less at each chosen site would lose."""
    lost = np.zeros(at.size)
    whole = loss_of(problem, at)
    for site in np.flatnonzero(at):
        fewer = at.copy()
        fewer[site] -= 1
        lost[site] = loss_of(problem, fewer) - whole
    return lost


def answer(
    question: Question, found: Found, deadline: Deadline, *,
    within_s: float = np.inf, unserved_s: float = np.inf,
) -> Placement:  # fmt: skip
    """Say where the posts stand, who is assigned to which, and what is proved."""
    chosen = np.flatnonzero(found.at)
    assigned = np.full(question.weights.size, NOBODY)
    drive_s = np.full(question.weights.size, np.inf)
    if chosen.size:
        nearest = np.argmin(question.travel_s[chosen], axis=0)
        assigned = chosen[nearest]
        drive_s = question.travel_s[assigned, np.arange(drive_s.size)]
        assigned[~np.isfinite(drive_s) | (drive_s > within_s)] = NOBODY
    served = assigned != NOBODY
    serves = np.bincount(assigned[served], question.weights[served], minlength=question.sites)
    fixed = set(question.fixed)
    posts = tuple(
        Post(site, int(found.at[site]), site in fixed, float(serves[site]), float(found.lost[site]))
        for site in chosen.tolist()
    )
    gap = relative_gap(found.value, found.bound)
    proved = gap <= PROVED
    late_s = min(within_s, unserved_s)
    return Placement(
        status=Status.OPTIMAL if proved else Status.FEASIBLE,
        posts=posts,
        value=found.value,
        bound=found.value if proved else found.bound,
        gap=0.0 if proved else gap,
        total_weight=float(question.weights.sum()),
        assigned=assigned.astype(np.int64),
        travel_s=drive_s,
        took_s=deadline.took_s,
        reasons=(
            proof_remark(gap, deadline),
            *demand_remarks(question, drive_s, late_s, charged=within_s == np.inf),
        ),
    )


def proof_remark(gap: float, deadline: Deadline) -> Remark:
    """Say whether anything better may exist."""
    if gap <= PROVED:
        return Remark(Reason.PROVED_BEST)
    return Remark(Reason.GAP_LEFT, {"gap": gap, "limit_s": deadline.limit_s})


def demand_remarks(
    question: Question, drive_s: F64, late_s: float, *, charged: bool
) -> list[Remark]:
    """Say which demand is beyond every allowed site, and which beyond the chosen ones."""
    _, high = question.bounds(several=True)
    nearest_s = np.min(question.travel_s[high > 0], axis=0, initial=np.inf)
    beyond = ~np.isfinite(nearest_s) | (not charged) & (nearest_s > late_s)
    missed = ~beyond & (drive_s > late_s)
    remarks = []
    missed_reason = Reason.CHARGED_UNSERVED if charged else Reason.LEFT_UNCOVERED
    for reason, which in ((Reason.OUT_OF_REACH, beyond), (missed_reason, missed)):
        if which.any():
            weight = float(question.weights[which].sum())
            facts = {"demand": int(which.sum()), "weight": weight, "late_s": late_s}
            remarks.append(Remark(reason, facts))
    return remarks

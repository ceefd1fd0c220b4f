"""Compile what answers questions about posts."""

import numpy as np

from anlan_engine.coverage.matching import match_to_places
from anlan_engine.coverage.move_up import Posture, move_up
from anlan_engine.coverage.placing import place
from anlan_engine.coverage.question import (
    CoverAll,
    CoverMost,
    ExpectedCover,
    Question,
    ShortestDrives,
)


def warm_coverage() -> None:
    """Ask every compiled function of this package one small question."""
    rng = np.random.default_rng(0)
    question = Question(rng.integers(1, 100, (12, 30)).astype(np.float64))
    for goal in (
        CoverAll(60.0),
        CoverMost(30.0, 4),
        ShortestDrives(4),
        ExpectedCover(30.0, 4, 0.3),
    ):
        place(question, goal)
    match_to_places(np.array([[1.0, 2.0]]))
    move_up(
        Posture(
            travel_s=question.travel_s, weight=question.weights, within_s=30.0, busy_share=0.3,
            idle_at=np.array([0, 0, 1]), drive_s=np.ones((3, 12)), capacity=np.full(12, 2),
        )
    )  # fmt: skip

"""From tables and options to a question about posts."""

from collections.abc import Mapping
from typing import TypeVar

import click
import numpy as np

from anlan.project.planning.tables import Places, Read, number
from anlan.project.planning.travel import F64
from anlan_engine.coverage import (
    CoverAll,
    CoverMost,
    ExpectedCover,
    Goal,
    Question,
    ShortestDrives,
)

Number = TypeVar("Number", int, float)

BUSY = 0.3
ROOM_MAX = 1_000
WEIGHT: Mapping[str, Read] = {"weight": number(0.0, 1e12)}
FIXED: Mapping[str, Read] = {"fixed": number(0.0, 1.0)}
ROOM: Mapping[str, Read] = {"room": number(0.0, ROOM_MAX)}


def goal_of(model: str, posts: int | None, within_s: float | None, busy: float) -> Goal:
    """Make the goal of the command line; refuse a model without its numbers."""
    if model == "all":
        return CoverAll(_given(within_s, model, "--within"))
    units = _given(posts, model, "--posts")
    if model == "drives":
        return ShortestDrives(units)
    if model == "most":
        return CoverMost(_given(within_s, model, "--within"), units)
    return ExpectedCover(_given(within_s, model, "--within"), units, busy)


def _given(value: Number | None, model: str, option: str) -> Number:
    if value is None:
        msg = f"--model {model} needs {option}"
        raise click.UsageError(msg)
    return value


def question_of(travel_s: F64, sites: Places, demand: Places) -> Question:
    """Make the question; a site with `fixed` above 0 keeps its post."""
    fixed = sites.numbers.get("fixed")
    room = sites.numbers.get("room")
    return Question(
        travel_s,
        demand.numbers["weight"],
        fixed=() if fixed is None else np.flatnonzero(fixed > 0).tolist(),
        capacity=None if room is None else room.astype(np.int64),
    )

"""Plan patrols: who visits which points, lines and areas when."""

from anlan_engine.patrol.check import Breach, check_plan
from anlan_engine.patrol.errors import PatrolError
from anlan_engine.patrol.plan import (
    LeftOut,
    Limit,
    PatrolPlan,
    Proof,
    Round,
    Status,
    Stop,
    Why,
)
from anlan_engine.patrol.problem import (
    Break,
    Habit,
    Keep,
    PatrolProblem,
    PatrolUnit,
    PatrolVisit,
    Way,
    Window,
    area,
    area_points,
    line,
    point,
)
from anlan_engine.patrol.solve import plan_patrols

__all__ = [
    "Breach",
    "Break",
    "Habit",
    "Keep",
    "LeftOut",
    "Limit",
    "PatrolError",
    "PatrolPlan",
    "PatrolProblem",
    "PatrolUnit",
    "PatrolVisit",
    "Proof",
    "Round",
    "Status",
    "Stop",
    "Way",
    "Why",
    "Window",
    "area",
    "area_points",
    "check_plan",
    "line",
    "plan_patrols",
    "point",
]

"""Simulate a posture of units: how fast they arrive, how often late, and which of two is better."""

from anlan_engine.simulate.by_place import Replication, played_by_place, weighed
from anlan_engine.simulate.calls import NEAREST, STAYS, Calls
from anlan_engine.simulate.errors import SimulationError
from anlan_engine.simulate.figures import CallFigures, Estimate, Figures, UnitFigures
from anlan_engine.simulate.fleet import Fleet
from anlan_engine.simulate.ground import Ground
from anlan_engine.simulate.pattern import CallKind, CallPattern, Duration
from anlan_engine.simulate.playing import Played, play
from anlan_engine.simulate.posture import Posture
from anlan_engine.simulate.rules import Expected, Rules
from anlan_engine.simulate.study import Comparison, Outcome, Study, compare, simulate
from anlan_engine.simulate.sweeping import sweep

__all__ = [
    "NEAREST",
    "STAYS",
    "CallFigures",
    "CallKind",
    "CallPattern",
    "Calls",
    "Comparison",
    "Duration",
    "Estimate",
    "Expected",
    "Figures",
    "Fleet",
    "Ground",
    "Outcome",
    "Played",
    "Posture",
    "Replication",
    "Rules",
    "SimulationError",
    "Study",
    "UnitFigures",
    "compare",
    "play",
    "played_by_place",
    "simulate",
    "sweep",
    "weighed",
]

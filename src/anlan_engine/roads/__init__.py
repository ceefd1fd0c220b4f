"""The road network: how it is stored (`graph`) and how it is made from streets (`build`)."""

from anlan_engine.roads.build import NO_NAME, RoadParts, StreetWay, TurnRule, build_graph
from anlan_engine.roads.graph import DEGREE_UNITS, MM_BITS, RoadGraph

__all__ = [
    "DEGREE_UNITS",
    "MM_BITS",
    "NO_NAME",
    "RoadGraph",
    "RoadParts",
    "StreetWay",
    "TurnRule",
    "build_graph",
]

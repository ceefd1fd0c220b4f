"""The road network as it is stored. It is made in :mod:`anlan_engine.roads.build`."""

from anlan_engine.roads.classes import ROAD_CLASSES, class_code
from anlan_engine.roads.graph import DEGREE_UNITS, MM_BITS, NO_NAME, RoadGraph

__all__ = ["DEGREE_UNITS", "MM_BITS", "NO_NAME", "ROAD_CLASSES", "RoadGraph", "class_code"]

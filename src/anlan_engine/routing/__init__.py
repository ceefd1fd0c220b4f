"""Travel times and routes on a road graph."""

from anlan_engine.routing.closures import Area, Closure, Disc, OnStreet, closed_arcs
from anlan_engine.routing.conditions import FREE, Conditions, conditions_at
from anlan_engine.routing.errors import RoutingError
from anlan_engine.routing.places import REACH_M
from anlan_engine.routing.results import Arrivals, Path, Table
from anlan_engine.routing.road_times import RoadTimes
from anlan_engine.routing.speeds import SpeedProfile, read_speeds
from anlan_engine.routing.tracked import Tracked

__all__ = [
    "FREE",
    "REACH_M",
    "Area",
    "Arrivals",
    "Closure",
    "Conditions",
    "Disc",
    "OnStreet",
    "Path",
    "RoadTimes",
    "RoutingError",
    "SpeedProfile",
    "Table",
    "Tracked",
    "closed_arcs",
    "conditions_at",
    "read_speeds",
]

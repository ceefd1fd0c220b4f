"""Travel times and routes on a road graph."""

from anlan_engine.routing.errors import RoutingError
from anlan_engine.routing.results import Arrivals, Path
from anlan_engine.routing.road_times import REACH_M, RoadTimes

__all__ = ["REACH_M", "Arrivals", "Path", "RoadTimes", "RoutingError"]

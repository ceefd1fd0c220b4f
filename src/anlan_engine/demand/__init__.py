"""Expected calls for help by area and hour, from counts alone, and synthetic days like them."""

from anlan_engine.demand.arrivals import Arrivals, draw_arrivals
from anlan_engine.demand.errors import DemandError

__all__ = ["Arrivals", "DemandError", "draw_arrivals"]

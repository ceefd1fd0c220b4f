"""Expected calls for help by area and hour, from counts alone, and synthetic days like them."""

from anlan_engine.demand.arrivals import Arrivals, draw_arrivals
from anlan_engine.demand.errors import DemandError
from anlan_engine.demand.fitting import fit_demand
from anlan_engine.demand.model import CountInterval, DemandModel, covered_share

__all__ = [
    "Arrivals",
    "CountInterval",
    "DemandError",
    "DemandModel",
    "covered_share",
    "draw_arrivals",
    "fit_demand",
]

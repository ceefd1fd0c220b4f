"""Close off a zone: the fewest points to hold, who gets there when, and the ways round it."""

from anlan_engine.cordon.costs import CANNOT_HOLD, HoldCosts
from anlan_engine.cordon.detours import Detours, find_detours
from anlan_engine.cordon.drawing import Cordon, HoldPoint, Kind, draw_cordon
from anlan_engine.cordon.errors import CordonError
from anlan_engine.cordon.net import StreetNet, street_net, street_net_of_arcs
from anlan_engine.cordon.posts import Posting, post_units, post_units_by_road
from anlan_engine.cordon.zone import Zone

__all__ = [
    "CANNOT_HOLD",
    "Cordon",
    "CordonError",
    "Detours",
    "HoldCosts",
    "HoldPoint",
    "Kind",
    "Posting",
    "StreetNet",
    "Zone",
    "draw_cordon",
    "find_detours",
    "post_units",
    "post_units_by_road",
    "street_net",
    "street_net_of_arcs",
]

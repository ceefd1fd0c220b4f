"""Compile what a cordon needs."""

import numpy as np

from anlan_engine.cordon.drawing import draw_cordon
from anlan_engine.cordon.net import street_net_of_arcs
from anlan_engine.cordon.zone import Zone


def warm_cordon() -> None:
    """Draw a cordon on a street of three junctions, and one where nothing leads out."""
    at = np.array([(0.0, 0.0), (0.001, 0.0), (0.002, 0.0), (0.1, 0.0)])
    ends = np.array([0, 1], np.int32)
    net = street_net_of_arcs(at, ends, ends + np.int32(1), np.ones(2))
    draw_cordon(net, Zone.disc(0.0, 0.0, 50.0), within_m=100.0)
    draw_cordon(net, Zone.disc(0.0, 0.0, 50.0), within_m=1000.0)

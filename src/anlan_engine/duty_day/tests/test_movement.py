"""A unit on its path."""

import numpy as np
import pytest

from anlan_engine.duty_day import position_at
from anlan_engine.routing import Path

CORNER = Path(
    coords=np.array([[0.0, 0.0], [0.001, 0.0], [0.001, 0.002]]),
    cumulative_s=np.array([0.0, 10.0, 30.0]),
    distance_m=333.6,
)


@pytest.mark.parametrize(
    ("seconds", "lon", "lat", "heading_deg"),
    [
        (-5.0, 0.0, 0.0, 90.0),
        (0.0, 0.0, 0.0, 90.0),
        (5.0, 0.0005, 0.0, 90.0),
        (10.0, 0.001, 0.0, 0.0),
        (20.0, 0.001, 0.001, 0.0),
        (30.0, 0.001, 0.002, 0.0),
        (99.0, 0.001, 0.002, 0.0),
    ],
)
def test_position_follows_the_path(
    seconds: float, lon: float, lat: float, heading_deg: float
) -> None:
    assert position_at(CORNER, seconds) == pytest.approx((lon, lat, heading_deg))


def test_heading_goes_round_the_compass() -> None:
    west = Path(np.array([[0.0, 0.0], [-0.001, 0.0]]), np.array([0.0, 1.0]), 111.2)
    assert position_at(west, 0.5).heading_deg == 270.0


def test_a_path_of_no_length_stays_where_it_is() -> None:
    still = Path(np.array([[1.0, 2.0], [1.0, 2.0]]), np.array([0.0, 0.0]), 0.0)
    assert position_at(still, 3.0)[:2] == (1.0, 2.0)

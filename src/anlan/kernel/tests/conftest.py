"""Actors of a part of the city."""

from dataclasses import replace

import pytest
from tests.people import EVERYTHING

from anlan.kernel.access import Actor
from anlan.kernel.areas import area_range

COMMUNITY = 990101001001000


@pytest.fixture
def community() -> Actor:
    """Return somebody who may do everything within one community."""
    low, high = area_range(COMMUNITY)
    return replace(EVERYTHING, area_low=low, area_high=high)

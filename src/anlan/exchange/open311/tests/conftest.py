"""Fixtures of Open311."""

from collections.abc import Callable

import pytest
from tests.people import Desk

from anlan.casework.tests.office import Office
from anlan.exchange.open311.tests.outside import Outside, new_key


@pytest.fixture
def outside(db: None) -> Outside:
    """Return an application with a key for the whole city."""
    return Outside(new_key())


@pytest.fixture
def office(desk: Callable[..., Desk]) -> Office:
    """Return the desks of a city that see to cases."""
    return Office.opened(desk)

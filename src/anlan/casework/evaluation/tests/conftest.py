"""Fixtures of evaluation."""

from collections.abc import Callable

import pytest
from tests.people import Desk

from anlan.casework.evaluation.tests.month import Month
from anlan.casework.tests.office import Office


@pytest.fixture
def office(desk: Callable[..., Desk]) -> Office:
    """Return the desks of a city: a centre, a department, a grid officer where the case lies."""
    return Office.opened(desk)


@pytest.fixture
def month(desk: Callable[..., Desk]) -> Month:
    """Return a month in which organisations did what the test says of them."""
    return Month(
        centre=desk("SUPERVISOR", organisation="COORDINATION_CENTRE"),
        works=desk("DEPARTMENT_DESK", organisation="MUNICIPAL_WORKS"),
        officer=desk("GRID_OFFICER", organisation="COMMUNITY_11"),
    )

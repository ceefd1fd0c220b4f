"""Fixtures of casework."""

from collections.abc import Callable

import pytest
from tests.people import Desk

from anlan.casework.tests.editors import Editors
from anlan.casework.tests.joint import Street
from anlan.casework.tests.office import Office


@pytest.fixture
def office(desk: Callable[..., Desk]) -> Office:
    """Return the desks of a city: a centre, a department, a grid officer where the case lies."""
    return Office.opened(desk)


@pytest.fixture
def street(desk: Callable[..., Desk]) -> Street:
    """Return a street, and who it calls up."""
    return Street(
        desk=desk,
        street=desk("STREET_DESK", organisation="STREET_1"),
        centre=desk("SUPERVISOR", organisation="COORDINATION_CENTRE"),
    )


@pytest.fixture
def editors(desk: Callable[..., Desk]) -> Editors:
    """Return an administrator who writes and a supervisor who publishes."""
    return Editors(
        writer=desk("ADMINISTRATOR", organisation="COORDINATION_CENTRE"),
        publisher=desk("SUPERVISOR", organisation="COORDINATION_CENTRE"),
    )

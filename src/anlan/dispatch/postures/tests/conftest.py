"""Fixtures of postures."""

from typing import Any

import pytest
from tests.people import make_desk
from tests.postures import POSTURE

from anlan.dispatch.tests.room import Room, done


@pytest.fixture
def room(db: None) -> Room:
    """Return a dispatch room; what it does is undone."""
    return Room()


@pytest.fixture
def planner(db: None) -> Any:
    """Return the desk of a supervisor."""
    return make_desk("SUPERVISOR")


@pytest.fixture
def posture(planner: Any) -> dict[str, Any]:
    """Return a posture that is kept."""
    return dict(done(planner.post("postures", POSTURE)))

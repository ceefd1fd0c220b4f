"""Fixtures of the review."""

import pytest

from anlan.dispatch.tests.room import Room


@pytest.fixture
def room(db: None) -> Room:
    """Return a dispatch room; what it does is undone."""
    return Room()

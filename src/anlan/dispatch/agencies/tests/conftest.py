"""Fixtures of linked agencies."""

import pytest

from anlan.dispatch.agencies.tests.linked import Linked


@pytest.fixture
def linked(db: None) -> Linked:
    """Return a dispatch room with agencies that have agreed; what they do is undone."""
    return Linked()

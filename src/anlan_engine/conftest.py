"""What the engine's tests share: the sample city, and published data where it is present."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings
from tests import shared_data

from anlan_engine.city import City, open_city

# A first example may wait for the compiler, which says nothing about the code.
settings.register_profile("engine", deadline=None)
settings.load_profile("engine")

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def helsinki() -> City:
    """The committed sample city."""
    return open_city(ROOT / "data" / "cities" / "helsinki.city")


@pytest.fixture(scope="session")
def shared() -> Callable[..., Path]:
    """Find a file of the published data, or skip the test, saying so."""
    return shared_data.shared

"""What the engine's tests share: the sample city."""

from pathlib import Path

import pytest
from hypothesis import settings

from anlan_engine.city import City, open_city

# A first example may wait for the compiler, which says nothing about the code.
settings.register_profile("engine", deadline=None)
settings.load_profile("engine")

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def helsinki() -> City:
    """The committed sample city."""
    return open_city(ROOT / "data" / "cities" / "helsinki.city")

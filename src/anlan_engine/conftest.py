"""What the engine's tests share: the sample city."""

from pathlib import Path

import pytest

from anlan_engine.city import City, open_city

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def helsinki() -> City:
    """The committed sample city."""
    return open_city(ROOT / "data" / "cities" / "helsinki.city")

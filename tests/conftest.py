"""Fixtures of the tests that cross rooms."""

from collections.abc import Iterator

import pytest

from tests.live import LiveServer
from tests.prepared_home import start_with_city


@pytest.fixture(scope="session")
def live() -> Iterator[LiveServer]:
    """A running installation with the demonstration city, one for the whole session."""
    server = LiveServer()
    try:
        start_with_city(server)
        yield server
        code = server.stop()
        assert code == 0, server.log.read_text()
    finally:
        server.remove()

"""A part is killed while eight clients write: every acknowledged report is there, each once."""

import os
import signal
from collections import Counter
from collections.abc import Iterator

import pytest
from tests.journeys.clients import Watcher, Writers, everything_received, until
from tests.journeys.parts import postmaster, web_process, web_server, worker
from tests.live import LiveServer
from tests.prepared_home import start_with_city

pytestmark = pytest.mark.journey

REPORTS_A_CLIENT = 12
KILLED_AFTER = 24


@pytest.fixture(scope="module")
def server() -> Iterator[LiveServer]:
    """An installation that the tests of this file may break."""
    server = LiveServer()
    try:
        start_with_city(server)
        yield server
    finally:
        server.remove()


@pytest.mark.parametrize("part", [web_server, web_process, postmaster, worker])
def test_part_that_is_killed_loses_nothing_and_comes_back(server, part):
    name = part.__name__
    watcher, writers = Watcher(server), Writers(server, name, reports_each=REPORTS_A_CLIENT)
    killed = part(server)
    writers.start()
    until(lambda: len(writers.acknowledged) >= KILLED_AFTER, "nobody could report")
    os.kill(killed.pid, signal.SIGKILL)
    writers.finish()
    assert len(writers.acknowledged) == writers.total, writers.refused
    assert {status for status, _ in writers.refused} <= {503}, writers.refused
    server.wait_until_ready()
    assert everything_received(server, name) == Counter(dict.fromkeys(writers.acknowledged, 1))
    until(lambda: len(watcher.ids) >= writers.total, "the screen missed a report")
    watcher.close()
    assert len(watcher.ids) == len(set(watcher.ids)) == writers.total
    assert watcher.ids == sorted(watcher.ids)
    until(lambda: part(server).pid != killed.pid, "the part did not come back")
    assert part(server).is_running()

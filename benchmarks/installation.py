"""A running installation to be measured: `anlan serve` with the demonstration city."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tests.live import CHECKOUT, LiveServer

from anlan.kernel.postgres.home import Home
from anlan.kernel.postgres.secret import APPLICATION
from anlan.kernel.postgres.where import ConnectionParameters, embedded

LOAD_LIMIT_S = 300
WORKERS = 2  # as `docs/operator/running.md` starts it


@contextmanager
def installation(*, units: int = 0) -> Iterator[LiveServer]:
    """Give an installation, with so many more units at places drawn from a seed; end it after."""
    # A load of many seats comes by a few sign-ins here: their allowance is not what is measured.
    os.environ["ANLAN_CLIENT_REQUESTS_PER_S"] = "100000"
    server = LiveServer(workers=WORKERS)
    try:
        server.start()
        server.load_city()
        if units:
            command = [sys.executable, "-m", "benchmarks.more_units", str(units)]
            environment = server.environment()
            subprocess.run(command, env=environment, cwd=CHECKOUT, check=True, timeout=LOAD_LIMIT_S)
        yield server
    finally:
        server.remove()


def application(server: LiveServer) -> ConnectionParameters:
    """Return how the application's role signs in to the installation's database."""
    return embedded(Home(server.home), APPLICATION)

"""The embedded database for the time of one command."""

from collections.abc import Iterator
from contextlib import contextmanager

from anlan.kernel.postgres.where import is_embedded
from anlan.project.serving import present_server


@contextmanager
def database_running() -> Iterator[None]:
    """Start the embedded server unless it runs; leave it as it was found."""
    if not is_embedded():
        yield
        return
    server = present_server()
    started = server.start() == "started"
    try:
        yield
    finally:
        if started:
            server.stop()

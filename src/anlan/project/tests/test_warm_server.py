"""What the server has in memory once it is warm."""

import os
import subprocess
import sys

MADE_LATER_LIMIT_OBJECTS = 5_000
"""A look through so many takes a few milliseconds; through all that is loaded, fifty."""

ASKED = """
import gc
from anlan.project import asgi
from django.urls import resolve
asgi.warm_up()
resolve("/api/v1/incidents")
resolve("/console/sign-in")
print(len(gc.get_objects()))
"""


def test_first_request_loads_nothing_that_garbage_collection_would_look_through_for_ever() -> None:
    told = subprocess.run(
        [sys.executable, "-c", ASKED], env=os.environ, capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stderr
    assert int(told.stdout) < MADE_LATER_LIMIT_OBJECTS

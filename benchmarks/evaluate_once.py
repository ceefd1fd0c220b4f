"""Counts what is due of the evaluation a night later, and tells how long it took.

`python -m benchmarks.evaluate_once NIGHTS`
"""

import sys
import time
from datetime import timedelta

import django

django.setup()

from anlan.casework.evaluation.services import evaluate_due  # noqa: E402
from anlan.kernel.clock import now  # noqa: E402 - settings come first

if __name__ == "__main__":
    began = time.perf_counter()
    found = evaluate_due(now() + timedelta(days=int(sys.argv[1])))
    print(found, time.perf_counter() - began)

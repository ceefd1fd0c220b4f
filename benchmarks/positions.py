"""Units that tell where they are: `python -m benchmarks.positions PORT A_SECOND SECONDS`.

`BENCH_COOKIE` and `BENCH_READER` are the Cookie headers of who tells and of who may
read units. Prints as JSON how many positions were told, how many were not taken, and how many
milliseconds each batch took.
"""

import http.client
import json
import os
import sys
import time
from datetime import UTC, datetime
from typing import Any

import numpy as np

from benchmarks.places import SEED

BATCH_POSITIONS = 50
STEP_DEGREES = 0.0001


def tell(port: int, cookie: str, reader: str, a_second: int, seconds: float) -> dict[str, Any]:
    """Tell positions of all units in turn, batch after batch, at a steady rate."""
    headers = {"Content-Type": "application/json", "Cookie": cookie}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", "/api/v1/units", headers={"Cookie": reader})
    units = json.loads(connection.getresponse().read())
    at = {one["id"]: (one["lon"] or one["station_lon"], one["lat"] or one["station_lat"])
          for one in units}  # fmt: skip
    ids, draw = list(at), np.random.default_rng(SEED)
    told, refused, took_ms = 0, 0, []
    began = time.perf_counter()
    for batch in range(int(seconds * a_second / BATCH_POSITIONS)):
        time.sleep(max(0.0, began + batch * BATCH_POSITIONS / a_second - time.perf_counter()))
        now, steps = datetime.now(UTC).isoformat(), draw.uniform(-1, 1, (BATCH_POSITIONS, 2))
        chosen = [ids[(told + row) % len(ids)] for row in range(BATCH_POSITIONS)]
        positions = []
        for unit, (east, north) in zip(chosen, steps * STEP_DEGREES, strict=True):
            at[unit] = (at[unit][0] + east, at[unit][1] + north)
            positions.append({"unit_id": unit, "lon": at[unit][0], "lat": at[unit][1], "at": now})
        sent = time.perf_counter()
        connection.request(
            "POST", "/ingest/positions", json.dumps({"positions": positions}), headers
        )
        reply = connection.getresponse()
        answer = json.loads(reply.read())
        took_ms.append(1000 * (time.perf_counter() - sent))
        told += BATCH_POSITIONS
        refused += BATCH_POSITIONS - answer.get("queued", 0)
    elapsed_s = time.perf_counter() - began
    return {"told": told, "refused": refused, "a_second": told / elapsed_s, "took_ms": took_ms}


if __name__ == "__main__":
    port, a_second, seconds = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
    told = tell(port, os.environ["BENCH_COOKIE"], os.environ["BENCH_READER"], a_second, seconds)
    sys.stdout.write(json.dumps(told))

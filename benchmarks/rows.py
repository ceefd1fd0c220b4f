"""What a benchmark writes: the machine, and rows of figures beside a peer's."""

import json
import os
import platform
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

from anlan_engine.statistics import percentile


@dataclass(frozen=True, slots=True)
class Row:
    """One figure; `ratio` is value over peer, `target` a bound in the unit (or of the ratio)."""

    name: str
    value: float
    unit: str
    peer: str = ""
    peer_value: float | None = None
    ratio: float | None = None
    target: str = ""
    holds: bool | None = None


def row(
    name: str, value: float, unit: str, *, peer: tuple[str, float] | None = None,
    at_most: float | None = None, at_least: float | None = None,
) -> Row:  # fmt: skip
    """Return a row; the target is a bound on the value."""
    target, holds = "", None
    if at_most is not None:
        target, holds = f"<= {at_most:g} {unit}", value <= at_most
    if at_least is not None:
        target, holds = f">= {at_least:g} {unit}", value >= at_least
    named, peer_value = peer or ("", None)
    ratio = value / peer_value if peer_value else None
    return Row(name, value, unit, named, peer_value, ratio, target, holds)


def machine() -> dict[str, str | int | float]:
    """Describe the machine, without its name; the load tells how quiet it was."""
    return {
        "cores": os.cpu_count() or 0,
        "memory_gib": round(psutil.virtual_memory().total / 2**30, 1),
        "load_1_min": round(os.getloadavg()[0], 2),
        "system": platform.system(),
        "kernel": platform.release(),
        "python": platform.python_version(),
        "architecture": platform.machine(),
    }


def timed_ms(work: Callable[[], object], times: int) -> list[float]:
    """Return how many milliseconds `work` took, each of `times` times."""
    took = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        took.append((time.perf_counter() - began) * 1000)
    return took


def median(values: Sequence[float]) -> float:
    """Return the middle value."""
    return percentile(values, 50)


def write(file: Path | None, name: str, rows: Sequence[Row]) -> str:
    """Return the report as JSON, and write it to `file` when one is named."""
    text = json.dumps(
        {"benchmark": name, "machine": machine(), "rows": [asdict(one) for one in rows]}, indent=2
    )
    if file is not None:
        file.write_text(text + "\n", encoding="utf-8")
    return text

"""The response clock measured: how long answer, dispatch and arrival took, against the rules."""

from collections.abc import Sequence
from dataclasses import dataclass

from anlan.dispatch.clock_rules import ClockRules, Phase
from anlan.dispatch.selectors import Stamps
from anlan_engine.statistics import percentile, wilson_interval


@dataclass(frozen=True, slots=True)
class Ring:
    """The share of measured incidents within so many seconds."""

    limit_s: int
    compliance: float | None


@dataclass(frozen=True, slots=True)
class PhaseFigures:
    """One phase over many incidents.

    `n` were measured and `missing` lack a stamp: counted, never dropped in silence. Percentiles are
    seconds. `compliance` is the share of `n` within the limit of its priority, with its 95 %
    Wilson interval. All are None when nothing was measured.
    """

    n: int
    missing: int
    p50_s: float | None
    p90_s: float | None
    compliance: float | None
    compliance_low: float | None
    compliance_high: float | None
    rings: list[Ring]


def figures(stamps: Sequence[Stamps], rules: ClockRules) -> dict[str, PhaseFigures]:
    """Return the figures of each phase of `rules` over `stamps`."""
    return {name: _phase_figures(stamps, phase) for name, phase in rules.phases.items()}


def _phase_figures(stamps: Sequence[Stamps], phase: Phase) -> PhaseFigures:
    seconds: list[float] = []
    in_time = 0
    for stamp in stamps:
        began, ended = getattr(stamp, phase.begins), getattr(stamp, phase.ends)
        if began is None or ended is None:
            continue
        took = (ended - began).total_seconds()
        seconds.append(took)
        in_time += took <= phase.limit_s[stamp.priority]
    n = len(seconds)
    if n == 0:
        return PhaseFigures(0, len(stamps), None, None, None, None, None, [])
    interval = wilson_interval(in_time, n)
    return PhaseFigures(
        n=n,
        missing=len(stamps) - n,
        p50_s=percentile(seconds, 50),
        p90_s=percentile(seconds, 90),
        compliance=in_time / n,
        compliance_low=interval.low,
        compliance_high=interval.high,
        rings=[Ring(ring, sum(s <= ring for s in seconds) / n) for ring in phase.rings_s],
    )

"""Say why no plan can make every visit that must be made.

Three kinds of evidence, each a proof by itself and none of them complete: a visit that no unit can
make even alone (`VISIT`), too many visits at once (`PEAK`, see `peaks`), too much work in a period
(`WORK`, see `work`). Whoever finds none of them has not shown that a plan exists.

`Proof.facts` hold, by kind:

VISIT
    `why`: a `Why`.
PEAK
    `visits` and `breaks`, `units` that can be the first to reach one of them, `followed` of them
    after which another can be begun in time, `least_between_s` the shortest drive between two.
WORK
    `work_s` that falls in the period, of it `drive_s` for drives, and `time_s` the units have.
"""

import math
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from anlan_engine.errors import Fact
from anlan_engine.patrol.model import Compiled
from anlan_engine.patrol.peaks import Peak, find_peaks
from anlan_engine.patrol.plan import Limit, Proof
from anlan_engine.patrol.reach import Reach
from anlan_engine.patrol.readout import OBSTACLES
from anlan_engine.patrol.work import Overload, find_overloads

F64 = npt.NDArray[np.float64]
I64 = npt.NDArray[np.int64]
U8 = npt.NDArray[np.uint8]


def prove_impossible(compiled: Compiled, travel: F64, reach: U8) -> tuple[Proof, ...]:
    """Give every proof found that what must be visited cannot all be; empty: none was found.

    Parameters
    ----------
    compiled : Compiled
        Of a checked problem.
    travel : (n, n) array
        See :func:`anlan_engine.patrol.reach.with_least_from_posts`.
    reach : (J, R) array
        See :func:`anlan_engine.patrol.reach.reach_matrix`, with that `travel`.
    """
    m = compiled.model
    return (
        *_alone(compiled, reach),
        *_days(compiled, reach),
        *(_of_peak(compiled, peak) for peak in find_peaks(m, reach, travel)),
        *(_of_overload(compiled, over) for over in find_overloads(m, reach, travel)),
    )


def clock(time_s: float) -> str:
    """Write seconds of the day as hours and minutes, "07:30"."""
    minutes = round(time_s / 60)
    return f"{minutes // 60:02}:{minutes % 60:02}"


def counted(units: int) -> str:
    """Write a number of units."""
    return f"{units} unit" if units == 1 else f"{units} units"


def _names(compiled: Compiled, jobs: I64) -> tuple[str, ...]:
    """Name visits, each once."""
    visits = [compiled.jobs[job].visit for job in jobs]
    return tuple(dict.fromkeys(visit.visit_id for visit in visits if visit is not None))


def _units(compiled: Compiled, rounds: I64) -> tuple[str, ...]:
    return tuple(dict.fromkeys(compiled.rounds[r][0].unit_id for r in rounds))


def _span(compiled: Compiled, jobs: I64) -> tuple[int, float, float]:
    """Give the first day, the earliest and the latest moment at which jobs may begin."""
    m = compiled.model
    own = m.choices[np.isin(m.choices["job"], jobs)]
    if not len(own):
        return 0, 0.0, 0.0
    return int(own["day"].min()), float(own["early"].min()), float(own["late"].max())


def _alone(compiled: Compiled, reach: U8) -> Iterator[Proof]:
    """Visits that no unit can make even if it had nothing else to do."""
    best = reach.max(axis=1, initial=0)
    for index, job in enumerate(compiled.jobs):
        visit = job.visit
        first = index == compiled.model.jobs["sibling_first"][index]
        if visit is None or not visit.must or not first or best[index] == Reach.REACHED:
            continue
        why = OBSTACLES[Reach(int(best[index]))]
        day, start_s, end_s = _span(compiled, np.array([index]))
        text = f"No unit can make visit {visit.visit_id}: {ALONE_TEXTS[Reach(int(best[index]))]}."
        yield Proof(
            Limit.VISIT, day, start_s, end_s, (visit.visit_id,), (), 1, text, {"why": str(why)}
        )  # fmt: skip


ALONE_TEXTS = {
    Reach.NOT_ABLE: "none brings what it needs on a day on which it may be made",
    Reach.NO_WAY: "there is no way to it and on to an end post",
    Reach.NOT_IN_TIME: "none can be there within its windows and back by the end of the shift",
}


def _days(compiled: Compiled, reach: U8) -> Iterator[Proof]:
    """Visits wanted more often than there are days far enough apart."""
    m = compiled.model
    for index, job in enumerate(compiled.jobs):
        visit = job.visit
        if visit is None or not visit.must or index != m.jobs["sibling_first"][index]:
            continue
        days = sorted(
            {int(m.shifts["day"][r]) for r in np.flatnonzero(reach[index] == Reach.REACHED)}
        )
        most, last = 0, -visit.spacing_days
        for day in days:
            if day - last >= visit.spacing_days:
                most, last = most + 1, day
        if 0 < most < visit.times:
            _, start_s, end_s = _span(compiled, np.array([index]))
            text = (
                f"Visit {visit.visit_id} is wanted {visit.times} times, {visit.spacing_days} days"
                f" apart: {most} times is the most."
            )
            facts: dict[str, Fact] = {"why": "TOO_FEW_DAYS", "times": visit.times, "most": most}
            yield Proof(
                Limit.VISIT, days[0], start_s, end_s, (visit.visit_id,), (), 0, text, facts
            )  # fmt: skip


def _of_peak(compiled: Compiled, peak: Peak) -> Proof:
    day, start_s, end_s = _span(compiled, peak.jobs)
    between = _least_between(compiled, peak.jobs)
    breaks = sum(compiled.jobs[job].visit is None for job in peak.jobs)
    count, units, followed = len(peak.jobs) - breaks, len(peak.rounds), len(peak.followed)
    text = (
        f"Between {clock(start_s)} and {clock(end_s)} {count} visits"
        f"{f' and {breaks} breaks' if breaks else ''} must be begun; {units} units can come to one"
        f" of them first and {followed} of them can be left in time for another, with at least"
        f" {between:.0f} s between two: at least {counted(peak.short)} short."
    )
    facts: dict[str, Fact] = {
        "visits": count, "breaks": breaks, "units": units, "followed": followed,
        "least_between_s": round(between, 3),
    }  # fmt: skip
    return Proof(
        Limit.PEAK, day, start_s, end_s,
        _names(compiled, peak.jobs), _units(compiled, peak.rounds), peak.short, text, facts,
    )  # fmt: skip


def _least_between(compiled: Compiled, jobs: I64) -> float:
    m = compiled.model
    first = m.choices[m.jobs["first"][jobs]]
    between = m.travel[np.ix_(first["exit"], first["entry"])].copy()
    np.fill_diagonal(between, np.inf)
    least = float(between.min(initial=np.inf))
    return least if math.isfinite(least) else 0.0


def _of_overload(compiled: Compiled, over: Overload) -> Proof:
    length = (over.end_s - over.start_s) * over.days
    when = f"On {over.days} days between" if over.days > 1 else "Between"
    crew = len(_units(compiled, over.rounds))
    short = math.ceil((over.work_s - over.time_s) / length - 1e-9)
    text = (
        f"{when} {clock(over.start_s)} and {clock(over.end_s)} there are"
        f" {over.work_s / 3600:.1f} h of work on {len(over.jobs)} visits, of them"
        f" {over.drive_s / 3600:.1f} h of drives, but only {over.time_s / 3600:.1f} h of"
        f" {counted(crew)} on shift: at least {counted(short)} short."
    )
    facts: dict[str, Fact] = {
        "work_s": round(over.work_s, 3), "drive_s": round(over.drive_s, 3),
        "time_s": round(over.time_s, 3),
    }  # fmt: skip
    return Proof(
        Limit.WORK, over.day, over.start_s, over.end_s,
        _names(compiled, over.jobs), _units(compiled, over.rounds), short, text, facts,
    )  # fmt: skip

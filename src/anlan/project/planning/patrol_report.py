"""The report of a patrol plan: who is where when, what was left out, and why."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from anlan.project.planning.drawing import Drawn, Line, drawn, mark_at
from anlan.project.planning.entries import clock_time
from anlan.project.planning.patrol import PatrolText, told_period
from anlan.project.planning.report import Asked, Report, Table, Words
from anlan.project.planning.travel import driven
from anlan_engine.city import City
from anlan_engine.patrol import LeftOut, PatrolPlan, PatrolUnit, Proof, Round, Status
from anlan_engine.routing import RoadTimes

MARKS_MAX = 3_000
"""More places are not drawn: the picture would be black."""

ROUTES_MAX = 40
"""Of more rounds the ways are not drawn."""


def patrol_report(
    city: City, times: RoadTimes, text: PatrolText, plan: PatrolPlan, asked: Asked, language: str
) -> Report:
    """Lay out a patrol plan; `times` draws the ways driven."""
    words = Words("patrol", language)
    tables = (_rounds(plan, words), _stops(plan, words), _left_out(plan.left_out, words))
    return Report(
        title=words("title", city=city.meta["name"]),
        language=language,
        asked=asked,
        found=[*_found(plan, text, words), *(_told(proof, words) for proof in plan.proofs)],
        map=_map(city, times, text, plan),
        tables=[table for table in tables if table.rows],
        notes=[words("note_method"), words("note_bound"), words("note_again")],
        data=_data(plan),
    )


def _found(plan: PatrolPlan, text: PatrolText, words: Words) -> list[str]:
    must = sum(visit.times for visit in text.problem.visits if visit.must)
    missed = sum(one.must for one in plan.left_out)
    found = [
        words(plan.status.lower(), made=must - missed, must=must),
        words(
            "effort", rounds=len(plan.rounds), hours=f"{plan.drive_s / 3600:.1f}",
            waited=f"{plan.wait_s / 3600:.1f}",
        ),
    ]  # fmt: skip
    if any(not visit.must for visit in text.problem.visits):
        value, bound = f"{plan.value:g}", f"{plan.value_bound:g}"
        found.append(words("value", value=value, bound=bound, gap=f"{100 * plan.gap:.1f}"))
    if text.problem.keep is not None:
        found.append(words("kept", unit=plan.other_unit, time=plan.other_time))
    return found


def _told(proof: Proof, words: Words) -> str:
    """Say one proof of impossibility."""
    return words(
        f"proof_{proof.limit.lower()}",
        day=proof.day + 1,
        period=told_period(proof.start_s, proof.end_s),
        visits=len(proof.visits),
        named=", ".join(proof.visits[:5]),
        units=len(proof.units),
        short=proof.units_short,
        why=words(f"why_{proof.facts['why']}") if "why" in proof.facts else "",
    )


def _rounds(plan: PatrolPlan, words: Words) -> Table:
    columns = [words(name) for name in ("unit", "day", "leaves", "back", "visits", "drive", "wait")]
    rows = [
        (
            one.unit_id, one.day + 1, clock_time(one.leave_post_s), clock_time(one.back_s),
            sum(stop.visit_id is not None for stop in one.stops),
            round(one.drive_s / 60), round(one.wait_s / 60),
        )
        for one in plan.rounds
    ]  # fmt: skip
    return Table(words("rounds"), columns, rows)


def _stops(plan: PatrolPlan, words: Words) -> Table:
    columns = [words(name) for name in ("unit", "day", "visit", "arrive", "begin", "leave")]
    rows = [
        (
            one.unit_id, one.day + 1, stop.visit_id or words("break"),
            clock_time(stop.arrive_s), clock_time(stop.start_s), clock_time(stop.leave_s),
        )
        for one in plan.rounds
        for stop in one.stops
    ]  # fmt: skip
    return Table(words("stops"), columns, rows)


def _left_out(left_out: Sequence[LeftOut], words: Words) -> Table:
    columns = [words(name) for name in ("visit", "must", "why")]
    rows = [
        (one.visit_id, words("yes" if one.must else "no"), words(f"why_{one.why}"))
        for one in left_out
    ]
    return Table(words("left_out"), columns, rows)


def _map(city: City, times: RoadTimes, text: PatrolText, plan: PatrolPlan) -> Drawn:
    """Draw posts, visits and the ways driven; of many rounds only the posts and visits."""
    at = text.at
    marks = [
        mark_at(at[place], "START", "")
        for place in sorted({unit.start_place for unit in text.problem.units})
    ]
    left = {one.visit_id for one in plan.left_out}
    for visit in text.problem.visits[:MARKS_MAX]:
        kind = "MISSED" if visit.visit_id in left else "VISIT" if visit.must else "OPTIONAL"
        marks.append(mark_at(at[visit.ways[0].entries[0]], kind, visit.visit_id))
    starts = {unit.unit_id: unit for unit in text.problem.units}
    lines = [
        Line(driven(times, at, _places(one, starts[one.unit_id])), "ROUTE",
             f"{one.unit_id}, {one.day + 1}")
        for one in plan.rounds
        if len(plan.rounds) <= ROUTES_MAX
    ]  # fmt: skip
    return drawn(city.graph, marks, lines)


def _places(one: Round, unit: PatrolUnit) -> list[int]:
    inner = [place for stop in one.stops for place in (stop.entry, stop.exit)]
    return [unit.start_place, *inner, unit.end_place]


def _data(plan: PatrolPlan) -> dict[str, Any]:
    habits = [
        {"visit": one.visit_id, "day": one.day, "unit": one.unit_id, "start_s": one.start_s}
        for one in plan.habits()
    ]
    return {
        "status": str(plan.status),
        "feasible": plan.status is Status.FEASIBLE,
        "value": plan.value,
        "value_bound": plan.value_bound,
        "drive_s": plan.drive_s,
        "rounds": [asdict(one) for one in plan.rounds],
        "left_out": [
            {"visit": one.visit_id, "must": one.must, "why": str(one.why)} for one in plan.left_out
        ],
        "proofs": [proof.text for proof in plan.proofs],
        "habits": habits,
    }

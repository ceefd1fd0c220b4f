"""Histories read: who had the case, who sent it back, who was late by their own clock."""

from datetime import UTC, datetime, timedelta

import pytest

from anlan.casework.evaluation.parts import Part, own_terms_kept, parts_of
from anlan.casework.service_clock.marks import Told
from anlan.casework.service_clock.reading import clock_of

WORKS, WATER = "00000000-0000-7000-8000-000000000001", "00000000-0000-7000-8000-000000000002"
MONDAY = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)  # 10:00 in Helsinki
ITEM, AREA = "0107", 990101001001001  # five working days to handle it
TARGETS = {
    "file": "FILED", "assign": "ASSIGNED", "send_back": "FILED", "dispute": "DISPUTED",
    "arbitrate": "ASSIGNED", "report": "REPORTED", "rework": "ASSIGNED", "verify": "VERIFIED",
    "close": "CLOSED", "reopen": "ASSIGNED",
}  # fmt: skip


def told(*moves: tuple[str, float] | tuple[str, float, str]) -> list[Told]:
    """Return a history: each move, how many days after Monday, to whom."""
    steps, source = [], ""
    for name, days, *given in moves:
        facts = {"organisation_id": given[0]} if given else {}
        at = MONDAY + timedelta(days=days)
        steps.append(Told(name, source, TARGETS[name], at, facts))
        source = TARGETS[name]
    return steps


def kept(steps: list[Told], holder: str = WORKS) -> bool | None:
    return own_terms_kept(clock_of(steps, ITEM, AREA), holder)


END = (("verify", 20.0), ("close", 20.1))


def test_each_organisation_has_its_own_part():
    steps = told(
        ("file", 0), ("assign", 0, WORKS), ("send_back", 1), ("assign", 2, WATER), ("report", 3),
        ("rework", 4), ("report", 5), *END, ("reopen", 21), ("report", 22),
    )  # fmt: skip
    assert parts_of(steps) == (
        {WORKS: Part(returned=True), WATER: Part(failed_check=True, reopened=True)},
        WATER,
    )


@pytest.mark.parametrize(("given", "in_vain"), [(WATER, True), (WORKS, False)])
def test_arbiter_decides_about_who_refused_last(given, in_vain):
    steps = told(
        ("file", 0), ("assign", 0, WORKS), ("send_back", 1), ("assign", 2, WATER), ("dispute", 3),
        ("arbitrate", 4, given),
    )  # fmt: skip
    parts, last = parts_of(steps)
    assert parts[WATER] == Part(returned=True, refused_in_vain=in_vain)
    assert (parts[WORKS].refused_in_vain, last) == (None, given)


@pytest.mark.parametrize(("days", "in_time"), [(6.9, True), (8.5, False)])
def test_own_term_is_five_working_days(days, in_time):
    assert kept(told(("file", 0), ("assign", 0, WORKS), ("report", days), *END)) is in_time


def test_time_that_others_took_is_not_held_against_who_handles():
    """The desk assigns after a fortnight, the check takes another."""
    steps = told(("file", 0), ("assign", 14, WORKS), ("report", 15), ("verify", 29), ("close", 30))
    clock = clock_of(steps, ITEM, AREA)
    assert clock.reading(steps[-1].at).late
    assert kept(steps) is True


def test_late_once_is_late_though_the_second_time_was_not():
    steps = told(
        ("file", 0), ("assign", 0, WORKS), ("report", 9), ("rework", 9.2), ("report", 10), *END
    )
    assert kept(steps) is False


def test_nothing_is_said_where_working_days_are_not_known():
    before = [
        Told(one.move, one.source, one.target, one.at.replace(year=2035), one.facts)
        for one in told(("file", 0), ("assign", 0, WORKS), ("report", 2), *END)
    ]
    assert kept(before) is None

"""What other systems got wrong about deadlines, each with where it was reported, kept as a test."""

from datetime import timedelta

import pytest

from anlan.casework.service_clock.marks import ASSIGNING
from anlan.casework.service_clock.reading import days_until
from anlan.casework.tests.clockwork import (
    CLASSES,
    WATER,
    WORKS,
    assigned,
    clock_of,
    filed,
    on,
    step,
    went,
)
from anlan_engine.clock import TermUnit


def due(clock, at):
    reading = clock.reading(at)
    return reading.due_at.astimezone(on(1, 1, 0).tzinfo) if reading.due_at else None


def test_holidays_make_up_days_and_lunch_are_counted_right():
    """glpi-project/glpi#10594, PR#22678; osTicket#1168, #4166; Signalen ignores festivities."""
    told = [filed(on(9, 30, 10)), assigned(on(9, 30, 10, 30))]
    assert due(clock_of(told), on(10, 8, 9)) == on(10, 10, 18)  # Saturday, worked in their place
    lunch = [filed(on(11, 24, 11)), assigned(on(11, 24, 11))]
    assert due(clock_of(lunch, "H4"), on(11, 24, 11)) == on(11, 24, 17)
    evening = [filed(on(11, 24, 17)), assigned(on(11, 24, 17))]
    assert due(clock_of(evening, "H4"), on(11, 24, 17)) == on(11, 25, 12)


def test_pausing_moves_the_deadline_and_a_paused_case_is_not_late():
    """open-zaak/open-zaak#747, #885, #2065; osTicket#3034; glpi-project/glpi#24481."""
    told = [filed(on(11, 23, 10)), assigned(on(11, 23, 11)), step("pause", on(11, 24, 9))]
    paused = clock_of(told).reading(on(12, 20, 9))
    assert (paused.state, paused.due_at, paused.late) == ("PAUSED", None, False)
    told.append(step("resume", on(11, 26, 9)))  # two closes of business stood still
    assert due(clock_of(told), on(11, 26, 9)) == on(11, 30, 18)
    assert due(clock_of(told[:2]), on(11, 26, 9)) == on(11, 26, 18)


@pytest.mark.parametrize("later", sorted(CLASSES))
@pytest.mark.parametrize("first", sorted(CLASSES))
def test_pausing_then_changing_is_changing_then_pausing(first, later):
    """glpi-project/glpi#6902, #15605: a change of priority forgot the pauses."""
    begun = [filed(on(11, 2, 10)), assigned(on(11, 2, 10, 20))]
    pause = [step("pause", on(11, 3, 9)), step("resume", on(11, 5, 15))]
    before = [step("reclassify", on(11, 3, 8), item_code=later), *pause]
    during = [pause[0], step("reclassify", on(11, 4, 8), item_code=later), pause[1]]
    afterwards = [*pause, step("reclassify", on(11, 5, 16), item_code=later)]
    read = [
        clock_of(begun + way, first).reading(on(11, 6, 9)) for way in (before, during, afterwards)
    ]
    assert len({(one.due_at, one.holder_due_at, one.remaining, one.late) for one in read}) == 1
    assert read[0].term.amount == CLASSES[later][1]


def test_new_holder_has_its_own_time_and_minutes_add_up():
    """glpi-project/glpi#1911: after a hand-over the new team had no time left."""
    told = [
        filed(on(11, 23, 9)),
        assigned(on(11, 23, 10)),
        went("send_back", "ASSIGNED", "FILED", on(11, 25, 17)),
        assigned(on(11, 26, 9), WATER),
    ]
    clock = clock_of(told)
    reading = clock.reading(on(11, 26, 16))
    assert reading.due_at == on(11, 26, 18)
    assert reading.holder_due_at == on(12, 1, 18)  # three working days after the day it came
    spent = clock.minutes_by_holder(on(11, 26, 16))
    hours = {holder: us / 3_600_000_000 for holder, us in spent.items()}
    assert hours == {ASSIGNING: 1 + 1, WORKS: 6 + 7 + 6, WATER: 5}
    whole = clock.reading(
        on(11, 26, 16), [mark for mark in clock.marks if mark.kind != "HAND_OVER"]
    )
    assert whole.elapsed == reading.elapsed


def test_every_day_until_the_due_time_says_what_it_counts():
    """cityofaustin/atd-data-tech#15615: which clock is that, and why is it due then?"""
    told = [filed(on(9, 30, 10)), assigned(on(9, 30, 10, 30))]
    clock = clock_of(told)
    reading = clock.reading(on(10, 8, 9))
    days = days_until(clock, reading.term, reading.due_at, on(10, 8, 9))
    assert sum(day.counted for day in days) == 3
    assert [(day.day.day, day.kind, day.counted) for day in days if day.kind != "HOLIDAY"] == [
        (30, "WORKDAY", 0), (8, "WORKDAY", 1), (9, "WORKDAY", 1), (10, "MAKE_UP", 1),
    ]  # fmt: skip
    assert {day.name_en for day in days if day.kind == "HOLIDAY"} == {"National Day"}
    assert reading.term.unit == TermUnit.WORKING_DAYS


def test_year_that_is_not_announced_is_not_guessed():
    """An ordinary week in its place would be wrong for the first days of January already."""
    told = [filed(on(12, 30, 10)), assigned(on(12, 30, 11))]
    clock = clock_of(told)
    assert (clock.reading(on(12, 30, 12)), clock.awaited_year(on(12, 30, 12))) == (None, 2027)
    assert clock_of(told, "U").reading(on(12, 30, 12)).due_at == on(12, 31, 10)


def test_reopening_does_not_count_what_lay_closed_and_begins_no_new_promise():
    told = [
        filed(on(11, 2, 9)),
        assigned(on(11, 2, 9, 30)),
        went("report", "ASSIGNED", "REPORTED", on(11, 3, 16)),
        went("verify", "REPORTED", "VERIFIED", on(11, 3, 17)),
        went("close", "VERIFIED", "CLOSED", on(11, 3, 17, 30)),
        went("reopen", "CLOSED", "ASSIGNED", on(11, 10, 9)),
    ]
    reading = clock_of(told).reading(on(11, 10, 10))
    assert (reading.holder, reading.elapsed, reading.remaining) == (WORKS, 0, 3)
    assert reading.due_at == on(11, 12, 18)
    assert not reading.late
    assert clock_of(told[:5]).reading(on(11, 4, 9) + timedelta(days=9)).state == "STOPPED"

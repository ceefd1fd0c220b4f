"""The nightly count: once, whoever runs it, again after a restart, and never after the end."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from tests.people import CITY, EVERYTHING, organisation_id

from anlan.casework.evaluation import counting
from anlan.casework.evaluation.models import Evaluation, Figure
from anlan.casework.evaluation.months import due_since, last_of, months_until
from anlan.casework.evaluation.services import evaluate_due
from anlan.kernel.postgres.bounded import BoundedConnection
from anlan.kernel.scope import scoped

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def rows(evaluation: Evaluation) -> list[tuple[object, ...]]:
    """Return all that is kept of a month's figures."""
    with scoped(EVERYTHING):
        found = Figure.objects.filter(evaluation=evaluation)
        kept = found.order_by("organisation_id", "item_code", "measure")
        return list(kept.values_list("organisation_id", "item_code", "measure", "cases", "hits",
                                     "expected", "standing"))  # fmt: skip


def test_nothing_is_evaluated_where_nothing_was_closed(month):
    assert evaluate_due(month.night) == 0
    with scoped(EVERYTHING):
        assert Evaluation.objects.count() == 0


def test_count_that_takes_longer_than_other_statements_is_waited_for(month, monkeypatch):
    month.did("MUNICIPAL_WORKS", 60)
    slow = counting._COUNT.replace(
        "FROM evaluation_outcome", "FROM pg_sleep(1), evaluation_outcome"
    )
    monkeypatch.setattr(counting, "_COUNT", slow)
    monkeypatch.setattr(BoundedConnection, "answer_limit_s", 0.5)
    assert evaluate_due(month.night) == 2


def test_figures_are_counted_and_compared_by_item(month):
    month.did("MUNICIPAL_WORKS", 60, in_time=30)
    month.did("WATER", 40, in_time=40, confirmed=10)
    evaluation = month.evaluated()
    works, water = organisation_id("MUNICIPAL_WORKS"), organisation_id("WATER")
    assert set(rows(evaluation)) == {
        (works, "", "IN_TIME", 60, 30, 42.0, "WORSE"),
        (works, "1601", "IN_TIME", 60, 30, 42.0, "PART"),
        (water, "", "IN_TIME", 40, 40, 28.0, "BETTER"),
        (water, "1601", "IN_TIME", 40, 40, 28.0, "PART"),
        (water, "", "CONFIRMED", 40, 10, 10.0, "ALONE"),
        (water, "1601", "CONFIRMED", 40, 10, 10.0, "PART"),
    }
    assert (evaluation.area, evaluation.state) == (CITY, "PROVISIONAL")
    assert evaluation.wholes["IN_TIME"] == {"cases": 100, "hits": 70, "dispersion": 1.0}


def test_night_is_counted_once(month):
    month.did("WATER", 40, in_time=40)
    before = month.evaluated()
    assert evaluate_due(month.night + timedelta(hours=20)) == 0
    month.did("WATER", 10, in_time=0)
    assert rows(month.evaluated(month.night + timedelta(hours=20))) == rows(before)
    assert evaluate_due(month.night + DAY) == 2  # the month before, and the one that runs
    assert {row[3] for row in rows(before)} == {50}


def test_count_that_died_is_made_good(month, monkeypatch):
    month.did("WATER", 40, in_time=40)
    before = month.evaluated()
    month.did("WATER", 10, in_time=10)
    with monkeypatch.context() as broken:
        broken.setattr(Figure.objects, "bulk_create", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            evaluate_due(month.night + DAY)
    assert {row[3] for row in rows(before)} == {40}
    assert evaluate_due(month.night + DAY) == 2
    assert {row[3] for row in rows(before)} == {50}


def test_community_office_of_few_officers_is_not_evaluated(month, desk):
    month.did("COMMUNITY_11", 50, in_time=1)
    month.did("WATER", 50, in_time=40)
    evaluation = month.evaluated()
    assert {row[0] for row in rows(evaluation)} == {organisation_id("WATER")}
    assert evaluation.wholes["IN_TIME"]["cases"] == 50
    for _ in range(3):
        desk("GRID_OFFICER", organisation="COMMUNITY_11")
    assert {row[0] for row in rows(month.evaluated(month.night + DAY))} == {
        organisation_id("WATER"),
        organisation_id("COMMUNITY_11"),
    }


def test_month_becomes_final_when_its_appeals_are_over_and_then_stays(month):
    month.did("WATER", 40, in_time=40)
    last = month.evaluated().appeal_until
    assert last == last_of(month.day.replace(day=1)) + 15 * DAY
    settled = month.night.replace(day=last.day) + DAY
    assert month.evaluated(settled - DAY).state == "PROVISIONAL"
    assert month.evaluated(settled).state == "FINAL"
    month.did("WATER", 10, in_time=0)
    assert {row[3] for row in rows(month.evaluated(settled + 3 * DAY))} == {40}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE evaluation_evaluation SET level = 0.5",
        "UPDATE evaluation_evaluation SET state = 'PROVISIONAL'",
        "UPDATE evaluation_figure SET hits = 0",
        "DELETE FROM evaluation_figure",
        "INSERT INTO evaluation_figure SELECT * FROM evaluation_figure",
    ],
)
def test_database_lets_nothing_of_a_final_month_change(month, statement):
    month.did("WATER", 40, in_time=40)
    month.evaluated(month.night)
    evaluation = month.evaluated(month.night + 20 * DAY)
    before = rows(evaluation)
    with (
        pytest.raises(DatabaseError) as caught,
        scoped(EVERYTHING),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"{statement} WHERE true")
    assert caught.value.__cause__.diag.constraint_name == "evaluation_final_stays"
    assert rows(evaluation) == before


def test_months_and_nights_follow_the_calendar_of_the_place():
    assert list(months_until(date(2026, 3, 31)))[:3] == [
        date(2026, 3, 1), date(2026, 2, 1), date(2026, 1, 1)
    ]  # fmt: skip
    assert last_of(date(2028, 2, 1)) == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("at", "since"),
    [("00:30", "2026-11-20T02:00:00+08:00"), ("18:30", "2026-11-21T02:00:00+08:00")],
)
def test_night_begins_at_the_local_hour(month, at, since):
    hour, minute = map(int, at.split(":"))
    asked = month.night.replace(year=2026, month=11, day=20, hour=hour, minute=minute)
    runs_at = month.night.replace(hour=2, minute=0).time()
    assert due_since(asked, runs_at, "Asia/Shanghai").isoformat() == since

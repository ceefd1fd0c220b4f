"""Reports of the clocks through the API: who may, which period, what leaves the house."""

import csv
import io
from datetime import timedelta

import pytest
from tests.people import make_desk

from anlan.dispatch.selectors.reports import COLUMNS, HIDDEN
from anlan.dispatch.tests.clockwork import START, incident

pytestmark = pytest.mark.django_db
PERIOD = {"since": "2026-11-21T00:00:00Z", "until": "2026-11-22T00:00:00Z"}


@pytest.fixture
def supervisor():
    return make_desk("SUPERVISOR")


def day_of_fires_and_thefts() -> None:
    """Twelve fires answered in 1 to 12 s, and three thefts."""
    for seconds in range(1, 13):
        incident(rang=0, answered=seconds)
    for _ in range(3):
        incident(rang=0, answered=30, kind="THEFT")


def rows(reply) -> list[dict[str, str]]:
    assert reply.status_code == 200, reply.content
    return list(csv.DictReader(io.StringIO(reply.content.decode("utf-8-sig"))))


def test_report_by_kind_against_a_rule_that_is_not_the_desks(supervisor):
    day_of_fires_and_thefts()
    told = supervisor.get("clock-figures", **PERIOD, rules="nena_sta_020", by="kind").json()
    assert (told["rules"]["id"], told["rules"]["version"]) == ("nena_sta_020", "2026.1")
    groups = {group["key"]: (group["received"], group["clocks"][0]) for group in told["groups"]}
    assert {key: received for key, (received, _) in groups.items()} == {
        None: 15, "FIRE_STRUCTURE": 12, "THEFT": 3,
    }  # fmt: skip
    assert [g["key"] for g in told["groups"]] == [None, "FIRE_STRUCTURE", "THEFT"]
    _, answer = groups["FIRE_STRUCTURE"]
    assert (answer["n"], answer["p50_s"], answer["p90_s"]) == (12, 6.0, 11.0)
    limits = [(one["seconds"], one["in_time"], one["met"]) for one in answer["limits"]]
    assert limits == [(15, 12, True), (20, 12, True)]
    assert [one["met"] for one in groups["THEFT"][1]["limits"]] == [False, False]


def test_report_is_of_the_rules_of_the_desk_where_none_is_named(supervisor):
    told = supervisor.get("clock-figures", **PERIOD).json()
    assert told["rules"]["id"] == "one_three_five"
    assert [one["code"] for one in told["groups"][0]["clocks"]] == ["answer", "dispatch", "arrival"]


@pytest.mark.parametrize(
    ("query", "status", "field"),
    [
        ({"until": "2026-11-20T00:00:00Z"}, 422, "until"),
        ({"until": "2027-12-01T00:00:00Z"}, 422, "until"),
        ({"zone": "Mars/Olympus"}, 422, "zone"),
        ({"zone": "../../etc/passwd"}, 422, "zone"),
        ({"by": "caller"}, 422, "by"),
        ({"rules": "unheard_of"}, 404, "rules"),
        ({"priority": 9}, 422, "priority"),
    ],
)
def test_report_that_makes_no_sense_is_refused_by_name(supervisor, query, status, field):
    reply = supervisor.get("clock-figures", **(PERIOD | query))
    assert (reply.status_code, reply.json()["field"]) == (status, field)


def test_figures_of_a_desk_are_for_those_who_run_it():
    crew = make_desk("CREW", unit="P01")
    for path in ("clock-figures", "clock-figures.csv"):
        assert crew.get(path, **PERIOD).status_code == 403


def test_file_for_the_house_has_every_count(supervisor):
    day_of_fires_and_thefts()
    found = rows(
        supervisor.get(
            "clock-figures.csv", **PERIOD, rules="nena_sta_020", by="kind", published="false"
        )
    )
    assert tuple(found[0]) == COLUMNS
    shown = [(r["group"], r["received"], r["limit_s"], r["within"], r["met"]) for r in found]
    assert shown == [
        ("ALL", "15", "15", "12", "false"), ("ALL", "15", "20", "12", "false"),
        ("FIRE_STRUCTURE", "12", "15", "12", "true"), ("FIRE_STRUCTURE", "12", "20", "12", "true"),
        ("THEFT", "3", "15", "0", "false"), ("THEFT", "3", "20", "0", "false"),
    ]  # fmt: skip
    assert found[2]["share_low"] == "0.7575"


def test_published_file_hides_small_counts_and_what_gives_them_away(supervisor):
    """The three thefts go, and the fires with them: twelve of fifteen would tell the three."""
    day_of_fires_and_thefts()
    reply = supervisor.get("clock-figures.csv", **PERIOD, rules="nena_sta_020", by="kind")
    found = rows(reply)
    assert reply["Content-Disposition"] == (
        'attachment; filename="nena_sta_020-20261121-20261122.csv"'
    )
    hidden = {row["group"] for row in found if row["received"] == HIDDEN}
    assert hidden == {"FIRE_STRUCTURE", "THEFT"}
    total = [row for row in found if row["group"] == "ALL"]
    assert [(row["received"], row["within"], row["share_within"]) for row in total] == [
        ("15", HIDDEN, HIDDEN), ("15", HIDDEN, HIDDEN),
    ]  # fmt: skip  # three were late: a small count too
    assert not any(row["measured"] == "3" or row["received"] == "3" for row in found)


def test_report_covers_a_period_of_its_beginning_and_not_of_its_end(supervisor):
    incident(rang=0, answered=5)
    at = START.isoformat()
    later = (START + timedelta(hours=1)).isoformat()
    earlier = (START - timedelta(hours=1)).isoformat()
    counts = [
        supervisor.get("clock-figures", since=a, until=b).json()["groups"][0]["received"]
        for a, b in ((at, later), (earlier, at))
    ]
    assert counts == [1, 0]

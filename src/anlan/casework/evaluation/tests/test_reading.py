"""Who sees which figures: one's own, everybody's once they are final, small counts never."""

from datetime import timedelta

import pytest
from tests.people import organisation_id

from anlan.casework.evaluation.transitions import Measure
from anlan.casework.tests.office import DISPUTE

pytestmark = pytest.mark.django_db
LATER = timedelta(days=20)


def seen(reply) -> set[str]:
    return {one["organisation_id"] for one in reply["figures"]}


def three(month) -> None:
    month.did("MUNICIPAL_WORKS", 60, in_time=30)
    month.did("WATER", 40, in_time=34)
    month.did("POWER", 9, in_time=7)


def test_organisation_sees_its_own_figures_while_the_month_is_open(month):
    three(month)
    month.evaluated()
    assert seen(month.read(month.works)) == {str(organisation_id("MUNICIPAL_WORKS"))}
    assert seen(month.read(month.officer)) == set()
    assert len(seen(month.read(month.centre))) == 3


def test_final_month_is_seen_by_all_without_small_counts(month):
    three(month)
    month.evaluated(month.night + LATER)
    assert len(seen(month.read(month.officer))) == 3
    power = month.figure(month.officer, "POWER", "IN_TIME")  # 2 of 9 were late
    assert (power["is_hidden"], power["cases"], power["rate"]) == (True, None, None)
    water = month.figure(month.officer, "WATER", "IN_TIME")  # would give them away
    assert (water["is_hidden"], water["hits"], water["expected"]) == (True, None, None)
    own = month.figure(month.works, "MUNICIPAL_WORKS", "IN_TIME")
    assert (own["is_hidden"], own["cases"], own["hits"]) == (False, 60, 30)
    assert month.figure(month.centre, "POWER", "IN_TIME")["cases"] == 9


def test_formulas_stand_beside_the_figures(month):
    three(month)
    month.evaluated()
    reply = month.read(month.works)
    assert [one["code"] for one in reply["measures"]] == [one.value for one in Measure]
    assert all(one["formula_zh"] and one["formula_en"] for one in reply["measures"])
    (in_time,) = (one for one in reply["measures"] if one["code"] == "IN_TIME")
    assert (in_time["cases"], in_time["hits"]) == (109, 71)
    assert (reply["false_discoveries"], reply["minimum_cases"]) == (0.05, 30)


def test_adjusted_share_and_its_limits(month):
    three(month)
    month.evaluated()
    figure = month.figure(month.centre, "MUNICIPAL_WORKS", "IN_TIME")
    expected = 60 * 71 / 109
    assert figure["expected"] == pytest.approx(expected)
    assert figure["adjusted"] == pytest.approx(30 / expected * 71 / 109)
    assert figure["adjusted"] < figure["low"] < 71 / 109 < figure["high"]
    # Both organisations differ, so both tests pass at the level of the inner limits.
    assert figure["outer_low"] == pytest.approx(figure["low"])
    assert figure["standing"] == "WORSE"
    power = month.figure(month.centre, "POWER", "IN_TIME")
    assert (power["standing"], power["adjusted"], power["low"]) == ("TOO_FEW", None, None)


def test_figure_opens_the_cases_that_it_counts(month):
    made = month.did("MUNICIPAL_WORKS", 7, in_time=3)
    month.did("WATER", 4, in_time=1)
    evaluation = month.evaluated()
    works = str(organisation_id("MUNICIPAL_WORKS"))
    asked = {"organisation_id": works, "measure": "IN_TIME", "hit": "false"}
    reply = month.works.get(f"evaluations/{evaluation.id}/cases", limit=3, **asked).json()
    assert [one["case_id"] for one in reply["items"]] == [str(case.id) for case in made[:3:-1]]
    assert all(one["hit"] is False for one in reply["items"])
    rest = month.works.get(f"evaluations/{evaluation.id}/cases", after=reply["next"], **asked)
    assert len(rest.json()["items"]) == 1
    of_item = month.works.get(f"evaluations/{evaluation.id}/cases", item_code="0103", **asked)
    assert of_item.json()["items"] == []


def test_other_organisations_cases_and_items_are_not_opened(month):
    three(month)
    evaluation = month.evaluated(month.night + LATER)
    water = str(organisation_id("WATER"))
    asked = {"organisation_id": water, "measure": "IN_TIME"}
    address = f"evaluations/{evaluation.id}"
    assert month.works.get(f"{address}/cases", **asked).status_code == 403
    assert month.works.get(f"{address}/organisations/{water}").status_code == 403
    assert month.centre.get(f"{address}/cases", **asked).status_code == 200


def test_figures_by_item(month):
    three(month)
    evaluation = month.evaluated()
    works = organisation_id("MUNICIPAL_WORKS")
    (one,) = month.works.get(f"evaluations/{evaluation.id}/organisations/{works}").json()
    assert (one["item_code"], one["measure"], one["cases"], one["rate"]) == (
        DISPUTE, "IN_TIME", 60, 0.5,
    )  # fmt: skip


def test_months_are_listed_newest_first(month):
    three(month)
    month.evaluated()
    (this, before) = month.officer.get("evaluations").json()["items"]
    assert this["first_day"] > before["first_day"]


def test_evaluation_of_another_city_is_not_there(month, desk):
    three(month)
    evaluation = month.evaluated()
    stranger = desk("AGENCY_DESK", organisation="WATER_WORKS")
    assert stranger.get(f"evaluations/{evaluation.id}").status_code == 403

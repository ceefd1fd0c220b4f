"""Organisations are evaluated, persons never: no account comes into what is counted or shown."""

import json

import pytest
from tests.boundaries import asked
from tests.people import EVERYTHING, organisation_id

from anlan.casework.evaluation.services import evaluate_due
from anlan.casework.tests.office import WAY
from anlan.kernel.clock import now
from anlan.kernel.scope import scoped

pytestmark = pytest.mark.django_db
ACTS = {"evaluation_appeal", "evaluation_appeal_step"}


def test_only_acts_name_accounts():
    whose = {
        name.partition(".")[0]
        for name in asked.columns_with("by", "account", "username", "made", "user")
        if name.startswith("evaluation_")
    }
    assert whose == ACTS


def test_no_account_stands_in_what_is_counted_or_answered(office):
    case_id = office.file()
    office.bring(case_id, *WAY, "evaluate")
    assert evaluate_due(now()) == 1
    accounts = [str(one.account.id) for one in (office.centre, office.works, office.officer)]
    names = [one.account.username for one in (office.centre, office.works, office.officer)]
    for known in (*accounts, *names):
        held = {table for table in asked.kept_with(known) if table.startswith("evaluation_")}
        assert held == set()
    (month,) = office.centre.get("evaluations").json()["items"]
    works = organisation_id("MUNICIPAL_WORKS")
    address = f"evaluations/{month['id']}"
    counted = {"organisation_id": works, "measure": "IN_TIME"}
    replies = [
        office.centre.get(address),
        office.centre.get(f"{address}/organisations/{works}"),
        office.centre.get(f"{address}/cases", **counted),
    ]
    for reply in replies:
        said = json.dumps(reply.json())
        assert reply.status_code == 200
        assert not [known for known in (*accounts, *names) if known in said]


def test_nothing_is_ranked():
    schemas = asked.contract()["components"]["schemas"]
    said = {
        key
        for name in ("EvaluationOut", "FigureOut", "ItemFigureOut", "CountedCaseOut")
        for key in schemas[name]["properties"]
    }
    assert not {"rank", "place", "position", "score", "points", "league"} & said


def test_outcomes_hold_what_was_done_and_by_which_organisation():
    columns = {name.partition(".")[2] for name in asked.columns()
               if name.startswith("evaluation_outcome.")}  # fmt: skip
    assert columns == {
        "id", "area", "street", "case_id", "organisation_id", "item_code", "clock_class",
        "closed_on", "in_time", "promise_kept", "first_check", "reworked", "confirmed", "returned",
        "refused_in_vain",
    }  # fmt: skip
    with scoped(EVERYTHING):
        assert asked.rows("SELECT count(*) FROM evaluation_outcome") == [(0,)]

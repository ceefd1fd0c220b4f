"""Appeals: filed in time, decided by another organisation, and counted anew at once."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from tests.people import EVERYTHING, Desk, organisation_id

from anlan.casework.evaluation.accounts import account_for
from anlan.casework.evaluation.models import Appeal, AppealStep, Evaluation, Outcome
from anlan.casework.evaluation.services import Appealed, evaluate_due, file_appeal
from anlan.casework.evaluation.tests.month import Month
from anlan.casework.evaluation.transitions import AppealGround, Measure
from anlan.casework.models import Case
from anlan.kernel.clock import now
from anlan.kernel.scope import scoped

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
WORDS = {"ground": "WRONGLY_RECORDED", "text": "It was reported a day before."}


@pytest.fixture
def counted(month: Month, monkeypatch) -> Month:
    """Return a month of two organisations that is counted, on a day on which it may be appealed."""
    month.late = month.did("MUNICIPAL_WORKS", 60, in_time=30)[30:]
    month.did("WATER", 40, in_time=40)
    month.evaluation = month.evaluated()
    monkeypatch.setattr("anlan.kernel.clock.now", lambda: month.night)
    return month


def appeal(month: Month, desk: Desk | None = None, **more):
    body = {"measure": "IN_TIME", **WORDS, **more}
    return (desk or month.works).post(f"evaluations/{month.evaluation.id}/appeals", body)


def decide(desk: Desk, made, name: str, **facts: str):
    return desk.post(f"evaluation-appeals/{made.json()['id']}/moves/{name}", facts)


def kept() -> tuple[list, int, list]:
    with scoped(EVERYTHING):
        return (
            list(Appeal.objects.order_by("id").values()),
            AppealStep.objects.count(),
            list(Evaluation.objects.order_by("id").values_list("revision", "counted_at")),
        )


def test_granted_case_no_longer_counts_and_the_month_is_counted_anew(counted):
    case = counted.late[0]
    made = appeal(counted, case_id=str(case.id))
    assert (made.status_code, made.json()["state"]) == (201, "FILED")
    granted = decide(counted.centre, made, "grant", reason="The report was lost for a day.")
    assert granted.json()["decision"] == "The report was lost for a day."
    assert [step["move"] for step in granted.json()["steps"]] == ["file", "grant"]
    with scoped(EVERYTHING):
        assert not Outcome.objects.filter(case=case, in_time__isnull=False).exists()
    assert evaluate_due(counted.night + timedelta(minutes=1)) == 1
    figure = counted.figure(counted.works, "MUNICIPAL_WORKS", "IN_TIME")
    assert (figure["cases"], figure["hits"]) == (59, 30)
    assert evaluate_due(counted.night + timedelta(minutes=2)) == 0


def test_granted_figure_is_set_aside_with_its_part_in_the_comparison(counted):
    decide(counted.centre, appeal(counted), "grant", reason="A storm took the network.")
    evaluate_due(counted.night + timedelta(minutes=1))
    figure = counted.figure(counted.works, "MUNICIPAL_WORKS", "IN_TIME")
    assert (figure["standing"], figure["cases"], figure["adjusted"]) == ("SET_ASIDE", 60, None)
    water = counted.figure(counted.centre, "WATER", "IN_TIME")
    assert (water["standing"], water["cases"]) == ("ALONE", 40)


def test_declined_appeal_changes_nothing(counted):
    made = appeal(counted, case_id=str(counted.late[0].id))
    decide(counted.centre, made, "decline", reason="The clock was right.")
    assert evaluate_due(counted.night + timedelta(minutes=1)) == 0
    assert counted.figure(counted.works, "MUNICIPAL_WORKS", "IN_TIME")["cases"] == 60


def test_what_was_granted_outlasts_writing_the_case_down_anew(office, month, monkeypatch):
    case_id = office.closed()
    evaluate_due(now())
    with scoped(EVERYTHING):
        evaluation = Evaluation.objects.get(first_day=now().date().replace(day=1))
    wanted = Appealed(Measure.IN_TIME, case_id, AppealGround.WRONG_ITEM, "Not our item.")
    with scoped(office.works.actor):
        made = file_appeal(evaluation.id, wanted, actor=office.works.actor, at=now())
    reply = office.centre.post(f"evaluation-appeals/{made.id}/moves/grant", {"reason": "Right."})
    assert reply.status_code == 200, reply.content
    with scoped(EVERYTHING):
        account_for(Case.objects.get(pk=case_id))
        found = Outcome.objects.get(case_id=case_id)
    assert (found.in_time, found.promise_kept) == (None, True)


@pytest.mark.parametrize("name", ["grant", "decline"])
def test_own_organisation_does_not_decide(counted, desk, name):
    made = appeal(counted)
    own = desk("SUPERVISOR", organisation="MUNICIPAL_WORKS")
    before = kept()
    reply = decide(own, made, name, reason="We are right.")
    assert (reply.status_code, reply.json()["code"]) == (409, "evaluation.own_appeal")
    assert kept() == before


def test_withdrawn_appeal_may_be_filed_again_and_others_only_once(counted):
    made = appeal(counted)
    again = appeal(counted)
    assert (again.status_code, again.json()["code"]) == (409, "evaluation.appealed_before")
    assert decide(counted.works, made, "withdraw").json()["state"] == "WITHDRAWN"
    second = appeal(counted)
    assert second.status_code == 201
    decide(counted.centre, second, "decline", reason="No.")
    assert appeal(counted).json()["code"] == "evaluation.appealed_before"


def test_other_organisation_neither_sees_nor_withdraws_an_appeal(counted, desk):
    made = appeal(counted)
    water = desk("DEPARTMENT_DESK", organisation="WATER")
    assert water.get("evaluation-appeals").json()["items"] == []
    assert decide(water, made, "withdraw").status_code == 403
    assert [one["moves"] for one in counted.works.get("evaluation-appeals").json()["items"]] == [
        ["withdraw"]
    ]
    assert [one["moves"] for one in counted.centre.get("evaluation-appeals").json()["items"]] == [
        ["grant", "decline"]
    ]


def test_what_is_not_counted_for_the_organisation_is_not_appealed(counted, desk):
    water = desk("DEPARTMENT_DESK", organisation="WATER")
    before = kept()
    others = appeal(counted, water, case_id=str(counted.late[0].id))
    assert (others.status_code, others.json()["field"]) == (422, "case_id")
    unmeasured = appeal(counted, measure="CONFIRMED")
    assert (unmeasured.status_code, unmeasured.json()["field"]) == (422, "measure")
    assert kept() == before


def test_days_to_appeal_end(counted, monkeypatch):
    after = counted.night.replace(day=counted.evaluation.appeal_until.day) + DAY
    monkeypatch.setattr("anlan.kernel.clock.now", lambda: after)
    reply = appeal(counted)
    assert (reply.status_code, reply.json()["code"]) == (409, "evaluation.settled")


def test_open_appeal_keeps_the_month_open_until_it_is_decided(counted):
    made = appeal(counted)
    assert counted.evaluated(counted.night + 20 * DAY).state == "PROVISIONAL"
    decide(counted.centre, made, "decline", reason="No.")
    assert counted.evaluated(counted.night + 21 * DAY).state == "FINAL"


def test_grid_officer_whose_area_is_smaller_appeals_for_its_office(counted, desk):
    for _ in range(3):
        desk("GRID_OFFICER", organisation="COMMUNITY_11")
    counted.did("COMMUNITY_11", 40, in_time=10)
    counted.evaluated(counted.night + DAY)
    made = appeal(counted, counted.officer)
    assert made.status_code == 201
    (seen,) = counted.officer.get("evaluation-appeals").json()["items"]
    assert (seen["id"], seen["moves"]) == (made.json()["id"], ["withdraw"])


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"state": "GRANTED"}, "evaluation_appeal_decided"),
        (
            {"state": "GRANTED", "decided_by": "x", "decision": "yes", "decided_at": now()},
            "evaluation_appeal_decided",
        ),
    ],
)
def test_database_keeps_what_an_appeal_must_be(counted, change, constraint):
    made = appeal(counted).json()["id"]
    with pytest.raises(DatabaseError) as caught, scoped(EVERYTHING), transaction.atomic():
        Appeal.objects.filter(pk=made).update(**change)
    assert caught.value.__cause__.diag.constraint_name == constraint


def test_database_lets_nobody_decide_on_their_own(counted):
    made = appeal(counted).json()["id"]
    own = {"decided_by": "x", "decided_for_id": organisation_id("MUNICIPAL_WORKS")}
    with pytest.raises(DatabaseError) as caught, scoped(EVERYTHING), transaction.atomic():
        Appeal.objects.filter(pk=made).update(
            state="GRANTED", decision="yes", decided_at=now(), **own
        )
    assert caught.value.__cause__.diag.constraint_name == "evaluation_appeal_not_own"


def test_appeal_waits_for_a_judge_who_is_no_party_until_it_is_decided(counted):
    def waiting(desk: Desk) -> list[str] | None:
        queues = {one["name"]: one["rows"] for one in desk.get("waiting").json()}
        found = queues.get("APPEAL_TO_DECIDE")
        return None if found is None else [row["id"] for row in found]

    made = appeal(counted)
    assert waiting(counted.works) is None
    assert waiting(counted.centre) == [str(counted.evaluation.id)]
    decide(counted.centre, made, "decline", reason="The clock was right.")
    assert waiting(counted.centre) == []

"""Nobody verifies their own work."""

import pytest
from tests.people import EVERYTHING

from anlan.casework.tests.office import kept
from anlan.kernel.scope import scoped
from anlan.orgs.models import Account

pytestmark = pytest.mark.django_db


def test_handler_cannot_verify_own_work(office):
    case_id = office.file()
    office.bring(case_id, "assign", "report")
    with scoped(EVERYTHING):  # the same person is given another desk
        Account.objects.filter(pk=office.works.account.pk).update(role="SUPERVISOR")
    before = kept(case_id)
    seen = office.works.get(f"cases/{case_id}").json()
    reply = office.move(case_id, "verify", office.works)
    assert (reply.status_code, reply.json()["code"]) == (409, "case.own_work")
    assert "verify" not in seen["moves"]
    assert kept(case_id) == before


def test_nobody_of_the_organisation_that_handled_it_verifies_or_evaluates(office, desk):
    case_id = office.file()
    office.bring(case_id, "assign", "report")
    colleague = desk("SUPERVISOR", organisation="MUNICIPAL_WORKS")
    before = kept(case_id)
    reply = office.move(case_id, "verify", colleague)
    assert (reply.status_code, reply.json()["code"]) == (409, "case.own_work")
    assert kept(case_id) == before
    office.bring(case_id, "verify", "close")
    reply = office.move(case_id, "evaluate", colleague)
    assert (reply.status_code, reply.json()["code"]) == (409, "case.own_work")
    assert kept(case_id).row["verdict"] is None


def test_reworked_handling_belongs_to_who_reported_it_last(office, desk):
    first = desk("DEPARTMENT_DESK", organisation="MUNICIPAL_WORKS")
    case_id = office.file()
    office.bring(case_id, "assign")
    assert office.move(case_id, "report", first).status_code == 200
    office.bring(case_id, "rework", "report")
    assert kept(case_id).row["reported_by"] == str(office.works.account.pk)


def test_unverified_case_cannot_be_closed(office):
    case_id = office.file()
    office.bring(case_id, "assign", "report")
    before = kept(case_id)
    reply = office.move(case_id, "close")
    assert (reply.status_code, reply.json()["code"]) == (409, "move.not_allowed")
    assert kept(case_id) == before

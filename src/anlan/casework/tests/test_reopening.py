"""A closed case is reopened at most once, by whomever."""

from uuid import UUID

import pytest

from anlan.casework.errors import ReopenedBeforeError
from anlan.casework.selectors import public_case
from anlan.casework.services import make_move
from anlan.casework.tests.office import kept
from anlan.kernel.scope import scoped
from anlan.orgs.sign_in import VISITOR

pytestmark = pytest.mark.django_db
REASON = {"reason": "the slab is loose again"}


def reopen(case_id, at):
    """Reopen a case as the resident who follows it does."""
    with scoped(VISITOR):
        return make_move(case_id=UUID(case_id), name="reopen", facts=REASON, actor=VISITOR, at=at)


def test_reopened_case_is_handled_again_by_the_same_organisation(office):
    case_id = office.closed()
    office.bring(case_id, "evaluate")
    before = kept(case_id)
    office.bring(case_id, "reopen")
    row = kept(case_id).row
    cleared = (
        "reported_by",
        "verified_by",
        "verified_for_id",
        "disposition",
        "verdict",
        "closed_at",
    )
    assert [row[name] for name in cleared] == [None] * 6
    assert (row["state"], row["reopened_count"]) == ("ASSIGNED", 1)
    for name in ("number", "organisation_id", "filed_at"):
        assert row[name] == before.row[name]


def test_resident_asks_once(office, at):
    case_id = office.closed()
    with scoped(VISITOR):
        assert public_case(UUID(case_id)).may_reopen
    assert reopen(case_id, at).state == "ASSIGNED"
    office.bring(case_id, "report", "verify", "close")
    before = kept(case_id)
    with scoped(VISITOR):
        assert not public_case(UUID(case_id)).may_reopen
    with pytest.raises(ReopenedBeforeError):
        reopen(case_id, at)
    assert kept(case_id) == before


def test_case_that_the_centre_reopened_is_not_reopened_again(office, at):
    case_id = office.closed()
    office.bring(case_id, "reopen", "report", "verify", "close")
    before = kept(case_id)
    reply = office.move(case_id, "reopen")
    assert (reply.status_code, reply.json()["code"]) == (409, "case.reopened_before")
    with pytest.raises(ReopenedBeforeError):
        reopen(case_id, at)
    assert kept(case_id) == before


def test_reopening_needs_a_reason(office):
    case_id = office.closed()
    before = kept(case_id)
    reply = office.centre.post(f"cases/{case_id}/moves/reopen", {"reason": "  "})
    problem = reply.json()
    assert (reply.status_code, problem["field"], problem["rule"]) == (422, "reason", "required")
    assert kept(case_id) == before

"""What is written of a case as it closes: whose work it was, and how it went."""

from uuid import UUID

import pytest
from tests.people import EVERYTHING, organisation_id

from anlan.casework.evaluation.models import Outcome
from anlan.casework.evaluation.transitions import Measure
from anlan.casework.services import make_move
from anlan.casework.tests.office import WAY
from anlan.kernel import clock
from anlan.kernel.scope import scoped
from anlan.orgs.sign_in import VISITOR

pytestmark = pytest.mark.django_db
GOOD = {
    "in_time": True, "promise_kept": True, "first_check": True, "reworked": False,
    "confirmed": None, "returned": False, "refused_in_vain": None,
}  # fmt: skip


def outcome(case_id: str, code: str = "MUNICIPAL_WORKS") -> dict[str, bool | None]:
    """Return what is written of an organisation in a case, by measure."""
    with scoped(EVERYTHING):
        found = Outcome.objects.get(case_id=case_id, organisation_id=organisation_id(code))
        return {one.lower(): getattr(found, one.lower()) for one in Measure}


def written(case_id: str) -> int:
    with scoped(EVERYTHING):
        return Outcome.objects.filter(case_id=case_id).count()


def test_nothing_is_written_before_a_case_closes(office):
    case_id = office.file()
    office.bring(case_id, *WAY[:-1])
    assert written(case_id) == 0
    office.bring(case_id, "close")
    assert outcome(case_id) == GOOD


def test_check_that_failed_is_rework(office):
    case_id = office.file()
    office.bring(case_id, "assign", "report", "rework", "report", "verify", "close")
    assert outcome(case_id) == GOOD | {"first_check": False, "reworked": True}


def test_case_opened_again_counts_once_it_is_closed_again_and_as_rework(office):
    case_id = office.closed()
    office.bring(case_id, "reopen")
    assert written(case_id) == 0
    office.bring(case_id, "report", "verify", "close")
    assert outcome(case_id) == GOOD | {"reworked": True}


@pytest.mark.parametrize(
    ("verdict", "confirmed"), [("PUT_RIGHT", True), ("PARTLY", False), ("NOT_PUT_RIGHT", False)]
)
def test_answer_of_who_reported_is_counted(office, verdict, confirmed):
    case_id = office.closed()
    with scoped(VISITOR):
        make_move(
            case_id=UUID(case_id),
            name="evaluate",
            facts={"verdict": verdict},
            actor=VISITOR,
            at=clock.now(),
        )
    assert outcome(case_id) == GOOD | {"confirmed": confirmed}


def test_returns_count_for_who_sent_back_and_the_work_for_who_did_it(office, desk):
    case_id = office.file()
    office.bring(case_id, "assign", "send_back")
    office.move(case_id, "assign", organisation_id=str(organisation_id("WATER")))
    office.move(case_id, "report", desk("DEPARTMENT_DESK", organisation="WATER"), outcome="Done.")
    office.bring(case_id, "verify", "close")
    assert outcome(case_id) == dict.fromkeys(GOOD) | {"returned": True}
    assert outcome(case_id, "WATER") == GOOD


def test_refusal_that_the_arbiter_left_with_who_refused_was_in_vain(office):
    case_id = office.file()
    office.bring(case_id, "assign", "send_back", "assign", "dispute", "arbitrate")
    office.bring(case_id, *WAY[1:])
    assert outcome(case_id) == GOOD | {"returned": True, "refused_in_vain": True}


@pytest.mark.parametrize("disposition", ["DUPLICATE", "WITHDRAWN"])
def test_what_was_no_work_counts_for_returns_alone(office, disposition):
    case_id = office.file()
    office.bring(case_id, *WAY[:-1])
    office.move(case_id, "close", disposition=disposition)
    assert outcome(case_id) == dict.fromkeys(GOOD) | {"returned": False}


def test_measures_are_the_columns_of_an_outcome():
    columns = {field.name for field in Outcome._meta.concrete_fields}
    assert {one.lower() for one in Measure} <= columns

"""A case that came from an incident may go back to dispatch."""

from uuid import UUID

import pytest
from tests.people import organisation_id

from anlan.casework.errors import IncidentHasCaseError, NotFromIncidentError
from anlan.casework.models import Case
from anlan.casework.selectors import case_of_incident
from anlan.casework.services import Filing, file_case, make_move
from anlan.casework.tests.office import DISPUTE, PLACE, kept
from anlan.kernel.errors import DeniedError
from anlan.kernel.identifiers import new_id
from anlan.kernel.moves import NotHeldError
from anlan.kernel.scope import scoped

pytestmark = pytest.mark.django_db
CELL = 990101001001001
REASON = {"reason": "somebody is in the water"}


@pytest.fixture
def dispatcher(desk):
    return desk("DISPATCHER").actor


def divert(incident_id, actor, at) -> Case:
    filing = Filing(
        item_code=DISPUTE, **PLACE, area=CELL, text="", channel="PHONE", incident_id=incident_id
    )
    with scoped(actor):
        return file_case(filing, actor=actor, at=at)


def give_back(case_id, actor, at) -> Case:
    with scoped(actor):
        return make_move(case_id=case_id, name="return", facts=REASON, actor=actor, at=at)


def test_dispatch_takes_a_diverted_matter_back(dispatcher, at):
    incident_id = new_id()
    case = divert(incident_id, dispatcher, at)
    returned = give_back(case.id, dispatcher, at)
    assert (returned.state, returned.incident_id) == ("RETURNED", incident_id)
    with scoped(dispatcher):
        assert case_of_incident(incident_id) is None


def test_returned_incident_may_be_diverted_again(dispatcher, at):
    incident_id = new_id()
    give_back(divert(incident_id, dispatcher, at).id, dispatcher, at)
    second = divert(incident_id, dispatcher, at)
    with scoped(dispatcher):
        assert case_of_incident(incident_id) == second


def test_incident_has_one_case_at_a_time(dispatcher, at):
    incident_id = new_id()
    divert(incident_id, dispatcher, at)
    with pytest.raises(IncidentHasCaseError):
        divert(incident_id, dispatcher, at)
    with scoped(dispatcher):
        assert Case.objects.filter(incident_id=incident_id).count() == 1


def test_department_returns_what_it_handles_and_no_other(office, desk, dispatcher, at):
    case = divert(new_id(), dispatcher, at)
    office.bring(str(case.id), "assign")
    before = kept(case.id)
    lighting = desk("DEPARTMENT_DESK", organisation="LIGHTING").actor
    with pytest.raises(NotHeldError):
        give_back(case.id, lighting, at)
    assert kept(case.id) == before
    assert give_back(case.id, office.works.actor, at).state == "RETURNED"
    assert organisation_id("MUNICIPAL_WORKS") == kept(case.id).row["organisation_id"]


def test_case_of_no_incident_has_nowhere_to_return_to(office, dispatcher, at):
    case_id = UUID(office.file())
    before = kept(case_id)
    with pytest.raises(NotFromIncidentError):
        give_back(case_id, dispatcher, at)
    assert kept(case_id) == before


def test_grid_officer_returns_nothing(office, dispatcher, at):
    case = divert(new_id(), dispatcher, at)
    before = kept(case.id)
    with pytest.raises(DeniedError):
        give_back(case.id, office.officer.actor, at)
    assert kept(case.id) == before


def test_return_is_offered_to_who_may_make_it(office, desk, dispatcher, at):
    case_id = str(divert(new_id(), dispatcher, at).id)
    assert desk("DISPATCHER").get(f"cases/{case_id}").json()["moves"] == ["return"]
    assert office.officer.get(f"cases/{case_id}").json()["moves"] == []

"""A case that is sealed: who sees it, who goes on with it, and what screens are told."""

from uuid import UUID

import pytest
from django.db import connection, transaction
from django.db.utils import Error
from tests.people import EVERYTHING, organisation_id

from anlan.casework.errors import NoOrganisationError
from anlan.casework.models import Case, CaseStep
from anlan.casework.services import make_move
from anlan.casework.tests.office import kept
from anlan.kernel.clock import now
from anlan.kernel.models import OutboxEntry
from anlan.kernel.scope import scoped
from anlan.kernel.screens import Screen
from anlan.kernel.stream import _ROWS
from anlan.orgs.identity.models import Session
from anlan.project.showing import SHOWING

pytestmark = pytest.mark.django_db

WHY = {"reason": "the reporter is threatened"}


def sealed(office, case_id: str) -> list[str]:
    """Seal a case at the centre; return the codes' ids that it is sealed to."""
    reply = office.centre.post(f"cases/{case_id}/moves/seal", WHY)
    assert reply.status_code == 200, reply.content
    return reply.json()["sealed_to"]


def ids(*codes: str) -> list[str]:
    return sorted(str(organisation_id(code)) for code in codes)


def listed_at(desk) -> list[str]:
    return [row["id"] for row in desk.get("cases").json()["items"]]


def test_sealed_case_is_there_for_who_seals_and_who_holds_it_alone(office, desk):
    case_id = office.file(text="they know who I am")
    office.bring(case_id, "assign")
    assert sealed(office, case_id) == ids("COORDINATION_CENTRE", "MUNICIPAL_WORKS")
    elsewhere = desk("SUPERVISOR", organisation="EMERGENCY_CENTRE")
    for there in (office.centre, office.works):
        assert there.get(f"cases/{case_id}").status_code == 200
        assert listed_at(there) == [case_id]
    for away in (elsewhere, office.officer, desk("DEPARTMENT_DESK", organisation="PARKS")):
        reply = away.get(f"cases/{case_id}")
        assert (reply.status_code, reply.json()["code"]) == (404, "case.unknown")
        assert listed_at(away) == []


def test_refusal_of_a_sealed_case_reads_as_that_of_one_that_is_not_there(office, desk):
    case_id = office.file()
    sealed(office, case_id)
    elsewhere = desk("SUPERVISOR", organisation="EMERGENCY_CENTRE")
    for move, facts in (("seal", WHY), ("unseal", WHY), ("close", {"disposition": "RESOLVED"})):
        answers = [
            elsewhere.post(f"cases/{one}/moves/{move}", facts)
            for one in (case_id, "00000000-0000-7000-8000-000000000000")
        ]
        assert answers[0].status_code == answers[1].status_code == 404
        assert answers[0].content == answers[1].content


def test_sealing_and_unsealing_are_steps_with_their_reasons(office, desk):
    case_id = office.file()
    sealed(office, case_id)
    reply = office.centre.post(f"cases/{case_id}/moves/unseal", {"reason": "the danger is past"})
    assert (reply.status_code, reply.json()["sealed_to"]) == (200, None)
    steps = [(one["move"], one["facts"]) for one in reply.json()["timeline"]]
    assert steps[1:] == [("seal", WHY), ("unseal", {"reason": "the danger is past"})]
    assert listed_at(desk("SUPERVISOR", organisation="EMERGENCY_CENTRE")) == [case_id]


@pytest.mark.parametrize("move", ["seal", "unseal"])
def test_seal_wants_a_proof_of_a_few_minutes_ago(office, move):
    case_id = office.file()
    if move == "unseal":
        sealed(office, case_id)
    before = kept(case_id)
    with scoped(EVERYTHING):
        Session.objects.update(
            proven_at=Session.objects.earliest("began_at").began_at.replace(year=2001)
        )
    reply = office.centre.post(f"cases/{case_id}/moves/{move}", WHY)
    assert (reply.status_code, reply.json()["code"]) == (403, "proof.needed")
    assert kept(case_id) == before


def test_department_seals_nothing(office):
    case_id = office.file()
    office.bring(case_id, "assign")
    before = kept(case_id)
    reply = office.works.post(f"cases/{case_id}/moves/seal", WHY)
    assert (reply.status_code, reply.json()["code"]) == (403, "denied")
    assert kept(case_id) == before


def test_who_works_for_nobody_seals_nothing(office):
    case_id = office.file()
    with scoped(EVERYTHING), pytest.raises(NoOrganisationError):
        make_move(case_id=UUID(case_id), name="seal", facts=WHY, actor=EVERYTHING, at=now())


def test_sealed_twice_or_unsealed_before_is_refused(office):
    case_id = office.file()
    reply = office.centre.post(f"cases/{case_id}/moves/unseal", WHY)
    assert (reply.status_code, reply.json()["code"]) == (409, "case.not_sealed")
    sealed(office, case_id)
    reply = office.centre.post(f"cases/{case_id}/moves/seal", WHY)
    assert (reply.status_code, reply.json()["code"]) == (409, "case.sealed")


def test_seal_opens_to_whoever_is_given_the_case_and_work_goes_on(office):
    case_id = office.file()
    assert sealed(office, case_id) == ids("COORDINATION_CENTRE")
    assert office.works.get(f"cases/{case_id}").status_code == 404
    office.bring(case_id, "assign", "start", "report")
    reply = office.works.get(f"cases/{case_id}").json()
    assert reply["sealed_to"] == ids("COORDINATION_CENTRE", "MUNICIPAL_WORKS")
    verified = office.centre.post(f"cases/{case_id}/moves/verify", {"note": "seen"})
    assert verified.status_code == 200
    office.bring(case_id, "close")


def test_seal_opens_to_departments_that_are_called_up(office, desk):
    case_id = office.file()
    office.bring(case_id, "assign")
    sealed(office, case_id)
    water, parks = (desk("DEPARTMENT_DESK", organisation=one) for one in ("WATER", "PARKS"))
    parts = [{"organisation_id": one, "duty": "Pump"} for one in ids("WATER", "PARKS")]
    body = {"case_id": case_id, "text": "Flooded", "parts": parts}
    called = office.centre.post("joint-tasks", body)
    assert called.status_code == 201, called.content
    for one in (water, parks):
        assert one.get(f"cases/{case_id}").status_code == 200
        assert one.get(f"joint-tasks/{called.json()['id']}").status_code == 200
    lighting = desk("DEPARTMENT_DESK", organisation="LIGHTING")
    assert lighting.get(f"joint-tasks/{called.json()['id']}").status_code == 404
    assert lighting.get("joint-tasks").json()["items"] == []


def test_nobody_is_taken_off_a_seal_by_a_writer_of_the_database(office):
    case_id = office.file()
    before = sealed(office, case_id)
    with scoped(office.centre.actor):
        Case.objects.filter(pk=case_id).update(sealed_to=[organisation_id("PARKS")])
        found = Case.objects.get(pk=case_id).sealed_to or []
    assert [str(one) for one in found] == sorted([*before, *ids("PARKS")])


def test_sealed_case_is_neither_merged_nor_led_into(office):
    lead, other = office.file(), office.file()
    sealed(office, lead)
    reply = office.centre.post(f"cases/{other}/moves/merge", {"leading_id": lead, "reason": "same"})
    assert (reply.status_code, reply.json()["code"]) == (422, "case.not_leading")
    reply = office.centre.post(f"cases/{lead}/moves/merge", {"leading_id": other, "reason": "same"})
    assert (reply.status_code, reply.json()["code"]) == (409, "case.sealed")


def test_raw_sql_neither_reads_nor_writes_a_case_sealed_from_its_scope(office, desk):
    case_id = office.file(text="they know who I am")
    sealed(office, case_id)
    before = kept(case_id)
    elsewhere = desk("SUPERVISOR", organisation="EMERGENCY_CENTRE").actor
    with scoped(elsewhere), connection.cursor() as cursor:
        for statement in ("SELECT FROM casework_case", "SELECT FROM casework_case_step"):
            cursor.execute(statement)
            assert cursor.fetchall() == []
        cursor.execute("UPDATE casework_case SET text = 'gone', sealed_to = NULL")
        assert cursor.rowcount == 0
    assert kept(case_id) == before


def test_writer_cannot_seal_a_case_from_himself(office):
    case_id = office.file()
    refused = pytest.raises(Error, match="row-level security")
    with scoped(office.centre.actor), refused, transaction.atomic():
        Case.objects.filter(pk=case_id).update(sealed_to=[organisation_id("PARKS")])


def told(screen: Screen) -> list[str]:
    """Return the topics of all that a screen is told of what is in the outbox, before and now."""
    with scoped(EVERYTHING), connection.cursor() as cursor:
        cursor.execute("UPDATE kernel_outbox SET sequence = position WHERE sequence IS NULL")
        cursor.execute(SHOWING.asking(_ROWS), [0, 2**62, 1_000])
        rows = cursor.fetchall()
    return [
        row[1] for row in rows if screen.sees(row[2], row[6], SHOWING.needed_for(row[1]), row[7])
    ]


def test_screens_are_told_to_show_it_no_more_and_nothing_of_before_or_after(office, desk):
    screens = [
        Screen(
            one.actor.area_low,
            one.actor.area_high,
            since=0,
            organisation_id=one.actor.organisation_id,
            permissions=one.actor.permissions,
        )
        for one in (office.centre, desk("SUPERVISOR", organisation="EMERGENCY_CENTRE"))
    ]
    case_id = office.file()
    assert told(screens[0]) == told(screens[1]) == ["case.filed"]
    sealed(office, case_id)
    office.bring(case_id, "assign")
    assert told(screens[0]) == ["case.filed", "case.changed", "case.withdrawn", "case.changed"]
    assert told(screens[1]) == ["case.withdrawn"]
    with scoped(EVERYTHING):
        row = OutboxEntry.objects.get(topic="case.withdrawn")
        assert row.body == {"case_id": case_id}
        assert CaseStep.objects.filter(subject_id=case_id).count() == 3

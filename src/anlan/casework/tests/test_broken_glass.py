"""Breaking the glass: a look for a time, on the record, told, limited, and reviewed by another."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import Error
from tests.people import EVERYTHING, Desk, organisation_id

from anlan.casework.models import BrokenGlass, CaseStep
from anlan.casework.tests.test_sealing import sealed
from anlan.kernel.clock import now
from anlan.kernel.deadlines import handle_due
from anlan.kernel.models import Deadline, OutboxEntry
from anlan.kernel.scope import scoped
from anlan.orgs.identity.models import Session
from anlan.project.deadlines import HANDLERS

pytestmark = pytest.mark.django_db

WHY = "a crew stands before the door"
REVIEW = {"finding": "JUSTIFIED", "words": "life was at stake"}


@pytest.fixture
def stranger(desk) -> Desk:
    """Return a dispatcher of an organisation that no case is sealed to."""
    return desk("DISPATCHER", organisation="EMERGENCY_CENTRE")


def number_of(office, case_id: str) -> str:
    return office.centre.get(f"cases/{case_id}").json()["number"]


def a_sealed_case(office) -> tuple[str, str]:
    case_id = office.file(text="they know who I am")
    sealed(office, case_id)
    return case_id, number_of(office, case_id)


def broken(desk: Desk, number: str, **other: str):
    body = {"number": number, "reason": WHY, "purpose": "DISPATCH"}
    return desk.post("broken-glass", body | other)


def opened(desk: Desk, number: str) -> dict:
    reply = broken(desk, number)
    assert reply.status_code == 201, reply.content
    assert reply.json()["case_id"] is not None
    return reply.json()


def test_glass_opens_one_case_for_half_an_hour_to_one_person(office, stranger, desk):
    case_id, number = a_sealed_case(office)
    other, _ = a_sealed_case(office)
    row = opened(stranger, number.lower().replace("-", " "))
    assert row["case_id"] == case_id
    with scoped(EVERYTHING):
        kept = BrokenGlass.objects.get(pk=row["id"])
        assert kept.until - kept.opened_at == timedelta(minutes=30)
    seen = stranger.get(f"cases/{case_id}").json()
    assert (seen["number"], seen["glass_until"]) == (number, row["until"])
    assert stranger.get(f"cases/{other}").status_code == 404
    colleague = desk("DISPATCHER", organisation="EMERGENCY_CENTRE")
    assert colleague.get(f"cases/{case_id}").status_code == 404


def test_glass_is_for_looking_alone(office, desk):
    case_id, number = a_sealed_case(office)
    elsewhere = desk("SUPERVISOR", organisation="EMERGENCY_CENTRE")
    opened(elsewhere, number)
    assert elsewhere.get(f"cases/{case_id}").json()["moves"] == []
    reply = elsewhere.post(f"cases/{case_id}/moves/unseal", {"reason": "to see it at ease"})
    assert (reply.status_code, reply.json()["code"]) == (404, "case.unknown")


def test_glass_mends_by_the_clock_of_the_database(office, stranger):
    case_id, number = a_sealed_case(office)
    centre = organisation_id("COORDINATION_CENTRE")
    with scoped(stranger.actor), connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        (moment,) = cursor.fetchone()
        begun = moment - timedelta(minutes=31)
        BrokenGlass.objects.create(
            area=990101001001001,
            number=number,
            case_id=UUID(case_id),
            sealed_to=[centre],
            opened_by=stranger.actor.id,
            opened_by_name="d",
            reason=WHY,
            purpose="DISPATCH",
            opened_at=begun,
            until=begun + timedelta(minutes=30),
            review_due_at=moment,
        )
    assert stranger.get(f"cases/{case_id}").status_code == 404


def test_nobody_opens_the_glass_for_another_or_for_later(office, stranger):
    _, number = a_sealed_case(office)
    row = opened(stranger, number)
    with scoped(EVERYTHING):
        kept = BrokenGlass.objects.get(pk=row["id"])
    for changed in (
        {"opened_by": "somebody else"},
        {"opened_at": kept.opened_at + timedelta(minutes=5)},
        {"until": kept.opened_at + timedelta(minutes=61)},
    ):
        values = {f.attname: getattr(kept, f.attname) for f in BrokenGlass._meta.concrete_fields}
        values |= changed
        del values["id"]
        with scoped(stranger.actor), pytest.raises(Error), transaction.atomic():
            BrokenGlass.objects.create(**values)
    with scoped(EVERYTHING):
        assert BrokenGlass.objects.count() == 1


def test_answer_is_the_same_for_every_number_that_opens_nothing(office, desk):
    """No oracle: not there, in another area, not sealed, or open by right, it reads alike."""
    case_id, number = a_sealed_case(office)
    plain = number_of(office, office.file())
    officer = desk("DEPARTMENT_DESK", organisation="PARKS")
    afar = desk("SUPERVISOR", organisation="COMMUNITY_23")
    asked = [
        (officer, "C-00000-00000", "CASEWORK"),
        (officer, plain, "CASEWORK"),
        (officer, "anything at all", "CASEWORK"),
        (afar, number, "CASEWORK"),
        (office.centre, number, "CASEWORK"),
    ]
    answers = [broken(who, what, purpose=why) for who, what, why in asked]
    assert {one.status_code for one in answers} == {201}
    own = ("id", "number", "opened_at", "opened_by_name", "opened_for_id")
    told = [{k: v for k, v in one.json().items() if k not in own} for one in answers]
    assert told == [told[0]] * len(asked)
    assert (told[0]["case_id"], told[0]["until"], told[0]["review_due_at"]) == (None, None, None)
    with scoped(EVERYTHING):
        assert CaseStep.objects.filter(move="break_glass").count() == 0
        assert not OutboxEntry.objects.filter(topic__startswith="glass.").exists()
    assert afar.get(f"cases/{case_id}").status_code == 404


def test_look_is_on_the_record_and_told_to_whom_it_is_sealed(office, stranger):
    case_id, number = a_sealed_case(office)
    office.bring(case_id, "assign")
    row = opened(stranger, number)
    with scoped(EVERYTHING):
        events = OutboxEntry.objects.filter(topic="glass.broken").order_by("audience")
        assert [one.audience for one in events] == sorted(
            organisation_id(one) for one in ("COORDINATION_CENTRE", "MUNICIPAL_WORKS")
        )
        assert {one.body["number"] for one in events} == {number}
        assert {str(one.subject_id) for one in events} == {case_id}
    step = office.centre.get(f"cases/{case_id}").json()["timeline"][-1]
    assert (step["move"], step["facts"]) == ("break_glass", {"reason": WHY, "purpose": "DISPATCH"})
    assert step["made_by_name"] == stranger.actor.name
    assert [one["id"] for one in stranger.get("broken-glass/own").json()["items"]] == [row["id"]]


@pytest.mark.parametrize(
    ("body", "status", "code", "field"),
    [
        ({"reason": "because"}, 422, "invalid", "reason"),
        ({"reason": "  because        "}, 422, "invalid", "reason"),
        ({"purpose": "AUDIT"}, 403, "purpose.foreign", "Anlan-Purpose"),
    ],
)
def test_glass_wants_a_reason_and_a_purpose(office, stranger, body, status, code, field):
    _, number = a_sealed_case(office)
    reply = broken(stranger, number, **body)
    assert (reply.status_code, reply.json()["code"]) == (status, code)
    assert reply.json()["field"].endswith(field)
    with scoped(EVERYTHING):
        assert BrokenGlass.objects.count() == 0


def test_glass_wants_a_proof_of_a_few_minutes_ago(office, stranger):
    _, number = a_sealed_case(office)
    with scoped(EVERYTHING):
        Session.objects.update(proven_at=now() - timedelta(hours=1))
    reply = broken(stranger, number)
    assert (reply.status_code, reply.json()["code"]) == (403, "proof.needed")
    with scoped(EVERYTHING):
        assert BrokenGlass.objects.count() == 0


@pytest.mark.parametrize("role", ["AUDITOR", "GATEWAY", "ADMINISTRATOR", "CALL_TAKER", "CREW"])
def test_who_has_no_need_of_cases_breaks_no_glass(office, desk, role):
    _, number = a_sealed_case(office)
    where = {"unit": "P01"} if role == "CREW" else {"organisation": "EMERGENCY_CENTRE"}
    assert broken(desk(role, **where), number).status_code == 403


def test_glass_that_is_open_is_not_opened_longer(office, stranger):
    _, number = a_sealed_case(office)
    assert opened(stranger, number) == opened(stranger, number)


def test_fourth_look_waits_for_a_review(office, stranger):
    numbers = [a_sealed_case(office)[1] for _ in range(4)]
    rows = [opened(stranger, one) for one in numbers[:3]]
    reply = broken(stranger, numbers[3])
    assert (reply.status_code, reply.json()["code"]) == (409, "glass.unreviewed")
    assert broken(stranger, "C-00000-00000").json()["code"] == "glass.unreviewed"
    office.centre.post(f"broken-glass/{rows[0]['id']}/review", REVIEW)
    assert opened(stranger, numbers[3])["number"] == numbers[3]


def test_eleventh_number_of_a_day_that_opens_nothing_is_refused(office, stranger):
    _, number = a_sealed_case(office)
    for one in range(10):
        assert broken(stranger, f"C-00000-0000{one}").status_code == 201
    for one in ("C-00000-0000A", number):
        assert broken(stranger, one).json()["code"] == "glass.misses"


def test_second_person_of_whom_it_is_sealed_to_reviews(office, stranger, desk):
    _, number = a_sealed_case(office)
    row = opened(stranger, number)
    waiting = office.centre.get("broken-glass").json()["items"]
    assert [(one["id"], one["reason"]) for one in waiting] == [(row["id"], WHY)]
    elsewhere = desk("SUPERVISOR", organisation="EMERGENCY_CENTRE")
    assert elsewhere.get("broken-glass").json()["items"] == []
    reply = elsewhere.post(f"broken-glass/{row['id']}/review", REVIEW)
    assert (reply.status_code, reply.json()["code"]) == (404, "glass.unknown")
    auditor = desk("AUDITOR", organisation="COORDINATION_CENTRE")
    assert [one["id"] for one in auditor.get("broken-glass").json()["items"]] == [row["id"]]
    reply = auditor.post(f"broken-glass/{row['id']}/review", REVIEW)
    assert (reply.status_code, reply.json()["finding"]) == (200, "JUSTIFIED")
    again = office.centre.post(f"broken-glass/{row['id']}/review", REVIEW)
    assert (again.status_code, again.json()["code"]) == (409, "glass.reviewed_before")
    assert office.centre.get("broken-glass").json()["items"] == []
    (done,) = office.centre.get("broken-glass", reviewed=True).json()["items"]
    assert (done["words"], done["reviewed_by_name"]) == (REVIEW["words"], auditor.actor.name)


def test_nobody_reviews_his_own_look(office, desk):
    """Neither by the service nor by SQL, whatever organisation he is of by then."""
    _, number = a_sealed_case(office)
    looker = desk("SUPERVISOR", organisation="EMERGENCY_CENTRE")
    row = opened(looker, number)
    reply = looker.post(f"broken-glass/{row['id']}/review", REVIEW)
    assert (reply.status_code, reply.json()["code"]) == (409, "glass.own")
    values = {"finding": "JUSTIFIED", "words": "mine", "reviewed_at": now()}
    own = BrokenGlass.objects.filter(pk=row["id"])
    with scoped(looker.actor):
        assert own.update(**values, reviewed_by="another") == 0
    with scoped(EVERYTHING), pytest.raises(IntegrityError, match="not_own"), transaction.atomic():
        own.update(**values, reviewed_by=looker.actor.id)


def test_review_that_is_late_is_told_once_and_stands_first(office, stranger):
    _, first = a_sealed_case(office)
    _, second = a_sealed_case(office)
    rows = [opened(stranger, one) for one in (first, second)]
    with scoped(EVERYTHING):
        due = Deadline.objects.filter(name="glass.review")
        assert {str(one.subject_id) for one in due} == {row["id"] for row in rows}
    handle_due(HANDLERS, now() + timedelta(hours=23))
    assert {one["overdue_at"] for one in office.centre.get("broken-glass").json()["items"]} == {
        None
    }
    office.centre.post(f"broken-glass/{rows[1]['id']}/review", REVIEW)
    handle_due(HANDLERS, now() + timedelta(hours=25))
    (late,) = office.centre.get("broken-glass").json()["items"]
    assert (late["id"], late["overdue_at"] is None) == (rows[0]["id"], False)
    with scoped(EVERYTHING):
        events = OutboxEntry.objects.filter(topic="glass.overdue")
        assert [one.audience for one in events] == [organisation_id("COORDINATION_CENTRE")]

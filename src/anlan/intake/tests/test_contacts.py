"""Contacts stand apart: sealed, shown for a stated purpose on the record, erased in time."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from tests.people import EVERYTHING

from anlan.intake.models import Contact, Report
from anlan.intake.services.contacts import (
    ERASE_BATCH_ROWS,
    ContactGiven,
    contact_kept_for,
    erase_expired_contacts,
)
from anlan.intake.tests.reports import CALLER, CELL, take
from anlan.kernel.clock import now
from anlan.kernel.errors import InvalidError
from anlan.kernel.models import FieldLook, KeptReply
from anlan.kernel.scope import scoped

pytestmark = pytest.mark.django_db


def looks() -> list[tuple[str, str]]:
    with scoped(EVERYTHING):
        return list(FieldLook.objects.values_list("actor_name", "purpose"))


def view(desk, report, purpose, **changes):
    return desk.post(f"reports/{report.id}/contact-views", {"purpose": purpose}, **changes)


def test_database_never_holds_the_telephone_number() -> None:
    report = take(EVERYTHING, now(), contact=CALLER)
    with scoped(EVERYTHING), connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM intake_contact WHERE report_id = %s", [report.id])
        sealed = bytes(cursor.fetchone()[0])
        cursor.execute(
            "SELECT row_to_json(r)::text FROM intake_report r WHERE id = %s", [report.id]
        )
        row = cursor.fetchone()[0]
    assert len(sealed) > 100
    for digits in (b"123 4567", b"1234567", b"Caller"):
        assert digits not in sealed
        assert digits.decode() not in row


def test_look_shows_the_contact_and_stays_on_the_record(desk) -> None:
    report, caller = take(EVERYTHING, now(), contact=CALLER), desk("CALL_TAKER")
    reply = view(caller, report, "  The crew cannot find the door. ")
    assert (reply.status_code, reply["Cache-Control"]) == (200, "no-store")
    assert reply.json() == {"name": "Caller", "telephone": "+358 40 123 4567", "email": ""}
    with scoped(EVERYTHING):
        look = FieldLook.objects.get()
    assert (look.actor_id, look.field, look.subject_id, look.area, look.purpose) == (
        str(caller.account.id), "report.contact", report.id, CELL, "The crew cannot find the door.",
    )  # fmt: skip


def test_each_look_has_its_own_entry_and_none_is_replayed(desk) -> None:
    report, caller, key = take(EVERYTHING, now(), contact=CALLER), desk("CALL_TAKER"), uuid4()
    assert view(caller, report, "Call back", key=key).status_code == 200
    assert view(caller, report, "Call back", key=key).status_code == 200
    assert looks() == [(caller.account.username, "Call back")] * 2
    with scoped(EVERYTHING):
        assert KeptReply.objects.filter(key=key).count() == 0


@pytest.mark.parametrize("purpose", ["", "  ", "ab", "x" * 201])
def test_look_without_a_purpose_is_refused_and_not_recorded(desk, purpose) -> None:
    report = take(EVERYTHING, now(), contact=CALLER)
    reply = view(desk("DISPATCHER"), report, purpose)
    assert (reply.status_code, reply.json()["field"]) == (422, "purpose")
    assert b"123 4567" not in reply.content
    assert looks() == []


@pytest.mark.parametrize(("role", "status"), [("CREW", 403), ("GRID_OFFICER", 403), (None, 401)])
def test_look_needs_its_permission(desk, role, status) -> None:
    report = take(EVERYTHING, now(), contact=CALLER)
    assert view(desk(role), report, "Call back").status_code == status
    assert looks() == []


def test_contact_that_was_never_left_is_said_to_be_none(desk) -> None:
    report = take(EVERYTHING, now())
    reply = view(desk("DISPATCHER"), report, "Call back")
    assert (reply.status_code, reply.json()["code"]) == (404, "contact.none")
    assert looks() == []


def test_contact_is_gone_from_the_moment_its_time_is_over(desk) -> None:
    caller = desk("CALL_TAKER")
    over = take(EVERYTHING, now() - contact_kept_for(now()), contact=CALLER)
    kept = take(EVERYTHING, now() - contact_kept_for(now()) + timedelta(hours=1), contact=CALLER)
    assert view(caller, over, "Call back").json()["code"] == "contact.none"
    assert view(caller, kept, "Call back").status_code == 200
    assert caller.get(f"reports/{over.id}").json()["contact_kept"] is False
    assert caller.get(f"reports/{kept.id}").json()["contact_kept"] is True


def test_expired_contacts_are_deleted_and_the_reports_stay(at) -> None:
    first = take(EVERYTHING, at, contact=CALLER)
    second = take(EVERYTHING, at + timedelta(seconds=1), contact=CALLER)
    over = at + contact_kept_for(at)
    assert erase_expired_contacts(over - timedelta(seconds=1)) == 0
    assert erase_expired_contacts(over) == 1
    assert erase_expired_contacts(over) == 0
    with scoped(EVERYTHING):
        assert [contact.report_id for contact in Contact.objects.all()] == [second.id]
        assert set(Report.objects.values_list("pk", flat=True)) == {first.id, second.id}


def test_expiry_goes_in_bounded_batches_from_the_oldest(at) -> None:
    with scoped(EVERYTHING):
        more = ERASE_BATCH_ROWS + 2
        reports = [
            Report(
                area=CELL, number=f"R-{n}", channel="WEB", kind="NOISE", priority=4, lon=24.94,
                lat=60.17, received_at=at, taken_by="visitor", case_id=uuid4(), attached=False,
            )
            for n in range(more)
        ]  # fmt: skip
        Report.objects.bulk_create(reports)
        Contact.objects.bulk_create(
            Contact(area=CELL, report=report, sealed=b"x", expires_at=at + timedelta(seconds=n))
            for n, report in enumerate(reversed(reports))
        )
    assert erase_expired_contacts(at + timedelta(days=1)) == ERASE_BATCH_ROWS
    with scoped(EVERYTHING):
        assert set(Contact.objects.values_list("report_id", flat=True)) == {
            reports[0].id, reports[1].id,
        }  # fmt: skip


def test_contact_cannot_be_changed_in_place() -> None:
    take(EVERYTHING, now(), contact=CALLER)
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        scoped(EVERYTHING),
        transaction.atomic(),
    ):
        Contact.objects.update(expires_at=now() + timedelta(days=365))


def test_full_width_digits_are_a_telephone_number(desk) -> None:
    report = take(EVERYTHING, now(), contact=ContactGiven("", "１３８-００１３-８０００"))
    reply = view(desk("DISPATCHER"), report, "Call back")
    assert reply.json() == {"name": "", "telephone": "138-0013-8000", "email": ""}


@pytest.mark.parametrize(
    ("contact", "field"),
    [
        (ContactGiven("A", "call me"), "contact.telephone"),
        (ContactGiven("A", ""), "contact.telephone"),
        (ContactGiven("A", "1234"), "contact.telephone"),
        (ContactGiven("A", "1" * 34), "contact.telephone"),
        (ContactGiven("A", "12345\n67"), "contact.telephone"),
        (ContactGiven("x" * 81, "12345"), "contact.name"),
        (ContactGiven("a\x00b", "12345"), "contact.name"),
    ],
)
def test_bad_contact_is_refused_and_no_report_is_kept(contact, field) -> None:
    with pytest.raises(InvalidError) as refused:
        take(EVERYTHING, now(), contact=contact)
    assert refused.value.field == field
    with scoped(EVERYTHING):
        assert Report.objects.count() == 0

"""Reports: what is kept, what is refused, and that nothing is ever changed."""

import io
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError
from PIL import Image
from tests.people import EVERYTHING

from anlan.intake import selectors
from anlan.intake.errors import UnknownReportError
from anlan.intake.models import Report
from anlan.intake.tests.reports import CELL, LIFT, photo, take
from anlan.kernel.clock import now
from anlan.kernel.errors import AnlanError, DeniedError, InvalidError
from anlan.kernel.scope import scoped
from anlan.orgs.sign_in import VISITOR

pytestmark = pytest.mark.django_db
S = timedelta(seconds=1)


def kept() -> int:
    with scoped(EVERYTHING):
        return Report.objects.count()


def test_report_is_shown_as_it_was_given(desk) -> None:
    at, incident = now(), uuid4()
    report = take(
        EVERYTHING, at, incident_id=incident, attached=True, rang_at=at - 9 * S,
        answered_at=at - 5 * S, text="  Line one\r\nline two ", photos=[photo()],
    )  # fmt: skip
    shown = desk("CALL_TAKER").get(f"reports/{report.id}").json()
    photo_ids = shown.pop("photo_ids")
    times = {name: shown.pop(name) for name in ("rang_at", "answered_at", "received_at")}
    assert shown == {
        "id": str(report.id), "number": report.number, "channel": "PHONE", "kind": "LIFT_TRAPPED",
        "priority": 2, "area": CELL, "lon": LIFT.lon, "lat": LIFT.lat, "place_text": "Kaivokatu 1",
        "text": "Line one\nline two", "incident_id": str(incident), "case_id": None,
        "attached": True, "contact_kept": False, "call_id": None, "suggested_kind": "",
        "suggested_priority": None, "updates": [], "answers": [],
    }  # fmt: skip
    assert len(photo_ids) == 1
    assert times["rang_at"] < times["answered_at"] < times["received_at"]


def test_report_of_another_area_is_unknown(desk) -> None:
    report = take(EVERYTHING, now(), area=110101001001001)
    supervisor = desk("SUPERVISOR")
    for reply in (
        supervisor.get(f"reports/{report.id}"),
        supervisor.post(f"reports/{report.id}/contact-views", {"purpose": "Call back"}),
        supervisor.get(f"reports/{uuid4()}"),
    ):
        assert (reply.status_code, reply.json()["code"]) == (404, "report.unknown")


@pytest.mark.parametrize(("role", "status"), [(None, 401), ("DEPARTMENT_DESK", 403)])
def test_reading_a_report_needs_its_permission(desk, role, status) -> None:
    report = take(EVERYTHING, now())
    assert desk(role).get(f"reports/{report.id}").status_code == status


@pytest.mark.parametrize("channel", ["PHONE", "API"])
def test_visitor_reports_on_the_web_only(channel) -> None:
    with pytest.raises(AnlanError) as refused:
        take(VISITOR, now(), channel=channel)
    assert (refused.value.status, kept()) == (401, 0)
    take(VISITOR, now(), channel="WEB")
    assert kept() == 1


def test_crew_takes_no_reports(desk) -> None:
    with pytest.raises(DeniedError):
        take(desk("CREW").actor, now())
    assert kept() == 0


@pytest.mark.parametrize(
    ("changes", "field", "rule"),
    [
        ({"kind": "DRAGON"}, "kind", "known_kind"),
        ({"kind": "FIRE_ALARM", "channel": "WEB"}, "kind", "public_kind"),
        ({"channel": "FAX"}, "channel", "known_channel"),
        ({"priority": 0}, "priority", "between_1_and_4"),
        ({"priority": 5}, "priority", "between_1_and_4"),
        ({"lon": float("nan")}, "lon", "on_earth"),
        ({"lon": 180.5}, "lon", "on_earth"),
        ({"lat": -91.0}, "lat", "on_earth"),
        ({"text": "x" * 2_001}, "text", "text_too_long"),
        ({"text": " ", "channel": "WEB"}, "text", "required"),
        ({"text": "a\x00b"}, "text", "no_control_characters"),
        ({"place_text": "x" * 201}, "place_text", "text_too_long"),
        ({"photos": [photo()] * 4}, "photo", "at_most_3_photos"),
        ({"photos": [b"no picture"]}, "photo", "jpeg_png_or_webp"),
        ({"area": 99}, "area", "area_has_15_digits"),
    ],
)
def test_input_that_breaks_a_rule_is_refused_by_field_and_rule(changes, field, rule) -> None:
    with pytest.raises(InvalidError) as refused:
        take(EVERYTHING, now(), **changes)
    assert (refused.value.field, refused.value.rule, kept()) == (field, rule, 0)


def test_texts_and_photos_at_their_limits_are_kept() -> None:
    report = take(EVERYTHING, now(), text="井" * 2_000, place_text="x" * 200, photos=[photo()] * 3)
    with scoped(EVERYTHING):
        assert len(selectors.photo_ids(report.id)) == 3
        assert selectors.report(report.id).text == "井" * 2_000


def test_caller_who_says_nothing_is_still_a_report() -> None:
    assert take(EVERYTHING, now(), text="").text == ""


@pytest.mark.parametrize(
    ("rang_s", "answered_s", "field", "rule"),
    [
        (-5, -6, "answered_at", "not_before_rang_at"),
        (-3601, None, "rang_at", "within_the_last_hour"),
        (None, -3601, "answered_at", "within_the_last_hour"),
        (6, None, "rang_at", "within_the_last_hour"),
        (-5, 6, "answered_at", "within_the_last_hour"),
    ],
)
def test_times_that_cannot_be_true_are_refused(at, rang_s, answered_s, field, rule) -> None:
    times = {
        name: None if seconds is None else at + seconds * S
        for name, seconds in (("rang_at", rang_s), ("answered_at", answered_s))
    }
    with pytest.raises(InvalidError) as refused:
        take(EVERYTHING, at, **times)
    assert (refused.value.code, refused.value.field, refused.value.rule, kept()) == (
        "report.times", field, rule, 0,
    )  # fmt: skip


def test_times_at_their_limits_are_kept_and_never_lie_in_the_future(at) -> None:
    oldest = take(EVERYTHING, at, rang_at=at - 3600 * S, answered_at=at - 3600 * S)
    ahead = take(EVERYTHING, at, rang_at=at + 4 * S, answered_at=at + 5 * S)
    assert (oldest.rang_at, oldest.answered_at) == (at - 3600 * S, at - 3600 * S)
    assert (ahead.rang_at, ahead.answered_at, ahead.received_at) == (at, at, at)


def test_report_has_exactly_one_outcome(at) -> None:
    take(EVERYTHING, at, case_id=uuid4())
    for both in ({"incident_id": uuid4(), "case_id": uuid4()}, {"incident_id": None}):
        with pytest.raises(IntegrityError, match="one_outcome"), scoped(EVERYTHING):
            Report.objects.create(
                area=CELL, number="R-X", channel="WEB", kind="NOISE", priority=4, lon=24.94,
                lat=60.17, received_at=at, taken_by="visitor", attached=False, **both,
            )  # fmt: skip
    assert kept() == 1


@pytest.mark.parametrize(
    "verb", ["UPDATE intake_report SET kind = ''", "DELETE FROM intake_report"]
)
def test_report_is_never_changed_nor_deleted(verb) -> None:
    report = take(EVERYTHING, now())
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        scoped(EVERYTHING),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(verb)
    with scoped(EVERYTHING):
        assert selectors.report(report.id).text == LIFT.text


def test_reports_of_an_incident_and_of_a_case_come_first_come_first(at) -> None:
    incident, case = uuid4(), uuid4()
    first = take(EVERYTHING, at, incident_id=incident)
    second = take(EVERYTHING, at, incident_id=incident, attached=True)
    filed = take(EVERYTHING, at, case_id=case, kind="LAMP_OUT")
    with scoped(EVERYTHING):
        assert selectors.reports_of_incident(incident) == [first, second]
        assert selectors.reports_of_case(case) == [filed]
        assert selectors.counts_by_kind() == {"LAMP_OUT": 1, "LIFT_TRAPPED": 2}


def test_report_is_found_by_its_number_as_a_person_types_it(at) -> None:
    report = take(EVERYTHING, at)
    with scoped(EVERYTHING):
        assert selectors.report_by_number(f" {report.number.lower().replace('-', ' ')} ") == report
        for other in ("R-00000-00000", "", report.number.replace("R-", "C-")):
            with pytest.raises(UnknownReportError):
                selectors.report_by_number(other)


def test_photo_is_sent_without_what_the_camera_wrote(desk) -> None:
    exif = Image.Exif()
    exif[271] = "Camera of somebody"
    report = take(EVERYTHING, now(), photos=[photo(exif=exif)])
    dispatcher = desk("DISPATCHER")
    shown = dispatcher.get(f"reports/{report.id}").json()
    reply = dispatcher.get(f"reports/{report.id}/photos/{shown['photo_ids'][0]}")
    assert (reply.status_code, reply["Content-Type"]) == (200, "image/jpeg")
    sent = Image.open(io.BytesIO(reply.content))
    assert (sent.format, sent.size, dict(sent.getexif())) == ("JPEG", (40, 30), {})
    assert b"somebody" not in reply.content


def test_photo_is_reached_through_its_own_report_only(desk) -> None:
    one, other = (take(EVERYTHING, now(), photos=[photo()]) for _ in range(2))
    with scoped(EVERYTHING):
        photo_id = selectors.photo_ids(one.id)[0]
    dispatcher = desk("DISPATCHER")
    reply = dispatcher.get(f"reports/{other.id}/photos/{photo_id}")
    assert (reply.status_code, reply.json()["code"]) == (404, "report.photo_unknown")
    assert desk(None).get(f"reports/{one.id}/photos/{photo_id}").status_code == 401

"""Public warnings: two people, what was published stays, and a valid CAP document each time."""

from datetime import timedelta
from typing import Any

import pytest
import xmlschema
from defusedxml.ElementTree import fromstring
from django.db import IntegrityError, connection, transaction
from django.test import Client
from tests.people import EVERYTHING, Desk, make_desk
from tests.shared_data import shared

from anlan.dispatch.tests.room import done
from anlan.exchange.cap.reading import Alert, read_alerts
from anlan.exchange.models import PublicWarning, ReceivedAlert, WarningMessage
from anlan.exchange.tests.test_cap_reading import GOOD
from anlan.kernel.clock import now
from anlan.kernel.scope import scoped

pytestmark = pytest.mark.django_db
CAP = "{urn:oasis:names:tc:emergency:cap:1.2}"
WORDS = {
    "zh": {"event": "供水中断", "headline": "中心区停水", "description": "主管爆裂。",
           "instruction": "请储水 <勿饮>。", "area": "中心区"},
    "en": {"event": "Water cut off", "headline": "No water in the centre",
           "description": "A main burst.", "instruction": "Store water & wait.", "area": "Centre"},
}  # fmt: skip
RING = [[24.93, 60.16], [24.95, 60.16], [24.95, 60.18], [24.93, 60.16]]


def body(**more: Any) -> dict[str, Any]:
    """Return a warning to be drafted."""
    return {
        "status": "Exercise", "category": "Infra", "urgency": "Immediate", "severity": "Severe",
        "certainty": "Observed", "response": "Prepare", "words": WORDS, "ring": RING,
        "expires_at": (now() + timedelta(hours=6)).isoformat(),
    } | more  # fmt: skip


@pytest.fixture
def people() -> tuple[Desk, Desk]:
    """Return who drafts and who approves."""
    return make_desk("DISPATCHER"), make_desk("SUPERVISOR")


def move(desk: Desk, warning: str, name: str, **facts: str):
    return desk.post(f"warnings/{warning}/moves/{name}", facts)


def published(people: tuple[Desk, Desk], **more: Any) -> dict[str, Any]:
    """Return a warning after it was published."""
    drafter, approver = people
    drafted = done(drafter.post("warnings", body(**more)))
    done(move(approver, drafted["id"], "approve"))
    return dict(done(move(approver, drafted["id"], "publish")))


def documents() -> list[bytes]:
    """Return every published document, oldest first."""
    with scoped(EVERYTHING):
        rows = WarningMessage.objects.order_by("pk").values_list("document", flat=True)
        return [bytes(one) for one in rows]


def only(document: bytes) -> Alert:
    """Return the one alert of a document."""
    (alert,) = read_alerts(document)
    return alert


def official(document: bytes) -> list[str]:
    """Return what the official schema says against a document."""
    schema = xmlschema.XMLSchema(str(shared("e1_cap12", "schema", "CAP-v1.2-os.xsd")))
    return [str(error.reason) for error in schema.iter_errors(document.decode())]


def test_published_warning_is_valid_cap(people) -> None:
    published(people)
    (document,) = documents()
    assert official(document) == []
    alert = only(document)
    assert (alert.message_type, alert.status, alert.scope) == ("Alert", "Exercise", "Public")
    assert [info.language for info in alert.infos] == ["zh-CN", "en"]
    assert alert.infos[0].instruction == "请储水 <勿饮>。"
    assert alert.infos[1].polygons == (
        "60.160000,24.930000 60.160000,24.950000 60.180000,24.950000 60.160000,24.930000",
    )


def test_circle_is_valid_cap(people) -> None:
    published(people, ring=None, circle={"lon": 24.94, "lat": 60.17, "radius_km": 1.5})
    (document,) = documents()
    assert official(document) == []
    assert only(document).infos[0].circles == ("60.170000,24.940000 1.5",)


def test_drafter_does_not_approve(people) -> None:
    _, supervisor = people
    drafted = done(supervisor.post("warnings", body()))
    assert "approve" not in drafted["moves"]
    refused = move(supervisor, drafted["id"], "approve")
    assert (refused.status_code, refused.json()["code"]) == (409, "warning.own_draft")
    done(move(make_desk("SUPERVISOR"), drafted["id"], "approve"))


def test_dispatcher_neither_approves_nor_publishes(people) -> None:
    drafter, approver = people
    drafted = done(drafter.post("warnings", body()))["id"]
    assert move(make_desk("DISPATCHER"), drafted, "approve").status_code == 403
    done(move(approver, drafted, "approve"))
    assert move(drafter, drafted, "publish").status_code == 403
    assert documents() == []


def test_draft_is_not_published_unapproved(people) -> None:
    drafter, approver = people
    drafted = done(drafter.post("warnings", body()))["id"]
    refused = move(approver, drafted, "publish")
    assert (refused.status_code, refused.json()["code"]) == (409, "move.not_allowed")
    assert documents() == []


def test_database_refuses_what_one_person_approved(people) -> None:
    drafter, _ = people
    drafted = done(drafter.post("warnings", body()))["id"]
    with scoped(EVERYTHING), pytest.raises(IntegrityError) as refused, transaction.atomic():
        PublicWarning.objects.filter(pk=drafted).update(
            state="APPROVED", approved_by=drafter.actor.id
        )
    named = refused.value.__cause__.diag.constraint_name  # type: ignore[union-attr]
    assert named == "exchange_public_warning_approved_by_another"


@pytest.mark.parametrize("column", ["words", "ring", "severity", "expires_at", "drafted_by"])
def test_what_a_warning_says_never_changes(column) -> None:
    with (
        connection.cursor() as cursor,
        pytest.raises(Exception, match="permission denied"),
        transaction.atomic(),
    ):
        cursor.execute(f"UPDATE exchange_public_warning SET {column} = {column}")  # noqa: S608


def test_cancelled_warning_says_so_and_names_what_it_cancels(people) -> None:
    warning = published(people)
    assert move(people[1], warning["id"], "cancel").json()["field"] == "reason"
    done(move(people[1], warning["id"], "cancel", reason="Repaired"))
    first, second = documents()
    assert official(second) == []
    issued, cancelled = only(first), only(second)
    assert (cancelled.message_type, cancelled.infos[0].urgency) == ("Cancel", "Past")
    sent = fromstring(first).findtext(f"{CAP}sent")
    assert cancelled.references == f"{issued.sender},{issued.identifier},{sent}"


def test_update_replaces_in_the_same_instant(people) -> None:
    first = published(people)
    second = published(people, replaces=first["id"], severity="Extreme")
    states = {one["id"]: one["state"] for one in done(people[0].get("warnings"))["items"]}
    assert states == {first["id"]: "REPLACED", second["id"]: "PUBLISHED"}
    update = only(documents()[-1])
    assert official(documents()[-1]) == []
    assert update.message_type == "Update"
    assert first["messages"][0]["identifier"] in update.references
    assert move(people[1], first["id"], "cancel", reason="x").status_code == 409


def test_everybody_reads_the_feed_and_the_documents_and_no_draft(people) -> None:
    visitor = Client()
    done(people[0].post("warnings", body()))
    assert fromstring(visitor.get("/warnings.atom").content).findall("{*}entry") == []
    warning = published(people)
    reply = visitor.get("/warnings.atom")
    assert reply["Content-Type"] == "application/atom+xml"
    (entry,) = fromstring(reply.content).findall("{*}entry")
    link = next(one.get("href") for one in entry.findall("{*}link"))
    shown = visitor.get(str(link).removeprefix("http://testserver"))
    assert shown["Content-Type"] == "application/cap+xml"
    assert only(shown.content).identifier == warning["messages"][0]["identifier"]
    assert visitor.get("/warnings/W-00000-00000.1.cap").status_code == 404
    assert visitor.post("/warnings.atom").status_code in {403, 405}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"ring": None}, "ring"),
        ({"ring": RING[:-1]}, "ring"),
        ({"ring": [*RING[:-1], [24.0, 60.0]]}, "ring"),
        ({"expires_at": "2020-01-01T00:00:00Z"}, "expires_at"),
        ({"expires_at": "2040-01-01T00:00:00Z"}, "expires_at"),
        ({"category": "Water"}, "category"),
        ({"words": WORDS | {"en": WORDS["en"] | {"headline": ""}}}, "words.en.headline"),
        ({"words": WORDS | {"en": WORDS["en"] | {"headline": "  "}}}, "words.en.headline"),
        ({"circle": {"lon": 0, "lat": 0, "radius_km": 0}}, "circle.radius_km"),
    ],
)
def test_senseless_draft_is_refused(people, wrong, field) -> None:
    refused = people[0].post("warnings", body(**wrong))
    assert (refused.status_code, refused.json()["field"]) == (422, field)
    with scoped(EVERYTHING):
        assert PublicWarning.objects.count() == 0


def send_alert(desk: Desk, document: str, key: str):
    return desk.client.post(
        "/api/v1/alerts",
        document.encode(),
        content_type="application/cap+xml",
        headers={"Idempotency-Key": f"00000000-0000-4000-8000-00000000000{key}"},
    )


def test_alert_of_another_sender_is_kept_once(people) -> None:
    drafter, _ = people
    (first,) = done(send_alert(drafter, GOOD, "1"))
    (again,) = done(send_alert(drafter, GOOD, "2"))
    assert again["id"] == first["id"]
    (listed,) = done(drafter.get("alerts"))["items"]
    assert (listed["sender"], listed["infos"][0]["event"]) == ("water@example.org", "Burst")


def test_broken_alert_is_refused_and_nothing_is_kept(people) -> None:
    drafter, _ = people
    refused = send_alert(drafter, GOOD.replace("Actual", "Real"), "1")
    assert (refused.status_code, refused.json()["field"]) == (422, "alert.status")
    with scoped(EVERYTHING):
        assert ReceivedAlert.objects.count() == 0

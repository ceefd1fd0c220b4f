"""Idempotency keys: the same key twice is one effect and one answer."""

from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test.client import encode_multipart
from tests.contract.endpoints import picture
from tests.people import EVERYTHING, make_desk, unit_id
from tests.together import at_once, window_of

from anlan.intake.models import Report
from anlan.kernel import kept_replies
from anlan.kernel.clock import now
from anlan.kernel.models import FieldLook, KeptReply
from anlan.kernel.scope import scoped

RIVALS = 6
FIRE = {
    "channel": "PHONE",
    "kind": "FIRE_STRUCTURE",
    "lon": 24.9425,
    "lat": 60.1690,
    "text": "Smoke from a window",
    "contact": {"name": "A", "telephone": "+358 40 1234567"},
}


def reports() -> int:
    with scoped(EVERYTHING):
        return Report.objects.count()


def kept() -> int:
    with scoped(EVERYTHING):
        return KeptReply.objects.count()


@pytest.mark.django_db
def test_same_key_twice_is_one_effect_and_the_same_answer(desk):
    taker, key = desk("CALL_TAKER"), uuid4()
    first, again = taker.post("reports", FIRE, key), taker.post("reports", FIRE, key)
    assert (first.status_code, first.headers.get("Idempotent-Replay")) == (201, None)
    assert (again.status_code, again["Idempotent-Replay"]) == (201, "true")
    assert again.content == first.content
    assert again["Content-Type"] == first["Content-Type"]
    assert reports() == 1


@pytest.mark.django_db
def test_same_key_of_two_people_are_two_keys(desk):
    key = uuid4()
    answers = [desk("CALL_TAKER").post("reports", FIRE, key).json()["number"] for _ in range(2)]
    assert len(set(answers)) == 2
    assert reports() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["reports", "unit-positions"])
def test_key_of_another_request_is_refused(desk, path):
    taker, key = desk("CALL_TAKER"), uuid4()
    assert taker.post("reports", FIRE, key).status_code == 201
    refused = taker.post(path, FIRE | {"text": "another"}, key)
    problem = refused.json()
    assert (refused.status_code, problem["code"]) == (409, "idempotency.key_reused")
    assert (problem["field"], problem["rule"]) == ("Idempotency-Key", "one_request_per_key")
    assert reports() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "7", "not-a-uuid", "x" * 300])
def test_key_that_is_no_uuid_is_refused(desk, key):
    taker = desk("CALL_TAKER")
    refused = taker.client.post(
        "/api/v1/reports", FIRE, content_type="application/json", headers={"Idempotency-Key": key}
    )
    assert (refused.status_code, refused.json()["code"]) == (422, "idempotency.malformed")
    assert (reports(), kept()) == (0, 0)


@pytest.mark.django_db
def test_photo_sent_again_in_another_form_counts_once(desk):
    """Whoever sends a form anew, a browser say, draws another boundary."""
    taken = desk("CALL_TAKER").post("reports", FIRE).json()
    path = f"incidents/{taken['incident_id']}/assignments"
    (sent,) = desk("DISPATCHER").post(path, {"unit_ids": [str(unit_id("P01"))]}).json()
    crew, photo = desk("CREW", unit="P01"), picture()

    def add(boundary: str, content: bytes) -> HttpResponse:
        file = SimpleUploadedFile("photo.jpg", content, "image/jpeg")
        return crew.client.generic(
            "POST",
            f"/api/v1/assignments/{sent['id']}/photos",
            encode_multipart(boundary, {"photo": file}),
            content_type=f"multipart/form-data; boundary={boundary}",
            headers={"Idempotency-Key": key},
        )

    key = str(uuid4())
    first, again = add("a-boundary", photo), add("another-one", photo)
    assert (first.status_code, again.status_code) == (201, 201)
    assert (again["Idempotent-Replay"], again.content) == ("true", first.content)
    assert add("a-third", picture() + b"\0").json()["code"] == "idempotency.key_reused"
    incident = desk("DISPATCHER").get(f"incidents/{taken['incident_id']}").json()
    assert len(incident["attachments"]) == 1


@pytest.mark.django_db
def test_write_that_was_refused_can_be_tried_again_with_its_key(desk):
    dispatcher, key = desk("DISPATCHER"), uuid4()
    taken = desk("CALL_TAKER").post("reports", FIRE).json()
    path, body = (
        f"incidents/{taken['incident_id']}/assignments",
        {"unit_ids": [str(unit_id("P01"))]},
    )
    duty = f"units/{unit_id('P01')}/duty"
    dispatcher.put(duty, {"duty": "OFF_DUTY"})
    assert dispatcher.post(path, body, key).json()["code"] == "unit.off_duty"
    dispatcher.put(duty, {"duty": "ON_DUTY"})
    sent = dispatcher.post(path, body, key)
    assert (sent.status_code, sent.headers.get("Idempotent-Replay")) == (201, None)


@pytest.mark.django_db
def test_look_at_a_contact_is_never_answered_from_what_was_kept(desk):
    taker, key = desk("CALL_TAKER"), uuid4()
    report = taker.post("reports", FIRE).json()
    before = kept()
    path, body = f"reports/{report['id']}/contact-views", {"purpose": "calling back"}
    answers = [taker.post(path, body, key) for _ in range(2)]
    assert [answer.json()["telephone"] for answer in answers] == ["+358 40 1234567"] * 2
    assert [answer.headers.get("Idempotent-Replay") for answer in answers] == [None, None]
    with scoped(EVERYTHING):
        assert FieldLook.objects.filter(subject_id=report["id"]).count() == 2
    assert kept() == before


@pytest.mark.django_db
def test_answer_too_large_to_keep_undoes_its_write(desk, monkeypatch):
    monkeypatch.setattr(kept_replies, "REPLY_LIMIT_BYTES", 10)
    refused = desk("CALL_TAKER").post("reports", FIRE)
    assert (refused.status_code, refused.json()["code"]) == (500, "idempotency.reply_too_large")
    assert (reports(), kept()) == (0, 0)


@pytest.mark.django_db
def test_old_answers_are_erased_and_young_ones_stay(desk):
    taker = desk("CALL_TAKER")
    taker.post("reports", FIRE)
    assert kept_replies.erase_old_replies(now() + kept_replies.KEPT_FOR - timedelta(hours=1)) == 0
    assert kept() == 1
    late = now() + kept_replies.KEPT_FOR + timedelta(hours=1)
    assert [kept_replies.erase_old_replies(late) for _ in range(2)] == [1, 0]
    with scoped(EVERYTHING):
        emptied = KeptReply.objects.get()
    assert (emptied.forgotten, bytes(emptied.body), emptied.content_type) == (True, b"", "")
    last = now() + kept_replies.KEY_KEPT_FOR
    assert kept_replies.erase_old_replies(last - timedelta(hours=1)) == 0
    assert kept_replies.erase_old_replies(last + timedelta(hours=1)) == 1
    assert kept() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("erased", [False, True])
def test_request_that_comes_three_days_late_is_refused_as_done(desk, monkeypatch, erased):
    taker, key, late = desk("CALL_TAKER"), uuid4(), now() + timedelta(days=3)
    assert taker.post("reports", FIRE, key).status_code == 201
    monkeypatch.setattr("anlan.kernel.clock.now", lambda: late)
    if erased:
        assert kept_replies.erase_old_replies(late) == 1
    refused = taker.post("reports", FIRE, key)
    other = taker.post("reports", FIRE | {"text": "another"}, key)
    assert (refused.status_code, refused.json()["code"]) == (409, "idempotency.done_before")
    assert (other.status_code, other.json()["code"]) == (409, "idempotency.key_reused")
    assert reports() == 1


def test_same_key_at_the_same_time_is_one_effect_and_the_same_answer(committing):
    taker, key = make_desk("CALL_TAKER"), uuid4()
    windows = [window_of(taker) for _ in range(RIVALS)]
    answers = at_once([partial(window.post, "reports", FIRE, key) for window in windows])
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert sum("Idempotent-Replay" not in answer.headers for answer in answers) == 1
    assert reports() == 1

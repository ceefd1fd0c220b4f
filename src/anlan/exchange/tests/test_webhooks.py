"""An agency outside hears by its webhook: signed, redacted, at least once, never for ever."""

from datetime import datetime, timedelta

import pytest
from tests.people import EVERYTHING, make_desk, organisation_id

from anlan.dispatch.agencies.services.notices import READER as NOTICES
from anlan.dispatch.agencies.tests.linked import WATER, Linked
from anlan.dispatch.tests.room import done
from anlan.exchange.models import Delivery, Webhook
from anlan.exchange.services import deliveries
from anlan.exchange.services.deliveries import RETRIES_AFTER_S, TAKEN_FOR, send_next
from anlan.exchange.signatures import check_signature
from anlan.exchange.tests.receiver import Receiver, receiver
from anlan.kernel import outbox, outbox_readers
from anlan.kernel.clock import now
from anlan.kernel.scope import scoped


def add(linked: Linked, url: str, code: str = WATER) -> dict:
    """Give an agency a webhook; return it with its secret."""
    body = {"agency_id": str(organisation_id(code)), "url": url}
    return dict(done(linked.administrator.post("webhooks", body)))


def relay() -> None:
    """Do what the worker does with the outbox."""
    outbox.relay_batch()
    for reader in (NOTICES, deliveries.READER, NOTICES, deliveries.READER):
        outbox_readers.read_batch(reader, now())
        outbox.relay_batch()


def send_all(at: datetime | None = None) -> int:
    """Send what is due; return how many attempts there were."""
    sent = 0
    while send_next(at or now()):
        sent += 1
    return sent


def states() -> list[tuple[str, str, int]]:
    """Return topic, state and attempts of every message, oldest first."""
    with scoped(EVERYTHING):
        return list(Delivery.objects.order_by("pk").values_list("topic", "state", "attempts"))


@pytest.fixture
def hooked(linked: Linked, outside: Receiver) -> tuple[Linked, Receiver, dict]:
    """Return a room, an agency's own system, and the webhook between them; nothing waits."""
    linked.agree(WATER, fields=["kind", "place"])
    relay()
    return linked, outside, add(linked, outside.url)


def test_shared_incident_arrives_signed_and_redacted(hooked) -> None:
    linked, outside, hook = hooked
    incident = linked.call(text="Smoke", contact={"name": "A", "telephone": "+358 40 765 4321"})
    shown = linked.share(incident, WATER)
    relay()
    assert send_all() == 1
    (came,) = outside.received
    assert came.path == "/anlan?from=centre"
    assert check_signature(hook["secret"], came.headers, came.body, now()).id
    assert (came.content["type"], came.content["data"]["id"]) == ("share.changed", shown)
    assert came.content["data"]["kind"] == "FIRE_STRUCTURE"
    assert (came.content["data"]["text"], came.content["data"]["units"]) == (None, None)
    assert b"765 4321" not in came.body
    assert states() == [("share.changed", "DELIVERED", 1)]


def test_change_of_a_shared_incident_arrives_once(hooked) -> None:
    linked, outside, _ = hooked
    incident = linked.call()
    linked.share(incident, WATER)
    relay()
    send_all()
    linked.send(incident, "F01")
    relay()
    assert send_all() == 1
    assert [one.content["type"] for one in outside.received] == ["share.changed"] * 2


def test_agency_without_a_webhook_gets_no_message(linked: Linked) -> None:
    linked.agree(WATER)
    linked.share(linked.call(), WATER)
    relay()
    assert states() == []


def test_dead_receiver_gets_the_same_message_when_it_is_back(hooked) -> None:
    linked, outside, _ = hooked
    linked.share(linked.call(), WATER)
    relay()
    outside.kill()
    assert send_all() == 1
    assert states() == [("share.changed", "PENDING", 1)]
    outside.start()
    assert send_all() == 0
    assert send_all(now() + timedelta(seconds=RETRIES_AFTER_S[0] + 1)) == 1
    assert states() == [("share.changed", "DELIVERED", 2)]
    with scoped(EVERYTHING):
        event = str(Delivery.objects.get().event_id)
    assert [one.headers["webhook-id"] for one in outside.received] == [event]


def test_worker_that_dies_after_sending_leaves_the_message_to_the_next(hooked, monkeypatch) -> None:
    linked, outside, _ = hooked
    linked.share(linked.call(), WATER)
    relay()
    with monkeypatch.context() as patched:
        patched.setattr(deliveries, "_record", killed)
        with pytest.raises(KeyboardInterrupt):
            send_next(now())
    assert send_all() == 0
    assert send_all(now() + TAKEN_FOR + timedelta(seconds=1)) == 1
    first, second = (one.headers["webhook-id"] for one in outside.received)
    assert first == second
    assert states() == [("share.changed", "DELIVERED", 1)]


def killed(*_: object) -> None:
    """Stand for a process that ends here."""
    raise KeyboardInterrupt


@pytest.mark.parametrize("status", [500, 404, 301, 400])
def test_any_other_answer_is_tried_again_and_given_up_in_the_end(hooked, status) -> None:
    linked, outside, hook = hooked
    outside.status, outside.location = status, "https://localhost/elsewhere"
    linked.share(linked.call(), WATER)
    relay()
    at = now()
    for wait_s in (0, *RETRIES_AFTER_S):
        at += timedelta(seconds=wait_s + 1)
        assert send_all(at) == 1
    assert send_all(at + timedelta(days=2)) == 0
    assert len(outside.received) == len(RETRIES_AFTER_S) + 1
    assert states() == [("share.changed", "DEAD", 8)]
    (shown,) = done(linked.administrator.get(f"webhooks/{hook['id']}/deliveries"))["items"]
    assert (shown["state"], shown["last_status"]) == ("DEAD", status)
    (listed,) = done(linked.administrator.get("webhooks"))
    assert (listed["pending"], listed["dead"]) == (0, 1)


def test_receiver_that_is_gone_is_not_asked_again(hooked) -> None:
    linked, outside, _ = hooked
    outside.status = 410
    linked.share(linked.call(), WATER)
    relay()
    assert send_all() == 1
    assert states() == [("share.changed", "DEAD", 1)]


def test_message_is_replayed_by_hand_under_its_id(hooked) -> None:
    linked, outside, hook = hooked
    outside.status = 410
    linked.share(linked.call(), WATER)
    relay()
    send_all()
    outside.status = 200
    (dead,) = done(linked.administrator.get(f"webhooks/{hook['id']}/deliveries", state="DEAD"))[
        "items"
    ]
    assert make_desk("DISPATCHER").post(f"deliveries/{dead['id']}/replay").status_code == 403
    assert done(linked.administrator.post(f"deliveries/{dead['id']}/replay"))["state"] == "PENDING"
    assert send_all() == 1
    assert states() == [("share.changed", "DELIVERED", 1)]
    assert len({one.headers["webhook-id"] for one in outside.received}) == 1


def test_what_is_shared_no_more_does_not_leave(hooked) -> None:
    linked, outside, _ = hooked
    shown = linked.share(linked.call(), WATER)
    relay()
    done(linked.dispatcher.post(f"shares/{shown}/end", {"reason": "Over"}))
    assert send_all() == 1
    assert outside.received[0].content["data"] == {"visible": False, "id": shown}


def test_paused_webhook_keeps_its_messages(hooked) -> None:
    linked, outside, hook = hooked
    change = {"url": outside.url, "active": False}
    done(linked.administrator.put(f"webhooks/{hook['id']}", change))
    linked.share(linked.call(), WATER)
    relay()
    assert send_all() == 0
    done(linked.administrator.put(f"webhooks/{hook['id']}", change | {"active": True}))
    assert send_all() == 1


def test_receiver_that_is_somebody_else_gets_nothing(linked, tmp_path, settings) -> None:
    """A certificate for another name ends the connection before anything is said."""
    settings.WEBHOOK_NETWORKS = "127.0.0.0/8, ::1/128"
    linked.agree(WATER)
    relay()
    with receiver(tmp_path, name="elsewhere.example") as wrong:
        settings.WEBHOOK_CA = str(wrong.certificate)
        add(linked, wrong.url)
        linked.share(linked.call(), WATER)
        relay()
        assert send_all() == 1
        assert wrong.received == []
    assert [one[1:] for one in states()] == [("PENDING", 1)]


def test_name_that_leads_inside_is_never_sent_to(hooked, settings) -> None:
    linked, outside, _ = hooked
    settings.WEBHOOK_NETWORKS = ""
    linked.share(linked.call(), WATER)
    relay()
    assert send_all() == 1
    assert outside.received == []
    with scoped(EVERYTHING):
        assert Delivery.objects.get().last_error == "forbidden: public_address"


def test_secret_is_shown_once_and_sealed(hooked) -> None:
    linked, _, hook = hooked
    assert hook["secret"].startswith("whsec_")
    (listed,) = done(linked.administrator.get("webhooks"))
    assert "secret" not in listed
    with scoped(EVERYTHING):
        assert hook["secret"].encode() not in bytes(Webhook.objects.get().sealed_secret)
    renewed = done(linked.administrator.post(f"webhooks/{hook['id']}/secret"))
    assert renewed["secret"] != hook["secret"]


def test_one_webhook_an_agency(hooked) -> None:
    linked, outside, _ = hooked
    body = {"agency_id": str(organisation_id(WATER)), "url": outside.url}
    refused = linked.administrator.post("webhooks", body)
    assert (refused.status_code, refused.json()["code"]) == (409, "webhook.taken")


def test_erased_after_a_month(hooked) -> None:
    linked, _, _ = hooked
    linked.share(linked.call(), WATER)
    relay()
    send_all()
    assert deliveries.erase_old_deliveries(now() + timedelta(days=29)) == 0
    assert deliveries.erase_old_deliveries(now() + timedelta(days=31)) == 1

"""An agency's own system answers: signed, once, bounded, and no more than its desk may do."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from tests.people import organisation_id

from anlan.dispatch.agencies.tests.linked import POWER, WATER, Linked
from anlan.dispatch.tests.room import done, kept
from anlan.exchange.services.messages import MESSAGE_LIMIT_BYTES
from anlan.exchange.signatures import headers_for
from anlan.kernel.clock import now


@pytest.fixture
def asked(linked: Linked) -> tuple[Linked, dict, str, str]:
    """Return a room, a webhook, an incident and a request for help with it."""
    linked.agree(WATER)
    body = {"agency_id": str(organisation_id(WATER)), "url": "https://water.example/anlan"}
    hook = done(linked.administrator.post("webhooks", body))
    incident = linked.call()
    return linked, hook, incident, linked.ask(incident, WATER)


def answer(hook: dict, content: object, message_id: str = "m1", **wrong: object):
    """Send a signed message; `wrong` replaces the body after signing, the secret or the time."""
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    secret, at = str(wrong.get("secret", hook["secret"])), wrong.get("at", now())
    headers = headers_for(secret, message_id, body, at)  # type: ignore[arg-type]
    return Client(headers={"accept-language": "en"}).post(
        f"/api/v1/signed/webhooks/{hook['id']}",
        wrong.get("body", body),
        content_type="application/json",
        headers=headers,
    )


def accepting(request: str) -> dict:
    return {"type": "help_request.accept", "data": {"id": request, "note": "Two vans"}}


def test_agency_outside_accepts(asked) -> None:
    linked, hook, incident, request = asked
    assert done(answer(hook, accepting(request))) == {"id": "m1", "done_now": True}
    assert linked.timeline(incident)[-1] == ("accept_help", "ASKED", "ACCEPTED")
    step = linked.shown(incident)["timeline"][-1]
    assert (step["made_by_name"], step["facts"]["note"]) == ("webhook", "Two vans")


def test_same_message_again_does_nothing(asked) -> None:
    _, hook, incident, request = asked
    done(answer(hook, accepting(request)))
    before = kept(incident)
    assert done(answer(hook, accepting(request))) == {"id": "m1", "done_now": False}
    assert kept(incident) == before
    again = answer(hook, accepting(request), "m2")
    assert (again.status_code, again.json()["code"]) == (409, "move.not_allowed")


def test_message_that_was_refused_may_be_sent_again(asked) -> None:
    _, hook, incident, request = asked
    refusing = {"type": "help_request.refuse", "data": {"id": request}}
    before = kept(incident)
    refused = answer(hook, refusing)
    assert (refused.status_code, refused.json()["field"]) == (422, "reason")
    assert kept(incident) == before
    refusing["data"]["reason"] = "No van"
    assert done(answer(hook, refusing))["done_now"] is True


def test_agreement_is_accepted_by_message(linked: Linked) -> None:
    body = {"agency_id": str(organisation_id(WATER)), "url": "https://water.example/anlan"}
    hook = done(linked.administrator.post("webhooks", body))
    offered = done(linked.try_to_offer(WATER))["id"]
    done(answer(hook, {"type": "agreement.accept", "data": {"id": offered}}))
    linked.share(linked.call(), WATER)


@pytest.mark.parametrize("wrong", ["secret", "old", "altered", "renewed"])
def test_message_that_is_not_signed_as_agreed_changes_nothing(asked, wrong) -> None:
    linked, hook, incident, request = asked
    before = kept(incident)
    if wrong == "renewed":
        done(linked.administrator.post(f"webhooks/{hook['id']}/secret"))
    changes = {
        "secret": {"secret": "whsec_" + "A" * 44},
        "old": {"at": now() - timedelta(minutes=6)},
        "altered": {"body": json.dumps(accepting(request) | {"x": 1}).encode()},
        "renewed": {},
    }[wrong]
    refused = answer(hook, accepting(request), **changes)
    assert (refused.status_code, refused.json()["code"]) == (401, "webhook.bad_signature")
    assert kept(incident) == before


def test_another_agencys_request_does_not_exist(asked) -> None:
    linked, _, incident, request = asked
    body = {"agency_id": str(organisation_id(POWER)), "url": "https://power.example/anlan"}
    other = done(linked.administrator.post("webhooks", body))
    before = kept(incident)
    assert answer(other, accepting(request)).status_code == 404
    assert kept(incident) == before


@pytest.mark.parametrize(
    ("content", "status", "field"),
    [
        (b"", 422, "body"),
        (b"[]", 422, "body"),
        (b"{", 422, "body"),
        ({"type": "help_request.withdraw", "data": {"id": "x"}}, 422, "type"),
        ({"type": "share.begin", "data": {}}, 422, "type"),
        ({"type": "help_request.accept", "data": {"id": "x"}}, 422, "data.id"),
        ({"type": "help_request.accept"}, 422, "data"),
        (b" " * (MESSAGE_LIMIT_BYTES + 1), 413, "body"),
    ],
    ids=["empty", "list", "cut", "withdraw", "share", "no id", "no data", "too large"],
)
def test_message_that_says_nothing_is_refused(asked, content, status, field) -> None:
    _, hook, incident, _ = asked
    before = kept(incident)
    refused = answer(hook, content)
    assert (refused.status_code, refused.json()["field"]) == (status, field)
    assert kept(incident) == before

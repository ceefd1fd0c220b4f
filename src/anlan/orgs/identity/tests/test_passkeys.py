"""Passkeys: real ones open the account of their owner, at this address, once for each question."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.people import EVERYTHING, PASSWORD, Desk

from anlan.kernel import clock
from anlan.kernel.scope import scoped
from anlan.orgs.identity.models import Passkey, PasskeyTry, RecoveryCode, Session
from anlan.orgs.identity.services import passkeys
from anlan.orgs.identity.tests.small_device import PRESENT, SmallDevice, spelled

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _here(settings) -> None:
    settings.ORIGIN = "https://anlan.example"


def added(owner: Desk, device: SmallDevice, name: str = "My telephone"):
    options = owner.post("own/passkeys/begin").json()["options"]
    return owner.post("own/passkeys", {"name": name, "answer": device.make(options)})


def asked(visitor: Desk) -> dict:
    return visitor.post("session/passkey/begin").json()["options"]


def entered(device: SmallDevice, visitor: Desk | None = None, **changed: str):
    visitor = visitor or Desk(None)
    return visitor.post("session/passkey", {"answer": device.sign(asked(visitor), **changed)})


def told(reply) -> tuple[int, str]:
    return reply.status_code, reply.json().get("code", "")


@pytest.fixture
def owned(desk):
    """Return a dispatcher, the device that holds the passkey, and the recovery codes."""
    owner, device = desk("DISPATCHER"), SmallDevice()
    reply = added(owner, device)
    assert reply.status_code == 200, reply.content
    return owner, device, reply.json()["codes"]


def stale(owner: Desk) -> None:
    with scoped(EVERYTHING):
        old = clock.machine_now() - timedelta(minutes=16)
        Session.objects.filter(account=owner.account).update(proven_at=old)


class TestSigningIn:
    def test_passkey_alone_opens_its_owners_account(self, owned):
        owner, device, _ = owned
        visitor = Desk(None)
        reply = entered(device, visitor)
        assert (reply.status_code, reply.json()["username"]) == (200, owner.account.username)
        assert visitor.get("session").json()["username"] == owner.account.username
        assert asked(visitor)["userVerification"] == "required"

    def test_device_that_keeps_no_count_opens_again_and_again(self, desk):
        device = SmallDevice(step=0)
        assert added(desk("DISPATCHER"), device).status_code == 200
        assert [entered(device).status_code for _ in range(2)] == [200, 200]

    @pytest.mark.parametrize(
        "wrong",
        [
            {"origin": "https://anlan.example.evil.example"},
            {"origin": "http://anlan.example"},
            {"site": "evil.example"},
            {"flags": PRESENT},
            {"flags": 0},
            {"key": SmallDevice().key},
            {"id": b"another"},
            {"owner": bytes(16)},
        ],
        ids=lambda wrong: f"{next(iter(wrong))}",
    )
    def test_answer_that_does_not_hold_opens_nothing(self, owned, wrong):
        _, device, _ = owned
        for name, value in wrong.items():
            setattr(device, name, value)
        visitor = Desk(None)
        assert told(entered(device, visitor)) == (422, "passkey.refused")
        assert visitor.get("session").status_code == 401

    def test_answer_counts_once_and_a_refused_one_is_used_up_too(self, owned):
        _, device, _ = owned
        visitor = Desk(None)
        answer = {"answer": device.sign(asked(visitor))}
        assert visitor.post("session/passkey", answer).status_code == 200
        assert told(visitor.post("session/passkey", answer)) == (422, "passkey.not_asked")
        options, device.flags = asked(visitor), PRESENT
        assert told(visitor.post("session/passkey", {"answer": device.sign(options)}))[0] == 422
        device.flags |= 4
        again = visitor.post("session/passkey", {"answer": device.sign(options)})
        assert told(again) == (422, "passkey.not_asked")

    def test_what_was_not_asked_or_asked_too_long_ago_opens_nothing(self, owned, monkeypatch):
        owner, device, _ = owned
        made_up = {"challenge": spelled(b"x" * 32)}
        reply = Desk(None).post("session/passkey", {"answer": device.sign(made_up)})
        assert told(reply) == (422, "passkey.not_asked")
        other_use = owner.post("own/proof/passkey/begin").json()["options"]
        reply = Desk(None).post("session/passkey", {"answer": device.sign(other_use)})
        assert told(reply) == (422, "passkey.not_asked")
        late, now = asked(Desk(None)), clock.machine_now() + passkeys.TRY_LIFE
        monkeypatch.setattr(clock, "machine_now", lambda: now)
        reply = Desk(None).post("session/passkey", {"answer": device.sign(late)})
        assert told(reply) == (422, "passkey.not_asked")
        assert passkeys.erase_old_tries(now) == 2

    @pytest.mark.parametrize(
        "answer", ["", "[]", "{}", '{"response": {}}', '{"response": {"clientDataJSON": "e30"}}']
    )
    def test_what_is_no_answer_is_refused(self, answer):
        reply = Desk(None).post("session/passkey", {"answer": answer})
        assert told(reply) == (422, "passkey.refused")

    def test_counter_that_goes_back_is_refused_and_stays_on_the_record(self, owned):
        owner, device, _ = owned
        assert entered(device).status_code == 200
        for step in (0, -1):
            device.step = step
            assert told(entered(device)) == (422, "passkey.fell_back")
        (shown,) = owner.get("own/passkeys").json()["items"]
        assert shown["fell_back_at"] is not None
        with scoped(EVERYTHING):
            (kept,) = Passkey.objects.all()
            assert kept.sign_count == 2
            with pytest.raises(IntegrityError), transaction.atomic():
                Passkey.objects.update(sign_count=1)

    def test_closed_account_is_not_opened(self, desk, owned):
        owner, device, _ = owned
        close = f"accounts/{owner.account.id}/moves/close"
        assert desk("ADMINISTRATOR").post(close, {"reason": "Left."}).status_code == 200
        assert told(entered(device)) == (422, "passkey.refused")

    def test_questions_are_bounded(self, monkeypatch):
        monkeypatch.setattr(passkeys, "TRIES_LIMIT_ROWS", 3)
        for _ in range(5):
            asked(Desk(None))
        with scoped(EVERYTHING):
            assert PasskeyTry.objects.count() == 3

    def test_nothing_is_asked_where_no_address_is_set(self, settings, desk):
        settings.ORIGIN = ""
        assert told(Desk(None).post("session/passkey/begin")) == (409, "passkey.off")
        assert desk("CREW").get("own/passkeys").json() == {"available": False, "items": []}


class TestSecondFactor:
    def test_password_alone_opens_no_more_and_a_recovery_code_does(self, owned):
        owner, _, codes = owned
        assert len(codes) == 10
        body = {"username": owner.account.username, "password": PASSWORD}
        assert told(Desk(None).post("session", body)) == (401, "sign_in.code_needed")
        assert Desk(None).post("session", body | {"code": codes[0]}).status_code == 200

    def test_role_that_must_have_a_second_factor_has_one(self, desk, monkeypatch):
        roles = {"roles_with_second_factor": lambda at: ("DISPATCHER",)}
        for module in ("anlan.orgs.identity.selectors", "anlan.orgs.api.session"):
            for name, value in roles.items():
                monkeypatch.setattr(f"{module}.{name}", value)
        owner = desk("DISPATCHER")
        assert told(owner.get("units")) == (403, "factor.needed")
        assert added(owner, SmallDevice()).status_code == 200
        assert owner.get("units").status_code == 200
        assert owner.get("session").json()["factor_needed"] is False

    def test_administrator_sees_it_and_takes_it_off(self, desk, owned):
        owner, device, _ = owned
        administrator = desk("ADMINISTRATOR")
        off = f"accounts/{owner.account.id}/moves/take_authenticator_off"
        reply = administrator.post(off, {"reason": "Lost."})
        assert (reply.status_code, reply.json()["second_factor"]) == (200, False)
        assert told(entered(device)) == (422, "passkey.refused")
        with scoped(EVERYTHING):
            assert not RecoveryCode.objects.exists()


class TestOwn:
    def test_passkeys_have_names_and_one_device_is_added_once(self, owned):
        owner, device, _ = owned
        second = added(owner, SmallDevice(), "Key in the safe")
        assert (second.status_code, second.json()["codes"]) == (200, [])
        shown = owner.get("own/passkeys").json()
        assert shown["available"] is True
        assert [one["name"] for one in shown["items"]] == ["My telephone", "Key in the safe"]
        assert told(added(owner, device)) == (422, "passkey.refused")

    def test_adding_and_removing_want_a_proof_of_now_and_a_passkey_gives_it(self, owned):
        owner, device, _ = owned
        (shown,) = owner.get("own/passkeys").json()["items"]
        stale(owner)
        path = f"/api/v1/own/passkeys/{shown['id']}"
        headers = {"Idempotency-Key": "0190b0a0-0000-7000-8000-000000000001"}
        assert told(owner.client.delete(path, headers=headers)) == (403, "proof.needed")
        assert told(owner.post("own/passkeys/begin")) == (403, "proof.needed")
        options = owner.post("own/proof/passkey/begin").json()["options"]
        assert [one["id"] for one in options["allowCredentials"]] == [spelled(device.id)]
        proof = {"answer": device.sign(options)}
        assert owner.post("own/proof/passkey", proof).status_code == 204
        assert owner.client.delete(path, headers=headers).status_code == 204
        assert owner.get("own/passkeys").json()["items"] == []
        body = {"username": owner.account.username, "password": PASSWORD}
        assert Desk(None).post("session", body).status_code == 200

    def test_passkey_of_another_proves_nothing(self, desk, owned):
        _, device, _ = owned
        other = desk("CALL_TAKER")
        assert added(other, SmallDevice()).status_code == 200
        options = other.post("own/proof/passkey/begin").json()["options"]
        reply = other.post("own/proof/passkey", {"answer": device.sign(options)})
        assert told(reply) == (422, "passkey.refused")

    def test_unverified_device_is_not_added(self, desk):
        reply = added(desk("DISPATCHER"), SmallDevice(flags=PRESENT))
        assert told(reply) == (422, "passkey.refused")

    def test_account_has_ten_at_most(self, desk, monkeypatch):
        monkeypatch.setattr(passkeys, "PASSKEYS_LIMIT", 1)
        owner = desk("DISPATCHER")
        assert added(owner, SmallDevice()).status_code == 200
        assert told(owner.post("own/passkeys/begin")) == (409, "passkey.full")

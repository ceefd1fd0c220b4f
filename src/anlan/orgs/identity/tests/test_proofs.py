"""Codes count once; failures slow down whoever fails, and nobody else."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pyotp
import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.test import Client
from tests.people import EVERYTHING, PASSWORD

from anlan.kernel import clock
from anlan.kernel.scope import scoped
from anlan.orgs.identity.errors import TooManyFailuresError
from anlan.orgs.identity.models import Failure, RecoveryCode, Session, Totp
from anlan.orgs.identity.services import authenticators, failures
from anlan.orgs.identity.services.failures import Tries
from anlan.orgs.identity.whence import Whence, network_of

pytestmark = pytest.mark.django_db

HERE, THERE = "203.0.113.7", "198.51.100.9"
AT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


def sign_in(name: str, password: str = PASSWORD, address: str = HERE, **more) -> Client:
    client = more.pop("client", None) or Client(headers={"accept-language": "en"})
    client.reply = client.post(
        "/api/v1/session",
        {"username": name, "password": password, **more},
        content_type="application/json",
        REMOTE_ADDR=address,
    )
    return client


def told(client: Client) -> tuple[int, str]:
    return client.reply.status_code, client.reply.json().get("code", "")


@pytest.fixture
def armed(desk):
    """Return a dispatcher with an authenticator, its secret and the recovery codes."""
    dispatcher = desk("DISPATCHER")
    secret = dispatcher.post("own/authenticator").json()["secret"]
    reply = dispatcher.post("own/authenticator/confirm", {"code": code_of(secret, -30)})
    return dispatcher, secret, reply.json()["codes"]


def code_of(secret: str, shift_s: int = 0) -> str:
    """Return the code of a time near the present: each test uses a step once."""
    return pyotp.TOTP(secret).at(clock.machine_now() + timedelta(seconds=shift_s))


class TestAuthenticator:
    def test_secret_is_kept_sealed(self, armed):
        _, secret, codes = armed
        with scoped(EVERYTHING):
            (kept,) = Totp.objects.values()
            digests = [bytes(one.digest) for one in RecoveryCode.objects.all()]
        assert secret.encode() not in bytes(kept["sealed_secret"])
        assert (len(codes), len(set(codes)), len(digests)) == (10, 10, 10)
        assert not [code for code in codes if code.encode() in b"".join(digests)]

    def test_offer_holds_a_picture_of_its_address(self, desk):
        offered = desk("DISPATCHER").post("own/authenticator").json()
        assert offered["address"].startswith("otpauth://totp/Anlan:")
        assert offered["picture"].startswith("data:image/svg+xml")

    def test_unconfirmed_offer_asks_for_no_code(self, desk):
        dispatcher = desk("DISPATCHER")
        dispatcher.post("own/authenticator")
        assert sign_in(dispatcher.account.username).reply.status_code == 200

    def test_wrong_code_confirms_nothing(self, desk):
        dispatcher = desk("DISPATCHER")
        secret = dispatcher.post("own/authenticator").json()["secret"]
        wrong = f"{(int(code_of(secret)) + 1) % 10**6:06}"
        reply = dispatcher.post("own/authenticator/confirm", {"code": wrong})
        assert (reply.status_code, reply.json()["code"]) == (422, "sign_in.code_wrong")
        assert dispatcher.get("own/authenticator").json()["present"] is False

    def test_password_alone_opens_nothing(self, armed):
        client = sign_in(armed[0].account.username)
        assert told(client) == (401, "sign_in.code_needed")
        assert client.get("/api/v1/session").status_code == 401

    def test_password_and_code_open(self, armed):
        dispatcher, secret, _ = armed
        client = sign_in(dispatcher.account.username, code=code_of(secret))
        assert client.get("/api/v1/session").status_code == 200

    def test_replayed_code_opens_nothing(self, armed):
        dispatcher, secret, _ = armed
        code = code_of(secret)
        answers = [told(sign_in(dispatcher.account.username, code=code)) for _ in range(2)]
        assert answers == [(200, ""), (422, "sign_in.code_wrong")]

    def test_database_refuses_a_step_that_was_used(self, armed):
        with (
            pytest.raises(IntegrityError, match="a code counts once"),
            transaction.atomic(),
            scoped(EVERYTHING),
        ):
            Totp.objects.update(last_step=1)

    @pytest.mark.parametrize(("shift_s", "good"), [(-90, False), (30, True), (90, False)])
    def test_code_of_another_time_counts_only_near_the_present(self, armed, shift_s, good):
        dispatcher, secret, _ = armed
        now = clock.machine_now()
        code = pyotp.TOTP(secret).at(now + timedelta(seconds=shift_s))
        assert authenticators.use_code(dispatcher.account.id, code, now) is good

    def test_recovery_code_opens_once(self, armed):
        dispatcher, _, codes = armed
        typed = codes[0].upper().replace("-", " ")
        answers = [told(sign_in(dispatcher.account.username, code=typed)) for _ in range(2)]
        assert answers == [(200, ""), (422, "sign_in.code_wrong")]
        assert dispatcher.get("own/authenticator").json() == {
            "present": True,
            "recovery_codes_left": 9,
        }

    def test_recovery_codes_are_drawn_from_112_bits_and_kept_as_digests(self, armed):
        dispatcher, _, codes = armed
        fresh = dispatcher.post("own/recovery-codes").json()["codes"]
        bare = [code.replace("-", "") for code in (*codes, *fresh)]
        assert len(set(bare)) == 20
        assert {(len(one), len(bytes.fromhex(one))) for one in bare} == {(28, 14)}
        with scoped(EVERYTHING):
            kept = {bytes(one.digest) for one in RecoveryCode.objects.all()}
        assert kept == {sha256(one.encode()).digest() for one in bare[10:]}

    def test_new_recovery_codes_end_the_old(self, armed):
        dispatcher, _, codes = armed
        fresh = dispatcher.post("own/recovery-codes").json()["codes"]
        assert not set(fresh) & set(codes)
        assert told(sign_in(dispatcher.account.username, code=codes[0]))[0] == 422
        assert told(sign_in(dispatcher.account.username, code=fresh[0]))[0] == 200

    def test_second_authenticator_is_refused(self, armed):
        reply = armed[0].post("own/authenticator")
        assert (reply.status_code, reply.json()["code"]) == (409, "authenticator.present")

    def test_what_was_taken_off_is_asked_for_no_more(self, armed):
        dispatcher = armed[0]
        keyed = {"Idempotency-Key": "0e8f7f4e-3b0f-4bd6-9a0a-9b8f6f6d1c13"}
        dispatcher.client.delete("/api/v1/own/authenticator", headers=keyed)
        assert told(sign_in(dispatcher.account.username)) == (200, "")


class TestProofGivenAgain:
    def stale(self, desk) -> None:
        with scoped(EVERYTHING):
            old = clock.machine_now() - timedelta(minutes=15)
            Session.objects.filter(account=desk.account).update(proven_at=old)

    def test_old_proof_does_not_take_an_authenticator_on(self, desk):
        dispatcher = desk("DISPATCHER")
        self.stale(dispatcher)
        reply = dispatcher.post("own/authenticator")
        assert (reply.status_code, reply.json()["code"]) == (403, "proof.needed")

    def test_password_proves_again_where_there_is_no_authenticator(self, desk):
        dispatcher = desk("DISPATCHER")
        self.stale(dispatcher)
        refused = dispatcher.post("own/proof", {"proof": "not the password"})
        assert (refused.status_code, refused.json()["code"]) == (422, "account.wrong_password")
        assert dispatcher.post("own/authenticator").status_code == 403
        assert dispatcher.post("own/proof", {"proof": PASSWORD}).status_code == 204
        assert dispatcher.post("own/authenticator").status_code == 200

    def test_refused_proof_is_refused_again_under_its_key(self, desk):
        dispatcher, key = desk("DISPATCHER"), "0e8f7f4e-3b0f-4bd6-9a0a-9b8f6f6d1c14"
        answers = [dispatcher.post("own/proof", {"proof": "wrong"}, key) for _ in range(2)]
        assert [one.status_code for one in answers] == [422, 422]
        assert dispatcher.post("own/proof", {"proof": PASSWORD}, key).status_code == 204

    def test_password_does_not_prove_again_where_there_is_an_authenticator(self, armed):
        dispatcher, secret, _ = armed
        self.stale(dispatcher)
        assert dispatcher.post("own/proof", {"proof": PASSWORD}).status_code == 422
        assert dispatcher.post("own/recovery-codes").status_code == 403
        assert dispatcher.post("own/proof", {"proof": code_of(secret)}).status_code == 204
        assert dispatcher.post("own/recovery-codes").status_code == 200

    def test_secret_of_a_webhook_is_not_shown_on_an_old_proof(self, desk):
        administrator = desk("ADMINISTRATOR")
        self.stale(administrator)
        body = {"agency_id": "0e8f7f4e-3b0f-4bd6-9a0a-9b8f6f6d1c13", "url": "https://a.example/"}
        assert administrator.post("webhooks", body).json()["code"] == "proof.needed"


class TestLockOut:
    def fail(self, name: str, times: int, address: str = HERE, **more) -> list[int]:
        return [
            sign_in(name, "not the password", address, **more).reply.status_code
            for _ in range(times)
        ]

    def test_failures_make_wait_even_with_the_right_password(self, desk):
        name = desk("DISPATCHER").account.username
        assert self.fail(name, 6) == [401] * 5 + [429]
        client = sign_in(name)
        assert told(client) == (429, "sign_in.wait")
        wait_s = client.reply.json()["facts"]["wait_s"]
        assert (client.reply["Retry-After"], 1 <= wait_s <= 16) == (str(wait_s), True)

    def test_unknown_name_makes_wait_alike(self):
        assert self.fail("nobody-has-this-name", 6) == [401] * 5 + [429]

    def test_attacker_on_another_network_does_not_lock_the_owner_out(self, desk):
        name = desk("DISPATCHER").account.username
        assert self.fail(name, 6, THERE)[-1] == 429
        assert told(sign_in(name, address=HERE)) == (200, "")

    def test_attacker_on_the_same_network_does_not_lock_a_known_browser_out(self, desk):
        dispatcher = desk("DISPATCHER")
        name = dispatcher.account.username
        assert self.fail(name, 6)[-1] == 429
        assert told(sign_in(name)) == (429, "sign_in.wait")
        assert told(sign_in(name, client=dispatcher.client)) == (200, "")

    def test_browser_is_known_for_its_own_account_alone(self, desk):
        attacker, name = desk("DISPATCHER"), desk("DISPATCHER").account.username
        assert self.fail(name, 6, client=attacker.client) == [401] * 5 + [429]
        assert told(sign_in(name)) == (429, "sign_in.wait")

    @pytest.mark.parametrize("cookie", ["forged", "a:b:c", "é"])
    def test_forged_browser_is_unknown(self, desk, cookie):
        name = desk("DISPATCHER").account.username
        self.fail(name, 5)
        client = Client()
        client.cookies[settings.KNOWN_COOKIE_NAME] = cookie
        assert told(sign_in(name, client=client)) == (429, "sign_in.wait")

    def test_wrong_codes_make_wait_too(self, armed):
        name = armed[0].account.username
        answers = [told(sign_in(name, code="x"))[0] for _ in range(6)]
        assert answers == [422] * 5 + [429]

    def test_right_proof_forgets_the_failures(self, desk):
        name = desk("DISPATCHER").account.username
        assert (self.fail(name, 4), told(sign_in(name))) == ([401] * 4, (200, ""))
        assert self.fail(name, 5) == [401] * 5

    def test_spraying_from_one_network_is_bounded_and_known_browsers_pass(self, desk, monkeypatch):
        monkeypatch.setattr(failures, "FREE_FAILURES_OF_NETWORK", 3)
        dispatcher, other = desk("DISPATCHER"), desk("DISPATCHER")
        assert [self.fail(f"name-{n}", 1)[0] for n in range(4)] == [401, 401, 401, 429]
        assert told(sign_in(other.account.username)) == (429, "sign_in.wait")
        assert told(sign_in(other.account.username, address=THERE)) == (200, "")
        known = sign_in(dispatcher.account.username, client=dispatcher.client)
        assert told(known) == (200, "")

    def test_waits_grow_to_a_quarter_of_an_hour_and_are_forgotten_after_a_day(self):
        tries, waits = Tries("name", None, Whence("network")), []
        for _ in range(13):
            tries.count_failure(AT)
            try:
                tries.check_open(AT)
            except TooManyFailuresError as error:
                waits.append(error.facts["wait_s"] - 1)
        assert waits == [15, 30, 60, 120, 240, 480, 900, 900, 900]
        tries.check_open(AT + timedelta(minutes=15))
        tries.count_failure(AT + timedelta(days=1))
        tries.check_open(AT + timedelta(days=1))

    def test_table_is_bounded(self, monkeypatch):
        monkeypatch.setattr(failures, "FAILURES_LIMIT_ROWS", 3)
        for n in range(5):
            Tries(f"name-{n}", None, Whence(f"network-{n}")).count_failure(AT)
        with scoped(EVERYTHING):
            assert Failure.objects.count() == 10
            assert failures.erase_old_failures(AT) == 7
            assert failures.erase_old_failures(AT + timedelta(days=1)) == 3


@pytest.mark.parametrize(
    ("address", "forwarded", "network"),
    [
        ("203.0.113.7", "", "203.0.113.0/24"),
        ("2001:db8:1:2ff::1", "", "2001:db8:1:200::/56"),
        ("203.0.113.7", "198.51.100.9", "203.0.113.0/24"),
        ("10.0.0.2", "198.51.100.9", "198.51.100.0/24"),
        ("10.0.0.2", "192.0.2.1, 198.51.100.9, 10.0.0.3", "198.51.100.0/24"),
        ("10.0.0.2", "", "unknown"),
        ("10.0.0.2", "198.51.100.9, nonsense", "unknown"),
        ("", "198.51.100.9", "unknown"),
    ],
)
def test_word_of_a_proxy_is_taken_only_from_ours(address, forwarded, network):
    assert network_of(address, forwarded, ["10.0.0.0/8"]) == network

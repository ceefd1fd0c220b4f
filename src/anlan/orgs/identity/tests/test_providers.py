"""Signing in by a department's own provider: what it must prove, for whom, and once."""

import base64
import json
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pyotp
import pytest
from django.conf import settings as configured
from django.db import IntegrityError, transaction
from joserfc import jwt
from joserfc.jwk import OctKey
from tests.people import EVERYTHING, PASSWORD, Desk, organisation_id

from anlan.kernel import clock
from anlan.kernel.scope import scoped
from anlan.orgs.identity import provider_client
from anlan.orgs.identity.models import Provider, ProviderLink, ProviderTry
from anlan.orgs.identity.services import provider_sign_ins
from anlan.orgs.identity.services.provider_sign_ins import erase_old_tries
from anlan.orgs.identity.services.providers import Registration, add_provider, end_provider
from anlan.orgs.identity.tests.small_provider import (
    CLIENT_ID,
    CLIENT_SECRET,
    RETURN_TO,
    SmallProvider,
    key_of,
    running,
)

pytestmark = pytest.mark.django_db
SUBJECT = "248289761001"
WHY = "Works at the centre."


@pytest.fixture(scope="module")
def server() -> Iterator[SmallProvider]:
    with running() as provider:
        yield provider


@pytest.fixture
def provider(server, settings) -> SmallProvider:
    """Return the centre's provider, as it is when nobody told it otherwise."""
    settings.PROVIDER_LOOPBACK = True
    provider_client.forget()
    server.keep_to_the_rules()
    return server


def added(provider: SmallProvider, claim: str = "sub", issuer: str = "") -> UUID:
    """Let the centre have a provider; return its id."""
    with scoped(EVERYTHING):
        row = add_provider(
            code="CENTRE",
            organisation_code="EMERGENCY_CENTRE",
            name=("统一登录", "City sign-in"),
            registration=Registration(
                issuer or provider.issuer, CLIENT_ID, CLIENT_SECRET, RETURN_TO, claim
            ),
            actor=EVERYTHING,
            at=clock.now(),
        )
    return row.id


def link(administrator: Desk, account, provider_id: UUID, subject: str = SUBJECT):
    body = {"provider_id": str(provider_id), "subject": subject, "reason": WHY}
    return administrator.post(f"accounts/{account.id}/links", body)


@pytest.fixture
def linked(desk, provider):
    """Return a dispatcher's account that the provider's person is linked with."""
    account = desk("DISPATCHER").account
    assert link(desk("ADMINISTRATOR"), account, added(provider)).status_code == 200
    return account


def begun(visitor: Desk) -> str:
    """Begin at the sign-in page; return the provider's address."""
    (offered,) = visitor.get("sign-in-ways").json()["providers"]
    reply = visitor.post("session/provider", {"provider_id": offered["id"]})
    assert reply.status_code == 200, reply.content
    return reply.json()["address"]


def enter(provider: SmallProvider, visitor: Desk | None = None, subject: str = SUBJECT, **more):
    """Sign in by the provider as a person does; return the reply."""
    visitor = visitor or Desk(None)
    answer = provider.enter(begun(visitor), subject)
    return visitor.post("session/provider/answer", answer | more)


def told(reply) -> tuple[int, str, str]:
    problem = reply.json()
    return reply.status_code, problem.get("code", ""), problem.get("facts", {}).get("claim", "")


@pytest.mark.parametrize("algorithm", ["RS256", "ES256", "EdDSA"])
def test_person_of_the_provider_is_let_in_to_the_linked_account(provider, linked, algorithm):
    provider.algorithm, provider.published = algorithm, [(algorithm, "one")]
    visitor = Desk(None)
    reply = enter(provider, visitor)
    assert (reply.status_code, reply.json()["username"]) == (200, linked.username)
    assert visitor.get("session").json()["username"] == linked.username


def signed_by_another(claims):
    return jwt.encode({"alg": "RS256", "kid": "one"}, claims, key_of("RS256", "another"))


def signed_by_nobody(claims):
    parts = [{"alg": "none", "kid": "one"}, claims]
    spelled = [base64.urlsafe_b64encode(json.dumps(part).encode()) for part in parts]
    return ".".join(part.rstrip(b"=").decode() for part in spelled) + "."


def signed_by_what_everybody_knows(claims):
    known = key_of("RS256", "one").as_pem(private=False)
    key = OctKey.import_key(base64.b64encode(known).decode())
    return jwt.encode({"alg": "HS256", "kid": "one"}, claims, key, algorithms=["HS256"])


@pytest.mark.parametrize(
    ("sign", "claim"),
    [
        (signed_by_another, "bad_signature"),
        (signed_by_nobody, "unsupported_algorithm"),
        (signed_by_what_everybody_knows, "unsupported_algorithm"),
        (lambda claims: "x" * 20_000, "size"),
        (lambda claims: "no.token", "form"),
        (lambda claims: "", "form"),
    ],
)
def test_token_that_the_provider_did_not_sign_opens_nothing(provider, linked, sign, claim):
    provider.sign = sign
    visitor = Desk(None)
    status, code, named = told(enter(provider, visitor))
    assert (status, code) == (422, "provider.answer_refused")
    assert named == claim or claim == "form"
    assert visitor.get("session").status_code == 401


NOW_S = int(clock.machine_now().timestamp())


@pytest.mark.parametrize(
    ("claims", "claim"),
    [
        ({"exp": NOW_S - 120}, "exp"),
        ({"exp": None}, "exp"),
        ({"iat": NOW_S + 3_600, "exp": NOW_S + 7_200}, "iat"),
        ({"iat": NOW_S - 3_600}, "iat"),
        ({"aud": "another client"}, "aud"),
        ({"aud": [CLIENT_ID, "another client"]}, "azp"),
        ({"azp": "another client"}, "azp"),
        ({"iss": "https://another.example"}, "iss"),
        ({"nonce": "another"}, "nonce"),
        ({"nonce": None}, "nonce"),
        ({"nonce": ["x"]}, "nonce"),
        ({"sub": None}, "sub"),
        ({"sub": 7}, "sub"),
    ],
)
def test_claim_that_does_not_hold_is_named_and_opens_nothing(provider, linked, claims, claim):
    provider.claims = claims
    visitor = Desk(None)
    assert told(enter(provider, visitor)) == (422, "provider.answer_refused", claim)
    assert visitor.get("session").status_code == 401


def test_answer_of_another_issuer_is_refused_before_its_code_is_used(provider, linked):
    reply = enter(provider, issuer="https://another.example")
    assert told(reply) == (422, "provider.answer_refused", "iss")
    assert provider.asked["/token"] == 0


def test_answer_counts_once(provider, linked):
    visitor = Desk(None)
    answer = provider.enter(begun(visitor), SUBJECT)
    assert visitor.post("session/provider/answer", answer).status_code == 200
    visitor.client.delete("/api/v1/session")
    assert told(visitor.post("session/provider/answer", answer))[:2] == (
        422,
        "provider.answer_unknown",
    )


def test_refused_answer_is_gone_too(provider, linked):
    provider.claims = {"aud": "another client"}
    visitor = Desk(None)
    answer = provider.enter(begun(visitor), SUBJECT)
    visitor.post("session/provider/answer", answer)
    provider.claims = {}
    assert told(visitor.post("session/provider/answer", answer))[1] == "provider.answer_unknown"
    with scoped(EVERYTHING):
        assert ProviderTry.objects.count() == 0


def test_answer_counts_in_the_browser_that_began_alone(provider, linked):
    victim, attacker = Desk(None), Desk(None)
    answer = provider.enter(begun(attacker), SUBJECT)
    begun(victim)
    assert told(victim.post("session/provider/answer", answer))[1] == "provider.answer_unknown"
    assert provider.asked["/token"] == 0


def test_answer_that_comes_late_counts_for_nothing(provider, linked):
    visitor = Desk(None)
    answer = provider.enter(begun(visitor), SUBJECT)
    with scoped(EVERYTHING):
        ProviderTry.objects.update(ends_at=clock.machine_now())
    assert told(visitor.post("session/provider/answer", answer))[1] == "provider.answer_unknown"
    assert erase_old_tries(clock.machine_now()) == 1


def test_nothing_but_digests_is_kept_of_a_try(provider, linked):
    visitor = Desk(None)
    answer = provider.enter(begun(visitor), SUBJECT)
    cookie = visitor.client.cookies[configured.PROVIDER_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Strict", 600)
    with scoped(EVERYTHING):
        (kept,) = ProviderTry.objects.values()
    assert answer["state"] not in str(kept)
    assert cookie.value not in str(kept)


def test_tries_are_bounded(provider, linked, monkeypatch):
    monkeypatch.setattr(provider_sign_ins, "TRIES_LIMIT_ROWS", 3)
    first = Desk(None)
    answer = provider.enter(begun(first), SUBJECT)
    for _ in range(4):
        begun(Desk(None))
    with scoped(EVERYTHING):
        assert ProviderTry.objects.count() == 3
    assert told(first.post("session/provider/answer", answer))[1] == "provider.answer_unknown"


def test_new_key_is_fetched_and_forged_names_of_keys_do_not_ask_for_ever(
    provider, linked, monkeypatch
):
    assert enter(provider).status_code == 200
    provider.kid, provider.published = "two", [("RS256", "two")]
    assert told(enter(provider)) == (422, "provider.answer_refused", "kid")
    assert provider.asked["/keys"] == 1
    monkeypatch.setattr(provider_client, "KEYS_AGAIN_AFTER_S", 0.0)
    assert enter(provider).status_code == 200
    assert (provider.asked["/keys"], provider.asked["/.well-known/openid-configuration"]) == (2, 1)


class TestProviderAway:
    def test_local_sign_in_goes_on_while_nobody_answers(self, desk, provider):
        account = desk("DISPATCHER").account
        provider_id = added(provider, issuer="http://127.0.0.1:9")
        visitor = Desk(None)
        reply = visitor.post("session/provider", {"provider_id": str(provider_id)})
        assert told(reply)[:2] == (409, "provider.away")
        assert "Sign in with your password" in reply.json()["title"]
        body = {"username": account.username, "password": PASSWORD}
        assert visitor.post("session", body).status_code == 200

    @pytest.mark.parametrize(
        "said",
        [
            {"issuer": "https://another.example"},
            {"token_endpoint": "http://127.0.0.2:80/token"},
            {"jwks_uri": "file:///etc/passwd"},
            {"authorization_endpoint": None},
        ],
    )
    def test_provider_that_points_elsewhere_is_not_followed(self, provider, linked, said):
        provider.said = said
        (offered,) = Desk(None).get("sign-in-ways").json()["providers"]
        reply = Desk(None).post("session/provider", {"provider_id": offered["id"]})
        assert told(reply)[:2] == (409, "provider.away")

    def test_answer_without_end_is_not_read(self, provider, linked):
        provider.padding = provider_client.ANSWER_LIMIT_BYTES
        assert told(enter(provider))[:2] == (409, "provider.away")

    def test_code_that_the_provider_does_not_take_opens_nothing(self, provider, linked):
        reply = enter(provider, code="another")
        assert told(reply) == (422, "provider.answer_refused", "code")


class TestLinks:
    def test_whom_nobody_linked_is_not_let_in(self, provider, linked):
        visitor = Desk(None)
        reply = enter(provider, visitor, subject="somebody else")
        assert told(reply)[:2] == (409, "provider.not_linked")
        assert visitor.get("session").status_code == 401

    def test_closed_account_is_not_opened_by_the_provider(self, desk, provider, linked):
        close = f"accounts/{linked.id}/moves/close"
        assert desk("ADMINISTRATOR").post(close, {"reason": "Left."}).status_code == 200
        assert told(enter(provider))[:2] == (409, "provider.not_linked")

    def test_link_that_was_ended_opens_nothing(self, desk, provider, linked):
        administrator, unlink = desk("ADMINISTRATOR"), f"accounts/{linked.id}/moves/unlink"
        assert administrator.post(unlink, {"reason": "Moved."}).json()["linked"] is False
        assert told(enter(provider))[:2] == (409, "provider.not_linked")
        reply = administrator.post(unlink, {"reason": "Moved."})
        assert told(reply)[:2] == (409, "provider.not_linked")

    def test_provider_that_was_ended_opens_nothing(self, provider, linked):
        visitor = Desk(None)
        answer = provider.enter(begun(visitor), SUBJECT)
        with scoped(EVERYTHING):
            end_provider(code="CENTRE", actor=EVERYTHING)
        assert visitor.get("sign-in-ways").json()["providers"] == []
        reply = visitor.post("session/provider/answer", answer)
        assert told(reply)[1] == "provider.answer_unknown"

    def test_provider_speaks_for_its_own_organisation_alone(self, desk, provider):
        stranger = desk("DEPARTMENT_DESK", organisation="MUNICIPAL_WORKS").account
        reply = link(desk("ADMINISTRATOR"), stranger, added(provider))
        assert told(reply)[:2] == (409, "provider.other_organisation")

    def test_database_refuses_a_link_beyond_the_organisation(self, desk, provider):
        stranger = desk("DEPARTMENT_DESK", organisation="MUNICIPAL_WORKS").account
        row = {
            "area": stranger.area,
            "provider_id": added(provider),
            "account": stranger,
            "subject_digest": bytes(32),
            "linked_at": clock.now(),
        }
        assert stranger.organisation_id == organisation_id("MUNICIPAL_WORKS")
        with (
            pytest.raises(IntegrityError, match="own organisation alone"),
            transaction.atomic(),
            scoped(EVERYTHING),
        ):
            ProviderLink.objects.create(**row)

    def test_subject_is_linked_once_and_kept_as_a_digest(self, desk, provider, linked):
        other = desk("DISPATCHER").account
        with scoped(EVERYTHING):
            provider_id = Provider.objects.get().id
            (kept,) = ProviderLink.objects.values()
        reply = link(desk("ADMINISTRATOR"), other, provider_id)
        assert told(reply)[:2] == (409, "provider.linked_already")
        assert SUBJECT not in str(kept)

    def test_administrator_does_not_link_the_own_account(self, desk, provider):
        administrator = desk("ADMINISTRATOR")
        reply = link(administrator, administrator.account, added(provider))
        assert told(reply)[:2] == (409, "account.own")

    @pytest.mark.parametrize(
        ("claims", "answer"),
        [
            ({"email": "officer@city.example", "email_verified": True}, 200),
            ({"email": "officer@city.example", "email_verified": False}, 422),
            ({"email": "officer@city.example"}, 422),
            ({"email": "another@city.example", "email_verified": True}, 409),
            ({}, 422),
        ],
    )
    def test_address_counts_where_the_provider_has_verified_it(
        self, desk, provider, claims, answer
    ):
        account, provider_id = desk("DISPATCHER").account, added(provider, claim="email")
        link(desk("ADMINISTRATOR"), account, provider_id, "officer@city.example")
        provider.claims = claims
        assert enter(provider).status_code == answer


class TestSecondFactor:
    def test_authenticator_is_asked_for_its_code_after_the_provider(self, desk, provider, linked):
        owner, visitor = Desk(linked), Desk(None)
        secret = owner.post("own/authenticator").json()["secret"]
        then = clock.machine_now() - timedelta(seconds=30)
        body = {"code": pyotp.TOTP(secret).at(then)}
        assert owner.post("own/authenticator/confirm", body).status_code == 200
        answer = provider.enter(begun(visitor), SUBJECT)
        codes = [None, "000000x", pyotp.TOTP(secret).at(clock.machine_now())]
        replies = [
            visitor.post("session/provider/answer", answer | ({"second": one} if one else {}))
            for one in codes
        ]
        assert [told(one)[:2] for one in replies] == [
            (401, "sign_in.code_needed"),
            (422, "sign_in.code_wrong"),
            (200, ""),
        ]
        assert provider.asked["/token"] == 1
        assert visitor.get("session").json()["username"] == linked.username
        with scoped(EVERYTHING):
            assert ProviderTry.objects.count() == 0


def test_secret_of_the_client_is_kept_sealed(provider):
    provider_id = added(provider)
    with scoped(EVERYTHING):
        kept = Provider.objects.get(pk=provider_id)
    assert CLIENT_SECRET.encode() not in bytes(kept.sealed_secret)

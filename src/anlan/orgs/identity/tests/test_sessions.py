"""Sign-ins are rows: they end for good, at once, by either side, and leave no token behind."""

import asyncio
from datetime import timedelta

import pytest
from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import IntegrityError, transaction
from django.test import Client
from tests.people import EVERYTHING, PASSWORD, make_desk

from anlan.kernel import clock, ended_sign_ins
from anlan.kernel import stream as stream_module
from anlan.kernel.ended_sign_ins import EndedSignIns
from anlan.kernel.scope import scoped
from anlan.kernel.stream import Hub, Stream
from anlan.kernel.tests.screens import PATIENCE_S, SHOWING, Screen, connect, run
from anlan.orgs.identity import selectors
from anlan.orgs.identity.models import Session
from anlan.orgs.identity.services import sessions
from anlan.orgs.models import Account
from anlan.orgs.services.passwords import hashed
from anlan.orgs.services.staff import set_password
from anlan.orgs.sign_in import actor_of_cookies

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def again(account: Account, **headers: str) -> Client:
    """Sign an account in from somewhere else."""
    client = Client(headers=headers)
    named = {"username": account.username, "password": PASSWORD}
    reply = client.post("/api/v1/session", named, content_type="application/json")
    assert reply.status_code == 200
    return client


def status(client: Client) -> int:
    return client.get("/api/v1/session").status_code


def aged(account: Account, **columns: object) -> None:
    """Rewrite the times of an account's sign-ins, as the owner of the table could."""
    with scoped(EVERYTHING):
        Session.objects.filter(account_id=account.id).update(**columns)


@pytest.mark.django_db
class TestSessions:
    def test_token_is_kept_nowhere(self, desk):
        token = desk("DISPATCHER").client.cookies[settings.SESSION_COOKIE_NAME].value
        assert len(token) == 43
        with scoped(EVERYTHING):
            row = Session.objects.filter(token_digest=selectors.digest_of(token)).values().get()
        assert token not in str(row)

    def test_cookie_is_kept_from_scripts_and_foreign_pages(self, desk):
        cookie = desk("DISPATCHER").client.cookies[settings.SESSION_COOKIE_NAME]
        assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
        assert cookie["max-age"] == 12 * 3600

    @pytest.mark.parametrize("token", ["", "forged", "A" * 43, "é\x7f", "x" * 4000])
    def test_forged_token_opens_nothing(self, desk, token):
        visitor = desk(None)
        visitor.client.cookies[settings.SESSION_COOKIE_NAME] = token
        assert visitor.get("session").status_code == 401

    def test_own_sign_ins_are_listed_with_this_one_marked(self, desk):
        dispatcher = desk("DISPATCHER")
        again(dispatcher.account, user_agent=FIREFOX)
        desk("CALL_TAKER")
        found = dispatcher.get("own/sessions").json()
        assert [(one["seen_from"], one["this"]) for one in found] == [
            ("Firefox, Linux", False),
            ("", True),
        ]
        assert found[0].keys() == {
            "id", "seen_from", "began_at", "last_seen_at", "ends_at", "this",
        }  # fmt: skip

    def test_ended_sign_in_opens_nothing_though_its_cookie_is_kept(self, desk):
        dispatcher = desk("DISPATCHER")
        elsewhere = again(dispatcher.account)
        (other,) = [one for one in dispatcher.get("own/sessions").json() if not one["this"]]
        path = f"/api/v1/own/sessions/{other['id']}"
        keyed = {"Idempotency-Key": "0e8f7f4e-3b0f-4bd6-9a0a-9b8f6f6d1c11"}
        assert dispatcher.client.delete(path, headers=keyed).status_code == 204
        assert (status(elsewhere), status(dispatcher.client)) == (401, 200)

    def test_nobody_ends_a_sign_in_of_somebody_else(self, desk):
        mine, other = desk("DISPATCHER"), desk("ADMINISTRATOR")
        (own,) = mine.get("own/sessions").json()
        path = f"/api/v1/own/sessions/{own['id']}"
        keyed = {"Idempotency-Key": "0e8f7f4e-3b0f-4bd6-9a0a-9b8f6f6d1c12"}
        assert other.client.delete(path, headers=keyed).status_code == 404
        assert status(mine.client) == 200

    def test_all_others_end_and_this_one_stays(self, desk):
        dispatcher, stranger = desk("DISPATCHER"), desk("DISPATCHER")
        others = [again(dispatcher.account) for _ in range(2)]
        assert dispatcher.post("own/end-other-sessions").json() == {"ended": 2}
        found = [status(one) for one in (*others, dispatcher.client, stranger.client)]
        assert found == [401, 401, 200, 200]

    def test_signing_out_ends_the_sign_in_for_whoever_kept_its_cookie(self, desk):
        dispatcher = desk("DISPATCHER")
        kept = dispatcher.client.cookies[settings.SESSION_COOKIE_NAME].value
        dispatcher.client.delete("/api/v1/session")
        dispatcher.client.cookies[settings.SESSION_COOKIE_NAME] = kept
        assert status(dispatcher.client) == 401

    def test_changed_password_ends_every_sign_in_and_begins_this_one_anew(self, desk):
        dispatcher = desk("DISPATCHER")
        elsewhere = again(dispatcher.account)
        before = dispatcher.client.cookies[settings.SESSION_COOKIE_NAME].value
        body = {"present": PASSWORD, "password": "a new correct horse"}
        assert dispatcher.post("own/password", body).status_code == 204
        assert dispatcher.client.cookies[settings.SESSION_COOKIE_NAME].value != before
        assert (status(elsewhere), status(dispatcher.client)) == (401, 200)
        elsewhere.cookies[settings.SESSION_COOKIE_NAME] = before
        assert status(elsewhere) == 401

    def test_password_is_not_changed_without_the_present_one(self, desk):
        dispatcher = desk("DISPATCHER")
        body = {"present": "not the password", "password": "a new correct horse"}
        reply = dispatcher.post("own/password", body)
        assert (reply.status_code, reply.json()["field"]) == (422, "present")
        assert status(again(dispatcher.account)) == 200

    def test_password_given_by_the_operator_ends_every_sign_in(self, desk):
        dispatcher = desk("DISPATCHER")
        with scoped(EVERYTHING):
            name = dispatcher.account.username
            set_password(username=name, password=hashed("given by another"), actor=EVERYTHING)
        assert status(dispatcher.client) == 401

    def test_account_that_is_switched_off_has_no_sign_in_even_when_switched_on_again(self, desk):
        dispatcher = desk("DISPATCHER")
        with scoped(EVERYTHING):
            mine = Account.objects.filter(pk=dispatcher.account.pk)
            mine.update(active=False)
            mine.update(active=True)
        assert status(dispatcher.client) == 401

    @pytest.mark.parametrize(
        ("seen_ago", "answer"), [(timedelta(hours=3, minutes=59), 200), (timedelta(hours=4), 401)]
    )
    def test_unused_sign_in_ends(self, desk, seen_ago, answer):
        dispatcher = desk("DISPATCHER")
        aged(dispatcher.account, last_seen_at=clock.machine_now() - seen_ago)
        assert status(dispatcher.client) == answer

    def test_used_sign_in_ends_after_a_duty_day(self, desk):
        account, now = desk("DISPATCHER").account, clock.machine_now()
        token = sessions.begin(account, user_agent="", at=now - timedelta(hours=12))
        aged(account, last_seen_at=now)
        assert selectors.signed_in(token, now) is None
        assert selectors.signed_in(token, now - timedelta(minutes=1)) is not None

    def test_use_is_noted_at_most_once_a_minute(self, desk):
        dispatcher = desk("DISPATCHER")
        noted = []
        for ago_s in (50, 70):
            seen = clock.machine_now() - timedelta(seconds=ago_s)
            aged(dispatcher.account, last_seen_at=seen)
            status(dispatcher.client)
            with scoped(EVERYTHING):
                noted.append(Session.objects.get(account=dispatcher.account).last_seen_at != seen)
        assert noted == [False, True]

    def test_sign_in_that_ended_does_not_begin_again(self, desk):
        dispatcher = desk("DISPATCHER")
        dispatcher.client.delete("/api/v1/session")
        with pytest.raises(IntegrityError, match="does not begin again"), transaction.atomic():
            aged(dispatcher.account, ended_at=None)

    def test_beyond_the_limit_the_oldest_ends(self, desk, monkeypatch):
        monkeypatch.setattr(sessions, "SESSIONS_LIMIT_ROWS", 2)
        dispatcher = desk("DISPATCHER")
        others = [again(dispatcher.account) for _ in range(2)]
        assert [status(one) for one in (dispatcher.client, *others)] == [401, 200, 200]

    def test_rows_are_erased_a_day_after_their_end(self, desk):
        old, young = desk("DISPATCHER"), desk("DISPATCHER")
        now = clock.machine_now()
        with scoped(EVERYTHING):
            before = Session.objects.count()
        assert sessions.erase_old_sessions(now + timedelta(hours=35)) == 0
        assert sessions.erase_old_sessions(now + timedelta(hours=37)) == before
        assert (status(old.client), status(young.client)) == (401, 401)


@pytest.mark.usefixtures("committing")
def test_open_screen_ends_with_its_sign_in(monkeypatch):
    monkeypatch.setattr(stream_module, "POLL_S", 0.05)
    monkeypatch.setattr(ended_sign_ins, "LOOK_EVERY_S", 0.05)
    mine, other = make_desk("DISPATCHER"), make_desk("DISPATCHER")

    def cookies(desk) -> str:
        name = settings.SESSION_COOKIE_NAME
        return f"{name}={desk.client.cookies[name].value}"

    async def journey() -> None:
        hub = Hub(connect, SHOWING, ended=EndedSignIns(selectors.ENDED_AMONG))
        hub.start()
        stream = Stream(hub, sync_to_async(actor_of_cookies))
        try:
            async with asyncio.timeout(PATIENCE_S):
                while hub.last is None:
                    await asyncio.sleep(0.01)
                ends, stays = (Screen(stream, cookies=cookies(one)) for one in (mine, other))
                await ends.greeted()
                await stays.greeted()
                await asyncio.to_thread(mine.client.delete, "/api/v1/session")
                await ends.line
                assert not stays.line.done()
                await stays.cut()
                refused = Screen(stream, cookies=cookies(mine))
                await refused.line
                assert refused.status == 401
        finally:
            await hub.stop()

    run(journey)

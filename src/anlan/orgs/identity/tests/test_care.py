"""Administrators look after accounts of others; a role may have to have a second factor."""

from datetime import timedelta
from pathlib import Path

import pyotp
import pytest
from django.conf import settings
from tests.people import EVERYTHING, PASSWORD, Desk

from anlan.kernel import clock
from anlan.kernel.rule_files import RuleFolder
from anlan.kernel.scope import scoped
from anlan.kernel.text_files import data_folder
from anlan.orgs.identity import demands
from anlan.orgs.identity.demands import SIGN_IN_DEMANDS, SignInDemands
from anlan.orgs.identity.models import AccountStep, Session, Totp
from anlan.orgs.sign_in import VISITOR, actor_of_token

pytestmark = pytest.mark.django_db

WHY = {"reason": "The telephone was lost."}
SHIPPED = data_folder() / "sign_in_demands" / "standard.toml"


def arm(desk: Desk) -> None:
    """Give somebody an authenticator."""
    secret = desk.post("own/authenticator").json()["secret"]
    code = pyotp.TOTP(secret).at(clock.machine_now())
    assert desk.post("own/authenticator/confirm", {"code": code}).status_code == 200


def care(administrator: Desk, of: Desk, move: str, body: dict[str, str] = WHY):
    return administrator.post(f"accounts/{of.account.id}/moves/{move}", body)


def told(reply) -> tuple[int, str]:
    return reply.status_code, reply.json().get("code", "")


def may_sign_in(name: str, **more: str) -> int:
    body = {"username": name, "password": PASSWORD, **more}
    return Desk(None).post("session", body).status_code


@pytest.fixture
def administrator(desk) -> Desk:
    return desk("ADMINISTRATOR")


class TestCare:
    def test_accounts_in_scope_are_listed_without_what_their_owners_do(self, desk, administrator):
        armed, plain = desk("SUPERVISOR"), desk("SUPERVISOR")
        arm(armed)
        page = administrator.get("accounts", text="supervisor-", limit=200).json()
        found = {one["username"]: one for one in page["items"]}
        assert found[armed.account.username] == {
            "id": str(armed.account.id),
            "username": armed.account.username,
            "name_zh": "SUPERVISOR",
            "name_en": "SUPERVISOR",
            "role": "SUPERVISOR",
            "organisation_id": str(armed.account.organisation_id),
            "active": True,
            "second_factor": True,
            "linked": False,
            "moves": ["end_sign_ins", "take_authenticator_off", "close"],
        }
        assert found[plain.account.username]["second_factor"] is False
        assert found[plain.account.username]["moves"] == ["end_sign_ins", "close"]

    def test_pages_follow_each_other_by_name(self, administrator, desk):
        for _ in range(2):
            desk("GATEWAY")
        first = administrator.get("accounts", text="gateway-", limit=1).json()
        second = administrator.get("accounts", text="gateway-", limit=1, after=first["next"]).json()
        names = [page["items"][0]["username"] for page in (first, second)]
        assert names == sorted(set(names))
        assert second["next"] is None

    def test_account_of_another_area_is_neither_listed_nor_touched(self, desk):
        stranger, mine = desk("ADMINISTRATOR", organisation="COMMUNITY_23"), desk("DISPATCHER")
        page = stranger.get("accounts", text=mine.account.username).json()
        assert page == {"items": [], "next": None}
        assert told(care(stranger, mine, "close")) == (404, "account.unknown")
        assert mine.get("session").status_code == 200

    def test_all_sign_ins_end_at_once(self, desk, administrator):
        dispatcher, other = desk("DISPATCHER"), desk("DISPATCHER")
        elsewhere = Desk(dispatcher.account)
        assert care(administrator, dispatcher, "end_sign_ins").status_code == 200
        found = [one.get("session").status_code for one in (dispatcher, elsewhere, other)]
        assert found == [401, 401, 200]
        assert may_sign_in(dispatcher.account.username) == 200

    def test_lost_authenticator_goes_with_its_recovery_codes(self, desk, administrator):
        dispatcher = desk("DISPATCHER")
        arm(dispatcher)
        assert may_sign_in(dispatcher.account.username) == 401
        assert care(administrator, dispatcher, "take_authenticator_off").json()["moves"] == [
            "end_sign_ins",
            "close",
        ]
        assert may_sign_in(dispatcher.account.username) == 200
        assert told(care(administrator, dispatcher, "take_authenticator_off")) == (
            409,
            "authenticator.missing",
        )

    def test_closed_account_opens_nothing_until_it_is_opened_again(self, desk, administrator):
        dispatcher = desk("DISPATCHER")
        name = dispatcher.account.username
        closed = care(administrator, dispatcher, "close").json()
        assert (closed["active"], closed["moves"]) == (False, ["reopen"])
        assert (dispatcher.get("session").status_code, may_sign_in(name)) == (401, 401)
        assert told(care(administrator, dispatcher, "close")) == (409, "move.not_allowed")
        assert care(administrator, dispatcher, "reopen").json()["active"] is True
        assert (dispatcher.get("session").status_code, may_sign_in(name)) == (401, 200)

    def test_each_act_leaves_who_and_why_and_nothing_of_the_owner(self, desk, administrator):
        dispatcher = desk("DISPATCHER")
        care(administrator, dispatcher, "end_sign_ins")
        care(administrator, dispatcher, "close")
        with scoped(EVERYTHING):
            steps = AccountStep.objects.filter(subject_id=dispatcher.account.id).order_by("id")
            kept = [(s.move, s.source, s.target, s.made_by_name, s.facts) for s in steps]
        by = administrator.account.username
        assert kept == [
            ("end_sign_ins", "ACTIVE", "ACTIVE", by, WHY),
            ("close", "ACTIVE", "CLOSED", by, WHY),
        ]

    @pytest.mark.parametrize("reason", ["", "  "])
    def test_nothing_is_done_without_a_reason(self, desk, administrator, reason):
        dispatcher = desk("DISPATCHER")
        reply = care(administrator, dispatcher, "end_sign_ins", {"reason": reason})
        assert (told(reply), reply.json()["field"]) == ((422, "invalid"), "reason")
        assert dispatcher.get("session").status_code == 200

    def test_nothing_is_done_without_a_recent_proof(self, desk, administrator):
        dispatcher = desk("DISPATCHER")
        with scoped(EVERYTHING):
            old = clock.machine_now() - timedelta(minutes=15)
            Session.objects.filter(account=administrator.account).update(proven_at=old)
        assert told(care(administrator, dispatcher, "close")) == (403, "proof.needed")
        assert dispatcher.get("session").status_code == 200
        assert administrator.post("own/proof", {"proof": PASSWORD}).status_code == 204
        assert care(administrator, dispatcher, "close").status_code == 200

    def test_nobody_is_administrator_of_the_own_account(self, administrator):
        assert told(care(administrator, administrator, "close")) == (409, "account.own")
        page = administrator.get("accounts", text=administrator.account.username).json()
        assert [one["moves"] for one in page["items"]] == [[]]


class TestDemands:
    @pytest.fixture(autouse=True)
    def supervisors_must(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Let the installation demand a second factor of supervisors."""
        text = SHIPPED.read_text(encoding="utf-8").replace("2026.1", "2026.2")
        text = text.replace("second_factor = []", 'second_factor = ["SUPERVISOR"]')
        (tmp_path / "house.toml").write_text(text, encoding="utf-8")
        folder = RuleFolder(
            "sign_in_demands", SignInDemands, folders=lambda: [SHIPPED.parent, tmp_path]
        )
        monkeypatch.setattr(demands, "SIGN_IN_DEMANDS", folder)

    def test_who_lacks_it_may_do_nothing_but_enrol(self, desk):
        supervisor = desk("SUPERVISOR")
        assert supervisor.get("session").json()["factor_needed"] is True
        refused = [
            supervisor.get("incidents"),
            supervisor.get("organisations"),
            supervisor.post("public/reports", {}),
        ]
        assert [told(reply) for reply in refused] == [(403, "factor.needed")] * 3
        arm(supervisor)
        assert supervisor.get("session").json()["factor_needed"] is False
        assert supervisor.get("incidents").status_code == 200

    def test_streams_take_who_lacks_it_for_a_visitor(self, desk):
        supervisor = desk("SUPERVISOR")
        token = supervisor.client.cookies[settings.SESSION_COOKIE_NAME].value
        assert actor_of_token(token) == VISITOR
        arm(supervisor)
        assert actor_of_token(token).id == str(supervisor.account.id)

    def test_an_offer_that_was_not_confirmed_is_none(self, desk):
        supervisor = desk("SUPERVISOR")
        supervisor.post("own/authenticator")
        with scoped(EVERYTHING):
            assert Totp.objects.filter(account=supervisor.account).count() == 1
        assert told(supervisor.get("incidents")) == (403, "factor.needed")

    def test_who_lacks_it_may_sign_out(self, desk):
        supervisor = desk("SUPERVISOR")
        assert supervisor.client.delete("/api/v1/session").status_code == 204
        assert supervisor.get("session").status_code == 401

    def test_other_roles_go_on(self, desk):
        dispatcher = desk("DISPATCHER")
        assert dispatcher.get("session").json()["factor_needed"] is False
        assert dispatcher.get("incidents").status_code == 200


def test_shipped_demands_ask_nobody():
    assert SIGN_IN_DEMANDS.rule("standard", clock.machine_now().date()).second_factor == ()


@pytest.mark.parametrize("role", ["GATEWAY", "RESIDENT", "NO_SUCH"])
def test_demand_on_what_is_no_person_is_left_out(tmp_path, role):
    text = SHIPPED.read_text(encoding="utf-8")
    text = text.replace("second_factor = []", f'second_factor = ["{role}"]')
    (tmp_path / "house.toml").write_text(text, encoding="utf-8")
    folder = RuleFolder("sign_in_demands", SignInDemands, folders=lambda: [tmp_path])
    (broken,) = folder.broken()
    assert broken.reason.startswith("second_factor.0:")

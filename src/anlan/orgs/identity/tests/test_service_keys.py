"""Keys of connected systems: what one opens, for how long, and what no key opens."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.http.request import HttpHeaders
from tests.people import EVERYTHING, Desk, organisation_id

from anlan.kernel import clock
from anlan.kernel.models import KeptReply
from anlan.kernel.scope import scoped
from anlan.orgs.identity.models import ServiceKey, Session
from anlan.orgs.identity.services.service_keys import add_key

pytestmark = pytest.mark.django_db
EVERY_PERMISSION = [
    "case.read", "evaluation.read", "figure.read", "incident.read", "organisation.read",
    "place.read", "request.send", "routing.read", "tally.read", "unit.read", "update.send",
]  # fmt: skip
OF_AN_ADMINISTRATOR = [one for one in EVERY_PERMISSION if one not in {"case.read", "incident.read"}]


def asked(name: str = "A wall of figures", **changed: object) -> dict[str, object]:
    """Return what an administrator asks for."""
    organisation = str(organisation_id("EMERGENCY_CENTRE"))
    body = {"name": name, "organisation_id": organisation, "permissions": ["unit.read"], "days": 30}
    return body | changed


def system(key: str, language: str = "en") -> Desk:
    """Return a client that sends a key with every request."""
    outside = Desk(None)
    headers = {"Authorization": f"Bearer {key}", "Accept-Language": language}
    outside.client.defaults |= HttpHeaders.to_wsgi_names(headers)
    return outside


def made(*permissions: str, organisation: str = "EMERGENCY_CENTRE", days: int = 30) -> str:
    """Return a key that the operator of the installation made."""
    with scoped(EVERYTHING):
        _, key = add_key(
            f"A system of {organisation}", organisation, permissions, days=days, actor=EVERYTHING,
            at=clock.machine_now(),
        )  # fmt: skip
    return key


def told(reply) -> tuple[int, str]:
    return reply.status_code, reply.json()["code"]


class TestMaking:
    def test_key_is_shown_once_and_kept_as_a_digest(self, desk):
        administrator = desk("ADMINISTRATOR")
        reply = administrator.post("service-keys", asked())
        assert reply.status_code == 200, reply.content
        key = reply.json()["key"]
        assert (len(key), reply["Cache-Control"]) == (46, "no-store")
        listed = administrator.get("service-keys")
        (shown,) = listed.json()["items"]
        assert key not in listed.content.decode()
        assert (shown["permissions"], shown["last_used_at"], shown["in_force"]) == (
            ["unit.read"],
            None,
            True,
        )
        with scoped(EVERYTHING):
            (kept,) = ServiceKey.objects.values()
            assert key not in str(kept)
            assert not KeptReply.objects.filter(body__contains=key.encode()).exists()
        assert kept["added_by"] == str(administrator.account.id)

    def test_nobody_gives_more_than_the_own_and_no_key_administers(self, desk):
        administrator = desk("ADMINISTRATOR")
        assert administrator.get("service-keys").json()["grantable"] == OF_AN_ADMINISTRATOR
        for permission in ("incident.read", "account.write", "contact.look", "audit.read", "x"):
            reply = administrator.post("service-keys", asked(permissions=[permission]))
            assert (reply.status_code, reply.json()["field"]) == (422, "permissions")
        with scoped(EVERYTHING):
            assert not ServiceKey.objects.exists()

    @pytest.mark.parametrize(
        ("changed", "field"),
        [({"days": 366}, "days"), ({"days": 0}, "days"), ({"permissions": []}, "permissions"),
         ({"name": " "}, "name")],
    )  # fmt: skip
    def test_key_holds_something_for_a_year_at_most(self, desk, changed, field):
        reply = desk("ADMINISTRATOR").post("service-keys", asked(**changed))
        assert (reply.status_code, reply.json()["field"]) == (422, field)

    def test_database_holds_to_a_year(self):
        made("unit.read")
        with scoped(EVERYTHING):
            kept = ServiceKey.objects.get()
            kept.pk, kept.label, kept.digest = organisation_id("EMERGENCY_CENTRE"), "Long", b"x"
            kept.expires_at = kept.added_at + timedelta(days=367)
            with pytest.raises(DatabaseError, match="a_year_at_most"), transaction.atomic():
                kept.save(force_insert=True)

    def test_two_keys_have_two_names(self, desk):
        administrator = desk("ADMINISTRATOR")
        administrator.post("service-keys", asked())
        reply = administrator.post("service-keys", asked())
        assert told(reply) == (409, "service_key.name_taken")

    def test_making_one_wants_a_proof_of_now(self, desk):
        administrator = desk("ADMINISTRATOR")
        with scoped(EVERYTHING):
            Session.objects.filter(account=administrator.account).update(
                proven_at=clock.machine_now() - timedelta(minutes=16)
            )
        assert told(administrator.post("service-keys", asked())) == (403, "proof.needed")


class TestOpening:
    def test_key_opens_what_it_was_given_in_its_area_and_nothing_else(self, desk):
        outside = system(made("unit.read"))
        units = outside.get("units")
        assert units.status_code == 200
        assert units.json() == desk("DISPATCHER").get("units").json()
        assert told(outside.get("incidents")) == (403, "denied")
        elsewhere = system(made("unit.read", organisation="COMMUNITY_11"))
        assert len(elsewhere.get("units").json()) < len(units.json())

    def test_use_is_noted_as_of_the_system_at_most_once_a_minute(self, monkeypatch):
        outside, first = system(made("unit.read")), clock.machine_now()
        seen = []
        for seconds in (0, 30, 61):
            then = first + timedelta(seconds=seconds)
            monkeypatch.setattr(clock, "machine_now", lambda then=then: then)
            assert outside.get("units").status_code == 200
            with scoped(EVERYTHING):
                seen.append(ServiceKey.objects.get().last_used_at - first)
        assert [one.total_seconds() for one in seen] == [0, 0, 61]

    def test_system_says_for_what_it_asks_and_sees_no_protected_field(self, desk):
        said = {"channel": "PHONE", "kind": "FIRE_STRUCTURE", "text": "Smoke", "lon": 24.94,
                "lat": 60.17}  # fmt: skip
        assert desk("CALL_TAKER").post("reports", said).status_code == 201
        outside = system(made("incident.read"))
        outside.reads_for("AUDIT")
        assert told(outside.get("incidents")) == (403, "purpose.foreign")
        outside.reads_for("DISPATCH")
        (shown,) = outside.get("incidents").json()["items"]
        reply = outside.get(f"incidents/{shown['id']}")
        assert reply.status_code == 200
        assert "Smoke" not in reply.content.decode()

    @pytest.mark.parametrize("language", ["en", "zh-CN"])
    def test_forged_expired_and_ended_keys_open_nothing_and_say_why(
        self, desk, monkeypatch, language
    ):
        key = made("unit.read", days=1)
        words = {
            "en": ("This key opens nothing here.", "expired", "ended"),
            "zh-CN": ("此密钥在此无效。", "过期", "停用"),
        }[language]
        for forged in (key[:-1], "", key.upper(), "x" * 5_000):
            reply = system(forged, language).get("units")
            assert told(reply) == (401, "service_key.wrong")
            assert reply.json()["title"] == words[0]
        outside, now = system(key, language), clock.machine_now()
        with monkeypatch.context() as later:
            later.setattr(clock, "machine_now", lambda: now + timedelta(days=1))
            reply = outside.get("units")
        assert told(reply) == (401, "service_key.expired")
        assert words[1] in reply.json()["title"]
        administrator = desk("ADMINISTRATOR")
        (kept,) = administrator.get("service-keys").json()["items"]
        ended = administrator.post(f"service-keys/{kept['id']}/end")
        assert ended.json()["in_force"] is False
        reply = outside.get("units")
        assert told(reply) == (401, "service_key.ended")
        assert words[2] in reply.json()["title"]
        again = administrator.post(f"service-keys/{kept['id']}/end")
        assert told(again) == (404, "service_key.unknown")

    def test_other_schemes_are_refused_rather_than_taken_for_a_visitor(self):
        outside = Desk(None)
        outside.client.defaults |= HttpHeaders.to_wsgi_names({"Authorization": "Basic YTpi"})
        assert told(outside.get("catalogue")) == (401, "service_key.wrong")

    def test_key_does_not_borrow_the_sign_in_that_it_comes_with(self, desk):
        supervisor = desk("SUPERVISOR")
        supervisor.client.defaults |= HttpHeaders.to_wsgi_names(
            {"Authorization": f"Bearer {made('unit.read')}"}
        )
        assert told(supervisor.get("incidents")) == (403, "denied")

    def test_what_has_ended_stays_ended(self, desk):
        made("unit.read")
        with scoped(EVERYTHING):
            ServiceKey.objects.update(ended_at=clock.machine_now())
            with pytest.raises(DatabaseError, match="does not begin again"), transaction.atomic():
                ServiceKey.objects.update(ended_at=None)


class TestNeverByAKey:
    def test_key_of_everything_neither_proves_nor_administers(self, desk):
        outside = system(made(*EVERY_PERMISSION))
        colleague = desk("DISPATCHER").account
        key = str(organisation_id("EMERGENCY_CENTRE"))  # of nothing: the permission comes first
        asks = [
            outside.get("session"),
            outside.get("own/sessions"),
            outside.post("own/proof", {"proof": "x"}),
            outside.post("own/authenticator"),
            outside.get("accounts"),
            outside.post(f"accounts/{colleague.id}/moves/close", {"reason": "x"}),
            outside.get("service-keys"),
            outside.post("service-keys", asked()),
            outside.post(f"service-keys/{key}/end"),
            outside.get("audit/standing"),
        ]
        assert [told(one)[0] for one in asks] == [401, 401, 401, 401, *[403] * 6]

"""Requests that an application sends: taken whole or not at all, under a key that opens them."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from tests.people import EVERYTHING

from anlan.casework.models import Case
from anlan.exchange.open311.tests.outside import PAVEMENT, PLACE, Outside, new_key
from anlan.intake.models import Contact, Report
from anlan.intake.services.contacts import look_at_contact
from anlan.kernel import clock
from anlan.kernel.scope import scoped
from anlan.orgs.identity.models import ServiceKey
from anlan.orgs.identity.selectors import digest_of, service_key_named
from anlan.orgs.identity.services.service_keys import end_key

pytestmark = pytest.mark.django_db
CALLER_BACK = replace(EVERYTHING, role="DISPATCHER", purpose="DISPATCH")
REPORTER = {
    "first_name": "Aino", "last_name": "Virta", "phone": "+358 40 765 4321",
    "email": "aino@example.org", "device_id": "device-7781", "account_id": "account-5512",
}  # fmt: skip


def counted() -> tuple[int, int, int]:
    """Return how many cases, reports and contacts there are."""
    with scoped(EVERYTHING):
        return Case.objects.count(), Report.objects.count(), Contact.objects.count()


def test_a_request_becomes_a_case_and_a_report_that_can_be_followed(outside: Outside) -> None:
    reply = outside.send(PAVEMENT | {"address_string": "Market Square"})
    assert reply.status_code == 200
    row = reply.json()[0]
    with scoped(EVERYTHING):
        case = Case.objects.get(number=row["service_request_id"])
        report = Report.objects.get(case_id=case.id)
    assert (case.item_code, case.channel, case.text) == ("0103", "API", "A slab is loose.")
    assert (case.place_text, case.lon, case.lat) == ("Market Square", 24.935, 60.182)
    assert row["service_notice"].endswith(f"http://testserver/follow/{report.number}")
    assert set(row) == {"service_request_id", "service_notice", "account_id"}
    assert outside.client.get(f"/follow/{report.number}").status_code == 200
    token = outside.rows(f"tokens/{report.number}")
    assert token == [{"service_request_id": case.number, "token": report.number}]


def test_whoever_reported_stands_sealed_and_nowhere_else(outside: Outside) -> None:
    number = outside.sent(**REPORTER)
    with scoped(EVERYTHING):
        case = Case.objects.get(number=number)
        report = Report.objects.get(case_id=case.id)
        seen = look_at_contact(
            report_id=report.id, purpose="to call back", actor=CALLER_BACK, at=clock.now()
        )
        kept = [bytes(one.sealed) for one in Contact.objects.filter(report=report)]
        told = f"{case.__dict__} {report.__dict__} {kept}"
    assert (seen.name, seen.telephone, seen.email) == (
        "Aino Virta", "+358 40 765 4321", "aino@example.org",
    )  # fmt: skip
    read = outside.get(f"requests/{number}.xml").content.decode()
    read += outside.get("requests.json").content.decode()
    for secret in ("Aino", "Virta", "765 4321", "aino@", "device-7781", "account-5512"):
        assert secret not in told
        assert secret not in read


@pytest.mark.parametrize(
    ("change", "status", "words"),
    [
        ({"service_code": ""}, 400, "service_code"),
        ({"service_code": "no_such"}, 404, "service_code"),
        ({"lat": "", "long": ""}, 400, "lat"),
        ({"long": ""}, 400, "long"),
        ({"lat": "north"}, 400, "lat"),
        ({"lat": "nan"}, 400, "lat"),
        ({"lat": "91"}, 400, "lat"),
        ({"lat": "0", "long": "0"}, 400, "lon,lat"),
        ({"lat": "", "long": "", "address_string": "no such place 9f3c"}, 400, "address_string"),
        ({"description": "x" * 4_001}, 400, "description"),
        ({"description": "bell \x07"}, 400, "description"),
        ({"phone": "call me"}, 400, "telephone"),
        ({"email": "nobody"}, 400, "email"),
        ({"media_url": "javascript:alert(1)"}, 400, "media_url"),
        ({"attribute[hindered][]": ["pavement", "the moon"]}, 400, "attribute[hindered]"),
        ({"jurisdiction_id": "other.example"}, 404, "jurisdiction_id"),
        ({"api_key": ""}, 403, "api_key"),
        ({"api_key": "ak_wrong"}, 403, "api_key"),
    ],
)
def test_what_cannot_be_taken_is_refused_and_nothing_is_kept(
    outside: Outside, change: dict[str, object], status: int, words: str
) -> None:
    before = counted()
    reply = outside.send(PAVEMENT | change)
    error = reply.json()[0]
    assert (reply.status_code, error["code"]) == (status, status)
    assert words in error["description"]
    assert counted() == before


def test_a_form_in_another_type_or_size_or_coding_is_refused(outside: Outside) -> None:
    before = counted()
    for body, kind in (
        ("{}", "application/json"),
        ("description=%ff%fe", "application/x-www-form-urlencoded"),
        ("x=" + "y" * 70_000, "application/x-www-form-urlencoded"),
        ("&".join(f"f{n}=1" for n in range(200)), "application/x-www-form-urlencoded"),
    ):
        reply = outside.client.post("/open311/v2/requests.xml", body, content_type=kind)
        assert reply.status_code == 400, (kind, reply.content)
        assert reply.content.startswith(b"<?xml")
    assert counted() == before


def test_a_long_description_and_answers_are_kept_whole(outside: Outside) -> None:
    words = "x" * 3_000
    number = outside.sent(
        description=words,
        media_url="https://pictures.example/7.jpg",
        **{"attribute[hindered][]": ["pavement", "entrance"]},
    )
    with scoped(EVERYTHING):
        text = Case.objects.get(number=number).text
    assert text.splitlines() == [
        words,
        "妨碍了什么： 步道 / the pavement; 出入口 / an entrance",
        "media_url: https://pictures.example/7.jpg",
    ]


def test_the_same_form_under_the_same_idempotency_key_counts_once(outside: Outside) -> None:
    key = {"Idempotency-Key": str(uuid4())}
    first, second = outside.send(PAVEMENT, **key), outside.send(PAVEMENT, **key)
    assert first.content == second.content
    assert counted()[0] == 1


def test_a_key_opens_its_own_area_and_scope_alone(outside: Outside) -> None:
    there = Outside(new_key("elsewhere", organisation="COMMUNITY_11"))
    far = {"lat": "60.1690", "long": "24.9425"}
    assert outside.send(PAVEMENT | far).status_code == 200
    assert there.send(PAVEMENT | far).status_code == 400
    words = Outside(new_key("words only", scopes=("update.send",)))
    assert words.send(PAVEMENT).status_code == 403


def test_an_ended_or_expired_key_opens_nothing(
    outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    with scoped(EVERYTHING):
        key = service_key_named("an application")
        end_key(key, actor=EVERYTHING, at=clock.machine_now())
    assert outside.send(PAVEMENT).status_code == 403
    late = Outside(new_key("short", days=1))
    assert late.send(PAVEMENT).status_code == 200
    now = clock.machine_now()
    monkeypatch.setattr(clock, "machine_now", lambda: now + timedelta(days=2))
    assert late.send(PAVEMENT).status_code == 403


def test_of_a_key_only_a_digest_is_kept(outside: Outside) -> None:
    with scoped(EVERYTHING):
        kept = ServiceKey.objects.get()
    assert bytes(kept.digest) == digest_of(outside.key)
    assert outside.key not in str(kept.__dict__)


def test_words_are_added_by_who_sent_the_request_alone(outside: Outside) -> None:
    number = outside.sent()
    words = {"service_request_id": number, "description": "It is worse now."}
    path = "servicerequestupdates.json"
    assert outside.send(words, path=path).status_code == 200
    other = Outside(new_key("another"))
    assert other.send(words, path=path).status_code == 403
    assert outside.send(words | {"service_request_id": "C-1"}, path=path).status_code == 404
    assert outside.send(words | {"description": ""}, path=path).status_code == 400
    with scoped(EVERYTHING):
        updates = list(Report.objects.get().updates.values_list("direction", "text"))
    assert updates == [("FROM_REPORTER", "It is worse now.")]
    assert PLACE["lat"] not in outside.get("servicerequestupdates.xml").content.decode()

"""What grid officers do without network: once, in order, over nobody's head, both times kept."""

import io
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from PIL import ExifTags, Image
from tests.people import EVERYTHING, Desk, organisation_id

from anlan.casework.models import Case, CasePhoto, CaseStep, FieldAct
from anlan.casework.tests.office import DISPUTE, PAVEMENT, PLACE, kept, picture
from anlan.kernel.clock import now
from anlan.kernel.models import KeptReply
from anlan.kernel.scope import scoped

pytestmark = pytest.mark.django_db
OUTCOME = {"outcome": "two bags carried away"}


class Telephone:
    """A grid officer's telephone: a queue of its own, and a clock that may be wrong."""

    def __init__(self, desk: Desk, *, fast: timedelta = timedelta()) -> None:
        self.desk, self.fast = desk, fast
        self.queue, self.ordinal = str(uuid4()), 0

    def told(self, ago: timedelta = timedelta(), **more: Any) -> dict[str, Any]:
        """Return what stands in every act: done so long ago."""
        self.ordinal += 1
        at = (now() + self.fast - ago).isoformat()
        return {"queue": self.queue, "ordinal": self.ordinal, "told_at": at, **more}

    def send(self, path: str, body: dict[str, Any], key: str = "", *, form: bool = False) -> Any:
        """Send an act, as JSON or as a form."""
        headers = {"Idempotency-Key": key or str(uuid4())}
        headers["Sent-At"] = (now() + self.fast).isoformat()
        kind = {} if form else {"content_type": "application/json"}
        return self.desk.client.post(f"/api/v1/field/{path}", body, headers=headers, **kind)

    def round(self) -> dict[str, Any]:
        """Take the round along."""
        found: dict[str, Any] = self.desk.get("round", queue=self.queue).json()
        return found

    def there(self, case_id: str) -> dict[str, Any]:
        """Return a case as it stands now."""
        found: dict[str, Any] = self.desk.get(f"field/cases/{case_id}", queue=self.queue).json()
        return found

    def file(self, key: str = "", **more: Any) -> HttpResponse:
        """Report something with a photo."""
        body = self.told(**{"item_code": PAVEMENT, "text": "A hole", **PLACE, **more})
        return self.send("cases", body | {"photo": picture()}, key, form=True)

    def move(self, case_id: str, name: str, seen: int, key: str = "", **more: Any) -> HttpResponse:
        """Make a move of a case."""
        return self.send(f"cases/{case_id}/moves/{name}", self.told(seen=seen, **more), key)

    def photo(self, case_id: str, seen: int, file: io.BytesIO | None = None) -> HttpResponse:
        """Add a photo of what was done."""
        body = self.told(seen=seen) | {"photo": file or picture()}
        return self.send(f"cases/{case_id}/photos", body, form=True)


@pytest.fixture
def telephone(office) -> Telephone:
    return Telephone(office.officer)


def own_case(office, item_code: str = DISPUTE) -> str:
    """Return a case that the officer's own office has to handle."""
    case_id = office.file(item_code)
    given = {"organisation_id": str(organisation_id("COMMUNITY_11"))}
    assert office.move(case_id, "assign", **given).status_code == 200
    return case_id


def steps(case_id: str) -> list[CaseStep]:
    with scoped(EVERYTHING):
        return list(CaseStep.objects.filter(subject_id=case_id).order_by("pk"))


def refusal(reply: HttpResponse) -> tuple[int, str]:
    return reply.status_code, reply.json()["code"]


def test_round_holds_own_tasks_what_to_check_and_what_is_open(office, telephone):
    task, check, open_case, away = (own_case(office), office.file(), office.file(), office.file())
    office.bring(check, "assign", "report")
    office.bring(away, "assign", "report", "verify", "close")
    found = telephone.round()
    assert {row["id"]: row["part"] for row in found["cases"]} == {
        task: "TASK",
        check: "CHECK",
        open_case: "OPEN",
    }
    rows = {row["id"]: row for row in found["cases"]}
    assert rows[task]["moves"] == ["send_back", "start", "report"]
    assert [rows[one]["seen"] for one in (task, check, open_case)] == [2, 3, 1]
    assert [cell["area"] - 990101001001000 for cell in found["cells"]] == [1, 2, 3, 4]
    assert {site["kind"] for site in found["sites"]} <= {"SCHOOL", "HOSPITAL", "STATION"}
    assert found["cut"] is False


def test_round_holds_at_most_a_bounded_number_of_each_part(office, telephone, monkeypatch):
    monkeypatch.setattr("anlan.casework.selectors.rounds.PART_LIMIT_ROWS", 2)
    for _ in range(3):
        office.file()
    found = telephone.round()
    assert (len(found["cases"]), found["cut"]) == (2, True)


def test_round_ends_at_the_officers_own_area(office, desk):
    office.file()
    other = desk("GRID_OFFICER", organisation="COMMUNITY_12")
    assert Telephone(other).round()["cases"] == []


def test_task_is_begun_photographed_reported_and_checked_by_others(office, telephone, desk):
    case_id = own_case(office, PAVEMENT)
    assert telephone.move(case_id, "start", 2).status_code == 200
    assert telephone.photo(case_id, 2).status_code == 201
    reply = telephone.move(case_id, "report", 2, **OUTCOME)
    assert (reply.status_code, reply.json()["state"]) == (200, "REPORTED")
    colleague = Telephone(desk("GRID_OFFICER", organisation="COMMUNITY_11"))
    own = colleague.move(case_id, "verify", 4, note="looks good")
    assert refusal(own) == (409, "case.own_work")
    assert office.move(case_id, "verify", office.centre, note="seen").status_code == 200
    assert [step.move for step in steps(case_id)] == ["file", "assign", "start", "report", "verify"]


def test_task_is_handed_back_with_its_ground(office, telephone):
    case_id = own_case(office)
    facts = {"ground": "NOT_OUR_PROPERTY", "reason": "a private yard"}
    facts["proposed_id"] = str(organisation_id("MUNICIPAL_WORKS"))
    assert telephone.move(case_id, "start", 2).status_code == 200
    reply = telephone.move(case_id, "send_back", 2, **facts)
    assert (reply.json()["state"], reply.json()["begun_at"]) == ("FILED", None)
    assert steps(case_id)[-1].facts == facts


def test_second_to_begin_is_told_that_somebody_has(office, telephone):
    case_id = own_case(office)
    assert telephone.move(case_id, "start", 2).status_code == 200
    before = kept(case_id)
    assert refusal(telephone.move(case_id, "start", 2)) == (409, "case.begun_before")
    assert kept(case_id) == before


def test_act_on_what_others_changed_meanwhile_is_refused_and_changes_nothing(office, telephone):
    case_id = own_case(office)
    changed = office.move(case_id, "reclassify", item_code=PAVEMENT, reason="it is the pavement")
    assert changed.status_code == 200
    before = kept(case_id)
    reply = telephone.move(case_id, "report", 2, **OUTCOME)
    assert refusal(reply) == (409, "case.changed_meanwhile")
    assert reply.json()["facts"]["state"] == "ASSIGNED"
    assert refusal(telephone.photo(case_id, 2)) == (409, "case.changed_meanwhile")
    assert kept(case_id) == before
    there = telephone.there(case_id)
    assert there["seen"] == 3
    assert telephone.photo(case_id, there["seen"]).status_code == 201
    assert telephone.move(case_id, "report", there["seen"], **OUTCOME).status_code == 200


def test_what_the_clock_wrote_meanwhile_is_no_conflict(office, telephone):
    case_id = own_case(office)
    with scoped(EVERYTHING):
        case = Case.objects.get(pk=case_id)
        columns = {"source": "ASSIGNED", "target": "ASSIGNED", "facts": {}}
        CaseStep.objects.create(
            area=case.area, subject_id=case.id, move="clock_warning", made_by="system:clock",
            made_by_name="clock", made_at=now(), **columns,
        )  # fmt: skip
    assert telephone.move(case_id, "report", 2, **OUTCOME).status_code == 200


def test_case_that_the_table_gave_back_to_its_finder_goes_on(office, telephone, editors):
    editors.publish({"number": 1, "to": "@COMMUNITY"})
    found = telephone.file(item_code=DISPUTE).json()
    assert (found["state"], found["seen"]) == ("ASSIGNED", 1)
    assert [step["move"] for step in found["others"]] == ["assign"]
    (row,) = telephone.round()["cases"]
    assert (row["part"], row["seen"]) == ("TASK", 1)
    reply = telephone.move(found["id"], "report", 1, **OUTCOME)
    assert (reply.status_code, reply.json()["state"]) == (200, "REPORTED")


def test_table_that_sends_the_case_elsewhere_meanwhile_is_a_conflict(office, telephone, editors):
    to_the_lead = {"number": 2, "level": 1, "items": [PAVEMENT], "to": "@LEAD"}
    editors.publish({"number": 1, "to": "@DESK"}, to_the_lead)
    case_id = office.file(DISPUTE)
    (row,) = telephone.round()["cases"]
    assert (row["part"], row["seen"]) == ("OPEN", 1)
    office.bring(case_id, "reclassify")
    before = kept(case_id)
    assert refusal(telephone.photo(case_id, 1)) == (409, "case.changed_meanwhile")
    assert kept(case_id) == before
    there = telephone.there(case_id)
    assert [step["move"] for step in there["others"]] == ["file", "reclassify", "assign"]
    assert (there["state"], there["seen"]) == ("ASSIGNED", 3)


def test_two_officers_close_one_task_and_the_second_is_shown_the_first(office, telephone, desk):
    case_id = own_case(office)
    second = Telephone(desk("GRID_OFFICER", organisation="COMMUNITY_11"))
    seen = second.there(case_id)["seen"]
    assert seen == 2
    assert telephone.move(case_id, "report", 2, **OUTCOME).status_code == 200
    before = kept(case_id)
    reply = second.move(case_id, "report", seen, outcome="carried to the depot")
    assert refusal(reply) == (409, "case.changed_meanwhile")
    assert reply.json()["facts"]["state"] == "REPORTED"
    assert kept(case_id) == before


def test_second_telephone_of_one_account_is_somebody_else(office, telephone):
    case_id = own_case(office)
    second = Telephone(office.officer)
    assert second.move(case_id, "start", 2).status_code == 200
    reply = telephone.move(case_id, "report", 2, **OUTCOME)
    assert refusal(reply) == (409, "case.changed_meanwhile")
    there = telephone.there(case_id)
    assert [step["move"] for step in there["others"]] == ["file", "assign", "start"]
    assert [step["move"] for step in second.there(case_id)["others"]] == ["file", "assign"]


def test_filing_sent_again_after_its_reply_was_forgotten_counts_once(telephone):
    key = str(uuid4())
    body = telephone.told(item_code=PAVEMENT, **PLACE)
    first = telephone.send("cases", body, key, form=True)
    with scoped(EVERYTHING):
        KeptReply.objects.filter(key=key).delete()  # as after a month
    again = telephone.send("cases", body, key, form=True)
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json()["id"] == first.json()["id"]
    with scoped(EVERYTHING):
        assert FieldAct.objects.filter(queue=telephone.queue).count() == 1
        assert Case.objects.filter(pk=first.json()["id"]).count() == 1


def test_move_sent_again_after_its_reply_was_forgotten_counts_once(office, telephone):
    case_id, key = own_case(office), str(uuid4())
    path, body = f"cases/{case_id}/moves/report", telephone.told(seen=2, **OUTCOME)
    assert telephone.send(path, body, key).status_code == 200
    with scoped(EVERYTHING):
        KeptReply.objects.filter(key=key).delete()
    before = kept(case_id)
    assert telephone.send(path, body, key).status_code == 200
    assert kept(case_id) == before


def test_act_that_comes_after_a_later_one_of_its_case_is_refused(office, telephone):
    case_id = own_case(office)
    early, late = telephone.told(seen=2), telephone.told(seen=2)
    assert telephone.send(f"cases/{case_id}/moves/start", late).status_code == 200
    before = kept(case_id)
    reply = telephone.send(f"cases/{case_id}/moves/report", early | OUTCOME)
    assert refusal(reply) == (409, "case.act_out_of_order")
    assert kept(case_id) == before


def test_database_refuses_an_act_out_of_order_and_one_twice(office, telephone):
    case_id = own_case(office)
    for _ in range(2):
        telephone.ordinal += 1
    assert telephone.move(case_id, "start", 2).status_code == 200
    with scoped(EVERYTHING):
        there = FieldAct.objects.get(queue=telephone.queue)
        for changed in ({"ordinal": 1}, {"ordinal": 9, "key": there.key}, {"ordinal": 3}):
            columns = {f.attname: getattr(there, f.attname) for f in there._meta.concrete_fields}
            columns |= {"id": uuid4(), "key": uuid4()} | changed
            with pytest.raises(IntegrityError), transaction.atomic():
                FieldAct(**columns).save(force_insert=True)


def test_both_times_are_kept_and_shown(office, telephone):
    case_id = own_case(office)
    ago = timedelta(microseconds=1)
    assert telephone.move(case_id, "start", 2, ago=ago).status_code == 200
    step = office.centre.get(f"cases/{case_id}").json()["timeline"][-1]
    assert step["told_at"] is not None
    assert datetime.fromisoformat(step["told_at"]) <= datetime.fromisoformat(step["made_at"])
    assert step["facts"] == {}
    with scoped(EVERYTHING):
        act = FieldAct.objects.get(queue=telephone.queue)
        assert act.told_at <= act.heard_at
        assert act.sent_at is not None


@pytest.mark.parametrize("fast", [timedelta(days=1), timedelta(days=-1)])
def test_clock_that_is_wrong_by_a_day_is_put_right_and_said(office, fast):
    telephone = Telephone(office.officer, fast=fast)
    found = telephone.file(ago=timedelta(hours=3))
    assert found.status_code == 201
    step = found.json()["timeline"][0]
    told, made = (datetime.fromisoformat(step[name]) for name in ("told_at", "made_at"))
    assert timedelta(hours=2, minutes=59) < made - told < timedelta(hours=3, minutes=1)
    assert abs(int(step["facts"]["clock_off_s"]) - fast.total_seconds()) < 60
    assert datetime.fromisoformat(found.json()["filed_at"]) == made


def test_told_time_is_found_after_seven_days_and_not_after_a_month(telephone):
    week, month = (telephone.file(ago=timedelta(days=days)) for days in (7, 30))
    assert week.json()["timeline"][0]["told_at"] is not None
    assert month.json()["timeline"][0]["told_at"] is None


def test_nothing_was_done_before_the_case_came(office, telephone):
    case_id = own_case(office)
    reply = telephone.move(case_id, "start", 2, ago=timedelta(hours=1))
    assert reply.json()["timeline"][-1]["told_at"] is None


@pytest.mark.parametrize("sent", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])
def test_clock_that_is_wrong_beyond_measure_tells_nothing(office, telephone, sent):
    case_id = own_case(office)
    body = telephone.told(seen=2) | {"told_at": sent}
    headers = {"Idempotency-Key": str(uuid4()), "Sent-At": sent}
    reply = telephone.desk.client.post(
        f"/api/v1/field/cases/{case_id}/moves/start", body,
        content_type="application/json", headers=headers,
    )  # fmt: skip
    assert reply.status_code == 200
    assert reply.json()["timeline"][-1]["told_at"] is None


def test_photo_keeps_its_pixels_alone(office, telephone):
    case_id, exif = own_case(office), Image.Exif()
    exif[ExifTags.Base.Make] = "Camera maker"
    exif[ExifTags.Base.DateTime] = "2199:01:01 00:00:00"  # from the future
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] = "N"
    reply = telephone.photo(case_id, 2, picture(exif=exif.tobytes()))
    assert reply.status_code == 201
    assert reply.json()["photos"][0]["added_at"][:10] == str(datetime.now(UTC).date())
    with scoped(EVERYTHING):
        jpeg = bytes(CasePhoto.objects.get(case_id=case_id).jpeg)
    with Image.open(io.BytesIO(jpeg)) as shown:
        assert dict(shown.getexif()) == {}
        assert set(shown.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


@pytest.mark.parametrize(
    "body", [b"", b"GIF89a", b"PK\x03\x04" + bytes(100), b"\xff\xd8" + bytes(9)]
)
def test_photo_that_is_none_leaves_no_case(telephone, body):
    file = io.BytesIO(body)
    file.name = "photo.jpg"
    told = telephone.told(item_code=PAVEMENT, **PLACE)
    reply = telephone.send("cases", told | {"photo": file}, form=True)
    assert reply.status_code == 422
    with scoped(EVERYTHING):
        assert FieldAct.objects.filter(queue=telephone.queue).count() == 0


def test_place_outside_the_officers_area_is_refused(telephone):
    reply = telephone.file(lon=24.9525, lat=60.1690)
    assert (reply.status_code, reply.json()["field"]) == (422, "lon,lat")


@pytest.mark.parametrize("role", ["SUPERVISOR", "DEPARTMENT_DESK", "DISPATCHER", "CREW"])
def test_nobody_else_tells_from_the_field(office, desk, role):
    case_id = own_case(office)
    before = kept(case_id)
    other = desk(role, **({"unit": "P01"} if role == "CREW" else {}))
    reply = Telephone(other).move(case_id, "start", 2)
    assert refusal(reply) == (403, "denied")
    assert other.get("round", queue=uuid4()).status_code == 403
    assert kept(case_id) == before

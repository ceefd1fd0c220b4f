"""What the project never does (docs/boundaries.md), asked of its tables, its rows and its API.

Where a list is exact, a new entry fails here first: somebody has to think about it, and say so.
"""

import re
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from tests.boundaries import asked
from tests.people import EVERYTHING, unit_id

from anlan.casework.catalogue import items
from anlan.intake.kinds import kinds
from anlan.intake.services.contacts import SEALED, contact_kept_for, erase_expired_contacts
from anlan.kernel import clock
from anlan.kernel.identifiers import new_id
from anlan.kernel.models import FieldLook
from anlan.kernel.scope import scoped
from anlan.kernel.text_files import data_folder
from anlan.kernel.vault import seal
from anlan.orgs.models import Unit

pytestmark = pytest.mark.django_db

PLACE = {"lon": 24.9425, "lat": 60.1690}
CALLER = {"name": "caller at the door", "telephone": "+358 40 765 4321"}
PERSON = re.compile(
    r"(?<![a-z])(face|biometr\w*|fingerprint|plate|passport|identity|nation\w*|ethnic\w*|race|"
    r"relig\w*|belief|gender|sex|birth\w*|age|resident\w*|tenan\w*|household|crimin\w*|suspect\w*|"
    r"convict\w*|migrant|visitor|imei|imsi|mac|device|telephone|phone|email|person\w*)(?![a-z])"
)
SCORE = re.compile(
    r"(?<![a-z])(predict\w*|forecast\w*|score\w*|risk\w*|suspicion|watch\w*|blacklist|whitelist|"
    r"profile\w*|credit\w*|likelihood|propensity)(?![a-z])"
)
SPEECH = re.compile(
    r"(?<![a-z])(petition\w*|assembl\w*|gathering|protest\w*|demonstration|speech|opinion\w*|"
    r"rumou?r\w*|sentiment|belief\w*|relig\w*|cult|politic\w*)(?![a-z])"
)


def found(pattern: re.Pattern[str], names: set[str]) -> set[str]:
    """Return the names in which the pattern matches a word."""
    return {name for name in names if pattern.search(name.lower().replace("_", " "))}


def report(desk, **more):
    """Report something by telephone, with a contact; return the reply."""
    body = {"channel": "PHONE", "kind": "FIRE_STRUCTURE", "text": "Smoke", **PLACE, **more}
    reply = desk("CALL_TAKER").post("reports", body | {"contact": CALLER})
    assert reply.status_code == 201, reply.content
    return reply.json()


# 1. No register of persons.


@pytest.mark.parametrize(
    "name", ["x.suspect_level", "x.face_vector", "x.religion", "x.is_migrant", "x.birth_date"]
)
def test_a_column_about_a_person_would_be_found(name):
    assert found(PERSON, {name}) == {name}


def test_no_column_describes_a_person():
    assert "intake_report.text" in asked.columns()
    assert found(PERSON, asked.columns()) == set()


def test_no_list_of_values_sorts_people():
    values = asked.listed_values()
    assert {"CREW", "HOSPITAL", "REPORTED"} <= values
    assert found(PERSON, values) == {"PHONE"}  # how a report came


def test_no_body_or_reply_describes_a_person_but_the_contact_apart():
    assert found(PERSON, asked.properties()) == {
        "ContactIn.telephone",
        "ContactOut.email",
        "ContactOut.telephone",
        "ItemOut.personal_data",  # of an item: what its cases may tell of a dwelling or a party
        "PersonalOut.kind",  # of words in a line that belong into the contact
        "PersonalOut.words",
        "ReadingOut.personal",
        "BatchPlanOut.data_age",  # of units' positions
        "RecommendationOut.data_age",
        "SimilarOut.age_s",  # of an incident
        "UnitOut.position_age_s",
        "UnitPageOut.position_age_s",
        "VolunteerContactOut.telephone",
    }


def test_people_are_named_only_as_staff_and_in_what_they_did():
    assert asked.columns_with("name", "username") - asked.columns_with("zh", "en") == {
        "agencies_agreement_step.made_by_name",
        "casework_broken_glass.opened_by_name",
        "casework_broken_glass.reviewed_by_name",
        "casework_case_pause.asked_by_name",
        "casework_case_pause.decided_by_name",
        "casework_case_step.made_by_name",
        "casework_joint_step.made_by_name",
        "casework_routing_step.made_by_name",
        "casework_temporary_item_step.made_by_name",
        "dispatch_incident_step.made_by_name",
        "intake_call.answered_by_name",
        "intake_call_step.made_by_name",
        "evaluation_appeal_step.made_by_name",
        "exchange_warning_step.made_by_name",
        "kernel_deadline.name",  # of the deadline
        "kernel_field_look.actor_name",
        "kernel_outbox_reader.name",  # of a part of the system
        "orgs_account.username",
        "orgs_unit_step.made_by_name",
        "places_site.name",
        "places_road_closure.entered_by_name",
        "places_road_closure_step.made_by_name",
        "postures_study.made_by_name",
        "postures_version.made_by_name",
        "postures_version.name",  # of the plan
        "review_desk_note.made_by_name",
        "review_handover.made_by_name",
        "review_note.made_by_name",
        "review_takeover.taken_by_name",
        "sign_in_account_step.made_by_name",
        "volunteering_step.made_by_name",
    }
    assert {name for name in asked.columns_with("zh") if not name.startswith("places_")} == {
        "casework_temporary_item.closing_zh",
        "casework_temporary_item.filing_zh",
        "casework_temporary_item.name_zh",
        "orgs_account.display_name_zh",
        "orgs_organisation.name_zh",
        "sign_in_provider.name_zh",
    }


# 2. No recognition and no tracking.


def test_nothing_recognises_faces_plates_or_pictures():
    locked = (data_folder().parent / "locks" / "run.txt").read_text(encoding="utf-8")
    recognisers = r"^(opencv|dlib|face|torch|tensorflow|onnx|tesser|easyocr|ultralytics|insight)"
    assert re.search(r"^django==", locked, re.MULTILINE)
    assert re.findall(recognisers, locked, re.MULTILINE) == []


def test_places_belong_to_matters_things_and_units():
    assert {name.partition(".")[0] for name in asked.columns_with("lon", "lat")} == {
        "agencies_shared_incident",  # the view of an incident that an agency has
        "casework_case",
        "casework_joint_task",
        "dispatch_incident",
        "imports_past_matter",  # a matter that another system has seen to
        "intake_report",
        "orgs_organisation",
        "orgs_unit",
        "places_road_closure",
        "places_site",
        "volunteering_task",
    }
    assert asked.columns_with("positioned") == {"orgs_unit.positioned_at"}


def move_unit(desk, call_sign="P01", lon=24.951357):
    """Send a position of a unit as its crew; return the crew's desk."""
    crew = desk("CREW", unit=call_sign)
    fix = {"unit_id": str(unit_id(call_sign)), "lon": lon, "lat": 60.1712, "at": clock.now()}
    reply = crew.post("unit-positions", {"positions": [fix]})
    assert reply.json() == {"accepted": 1, "ignored": 0}
    return crew


def test_unit_off_duty_has_no_position(desk):
    crew = move_unit(desk)
    assert crew.put(f"units/{unit_id('P01')}/duty", {"duty": "OFF_DUTY"}).status_code == 200
    with scoped(EVERYTHING):
        unit = Unit.objects.get(call_sign="P01")
        assert (unit.lon, unit.lat, unit.positioned_at) == (None, None, None)
        with pytest.raises(IntegrityError) as caught, transaction.atomic():
            Unit.objects.filter(pk=unit.pk).update(lon=24.9, lat=60.1)
    assert caught.value.__cause__.diag.constraint_name == "orgs_unit_position_only_on_duty"


def test_only_the_last_position_is_kept_anywhere(desk):
    move_unit(desk)
    crew = move_unit(desk, lon=24.952468)
    assert asked.kept_with("24.951357") == {}
    assert asked.kept_with("24.952468") == {"orgs_unit": 1}
    crew.put(f"units/{unit_id('P01')}/duty", {"duty": "OFF_DUTY"})
    assert asked.kept_with("24.952468") == {}


# 3. No prediction about persons, no predictive policing.


def test_nothing_is_scored_or_foretold():
    names = asked.columns() | asked.properties() | asked.parameters()
    assert len(names) > 300
    assert found(SCORE, names) == set()


# 4. No watching of speech, belief, petition or assembly.


def test_no_field_address_kind_or_item_watches_speech_or_assembly():
    names = asked.columns() | asked.properties() | asked.parameters()
    words = {word for kind in kinds().values() for word in (kind.code, *kind.keywords_en)}
    entries = {f"{item.service_code} {item.name_en}" for item in items(clock.now().date()).values()}
    assert (len(entries) >= 60, "FIRE_STRUCTURE" in words) == (True, True)
    assert found(SPEECH, names | words | entries) == set()


# 5. No joining of one person's contacts.


def test_nothing_can_be_asked_for_by_who_reported():
    about_a_reporter = re.compile(
        r"contact|telephone|phone|report(er|ed by)|caller|taken by|person|name|e ?mail|made by"
    )
    asked_for = {one.partition(" ")[2] for one in asked.parameters()}
    assert {"state", "organisation_id", "number"} <= asked_for
    assert found(about_a_reporter, asked_for) == set()


def test_no_index_leads_from_a_contact_or_a_text_to_reports():
    assert asked.indexed("intake_contact") == {
        "(id)",
        "(report_id)",
        "(call_id)",  # from a call to its contact; none leads from one contact to calls
        "(expires_at)",
    }
    assert asked.indexed("intake_report") == {
        "(id)",
        "(number)",
        "(number varchar_pattern_ops)",
        "(incident_id) WHERE (incident_id IS NOT NULL)",
        "(case_id) WHERE (case_id IS NOT NULL)",
        "(call_id)",  # a call has one report
        "(received_at) WHERE (NOT ((text)::text = '[… 已删除 · erased …]'::text))",
    }
    assert asked.indexed("intake_call") == {
        "(id)",
        "(area, id) WHERE (NOT ((state)::text = 'ENDED'::text))",
    }


def test_contact_stands_in_its_own_table_sealed_and_with_an_end():
    assert {name for name in asked.columns() if name.startswith("intake_contact.")} == {
        f"intake_contact.{column}"
        for column in ("id", "area", "street", "report_id", "call_id", "sealed", "expires_at")
    }
    assert asked.columns_with("contact", "telephone", "caller") == set()


def test_hours_offered_lead_to_nobody_and_nothing_joins_two_offers():
    offers = {name for name in asked.columns() if name.startswith("volunteering_offer.")}
    assert {name.partition(".")[2] for name in offers} == {
        "id", "area", "street", "task_id", "number", "hours", "state", "ground", "offered_at",
        "ended_at",
    }  # fmt: skip
    assert asked.indexed("volunteering_contact") == {"(id)", "(offer_id)", "(expires_at)"}
    assert asked.indexed("volunteering_offer") == {
        "(id)",
        "(number)",
        "(number varchar_pattern_ops)",
        "(task_id)",
    }


def test_same_contact_is_never_sealed_twice_alike():
    row_id = new_id()
    first, second = (seal(CALLER["telephone"], SEALED, row_id) for _ in range(2))
    assert first != second


def test_contact_is_nowhere_in_the_clear(desk, capfd):
    taken = report(desk)
    look = {"purpose": "call back about the smoke"}
    seen = desk("DISPATCHER").post(f"reports/{taken['id']}/contact-views", look)
    assert seen.json() == CALLER | {"email": ""}
    written = "".join(capfd.readouterr())
    for part in (*CALLER.values(), "765 4321", "7654321"):
        assert asked.kept_with(part) == {}
        assert part not in written
    assert asked.kept_with("call back about the smoke") == {"kernel_field_look": 1}


def test_contact_expires(desk):
    report(desk)
    assert erase_expired_contacts(clock.now()) == 0
    over = clock.now() + contact_kept_for(clock.now())
    assert erase_expired_contacts(over + timedelta(seconds=1)) == 1
    with scoped(EVERYTHING):
        assert asked.rows("SELECT count(*) FROM intake_contact") == [(0,)]


# 6. Small counts are hidden in everything published: what stands open to everybody is listed here.

PLAIN_TO_EVERYBODY = {
    "/api/v1/catalogue",
    "/api/v1/catalogue/changes",
    "/api/v1/items",
    "/api/v1/kinds",
    "/api/v1/public/reports/{number}",
    "/api/v1/sign-in-ways",
}


def test_visitor_reads_catalogues_and_the_report_whose_number_is_known(desk):
    report(desk)
    visitor, plain = desk(None), set()
    needed = {"lon": 24.94, "lat": 60.17, "text": "street", "kind": "SCHOOL", "item_code": "0103"}
    needed["since"] = clock.now().isoformat()
    needed["queue"] = asked.NOBODY
    needed |= {"span": "day", "day": "2026-11-20", "part": "closing", "code": "promise_kept"}
    needed |= {"west": 24.9, "south": 60.1, "east": 25.0, "north": 60.2}
    needed |= {"table": "intake_report", "row": asked.NOBODY, "tile": "tile/0/000"}
    needed |= {"organisation_id": asked.NOBODY, "measure": "IN_TIME"}
    needed |= {"table": "orgs_account", "row": asked.NOBODY, "tile": "tile/0/000"}
    needed["until"] = (clock.now() + timedelta(days=1)).isoformat()
    for path, method, _ in asked.operations():
        if method != "get":
            continue
        number = path.replace("{number}", "R-00000-00000")
        address = re.sub(r"\{\w+\}", asked.NOBODY, number).removeprefix("/api/v1/")
        if visitor.get(address, **needed).status_code != 401:
            plain.add(path)
    assert plain == PLAIN_TO_EVERYBODY


def test_public_reply_counts_nothing_and_names_nobody():
    schemas = asked.contract()["components"]["schemas"]
    assert set(schemas["FollowedOut"]["properties"]) == {
        "number", "kind", "received_at", "stage", "ended", "milestones", "may_reopen", "may_rate",
        "words", "merged", "promise", "verdict",
    }  # fmt: skip
    assert set(schemas["WordsOut"]["properties"]) == {"text", "at"}
    assert set(schemas["MilestoneOut"]["properties"]) == {"stage", "at"}
    assert set(schemas["PublicTakenOut"]["properties"]) == {"number", "received_at"}


# 7. Everything is on the record.


def looks() -> list[tuple[str, str, str]]:
    """Return every look: who, at which field, for which purpose."""
    with scoped(EVERYTHING):
        return list(FieldLook.objects.values_list("actor_name", "field", "purpose"))


@pytest.mark.parametrize("body", [{}, {"purpose": ""}, {"purpose": "  "}, {"purpose": "ab"}])
def test_nobody_looks_at_a_contact_without_a_purpose(desk, body):
    taken = report(desk)
    reply = desk("DISPATCHER").post(f"reports/{taken['id']}/contact-views", body)
    assert (reply.status_code, reply.json()["field"]) == (422, "purpose")
    assert CALLER["telephone"].encode() not in reply.content
    assert looks() == []


def test_each_look_leaves_its_own_entry(desk):
    taken, dispatcher = report(desk), desk("DISPATCHER")
    key, body = asked.NOBODY, {"purpose": "line was cut off"}
    for _ in range(2):
        reply = dispatcher.post(f"reports/{taken['id']}/contact-views", body, key=key)
        assert (reply.json(), reply["Cache-Control"]) == (CALLER | {"email": ""}, "no-store")
    name = dispatcher.account.username
    assert looks() == [(name, "report.contact", "line was cut off")] * 2


@pytest.mark.parametrize("role", ["CREW", "GRID_OFFICER", "ADMINISTRATOR", None])
def test_who_need_not_call_back_does_not_look(desk, role):
    taken = report(desk)
    reader = desk(role)
    reply = reader.post(f"reports/{taken['id']}/contact-views", {"purpose": "curious"})
    assert reply.status_code == (401 if role is None else 403)
    assert looks() == []


@pytest.mark.parametrize("change", ["UPDATE {} SET purpose = 'other'", "DELETE FROM {}"])
def test_record_of_looks_can_only_grow(change):
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        scoped(EVERYTHING),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change.format("kernel_field_look"))

"""What is sealed is shown to nobody else: by every address that reads, and by every table.

Two cases with all that may belong to one, sealed by the centre: one that a report filed, with a
call, a photo, a pause and a joint task; one that was an incident. Strangers ask from the same area.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from pytest_django.plugin import DjangoDbBlocker
from tests.contract.asking import send, undone
from tests.contract.description import operations
from tests.contract.endpoints import ENDPOINTS, picture
from tests.contract.matrix import allowed
from tests.contract.test_matrix import all_doors_open  # noqa: F401 - a fixture
from tests.contract.world import CALLER, PLACE, World, make_world
from tests.people import EVERYTHING, Desk, make_desk, organisation_id

from anlan.intake.models import Report, ReportPhoto
from anlan.kernel.scope import scoped
from anlan.orgs.roles import Role

WORDS = "Quokka hides"
SAID = {"text": WORDS, "place_text": WORDS}
READS = [one for one in operations().values() if not one.writes]
STRANGERS = {
    Role.CALL_TAKER: "EMERGENCY_CENTRE",
    Role.DISPATCHER: "EMERGENCY_CENTRE",
    Role.SUPERVISOR: "EMERGENCY_CENTRE",
    Role.DEPARTMENT_DESK: "PARKS",
    Role.STREET_DESK: "STREET_1",
    Role.GRID_OFFICER: "COMMUNITY_11",
    Role.ADMINISTRATOR: "EMERGENCY_CENTRE",
    Role.AUDITOR: "EMERGENCY_CENTRE",
    Role.AGENCY_DESK: "WATER_WORKS",
}
TABLES = """
    SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace
        AND relkind IN ('r', 'p', 'v') AND has_table_privilege(oid, 'SELECT') ORDER BY relname
"""


@dataclass(frozen=True)
class Hidden:
    """What must not be shown: the words, and every number; and a world that asks about it."""

    world: World
    centre: Desk
    marks: tuple[str, ...]


def _done(reply):
    assert reply.status_code in {200, 201}, reply.content
    return reply.json()


def _filed_by_a_report(centre: Desk, taker: Desk) -> dict[str, str]:
    """Seal a case with all that can hang on one; return the ids of it."""
    works, water = str(organisation_id("MUNICIPAL_WORKS")), str(organisation_id("WATER"))
    call = _done(taker.post("calls", {"answered": True, "contact": CALLER}))["id"]
    body = {"channel": "PHONE", "kind": "PAVEMENT_DAMAGE", **SAID, **PLACE, "call_id": call}
    report = _done(taker.post("reports", body))
    case = f"cases/{report['case_id']}"
    _done(
        taker.post(f"reports/{report['id']}/updates", {"text": WORDS, "direction": "FROM_REPORTER"})
    )
    _done(centre.post(f"{case}/moves/assign", {"organisation_id": works}))
    handler = make_desk("DEPARTMENT_DESK", organisation="MUNICIPAL_WORKS")
    shot = SimpleUploadedFile("photo.jpg", picture(), "image/jpeg")
    photo = _done(handler.upload(f"{case}/photos", {"photo": shot}))
    parts = [{"organisation_id": one, "duty": WORDS} for one in (works, water)]
    task = _done(
        centre.post("joint-tasks", {"case_id": report["case_id"], "text": WORDS, "parts": parts})
    )
    with scoped(EVERYTHING):
        row = Report.objects.get(pk=report["id"])
        kept = ReportPhoto.objects.create(area=row.area, report=row, jpeg=picture())
    _done(centre.post(f"{case}/moves/seal", {"reason": WORDS}))
    return {
        "case": report["case_id"],
        "report": report["id"],
        "number": report["number"],
        "call": call,
        "photo": photo["id"],
        "report_photo": str(kept.pk),
        "joint_task": task["id"],
        "joint_part": task["parts"][0]["id"],
    }


def _once_an_incident(centre: Desk, taker: Desk, dispatcher: Desk) -> dict[str, str]:
    """Seal a case that the desk diverted; return its incident and its report."""
    fire = {"channel": "PHONE", "kind": "FIRE_STRUCTURE", **SAID, **PLACE}
    taken = _done(taker.post("reports", fire))
    incident = f"incidents/{taken['incident_id']}"
    _done(dispatcher.post(f"{incident}/moves/divert", {"reason": "cold", "item_code": "0103"}))
    case = _done(centre.get("cases"))["items"][0]["id"]
    _done(centre.post(f"cases/{case}/moves/seal", {"reason": WORDS}))
    return {"incident": taken["incident_id"], "diverted_case": case, "joined_report": taken["id"]}


@pytest.fixture(scope="module")
def hidden(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Hidden]:
    """Return the city at work with the sealed cases in it."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = make_world()
        centre = world.desk("SUPERVISOR")
        taker, dispatcher = world.desk("CALL_TAKER"), world.desk("DISPATCHER")
        found = _filed_by_a_report(centre, taker) | _once_an_incident(centre, taker, dispatcher)
        marks = [WORDS, found["number"]]
        marks += [
            _done(centre.get(f"cases/{found[one]}"))["number"] for one in ("case", "diverted_case")
        ]
        marks.append(_done(centre.get(f"joint-tasks/{found['joint_task']}"))["number"])
        marks.append(_done(centre.get(f"incidents/{found['incident']}"))["number"])
        yield Hidden(replace(world, **found), centre, tuple(marks))
        transaction.set_rollback(True)


def shown_by_reading(hidden: Hidden, desk: Desk, role: Role | None) -> dict[str, list[str]]:
    """Return what each address that reads shows of it, and to whom."""
    shown = {}
    for operation in READS:
        if role is not None and not allowed(role, operation.id):
            continue
        ask = ENDPOINTS[operation.id].ask(hidden.world)
        reply = undone(lambda: send(desk, operation, ask))  # noqa: B023 - called at once
        assert reply.status_code < 500, (operation.id, reply.content)
        content = b"".join(reply) if reply.streaming else reply.content
        found = [mark for mark in hidden.marks if mark.encode() in content]
        if found:
            shown[operation.id] = found
    return shown


def shown_by_tables(hidden: Hidden, desk: Desk) -> set[str]:
    """Return the tables that show any of it to the application's role in a desk's scope."""
    shown = set()
    with scoped(desk.actor), connection.cursor() as cursor:
        cursor.execute(TABLES)
        for (table,) in cursor.fetchall():
            cursor.execute(
                f"SELECT count(*) FROM {table} AS row WHERE row::text LIKE ANY (%s)",  # noqa: S608
                [[f"%{mark}%" for mark in hidden.marks]],
            )
            shown |= {table} if cursor.fetchone() != (0,) else set()
    return shown


@pytest.mark.parametrize("role", list(STRANGERS))
def test_no_role_of_another_organisation_is_shown_anything(hidden, role):
    desk = make_desk(role, organisation=STRANGERS[role])
    assert shown_by_reading(hidden, desk, role) == {}
    assert shown_by_tables(hidden, desk) == set()


@pytest.mark.usefixtures("all_doors_open")
def test_without_the_application_s_check_it_stays_out_of_sight(hidden):
    desk = make_desk("SUPERVISOR", organisation="EMERGENCY_CENTRE")
    assert shown_by_reading(hidden, desk, None) == {"follow_report": [hidden.marks[1]]}


def test_who_it_is_sealed_to_sees_all_of_it(hidden):
    """Otherwise the tests before might see nothing for another reason."""
    shown = shown_by_reading(hidden, hidden.centre, Role.SUPERVISOR)
    assert shown.keys() >= {
        "get_case", "get_incident", "get_report", "get_joint_task", "list_joint_tasks",
    }  # fmt: skip
    assert shown_by_tables(hidden, hidden.centre) >= {
        "casework_case", "casework_case_step", "casework_joint_task", "casework_joint_part",
        "dispatch_incident", "intake_report", "intake_report_update", "kernel_outbox",
    }  # fmt: skip


def test_who_holds_the_number_of_the_report_follows_it_as_before(hidden):
    reply = Desk(None).get(f"public/reports/{hidden.world.number}")
    assert reply.status_code == 200
    stages = [one["stage"] for one in reply.json()["milestones"]]
    assert stages == ["RECEIVED", "IN_HAND"]
    assert WORDS not in reply.content.decode()


def test_glass_opens_what_belongs_to_the_case_alone(hidden):
    looker = make_desk("DISPATCHER", organisation="EMERGENCY_CENTRE")
    body = {"number": hidden.marks[2], "reason": "the caller rang again", "purpose": "DISPATCH"}

    def looks() -> tuple[int, ...]:
        assert _done(looker.post("broken-glass", body))["case_id"] == hidden.world.case
        asked = (
            f"cases/{hidden.world.case}",
            f"reports/{hidden.world.report}",
            f"cases/{hidden.world.diverted_case}",
        )
        return tuple(looker.get(one).status_code for one in asked)

    assert undone(looks) == (200, 200, 404)

import pytest
from tests.people import unit_id

pytestmark = pytest.mark.django_db
PLACE = {"lon": 24.9425, "lat": 60.1690}


def report(desk, kind="FIRE_STRUCTURE", **more):
    body = {"channel": "PHONE", "kind": kind, "text": "Smoke from a window", **PLACE, **more}
    reply = desk.post("reports", body)
    assert reply.status_code == 201, reply.content
    return reply.json()


def test_call_becomes_incident_units_go_report_and_it_closes(desk):
    taker, dispatcher = desk("CALL_TAKER"), desk("DISPATCHER")
    taken = report(taker)
    incident = f"incidents/{taken['incident_id']}"
    ranking = dispatcher.post(f"{incident}/recommendations").json()
    suggested = [unit for unit in ranking["units"] if unit["suggested"]]
    assert ranking["units"][0]["travel_s"] == min(u["travel_s"] for u in ranking["units"])
    sent = dispatcher.post(
        f"{incident}/assignments",
        {"unit_ids": [u["unit_id"] for u in suggested], "recommendation_id": ranking["id"]},
    )
    assert sent.status_code == 201, sent.content
    refused = dispatcher.post(f"{incident}/moves/close", {"disposition": "RESOLVED"})
    assert (refused.status_code, refused.json()["code"]) == (409, "incident.crews_assigned")
    for assignment in sent.json():
        crew = desk("CREW", unit=assignment["call_sign"])
        for move, facts in (("en_route", {}), ("on_scene", {}), ("clear", {"outcome": "Out."})):
            moved = crew.post(f"assignments/{assignment['id']}/moves/{move}", facts)
            assert moved.status_code == 200, moved.content
    closed = dispatcher.post(f"{incident}/moves/close", {"disposition": "RESOLVED"})
    assert (closed.status_code, closed.json()["state"]) == (200, "CLOSED")
    total = dispatcher.get("tallies").json()["total"]
    assert total == {
        "received": 1,
        "open": 0,
        "linked": 0,
        "diverted": 0,
        "closed": 1,
        "conserved": True,
    }
    moves = [step["move"] for step in closed.json()["timeline"]]
    assert moves[:2] == ["open", "assign"]
    assert moves[-1] == "close"


def test_unit_on_a_job_cannot_be_sent_to_another_and_is_told_where_it_is(desk):
    taker, dispatcher = desk("CALL_TAKER"), desk("DISPATCHER")
    first, second = report(taker), report(taker)
    unit = [str(unit_id("P01"))]
    one = dispatcher.post(f"incidents/{first['incident_id']}/assignments", {"unit_ids": unit})
    assert one.status_code == 201, one.content
    two = dispatcher.post(f"incidents/{second['incident_id']}/assignments", {"unit_ids": unit})
    assert (two.status_code, two.json()["code"]) == (409, "unit.busy")
    assert two.json()["facts"]["incident"] == first["led_to"]
    assert dispatcher.get(f"incidents/{second['incident_id']}").json()["assignments"] == []


def test_patrol_of_one_community_is_not_sent_to_another(desk):
    dispatcher = desk("DISPATCHER")
    incident = f"incidents/{report(desk('CALL_TAKER'), kind='COVER_MISSING')['incident_id']}"
    ranked = dispatcher.post(f"{incident}/recommendations").json()["units"]
    assert [unit["call_sign"] for unit in ranked] == ["G04"]
    away = dispatcher.post(f"{incident}/assignments", {"unit_ids": [str(unit_id("G01"))]})
    assert (away.status_code, away.json()["code"]) == (409, "unit.elsewhere")
    assert (away.json()["field"], away.json()["facts"]["unit"]) == ("unit_ids", "G01")
    assert dispatcher.get(incident).json()["assignments"] == []


def test_diversion_and_return_lose_nothing(desk):
    supervisor = desk("SUPERVISOR", organisation="COORDINATION_CENTRE")
    taken = report(desk("CALL_TAKER"))
    diverted = supervisor.post(
        f"incidents/{taken['incident_id']}/moves/divert",
        {"reason": "No danger.", "item_code": "0103"},
    )
    assert (diverted.status_code, diverted.json()["state"]) == (200, "DIVERTED")
    total = supervisor.get("tallies").json()["total"]
    assert (total["diverted"], total["conserved"]) == (1, True)
    case = supervisor.get("cases").json()["items"][0]
    back = supervisor.post(f"cases/{case['id']}/moves/return", {"reason": "It burns again."})
    assert (back.status_code, back.json()["state"]) == (200, "RETURNED")
    total = supervisor.get("tallies").json()["total"]
    assert (total["open"], total["diverted"], total["conserved"]) == (1, 0, True)


def test_same_key_twice_is_done_once(desk):
    taker = desk("CALL_TAKER")
    key = "7d2f3f0a-90a5-4f07-8f5e-0d4a5f6c2b11"
    body = {"channel": "PHONE", "kind": "FIRE_STRUCTURE", "text": "Smoke", **PLACE}
    first, again = taker.post("reports", body, key), taker.post("reports", body, key)
    assert first.content == again.content
    assert (again.status_code, again["Idempotent-Replay"]) == (201, "true")
    assert len(taker.get("incidents").json()["items"]) == 1


def test_place_outside_the_jurisdiction_is_refused_and_nothing_is_written(desk):
    taker = desk("CALL_TAKER")
    body = {"channel": "PHONE", "kind": "FIRE_STRUCTURE", "lon": 2.35, "lat": 48.85}
    refused = taker.post("reports", body)
    problem = refused.json()
    assert (refused.status_code, problem["field"]) == (422, "lon,lat")
    assert problem["rule"] == "within_jurisdiction"
    assert taker.get("incidents").json()["items"] == []


def test_resident_follows_by_number(desk):
    visitor = desk(None)
    body = {"kind": "FIRE_STRUCTURE", "text": "Smoke", **PLACE}
    taken = visitor.post("public/reports", body)
    assert taken.status_code == 201, taken.content
    followed = visitor.get(f"public/reports/{taken.json()['number']}")
    assert (followed.status_code, followed.json()["stage"]) == (200, "RECEIVED")
    assert visitor.get("public/reports/R-00000-00000").status_code == 404

"""Every endpoint of the API with a request that it accepts: what bad input is made from.

The table must name every operation of `api/openapi.json`; a new endpoint fails until it is here.
"""

import io
from collections.abc import Mapping

from PIL import Image
from tests.contract.asks import Ask, Endpoint
from tests.contract.audit_endpoints import AUDIT_ENDPOINTS
from tests.contract.call_endpoints import CALL_ENDPOINTS, INSIDE
from tests.contract.case_clock_endpoints import CASE_CLOCK_ENDPOINTS
from tests.contract.catalogue_endpoints import CATALOGUE_ENDPOINTS
from tests.contract.crew_endpoints import CREW_ENDPOINTS
from tests.contract.evaluation_endpoints import EVALUATION_ENDPOINTS
from tests.contract.exchange_endpoints import EXCHANGE_ENDPOINTS
from tests.contract.field_endpoints import FIELD_ENDPOINTS
from tests.contract.glass_endpoints import GLASS_ENDPOINTS
from tests.contract.identity_endpoints import IDENTITY_ENDPOINTS
from tests.contract.joint_endpoints import JOINT_ENDPOINTS
from tests.contract.link_endpoints import LINK_ENDPOINTS
from tests.contract.posture_endpoints import POSTURE_ENDPOINTS
from tests.contract.review_endpoints import REVIEW_ENDPOINTS
from tests.contract.routing_endpoints import ROUTING_ENDPOINTS
from tests.contract.volunteer_endpoints import VOLUNTEER_ENDPOINTS
from tests.contract.world import CLOSURE, NEW_CELL, PLACE, World, from_now


def picture() -> bytes:
    """Return a small JPEG."""
    file = io.BytesIO()
    Image.new("RGB", (16, 12), (200, 60, 40)).save(file, "JPEG")
    return file.getvalue()


AROUND = {"west": 24.9, "south": 60.1, "east": 25.0, "north": 60.2}


def _report(world: World) -> Ask:
    contact = {"name": "A", "telephone": "+358 40 1234567"}
    times = {"rang_at": world.now, "answered_at": world.now}
    body = {
        "kind": "FIRE_STRUCTURE",
        "channel": "PHONE",
        "text": "Smoke",
        "place_text": "3rd floor",
    }
    body |= {**PLACE, "priority": 1, "contact": contact, **times, "attach_to": world.incident}
    return Ask(body=body | {"call_id": world.call, "answers": [INSIDE]})


def _whole_day() -> dict[str, str]:
    return {"span": "day", "day": "2026-03-02", "zone": "Europe/Helsinki"}


def _clock_report() -> dict[str, str]:
    period = {"since": "2026-11-01T00:00:00Z", "until": "2026-11-30T00:00:00Z"}
    asked = {"rules": "nfpa_1710", "by": "kind", "kind": "FIRE_STRUCTURE", "priority": "1"}
    return period | asked | {"area": "990101000000000", "zone": "Asia/Shanghai"}


def _public_report(world: World) -> Ask:
    contact = {"name": "A", "telephone": "+358 40 1234567"}
    body = {"kind": "FIRE_STRUCTURE", "text": "Smoke", "place_text": "3rd floor", **PLACE}
    return Ask(body=body | {"contact": contact})


def _cell(world: World) -> Ask:
    ring = [[24.9, 60.2], [24.91, 60.2], [24.91, 60.21], [24.9, 60.21], [24.9, 60.2]]
    body = {"area": NEW_CELL, "name_zh": "新网格", "name_en": "New cell"}
    body |= {"organisation_id": world.works, "polygon": {"type": "Polygon", "coordinates": [ring]}}
    return Ask(body=body)


def _positions(world: World) -> Ask:
    fix = {"unit_id": world.unit, "lon": 24.94, "lat": 60.17, "at": world.now}
    return Ask(body={"positions": [fix]})


def _shift(world: World) -> Ask:
    begins, ends = (from_now(world, hours).isoformat() for hours in (10, 18))
    body = {"begins_at": begins, "ends_at": ends, "crew": [world.crew_member]}
    return Ask({"unit_id": world.free_unit}, body=body)


ENDPOINTS: Mapping[str, Endpoint] = {
    **AUDIT_ENDPOINTS,
    **CALL_ENDPOINTS,
    **GLASS_ENDPOINTS,
    **CASE_CLOCK_ENDPOINTS,
    **CREW_ENDPOINTS,
    **IDENTITY_ENDPOINTS,
    "list_organisations": Endpoint("CREW"),
    "record_positions": Endpoint("CREW", _positions, denied="CALL_TAKER"),
    "set_duty": Endpoint(
        "DISPATCHER",
        lambda w: Ask({"unit_id": w.free_unit}, body={"duty": "OFF_DUTY", "reason": "Rest"}),
        denied="CALL_TAKER",
        stranger=True,
    ),
    "get_city": Endpoint("CREW"),
    "list_jurisdictions": Endpoint("CREW"),
    "list_grid_cells": Endpoint("CREW"),
    "add_grid_cell": Endpoint("ADMINISTRATOR", _cell, denied="SUPERVISOR", answers=201),
    "list_sites": Endpoint("CREW", lambda w: Ask(query={"kind": "SCHOOL"})),
    "search_places": Endpoint(
        "CREW", lambda w: Ask(query={"text": "Aleksanterinkatu", "near": "24.94,60.17"})
    ),
    "place_at": Endpoint("CREW", lambda w: Ask(query=PLACE), stranger=True),
    "list_road_closures": Endpoint("CREW"),
    "close_roads": Endpoint(
        "DISPATCHER", lambda w: Ask(body=CLOSURE), denied="CALL_TAKER", stranger=True, answers=201
    ),
    "end_road_closure": Endpoint(
        "DISPATCHER", lambda w: Ask({"closure_id": w.closure}), denied="CREW", stranger=True
    ),
    "take_report": Endpoint("CALL_TAKER", _report, denied="CREW", stranger=True, answers=201),
    "similar_incidents": Endpoint(
        "CALL_TAKER", lambda w: Ask(query={"kind": "FIRE_STRUCTURE", **PLACE}), denied="CREW"
    ),
    "take_public_report": Endpoint(None, _public_report, denied="CREW", answers=201),
    "follow_report": Endpoint(None, lambda w: Ask({"number": w.number}), denied="CREW"),
    "ask_reopen": Endpoint(
        None, lambda w: Ask({"number": w.closed_number}, body={"reason": "It came back."}),
        denied="CREW",
    ),
    "rate_outcome": Endpoint(
        None, lambda w: Ask({"number": w.closed_number}, body={"verdict": "PARTLY"}),
        denied="CREW",
    ),
    "list_reports_of_incident": Endpoint(
        "CREW", lambda w: Ask({"incident_id": w.incident}), denied="GRID_OFFICER", stranger=True
    ),
    "move_incident": Endpoint(
        "DISPATCHER",
        lambda w: Ask(
            {"incident_id": w.incident, "move": "close"},
            body={
                "disposition": "RESOLVED",
                "note": "seen",
                "reason": "Nothing to do.",
                "alarm_level": 2,
            },
        ),
        denied="CREW",
        stranger=True,
    ),
    "return_case_to_desk": Endpoint(
        "DISPATCHER", lambda w: Ask({"case_id": w.diverted_case}, body={"reason": "It burns."}),
        denied="GRID_OFFICER", stranger=True,
    ),
    "divert_case_to_desk": Endpoint(
        "DEPARTMENT_DESK",
        lambda w: Ask(
            {"case_id": w.handled_case}, body={"kind": "GAS_SMELL", "reason": "It smells of gas."}
        ),
        denied="GRID_OFFICER", stranger=True,
    ),
    "find_by_name": Endpoint("CREW", lambda w: Ask(query={"text": "C-12345"})),
    "list_waiting": Endpoint("CREW"),
    "get_tallies": Endpoint("CREW", lambda w: Ask(query={"since": w.now})),
    "list_kinds": Endpoint(None),
    "get_report": Endpoint(
        "CREW", lambda w: Ask({"report_id": w.report}), denied="GRID_OFFICER", stranger=True
    ),
    "get_report_photo": Endpoint(
        "CREW",
        lambda w: Ask({"report_id": w.report, "photo_id": w.report_photo}),
        denied="GRID_OFFICER",
        stranger=True,
    ),
    "look_at_contact": Endpoint(
        "CALL_TAKER",
        lambda w: Ask({"report_id": w.report}, body={"purpose": "calling back"}),
        denied="CREW",
        stranger=True,
    ),
    "list_incidents": Endpoint(
        "CREW", lambda w: Ask(query={"limit": 10, "after": w.incident, "state": "OPEN"}),
        denied="GRID_OFFICER",
    ),
    "get_incident": Endpoint(
        "CREW", lambda w: Ask({"incident_id": w.incident}), denied="GRID_OFFICER", stranger=True
    ),
    "recommend_units": Endpoint(
        "DISPATCHER",
        lambda w: Ask({"incident_id": w.incident}),
        denied="CREW",
        stranger=True,
        answers=201,
    ),
    "preempt_unit": Endpoint(
        "DISPATCHER",
        lambda w: Ask(
            {"incident_id": w.urgent},
            body={"recommendation_id": w.offering, "reason": "Life in danger."},
        ),
        denied="CALL_TAKER",
        stranger=True,
        answers=201,
    ),
    "propose_batch_plan": Endpoint("DISPATCHER", denied="CREW", answers=201),
    "commit_batch_plan": Endpoint(
        "DISPATCHER",
        lambda w: Ask({"plan_id": w.plan}, body={"incident_ids": [w.incident]}),
        denied="CREW",
        stranger=True,
        answers=201,
    ),
    "list_run_cards": Endpoint("CREW", denied="GRID_OFFICER"),
    "assign_units": Endpoint(
        "DISPATCHER",
        lambda w: Ask(
            {"incident_id": w.incident},
            body={
                "unit_ids": [w.free_unit],
                "recommendation_id": w.recommendation,
                "departure_reason": "It is nearer.",
            },
        ),
        denied="CREW",
        stranger=True,
        answers=201,
    ),
    "escalate_incident": Endpoint(
        "DISPATCHER", lambda w: Ask({"incident_id": w.incident}), denied="CREW", stranger=True
    ),
    "move_assignment": Endpoint(
        "CREW",
        lambda w: Ask(
            {"assignment_id": w.assignment, "move": "en_route"},
            body={"outcome": "", "reason": "none"},
        ),
        denied="CALL_TAKER",
        stranger=True,
    ),
    "list_assignments": Endpoint(
        "CREW", lambda w: Ask(query={"unit_id": w.unit, "open": "true"}), denied="GRID_OFFICER"
    ),
    "list_units": Endpoint("CREW"),
    "get_unit": Endpoint("CREW", lambda w: Ask({"unit_id": w.unit}), stranger=True),
    "list_crew_members": Endpoint("SUPERVISOR", denied="CREW"),
    "plan_shift": Endpoint(
        "DISPATCHER", _shift, denied="CREW", stranger=True, answers=201
    ),
    "move_shift": Endpoint(
        "DISPATCHER",
        lambda w: Ask(
            {"shift_id": w.shift, "move": "sign_on"},
            body={"reason": "As planned", "crew": [w.crew_member]},
        ),
        denied="CALL_TAKER",
        stranger=True,
    ),
    "get_unit_coverage": Endpoint(
        "DISPATCHER", lambda w: Ask(query=AROUND | {"kind": "PATROL_CAR"}), denied="CREW"
    ),
    "get_clock_rules": Endpoint("GRID_OFFICER", denied=None),
    "get_wall": Endpoint("SUPERVISOR", denied="CREW"),
    "get_period_report": Endpoint(
        "SUPERVISOR", lambda w: Ask(query=_whole_day()), denied="CREW"
    ),
    "list_counted_rows": Endpoint(
        "SUPERVISOR",
        lambda w: Ask(
            query=_whole_day() | {"part": "demand_hour", "code": "received", "key": "08"}
        ),
        denied="STREET_DESK",
    ),
    "take_period_report": Endpoint(
        "ADMINISTRATOR",
        lambda w: Ask(body=_whole_day() | {"purpose": "For the month's meeting"}),
        denied="CREW",
    ),
    "get_clock_figures": Endpoint(
        "SUPERVISOR", lambda w: Ask(query=_clock_report()), denied="CREW"
    ),
    "download_clock_figures": Endpoint(
        "ADMINISTRATOR",
        lambda w: Ask(query=_clock_report() | {"published": "true"}),
        denied="CREW",
    ),
    "list_cases": Endpoint(
        "GRID_OFFICER",
        lambda w: Ask(
            query={"limit": 5, "after": w.case, "state": "FILED", "organisation_id": w.works,
                   "only": "listed"}
        ),
        denied="CREW",
    ),
    "list_cases_on_map": Endpoint(
        "GRID_OFFICER", lambda w: Ask(query=AROUND), denied="CREW"
    ),
    "file_case": Endpoint(
        "GRID_OFFICER",
        lambda w: Ask(body={"item_code": "0103", "place_text": "", "text": "A hole", **PLACE}),
        denied="CREW",
        stranger=True,
        answers=201,
    ),
    "get_case": Endpoint(
        "GRID_OFFICER", lambda w: Ask({"case_id": w.case}), denied="CREW", stranger=True
    ),
    "move_case": Endpoint(
        "SUPERVISOR",
        lambda w: Ask(
            {"case_id": w.case, "move": "assign"}, body={"organisation_id": w.works}
        ),
        denied="CREW",
        stranger=True,
    ),
    "add_case_photo": Endpoint(
        "GRID_OFFICER",
        lambda w: Ask({"case_id": w.case}, photo=picture()),
        denied="CREW",
        stranger=True,
        answers=201,
    ),
    "get_photo": Endpoint(
        "GRID_OFFICER", lambda w: Ask({"photo_id": w.photo}), denied="CREW", stranger=True
    ),
    **CATALOGUE_ENDPOINTS,
    **EVALUATION_ENDPOINTS,
    **EXCHANGE_ENDPOINTS,
    **FIELD_ENDPOINTS,
    **JOINT_ENDPOINTS,
    **VOLUNTEER_ENDPOINTS,
    **LINK_ENDPOINTS,
    **REVIEW_ENDPOINTS,
    **POSTURE_ENDPOINTS,
    **ROUTING_ENDPOINTS,
}  # fmt: skip

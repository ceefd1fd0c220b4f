"""A city at work: one of everything that an endpoint can be asked about."""

import io
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from itertools import product
from typing import Any
from uuid import uuid4

from PIL import Image
from tests.contract.glass_endpoints import sealed_and_looked_at
from tests.contract.sign_ins import signed_in_and_proven
from tests.people import EVERYTHING, PASSWORD, Desk, make_desk, organisation_id, unit_id
from tests.postures import planned

from anlan.casework.evaluation.services import evaluate_due
from anlan.exchange.models import Delivery, Webhook
from anlan.intake.models import Report, ReportPhoto
from anlan.kernel.clock import now
from anlan.kernel.scope import scoped
from anlan.orgs.roles import Role
from anlan.places.services import add_jurisdiction
from anlan.volunteering.tests.work import offered, published

SPOKEN = "Zyzzyva weeps"
"""What every reporter says, of what and where: found again wherever it is shown."""
SAID = {"text": SPOKEN, "place_text": SPOKEN}
PLACE = {"lon": 24.942, "lat": 60.1712}
CALLER = {"name": "A", "telephone": "+358 40 1234567"}
CLOSURE = {"reason": "A burst main", "lon": 24.9497, "lat": 60.1747, "radius_m": 40}
NEW_COMMUNITY = 990101001009000
NEW_CELL = NEW_COMMUNITY + 1
WORDS = {"event": "E", "headline": "H", "description": "D", "instruction": "I", "area": "A"}
WARNING = {
    "status": "Test", "category": "Infra", "urgency": "Immediate", "severity": "Severe",
    "certainty": "Observed", "response": "Prepare", "words": {"zh": WORDS, "en": dict(WORDS)},
    "ring": [[24.93, 60.16], [24.95, 60.16], [24.95, 60.18], [24.93, 60.16]],
}  # fmt: skip
HOME, ELSEWHERE, HOOK = "COMMUNITY_11", "COMMUNITY_23", {"url": "https://water.example/hook"}
DISPUTE = "1601"
OFFICES = {
    "GRID_OFFICER": HOME,
    "SUPERVISOR": "COORDINATION_CENTRE",
    "ADMINISTRATOR": "COORDINATION_CENTRE",
    "DEPARTMENT_DESK": "MUNICIPAL_WORKS",
    "STREET_DESK": "STREET_1",
    "AGENCY_DESK": "WATER_WORKS",
}


@dataclass(frozen=True)
class World:
    """Ids of what stands in the city, and the people who ask about it."""

    now: str
    later: str
    username: str
    password: str
    unit: str
    free_unit: str
    works: str
    incident: str
    unasked: str
    assignment: str
    attachment: str
    recommendation: str
    diverted_case: str
    case: str
    handled_case: str
    own_case: str
    pause: str
    photo: str
    report: str
    report_photo: str
    number: str
    closed_number: str
    closure: str
    call: str
    ringing: str
    agency: str
    other_agency: str
    offer: str
    share: str
    help_request: str
    crew_member: str
    urgent: str
    offering: str
    plan: str
    shift: str
    part: str
    joined_report: str
    webhook: str
    webhook_secret: str
    delivery: str
    warning: str
    promise: str
    handover: str
    review_note: str
    posture: str
    posture_study: str
    step: str
    temporary_item: str
    water: str
    joint_task: str
    joint_part: str
    joint_photo: str
    ended_task: str
    routing_table: str
    evaluation: str
    counted_case: str
    appeal: str
    volunteer_task: str
    hours_offer: str
    other_session: str
    offered_secret: str
    sealed_number: str
    glass: str
    service_key: str

    def desk(self, role: str | None, *, elsewhere: bool = False) -> Desk:
        """Return the desk of `role`; `elsewhere`: of an organisation with another area."""
        return _desk(role, elsewhere=elsewhere) if role else Desk(None)


def from_now(world: World, hours: float) -> datetime:
    """Return a time so many hours after the world was made."""
    return datetime.fromisoformat(world.now) + timedelta(hours=hours)


@cache
def _desk(role: str, *, elsewhere: bool = False) -> Desk:
    if elsewhere:
        return make_desk(role, organisation=ELSEWHERE)
    if role == "CREW":
        return make_desk(role, unit="P01")
    return make_desk(role, organisation=OFFICES.get(role, "EMERGENCY_CENTRE"))


def _done(reply: Any) -> Any:
    assert reply.status_code in {200, 201}, reply.content
    return reply.json()


def _handled(by: str = "MUNICIPAL_WORKS") -> str:
    """Return a case that an organisation handles, of an item whose clock may be paused."""
    filed = _done(_desk("GRID_OFFICER").post("cases", {"item_code": DISPUTE, **PLACE}))
    given = {"organisation_id": str(organisation_id(by))}
    _done(_desk("SUPERVISOR").post(f"cases/{filed['id']}/moves/assign", given))
    return str(filed["id"])


def _handled_and_paused() -> dict[str, str]:
    """Return cases that a department and a community office handle, and a pause of another."""
    until = (now() + timedelta(days=1)).isoformat()
    asked = {"reason": "REPORTER", "proof": "agreed for Friday", "until": until}
    paused = _done(_desk("DEPARTMENT_DESK").post(f"cases/{_handled()}/pauses", asked))
    cases = {"handled_case": _handled(), "own_case": _handled(HOME)}
    return {**cases, "pause": str(paused["id"])}


def _evaluated() -> dict[str, str]:
    """Return a month that was counted, a case that it counts, and an appeal about it."""
    case, works, centre = _handled(), _desk("DEPARTMENT_DESK"), _desk("SUPERVISOR")
    for desk, move, facts in (
        (works, "report", {"outcome": "They agreed."}),
        (_desk("GRID_OFFICER"), "verify", {"note": "Both say so."}),
        (centre, "close", {"disposition": "RESOLVED"}),
    ):
        _done(desk.post(f"cases/{case}/moves/{move}", facts))
    evaluate_due(now())
    month = _done(centre.get("evaluations"))["items"][0]["id"]
    body = {"measure": "IN_TIME", "case_id": case, "ground": "WRONG_ITEM", "text": "Not ours."}
    appeal = _done(works.post(f"evaluations/{month}/appeals", body))
    return {"evaluation": month, "counted_case": case, "appeal": appeal["id"]}


def _volunteers() -> dict[str, str]:
    """Return a task for volunteers, and hours that a visitor offers for it with a contact."""
    task = published(_desk("GRID_OFFICER"), now())
    return {"volunteer_task": task["id"], "hours_offer": str(offered(task, 2, now()).id)}


def _call_up() -> dict[str, str]:
    """Return a joint task with a part and a photo of the works, and one whose parts have ended."""
    works, water = str(organisation_id("MUNICIPAL_WORKS")), str(organisation_id("WATER"))
    parts = [{"organisation_id": one, "duty": "Pump"} for one in (works, water)]
    body = {"item_code": "0303", "text": "Flooded", "parts": parts, **PLACE}
    centre = _desk("SUPERVISOR")
    task, ended = (_done(centre.post("joint-tasks", body)) for _ in range(2))
    for part in ended["parts"]:
        _done(centre.post(f"joint-parts/{part['id']}/moves/waive", {"reason": "Dry."}))
    part = next(one["id"] for one in task["parts"] if one["organisation_id"] == works)
    photo = {"photo": _upload()}
    return {
        "water": water,
        "joint_task": task["id"],
        "joint_part": part,
        "joint_photo": _done(_desk("DEPARTMENT_DESK").upload(f"joint-parts/{part}/photos", photo))[
            "id"
        ],
        "ended_task": ended["id"],
    }


def make_world() -> World:
    """Build the city; the caller undoes it."""
    _desk.cache_clear()
    for role, elsewhere in product(set(Role) - {Role.RESIDENT}, (False, True)):
        _desk(str(role), elsewhere=elsewhere)
    with scoped(EVERYTHING):
        names = {"name_zh": "新社区", "name_en": "New community"}
        add_jurisdiction(area=NEW_COMMUNITY, **names, boundary=None, actor=EVERYTHING)
    taker, dispatcher = _desk("CALL_TAKER"), _desk("DISPATCHER")
    fire = {"channel": "PHONE", "kind": "FIRE_STRUCTURE", **SAID, **PLACE}
    fire["contact"] = dict(CALLER)
    taken, manned, sent_away = (_done(taker.post("reports", fire)) for _ in range(3))
    unit, free = str(unit_id("P01")), str(unit_id("P02"))
    incident = f"incidents/{taken['incident_id']}"
    (assignment,) = _done(
        dispatcher.post(f"incidents/{manned['incident_id']}/assignments", {"unit_ids": [unit]})
    )
    recommended = _done(dispatcher.post(f"{incident}/recommendations"))
    divert = {"reason": "No danger", "item_code": "0103"}
    _done(dispatcher.post(f"incidents/{sent_away['incident_id']}/moves/divert", divert))
    centre, officer = _desk("SUPERVISOR"), _desk("GRID_OFFICER")
    diverted = _done(centre.get("cases"))["items"][0]
    case = _done(officer.post("cases", {"item_code": "0103", **SAID, **PLACE}))
    photo = _done(officer.upload(f"cases/{case['id']}/photos", {"photo": _upload()}))
    linked = _link(taken["incident_id"]) | _governed()
    later = (now() + timedelta(hours=2)).isoformat()
    warning = _done(dispatcher.post("warnings", dict(WARNING) | {"expires_at": later}))
    assert dispatcher.account is not None
    return World(
        now=now().isoformat(),
        later=later,
        username=dispatcher.account.username,
        password=PASSWORD,
        unit=unit,
        free_unit=free,
        works=str(organisation_id("MUNICIPAL_WORKS")),
        incident=taken["incident_id"],
        unasked=manned["incident_id"],
        assignment=assignment["id"],
        attachment=_attached(assignment["id"]),
        recommendation=recommended["id"],
        diverted_case=diverted["id"],
        case=case["id"],
        photo=photo["id"],
        report=taken["id"],
        report_photo=_photo_of(taken["id"]),
        number=taken["number"],
        closed_number=_closed(taker),
        closure=_done(dispatcher.post("road-closures", CLOSURE))["id"],
        call=_done(taker.post("calls", {"answered": True, "contact": CALLER}))["id"],
        ringing=_done(taker.post("calls"))["id"],
        **linked,
        warning=warning["id"],
        plan=_done(dispatcher.post("batch-plans"))["id"],
        **_pressing(taker, dispatcher),
        **_handled_and_paused() | _call_up() | _evaluated() | _volunteers(),
        **signed_in_and_proven(_desk) | sealed_and_looked_at(_desk, {"item_code": DISPUTE} | PLACE),
        **_shift(dispatcher, free) | planned(centre),
        **_hang_together(taker, dispatcher, fire, taken["incident_id"]),
    )


def _look_back(taker: Desk, dispatcher: Desk, incident: str) -> dict[str, str]:
    """Promise something, hand the desk over, note how an incident went; return them."""
    due = {"text": "Ring the school", "due_at": f"{now() + timedelta(hours=1)}"}
    note = {"kind": "WENT_WELL", "text": "The second engine was early."}
    return {
        "promise": _done(dispatcher.post("desk-log", due))["id"],
        "handover": _done(taker.post("handovers", {"text": "Quiet"}))["id"],
        "review_note": _done(dispatcher.post(f"incidents/{incident}/review-notes", note))[0]["id"],
        "step": _done(dispatcher.get(f"incidents/{incident}/history"))["entries"][0]["id"],
    }


def wanted_item(day: str) -> dict[str, Any]:
    """Return an item for a time as a department asks for it, for one day."""
    words = {"name_zh": "倒伏围挡", "filing_zh": "围挡倒在步道上。", "closing_zh": "围挡已扶正。"}
    words |= {"name_en": "Hoarding down", "filing_en": "A hoarding lies on a pavement."}
    words |= {"closing_en": "It stands again.", "reason": "Storm"}
    rest = {"lead": "URBAN_ORDER", "clock": "U", "needs_photo": True}
    return words | rest | {"valid_from": day, "valid_until": day}


def _governed() -> dict[str, str]:
    """Ask for an item for a time and begin a routing table; return them."""
    wanted = wanted_item(str(now().date()))
    return {
        "temporary_item": _done(_desk("DEPARTMENT_DESK").post("temporary-items", wanted))["id"],
        "routing_table": _done(_desk("ADMINISTRATOR").post("routing-tables"))["id"],
    }


def _hang_together(
    taker: Desk, dispatcher: Desk, fire: dict[str, Any], whole: str
) -> dict[str, str]:
    """Add a part and a report to an incident; return them."""
    part = _done(taker.post("reports", fire))["incident_id"]
    body = {"parent_id": whole, "relation": "PART", "reason": "One block"}
    _done(dispatcher.put(f"incidents/{part}/parent", body))
    return {
        "part": part,
        "joined_report": _done(taker.post("reports", fire | {"attach_to": whole}))["id"],
        **_look_back(taker, dispatcher, whole),
    }


def _shift(dispatcher: Desk, unit: str) -> dict[str, str]:
    """Plan a shift of a unit; return it and whose it is."""
    member = str(make_desk("CREW").actor.id)
    hours = {"begins_at": now(), "ends_at": now() + timedelta(hours=8)}
    planned = _done(dispatcher.post(f"units/{unit}/shifts", hours | {"crew": [member]}))
    return {"shift": planned["id"], "crew_member": member}


def _link(incident: str) -> dict[str, str]:
    """Agree with an agency, share the incident with it, ask it for help, offer it something new."""
    water, power = organisation_id("WATER_WORKS"), organisation_id("POWER_GRID")
    administrator, agency = _desk("ADMINISTRATOR"), _desk("AGENCY_DESK")
    terms = {"agency_id": str(water), "fields": ["kind", "place"], "kinds": []}
    terms |= {"begins_at": f"{now()}", "ends_at": f"{now() + timedelta(days=30)}"}
    agreed = _done(administrator.post("agreements", terms))["id"]
    _done(agency.post(f"agreements/{agreed}/moves/accept"))
    asking = {"agency_id": str(water), "capabilities": ["UTILITY_CREW"]}
    asked = _done(_desk("DISPATCHER").post(f"incidents/{incident}/help-requests", asking))
    webhook = _done(administrator.post("webhooks", {"agency_id": str(water), **HOOK}))
    return {
        "agency": str(water),
        "other_agency": str(power),
        "offer": _done(administrator.post("agreements", terms))["id"],
        "share": asked["share_id"],
        "webhook": webhook["id"],
        "webhook_secret": webhook["secret"],
        "delivery": _delivery(webhook["id"]),
        "help_request": asked["id"],
    }


def _delivery(webhook_id: str) -> str:
    """Let a message of a webhook have been given up."""
    with scoped(EVERYTHING):
        hook = Webhook.objects.get(pk=webhook_id)
        columns = {"area": hook.area, "webhook": hook, "event_id": uuid4(), "due_at": now()}
        columns |= {"topic": "share.changed", "subject_id": uuid4(), "happened_at": now()}
        made = Delivery.objects.create(**columns)
        Delivery.objects.filter(pk=made.pk).update(state="DEAD", due_at=None, ended_at=now())
        return str(made.pk)


def _pressing(taker: Desk, dispatcher: Desk) -> dict[str, str]:
    """Send the only unit of its kind to what can wait; recommend for what cannot."""
    body = {"channel": "PHONE", "kind": "WATER_RESCUE", **PLACE}
    less = _done(taker.post("reports", body | {"priority": 4}))["incident_id"]
    urgent = _done(taker.post("reports", body | {"priority": 1}))["incident_id"]
    first = _done(dispatcher.post(f"incidents/{less}/recommendations"))["requirements"][0]
    units = {"unit_ids": [first["unit_id"]]}
    _done(dispatcher.post(f"incidents/{less}/assignments", units))
    made = _done(dispatcher.post(f"incidents/{urgent}/recommendations"))
    assert made["offer"]["unit_id"] == first["unit_id"]
    return {"urgent": urgent, "offering": made["id"]}


def _attached(assignment: str) -> str:
    """Attach a photo of a crew; return its id."""
    path = f"assignments/{assignment}/photos"
    return str(_done(_desk("CREW").upload(path, {"photo": _upload()}))["id"])


def _closed(taker: Desk) -> str:
    """Take a report whose case is worked off; return its number."""
    body = {"channel": "PHONE", "kind": "PAVEMENT_DAMAGE", **SAID, **PLACE}
    taken = _done(taker.post("reports", body))
    case, works = f"cases/{taken['case_id']}", _desk("DEPARTMENT_DESK")
    to_works = {"organisation_id": str(organisation_id("MUNICIPAL_WORKS"))}
    _done(_desk("SUPERVISOR").post(f"{case}/moves/assign", to_works))
    _done(works.upload(f"{case}/photos", {"photo": _upload()}))
    _done(works.post(f"{case}/moves/report", {"outcome": "Filled."}))
    _done(_desk("GRID_OFFICER").post(f"{case}/moves/verify", {"note": "Firm."}))
    _done(_desk("SUPERVISOR").post(f"{case}/moves/close", {"disposition": "RESOLVED"}))
    return str(taken["number"])


def _upload() -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", (16, 12), (200, 60, 40)).save(file, "JPEG")
    file.name = "photo.jpg"
    file.seek(0)
    return file


def _photo_of(report_id: str) -> str:
    """Give a report a photo, as the public page does."""
    with scoped(EVERYTHING):
        report = Report.objects.get(pk=report_id)
        photo = ReportPhoto.objects.create(area=report.area, report=report, jpeg=_upload().read())
        return str(photo.pk)

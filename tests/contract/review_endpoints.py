"""Hand-overs, the desk's log, looking back: asked as the contract allows."""

from collections.abc import Mapping

from tests.contract.asks import Ask, Endpoint
from tests.contract.world import World, from_now


def _hour(world: World) -> Ask:
    return Ask(query={"since": from_now(world, -0.9).isoformat(), "until": world.now})


def _of_incident(world: World) -> Ask:
    return Ask({"incident_id": world.incident})


def _follow_up(world: World) -> dict[str, str]:
    owned = {"owner_id": world.crew_member, "due_date": world.later[:10], "step_id": world.step}
    return {"kind": "FOLLOW_UP", "text": "Ask for the gate's key earlier."} | owned


def _note(world: World) -> Ask:
    return Ask({"incident_id": world.incident}, body=_follow_up(world))


def _correction(world: World) -> Ask:
    body = _follow_up(world) | {"version": 1, "state": "STANDS"}
    return Ask({"note_id": world.review_note}, body=body)


REVIEW_ENDPOINTS: Mapping[str, Endpoint] = {
    "get_desk_log": Endpoint("CALL_TAKER", lambda w: Ask(query={"since": w.now}), denied="CREW"),
    "add_desk_note": Endpoint(
        "DISPATCHER",
        lambda w: Ask(body={"text": "Road open", "incident_id": w.incident, "due_at": w.later}),
        denied="CREW",
        answers=201,
    ),
    "settle_promise": Endpoint(
        "DISPATCHER",
        lambda w: Ask({"note_id": w.promise}, body={"text": "Rang."}),
        denied="CREW",
        stranger=True,
        answers=201,
    ),
    "get_handover_draft": Endpoint("CALL_TAKER", denied="CREW"),
    "list_handovers": Endpoint("DISPATCHER", denied="CREW"),
    "hand_over": Endpoint(
        "DISPATCHER", lambda w: Ask(body={"text": "Quiet."}), denied="CREW", answers=201
    ),
    "get_handover": Endpoint(
        "DISPATCHER", lambda w: Ask({"handover_id": w.handover}), denied="CREW", stranger=True
    ),
    "take_over": Endpoint(
        "DISPATCHER",
        lambda w: Ask({"handover_id": w.handover}, body={"remark": "Seen."}),
        denied="CREW",
        stranger=True,
        answers=201,
    ),
    "list_staff": Endpoint("SUPERVISOR", denied="CREW"),
    "list_review_notes": Endpoint("DISPATCHER", _of_incident, denied="CREW", stranger=True),
    "add_review_note": Endpoint("DISPATCHER", _note, denied="CREW", stranger=True, answers=201),
    "correct_review_note": Endpoint(
        "SUPERVISOR",
        _correction,
        denied="CREW",
        stranger=True,
        answers=201,
    ),
    "get_incident_history": Endpoint("DISPATCHER", _of_incident, denied="CREW", stranger=True),
    "replay_incident": Endpoint("DISPATCHER", _of_incident, denied="CREW", stranger=True),
    "replay_desk": Endpoint("SUPERVISOR", _hour, denied="CREW"),
}

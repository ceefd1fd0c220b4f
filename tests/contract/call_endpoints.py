"""The endpoints of call taking; a part of the table in `endpoints`."""

from collections.abc import Mapping

from tests.contract.asks import Ask, Endpoint
from tests.contract.world import CALLER, PLACE

INSIDE = {"question": "INSIDE", "answer": "YES"}
LOOK = {"purpose": "call back"}

CALL_ENDPOINTS: Mapping[str, Endpoint] = {
    "list_open_calls": Endpoint("CALL_TAKER", denied="CREW"),
    "ring": Endpoint(
        "CALL_TAKER",
        lambda w: Ask(body={"rang_at": w.now, "answered": True, "contact": CALLER}),
        denied="CREW",
        answers=201,
    ),
    "get_call": Endpoint(
        "CALL_TAKER", lambda w: Ask({"call_id": w.call}), denied="CREW", stranger=True
    ),
    "move_call": Endpoint(
        "CALL_TAKER",
        lambda w: Ask({"call_id": w.ringing, "move": "answer"}, body={"reason": "by hand"}),
        denied="CREW",
        stranger=True,
    ),
    "look_at_contact_of_call": Endpoint(
        "CALL_TAKER", lambda w: Ask({"call_id": w.call}, body=LOOK), denied="CREW", stranger=True
    ),
    "read_line": Endpoint(
        "CALL_TAKER",
        lambda w: Ask(
            body={"text": "Smoke", "kind": "FIRE_STRUCTURE", "answers": [INSIDE], **PLACE}
        ),
        denied="CREW",
    ),
    "get_suggestion_counts": Endpoint("CALL_TAKER", lambda w: Ask(query={"since": w.now})),
    "answer_questions": Endpoint(
        "CALL_TAKER",
        lambda w: Ask({"report_id": w.report}, body={"answers": [INSIDE]}),
        denied="CREW",
        stranger=True,
        answers=201,
    ),
    "add_report_update": Endpoint(
        "CALL_TAKER",
        lambda w: Ask(
            {"report_id": w.report}, body={"text": "More smoke", "direction": "FROM_REPORTER"}
        ),
        denied="CREW",
        stranger=True,
        answers=201,
    ),
    "add_own_words": Endpoint(
        None, lambda w: Ask({"number": w.number}, body={"text": "More smoke"}), denied="CREW"
    ),
}  # fmt: skip

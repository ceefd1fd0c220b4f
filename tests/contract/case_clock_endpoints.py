"""Clocks of cases and their pauses, asked as the contract allows."""

from collections.abc import Mapping

from tests.contract.asks import Ask, Endpoint
from tests.contract.world import PLACE, from_now


def _pause() -> Endpoint:
    return Endpoint(
        "DEPARTMENT_DESK",
        lambda w: Ask(
            {"case_id": w.handled_case},
            body={
                "reason": "REPORTER",
                "proof": "agreed for Friday",
                "until": from_now(w, 24).isoformat(),
            },
        ),
        denied="CREW",
        stranger=True,
        answers=201,
    )


CASE_CLOCK_ENDPOINTS: Mapping[str, Endpoint] = {
    "list_similar_cases": Endpoint(
        "GRID_OFFICER",
        lambda w: Ask(query={"item_code": "0103", **PLACE, "besides": w.case}),
        denied="CREW",
    ),
    "explain_case_clock": Endpoint(
        "GRID_OFFICER", lambda w: Ask({"case_id": w.case}), denied="CREW", stranger=True
    ),
    "list_calendars": Endpoint("GRID_OFFICER", denied="CREW"),
    "ask_case_pause": _pause(),
    "move_case_pause": Endpoint(
        "SUPERVISOR",
        lambda w: Ask({"pause_id": w.pause, "move": "refuse"}, body={"reason": "No proof."}),
        denied="CREW",
        stranger=True,
    ),
}

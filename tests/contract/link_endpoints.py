"""What hangs together, and whether anything is lost, asked as the contract allows."""

from collections.abc import Mapping

from tests.contract.asks import Ask, Endpoint

WHY = "One fire, two callers"

LINK_ENDPOINTS: Mapping[str, Endpoint] = {
    "link_incident": Endpoint(
        "DISPATCHER",
        lambda w: Ask(
            {"incident_id": w.unasked},
            body={"parent_id": w.incident, "relation": "PART", "reason": WHY},
        ),
        denied="CREW",
        stranger=True,
    ),
    "unlink_incident": Endpoint(
        "DISPATCHER",
        lambda w: Ask({"incident_id": w.part}, body={"reason": WHY}),
        denied="CREW",
        stranger=True,
    ),
    "detach_report": Endpoint(
        "CALL_TAKER",
        lambda w: Ask({"report_id": w.joined_report}, body={"reason": WHY, "attach_to": w.unasked}),
        denied="CREW",
        stranger=True,
    ),
    "list_gaps": Endpoint("CREW"),
    "list_months": Endpoint("CREW", lambda w: Ask(query={"zone": "Asia/Shanghai", "count": 3})),
}

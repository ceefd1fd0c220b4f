"""The audit log, asked as the contract allows; nothing is sealed there, so nothing is proved."""

from collections.abc import Mapping

from tests.contract.asks import Ask, Endpoint

AUDIT_ENDPOINTS: Mapping[str, Endpoint] = {
    "get_audit_standing": Endpoint("AUDITOR", denied="SUPERVISOR"),
    "list_audit_entries": Endpoint(
        "AUDITOR",
        lambda w: Ask(query={"table": "intake_report", "row": w.report, "limit": 20}),
        denied="ADMINISTRATOR",
    ),
    "get_audit_inclusion": Endpoint(
        "AUDITOR",
        lambda w: Ask(query={"table": "intake_report", "row": w.report}),
        denied="SUPERVISOR",
        answers=404,
    ),
    "get_audit_tile": Endpoint(
        "AUDITOR", lambda w: Ask(query={"tile": "tile/0/000"}), denied="SUPERVISOR", answers=404
    ),
}

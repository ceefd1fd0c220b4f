"""Evaluations of organisations and appeals, asked as the contract allows."""

from collections.abc import Mapping

from tests.contract.asks import Ask, Endpoint

EVALUATION_ENDPOINTS: Mapping[str, Endpoint] = {
    "list_evaluations": Endpoint("DEPARTMENT_DESK", denied="CREW"),
    "get_evaluation": Endpoint(
        "DEPARTMENT_DESK", lambda w: Ask({"evaluation_id": w.evaluation}), denied="CREW"
    ),
    "list_item_figures": Endpoint(
        "DEPARTMENT_DESK",
        lambda w: Ask({"evaluation_id": w.evaluation, "organisation_id": w.works}),
        denied="CREW",
    ),
    "list_counted_cases": Endpoint(
        "DEPARTMENT_DESK",
        lambda w: Ask(
            {"evaluation_id": w.evaluation},
            query={
                "organisation_id": w.works, "measure": "IN_TIME", "item_code": "1601",
                "hit": True, "limit": 5, "after": w.case,
            },
        ),
        denied="DISPATCHER",
    ),
    "file_appeal": Endpoint(
        "DEPARTMENT_DESK",
        lambda w: Ask(
            {"evaluation_id": w.evaluation},
            body={
                "measure": "PROMISE_KEPT", "case_id": w.counted_case,
                "ground": "BEYOND_OUR_POWER", "text": "The desk had it for a week.",
            },
        ),
        denied="SUPERVISOR",
        answers=201,
    ),
    "list_appeals": Endpoint(
        "SUPERVISOR",
        lambda w: Ask(query={"evaluation_id": w.evaluation, "state": "FILED", "limit": 5}),
        denied="CALL_TAKER",
    ),
    "move_appeal": Endpoint(
        "SUPERVISOR",
        lambda w: Ask({"appeal_id": w.appeal, "move": "decline"}, body={"reason": "It was so."}),
        denied="ADMINISTRATOR",
        stranger=True,
    ),
}  # fmt: skip

"""HTTP of incidents that other centres tell of."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from anlan.flows.services.told_incidents import hear_of_incident
from anlan.kernel import clock
from anlan.kernel.schemas import Schema

router = Router()


class HeardOut(Schema):
    """What an EIDO became: a report with its number; `done_now` is false if it said nothing new."""

    id: str
    report_id: UUID
    number: str
    done_now: bool


@router.post(
    "/signed/webhooks/{webhook_id}/eido",
    response=HeardOut,
    operation_id="take_eido",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/EmergencyCallData.eido+json": {"schema": {"type": "object"}}},
        }
    },
)
def post_eido(request: HttpRequest, webhook_id: UUID) -> HeardOut:
    """Take a linked centre's signed EIDO (NENA-STA-021): it opens an incident or adds to one."""
    headers = {name.lower(): value for name, value in request.headers.items()}
    heard = hear_of_incident(webhook_id, headers, request.body, at=clock.now())
    return HeardOut(
        id=heard.message_id,
        report_id=heard.report_id,
        number=heard.number,
        done_now=heard.done_now,
    )

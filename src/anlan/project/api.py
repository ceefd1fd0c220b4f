"""The API: one router a room, one family of problems."""

from typing import Any

import orjson
from django.http import HttpRequest
from ninja import NinjaAPI
from ninja.renderers import BaseRenderer

from anlan.audit.api import router as audit
from anlan.casework.api import router as casework
from anlan.casework.evaluation.api import router as evaluation
from anlan.dispatch.agencies.api import router as agencies
from anlan.dispatch.api import router as dispatch
from anlan.dispatch.postures.api import router as postures
from anlan.dispatch.review.api import router as review
from anlan.exchange.api import router as exchange
from anlan.flows.api import router as flows
from anlan.intake.api import router as intake
from anlan.kernel.http import add_problem_handlers
from anlan.orgs.api import router as orgs
from anlan.places.api import router as places
from anlan.volunteering.api import router as volunteering


class OrjsonRenderer(BaseRenderer):
    """JSON by orjson: datetimes in RFC 3339, UUIDs as text."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        """Return `data` as JSON bytes."""
        return orjson.dumps(data, option=orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS)


api = NinjaAPI(
    title="Anlan",
    version="1",
    description="Public-safety operations: from the first report to the closed case.",
    renderer=OrjsonRenderer(),
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="api",
)
add_problem_handlers(api)
# Flows come first: a case's moves `return` and `divert` are theirs, every other is casework's.
for router, tag in (
    (orgs, "organisations"),
    (places, "places"),
    (flows, "flows"),
    (intake, "reports"),
    (dispatch, "dispatch"),
    (agencies, "agencies"),
    (review, "review"),
    (postures, "postures"),
    (exchange, "exchange"),
    (casework, "cases"),
    (evaluation, "evaluation"),
    (volunteering, "volunteers"),
    (audit, "audit"),
):
    api.add_router("", router, tags=[tag])

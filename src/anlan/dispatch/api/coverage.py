"""HTTP of coverage: how far the free units get."""

from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import AwareDatetime

from anlan.dispatch.selectors.coverage import coverage
from anlan.kernel import clock
from anlan.kernel.access import require
from anlan.kernel.boxes import BoxAsked
from anlan.kernel.http import actor_of
from anlan.kernel.schemas import Schema

router = Router()
KIND_MAX_CHARACTERS = 32


class CoverageBandOut(Schema):
    """Streets reached within `within_s` and not sooner, as lines in degrees (lon, lat).

    `reached_m` counts all streets of the city within that time, in the box or not.
    """

    within_s: float
    reached_m: float
    lines: list[list[list[float]]]


class CoverageOut(Schema):
    """How far the free units get over the roads that are open now, worked out at `at`.

    `stale` units stand where they last told, a while ago; `at_station` never told. `left_off` of
    the stretches in the box are not drawn: those of the smallest roads.
    """

    at: AwareDatetime
    units: int
    stale: int
    at_station: int
    closures: int
    street_m: float
    bands: list[CoverageBandOut]
    left_off: int


@router.get("/unit-coverage", response=CoverageOut, operation_id="get_unit_coverage")
def get_unit_coverage(
    request: HttpRequest,
    box: BoxAsked,
    kind: Annotated[str, Query(max_length=KIND_MAX_CHARACTERS)] = "",
) -> CoverageOut:
    """Show which streets in a box a free unit, of any kind or one, reaches in 1, 3 and 5 min."""
    require(actor_of(request), "coverage.read")
    found = coverage(box.checked(), kind, clock.now())
    return CoverageOut.model_validate(found, from_attributes=True)

"""HTTP of the response clock."""

from django.http import HttpRequest
from ninja import Router, Schema

from anlan.dispatch.clock_rules import rules
from anlan.kernel.access import require
from anlan.kernel.http import actor_of

router = Router()


class PhaseRulesOut(Schema):
    """One phase of the response clock."""

    name: str
    name_zh: str
    name_en: str
    limit_s: dict[int, int]
    rings_s: list[int]


class ClockRulesOut(Schema):
    """The response clock in force."""

    id: str
    version: str
    name_zh: str
    name_en: str
    source_zh: str
    source_en: str
    phases: list[PhaseRulesOut]


@router.get("/clock-rules", response=ClockRulesOut, operation_id="get_clock_rules")
def get_clock_rules(request: HttpRequest) -> ClockRulesOut:
    """Show the response clock in force, with its source."""
    require(actor_of(request), "incident.read")
    in_force = rules()
    return ClockRulesOut(
        id=in_force.id,
        version=in_force.version,
        name_zh=in_force.name_zh,
        name_en=in_force.name_en,
        source_zh=in_force.source_zh,
        source_en=in_force.source_en,
        phases=[
            PhaseRulesOut(
                name=phase.name,
                name_zh=phase.name_zh,
                name_en=phase.name_en,
                limit_s=dict(phase.limit_s),
                rings_s=list(phase.rings_s),
            )
            for phase in in_force.phases.values()
        ],
    )

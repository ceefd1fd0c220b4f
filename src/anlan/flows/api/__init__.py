"""HTTP of what joins slices."""

from ninja import Router

from anlan.flows.api import (
    day,
    finding,
    handovers,
    period_reports,
    reports,
    told_incidents,
    waiting,
    wall,
)

router = Router()
for part in (reports, told_incidents, day, handovers, wall, period_reports, finding, waiting):
    router.add_router("", part.router)

"""HTTP of what joins slices."""

from ninja import Router

from anlan.flows.api import day, handovers, reports, told_incidents, wall

router = Router()
for part in (reports, told_incidents, day, handovers, wall):
    router.add_router("", part.router)

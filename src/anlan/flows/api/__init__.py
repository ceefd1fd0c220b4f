"""HTTP of what joins slices."""

from ninja import Router

from anlan.flows.api import day, reports

router = Router()
for part in (reports, day):
    router.add_router("", part.router)

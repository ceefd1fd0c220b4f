"""HTTP of intake, a file for each kind of thing. Taking a report joins slices: see flows."""

from ninja import Router

from anlan.intake.api import calls, readings, reports

router = Router()
for part in (reports, calls, readings):
    router.add_router("", part.router)

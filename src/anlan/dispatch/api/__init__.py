"""HTTP of dispatch, a file for each kind of thing."""

from ninja import Router

from anlan.dispatch.api import assignments, clocks, incidents, recommendations, units

router = Router()
for part in (incidents, recommendations, assignments, units, clocks):
    router.add_router("", part.router)

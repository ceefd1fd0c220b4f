"""HTTP of dispatch, a file for each kind of thing."""

from ninja import Router

from anlan.dispatch.api import assignments, clocks, incidents, links, recommendations, units

router = Router()
for part in (incidents, links, recommendations, assignments, units, clocks):
    router.add_router("", part.router)

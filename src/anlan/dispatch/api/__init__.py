"""HTTP of dispatch, a file for each kind of thing."""

from ninja import Router

from anlan.dispatch.api import (
    assignments,
    attachments,
    clocks,
    coverage,
    incidents,
    links,
    recommendations,
    run_cards,
    units,
    ways,
)

router = Router()
for part in (
    incidents,
    links,
    recommendations,
    run_cards,
    assignments,
    attachments,
    ways,
    units,
    coverage,
    clocks,
):
    router.add_router("", part.router)

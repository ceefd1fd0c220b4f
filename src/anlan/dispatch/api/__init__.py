"""HTTP of dispatch, a file for each kind of thing."""

from ninja import Router

from anlan.dispatch.api import (
    assignments,
    attachments,
    clocks,
    incidents,
    links,
    recommendations,
    run_cards,
    units,
    wall,
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
    clocks,
    wall,
):
    router.add_router("", part.router)

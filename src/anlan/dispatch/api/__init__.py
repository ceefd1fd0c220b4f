"""HTTP of dispatch, a file for each kind of thing."""

from ninja import Router

from anlan.dispatch.api import (
    assignments,
    attachments,
    clocks,
    incidents,
    links,
    recommendations,
    units,
    wall,
    ways,
)

router = Router()
for part in (
    incidents,
    links,
    recommendations,
    assignments,
    attachments,
    ways,
    units,
    clocks,
    wall,
):
    router.add_router("", part.router)

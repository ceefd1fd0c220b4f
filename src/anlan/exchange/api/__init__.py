"""HTTP of the room, a file for each standard."""

from ninja import Router

from anlan.exchange.api import incidents, warnings, webhooks

router = Router()
for part in (webhooks, warnings, incidents):
    router.add_router("", part.router)

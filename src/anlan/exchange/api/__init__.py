"""HTTP of the room, a file for each standard."""

from ninja import Router

from anlan.exchange.api import webhooks

router = Router()
for part in (webhooks,):
    router.add_router("", part.router)

"""HTTP of the review, a file for each side of it."""

from ninja import Router

from anlan.dispatch.review.api import desk_log, notes, playback

router = Router()
for part in (desk_log, notes, playback):
    router.add_router("", part.router)

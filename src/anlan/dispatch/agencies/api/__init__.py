"""HTTP of linked agencies, a file for each side of it."""

from ninja import Router

from anlan.dispatch.agencies.api import agreements, inbox, links

router = Router()
for part in (agreements, links, inbox):
    router.add_router("", part.router)

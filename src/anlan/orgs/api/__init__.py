"""HTTP of organisations, staff and units, and of sign-ins."""

from ninja import Router

from anlan.orgs.api import organisations, own, session

router = Router()
for part in (session, own, organisations):
    router.add_router("", part.router)

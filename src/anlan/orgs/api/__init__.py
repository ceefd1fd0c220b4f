"""HTTP of organisations, staff and units, and of sign-ins."""

from ninja import Router

from anlan.orgs.api import accounts, organisations, own, proofs, providers, session

router = Router()
for part in (session, providers, own, proofs, accounts, organisations):
    router.add_router("", part.router)

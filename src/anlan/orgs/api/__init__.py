"""HTTP of organisations, staff and units, and of sign-ins."""

from ninja import Router

from anlan.orgs.api import (
    accounts,
    organisations,
    own,
    passkeys,
    proofs,
    providers,
    service_keys,
    session,
)

router = Router()
for part in (session, providers, own, proofs, passkeys, accounts, service_keys, organisations):
    router.add_router("", part.router)

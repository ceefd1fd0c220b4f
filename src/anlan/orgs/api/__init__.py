"""HTTP of organisations, staff and units, and of sign-ins."""

from ninja import Router

from anlan.orgs.api import (
    accounts,
    organisations,
    own,
    passkeys,
    proofs,
    providers,
    saved_views,
    service_keys,
    session,
)

router = Router()
PARTS = (
    session, providers, own, proofs, passkeys, saved_views, accounts, service_keys, organisations,
)  # fmt: skip
for part in PARTS:
    router.add_router("", part.router)

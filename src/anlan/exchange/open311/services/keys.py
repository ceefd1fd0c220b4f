"""Who sends a request: a connected system, by the `api_key` of its form."""

from dataclasses import replace
from datetime import datetime

from anlan.exchange.open311.errors import WrongKeyError
from anlan.kernel.access import Actor
from anlan.kernel.errors import UnauthenticatedError
from anlan.orgs.identity.services.service_keys import actor_of_key

PERMISSIONS = {
    "request.send": frozenset({"report.take", "case.file"}),
    "update.send": frozenset({"report.update"}),
}
"""What taking a form does, by what a key must hold for it: no key holds these themselves."""


def sender_of(key: str, needed: str, *, at: datetime) -> Actor:
    """Return who a key speaks for, to do what `needed` stands for; raise `WrongKeyError`.

    GeoReport v2 answers a key that does not open with 403, whatever is wrong with it.
    """
    try:
        known = actor_of_key(key, at=at)
    except UnauthenticatedError:
        raise WrongKeyError(field="api_key", rule="key_in_force") from None
    if needed not in known.permissions:
        raise WrongKeyError(field="api_key", rule="key_in_force")
    return replace(known, organisation_id=None, permissions=PERMISSIONS[needed], purpose=needed)

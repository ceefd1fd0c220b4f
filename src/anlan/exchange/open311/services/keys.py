"""Service keys: made once, shown once, kept as a digest, ended at any time."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from anlan.exchange.open311.errors import (
    ServiceKeyTakenError,
    UnknownServiceKeyError,
    WrongKeyError,
)
from anlan.exchange.open311.models import NAME_MAX_CHARACTERS, SCOPES, ServiceKey
from anlan.kernel.access import Actor, require, system_actor
from anlan.kernel.areas import area_range
from anlan.kernel.errors import InvalidError
from anlan.kernel.scope import scoped
from anlan.kernel.texts import clean_text
from anlan.orgs.errors import UnknownOrganisationError
from anlan.orgs.selectors import organisation_by_code

KEY_PREFIX = "ak_"
KEY_BYTES = 32
DAYS_LIMIT = 730
DOOR = system_actor("service-key")
PERMISSIONS = {
    "request.send": frozenset({"report.take", "case.file"}),
    "update.send": frozenset({"report.update"}),
}


@transaction.atomic
def add_key(
    name: str, organisation_code: str, scopes: Sequence[str], *, days: int, actor: Actor,
    at: datetime,
) -> tuple[ServiceKey, str]:  # fmt: skip
    """Make a key for what lies in an organisation's area; return it with its text, shown once.

    Raises `UnknownOrganisationError`, `ServiceKeyTakenError`, `InvalidError`.
    """
    require(actor, "account.write")
    organisation = organisation_by_code(organisation_code)
    if organisation is None:
        raise UnknownOrganisationError(field="organisation", rule="known_organisation")
    if not scopes or not set(scopes) <= set(SCOPES):
        raise InvalidError(field="scope", rule="enum", expected=", ".join(SCOPES))
    if not 1 <= days <= DAYS_LIMIT:
        raise InvalidError(field="days", rule="between_1_and_730")
    key = KEY_PREFIX + secrets.token_urlsafe(KEY_BYTES)
    made = ServiceKey(
        area=organisation.area,
        label=clean_text(name, field="name", limit_characters=NAME_MAX_CHARACTERS, required=True),
        digest=digest_of(key),
        scopes=sorted(set(scopes)),
        added_at=at,
        expires_at=at + timedelta(days=days),
    )
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        raise ServiceKeyTakenError(field="name", rule="not_taken") from None
    return made, key


def end_key(name: str, *, actor: Actor, at: datetime) -> None:
    """End a key; raise `UnknownServiceKeyError` where none of this name is in force."""
    require(actor, "account.write")
    if not ServiceKey.objects.filter(label=name, ended_at__isnull=True).update(ended_at=at):
        raise UnknownServiceKeyError


def every_key() -> list[ServiceKey]:
    """Return every key in scope, by name."""
    return list(ServiceKey.objects.order_by("label"))


def digest_of(key: str) -> bytes:
    """Return what is kept of a key. It holds 256 random bits, so a plain hash tells nothing."""
    return hashlib.sha256(key.encode()).digest()


def actor_of_key(key: str, scope: str, *, at: datetime) -> Actor:
    """Return who a key speaks for, within its area, or raise `WrongKeyError`."""
    with scoped(DOOR):
        found = ServiceKey.objects.filter(digest=digest_of(key)).first() if key else None
    in_force = found is not None and found.ended_at is None and at < found.expires_at
    if found is None or not in_force or scope not in found.scopes:
        raise WrongKeyError(field="api_key", rule="key_in_force")
    low, high = area_range(found.area)
    return Actor(
        id=f"key:{found.id}",
        name=found.label,
        role="SERVICE",
        organisation_id=None,
        area_low=low,
        area_high=high,
        permissions=PERMISSIONS[scope],
        purpose=scope,
    )

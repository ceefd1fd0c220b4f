"""Keys of connected systems: made once, shown once, kept as a digest, ended at any time.

Source: OWASP ASVS 5.0, 13.3 (secrets between systems) and 9.2 (how long they hold).
"""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from anlan.kernel.access import Actor, require
from anlan.kernel.areas import area_range
from anlan.kernel.errors import InvalidError
from anlan.kernel.policies import permissions_of
from anlan.kernel.scope import scoped
from anlan.kernel.texts import clean_text
from anlan.orgs.errors import UnknownOrganisationError
from anlan.orgs.identity.errors import (
    ServiceKeyEndedError,
    ServiceKeyExpiredError,
    ServiceKeyTakenError,
    UnknownServiceKeyError,
    WrongServiceKeyError,
)
from anlan.orgs.identity.models import KEY_NAME_MAX_CHARACTERS, ServiceKey
from anlan.orgs.identity.selectors import DOOR, digest_of
from anlan.orgs.identity.services.proofs import require_recent_proof
from anlan.orgs.roles import SERVICE
from anlan.orgs.selectors import organisation_by_code

KEY_PREFIX = "ak_"
KEY_BYTES = 32
DAYS_LIMIT = 365
USED_EVERY = timedelta(minutes=1)
"""Between two notes that a key is in use, so that a request that reads stays a read."""


def grantable(actor: Actor) -> frozenset[str]:
    """Return what `actor` may put on a key: what systems may hold, and nobody more than the own.

    The operator of the installation (a part of the system) stands above the roles.
    """
    held = permissions_of(SERVICE)
    return held if actor.role == "SYSTEM" else held & actor.permissions


@transaction.atomic
def add_key(
    name: str, organisation_code: str, permissions: Sequence[str], *, days: int, actor: Actor,
    at: datetime,
) -> tuple[ServiceKey, str]:  # fmt: skip
    """Make a key for what lies in an organisation's area; return it with its text, shown once.

    `at` is the machine's time: a stolen key ages in real time. Raises `ProofNeededError`,
    `UnknownOrganisationError`, `ServiceKeyTakenError`, `InvalidError`.
    """
    require(actor, "account.write")
    require_recent_proof(actor, at)
    organisation = organisation_by_code(organisation_code)
    if organisation is None:
        raise UnknownOrganisationError(field="organisation", rule="known_organisation")
    allowed = grantable(actor)
    if not permissions or not set(permissions) <= allowed:
        expected = ", ".join(sorted(allowed))
        raise InvalidError(field="permissions", rule="enum", expected=expected)
    if not 1 <= days <= DAYS_LIMIT:
        raise InvalidError(field="days", rule="between_1_and_365")
    key = KEY_PREFIX + secrets.token_urlsafe(KEY_BYTES)
    made = ServiceKey(
        area=organisation.area,
        organisation=organisation,
        label=clean_text(
            name, field="name", limit_characters=KEY_NAME_MAX_CHARACTERS, required=True
        ),
        digest=digest_of(key),
        permissions=sorted(set(permissions)),
        added_by=actor.id,
        added_at=at,
        expires_at=at + timedelta(days=days),
    )
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        raise ServiceKeyTakenError(field="name", rule="not_taken") from None
    return made, key


def end_key(key: ServiceKey, *, actor: Actor, at: datetime) -> ServiceKey:
    """End a key at once; raise `UnknownServiceKeyError` where it has ended already.

    No proof is asked for: who finds a key in foreign hands loses no time.
    """
    require(actor, "account.write")
    if not ServiceKey.objects.filter(pk=key.pk, ended_at__isnull=True).update(ended_at=at):
        raise UnknownServiceKeyError
    key.ended_at = at
    return key


def actor_of_key(key: str, *, at: datetime) -> Actor:
    """Return which system a key stands for, and note that it is in use.

    Only who has the whole key is told that it expired or ended; anything else is unknown. What a
    key holds is what it was given, as far as the policies still let any system hold it. Raises
    `WrongServiceKeyError`, `ServiceKeyEndedError`, `ServiceKeyExpiredError`.
    """
    with scoped(DOOR):
        found = ServiceKey.objects.filter(digest=digest_of(key)).first()
    if found is None:
        raise WrongServiceKeyError
    if found.ended_at is not None:
        raise ServiceKeyEndedError
    if found.expires_at <= at:
        raise ServiceKeyExpiredError
    low, high = area_range(found.area)
    actor = Actor(
        id=f"key:{found.id}",
        name=found.label,
        role=SERVICE,
        organisation_id=found.organisation_id,
        area_low=low,
        area_high=high,
        permissions=permissions_of(SERVICE) & frozenset(found.permissions),
        purpose="",
    )
    _note_use(found, actor, at)
    return actor


def _note_use(found: ServiceKey, actor: Actor, at: datetime) -> None:
    """Note a use as the system itself, so that the audit log says in which minutes it was here."""
    if found.last_used_at is not None and at - found.last_used_at < USED_EVERY:
        return
    with scoped(actor):
        seen = ServiceKey.objects.filter(pk=found.pk, last_used_at=found.last_used_at)
        seen.update(last_used_at=at)

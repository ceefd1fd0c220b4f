"""Providers of departments: added, linked to accounts by administrators."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from anlan.kernel.access import Actor, require
from anlan.kernel.errors import InvalidError
from anlan.kernel.texts import clean_text
from anlan.kernel.vault import SealedColumn, seal
from anlan.orgs.errors import UnknownOrganisationError
from anlan.orgs.identity.errors import (
    LinkedAlreadyError,
    OtherOrganisationError,
    UnknownProviderError,
)
from anlan.orgs.identity.models import (
    CLAIM_MAX_CHARACTERS,
    SUBJECT_MAX_CHARACTERS,
    Provider,
    ProviderLink,
)
from anlan.orgs.identity.provider_client import checked_address
from anlan.orgs.identity.selectors import state_of
from anlan.orgs.identity.services.care import account_in_care, keep_step
from anlan.orgs.models import Account, Organisation

SECRETS = SealedColumn("sign_in_provider", "sealed_secret")
EMAIL = "email"
"""A claim that counts only where the provider says that it has verified it."""


@dataclass(frozen=True, slots=True)
class Registration:
    """How a department's provider is reached, and who we are to it."""

    issuer: str
    client_id: str
    client_secret: str
    redirect_uri: str
    subject_claim: str = "sub"


def add_provider(
    *, code: str, organisation_code: str, name: tuple[str, str], registration: Registration,
    actor: Actor, at: datetime,
) -> Provider:  # fmt: skip
    """Add the provider of an organisation or bring it up to date; `name` is (zh, en).

    The issuer of a provider stays what it is: those linked are known by it. Raises
    `UnknownOrganisationError`, `ProviderAddressError`, `InvalidError`.
    """
    require(actor, "account.write")
    organisation = Organisation.objects.filter(code=organisation_code).first()
    if organisation is None:
        raise UnknownOrganisationError(field="organisation_code")
    checked_address(registration.issuer, "issuer")
    checked_address(registration.redirect_uri, "redirect_uri")
    claim = clean_text(
        registration.subject_claim,
        field="subject_claim",
        limit_characters=CLAIM_MAX_CHARACTERS,
        required=True,
    )
    known = Provider.objects.filter(code=code).first()
    if known is not None and (known.issuer, known.organisation_id) != (
        registration.issuer,
        organisation.id,
    ):
        raise InvalidError(field="issuer", rule="as_it_was")
    provider = known or Provider(
        code=code,
        area=organisation.area,
        organisation=organisation,
        issuer=registration.issuer,
        added_at=at,
    )
    provider.name_zh, provider.name_en = name
    provider.client_id, provider.redirect_uri = registration.client_id, registration.redirect_uri
    provider.sealed_secret = seal(registration.client_secret, SECRETS, provider.id)
    provider.subject_claim, provider.active = claim, True
    provider.save()
    return provider


def end_provider(*, code: str, actor: Actor) -> None:
    """Let nobody sign in by a provider any more; raise `UnknownProviderError`."""
    require(actor, "account.write")
    if not Provider.objects.filter(code=code).update(active=False):
        raise UnknownProviderError


def link_account(
    account_id: UUID, *, provider_id: UUID, subject: str, reason: str, actor: Actor,
    at: datetime, machine_at: datetime,
) -> Account:  # fmt: skip
    """Let whoever a provider calls `subject` sign in to an account of the provider's organisation.

    Only an administrator links, never the person, and not the own account. Raises what
    `account_in_care` raises, `UnknownProviderError`, `OtherOrganisationError`,
    `LinkedAlreadyError`.
    """
    account, why = account_in_care(account_id, reason, actor=actor, machine_at=machine_at)
    named = clean_text(
        subject, field="subject", limit_characters=SUBJECT_MAX_CHARACTERS, required=True
    )
    provider = Provider.objects.filter(pk=provider_id, active=True).first()
    if provider is None:
        raise UnknownProviderError
    if provider.organisation_id != account.organisation_id:
        raise OtherOrganisationError(field="provider_id", rule="own_organisation")
    try:
        with transaction.atomic():
            ProviderLink.objects.create(
                area=account.area,
                provider=provider,
                account=account,
                subject_digest=subject_digest(provider.id, named),
                linked_at=at,
            )
    except IntegrityError:
        raise LinkedAlreadyError(field="subject", rule="one_account") from None
    keep_step(account, "link", state_of(account), reason=why, actor=actor, at=at)
    return account


def subject_digest(provider_id: UUID, subject: str) -> bytes:
    """Return what is kept of a subject: nothing has to read it, and no other provider can name it.

    An address is compared as it is written, letter by letter: providers differ in what they fold.
    """
    return hashlib.sha256(provider_id.bytes + subject.encode()).digest()

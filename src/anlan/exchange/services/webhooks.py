"""Webhooks: where an agency outside the system hears, and the secret that it shares with us."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from anlan.exchange.addresses import checked_url, networks
from anlan.exchange.errors import UnknownWebhookError, WebhookTakenError
from anlan.exchange.models import Webhook
from anlan.exchange.signatures import new_secret
from anlan.kernel.access import Actor, require
from anlan.kernel.vault import SealedColumn, seal
from anlan.orgs.selectors import organisation

SECRETS = SealedColumn("exchange_webhook", "sealed_secret")


@transaction.atomic
def add_webhook(agency_id: UUID, url: str, *, actor: Actor, at: datetime) -> tuple[Webhook, str]:
    """Give an agency a webhook; return it with its secret, which is never shown again.

    Raises `UnknownOrganisationError`, `ForbiddenAddressError`, `WebhookTakenError`.
    """
    require(actor, "webhook.write")
    agency = organisation(agency_id)
    checked_url(url, networks(settings.WEBHOOK_NETWORKS))
    secret = new_secret()
    made = Webhook(
        area=agency.area,
        agency_id=agency.id,
        url=url,
        added_by=actor.id,
        added_at=at,
    )
    made.sealed_secret = seal(secret, SECRETS, made.id)
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        raise WebhookTakenError(field="agency_id", rule="one_webhook_an_agency") from None
    return made, secret


@transaction.atomic
def change_webhook(webhook_id: UUID, url: str, *, active: bool, actor: Actor) -> Webhook:
    """Change where messages go, or stop them for a while; what waits stays and goes on later."""
    require(actor, "webhook.write")
    found = locked_webhook(webhook_id)
    checked_url(url, networks(settings.WEBHOOK_NETWORKS))
    found.url, found.active = url, active
    found.save(update_fields=["url", "active"])
    return found


@transaction.atomic
def renew_secret(webhook_id: UUID, *, actor: Actor) -> tuple[Webhook, str]:
    """Replace the secret; what is signed with the old one counts no more from now on."""
    require(actor, "webhook.write")
    found, secret = locked_webhook(webhook_id), new_secret()
    found.sealed_secret = seal(secret, SECRETS, found.id)
    found.save(update_fields=["sealed_secret"])
    return found, secret


def locked_webhook(webhook_id: UUID) -> Webhook:
    """Return a webhook, locked until the transaction ends, or raise `UnknownWebhookError`."""
    found = Webhook.objects.select_for_update().filter(pk=webhook_id).first()
    if found is None:
        raise UnknownWebhookError
    return found

"""Every column of sealed texts: a rotation and the end of unused keys need to know them all."""

from datetime import datetime

from anlan.exchange.services.webhooks import SECRETS as WEBHOOK_SECRETS
from anlan.intake.services.contacts import SEALED as REPORTERS
from anlan.kernel.vault import erase_unused_keys
from anlan.orgs.identity.services.authenticators import SECRETS as AUTHENTICATORS
from anlan.orgs.identity.services.providers import SECRETS as PROVIDER_SECRETS
from anlan.volunteering.services import SEALED as VOLUNTEERS

SEALED_COLUMNS = (REPORTERS, VOLUNTEERS, AUTHENTICATORS, PROVIDER_SECRETS, WEBHOOK_SECRETS)


def erase_unused_data_keys(_: datetime) -> int:
    """Delete data keys that seal nothing any more; return how many. They age in real time."""
    return sum(erase_unused_keys(column) for column in SEALED_COLUMNS)

"""Refusals about what leaves and what comes in."""

from anlan.kernel.errors import InvalidError, RefusedError, UnauthenticatedError, UnknownError


class UnknownWebhookError(UnknownError):
    """No such webhook."""

    code = "webhook.unknown"


class UnknownDeliveryError(UnknownError):
    """No such message to a webhook."""

    code = "delivery.unknown"


class WebhookTakenError(RefusedError):
    """The agency has a webhook already."""

    code = "webhook.taken"


class ForbiddenAddressError(InvalidError):
    """The endpoint's address is one that messages never go to."""

    code = "webhook.forbidden_address"


class BadSignatureError(UnauthenticatedError):
    """The message is not signed with the webhook's secret, or was signed too long ago."""

    code = "webhook.bad_signature"


class BadMessageError(InvalidError):
    """The message says nothing that can be understood."""

    code = "webhook.bad_message"

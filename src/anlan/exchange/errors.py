"""Refusals about what leaves and what comes in."""

from anlan.kernel.errors import (
    DeniedError,
    InvalidError,
    RefusedError,
    UnauthenticatedError,
    UnknownError,
)


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


class UnknownWarningError(UnknownError):
    """No such warning in the actor's area."""

    code = "warning.unknown"


class OwnDraftError(RefusedError):
    """Whoever drafted a warning does not approve it."""

    code = "warning.own_draft"


class BadWarningError(InvalidError):
    """A statement of a warning breaks its rule."""

    code = "warning.bad_statement"


class BadAlertError(InvalidError):
    """An alert from somebody else is no CAP 1.2 alert; nothing of it is kept."""

    code = "alert.bad"


class BadEidoError(InvalidError):
    """An incident from somebody else is no EIDO that can be read; nothing of it is kept."""

    code = "eido.bad"


class NotLinkedError(DeniedError):
    """No agreement with the centre that sends holds at this time."""

    code = "eido.not_linked"

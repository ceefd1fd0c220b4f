"""Refusals of casework."""

from anlan.kernel.errors import (
    DeniedError,
    InvalidError,
    RefusedError,
    UnknownError,
)


class UnknownItemError(InvalidError):
    """The catalogue has no such item, or not on that day."""

    code = "item.unknown"


class UnknownCaseError(UnknownError):
    """No such case in the actor's area."""

    code = "case.unknown"


class UnknownPhotoError(UnknownError):
    """No such photo in the actor's area."""

    code = "case.photo_unknown"


class UnknownMoveError(UnknownError):
    """A case knows no move of this name."""

    code = "case.move_unknown"


class MoveNotAllowedError(RefusedError):
    """The move does not start from the state the case is in."""

    code = "case.move_not_allowed"


class NotYourCaseError(DeniedError):
    """The case is handled by another organisation, or by none."""

    code = "case.not_yours"


class OwnWorkError(RefusedError):
    """Who reported the handling may not verify it."""

    code = "case.own_work"


class ReopenedBeforeError(RefusedError):
    """A case is reopened at most once."""

    code = "case.reopened_before"


class NotFromIncidentError(RefusedError):
    """Only a case that came from an incident can go back to dispatch."""

    code = "case.not_from_incident"


class IncidentHasCaseError(RefusedError):
    """The incident has a case that was not returned."""

    code = "case.incident_has_case"


class PhotoMissingError(RefusedError):
    """The item asks for a photo of the handling, and there is none since the case was assigned."""

    code = "case.photo_missing"


class PhotoNotNowError(RefusedError):
    """In this state nothing is photographed."""

    code = "case.photo_not_now"


class TooManyPhotosError(RefusedError):
    """The case has as many photos as a case may have."""

    code = "case.too_many_photos"


class OrganisationElsewhereError(InvalidError):
    """The organisation does not serve the area in which the case lies."""

    code = "case.organisation_elsewhere"

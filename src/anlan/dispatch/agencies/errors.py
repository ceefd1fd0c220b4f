"""Refusals about linked agencies."""

from anlan.kernel.errors import InvalidError, RefusedError, UnknownError


class UnknownAgencyError(UnknownError):
    """No such agency."""

    code = "agency.unknown"


class UnknownAgreementError(UnknownError):
    """No such agreement, or it is somebody else's."""

    code = "agreement.unknown"


class UnknownShareError(UnknownError):
    """Nothing is shared under this id, or no more, or with somebody else."""

    code = "share.unknown"


class UnknownHelpRequestError(UnknownError):
    """No such request for help, or it is somebody else's."""

    code = "help_request.unknown"


class BadTermError(InvalidError):
    """A term of an agreement, a share or a request breaks its rule."""

    code = "agency.bad_term"


class NoAgreementError(RefusedError):
    """Both sides have not agreed to share such an incident now."""

    code = "agency.no_agreement"


class OfferOpenError(RefusedError):
    """An offer to this agency is not answered yet."""

    code = "agreement.offer_open"


class AskedAlreadyError(RefusedError):
    """The agency has not answered an earlier request for this incident."""

    code = "help_request.asked_already"

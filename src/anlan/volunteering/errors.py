"""Refusals of volunteering."""

from anlan.kernel.errors import RefusedError, UnknownError


class UnknownVolunteerTaskError(UnknownError):
    """No such task in the actor's area, or none with this number."""

    code = "volunteering.task_unknown"


class UnknownOfferError(UnknownError):
    """No such offer in the actor's area, or none with this number."""

    code = "volunteering.offer_unknown"


class TaskOverError(RefusedError):
    """The task is done, called off, or its time is over: no hours can be offered for it."""

    code = "volunteering.task_over"


class NotBegunError(RefusedError):
    """The task has not begun, so that it cannot be done."""

    code = "volunteering.not_begun"


class HoursFullError(RefusedError):
    """Fewer hours are still wanted than were offered. Facts: `left`."""

    code = "volunteering.hours_full"


class OffersAtOnceError(RefusedError):
    """So many offers came for the task within the hour that no more are taken. Facts: `most`."""

    code = "volunteering.offers_at_once"


class NoVolunteerContactError(UnknownError):
    """No contact stands with this offer: it ended, or its time is over."""

    code = "volunteering.no_contact"

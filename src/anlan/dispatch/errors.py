"""Refusals of dispatch."""

from anlan.kernel.errors import InvalidError, RefusedError, UnknownError


class UnknownIncidentError(UnknownError):
    """No such incident in the actor's area."""

    code = "incident.unknown"


class UnknownAssignmentError(UnknownError):
    """No such assignment in the actor's area."""

    code = "assignment.unknown"


class UnknownAttachmentError(UnknownError):
    """No such photo or voice note in the actor's area."""

    code = "attachment.unknown"


class TooManyAttachmentsError(RefusedError):
    """The incident holds as many photos and voice notes as it may."""

    code = "attachment.too_many"


class UnknownRecommendationError(UnknownError):
    """No such recommendation for this incident."""

    code = "recommendation.unknown"


class UnitBusyError(RefusedError):
    """The unit is on another assignment; its incident is named."""

    code = "unit.busy"


class UnitOffDutyError(RefusedError):
    """The unit is not on duty."""

    code = "unit.off_duty"


class UnitElsewhereError(RefusedError):
    """The unit does not serve the incident's area: its crew could not see the job."""

    code = "unit.elsewhere"


class CrewsAssignedError(RefusedError):
    """Units are still assigned; the incident cannot leave the desk."""

    code = "incident.crews_assigned"


class LastReportError(RefusedError):
    """The incident's only report cannot be taken from it."""

    code = "incident.last_report"


class NoLinkError(RefusedError):
    """The two incidents cannot be linked this way."""

    code = "incident.no_link"


class LinksChangedError(RefusedError):
    """What hangs together changed at the same moment; nothing was written."""

    code = "incident.links_changed"


class OwnWorkError(RefusedError):
    """Whoever did the work does not sign it off."""

    code = "incident.own_work"


class OffNetworkError(RefusedError):
    """No street lies near the incident, so no travel time can be given."""

    code = "incident.off_network"


class HighestAlarmError(RefusedError):
    """The run card of the incident knows no higher level of alarm."""

    code = "incident.highest_alarm"


class NoOfferError(RefusedError):
    """There is nobody to be taken from that incident any more: ask again."""

    code = "preemption.gone"


class UnknownPlanError(UnknownError):
    """No such plan in the actor's area."""

    code = "batch_plan.unknown"


class OldPlanError(RefusedError):
    """The plan is too old, or nothing of it is left to do: ask again."""

    code = "batch_plan.old"


class BadFactError(InvalidError):
    """A fact of a move breaks its rule."""

    code = "move.bad_fact"


class BadPeriodError(InvalidError):
    """A report was asked for over a period that cannot be."""

    code = "figure.period"


class UnknownClockRulesError(UnknownError):
    """There are no such clock rules in force."""

    code = "clock_rules.unknown"


class TopLevelError(RefusedError):
    """There is no further ring of units to ask."""

    code = "incident.top_level"

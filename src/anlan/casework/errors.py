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


class OwnWorkError(RefusedError):
    """Who handled the matter, account or organisation, may not say that it is put right."""

    code = "case.own_work"


class ReopenedBeforeError(RefusedError):
    """A case is reopened at most once."""

    code = "case.reopened_before"


class SentBackBeforeError(RefusedError):
    """The case was sent back once; the next refusal goes to the arbiter."""

    code = "case.sent_back_before"


class SentBackFirstError(RefusedError):
    """Nobody has refused the case yet: it is sent back before an arbiter is asked."""

    code = "case.not_sent_back_yet"


class DecidedError(RefusedError):
    """The arbiter has decided who handles the case, and that holds."""

    code = "case.decided"


class BegunBeforeError(RefusedError):
    """Somebody of the organisation has begun with the case since it came to it."""

    code = "case.begun_before"


class ChangedMeanwhileError(RefusedError):
    """Others did something to the case that whoever acts had not seen."""

    code = "case.changed_meanwhile"


class ActOutOfOrderError(RefusedError):
    """A later act of the same queue was taken before this one."""

    code = "case.act_out_of_order"


class EvaluatedBeforeError(RefusedError):
    """A closing is evaluated once."""

    code = "case.evaluated_before"


class ProposedItselfError(InvalidError):
    """Who refuses a case proposes another organisation for it."""

    code = "case.proposed_itself"


class NotPausableError(RefusedError):
    """The clock of this item may not be paused, or nobody handles the case now."""

    code = "case.not_pausable"


class PausedAlreadyError(RefusedError):
    """A pause of this case is asked for or running."""

    code = "case.paused_already"


class PauseTooLongError(InvalidError):
    """The pause is longer than its reason allows, or all pauses together are."""

    code = "case.pause_too_long"


class UnknownPauseError(UnknownError):
    """No such pause in the actor's area."""

    code = "case.pause_unknown"


class NotFromIncidentError(RefusedError):
    """Only a case that came from an incident can go back to dispatch."""

    code = "case.not_from_incident"


class FromIncidentError(RefusedError):
    """A case that came from an incident goes back to that one: it becomes no other."""

    code = "case.from_incident"


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


class UnknownTemporaryItemError(UnknownError):
    """No such item for a time in the actor's area."""

    code = "item.temporary_unknown"


class OwnItemError(RefusedError):
    """Who asked for an item for a time does not decide on it."""

    code = "item.own"


class KeptOutError(InvalidError):
    """No item may be about a kind of person, a gathering, belief, tenancy or a visitor."""

    code = "item.kept_out"


class UnlistedItemError(RefusedError):
    """The item is not in the catalogue in force; grid officers are given nothing else."""

    code = "item.unlisted"


class CalledUpError(RefusedError):
    """A joint task of the case is open: it is closed first."""

    code = "case.called_up"


class LeadsError(RefusedError):
    """Other cases are merged into this one: they are taken out first."""

    code = "case.leads"


class NotLeadingError(InvalidError):
    """A case is merged into an open one of the same area, itself merged into none, not itself."""

    code = "case.not_leading"


class UnknownTaskError(UnknownError):
    """No such joint task, or part of one, in the actor's area."""

    code = "task.unknown"


class PartsOpenError(RefusedError):
    """A part of the joint task is neither done nor waived."""

    code = "task.parts_open"


class TaskClosedError(RefusedError):
    """The joint task is closed."""

    code = "task.closed"


class CaseEndedError(RefusedError):
    """Nobody is called up to a case that is closed or went back to dispatch."""

    code = "task.case_ended"


class NotCallableError(InvalidError):
    """Departments are called up, each once, and none by itself."""

    code = "task.not_callable"


class PartPhotoError(RefusedError):
    """Photos are taken while a part is open, and only so many."""

    code = "task.photo_not_now"


class UnknownRoutingTableError(UnknownError):
    """No such routing table in the actor's area."""

    code = "routing.unknown"


class DraftChangedError(RefusedError):
    """Somebody else changed the draft meanwhile; nothing of theirs is written over."""

    code = "routing.changed"


class NotADraftError(RefusedError):
    """Only a draft is changed; what was proposed or published stays as it is."""

    code = "routing.not_a_draft"


class OwnTableError(RefusedError):
    """Who wrote any of a table does not publish it."""

    code = "routing.own"


class FaultyTableError(RefusedError):
    """The table has findings with which nothing is published."""

    code = "routing.faulty"


class SealedError(RefusedError):
    """The case is sealed: it is unsealed first."""

    code = "case.sealed"


class NotSealedError(RefusedError):
    """The case is not sealed."""

    code = "case.not_sealed"


class NoOrganisationError(DeniedError):
    """Who works for no organisation would seal the case from himself."""

    code = "case.sealed_by_nobody"


class TooManyUnreviewedError(RefusedError):
    """So many of the person's looks at sealed cases wait for review that there is none more."""

    code = "glass.unreviewed"


class TooManyMissesError(RefusedError):
    """The person asked for so many numbers that nothing opened that there is none more today."""

    code = "glass.misses"


class UnknownGlassError(UnknownError):
    """No such look at a sealed case that the reader may know of."""

    code = "glass.unknown"


class OwnGlassError(RefusedError):
    """Nobody reviews his own look at a sealed case."""

    code = "glass.own"


class ReviewedBeforeError(RefusedError):
    """The look was reviewed already."""

    code = "glass.reviewed_before"

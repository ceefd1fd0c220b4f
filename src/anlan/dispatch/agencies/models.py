"""Tables of linked agencies."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from anlan.dispatch.models import Incident
from anlan.kernel.rows import PlacedRow, StepRow

AGREEMENT_STATES = ["OFFERED", "ACCEPTED", "REFUSED", "WITHDRAWN", "ENDED"]
HELP_STATES = ["ASKED", "ACCEPTED", "REFUSED", "WITHDRAWN", "FULFILLED"]
OPEN_HELP_STATES = ["ASKED", "ACCEPTED"]
SHAREABLE = ["kind", "priority", "place", "text", "needs", "phase", "units", "times"]
NOTE_MAX_CHARACTERS = 500
UNITS_LIMIT = 50


class Agreement(PlacedRow):
    """What one agency may be shown, for which kinds of incident, from when until when.

    It counts while its state is ACCEPTED and the time lies within; the agency's consent is its own
    move. No kinds means all of them.
    """

    agency_id = models.UUIDField()
    fields = ArrayField(models.CharField(max_length=16))
    kinds = ArrayField(models.CharField(max_length=40), default=list)
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    state = models.CharField(max_length=16, default="OFFERED")
    offered_by = models.CharField(max_length=64)
    offered_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "agencies_agreement"
        constraints = [
            models.CheckConstraint(
                name="agencies_agreement_state", condition=Q(state__in=AGREEMENT_STATES)
            ),
            models.CheckConstraint(
                name="agencies_agreement_fields",
                condition=Q(fields__contained_by=SHAREABLE, fields__len__gte=1),
            ),
            models.CheckConstraint(
                name="agencies_agreement_times", condition=Q(ends_at__gt=F("begins_at"))
            ),
            models.UniqueConstraint(
                name="agencies_agreement_one_offer",
                fields=["agency_id"],
                condition=Q(state="OFFERED"),
            ),
            models.UniqueConstraint(
                name="agencies_agreement_one_accepted",
                fields=["agency_id"],
                condition=Q(state="ACCEPTED"),
            ),
        ]

    def __str__(self) -> str:
        return f"agreement {self.pk} {self.state}"


class AgreementStep(StepRow):
    """One move of an agreement."""

    class Meta:
        db_table = "agencies_agreement_step"
        indexes = [models.Index(name="agencies_agreement_step_of", fields=["subject_id", "id"])]

    def __str__(self) -> str:
        return f"{self.move} {self.made_at:%Y-%m-%dT%H:%M:%SZ}"


class Share(PlacedRow):
    """One incident shown to one agency: which fields, from when until when, under what agreement.

    The rule that led to it is named with its version; both are empty where a person decided.
    """

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="+")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="+")
    agency_id = models.UUIDField()
    fields = ArrayField(models.CharField(max_length=16))
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    shared_by = models.CharField(max_length=64)
    rule_id = models.CharField(max_length=64, default="")
    rule_version = models.CharField(max_length=16, default="")

    class Meta:
        db_table = "agencies_share"
        constraints = [
            models.CheckConstraint(
                name="agencies_share_times", condition=Q(ends_at__gt=F("begins_at"))
            ),
            models.UniqueConstraint(
                name="agencies_share_one_at_a_time",
                fields=["incident", "agency_id"],
                condition=Q(ended_at__isnull=True),
            ),
        ]
        indexes = [models.Index(name="agencies_share_of_agency", fields=["agency_id", "id"])]

    def __str__(self) -> str:
        return f"share {self.pk}"


class HelpRequest(PlacedRow):
    """What an agency is asked to bring to an incident, and what it answered."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="+")
    share = models.ForeignKey(Share, on_delete=models.PROTECT, related_name="+")
    agency_id = models.UUIDField()
    incident_number = models.CharField(max_length=16)
    capabilities = ArrayField(models.CharField(max_length=32))
    unit_count = models.SmallIntegerField()
    note = models.CharField(max_length=NOTE_MAX_CHARACTERS, default="")
    state = models.CharField(max_length=16, default="ASKED")
    reason = models.CharField(max_length=NOTE_MAX_CHARACTERS, default="")
    asked_by = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    overdue_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    rule_id = models.CharField(max_length=64, default="")
    rule_version = models.CharField(max_length=16, default="")

    class Meta:
        db_table = "agencies_help_request"
        constraints = [
            models.CheckConstraint(
                name="agencies_help_request_state", condition=Q(state__in=HELP_STATES)
            ),
            models.CheckConstraint(
                name="agencies_help_request_units", condition=Q(unit_count__range=(1, UNITS_LIMIT))
            ),
            models.CheckConstraint(
                name="agencies_help_request_ended",
                condition=Q(state__in=OPEN_HELP_STATES, ended_at__isnull=True)
                | (~Q(state__in=OPEN_HELP_STATES) & Q(ended_at__isnull=False)),
            ),
            models.UniqueConstraint(
                name="agencies_help_request_one_unanswered",
                fields=["incident", "agency_id"],
                condition=Q(state="ASKED"),
            ),
        ]
        indexes = [models.Index(name="agencies_help_of_agency", fields=["agency_id", "id"])]

    def __str__(self) -> str:
        return f"help request {self.pk} {self.state}"


class SharedIncident(models.Model):
    """The view that an agency reads: of each incident shared with it now, the agreed fields.

    The database fills in nothing else, and shows no row before a share begins or after it ends. The
    id is the share's.
    """

    id = models.UUIDField(primary_key=True)
    incident_id = models.UUIDField()
    fields = ArrayField(models.CharField(max_length=16))
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    number = models.CharField(max_length=16)
    state = models.CharField(max_length=16)
    kind = models.CharField(max_length=40, null=True)
    priority = models.SmallIntegerField(null=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    place_text = models.CharField(max_length=300, null=True)
    text = models.CharField(max_length=2_000, null=True)
    needs = ArrayField(models.CharField(max_length=32), null=True)
    job_states = ArrayField(models.CharField(max_length=16), null=True)
    units = ArrayField(models.CharField(max_length=24), null=True)
    received_at = models.DateTimeField(null=True)
    dispatched_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        managed = False
        db_table = "agencies_shared_incident"

    def __str__(self) -> str:
        return f"shared {self.number}"

"""Tables of dispatch."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from anlan.kernel.rows import PackedJSON, PlacedRow, StepRow

INCIDENT_STATES = ["OPEN", "LINKED", "DIVERTED", "CLOSED"]
ASSIGNMENT_STATES = ["ASSIGNED", "EN_ROUTE", "ON_SCENE", "CLEARED", "CANCELLED"]
OPEN_STATES = ["ASSIGNED", "EN_ROUTE", "ON_SCENE"]
TEXT_MAX_CHARACTERS = 2_000
ALARM_LEVEL_MAX = 9
PLACE_MAX_CHARACTERS = 300
ATTACHMENT_KINDS = ["PHOTO", "VOICE"]
ATTACHMENTS_PER_INCIDENT_LIMIT = 60


class Incident(PlacedRow):
    """Something that needs units: where, what, how urgent, and the stamps of its clock.

    `received_at`, `dispatched_at` and `arrived_at` are those of its first round, for good; each
    time it is opened again a `Reopening` has its own.

    One that has a `parent` is the same event (LINKED: what becomes of it is what becomes of its
    parent) or, while it has a life of its own, a part of a larger one.
    """

    number = models.CharField(max_length=16, unique=True)
    kind = models.CharField(max_length=40)
    priority = models.SmallIntegerField()
    needs = ArrayField(models.CharField(max_length=32))
    channel = models.CharField(max_length=8)
    lon = models.FloatField()
    lat = models.FloatField()
    place_text = models.CharField(max_length=PLACE_MAX_CHARACTERS)
    site_kind = models.CharField(max_length=16, default="", blank=True)
    text = models.CharField(max_length=TEXT_MAX_CHARACTERS)
    state = models.CharField(max_length=16, default="OPEN")
    alarm_level = models.SmallIntegerField(default=1)
    report_count = models.IntegerField(default=1)
    escalation_level = models.SmallIntegerField(default=0)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    rang_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField()
    dispatched_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    reopened_at = models.DateTimeField(null=True)
    round = models.SmallIntegerField(default=1)
    disposition = models.CharField(max_length=24, default="")

    class Meta:
        db_table = "dispatch_incident"
        constraints = [
            models.CheckConstraint(
                name="dispatch_incident_state", condition=Q(state__in=INCIDENT_STATES)
            ),
            models.CheckConstraint(
                name="dispatch_incident_priority", condition=Q(priority__range=(1, 4))
            ),
            models.CheckConstraint(
                name="dispatch_incident_alarm_level",
                condition=Q(alarm_level__range=(1, ALARM_LEVEL_MAX)),
            ),
            models.CheckConstraint(
                name="dispatch_incident_closed_has_disposition",
                condition=Q(state="CLOSED", closed_at__isnull=False) & ~Q(disposition="")
                | ~Q(state="CLOSED"),
            ),
            models.CheckConstraint(
                name="dispatch_incident_linked_to_another",
                condition=(~Q(state="LINKED") | Q(parent__isnull=False))
                & (Q(parent__isnull=True) | ~Q(parent=F("id"))),
            ),
            models.CheckConstraint(
                name="dispatch_incident_answered_after_ringing",
                condition=Q(answered_at__isnull=True)
                | Q(rang_at__isnull=True)
                | Q(answered_at__gte=F("rang_at")),
            ),
        ]
        indexes = [
            models.Index(name="dispatch_incident_list", fields=["state", "area", "id"]),
            models.Index(name="dispatch_incident_received", fields=["received_at"]),
            models.Index(
                name="dispatch_incident_open_near",
                fields=["lon", "lat"],
                condition=Q(state="OPEN"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.state}"


class Reopening(PlacedRow):
    """A later round of an incident: how the round before it ended, and the stamps of this one."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="reopenings")
    round = models.SmallIntegerField()
    closed_at = models.DateTimeField()
    disposition = models.CharField(max_length=24)
    reopened_at = models.DateTimeField()
    dispatched_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "dispatch_reopening"
        constraints = [
            models.UniqueConstraint(name="dispatch_reopening_once", fields=["incident", "round"]),
            models.CheckConstraint(
                name="dispatch_reopening_is_a_later_round", condition=Q(round__gte=2)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.incident_id} round {self.round}"


class Assignment(PlacedRow):
    """One unit's job at one incident, in one of its rounds, with a state of its own.

    Its stamps are the times at which the crew acted, as far as its device is believed
    (`anlan.dispatch.told_times`); when the server heard of it stands in the history.
    """

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="assignments")
    unit_id = models.UUIDField()
    call_sign = models.CharField(max_length=24)
    unit_kind = models.CharField(max_length=32)
    round = models.SmallIntegerField(default=1)
    state = models.CharField(max_length=16, default="ASSIGNED")
    recommendation_id = models.UUIDField(null=True)
    expected_travel_s = models.FloatField(null=True)
    assigned_at = models.DateTimeField()
    en_route_at = models.DateTimeField(null=True)
    on_scene_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=TEXT_MAX_CHARACTERS, default="")
    cleared_by = models.CharField(max_length=64, default="")

    class Meta:
        db_table = "dispatch_assignment"
        constraints = [
            models.CheckConstraint(
                name="dispatch_assignment_state", condition=Q(state__in=ASSIGNMENT_STATES)
            ),
            models.UniqueConstraint(
                name="dispatch_assignment_one_job_a_unit",
                fields=["unit_id"],
                condition=Q(state__in=OPEN_STATES),
            ),
            models.CheckConstraint(
                name="dispatch_assignment_ended",
                condition=Q(state__in=OPEN_STATES, ended_at__isnull=True)
                | (~Q(state__in=OPEN_STATES) & Q(ended_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call_sign} {self.state}"


class Recommendation(PlacedRow):
    """What was recommended, from which facts: enough to get the same answer again.

    `asked` holds where each unit stood. It is erased when those positions expire; what was
    recommended, its times, reasons and rules stay.
    """

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=64)
    pack = models.CharField(max_length=64)
    asked = PackedJSON(null=True)
    ranking = models.JSONField()
    answer = models.JSONField(default=dict)
    policy = models.JSONField(default=dict)
    closures = ArrayField(models.UUIDField(), default=list)

    class Meta:
        db_table = "dispatch_recommendation"
        indexes = [
            models.Index(
                name="dispatch_recommendation_asked",
                fields=["made_at"],
                condition=Q(asked__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"recommendation {self.pk}"


class BatchPlan(PlacedRow):
    """Which units should go to all incidents that wait, from which facts."""

    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=64)
    pack = models.CharField(max_length=64)
    asked = PackedJSON()
    answer = models.JSONField()
    policy = models.JSONField()
    closures = ArrayField(models.UUIDField(), default=list)

    class Meta:
        db_table = "dispatch_batch_plan"

    def __str__(self) -> str:
        return f"batch plan {self.pk}"


class IncidentAttachment(PlacedRow):
    """A photo or a voice note of a crew at an incident. Rows are only ever added.

    `ordinal` counts the attachments of an incident from 1; its limit is the limit of attachments.
    `told_at` is when the device says it was taken.
    """

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="attachments")
    ordinal = models.SmallIntegerField()
    kind = models.CharField(max_length=8)
    content_type = models.CharField(max_length=40)
    content = models.BinaryField()
    seconds = models.SmallIntegerField(null=True)
    call_sign = models.CharField(max_length=24)
    added_by = models.CharField(max_length=64)
    added_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "dispatch_incident_attachment"
        constraints = [
            models.UniqueConstraint(
                name="dispatch_incident_attachment_once", fields=["incident", "ordinal"]
            ),
            models.CheckConstraint(
                name="dispatch_incident_attachment_limit",
                condition=Q(ordinal__range=(1, ATTACHMENTS_PER_INCIDENT_LIMIT)),
            ),
            models.CheckConstraint(
                name="dispatch_incident_attachment_kind",
                condition=Q(kind__in=ATTACHMENT_KINDS),
            ),
            models.CheckConstraint(
                name="dispatch_incident_attachment_not_told_later",
                condition=Q(told_at__isnull=True) | Q(told_at__lte=F("added_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.ordinal} {self.kind}"


class IncidentStep(StepRow):
    """One move of an incident or of an assignment to it (then `facts` names the unit).

    `ordinal` counts the steps of an incident from 1 and orders them, whatever any clock says; the
    database gives it. `made_at` is when the server took the step. `told_at` is when a crew's device
    says it happened, where that was earlier: a telephone without network tells later.
    """

    ordinal = models.IntegerField(default=0, editable=False)
    told_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "dispatch_incident_step"
        constraints = [
            models.CheckConstraint(
                name="dispatch_incident_step_not_told_later",
                condition=Q(told_at__isnull=True) | Q(told_at__lte=F("made_at")),
            ),
            models.UniqueConstraint(
                name="dispatch_incident_step_in_order", fields=["subject_id", "ordinal"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.move} {self.made_at:%Y-%m-%dT%H:%M:%SZ}"

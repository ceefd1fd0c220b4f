"""Tables of reports, and of what is kept apart from them."""

from django.db import models
from django.db.models import F, Q

from anlan.kernel.rows import PlacedRow, StepRow

CHANNELS = ["PHONE", "WEB", "API"]
CALL_STATES = ["RINGING", "ANSWERED", "SILENT", "ABANDONED", "ENDED"]
CALL_BACK_STATES = ["SILENT", "ABANDONED"]
DIRECTIONS = ["FROM_REPORTER", "TO_REPORTER"]
ERASED = "[… 已删除 · erased …]"
"""Stands where words of a reporter were; a trigger lets nothing else be written over them."""


class Call(PlacedRow):
    """One telephone call at the centre. Who called stands apart, sealed; nothing joins two calls.

    `area` is that of whoever took it in: a call has no place before something is reported.
    """

    state = models.CharField(max_length=16)
    rang_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=64, default="")
    answered_by_name = models.CharField(max_length=120, default="")
    call_back_due_at = models.DateTimeField(null=True)
    call_back_tries = models.SmallIntegerField(default=0)

    class Meta:
        db_table = "intake_call"
        constraints = [
            models.CheckConstraint(name="intake_call_state", condition=Q(state__in=CALL_STATES)),
            models.CheckConstraint(
                name="intake_call_back_due_exactly_when_owed",
                condition=Q(state__in=CALL_BACK_STATES, call_back_due_at__isnull=False)
                | (~Q(state__in=CALL_BACK_STATES) & Q(call_back_due_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="intake_call_ended",
                condition=Q(state="ENDED", ended_at__isnull=False)
                | (~Q(state="ENDED") & Q(ended_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="intake_call_answered_after_ringing",
                condition=Q(answered_at__isnull=True) | Q(answered_at__gte=F("rang_at")),
            ),
        ]
        indexes = [
            models.Index(
                name="intake_call_open", fields=["area", "id"], condition=~Q(state="ENDED")
            )
        ]

    def __str__(self) -> str:
        return f"call {self.pk} {self.state}"


class CallStep(StepRow):
    """One move of a call, and when."""

    class Meta:
        db_table = "intake_call_step"
        indexes = [models.Index(name="intake_call_step_of", fields=["subject_id", "id"])]

    def __str__(self) -> str:
        return f"{self.move} {self.made_at:%Y-%m-%dT%H:%M:%SZ}"


class Report(PlacedRow):
    """What somebody reported. What was said never changes, but is erased in its time.

    The outcome is exactly one incident or one case, named by its id: other slices own those rows.
    Only the incident may be put right, when the report turns out to be about another one; a case
    that turns out to be an incident takes its report along, and never back. Nothing here says who
    reported. What the words suggested stands beside what was chosen, so that the suggestions can be
    measured.
    """

    number = models.CharField(max_length=16, unique=True)
    channel = models.CharField(max_length=8)
    kind = models.CharField(max_length=32)
    priority = models.SmallIntegerField()
    lon = models.FloatField()
    lat = models.FloatField()
    place_text = models.CharField(max_length=200)
    text = models.CharField(max_length=2_000)
    rang_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField()
    taken_by = models.CharField(max_length=64)
    incident_id = models.UUIDField(null=True)
    case_id = models.UUIDField(null=True)
    attached = models.BooleanField()
    call = models.OneToOneField(Call, on_delete=models.PROTECT, null=True, related_name="report")
    suggested_kind = models.CharField(max_length=32, default="")
    suggested_priority = models.SmallIntegerField(null=True)
    suggested_place_off_m = models.FloatField(null=True)

    class Meta:
        db_table = "intake_report"
        constraints = [
            models.CheckConstraint(name="intake_report_channel", condition=Q(channel__in=CHANNELS)),
            models.CheckConstraint(
                name="intake_report_priority", condition=Q(priority__range=(1, 4))
            ),
            models.CheckConstraint(
                name="intake_report_on_earth",
                condition=Q(lon__range=(-180, 180), lat__range=(-90, 90)),
            ),
            models.CheckConstraint(
                name="intake_report_one_outcome",
                condition=Q(incident_id__isnull=False, case_id__isnull=True)
                | Q(incident_id__isnull=True, case_id__isnull=False),
            ),
            models.CheckConstraint(
                name="intake_report_times_in_order",
                condition=(Q(rang_at__isnull=True) | Q(rang_at__lte=F("received_at")))
                & (Q(answered_at__isnull=True) | Q(answered_at__lte=F("received_at")))
                & (
                    Q(rang_at__isnull=True)
                    | Q(answered_at__isnull=True)
                    | Q(rang_at__lte=F("answered_at"))
                ),
            ),
        ]
        indexes = [
            models.Index(
                name="intake_report_incident",
                fields=["incident_id"],
                condition=Q(incident_id__isnull=False),
            ),
            models.Index(
                name="intake_report_case", fields=["case_id"], condition=Q(case_id__isnull=False)
            ),
            models.Index(
                name="intake_report_words", fields=["received_at"], condition=~Q(text=ERASED)
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Contact(PlacedRow):
    """How to call somebody back: sealed, apart from the report or call, deleted in its time."""

    report = models.OneToOneField(
        Report, on_delete=models.PROTECT, related_name="contact", null=True
    )
    call = models.OneToOneField(Call, on_delete=models.PROTECT, related_name="contact", null=True)
    sealed = models.BinaryField(max_length=1_024)
    expires_at = models.DateTimeField()

    class Meta:
        db_table = "intake_contact"
        constraints = [
            models.CheckConstraint(
                name="intake_contact_of_one",
                condition=Q(report__isnull=False, call__isnull=True)
                | Q(report__isnull=True, call__isnull=False),
            )
        ]
        indexes = [models.Index(name="intake_contact_expiry", fields=["expires_at"])]

    def __str__(self) -> str:
        return f"contact of {self.report_id or self.call_id}"


class ReportPhoto(PlacedRow):
    """A photo that came with a report: a JPEG without metadata."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="photos")
    jpeg = models.BinaryField()

    class Meta:
        db_table = "intake_report_photo"

    def __str__(self) -> str:
        return f"photo of {self.report_id}"


class ReportUpdate(PlacedRow):
    """Further words of a reporter, or words to one. Rows are only ever added."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="updates")
    direction = models.CharField(max_length=16)
    channel = models.CharField(max_length=8)
    text = models.CharField(max_length=2_000)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=64)

    class Meta:
        db_table = "intake_report_update"
        constraints = [
            models.CheckConstraint(
                name="intake_report_update_direction", condition=Q(direction__in=DIRECTIONS)
            ),
            models.CheckConstraint(
                name="intake_report_update_channel", condition=Q(channel__in=CHANNELS)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.direction} of {self.report_id}"


class ProtocolAnswer(PlacedRow):
    """One answer to a key question, and by which version it was asked. Rows are only ever added.

    A later answer to the same question counts instead of the earlier one.
    """

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="answers")
    protocol_id = models.CharField(max_length=48)
    protocol_version = models.CharField(max_length=16)
    question = models.CharField(max_length=32)
    answer = models.JSONField()
    answered_at = models.DateTimeField()
    answered_by = models.CharField(max_length=64)

    class Meta:
        db_table = "intake_protocol_answer"

    def __str__(self) -> str:
        return f"{self.question} of {self.report_id}"

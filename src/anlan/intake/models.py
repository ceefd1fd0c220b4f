"""Tables of reports, and of what is kept apart from them."""

from django.db import models
from django.db.models import F, Q

from anlan.kernel.rows import PlacedRow

CHANNELS = ["PHONE", "WEB", "API"]


class Report(PlacedRow):
    """What somebody reported. What was said never changes; what came of it is told by its outcome.

    The outcome is exactly one incident or one case, named by its id: other slices own those rows.
    Only the incident may be put right, when the report turns out to be about another one.
    Nothing here says who reported.
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
        ]

    def __str__(self) -> str:
        return self.number


class Contact(PlacedRow):
    """How to call a reporter back: sealed, apart from the report, deleted when its time is over."""

    report = models.OneToOneField(Report, on_delete=models.PROTECT, related_name="contact")
    sealed = models.BinaryField(max_length=1_024)
    expires_at = models.DateTimeField()

    class Meta:
        db_table = "intake_contact"
        indexes = [models.Index(name="intake_contact_expiry", fields=["expires_at"])]

    def __str__(self) -> str:
        return f"contact of {self.report_id}"


class ReportPhoto(PlacedRow):
    """A photo that came with a report: a JPEG without metadata."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="photos")
    jpeg = models.BinaryField()

    class Meta:
        db_table = "intake_report_photo"

    def __str__(self) -> str:
        return f"photo of {self.report_id}"

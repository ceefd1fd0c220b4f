"""Tables of what leaves and what came in."""

from django.db import models
from django.db.models import F, Q

from anlan.kernel.rows import PlacedRow, StepRow

WARNING_STATES = ["DRAFT", "APPROVED", "PUBLISHED", "DISCARDED", "CANCELLED", "REPLACED"]
HEADLINE_MAX_CHARACTERS = 160
WORDS_MAX_CHARACTERS = 2_000
DELIVERY_STATES = ["PENDING", "DELIVERED", "DEAD"]
URL_MAX_CHARACTERS = 500
ERROR_MAX_CHARACTERS = 120


class Webhook(PlacedRow):
    """Where the messages of one agency go; its secret is sealed. One at a time an agency."""

    agency_id = models.UUIDField(unique=True)
    url = models.CharField(max_length=URL_MAX_CHARACTERS)
    sealed_secret = models.BinaryField()
    active = models.BooleanField(default=True)
    added_by = models.CharField(max_length=64)
    added_at = models.DateTimeField()
    busy_until = models.DateTimeField(null=True)

    class Meta:
        db_table = "exchange_webhook"

    def __str__(self) -> str:
        return f"webhook {self.pk}"


class Delivery(PlacedRow):
    """One message to one webhook: which event, how often it was tried, whether it arrived.

    Its content is read when it is sent, as the agency may see it then; only the event is kept.
    """

    webhook = models.ForeignKey(Webhook, on_delete=models.PROTECT, related_name="+")
    event_id = models.UUIDField()
    topic = models.CharField(max_length=64)
    subject_id = models.UUIDField()
    happened_at = models.DateTimeField()
    state = models.CharField(max_length=16, default="PENDING")
    attempts = models.SmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    last_status = models.SmallIntegerField(null=True)
    last_error = models.CharField(max_length=ERROR_MAX_CHARACTERS, default="")

    class Meta:
        db_table = "exchange_delivery"
        constraints = [
            models.CheckConstraint(
                name="exchange_delivery_state", condition=Q(state__in=DELIVERY_STATES)
            ),
            models.CheckConstraint(
                name="exchange_delivery_due",
                condition=Q(state="PENDING", due_at__isnull=False)
                | (~Q(state="PENDING") & Q(due_at__isnull=True)),
            ),
            models.UniqueConstraint(name="exchange_delivery_once", fields=["webhook", "event_id"]),
        ]
        indexes = [
            models.Index(
                name="exchange_delivery_waiting",
                fields=["webhook", "due_at"],
                condition=Q(state="PENDING"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.state}"


class TakenMessage(PlacedRow):
    """A signed message that came in and was done: the same id does nothing again."""

    webhook = models.ForeignKey(Webhook, on_delete=models.PROTECT, related_name="+")
    message_id = models.CharField(max_length=64)
    kind = models.CharField(max_length=48)
    subject_id = models.UUIDField()
    taken_at = models.DateTimeField()

    class Meta:
        db_table = "exchange_taken_message"
        constraints = [
            models.UniqueConstraint(
                name="exchange_taken_message_once", fields=["webhook", "message_id"]
            )
        ]
        indexes = [models.Index(name="exchange_taken_message_age", fields=["taken_at"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.message_id}"


class PublicWarning(PlacedRow):
    """A warning to the public: drafted by one person, approved by another, then published.

    What it says never changes; a correction is a new warning that replaces it. `words` holds what
    is said by language (`zh`, `en`), `ring` and `circle` where, in degrees and kilometres.
    """

    number = models.CharField(max_length=16, unique=True)
    state = models.CharField(max_length=16, default="DRAFT")
    status = models.CharField(max_length=12)
    category = models.CharField(max_length=12)
    urgency = models.CharField(max_length=12)
    severity = models.CharField(max_length=12)
    certainty = models.CharField(max_length=12)
    response = models.CharField(max_length=12)
    words = models.JSONField()
    ring = models.JSONField(null=True)
    circle = models.JSONField(null=True)
    expires_at = models.DateTimeField()
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    drafted_by = models.CharField(max_length=64)
    drafted_at = models.DateTimeField()
    approved_by = models.CharField(max_length=64, default="")
    approved_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "exchange_public_warning"
        constraints = [
            models.CheckConstraint(
                name="exchange_public_warning_state", condition=Q(state__in=WARNING_STATES)
            ),
            models.CheckConstraint(
                name="exchange_public_warning_approved_by_another",
                condition=Q(state__in=["DRAFT", "DISCARDED"])
                | (~Q(approved_by="") & ~Q(approved_by=F("drafted_by"))),
            ),
            models.CheckConstraint(
                name="exchange_public_warning_somewhere",
                condition=Q(ring__isnull=False) | Q(circle__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.state}"


class WarningStep(StepRow):
    """One move of a warning."""

    class Meta:
        db_table = "exchange_warning_step"
        indexes = [models.Index(name="exchange_warning_step_of", fields=["subject_id", "id"])]

    def __str__(self) -> str:
        return f"{self.move} {self.made_at:%Y-%m-%dT%H:%M:%SZ}"


class WarningMessage(PlacedRow):
    """One CAP document as it was published, for ever."""

    warning = models.ForeignKey(PublicWarning, on_delete=models.PROTECT, related_name="messages")
    identifier = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=8)
    title = models.CharField(max_length=HEADLINE_MAX_CHARACTERS * 2)
    document = models.BinaryField()
    sent_at = models.DateTimeField()

    class Meta:
        db_table = "exchange_warning_message"

    def __str__(self) -> str:
        return self.identifier


class ReceivedAlert(PlacedRow):
    """A CAP alert of another sender, as it was read."""

    identifier = models.CharField(max_length=200)
    sender = models.CharField(max_length=200)
    sent_at = models.DateTimeField()
    status = models.CharField(max_length=12)
    kind = models.CharField(max_length=8)
    scope = models.CharField(max_length=12)
    infos = models.JSONField()
    expires_at = models.DateTimeField(null=True)
    taken_by = models.CharField(max_length=64)
    taken_at = models.DateTimeField()

    class Meta:
        db_table = "exchange_received_alert"
        constraints = [
            models.UniqueConstraint(
                name="exchange_received_alert_once", fields=["sender", "identifier", "sent_at"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.sender} {self.identifier}"


class ReceivedIncident(PlacedRow):
    """An incident that another centre told of, and the report that it became here.

    `report_id` is null only inside the transaction that opens it.
    """

    agency_id = models.UUIDField()
    external_id = models.CharField(max_length=200)
    issuer = models.CharField(max_length=200)
    report_id = models.UUIDField(null=True)
    changed_at = models.DateTimeField()
    received_at = models.DateTimeField()

    class Meta:
        db_table = "exchange_received_incident"
        constraints = [
            models.UniqueConstraint(
                name="exchange_received_incident_once", fields=["agency_id", "external_id"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.issuer} {self.external_id}"

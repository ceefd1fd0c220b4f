"""Tables of what leaves and what came in."""

from django.db import models
from django.db.models import Q

from anlan.kernel.rows import PlacedRow

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

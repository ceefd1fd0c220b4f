"""The kernel's tables."""

from django.db import models

from anlan.kernel.rows import PlacedRow


class OutboxEntry(PlacedRow):
    """Something that happened, written in the transaction in which it happened.

    `sequence` is null until the one relay numbers it; screens follow that number.
    """

    topic = models.CharField(max_length=64)
    subject_id = models.UUIDField()
    body = models.JSONField()
    published_at = models.DateTimeField()
    audience = models.UUIDField(null=True)
    position = models.BigIntegerField(
        db_default=models.Func(models.Value("kernel_outbox_position"), function="nextval")
    )
    sequence = models.BigIntegerField(null=True, unique=True)

    class Meta:
        db_table = "kernel_outbox"
        indexes = [
            models.Index(
                name="kernel_outbox_waiting",
                fields=["position"],
                condition=models.Q(sequence__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.subject_id}"


class OutboxReader(PlacedRow):
    """How far a part of the system has read the outbox."""

    name = models.CharField(max_length=48, unique=True)
    sequence = models.BigIntegerField(default=0)

    class Meta:
        db_table = "kernel_outbox_reader"

    def __str__(self) -> str:
        return f"{self.name} {self.sequence}"


class KeptReply(PlacedRow):
    """The reply to a write that was done, kept so that the same key gets the same answer.

    Once `forgotten` it holds no reply, and still says that the key was used.
    """

    actor_id = models.CharField(max_length=64)
    key = models.UUIDField()
    request_digest = models.BinaryField(max_length=32)
    status = models.SmallIntegerField(null=True)
    content_type = models.CharField(max_length=80, default="")
    body = models.BinaryField(default=b"")
    kept_at = models.DateTimeField()
    forgotten = models.BooleanField(db_default=False)

    class Meta:
        db_table = "kernel_kept_reply"
        constraints = [
            models.UniqueConstraint(name="kernel_kept_reply_once", fields=["actor_id", "key"])
        ]
        indexes = [
            models.Index(name="kernel_kept_reply_age", fields=["kept_at"]),
            models.Index(  # not over `body`: a reply is written into its claim, and moves no index
                name="kernel_kept_reply_whole",
                fields=["kept_at"],
                condition=models.Q(forgotten=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.status}"


class FieldLook(PlacedRow):
    """One look at a protected field: who, at what, for which purpose. Only ever added."""

    actor_id = models.CharField(max_length=64)
    actor_name = models.CharField(max_length=120)
    field = models.CharField(max_length=64)
    subject_id = models.UUIDField()
    purpose = models.CharField(max_length=200)
    looked_at = models.DateTimeField()

    class Meta:
        db_table = "kernel_field_look"
        indexes = [models.Index(name="kernel_field_look_age", fields=["looked_at"])]

    def __str__(self) -> str:
        return f"{self.actor_id} {self.field} {self.subject_id}"


class Deadline(PlacedRow):
    """Something of a subject that is due at a moment and has not been handled or cleared yet.

    `try_at` is `due_at` until handling fails; then it is when handling is tried again.
    """

    subject_id = models.UUIDField()
    name = models.CharField(max_length=48)
    due_at = models.DateTimeField()
    facts = models.JSONField(default=dict)
    try_at = models.DateTimeField()
    failures = models.SmallIntegerField(default=0)

    class Meta:
        db_table = "kernel_deadline"
        constraints = [
            models.UniqueConstraint(name="kernel_deadline_once", fields=["subject_id", "name"])
        ]
        indexes = [models.Index(name="kernel_deadline_next", fields=["try_at"])]

    def __str__(self) -> str:
        return f"{self.name} {self.due_at:%Y-%m-%dT%H:%M:%SZ}"


class DataKey(PlacedRow):
    """A key that seals texts of one column for a day, itself sealed with a master key.

    The master key lies outside the database. Who deletes a data key makes what it sealed
    unreadable.
    """

    holder = models.CharField(max_length=96)
    made_at = models.DateTimeField()
    master = models.CharField(max_length=48)
    sealed = models.BinaryField()

    class Meta:
        db_table = "kernel_data_key"
        indexes = [models.Index(name="kernel_data_key_youngest", fields=["holder", "made_at"])]

    def __str__(self) -> str:
        return f"{self.holder} {self.made_at:%Y-%m-%d}"

"""Tables of the review. Rows are only ever added: a correction is a new row."""

from django.db import models
from django.db.models import Q

from anlan.dispatch.models import Incident, IncidentStep
from anlan.kernel.rows import PlacedRow

DESK_NOTE_KINDS = ["NOTE", "PROMISE", "DONE"]
REVIEW_KINDS = ["WENT_WELL", "TO_CHANGE", "FOLLOW_UP"]
REVIEW_STATES = ["STANDS", "DONE", "WITHDRAWN"]
TEXT_MAX_CHARACTERS = 2_000
VERSIONS_LIMIT = 50


class DeskNote(PlacedRow):
    """One entry in the log of a desk: words, a promise with its time, or that it was kept.

    `area` is the desk's own: everybody whose area begins there reads one log.
    """

    kind = models.CharField(max_length=8)
    text = models.CharField(max_length=TEXT_MAX_CHARACTERS)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, null=True, related_name="+")
    due_at = models.DateTimeField(null=True)
    settles = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="settled_by"
    )
    made_by = models.CharField(max_length=64)
    made_by_name = models.CharField(max_length=120)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "review_desk_note"
        constraints = [
            models.CheckConstraint(
                name="review_desk_note_kind",
                condition=Q(kind="NOTE", due_at__isnull=True, settles__isnull=True)
                | Q(kind="PROMISE", due_at__isnull=False, settles__isnull=True)
                | Q(kind="DONE", due_at__isnull=True, settles__isnull=False),
            ),
            models.CheckConstraint(name="review_desk_note_says_something", condition=~Q(text="")),
        ]
        indexes = [models.Index(name="review_desk_note_log", fields=["area", "made_at"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.made_at:%Y-%m-%dT%H:%M:%SZ}"


class Handover(PlacedRow):
    """What one shift handed to the next: the picture as it stood, and its own words.

    `picture` is what was open, due, promised and out of service then, each list cut at a limit
    beside its full count.
    """

    text = models.CharField(max_length=TEXT_MAX_CHARACTERS, default="")
    picture = models.JSONField()
    made_by = models.CharField(max_length=64)
    made_by_name = models.CharField(max_length=120)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "review_handover"
        indexes = [models.Index(name="review_handover_log", fields=["area", "made_at"])]

    def __str__(self) -> str:
        return f"handover {self.made_at:%Y-%m-%dT%H:%M:%SZ}"


class Takeover(PlacedRow):
    """That somebody has read a hand-over and has the desk from then on; once, by another person."""

    handover = models.OneToOneField(Handover, on_delete=models.PROTECT, related_name="takeover")
    remark = models.CharField(max_length=TEXT_MAX_CHARACTERS, default="")
    taken_by = models.CharField(max_length=64)
    taken_by_name = models.CharField(max_length=120)
    taken_at = models.DateTimeField()

    class Meta:
        db_table = "review_takeover"

    def __str__(self) -> str:
        return f"takeover of {self.handover_id}"


class ReviewNote(PlacedRow):
    """One version of an after-action note on an incident.

    A note is about how the work went: never about callers as persons. `step` is the entry of the
    timeline that it is about, where it is about one. A correction, a follow-up that was done and a
    withdrawal are further versions with the same `note_id`.
    """

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="+")
    note_id = models.UUIDField()
    version = models.SmallIntegerField()
    kind = models.CharField(max_length=12)
    state = models.CharField(max_length=12, default="STANDS")
    text = models.CharField(max_length=TEXT_MAX_CHARACTERS)
    step = models.ForeignKey(IncidentStep, on_delete=models.PROTECT, null=True, related_name="+")
    owner_id = models.UUIDField(null=True)
    due_date = models.DateField(null=True)
    made_by = models.CharField(max_length=64)
    made_by_name = models.CharField(max_length=120)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "review_note"
        constraints = [
            models.UniqueConstraint(
                name="review_note_one_of_a_version", fields=["note_id", "version"]
            ),
            models.CheckConstraint(
                name="review_note_version", condition=Q(version__range=(1, VERSIONS_LIMIT))
            ),
            models.CheckConstraint(name="review_note_kind", condition=Q(kind__in=REVIEW_KINDS)),
            models.CheckConstraint(name="review_note_state", condition=Q(state__in=REVIEW_STATES)),
            models.CheckConstraint(
                name="review_note_follow_up_has_owner_and_date",
                condition=Q(kind="FOLLOW_UP", owner_id__isnull=False, due_date__isnull=False)
                | (~Q(kind="FOLLOW_UP") & ~Q(state="DONE")
                   & Q(owner_id__isnull=True, due_date__isnull=True)),
            ),
            models.CheckConstraint(name="review_note_says_something", condition=~Q(text="")),
        ]  # fmt: skip
        indexes = [models.Index(name="review_note_of", fields=["incident", "id"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.note_id} version {self.version}"

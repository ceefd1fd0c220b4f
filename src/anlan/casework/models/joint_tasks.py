"""Tables of joint tasks: several departments called up to one matter, a part for each."""

from django.db import models
from django.db.models import Q

from anlan.casework.models.cases import (
    PLACE_TEXT_LIMIT_CHARACTERS,
    TEXT_LIMIT_CHARACTERS,
    Case,
    set_exactly_in,
)
from anlan.casework.transitions import FACT_LIMIT_CHARACTERS, PART_ENDS, PartState, TaskState
from anlan.kernel.rows import PlacedRow, StepRow

TASK_STATES = sorted(state.value for state in TaskState)
PART_STATES = sorted(state.value for state in PartState)
ENDED_PARTS = sorted(state.value for state in PART_ENDS)
COME_PARTS = ["DONE", "REPORTED_IN"]
PARTS_PER_TASK_MIN = 2
PARTS_PER_TASK_LIMIT = 12
PHOTOS_PER_PART_LIMIT = 6
DUTY_LIMIT_CHARACTERS = 400
NOTE_LIMIT_CHARACTERS = 400


class JointTask(PlacedRow):
    """Something that several departments see to together, called up by `organisation_id`.

    It belongs to a case, or stands for itself at a place. While it is open, its case neither closes
    nor goes back to dispatch; it closes when every part has ended. Triggers hold both, and keep
    everything but the end as it was.
    """

    number = models.CharField(max_length=16, unique=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="joint_tasks", null=True)
    item_code = models.CharField(max_length=8)
    state = models.CharField(max_length=16, default="OPEN")
    lon = models.FloatField()
    lat = models.FloatField()
    place_text = models.CharField(max_length=PLACE_TEXT_LIMIT_CHARACTERS, blank=True)
    text = models.CharField(max_length=TEXT_LIMIT_CHARACTERS)
    organisation_id = models.UUIDField()
    opened_by = models.CharField(max_length=64)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "casework_joint_task"
        constraints = [
            models.CheckConstraint(
                name="casework_joint_task_state", condition=Q(state__in=TASK_STATES)
            ),
            models.CheckConstraint(
                name="casework_joint_task_on_earth",
                condition=Q(lon__range=(-180, 180), lat__range=(-90, 90)),
            ),
            models.CheckConstraint(
                name="casework_joint_task_closed_when",
                condition=set_exactly_in(["CLOSED"], closed_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="casework_joint_task_by_state", fields=["state", "-id"]),
            models.Index(name="casework_joint_task_by_caller", fields=["organisation_id", "-id"]),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.state}"


class JointPart(PlacedRow):
    """What one department does of a joint task.

    `holder_due_at` is by when whoever has it now is to act: the department to report in or to be
    done, the arbiter to decide; `due_at` by when the part is to be done. Both are empty where the
    clock stands still, or working days are not known yet. `came_late` and `late` say that the
    department was late to report in, or with the part: what is told of it, never of a person.
    `decided` once the arbiter has: nobody refuses after that.
    """

    task = models.ForeignKey(JointTask, on_delete=models.PROTECT, related_name="parts")
    organisation_id = models.UUIDField()
    duty = models.CharField(max_length=DUTY_LIMIT_CHARACTERS)
    state = models.CharField(max_length=16, default="CALLED")
    decided = models.BooleanField(default=False)
    called_at = models.DateTimeField()
    holder_due_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    came_late = models.BooleanField(default=False)
    late = models.BooleanField(default=False)
    reported_in_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=NOTE_LIMIT_CHARACTERS, blank=True)
    outcome = models.CharField(max_length=FACT_LIMIT_CHARACTERS, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "casework_joint_part"
        constraints = [
            models.UniqueConstraint(
                name="casework_joint_part_once", fields=["task", "organisation_id"]
            ),
            models.CheckConstraint(
                name="casework_joint_part_state", condition=Q(state__in=PART_STATES)
            ),
            models.CheckConstraint(
                name="casework_joint_part_came_when",
                condition=Q(state="WAIVED")
                | set_exactly_in(COME_PARTS, reported_in_at__isnull=False),
            ),
            models.CheckConstraint(
                name="casework_joint_part_ended_when",
                condition=set_exactly_in(ENDED_PARTS, ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="casework_joint_part_ended_how",
                condition=~Q(state__in=ENDED_PARTS) | ~Q(outcome=""),
            ),
            models.CheckConstraint(
                name="casework_joint_part_decided_holds",
                condition=~Q(state="REFUSED", decided=True),
            ),
        ]
        indexes = [
            models.Index(name="casework_joint_part_of", fields=["organisation_id", "state"]),
            models.Index(
                name="casework_joint_part_refused", fields=["task"], condition=Q(state="REFUSED")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.organisation_id} {self.state}"


class JointStep(StepRow):
    """One move of a joint task or of one of its parts. Rows are only ever added."""

    class Meta:
        db_table = "casework_joint_step"
        indexes = [models.Index(name="casework_joint_step_of", fields=["subject_id", "made_at"])]

    def __str__(self) -> str:
        return f"{self.subject_id} {self.move}"


class JointPhoto(PlacedRow):
    """A photo that a department took for its part: cleaned JPEG; `ordinal` counts from 1."""

    part = models.ForeignKey(JointPart, on_delete=models.PROTECT, related_name="photos")
    ordinal = models.SmallIntegerField()
    jpeg = models.BinaryField()
    added_by = models.CharField(max_length=64)
    added_at = models.DateTimeField()

    class Meta:
        db_table = "casework_joint_photo"
        constraints = [
            models.UniqueConstraint(name="casework_joint_photo_once", fields=["part", "ordinal"]),
            models.CheckConstraint(
                name="casework_joint_photo_limit",
                condition=Q(ordinal__range=(1, PHOTOS_PER_PART_LIMIT)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part_id} {self.ordinal}"

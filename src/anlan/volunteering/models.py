"""Tables of tasks for volunteers, and of the hours offered for them."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q

from anlan.kernel.rows import PlacedRow, StepRow
from anlan.volunteering.transitions import OfferState, ReleaseGround, VolunteerTaskState

TASK_STATES = [state.value for state in VolunteerTaskState]
OFFER_STATES = [state.value for state in OfferState]
GROUNDS = [ground.value for ground in ReleaseGround]
HOURS_PER_TASK_LIMIT = 2_000
HOURS_PER_OFFER_LIMIT = 24
TASK_LENGTH_LIMIT = timedelta(days=14)
TITLE_LIMIT_CHARACTERS = 80
TEXT_LIMIT_CHARACTERS = 1_000
PLACE_TEXT_LIMIT_CHARACTERS = 200


class VolunteerTask(PlacedRow):
    """Something at a place and a time for which an organisation asks for hours.

    `hours_given` is the sum that was given in the end, said once of the whole task. What was
    published stays: the application may change how the task ended, and nothing else.
    """

    hours_offered: int  # what is offered now: selectors count it

    number = models.CharField(max_length=16, unique=True)
    organisation_id = models.UUIDField()
    title = models.CharField(max_length=TITLE_LIMIT_CHARACTERS)
    text = models.CharField(max_length=TEXT_LIMIT_CHARACTERS)
    place_text = models.CharField(max_length=PLACE_TEXT_LIMIT_CHARACTERS)
    lon = models.FloatField()
    lat = models.FloatField()
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    hours_wanted = models.SmallIntegerField()
    state = models.CharField(max_length=16, default="OPEN")
    hours_given = models.SmallIntegerField(null=True)
    published_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "volunteering_task"
        constraints = [
            models.CheckConstraint(
                name="volunteering_task_state", condition=Q(state__in=TASK_STATES)
            ),
            models.CheckConstraint(
                name="volunteering_task_on_earth",
                condition=Q(lon__range=(-180, 180), lat__range=(-90, 90)),
            ),
            models.CheckConstraint(
                name="volunteering_task_times_in_order",
                condition=Q(
                    ends_at__gt=F("begins_at"), ends_at__lte=F("begins_at") + TASK_LENGTH_LIMIT
                ),
            ),
            models.CheckConstraint(
                name="volunteering_task_hours",
                condition=Q(hours_wanted__range=(1, HOURS_PER_TASK_LIMIT)),
            ),
            models.CheckConstraint(
                name="volunteering_task_hours_given_when_done",
                condition=Q(state="DONE", hours_given__range=(0, HOURS_PER_TASK_LIMIT))
                | (~Q(state="DONE") & Q(hours_given__isnull=True)),
            ),
            models.CheckConstraint(
                name="volunteering_task_ended",
                condition=Q(state="OPEN", ended_at__isnull=True)
                | (~Q(state="OPEN") & Q(ended_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(
                name="volunteering_task_open", fields=["begins_at"], condition=Q(state="OPEN")
            )
        ]

    def __str__(self) -> str:
        return self.number


class VolunteerStep(StepRow):
    """One move of a task, or of hours offered for it; none says whose hours."""

    class Meta:
        db_table = "volunteering_step"
        indexes = [models.Index(name="volunteering_step_of", fields=["subject_id", "id"])]

    def __str__(self) -> str:
        return f"{self.move} {self.made_at:%Y-%m-%dT%H:%M:%SZ}"


class HoursOffer(PlacedRow):
    """Hours that somebody offered for one task. Nothing joins two offers.

    Whoever has the `number` may follow and withdraw it. A trigger counts: offered hours never
    exceed those that the task wants, and nothing is offered for a task that has ended.
    """

    task = models.ForeignKey(VolunteerTask, on_delete=models.PROTECT, related_name="offers")
    number = models.CharField(max_length=16, unique=True)
    hours = models.SmallIntegerField()
    state = models.CharField(max_length=16, default="OFFERED")
    ground = models.CharField(max_length=16, default="")
    offered_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "volunteering_offer"
        constraints = [
            models.CheckConstraint(
                name="volunteering_offer_state", condition=Q(state__in=OFFER_STATES)
            ),
            models.CheckConstraint(
                name="volunteering_offer_hours",
                condition=Q(hours__range=(1, HOURS_PER_OFFER_LIMIT)),
            ),
            models.CheckConstraint(
                name="volunteering_offer_released_with_its_ground",
                condition=Q(state="RELEASED", ground__in=GROUNDS)
                | (~Q(state="RELEASED") & Q(ground="")),
            ),
            models.CheckConstraint(
                name="volunteering_offer_ended",
                condition=Q(state="OFFERED", ended_at__isnull=True)
                | (~Q(state="OFFERED") & Q(ended_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class VolunteerContact(PlacedRow):
    """How to reach whoever offered hours, for that task alone: sealed, deleted in its time.

    A trigger lets none stand with an offer that has ended, nor longer than a week after the task.
    """

    offer = models.OneToOneField(HoursOffer, on_delete=models.PROTECT, related_name="contact")
    sealed = models.BinaryField(max_length=1_024)
    expires_at = models.DateTimeField()

    class Meta:
        db_table = "volunteering_contact"
        indexes = [models.Index(name="volunteering_contact_expiry", fields=["expires_at"])]

    def __str__(self) -> str:
        return f"contact of {self.offer_id}"

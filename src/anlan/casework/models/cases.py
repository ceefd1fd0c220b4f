"""Tables of cases, their steps, photos and pauses."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from anlan.casework.guards import REOPENED_LIMIT, SENT_BACK_LIMIT
from anlan.casework.transitions import (
    AT_REST,
    PAUSE_MOVES,
    CaseDisposition,
    CaseState,
    Verdict,
)
from anlan.kernel.rows import PlacedRow, StepRow

STATES = [state.value for state in CaseState]
LEADING_STATES = [state.value for state in CaseState if state not in AT_REST]
HANDLED_STATES = ["REPORTED", "VERIFIED", "CLOSED"]
VERIFIED_STATES = ["VERIFIED", "CLOSED"]
HELD_STATES = ["ASSIGNED", *HANDLED_STATES]
DISPOSITIONS = [disposition.value for disposition in CaseDisposition]
VERDICTS = [verdict.value for verdict in Verdict]
CLOCKS = ["RUNNING", "PAUSED", "STOPPED"]
PAUSE_STATES = sorted(PAUSE_MOVES.states)
OPEN_PAUSE_STATES = ["ASKED", "GRANTED"]
DECIDED_PAUSE_STATES = ["GRANTED", "REFUSED", "ENDED"]
CHANNELS = ["PHONE", "WEB", "API", "STAFF"]
PHASES = ["FILED", "HANDLED"]
PHOTOS_PER_CASE_LIMIT = 12
TEXT_LIMIT_CHARACTERS = 4_000
PROOF_LIMIT_CHARACTERS = 400
PLACE_TEXT_LIMIT_CHARACTERS = 200


def set_exactly_in(states: list[str], **column: bool) -> Q:
    """Return the condition that a column is null in every state but `states`."""
    return Q(state__in=states, **column) | (~Q(state__in=states) & ~Q(**column))


class Case(PlacedRow):
    """Something at a place that a department puts right, under an item of the catalogue.

    `reported_by` and `verified_by` are the accounts that reported and verified the handling,
    `verified_for_id` is the verifier's organisation; they stand exactly in the states that need
    them, and neither account nor organisation verifies its own work. A trigger counts
    `sent_back_count` and `reopened_count` with the moves that they count, and keeps number and
    filing as they were.

    What is merged stands in `merged_into`, which leads and is merged into none itself; a trigger
    holds that against two at once.

    `begun_at` and `begun_by` say since when, and by whom, the organisation that has it is at work.

    `clock` and what follows it are what the clock said when the case last changed: a copy for
    lists, written with each step. `awaited_year` is the year whose working days are missing to say
    when it is due; `listed_at` is since when it is listed for supervision.

    `sealed_to` are the organisations that see a sealed case; null where it is not sealed. A trigger
    adds whoever is given the case or called up to it, and takes none off before it is unsealed.
    """

    number = models.CharField(max_length=16, unique=True)
    item_code = models.CharField(max_length=8)
    state = models.CharField(max_length=16, default="FILED")
    lon = models.FloatField()
    lat = models.FloatField()
    place_text = models.CharField(max_length=PLACE_TEXT_LIMIT_CHARACTERS, blank=True)
    text = models.CharField(max_length=TEXT_LIMIT_CHARACTERS)
    channel = models.CharField(max_length=8)
    organisation_id = models.UUIDField(null=True)
    incident_id = models.UUIDField(null=True)
    begun_by = models.CharField(max_length=64, null=True)
    begun_at = models.DateTimeField(null=True)
    reported_by = models.CharField(max_length=64, null=True)
    verified_by = models.CharField(max_length=64, null=True)
    verified_for_id = models.UUIDField(null=True)
    disposition = models.CharField(max_length=16, null=True)
    verdict = models.CharField(max_length=16, null=True)
    sent_back_count = models.SmallIntegerField(default=0)
    reopened_count = models.SmallIntegerField(default=0)
    clock = models.CharField(max_length=8, default="RUNNING")
    due_at = models.DateTimeField(null=True)
    holder_due_at = models.DateTimeField(null=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="merged", null=True
    )
    awaited_year = models.SmallIntegerField(null=True)
    escalation_level = models.SmallIntegerField(default=0)
    listed_at = models.DateTimeField(null=True)
    sealed_to = ArrayField(models.UUIDField(), null=True)
    filed_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "casework_case"
        constraints = [
            models.CheckConstraint(name="casework_case_state", condition=Q(state__in=STATES)),
            models.CheckConstraint(name="casework_case_channel", condition=Q(channel__in=CHANNELS)),
            models.CheckConstraint(
                name="casework_case_on_earth",
                condition=Q(lon__range=(-180, 180), lat__range=(-90, 90)),
            ),
            models.CheckConstraint(
                name="casework_case_held_by_somebody",
                condition=~Q(state__in=HELD_STATES) | Q(organisation_id__isnull=False),
            ),
            models.CheckConstraint(
                name="casework_case_begun_by_who_holds_it",
                condition=Q(begun_at__isnull=True, begun_by__isnull=True)
                | Q(begun_at__isnull=False, begun_by__isnull=False, state__in=HELD_STATES),
            ),
            models.CheckConstraint(
                name="casework_case_reported_by",
                condition=set_exactly_in(HANDLED_STATES, reported_by__isnull=False),
            ),
            models.CheckConstraint(
                name="casework_case_verified_by",
                condition=set_exactly_in(VERIFIED_STATES, verified_by__isnull=False),
            ),
            models.CheckConstraint(
                name="casework_case_not_own_work",
                condition=Q(verified_by__isnull=True) | ~Q(verified_by=F("reported_by")),
            ),
            models.CheckConstraint(
                name="casework_case_verified_elsewhere",
                condition=Q(verified_for_id__isnull=True)
                | (Q(verified_by__isnull=False) & ~Q(verified_for_id=F("organisation_id"))),
            ),
            models.CheckConstraint(
                name="casework_case_verdict",
                condition=Q(verdict__isnull=True) | Q(verdict__in=VERDICTS, state="CLOSED"),
            ),
            models.CheckConstraint(
                name="casework_case_sent_back_twice",
                condition=Q(sent_back_count__range=(0, SENT_BACK_LIMIT)),
            ),
            models.CheckConstraint(
                name="casework_case_disputed_after_two",
                condition=~Q(state="DISPUTED") | Q(sent_back_count=SENT_BACK_LIMIT),
            ),
            models.CheckConstraint(name="casework_case_clock", condition=Q(clock__in=CLOCKS)),
            models.CheckConstraint(
                name="casework_case_closed_how_and_when",
                condition=Q(state="CLOSED", disposition__isnull=False, closed_at__isnull=False)
                | (~Q(state="CLOSED") & Q(disposition__isnull=True, closed_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="casework_case_disposition",
                condition=Q(disposition__isnull=True) | Q(disposition__in=DISPOSITIONS),
            ),
            models.CheckConstraint(
                name="casework_case_reopened_once",
                condition=Q(reopened_count__range=(0, REOPENED_LIMIT)),
            ),
            models.CheckConstraint(
                name="casework_case_returned_to_somewhere",
                condition=~Q(state="RETURNED") | Q(incident_id__isnull=False),
            ),
            models.CheckConstraint(
                name="casework_case_merged_into",
                condition=set_exactly_in(["MERGED"], merged_into__isnull=False),
            ),
            models.CheckConstraint(
                name="casework_case_sealed",
                condition=Q(sealed_to__isnull=True)
                | Q(sealed_to__len__gt=0, merged_into__isnull=True),
            ),
            models.UniqueConstraint(
                name="casework_case_one_of_incident",
                fields=["incident_id"],
                condition=~Q(state="RETURNED"),
            ),
        ]
        indexes = [
            # With area and seal, so that whose rows they are is known without reading them.
            models.Index(
                name="casework_case_due_seen",
                fields=["due_at", "id", "area"],
                include=["sealed_to"],
                condition=Q(clock="RUNNING", due_at__isnull=False),
            ),
            models.Index(
                name="casework_case_listed_seen",
                fields=["-id", "area"],
                include=["sealed_to"],
                condition=Q(listed_at__isnull=False),
            ),
            models.Index(
                name="casework_case_on_map",
                fields=["lat", "lon", "area"],
                include=["id", "item_code", "clock", "due_at", "sealed_to"],
                condition=Q(state__in=LEADING_STATES),
            ),
            models.Index(
                name="casework_case_due_on_map",
                fields=["due_at", "id", "area"],
                include=["sealed_to", "lat", "lon"],
                condition=Q(state__in=LEADING_STATES),
            ),
            models.Index(
                name="casework_case_closed",
                fields=["closed_at", "area"],
                include=["id", "item_code", "sealed_to"],
                condition=Q(state="CLOSED"),
            ),
            models.Index(
                name="casework_case_of_seal",
                fields=["id"],
                include=["sealed_to", "incident_id"],
                condition=Q(sealed_to__isnull=False),
            ),
            models.Index(
                name="casework_case_of_incident",
                fields=["-id"],
                condition=Q(incident_id__isnull=False),
            ),
            models.Index(name="casework_case_by_area", fields=["area"]),
            models.Index(
                name="casework_case_alike",
                fields=["item_code", "lat", "lon"],
                condition=Q(state__in=LEADING_STATES),
            ),
            models.Index(name="casework_case_by_state", fields=["state", "-id"]),
            models.Index(name="casework_case_by_filing", fields=["-filed_at", "-id"]),
            models.Index(name="casework_case_by_holder", fields=["organisation_id", "-id"]),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.state}"


class CaseStep(StepRow):
    """One move of a case. Rows are only ever added.

    `told_at` is when the device of whoever made it says it was, as far as it is believed.
    """

    told_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "casework_case_step"
        constraints = [
            models.CheckConstraint(
                name="casework_case_step_not_told_later",
                condition=Q(told_at__isnull=True) | Q(told_at__lte=F("made_at")),
            ),
            models.UniqueConstraint(
                name="casework_case_step_reopen_once",
                fields=["subject_id"],
                condition=Q(move="reopen"),
            ),
        ]
        indexes = [
            models.Index(name="casework_case_step_of_case", fields=["subject_id", "made_at"]),
            models.Index(name="casework_case_step_by_time", fields=["made_at", "id"]),
        ]

    def __str__(self) -> str:
        return f"{self.subject_id} {self.move}"


class CasePhoto(PlacedRow):
    """A photo of the matter as it was found (FILED) or as it was left (HANDLED): cleaned JPEG.

    `ordinal` counts the photos of a case from 1; its limit is the limit of photos.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="photos")
    ordinal = models.SmallIntegerField()
    phase = models.CharField(max_length=8)
    jpeg = models.BinaryField()
    added_by = models.CharField(max_length=64)
    added_at = models.DateTimeField()

    class Meta:
        db_table = "casework_case_photo"
        constraints = [
            models.UniqueConstraint(name="casework_case_photo_once", fields=["case", "ordinal"]),
            models.CheckConstraint(
                name="casework_case_photo_limit",
                condition=Q(ordinal__range=(1, PHOTOS_PER_CASE_LIMIT)),
            ),
            models.CheckConstraint(name="casework_case_photo_phase", condition=Q(phase__in=PHASES)),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.ordinal} {self.phase}"


class ListedItem(PlacedRow):
    """That an item may be filed in an area on some days: the register the database checks against.

    Rows are only ever added; of several for one item and place the newest counts. `area` through
    `area_high` is where it holds.
    """

    code = models.CharField(max_length=8)
    version = models.CharField(max_length=12)
    area_high = models.BigIntegerField()
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    listed_at = models.DateTimeField()

    class Meta:
        db_table = "casework_listed_item"
        indexes = [
            models.Index(name="casework_listed_item_newest", fields=["code", "-listed_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.version}"


class CasePause(PlacedRow):
    """A pause of a case's clock: asked by who handles it, decided by another organisation.

    The clock stands still from `decided_at` of a granted pause until `ended_at`, at most until
    `until`.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="pauses")
    state = models.CharField(max_length=8, default="ASKED")
    organisation_id = models.UUIDField()
    reason = models.CharField(max_length=24)
    proof = models.CharField(max_length=PROOF_LIMIT_CHARACTERS)
    until = models.DateTimeField()
    asked_by = models.CharField(max_length=64)
    asked_by_name = models.CharField(max_length=120)
    asked_at = models.DateTimeField()
    decided_by = models.CharField(max_length=64, null=True)
    decided_by_name = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=PROOF_LIMIT_CHARACTERS, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "casework_case_pause"
        constraints = [
            models.CheckConstraint(
                name="casework_case_pause_state", condition=Q(state__in=PAUSE_STATES)
            ),
            models.CheckConstraint(name="casework_case_pause_proved", condition=~Q(proof="")),
            models.CheckConstraint(
                name="casework_case_pause_ends", condition=Q(until__gt=F("asked_at"))
            ),
            models.CheckConstraint(
                name="casework_case_pause_not_own",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="casework_case_pause_decided",
                condition=set_exactly_in(DECIDED_PAUSE_STATES, decided_by__isnull=False),
            ),
            models.UniqueConstraint(
                name="casework_case_pause_one_open",
                fields=["case"],
                condition=Q(state__in=OPEN_PAUSE_STATES),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.reason} {self.state}"

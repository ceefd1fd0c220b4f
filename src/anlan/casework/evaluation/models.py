"""Tables of evaluation: what each organisation did of each case, counted by month; appeals.

No column holds a person: who handled, checked or reported a case does not come in here. Only an
appeal and its steps name the account that filed or decided it, as every act does.
"""

from django.db import models
from django.db.models import F, Q

from anlan.casework.evaluation.transitions import (
    EVALUATION_MOVES,
    AppealGround,
    AppealState,
    FigureStanding,
    Measure,
)
from anlan.casework.models import Case
from anlan.kernel.rows import PlacedRow, StepRow

EVALUATION_STATES = sorted(EVALUATION_MOVES.states)
APPEAL_STATES = sorted(state.value for state in AppealState)
DECIDED_APPEALS = ["DECLINED", "GRANTED"]
GROUNDS = [ground.value for ground in AppealGround]
MEASURES = [measure.value for measure in Measure]
STANDINGS = [standing.value for standing in FigureStanding]
REASON_LIMIT_CHARACTERS = 1_000


class Outcome(PlacedRow):
    """What an organisation did of a closed case: a copy for counting, written as the case closes.

    One row for each organisation that the case was given to. `closed_on` is the local day. A
    measure that does not count for this organisation is null; the way it came to this is in the
    history of the case.
    """

    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="outcomes", db_index=False
    )
    organisation_id = models.UUIDField()
    item_code = models.CharField(max_length=8)
    clock_class = models.CharField(max_length=8)
    closed_on = models.DateField()
    in_time = models.BooleanField(null=True)
    promise_kept = models.BooleanField(null=True)
    first_check = models.BooleanField(null=True)
    reworked = models.BooleanField(null=True)
    confirmed = models.BooleanField(null=True)
    returned = models.BooleanField(null=True)
    refused_in_vain = models.BooleanField(null=True)

    class Meta:
        db_table = "evaluation_outcome"
        constraints = [
            models.UniqueConstraint(
                name="evaluation_outcome_once", fields=["case", "organisation_id"]
            )
        ]
        indexes = [
            models.Index(name="evaluation_outcome_closed_on", fields=["closed_on"]),
            models.Index(name="evaluation_outcome_of", fields=["organisation_id", "-id"]),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.item_code} {self.closed_on}"


class Evaluation(PlacedRow):
    """How the organisations of a centre's area did in a month.

    `revision` counts the decisions that change what is counted; `counted_revision` is the one that
    the figures rest on, so it tells whether they have to be counted anew. `level` is that of the
    outer limits: who lies beyond them is flagged. `wholes` are all organisations together, by
    measure. What is final no longer changes: a trigger sees to it.
    """

    first_day = models.DateField()
    last_day = models.DateField()
    state = models.CharField(max_length=16, default="PROVISIONAL")
    rules_id = models.CharField(max_length=48)
    rules_version = models.CharField(max_length=12)
    appeal_until = models.DateField()
    revision = models.IntegerField(default=0)
    counted_revision = models.IntegerField(null=True)
    counted_at = models.DateTimeField(null=True)
    level = models.FloatField(default=0.0)
    wholes = models.JSONField(default=dict)

    class Meta:
        db_table = "evaluation_evaluation"
        constraints = [
            models.UniqueConstraint(name="evaluation_once_a_month", fields=["area", "first_day"]),
            models.CheckConstraint(
                name="evaluation_state", condition=Q(state__in=EVALUATION_STATES)
            ),
            models.CheckConstraint(
                name="evaluation_final_is_counted",
                condition=~Q(state="FINAL")
                | Q(counted_at__isnull=False, counted_revision=F("revision")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area} {self.first_day:%Y-%m}"


class Figure(PlacedRow):
    """One organisation in one measure: of all its items, or of one (`item_code` not empty).

    `area` is that of the evaluation. Limits are counts of `hits` within which chance alone leaves
    an organisation with such cases: `low` to `high` nineteen times in twenty, `outer_low` to
    `outer_high` at the level of the evaluation; null where nothing is compared.
    """

    evaluation = models.ForeignKey(
        Evaluation, on_delete=models.PROTECT, related_name="figures", db_index=False
    )
    organisation_id = models.UUIDField()
    item_code = models.CharField(max_length=8, blank=True)
    measure = models.CharField(max_length=16)
    standing = models.CharField(max_length=12)
    cases = models.IntegerField()
    hits = models.IntegerField()
    compared = models.IntegerField()
    expected = models.FloatField()
    variance = models.FloatField()
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    outer_low = models.FloatField(null=True)
    outer_high = models.FloatField(null=True)

    class Meta:
        db_table = "evaluation_figure"
        constraints = [
            models.UniqueConstraint(
                name="evaluation_figure_once",
                fields=["evaluation", "organisation_id", "item_code", "measure"],
            ),
            models.CheckConstraint(
                name="evaluation_figure_measure", condition=Q(measure__in=MEASURES)
            ),
            models.CheckConstraint(
                name="evaluation_figure_standing", condition=Q(standing__in=STANDINGS)
            ),
            models.CheckConstraint(
                name="evaluation_figure_counts", condition=Q(hits__gte=0, hits__lte=F("cases"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.measure} {self.standing}"


class Appeal(PlacedRow):
    """An organisation asks that a case, or a whole figure (no case), be not counted in a measure.

    Another organisation decides, with a reason. Each thing is appealed once; a withdrawn appeal may
    be filed again.
    """

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="appeals")
    organisation_id = models.UUIDField()
    measure = models.CharField(max_length=16)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=12, default="FILED")
    ground = models.CharField(max_length=20)
    text = models.CharField(max_length=REASON_LIMIT_CHARACTERS)
    filed_by = models.CharField(max_length=64)
    filed_at = models.DateTimeField()
    decided_by = models.CharField(max_length=64, null=True)
    decided_for_id = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=REASON_LIMIT_CHARACTERS, blank=True)

    class Meta:
        db_table = "evaluation_appeal"
        constraints = [
            models.UniqueConstraint(
                name="evaluation_appeal_once",
                fields=["evaluation", "organisation_id", "measure", "case"],
                condition=~Q(state="WITHDRAWN"),
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="evaluation_appeal_state", condition=Q(state__in=APPEAL_STATES)
            ),
            models.CheckConstraint(
                name="evaluation_appeal_measure", condition=Q(measure__in=MEASURES)
            ),
            models.CheckConstraint(
                name="evaluation_appeal_ground", condition=Q(ground__in=GROUNDS)
            ),
            models.CheckConstraint(
                name="evaluation_appeal_decided",
                condition=Q(
                    state__in=DECIDED_APPEALS,
                    decided_by__isnull=False,
                    decided_for_id__isnull=False,
                    decided_at__isnull=False,
                )
                & ~Q(decision="")
                | ~Q(state__in=DECIDED_APPEALS) & Q(decided_by__isnull=True, decision=""),
            ),
            models.CheckConstraint(
                name="evaluation_appeal_not_own",
                condition=Q(decided_by__isnull=True)
                | (~Q(decided_by=F("filed_by")) & ~Q(decided_for_id=F("organisation_id"))),
            ),
        ]
        indexes = [
            models.Index(name="evaluation_appeal_by_state", fields=["state", "-id"]),
            models.Index(name="evaluation_appeal_by_org", fields=["organisation_id", "-id"]),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.measure} {self.state}"


class AppealStep(StepRow):
    """One move of an appeal. Rows are only ever added."""

    class Meta:
        db_table = "evaluation_appeal_step"
        indexes = [models.Index(name="evaluation_appeal_step_of", fields=["subject_id", "id"])]

    def __str__(self) -> str:
        return f"{self.subject_id} {self.move}"
